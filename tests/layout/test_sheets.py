"""How many pages a sheet takes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from handouts.diagnostics import LayoutError
from handouts.document import Handout, Paragraph, Words
from handouts.languages import language
from handouts.layout import sheets
from handouts.layout.pages import PlacedLine, Sheet
from handouts.layout.sheets import lay_out
from handouts.paper import LETTER
from handouts.pipeline import fonts
from tests.sheets import PML, handout_named


def sheet_of(name: str, pages: int = 0) -> Sheet:
    return sheet_from(handout_named(name), pages)


def sheet_from(handout: Handout, pages: int = 0) -> Sheet:
    return lay_out(handout, language("en"), fonts(), LETTER, pages=pages)


def test_a_sheet_is_set_closer_to_save_a_nearly_empty_last_page(monkeypatch: pytest.MonkeyPatch):
    assert len(sheet_of("last-page-tightened").pages) == 1

    monkeypatch.setattr(sheets, "DENSITIES", (1.0,))

    assert len(sheet_of("last-page-tightened").pages) == 2


def test_a_sheet_that_cannot_save_a_page_is_not_set_closer(monkeypatch: pytest.MonkeyPatch):
    sheet = sheet_of("callout-does-not-split")
    monkeypatch.setattr(sheets, "DENSITIES", (1.0,))
    as_designed = sheet_of("callout-does-not-split")

    def heights(made: Sheet) -> list[list[float]]:
        return [[item.y for item in page.items] for page in made.pages]

    assert heights(sheet) == heights(as_designed)


def with_paragraphs(count: int) -> Handout:
    handout = handout_named("paragraph-styles")
    blocks = tuple(Paragraph((Words(f"Paragraph {n}"),)) for n in range(count))
    section = replace(handout.sections[0], blocks=blocks)
    return replace(handout, sections=(section,))


def lines_of(sheet: Sheet) -> list[tuple[str, float]]:
    """Every line with its type size, the foot apart."""
    return [
        ("".join(run.text for run in item.line.runs), item.line.runs[0].style.size)
        for page in sheet.pages
        for item in page.items
        if isinstance(item, PlacedLine)
    ]


def test_a_budget_of_pages_tightens_spaces_and_nothing_else():
    handout = with_paragraphs(42)
    usual, closer = sheet_from(handout), sheet_from(handout, pages=2)

    assert (len(usual.pages), len(closer.pages)) == (3, 2)
    assert sorted(lines_of(closer)) == sorted(lines_of(usual))


def test_a_budget_that_is_met_anyway_changes_nothing():
    assert sheet_of(PML, pages=9).bookmarks == sheet_of(PML).bookmarks


def test_a_budget_that_cannot_be_met_says_what_it_would_take():
    with pytest.raises(LayoutError) as caught:
        sheet_of(PML, pages=2)

    first, *others = caught.value.diagnostics
    assert first.message == ("set as close as its edition allows, the sheet takes 4 pages, not 2")
    lines = sum(int(re.search(r"by (\d+) lines?$", other.message)[1]) for other in others)
    assert first.hint.startswith(f"allow 4 pages, shorten the text by {lines} lines, or")
    assert '"References" runs over by' in "\n".join(other.message for other in others)
    assert all(other.span.file for other in others)
