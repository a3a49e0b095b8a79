"""What is wrong, where, and what to do: source places, diagnostics and the exception tree.

    HandoutError                 shown as a message, never as a traceback
    ├── UsageError          2    the command was asked for something it does not understand
    ├── ContentError        3    a handout file is wrong
    ├── ClinicError         4    a clinic file, logo or colour is wrong
    ├── FontError           5    a face is missing or has no glyph for a character
    ├── LayoutError         6    something cannot fit its place or any page
    ├── ConformanceError    7    the finished PDF fails our own reading-back: no file written
    ├── OutputError         8    the PDF cannot be written where it was asked for
    ├── NotFoundError       9    no such handout or clinic in the library
    │   └── NoSuchLanguageError   11   the handout has no words in the language
    ├── StaleTranslationError     10   a translation is not in step with its source
    ├── PlanError          12    a batch plan is wrong
    ├── HeldError          13    another run is writing to the same place
    ├── WorkerError        14    a worker died, or cannot be reached
    ├── ProofError         15    a page will not print well
    └── PrinterError       16    the printer is not there, or does not take the job

Any other exception is a bug: it shows its traceback and the command ends with FAULT, 70.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

FAULT = 70


@dataclass(frozen=True, slots=True, order=True)
class SourceSpan:
    """A place in a file that a person wrote.

    ``line`` and ``column`` count from 1; 0 means that the whole file is meant. ``path`` is
    the way to the value through the file, such as ``sections.causes``.
    """

    file: str
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = SourceSpan("")


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that a person should know about a file.

    ``message`` is lower case without a full stop and names the thing in the writer's words;
    ``hint`` says what to do; ``rule`` names the clause or guidance that asks for it.
    """

    message: str
    span: SourceSpan = NOWHERE
    severity: Severity = Severity.ERROR
    hint: str = ""
    rule: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.span}: " if self.span.file else ""
        lines = [f"{place}{self.severity}: {self.message}"]
        if self.span.path:
            lines.append(f"  at {self.span.path}")
        if self.hint:
            lines.append(f"  hint: {self.hint}")
        if self.rule:
            lines.append(f"  rule: {self.rule}")
        return "\n".join(lines)


class HandoutError(Exception):
    """Something that a person can put right; carries every diagnostic found, not only the first."""

    exit_code: ClassVar[int] = 1

    def __init__(self, problems: str | Diagnostic | Iterable[Diagnostic]) -> None:
        if isinstance(problems, str):
            problems = Diagnostic(problems)
        if isinstance(problems, Diagnostic):
            problems = (problems,)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.diagnostics))


class UsageError(HandoutError):
    exit_code = 2


class ContentError(HandoutError):
    exit_code = 3


class ClinicError(HandoutError):
    exit_code = 4


class FontError(HandoutError):
    exit_code = 5


class LayoutError(HandoutError):
    exit_code = 6


class ConformanceError(HandoutError):
    exit_code = 7


class OutputError(HandoutError):
    exit_code = 8


class NotFoundError(HandoutError):
    exit_code = 9


class StaleTranslationError(HandoutError):
    exit_code = 10


class NoSuchLanguageError(NotFoundError):
    exit_code = 11


class PlanError(HandoutError):
    exit_code = 12


class HeldError(HandoutError):
    exit_code = 13


class WorkerError(HandoutError):
    exit_code = 14


class ProofError(HandoutError):
    exit_code = 15


class PrinterError(HandoutError):
    exit_code = 16


@contextmanager
def located(span: SourceSpan) -> Iterator[None]:
    """Give errors from below, which do not know the source, the place where they arose."""
    try:
        yield
    except HandoutError as error:
        placed = [
            problem if problem.span.file else replace(problem, span=span)
            for problem in error.diagnostics
        ]
        raise type(error)(placed) from error


@contextmanager
def discreet(what: str) -> Iterator[None]:
    """Let errors about a patient's words, which quote them, only say ``what`` these are.

    The place is what the command calls them by, for no file of the library is wrong.
    """
    span = SourceSpan("for this patient")
    try:
        yield
    except FontError:
        message = f"{what} has a letter or sign that no font has"
        hint = "write it another way; an emoji, for one, cannot be printed"
        raise FontError(Diagnostic(message, span, hint=hint)) from None
    except LayoutError:
        message = f"{what} has a word that is wider than its line"
        raise LayoutError(Diagnostic(message, span, hint="use a shorter word")) from None
