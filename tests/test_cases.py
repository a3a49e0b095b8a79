"""Small handouts, each with one thing to show, and how they must come out: ``tests/cases/``.

``pytest tests/test_cases.py --update-cases`` writes the stored pages and tags anew; read the
difference before you keep it.
"""

from __future__ import annotations

import pytest

from tests.layout.outline import outline
from tests.reading_back import tags
from tests.sheets import CASE_NAMES, CASES, pdf_of, sheet_of


@pytest.mark.parametrize("name", CASE_NAMES)
def test_what_stands_where_on_the_pages_is_as_stored(name: str, update_cases: bool):
    assert_as_stored(name, "pages.txt", outline(sheet_of(name)), update_cases)


@pytest.mark.parametrize("name", CASE_NAMES)
def test_what_a_screen_reader_is_told_is_as_stored(name: str, update_cases: bool):
    assert_as_stored(name, "tags.txt", tags(pdf_of(name)), update_cases)


def assert_as_stored(name: str, file: str, made: str, update_cases: bool) -> None:
    path = CASES / name / file
    if update_cases:
        path.write_text(made, "utf-8")
    assert path.read_text("utf-8") == made
