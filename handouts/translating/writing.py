"""Write a translation that was taken from an exchange file into its words file.

The new file lies beside the old one under another name until the ordinary reader has read it and
found exactly what was taken; only then it takes the old one's place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.diagnostics import ContentError, Diagnostic, HandoutError, SourceSpan, UsageError
from handouts.document import AtAGlance, EasySection, Inlines, Picture, Section
from handouts.output import write_whole
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import Library
from handouts.reading.parts import (
    AT_A_GLANCE,
    CHECKLIST,
    EASY_READ,
    TEACH_BACK,
    TITLE,
    fingerprints,
)
from handouts.reading.recording import with_fingerprints
from handouts.reading.rewriting import Block, Value, Way, new_file, rewritten
from handouts.translating.exchange_file import NOTHING
from handouts.translating.exporting import with_headings
from handouts.translating.importing import Credit, Taken
from handouts.translating.markdown_writer import inline_markdown, markdown

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SCHEMA_LINE = "# yaml-language-server:"


def write(library: Library, taken: Taken, credit: Credit) -> Path | None:
    """The words file, written; None if there was nothing to write.

    Raises:
        UsageError: words have changed, and nobody is named who translated them.
        ContentError: the new file would not read back as what was taken.
        OutputError: the file cannot be written.
    """
    if taken.changed and not credit.translator:
        raise UsageError(
            Diagnostic(
                "nothing says who translated it",
                hint="add --translator and a name or an organisation",
            )
        )
    present = taken.present
    folder = library.handout_folder(taken.slug)
    file = library.words_file(taken.slug, taken.language) if present.has_file else (
        folder / f"{taken.language}.yaml"
    )  # fmt: skip
    if not present.has_file and not taken.changed:
        return None
    old = file.read_bytes() if present.has_file else b""
    new = _with_mark(old, _text(library, taken, credit, file, old))
    if new == old:
        return None
    _read_back(library, taken, file, new)
    write_whole(file, new)
    return file


def _with_mark(old: bytes, text: str) -> bytes:
    return (_BYTE_ORDER_MARK if old.startswith(_BYTE_ORDER_MARK) else b"") + text.encode()


def _text(library: Library, taken: Taken, credit: Credit, file: Path, old: bytes) -> str:
    values = dict(_values(taken, library))
    values |= _provenance(taken, credit)
    if taken.present.has_file:
        text = rewritten(old.decode("utf-8-sig"), values, tuple(_order(taken)))
    else:
        text = new_file(_nested(values), _schema_line(library, taken))
    recorded = {
        part: found
        for part, found in taken.recorded.items()
        if not taken.present.handout.translation
        or taken.present.handout.translation.made_from.get(part) != found
    }
    return with_fingerprints(text, recorded, file.as_posix()) if recorded else text


def _schema_line(library: Library, taken: Taken) -> str:
    """The line that tells an editor the schema, if the source's file has one."""
    source = library.words_file(taken.slug, taken.present.source.language)
    first = source.read_text("utf-8-sig").partition("\n")[0].rstrip()
    return first if first.startswith(_SCHEMA_LINE) else ""


# --- values ----------------------------------------------------------------------------------


def _values(taken: Taken, library: Library) -> Iterator[tuple[Way, Value]]:
    """The new values of the parts that have changed, by their places in the file."""
    handout = taken.handout
    if TITLE in taken.changed:
        yield ("title",), handout.title
        if handout.short_title:
            yield ("short_title",), handout.short_title
    if AT_A_GLANCE in taken.changed and handout.at_a_glance is not None:
        yield (AT_A_GLANCE,), _glance(handout.at_a_glance)
    if CHECKLIST in taken.changed and handout.checklist is not None:
        yield (CHECKLIST,), [inline_markdown(item) for item in handout.checklist.items]
    if TEACH_BACK in taken.changed and handout.teach_back is not None:
        yield (TEACH_BACK,), [inline_markdown(each) for each in handout.teach_back.questions]
    if EASY_READ in taken.changed and handout.easy_read is not None:
        yield (EASY_READ,), [_easy_section(section) for section in handout.easy_read.sections]
    own_headings = _own_headings(taken, library)
    for section in handout.sections:
        if f"sections.{section.id}" in taken.changed:
            yield ("sections", section.id), _section(section, own_headings.get(section.id, ""))
    for picture in handout.pictures:
        if f"pictures.{picture.id}" in taken.changed:
            yield ("pictures", picture.id), _picture(picture)


def _glance(glance: AtAGlance) -> Value:
    def sentences(found: tuple[Inlines, ...]) -> list[Value]:
        return [inline_markdown(content) for content in found]

    return {
        "summary": inline_markdown(glance.summary),
        "do": sentences(glance.do),
        "call": sentences(glance.call),
        "emergency": sentences(glance.emergency),
    }


def _easy_section(section: EasySection) -> Value:
    return {
        "heading": section.heading,
        "statements": [
            {
                "picture": said.picture.id,
                "text": inline_markdown(said.text),
                **({"alt": said.picture.alt} if said.picture.alt else {}),
            }
            for said in section.statements
        ],
    }


def _own_headings(taken: Taken, library: Library) -> dict[str, str]:
    """The headings that stand in the file and not in the source, or differ from the language's."""
    words = library.registry().language(taken.language)
    here: dict[str, str] = {}
    if taken.present.has_file:
        compared = HandoutReader(library, taken.slug).compare(taken.language)
        here = {section.id: section.heading for section in compared.handout.sections
                if not section.language}  # fmt: skip
    headings = {}
    missing = {part for part, state in taken.present.states.items() if state == "missing"}
    for section in taken.handout.sections:
        kept = "" if f"sections.{section.id}" in missing else here.get(section.id, "")
        is_usual = section.heading == words.section_heading(section.id) and not kept
        headings[section.id] = "" if is_usual else section.heading or kept
    return headings


def _section(section: Section, heading: str) -> Value:
    text = Block(markdown(section.blocks))
    return {"heading": heading, "text": text} if heading else text


def _picture(picture: Picture) -> Value:
    words: dict[str, Value] = {}
    if picture.decorative:
        words["decorative"] = "true"
    if picture.caption:
        words["caption"] = picture.caption
    if picture.alt:
        words["alt"] = picture.alt
    if picture.labels:
        words["labels"] = dict(picture.labels)
    return words


def _provenance(taken: Taken, credit: Credit) -> dict[Way, Value]:
    """How the translation came about, as far as the file has changed it."""
    before = taken.present.handout.translation if taken.present.has_file else None
    values: dict[Way, Value] = {}
    if taken.changed:
        by_machine = before is not None and before.method != "human"
        method = "machine-and-human" if by_machine else "human"
        if before is None or before.method != method:
            values["translation", "method"] = method
        if before is None or before.translator != credit.translator:
            values["translation", "translator"] = credit.translator
    checked_by = credit.checked_by or ("" if taken.changed or before is None else before.checked_by)
    if before is None or before.checked_by != checked_by:
        values["translation", "checked_by"] = checked_by or "nobody"
    return values


def _order(taken: Taken) -> Iterator[Way]:
    """All places of a words file, from top to bottom."""
    yield from (("title",), ("short_title",), (AT_A_GLANCE,), (CHECKLIST,), (TEACH_BACK,))
    yield ("sections",)
    yield from (("sections", section.id) for section in taken.present.source.sections)
    yield ("pictures",)
    yield from (("pictures", picture.id) for picture in taken.present.source.pictures)
    yield (EASY_READ,)
    yield ("translation",)
    yield from (("translation", name) for name in ("method", "translator", "checked_by"))


def _nested(values: dict[Way, Value]) -> dict[str, Value]:
    nested: dict[str, Value] = {}
    for (first, *rest), value in values.items():
        if rest:
            inner = nested.setdefault(first, {})
            assert isinstance(inner, dict)
            inner[rest[0]] = value
        else:
            nested[first] = value
    return nested


# --- reading it back -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Trial(Library):
    """The library with one more words file, which has another name."""

    tag: str = ""
    file: Path = Path()

    def languages(self, slug: str) -> tuple[str, ...]:
        return tuple(sorted({*Library.languages(self, slug), self.tag}))

    def words_file(self, slug: str, language: str) -> Path:
        return self.file if language == self.tag else Library.words_file(self, slug, language)


def _read_back(library: Library, taken: Taken, file: Path, new: bytes) -> None:
    """Raises ContentError unless the file reads as what was taken."""
    trial_file = file.with_name(f".{file.name}.{os.urandom(4).hex()}.tmp")
    write_whole(trial_file, new)
    try:
        trial = _Trial(library.root, taken.language, trial_file)
        found = HandoutReader(trial, taken.slug).compare(taken.language)
    except HandoutError as error:
        problems = [replace(problem, span=_moved(problem.span, trial_file, file))
                    for problem in error.diagnostics]  # fmt: skip
        raise ContentError(problems) from error
    finally:
        trial_file.unlink(missing_ok=True)
    present = taken.present
    wanted = fingerprints(taken.handout)
    read = fingerprints(with_headings(found.handout, present.source, library.registry()))
    for part in wanted:
        expected = wanted[part] if part in taken.parts else present.target_print(part)
        if expected not in (NOTHING, read[part]):
            raise ContentError(
                Diagnostic(
                    f'"{part}" cannot be written so that it reads back as it is in the file',
                    SourceSpan(file.as_posix(), path=part),
                    hint="please report it",
                )
            )


def _moved(span: SourceSpan, trial: Path, file: Path) -> SourceSpan:
    return replace(span, file=file.as_posix()) if span.file == trial.as_posix() else span
