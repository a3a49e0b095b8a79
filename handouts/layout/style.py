"""The measures of a sheet: type sizes, columns and spaces, on a grid of 5.5 points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from handouts.inks import Ink
from handouts.paper import Paper
from handouts.text.glyphs import TextStyle

GRID = 5.5
CAPITALS = 0.7
CONTACT_TOP = 8.0  # from the contact panel's rule to its words


@dataclass(frozen=True, slots=True)
class Type:
    """A text style with its leading (the distance from baseline to baseline), in points.

    ``rise`` is how far what stands in the middle of a line reaches above the baseline, in parts of
    the size: capitals in most scripts.
    """

    style: TextStyle
    leading: float
    rise: float = CAPITALS

    @property
    def baseline(self) -> float:
        """How far the baseline lies below the top of the line."""
        return (self.leading + self.rise * self.style.size) / 2

    def with_ink(self, ink: Ink) -> Type:
        return _with_ink(self, ink)

    def strong(self) -> Type:
        """The same type in bold."""
        return _strong(self)


@cache
def _with_ink(type_: Type, ink: Ink) -> Type:
    return replace(type_, style=replace(type_.style, ink=ink))


@cache
def _strong(type_: Type) -> Type:
    return replace(type_, style=replace(type_.style, bold=True))


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """The type and the spaces of an edition."""

    title: Type = Type(TextStyle(24, bold=True, ink=Ink.ACCENT), 5 * GRID)
    byline: Type = Type(TextStyle(10.5, ink=Ink.MUTED), 15)
    heading: Type = Type(TextStyle(14, bold=True, ink=Ink.ACCENT), 3 * GRID)
    subheading: Type = Type(TextStyle(12, bold=True), 3 * GRID)
    body: Type = Type(TextStyle(12), 3 * GRID)
    lead: Type = Type(TextStyle(13.5), 18.5)
    label: Type = Type(TextStyle(12, bold=True), 3 * GRID)
    alarm: Type = Type(TextStyle(13.5, bold=True), 3 * GRID)
    caption: Type = Type(TextStyle(10.5, ink=Ink.MUTED), 14)
    credit: Type = Type(TextStyle(8.5, ink=Ink.MUTED), 11)
    small: Type = Type(TextStyle(10), 13.5)
    notes: Type = Type(TextStyle(9.5), 12.5)
    figure_label: Type = Type(TextStyle(9.5), 11.5)
    footer: Type = Type(TextStyle(9, ink=Ink.MUTED), 12)

    section_space: float = 2.5 * GRID
    block_space: float = 1.5 * GRID
    item_space: float = 0.5 * GRID
    indent: float = 3 * GRID

    def leaded(self, factor: float, rise: float) -> SheetStyle:
        """The style for a script whose lines need ``factor`` times the usual leading."""
        if factor == 1 and rise == CAPITALS:
            return self
        types: dict[str, Any] = {
            name: replace(value, leading=value.leading * factor, rise=rise)
            for name in self.__slots__
            if isinstance(value := getattr(self, name), Type)
        }
        return replace(self, **types)


@dataclass(frozen=True, slots=True)
class Columns:
    """The page's places, in points from the lower start corner.

    Section headings stand in the ``side`` column, text on the ``measure`` beside it. The contact
    panel has its fixed place at the foot of page one, so that no clinic can move a line of text.
    """

    paper: Paper
    margin: float = 50
    edge: float = 30  # from the paper's edge to the header and footer bands
    header: float = 38
    footer: float = 29
    contact: float = 93
    check: float = 56
    side: float = 98
    gutter: float = 14

    def leaded(self, factor: float) -> Columns:
        """The places for a script whose lines need ``factor`` times the usual leading."""
        return replace(
            self,
            footer=self.footer * factor,
            contact=self.contact * factor,
            check=self.check * factor,
        )

    @property
    def width(self) -> float:
        """From margin to margin."""
        return self.paper.width - 2 * self.margin

    @property
    def measure(self) -> float:
        """The width of the text column."""
        return self.width - self.main

    @property
    def half(self) -> float:
        """The width of one of two columns over the full width."""
        return (self.width - self.gutter) / 2

    @property
    def main(self) -> float:
        """Where the text column starts, from the margin."""
        return self.side + self.gutter

    @property
    def header_bottom(self) -> float:
        return self.paper.height - self.edge - self.header

    @property
    def body_top(self) -> float:
        return self.header_bottom - 2.5 * GRID

    @property
    def footer_top(self) -> float:
        return self.edge + self.footer

    @property
    def body_bottom(self) -> float:
        return self.footer_top + 2 * GRID

    @property
    def first_body_bottom(self) -> float:
        """Page one ends above the contact panel."""
        return self.body_bottom + self.contact + 2 * GRID
