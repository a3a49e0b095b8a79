"""The command that sends a handout to a printer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.asking import destination, patient_options, sheet_options, usual_name
from handouts.diagnostics import Diagnostic, PrinterError
from handouts.request import Request, Said
from handouts.shell import counted, library_option, open_library, show, table

if TYPE_CHECKING:
    from handouts.delivery.printing import Printer


def _list_printers(context: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if not wanted:
        return
    from handouts.delivery.printing import has_cups, printers

    if not has_cups():
        raise PrinterError(Diagnostic("CUPS is not installed here, so there are no printers"))
    known = printers()
    if not known:
        raise PrinterError(Diagnostic("CUPS has no printer", hint="add one to CUPS"))
    rows = [("printer", "state", "both sides", "paper", "trays"), *map(_row, known)]
    for line in table(rows):
        click.echo(line)
    context.exit()


def _row(printer: Printer) -> tuple[str, ...]:
    state = "refuses jobs" if not printer.takes_jobs else "" if printer.is_enabled else "stopped"
    state = " ".join(filter(None, (state or "ready", *(f"({said})" for said in printer.alerts))))
    name = f"{printer.name} (usual)" if printer.is_default else printer.name
    both = {True: "yes", False: "no", None: "?"}[printer.duplex]
    media, trays = (", ".join(known) or "?" for known in (printer.media, printer.trays))
    return name, state, both, media, trays


@click.command("print")
@click.argument("handout")
@sheet_options
@click.option(
    "--printer", metavar="NAME", default="", help="Without it: the one that is usual in CUPS."
)
@click.option(
    "--copies", metavar="N", type=click.IntRange(1, 999), default=1, help="Without it: one."
)
@click.option("--duplex", is_flag=True, help="Print on both sides, turned over the long edge.")
@click.option("--tray", metavar="NAME", default="", help="Without it: the printer's usual tray.")
@click.option(
    "--output",
    metavar="FILE",
    help="Where the PDF goes if there is no CUPS: a file, or a folder. Without it: here.",
)
@click.option(
    "--list-printers",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_printers,
    help="Show the printers, what they can do and whether they take jobs, and stop.",
)
@patient_options
@library_option
def print_(
    handout: str,
    wish: Request,
    said: Said,
    printer: str,
    copies: int,
    duplex: bool,
    tray: str,
    output: str | None,
    folder: Path | None,
) -> None:
    """Make HANDOUT and send it to a printer, through CUPS.

    The printer is asked first whether it takes jobs and has the paper: what it cannot print whole
    is not sent at all. The queue shows the handout's name and nothing of a patient.

    \b
    Examples:
      make-handout print --list-printers
      make-handout print progressive-multifocal-leukoencephalopathy --clinic riverside
          --printer Office --duplex
    """
    from handouts.delivery.printing import Job, alerts, check, find_printer, has_cups, send
    from handouts.output import write_whole
    from handouts.pipeline import build

    request = replace(wish, handout=handout)
    library = open_library(folder)
    if not has_cups():
        built = build(library, request, said)
        show(built.warnings)
        file = destination(output, f"{usual_name(request, built.language, built.wanted)}.pdf")
        write_whole(file, built.pdf)
        raise PrinterError(
            Diagnostic(
                "CUPS is not installed here, so nothing was printed",
                hint=f"the PDF is in {file}: open it and print it from there",
            )
        )
    found = find_printer(printer)
    built = build(library, request, said)
    show(built.warnings)
    job = Job(handout, built.paper, copies, duplex, tray)
    check(found, job)
    show(alerts(found))
    name = send(built.pdf, found, job)
    pages, times = counted(built.page_count, "page"), "once" if copies == 1 else f"{copies} times"
    click.echo(f"{name}: {pages}, {times}, on {found.name}")
