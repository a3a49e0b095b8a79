"""The commands for translations: how they stand, and that they are in step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.shell import counted, library_option, open_library, show

if TYPE_CHECKING:
    from handouts.translating.status import Standing

HEAD = ("language", "method", "checked by", "state")


@click.group()
def translations() -> None:
    """Keep translations in step with what they were made from.

    A translation records what each of its parts was translated from. When the original changes,
    the parts that are behind are named, and no sheet is made from them unseen.
    """


@translations.command()
@click.argument("handout", required=False)
@library_option
def status(handout: str | None, folder: Path | None) -> None:
    """Show how the translations stand, of HANDOUT or of all handouts.

    \b
    in step     made from the original as it is today
    stale       the original has changed since
    unrecorded  nothing tells what it was made from
    missing     not translated
    extra       not in the original

    "make-handout check" names each part that is not in step.
    """
    from handouts.translating.status import standings

    library = open_library(folder)
    for slug in [handout] if handout else library.handouts():
        click.echo(f"{slug} (written in {library.source_language(slug)})")
        rows = [_row(standing) for standing in standings(library, slug)]
        for line in _table([HEAD, *rows]) if rows else ["no translations"]:
            click.echo(f"  {line}")


def _row(standing: Standing) -> tuple[str, str, str, str]:
    from handouts.reading.parts import State

    translation = standing.translation
    if translation is None:
        return standing.language, "", "", 'has mistakes, see "make-handout check"'
    counts = [f"{standing.count(state)} {state}" for state in State if standing.count(state)]
    state = ", ".join(counts) or "in step"
    return standing.language, translation.method, translation.checked_by or "nobody", state


def _table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


@translations.command()
@click.argument("handout")
@click.option("--language", metavar="TAG", required=True, help="The translation, such as es.")
@click.option(
    "--part",
    "parts",
    metavar="NAME",
    multiple=True,
    help="Such as sections.causes, at_a_glance, pictures.neuron or title; may be given more than "
    "once. Without it: every part.",
)
@library_option
def confirm(handout: str, language: str, parts: tuple[str, ...], folder: Path | None) -> None:
    """Say that a translation of HANDOUT is in step with the original.

    Compare the two first. The file of the translation then records the original as it is today;
    nothing else in it changes.
    """
    from handouts.translating.confirming import confirm as confirm_translation

    confirmed = confirm_translation(open_library(folder), handout, language, parts)
    show(confirmed.warnings)
    if confirmed.recorded:
        number = counted(len(confirmed.recorded), "part")
        click.echo(f"{confirmed.file}: {number} recorded: {', '.join(confirmed.recorded)}")
    else:
        click.echo(f"{confirmed.file}: nothing to record")
    for found in confirmed.remaining:
        click.echo(f"  still {found.state}: {found.part}")
