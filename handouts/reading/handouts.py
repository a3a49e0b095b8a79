"""A handout in one language from its two files: the facts and the words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from handouts.checking.content import check_handout
from handouts.diagnostics import ContentError, SourceSpan
from handouts.document import Handout, Picture, Section
from handouts.reading.handout_files import (
    FACTS,
    WORDS,
    Facts,
    HandoutWords,
    PictureFacts,
    PictureWords,
)
from handouts.reading.library import FACTS_FILE, Library
from handouts.reading.marked_yaml import read_yaml
from handouts.reading.names import is_language_tag
from handouts.reading.picture_files import find_picture
from handouts.reading.report import Reading, Report, Unreadable
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
    _check_folder(facts_file.parent, report)
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


def _check_folder(folder: Path, report: Report) -> None:
    for path in sorted(folder.glob("*.y*ml")):
        if path.name != FACTS_FILE and not (path.suffix == ".yaml" and is_language_tag(path.stem)):
            report.warning(
                f'the file "{path.name}" is not read: its name is not that of a language',
                SourceSpan(path.as_posix()),
                hint="name the words after their language, such as en.yaml or zh-Hans.yaml",
            )


def _sections(facts: Facts, words: HandoutWords, report: Report) -> tuple[Section, ...]:
    written = words.sections.value
    sections: dict[str, Section] = {}
    for listed in facts.sections:
        name = listed.value
        if name in sections:
            report.error(
                f'the section "{name}" is listed twice', listed.span, hint="keep one of the two"
            )
        elif name not in written:
            report.error(
                f'the section "{name}" has no words',
                words.sections.span,
                hint=f"write `{name}: |` and its text under `sections`, "
                "or take it off the list in handout.yaml",
            )
        else:
            text = written[name]
            sections[name] = Section(name, text.heading, text.blocks, span=text.span)
    names = [listed.value for listed in facts.sections]
    for name, text in written.items():
        if name not in names:
            report.error(
                f'the section "{name}" is not listed in handout.yaml',
                text.span,
                hint="add it to `sections` there; " + nearest(name, names),
            )
    return tuple(sections.values())


def _pictures(
    facts: Facts, words: HandoutWords, folder: Path, report: Report
) -> tuple[Picture, ...]:
    pictures = []
    for name, picture in facts.pictures.items():
        file = find_picture(folder, picture.file, report)
        _check_place(name, picture, facts, report)
        text = words.pictures.get(name, PictureWords(replace(words.span, path=f"pictures.{name}")))
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
    for name, text in words.pictures.items():
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
