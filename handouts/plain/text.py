"""The plain-text twin as a whole, in the order of the sheet's structure.

Headings are set off by a line below them, lists have the marks of the sheet, and what is in a table
is told line by line: each cell behind its header. Nothing is in it but words: no characters that
control direction, which programs show each in its own way, and no markup.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handouts.clinic import Clinic
from handouts.document import (
    AtAGlance,
    Handout,
    Paragraph,
    Picture,
    Section,
)
from handouts.edition import Shows
from handouts.fingerprint import short_code
from handouts.patient import Patient
from handouts.plain.wrapping import stacked
from handouts.plain.writer import Writer
from handouts.preparing import Prepared
from handouts.wording.addresses import shown_address
from handouts.wording.blocks import credit, emergency_label, heading_of
from handouts.wording.editions import (
    one_of_each_maker,
    questions,
    uncited,
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
    writer = _Sheet(voice)
    above: list[str] = []
    if notice is not None:
        reader = writer.inside(notice.language)
        above = [line for words in notice.lines for line in reader.phrase(words)]
    shown = writer.sheet(prepared, patient or Patient())
    return "\n".join(stacked(above, *shown)) + "\n"


@dataclass(frozen=True, slots=True)
class _Sheet(Writer):
    """The parts of a sheet."""

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
            yield own.tasks(checklist.items)
        asked = questions(handout, self.voice.language, self.voice.emergency_number)
        own = self.inside(asked.language)
        yield self.heading(self.voice.word("teach_back"))
        yield self.untranslated(asked.language)
        yield own.numbered(asked.questions)

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
