"""Cutting: a shaped paragraph parted into pieces at every place where a line may break."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from handouts.text.glyphs import Piece
from handouts.text.itemizing import Item
from handouts.text.line_breaking import LINE_SEPARATOR
from handouts.text.segments import Cut, Segments
from handouts.text.shaping import Manner, Shaping, is_white, shape

# An item with its words, or with its glyphs if it was shaped whole.
ShapedItem = tuple[Item, list[Piece] | Shaping]


def segment(
    source: str,
    text: str,
    right_to_left: bool,
    shaped: Sequence[ShapedItem],
    opportunities: list[int] | None,
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
    if ends == opportunities:
        breaks: Sequence[int] = range(len(pieces) + 1)
    else:
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

    def add(parting: _Parting, start: int) -> None:
        first, last = len(pieces), len(pieces) + len(parting.pieces)
        for count, before, after in parting.unsafe:
            cuts[first + count] = Cut(first, last, start, before, after)
        pieces.extend(parting.pieces)
        ends.extend([start + end for end in parting.ends])

    for item, words in shaped:
        inside = _between(opportunities, item.start, item.end)
        if isinstance(words, Shaping):
            add(_part(words, item.start, inside), item.start)
        else:
            offsets = list(accumulate([len(word.text) for word in words], initial=item.start))
            if set(offsets).issuperset(inside):
                pieces += words
                ends += offsets[1:]
            else:
                for word, start, end in zip(words, offsets, offsets[1:], strict=False):
                    within = _between(inside, start, end)
                    if within:
                        relative = tuple([at - start for at in within])
                        add(_parted_word(word, item.manner, relative), start)
                    else:
                        pieces.append(word)
                        ends.append(end)
        bounds.append(len(pieces))
    return pieces, ends, bounds, cuts


class _Parting(NamedTuple):
    """What was shaped together, cut; where the pieces end, from its start.

    ``unsafe`` has, for each place where breaking the line changes glyphs, the count of pieces
    before it and how much wider the text gets there, before and after the break.
    """

    pieces: list[Piece]
    ends: list[int]
    unsafe: list[tuple[int, float, float]]


@lru_cache(maxsize=4096)
def _parted_word(word: Piece, manner: Manner, opportunities: tuple[int, ...]) -> _Parting:
    """A word cut at the opportunities within it."""
    shaping = shape(word.text, 0, len(word.text), manner)
    pieces, ends, unsafe = _part(shaping, 0, opportunities)
    # The space at its end is as wide as the next word wants it.
    last = manner.face.piece(pieces[-1].text, (*pieces[-1].glyphs[:-1], word.glyphs[-1]))
    return _Parting([*pieces[:-1], last], ends, unsafe)


def _part(shaping: Shaping, start: int, opportunities: Sequence[int]) -> _Parting:
    """Cut what was shaped together where lines may break inside.

    An opportunity inside a cluster is not used, nor one that changes the same glyphs as the
    opportunity before it, since the two could not be judged apart.
    """
    parting = _Parting([], [], [])
    last_cut = start
    for offset in opportunities:
        if not shaping.has_cluster_at(offset):
            continue
        if not shaping.is_safe_at(offset):
            low, high = shaping.safe_around(offset)
            if low < last_cut:
                continue
            before = _change(shaping, low, offset)
            after = _change(shaping, offset, high)
            parting.unsafe.append((len(parting.pieces) + 1, before, after))
        parting.pieces.append(shaping.piece(last_cut, offset))
        parting.ends.append(offset - start)
        last_cut = offset
    parting.pieces.append(shaping.piece(last_cut, shaping.end))
    parting.ends.append(shaping.end - start)
    return parting


def _change(shaping: Shaping, start: int, end: int) -> float:
    """How much wider a part gets when it stands by itself."""
    # One letter on each side tells whether the part's own letters are joined.
    begin = max(0, start - 1)
    around = shaping.text[begin : end + 1]
    alone = _advance(around, start - begin, end - begin, shaping.manner)
    return alone - shaping.advance(start, end)


@lru_cache(maxsize=8192)
def _advance(text: str, start: int, end: int, manner: Manner) -> float:
    return shape(text, start, end, manner).advance(start, end)


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
        while piece.hang == piece.advance and count > 1 and is_white(piece):
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


def _between(offsets: Sequence[int], start: int, end: int) -> Sequence[int]:
    """The offsets behind ``start`` and before ``end``."""
    low = bisect_left(offsets, start + 1)
    return offsets[low : bisect_left(offsets, end, low)]
