"""What a screen reader should say of a handout, worked out from the document alone.

Layout and painting have no part in this: the document is walked and the generator's phrases are
filled in with plain string replacement. English dates are written by a table of months; those and
the digits of other languages come from the language itself. The entries of the reference list alone
come from ``format_reference``, which ``wording/test_references.py`` holds to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from xml.etree import ElementTree

from handouts.clinic import Clinic
from handouts.document import (
    AtAGlance,
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Citation,
    Handout,
    Inline,
    LineBreak,
    ListItem,
    Notice,
    NumberedList,
    Paragraph,
    PartialDate,
    Picture,
    Resource,
    Section,
    Subheading,
    Table,
    Variable,
    Words,
)
from handouts.fingerprint import short_code
from handouts.languages import Language, Languages
from handouts.wording.references import format_reference
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
TRANSLATED = {
    ("human", True): "by_person",
    ("human", False): "",
    ("machine", True): "by_machine",
    ("machine", False): "by_machine",
    ("machine-and-human", True): "by_machine_and_person",
    ("machine-and-human", False): "by_machine",
}
BULLETS = ("•", "–", "•", "–")
CALLOUTS = {
    CalloutKind.NOTE: "note",
    CalloutKind.CALL_DOCTOR: "callout_call",
    CalloutKind.EMERGENCY: "emergency",
}


def spoken_handout(
    found: Sequence[Spoken],
    handout: Handout,
    clinic: Clinic | None,
    *,
    notice: Notice | None = None,
    languages: Languages = Languages(),  # noqa: B008
) -> list[Spoken]:
    """Every block of text of the sheet, in reading order, with its tag.

    Of what was ``found`` only this is looked at: whether the patient's box stands early or late,
    which depends on the room of page one.
    """
    language = languages.language(handout.language)
    speaker = _Speaker(handout, clinic, language, languages, is_late=_is_late(found, language))
    lines = [Spoken("P", line) for line in notice.lines] if notice is not None else []
    return [*lines, *speaker.sheet()]


def spoken_twin(
    found: Sequence[Spoken], first: Handout, second: Handout, clinic: Clinic | None
) -> list[Spoken]:
    """Every block of a sheet in two languages: one after the other in each section."""
    languages = Languages()
    language = languages.language(first.language)
    speaker = _Speaker(first, clinic, language, languages, is_late=_is_late(found, language))
    other = replace(speaker, handout=second, language=languages.language(second.language))
    return list(speaker.twin(other))


def _is_late(found: Sequence[Spoken], language: Language) -> bool:
    headings = [block.text for block in found if block.tag == "H2"]
    return headings.index(language.words["contact"]) < headings.index(language.words["for_you"])


@dataclass
class _Speaker:
    """Speaks a handout in one language; ``inside`` gives the speaker of a part in another."""

    handout: Handout
    clinic: Clinic | None
    language: Language
    languages: Languages
    numbers: dict[str, int] = field(default_factory=dict)
    is_late: bool = False

    def __post_init__(self) -> None:
        self.emergency_number = (
            self.clinic.emergency_number
            if self.clinic is not None
            else self.phrase("local_emergency_number")
        )
        self.numbers = self.numbers or self._numbers()

    def inside(self, tag: str) -> _Speaker:
        return replace(self, language=self.languages.language(tag)) if tag else self

    def untranslated(self, tag: str) -> Iterator[Spoken]:
        """What stands above a part that is in another language."""
        if tag:
            name = self.language.language_name(tag)
            yield Spoken("P", self.phrase("untranslated_part", language=name))

    def phrase(self, key: str, **values: object) -> str:
        """One of the generator's phrases."""
        pattern = text = self.language.words[key].replace(", number}", "}")
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        assert "{" not in text
        begins_with_value = pattern.startswith("{")  # and that begins the sentence
        return text[:1].upper() + text[1:] if begins_with_value else text

    def counted(self, key: str, number: int) -> str:
        """A phrase with a number in the language's own digits."""
        return self.phrase(key, number=self.language.number(number))

    def written(self, when: PartialDate | None) -> str:
        if when is None:
            return self.phrase("not_yet")
        if self.language.tag != "en":
            return self.language.date(when)
        month = f"{MONTHS[when.month]} " if when.month else ""
        day = f"{when.day}, " if when.day else ""
        return f"{month}{day}{when.year}"

    def _numbers(self) -> dict[str, int]:
        """References by their first citation, then those that are never cited."""
        cited = [item.reference for item in _inlines_of(self.handout) if isinstance(item, Citation)]
        listed = [reference.id for reference in self.handout.references]
        return {name: order for order, name in enumerate(dict.fromkeys(cited + listed), start=1)}

    # --- inline text -----------------------------------------------------------------------------

    def text(self, content: Sequence[Inline]) -> str:
        pieces: list[str] = []
        for are_citations, items in groupby(content, lambda item: isinstance(item, Citation)):
            if are_citations:
                numbers = sorted(
                    {self.numbers[item.reference] for item in items if isinstance(item, Citation)}
                )
                pieces.append(",".join(map(self.language.number, numbers)))
            else:
                pieces += map(self._run, items)
        return "".join(pieces)

    def _run(self, item: Inline) -> str:
        match item:
            case Words(text):
                return text
            case Variable("emergency_number"):
                return self.emergency_number
            case LineBreak():
                return " "
        raise AssertionError(f"no text for {item}")

    # --- the sheet -------------------------------------------------------------------------------

    def sheet(self) -> Iterator[Spoken]:
        handout = self.handout
        yield from self.untranslated(handout.title_language)
        yield Spoken("H1", handout.title)
        yield Spoken("P", self.phrase("byline", author=handout.author))
        yield from self.draft()
        if handout.at_a_glance is not None:
            yield from self.untranslated(handout.at_a_glance.language)
            yield from self.inside(handout.at_a_glance.language).glance(handout.at_a_glance)
        yield from self.early()
        yield from self.contact()
        for section in handout.sections:
            yield from self.whole_section(section)
        yield from self.back_matter(short_code(handout))

    def twin(self, other: _Speaker) -> Iterator[Spoken]:
        for speaker in (self, other):
            yield from speaker.untranslated(speaker.handout.title_language)
        yield Spoken("H1", self.handout.title)
        yield Spoken("P", other.handout.title)
        yield Spoken("P", self.phrase("byline", author=self.handout.author))
        tags = self.handout.language, other.handout.language
        for speaker in (self, other):
            first, second = map(speaker.language.language_name, tags)
            yield Spoken("P", speaker.phrase("two_languages", first=first, second=second))
            yield from speaker.draft()
        for speaker in (self, other):
            glance = speaker.handout.at_a_glance
            if glance is not None:
                yield from speaker.untranslated(glance.language)
                yield from speaker.inside(glance.language).glance(glance)
        yield from self.early()
        yield from self.contact()
        for pair in zip(self.handout.sections, other.handout.sections, strict=True):
            for speaker, section in zip((self, other), pair, strict=True):
                yield from speaker.whole_section(section)
        code = short_code((self.handout, other.handout))
        about = self if self.handout.translation else replace(self, handout=other.handout)
        yield from about.back_matter(code)

    def whole_section(self, section: Section) -> Iterator[Spoken]:
        yield from self.untranslated(section.language)
        yield from self.inside(section.language).section(section)
        for picture in self.handout.pictures:
            if picture.place == section.id:
                if picture.language != section.language:
                    yield from self.untranslated(picture.language)
                yield from self.inside(picture.language).picture(picture)

    def back_matter(self, code: str) -> Iterator[Spoken]:
        handout = self.handout
        if handout.resources:
            yield Spoken("H2", self.phrase("resources"))
            yield from self.resources(handout.resources)
        if handout.references:
            yield Spoken("H2", self.phrase("references"))
            yield from self.references()
        yield Spoken("H2", self.phrase("about"))
        yield from self.about(code)
        yield from self.check()
        if self.is_late:
            yield from self.box()

    def early(self) -> Iterator[Spoken]:
        if not self.is_late:
            yield from self.box()

    def box(self) -> Iterator[Spoken]:
        """For the patient: labels with lines to write on."""
        yield Spoken("H2", self.phrase("for_you"))
        for key in ("patient", "clinician", "appointment", "notes"):
            yield Spoken("Lbl", self.phrase(key))

    def draft(self) -> Iterator[Spoken]:
        translation = self.handout.translation
        if not self.handout.review.is_reviewed:
            yield Spoken("P", self.phrase("draft"))
        if translation is not None and not translation.checked_by:
            by_machine = translation.method == "machine"
            key = "draft_machine_translation" if by_machine else "draft_translation"
            yield Spoken("P", self.phrase(key))

    def glance(self, glance: AtAGlance) -> Iterator[Spoken]:
        yield Spoken("H2", self.phrase("at_a_glance"))
        yield Spoken("P", self.text(glance.summary))
        for label, sentences in (
            (self.phrase("do"), glance.do),
            (self.phrase("call"), glance.call),
            (self.phrase("emergency", number=self.emergency_number), glance.emergency),
        ):
            yield Spoken("P", label)
            for sentence in sentences:
                yield Spoken("Lbl", BULLETS[0])
                yield Spoken("LBody", self.text(sentence))

    def section(self, section: Section) -> Iterator[Spoken]:
        yield Spoken("H2", section.heading or self.language.sections[section.id])
        yield from self.blocks(section.blocks)

    def contact(self) -> Iterator[Spoken]:
        clinic = self.clinic
        yield Spoken("H2", self.phrase("contact"))
        if clinic is None:
            for label in ("clinic_name", "phone", "hours"):
                yield Spoken("P", self.phrase(label))
            return
        for phone in clinic.phones:
            yield Spoken("P", phone.label or self.phrase("phone"))
            yield Spoken("P", phone.number)
        yield Spoken("P", clinic.name)
        for line in (*clinic.address, *clinic.hours):
            yield Spoken("P", line)
        if clinic.web:
            yield Spoken("P", _shown(clinic.web))

    def references(self) -> Iterator[Spoken]:
        listed = {reference.id: reference for reference in self.handout.references}
        for name, number in self.numbers.items():
            yield Spoken("Lbl", self.counted("list_number", number))
            yield Spoken("LBody", self.text(format_reference(listed[name], self.language)))

    def about(self, code: str) -> Iterator[Spoken]:
        handout, review = self.handout, self.handout.review
        translation = handout.translation
        if not review.is_reviewed:
            yield Spoken("P", self.phrase("not_reviewed"))
        if translation is not None and not translation.checked_by:
            yield Spoken("P", self.phrase("unchecked"))
        facts = {
            "reviewer": review.reviewer or self.phrase("nobody_yet"),
            "reviewed": self.written(review.reviewed),
        }
        if translation is not None:
            source = self.language.language_name(handout.source_language)
            key = "original_same" if handout.is_whole else "original_newer"
            facts["original"] = self.phrase(key, language=source)
            key = TRANSLATED[translation.method, bool(translation.translator)]
            name = {"name": translation.translator} if "person" in key else {}
            if key:
                facts["translation"] = self.phrase(key, **name)
            facts["checked_by"] = translation.checked_by or self.phrase("nobody_yet")
        facts |= {
            "updated": self.written(review.updated),
            "next_review": self.written(review.next_review),
            "version": review.version,
            "code": code,
        }
        for label, value in facts.items():
            yield Spoken("Lbl", self.phrase(label))
            yield Spoken("LBody", value)

    def check(self) -> Iterator[Spoken]:
        yield Spoken("P", self.phrase("check"))
        address = self.clinic.check_address if self.clinic is not None else ""
        if address:
            yield Spoken("P", self.phrase("check_scan", address=_shown(address)))
        else:
            yield Spoken("P", self.phrase("check_ask"))

    def picture(self, picture: Picture) -> Iterator[Spoken]:
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
        yield Spoken("P", self.phrase("credit", credit=picture.credit, rights=rights))

    def resources(self, resources: Sequence[Resource]) -> Iterator[Spoken]:
        for country in dict.fromkeys(resource.country for resource in resources):
            in_english = self.language.tag == "en"
            yield Spoken("H3", COUNTRIES[country] if in_english else self.language.country(country))
            for resource in resources:
                if resource.country == country:
                    parts = (resource.name, _shown(resource.url), resource.phone)
                    yield Spoken("LBody", " ".join(filter(None, parts)))

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
                        yield Spoken("Lbl", self.counted("list_number", number))
                        yield from self.item(item, depth)
                case Table(rows):
                    for number, row in enumerate(rows):
                        for cell in row:
                            tag = "TH" if cell.is_header or number == 0 else "TD"
                            if cell.content:
                                yield Spoken(tag, self.text(cell.content))
                case Callout(kind, inner):
                    is_emergency = kind is CalloutKind.EMERGENCY
                    values = {"number": self.emergency_number} if is_emergency else {}
                    yield Spoken("P", self.phrase(CALLOUTS[kind], **values))
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


def _shown(address: str) -> str:
    return address.split("://")[1].rstrip("/")
