"""The master: everything of a file that no clinic changes, painted once.

Its bytes stand at the start of every file pressed from it, so that its offsets never move and it
can bring its own cross-reference stream; what the imprint adds is then an incremental update
(ISO 32000-1, 7.5.6).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from hashlib import blake2b

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.layout.pages import Page, PanelName, PanelPlace, Printing, Sheet
from handouts.pdf import numbering
from handouts.pdf.artwork import Artworks
from handouts.pdf.body import Body, Part, compress, indirect, stream
from handouts.pdf.content import (
    FOOTER,
    HEADER,
    PALETTE_RESOURCE,
    PANEL_RESOURCES,
    ContentStream,
    figure_leaves,
)
from handouts.pdf.fonts import Fonts
from handouts.pdf.links import destination, destinations, figure_box, group_areas, link_annotation
from handouts.pdf.metadata import add_metadata, add_output_intent, information
from handouts.pdf.objects import number, references, text_string
from handouts.pdf.outline import add_outline
from handouts.pdf.showing import TextShowers
from handouts.pdf.tagging import AnnotationMark, Mark, Painted, StructureTree, parent_tree_leaf
from handouts.structure import Element

# The comment's four bytes tell programs that the file is not text (ISO 19005-2, 6.1.2).
FILE_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"

MOST_OBJECTS = 0x1_0000  # of the object stream: the cross-references count them in two bytes
NOT_PLACED = (-1, (0.0, 0.0))  # the page and the place of a panel that the sheet has already


@dataclass(frozen=True, slots=True)
class Master:
    """``data`` is the start of the file, with a cross-reference stream at ``cross_references``.

    ``places`` are where the contact and the check panel stand, ``annotations`` the references to
    the master's own annotations on the pages of these panels; both say nothing of a sheet that has
    its panels already. The patient's panel is late where it stands on the page of the check panel
    alone. ``object_count`` is one more than the highest object number.
    """

    data: bytes
    digest: bytes
    cross_references: int
    object_count: int
    page_count: int
    has_one_panel_page: bool
    has_late_patient: bool
    places: tuple[tuple[float, float], tuple[float, float]]
    annotations: tuple[bytes, bytes]


def paint_master(sheet: Sheet) -> Master:
    """Paint a sheet.

    Raises:
        FontError: a glyph or a face that cannot be embedded.
        ConformanceError: text that no PDF/UA file may hold.
        LayoutError: the sheet has more objects than a master can count.
        ValueError: layout has not placed a panel that waits for the imprint exactly once.
    """
    return _MasterPainter(sheet).master()


class _MasterPainter:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.body = Body(numbering.FIRST_FREE_IN_MASTER)
        waiting = sheet.open_panels
        contact, check = (
            _place_of(panel, sheet) if panel in waiting else NOT_PLACED
            for panel in numbering.LINKED
        )
        self.panel_pages = (contact[0], check[0])
        self.panel_places = (contact[1], check[1])
        self.patient_page = contact[0]
        if sheet.patient is not None:
            self.patient_page = _place_of(PanelName.PATIENT, sheet)[0]
        if self.patient_page not in self.panel_pages:
            raise ValueError("the patient's panel stands on a page without another panel")
        fixed = {check[0]: numbering.CHECK_PAGE, contact[0]: numbering.CONTACT_PAGE}
        self.pages = [fixed.get(n) or self.body.reserve() for n in range(len(sheet.pages))]

    def master(self) -> Master:
        sheet, body = self.sheet, self.body
        fonts, artworks = Fonts(), Artworks()
        showers = TextShowers(fonts)
        figures = figure_leaves(sheet.root)
        streams = []
        for page in sheet.pages:
            streams.append(ContentStream(showers, artworks, figures))
            _paint_page(page, sheet.paper.height / 2, streams[-1])

        targets = destinations(sheet.targets, self.pages)
        painted = Painted()
        annotations: list[list[int]] = []
        links: list[tuple[int, Element]] = []  # annotations by their parent tree key
        for page_number, content in zip(self.pages, streams, strict=True):
            for identifier, leaf in enumerate(content.marks):
                painted.marks[leaf].append(Mark(page_number, identifier))
            for figure, box in content.boxes.items():
                painted.attributes[figure] = figure_box(box).at(0, 0)
            annotations.append([])
            for element, areas in group_areas(content.links).items():
                key = numbering.FIRST_KEY_OF_MASTER + len(streams) + len(links)
                links.append((key, element))
                annotation = link_annotation(areas, destination(element, targets), key)
                annotations[-1].append(body.add(annotation.at(0, 0)))
                painted.annotations[element].append(
                    AnnotationMark(page_number, annotations[-1][-1])
                )

        places = {
            element: (numbering.ELEMENTS[panel], numbering.KIDS[panel])
            for panel, element in sheet.open_panels.items()
        }
        tree = StructureTree(body, painted, places)
        tree_root = self._add_structure(tree, streams, links)
        self._add_pages(tree_root, streams, annotations, fonts, artworks)
        part = body.write(body.reserve())
        if len(part.indexes) > MOST_OBJECTS:
            raise LayoutError(
                Diagnostic("this is too much for one file", hint="divide it into two or more")
            )
        table = _cross_references(part, body.reserve(), len(FILE_HEADER))
        data = FILE_HEADER + part.data + table
        contact, check = self.panel_pages
        own = dict(enumerate(map(references, annotations)))
        return Master(
            data,
            blake2b(data, digest_size=16).digest(),
            len(FILE_HEADER) + len(part.data),
            body.next,
            len(sheet.pages),
            contact == check,
            self.patient_page != contact,
            self.panel_places,
            (own.get(contact, b""), own.get(check, b"")),
        )

    def _add_structure(
        self, tree: StructureTree, streams: list[ContentStream], links: list[tuple[int, Element]]
    ) -> int:
        """Add the structure tree with its parent tree, whose first leaf is the imprint's."""
        body = self.body
        root = body.reserve()
        document = tree.add(self.sheet.root, root)
        for panel, element in self.sheet.open_panels.items():
            if element not in tree.numbers:
                raise ValueError(f"the {panel} element is not in the structure tree")
        parents = {
            key: tree.parents_of(content.marks)
            for key, content in enumerate(streams, start=numbering.FIRST_KEY_OF_MASTER)
            if content.marks
        }
        parents.update((key, b"%d 0 R" % tree.numbers[element]) for key, element in links)
        leaf = body.add(parent_tree_leaf(parents))
        return body.add(
            b"<</Type/StructTreeRoot/K %d 0 R/ParentTree<</Kids[%d 0 R %d 0 R]>>>>"
            % (document, numbering.IMPRINT_PARENTS, leaf),
            root,
        )

    def _add_pages(
        self,
        tree_root: int,
        streams: list[ContentStream],
        annotations: list[list[int]],
        fonts: Fonts,
        artworks: Artworks,
    ) -> None:
        """Add pages, their content and resources, and the catalog that holds all."""
        sheet, body = self.sheet, self.body
        panels = b"".join(
            [
                b"%s %d 0 R" % (PANEL_RESOURCES[panel], form)
                for panel, form in numbering.FORMS.items()
            ]
        )
        resources = body.add(
            b"<</ColorSpace<<%s %d 0 R>>/Font<<%s>>/XObject<<%s%s>>>>"
            % (
                PALETTE_RESOURCE,
                numbering.PALETTE,
                fonts.write(body),
                panels,
                artworks.write(body),
            )
        )
        parent = body.reserve()
        shared = b"/Parent %d 0 R/Resources %d 0 R/Tabs/S" % (parent, resources)
        for index, (page, content) in enumerate(zip(self.pages, streams, strict=True)):
            stream = body.add_stream(content.finish())
            key = b"/StructParents %d" % (numbering.FIRST_KEY_OF_MASTER + index)
            body.add(
                b"<</Type/Page%s/Contents %d 0 R%s%s>>"
                % (
                    shared,
                    stream,
                    key if content.marks else b"",
                    self._annots(index, annotations[index]),
                ),
                page,
            )
        body.add(
            b"<</Type/Pages/MediaBox[0 0 %s %s]/Count %d/Kids[%s]>>"
            % (
                number(sheet.paper.width),
                number(sheet.paper.height),
                len(self.pages),
                references(self.pages),
            ),
            parent,
        )
        outline = add_outline(sheet.bookmarks, self.pages, body)
        body.add(information(sheet), numbering.INFORMATION)
        body.add(
            b"<</Type/Catalog/Pages %d 0 R/StructTreeRoot %d 0 R/MarkInfo<</Marked true>>/Lang%s"
            b"/ViewerPreferences<</DisplayDocTitle true%s>>/Metadata %d 0 R/OutputIntents[%s]%s>>"
            % (
                parent,
                tree_root,
                text_string(sheet.language),
                _printing(sheet.printing),
                add_metadata(sheet, body),
                add_output_intent(body),
                b"/Outlines %d 0 R" % outline if outline else b"",
            ),
            numbering.CATALOG,
        )

    def _annots(self, index: int, own: list[int]) -> bytes:
        """A page's /Annots; where a panel stands, the press writes the array."""
        if index == self.panel_pages[0]:
            return b"/Annots %d 0 R" % numbering.CONTACT_PAGE_ANNOTATIONS
        if index == self.panel_pages[1]:
            return b"/Annots %d 0 R" % numbering.CHECK_PAGE_ANNOTATIONS
        return b"/Annots[%s]" % references(own) if own else b""


def _printing(printing: Printing) -> bytes:
    """What a viewer's print window should offer (ISO 32000-1, table 150)."""
    copies = b"/NumCopies %d" % printing.copies if printing.copies > 1 else b""
    return copies + (b"/Duplex/DuplexFlipLongEdge" if printing.duplex else b"")


def _place_of(panel: PanelName, sheet: Sheet) -> tuple[int, tuple[float, float]]:
    """The page on which a panel stands, counted from 0, and its lower left corner."""
    found = [
        (index, (item.x, item.y))
        for index, page in enumerate(sheet.pages)
        for item in page.items
        if isinstance(item, PanelPlace) and item.panel is panel
    ]
    if len(found) != 1:
        raise ValueError(f"the {panel} panel has {len(found)} places in the sheet")
    return found[0]


def _paint_page(page: Page, middle: float, content: ContentStream) -> None:
    """Paint a page: what is above its middle of header and footer, the items, what is below."""
    content.paint([item for item in page.header_footer if item.y >= middle], HEADER)
    content.paint(page.items)
    content.paint([item for item in page.header_footer if item.y < middle], FOOTER)


def _cross_references(part: Part, own: int, start: int) -> bytes:
    """The cross-reference stream of the master's objects; ``own`` is its number, the last one.

    Offsets in ``part`` count from ``start``.
    """
    rows: list[bytes] = []
    pack = struct.Struct(">xBIH").pack
    for entry in range(numbering.FIRST_OF_MASTER, own):
        if entry in part.indexes:
            rows.append(pack(2, part.container, part.indexes[entry]))
        elif entry in part.offsets:
            rows.append(pack(1, start + part.offsets[entry], 0))
        else:  # the check page where there is none of its own, the patient's element likewise
            rows.append(pack(0, 0, 0))
    rows.append(pack(1, start + len(part.data), 0))
    entries = (
        b"/Type/XRef/W[1 4 2]/Index[%d %d]/Size %d/Root %d 0 R/Filter/FlateDecode"
        b"/DecodeParms<</Predictor 12/Columns 7>>"
        % (numbering.FIRST_OF_MASTER, len(rows), own + 1, numbering.CATALOG)
    )
    return indirect(own, stream(compress(_differences(rows)), entries))


def _differences(rows: list[bytes]) -> bytes:
    """Rows as PNG's filter Up has them: each byte less the one above, modulo 256, and a tag.

    That leaves next to nothing of rows that point into the object stream. Each row comes with a
    byte free for the tag. All bytes are subtracted at once, with their high bits kept apart.
    """
    table = b"".join(rows)
    high = int.from_bytes(b"\x80" * len(table))
    tags = int.from_bytes((b"\2" + bytes(len(rows[0]) - 1)) * len(rows))
    value = int.from_bytes(table)
    above = value >> 8 * len(rows[0])
    difference = ((value | high) - (above & ~high)) ^ ((value ^ ~above) & high)
    return (difference | tags).to_bytes(len(table))
