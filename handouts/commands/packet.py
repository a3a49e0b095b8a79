"""The command that makes several handouts into one PDF."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from handouts.commands.asking import destination, sheet_options
from handouts.request import PacketRequest, Request
from handouts.shell import counted, library_option, open_library, show

MOST_COPIES = 5  # that a PDF can ask for (ISO 32000-1, table 150)


@click.command()
@click.argument("handouts", nargs=-1, required=True, metavar="HANDOUT...")
@sheet_options
@click.option(
    "--cover",
    is_flag=True,
    help="Begin with a page that lists the handouts, with links and page numbers.",
)
@click.option(
    "--duplex",
    is_flag=True,
    help="For printing on both sides: each handout begins on a right-hand page.",
)
@click.option(
    "--copies",
    metavar="N",
    type=click.IntRange(1, MOST_COPIES),
    default=1,
    help=f"How many copies the print window should offer, up to {MOST_COPIES}, which is as many as "
    "a PDF can ask for. The file itself holds the packet once.",
)
@click.option(
    "--output",
    metavar="FILE",
    help="Where to put the PDF: a file, or a folder. Without it: here, named after what it is.",
)
@library_option
def packet(
    handouts: tuple[str, ...],
    wish: Request,
    cover: bool,
    duplex: bool,
    copies: int,
    output: str | None,
    folder: Path | None,
) -> None:
    """Make several HANDOUTs into one PDF, in the order given.

    Each HANDOUT is a name from "make-handout list"; so is the clinic's. Pages are numbered for
    each handout and for the whole packet. Without --language, each handout is in the language that
    "make-handout build" would choose, and the packet in that of the first.

    \b
    Examples:
      make-handout packet asthma inhalers --clinic riverside --language es --cover
      make-handout packet asthma inhalers --clinic riverside --duplex --copies 3
    """
    # One packet and the process ends: looking for garbage would cost a tenth of its time.
    gc.disable()

    from handouts.output import write_whole
    from handouts.packing import pack

    request = PacketRequest(handouts, wish, cover=cover, duplex=duplex, copies=copies)
    packed = pack(open_library(folder), request)
    show(packed.warnings)
    parts = ("packet", packed.language, wish.edition, wish.clinic)
    file = destination(output, f"{'-'.join(filter(None, parts))}.pdf")
    write_whole(file, packed.pdf)
    click.echo(
        f"{file}: {counted(len(handouts), 'handout')}, {counted(packed.page_count, 'page')}, "
        f"{len(packed.pdf) / 1000:.0f} KB"
    )
