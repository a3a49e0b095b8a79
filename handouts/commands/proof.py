"""The command that tells what the printer will do to a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.asking import destination
from handouts.shell import counted, table

if TYPE_CHECKING:
    from handouts.proof.proofing import Least, Proof


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--copies",
    metavar="N",
    type=click.IntRange(1),
    default=1,
    help="How many will be printed: the paper and ink for all of them are told.",
)
@click.option("--duplex", is_flag=True, help="They are printed on both sides of the paper.")
@click.option(
    "--output",
    metavar="PNG",
    help="Where to put the picture: a file, or a folder. Without it: here, under the PDF's name.",
)
def proof(file: Path, copies: int, duplex: bool, output: str | None) -> None:
    """Tell what a printer without colours will make of the PDF in FILE.

    It measures the gray contrast of all words, the smallest type, the thinnest line, the ink, what
    lies where printers cannot print, and whether colour alone tells something. A picture shows
    each page in colour, in gray, and copied twice.

    The exit code is 0 if it is safe to print, and 15 if a page will not print well.

    \b
    Examples:
      make-handout proof pml.pdf
      make-handout proof pml.pdf --copies 500 --duplex --output pml-proof.png
    """
    from handouts.diagnostics import ProofError
    from handouts.output import write_whole
    from handouts.proof.proofing import proof as look_at

    found = look_at(file)
    for line in _report(file, found, copies, duplex):
        click.echo(line)
    paths = _pictures(file, output, len(found.pictures))
    for path, picture in zip(paths, found.pictures, strict=True):
        write_whole(path, picture)
        click.echo(f"picture: {path}")
    if found.findings:
        raise ProofError(each.diagnostic(file.as_posix()) for each in found.findings)
    click.echo("safe to print")


def _report(file: Path, found: Proof, copies: int, duplex: bool) -> list[str]:
    sides = "both sides" if duplex else "one side"
    sheets = counted(found.sheets(1, duplex), "sheet")
    lines = [f"{file}: {counted(len(found.pages), 'page')}, {sheets} of paper ({sides})"]
    if copies > 1:
        lines.append(f"{copies} copies: {counted(found.sheets(copies, duplex), 'sheet')} of paper")
    lines.append("ink, in parts of the paper's area")
    lines += (f"  page {number}: {page.ink}" for number, page in enumerate(found.pages, 1))
    lines.append(f"  mean: {found.ink}")
    lines.append("contrast in gray, the worst place of each pair of colours")
    rows = [(f"{p.ratio:.1f}:1", f"{p.ink} on {p.ground}", p.place) for p in found.pairs]
    lines += (f"  {row}" for row in table(rows)) if rows else ["  no words"]
    lines += (
        f"{name}: {_told(least)}"
        for name, least in (
            ("smallest type", _least([page.smallest_type for page in found.pages])),
            ("smallest raised number", _least([page.smallest_raised for page in found.pages])),
            ("thinnest line", _least([page.thinnest_rule for page in found.pages])),
        )
    )
    return lines


def _least(each: list[Least | None]) -> Least | None:
    return min(filter(None, each), key=lambda least: least.length, default=None)


def _told(least: Least | None) -> str:
    return "none" if least is None else f"{least.length:.2f} pt, {least.place}"


def _pictures(file: Path, output: str | None, count: int) -> list[Path]:
    """Where the pictures go; those of single pages are numbered."""
    path = destination(output, f"{file.stem}-proof.png")
    if count == 1:
        return [path]
    width = len(str(count))
    return [path.with_stem(f"{path.stem}-{n:0{width}}") for n in range(1, count + 1)]
