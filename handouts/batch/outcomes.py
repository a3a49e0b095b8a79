"""What a worker hands back: what it made, and what it could not make and why."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from handouts.batch.records import Bundled, PieceFacts, Pressed
from handouts.diagnostics import FAULT, Diagnostic, HandoutError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something was not made. ``trace`` is for a fault in the program."""

    exit_code: int
    problems: tuple[Diagnostic, ...]
    trace: str = ""


def failure_of(error: Exception) -> Failure:
    """An error of the files as it is told; anything else as a fault of the program."""
    if isinstance(error, HandoutError):
        return Failure(error.exit_code, error.diagnostics)
    message = f"a fault in the program: {type(error).__name__}: {error}"
    problem = Diagnostic(message, hint="please report it with the trace in report.json")
    return Failure(FAULT, (problem,), "".join(traceback.format_exception(error)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made, and ``failures`` by the key or name of what could not be.

    ``stop`` is why no other file can be written either. ``notes`` are for the report: a piece in
    the cache that was damaged, say. ``warnings`` are of the files that were read. ``peak`` is the
    most memory that the worker ever had, in bytes; 0 where the system does not tell.
    """

    pieces: tuple[PieceFacts, ...] = ()
    pressed: tuple[Pressed, ...] = ()
    bundles: tuple[Bundled, ...] = ()
    failures: tuple[tuple[bytes | str, Failure], ...] = ()
    stop: Failure | None = None
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    peak: int = 0
