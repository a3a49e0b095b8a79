"""Segments: a shaped paragraph with every place where a line may break, and its lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.text.glyphs import HANGING, Line, Piece
from handouts.text.itemizing import Item
from handouts.text.lines import Part, line_of
from handouts.text.optimum_fit import TooWideError, fit
from handouts.text.shaping import shape

LONGEST_SHOWN = 40  # characters of a word in a message


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
class Segments:
    """A paragraph that can be broken into lines.

    ``bounds`` counts the pieces up to the end of each item. A line may end where ``breaks``
    counts the pieces before it, and must at the breaks whose indexes are in ``forced``.
    ``starts`` and ``ends`` are, for each break, where along the paragraph a line that begins or
    ends there has its edge, in points; white space at a line's end lies outside. ``cuts`` are by
    the count of pieces before them.
    """

    text: str
    right_to_left: bool
    items: Sequence[Item]
    bounds: Sequence[int]
    pieces: Sequence[Piece]
    breaks: Sequence[int]
    forced: Sequence[int]
    starts: Sequence[float]
    ends: Sequence[float]
    cuts: Mapping[int, Cut]

    @property
    def natural_width(self) -> float:
        """The width that the text takes when only forced breaks end its lines."""
        firsts = (0, *self.forced)
        return max(
            [
                self.ends[last] - self.starts[first]
                for first, last in zip(firsts, self.forced, strict=False)
            ]
        )

    @property
    def minimum_width(self) -> float:
        """The width of the widest part that no line may break."""
        return max([end - start for start, end in zip(self.starts, self.ends[1:], strict=False)])

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines when none may be wider than ``width`` points.

        Raises:
            LayoutError: a word is wider than that.
        """
        lines: list[Line] = []
        first = 0
        for last in self.forced:
            try:
                ends = fit(self.starts, self.ends, first, last, width, self._weak())
            except TooWideError as error:
                raise self._too_wide(error) from error
            for end in ends:
                parts = self._parts(self.breaks[first], self.breaks[end])
                lines.append(line_of(parts, self.right_to_left))
                first = end
        return tuple(lines)

    def _weak(self) -> set[int]:
        """The breaks that would leave a word of one letter at the end of a line."""
        pieces = self.pieces
        return {
            index
            for index, count in enumerate(self.breaks)
            if count and len(pieces[count - 1].text) == 2 and pieces[count - 1].text[0].islower()
        }

    def _too_wide(self, error: TooWideError) -> LayoutError:
        first, last = self.breaks[error.segment], self.breaks[error.segment + 1]
        word = "".join([piece.text for piece in self.pieces[first:last]]).strip(HANGING)
        if len(word) > LONGEST_SHOWN:
            word = word[: LONGEST_SHOWN - 1] + "…"
        return LayoutError(
            Diagnostic(
                f'the word "{word}" is {error.excess:.1f} points wider than its line',
                hint="use a shorter word, or give the text more room",
            )
        )

    def _parts(self, first: int, last: int) -> list[Part]:
        """What a line from one count of pieces to another has of each item."""
        parts: list[Part] = []
        index = bisect_right(self.bounds, first)
        start = first
        while start < last:
            end = min(self.bounds[index], last)
            if self.cuts:
                pieces = self._recut(self.items[index], start, end, first, last)
            else:
                pieces = self.pieces[start:end]
            parts.append((self.items[index], pieces))
            start = end
            index += 1
        return parts

    def _recut(self, item: Item, start: int, end: int, first: int, last: int) -> Sequence[Piece]:
        """The item's pieces, shaped again where the line's ends part what hangs together."""
        pieces: list[Piece] = []
        for cut in dict.fromkeys((self.cuts.get(first), self.cuts.get(last))):
            if cut is None or not start <= max(cut.first, first) < end:
                continue
            begin, stop = max(cut.first, first), min(cut.last, last)
            pieces.extend(self.pieces[start:begin])
            at = cut.start + _length(self.pieces[cut.first : begin])
            until = at + _length(self.pieces[begin:stop])
            pieces.append(shape(self.text, at, until, item.manner).piece(at, until))
            start = stop
        return [*pieces, *self.pieces[start:end]]


def _length(pieces: Sequence[Piece]) -> int:
    return sum([len(piece.text) for piece in pieces])
