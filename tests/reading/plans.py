"""Batch plans in the current folder, and what is said about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import PlanError
from handouts.plan import BatchPlan, Selection
from handouts.reading.plans import read_plan

Said = dict[str, tuple[str, ...]]


def plan(name: str, content: str | bytes) -> BatchPlan:
    """The plan in a file of this name in the current folder."""
    path = Path(name)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    read, warnings = read_plan(path)
    assert warnings == ()
    return read


def faults(name: str, content: str | bytes) -> list[str]:
    """All that is said about the plan, each fault as it is printed."""
    with pytest.raises(PlanError) as caught:
        plan(name, content)
    return [str(problem) for problem in caught.value.diagnostics]


def said(selection: Selection) -> Said:
    """What a selection names, without what it leaves out."""
    lists = {
        "clinics": selection.clinics,
        "handouts": selection.handouts,
        "languages": selection.languages,
        "editions": selection.editions,
        "papers": selection.papers,
    }
    return {name: tuple(each.text for each in those) for name, those in lists.items() if those}


def rows(content: str | bytes) -> list[Said]:
    """What each row of a table says that is made."""
    return [said(selection) for selection in plan("rows.csv", content).selections]


def places_of_faults(name: str, content: bytes) -> set[str]:
    """The files in which something is wrong; none if the plan can be read."""
    try:
        plan(name, content)
    except PlanError as error:
        return {problem.span.file for problem in error.diagnostics}
    return set()
