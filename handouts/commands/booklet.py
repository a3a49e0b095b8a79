"""The command that makes a booklet to fold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from handouts.commands.asking import destination, sheet_options, usual_name
from handouts.request import Request
from handouts.shell import counted, library_option, open_library, show


@click.command()
@click.argument("handout")
@sheet_options
@click.option(
    "--output",
    metavar="FILE",
    help="Where to put the PDF: a file, or a folder. Without it: here, under the handout's name.",
)
@click.option(
    "--thickness",
    metavar="MM",
    type=click.FloatRange(0, 1),
    default=0.1,
    show_default=True,
    help="That of the paper in millimetres: inner pages are moved towards the fold by it.",
)
@library_option
def booklet(
    handout: str, wish: Request, output: str | None, thickness: float, folder: Path | None
) -> None:
    """Put HANDOUT on paper to fold into a booklet.

    Its pages are half as large as the --paper: A5 on A4, half letter on letter. Print both sides,
    turned over the short edge, fold all sheets together in the middle, and staple.

    The file is for the printer only. It has no tags, so a screen reader cannot read it well; it
    says so in its title. Give out the one from "make-handout build" as well.

    \b
    Example:
      make-handout booklet progressive-multifocal-leukoencephalopathy --paper a4
    """
    from handouts.output import write_whole
    from handouts.pipeline import make_booklet

    request = replace(wish, handout=handout, edition=wish.edition or "booklet")
    made = make_booklet(open_library(folder), request, thickness)
    show(made.warnings)
    file = destination(output, f"{usual_name(request, made.language, made.wanted)}.pdf")
    write_whole(file, made.pdf)
    sheets = -(-made.page_count // 4)
    click.echo(
        f"{file}: {counted(made.page_count, 'page')} on {counted(sheets, 'sheet')} of paper; "
        "a print file, not accessible"
    )
