"""A handout put together from its facts and its words in one language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from handouts.diagnostics import SourceSpan
from handouts.document import (
    EasyRead,
    EasySection,
    Handout,
    Picture,
    Section,
    Statement,
    Translation,
)
from handouts.reading.edition_fields import EasyWords, StatementWords
from handouts.reading.handout_files import (
    Facts,
    HandoutWords,
    PictureFacts,
    PictureWords,
    TranslationWords,
)
from handouts.reading.parts import AT_A_GLANCE, EASY_READ, OPTIONAL, TITLE
from handouts.reading.picture_files import find_picture
from handouts.reading.report import Report
from handouts.reading.shapes import nearest


def assemble(
    slug: str, language: str, facts: Facts, words: HandoutWords, folder: Path, report: Report
) -> Handout:
    """The handout, with what is wrong with it in the report.

    The source has words for all that the facts list, and for nothing else. A translation has the
    parts that are translated: to compare them with the source's is not done here.
    """
    is_source = language == facts.source_language.value
    _check_sections(facts, words, is_source, report)
    if is_source:
        _check_easy_pictures(facts, words.easy_read, report)
    return Handout(
        slug=slug,
        language=language,
        source_language=facts.source_language.value,
        title=words.title,
        short_title=words.short_title,
        author=facts.author,
        audience=facts.audience,
        codes=facts.codes,
        at_a_glance=words.at_a_glance,
        sections=_sections(facts, words),
        pictures=_pictures(facts, words, folder, is_source, report),
        resources=facts.resources,
        references=facts.references,
        review=facts.review,
        translation=_translation(words.translation, report) if words.translation else None,
        checklist=words.checklist,
        teach_back=words.teach_back,
        easy_read=_easy_read(facts, words.easy_read, folder, report) if words.easy_read else None,
        span=words.span,
    )


def written_parts(words: HandoutWords, source: Handout) -> dict[str, SourceSpan]:
    """Where each part of a translation stands. A title without its short form is not whole."""
    places: dict[str, SourceSpan] = {}
    if words.short_title or not source.short_title:
        places[TITLE] = words.places[TITLE]
    if words.at_a_glance is not None:
        places[AT_A_GLANCE] = words.places[AT_A_GLANCE]
    for part in OPTIONAL:
        if getattr(words, part) is not None:
            places[part] = words.places[part]
    sections, pictures = words.sections.value.items(), words.pictures.items()
    places |= {f"sections.{name}": section.span for name, section in sections}
    places |= {f"pictures.{name}": picture.span for name, picture in pictures}
    return places


def check_made_from(words: TranslationWords, parts: Iterable[str], report: Report) -> None:
    """Report fingerprints of parts that do not exist."""
    known = list(parts)
    for part, recorded in words.made_from.items():
        if part not in known:
            report.error(
                f'"{part}" is no part of this handout',
                recorded.span,
                hint=f"delete this line if the part is gone; {nearest(part, known)}",
            )


def _translation(words: TranslationWords, report: Report) -> Translation:
    if words.method != "machine" and not words.translator:
        report.error(
            "nothing says who translated it",
            words.span,
            hint="write `translator:` and a name or an organisation, or `method: machine`",
        )
    return Translation(
        method=words.method,
        translator=words.translator,
        checked_by=words.checked_by,
        made_from={part: recorded.value for part, recorded in words.made_from.items()},
        span=words.span,
    )


# --- sections --------------------------------------------------------------------------------


def _sections(facts: Facts, words: HandoutWords) -> tuple[Section, ...]:
    written = words.sections.value
    names = dict.fromkeys(listed.value for listed in facts.sections)
    return tuple(
        Section(name, written[name].heading, written[name].blocks, span=written[name].span)
        for name in names
        if name in written
    )


def _check_sections(facts: Facts, words: HandoutWords, is_source: bool, report: Report) -> None:
    written = words.sections.value
    names: set[str] = set()
    for name, span in facts.sections:
        if name in names:
            report.error(f'the section "{name}" is listed twice', span, hint="keep one of the two")
        elif name not in written and is_source:
            report.error(
                f'the section "{name}" has no words',
                words.sections.span,
                hint=f"write `{name}: |` and its text under `sections`, "
                "or take it off the list in handout.yaml",
            )
        names.add(name)
    if not is_source:
        return
    for name, text in written.items():
        if name not in names:
            listed = [listed.value for listed in facts.sections]
            report.error(
                f'the section "{name}" is not listed in handout.yaml',
                text.span,
                hint="add it to `sections` there; " + nearest(name, listed),
            )


# --- easy read -------------------------------------------------------------------------------


def _easy_read(facts: Facts, words: EasyWords, folder: Path, report: Report) -> EasyRead:
    known = {
        name: find_picture(folder, picture.file, report)
        for name, picture in facts.easy_read_pictures.items()
    }

    def statement(said: StatementWords) -> Statement:
        name, span = said.picture
        if name not in known:
            report.error(
                f'there is no picture "{name}" under `easy_read_pictures` in handout.yaml',
                span,
                hint=nearest(name, known) if known else "list the pictures there first",
            )
            return Statement(said.text, Picture(name, folder, EASY_READ, "", ""), said.span)
        picture = Picture(
            id=name,
            file=known[name],
            place=EASY_READ,
            credit=facts.easy_read_pictures[name].credit,
            rights=facts.easy_read_pictures[name].rights,
            alt=said.alt,
            decorative=not said.alt,
            span=said.span,
        )
        return Statement(said.text, picture, said.span)

    sections = tuple(
        EasySection(section.heading, tuple(map(statement, section.statements)), section.span)
        for section in words.sections
    )
    return EasyRead(sections, span=words.span)


def _check_easy_pictures(facts: Facts, words: EasyWords | None, report: Report) -> None:
    sections = words.sections if words else ()
    shown = {said.picture.value for section in sections for said in section.statements}
    for name, picture in facts.easy_read_pictures.items():
        if name not in shown:
            report.warning(
                f'the picture "{name}" of easy read stands beside no sentence',
                picture.file.span,
                hint=f"write `picture: {name}` beside a sentence under `easy_read`, or delete it",
            )


# --- pictures --------------------------------------------------------------------------------


def _pictures(
    facts: Facts, words: HandoutWords, folder: Path, is_source: bool, report: Report
) -> tuple[Picture, ...]:
    pictures = []
    for name, picture in facts.pictures.items():
        file = find_picture(folder, picture.file, report)
        _check_place(name, picture, facts, report)
        text = words.pictures.get(name, PictureWords(replace(words.span, path=f"pictures.{name}")))
        if is_source or name in words.pictures:
            _check_alt(name, text, report)
        pictures.append(
            Picture(
                id=name,
                file=file,
                place=picture.place.value,
                credit=picture.credit,
                rights=picture.rights,
                caption=text.caption,
                alt=text.alt,
                decorative=text.decorative,
                labels=text.labels,
                span=text.span,
            )
        )
    for name, text in words.pictures.items() if is_source else ():
        if name not in facts.pictures:
            report.error(
                f'there is no picture "{name}" in handout.yaml',
                text.span,
                hint=nearest(name, facts.pictures) if facts.pictures else "delete these words",
            )
    return tuple(pictures)


def _check_place(name: str, picture: PictureFacts, facts: Facts, report: Report) -> None:
    sections = [listed.value for listed in facts.sections]
    if picture.place.value not in sections:
        report.error(
            f'picture "{name}" is placed in "{picture.place.value}", which is no section',
            picture.place.span,
            hint=nearest(picture.place.value, sections),
        )


def _check_alt(name: str, text: PictureWords, report: Report) -> None:
    if text.alt and text.decorative:
        report.error(
            f'picture "{name}" is decorative and has alt text',
            text.span,
            hint="delete one of the two",
        )
    elif not (text.alt or text.decorative):
        report.error(
            f'picture "{name}" has no alt text',
            text.span,
            hint="describe what the picture shows, or write `decorative: true`",
            rule="ISO 14289-1, 7.3",
        )
