"""The command that makes one handout."""

from __future__ import annotations

import gc
from dataclasses import replace
from pathlib import Path

import click

from handouts.commands.asking import destination, patient_options, sheet_options, usual_name
from handouts.request import Request, Said
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
    "--twin",
    metavar="TAG",
    default="",
    help="A second language, set beside the first one section by section, so that one can point "
    "at the line.",
)
@patient_options
@library_option
def build(
    handout: str,
    wish: Request,
    said: Said,
    output: str | None,
    twin: str,
    folder: Path | None,
) -> None:
    """Make one HANDOUT as a PDF.

    HANDOUT is a name from "make-handout list"; so is the clinic's.

    \b
    Examples:
      make-handout build my-first-handout --library my-library
      make-handout build my-first-handout --library my-library --clinic my-clinic --paper a4
      make-handout build progressive-multifocal-leukoencephalopathy --output pml.pdf
      make-handout build progressive-multifocal-leukoencephalopathy --language es --twin en
      make-handout build progressive-multifocal-leukoencephalopathy --language sw --fallback
      make-handout build progressive-multifocal-leukoencephalopathy --edition large-print
      make-handout build progressive-multifocal-leukoencephalopathy --clinic riverside
          --patient-name "Ana Ruiz" --appointment "2026-12-03 10:30" --note notes.txt
    """
    # One sheet and the process ends: looking for garbage would cost a tenth of its time.
    gc.disable()

    from handouts.output import write_whole
    from handouts.pipeline import build as build_handout

    request = replace(wish, handout=handout, twin=twin)
    built = build_handout(open_library(folder), request, said)
    show(built.warnings)
    file = destination(output, f"{usual_name(request, built.language, built.wanted)}.pdf")
    write_whole(file, built.pdf)
    click.echo(f"{file}: {counted(built.page_count, 'page')}, {len(built.pdf) / 1000:.0f} KB")
