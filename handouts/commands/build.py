"""The command that makes one handout."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.commands.asking import destination, patient_options, sheet_options, usual_name
from handouts.request import Request, Said
from handouts.shell import counted, library_option, open_library, show

if TYPE_CHECKING:
    from handouts.patient import Patient
    from handouts.preparing import Prepared
    from handouts.reading.library import Library


@click.command()
@click.argument("handout")
@sheet_options
@click.option(
    "--output",
    metavar="FILE",
    help="Where to put it: a file, or a folder. Without it: here, under the handout's name.",
)
@click.option(
    "--twin",
    metavar="TAG",
    default="",
    help="A second language, set beside the first one section by section, so that one can point "
    "at the line.",
)
@patient_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["pdf", "html", "txt"]),
    default="pdf",
    show_default=True,
    help="html is a web page in one file, for a portal and for a phone; txt is plain text, for "
    "the body of an e-mail. Both say what the PDF says.",
)
@library_option
def build(
    handout: str,
    wish: Request,
    said: Said,
    output: str | None,
    twin: str,
    form: str,
    folder: Path | None,
) -> None:
    """Make one HANDOUT as a PDF, a web page or plain text.

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
      make-handout build progressive-multifocal-leukoencephalopathy --format html
    """
    # One sheet and the process ends: looking for garbage would cost a tenth of its time.
    gc.disable()

    request = replace(wish, handout=handout, twin=twin)
    if form == "pdf":
        _as_pdf(request, said, output, open_library(folder))
    else:
        _as_text(form, request, said, output, open_library(folder))


def _as_pdf(request: Request, said: Said, output: str | None, library: Library) -> None:
    from handouts.output import write_whole
    from handouts.pipeline import build as build_handout

    built = build_handout(library, request, said)
    show(built.warnings)
    file = destination(output, f"{usual_name(request, built.language, built.wanted)}.pdf")
    write_whole(file, built.pdf)
    click.echo(f"{file}: {counted(built.page_count, 'page')}, {len(built.pdf) / 1000:.0f} KB")


def _as_text(form: str, request: Request, said: Said, output: str | None, library: Library) -> None:
    """A web page or plain text: what has no pages."""
    from handouts.output import write_whole
    from handouts.preparing import prepare
    from handouts.reading.patients import read_patient

    _check_without_pages(form, request)
    prepared = prepare(library, request)
    tag = prepared.handout.language
    patient, warnings = read_patient(library, said, request.clinic, tag, datetime.now())
    content = _twin(form, prepared, patient).encode()
    show((*prepared.warnings, *warnings))
    file = destination(output, f"{usual_name(request, tag, prepared.wanted)}.{form}")
    write_whole(file, content)
    click.echo(f"{file}: {len(content) / 1000:.0f} KB")


def _twin(form: str, prepared: Prepared, patient: Patient) -> str:
    if form == "html":
        from handouts.web.page import web_page

        return web_page(prepared, patient)
    from handouts.plain.text import plain_text

    return plain_text(prepared, patient)


def _check_without_pages(form: str, request: Request) -> None:
    """Refuse what only pages can have."""
    from handouts.diagnostics import Diagnostic, UsageError

    wanted = {"--twin": request.twin, "--pages": request.pages}
    problems = [
        Diagnostic(f"{option} is about pages, and --format {form} has none", hint=hint)
        for option, hint in (
            ("--twin", "make one file for each language, or a PDF"),
            ("--pages", "leave it out, or make a PDF"),
        )
        if wanted[option]
    ]
    if problems:
        raise UsageError(problems)
