"""How many pages a sheet takes."""

from __future__ import annotations

import pytest

from handouts.languages import language
from handouts.layout import sheets
from handouts.paper import LETTER
from handouts.pipeline import fonts
from tests.sheets import handout_named


def page_count(name: str) -> int:
    return len(sheets.lay_out(handout_named(name), language("en"), fonts(), LETTER).pages)


def test_a_sheet_is_set_closer_to_save_a_nearly_empty_last_page(monkeypatch: pytest.MonkeyPatch):
    assert page_count("last-page-tightened") == 1

    monkeypatch.setattr(sheets, "DENSITIES", (1.0,))

    assert page_count("last-page-tightened") == 2


def test_a_sheet_that_cannot_save_a_page_is_not_set_closer(monkeypatch: pytest.MonkeyPatch):
    sheet = sheets.lay_out(handout_named("callout-does-not-split"), language("en"), fonts(), LETTER)
    monkeypatch.setattr(sheets, "DENSITIES", (1.0,))
    as_designed = sheets.lay_out(
        handout_named("callout-does-not-split"), language("en"), fonts(), LETTER
    )

    def heights(made: sheets.Sheet) -> list[list[float]]:
        return [[item.y for item in page.items] for page in made.pages]

    assert heights(sheet) == heights(as_designed)
