"""Fingerprints: what a text says, not where it stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.diagnostics import SourceSpan
from handouts.document import Paragraph, Words
from handouts.fingerprint import fingerprint, short_code

HERE = SourceSpan("a.yaml", 3, 4)


def paragraph(text: str, span: SourceSpan = HERE) -> Paragraph:
    return Paragraph((Words(text, span=span),), span)


def test_the_place_of_a_text_does_not_matter():
    elsewhere = SourceSpan("other/b.yaml", 99, 1)

    assert fingerprint(paragraph("One", HERE)) == fingerprint(paragraph("One", elsewhere))


@given(st.text(), st.text())
def test_other_words_have_another_fingerprint(one: str, other: str):
    same = fingerprint(paragraph(one)) == fingerprint(paragraph(other))

    assert same == (one == other)


def test_bold_counts():
    words = Words("dose")

    assert fingerprint(words) != fingerprint(replace(words, bold=True))


def test_text_does_not_run_over_into_its_neighbour():
    assert fingerprint(("ab", "c")) != fingerprint(("a", "bc"))


def test_a_file_counts_by_what_is_in_it(tmp_path: Path):
    one, two = tmp_path / "one.svg", tmp_path / "two.svg"
    one.write_bytes(b"<svg/>")
    two.write_bytes(b"<svg/>")

    assert fingerprint(one) == fingerprint(two)

    two.write_bytes(b"<svg />")

    assert fingerprint(one) != fingerprint(two)


def test_a_value_that_is_no_content_is_refused():
    with pytest.raises(TypeError, match="no fingerprint"):
        fingerprint(object())


def test_the_short_code_has_eight_letters_that_are_not_mixed_up():
    code = short_code(paragraph("One"))

    assert len(code) == 9
    assert code[4] == "-"
    assert not set(code) & set("ILOU")
    assert code == short_code(paragraph("One"))
