"""The command line: commands, exit codes and messages; nothing else.

What a command needs is imported when it runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import click

from handouts import __version__
from handouts.diagnostics import FAULT, Diagnostic, HandoutError
from handouts.shell import counted, library_option, open_library, show, table

STOPPED = 130  # 128 and the number of the signal, as a shell has it
NOBODY_READS = 141

EXIT_CODES = f"""
\b
What the program answers to the shell (its exit code):
    0  all is well
    2  the command was not understood
    3  a handout file is wrong
    4  a clinic file, logo or colour is wrong
    5  a font has no letter for something in the text
    6  something is too long for its place or for a page
    7  the finished PDF failed our own check: please report it
    8  the files could not be written where you asked
    9  there is no such library, handout or clinic
   10  a translation is not in step with its source
   11  the handout has no words in the language you asked for
   12  a batch plan is wrong
   13  another run is at work on the same output
   14  a worker of a batch died, or cannot be reached
   15  the page will not print well
   16  the printer is not there, or does not take the job
  {FAULT:>3}  a fault in the program: please report it
  {STOPPED:>3}  you stopped it with Ctrl-C
  {NOBODY_READS:>3}  what read the output went away
"""


# Commands by their names: the module and what they are called there.
ELSEWHERE = {
    "batch": ("handouts.commands.batch", "batch"),
    "booklet": ("handouts.commands.booklet", "booklet"),
    "build": ("handouts.commands.build", "build"),
    "packet": ("handouts.commands.packet", "packet"),
    "print": ("handouts.commands.printing", "print_"),
    "proof": ("handouts.commands.proof", "proof"),
    "translations": ("handouts.commands.translations", "translations"),
}


class _Commands(click.Group):
    """Turns every error that a person can put right into its message and exit code."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted([*super().list_commands(context), *ELSEWHERE])

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in ELSEWHERE:
            return super().get_command(context, name)
        module, command = ELSEWHERE[name]
        found: click.Command = getattr(importlib.import_module(module), command)
        return found

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except HandoutError as error:
            _fail(error.diagnostics, error.exit_code)
        except KeyboardInterrupt:
            sys.exit(STOPPED)
        except BrokenPipeError:
            # Python would complain when it flushes what could not be written.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(NOBODY_READS)

    def main(self, *arguments: Any, **keywords: Any) -> Any:
        # A title may hold letters that the terminal cannot show.
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        try:
            return super().main(*arguments, **keywords)
        except Exception:
            import traceback

            traceback.print_exc()
            click.echo("\nThis is a fault in the program, not in your files.", err=True)
            sys.exit(FAULT)


def _fail(problems: Iterable[Diagnostic], exit_code: int) -> NoReturn:
    show(problems)
    sys.exit(exit_code)


@click.group(
    cls=_Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]}
)
@library_option
@click.version_option(__version__, message="make-handout %(version)s")
@click.pass_context
def main(context: click.Context, folder: Path | None) -> None:
    """Make patient handouts: one PDF, ready to print or to attach.

    \b
    To begin:
      make-handout list
      make-handout build progressive-multifocal-leukoencephalopathy --clinic riverside

    \b
    To write your own:
      make-handout init my-library

    "make-handout build --help" tells more about building; so it is with each command.
    """
    context.obj = folder


@main.command("list")
@library_option
def list_(folder: Path | None) -> None:
    """Show the handouts, with their languages, and the clinics.

    A handout that nobody has reviewed is a draft, and says so on every page; so is a translation
    that nobody has checked. One that is behind its source is not made unless you allow it.
    """
    from handouts.stocktaking import clinics_of, handouts_of

    library = open_library(folder)
    mistakes = '(has mistakes, see "make-handout check")'
    click.echo("Handouts")
    for holding in handouts_of(library):
        click.echo(f"  {holding.slug}")
        click.echo(f"      {holding.title or mistakes}")
        languages = (
            f"{tag} ({', '.join(conditions)})" for tag, conditions in holding.languages.items()
        )
        click.echo(_wrapped(", ".join(languages) or "(no language yet)"))
    click.echo("Clinics")
    for holding in clinics_of(library):
        click.echo(f"  {holding.slug}")
        click.echo(f"      {holding.title or mistakes}")


def _wrapped(text: str) -> str:
    indent = " " * 6
    return click.wrap_text(text, 92, initial_indent=indent, subsequent_indent=indent)


@main.command()
@library_option
def check(folder: Path | None) -> None:
    """Look through all files and say what is wrong with them.

    No PDF is made. Errors must be put right before a handout can be made; warnings should be. A
    part of a translation that is not in step with its source is an error. If there are several
    kinds of errors, the exit code is the lowest of theirs.
    """
    from handouts.stocktaking import check_library

    findings = check_library(open_library(folder))
    show(findings.problems)
    errors = sum(problem.is_error for problem in findings.problems)
    warnings = len(findings.problems) - errors
    click.echo(
        f"{counted(findings.files, 'file')} looked at: "
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}"
    )
    sys.exit(findings.exit_code)


@main.command()
@library_option
def languages(folder: Path | None) -> None:
    """Show the languages that a handout can be made in.

    Each has its words in handouts/strings; a library may have more in its own folder "strings".
    """
    from handouts.stocktaking import languages_of

    head = ("tag", "language", "script", "direction", "font", "digits", "lines break", "a date")
    for line in table([head, *languages_of(open_library(folder).registry())]):
        click.echo(line)


@main.command()
@library_option
def editions(folder: Path | None) -> None:
    """Show the editions that a handout can be made in.

    Each is a profile of sizes, spaces and margins in handouts/editions. A library may have more in
    its own folder "editions": a file that says "like: large-print" and what is different.
    """
    found = open_library(folder).editions()
    for name in found.names():
        edition = found.edition(name)
        size, leading = edition.type["body"]
        click.echo(f"  {name}")
        click.echo(_wrapped(edition.about))
        click.echo(
            _wrapped(f"text {size:g} on {leading:g} points, nothing below {edition.floor:g}")
        )
        click.echo(_wrapped(f"after: {edition.source}"))


@main.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def init(directory: Path) -> None:
    """Start a library of your own in the new folder DIR.

    It gets one small handout and one clinic, for you to edit, with a note on every field.
    """
    from handouts.starting import start_library

    start_library(directory)
    name = f'"{directory}"' if " " in str(directory) else str(directory)
    click.echo(f"{directory}: your library. Make its first handout:")
    click.echo(f"  make-handout build my-first-handout --clinic my-clinic --library {name}")
