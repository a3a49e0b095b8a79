"""The options by which a command is asked for a sheet: language, clinic, paper, edition."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from handouts.request import Request

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
