"""Lines: pieces in reading order, set side by side in visual order (UAX #9, L1 and L2)."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.text.bidi import visual_order
from handouts.text.faces import Face
from handouts.text.glyphs import HANGING, GlyphRun, Line, Piece
from handouts.text.itemizing import Item
from handouts.text.shaping import is_white

# What a line has of an item.
Part = tuple[Item, Sequence[Piece]]


def line_of(parts: Sequence[Part], right_to_left: bool) -> Line:
    """The parts as one line of a paragraph with that direction."""
    base = int(right_to_left)
    if len(parts) == 1 and parts[0][0].level == base:
        return _line_of_one(parts, right_to_left)
    hang = hanging_width(parts)
    levels = [item.level for item, _ in parts]
    if levels.count(base) == len(levels):
        order: Sequence[int] = range(len(parts))
        if base:
            order = order[::-1]
    else:
        parts, levels = _with_white_space_at_the_end(parts, base)
        order = _order(parts, levels)
    widths = [width_of(part) for part in parts]
    places = [0.0] * len(parts)
    x = 0.0 - hang if base else 0.0
    for index in order:
        places[index] = x
        x += widths[index]
    runs = [
        GlyphRun(item.face, item.style, item.leaf, level % 2 == 1, tuple(pieces), place, width)
        for (item, pieces), level, place, width in zip(parts, levels, places, widths, strict=True)
    ]
    size = max([item.style.size for item, _ in parts])
    largest = [item for item, _ in parts if item.style.size == size]
    ascent = max([item.ascent for item in largest])
    descent = max([item.descent for item in largest])
    return Line(tuple(runs), x if base else x - hang, ascent, descent)


def _line_of_one(parts: Sequence[Part], right_to_left: bool) -> Line:
    ((item, pieces),) = parts
    width, hang = width_of(parts[0]), hanging_width(parts)
    place = 0.0 - hang if right_to_left else 0.0
    run = GlyphRun(item.face, item.style, item.leaf, right_to_left, tuple(pieces), place, width)
    return Line((run,), width - hang, item.ascent, item.descent)


def _order(parts: Sequence[Part], levels: Sequence[int]) -> list[int]:
    """The indexes of the parts from left to right (L2), edges of isolates between them obeyed."""
    with_edges: list[int] = []
    indexes: list[int] = []
    for index, ((item, _), level) in enumerate(zip(parts, levels, strict=True)):
        if index and item.parted is not None:
            with_edges.append(item.parted)
            indexes.append(-1)
        with_edges.append(level)
        indexes.append(index)
    return [indexes[place] for place in visual_order(with_edges) if indexes[place] >= 0]


def width_of(part: Part) -> float:
    """The width of a part in points, with the white space at its end."""
    item, pieces = part
    return sum([piece.advance for piece in pieces]) * item.style.size / 1000


def hanging_width(parts: Sequence[Part]) -> float:
    """The white space at the end of the parts together, in points."""
    hang = 0.0
    for item, pieces in reversed(parts):
        for piece in reversed(pieces):
            hang += piece.hang * item.style.size / 1000
            if piece.hang != piece.advance or not is_white(piece):
                return hang
    return hang


def _with_white_space_at_the_end(parts: Sequence[Part], base: int) -> tuple[list[Part], list[int]]:
    """The parts with the white space at the line's end apart, and the level of each (L1)."""
    kept: list[Part] = []
    ending: list[Part] = []
    for number in range(len(parts) - 1, -1, -1):
        item, pieces = parts[number]
        if item.level == base:
            kept = list(parts[: number + 1])
            break
        words, spaces = list(pieces), list[Piece]()
        while words and is_white(words[-1]):
            spaces.insert(0, words.pop())
        if words and words[-1].text[-1] in HANGING:
            word, space = _parted(item.face, words.pop())
            words.append(word)
            spaces.insert(0, space)
        if spaces:
            ending.insert(0, (item, spaces))
        if words:
            kept = [*parts[:number], (item, words)]
            break
    levels = [item.level for item, _ in kept] + [base for _ in ending]
    return [*kept, *ending], levels


def _parted(face: Face, whole: Piece) -> tuple[Piece, Piece]:
    """A piece without the white space at its end, and that."""
    text = whole.text.rstrip(HANGING)
    count = len(whole.glyphs)
    borne = 0
    while borne < len(whole.text) - len(text):
        count -= 1
        borne += len(whole.glyphs[count].text)
    return (
        face.piece(text, whole.glyphs[:count]),
        face.piece(whole.text[len(text) :], whole.glyphs[count:]),
    )
