"""Words shaped by themselves are as they are in the whole paragraph, in every script."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.text import words as words_module
from handouts.text.faces import Face
from handouts.text.itemizing import itemize
from handouts.text.shaping import Manner, shape
from handouts.text.words import WordCache, home_words
from tests.text.setting import BODY, BOLD, RIGHT_TO_LEFT, fonts, styled

UDHR = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "udhr.yaml").read_text(encoding="utf-8")
)


def latin() -> WordCache:
    return WordCache(Manner(fonts().faces("Latn", "en")[0], "Latn", "en", False))


def glyphs(words: WordCache, text: str) -> list[object]:
    pieces = words.shaped(text.split(" "))
    assert pieces is not None
    assert "".join(piece.text for piece in pieces) == text
    return [glyph for piece in pieces for glyph in piece.glyphs]


@pytest.mark.parametrize("tag", sorted(UDHR))
@pytest.mark.parametrize("style", [BODY, BOLD], ids=["regular", "bold"])
def test_words_equal_harfbuzz_on_the_whole_text(tag: str, style: object) -> None:
    text = UDHR[tag]["text"]
    source = styled(text, tag, BOLD if style is BOLD else BODY)
    by_word = 0
    for item in itemize(source, text, fonts()):
        cache = WordCache(item.manner)
        part = text[item.start : item.end]
        pieces = cache.shaped(part.split(" "))
        if pieces is None:
            continue
        by_word += 1
        whole = shape(text, item.start, item.end, item.manner)
        assert [glyph for piece in pieces for glyph in piece.glyphs] == list(whole.glyphs)
    if tag in ("en", "ar", "ur", "he", "hi", "bn", "am", "ru", "vi"):
        assert by_word


WORDS = st.lists(
    st.text(st.sampled_from("AVTWYoafijlrtvwy.,'-’/()\"5"), min_size=1, max_size=6), max_size=6
)


@given(WORDS, st.booleans(), st.booleans())
def test_any_latin_words_equal_harfbuzz_on_the_whole(
    some: list[str], begins_with_space: bool, ends_with_space: bool
) -> None:
    text = " " * begins_with_space + " ".join([*some, "To"]) + " " * ends_with_space
    words = latin()
    whole = shape(text, 0, len(text), words.manner)
    assert glyphs(words, text) == whole.glyphs


ARABIC = st.lists(
    st.text(st.sampled_from("ابتدرسلمويهلاىكء\u064e\u0651،-"), min_size=1, max_size=6), max_size=5
)


@given(ARABIC, st.sampled_from(["ar", "ur"]))
@settings(max_examples=60)
def test_any_arabic_words_equal_harfbuzz_on_the_whole(some: list[str], language: str) -> None:
    text = " ".join([*some, "دواء"])
    face = fonts().faces("Arab", language)[0]
    words = WordCache(Manner(face, "Arab", language, True))
    pieces = words.shaped(text.split(" "))
    if pieces is not None:
        whole = shape(text, 0, len(text), words.manner)
        assert [glyph for piece in pieces for glyph in piece.glyphs] == whole.glyphs


def test_a_space_is_as_wide_as_its_neighbour_wants_it() -> None:
    words = latin()
    narrow = words.shaped(["see", "Yes"])
    usual = words.shaped(["see", "no"])
    assert narrow is not None
    assert usual is not None
    assert narrow[0].advance < usual[0].advance
    assert narrow[0].text == usual[0].text == "see "


def test_a_known_word_is_the_same_piece_everywhere() -> None:
    words = latin()
    first, second = words.shaped(["virus", "and"]), words.shaped(["a", "virus", "is"])
    assert first is not None
    assert second is not None
    assert first[0] is second[1]


def test_a_word_with_a_letter_of_another_script_or_direction_is_not_kept() -> None:
    assert latin().shaped(["JC", "вирус"]) is None
    assert latin().shaped(["ב"]) is None
    arabic = WordCache(Manner(fonts().faces("Arab", "ar")[0], "Arab", "ar", True))
    assert arabic.shaped(["5", "مرات"]) is None


def test_a_word_that_begins_with_a_mark_is_not_kept() -> None:
    assert latin().shaped(["a", "\u0301b"]) is None


def test_a_face_whose_rules_reach_across_spaces_is_shaped_whole() -> None:
    face = fonts().faces("Gujr", "gu")[0]
    assert not face.words_stand_alone
    assert WordCache(Manner(face, "Gujr", "gu", False)).shaped(["દવા", "લો"]) is None


def test_a_full_cache_starts_afresh_and_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words_module, "LIMIT", 3)
    words = latin()
    text = "one two three four five six seven one two"
    whole = shape(text, 0, len(text), words.manner)
    assert glyphs(words, text) == whole.glyphs
    assert glyphs(words, text) == whole.glyphs


def test_a_language_has_one_cache_for_each_direction_and_face() -> None:
    first = home_words(fonts(), "en", BODY, False)
    assert first is home_words(fonts(), "en", BODY, False)
    bold = home_words(fonts(), "en", BOLD, False)
    assert bold is not first
    assert isinstance(first.manner.face if first else None, Face)


def test_right_to_left_languages_are_what_the_samples_say() -> None:
    assert {tag for tag, entry in UDHR.items() if entry["direction"] == "rtl"} <= RIGHT_TO_LEFT
