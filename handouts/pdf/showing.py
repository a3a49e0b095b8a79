"""Pieces of text as PDF shows them (ISO 32000-1, 9.4.3).

A fragment is the inside of a TJ array from within one string to within another, so that the
fragments of a run are joined as they are. Kerning and GPOS offsets move the pen and never change a
width. A cluster of several glyphs is a Span with its ActualText (14.9.4).

A right-to-left run is shown as what reads PDF expects of one: from left to right, marked as
ReversedChars (14.8.2.3.3). That says that each string stands reversed while the strings follow one
another in reading order. A mark that is raised or lowered needs a string of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from handouts.pdf.fonts import EmbeddedFont, Fonts
from handouts.pdf.objects import escaped, number, text_string
from handouts.text.fonts import Face
from handouts.text.glyphs import Glyph, GlyphRun, Piece

# Moves of less than this, in thousandths of the type size, are rounding.
_LEAST_MOVE = 0.05

# Fragments kept for a face over all documents; a handout has some 500 different ones.
_MOST_KEPT = 50_000

_NEXT_STRING = b")]TJ\n[("

# A parenthesis inside a string has a backslash before it; one that opens a string never has.
_EMPTY_SHOW = re.compile(rb"\[\(\)\]TJ\n?")
_EMPTY_STRING = re.compile(rb"(?<!\\)\(\)")


class Fragment(NamedTuple):
    """A piece, painted from one of its edges to the other, in thousandths of the type size.

    ``before`` is how far the pen steps back from the first edge, ``after`` how far it stands behind
    the other. A fragment ``is_backward`` that goes from the right to the left, string by string.
    ``code_points`` is None when the fragment is good in one document only.
    """

    before: float
    shown: bytes
    after: float
    is_backward: bool
    code_points: frozenset[int] | None


class Shown(NamedTuple):
    """Operators that want the pen at ``start`` and leave it at ``end``, if that is known."""

    operators: bytes
    start: float
    end: float | None


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

    def show(self, run: GlyphRun, x: float) -> Shown:
        """Show a run whose left edge is at ``x``."""
        if self._right_to_left:
            return self._show_reversed(run, x)
        shown = [b"[("]
        back = 0.0
        fragments = self._fragments
        for piece in run.pieces:
            before, text, after, _, _ = fragments.get(piece) or self._fragment(piece)
            back += before
            if not -_LEAST_MOVE < back < _LEAST_MOVE:
                shown.append(b")%g(" % round(back, 1))
            shown.append(text)
            back = after
        shown.append(b")]TJ")
        return Shown(_joined(shown), x, x + run.width if abs(back) < _LEAST_MOVE else None)

    def _show_reversed(self, run: GlyphRun, x: float) -> Shown:
        """Show pieces that go forward by whole groups, reversed; the others one by one."""
        shown = [b"/ReversedChars BMC\n[("]
        pairs = [
            (piece, self._fragments.get(piece) or self._fragment(piece)) for piece in run.pieces
        ]
        edge = 0.0  # what has been shown so far ends here, to the left of the run's right edge
        start = pen = None
        for is_backward, group in groupby(pairs, key=lambda pair: pair[1].is_backward):
            members = list(group)
            left = edge - sum([piece.advance for piece, _ in members])
            edge, place = left, edge if is_backward else left
            for piece, fragment in members if is_backward else reversed(members):
                if pen is None:
                    start = pen = place - fragment.before
                back = pen - place + fragment.before
                if not -_LEAST_MOVE < back < _LEAST_MOVE:
                    shown.append(b")%g(" % round(back, 1))
                shown.append(fragment.shown)
                place += -piece.advance if is_backward else piece.advance
                pen = place + fragment.after
                if is_backward:
                    shown.append(_NEXT_STRING)
            shown.append(_NEXT_STRING)
        shown.append(b")]TJ\nEMC")
        at = x + run.width + (start or 0) * self._size / 1000
        return Shown(_joined(shown), at, None)

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
        segments = list(_segments(piece.glyphs, self._right_to_left))
        is_backward = self._right_to_left and len(segments) > 1
        code_points: set[int] = set()
        is_general = True
        shown: list[bytes] = []
        before = pen = raised = 0.0
        for glyphs, is_span in segments:
            if is_backward and shown:
                shown.append(_NEXT_STRING)
            if is_span:
                text = text_string("".join([glyph.text for _, glyph in glyphs]))
                shown.append(b")]TJ\n/Span<</ActualText%s>>BDC\n[(" % text)
            for x, glyph in glyphs:
                back = pen - x
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
                pen = x + width_of(glyph.gid)
            if is_span:
                shown.append(b")]TJ\nEMC\n[(")
        if raised:
            shown.append(self._raise(0.0))
        if not is_general:
            self._font.code_points |= code_points
        return Fragment(
            before,
            b"".join(shown),
            pen + (piece.advance if is_backward else -piece.advance),
            is_backward,
            frozenset(code_points) if is_general else None,
        )

    def _raise(self, thousandths: float) -> bytes:
        return b")]TJ\n%s Ts\n[(" % number(thousandths * self._size / 1000)


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


Placed = tuple[float, Glyph]


def _segments(glyphs: Sequence[Glyph], right_to_left: bool) -> Iterator[tuple[list[Placed], bool]]:
    """Glyphs with their places, in the order in which they are shown, and which are a Span.

    Places count from the left edge of a piece that is one segment, and otherwise from the edge at
    which the piece begins to be read.
    """
    clusters = _clusters(_placed(glyphs, right_to_left))
    spans = [len(cluster) > 1 or not cluster[0][1].text for cluster in clusters]
    if not right_to_left:
        yield from zip(clusters, spans, strict=True)
        return
    segments: list[tuple[list[Placed], bool]] = []
    is_open = False
    for cluster, is_span in zip(clusters, spans, strict=True):
        stands_alone = is_span or cluster[0][1].dy != 0
        if is_open and not stands_alone:
            segments[-1][0].insert(0, cluster[0])
        else:
            segments.append((cluster, is_span))
        is_open = not stands_alone
    if len(segments) == 1:
        width = sum([glyph.advance for glyph in glyphs])
        segments = [([(x + width, glyph) for x, glyph in members], s) for members, s in segments]
    yield from segments


def _placed(glyphs: Sequence[Glyph], right_to_left: bool) -> list[Placed]:
    """Glyphs in logical order with their places from the edge at which they begin."""
    placed: list[Placed] = []
    place = 0.0
    for glyph in glyphs:
        if right_to_left:
            place -= glyph.advance
        placed.append((place + glyph.dx, glyph))
        if not right_to_left:
            place += glyph.advance
    return placed


def _clusters(glyphs: list[Placed]) -> list[list[Placed]]:
    """Glyphs with those that bear no text of their own and help to draw them."""
    clusters: list[list[Placed]] = []
    has_text = True
    for place, glyph in glyphs:
        if has_text and (glyph.text or not clusters):
            clusters.append([])
            has_text = False
        clusters[-1].append((place, glyph))
        has_text = has_text or bool(glyph.text)
    return clusters


def _joined(shown: list[bytes]) -> bytes:
    """The operators without empty strings, for which some readers forget the moves beside them."""
    operators = b"".join(shown)
    if b"()" not in operators:
        return operators
    return _EMPTY_STRING.sub(b"", _EMPTY_SHOW.sub(b"", operators))
