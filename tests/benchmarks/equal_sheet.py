"""What is printed on a clinic's sheet, as headings, paragraphs and lists.

Every rival engine is given exactly this. Beside our own layout it lacks the side column (headings
stand above their text), the icons, check boxes (bullets instead), the QR code and the places of a
picture's labels, whose words stand in one line below it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from handouts.checking.contrast import hexadecimal, inks
from handouts.clinic import Clinic
from handouts.document import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Citation,
    Handout,
    Inlines,
    LineBreak,
    NumberedList,
    Paragraph,
    Picture,
    Subheading,
    Table,
    Variable,
    Words,
)
from handouts.fingerprint import short_code
from handouts.inks import Ink
from handouts.languages import Language, language
from handouts.wording.references import number_references, reference_entries


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one manner. ``link`` is a web address, or ``#name`` for an ``Entry.name``.

    A line break is a run of ``"\\n"``.
    """

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    link: str = ""


Text = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    text: Text
    level: int


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph; ``manner`` is body, byline, lead, small, caption, credit or emergency."""

    text: Text
    manner: str = "body"


@dataclass(frozen=True, slots=True)
class Entry:
    parts: tuple[Part, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """``start`` is 0 for bullets."""

    entries: tuple[Entry, ...]
    start: int = 0
    manner: str = "body"


@dataclass(frozen=True, slots=True)
class Figure:
    file: Path
    alt: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Parts with a bar at their start, on a tint."""

    parts: tuple[Part, ...]
    is_emergency: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its first row is the header."""

    rows: tuple[tuple[Text, ...], ...]


Part = Heading | TextBlock | Listing | Figure | Frame | Grid


@dataclass(frozen=True, slots=True)
class EqualSheet:
    """``foot`` and ``draft`` stand at the foot of every page, clinic, phone and logo at its head.

    Colours are written #RRGGBB.
    """

    title: str
    author: str
    language: str
    clinic: str
    phone: str
    logo: Path | None
    foot: str
    draft: str
    accent: str
    tint: str
    emergency: str
    parts: tuple[Part, ...]


def equal_sheet(handout: Handout, clinic: Clinic) -> EqualSheet:
    """The sheet that a clinic gets of a handout."""
    own = language(handout.language)
    writer = _Writer(handout, clinic, own)
    colours = dict(zip(Ink, inks(clinic.palette), strict=True))
    review = handout.review
    facts = (
        handout.short_title,
        f"{own.word('version')} {review.version}",
        own.date(review.updated),
        short_code(handout),
    )
    return EqualSheet(
        title=handout.title,
        author=handout.author,
        language=handout.language,
        clinic=clinic.name,
        phone=clinic.phones[0].number,
        logo=clinic.logo,
        foot=" · ".join(facts),
        draft=own.word("draft") if handout.is_draft else "",
        accent=hexadecimal(colours[Ink.ACCENT]),
        tint=hexadecimal(colours[Ink.TINT]),
        emergency=hexadecimal(colours[Ink.EMERGENCY]),
        parts=tuple(writer.parts()),
    )


def texts_of(parts: Sequence[Part]) -> Iterator[str]:
    """The text of every paragraph and heading, in reading order."""
    for part in parts:
        match part:
            case Heading(text) | TextBlock(text):
                yield "".join(run.text for run in text)
            case Listing(entries):
                for entry in entries:
                    yield from texts_of(entry.parts)
            case Frame(inner):
                yield from texts_of(inner)
            case Grid(rows):
                for text in (cell for row in rows for cell in row):
                    yield "".join(run.text for run in text)


def _plain(text: str, *, bold: bool = False) -> Text:
    return (Run(text, bold=bold),)


@dataclass(frozen=True, slots=True)
class _Writer:
    handout: Handout
    clinic: Clinic
    language: Language

    def parts(self) -> Iterator[Part]:
        handout, word = self.handout, self.language.word
        yield Heading(_plain(handout.title), 1)
        yield TextBlock(_plain(word("byline", author=handout.author)), "byline")
        if handout.is_draft:
            yield TextBlock(_plain(word("draft"), bold=True), "byline")
        yield from self._glance()
        yield from self._for_patient()
        yield from self._contact()
        for section in handout.sections:
            heading = section.heading or self.language.section_heading(section.id) or section.id
            yield Heading(_plain(heading), 2)
            yield from self._blocks(section.blocks)
            for picture in handout.pictures:
                if picture.place == section.id:
                    yield from self._picture(picture)
        yield from self._resources()
        yield from self._references()
        yield from self._about()

    def _glance(self) -> Iterator[Part]:
        glance, word = self.handout.at_a_glance, self.language.word
        if glance is None:
            return
        parts: list[Part] = [
            Heading(_plain(word("at_a_glance")), 2),
            TextBlock(self._text(glance.summary), "lead"),
        ]
        for label, contents in (("do", glance.do), ("call", glance.call)):
            if contents:
                parts += [TextBlock(_plain(word(label), bold=True)), self._sentences(contents)]
        yield Frame(tuple(parts))
        if glance.emergency:
            label = word("emergency", number=self.clinic.emergency_number)
            parts = [TextBlock(_plain(label, bold=True), "emergency")]
            yield Frame((*parts, self._sentences(glance.emergency)), is_emergency=True)

    def _sentences(self, contents: Sequence[Inlines]) -> Listing:
        return Listing(tuple(Entry((TextBlock(self._text(each)),)) for each in contents))

    def _for_patient(self) -> Iterator[Part]:
        """The box to write in, without its lines."""
        word = self.language.word
        yield Heading(_plain(word("for_you")), 2)
        for key in ("patient", "clinician", "appointment", "notes"):
            yield TextBlock(_plain(word(key)), "small")

    def _contact(self) -> Iterator[Part]:
        clinic, word = self.clinic, self.language.word
        yield Heading(_plain(word("contact")), 2)
        for phone in clinic.phones:
            yield TextBlock(_plain(phone.label or word("phone")), "small")
            dialled = "".join(sign for sign in phone.number if sign.isdigit())
            yield TextBlock((Run(phone.number, bold=True, link=f"tel:{dialled}"),), "lead")
        yield TextBlock(_plain(clinic.name, bold=True), "small")
        for line in (*clinic.address, *clinic.hours):
            yield TextBlock(_plain(line), "small")
        if clinic.web:
            yield TextBlock((Run(_shown(clinic.web), link=clinic.web),), "small")

    def _picture(self, picture: Picture) -> Iterator[Part]:
        word = self.language.word
        yield Figure(picture.file, picture.alt)
        yield TextBlock(_plain(" · ".join(picture.labels.values())), "caption")
        yield TextBlock(_plain(picture.caption), "caption")
        yield TextBlock(
            _plain(word("credit", credit=picture.credit, rights=picture.rights)), "credit"
        )

    def _resources(self) -> Iterator[Part]:
        resources = self.handout.resources
        if resources:
            yield Heading(_plain(self.language.word("resources")), 2)
        for country in dict.fromkeys(resource.country for resource in resources):
            yield Heading(_plain(self.language.country(country)), 3)
            for resource in resources:
                if resource.country == country:
                    address = Run(_shown(resource.url), link=resource.url)
                    text: Text = (Run(resource.name), Run("\n"), address)
                    if resource.phone:
                        text += (Run("\n"), Run(resource.phone))
                    yield TextBlock(text)

    def _references(self) -> Iterator[Part]:
        numbers = number_references(self.handout)
        entries = reference_entries(self.handout, numbers, self.language)
        if entries:
            yield Heading(_plain(self.language.word("references")), 2)
            items = (
                Entry((TextBlock(self._text(content), "small"),), _name(reference.id))
                for _, reference, content in entries
            )
            yield Listing(tuple(items), start=1, manner="small")

    def _about(self) -> Iterator[Part]:
        word, review, when = self.language.word, self.handout.review, self.language.date
        yield Heading(_plain(word("about")), 2)
        if self.handout.is_draft:
            yield TextBlock(_plain(word("not_reviewed"), bold=True), "small")
        not_yet = word("not_yet")
        facts = (
            ("reviewer", review.reviewer or word("nobody_yet")),
            ("reviewed", when(review.reviewed) if review.reviewed else not_yet),
            ("updated", when(review.updated)),
            ("next_review", when(review.next_review) if review.next_review else not_yet),
            ("version", review.version),
            ("code", short_code(self.handout)),
        )
        for label, value in facts:
            yield TextBlock(_plain(f"{word(label)} {value}"), "small")
        yield TextBlock(_plain(word("check"), bold=True), "small")
        address = self.clinic.check_address
        check = word("check_scan", address=_shown(address)) if address else word("check_ask")
        yield TextBlock(_plain(check), "small")

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Part]:
        for block in blocks:
            match block:
                case Paragraph(content):
                    yield TextBlock(self._text(content))
                case Subheading(content, level):
                    yield Heading(self._text(content), level)
                case BulletList(items) | NumberedList(items):
                    start = block.start if isinstance(block, NumberedList) else 0
                    entries = (Entry(tuple(self._blocks(item.blocks))) for item in items)
                    yield Listing(tuple(entries), start)
                case Callout(kind, inner):
                    label, is_emergency = self._callout(kind)
                    yield Frame((label, *self._blocks(inner)), is_emergency)
                case Table(rows):
                    cells = (tuple(self._text(cell.content) for cell in row) for row in rows)
                    yield Grid(tuple(cells))

    def _callout(self, kind: CalloutKind) -> tuple[TextBlock, bool]:
        word = self.language.word
        match kind:
            case CalloutKind.NOTE:
                return TextBlock(_plain(word("note"), bold=True)), False
            case CalloutKind.CALL_DOCTOR:
                return TextBlock(_plain(word("callout_call"), bold=True)), False
            case CalloutKind.EMERGENCY:
                label = word("emergency", number=self.clinic.emergency_number)
                return TextBlock(_plain(label, bold=True), "emergency"), True

    def _text(self, content: Inlines) -> Text:
        numbers = number_references(self.handout)
        runs: list[Run] = []
        for item in content:
            match item:
                case Words(text, bold, italic, link):
                    runs.append(Run(text, bold, italic, link=link))
                case Variable(_, bold, italic, link):
                    runs.append(Run(self.clinic.emergency_number, bold, italic, link=link))
                case LineBreak():
                    runs.append(Run("\n"))
                case Citation(reference):
                    if runs and runs[-1].link.startswith("#"):
                        runs.append(Run(",", raised=True))
                    number = str(numbers[reference])
                    runs.append(Run(number, raised=True, link=f"#{_name(reference)}"))
        return tuple(runs)


def _name(reference: str) -> str:
    return f"reference-{reference}"


def _shown(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")
