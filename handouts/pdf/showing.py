"""Pieces of text as PDF shows them (ISO 32000-1, 9.4.3).

A fragment is the inside of a TJ array from within one string to within another, so that the
fragments of a run are joined as they are. Kerning and GPOS offsets move the pen and never change a
width. A right-to-left piece is shown in logical order, its pen stepping left, because what reads a
PDF reads it in the order in which it is painted. A cluster of several glyphs is a Span with its
ActualText (14.9.4), one cluster at a time.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from handouts.pdf.fonts import EmbeddedFont, Fonts
from handouts.pdf.objects import escaped, number, text_string
from handouts.text.fonts import Face
from handouts.text.glyphs import Glyph, GlyphRun, Piece

# Moves of less than this, in thousandths of the type size, are rounding.
_LEAST_MOVE = 0.05

# Fragments kept for a face over all documents; a handout has some 500 different ones.
_MOST_KEPT = 50_000


class Fragment(NamedTuple):
    """A piece, painted.

    ``before`` and ``after`` are what the pen steps back at either end, in thousandths.
    ``code_points`` is None when the fragment is good in one document only.
    """

    before: float
    shown: bytes
    after: float
    code_points: frozenset[int] | None


Fragments = dict[Piece, Fragment]


@cache
def _kept_fragments(face: Face) -> dict[tuple[float, bool], Fragments]:
    """Fragments that hold in every document, by type size and direction."""
    return {}


class TextShower:
    """One face in one size and direction, as one document uses it.

    ``selection`` is the operator that makes them current.
    """

    def __init__(self, font: EmbeddedFont, size: float, right_to_left: bool) -> None:
        self.selection = b"%s %s Tf" % (font.resource, number(size))
        self._font = font
        self._size = size
        self._right_to_left = right_to_left
        self._fragments: Fragments = {}
        kept = _kept_fragments(font.face)
        if sum(map(len, kept.values())) > _MOST_KEPT:
            kept.clear()
        self._kept = kept.setdefault((size, right_to_left), {})

    def show(self, run: GlyphRun) -> tuple[bytes, bool]:
        """The operators that show a run, and whether they leave the pen at its end."""
        fragments = self._fragments
        shown = [b"[("]
        back = 0.0
        for piece in run.pieces:
            fragment = fragments.get(piece)
            if fragment is None:
                fragment = self._fragment(piece)
            back += fragment.before
            if not -_LEAST_MOVE < back < _LEAST_MOVE:
                shown.append(b")%g(" % round(back, 1))
            shown.append(fragment.shown)
            back = fragment.after
        shown.append(b")]TJ")
        # Only a parenthesis that delimits stands unescaped, so these cannot be text.
        operators = b"".join(shown).replace(b"[()]TJ", b"").replace(b"[()", b"[")
        return operators, abs(back) < _LEAST_MOVE

    def _fragment(self, piece: Piece) -> Fragment:
        fragment = self._kept.get(piece)
        if fragment is None:
            fragment = self._paint(piece)
            if fragment.code_points is not None:
                self._kept[piece] = fragment
        if fragment.code_points is not None:
            self._font.code_points |= fragment.code_points
        self._fragments[piece] = fragment
        return fragment

    def _paint(self, piece: Piece) -> Fragment:
        width_of = self._font.codes.width
        code_points: set[int] = set()
        is_general = True
        shown: list[bytes] = []
        before = 0.0
        pen = 0.0  # where PDF has its pen
        place = 0.0  # where the shaper has it
        raised = 0.0
        for cluster in _clusters(piece.glyphs):
            is_span = len(cluster) > 1 or not cluster[0].text
            if is_span:
                text = text_string("".join([glyph.text for glyph in cluster]))
                shown.append(b")]TJ/Span<</ActualText%s>>BDC[(" % text)
            for glyph in cluster:
                if self._right_to_left:
                    place -= glyph.advance
                back = pen - (place + glyph.dx)
                if not shown:
                    before = back
                elif abs(back) >= _LEAST_MOVE:
                    shown.append(b")%g(" % round(back, 1))
                if glyph.dy != raised:
                    raised = glyph.dy
                    shown.append(self._raise(raised))
                code = self._font.codes.code_point(glyph.gid, glyph.text)
                if code:
                    code_points.add(code)
                else:
                    code = self._font.pair(glyph.gid, glyph.text)
                    is_general = False
                shown.append(escaped(code.to_bytes(2)))
                pen = place + glyph.dx + width_of(glyph.gid)
                if not self._right_to_left:
                    place += glyph.advance
            if is_span:
                shown.append(b")]TJ EMC[(")
        if raised:
            shown.append(self._raise(0.0))
        if not is_general:
            self._font.code_points |= code_points
        return Fragment(
            before, b"".join(shown), pen - place, frozenset(code_points) if is_general else None
        )

    def _raise(self, thousandths: float) -> bytes:
        return b")]TJ %s Ts[(" % number(thousandths * self._size / 1000)


class TextShowers:
    """The showers of a document, by face, size and direction."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._showers: dict[tuple[Face, float, bool], TextShower] = {}

    def of(self, run: GlyphRun) -> TextShower:
        key = (run.face, run.style.size, run.right_to_left)
        shower = self._showers.get(key)
        if shower is None:
            shower = self._showers[key] = TextShower(
                self._fonts.of(run.face), run.style.size, run.right_to_left
            )
        return shower


def _clusters(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs with those that bear no text of their own and help to draw them."""
    clusters: list[list[Glyph]] = []
    has_text = True
    for glyph in glyphs:
        if has_text and (glyph.text or not clusters):
            clusters.append([])
            has_text = False
        clusters[-1].append(glyph)
        has_text = has_text or bool(glyph.text)
    return clusters
