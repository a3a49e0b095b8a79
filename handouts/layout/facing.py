"""Two languages in facing columns: their rows side by side, line beside line.

What begins in both columns, such as a block or an item, begins at one height; the shorter one is
filled up below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from handouts.document import Block, BulletList, Callout, NumberedList, Subheading, Table
from handouts.layout.pages import Bar, Item
from handouts.layout.placing import Anchor
from handouts.layout.rows import Band, Row

_NOTHING = Row(0)


def facing(first: Sequence[Row], second: Sequence[Row]) -> list[Row]:
    """The rows of both columns in one sequence.

    Columns in which as many rows open something stand side by side at each of them; others only at
    their heads.
    """
    cuts = _openings(first), _openings(second)
    if len(cuts[0]) != len(cuts[1]):
        cuts = [0], [0]
    rows: list[Row] = []
    for here, there in zip(_cut(first, cuts[0]), _cut(second, cuts[1]), strict=True):
        count = max(len(here), len(there))
        rows += map(_beside, _filled(here, count), _filled(there, count))
    return rows


def outline(blocks: Sequence[Block]) -> tuple[object, ...]:
    """What the blocks are and hold, their words left out: equal where two languages can face."""
    return tuple(_outline(block) for block in blocks)


def _outline(block: Block) -> object:
    match block:
        case Subheading(_, level):
            return ("heading", level)
        case BulletList(items) | NumberedList(items):
            return ("list", *(outline(item.blocks) for item in items))
        case Table(rows):
            return ("table", len(rows))
        case Callout(kind, inner):
            return (kind, outline(inner))
    return "paragraph"


def only_at_head(rows: Sequence[Row]) -> list[Row]:
    """The rows with no opening but the first, so that they face others only there."""
    return [replace(row, opens=number == 0) for number, row in enumerate(rows)]


def _openings(rows: Sequence[Row]) -> list[int]:
    """Where the pieces begin that face each other; the first begins with the first row."""
    return [0, *(number for number, row in enumerate(rows) if row.opens and number)]


def _cut(rows: Sequence[Row], cuts: list[int]) -> list[list[tuple[Row, tuple[Band, ...]]]]:
    """Pieces of rows, each row with the bands that go on from it to the next one."""
    ends = [*cuts[1:], len(rows)]
    following = [*rows[1:], _NOTHING]
    paired = [
        (row, tuple(band for band in row.bands if band in after.bands))
        for row, after in zip(rows, following, strict=False)
    ]
    return [paired[start:end] for start, end in zip(cuts, ends, strict=True)]


def _filled(piece: list[tuple[Row, tuple[Band, ...]]], count: int) -> list[Row]:
    """The piece's rows and empty ones up to the ``count``, over which its bands go on."""
    rows = [row for row, _ in piece]
    bands = piece[-1][1] if piece else ()
    return rows + [Row(0, bands=bands)] * (count - len(rows))


def _beside(first: Row, second: Row) -> Row:
    height = max(first.height, second.height)
    return Row(
        height,
        _footed(first, height),
        max(first.space, second.space),
        first.keeps or second.keeps,
        (*first.bands, *second.bands),
        tuple(
            _beside(here, there)
            for here, there in zip_longest(first.repeats, second.repeats, fillvalue=_NOTHING)
        ),
        first.opens or second.opens,
        _footed(second, height),
    )


def _footed(row: Row, height: float) -> tuple[Item | Anchor, ...]:
    """The row's items with the rule at its foot, if any, at the foot of a row of this height."""
    return tuple(
        Bar(item.x, -height, item.width, item.height, item.ink)
        if isinstance(item, Bar) and item.y == -row.height
        else item
        for item in row.items
    )
