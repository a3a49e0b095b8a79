"""UAX #9 (Unicode 15.0.0): all of Unicode's own test cases, and what a handout needs by name."""

from __future__ import annotations

import lzma
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.text import bidi_data
from handouts.text.bidi import (
    bidi_class,
    embedding_levels,
    line_levels,
    paragraph_level,
    visual_order,
)

TESTS = Path(__file__).parents[1]
UNICODE = TESTS / "data" / "unicode-15.0.0"

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
RLE, LRO, RLO, PDF = "\u202b", "\u202d", "\u202e", "\u202c"

CHARACTERS = {
    "L": "a", "R": "א", "AL": "ا", "EN": "0", "AN": "٠",
    "ES": "+", "ET": "%", "CS": ",", "NSM": "\u0301", "BN": "\u00ad",
    "B": "\u2029", "S": "\t", "WS": " ", "ON": "!",
    "LRE": "\u202a", "RLE": RLE, "LRO": LRO, "RLO": RLO, "PDF": PDF,
    "LRI": LRI, "RLI": RLI, "FSI": FSI, "PDI": PDI,
}  # fmt: skip


def lines(name: str) -> Iterator[str]:
    with lzma.open(UNICODE / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
        yield from (line for line in file if line[0] not in "#\n")


def levels_on_one_line(text: str, base_level: int | None) -> bytes:
    levels = embedding_levels(text, base_level)
    base = paragraph_level(text) if base_level is None else base_level
    return line_levels(levels, text, 0, len(text), base)


ARABIC = str.maketrans({chr(65 + n): chr(0x0627 + n) for n in range(26)})
HEBREW = str.maketrans({chr(65 + n): chr(0x05D0 + n) for n in range(26)})


def shown(text: str, script: dict[int, str], base_level: int, *isolated: str) -> str:
    """What the eye meets from left to right on one line. Capitals stand for letters of ``script``;
    brackets are not mirrored. Each piece of ``isolated`` is kept apart."""
    isolates = [(text.index(piece), text.index(piece) + len(piece)) for piece in isolated]
    real = text.translate(script)
    levels = embedding_levels(real, base_level, isolates)
    levels = line_levels(levels, real, 0, len(real), base_level)
    return "".join(text[at] for at in visual_order(levels))


# Unicode's own tests


@cache
def expected_line(pattern: str) -> tuple[list[int], bytes, list[int]]:
    """Of the levels of a test line: the places that are not x, their levels, their order."""
    levels = pattern.split()
    places = [at for at, level in enumerate(levels) if level != "x"]
    expected = bytes(int(levels[at]) for at in places)
    return places, expected, [places[at] for at in visual_order(expected)]


def failures_by_class(part: int, parts: int, longer_than: int = 999) -> Iterator[str]:
    """Runs each of BidiTest.txt's lines that is of this part, or long, in its directions."""
    places: list[int] = []
    expected = b""
    order: list[int] = []
    for number, line in enumerate(lines("BidiTest")):
        if line.startswith("@Levels:"):
            places, expected, order = expected_line(line.removeprefix("@Levels:"))
        elif line.startswith("@Reorder:"):
            # The order follows from the levels alone, so once for each list of levels will do.
            if order != [int(place) for place in line.removeprefix("@Reorder:").split()]:
                yield f"levels {list(expected)} in the order {order}, not {line}"
        elif number % parts == part or len(line) > longer_than:
            classes, directions = line.split(";")
            text = "".join(map(CHARACTERS.__getitem__, classes.split()))
            for bit, base_level in ((1, None), (2, 0), (4, 1)):
                if int(directions, 16) & bit:
                    levels = levels_on_one_line(text, base_level)
                    if bytes(map(levels.__getitem__, places)) != expected:
                        yield f"{classes} at {base_level}: {list(levels)}"


def failures_by_character(every: int, after: int = 0) -> Iterator[str]:
    """Runs the first lines of BidiCharacterTest.txt and one in ``every`` after those."""
    for number, line in enumerate(lines("BidiCharacterTest")):
        if number > after and number % every:
            continue
        codes, direction, paragraph, pattern, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        base_level = int(direction) if direction in "01" else None
        places, expected, expected_order = expected_line(pattern)
        levels = levels_on_one_line(text, base_level)
        if (
            bytes(map(levels.__getitem__, places)) != expected
            or expected_order != [int(place) for place in order.split()]
            or (base_level is None and paragraph_level(text) != int(paragraph))
        ):
            yield f"{line.strip()}: {list(levels)}"


def test_the_test_files_are_whole() -> None:
    assert sum(line[0] != "@" for line in lines("BidiTest")) == 490_846
    assert sum(1 for _ in lines("BidiCharacterTest")) == 91_707


def test_a_sample_of_the_class_sequences_resolves_as_unicode_says() -> None:
    assert not list(failures_by_class(0, 97, longer_than=24))


def test_a_sample_of_the_character_sequences_resolves_as_unicode_says() -> None:
    """Also all that were written by hand; the others are permutations."""
    assert not list(failures_by_character(97, after=231))


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_every_class_sequence_resolves_as_unicode_says(part: int) -> None:
    assert not list(islice(failures_by_class(part, 4), 20))


@pytest.mark.slow
def test_every_character_sequence_resolves_as_unicode_says() -> None:
    assert not list(islice(failures_by_character(1), 20))


# Characters


def test_the_character_table_is_the_one_that_unicode_15_0_0_gives() -> None:
    maker = TESTS / "unicode" / "make_bidi_data.py"
    made = subprocess.run([sys.executable, maker], capture_output=True, text=True, check=True)
    assert made.stdout == Path(bidi_data.__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (0x05FF, "R"),  # Hebrew
        (0x07BF, "AL"),  # Thaana
        (0x07FB, "R"),  # NKo
        (0x085F, "R"),  # Mandaic
        (0x086F, "AL"),  # Syriac supplement
        (0x20CF, "ET"),  # currency symbols
        (0xFB45, "R"),  # Hebrew presentation forms
        (0xFDCE, "AL"),  # Arabic presentation forms
        (0xFDD0, "BN"),  # a noncharacter between them
        (0xFEFE, "AL"),
        (0x10CFF, "R"),
        (0x10D3F, "AL"),  # Hanifi Rohingya
        (0x10D40, "R"),
        (0x10EFF, "NSM"),  # assigned, in a block of Arabic letters
        (0x10EDF, "AL"),
        (0x10F6F, "AL"),  # Sogdian
        (0x1ECC0, "R"),
        (0x1EEFF, "AL"),
        (0x1EFFF, "R"),
        (0x2FE0, "L"),
        (0x3FFFF, "BN"),  # a noncharacter
        (0xE0000, "BN"),  # default ignorable
        (0x10FFFD, "L"),  # private use
    ],
)
def test_a_character_that_is_not_assigned_has_the_class_of_its_block(
    code: int, expected: str
) -> None:
    assert bidi_class(chr(code)) == expected


def test_every_class_has_a_character_that_shows_its_name() -> None:
    assert {name: bidi_class(char) for name, char in CHARACTERS.items()} == {
        name: name for name in CHARACTERS
    }
    assert bidi_class("(") == "ON"


def test_every_right_to_left_character_and_arabic_number_is_above_level_0() -> None:
    """Also those that are not assigned: none slips through as text that needs no rules."""
    raised = {letter for name, letter in bidi_data.LETTERS.items() if name in ("R", "AL", "AN")}
    ends = (*bidi_data.STARTS[1:], sys.maxunicode + 1)
    ranges = zip(bidi_data.STARTS, ends, bidi_data.CODES, strict=True)
    chars = [
        chr(code) for start, end, letter in ranges if chr(letter) in raised
        for code in range(start, end)
    ]  # fmt: skip
    assert len(chars) > 5000
    assert [char for char in chars if embedding_levels(char, 0) == b"\0"] == []


# Lines as a patient meets them


def test_a_phone_number_in_arabic_keeps_its_order_when_it_is_isolated() -> None:
    assert shown("CALL 555-0123 NOW", ARABIC, 1) == "WON 0123-555 LLAC"
    assert shown("CALL 555-0123 NOW", ARABIC, 1, "555-0123") == "WON 555-0123 LLAC"
    assert shown("CALL +1 555 0123", ARABIC, 1, "+1 555 0123") == "+1 555 0123 LLAC"


def test_a_phone_number_in_hebrew_keeps_its_hyphen_but_not_its_spaces() -> None:
    assert shown("CALL 555-0123", HEBREW, 1) == "555-0123 LLAC"
    assert shown("CALL 555 0123", HEBREW, 1) == "0123 555 LLAC"
    assert shown("CALL 555 0123", HEBREW, 1, "555 0123") == "555 0123 LLAC"


def test_a_dose_in_hebrew_keeps_its_order_when_it_is_isolated() -> None:
    assert shown("TAKE 5 mg/kg TODAY", HEBREW, 1) == "YADOT mg/kg 5 EKAT"
    assert shown("TAKE 5 mg/kg TODAY", HEBREW, 1, "5 mg/kg") == "YADOT 5 mg/kg EKAT"


def test_a_decimal_number_and_a_percentage_hold_together() -> None:
    assert shown("FEVER 38.5 NOW", ARABIC, 1) == "WON 38.5 REVEF"
    assert shown("SALT 0.9% NOW", HEBREW, 1) == "WON 0.9% TLAS"


def test_brackets_face_each_other_around_a_foreign_name() -> None:
    assert shown("VIRUS (jcv) BLOOD", HEBREW, 1) == "DOOLB )jcv( SURIV"
    assert shown("the virus (BLOOD) again", HEBREW, 0) == "the virus (DOOLB) again"
    assert shown("BLOOD (virus)", HEBREW, 0) == "DOOLB (virus)"
    assert shown("a(B)C", HEBREW, 0) == "a(B)C"


def test_angle_brackets_pair_with_their_canonical_equivalents() -> None:
    assert list(embedding_levels("א\u2329אa\u3009", 0)) == [1, 0, 1, 0, 0]


def test_brackets_are_paired_63_deep() -> None:
    def level_of_the_first(depth: int) -> int:
        return embedding_levels("א" + "(" * depth + "אa" + ")" * depth, 0)[1]

    assert level_of_the_first(63) == 0
    assert level_of_the_first(64) == 1


def test_an_arabic_name_in_english_does_not_turn_the_sentence() -> None:
    assert shown("Ask for SALIM, 9 am.", ARABIC, 0) == "Ask for 9 ,MILAS am."
    assert shown("Ask for SALIM, 9 am.", ARABIC, 0, "SALIM") == "Ask for MILAS, 9 am."


# Paragraphs


def test_the_first_strong_character_decides_where_no_direction_is_given() -> None:
    assert paragraph_level("5 mg") == 0
    assert paragraph_level("5 ملغ of") == 1
    assert paragraph_level("12 – 14") == 0
    assert paragraph_level("") == 0
    assert list(embedding_levels("1 א", None)) == [2, 1, 1]


def test_what_is_isolated_does_not_decide_the_direction() -> None:
    assert paragraph_level(f"{LRI}PML{PDI} مرض") == 1
    assert paragraph_level("PML مرض", [(0, 3)]) == 1
    assert paragraph_level("PML", [(0, 3)]) == 0


def test_each_paragraph_of_a_text_has_a_direction_of_its_own() -> None:
    assert list(embedding_levels("a \nא.\u2029\u202eb\nc", None)) == [
        *(0, 0, 0),
        *(1, 1, 1),
        *(0, 1, 0),
        0,
    ]
    assert list(embedding_levels("\n", 1)) == [1]


def test_a_character_that_is_taken_out_splits_no_run() -> None:
    assert list(embedding_levels("می\u200cخواهم", 1)) == [1] * 8
    assert list(embedding_levels("\u00ada", 1)) == [1, 2]


# Isolates without characters


def with_isolate_characters(text: str, isolates: list[tuple[int, int]]) -> tuple[str, list[int]]:
    """The text with FSI and PDI in it, and where its own characters are now."""
    out = ""
    places = []
    for at in range(len(text) + 1):
        out += PDI * sum(end == at for _, end in isolates)
        out += FSI * sum(start == at for start, _ in isolates)
        places.append(len(out))
        out += text[at : at + 1]
    return out, places[:-1]


@st.composite
def isolated_texts(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(alphabet=[*CHARACTERS.values(), "(", ")", "["], min_size=1, max_size=24))
    ends = st.integers(0, len(text))
    isolates: list[tuple[int, int]] = []
    for one, other in draw(st.lists(st.tuples(ends, ends), max_size=5)):
        start, end = sorted((one, other))
        crosses = any(a < start < b < end or start < a < end < b for a, b in isolates)
        if start < end and not crosses:
            isolates.append((start, end))
    return text, isolates


@given(isolated_texts(), st.sampled_from([0, 1, None]))
def test_isolate_ranges_act_as_isolate_characters_would(
    case: tuple[str, list[tuple[int, int]]], base_level: int | None
) -> None:
    text, isolates = case
    explicit, places = with_isolate_characters(text, isolates)
    levels = embedding_levels(explicit, base_level)
    assert embedding_levels(text, base_level, isolates) == bytes(levels[at] for at in places)
    assert paragraph_level(text, isolates) == paragraph_level(explicit)


def test_isolates_may_touch_nest_and_be_empty() -> None:
    text = "אabcdא"
    assert list(embedding_levels(text, 1, [(1, 3), (3, 5)])) == [1, 2, 2, 2, 2, 1]
    assert list(embedding_levels(text, 1, [(2, 4), (1, 5)])) == [1, 2, 4, 4, 2, 1]
    assert list(embedding_levels(text, 1, [(1, 5), (1, 5)])) == [1, 4, 4, 4, 4, 1]
    assert (
        list(embedding_levels("12", 1, [(1, 1)])) == list(embedding_levels(f"1{FSI}{PDI}2", 1))[::3]
    )
    assert embedding_levels("", 1, [(0, 0)]) == b""


@pytest.mark.parametrize("isolates", [[(0, 3), (2, 5)], [(0, 7)], [(-1, 2)], [(3, 2)]])
def test_isolates_that_cross_or_leave_the_text_are_refused(isolates: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="isolate"):
        embedding_levels("abcdef", 0, isolates)


# Laws


@given(
    st.text(alphabet=[*CHARACTERS.values(), "é", "(", ")"], max_size=20),
    st.sampled_from([0, 1, None]),
)
def test_a_paragraph_is_resolved_alike_alone_and_before_another(
    text: str, base_level: int | None
) -> None:
    """Alone, plain left-to-right text takes the way that asks no rule."""
    assert embedding_levels(f"{text}\nא", base_level)[: len(text)] == embedding_levels(
        text, base_level
    )


@given(st.lists(st.integers(0, 6), max_size=20))
def test_each_place_of_a_line_is_shown_once(levels: list[int]) -> None:
    assert sorted(visual_order(levels)) == list(range(len(levels)))


# Lines


def test_white_space_at_the_end_of_a_line_belongs_to_the_paragraph() -> None:
    text = "א one two three"
    levels = embedding_levels(text, 1)
    assert list(levels) == [1, 1, *[2] * 13]
    assert list(line_levels(levels, text, 0, 10, 1)) == [1, 1, *[2] * 7, 1]
    assert list(line_levels(levels, text, 10, 15, 1)) == [2] * 5


def test_white_space_before_an_isolate_that_ends_the_line_belongs_to_the_paragraph() -> None:
    text = f"אa {PDI} \u00ad"
    levels = embedding_levels(f"אa {PDI} \u00ada", 1)
    assert list(line_levels(levels, text, 0, len(text), 1)) == [1, 2, 1, 1, 1, 1]


def test_a_tab_and_the_space_before_it_belong_to_the_paragraph() -> None:
    text = "אא \tאא\t אא"
    levels = embedding_levels(text, 0)
    assert list(levels) == [1] * 10
    assert list(line_levels(levels, text, 0, 10, 0)) == [1, 1, 0, 0, 1, 1, 0, 1, 1, 1]


def test_runs_are_ordered_like_characters() -> None:
    assert visual_order([1, 2, 1]) == [2, 1, 0]
    assert visual_order([0, 1, 2, 1, 0]) == [0, 3, 2, 1, 4]
    assert visual_order([1, 2, 3, 4, 2, 1]) == [5, 1, 3, 2, 4, 0]
    assert visual_order([]) == []
