"""The command that makes one handout."""

from __future__ import annotations

import gc
import os
from dataclasses import replace
from pathlib import Path

import click

from handouts.commands.asking import patient_options, sheet_options
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


def usual_name(request: Request, language: str, wanted: str = "") -> str:
    """The name of a file, without its ending, that nobody chose one for.

    ``language`` is that of the sheet, ``wanted`` the one that it stands in for.
    """
    for_ = f"for-{wanted}" if wanted else ""
    parts = (request.handout, language, for_, request.twin, request.edition, request.clinic)
    return "-".join(filter(None, parts))


def destination(output: str | None, name: str) -> Path:
    """Where a file of that name goes if ``output`` is a file, a folder, or nothing."""
    if not output:
        return Path(name)
    is_folder = output.endswith(("/", os.sep)) or Path(output).is_dir()
    return Path(output, name) if is_folder else Path(output)
