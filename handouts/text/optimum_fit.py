"""Optimum fit: the breaks that leave a ragged edge calm, chosen over the whole paragraph.

The number of lines is that of filling each line in turn; no more are ever used. Among all ways
to break into that many lines the one with the least sum of costs is taken (Knuth and Plass,
1981, for ragged text).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence

# Sums of floating-point advances may differ in their last bits with the order of addition.
TOLERANCE = 1e-6

# A last line shorter than this part of the width looks like a left-over.
SHORT_LAST_LINE = 0.2
SHORT_LAST_LINE_COST = 0.15

# A word of one letter belongs to the next word; this is worth a shortfall of a seventh.
WEAK_END_COST = 0.02


class TooWideError(Exception):
    """The unbreakable stretch ``segment`` takes ``excess`` more than the width."""

    def __init__(self, segment: int, excess: float) -> None:
        self.segment = segment
        self.excess = excess


def fit(
    starts: Sequence[float],
    ends: Sequence[float],
    first: int,
    last: int,
    width: float,
    weak: Container[int] = (),
) -> list[int]:
    """Where each line ends, for the segments from ``first`` to before ``last``.

    A line of the segments from i to before j takes ``ends[j] - starts[i]`` and costs the square
    of its shortfall as a part of the width; the last line costs only if it is very short. To end
    a line at one of the ``weak`` breaks costs more. The result's last value is ``last``.

    Raises:
        TooWideError: one segment alone does not fit the width.
    """
    room = width + TOLERANCE
    if ends[last] - starts[first] <= room:
        return [last]
    latest = _latest(starts, ends, first, last, room)
    earliest = _earliest(starts, ends, first, last, room)
    if len(earliest) != len(latest) - 1:
        # Only where a line fits to the last bit of a number one way and not the other.
        return latest
    # The places where the line before may end, where the next one starts from each of them,
    # and the least cost of the lines so far. The k-th line ends in the k-th window.
    places, edges, costs = [first], [starts[first]], [0.0]
    trails: list[tuple[list[int], list[int]]] = []
    weak_end = WEAK_END_COST * width * width
    for low, high in zip(earliest, latest[:-1], strict=True):
        window, totals, sources = [], [], []
        nearest = 0
        for end in range(low, high + 1):
            full = ends[end] - width
            least, source = -1.0, -1
            # The cost is convex, so the best place never moves back as the end moves on.
            for index in range(nearest, len(places)):
                if places[index] >= end:
                    break
                shortfall = edges[index] - full
                if shortfall < -TOLERANCE:
                    continue
                total = costs[index] + shortfall * shortfall
                if source < 0 or total < least:
                    least, source = total, index
            if source >= 0:
                nearest = source
                window.append(end)
                totals.append(least + (weak_end if end in weak else 0.0))
                sources.append(places[source])
        trails.append((window, sources))
        places, edges, costs = window, [starts[place] for place in window], totals
    full = ends[last] - width
    short = (1 - SHORT_LAST_LINE) * width
    least, best = -1.0, -1
    for place, edge, cost in zip(places, edges, costs, strict=True):
        shortfall = edge - full
        if shortfall < -TOLERANCE:
            continue
        if shortfall > short:
            cost += SHORT_LAST_LINE_COST * width * width
        if best < 0 or cost <= least:
            least, best = cost, place
    breaks = [last]
    for window, sources in reversed(trails):
        breaks.append(best)
        best = sources[window.index(best)]
    breaks.reverse()
    return breaks


def _latest(
    starts: Sequence[float], ends: Sequence[float], first: int, last: int, room: float
) -> list[int]:
    """Line ends when each line takes all it can."""
    breaks = []
    begin = first
    while begin < last:
        limit = starts[begin] + room
        end = bisect_right(ends, limit, begin + 1, last + 1) - 1
        if end == begin:
            raise TooWideError(begin, ends[begin + 1] - limit + TOLERANCE)
        breaks.append(end)
        begin = end
    return breaks


def _earliest(
    starts: Sequence[float], ends: Sequence[float], first: int, last: int, room: float
) -> list[int]:
    """Line ends but the last when each line, from the last one back, takes all it can."""
    breaks = []
    end = last
    while True:
        end = bisect_left(starts, ends[end] - room, first, end)
        if end <= first:
            break
        breaks.append(end)
    breaks.reverse()
    return breaks
