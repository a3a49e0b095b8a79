"""A batch plan: which handouts for which clinics, and where the files go.

Everything that a person wrote keeps the place it was written at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from handouts.diagnostics import NOWHERE, SourceSpan

USUAL_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name, or a pattern in which ``*`` stands for any letters and ``?`` for one."""

    text: str
    span: SourceSpan = NOWHERE

    @property
    def is_pattern(self) -> bool:
        return "*" in self.text or "?" in self.text

    def among(self, names: Iterable[str]) -> Iterator[str]:
        """Those of the names that are meant."""
        if not self.is_pattern:
            return (name for name in names if name == self.text)
        matches = _pattern(self.text).fullmatch
        return (name for name in names if matches(name))

    def means(self, name: str) -> bool:
        return any(self.among((name,)))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(re.escape(text).replace(r"\*", ".*").replace(r"\?", "."))


@dataclass(frozen=True, slots=True)
class Selection:
    """All combinations of what it names. What it leaves out (empty) is not narrowed.

    Of clinics, handouts and languages that is every one; of papers the clinic's own; of editions
    the standard one. In an exclusion, empty means each.
    """

    clinics: tuple[Wanted, ...] = ()
    handouts: tuple[Wanted, ...] = ()
    languages: tuple[Wanted, ...] = ()
    editions: tuple[Wanted, ...] = ()
    papers: tuple[Wanted, ...] = ()
    span: SourceSpan = NOWHERE

    @property
    def narrows(self) -> bool:
        """Whether it names anything at all."""
        return any((self.clinics, self.handouts, self.languages, self.editions, self.papers))


class Lacking(StrEnum):
    """What becomes of a handout that lacks a language which the plan names."""

    LEAVE_OUT = "leave-out"
    FALLBACK = "fallback"
    ERROR = "error"


class Bundle(StrEnum):
    """What is put together for each clinic once its sheets are made."""

    ZIP = "zip"
    INDEX = "index"


@dataclass(frozen=True, slots=True)
class NameTemplate:
    """Where a sheet goes, below the output: text with fields such as ``{clinic}``."""

    text: str = "{clinic}/{language}/{handout}.pdf"
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What to make.

    ``selections`` are added up, each with its own exclusions applied to the whole. ``overrides``
    replace, for one clinic, what the first selection says of everything but clinics.
    ``table`` is the name of a file beside the plan that gave some of the selections. ``limit`` is
    how many sheets are made without being asked twice.
    """

    name: str
    selections: tuple[Selection, ...]
    exclusions: tuple[Selection, ...] = ()
    overrides: Mapping[str, Selection] = field(default_factory=dict)
    file_name: NameTemplate = field(default_factory=NameTemplate)
    lacking: Lacking = Lacking.LEAVE_OUT
    allow_stale: bool = False
    table: str = ""
    bundles: tuple[Bundle, ...] = ()
    limit: int = USUAL_LIMIT
    span: SourceSpan = NOWHERE
