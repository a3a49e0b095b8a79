"""Shaping: exact texts, ligatures, clusters, context."""

from __future__ import annotations

import pytest
import uharfbuzz as hb

from handouts.text.glyphs import StyledSpan, StyledText
from handouts.text.paragraphs import set_paragraph
from handouts.text.shaping import Manner, Shaping, shape
from tests.text.setting import BODY, BOLD, fonts, styled, texts


def shaped(text: str, language: str, script: str, *, rtl: bool = False) -> Shaping:
    face = fonts().faces(script, language)[0]
    return shape(text, 0, len(text), Manner(face, script, language, rtl))


def shown(shaping: Shaping) -> list[str]:
    return [glyph.text for glyph in shaping.glyphs]


def test_a_ligature_bears_all_its_letters() -> None:
    assert "fi" in shown(shaped("five", "el", "Latn")) or shown(
        shaped("five", "el", "Latn")
    ) == list("five")
    joined = shown(shaped("क्षत्रिय", "hi", "Deva"))
    assert "".join(joined) == "क्षत्रिय"
    assert "क्ष" in joined


def test_the_widest_glyph_of_a_cluster_bears_its_text() -> None:
    shaping = shaped("कि", "hi", "Deva")
    assert len(shaping.glyphs) == 2
    assert sorted(shown(shaping)) == ["", "कि"]
    widths = {glyph.text: shaping.glyphs[0].advance for glyph in shaping.glyphs}
    assert set(widths) == {"", "कि"}


def test_marks_of_their_own_bear_their_own_text() -> None:
    shaping = shaped("ดื่ม", "th", "Thai")
    assert "".join(shown(shaping)) == "ดื่ม"
    assert len(shaping.glyphs) == 4


def test_lam_alef_bears_lam_and_an_empty_glyph_bears_alef() -> None:
    shaping = shaped("سلام", "ar", "Arab", rtl=True)
    assert shown(shaping) == ["س", "ل", "ا", "م"]
    alef = shaping.glyphs[2]
    assert alef.gid == fonts().faces("Arab", "ar")[0].space
    assert alef.advance == 0


def test_no_glyph_of_a_right_to_left_run_bears_two_characters() -> None:
    for text in ("لَا إِلٰهَ", "الله", "ﷲ", "ﻻ"):
        assert all(len(glyph.text) < 2 for glyph in shaped(text, "ar", "Arab", rtl=True).glyphs)
    pointed = shaped("שָׁלוֹם", "he", "Hebr", rtl=True)
    assert all(len(glyph.text) < 2 for glyph in pointed.glyphs)
    assert "".join(shown(pointed)) == "שָׁלוֹם"


@pytest.mark.parametrize("hidden", ["\u00ad", "\u200b", "\u2060", "\u200d", "\ufe0f"])
def test_hidden_characters_stay_in_the_text_and_take_no_room(hidden: str) -> None:
    plain, with_hidden = shaped("ab", "en", "Latn"), shaped(f"a{hidden}b", "en", "Latn")
    assert "".join(shown(with_hidden)) == f"a{hidden}b"
    assert sum(glyph.advance for glyph in with_hidden.glyphs) == pytest.approx(
        sum(glyph.advance for glyph in plain.glyphs), abs=40
    )
    hidden_glyph = next(glyph for glyph in with_hidden.glyphs if hidden in glyph.text)
    if hidden_glyph.text == hidden:
        assert hidden_glyph.advance == 0


def test_an_emoji_before_it_does_not_move_the_text_of_a_cluster() -> None:
    text = "😀😀 abc"
    face = fonts().faces("Latn", "en")[0]
    shaping = shape(text, 3, 6, Manner(face, "Latn", "en", False))
    assert shown(shaping) == ["a", "b", "c"]
    assert list(shaping.starts) == [3, 4, 5]


def test_arabic_joins_across_a_change_of_style() -> None:
    parted = StyledText(
        (StyledSpan("كت", BODY, "ar"), StyledSpan("اب", BOLD, "ar")), "ar", right_to_left=True
    )
    (line,) = set_paragraph(parted, 300, fonts())
    (alone,) = set_paragraph(styled("كت", "ar"), 300, fonts())
    (bold,) = set_paragraph(styled("كتاب", "ar", BOLD), 300, fonts())
    # The teh is not in the form that ends a word, and the alef has its joined form.
    assert line.runs[0].glyphs[1].gid != alone.runs[0].glyphs[1].gid
    assert line.runs[1].glyphs[0].gid == bold.runs[0].glyphs[2].gid


def test_glyphs_in_right_to_left_runs_stand_in_reading_order() -> None:
    (line,) = set_paragraph(styled("אבג", "he"), 300, fonts())
    assert texts([line]) == ["אבג"]
    assert line.runs[0].right_to_left


def test_brackets_are_mirrored_in_right_to_left_text() -> None:
    face = fonts().faces("Hebr", "he")[0]
    glyphs = shaped("(א)", "he", "Hebr", rtl=True).glyphs
    assert glyphs[0].text == "("
    assert glyphs[0].gid == face.glyph_of(")")


def test_one_glyph_is_one_object_wherever_it_stands() -> None:
    first, second = shaped("anna", "en", "Latn"), shaped("anna", "en", "Latn")
    assert all(a is b for a, b in zip(first.glyphs, second.glyphs, strict=True))


def test_the_urdu_of_nastaliq_keeps_its_text() -> None:
    text = "آپ کی صحت"
    assert "".join(shown(shaped(text, "ur", "Arab", rtl=True))) == text


@pytest.mark.parametrize(
    ("text", "language", "script"),
    [("مُحَمَّدٌ ولا شيء", "ar", "Arab"), ("آپ کی صحت کیسی ہے", "ur", "Arab"), ("שָׁלוֹם", "he", "Hebr")],
)
def test_painting_right_to_left_runs_in_reading_order_gives_harfbuzz_s_places(
    text: str, language: str, script: str
) -> None:
    face = fonts().faces(script, language)[0]
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "rtl", script, language
    hb.shape(face.hb_font, buffer)
    pen, expected = 0.0, []
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        expected.append((info.codepoint, pen + place.x_offset * face.scale, place.y_offset))
        pen += place.x_advance * face.scale
    painted = []
    for glyph in shaped(text, language, script, rtl=True).glyphs:
        pen -= glyph.advance
        if not (glyph.gid == face.space and glyph.advance == 0):
            painted.append((glyph.gid, pen + glyph.dx, glyph.dy / face.scale))
    assert pen == pytest.approx(0)
    assert len(painted) == len(expected)
    for ours, theirs in zip(reversed(painted), expected, strict=True):
        assert ours == pytest.approx(theirs)
