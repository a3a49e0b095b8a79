"""Small handouts, each with one thing to show, and how they must come out: ``tests/cases/``.

A case from right to left has ``seen.txt`` too.

``pytest tests/test_cases.py --update-cases`` writes the stored pages and tags anew; read the
difference before you keep it.
"""

from __future__ import annotations

import pytest

from handouts.layout.pages import PlacedLine
from handouts.verapdf import validate
from tests.layout.outline import outline
from tests.reading_back import blocks, glyph_problems, structure_problems, tags, unmarked_text
from tests.sheets import (
    CASES,
    FOREIGN_CASES,
    LANGUAGE_OF_CASE,
    handout_named,
    pdf_of,
    sheet_of,
)
from tests.spoken_handout import spoken_handout


@pytest.mark.parametrize("name", LANGUAGE_OF_CASE)
def test_what_stands_where_on_the_pages_is_as_stored(name: str, update_cases: bool):
    assert_as_stored(name, "pages.txt", outline(sheet_of(name)), update_cases)


@pytest.mark.parametrize("name", LANGUAGE_OF_CASE)
def test_what_a_screen_reader_is_told_is_as_stored(name: str, update_cases: bool):
    assert_as_stored(name, "tags.txt", tags(pdf_of(name)), update_cases)


@pytest.mark.parametrize("name", FOREIGN_CASES)
def test_what_is_seen_from_left_to_right_is_as_stored(name: str, update_cases: bool):
    """Each line's runs of one direction, the leftmost first; each run in the order of reading."""
    lines = [
        item.line
        for page in sheet_of(name).pages
        for item in (*page.items, *page.header_footer)
        if isinstance(item, PlacedLine)
    ]
    seen = [
        " | ".join(run.text.strip() for run in sorted(line.runs, key=lambda run: run.x))
        for line in lines
    ]
    assert_as_stored(name, "seen.txt", "\n".join(seen) + "\n", update_cases)


@pytest.mark.parametrize("name", FOREIGN_CASES)
def test_a_case_in_another_language_conforms(name: str):
    pdf = pdf_of(name)

    assert [str(failure) for failure in validate(pdf, "ua1", "2a")] == []
    assert structure_problems(pdf) == []
    assert glyph_problems(pdf, smallest=8.0) == []
    assert unmarked_text(pdf) == ""


@pytest.mark.parametrize("name", FOREIGN_CASES)
def test_a_screen_reader_gets_a_case_in_another_language_letter_by_letter(name: str):
    assert (found := blocks(pdf_of(name))) == spoken_handout(found, handout_named(name), None)


def assert_as_stored(name: str, file: str, made: str, update_cases: bool) -> None:
    path = CASES / name / file
    if update_cases:
        path.write_text(made, "utf-8")
    assert path.read_text("utf-8") == made
