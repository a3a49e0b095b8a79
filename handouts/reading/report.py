"""What is wrong with some files, collected so that a person sees all of it at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from handouts.diagnostics import Diagnostic, HandoutError, Severity, SourceSpan

T = TypeVar("T")


class Unreadable(Exception):  # noqa: N818
    """A value could not be read; the report says why. Never leaves the reading stage."""


class Reading(NamedTuple, Generic[T]):
    """What was read, and what its writer should know although it can be used."""

    value: T
    warnings: tuple[Diagnostic, ...]


class Report:
    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []

    def error(self, message: str, span: SourceSpan, hint: str = "", rule: str = "") -> None:
        self.diagnostics.append(Diagnostic(message, span, Severity.ERROR, hint, rule))

    def warning(self, message: str, span: SourceSpan, hint: str = "", rule: str = "") -> None:
        self.diagnostics.append(Diagnostic(message, span, Severity.WARNING, hint, rule))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics.extend(diagnostics)

    @property
    def has_errors(self) -> bool:
        return any(diagnostic.is_error for diagnostic in self.diagnostics)

    def in_order(self) -> tuple[Diagnostic, ...]:
        """Each diagnostic once, file by file and from top to bottom."""
        return tuple(sorted(dict.fromkeys(self.diagnostics), key=lambda found: found.span))

    def failure(self, kind: type[HandoutError]) -> HandoutError:
        """The exception that carries everything found."""
        return kind(self.in_order())

    def result(self, value: T, kind: type[HandoutError]) -> Reading[T]:
        """The value and the warnings; raises ``kind`` if there is any error."""
        if self.has_errors:
            raise self.failure(kind)
        return Reading(value, self.in_order())
