"""What a screen reader should say of a handout, worked out from the document alone.

Layout and painting have no part in this: the document is walked, the generator's phrases are
filled in with plain string replacement and dates are written by a table of months. Only English
is spoken. The entries of the reference list alone come from ``format_reference``, which
``layout/test_references.py`` holds to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree

from handouts.document import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Citation,
    Clinic,
    Handout,
    Inline,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    PartialDate,
    Picture,
    Resource,
    Subheading,
    Table,
    Variable,
    Words,
)
from handouts.fingerprint import short_code
from handouts.languages import language
from handouts.layout.references import format_reference
from tests.reading_back import Block as Spoken

MONTHS = {
    1: "January",
    2: "February",
    3: "March",
    4: "April",
    5: "May",
    6: "June",
    7: "July",
    8: "August",
    9: "September",
    10: "October",
    11: "November",
    12: "December",
}
COUNTRIES = {"CA": "Canada", "NZ": "New Zealand", "US": "United States"}
BULLETS = ("•", "–", "•", "–")
CALLOUTS = {
    CalloutKind.NOTE: "note",
    CalloutKind.CALL_DOCTOR: "callout_call",
    CalloutKind.EMERGENCY: "emergency",
}


def phrase(key: str, **values: object) -> str:
    """One of the generator's phrases in English."""
    text = language("en").words[key]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    assert "{" not in text
    return text


def written(when: PartialDate | None) -> str:
    if when is None:
        return phrase("not_yet")
    month = f"{MONTHS[when.month]} " if when.month else ""
    day = f"{when.day}, " if when.day else ""
    return f"{month}{day}{when.year}"


def spoken_handout(handout: Handout, clinic: Clinic | None) -> list[Spoken]:
    """Every block of text of the sheet, in reading order, with its tag."""
    return list(_Speaker(handout, clinic).sheet())


class _Speaker:
    def __init__(self, handout: Handout, clinic: Clinic | None) -> None:
        self.handout = handout
        self.clinic = clinic
        self.emergency_number = (
            clinic.emergency_number if clinic is not None else phrase("local_emergency_number")
        )
        self.numbers = self._numbers()

    def _numbers(self) -> dict[str, int]:
        """References by their first citation, then those that are never cited."""
        cited = [item.reference for item in _inlines_of(self.handout) if isinstance(item, Citation)]
        listed = [reference.id for reference in self.handout.references]
        return {name: order for order, name in enumerate(dict.fromkeys(cited + listed), start=1)}

    # --- inline text -----------------------------------------------------------------------------

    def text(self, content: Sequence[Inline]) -> str:
        pieces: list[str] = []
        for number, item in enumerate(content):
            match item:
                case Words(text):
                    pieces.append(text)
                case Variable("emergency_number"):
                    pieces.append(self.emergency_number)
                case LineBreak():
                    pieces.append(" ")
                case Citation(reference):
                    if number and isinstance(content[number - 1], Citation):
                        pieces.append(",")
                    pieces.append(str(self.numbers[reference]))
                case _:
                    raise AssertionError(f"no text for {item}")
        return "".join(pieces)

    # --- the sheet -------------------------------------------------------------------------------

    def sheet(self) -> Iterator[Spoken]:
        handout = self.handout
        yield Spoken("H1", handout.title)
        yield Spoken("P", phrase("byline", author=handout.author))
        if handout.is_draft:
            yield Spoken("P", phrase("draft"))
        yield from self.glance()
        yield from self.contact()
        for section in handout.sections:
            yield Spoken("H2", section.heading or language("en").sections[section.id])
            yield from self.blocks(section.blocks)
            for picture in handout.pictures:
                if picture.place == section.id:
                    yield from _picture(picture)
        if handout.resources:
            yield Spoken("H2", phrase("resources"))
            yield from _resources(handout.resources)
        if handout.references:
            yield Spoken("H2", phrase("references"))
            yield from self.references()
        yield Spoken("H2", phrase("about"))
        yield from self.about()
        yield from self.check()

    def glance(self) -> Iterator[Spoken]:
        glance = self.handout.at_a_glance
        if glance is None:
            return
        yield Spoken("H2", phrase("at_a_glance"))
        yield Spoken("P", self.text(glance.summary))
        for label, sentences in (
            (phrase("do"), glance.do),
            (phrase("call"), glance.call),
            (phrase("emergency", number=self.emergency_number), glance.emergency),
        ):
            yield Spoken("P", label)
            for sentence in sentences:
                yield Spoken("Lbl", BULLETS[0])
                yield Spoken("LBody", self.text(sentence))

    def contact(self) -> Iterator[Spoken]:
        clinic = self.clinic
        yield Spoken("H2", phrase("contact"))
        if clinic is None:
            for label in ("clinic_name", "phone", "hours"):
                yield Spoken("P", phrase(label))
            return
        for phone in clinic.phones:
            yield Spoken("P", phone.label or phrase("phone"))
            yield Spoken("P", phone.number)
        yield Spoken("P", clinic.name)
        for line in (*clinic.address, *clinic.hours):
            yield Spoken("P", line)
        if clinic.web:
            yield Spoken("P", _shown(clinic.web))

    def references(self) -> Iterator[Spoken]:
        listed = {reference.id: reference for reference in self.handout.references}
        for name, number in self.numbers.items():
            yield Spoken("Lbl", f"{number}.")
            entry = format_reference(listed[name], language("en"))
            yield Spoken("LBody", self.text(entry))

    def about(self) -> Iterator[Spoken]:
        review = self.handout.review
        if self.handout.is_draft:
            yield Spoken("P", phrase("not_reviewed"))
        for label, value in (
            ("reviewer", review.reviewer or phrase("nobody_yet")),
            ("reviewed", written(review.reviewed)),
            ("updated", written(review.updated)),
            ("next_review", written(review.next_review)),
            ("version", review.version),
            ("code", short_code(self.handout)),
        ):
            yield Spoken("Lbl", phrase(label))
            yield Spoken("LBody", value)

    def check(self) -> Iterator[Spoken]:
        yield Spoken("P", phrase("check"))
        address = self.clinic.check_address if self.clinic is not None else ""
        if address:
            yield Spoken("P", phrase("check_scan", address=_shown(address)))
        else:
            yield Spoken("P", phrase("check_ask"))

    # --- blocks ----------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block], depth: int = 0) -> Iterator[Spoken]:
        for block in blocks:
            match block:
                case Paragraph(content):
                    yield Spoken("P", self.text(content))
                case Subheading(content, level):
                    yield Spoken(f"H{level}", self.text(content))
                case BulletList(items):
                    for item in items:
                        if item.checked is None:  # a box to tick is drawn, not written
                            yield Spoken("Lbl", BULLETS[depth])
                        yield from self.item(item, depth)
                case NumberedList(items, start):
                    for number, item in enumerate(items, start=start):
                        yield Spoken("Lbl", f"{number}.")
                        yield from self.item(item, depth)
                case Table(rows):
                    for number, row in enumerate(rows):
                        for cell in row:
                            tag = "TH" if cell.is_header or number == 0 else "TD"
                            if cell.content:
                                yield Spoken(tag, self.text(cell.content))
                case Callout(kind, inner):
                    number = self.emergency_number
                    values = {"number": number} if kind is CalloutKind.EMERGENCY else {}
                    yield Spoken("P", phrase(CALLOUTS[kind], **values))
                    yield from self.blocks(inner)

    def item(self, item: ListItem, depth: int) -> Iterator[Spoken]:
        match item.blocks:
            case (Paragraph(content),):
                yield Spoken("LBody", self.text(content))
            case blocks:
                yield from self.blocks(blocks, depth + 1)


def _inlines_of(handout: Handout) -> Iterator[Inline]:
    glance = handout.at_a_glance
    if glance is not None:
        yield from glance.summary
        for sentences in (glance.do, glance.call, glance.emergency):
            for sentence in sentences:
                yield from sentence
    for section in handout.sections:
        yield from _inlines(section.blocks)


def _inlines(blocks: Iterable[Block]) -> Iterator[Inline]:
    for block in blocks:
        match block:
            case Paragraph(content) | Subheading(content):
                yield from content
            case BulletList(items) | NumberedList(items):
                for item in items:
                    yield from _inlines(item.blocks)
            case Table(rows):
                for row in rows:
                    for cell in row:
                        yield from cell.content
            case Callout(_, inner):
                yield from _inlines(inner)


def _picture(picture: Picture) -> Iterator[Spoken]:
    """Labels in the order in which the drawing names their places, then caption and credit."""
    if picture.labels:
        shapes = ElementTree.parse(picture.file).iter()
        names = [shape.get("id", "").removeprefix("label-") for shape in shapes]
        labels = [picture.labels[name] for name in names if name in picture.labels]
        yield Spoken("Figure", "".join(labels))
    if picture.caption:
        yield Spoken("Caption", picture.caption)
    rights = picture.rights
    if rights.startswith("CC"):
        rights = " ".join(rights.split("-"))
    yield Spoken("P", phrase("credit", credit=picture.credit, rights=rights))


def _resources(resources: Sequence[Resource]) -> Iterator[Spoken]:
    for country in dict.fromkeys(resource.country for resource in resources):
        yield Spoken("H3", COUNTRIES[country])
        for resource in resources:
            if resource.country == country:
                parts = (resource.name, _shown(resource.url), resource.phone)
                yield Spoken("LBody", " ".join(filter(None, parts)))


def _shown(address: str) -> str:
    return address.split("://")[1].rstrip("/")
