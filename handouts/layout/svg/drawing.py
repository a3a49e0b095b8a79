"""An SVG drawing painted as PDF operators, with the places of its labels.

What is drawn: shapes, paths, groups, use of local shapes, transforms, flat fills and strokes,
dashes, class rules, and clip paths of one shape (every Figma export has one). Hidden elements and
definitions that nothing uses are not painted; everything else is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from handouts.diagnostics import ContentError
from handouts.document import Align
from handouts.layout.pages import Artwork, Vector
from handouts.layout.svg.geometry import Matrix, shape, transform
from handouts.layout.svg.operators import Operators
from handouts.layout.svg.path_data import Path, length, numbers
from handouts.layout.svg.style import (
    FLAT_COLOURS,
    Declarations,
    Style,
    declared_by,
    inherit,
    read_rules,
)
from handouts.layout.svg.tree import MAX_ELEMENTS, Faults, Node, UnreadableError, read_tree

_MAX_DEPTH = 100
_POINTS_PER_PIXEL = 0.75
_SMALLEST, _LARGEST = 0.01, 1e6  # pixels, of the longer side

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_DRAWN = _SHAPES | {"g", "use"}
_UNPAINTED = {
    *("title", "desc", "metadata", "defs", "style", "clipPath", "linearGradient"),
    *("radialGradient", "symbol", "marker", "pattern", "filter", "mask"),
}
_EXPORT_AGAIN = "export the drawing again, or correct the value"
_HINTS = {
    "text": (
        "turn the text into outlines; for a label that is translated, draw an empty "
        '<rect id="label-NAME"> where the words go and write them under `labels`'
    ),
    "svg": "ungroup the inner drawing, or export the picture again as one drawing",
    "a": "remove the link from the drawing",
}
_ANCHORS = {"start": Align.START, "middle": Align.CENTER, "end": Align.END}
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+?)['\"]?\s*\)")


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """Where the words of a label go: a box in points, its origin the drawing's lower left.

    A drawing is not mirrored, so ``align`` START is the left side of the box in every language.
    """

    x: float
    y: float
    width: float
    height: float
    align: Align


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture and the places for words in it.

    ``labels`` maps a name to the place that ``<rect id="label-NAME">`` gives it. That rectangle
    is not painted; its ``text-anchor`` (start, middle, end) says how the words stand in it, in
    the middle unless given.
    """

    artwork: Artwork
    labels: Mapping[str, LabelPlace]


def read_drawing(data: bytes, file: str) -> Drawing:
    """The drawing; raises ContentError with every fault found in the file."""
    faults = Faults(file)
    try:
        drawing = _Painter(read_tree(data, faults), faults).drawing()
    except UnreadableError:
        raise ContentError(faults.diagnostics()) from None
    if faults:
        raise ContentError(faults.diagnostics())
    return drawing


class _Painter:
    def __init__(self, root: Node, faults: Faults) -> None:
        self._root = root
        self._faults = faults
        self._width, self._height, self._matrix = _viewport(root, faults)
        self._operators = Operators(self._width, self._height)
        nodes = list(_walk(root))
        self._rules = read_rules([node for node in nodes if node.name == "style"], faults)
        self._by_id: dict[str, Node] = {}
        for node in nodes:
            if "id" in node.attributes:
                self._by_id.setdefault(node.attributes["id"], node)
        self._labels: dict[str, LabelPlace] = {}
        self._visits = 0

    def drawing(self) -> Drawing:
        self._paint(self._root, self._matrix, Style(), ())
        if not self._operators.has_paint and not self._faults:
            self._fault(self._root, "paints nothing", "draw something, or leave the picture out")
        vector = Vector(self._width, self._height, self._operators.encoded())
        return Drawing(vector, self._labels)

    def _paint(self, node: Node, outer: Matrix, style: Style, trail: tuple[Node, ...]) -> None:
        """``trail`` holds the nodes that this one is painted inside of, by place or by use."""
        if node.name in _UNPAINTED:
            return
        if node.name not in _DRAWN and node is not self._root:
            self._fault(node, "cannot be drawn", _HINTS.get(node.name, FLAT_COLOURS))
            return
        self._visits += 1
        if self._visits > MAX_ELEMENTS or len(trail) > _MAX_DEPTH:
            self._stop(node, "is drawn too often or too deep inside others")
        declared = declared_by(node, self._rules, self._faults)
        if declared.get("display") == "none":
            return
        style = inherit(style, declared, node, self._faults)
        matrix = self._moved(node, outer)
        with self._clipped(node, declared, matrix):
            if node.name == "use":
                self._use(node, matrix, style, (*trail, node))
            elif node.name not in _SHAPES:
                for child in node.children:
                    self._paint(child, matrix, style, (*trail, node))
            elif node.name == "rect" and node.attributes.get("id", "").startswith("label-"):
                self._label(node, matrix, declared)
            elif style.is_visible:
                self._shape(node, matrix, style)

    def _use(self, node: Node, outer: Matrix, style: Style, trail: tuple[Node, ...]) -> None:
        target, matrix = self._target(node, outer)
        if target is None:
            self._fault(node, "refers to nothing in the drawing", _EXPORT_AGAIN)
        elif target in trail:
            self._stop(node, "repeats itself inside itself")
        elif target.name not in _DRAWN:
            self._fault(node, f"refers to <{target.name}>", "turn the symbol into plain shapes")
        else:
            self._paint(target, matrix, style, trail)

    def _target(self, use: Node, outer: Matrix) -> tuple[Node | None, Matrix]:
        """What a use refers to, and the matrix that it is drawn with."""
        try:
            x, y = (length(use.attributes.get(name, "0")) for name in "xy")
        except ValueError as error:
            self._fault(use, f"has a place that {error}", _EXPORT_AGAIN)
            x = y = 0
        name = use.attributes.get("href", "").strip().removeprefix("#")
        return self._by_id.get(name), outer.after(Matrix(e=x, f=y))

    def _moved(self, node: Node, outer: Matrix) -> Matrix:
        try:
            return outer.after(transform(node.attributes.get("transform", "")))
        except ValueError as error:
            self._fault(node, f"has a transform that {error}", _EXPORT_AGAIN)
            return outer

    def _outline(self, node: Node) -> Path:
        try:
            return shape(node)
        except ValueError as error:
            self._fault(node, f"has a shape that {error}", _EXPORT_AGAIN)
            return []

    def _shape(self, node: Node, matrix: Matrix, style: Style) -> None:
        if outline := self._outline(node):
            try:
                self._operators.paint(outline, matrix, style)
            except ValueError as error:
                self._stop(node, str(error))

    @contextmanager
    def _clipped(self, node: Node, declared: Declarations, matrix: Matrix) -> Iterator[None]:
        value = declared.get("clip-path", "none")
        if value == "none":
            yield
            return
        found = _REFERENCE.fullmatch(value)
        clip = self._by_id.get(found[1]) if found else None
        with self._operators.kept_state():
            if clip is None or clip.name != "clipPath":
                self._fault(node, f'has clip-path "{value[:40]}", which is none', FLAT_COLOURS)
            else:
                self._clip(clip, matrix)
            yield

    def _clip(self, clip: Node, outer: Matrix) -> None:
        """Cut to the one shape of a clip path, which Illustrator puts there by use."""
        matrix, style = self._inside(clip, outer, Style())
        shapes = [child for child in clip.children if child.name not in ("title", "desc")]
        only = shapes[0] if len(shapes) == 1 else None
        if only is not None and only.name == "use":
            matrix, style = self._inside(only, matrix, style)
            only, matrix = self._target(only, matrix)
        units = clip.attributes.get("clipPathUnits", "userSpaceOnUse")
        if only is None or only.name not in _SHAPES or units != "userSpaceOnUse":
            hint = "join its shapes into one path, or cut the picture without a clip path"
            self._fault(clip, "does not hold exactly one shape in user space", hint)
            return
        matrix, style = self._inside(only, matrix, style)
        try:
            self._operators.clip(self._outline(only), matrix, style.clips_even_odd)
        except ValueError as error:
            self._stop(clip, str(error))

    def _inside(self, node: Node, outer: Matrix, style: Style) -> tuple[Matrix, Style]:
        """Transform and style inside a part of a clip path."""
        declared = declared_by(node, self._rules, self._faults)
        if declared.get("clip-path", "none") != "none":
            self._fault(node, "is clipped itself", FLAT_COLOURS)
        return self._moved(node, outer), inherit(style, declared, node, self._faults)

    def _label(self, node: Node, matrix: Matrix, declared: Declarations) -> None:
        name = node.attributes["id"].removeprefix("label-")
        anchor = declared.get("text-anchor", "middle")
        corners = [matrix.point(point) for _, points in self._outline(node) for point in points]
        if not corners or not matrix.keeps_axes:
            hint = "draw the rectangle upright and as large as the words"
            self._fault(node, f'"label-{name}" is turned or without size', hint)
        elif name in self._labels:
            self._fault(node, f'"label-{name}" stands in the drawing twice', "rename one of them")
        elif anchor not in _ANCHORS:
            self._fault(node, f'has text-anchor "{anchor}"', "write start, middle or end")
        else:
            x, right = min(c.real for c in corners), max(c.real for c in corners)
            y, top = min(c.imag for c in corners), max(c.imag for c in corners)
            self._labels[name] = LabelPlace(x, y, right - x, top - y, _ANCHORS[anchor])

    def _fault(self, node: Node, message: str, hint: str) -> None:
        self._faults.at(node, message, hint)

    def _stop(self, node: Node, message: str) -> None:
        self._fault(node, message, "simplify the drawing, or save the picture as PNG")
        raise UnreadableError


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _viewport(root: Node, faults: Faults) -> tuple[float, float, Matrix]:
    """Width and height in points, and the transform from the root's user units (SVG 1.1, 7.7).

    A size in percent or em, which a page around the drawing would give, is that of the view box.
    """
    try:
        width, height = (_size(root, name) for name in ("width", "height"))
        given = root.attributes.get("viewBox")
        box = numbers(given) if given is not None else [0, 0, width or 0, height or 0]
    except ValueError as error:
        faults.at(root, f"has a size that {error}", _EXPORT_AGAIN)
        raise UnreadableError from None
    if len(box) != 4 or min(*box[2:], width or 1, height or 1) <= 0 or 0 in (width, height):
        faults.at(root, "has no size", "give it a viewBox, or a width and a height above zero")
        raise UnreadableError
    x, y, box_width, box_height = box
    if width is None:
        width = box_width * (height / box_height if height is not None else 1)
    if height is None:
        height = box_height * width / box_width
    if not _SMALLEST < max(width, height) < _LARGEST:
        faults.at(root, "is too small or too large to print", _EXPORT_AGAIN)
        raise UnreadableError
    across, down = width / box_width, height / box_height
    fit = root.attributes.get("preserveAspectRatio", "xMidYMid meet").split()
    if abs(across - down) > 0.005 * across and fit != ["none"]:
        if fit not in (["xMidYMid"], ["xMidYMid", "meet"]):
            faults.at(root, f'has preserveAspectRatio "{" ".join(fit)}"', "remove the attribute")
        across = down = min(across, down)
    points = Matrix(_POINTS_PER_PIXEL, 0, 0, -_POINTS_PER_PIXEL, 0, height * _POINTS_PER_PIXEL)
    margin_x, margin_y = (width - box_width * across) / 2, (height - box_height * down) / 2
    placed = Matrix(across, 0, 0, down, margin_x - x * across, margin_y - y * down)
    matrix = points.after(placed)
    return round(width * _POINTS_PER_PIXEL, 6), round(height * _POINTS_PER_PIXEL, 6), matrix


def _size(root: Node, name: str) -> float | None:
    text = root.attributes.get(name, "auto").strip()
    return None if text == "auto" or text.endswith(("%", "em")) else length(text)
