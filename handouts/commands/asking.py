"""What the commands for sheets share: their options, and where a file goes."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from handouts.request import Request, Said

_OPTIONS = (
    click.option(
        "--language",
        metavar="TAG",
        default="",
        help="Such as en or es. Without it: the clinic's language if the handout has it, or else "
        "the one that the handout was written in.",
    ),
    click.option(
        "--clinic",
        metavar="NAME",
        default="",
        help="Whose logo, phones and colours to print. Without it: a plain sheet.",
    ),
    click.option(
        "--paper",
        type=click.Choice(["letter", "a4"], case_sensitive=False),
        help="Without it: the clinic's own paper; letter if there is no clinic.",
    ),
    click.option(
        "--edition",
        metavar="NAME",
        default="",
        help='Such as large-print: a name from "make-handout editions". Without it: standard.',
    ),
    click.option(
        "--pages",
        metavar="N",
        type=click.IntRange(1, 99),
        default=None,
        help="The most pages it may take. Spaces are tightened within the limits of the edition; "
        "letters never get smaller and nothing is cut. If that is not enough, you are told what "
        "runs over and by how many lines.",
    ),
    click.option(
        "--allow-stale",
        is_flag=True,
        help="Make a translation that is not in step with its source: the parts that are behind "
        "are printed in the language of the source, under a line that says so.",
    ),
    click.option(
        "--fallback",
        is_flag=True,
        help="If the handout lacks the language, print it in the one that it was written in, "
        "under a line in the wanted language that says so and how to get an interpreter.",
    ),
)


def sheet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command gets what the options say as ``wish``, a request that lacks its handout."""

    @wraps(command)
    def asked(
        *arguments: Any,
        language: str,
        clinic: str,
        paper: str | None,
        edition: str,
        pages: int | None,
        allow_stale: bool,
        fallback: bool,
        **others: Any,
    ) -> Any:
        wish = Request(
            "",
            language=language,
            clinic=clinic,
            paper=paper or "",
            edition=edition,
            pages=pages or 0,
            allow_stale=allow_stale,
            fallback=fallback,
        )
        return command(*arguments, wish=wish, **others)

    for option in reversed(_OPTIONS):
        asked = option(asked)
    return asked


_PATIENT_OPTIONS = (
    click.option(
        "--patient-name",
        metavar="NAME",
        default="",
        help="Fills the box for the patient; without it there are lines to write on. Nothing of a "
        'patient is kept anywhere but in the PDF. Write "-" to be asked for it: what stands on '
        "the command line can be seen by others on this computer.",
    ),
    click.option(
        "--appointment",
        metavar="WHEN",
        default="",
        help='The next visit, such as "2026-12-03 10:30", or without the time. It is printed with '
        "its weekday, in the language of the sheet.",
    ),
    click.option("--clinician", metavar="NAME", default="", help="With whom the next visit is."),
    click.option(
        "--note",
        metavar="FILE",
        type=click.Path(path_type=Path, dir_okay=False),
        help='Notes for the patient: a text file. A line such as "phrase: bring-medicines" prints '
        "the clinic's own phrase (phrases.yaml) in the language of the sheet; any other line is "
        "printed as it stands, and not translated.",
    ),
)


def patient_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command gets what the options say of a patient as ``said``."""

    @wraps(command)
    def asked(
        *arguments: Any,
        patient_name: str,
        appointment: str,
        clinician: str,
        note: Path | None,
        **others: Any,
    ) -> Any:
        name = (
            click.prompt("Name of the patient", err=True) if patient_name == "-" else patient_name
        )
        return command(*arguments, said=Said(name, appointment, clinician, note), **others)

    for option in reversed(_PATIENT_OPTIONS):
        asked = option(asked)
    return asked


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
