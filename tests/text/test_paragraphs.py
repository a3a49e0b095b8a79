"""Paragraphs: the laws of setting lines, direction, and every script that the samples have."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import LayoutError
from handouts.inks import Ink
from handouts.structure import Element
from handouts.text import line_breaking
from handouts.text.bidi import embedding_levels, line_levels, visual_order
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import HANGING, Line, StyledSpan, StyledText, TextStyle
from handouts.text.isolates import isolates_of
from handouts.text.itemizing import itemize
from handouts.text.line_breaking import break_opportunities, breaking_locale
from handouts.text.optimum_fit import TOLERANCE
from handouts.text.paragraphs import set_paragraph, set_phrase, shape_paragraph
from handouts.text.shaping import shape
from tests.text.made_up import library
from tests.text.setting import BODY, BOLD, RIGHT_TO_LEFT, ROOT, fonts, seen, styled, texts
from tests.text.setting import line_breaking as line_breaking_of

UDHR = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "udhr.yaml").read_text(encoding="utf-8")
)
SMALL = TextStyle(8, ink=Ink.ACCENT, rise=4)


def lines_of(text: str, width: float, language: str = "en") -> list[str]:
    return texts(set_paragraph(styled(text, language), width, fonts()))


def natural_width(text: StyledText, library: FontLibrary) -> float:
    return shape_paragraph(text, library).natural_width


def minimum_width(text: StyledText, library: FontLibrary) -> float:
    return shape_paragraph(text, library).minimum_width


def visible_width(line: Line) -> float:
    """From the runs alone: all that they take, less the white space at the line's end."""
    total = sum(glyph.advance * run.style.size / 1000 for run in line.runs for glyph in run.glyphs)
    for run in reversed(line.runs):
        for glyph in reversed(run.glyphs):
            if not glyph.text or glyph.text not in HANGING:
                return total
            total -= glyph.advance * run.style.size / 1000
    return total


def check(lines: Sequence[Line], text: str, width: float) -> None:
    """What holds for the lines of any paragraph."""
    assert "".join(texts(lines)) == text.replace("\u2028", " ")
    for line in lines:
        assert line.width <= width + TOLERANCE
        assert line.width == pytest.approx(visible_width(line), abs=1e-6)
        assert line.ascent > 0
        assert line.descent > 0
        edge = None
        for run in sorted(line.runs, key=lambda run: (run.x, run.width)):
            assert run.glyphs
            assert edge is None or run.x == pytest.approx(edge)
            edge = run.x + run.width
            assert all(glyph.gid for glyph in run.glyphs)
            assert run.width == pytest.approx(
                sum(glyph.advance for glyph in run.glyphs) * run.style.size / 1000
            )


# Every script


@pytest.mark.parametrize("tag", sorted(UDHR))
def test_a_sentence_in_every_script_is_shaped_broken_and_read_back(tag: str) -> None:
    text = UDHR[tag]["text"]
    for width in (150, 300):
        lines = set_paragraph(styled(text, tag), width, fonts())
        check(lines, text, width)
        assert len(lines) > 1
        for line in lines:
            reading_right = [run.right_to_left for run in line.runs]
            assert any(reading_right) == (tag in RIGHT_TO_LEFT)


def test_there_are_samples_in_at_least_twelve_scripts() -> None:
    assert len({entry["script"] for entry in UDHR.values()}) >= 20


@pytest.mark.parametrize("tag", sorted(UDHR))
def test_lines_break_only_where_the_language_lets_them(tag: str) -> None:
    text = UDHR[tag]["text"]
    offsets = break_opportunities(text, breaking_locale(tag, line_breaking_of(tag)))
    allowed = set(offsets or [at for at, sign in enumerate(text, 1) if sign == " "])
    end = 0
    for line in lines_of(text, 160, tag)[:-1]:
        end += len(line)
        assert end in allowed


@pytest.mark.parametrize("tag", sorted(UDHR))
def test_one_line_has_harfbuzz_s_glyphs_for_the_whole_paragraph(tag: str) -> None:
    text = UDHR[tag]["text"]
    source = styled(text, tag)
    (line,) = set_paragraph(source, 1e6, fonts())
    whole = [
        glyph
        for item in itemize(source, text, fonts())
        for glyph in shape(text, item.start, item.end, item.manner).glyphs
    ]
    assert [glyph for run in line.runs for glyph in run.glyphs] == whole


# Laws

SPANS = st.lists(
    st.tuples(
        st.text(
            st.sampled_from("AVTofiy 5.,-()/ \u2028\u00ad\u200b\u00a0é بلا، אש कि र्ก病ー"),
            max_size=8,
        ),
        st.sampled_from([BODY, BOLD, SMALL]),
        st.booleans(),
    ),
    max_size=6,
)


@given(SPANS, st.booleans(), st.sampled_from(["en", "ar", "hi", "ja"]), st.integers(90, 300))
@settings(max_examples=150, deadline=None)
def test_lines_joined_give_the_text_back_and_none_is_too_wide(
    spans: list[tuple[str, TextStyle, bool]], rtl: bool, language: str, width: int
) -> None:
    text = StyledText(
        tuple(StyledSpan(piece, style, language, isolate=apart) for piece, style, apart in spans),
        language,
        rtl,
    )
    source = "".join(piece for piece, _, _ in spans)
    try:
        lines = set_paragraph(text, width, fonts())
    except LayoutError:
        assert minimum_width(text, fonts()) > width
        return
    check(lines, source, width)
    forced = [line for line in source.split("\u2028") if line] if source else []
    assert len(lines) >= len(forced)


@given(
    st.lists(st.text("abcdefgil", min_size=1, max_size=9), min_size=1, max_size=25),
    st.integers(80, 250),
)
def test_never_more_lines_than_filling_each_needs(words: list[str], width: int) -> None:
    text = " ".join(words)
    count, line = 0, ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if natural_width(styled(longer), fonts()) > width:
            count, line = count + 1, word
        else:
            line = longer
    assert len(lines_of(text, width)) == count + 1


@given(st.text(st.sampled_from("AVTofiy 5.,-()/"), min_size=1, max_size=60), st.integers(70, 200))
def test_a_paragraph_is_shaped_alike_for_each_width(text: str, width: int) -> None:
    shaped = shape_paragraph(styled(text), fonts())
    shaped.lines(400)
    width = max(width, math.ceil(shaped.minimum_width))
    again = set_paragraph(styled(text), width, fonts())
    assert [replace(line, runs=()) for line in shaped.lines(width)] == [
        replace(line, runs=()) for line in again
    ]
    assert [run.glyphs for line in shaped.lines(width) for run in line.runs] == [
        run.glyphs for line in again for run in line.runs
    ]


# Width


def test_the_space_at_a_line_s_end_hangs_outside() -> None:
    first, second = set_paragraph(styled("take five"), 30, fonts())
    assert texts([first, second]) == ["take ", "five"]
    assert first.runs[0].width > first.width
    assert first.width == pytest.approx(natural_width(styled("take"), fonts()))


def test_a_text_fits_its_natural_width_and_not_less() -> None:
    text = styled("Take one tablet (5 mg) twice a day.")
    natural = natural_width(text, fonts())
    assert len(set_paragraph(text, natural, fonts())) == 1
    assert len(set_paragraph(text, natural - 0.01, fonts())) == 2


def test_a_text_fits_its_minimum_width_and_not_less() -> None:
    text = styled("progressive multifocal leukoencephalopathy")
    minimum = minimum_width(text, fonts())
    assert minimum == pytest.approx(natural_width(styled("leukoencephalopathy"), fonts()))
    assert len(set_paragraph(text, minimum, fonts())) == 3
    with pytest.raises(LayoutError):
        set_paragraph(text, minimum - 0.01, fonts())


def test_a_word_wider_than_its_line_is_named_with_what_it_lacks() -> None:
    text = "take pneumonoultramicroscopic, now"
    lacking = natural_width(styled("pneumonoultramicroscopic,"), fonts()) - 100
    with pytest.raises(LayoutError) as error:
        set_paragraph(styled(text), 100, fonts())
    assert f'"pneumonoultramicroscopic," is {lacking:.1f} points wider' in str(error.value)


def test_the_natural_width_of_forced_lines_is_that_of_the_longest() -> None:
    text = styled("one\u2028two and three\u2028four")
    assert natural_width(text, fonts()) == pytest.approx(
        natural_width(styled("two and three"), fonts())
    )


def test_no_text_gives_no_lines() -> None:
    for text in (styled(""), StyledText((), "en")):
        assert set_paragraph(text, 100, fonts()) == ()
        assert natural_width(text, fonts()) == 0
        assert minimum_width(text, fonts()) == 0


def test_a_line_separator_ends_its_line_and_is_a_space_in_the_text() -> None:
    assert lines_of("one\u2028two\u2028\u2028three", 200) == ["one ", "two ", " ", "three"]
    assert lines_of("one\u2028", 200) == ["one "]


def test_japanese_phrases_are_parted_only_if_they_do_not_fit() -> None:
    text = "アナフィラキシーショックです"
    wide = minimum_width(styled(text, "ja"), fonts())
    assert wide < 60
    assert len(lines_of(text, 100, "ja")) > 1


# Kept together


def test_a_number_keeps_its_unit_on_the_line() -> None:
    text = "Take natalizumab 300 mg every month"
    for width in range(70, 220, 5):
        for line in lines_of(text, width):
            assert not line.startswith("mg")
            assert not line.rstrip().endswith("300")


def test_a_citation_stays_with_its_word() -> None:
    text = StyledText(
        (StyledSpan("a rare disease", BODY, "en"), StyledSpan("12", SMALL, "en")), "en"
    )
    for width in range(50, 110, 3):
        assert texts(set_paragraph(text, width, fonts()))[-1].endswith("disease12")


def test_the_last_line_is_not_a_lone_short_word() -> None:
    text = "The virus can be found in many people and it does no harm to them at all, or so"
    width = natural_width(styled(text[: text.rindex(" ")]), fonts()) / 2 + 6
    lines = lines_of(text, width)
    assert len(lines[-1].split()) > 1


def test_an_article_is_seldom_left_at_the_end_of_a_line() -> None:
    text = "The virus can start to cause problems in people with a weak immune system of a kind"
    for width in range(150, 330, 10):
        lines = lines_of(text, width)
        assert not any(line.endswith(" a ") for line in lines)


def test_thai_breaks_at_words() -> None:
    text = "โรคนี้เป็นโรคของสมองที่พบได้น้อย"
    words = ["โรค", "นี้", "เป็น", "ของ", "สมอง", "ที่", "พบ", "ได้", "น้อย"]
    for line in lines_of(text, 60, "th"):
        rest = line
        while rest:
            word = next(word for word in words if rest.startswith(word))
            rest = rest[len(word) :]


def test_devanagari_clusters_are_never_parted() -> None:
    for line in lines_of("क्षत्रिय विद्यार्थी स्त्री प्रार्थना", 50, "hi"):
        assert line[0] not in "\u093e\u093f\u0940\u094d"


def test_kinsoku_is_kept() -> None:
    for tag, text in [
        ("ja", "「この薬は、１日２回（朝・夕）飲んでください。」とのことです。"),
        ("zh-Hans", "这是一种罕见的脑部疾病（简称PML），由病毒引起。请立即就医！"),
    ]:
        for width in range(60, 120, 6):
            for line in lines_of(text, width, tag):
                assert line[0] not in "、。，！）」・"
                assert line.rstrip()[-1] not in "（「"


# Glyphs that change where a line is broken


def test_glyphs_at_a_break_are_as_they_are_without_what_follows() -> None:
    # The hyphen of this face stands closer to a following T or Y.
    text = "x-Trax-Yettax-Tax-Yo"
    for width in (40, 55, 70):
        lines = set_paragraph(styled(text), width, fonts())
        check(lines, text, width)
        assert len(lines) > 1
        for line in lines:
            (piece,) = texts([line])
            (alone,) = set_paragraph(styled(piece), 1e6, fonts())
            assert line.width == pytest.approx(alone.width)
            assert [glyph.gid for run in line.runs for glyph in run.glyphs] == [
                glyph.gid for run in alone.runs for glyph in run.glyphs
            ]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_kerning_took_is_given_back_where_the_line_breaks(
    tmp_path: Path, language: str
) -> None:
    made_up = library(tmp_path, "feature kern { pos hyphen b -400; } kern;")
    text = "a-" + "b-" * 9
    for width in range(12, 60):
        lines = set_paragraph(styled(text, language), width, made_up)
        check(lines, text, width)
        # Each letter and hyphen is 6 points wide; a hyphen before a b in the line takes 1.2.
        for line in lines:
            (part,) = texts([line])
            assert line.width == pytest.approx(6 * len(part) - 4.8 * part.count("-b"))


def test_breaks_that_change_the_same_glyphs_are_not_all_used(tmp_path: Path) -> None:
    # An a between b and c is wider: the breaks before and behind it both change it.
    rule = "feature calt { sub b hyphen a' hyphen c by a.alt; } calt;"
    made_up = library(tmp_path, rule, **{"a": 3000, "a.alt": 3400})
    text = "b-a-c" * 4
    broken = 0
    for width in range(20, 160):
        try:
            lines = set_paragraph(styled(text), width, made_up)
        except LayoutError:
            continue
        check(lines, text, width)
        broken += len(lines) > 1
    assert broken > 50


def test_an_opportunity_inside_a_ligature_is_not_used(tmp_path: Path) -> None:
    made_up = library(tmp_path, "feature liga { sub hyphen b by a_b; } liga;")
    text = StyledText((StyledSpan("aa-b", BODY, "en"), StyledSpan("ccc cc", BOLD, "en")), "en")
    for width in range(36, 54):
        lines = set_paragraph(text, width, made_up)
        assert texts(lines) == ["aa-bccc ", "cc"]
    with pytest.raises(LayoutError, match="aa-bccc"):
        set_paragraph(text, 30, made_up)


# Direction


def arabic(*pieces: str | tuple[str]) -> StyledText:
    """Right-to-left text; a piece in a tuple is an isolate."""
    return StyledText(
        tuple(
            StyledSpan(piece, BODY, "ar")
            if isinstance(piece, str)
            else StyledSpan(piece[0], BODY, "ar", isolate=True)
            for piece in pieces
        ),
        "ar",
        right_to_left=True,
    )


def test_right_to_left_lines_start_at_the_right() -> None:
    lines = set_paragraph(styled("خذ قرصا واحدا كل يوم مع الطعام", "ar"), 100, fonts())
    assert len(lines) > 1
    for line in lines:
        first, last = line.runs[0], line.runs[-1]
        assert first.x + first.width == pytest.approx(line.width)
        # The space at the end hangs to the left of the line's edge.
        assert last.x <= 1e-9


def test_a_drug_name_and_its_dose_keep_their_order_in_arabic() -> None:
    (line,) = set_paragraph(arabic("خذ ", ("natalizumab 300 mg",), " كل شهر"), 1000, fonts())
    assert seen(line) == "كل شهر|natalizumab 300 mg|خذ"


def test_a_telephone_number_keeps_its_order_if_it_is_an_isolate() -> None:
    (line,) = set_paragraph(arabic("اتصل على ", ("1-800-555-0142",), "."), 1000, fonts())
    assert seen(line) == ".|1-800-555-0142|اتصل على"


def test_brackets_alone_in_an_isolate_are_not_mirrored() -> None:
    face = fonts().faces("Arab", "ar")[0]
    (line,) = set_paragraph(arabic("ا ", ("(",), " ا"), 1000, fonts())
    (mirrored,) = set_paragraph(arabic("ا ", "(", " ا"), 1000, fonts())
    assert [g.gid for run in line.runs for g in run.glyphs if g.text == "("] == [face.glyph_of("(")]
    assert [g.gid for run in mirrored.runs for g in run.glyphs if g.text == "("] == [
        face.glyph_of(")")
    ]


def test_a_latin_sentence_may_hold_hebrew() -> None:
    (line,) = set_paragraph(styled("say שלום עולם to all"), 1000, fonts())
    assert seen(line) == "say|שלום עולם|to all"
    assert [run.right_to_left for run in line.runs] == [False, True, False]


def test_the_white_space_at_a_line_s_end_goes_where_the_paragraph_goes() -> None:
    first, second = set_paragraph(arabic("خذ ", ("natalizumab today",), " كل"), 95, fonts())
    assert texts([first, second]) == ["خذ natalizumab ", "today كل"]
    space = first.runs[-1]
    assert space.text == " "
    assert space.right_to_left
    assert space.x < 0
    assert min(run.x for run in first.runs[:-1]) == pytest.approx(0)


def test_a_left_to_right_line_that_ends_in_hebrew_hangs_its_space_at_the_right() -> None:
    first, _ = set_paragraph(styled("say שלום עולם now"), 60, fonts())
    assert texts([first]) == ["say שלום "]
    assert first.runs[-1].text == " "
    assert first.runs[-1].x == pytest.approx(first.width)


def order_on_paper(line: Line) -> str:
    """The characters from left to right, wherever their glyphs stand."""
    shown = ""
    for run in sorted(line.runs, key=lambda run: (run.x, run.width)):
        characters = [glyph.text for glyph in run.glyphs]
        shown += "".join(reversed(characters) if run.right_to_left else characters)
    return shown


def with_isolates(source: StyledText, text: str) -> tuple[str, list[int]]:
    """The text with FSI and PDI put in, and where each of its own characters then stands."""
    isolates = isolates_of(source, text)
    marked = ""
    places: list[int] = []
    for offset, character in enumerate(text):
        marked += "\u2068" * sum(start == offset for start, _ in isolates)
        places.append(len(marked))
        marked += character + "\u2069" * sum(end == offset + 1 for _, end in isolates)
    return marked, places


@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("abT5.,-()/ 1٣۴بلاجא־ש"), max_size=20),
            st.booleans(),
            st.sampled_from([BODY, SMALL]),
        ),
        min_size=1,
        max_size=3,
    ),
    st.booleans(),
    st.integers(60, 200),
)
@settings(max_examples=200, deadline=None)
def test_every_line_stands_as_if_its_isolates_were_written_into_the_text(
    spans: list[tuple[str, bool, TextStyle]], rtl: bool, width: int
) -> None:
    """UAX #9, HL3: what would happen if FSI and PDI were there."""
    source = StyledText(
        tuple(StyledSpan(text, style, "en", isolate=apart) for text, apart, style in spans),
        "en",
        rtl,
    )
    text = "".join(span.text for span in source.spans)
    shaped = shape_paragraph(source, fonts())
    marked, places = with_isolates(source, text)
    levels = embedding_levels(marked, int(rtl))
    start = 0
    for line in shaped.lines(max(width, math.ceil(shaped.minimum_width))):
        (part,) = texts([line])
        end = start + len(part)
        first, last = places[start], places[end - 1] + 1
        # The isolates' own characters at a line's end are on that line, as L1 has it.
        first -= len(marked[:first]) - len(marked[:first].rstrip("\u2068"))
        last += len(marked[last:]) - len(marked[last:].lstrip("\u2069"))
        order = visual_order(line_levels(levels, marked, first, last, int(rtl)))
        expected = "".join(marked[first + index] for index in order)
        assert order_on_paper(line) == re.sub("[\u2068\u2069]", "", expected)
        start = end


# Styles


def test_runs_keep_their_style_and_leaf() -> None:
    leaf = Element("P").leaf()
    text = StyledText(
        (
            StyledSpan("Call ", BODY, "en", leaf),
            StyledSpan("now", BOLD, "en"),
            StyledSpan("1", SMALL, "en", leaf),
        ),
        "en",
    )
    (line,) = set_paragraph(text, 400, fonts())
    assert [(run.style, run.leaf) for run in line.runs] == [
        (BODY, leaf),
        (BOLD, None),
        (SMALL, leaf),
    ]
    assert [run.x for run in line.runs] == [
        0,
        line.runs[0].width,
        pytest.approx(line.width - 3.6, abs=2),
    ]


def test_a_line_is_as_high_as_its_largest_style() -> None:
    large = TextStyle(24)
    mixed = StyledText((StyledSpan("a", BODY, "en"), StyledSpan("b", large, "en")), "en")
    (line,) = set_paragraph(mixed, 400, fonts())
    (alone,) = set_paragraph(styled("b", "en", large), 400, fonts())
    assert (line.ascent, line.descent) == (alone.ascent, alone.descent)


def test_sizes_scale_widths() -> None:
    small = natural_width(styled("Take Yours AV"), fonts())
    large = natural_width(styled("Take Yours AV", "en", TextStyle(24)), fonts())
    assert large == pytest.approx(2 * small)


def test_one_text_gives_equal_lines_each_time() -> None:
    text = styled(UDHR["en"]["text"])
    assert set_paragraph(text, 200, fonts()) == set_paragraph(text, 200, fonts())


def test_lines_do_not_depend_on_what_was_set_before() -> None:
    samples = [UDHR[tag]["text"] for tag in ("en", "fr", "de")] + [
        "Call 1-800-555-0142 or e-mail us – by 5 p.m. (well-known).",
        "Your Tax, AV To well-known Yes.",
    ]

    def run(order: list[str]) -> dict[str, list[object]]:
        anew = FontLibrary(ROOT / "fonts")
        line_breaking.forget()
        return {
            text: [
                (line.width, run.x, run.width, glyph.gid, glyph.text, glyph.advance)
                for line in set_paragraph(styled(text), 130, anew)
                for run in line.runs
                for glyph in run.glyphs
            ]
            for text in order
        }

    first = run(samples + samples)
    assert run(samples[::-1]) == first


def test_a_phrase_s_lines_are_those_of_a_paragraph_and_are_kept() -> None:
    text = styled("How to reach us")
    lines = set_phrase(text, 50, fonts())
    assert lines == set_paragraph(text, 50, fonts())
    assert set_phrase(styled("How to reach us"), 50, fonts()) is lines
    assert len(set_phrase(text, 500, fonts())) == 1


def test_a_line_fills_a_leaf_and_stays_the_same_otherwise() -> None:
    spans = [StyledSpan(text, BODY, "en", isolate=True) for text in ("one", " · ", "two")]
    leaf = Element("P").leaf()
    filled = [replace(span, leaf=leaf) for span in spans]
    (line,) = set_paragraph(StyledText(tuple(spans), "en"), 500, fonts())
    (other,) = set_paragraph(StyledText(tuple(filled), "en"), 500, fonts())
    assert line.filling(leaf) == other
    assert other.filling(None) == line
