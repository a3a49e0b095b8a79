"""The imprint: everything of a file that comes from the clinic and not from the topic.

It serves every master of its language, edition and paper. Only two things depend on the master:
where the panels stand, which the press adds to what has coordinates, and which of them share a
page, for which the imprint is prepared in each way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from handouts.diagnostics import ClinicError
from handouts.layout.pages import Colour, Panel, PanelName, PanelSet
from handouts.pdf import numbering
from handouts.pdf.artwork import Artworks
from handouts.pdf.body import Body
from handouts.pdf.content import (
    ARTIFACT,
    MARKED_WHERE_USED,
    PALETTE_RESOURCE,
    ContentStream,
    figure_leaves,
)
from handouts.pdf.fonts import Fonts
from handouts.pdf.links import Placeable, destination, figure_box, group_areas, link_annotation
from handouts.pdf.objects import numbers, references
from handouts.pdf.showing import TextShowers
from handouts.pdf.tagging import AnnotationMark, Mark, Painted, StructureTree, parent_tree_leaf
from handouts.structure import Element

# A form clips at its box; glyphs may reach a little over the panel that they are placed in.
_OVERHANG = 18

ROW_SIZE = 6  # bytes of a row of the cross-reference stream: type, offset, index


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The imprint's objects for one arrangement of the panels on pages.

    ``rows`` are the cross-reference rows of all objects below ``object_count``; their offsets count
    from the start of ``data``. Read as one big number, adding a ``step`` moves them all by a byte.
    """

    data: bytes
    rows: bytes
    step: bytes
    object_count: int


@dataclass(frozen=True, slots=True)
class PanelObject:
    """An object that the press writes, since its coordinates move with its panel.

    ``panel`` is 0 for the contact panel, 1 for the check panel.
    """

    number: int
    panel: int
    value: Placeable


@dataclass(frozen=True, slots=True)
class Imprint:
    """``annotations`` are references to the links in the contact and in the check panel.

    The contact and the check panel stand on pages ``apart``, with the patient's on that of the
    contact panel or ``late``, on that of the check panel; or all stand ``together``.
    """

    digest: bytes
    apart: Arrangement
    late: Arrangement
    together: Arrangement
    placeables: tuple[PanelObject, ...]
    annotations: tuple[bytes, bytes]


def paint_imprint(panels: PanelSet) -> Imprint:
    """Paint a clinic's panels. What ``Panel.element`` holds goes below the sheet's element.

    Raises:
        ClinicError: the panels hold more than an imprint has room for.
        FontError: a glyph or a face that cannot be embedded.
        ConformanceError: text that no PDF/UA file may hold.
        ValueError: a link or a tagged item in the header, which is an artifact.
    """
    return _ImprintPainter(panels).imprint()


class _ImprintPainter:
    def __init__(self, panels: PanelSet) -> None:
        self.body = Body(numbering.FIRST_FREE_IN_IMPRINT)
        self.panels = {name: panels.panels.get(name, Panel(0, 0, ())) for name in PanelName}
        self.fonts = Fonts()
        self.showers = TextShowers(self.fonts)
        self.artworks = Artworks()
        self.streams = {name: self._paint(name, panel) for name, panel in self.panels.items()}
        header = self.streams[PanelName.HEADER]
        if header.marks or header.links:
            raise ValueError("the header panel is an artifact and holds no links or tagged text")
        patient = self.streams[PanelName.PATIENT]
        if patient.links or patient.boxes:
            raise ValueError("the patient's panel holds no links or figures")
        self.body.add(_palette(panels.inks), numbering.PALETTE)

    def imprint(self) -> Imprint:
        annotations: dict[PanelName, list[int]] = {name: [] for name in numbering.LINKED}
        links: list[tuple[PanelName, Element, int]] = []
        figures: dict[Element, int] = {}
        placeables: list[PanelObject] = []
        for index, name in enumerate(numbering.LINKED):
            for element, areas in group_areas(self.streams[name].links).items():
                key = numbering.FIRST_FREE_KEY_OF_IMPRINT + len(links)
                annotation = link_annotation(areas, destination(element, {}), key)
                placeables.append(PanelObject(self.body.reserve(), index, annotation))
                links.append((name, element, placeables[-1].number))
                annotations[name].append(placeables[-1].number)
            for figure, box in self.streams[name].boxes.items():
                placeables.append(PanelObject(self.body.reserve(), index, figure_box(box)))
                figures[figure] = placeables[-1].number
        self._add_forms()
        arrangements = []
        first, last = numbering.CONTACT_PAGE, numbering.CHECK_PAGE
        for check_page, patient_page in ((last, first), (last, last), (first, first)):
            pages = {
                PanelName.CONTACT: first,
                PanelName.CHECK: check_page,
                PanelName.PATIENT: patient_page,
            }
            body = self.body.copy()
            self._add_structure(body, pages, links, figures)
            arrangements.append(_arrange(body))
        apart, late, together = arrangements
        moving = b"".join([placeable.value.at(0, 0) for placeable in placeables])
        digest = blake2b(apart.data + moving, digest_size=16).digest()
        contact, check = (references(annotations[name]) for name in numbering.LINKED)
        return Imprint(digest, apart, late, together, tuple(placeables), (contact, check))

    def _paint(self, name: PanelName, panel: Panel) -> ContentStream:
        figures = figure_leaves(panel.element) if panel.element is not None else {}
        content = ContentStream(self.showers, self.artworks, figures)
        content.paint(panel.items, MARKED_WHERE_USED if name is PanelName.HEADER else ARTIFACT)
        return content

    def _add_forms(self) -> None:
        """Add the panels as form XObjects (8.10) with the resources that they share."""
        resources = self.body.add(
            b"<</ColorSpace<<%s %d 0 R>>/Font<<%s>>/XObject<<%s>>>>"
            % (
                PALETTE_RESOURCE,
                numbering.PALETTE,
                self.fonts.write(self.body),
                self.artworks.write(self.body),
            )
        )
        for name, panel in self.panels.items():
            content = self.streams[name]
            box = (-_OVERHANG, -_OVERHANG, panel.width + _OVERHANG, panel.height + _OVERHANG)
            parents = b"/StructParents %d" % numbering.FORM_KEYS[name] if content.marks else b""
            self.body.add_stream(
                content.finish(),
                b"/Type/XObject/Subtype/Form/BBox[%s]/Resources %d 0 R%s"
                % (numbers(box), resources, parents),
                numbering.FORMS[name],
            )

    def _add_structure(
        self,
        body: Body,
        pages: dict[PanelName, int],
        links: list[tuple[PanelName, Element, int]],
        figures: dict[Element, int],
    ) -> None:
        """Add what hangs below the panel elements, and the imprint's leaf of the parent tree."""
        painted = Painted()
        for name, page in pages.items():
            for identifier, leaf in enumerate(self.streams[name].marks):
                painted.marks[leaf].append(Mark(page, identifier, numbering.FORMS[name]))
        for name, element, annotation in links:
            painted.annotations[element].append(AnnotationMark(pages[name], annotation))
        painted.attributes.update((figure, b"%d 0 R" % n) for figure, n in figures.items())

        tree = StructureTree(body, painted)
        parents: dict[int, bytes] = {}
        for name, kids in numbering.KIDS.items():
            element = self.panels[name].element or Element("")
            body.add(tree.add_below(element, numbering.ELEMENTS[name]), kids)
            if self.streams[name].marks:
                parents[numbering.FORM_KEYS[name]] = tree.parents_of(self.streams[name].marks)
        first_key = numbering.FIRST_FREE_KEY_OF_IMPRINT
        for key, (_, element, _) in enumerate(links, start=first_key):
            parents[key] = b"%d 0 R" % tree.numbers[element]
        body.add(parent_tree_leaf(parents), numbering.IMPRINT_PARENTS)


def _palette(inks: Iterable[Colour]) -> bytes:
    """The clinic's colours by ink (ISO 32000-1, 8.6.6.3)."""
    parts = [part for ink in inks for part in (ink.red, ink.green, ink.blue)]
    table = bytes([round(part * 255) for part in parts])
    return b"[/Indexed/DeviceRGB %d<%s>]" % (len(table) // 3 - 1, table.hex().encode())


def _arrange(body: Body) -> Arrangement:
    part = body.write(numbering.IMPRINT_OBJECTS)
    count = body.next
    if count > numbering.FIRST_OF_MASTER:
        raise ClinicError("the clinic's panels hold more text and pictures than there is room for")
    rows = step = 0
    for number in range(count):
        offset = step_of_row = 0
        index = 0
        if number in part.indexes:
            kind, offset, index = 2, part.container, part.indexes[number]
        elif number in part.offsets:
            kind, offset, step_of_row = 1, part.offsets[number], 1
        else:  # free, or written by the press
            kind = 0
        rows = rows << 8 * ROW_SIZE | kind << 40 | offset << 8 | index
        step = step << 8 * ROW_SIZE | step_of_row << 8
    length = ROW_SIZE * count
    return Arrangement(part.data, rows.to_bytes(length), step.to_bytes(length), count)
