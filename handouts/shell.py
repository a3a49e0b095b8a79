"""What all commands share: the option that names the library, and how they speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from handouts.diagnostics import Diagnostic

if TYPE_CHECKING:
    from handouts.reading.library import Library


def library_option(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--library",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder with your handouts and clinics. Without it: the ones that come with "
        "the program.",
    )(command)


def open_library(folder: Path | None) -> Library:
    """The library of the command's own option, of the option before the command, or ours."""
    from handouts.places import CONTENT
    from handouts.reading.library import Library

    return Library(_from_here(folder or click.get_current_context().obj or CONTENT))


def _from_here(folder: Path) -> Path:
    """The same folder, written shorter if it lies below the current one."""
    here = Path.cwd()
    return folder.relative_to(here) if folder.is_relative_to(here) else folder


def show(problems: Iterable[Diagnostic]) -> None:
    """What a hostile file wrote into a message cannot turn the line or command the terminal."""
    from handouts.reading.deceptive_text import REFUSED_CHARACTER

    for problem in problems:
        shown = REFUSED_CHARACTER.sub(lambda found: f"<U+{ord(found[0]):04X}>", str(problem))
        click.echo(shown, err=True)


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines with their columns one below the other."""
    widths = [max(map(_columns, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _columns(text: str) -> int:
    """The columns that a terminal takes for the text: marks none, wide letters two (UAX #11)."""
    import unicodedata

    shown = [sign for sign in text if unicodedata.category(sign) not in ("Mn", "Me", "Cf")]
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in shown)
