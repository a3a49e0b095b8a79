"""A handout in one language from its files: facts, words and, for a translation, the source.

A translation is read beside its source. Where one of its parts is not in step, it is refused, or
that part is read in the source's words and language; it is never read as if nothing were wrong.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Generic, NamedTuple

from handouts.checking.content import check_handout
from handouts.diagnostics import ContentError, Diagnostic, SourceSpan, StaleTranslationError
from handouts.document import Handout, Translation
from handouts.languages import Languages
from handouts.reading.assembling import assemble, check_made_from, written_parts
from handouts.reading.handout_files import FACTS, WORDS, Facts, HandoutWords
from handouts.reading.library import FACTS_FILE, Library
from handouts.reading.marked_yaml import read_yaml
from handouts.reading.names import is_language_tag
from handouts.reading.parts import (
    OPTIONAL,
    OutOfStep,
    State,
    Version,
    compare,
    fingerprints,
    refusals,
    replacements,
    with_source_parts,
    without,
)
from handouts.reading.report import Reading, Report, Unreadable
from handouts.reading.shapes import Shape, T
from handouts.reading.tags import english_name, nearest_tag


def read_handout(
    library: Library, slug: str, tag: str, *, allow_stale: bool = False
) -> Reading[Handout]:
    """The handout in the language ``tag`` and what its writers should know.

    Raises:
        NotFoundError: no such handout.
        NoSuchLanguageError: it has no words in this language.
        UsageError: this is not a language tag.
        ContentError: everything that is wrong with its files.
        StaleTranslationError: nothing else is wrong, but this translation is not in step with its
            source. With ``allow_stale`` the source's words stand in place of such parts, and the
            warnings say of which; only parts that the source no longer has are still refused.
    """
    return HandoutReader(library, slug).read(tag, allow_stale=allow_stale)


class Comparison(NamedTuple):
    """A translation, the fingerprints of its source's present words, and where they part.

    Parts that are missing in the ``handout`` are the source's there.
    """

    translation: Translation
    fingerprints: dict[str, str]
    out_of_step: tuple[OutOfStep, ...]
    handout: Handout
    source: Handout


class _Text(NamedTuple):
    words: HandoutWords
    handout: Handout


class _Kept(NamedTuple, Generic[T]):
    """What was read from a file, if it could be, and what was found on the way."""

    value: T | None
    problems: tuple[Diagnostic, ...]


class HandoutReader:
    """Reads the languages of one handout; the facts and the source's words once for all of them.

    Raises:
        NotFoundError: no such handout.
        ContentError: its file leads out of the library.
    """

    def __init__(self, library: Library, slug: str) -> None:
        self._library = library
        self._slug = slug
        self._languages = library.registry()
        self._facts_file = library.facts_file(slug)

    def read(self, tag: str, *, allow_stale: bool = False) -> Reading[Handout]:
        """As read_handout."""
        report = Report()
        handout, source, refused = self._beside_source(tag, report)
        lacking = {found.part for found in refused if _may_lack(found)}
        handout = without(handout, lacking)
        refused = tuple(found for found in refused if not _may_lack(found))
        replaced: tuple[OutOfStep, ...] = ()
        if allow_stale:
            replaced = tuple(found for found in refused if found.state is not State.EXTRA)
            refused = tuple(found for found in refused if found.state is State.EXTRA)
            handout = with_source_parts(handout, source, {found.part for found in replaced})
        report.extend(check_handout(handout, self._languages))
        is_else_sound = not report.has_errors
        if refused or replaced:
            name = english_name(source.language, self._languages)
            version = Version(self._slug, name, tag)
            report.extend(refusals(refused, version))
            report.extend(replacements(replaced, version))
        if refused and is_else_sound:
            raise report.failure(StaleTranslationError)
        return report.result(handout, ContentError)

    def compare(self, tag: str) -> Comparison:
        """A translation beside its source. Raises as ``read``, but nothing for being stale."""
        report = Report()
        handout, source, out_of_step = self._beside_source(tag, report)
        report.extend(check_handout(handout, self._languages))
        if report.has_errors or handout.translation is None:
            raise report.failure(ContentError)
        present = fingerprints(source)
        return Comparison(handout.translation, present, out_of_step, handout, source)

    def _beside_source(
        self, tag: str, report: Report
    ) -> tuple[Handout, Handout, tuple[OutOfStep, ...]]:
        """The handout, its source (itself, maybe), and where they part.

        Parts that are missing are the source's, so that what follows from that is not told too.
        """
        words_file = self._library.words_file(self._slug, tag)
        facts, problems = self._facts
        report.extend(problems)
        is_source = facts is not None and tag == facts.source_language.value
        text, problems = self._source if is_source else self._text(tag, words_file)
        report.extend(problems)
        if facts is None or text is None:
            raise report.failure(ContentError)
        self._check_languages(facts, text.words, tag, report)
        _check_folder(words_file.parent, report)
        if is_source:
            return text.handout, text.handout, ()
        source, problems = self._source
        report.extend(problem for problem in problems if problem.is_error)
        if source is None:
            raise report.failure(ContentError)
        out_of_step = _compared(text, source.handout, report)
        missing = {found.part for found in out_of_step if found.state is State.MISSING}
        filled = with_source_parts(text.handout, source.handout, missing)
        return filled, source.handout, out_of_step

    @cached_property
    def _tags(self) -> tuple[str, ...]:
        return self._library.languages(self._slug)

    @cached_property
    def _facts(self) -> _Kept[Facts]:
        report = Report()
        facts = _read_file(FACTS, self._facts_file, report)
        return _Kept(facts, report.in_order())

    @cached_property
    def _source(self) -> _Kept[_Text]:
        facts = self._facts.value
        tag = facts.source_language.value if facts else ""
        if tag not in self._tags:
            return _Kept(None, ())
        return self._text(tag, self._library.words_file(self._slug, tag))

    def _text(self, tag: str, file: Path) -> _Kept[_Text]:
        report = Report()
        facts = self._facts.value
        words = _read_file(WORDS, file, report)
        text = None
        if facts is not None and words is not None:
            handout = assemble(self._slug, tag, facts, words, file.parent, report)
            text = _Text(words, handout)
        return _Kept(text, report.in_order())

    def _check_languages(self, facts: Facts, words: HandoutWords, tag: str, report: Report) -> None:
        source = facts.source_language
        if source.value not in self._tags:
            close = nearest_tag(source.value, self._tags, Languages())
            hint = f"write {source.value}.yaml, or name another source language"
            report.error(
                f'there are no words in the source language "{source.value}"',
                source.span,
                hint=f'did you mean "{close}"? If not, {hint}' if close else hint,
            )
        if tag == source.value and words.translation is not None:
            report.error(
                "the source language is not a translation",
                words.translation.span,
                hint="delete `translation`",
            )
        if tag != source.value and words.translation is None:
            report.error(
                "nothing says how this translation came about",
                words.span,
                hint="write `translation: {method: human, translator: ..., checked_by: ...}`",
            )


def _read_file(shape: Shape[T], path: Path, report: Report) -> T | None:
    try:
        return shape.read(read_yaml(path, report), report)
    except Unreadable:
        return None


def _compared(text: _Text, source: Handout, report: Report) -> tuple[OutOfStep, ...]:
    """Where the translation and its source part; nothing if it does not call itself one."""
    translation = text.words.translation
    if translation is None:
        return ()
    written, present = written_parts(text.words, source), fingerprints(source)
    check_made_from(translation, dict.fromkeys((*present, *written)), report)
    made_from = {part: recorded.value for part, recorded in translation.made_from.items()}
    return compare(written, made_from, present, text.words.span)


def _may_lack(found: OutOfStep) -> bool:
    return found.state is State.MISSING and found.part in OPTIONAL


def _check_folder(folder: Path, report: Report) -> None:
    for path in sorted(folder.glob("*.y*ml")):
        if path.name != FACTS_FILE and not (path.suffix == ".yaml" and is_language_tag(path.stem)):
            report.warning(
                f'the file "{path.name}" is not read: its name is not that of a language',
                SourceSpan(path.as_posix()),
                hint="name the words after their language, such as en.yaml or zh-Hans.yaml",
            )
