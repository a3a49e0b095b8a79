"""Itemising: scripts, brackets, marks and faces (UAX #24), levels (UAX #9)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.diagnostics import FontError
from handouts.text.glyphs import StyledSpan, StyledText
from handouts.text.itemizing import NARROW_SPACE, itemize
from handouts.text.scripts import resolve_scripts, script_of_language
from tests.text.setting import BODY, BOLD, fonts, styled


def runs(text: str, language: str = "en") -> list[tuple[str, str]]:
    """Each stretch of one script with its script."""
    scripts = resolve_scripts(text, script_of_language(language))
    stretches: list[tuple[str, str]] = []
    for character, script in zip(text, scripts, strict=True):
        if stretches and stretches[-1][1] == script:
            stretches[-1] = (stretches[-1][0] + character, script)
        else:
            stretches.append((character, script))
    return stretches


def test_shared_characters_go_with_what_stands_before_them() -> None:
    assert runs("take 5, then") == [("take 5, then", "Latn")]
    assert runs("PML и JCV") == [("PML ", "Latn"), ("и ", "Cyrl"), ("JCV", "Latn")]


def test_shared_characters_at_the_start_go_with_what_follows() -> None:
    assert runs("«5» привет", "en") == [("«5» привет", "Cyrl")]


def test_a_text_of_shared_characters_only_is_in_its_language_s_script() -> None:
    assert runs("212-555-0142", "ar") == [("212-555-0142", "Arab")]
    assert runs("5 %", "ja") == [("5 %", "Hira")]


def test_a_closing_bracket_goes_with_its_opening_one() -> None:
    assert runs("аб (PML) в") == [("аб (", "Cyrl"), ("PML", "Latn"), (") в", "Cyrl")]


def test_marks_go_with_their_base() -> None:
    assert runs("e\u0301a\u0301") == [("e\u0301a\u0301", "Latn")]
    assert runs("क्षे", "hi") == [("क्षे", "Deva")]


def test_a_sign_that_some_scripts_share_leaves_the_others() -> None:
    assert runs("病気PML、薬", "ja") == [("病気", "Hani"), ("PML", "Latn"), ("、薬", "Hani")]
    assert runs("दवा PML।", "hi") == [("दवा ", "Deva"), ("PML", "Latn"), ("।", "Deva")]
    assert runs("PML، دواء", "ar") == [("PML", "Latn"), ("، دواء", "Arab")]


def test_the_prolonged_sound_mark_is_kana() -> None:
    assert runs("アレルギー", "ja") == [("アレルギー", "Kana")]


@pytest.mark.parametrize(
    ("tag", "script"),
    [("en", "Latn"), ("ur-PK", "Arab"), ("zh-Hant", "Hani"), ("sr-Latn", "Latn"), ("ko", "Hang"),
     ("az-Arab", "Arab"), ("ja", "Hira"), ("am", "Ethi"),
     ("de-1996", "Latn"), ("prs", "Arab"), ("xx", "Latn")],
)  # fmt: skip
def test_a_language_has_its_script(tag: str, script: str) -> None:
    assert script_of_language(tag) == script


def faces(text: str, language: str = "en") -> list[tuple[str, str]]:
    source = styled(text, language)
    return [
        (text[item.start : item.end], item.face.name) for item in itemize(source, text, fonts())
    ]


def test_punctuation_and_digits_stay_in_the_surrounding_face() -> None:
    assert len(faces("дважды в день: 5, 10 (или 15)!", "ru")) == 1
    assert len(faces("مرة واحدة، كل يوم (مساءً).", "ar")) == 1


def test_a_word_stays_in_one_face() -> None:
    (first, one), (word, two), (rest, three) = faces("see ɓeraye again", "en")
    assert (first, word, rest) == ("see ", "ɓeraye ", "again")
    assert one == three
    assert one != two


def test_a_mark_stays_with_its_base_even_if_the_word_cannot_be_in_one_face() -> None:
    for text, _ in faces("→e\u0323\u0302m", "en"):
        assert not text.startswith(("\u0323", "\u0302"))


def test_a_mark_that_its_base_s_face_lacks_is_named() -> None:
    with pytest.raises(FontError, match=r"U\+0301 COMBINING ACUTE ACCENT"):
        faces("、\u0301", "ja")


def test_joiners_and_direction_marks_need_no_glyph_of_their_own() -> None:
    assert len(faces("می\u200cشود\u200f", "fa")) == 1
    assert len(faces("co\u00adop\u200b", "en")) == 1


def test_a_letter_and_its_mark_may_come_composed_or_apart() -> None:
    assert faces("cafe\u0301")[0][1] == faces("café")[0][1]


def test_styles_and_leaves_part_items() -> None:
    text = StyledText(
        (
            StyledSpan("the ", BODY, "en"),
            StyledSpan("virus", BOLD, "en"),
            StyledSpan("", BODY, "en"),
        ),
        "en",
    )
    items = itemize(text, "the virus", fonts())
    assert [(item.start, item.end, item.style.bold) for item in items] == [
        (0, 4, False),
        (4, 9, True),
    ]


def test_levels_part_items_and_an_isolate_keeps_its_order() -> None:
    text = "اتصل 212-555-0142 الآن"
    plain = styled(text, "ar")
    isolated = StyledText(
        (
            StyledSpan("اتصل ", BODY, "ar"),
            StyledSpan("212-555-0142", BODY, "ar", isolate=True),
            StyledSpan(" الآن", BODY, "ar"),
        ),
        "ar",
        right_to_left=True,
    )
    assert [item.level for item in itemize(isolated, text, fonts())] == [1, 2, 1]
    assert len({item.face for item in itemize(isolated, text, fonts())}) == 1
    assert itemize(plain, text, fonts()) == itemize(isolated, text, fonts())


def test_the_edge_of_an_isolate_parts_what_is_of_one_level() -> None:
    text = "في 20212 الآن"
    spans = (StyledSpan("في 20", BODY, "ar"), StyledSpan("212", BODY, "ar", isolate=True))
    source = StyledText((*spans, StyledSpan(" الآن", BODY, "ar")), "ar", right_to_left=True)
    items = itemize(source, text, fonts())
    assert [(text[item.start : item.end], item.level, item.parted) for item in items] == [
        ("في ", 1, None),
        ("20", 2, None),
        ("212", 2, 1),
        (" الآن", 1, None),
    ]


def test_the_space_behind_a_word_of_another_direction_goes_with_its_own() -> None:
    text = "خذ natalizumab الآن"
    items = itemize(styled(text, "ar"), text, fonts())
    assert [text[item.start : item.end] for item in items] == ["خذ ", "natalizumab", " الآن"]


def test_digits_go_with_the_script_around_them() -> None:
    text = "خذ natalizumab كل 5 أيام"
    items = itemize(styled(text, "ar"), text, fonts())
    digits = next(item for item in items if text[item.start : item.end] == "5")
    assert digits.script == "Arab"


def test_a_number_goes_with_the_foreign_unit_behind_it() -> None:
    text = "خذ ≥ 5 mg/kg كل يوم"
    items = itemize(styled(text, "ar"), text, fonts())
    assert [(text[item.start : item.end], item.script) for item in items] == [
        ("خذ ", "Arab"),
        ("≥ 5 mg/kg", "Latn"),
        (" كل يوم", "Arab"),
    ]


def test_in_nastaliq_a_number_has_wide_spaces_beside_it() -> None:
    text = "دوا 3 بار"
    items = itemize(styled(text, "ur"), text, fonts())
    assert [(text[item.start : item.end], item.level) for item in items] == [
        ("دوا", 1),
        (" ", 1),
        ("3", 2),
        (" ", 1),
        ("بار", 1),
    ]
    assert [item.face.width(item.face.space) >= NARROW_SPACE for item in items] == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_in_nastaliq_a_space_between_its_own_words_is_its_own() -> None:
    text = "دوا لیں 3"
    items = itemize(styled(text, "ur"), text, fonts())
    assert text[items[0].start : items[0].end] == "دوا لیں"


@given(st.text(st.sampled_from("aZé5 ,()«»।،、ーбש漢カ\u200d क्-"), min_size=1, max_size=30))
def test_items_cover_the_text_once_and_in_order(text: str) -> None:
    items = itemize(styled(text), text, fonts())
    assert items[0].start == 0
    assert items[-1].end == len(text)
    assert all(before.end == after.start for before, after in pairwise(items))
