"""The commands for translations: how they stand, and that they are in step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.shell import counted, library_option, open_library, show, table

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
        for line in table([HEAD, *rows]) if rows else ["no translations"]:
            click.echo(f"  {line}")


def _row(standing: Standing) -> tuple[str, str, str, str]:
    from handouts.reading.parts import State

    translation = standing.translation
    if translation is None:
        return standing.language, "", "", 'has mistakes, see "make-handout check"'
    counts = [f"{standing.count(state)} {state}" for state in State if standing.count(state)]
    state = ", ".join(counts) or "in step"
    return standing.language, translation.method, translation.checked_by or "nobody", state


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


@translations.command("export")
@click.argument("handout")
@click.option("--language", metavar="TAG", required=True, help="The translation, such as es.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["po", "xliff"]),
    required=True,
    help="po for Poedit and Weblate; xliff (1.2) for OmegaT, Trados, memoQ and the others.",
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to put it. Without it: here, under the names of the handout and the language.",
)
@library_option
def export_(
    handout: str, language: str, form: str, output: Path | None, folder: Path | None
) -> None:
    """Write HANDOUT into a file for a translator.

    It holds what is translated already. What has changed in the original since is marked.
    """
    from handouts.output import write_whole
    from handouts.translating.exporting import export

    exchange = export(open_library(folder), handout, language)
    if form == "po":
        from handouts.translating.po import po as written
    else:
        from handouts.translating.xliff import xliff as written
    file = output or Path(f"{handout}-{language}.{'po' if form == 'po' else 'xlf'}")
    write_whole(file, written(exchange))
    to_do = sum(not entry.progress.is_done for entry in exchange.entries)
    click.echo(f"{file}: {counted(len(exchange.entries), 'unit')}, {to_do} to translate")


@translations.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--handout", metavar="NAME", default="", help="Refuse a file about another one.")
@click.option("--language", metavar="TAG", default="", help="Refuse a file in another one.")
@click.option("--translator", metavar="NAME", default="", help="Who translated it, to be printed.")
@click.option(
    "--checked-by",
    metavar="NAME",
    default="",
    help="Who checked it. Without it, changed words are a draft that nobody has checked.",
)
@library_option
def import_(
    file: Path,
    handout: str,
    language: str,
    translator: str,
    checked_by: str,
    folder: Path | None,
) -> None:
    """Take a translation back from FILE.

    "export" wrote the file and a translator filled it in. It is taken whole or not at all. A part
    of the handout that is not translated in it stays as it is.
    """
    from handouts.translating.importing import Credit, take
    from handouts.translating.writing import write

    library = open_library(folder)
    taken = take(library, file, handout, language)
    show(taken.warnings)
    written = write(library, taken, Credit(translator.strip(), checked_by.strip()))
    if written is None:
        click.echo(f"{file}: nothing new")
    else:
        parts = ", ".join(taken.changed) or "no words"
        click.echo(f"{written}: {counted(len(taken.parts), 'part')} taken, changed: {parts}")
    for part in taken.left:
        click.echo(f"  not translated: {part}")
