"""Pieces of text as PDF shows them (ISO 32000-1, 9.4.3).

A fragment is the inside of a TJ array from within one string to within another, so that the
fragments of a run are joined as they are. Kerning and GPOS offsets move the pen and never change a
width. A cluster of several glyphs, and a glyph that is raised or lowered, is shown as one glyph.

A right-to-left run is shown as what reads PDF expects of one: from left to right, marked as
ReversedChars (14.8.2.3.3). What stands for several characters becomes as many glyphs, one of which
shows it all, so that each character can stand in reversed order and none on top of another. In a
line that mixes directions the spaces at such a run's ends are shown by themselves, before and
after it, so that the order of painting is that of reading: MuPDF would see no space otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from handouts.pdf.composites import Composite
from handouts.pdf.fonts import EmbeddedFont, Fonts
from handouts.pdf.objects import escaped, number
from handouts.text.fonts import Face
from handouts.text.glyphs import HANGING, Glyph, GlyphRun, Piece

# Moves of less than this, in thousandths of the type size, are rounding.
_LEAST_MOVE = 0.05

# A gap or an overlap of this many thousandths makes some readers end a word.
_GAP = 80

# A narrower gap between words is no space to some readers. Nastaliq's is; the letter before it, in
# whose room nothing has to stand, gives up some, so these two stay together.
_LEAST_SPACE = 160

# Fragments kept for a face over all documents; a handout has some 500 different ones.
_MOST_KEPT = 50_000


class Fragment(NamedTuple):
    """A piece, painted from its left edge to its right one, in thousandths of the type size.

    ``before`` is how far the pen steps back from the left edge, ``after`` how far it stands behind
    the right one. ``code_points`` are the CIDs in it that are characters; if there are others, it
    is not general, but good in one document only.
    """

    before: float
    shown: bytes
    after: float
    code_points: frozenset[int]
    is_general: bool


class Letter(NamedTuple):
    """A plain glyph that stands for a character: its CID, as bytes of a string too, and width."""

    code_point: int
    shown: bytes
    width: float


class Shown(NamedTuple):
    """Operators that want the pen at ``start`` and leave it at ``end``, if that is known."""

    operators: bytes
    start: float
    end: float | None


Fragments = dict[Piece, Fragment]
Letters = dict[Glyph, Letter | None]  # None for glyphs that are none

# Glyphs with their texts and places, from left to right.
Drawing = tuple[tuple[int | Composite, str, float], ...]


@cache
def _kept_fragments(face: Face) -> dict[tuple[float, bool], Fragments]:
    """Fragments that hold in every document, by type size and direction."""
    return {}


@cache
def _kept_letters(face: Face) -> Letters:
    """The same letters in every document and size."""
    return {}


@cache
def _kept_drawings(face: Face) -> dict[bool, dict[Piece, Drawing]]:
    """What pieces are drawn with, by direction: the same in every document and size."""
    return {}


def forget() -> None:
    """Let go of what is kept for all documents, as of the pieces that it is kept for."""
    for kept in (_kept_fragments, _kept_letters, _kept_drawings):
        kept.cache_clear()


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
        self._letters = _kept_letters(font.face)
        if len(self._letters) > _MOST_KEPT:
            self._letters.clear()
        drawings = _kept_drawings(font.face)
        if sum(map(len, drawings.values())) > _MOST_KEPT:
            drawings.clear()
        self._drawings = drawings.setdefault(right_to_left, {})

    def show(
        self, run: GlyphRun, x: float, starts_apart: bool = False, ends_apart: bool = False
    ) -> list[Shown]:
        """Show a run whose left edge is at ``x``.

        ``starts_apart`` and ``ends_apart`` part white space from the rest of a right-to-left run.
        """
        pieces = run.pieces
        if not self._right_to_left:
            return [self._show(self._all_fragments(pieces), x, run.width)]
        left, right = x, x + run.width
        before, after = [], []
        if starts_apart and pieces[0].hang == pieces[0].advance >= _LEAST_SPACE:
            room = pieces[0].advance * self._size / 1000
            right -= room
            before.append(self._show(self._all_fragments(pieces[:1]), right, room))
            pieces = pieces[1:]
        fragments: list[Fragment] = []
        if ends_apart and pieces and pieces[-1].hang >= _LEAST_SPACE:
            room = pieces[-1].hang * self._size / 1000
            fragments, space = self._parted(pieces[-1])
            after.append(self._show([space], left, room))
            left += room
            pieces = pieces[:-1]
        fragments += self._all_fragments(pieces[::-1])
        if not fragments:
            return before + after
        operators, start, end = self._show(fragments, left, right - left)
        reversed_ones = Shown(b"/ReversedChars BMC\n%s\nEMC" % operators, start, end)
        return [*before, reversed_ones, *after]

    def _all_fragments(self, pieces: Sequence[Piece]) -> list[Fragment]:
        kept = self._kept
        return [kept.get(piece) or self._fragment(piece) for piece in pieces]

    def _fragment(self, piece: Piece) -> Fragment:
        """The fragment of a piece that none is kept of for every document."""
        fragment = self._fragments.get(piece)
        if fragment is None:
            fragment = (not self._right_to_left and self._spelled(piece)) or self._paint(
                self._drawing(piece), 0, piece.advance
            )
            fragments = self._kept if fragment.is_general else self._fragments
            fragments[piece] = fragment
        return fragment

    def _show(self, fragments: Iterable[Fragment], x: float, width: float) -> Shown:
        """Show what stands from left to right."""
        used = self._font.used
        shown = [b"[("]
        back = 0.0
        for before, text, after, code_points, _ in fragments:
            back += before
            if not -_LEAST_MOVE < back < _LEAST_MOVE:
                shown.append(b")%g(" % round(back, 1))
            shown.append(text)
            used.add(code_points)
            back = after
        shown.append(b")]TJ")
        return Shown(b"".join(shown), x, x + width if abs(back) < _LEAST_MOVE else None)

    def _parted(self, piece: Piece) -> tuple[list[Fragment], Fragment]:
        """A right-to-left piece without its white space, if anything is left, and that space."""
        drawing = self._drawing(piece)
        spaces = sum(place < piece.hang for _, _, place in drawing)
        space = self._paint(drawing[:spaces], 0, piece.hang)
        if spaces == len(drawing):
            return [], space
        return [self._paint(drawing[spaces:], piece.hang, piece.advance)], space

    def _drawing(self, piece: Piece) -> Drawing:
        drawing = self._drawings.get(piece)
        if drawing is None:
            drawing = self._drawings[piece] = tuple(self._drawn(piece))
        return drawing

    def _paint(self, drawing: Drawing, start: float, end: float) -> Fragment:
        """A drawing as a fragment that reaches from ``start`` to ``end``."""
        codes = self._font.codes
        code_points: set[int] = set()
        is_general = True
        shown: list[bytes] = []
        before, pen = 0.0, start
        for glyph, text, x in drawing:
            back = pen - x
            if not shown:
                before = back
            elif abs(back) >= _LEAST_MOVE:
                shown.append(b")%g(" % round(back, 1))
            code = codes.code_point(glyph, text) if isinstance(glyph, int) else 0
            if code:
                code_points.add(code)
            else:
                code = self._font.pair(glyph, text)
                is_general = False
            shown.append(escaped(code.to_bytes(2)))
            pen = x + codes.width_of(glyph)
        return Fragment(before, b"".join(shown), pen - end, frozenset(code_points), is_general)

    def _spelled(self, piece: Piece) -> Fragment | None:
        """A piece of nothing but letters from left to right, as most words of most texts are.

        It is what ``_paint`` makes of its drawing, in a third of the time.
        """
        known = self._letters
        code_points: set[int] = set()
        shown: list[bytes] = []
        before = pen = place = 0.0
        for glyph in piece.glyphs:
            letter = known.get(glyph) or self._letter(glyph)
            if letter is None:
                return None
            x = place + glyph.dx
            back = pen - x
            if not shown:
                before = back
            elif abs(back) >= _LEAST_MOVE:
                shown.append(b")%g(" % round(back, 1))
            shown.append(letter.shown)
            code_points.add(letter.code_point)
            pen = x + letter.width
            place += glyph.advance
        return Fragment(before, b"".join(shown), pen - piece.advance, frozenset(code_points), True)

    def _letter(self, glyph: Glyph) -> Letter | None:
        if glyph in self._letters:
            return None
        codes = self._font.codes
        letter = None
        if glyph.advance and self._is_plain([glyph]):
            code = codes.code_point(glyph.gid, glyph.text)
            if code:
                letter = Letter(code, escaped(code.to_bytes(2)), codes.width(glyph.gid))
        self._letters[glyph] = letter
        return letter

    def _drawn(self, piece: Piece) -> Iterator[tuple[int | Composite, str, float]]:
        """What is shown from left to right: glyphs with their texts and places."""
        if not self._right_to_left:
            place = 0.0
            for cluster in _clusters(piece.glyphs):
                text = "".join([glyph.text for glyph in cluster])
                if self._is_plain(cluster):
                    yield cluster[0].gid, text, place + cluster[0].dx
                else:
                    yield self._as_one(cluster), text, place
                place += sum([glyph.advance for glyph in cluster])
            return
        scale = self._font.face.scale
        lack = max(0.0, _LEAST_SPACE - piece.hang) if piece.hang else 0.0
        place = 0.0
        for cluster in reversed(_clusters(piece.glyphs)):
            text = "".join([glyph.text for glyph in cluster])
            lacks = lack > 0 and place >= piece.hang
            if len(text) == 1 and self._is_plain(cluster) and not lacks:
                yield cluster[0].gid, text, place + cluster[0].dx
            else:
                whole = self._as_one(cluster)
                start = place
                if lacks:
                    whole, start = whole.without(round(lack / scale)), place + lack
                    lack = 0.0
                yield from self._divided(whole, text, start)
            place += sum([glyph.advance for glyph in cluster])

    def _is_plain(self, cluster: Sequence[Glyph]) -> bool:
        """Whether it is one glyph on the baseline, of about the width that the font gives it."""
        first = cluster[0]
        if len(cluster) > 1 or first.dy:
            return False
        change = first.advance - self._font.codes.width(first.gid)
        return -_GAP < change < _GAP or first.text in HANGING

    def _as_one(self, cluster: Sequence[Glyph]) -> Composite:
        """The cluster as one glyph that takes the same room."""
        scale = self._font.face.scale
        parts = []
        place = 0.0
        for glyph in cluster[::-1] if self._right_to_left else cluster:
            parts.append((glyph.gid, round((place + glyph.dx) / scale), round(glyph.dy / scale)))
            place += glyph.advance
        return Composite(tuple(parts), max(0, round(place / scale)))

    def _divided(
        self, whole: Composite, text: str, place: float
    ) -> Iterator[tuple[Composite, str, float]]:
        """A glyph for each character, of equal width; the first character's shows all of it."""
        share = whole.width // len(text)
        room = share * self._font.face.scale
        for character in reversed(text[1:]):
            yield Composite((), share), character, place
            place += room
        yield whole.without(share * (len(text) - 1)), text[0], place


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


def _clusters(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs with those that bear no text of their own or stand on no room of their own."""
    clusters: list[list[Glyph]] = []
    has_text = True
    for glyph in glyphs:
        if not clusters or (has_text and glyph.text and glyph.advance):
            clusters.append([])
            has_text = False
        clusters[-1].append(glyph)
        has_text = has_text or bool(glyph.text)
    return clusters
