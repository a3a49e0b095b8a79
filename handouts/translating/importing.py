"""Take a translation back: whole and verified, or not at all.

The file is held to itself first, then to the library. A part whose source has changed since the
export is still taken, so that no work is lost, but with the fingerprint of the source that it was
made from: so it is stale, no sheet is made from it unseen, and the next export gives it out again
as unfinished. A part whose blocks are no longer those of the source cannot be put in its place:
that refuses the file. So does a part that was edited here and in the file.

A part is taken if all its units are translated, and left as it is if none is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handouts.diagnostics import (
    NOWHERE,
    ContentError,
    Diagnostic,
    HandoutError,
    Severity,
    SourceSpan,
    UsageError,
    located,
)
from handouts.document import Handout, Inlines, Words
from handouts.fingerprint import fingerprint
from handouts.reading.library import Library
from handouts.reading.names import is_language_tag, is_slug
from handouts.reading.parts import fingerprints
from handouts.reading.report import Report, Unreadable
from handouts.reading.shapes import nearest
from handouts.translating.codes import differences
from handouts.translating.exchange_file import (
    NOTHING,
    Prints,
    Progress,
    Returned,
    ReturnedFile,
    plain_words,
    read_text,
)
from handouts.translating.exporting import Present, present_translation
from handouts.translating.markdown_writer import inline_markdown
from handouts.translating.units import Unit, plain_text, units, with_words


@dataclass(frozen=True, slots=True)
class Credit:
    """Who translated and who checked, as the person who imports says; empty if not said."""

    translator: str = ""
    checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """A translation from a file that fits its handout, before it is written.

    ``parts`` are those that are taken, ``changed`` those of them with other words than are here
    now, ``left`` those that are not translated and stay as they are. ``recorded`` holds the
    fingerprints of the sources of what is taken.
    """

    slug: str
    language: str
    present: Present
    handout: Handout
    parts: tuple[str, ...]
    recorded: dict[str, str]
    changed: tuple[str, ...]
    left: tuple[str, ...]
    warnings: tuple[Diagnostic, ...]


def read_returned(path: Path, report: Report) -> ReturnedFile:
    """What a file holds that came back from a translator. Raises Unreadable."""
    text = read_text(path, report)
    if text.lstrip().startswith("<"):
        from handouts.translating.xliff import read_xliff

        return read_xliff(text, path, report)
    from handouts.translating.po import read_po

    return read_po(text, path, report)


def take(library: Library, path: Path, slug: str = "", language: str = "") -> Taken:
    """The translation in a file, verified. Nothing is written.

    ``slug`` and ``language`` may say what the file must be about.

    Raises:
        ContentError: everything that is wrong with the file, or a file of the handout is.
        NotFoundError: the library has no such handout, or no such language is known.
        UsageError: the file is about another handout or language than was said.
    """
    report = Report()
    try:
        returned = read_returned(path, report)
    except Unreadable:
        raise report.failure(ContentError) from None
    _check_names(returned, slug, language, report)
    with located(returned.span):
        present = present_translation(library, returned.handout, returned.language)
    checks = _Checks(returned, present, report)
    taken = checks.taken()
    return report.result(taken, ContentError).value


def _check_names(returned: ReturnedFile, slug: str, language: str, report: Report) -> None:
    """Raises if the file does not say what it is about, or says something else than was asked."""
    span = returned.span
    before = len(report.diagnostics)
    if not is_slug(returned.handout):
        report.error(
            f'"{returned.handout}" is not the name of a handout' if returned.handout
            else "the file does not say which handout it belongs to",
            span,
            hint="export the handout again",
        )  # fmt: skip
    for which, tag in (("source", returned.source_language), ("target", returned.language)):
        if not is_language_tag(tag):
            report.error(
                f'"{tag}" is not a language tag' if tag else f"the file has no {which} language",
                span,
                hint="such as es or zh-Hans; export the handout again",
            )
    if not returned.parts:
        report.error(
            "the file does not say which text it was made from",
            span,
            hint="the translation program has dropped it, or this is not a file of ours",
        )
    if len(report.diagnostics) > before:
        raise report.failure(ContentError)
    for said, found, what in (
        (slug, returned.handout, "handout"),
        (language, returned.language, "language"),
    ):
        if said and said != found:
            raise UsageError(
                Diagnostic(f'the file is about the {what} "{found}", not "{said}"', span)
            )


class _Checks:
    """Holds a file to its handout, part by part."""

    def __init__(self, returned: ReturnedFile, present: Present, report: Report) -> None:
        self._returned = returned
        self._present = present
        self._report = report
        self._units = {unit.id: unit for unit in units(present.source)}
        self._now = fingerprints(present.source)
        self._found = {found.id: found for found in returned.units}
        self._warnings: list[Diagnostic] = []

    def taken(self) -> Taken:
        source = self._present.source
        if self._returned.source_language != source.language:
            self._error(
                f'the file is translated from "{self._returned.source_language}", but the handout '
                f'was written in "{source.language}"',
                self._returned.span,
            )
        self._check_ids()
        # A picture without words, which only decorates, is a part without units.
        parts: dict[str, list[Returned]] = {part: [] for part in self._now}
        for found in self._found.values():
            if found.id in self._units:
                parts[self._units[found.id].part].append(found)
        words: dict[str, Inlines] = {}
        left = []
        for part, members in parts.items():
            self._check_source(part, members)
            if all(found.progress.is_done for found in members):
                words |= {found.id: found.target for found in members}
            elif any(found.progress.is_done for found in members):
                self._report_unfinished(members)
            else:
                left.append(part)
        for id_ in words:
            self._check_target(self._units[id_], self._found[id_])
        handout = with_words(source, words)
        taken = tuple(part for part in parts if part not in left)
        changed = tuple(self._changed(taken, handout))
        return Taken(
            slug=source.slug,
            language=self._returned.language,
            present=self._present,
            handout=handout,
            parts=taken,
            recorded=self._recorded(taken, changed),
            changed=changed,
            left=tuple(left),
            warnings=tuple(self._warnings),
        )

    def _error(self, message: str, span: SourceSpan, hint: str = "") -> None:
        self._report.error(message, span, hint)

    # --- ids and source ---

    def _check_ids(self) -> None:
        times = Counter(found.id for found in self._returned.units)
        for found in self._returned.units:
            if times[found.id] > 1:
                self._error(f'the unit "{found.id}" stands twice in the file', found.span)
            if found.id not in self._units:
                known = nearest(found.id, self._units)
                self._error(
                    f'there is no unit "{found.id}" in the handout',
                    found.span,
                    hint=f"export the handout again; {known}",
                )
        for id_, unit in self._units.items():
            if id_ not in times:
                self._error(
                    f'the unit "{id_}" is missing: {unit.where}',
                    self._returned.span,
                    hint="the file is not whole, or the source has changed: export it again",
                )
        for part in self._now:
            if part not in self._returned.parts:
                self._error(
                    f'nothing tells which text of "{part}" was translated', self._returned.span
                )

    def _check_source(self, part: str, members: list[Returned]) -> None:
        """The source's words in the file must be those that were recorded with it."""
        recorded, now = self._prints(part).source, self._now[part]
        in_file = with_words(self._present.source, {found.id: found.source for found in members})
        if fingerprints(in_file)[part] == recorded:
            if recorded != now:
                self._warnings.append(
                    Diagnostic(
                        f'the source of "{part}" has changed since the export: the translation is '
                        "taken, but it is stale",
                        self._span(members),
                        Severity.WARNING,
                        hint="export the handout again and bring it up to date",
                    )
                )
            return
        if recorded != now:
            self._error(
                f'the source of "{part}" has changed since the export',
                self._span(members),
                hint="export the handout again and translate it with the help of this file",
            )
            return
        for found in members:
            if fingerprint(found.source) != fingerprint(self._units[found.id].content):
                self._error(
                    f'the source of "{found.id}" was altered in the file',
                    found.span,
                    hint="only the translation may change: put the source back",
                )

    def _span(self, members: list[Returned]) -> SourceSpan:
        return members[0].span if members else self._returned.span

    def _prints(self, part: str) -> Prints:
        return self._returned.parts.get(part, Prints(NOTHING))

    # --- translations ---

    def _report_unfinished(self, members: list[Returned]) -> None:
        for found in members:
            if found.progress is Progress.UNTRANSLATED:
                self._error(
                    f'"{found.id}" is not translated, but other units of its part are',
                    found.span,
                    hint="translate it: a part is printed whole or not at all",
                )
            elif found.progress is Progress.UNFINISHED:
                self._error(
                    f'"{found.id}" is still marked as unfinished, but other units of its part are '
                    "done",
                    found.span,
                    hint="compare it with its source and mark it as translated",
                )

    def _check_target(self, unit: Unit, found: Returned) -> None:
        if unit.is_plain:
            plain_words(plain_text(found.target), found.span, self._report)
        elif not self._report_smuggled(unit, found):
            problems = list(differences(found.source, found.target))
            for problem in problems:
                self._error(f'"{unit.id}": {problem}', found.span)
            if not problems:
                self._check_writable(found)

    def _report_smuggled(self, unit: Unit, found: Returned) -> bool:
        """Whether text of the translation looks like markup that the source's text has not."""
        before = len(self._report.diagnostics)
        if not any(map(_looks_like_markup, _texts(unit.content))):
            for text in _texts(found.target):
                plain_words(text, found.span, self._report)
        return len(self._report.diagnostics) > before

    def _check_writable(self, found: Returned) -> None:
        try:
            inline_markdown(found.target)
        except HandoutError as error:
            for problem in error.diagnostics:
                self._error(f'"{found.id}": {problem.message}', found.span, problem.hint)

    # --- what is new ---

    def _changed(self, taken: tuple[str, ...], handout: Handout) -> Iterator[str]:
        """The parts with other words than here; an error if they were edited here as well."""
        new = fingerprints(handout)
        for part in taken:
            here = self._present.target_print(part)
            if new[part] == here:
                continue
            yield part
            if self._prints(part).target != here:
                members = [found for id_, found in self._found.items() if self._part(id_) == part]
                self._error(
                    f'the translation of "{part}" has been edited here since the export',
                    self._span(members),
                    hint="export the handout again, so that neither work is lost",
                )

    def _part(self, id_: str) -> str:
        return self._units[id_].part if id_ in self._units else ""

    def _recorded(self, taken: tuple[str, ...], changed: tuple[str, ...]) -> dict[str, str]:
        return {
            part: self._prints(part).source
            for part in taken
            if part in changed or self._prints(part).source == self._now[part]
        }


def _texts(content: Inlines) -> Iterator[str]:
    return (run.text for run in content if isinstance(run, Words))


def _looks_like_markup(text: str) -> bool:
    report = Report()
    plain_words(text, NOWHERE, report)
    return report.has_errors
