"""Shaped paragraphs, and the lines that are cut from them.

A line's runs are put in visual order by the rules L1 and L2 of UAX #9.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.text.bidi import visual_order
from handouts.text.glyphs import GlyphRun, Line, Piece
from handouts.text.itemizing import Item
from handouts.text.optimum_fit import TooWideError, fit
from handouts.text.shaping import HANGING, piece_of, shape

_Part = tuple[Item, Sequence[Piece]]


@dataclass(frozen=True, slots=True)
class Cut:
    """A place where breaking the line changes glyphs.

    The glyphs that were shaped together are the pieces from ``first`` to before ``last``, the
    text of which begins at ``start``. At the two sides of the break the text gets wider by
    ``before`` and ``after``, in thousandths of the type size.
    """

    first: int
    last: int
    start: int
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class ShapedParagraph:
    """A paragraph in glyphs, not yet broken.

    ``bounds`` counts the pieces up to the end of each item. A line may end where ``breaks``
    counts the pieces before it, and must at the breaks whose indexes are in ``forced``.
    ``starts`` and ``ends`` are, for each break, where along the paragraph a line that begins or
    ends there has its edge, in points; white space at a line's end lies outside. ``cuts`` are by
    the count of pieces before them.
    """

    right_to_left: bool
    text: str
    items: Sequence[Item]
    bounds: Sequence[int]
    pieces: Sequence[Piece]
    breaks: Sequence[int]
    forced: Sequence[int]
    starts: Sequence[float]
    ends: Sequence[float]
    cuts: Mapping[int, Cut]

    @classmethod
    def of(
        cls,
        right_to_left: bool,
        text: str,
        items: Sequence[Item],
        bounds: Sequence[int],
        pieces: Sequence[Piece],
        breaks: Sequence[int],
        forced: Sequence[int],
        cuts: Mapping[int, Cut],
    ) -> ShapedParagraph:
        """The paragraph with its edges measured."""
        starts, ends = _edges(items, bounds, pieces, breaks, cuts)
        return cls(right_to_left, text, items, bounds, pieces, breaks, forced, starts, ends, cuts)

    @property
    def natural_width(self) -> float:
        """The width that the text takes when only forced breaks end its lines."""
        firsts = (0, *self.forced)
        widths = [
            self.ends[last] - self.starts[first]
            for first, last in zip(firsts, self.forced, strict=False)
        ]
        return max(widths, default=0.0)

    @property
    def minimum_width(self) -> float:
        """The width of the widest part that no line may break."""
        widths = [end - start for start, end in zip(self.starts, self.ends[1:], strict=False)]
        return max(widths, default=0.0)

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines when none may be wider than ``width`` points.

        Raises:
            LayoutError: a word is wider than that.
        """
        lines: list[Line] = []
        first = 0
        for last in self.forced:
            try:
                ends = fit(self.starts, self.ends, first, last, width)
            except TooWideError as error:
                raise self._too_wide(error) from error
            for end in ends:
                lines.append(self._line(first, end))
                first = end
        return tuple(lines)

    def _too_wide(self, error: TooWideError) -> LayoutError:
        first, last = self.breaks[error.segment], self.breaks[error.segment + 1]
        word = "".join([piece.text for piece in self.pieces[first:last]]).strip(HANGING)
        return LayoutError(
            Diagnostic(
                f'the word "{word}" is {error.excess:.1f} points wider than its line',
                hint="use a shorter word, or give the text more room",
            )
        )

    def _line(self, first: int, last: int) -> Line:
        """The line from one break to another."""
        parts = self._parts(self.breaks[first], self.breaks[last])
        base = int(self.right_to_left)
        hang = self.starts[last] - self.ends[last]
        if len(parts) == 1 and parts[0][0].level == base and not self.cuts:
            item, pieces = parts[0]
            width = self.ends[last] - self.starts[first]
            run = GlyphRun(
                item.face,
                item.style,
                item.leaf,
                self.right_to_left,
                tuple(pieces),
                -hang if base else 0.0,
                width + hang,
            )
            return Line((run,), width, item.ascent, item.descent)
        levels = [item.level for item, _ in parts]
        if levels.count(base) == len(levels):
            order: Sequence[int] = range(len(parts))
            if base:
                order = order[::-1]
        else:
            parts, levels = _with_white_space_at_the_end(parts, base)
            order = visual_order(levels)
        widths = [
            sum([piece.advance for piece in pieces]) * item.style.size / 1000
            for item, pieces in parts
        ]
        if self.cuts:
            hang = _hang(parts)
        places = [0.0] * len(parts)
        x = -hang if base else 0.0
        for index in order:
            places[index] = x
            x += widths[index]
        runs = [
            GlyphRun(item.face, item.style, item.leaf, level % 2 == 1, tuple(pieces), place, width)
            for (item, pieces), level, place, width in zip(
                parts, levels, places, widths, strict=True
            )
        ]
        size = max([item.style.size for item, _ in parts])
        largest = [item for item, _ in parts if item.style.size == size]
        ascent = max([item.ascent for item in largest])
        descent = max([item.descent for item in largest])
        return Line(tuple(runs), x if base else x - hang, ascent, descent)

    def _parts(self, first: int, last: int) -> list[_Part]:
        """The line's pieces by item, shaped again where the line cuts what hangs together."""
        parts: list[_Part] = []
        index = bisect_right(self.bounds, first)
        start = first
        while start < last:
            end = min(self.bounds[index], last)
            pieces = self.pieces[start:end]
            if self.cuts:
                pieces = self._recut(self.items[index], start, end, first, last)
            parts.append((self.items[index], pieces))
            start = end
            index += 1
        return parts

    def _recut(self, item: Item, start: int, end: int, first: int, last: int) -> list[Piece]:
        """The pieces from ``start`` to ``end``, on a line from ``first`` to ``last``."""
        pieces: list[Piece] = []
        for cut in dict.fromkeys((self.cuts.get(first), self.cuts.get(last))):
            if cut is None or not start <= max(cut.first, first) < end:
                continue
            begin, stop = max(cut.first, first), min(cut.last, last)
            pieces.extend(self.pieces[start:begin])
            offset = cut.start + _length(self.pieces[cut.first : begin])
            offset_after = offset + _length(self.pieces[begin:stop])
            shaping = shape(
                self.text,
                offset,
                offset_after,
                item.face,
                item.script,
                item.language,
                item.is_right_to_left,
            )
            pieces.append(shaping.piece(offset, offset_after))
            start = stop
        return [*pieces, *self.pieces[start:end]]


def _length(pieces: Sequence[Piece]) -> int:
    return sum([len(piece.text) for piece in pieces])


def _edges(
    items: Sequence[Item],
    bounds: Sequence[int],
    pieces: Sequence[Piece],
    breaks: Sequence[int],
    cuts: Mapping[int, Cut],
) -> tuple[list[float], list[float]]:
    """Where lines that start and end at each break have their edges."""
    scales: list[float] = []
    for item, bound in zip(items, bounds, strict=True):
        scales += [item.style.size / 1000] * (bound - len(scales))
    reach = [0.0]
    reach += accumulate(
        [piece.advance * scale for piece, scale in zip(pieces, scales, strict=True)]
    )
    starts = [reach[count] for count in breaks]
    ends = [0.0]
    for count in breaks[1:]:
        piece = pieces[count - 1]
        end = reach[count] - piece.hang * scales[count - 1]
        while piece.hang and piece.hang == piece.advance and count > 1:
            count -= 1
            piece = pieces[count - 1]
            end -= piece.hang * scales[count - 1]
        ends.append(end)
    if cuts:
        for index, count in enumerate(breaks):
            if count in cuts:
                ends[index] += cuts[count].before * scales[count - 1]
                starts[index] -= cuts[count].after * scales[count]
        # Widths may only be overrated, and both must rise for the breaker.
        ends = list(accumulate(ends, max))
        starts = list(accumulate(reversed(starts), min))[::-1]
    return starts, ends


def _hang(parts: Sequence[_Part]) -> float:
    """The white space at the line's end, in points."""
    hang = 0.0
    for item, pieces in reversed(parts):
        for piece in reversed(pieces):
            hang += piece.hang * item.style.size / 1000
            if piece.hang != piece.advance:
                return hang
    return hang


def _with_white_space_at_the_end(
    parts: Sequence[_Part], base: int
) -> tuple[list[_Part], list[int]]:
    """The parts with the white space at their end apart, and the level of each (L1)."""
    kept: list[_Part] = []
    ending: list[_Part] = []
    for number in range(len(parts) - 1, -1, -1):
        item, pieces = parts[number]
        if item.level == base:
            kept = list(parts[: number + 1])
            break
        words, spaces = list(pieces), list[Piece]()
        while words and words[-1].hang and words[-1].hang == words[-1].advance:
            spaces.insert(0, words.pop())
        if words and words[-1].hang:
            word, space = _parted(words.pop())
            words.append(word)
            spaces.insert(0, space)
        if spaces:
            ending.insert(0, (item, spaces))
        if words:
            kept = [*parts[:number], (item, words)]
            break
    levels = [item.level for item, _ in kept] + [base for _ in ending]
    return [*kept, *ending], levels


def _parted(whole: Piece) -> tuple[Piece, Piece]:
    """A piece without the white space at its end, and that."""
    text = whole.text.rstrip(HANGING)
    count = len(whole.glyphs)
    borne = 0
    while borne < len(whole.text) - len(text):
        count -= 1
        borne += len(whole.glyphs[count].text)
    return (
        piece_of(text, whole.glyphs[:count]),
        piece_of(whole.text[len(text) :], whole.glyphs[count:]),
    )
