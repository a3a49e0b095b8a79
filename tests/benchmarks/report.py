"""The printed report: Markdown that also reads well on a screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tests.benchmarks.measuring import Spread, Timing


class Unit(NamedTuple):
    name: str
    per_second: float


MILLISECONDS = Unit("ms", 1e3)
MICROSECONDS = Unit("µs", 1e6)


def section(title: str, text: str = "") -> Iterator[str]:
    yield f"\n## {title}\n"
    if text:
        yield from paragraph(text)


def paragraph(text: str) -> Iterator[str]:
    yield textwrap.fill(text, 100, break_on_hyphens=False) + "\n"


def timing_table(timings: Sequence[Timing], own: str, unit: Unit) -> Iterator[str]:
    """Times per piece: wall clock, processor time, and how often ours (the row ``own``) fits in."""
    ours = next(timing for timing in timings if timing.name == own)
    headers = ("", f"time, {unit.name}", f"processor, {unit.name}", "times ours")
    rows = []
    for timing in timings:
        is_own = timing is ours
        rows.append(
            (
                timing.name,
                _scaled(timing.wall, unit),
                _number(timing.cpu.median * unit.per_second),
                "" if is_own else _ratio(timing.ratio_to(ours)),
            )
        )
    yield from table(headers, rows)


def languages_table(
    timings: Sequence[Timing], names: Sequence[str], pages: Sequence[int], unit: Unit
) -> Iterator[str]:
    """Times per page, and how often the first row's fits into each."""
    first = timings[0]
    headers = (
        "",
        "pages",
        f"per page, {unit.name}",
        f"processor, {unit.name}",
        f"times {names[0]}",
    )
    rows = [
        (
            name,
            str(count),
            _scaled(timing.wall, unit),
            _number(timing.cpu.median * unit.per_second),
            "" if timing is first else _ratio(timing.ratio_to(first)),
        )
        for timing, name, count in zip(timings, names, pages, strict=True)
    ]
    yield from table(headers, rows)


def growth_table(tables: Mapping[int, Mapping[str, Timing]], things: str) -> Iterator[str]:
    """Milliseconds per piece as the number of things grows; a dash where it was not measured."""
    names = list(dict.fromkeys(name for timings in tables.values() for name in timings))
    rows = []
    for name in names:
        row = [name]
        for timings in tables.values():
            timing = timings.get(name)
            row.append(_scaled(timing.wall, MILLISECONDS) if timing else "-")
        rows.append(row)
    yield from table((things, *(f"{number:,}" for number in tables)), rows)


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """A Markdown table with its columns in line; all but the first are set to the right."""
    widths = [max(map(len, column)) for column in zip(headers, *rows, strict=True)]
    yield _line(headers, widths)
    rules = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    yield _line(rules, widths)
    for row in rows:
        yield _line(row, widths)


def target(what: str, ratio: Spread, limit: float) -> str:
    verdict = "met" if ratio.median <= limit else "NOT met"
    return f"\nTarget: {what}, at most {limit:g}: {_ratio(ratio)}, **{verdict}**."


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    padded = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
    return f"| {' | '.join(padded)} |"


def _scaled(value: Spread, unit: Unit) -> str:
    low, median, high = (_number(part * unit.per_second) for part in value)
    return f"{median} [{low} to {high}]"


def _ratio(value: Spread) -> str:
    low, median, high = map(_number, value)
    return f"{median} [{low} to {high}]"


def _number(value: float) -> str:
    """Three significant digits, never in powers of ten."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"
