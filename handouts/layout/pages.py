"""Pages as layout leaves them and painting finds them: items at fixed places, nothing else.

All lengths are points; the origin is the lower left corner of the page (or of the panel), y up.
Items of a page are in the order in which they are painted, which is reading order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from handouts.clinic import Clinic
from handouts.inks import Ink
from handouts.paper import Paper
from handouts.structure import Element, Leaf
from handouts.text.glyphs import Line


@dataclass(frozen=True, slots=True)
class Colour:
    """A fixed colour for artwork, each part from 0 to 1."""

    red: float
    green: float
    blue: float


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of text: ``x`` is its left edge, ``y`` its baseline. Its runs know their leaves."""

    line: Line
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle: rule, bar or tint. Always an artifact."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Outline:
    """A filled path such as an icon, a check box or a QR code, in absolute places.

    ``operators`` are PDF path construction operators (ISO 32000-1, 8.5.2), without painting
    ones; they are multiplied by ``scale`` and painted with ``f`` at the given origin. An artifact
    when ``leaf`` is None. ``width`` is that of its box in points, from the origin.
    """

    operators: bytes
    x: float
    y: float
    width: float
    ink: Ink
    leaf: Leaf | None = None
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture of pixels.

    ``samples`` are 8-bit gray (1 channel) or RGB (3), row by row, unless ``is_jpeg``, when they
    are a baseline JPEG file.
    """

    width: int
    height: int
    channels: int
    samples: bytes
    is_jpeg: bool = False


@dataclass(frozen=True, slots=True)
class Vector:
    """A drawing in a box of ``width`` by ``height`` points from (0, 0).

    Its operators use no resources: paths, DeviceRGB or DeviceGray colours and graphics state only.
    """

    width: float
    height: float
    operators: bytes


Artwork = Raster | Vector


@dataclass(frozen=True, slots=True)
class PlacedArtwork:
    """Artwork in a box; an artifact when ``leaf`` is None."""

    artwork: Artwork
    x: float
    y: float
    width: float
    height: float
    leaf: Leaf | None = None


@dataclass(frozen=True, slots=True)
class LinkArea:
    """The clickable box of a Link element; ``text`` says where it leads (ISO 14289-1, 7.18.5)."""

    element: Element
    x: float
    y: float
    width: float
    height: float
    text: str


class PanelName(StrEnum):
    """The reserved places that an imprint fills."""

    HEADER = "header"  # every page; an artifact
    CONTACT = "contact"  # page one
    CHECK = "check"  # beside "About this handout"
    PATIENT = "patient"  # on the page of one of these two


@dataclass(frozen=True, slots=True)
class PanelPlace:
    """Where the imprint's panel is painted: its lower left corner and its reserved size."""

    panel: PanelName
    x: float
    y: float
    width: float
    height: float


Item = PlacedLine | Bar | Outline | PlacedArtwork | LinkArea | PanelPlace


@dataclass(frozen=True, slots=True)
class Page:
    """``header_footer`` items are painted as pagination artifacts (ISO 32000-1, 14.8.2.2)."""

    items: tuple[Item, ...]
    header_footer: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline; ``page`` counts from 0, ``level`` from 1."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True)
class Target:
    """The place of an element that links inside the document lead to (``Element.id``)."""

    id: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Printing:
    """What a viewer's print window should offer; ``duplex`` turns sheets at their long edge."""

    copies: int = 1
    duplex: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A handout laid out, clinic-blind: everything that the master is painted from.

    ``root`` is the Document element. ``contact``, ``check`` and, if there is one, ``patient`` are
    the elements in it whose content the imprint supplies; they have no children here, and are None
    where the sheet has its panels already. ``revised`` dates the file, which has no date without
    it. ``title_language`` is that of title and subject where it differs from the sheet's.
    ``packet_baseline`` is where a packet writes the number of its page, 0 outside packets.
    """

    paper: Paper
    pages: tuple[Page, ...]
    root: Element
    contact: Element | None
    check: Element | None
    bookmarks: tuple[Bookmark, ...]
    targets: tuple[Target, ...]
    language: str
    title: str
    author: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    revised: date | None = None
    title_language: str = ""
    patient: Element | None = None
    packet_baseline: float = 0.0
    printing: Printing = Printing()

    @property
    def open_panels(self) -> dict[PanelName, Element]:
        """The elements that wait for the imprint, by their panels."""
        elements = {
            PanelName.CONTACT: self.contact,
            PanelName.CHECK: self.check,
            PanelName.PATIENT: self.patient,
        }
        return {panel: element for panel, element in elements.items() if element is not None}


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel laid out, its origin in its own lower left corner.

    ``element`` holds the structure that the panel adds below its place in the sheet; None for an
    artifact.
    """

    width: float
    height: float
    items: tuple[Item, ...]
    element: Element | None = None


@dataclass(frozen=True, slots=True)
class PanelSet:
    """Everything of a clinic that is printed on a sheet, laid out.

    ``clinic`` is None for the plain imprint.
    """

    clinic: Clinic | None
    inks: tuple[Colour, ...]  # one for each Ink, in order
    panels: dict[PanelName, Panel]
