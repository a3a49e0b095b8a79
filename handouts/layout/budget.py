"""The page budget: as many pages as were asked for, or what it would take.

A sheet is set closer within the limits of its edition, which are its spaces'. The type never gets
smaller and nothing is cut.
"""

from __future__ import annotations

from collections import Counter
from math import ceil

from handouts.diagnostics import Diagnostic, LayoutError, SourceSpan
from handouts.layout.paging import fill_pages
from handouts.layout.recorder import PageRecorder
from handouts.layout.setting import Setting
from handouts.layout.story import Story

STEP = 0.05  # by which spaces are tightened in turn


def within(budget: int, story: Story, setting: Setting) -> PageRecorder:
    """The story on at most ``budget`` pages, set no closer than that takes.

    Raises:
        LayoutError: with each part that does not fit and its lines.
    """
    filled = close_to(budget, story, setting)
    if len(filled.pages) > budget:
        raise LayoutError(_overflow(filled, budget))
    return filled


def close_to(budget: int, story: Story, setting: Setting) -> PageRecorder:
    """The same, or set as close as the edition allows if that is not enough."""
    tightest = setting.edition.spaces.tightest
    steps = ceil((1 - tightest) / STEP - 1e-9)
    for step in range(steps + 1):
        filled = fill_pages(
            story,
            setting.columns,
            density=max(1 - step * STEP, tightest),
            right_to_left=setting.right_to_left,
        )
        if len(filled.pages) <= budget:
            break
    return filled


def _overflow(filled: PageRecorder, budget: int) -> list[Diagnostic]:
    """What stands on the pages beyond the budget at the closest setting."""
    over: Counter[tuple[str, SourceSpan]] = Counter()
    for page, strip in filled.strips:
        if page > budget:
            over[strip.heading, strip.span] += strip.line_count
    pages, lines = len(filled.pages), sum(over.values())
    told = [
        Diagnostic(
            f"set as close as its edition allows, the sheet takes {pages} pages, not {budget}",
            hint=f"allow {pages} pages, shorten the text by {_counted(lines)}, or choose another "
            "edition, such as summary",
        )
    ]
    return told + [
        Diagnostic(f'"{heading}" runs over by {_counted(count)}', span)
        for (heading, span), count in over.items()
        if count
    ]


def _counted(lines: int) -> str:
    return "1 line" if lines == 1 else f"{lines} lines"
