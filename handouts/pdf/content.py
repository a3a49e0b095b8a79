"""Content streams: items of a page or panel as operators, each in its marked content.

What is painted for a leaf of the structure tree stands in a marked-content sequence with a number,
all else is an artifact (ISO 32000-1, 14.6 and 14.8.2.2). Text and paths never share a sequence,
since one may not begin inside a text object and end outside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from handouts.inks import Ink
from handouts.layout.pages import (
    Bar,
    Item,
    LinkArea,
    Outline,
    PanelName,
    PanelPlace,
    PlacedArtwork,
    PlacedLine,
)
from handouts.pdf.artwork import Artworks, Box, natural_size, path_box
from handouts.pdf.objects import name, number, numbers
from handouts.pdf.showing import TextShowers
from handouts.structure import Element, Leaf
from handouts.text.glyphs import GlyphRun

PALETTE_RESOURCE = b"/P"
PANEL_RESOURCES = {
    PanelName.HEADER: b"/Header",
    PanelName.CONTACT: b"/Contact",
    PanelName.CHECK: b"/Check",
    PanelName.PATIENT: b"/Patient",
}

# What opens an artifact.
ARTIFACT = b"/Artifact BMC"
HEADER = b"/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC"
FOOTER = b"/Artifact<</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC"
MARKED_WHERE_USED = b""  # in a form that is an artifact as a whole

# Moves the pen on, before it is put elsewhere, by more than any space. Where the next word stands
# to the left of the last one, pypdf sees no other sign that a word ends.
_WORD_GAP = b"[-999]TJ"


class ContentStream:
    """One content stream being written.

    ``marks`` holds the leaf of each marked-content identifier, ``links`` the clickable boxes in
    the order in which they came up, ``boxes`` what is painted of each figure.
    """

    def __init__(
        self, showers: TextShowers, artworks: Artworks, figures: Mapping[Leaf, Element]
    ) -> None:
        self.marks: list[Leaf] = []
        self.links: list[LinkArea] = []
        self.boxes: dict[Element, Box] = {}
        self._showers = showers
        self._artworks = artworks
        self._figures = figures
        self._operators: list[bytes] = [PALETTE_RESOURCE + b" cs 0 sc"]
        self._sequence: Leaf | bytes | None = None  # the open one: of a leaf, or an artifact's tag
        self._ink = Ink.TEXT
        self._selection = b""  # of a font and its size
        # The text object: whether it is open, its line's start and, if known, its pen; in
        # hundredths of a point, so that rounding never adds up.
        self._in_text = False
        self._line = (0, 0)
        self._pen: tuple[int, int] | None = None

    def paint(self, items: Iterable[Item], artifact: bytes = ARTIFACT) -> None:
        """Paint items in reading order; ``artifact`` opens what belongs to no leaf."""
        for item in items:
            self._paint(item, artifact)

    def finish(self) -> bytes:
        """The whole stream."""
        self._close()
        return b"\n".join(self._operators)

    def _paint(self, item: Item, artifact: bytes) -> None:
        match item:
            case PlacedLine():
                self._paint_line(item, artifact)
                self._measure_line(item)
            case Bar():
                self._open(artifact, in_text=False)
                self._use_ink(item.ink)
                box = numbers((item.x, item.y, item.width, item.height))
                self._operators.append(box + b" re f")
            case Outline():
                self._open(item.leaf or artifact, in_text=False)
                self._use_ink(item.ink)
                matrix = (item.scale, 0, 0, item.scale, item.x, item.y)
                self._operators.append(b"q %s cm %s f Q" % (_matrix(matrix), item.operators))
                if item.leaf in self._figures:
                    x0, y0, x1, y1 = (edge * item.scale for edge in path_box(item.operators))
                    self._extend(item.leaf, (x0 + item.x, y0 + item.y, x1 + item.x, y1 + item.y))
            case PlacedArtwork():
                self._open(item.leaf or artifact, in_text=False)
                width, height = natural_size(item.artwork)
                matrix = (item.width / width, 0, 0, item.height / height, item.x, item.y)
                resource = self._artworks.of(item.artwork)
                self._operators.append(b"q %s cm%s Do Q" % (_matrix(matrix), resource))
                self._extend(item.leaf, (item.x, item.y, item.x + item.width, item.y + item.height))
            case LinkArea():
                self.links.append(item)
            case PanelPlace():
                self._paint_panel(item)

    def _paint_panel(self, place: PanelPlace) -> None:
        """Paint a form of the imprint; what it holds is marked inside, but for the header."""
        if place.panel is PanelName.HEADER:
            self._open(HEADER, in_text=False)
        else:
            self._close()
        self._operators.append(
            b"q 1 0 0 1 %s cm%s Do Q" % (numbers((place.x, place.y)), PANEL_RESOURCES[place.panel])
        )

    def _paint_line(self, placed: PlacedLine, artifact: bytes) -> None:
        """Paint the runs in reading order, also where their directions differ."""
        runs = placed.line.runs
        # A space by itself beside a raised number makes PDFium begin a line elsewhere.
        parts_spaces = (
            len(runs) > 1
            and len({run.right_to_left for run in runs}) > 1
            and len({run.style.rise for run in runs}) == 1
        )
        before: GlyphRun | None = None
        for run in runs:
            x, y = placed.x + run.x, placed.y + run.style.rise
            self._open(run.leaf or artifact, in_text=True)
            if self._goes_back(x, y, run.style.size) and _is_word_end(before, run):
                self._operators.append(_WORD_GAP)
                self._pen = None
            starts_apart = parts_spaces and before is not None
            self._paint_run(run, x, y, starts_apart, parts_spaces and run is not runs[-1])
            before = run

    def _paint_run(
        self, run: GlyphRun, x: float, y: float, starts_apart: bool, ends_apart: bool
    ) -> None:
        if run.style.ink is not self._ink:
            self._use_ink(run.style.ink)
        shower = self._showers.of(run)
        if shower.selection != self._selection:
            self._selection = shower.selection
            self._operators.append(shower.selection)
        height = round(y * 100)
        for shown in shower.show(run, x, starts_apart, ends_apart):
            self._move(round(shown.start * 100), height)
            self._operators.append(shown.operators)
            self._pen = (round(shown.end * 100), height) if shown.end is not None else None

    def _goes_back(self, x: float, y: float, size: float) -> bool:
        """Whether a place is to the left of what was shown last, on about the same line."""
        last_x, last_y = self._line
        return (
            round(x * 100) < last_x
            and abs(y * 100 - last_y) < size * 100
            and self._selection != b""
        )

    def _move(self, x: int, y: int) -> None:
        """Put the pen at a place, unless it is there."""
        pen = self._pen
        if pen is not None and pen[1] == y and -1 <= pen[0] - x <= 1:
            return
        across, up = x - self._line[0], y - self._line[1]
        self._operators.append(b"%s %s Td" % (_hundredths(across), _hundredths(up)))
        self._line = (x, y)

    def _use_ink(self, ink: Ink) -> None:
        if ink is not self._ink:
            self._ink = ink
            self._operators.append(b"%d sc" % ink)

    def _open(self, sequence: Leaf | bytes, *, in_text: bool) -> None:
        """Be in the sequence asked for, in or out of a text object."""
        if in_text is self._in_text and sequence is self._sequence:
            return
        if in_text is not self._in_text:
            self._close()
            if in_text:
                self._operators.append(b"BT")
                self._in_text = True
                self._line = (0, 0)
                self._pen = None
        elif self._sequence:
            self._operators.append(b"EMC")
        if isinstance(sequence, Leaf):
            tag = name(sequence.parent.tag)
            self._operators.append(b"%s<</MCID %d>>BDC" % (tag, len(self.marks)))
            self.marks.append(sequence)
        elif sequence:
            self._operators.append(sequence)
        self._sequence = sequence

    def _close(self) -> None:
        """Leave the open sequence and the text object."""
        if self._sequence:
            self._operators.append(b"EMC")
        self._sequence = None
        if self._in_text:
            self._operators.append(b"ET")
            self._in_text = False

    def _measure_line(self, placed: PlacedLine) -> None:
        """Words inside a figure, such as its labels, count to its box."""
        if not self._figures:
            return
        line = placed.line
        for run in line.runs:
            left = placed.x + run.x
            self._extend(
                run.leaf,
                (left, placed.y - line.descent, left + run.width, placed.y + line.ascent),
            )

    def _extend(self, leaf: Leaf | None, box: Box) -> None:
        figure = self._figures.get(leaf) if leaf is not None else None
        if figure is None:
            return
        known = self.boxes.get(figure, box)
        self.boxes[figure] = (
            min(known[0], box[0]),
            min(known[1], box[1]),
            max(known[2], box[2]),
            max(known[3], box[3]),
        )


def _is_word_end(before: GlyphRun | None, after: GlyphRun) -> bool:
    """Whether a line begins, or white space is where two of its runs meet."""
    return (
        before is None
        or before.pieces[-1].text[-1:].isspace()
        or after.pieces[0].text[:1].isspace()
    )


def figure_leaves(root: Element) -> dict[Leaf, Element]:
    """The leaves that fill figures, at any depth, with their figures."""
    return {
        leaf: figure
        for figure in root.walk()
        if figure.tag == "Figure"
        for element in figure.walk()
        for leaf in element.children
        if isinstance(leaf, Leaf)
    }


@lru_cache(maxsize=4096)
def _hundredths(count: int) -> bytes:
    return number(count / 100)


def _matrix(values: Iterable[float]) -> bytes:
    """Six decimals, since a matrix may have to bring a large drawing down to very little."""
    return b" ".join([(b"%.6f" % value).rstrip(b"0").rstrip(b".") for value in values])
