"""Made-up fonts: a handful of empty glyphs and the rules that a test needs."""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from handouts.text.fonts import FontLibrary

GLYPHS = [".notdef", "space", "a", "b", "c", "hyphen", "a_b", "a.alt", "b.alt", "acute"]
CHARACTERS = {32: "space", 45: "hyphen", 97: "a", 98: "b", 99: "c", 0x301: "acute"}


def font(features: str = "", **widths: int) -> bytes:
    """A font with these OpenType features; every glyph is 500 wide of 1000, unless said."""
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(GLYPHS)
    builder.setupCharacterMap(CHARACTERS)
    pen = TTGlyphPen(None)
    builder.setupGlyf({name: pen.glyph() for name in GLYPHS})
    builder.setupHorizontalMetrics({name: (widths.get(name, 500), 0) for name in GLYPHS})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupPost()
    addOpenTypeFeaturesFromString(builder.font, features)
    file = io.BytesIO()
    builder.save(file)
    return file.getvalue()


def library(folder: Path, features: str, **widths: int) -> FontLibrary:
    """A library with one such font for Latin."""
    (folder / "made-up.ttf").write_bytes(font(features, **widths))
    (folder / "fonts.yaml").write_text(
        "families: {made-up: {faces: {regular: made-up.ttf}}}\nscripts: {Latn: [made-up]}",
        encoding="utf-8",
    )
    return FontLibrary(folder)
