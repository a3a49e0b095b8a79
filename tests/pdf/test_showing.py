"""Runs of glyphs as operators: on glyphs by hand, so that the numbers can be seen."""

from __future__ import annotations

import pytest
from PIL import ImageOps

from handouts.diagnostics import ConformanceError, FontError
from handouts.layout.pages import PlacedLine
from handouts.pdf.fonts import Fonts
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pdf.showing import TextShower
from handouts.text.glyphs import Glyph, GlyphRun, Piece, TextStyle
from tests.pdf.samples import LIBRARY, SheetBuilder, line, plain_panels
from tests.reading_back import render

LATIN = LIBRARY.faces("Latn")[0]


def glyph(character: str, kern: float = 0, **offsets: float) -> Glyph:
    """The Latin face's own glyph for a character, with what the shaper would change."""
    gid = LATIN.glyph_of(character)
    return Glyph(gid, character, LATIN.width(gid) + kern, **offsets)


def piece(*glyphs: Glyph) -> Piece:
    return Piece("".join(g.text for g in glyphs), glyphs, sum(g.advance for g in glyphs))


def shown(*pieces: Piece, right_to_left: bool = False, size: float = 10) -> bytes:
    """The operators, with the high byte of each code left out where it is zero."""
    width = sum(p.advance for p in pieces) * size / 1000
    run = GlyphRun(LATIN, TextStyle(size), None, right_to_left, pieces, 0, width)
    shower = TextShower(Fonts().of(LATIN), size, right_to_left)
    (only,) = shower.show(run, 0)
    return only.operators.replace(b"\0", b"")


def test_text_without_kerning_is_one_string_of_its_code_points() -> None:
    assert shown(piece(*map(glyph, "Ask "))) == b"[(Ask )]TJ"


def test_pieces_of_a_run_join_into_one_string() -> None:
    assert shown(piece(*map(glyph, "Ask ")), piece(*map(glyph, "us"))) == b"[(Ask us)]TJ"


def test_kerning_moves_the_pen_and_leaves_the_width() -> None:
    kerned = piece(glyph("T", -40), glyph("o", 5), glyph(" "))

    assert shown(kerned) == b"[(T)40(o)-5( )]TJ"


def test_kerning_at_the_end_of_a_piece_reaches_the_next_one() -> None:
    assert shown(piece(glyph("T", -40)), piece(glyph("o"))) == b"[(T)40(o)]TJ"


def test_kerning_at_the_end_of_a_run_leaves_the_pen_unknown() -> None:
    shower = TextShower(Fonts().of(LATIN), 10, False)
    plain, kerned = piece(glyph("T")), piece(glyph("T", -40))

    ends = [
        shower.show(GlyphRun(LATIN, TextStyle(10), None, False, (p,), 0, 5), 100)[0].end
        for p in (plain, kerned)
    ]
    assert ends == [105, None]


def test_an_offset_moves_only_its_glyph() -> None:
    assert shown(piece(glyph("a"), glyph("b", dx=30), glyph("c"))) == b"[(a)-30(b)30(c)]TJ"


def test_a_raised_glyph_is_a_glyph_of_the_font_that_stands_higher() -> None:
    raised = piece(glyph("a"), glyph("b", dy=200), glyph("c"))

    assert shown(raised) == shown(raised, size=20) == b"[(a\x01c)]TJ"


def test_what_would_end_a_string_is_escaped() -> None:
    assert shown(piece(*map(glyph, "()[]\\"))) == b"[(\\(\\)[]\\\\)]TJ"


def test_a_cluster_of_several_glyphs_is_one_glyph() -> None:
    accent = Glyph(LATIN.glyph_of("´"), "", 0, dx=-400)

    assert shown(piece(glyph("a"), glyph("n"), accent, glyph("o"))) == b"[(a\x01o)]TJ"


def test_a_mark_with_a_text_of_its_own_is_part_of_what_it_stands_on() -> None:
    mark = Glyph(LATIN.glyph_of("´"), "\u0301", 0, dx=-400)

    assert shown(piece(glyph("a"), glyph("n"), mark, glyph("o"))) == b"[(a\x01o)]TJ"


def test_a_right_to_left_run_is_shown_from_the_left_and_marked_as_reversed() -> None:
    first, second = piece(*map(glyph, "abc ")), piece(*map(glyph, "de"))

    assert shown(first, second, right_to_left=True) == (b"/ReversedChars BMC\n[(ed cba)]TJ\nEMC")


def parts_of(
    *pieces: Piece, starts_apart: bool = True, ends_apart: bool = True
) -> list[tuple[bytes, float, float | None]]:
    """A right-to-left run of 10 points from 100 on: what is shown, from where, up to where."""
    width = sum(p.advance for p in pieces) / 100
    run = GlyphRun(LATIN, TextStyle(10), None, True, pieces, 0, width)
    shower = TextShower(Fonts().of(LATIN), 10, True)
    parts = shower.show(run, 100, starts_apart=starts_apart, ends_apart=ends_apart)
    return [(part.operators.replace(b"\0", b""), part.start, part.end) for part in parts]


def spaced(letters: str, width: float = 250) -> Piece:
    """Letters of 500 each and a space behind them."""
    glyphs = [Glyph(LATIN.glyph_of(letter), letter, 500) for letter in letters]
    space = Glyph(LATIN.glyph_of(" "), " ", width)
    return Piece(f"{letters} ", (*glyphs, space), 500 * len(letters) + width, width)


def test_spaces_at_the_ends_of_a_right_to_left_run_can_be_shown_in_reading_order() -> None:
    parts = parts_of(spaced(""), spaced("ab"), spaced("c"))

    assert [b"".join(shown.split(b"(")[1:]).split(b")")[0] for shown, _, _ in parts] == [
        b" ",
        b"c",
        b" ",
    ]
    starts = [start for _, start, _ in parts]
    assert starts == [120, 102.5, 100]  # a space of 2.5 at either end, 17.5 between


def test_spaces_at_one_end_of_a_right_to_left_run_stay_where_nothing_is_beside_them() -> None:
    pieces = spaced(""), spaced("ab")

    for apart, starts in (((True, False), [112.5, 100]), ((False, True), [102.5, 100])):
        parts = parts_of(*pieces, starts_apart=apart[0], ends_apart=apart[1])
        assert [start for _, start, _ in parts] == starts
    (only,) = parts_of(*pieces, starts_apart=False, ends_apart=False)
    assert only[1] == 100


def test_a_right_to_left_run_of_one_space_is_shown_once() -> None:
    for starts_apart, ends_apart in ((True, True), (True, False), (False, True)):
        parts = parts_of(spaced(""), starts_apart=starts_apart, ends_apart=ends_apart)
        assert [start for _, start, _ in parts] == [100]
        assert b"ReversedChars" not in parts[0][0]


def test_the_font_holds_what_stands_beside_a_space_by_itself() -> None:
    font = Fonts().of(LATIN)
    run = GlyphRun(LATIN, TextStyle(10), None, True, (spaced("ab"),), 0, 12.5)

    TextShower(font, 10, True).show(run, 0, False, True)

    assert font.code_points == set(map(ord, "ab "))


def test_a_space_too_narrow_to_be_seen_as_one_stays_with_its_word() -> None:
    (only,) = parts_of(spaced("ab", 120))

    assert only[0].startswith(b"/ReversedChars")
    assert only[1] == 100


def test_each_character_of_a_right_to_left_ligature_stands_in_reversed_order() -> None:
    """All but the first show nothing, so that a reader that reverses codes gets them right."""
    ligature = Glyph(LATIN.glyph_of("b"), "xy", LATIN.width(LATIN.glyph_of("b")))

    assert shown(piece(glyph("a"), ligature, glyph("c")), right_to_left=True) == (
        b"/ReversedChars BMC\n[(c\x01\x02a)]TJ\nEMC"
    )


def test_a_missing_glyph_is_an_error() -> None:
    with pytest.raises(FontError, match="no glyph"):
        shown(piece(Glyph(0, "x", 500)))


@pytest.mark.parametrize("character", ["\ue000", "\ufeff", "\0", "\U000f0000"])
def test_text_without_a_meaning_of_its_own_is_an_error(character: str) -> None:
    with pytest.raises(ConformanceError, match=f"U\\+{ord(character):04X}"):
        shown(piece(Glyph(LATIN.glyph_of("x"), character, 500)))


def test_a_raised_mark_does_not_take_the_space_behind_its_word() -> None:
    """PDFium forgets a move that stands beside an empty string."""
    builder = SheetBuilder()
    words = line("عقلًا وضميرًا", builder.root.add("H1").leaf(), language="ar", right_to_left=True)
    builder.add(PlacedLine(words, 100, 700))
    builder.add_contact()
    builder.add_check()
    pdf = press(paint_master(builder.sheet()), paint_imprint(plain_panels()))

    ink = ImageOps.invert(render(pdf, 0, dpi=144).convert("L").crop((0, 100, 1224, 300))).getbbox()
    assert ink is not None
    assert ink[0] / 2 == pytest.approx(100, abs=1.5)
    assert ink[2] / 2 == pytest.approx(100 + words.width, abs=1.5)
