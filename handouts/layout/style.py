"""The measures of a sheet: type sizes, columns and spaces, on a grid of 5.5 points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from handouts.edition import Edition
from handouts.inks import Ink
from handouts.paper import Paper
from handouts.text.glyphs import TextStyle

GRID = 5.5
CAPITALS = 0.7
CONTACT_TOP = 8.0  # from the contact panel's rule to its words
PANEL_GAP = GRID  # between the patient's and the contact panel


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


# What the letters of a role look like; their sizes are the edition's.
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "ink": Ink.ACCENT},
    "byline": {"ink": Ink.MUTED},
    "heading": {"bold": True, "ink": Ink.ACCENT},
    "subheading": {"bold": True},
    "label": {"bold": True},
    "alarm": {"bold": True},
    "caption": {"ink": Ink.MUTED},
    "credit": {"ink": Ink.MUTED},
    "footer": {"ink": Ink.MUTED},
}


@dataclass(frozen=True, slots=True)
class SheetStyle:
    """The type and the spaces of an edition."""

    title: Type
    byline: Type
    heading: Type
    subheading: Type
    body: Type
    lead: Type
    label: Type
    alarm: Type
    caption: Type
    credit: Type
    small: Type
    notes: Type
    figure_label: Type
    footer: Type

    section_space: float
    block_space: float
    item_space: float
    indent: float
    bullet: float

    @classmethod
    def of(cls, edition: Edition, factor: float = 1.0, rise: float = CAPITALS) -> SheetStyle:
        """The style for a script whose lines need ``factor`` times the usual leading."""
        types = {
            role: Type(TextStyle(size, **_LOOKS.get(role, {})), leading * factor, rise)
            for role, (size, leading) in edition.type.items()
        }
        spaces = edition.spaces
        return cls(
            **types,
            section_space=spaces.section,
            block_space=spaces.block,
            item_space=spaces.item,
            indent=spaces.indent,
            bullet=edition.bullet,
        )


@dataclass(frozen=True, slots=True)
class Columns:
    """The page's places, in points from the lower start corner.

    Section headings stand in the ``side`` column, text on the ``measure`` beside it; in a
    ``single`` column headings stand above. The contact panel has its fixed place at the foot of
    page one, or below what is at a glance in a single column, so that no clinic can move a line
    of text.
    """

    paper: Paper
    single: bool
    margin: float
    edge: float  # from the paper's edge to the header and footer bands
    header: float
    footer: float
    contact: float
    patient: float
    check: float
    side: float
    gutter: float

    @classmethod
    def of(cls, paper: Paper, edition: Edition, factor: float = 1.0) -> Columns:
        """The places for a script whose lines need ``factor`` times the usual leading."""
        places = edition.places
        return cls(
            paper,
            edition.columns == 1,
            places.margin,
            places.edge,
            places.header,
            places.footer * factor,
            places.contact * factor,
            places.patient,  # room to write is the same in every script
            places.check * factor,
            places.side,
            places.gutter,
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
        """The width of one of two columns over the full width, or of the single one."""
        return self.width if self.single else (self.width - self.gutter) / 2

    @property
    def main(self) -> float:
        """Where the text column starts, from the margin."""
        return 0.0 if self.single else self.side + self.gutter

    @property
    def header_bottom(self) -> float:
        return self.paper.height - self.edge - self.header

    @property
    def body_top(self) -> float:
        return self.header_bottom - 2.5 * GRID

    @property
    def later_body_top(self) -> float:
        """A single column has its header on page one only."""
        return self.paper.height - self.edge if self.single else self.body_top

    @property
    def page_height(self) -> float:
        """What a page holds, the first of a single column without its header."""
        return self.later_body_top - self.body_bottom

    @property
    def footer_top(self) -> float:
        return self.edge + self.footer

    @property
    def body_bottom(self) -> float:
        return self.footer_top + 2 * GRID

    @property
    def first_body_bottom(self) -> float:
        """Page one ends above the panels at its foot. Without a patient's, that is 0 high."""
        if self.single:
            return self.body_bottom
        if not self.patient:
            return self.body_bottom + self.contact + 2 * GRID
        return self.patient_bottom + self.patient + 2 * GRID

    @property
    def patient_bottom(self) -> float:
        """The patient's panel stands above the contact panel."""
        return self.body_bottom + self.contact + PANEL_GAP
