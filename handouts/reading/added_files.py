"""Files that a library adds to the generator's own: languages and editions, one in each file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from handouts.diagnostics import ContentError
from handouts.reading.report import Report, Unreadable

T = TypeVar("T")
Read = Callable[[Path, Report], T]
"""Reads one file. Raises Unreadable when the report says why it cannot be used."""


def read_folder(folder: Path, read: Read[T]) -> dict[str, T]:
    """What the YAML files of a folder hold, by their names without the ending.

    Raises:
        ContentError: everything that is wrong with any of them.
    """
    report = Report()
    added: dict[str, T] = {}
    for path in sorted(folder.glob("*.y*ml")):
        try:
            added[path.stem] = read(path, report)
        except Unreadable:
            continue
    return report.result(added, ContentError).value


def read_file(path: Path, read: Read[T]) -> T:
    """What one file holds. Raises ContentError with all that is wrong with it."""
    report = Report()
    try:
        return report.result(read(path, report), ContentError).value
    except Unreadable:
        raise report.failure(ContentError) from None
