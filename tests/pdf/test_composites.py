"""Glyphs made of glyphs, in fonts that other programs can still read."""

from __future__ import annotations

import io
import struct

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from handouts.pdf.composites import Composite, with_composites

SHAPE, SPACE = 1, 2


def font_with(points: int) -> bytes:
    """A font of .notdef, a shape with so many points, and a space that comes last."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for step in range(points - 2):
        pen.lineTo((300 + step, 700 - 7 * step))
    pen.lineTo((400, 0))
    pen.closePath()
    empty = TTGlyphPen(None).glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "shape", "space"])
    builder.setupCharacterMap({65: "shape", 32: "space"})
    builder.setupGlyf({".notdef": empty, "shape": pen.glyph(), "space": empty})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "shape": (500, 0), "space": (250, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    builder.font["glyf"].padding = 2
    written = io.BytesIO()
    builder.save(written)
    return written.getvalue()


def bounds(program: bytes, gid: int) -> tuple[float, ...] | None:
    font = TTFont(io.BytesIO(program))
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getGlyphName(gid)].draw(pen)
    result: tuple[float, ...] | None = pen.bounds
    return result


def end_of_outlines(program: bytes) -> int:
    font = TTFont(io.BytesIO(program))
    font.ensureDecompiled()
    (end,) = struct.unpack(">H", font.reader["loca"][-2:])
    return 2 * int(end)


def test_the_fonts_of_the_next_test_end_at_all_kinds_of_places() -> None:
    assert {end_of_outlines(font_with(points)) % 4 for points in range(3, 9)} == {0, 2}


@pytest.mark.parametrize("points", range(3, 9))
def test_a_last_glyph_without_an_outline_spoils_no_glyph_made_with_it(points: int) -> None:
    program = font_with(points)
    made, first = with_composites(program, [Composite(((SHAPE, 10, 20), (SPACE, 500, 0)), 700)])

    assert bounds(made, SPACE) is None
    alone = bounds(program, SHAPE)
    assert alone is not None
    left, bottom, right, top = alone
    assert bounds(made, first) == (left + 10, bottom + 20, right + 10, top + 20)
