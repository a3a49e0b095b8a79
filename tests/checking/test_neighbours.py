"""Numbers side by side in text from right to left."""

from __future__ import annotations

import pytest

from handouts.checking.neighbours import check_neighbouring_numbers
from handouts.document import Words


def told(text: str) -> list[str]:
    return [problem.message for problem in check_neighbouring_numbers([Words(text)])]


@pytest.mark.parametrize(
    ("text", "dose", "number"),
    [
        ("خذ 5 mg 3 مرات", "5 mg", "3"),
        ("קחו 2.5 mg/kg 2 פעמים", "2.5 mg/kg", "2"),
        ("روزی 500mg 4 بار", "500mg", "4"),
    ],
)
def test_a_dose_beside_a_number_is_a_warning(text: str, dose: str, number: str) -> None:
    assert told(text) == [
        f'"{dose}" and "{number}" stand side by side and look like "{number} {dose}"'
    ]


@pytest.mark.parametrize(
    "text",
    [
        "خذ 5 mg، 3 مرات",
        "خذ 5 mg كل 3 ساعات",
        "اتصل على 0800 555 019 الآن",
        "10 mg/5 mL صباحًا",
        "خذ 2 x 500 mg مساءً",
        "في 22 November 2026 صباحًا",
    ],
)
def test_numbers_that_nobody_confuses_are_no_warning(text: str) -> None:
    assert told(text) == []
