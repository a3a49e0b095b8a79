"""Confirm that parts of a translation say what the source says today.

A person who has compared the two says so; what is written down is the fingerprint of the source's
present words.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from handouts.diagnostics import Diagnostic, Severity, UsageError
from handouts.output import write_whole
from handouts.reading.handouts import Comparison, HandoutReader
from handouts.reading.library import Library
from handouts.reading.parts import OutOfStep, State
from handouts.reading.recording import with_fingerprints
from handouts.reading.shapes import nearest

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Confirmed(NamedTuple):
    """The file, the parts whose fingerprints are new in it, and what is still out of step."""

    file: Path
    recorded: tuple[str, ...]
    remaining: tuple[OutOfStep, ...]
    warnings: tuple[Diagnostic, ...]


def confirm(library: Library, slug: str, tag: str, parts: tuple[str, ...] = ()) -> Confirmed:
    """Record in the words file ``tag`` that these parts, or all, are in step with the source.

    Only the fingerprints change in the file. Nothing is written if they are all recorded already.

    Raises:
        UsageError: the source's own tag, an unknown part, or one that is not translated.
        NotFoundError: no such handout or language.
        ContentError: one of the files has mistakes.
        OutputError: the file cannot be written.
    """
    if tag == library.source_language(slug):
        raise UsageError(
            Diagnostic(
                f'"{slug}" was written in the language "{tag}": that is no translation',
                hint="name the language of a translation",
            )
        )
    comparison = HandoutReader(library, slug).compare(tag)
    new = _to_record(comparison, parts)
    file = library.words_file(slug, tag)
    if new:
        _write(file, new)
    remaining = tuple(found for found in comparison.out_of_step if found.part not in new)
    return Confirmed(file, tuple(new), remaining, tuple(_warnings(comparison, new)))


def _to_record(comparison: Comparison, parts: tuple[str, ...]) -> dict[str, str]:
    """The fingerprints that are to be written, in reading order."""
    present = comparison.fingerprints
    states = {found.part: found.state for found in comparison.out_of_step}
    for part in parts:
        if part not in present:
            hint = nearest(part, present)
            raise UsageError(Diagnostic(f'there is no part "{part}" in the source', hint=hint))
        if states.get(part) is State.MISSING:
            raise UsageError(Diagnostic(f'"{part}" is not translated', hint="translate it first"))
    changed = (State.STALE, State.UNRECORDED)
    return {
        part: found
        for part, found in present.items()
        if states.get(part) in changed and (not parts or part in parts)
    }


def _write(file: Path, new: dict[str, str]) -> None:
    content = file.read_bytes()
    mark = _BYTE_ORDER_MARK if content.startswith(_BYTE_ORDER_MARK) else b""
    text = content.removeprefix(mark).decode()
    write_whole(file, mark + with_fingerprints(text, new, file.as_posix()).encode())


def _warnings(comparison: Comparison, new: dict[str, str]) -> list[Diagnostic]:
    checker = comparison.translation.checked_by
    if not (new and checker):
        return []
    return [
        Diagnostic(
            f"the file still says that {checker} has checked this translation",
            comparison.translation.span,
            Severity.WARNING,
            hint="if the changed parts are not checked yet, write `checked_by: nobody`",
        )
    ]
