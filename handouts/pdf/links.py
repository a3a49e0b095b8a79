"""Link annotations (ISO 32000-1, 12.5.6.5) and other objects that stand at a place on the page.

All areas of a Link element on one page are one annotation, its quadrilaterals the areas: since PDF
1.7 a Link element should not hold several annotations of a page.

A link to another file is a relative URI, which readers resolve against the place of the file that
it stands in (12.6.4.7), and no remote go-to action (12.6.4.3). ISO 19005-2, 6.5.1 allows both, but
Chromium, and with it Edge, does nothing on a remote go-to. It follows the URI from disk and from
the web; Acrobat has the browser open it. Firefox follows either one from the web only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import cycle
from math import ceil, floor
from operator import add

from handouts.layout.pages import LinkArea, Target
from handouts.pdf.artwork import Box
from handouts.pdf.objects import number, text_string, uri_string
from handouts.structure import Element


@dataclass(frozen=True, slots=True)
class Placeable:
    """An object with coordinates, x and y in turn, that move with the panel it is in.

    ``form`` has a %g for each coordinate.
    """

    form: bytes
    coordinates: tuple[float, ...]

    def at(self, x: float, y: float) -> bytes:
        """The object with its panel's lower left corner at that place."""
        return self.form % tuple(map(add, self.coordinates, cycle((x, y))))


def group_areas(areas: Iterable[LinkArea]) -> dict[Element, list[LinkArea]]:
    """The areas of one content stream by their element, in the order in which they came up."""
    groups: dict[Element, list[LinkArea]] = {}
    for area in areas:
        groups.setdefault(area.element, []).append(area)
    return groups


def link_annotation(areas: list[LinkArea], destination: bytes, key: int) -> Placeable:
    """The annotation of a Link element's areas on one page; ``key`` is that of the parent tree.

    The flag prints it, as ISO 19005-2, 6.3.2 asks of every annotation.
    """
    boxes = [_box(area) for area in areas]
    coordinates = list(around(boxes))
    quadrilaterals = b""
    if len(boxes) > 1:
        # The order of corners is Acrobat's, which readers follow in place of the standard's.
        for x0, y0, x1, y1 in boxes:
            coordinates += [x0, y1, x1, y1, x0, y0, x1, y0]
        quadrilaterals = b"/QuadPoints[%s]" % b" ".join([b"%g"] * 8 * len(boxes))
    rest = b"%s/Contents%s/StructParent %d" % (destination, text_string(areas[0].text), key)
    return Placeable(
        b"<</Subtype/Link/Rect[%%g %%g %%g %%g]%s/Border[0 0 0]/F 4%s>>"
        % (quadrilaterals, rest.replace(b"%", b"%%")),
        tuple(coordinates),
    )


def figure_box(box: Box) -> Placeable:
    """The attribute object that says where a figure is (14.8.5.4.3)."""
    return Placeable(b"<</O/Layout/BBox[%g %g %g %g]>>", tuple(round(edge, 2) for edge in box))


def destination(element: Element, targets: Mapping[str, bytes]) -> bytes:
    """The entry that says where a Link element leads.

    Raises:
        ValueError: the link leads to an element that layout has placed nowhere.
    """
    if not element.link.startswith("#"):
        return b"/A<</S/URI/URI%s>>" % uri_string(element.link)
    place = targets.get(element.link[1:])
    if place is None:
        raise ValueError(f"nothing in the sheet is called {element.link}")
    return b"/Dest" + place


def explicit_destination(page: int, x: float, y: float) -> bytes:
    """A place on a page, at whatever zoom the reader has (12.3.2.2)."""
    return b"[%d 0 R/XYZ %s %s null]" % (page, number(x), number(y))


def destinations(targets: Iterable[Target], pages: list[int]) -> dict[str, bytes]:
    return {
        target.id: explicit_destination(pages[target.page], floor(target.x), ceil(target.y))
        for target in targets
    }


def around(boxes: list[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


def _box(area: LinkArea) -> Box:
    """Whole points, outwards: a finger is no finer, and the file is smaller."""
    right, top = area.x + area.width, area.y + area.height
    return floor(area.x), floor(area.y), ceil(right), ceil(top)
