"""Paragraphs: styled text shaped once, then broken into lines at any width.

Lines are ragged: nothing is justified, and no word is hyphenated.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.text.bidi import visual_order
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import GlyphRun, Line, Piece, StyledText
from handouts.text.itemizing import Item, itemize
from handouts.text.line_breaking import LINE_SEPARATOR, break_opportunities
from handouts.text.optimum_fit import TooWideError, fit
from handouts.text.shaping import HANGING, Cluster, piece_of, shape


@dataclass(frozen=True, slots=True)
class ShapedParagraph:
    """A paragraph in glyphs, not yet broken.

    ``text`` has a space for each U+2028. Pieces end at ``offsets``, in characters, and belong to
    ``items`` (one for each piece). A line may end behind the pieces counted by ``breaks``, and
    must where ``forced`` is among them. ``starts`` and ``ends`` are where a line that begins or
    ends at each break has its edges, in points along the whole paragraph; they allow for the
    glyphs that change when a line is broken at a place in ``unsafe`` (counts of pieces again).
    """

    text: str
    right_to_left: bool
    pieces: tuple[Piece, ...]
    offsets: tuple[int, ...]
    items: tuple[Item, ...]
    breaks: tuple[int, ...]
    forced: tuple[int, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]
    unsafe: frozenset[int]

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines when none may be wider than ``width`` points.

        Raises:
            LayoutError: a word is wider than that.
        """
        lines: list[Line] = []
        first = 0
        costs = [0.0] * len(self.breaks)
        for last in self.forced:
            try:
                ends = fit(self.starts, self.ends, first, last, width, costs)
            except TooWideError as error:
                word = self._text(error.segment, error.segment + 1).strip(HANGING)
                raise LayoutError(
                    Diagnostic(
                        f'the word "{word}" is {error.excess:.1f} points wider than its line',
                        hint="use a shorter word, or give the text more room",
                    )
                ) from error
            for end in ends:
                lines.append(self._line(first, end))
                first = end
        return tuple(lines)

    @property
    def natural_width(self) -> float:
        """The width that the text takes when only forced breaks end its lines."""
        return max(
            (
                self.ends[last] - self.starts[first]
                for first, last in zip((0, *self.forced), self.forced, strict=False)
            ),
            default=0.0,
        )

    @property
    def minimum_width(self) -> float:
        """The width of the widest part that no line may break."""
        return max(
            (end - start for start, end in zip(self.starts, self.ends[1:], strict=False)),
            default=0.0,
        )

    def _text(self, first: int, last: int) -> str:
        start, end = self._offset(self.breaks[first]), self._offset(self.breaks[last])
        return self.text[start:end]

    def _offset(self, count: int) -> int:
        return self.offsets[count - 1] if count else 0

    def _line(self, first: int, last: int) -> Line:
        """The line of the segments from ``first`` to before ``last``."""
        parts = self._parts(self.breaks[first], self.breaks[last])
        base = int(self.right_to_left)
        hang = _hang(parts)
        levels = [item.level for item, _ in parts]
        if any(level != base for level in levels):
            # L1: the white space at the line's end goes where the paragraph goes.
            parts, levels = _with_white_space_at_the_end(parts, base)
        order = visual_order(levels)
        widths = [
            sum([piece.advance for piece in pieces]) * item.style.size / 1000
            for item, pieces in parts
        ]
        places = [0.0] * len(parts)
        x = -hang if self.right_to_left else 0.0
        for index in order:
            places[index] = x
            x += widths[index]
        size = max(item.style.size for item, _ in parts)
        faces = [item.face for item, _ in parts if item.style.size == size]
        return Line(
            tuple(
                GlyphRun(
                    item.face, item.style, item.leaf, level % 2 == 1, tuple(pieces), place, wide
                )
                for (item, pieces), level, place, wide in zip(
                    parts, levels, places, widths, strict=True
                )
            ),
            x if self.right_to_left else x - hang,
            max(face.ascent for face in faces) * size / 1000,
            -min(face.descent for face in faces) * size / 1000,
        )

    def _parts(self, first: int, last: int) -> list[tuple[Item, list[Piece]]]:
        """The line's pieces by item, shaped again where the line cuts what hangs together."""
        parts: list[tuple[Item, list[Piece]]] = []
        for index in range(first, last):
            if parts and self.items[index] is parts[-1][0]:
                parts[-1][1].append(self.pieces[index])
            else:
                parts.append((self.items[index], [self.pieces[index]]))
        if first in self.unsafe or last in self.unsafe:
            start, end = self._offset(first), self._offset(last)
            for number in {0, len(parts) - 1}:
                item, pieces = parts[number]
                begin, stop = max(start, item.start), min(end, item.end)
                pieces[:] = [_piece(self.text, _shape(self.text, item, begin, stop), stop)]
        return parts


def set_paragraph(text: StyledText, width: float, library: FontLibrary) -> tuple[Line, ...]:
    """The lines of a paragraph, none wider than ``width`` points; none at all without text.

    A U+2028 ends its line and is a space in the glyphs' text, which otherwise joins to the
    paragraph's text exactly.

    Raises:
        LayoutError: a word is wider than the line.
        FontError: no family has one of the characters.
    """
    return shape_paragraph(text, library).lines(width)


def natural_width(text: StyledText, library: FontLibrary) -> float:
    """The width in points of the text on one line (its longest, if it has forced breaks)."""
    return shape_paragraph(text, library).natural_width


def minimum_width(text: StyledText, library: FontLibrary) -> float:
    """The width in points of the text's widest unbreakable part."""
    return shape_paragraph(text, library).minimum_width


def shape_paragraph(styled: StyledText, library: FontLibrary) -> ShapedParagraph:
    """The paragraph in glyphs, ready to be broken at any width."""
    source = "".join([span.text for span in styled.spans])
    text = source.replace(LINE_SEPARATOR, " ")
    items = itemize(styled, text, library)
    opportunities = break_opportunities(source, styled.language) if text else []
    unsafe: list[int] = []
    owners: list[Item] = []
    pieces: list[Piece] = []
    offsets: list[int] = []
    corrections: dict[int, tuple[float, float]] = {}
    for item in items:
        clusters = _shape(text, item, item.start, item.end)
        bounds = {cluster.start: index for index, cluster in enumerate(clusters)}
        begin = 0
        for offset in _between(opportunities, item.start, item.end):
            index = bounds.get(offset)
            if index is None:
                continue
            if not clusters[index].is_safe:
                correction = _correction(text, item, clusters, index, offsets)
                if correction is None:
                    continue
                corrections[offset] = correction
            pieces.append(_piece(text, clusters[begin:index], offset))
            owners.append(item)
            offsets.append(offset)
            begin = index
        pieces.append(_piece(text, clusters[begin:], item.end))
        owners.append(item)
        offsets.append(item.end)
    allowed = set(opportunities)
    breaks = [0]
    forced = []
    for index, offset in enumerate(offsets, 1):
        if offset in allowed:
            if offset in corrections:
                unsafe.append(index)
            breaks.append(index)
            if source[offset - 1] == LINE_SEPARATOR or offset == len(source):
                forced.append(len(breaks) - 1)
    starts, ends = _edges(pieces, owners, offsets, breaks, corrections)
    return ShapedParagraph(
        text,
        styled.right_to_left,
        tuple(pieces),
        tuple(offsets),
        tuple(owners),
        tuple(breaks),
        tuple(forced),
        starts,
        ends,
        frozenset(unsafe),
    )


def _edges(
    pieces: Sequence[Piece],
    items: Sequence[Item],
    offsets: Sequence[int],
    breaks: Sequence[int],
    corrections: dict[int, tuple[float, float]],
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Where lines that start and end at each break have their edges."""
    reach = list(
        accumulate(
            (
                piece.advance * item.style.size / 1000
                for piece, item in zip(pieces, items, strict=True)
            ),
            initial=0.0,
        )
    )
    starts, ends = [], []
    for count in breaks:
        start = end = reach[count]
        for index in range(count - 1, -1, -1):
            end -= pieces[index].hang * items[index].style.size / 1000
            if pieces[index].hang != pieces[index].advance:
                break
        if count and offsets[count - 1] in corrections:
            before, after = corrections[offsets[count - 1]]
            end += before
            start -= after
        starts.append(start)
        ends.append(end)
    if corrections:
        # Widths may only be overrated, and both must rise for the breaker.
        ends = list(accumulate(ends, max))
        starts = list(accumulate(reversed(starts), min))[::-1]
    return tuple(starts), tuple(ends)


def _correction(
    text: str, item: Item, clusters: Sequence[Cluster], index: int, offsets: Sequence[int]
) -> tuple[float, float] | None:
    """How much wider, in points, the text gets before and after a break that changes glyphs.

    None if the break before it lies in the same stretch of glyphs that change together, so that
    the two could not be judged apart.
    """
    low, high = index - 1, index + 1
    while low > 0 and not clusters[low].is_safe:
        low -= 1
    while high < len(clusters) and not clusters[high].is_safe:
        high += 1
    start, middle = clusters[low].start, clusters[index].start
    end = clusters[high].start if high < len(clusters) else item.end
    if offsets and offsets[-1] > start:
        return None
    scale = item.style.size / 1000
    return (
        (_advance(_shape(text, item, start, middle)) - _advance(clusters[low:index])) * scale,
        (_advance(_shape(text, item, middle, end)) - _advance(clusters[index:high])) * scale,
    )


def _shape(text: str, item: Item, start: int, end: int) -> list[Cluster]:
    return shape(text, start, end, item.face, item.script, item.language, item.is_right_to_left)


def _advance(clusters: Sequence[Cluster]) -> float:
    return sum([glyph.advance for cluster in clusters for glyph in cluster.glyphs])


def _piece(text: str, clusters: Sequence[Cluster], end: int) -> Piece:
    glyphs = tuple([glyph for cluster in clusters for glyph in cluster.glyphs])
    return piece_of(text[clusters[0].start : end], glyphs)


def _between(offsets: Sequence[int], start: int, end: int) -> Sequence[int]:
    """The offsets inside an item."""
    low = bisect_left(offsets, start + 1)
    return offsets[low : bisect_left(offsets, end, low)]


def _hang(parts: Sequence[tuple[Item, list[Piece]]]) -> float:
    """The white space at the line's end, in points."""
    hang = 0.0
    for item, pieces in reversed(parts):
        for piece in reversed(pieces):
            hang += piece.hang * item.style.size / 1000
            if piece.hang != piece.advance:
                return hang
    return hang


def _with_white_space_at_the_end(
    parts: list[tuple[Item, list[Piece]]], base: int
) -> tuple[list[tuple[Item, list[Piece]]], list[int]]:
    """The parts with the white space at their end apart, and the level of each (UAX #9, L1)."""
    kept: list[tuple[Item, list[Piece]]] = []
    ending: list[tuple[Item, list[Piece]]] = []
    for number in range(len(parts) - 1, -1, -1):
        item, pieces = parts[number]
        spaces: list[Piece] = []
        while pieces and pieces[-1].hang == pieces[-1].advance and pieces[-1].hang:
            spaces.insert(0, pieces.pop())
        if pieces and pieces[-1].hang:
            word, space = _cut(pieces.pop())
            pieces = [*pieces, word]
            spaces.insert(0, space)
        if spaces:
            ending.insert(0, (item, spaces))
        if pieces:
            kept = [*parts[:number], (item, pieces)]
            break
    return (
        [*kept, *ending],
        [*(item.level for item, _ in kept), *(base for _ in ending)],
    )


def _cut(whole: Piece) -> tuple[Piece, Piece]:
    """A piece without the white space at its end, and that."""
    text = whole.text.rstrip(HANGING)
    count = len(whole.glyphs)
    borne = 0
    while borne < len(whole.text) - len(text):
        count -= 1
        borne += len(whole.glyphs[count].text)
    return piece_of(text, whole.glyphs[:count]), piece_of(
        whole.text[len(text) :], whole.glyphs[count:]
    )
