"""Faces: what a font file says, in the terms of shaping and of PDF.

What a PDF says of a face (ISO 32000-1, 9.8) is in thousandths of the type size.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import uharfbuzz as hb

from handouts.diagnostics import Diagnostic, FontError, SourceSpan
from handouts.text.glyphs import HANGING, Glyph, Piece
from handouts.text.space_rules import words_stand_alone

# Glyphs and pieces that a face keeps; when it has more it starts afresh.
LIMIT = 50_000


Place = tuple[int, int, int, int]
"""Of a glyph: x and y offset, x and y advance, in font units."""


class Face:
    """One font file, mapped into memory; equal only to itself.

    ``hb_face`` and ``hb_font`` are HarfBuzz's, in font units.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FontError(
                Diagnostic(
                    f"the font file {path.name} is missing",
                    SourceSpan(path.as_posix()),
                    hint="put the file back, or change its line in fonts.yaml",
                )
            )
        self.path = path
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(path)))
        if not self.hb_face.glyph_count:
            raise FontError(
                Diagnostic(f"{path.name} is not a font file", SourceSpan(path.as_posix()))
            )
        self.hb_font = hb.Font(self.hb_face)
        self.units_per_em: int = self.hb_face.upem
        self.scale = 1000 / self.units_per_em
        self._covers: dict[str, bool] = {}
        self._glyphs: dict[tuple[int, str, tuple[int, int, int, int]], Glyph] = {}
        self._pieces: dict[tuple[str, tuple[Glyph, ...]], Piece] = {}

    def __repr__(self) -> str:
        return f"Face({self.name})"

    @cached_property
    def name(self) -> str:
        """The PostScript name."""
        name = self.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
        return name or self.path.stem.replace(" ", "")

    @cached_property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def glyph_count(self) -> int:
        return int(self.hb_face.glyph_count)

    def covers(self, character: str) -> bool:
        known = self._covers.get(character)
        if known is None:
            known = self.hb_font.get_nominal_glyph(ord(character)) is not None
            self._covers[character] = known
        return known

    def glyph_of(self, character: str) -> int:
        """The glyph that stands for a character before any shaping; 0 if there is none."""
        return self.hb_font.get_nominal_glyph(ord(character)) or 0

    def glyphs(self, placed: Iterable[tuple[int, str, Place]]) -> list[Glyph]:
        """Glyphs with their texts and places, as ``glyph`` makes them."""
        known = self._glyphs
        return [known.get(key) or self.glyph(*key) for key in placed]

    def glyph(self, gid: int, text: str, place: Place) -> Glyph:
        """A placed glyph."""
        key = (gid, text, place)
        glyph = self._glyphs.get(key)
        if glyph is None:
            if len(self._glyphs) > LIMIT:
                self._glyphs.clear()
            dx, dy, advance, _ = place
            scale = self.scale
            glyph = Glyph(gid, text, advance * scale, dx * scale, dy * scale)
            self._glyphs[key] = glyph
        return glyph

    def piece(self, text: str, glyphs: tuple[Glyph, ...]) -> Piece:
        """The piece of these glyphs, which stand for the text."""
        key = (text, glyphs)
        piece = self._pieces.get(key)
        if piece is None:
            if len(self._pieces) > LIMIT:
                self._pieces.clear()
            piece = self._pieces[key] = _piece(text, glyphs)
        return piece

    def forget(self) -> None:
        """Let go of all glyphs and pieces."""
        self._glyphs.clear()
        self._pieces.clear()

    def width(self, gid: int) -> float:
        """The glyph's advance width in the font (hmtx), in thousandths."""
        return float(self.hb_font.get_glyph_h_advance(gid) * self.scale)

    @cached_property
    def space(self) -> int:
        """The glyph of the space character."""
        return self.glyph_of(" ")

    @cached_property
    def words_stand_alone(self) -> bool:
        """Whether words may be shaped one by one."""
        return words_stand_alone(self.hb_face, self.space)

    @cached_property
    def ascent(self) -> float:
        return self._number("hhea", ">h", 4)

    @cached_property
    def descent(self) -> float:
        """Below the baseline, as a negative number."""
        return self._number("hhea", ">h", 6)

    @cached_property
    def cap_height(self) -> float:
        # Version 2 of the OS/2 table added the cap height.
        if self._table("OS/2", 2)[:2] >= b"\0\2":
            height = self._number("OS/2", ">h", 88)
            if height:
                return height
        return self.ascent

    @cached_property
    def bbox(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of all glyphs together."""
        left, bottom, right, top = struct.unpack_from(">4h", self._table("head", 54), 36)
        scale = self.scale
        return left * scale, bottom * scale, right * scale, top * scale

    @cached_property
    def italic_angle(self) -> float:
        """Degrees from upright; a face that leans to the right has a negative angle."""
        return float(struct.unpack_from(">i", self._table("post", 16), 4)[0] / 65536)

    @cached_property
    def is_fixed_pitch(self) -> bool:
        return bool(struct.unpack_from(">I", self._table("post", 16), 12)[0])

    @cached_property
    def weight(self) -> int:
        """From 1 to 1000; 400 is regular and 700 bold."""
        return int(struct.unpack_from(">H", self._table("OS/2", 6), 4)[0])

    @cached_property
    def stem_v(self) -> float:
        """The width of upright stems, which font files do not tell, estimated from the weight."""
        return 50 + (self.weight / 65) ** 2

    def _number(self, table: str, form: str, offset: int) -> float:
        data = self._table(table, offset + struct.calcsize(form))
        return float(struct.unpack_from(form, data, offset)[0] * self.scale)

    def _table(self, tag: str, length: int) -> bytes:
        data = bytes(self.hb_face.reference_table(tag).data)
        if len(data) < length:
            raise FontError(
                Diagnostic(
                    f"{self.path.name} has no usable {tag} table", SourceSpan(self.path.as_posix())
                )
            )
        return data


def _piece(text: str, glyphs: tuple[Glyph, ...]) -> Piece:
    hang = 0.0
    if text[-1] in HANGING:
        for glyph in reversed(glyphs):
            if not glyph.text or glyph.text not in HANGING:
                break
            hang += glyph.advance
    return Piece(text, glyphs, sum([glyph.advance for glyph in glyphs]), hang)


def missing_glyph(character: str, text: str, language: str) -> FontError:
    """The error for a character that no family has; ``text`` is where it stands."""
    try:
        name = unicodedata.name(character)
    except ValueError:
        name = "a character without a name"
    shown = character if character.isprintable() else "the character"
    return FontError(
        Diagnostic(
            f'no font has a letter or sign for {shown} U+{ord(character):04X} {name} in "{text}"',
            hint=f"write it another way, or add a family that has it for {language}"
            " to fonts/fonts.yaml",
        )
    )
