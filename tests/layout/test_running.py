"""The running foot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.diagnostics import LayoutError
from handouts.languages import language
from handouts.layout.pages import PlacedLine
from handouts.layout.sheets import lay_out
from handouts.paper import LETTER
from handouts.pipeline import fonts
from tests.layout.outline import text_of
from tests.sheets import handout_named


def foot(**changes: str) -> list[str]:
    handout = replace(handout_named("about-draft"), **changes)  # type: ignore[arg-type]
    sheet = lay_out(handout, language("en"), fonts(), LETTER)
    return [
        text_of(item.line) for item in sheet.pages[0].header_footer if isinstance(item, PlacedLine)
    ]


def test_the_foot_names_the_sheet_by_its_short_title():
    assert foot(title="A Long Draft", short_title="Draft")[0].startswith("Draft · Version 0.3 · ")


def test_the_foot_names_the_sheet_by_its_title_where_it_has_no_shorter_one():
    assert foot(title="A Draft", short_title="")[0].startswith("A Draft · Version 0.3 · ")


def test_a_title_that_is_too_long_for_the_foot_asks_for_a_short_one():
    with pytest.raises(LayoutError) as caught:
        foot(title="A title that goes on " * 6, short_title="")

    (problem,) = caught.value.diagnostics
    assert "too long for its place, the foot of the page" in problem.message
    assert problem.hint == "write a short form of the title as `short_title`"
    assert problem.span.file.endswith("en.yaml")


def test_facts_that_do_not_fit_beside_the_title_stand_below_the_page_number():
    title = "A title that goes on and on and on and on and on until nothing else fits"
    first, page, draft, facts = foot(title=title, short_title="")

    assert (first, page) == (title, "Page 1 of 1")
    assert draft.startswith("Draft")
    assert facts.startswith("Version 0.3 · ")
