"""A handout in one language from its two files: the facts and the words."""

from __future__ import annotations

from pathlib import Path

from handouts.checking.content import check_handout
from handouts.diagnostics import ContentError, SourceSpan
from handouts.document import Handout, Picture, Section
from handouts.reading.library import Library
from handouts.reading.marked_yaml import read_yaml
from handouts.reading.picture_files import find_picture
from handouts.reading.report import Reading, Report, Unreadable
from handouts.reading.schema import FACTS, WORDS, Facts, HandoutWords
from handouts.reading.shapes import Shape, T, nearest


def read_handout(library: Library, slug: str, language: str) -> Reading[Handout]:
    """The handout and what its writers should know.

    Raises:
        NotFoundError: no such handout, or no words in this language.
        ContentError: everything that is wrong with its files.
    """
    facts_file = library.facts_file(slug)
    words_file = library.words_file(slug, language)
    report = Report()
    facts = _read_file(FACTS, facts_file, report)
    words = _read_file(WORDS, words_file, report)
    if facts is None or words is None:
        raise report.failure(ContentError)
    _check_languages(facts, words, library.languages(slug), language, report)
    handout = Handout(
        slug=slug,
        language=language,
        source_language=facts.source_language.value,
        title=words.title,
        short_title=words.short_title,
        author=facts.author,
        audience=facts.audience,
        codes=facts.codes,
        at_a_glance=words.at_a_glance,
        sections=_sections(facts, words, report),
        pictures=_pictures(facts, words, facts_file.parent, report),
        resources=facts.resources,
        references=facts.references,
        review=facts.review,
        translation=words.translation,
        span=words.span,
    )
    report.extend(check_handout(handout))
    return report.result(handout, ContentError)


def _read_file(shape: Shape[T], path: Path, report: Report) -> T | None:
    try:
        return shape.read(read_yaml(path, report), report)
    except Unreadable:
        return None


def _check_languages(
    facts: Facts, words: HandoutWords, languages: tuple[str, ...], language: str, report: Report
) -> None:
    source = facts.source_language
    if source.value not in languages:
        report.error(
            f'there are no words in the source language "{source.value}"',
            source.span,
            hint=f"write {source.value}.yaml, or name another source language",
        )
    if language == source.value and words.translation is not None:
        report.error(
            "the source language is not a translation",
            words.translation.span,
            hint="delete `translation`",
        )
    if language != source.value and words.translation is None:
        report.error(
            "nothing says how this translation came about",
            words.span,
            hint="write `translation: {method: human, translator: ..., checked_by: ...}`",
        )


def _sections(facts: Facts, words: HandoutWords, report: Report) -> tuple[Section, ...]:
    sections: dict[str, Section] = {}
    for id in facts.sections:
        if id.value in sections:
            report.error(f'the section "{id.value}" is listed twice', id.span)
        elif id.value not in words.sections:
            report.error(
                f'the section "{id.value}" has no words',
                SourceSpan(words.span.file, words.span.line, words.span.column, "sections"),
                hint=f"write `{id.value}: |` and its text under `sections`, "
                "or take it off the list in handout.yaml",
            )
        else:
            text = words.sections[id.value]
            sections[id.value] = Section(id.value, text.heading, text.blocks, text.span)
    listed = [id.value for id in facts.sections]
    for unlisted in words.sections.keys() - set(listed):
        report.error(
            f'the section "{unlisted}" is not listed in handout.yaml',
            words.sections[unlisted].span,
            hint=f"{nearest(unlisted, listed)}; or add it to `sections` there",
        )
    return tuple(sections.values())


def _pictures(
    facts: Facts, words: HandoutWords, folder: Path, report: Report
) -> tuple[Picture, ...]:
    listed = [id.value for id in facts.sections]
    pictures = []
    for id, picture in facts.pictures.items():
        file = find_picture(folder, picture.file, report)
        if picture.place.value not in listed:
            report.error(
                f'the picture "{id}" is placed in "{picture.place.value}", which is no section',
                picture.place.span,
                hint=nearest(picture.place.value, listed),
            )
        text = words.pictures.get(id)
        if text is None or not (text.alt or text.decorative):
            report.error(
                f'the picture "{id}" has no alt text',
                text.span if text else words.span,
                hint="describe what the picture shows under "
                f"`pictures: {{{id}: {{alt: ...}}}}`, or write `decorative: true`",
                rule="ISO 14289-1, 7.3",
            )
            continue
        if text.alt and text.decorative:
            report.error(
                f'the picture "{id}" is decorative and has alt text',
                text.span,
                hint="delete one of the two",
            )
        pictures.append(
            Picture(
                id=id,
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
    for unknown in words.pictures.keys() - facts.pictures.keys():
        report.error(
            f'there is no picture "{unknown}" in handout.yaml',
            words.pictures[unknown].span,
            hint=nearest(unknown, facts.pictures) if facts.pictures else "delete these words",
        )
    return tuple(pictures)
