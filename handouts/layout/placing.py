"""Put items at their places: shift them, mirror them for right-to-left sheets, mark their links.

Blocks are laid out as if every language ran from left to right, with x counted from the start
edge. Here, once, the whole page is mirrored for the others; artwork and lines are moved, never
flipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import overload

from handouts.inks import Ink
from handouts.layout.pages import (
    Bar,
    Item,
    LinkArea,
    PlacedLine,
)
from handouts.text.glyphs import GlyphRun, Line


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that the outline (``level`` > 0) or a link (``id``) leads to; paints nothing."""

    title: str = ""
    level: int = 0
    id: str = ""
    x: float = 0
    y: float = 0


@dataclass(frozen=True, slots=True)
class Mirror:
    """``width`` is that of the page or panel that is mirrored; 0 leaves everything as it is."""

    width: float = 0

    def x(self, x: float, width: float) -> float:
        """The left edge of a box that starts at ``x`` from the start edge."""
        return self.width - x - width if self.width else x


def place(
    items: Iterable[Item | Anchor], x: float, y: float, mirror: Mirror
) -> Iterator[Item | Anchor]:
    """The items shifted by (``x``, ``y``) and mirrored, each line followed by its links."""
    for item in items:
        placed = mirrored(moved(item, x, y), mirror)
        yield placed
        if isinstance(placed, PlacedLine):
            yield from _underlines(placed)
            yield from _links(placed)


@overload
def moved(item: Item, x: float, y: float) -> Item: ...
@overload
def moved(item: Anchor, x: float, y: float) -> Anchor: ...
def moved(item: Item | Anchor, x: float, y: float) -> Item | Anchor:
    """The item shifted by (``x``, ``y``)."""
    if isinstance(item, PlacedLine):
        return PlacedLine(item.line, item.x + x, item.y + y)
    return replace(item, x=item.x + x, y=item.y + y)


def mirrored(item: Item | Anchor, mirror: Mirror) -> Item | Anchor:
    """The item at its place in the mirror."""
    if not mirror.width:
        return item
    if isinstance(item, PlacedLine):
        return PlacedLine(item.line, mirror.x(item.x, item.line.width), item.y)
    width = 0 if isinstance(item, Anchor) else item.width
    return replace(item, x=mirror.x(item.x, width))


def placed_items(
    items: Iterable[Item | Anchor], x: float, y: float, mirror: Mirror
) -> tuple[Item, ...]:
    """What ``place`` gives, where nothing leads to the places that anchors mark."""
    return tuple(item for item in place(items, x, y, mirror) if not isinstance(item, Anchor))


def _underlines(placed: PlacedLine) -> Iterator[Item]:
    """The rules below what an author stressed, where an edition shows stress so."""
    for run in placed.line.runs:
        if run.style.underlined:
            size = run.style.size
            width = _visible(run, placed.line)
            yield Bar(placed.x + run.x, placed.y - size / 7, width, size / 20, run.style.ink)


def _links(placed: PlacedLine) -> Iterator[Item]:
    """The clickable boxes of the line's links, underlined where they lead out of the sheet."""
    line, x, y = placed.line, placed.x, placed.y
    for run in line.runs:
        element = run.leaf.parent if run.leaf is not None else None
        if element is None or not element.link:
            continue
        visible = _visible(run, line)
        if element.link.startswith("http") and not run.style.underlined:
            yield Bar(x + run.x, y - 2, visible, 0.5, Ink.ACCENT)
        top = run.style.rise + line.ascent
        yield LinkArea(
            element, x + run.x, y - line.descent, visible, top + line.descent, element.contents
        )


def _visible(run: GlyphRun, line: Line) -> float:
    """The width of the run without white space that hangs at the line's end."""
    return run.width if run.right_to_left else min(run.width, max(line.width - run.x, 0))
