"""The command line: commands, exit codes and messages; nothing else.

What a command needs is imported when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from handouts import __version__
from handouts.diagnostics import Diagnostic, HandoutError

EXIT_CODES = """
\b
What the program answers to the shell (its exit code):
  0  all is well
  2  the command was not understood
  3  a handout file is wrong
  4  a clinic file, logo or colour is wrong
  5  a font has no letter for something in the text
  6  something is too long for its place or for a page
  7  the finished PDF failed our own check: please report it
  8  the PDF could not be written where you asked
  9  there is no such handout, language or clinic
 70  a fault in the program: please report it
"""


class _Commands(click.Group):
    """Turns every error that a person can put right into its message and exit code."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except HandoutError as error:
            _fail(error.diagnostics, error.exit_code)

    def main(self, *arguments: Any, **keywords: Any) -> Any:
        try:
            return super().main(*arguments, **keywords)
        except Exception:
            import traceback

            traceback.print_exc()
            click.echo("\nThis is a fault in the program, not in your files.", err=True)
            sys.exit(70)


def _fail(problems: Iterable[Diagnostic], exit_code: int) -> NoReturn:
    _show(problems)
    sys.exit(exit_code)


def _show(problems: Iterable[Diagnostic]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)


def _library_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--library",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path, file_okay=False),
        help="The folder with your handouts and clinics. Without it: the ones that come with "
        "the program.",
    )(command)


def _library(folder: Path | None) -> Any:
    from handouts.places import CONTENT
    from handouts.reading.library import Library

    return Library(folder or CONTENT)


@click.group(
    cls=_Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__)
def main() -> None:
    r"""Make patient handouts: one PDF, ready to print or to attach.

    \b
    To begin:
      make-handout list
      make-handout build progressive-multifocal-leukoencephalopathy --clinic riverside
    """


@main.command()
@click.argument("handout")
@click.option(
    "--language",
    metavar="TAG",
    default="",
    help="Such as en or es. Without it: the language the handout was written in.",
)
@click.option(
    "--clinic",
    metavar="NAME",
    default="",
    help="Whose logo, phones and colours to print. Without it the sheet has lines to write on.",
)
@click.option(
    "--paper", type=click.Choice(["letter", "a4"]), help="Without it: the clinic's own paper."
)
@click.option(
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where to put the PDF. Without it: here, under the handout's name.",
)
@_library_option
def build(
    handout: str,
    language: str,
    clinic: str,
    paper: str | None,
    output: Path | None,
    folder: Path | None,
) -> None:
    r"""Make one HANDOUT as a PDF.

    HANDOUT is a name from "make-handout list".

    \b
    Example:
      make-handout build asthma --language es --clinic riverside --output asthma.pdf
    """
    from handouts.output import write_whole
    from handouts.pipeline import build as build_handout

    library = _library(folder)
    built = build_handout(library, handout, language, clinic, paper or "")
    _show(built.warnings)
    if output is None:
        tag = language or library.source_language(handout)
        output = Path("-".join(filter(None, (handout, tag, clinic))) + ".pdf")
    elif output.is_dir():
        tag = language or library.source_language(handout)
        output = output / ("-".join(filter(None, (handout, tag, clinic))) + ".pdf")
    write_whole(output, built.pdf)
    pages = "1 page" if built.page_count == 1 else f"{built.page_count} pages"
    click.echo(f"{output}: {pages}, {round(len(built.pdf) / 1000)} KB")


@main.command("list")
@_library_option
def list_(folder: Path | None) -> None:
    """List the handouts, their languages, and the clinics."""
    library = _library(folder)
    click.echo("Handouts")
    for slug in library.handouts():
        click.echo(f"  {slug}  ({', '.join(library.languages(slug))})")
    click.echo("Clinics")
    for slug in library.clinics():
        click.echo(f"  {slug}")


@main.command()
@_library_option
def check(folder: Path | None) -> None:
    """Look through all files and say what is wrong with them.

    Nothing is made. Errors must be put right before a handout can be made; warnings should be.
    """
    from handouts.pipeline import check_library

    library = _library(folder)
    problems = list(check_library(library))
    _show(problems)
    errors = sum(problem.is_error for problem in problems)
    click.echo(f"{errors} errors, {len(problems) - errors} warnings")
    if errors:
        sys.exit(3)


@main.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Start a library of your own in the folder DIR.

    It gets one small handout and one clinic to edit, with notes on every field.
    """
    from handouts.starting import start_library

    start_library(directory)
    click.echo(f"{directory}: a library to edit. Try:")
    click.echo(f"  make-handout build my-first-handout --clinic my-clinic --library {directory}")
