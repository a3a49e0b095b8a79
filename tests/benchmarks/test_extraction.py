"""The report on extraction can be trusted: lines are set as they are, and it says what is worse."""

from __future__ import annotations

from collections import Counter

import pytest

from handouts.languages import language
from tests.benchmarks import extraction
from tests.benchmarks.extraction import OURS, TYPST, Result, set_ours, worse
from tests.reading_back import Tally, compare_lines, read_with_pypdf, text_in_structure_order

LINES = {
    "en": ["Fever", "A fever is a body temperature above 38 °C."],
    "ar": ["الحمى", "خذ قرصًا واحدًا (2 mg) مع الطعام."],
    "hi": ["बुखार", "क्षय रोग की दवा हर दिन लें।"],
}


@pytest.mark.parametrize("tag", LINES)
def test_each_line_is_set_as_one_line(tag: str):
    pdf = set_ours(LINES[tag], language(tag))

    assert text_in_structure_order(pdf).splitlines()[:2] == LINES[tag]
    if tag != "ar":
        read = read_with_pypdf(pdf).replace("\f", "\n")
        assert compare_lines(["\n".join(LINES[tag])], [read]).share == 1


def test_many_lines_go_over_many_pages():
    lines = [f"Line {number}" for number in range(60)]

    assert text_in_structure_order(set_ours(lines, language("en"))).splitlines()[:60] == lines


def test_the_report_says_where_another_engine_is_better():
    whole, broken = Tally(4, Counter()), Tally(4, Counter(["fever"]))
    results = {
        ("en", "pypdf", OURS): Result(broken, whole),
        ("en", "pypdf", TYPST): Result(whole, broken),
    }

    assert list(worse(results, [OURS, TYPST])) == [
        "en, pypdf: words 75.0 % against Typst's 100 %; ours has not “fever”"
    ]


def test_a_share_is_never_rounded_to_all():
    assert extraction.percent(Tally(100_000, Counter(["fever"]))) == "99.9"
    assert extraction.percent(Tally(1, Counter())) == "100"
