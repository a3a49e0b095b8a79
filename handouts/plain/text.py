"""The plain-text twin as a whole, in the order of the sheet's structure.

Headings are set off by a line below them, lists have the marks of the sheet, and what is in a table
is told line by line: each cell behind its header. Nothing is in it but words: no characters that
control direction, which programs show each in its own way, and no markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from handouts.clinic import Clinic
from handouts.document import (
    AtAGlance,
    Block,
    BulletList,
    Callout,
    Handout,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Picture,
    Section,
    Subheading,
    Table,
)
from handouts.edition import Shows
from handouts.fingerprint import short_code
from handouts.patient import Patient
from handouts.plain.inlines import plain
from handouts.plain.wrapping import COLUMNS, hung, stacked, underlined, width, wrapped
from handouts.preparing import Prepared
from handouts.wording.addresses import shown_address
from handouts.wording.blocks import BULLETS, callout_label, credit, emergency_label, heading_of
from handouts.wording.editions import (
    one_of_each_maker,
    questions,
    uncited,
    without_citations,
)
from handouts.wording.facts import doubts, facts_of
from handouts.wording.front import byline, draft_lines, untranslated
from handouts.wording.help import (
    TO_WRITE_ON,
    by_country,
    check_words,
    phone_label,
    resource_content,
)
from handouts.wording.patient import FIELDS, values_of
from handouts.wording.references import number_references, reference_entries
from handouts.wording.voice import Voice

_BOXES = {False: "[ ] ", True: "[x] "}
_UNDERLINES = {1: "=", 2: "-", 3: "~", 4: "~"}  # by the level of the heading
_INDENT = "  "
_BLANK = "_" * 30

Lines = Sequence[list[str]]


def plain_text(prepared: Prepared, patient: Patient | None = None) -> str:
    """The handout, each line at most 72 columns wide, with one line break at its end.

    With what is known of a patient, or with lines to write on.
    """
    handout, notice = prepared.handout, prepared.notice
    voice = Voice(
        prepared.language,
        prepared.languages,
        prepared.emergency_number,
        number_references(handout),
    )
    writer = _Writer(voice)
    above: list[str] = []
    if notice is not None:
        reader = writer.inside(notice.language)
        above = [line for words in notice.lines for line in reader.phrase(words)]
    shown = writer.sheet(prepared, patient or Patient())
    return "\n".join(stacked(above, *shown)) + "\n"


def _items(contents: Sequence[Inlines], checked: bool | None = None) -> tuple[ListItem, ...]:
    return tuple(ListItem((Paragraph(content),), checked) for content in contents)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes parts in one language; ``inside`` gives the writer of a part in another."""

    voice: Voice
    columns: int = COLUMNS

    def inside(self, tag: str) -> _Writer:
        return replace(self, voice=self.voice.inside(tag))

    # --- lines ---------------------------------------------------------------------------------

    def phrase(self, words: str) -> list[str]:
        return wrapped(words, self.voice.language, self.columns)

    def said(self, key: str, **values: str | int) -> list[str]:
        return self.phrase(self.voice.word(key, **values))

    def inline(self, content: Inlines, before: str = "") -> list[str]:
        return self.phrase(before + plain(content, self.voice))

    def heading(self, words: str, level: int = 2) -> list[str]:
        return underlined(self.phrase(words), _UNDERLINES[level])

    def behind(self, mark: str, content: Sequence[Block], depth: int = 0) -> list[str]:
        """Blocks behind a mark."""
        inner = replace(self, columns=self.columns - width(mark))
        return hung(inner.blocks(content, depth), mark)

    def bullets(self, contents: Sequence[Inlines]) -> list[str]:
        return self._list(BulletList(_items(contents)), 0)

    def numbered(self, contents: Sequence[Inlines]) -> list[str]:
        return self._list(NumberedList(_items(contents)), 0)

    def tasks(self, contents: Sequence[Inlines]) -> list[str]:
        return self._list(BulletList(_items(contents, checked=False)), 0)

    # --- the sheet -----------------------------------------------------------------------------

    def sheet(self, prepared: Prepared, patient: Patient) -> Iterator[list[str]]:
        handout, shows = prepared.handout, prepared.edition.shows
        boxes = [
            *(self.for_patient(patient) if prepared.edition.places.patient else ()),
            *self.contact(prepared.clinic),
        ]
        yield from self.opening(handout)
        match shows:
            case Shows.WHOLE:
                yield from self.whole(handout, boxes)
            case Shows.SUMMARY:
                yield from self.summary(handout, boxes)
            case Shows.EASY_READ:
                yield from self.easy_read(handout, boxes)
        yield from self.about(handout, prepared.clinic, shows)

    def opening(self, handout: Handout) -> Iterator[list[str]]:
        yield self.untranslated(handout.title_language)
        yield self.inside(handout.title_language).heading(handout.title, 1)
        yield self.inline(byline(handout, self.voice.language))
        for words in draft_lines(handout, self.voice.language):
            yield self.phrase(words)

    def whole(self, handout: Handout, boxes: Lines) -> Iterator[list[str]]:
        if handout.at_a_glance is not None:
            yield from self.at_a_glance(handout.at_a_glance)
        yield from boxes
        for section in handout.sections:
            yield from self.section(handout, section)
        yield from self.resources(handout)
        yield from self.references(handout)

    def summary(self, handout: Handout, boxes: Lines) -> Iterator[list[str]]:
        checklist = handout.checklist
        if handout.at_a_glance is not None:
            yield from self.at_a_glance(uncited(handout.at_a_glance), ticks=checklist is None)
        yield from boxes
        if checklist is not None:
            own = self.inside(checklist.language)
            yield self.heading(self.voice.word("checklist"))
            yield self.untranslated(checklist.language)
            yield own.tasks([without_citations(item) for item in checklist.items])
        asked = questions(handout, self.voice.language, self.voice.emergency_number)
        own = self.inside(asked.language)
        yield self.heading(self.voice.word("teach_back"))
        yield self.untranslated(asked.language)
        yield own.numbered([without_citations(item) for item in asked.questions])

    def easy_read(self, handout: Handout, boxes: Lines) -> Iterator[list[str]]:
        """The sentences alone: each says what its picture shows."""
        easy = handout.easy_read
        if easy is not None:
            own = self.inside(easy.language)
            yield self.untranslated(easy.language)
            for section in easy.sections:
                yield own.heading(section.heading)
                for said in section.statements:
                    yield own.inline(said.text)
        yield from boxes
        for picture in one_of_each_maker(easy) if easy is not None else ():
            yield self.inline(credit(picture, handout.source_language, self.voice.language))

    def untranslated(self, tag: str) -> list[str]:
        words = untranslated(tag, self.voice.language)
        return self.phrase(words) if words else []

    def at_a_glance(self, glance: AtAGlance, *, ticks: bool = False) -> Iterator[list[str]]:
        yield self.untranslated(glance.language)
        yield from self.inside(glance.language).glance(glance, ticks)

    def glance(self, glance: AtAGlance, ticks: bool) -> Iterator[list[str]]:
        """With ``ticks``, what to do has boxes to tick in place of bullets."""
        yield self.heading(self.voice.word("at_a_glance"))
        yield self.inline(glance.summary)
        emergency = emergency_label(self.voice.language, self.voice.emergency_number)
        for label, contents, listed in (
            (self.voice.word("do"), glance.do, self.tasks if ticks else self.bullets),
            (self.voice.word("call"), glance.call, self.bullets),
            (emergency, glance.emergency, self.bullets),
        ):
            if contents:
                yield [*self.phrase(label), *listed(contents)]

    def for_patient(self, patient: Patient) -> Iterator[list[str]]:
        yield self.heading(self.voice.word("for_you"))
        values = values_of(patient, self.voice.language)
        told = [(key, value) for key in FIELDS for value in (values[key] or _BLANK,)]
        told += [("notes", note) for note in patient.notes or (_BLANK,)][:1]
        lines = [
            line for key, value in told for line in self.phrase(f"{self.voice.word(key)}: {value}")
        ]
        yield stacked(lines, *(self.phrase(note) for note in patient.notes[1:]))

    def contact(self, clinic: Clinic | None) -> Iterator[list[str]]:
        """Lines to fill in where there is no clinic."""
        yield self.heading(self.voice.word("contact"))
        if clinic is None:
            yield [f"{self.voice.word(key)}: {_BLANK}" for key in TO_WRITE_ON]
            return
        yield [
            f"{phone_label(phone, clinic, self.voice.language).text}: {phone.number}"
            for phone in clinic.phones
        ]
        own = [*self.phrase(clinic.name)]
        for words in (*clinic.address, *clinic.hours):
            own += self.phrase(words)
        yield [*own, shown_address(clinic.web)] if clinic.web else own

    # --- sections ------------------------------------------------------------------------------

    def section(self, handout: Handout, section: Section) -> Iterator[list[str]]:
        own = self.inside(section.language)
        yield self.untranslated(section.language)
        yield own.heading(heading_of(section, own.voice.language))
        yield own.blocks(section.blocks)
        for picture in handout.pictures:
            if picture.place == section.id:
                if picture.language != section.language:
                    yield self.untranslated(picture.language)
                yield self.inside(picture.language).picture(picture, handout.source_language)

    def picture(self, picture: Picture, facts: str) -> list[str]:
        """What is to be seen, in place of the picture and its labels."""
        shown = [] if picture.decorative else self.phrase(picture.alt)
        caption = self.phrase(picture.caption) if picture.caption else []
        credited = self.inline(credit(picture, facts, self.voice.language))
        return stacked(shown, [*caption, *credited])

    def blocks(self, content: Sequence[Block], depth: int = 0) -> list[str]:
        return stacked(*(self._block(each, depth) for each in content))

    def _block(self, block: Block, depth: int) -> list[str]:
        match block:
            case Paragraph(inlines):
                return self.inline(inlines)
            case Subheading(inlines, level):
                return self.heading(plain(inlines, self.voice), level)
            case BulletList() | NumberedList():
                return self._list(block, depth)
            case Table():
                return self._table(block)
            case Callout(kind, inner):
                number = self.voice.emergency_number
                label = self.phrase(callout_label(kind, self.voice.language, number))
                return [*label, *self.behind(_INDENT, inner)]

    def _list(self, block: BulletList | NumberedList, depth: int) -> list[str]:
        """Items of one paragraph each follow each other closely."""
        items = [
            self.behind(self._mark(block, item, number, depth), item.blocks, depth + 1)
            for number, item in enumerate(block.items)
        ]
        if any(len(item.blocks) > 1 for item in block.items):
            return stacked(*items)
        return [line for item in items for line in item]

    def _mark(
        self, block: BulletList | NumberedList, item: ListItem, number: int, depth: int
    ) -> str:
        if item.checked is not None:
            return _BOXES[item.checked]
        if isinstance(block, NumberedList):
            return self.voice.word("list_number", number=block.start + number) + " "
        return BULLETS[depth % len(BULLETS)] + " "

    def _table(self, table: Table) -> list[str]:
        """Row by row, each cell behind the header of its column."""
        head, *body = table.rows
        headers = [plain(cell.content, self.voice) for cell in head]
        if not body:
            return [line for header in headers if header for line in self.phrase(header)]
        rows = [
            [
                line
                for header, cell in zip(headers, row, strict=True)
                if cell.content
                for line in self.inline(cell.content, f"{header}: " if header else "")
            ]
            for row in body
        ]
        return stacked(*rows)

    # --- below the sections --------------------------------------------------------------------

    def resources(self, handout: Handout) -> Iterator[list[str]]:
        if handout.resources:
            yield self.heading(self.voice.word("resources"))
        for country, resources in by_country(handout.resources).items():
            yield self.heading(self.voice.language.country(country), 3)
            for resource in resources:
                yield self.inline(resource_content(resource, handout.source_language))

    def references(self, handout: Handout) -> Iterator[list[str]]:
        if not handout.references:
            return
        yield self.heading(self.voice.word("references"))
        for number, _, content in reference_entries(
            handout, dict(self.voice.numbers), self.voice.language
        ):
            mark = self.voice.word("list_number", number=number) + " "
            yield self.behind(mark, (Paragraph(content),))

    def about(self, handout: Handout, clinic: Clinic | None, shows: Shows) -> Iterator[list[str]]:
        language = self.voice.language
        yield self.heading(self.voice.word("about"))
        for words in doubts(handout, shows, language):
            yield self.phrase(words)
        facts = facts_of(handout, short_code(handout), language)
        yield [line for label, value in facts for line in self.inline(value, f"{label}: ")]
        yield [*self.said("check"), *self.phrase(check_words(clinic, language))]
