"""The values that pass through the text stages.

styled text → (bidi, itemise, shape) → shaped paragraph → (break) → lines of glyph runs

The glyphs that are measured are the glyphs that are painted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.inks import Ink
from handouts.structure import Leaf

if TYPE_CHECKING:
    from handouts.text.faces import Face

# White space that hangs at a line's end. The no-break spaces and the figure space are not in it.
HANGING = " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u205f\u3000"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text looks. ``size`` and ``rise`` are points; a rise lifts the baseline.

    Layout draws the rule below what is ``underlined``.
    """

    size: float
    bold: bool = False
    italic: bool = False
    ink: Ink = Ink.TEXT
    rise: float = 0.0
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class StyledSpan:
    """A piece of a paragraph in one style and language.

    ``leaf`` is the place in the structure tree that the text fills; None makes it an artifact.
    ``isolate`` keeps the piece apart in bidirectional text (UAX #9, FSI ... PDI), as a phone
    number or a drug name inside Arabic must be; no isolate character is added to the text.
    """

    text: str
    style: TextStyle
    language: str
    leaf: Leaf | None = None
    isolate: bool = False


@dataclass(frozen=True, slots=True)
class StyledText:
    """One paragraph. A line break that the writer asked for is U+2028 in a span's text.

    ``line_breaking`` holds the language's keys for ICU (``Language.line_breaking``).
    """

    spans: tuple[StyledSpan, ...]
    language: str
    right_to_left: bool = False
    line_breaking: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Glyph:
    """One glyph, in thousandths of the type size; a face has one object for each, equal to itself.

    ``text`` is what the glyph stands for: over all glyphs of a line, in logical order, the texts
    join to the line's source text exactly. In a cluster of several glyphs one bears the text and
    the others the empty string. ``dx`` and ``dy`` shift the glyph without moving the pen
    (GPOS offsets); ``advance`` is how far the pen moves on (kerning included), while the font's
    own width for the glyph is ``Face.width(gid)``.
    """

    gid: int
    text: str
    advance: float
    dx: float = 0.0
    dy: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Glyphs that were shaped together: a word and the space after it, or less.

    A face has one piece for all places where a text has the same glyphs. It is equal only to
    itself, so that a painter may keep what it made of a piece in a dictionary. ``glyphs``
    stand in logical order. ``advance`` is their sum and ``hang`` the part of it that is white
    space at the end, in thousandths of the type size.
    """

    text: str
    glyphs: tuple[Glyph, ...]
    advance: float
    hang: float = 0.0


@dataclass(frozen=True, slots=True)
class GlyphRun:
    """Glyphs of one face, style, leaf and direction on one line.

    ``pieces`` and the glyphs in them stand in logical (reading) order, also when
    ``right_to_left``; they are never empty. ``x`` is the left edge of the run from the left edge
    of its line, ``width`` what it takes (with white space that hangs), both in points. In a
    right-to-left run the first glyph is the rightmost one: the pen moves left by a glyph's
    advance, then draws it at (dx, dy) from there.
    """

    face: Face
    style: TextStyle
    leaf: Leaf | None
    right_to_left: bool
    pieces: tuple[Piece, ...]
    x: float
    width: float

    @property
    def glyphs(self) -> tuple[Glyph, ...]:
        return tuple(glyph for piece in self.pieces for glyph in piece.glyphs)

    @property
    def text(self) -> str:
        return "".join([piece.text for piece in self.pieces])


@dataclass(frozen=True, slots=True)
class Line:
    """One line: runs in logical order, placed visually by their ``x``.

    ``width`` leaves out the white space at the line's end, which is kept in the runs (so that the
    text reads back whole) but hangs outside. ``ascent`` and ``descent`` (positive) are those of
    the largest style on the line, in points.
    """

    runs: tuple[GlyphRun, ...]
    width: float
    ascent: float
    descent: float

    def filling(self, leaf: Leaf | None) -> Line:
        """The same line as the content of a leaf; as an artifact for None."""
        runs = [
            GlyphRun(run.face, run.style, leaf, run.right_to_left, run.pieces, run.x, run.width)
            for run in self.runs
        ]
        return Line(tuple(runs), self.width, self.ascent, self.descent)
