"""Segments: a shaped paragraph cut at every place where a line may break."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.text.glyphs import Glyph, Line, Piece
from handouts.text.itemizing import Item
from handouts.text.line_breaking import LINE_SEPARATOR
from handouts.text.lines import Part, line_of
from handouts.text.optimum_fit import TooWideError, fit
from handouts.text.shaping import HANGING, Shaping, is_white, piece_of, shape_item

LONGEST_SHOWN = 40  # characters of a word in a message

# An item with its words, or with its glyphs if it was shaped whole.
ShapedItem = tuple[Item, list[Piece] | Shaping]


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
                ends = fit(self.starts, self.ends, first, last, width)
            except TooWideError as error:
                raise self._too_wide(error) from error
            for end in ends:
                parts = self._parts(self.breaks[first], self.breaks[end])
                lines.append(line_of(parts, self.right_to_left))
                first = end
        return tuple(lines)

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
            pieces.append(shape_item(self.text, item, at, until).piece(at, until))
            start = stop
        return [*pieces, *self.pieces[start:end]]


def segment(
    source: str,
    text: str,
    right_to_left: bool,
    shaped: Sequence[ShapedItem],
    opportunities: Sequence[int] | None,
) -> Segments:
    """The paragraph cut at the opportunities (None: behind every space).

    ``text`` is the ``source`` with spaces for its line separators, which force a break.
    """
    items = [item for item, _ in shaped]
    if opportunities is None:
        opportunities = [offset for offset, sign in enumerate(text, 1) if sign == " "]
        if text[-1] != " ":
            opportunities.append(len(text))
    pieces, ends, bounds, cuts = _cut_pieces(text, shaped, opportunities)
    allowed = set(opportunities)
    breaks = [0, *[count for count, offset in enumerate(ends, 1) if offset in allowed]]
    forced = [len(breaks) - 1]
    if text is not source:
        forced = [
            index
            for index, count in enumerate(breaks)
            if count and (source[ends[count - 1] - 1] == LINE_SEPARATOR or count == len(pieces))
        ]
    edges = _edges(items, bounds, pieces, breaks, cuts)
    return Segments(text, right_to_left, items, bounds, pieces, breaks, forced, *edges, cuts)


def _cut_pieces(
    text: str, shaped: Sequence[ShapedItem], opportunities: Sequence[int]
) -> tuple[list[Piece], list[int], list[int], dict[int, Cut]]:
    """Pieces that end at every opportunity, where they end, those in each item, and the cuts."""
    pieces: list[Piece] = []
    ends: list[int] = []
    bounds: list[int] = []
    cuts: dict[int, Cut] = {}
    for item, words in shaped:
        if isinstance(words, Shaping):
            inside = _between(opportunities, item.start, item.end)
            _cut(text, item, words, item.start, inside, pieces, ends, cuts)
        else:
            offsets = list(accumulate([len(word.text) for word in words], initial=item.start))
            inside = _between(opportunities, item.start, item.end)
            if set(offsets).issuperset(inside):
                pieces += words
                ends += offsets[1:]
            else:
                for word, start, end in zip(words, offsets, offsets[1:], strict=False):
                    _cut_word(text, item, word, start, end, inside, pieces, ends, cuts)
        bounds.append(len(pieces))
    return pieces, ends, bounds, cuts


def _cut_word(
    text: str,
    item: Item,
    word: Piece,
    start: int,
    end: int,
    opportunities: Sequence[int],
    pieces: list[Piece],
    ends: list[int],
    cuts: dict[int, Cut],
) -> None:
    inside = _between(opportunities, start, end)
    if not inside:
        pieces.append(word)
        ends.append(end)
        return
    shaping = shape_item(text, item, start, end)
    _cut(text, item, shaping, start, inside, pieces, ends, cuts)
    # The space at its end is as wide as the next word wants it.
    pieces[-1] = _with_last_glyph(pieces[-1], word.glyphs[-1])


def _cut(
    text: str,
    item: Item,
    shaping: Shaping,
    start: int,
    opportunities: Sequence[int],
    pieces: list[Piece],
    ends: list[int],
    cuts: dict[int, Cut],
) -> None:
    """Cut what was shaped together where lines may break inside.

    An opportunity inside a cluster is not used, nor one that changes the same glyphs as the
    opportunity before it, since the two could not be judged apart.
    """
    first, unsafe = len(pieces), []
    last_cut = start
    for offset in opportunities:
        if not shaping.has_cluster_at(offset):
            continue
        if not shaping.is_safe_at(offset):
            low, high = shaping.safe_around(offset)
            if low < last_cut:
                continue
            before = shape_item(text, item, low, offset).advance(low, offset)
            after = shape_item(text, item, offset, high).advance(offset, high)
            before -= shaping.advance(low, offset)
            after -= shaping.advance(offset, high)
            unsafe.append((len(pieces) + 1, before, after))
        pieces.append(shaping.piece(last_cut, offset))
        ends.append(offset)
        last_cut = offset
    pieces.append(shaping.piece(last_cut, shaping.end))
    ends.append(shaping.end)
    for count, before, after in unsafe:
        cuts[count] = Cut(first, len(pieces), start, before, after)


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
        while count > 1 and is_white(piece):
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


def _with_last_glyph(piece: Piece, glyph: Glyph) -> Piece:
    if piece.glyphs[-1] == glyph:
        return piece
    return piece_of(piece.text, (*piece.glyphs[:-1], glyph))


def _between(offsets: Sequence[int], start: int, end: int) -> Sequence[int]:
    """The offsets behind ``start`` and before ``end``."""
    low = bisect_left(offsets, start + 1)
    return offsets[low : bisect_left(offsets, end, low)]


def _length(pieces: Sequence[Piece]) -> int:
    return sum([len(piece.text) for piece in pieces])
