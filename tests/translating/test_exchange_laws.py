"""Whatever a handout holds goes through both formats and back unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.document import LineBreak, Words
from handouts.fingerprint import fingerprint
from handouts.reading.parts import fingerprints
from handouts.reading.report import Report
from handouts.translating.codes import codes, differences, nodes
from handouts.translating.exchange_file import Entry, Exchange, Prints, Progress
from handouts.translating.importing import read_returned
from handouts.translating.units import changed, same_structure, units, with_words
from tests.any_handout import any_handout
from tests.translating.exchange import FORMATS
from tests.translating.test_markdown_writer import settled

SEEDS = st.integers(0, 10**9)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exchange")


@pytest.mark.parametrize("form", FORMATS)
@settings(deadline=None, max_examples=15)
@given(seed=SEEDS)
def test_the_units_of_any_handout_come_back_as_they_went(
    folder: Path, form: str, seed: int
) -> None:
    handout = changed(any_handout(seed), lambda unit: settled(unit.content))
    entries = tuple(Entry(unit, unit.content, Progress.TRANSLATED) for unit in units(handout))
    parts = {part: Prints(found, found) for part, found in fingerprints(handout).items()}
    file = folder / form
    file.write_bytes(FORMATS[form](Exchange("any", "en", "es", "Any", parts, entries)))
    report = Report()
    found = read_returned(file, report)
    assert [str(problem) for problem in report.diagnostics if problem.is_error] == []
    assert found.parts == parts
    for sent, back in zip(entries, found.units, strict=True):
        assert back.id == sent.unit.id
        assert fingerprint(back.source) == fingerprint(sent.unit.content)
        assert fingerprint(back.target) == fingerprint(sent.unit.content)


@settings(deadline=None, max_examples=30)
@given(SEEDS)
def test_a_handout_has_each_unit_once_and_takes_its_own_words_back(seed: int) -> None:
    handout = changed(any_handout(seed), lambda unit: unit.content)
    found = units(handout)
    assert len({unit.id for unit in found}) == len(found)
    assert all(unit.id.startswith(unit.part) for unit in found)
    again = with_words(handout, {unit.id: unit.content for unit in found})
    assert fingerprints(again) == fingerprints(handout)
    assert same_structure(handout, again) == set(fingerprints(handout))
    for unit in found:
        assert list(differences(unit.content, unit.content)) == []
        singles = sum(not isinstance(run, Words) for run in unit.content)
        assert sum(not code.inside for code in codes(nodes(unit.content))) == singles


def test_a_code_that_is_taken_away_makes_a_difference() -> None:
    content = (Words("a", bold=True), LineBreak(), Words("b", link="https://example.org"))
    assert list(differences(content, content[:2])) == ["the link to https://example.org is missing"]
    assert list(differences(content[:2], content)) == [
        "the link to https://example.org is not in the source"
    ]
    twice = (*content, Words(" "), *content[1:])
    assert list(differences(content, twice)) == [
        "the line break stands there once more than in the source",
        "the link to https://example.org stands there once more than in the source",
    ]
