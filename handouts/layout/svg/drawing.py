"""An SVG drawing painted as PDF operators, with the places of its labels.

Coordinates are worked out here, so that the operators hold only final ones, in points from the
lower left corner, with a resolution of a twenty-thousandth of the drawing's longer side. Colours
are DeviceGray where gray and DeviceRGB elsewhere; the graphics state is set when it changes.

What is drawn: shapes, paths, groups, use of local shapes, transforms, flat fills and strokes,
dashes, class rules, and clip paths of one shape (every Figma export has one). Hidden elements and
definitions that nothing uses are not painted; everything else is a fault.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from handouts.diagnostics import ContentError
from handouts.document import Align
from handouts.layout.pages import Colour, Vector
from handouts.layout.svg.geometry import Matrix, Path, length, numbers, shape, transform
from handouts.layout.svg.style import (
    FLAT_COLOURS,
    Declarations,
    Style,
    declared_by,
    inherit,
    read_rules,
)
from handouts.layout.svg.tree import MAX_ELEMENTS, Faults, Node, Unreadable, read_tree

MAX_OPERATORS = 2_000_000
_MAX_DEPTH = 100
_POINTS_PER_PIXEL = 0.75

_SHAPES = {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_UNPAINTED = {
    *("title", "desc", "metadata", "defs", "style", "clipPath", "linearGradient"),
    *("radialGradient", "symbol", "marker", "pattern", "filter", "mask"),
}
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
    """``labels`` maps a name to the place that ``<rect id="label-NAME">`` gives it. That
    rectangle is not painted; its ``text-anchor`` (start, middle, end) says how the words stand
    in it, middle unless given."""

    artwork: Vector
    labels: Mapping[str, LabelPlace]


def read_drawing(data: bytes, file: str) -> Drawing:
    """Raises ContentError with every fault found in the file."""
    faults = Faults(file)
    try:
        root = read_tree(data, faults)
        drawing = _Painter(root, faults).drawing()
    except Unreadable:
        raise ContentError(faults.diagnostics()) from None
    if faults:
        raise ContentError(faults.diagnostics())
    return drawing


@dataclass(frozen=True, slots=True)
class _Viewport:
    """The drawing's size in points, and the transform from the root's user units to points."""

    width: float
    height: float
    matrix: Matrix


class _Painter:
    def __init__(self, root: Node, faults: Faults) -> None:
        self._root = root
        self._faults = faults
        self._viewport = _viewport(root, faults)
        longer = max(self._viewport.width, self._viewport.height)
        self._decimals = max(0, 4 - math.floor(math.log10(longer)))
        nodes = list(_walk(root))
        self._rules = read_rules([node for node in nodes if node.name == "style"], faults)
        self._by_id: dict[str, Node] = {}
        for node in nodes:
            self._by_id.setdefault(node.attributes.get("id", ""), node)
        self._labels: dict[str, LabelPlace] = {}
        self._operators: list[str] = []
        self._size = 0
        self._visits = 0
        self._state: dict[str, str] = {}

    def drawing(self) -> Drawing:
        box = self._viewport
        self._write(f"q\n0 0 {self._number(box.width)} {self._number(box.height)} re W n")
        opening = self._size
        self._paint(self._root, box.matrix, Style(), ())
        if self._size == opening and not self._faults:
            self._fault(self._root, "paints nothing", "draw something, or leave the picture out")
        self._write("Q\n")
        operators = "\n".join(self._operators).encode("ascii")
        return Drawing(Vector(box.width, box.height, operators), self._labels)

    # --- the tree ----------------------------------------------------------------------------

    def _paint(self, node: Node, outer: Matrix, style: Style, trail: tuple[Node, ...]) -> None:
        """``trail`` holds the nodes that this one is painted inside of, by place or by use."""
        self._visits += 1
        if node.name in _UNPAINTED:
            return
        is_container = node.name in ("g", "use") or node is self._root
        if not is_container and node.name not in _SHAPES:
            hint = _HINTS.get(node.name, FLAT_COLOURS)
            self._fault(node, "cannot be drawn", hint)
            return
        if self._visits > MAX_ELEMENTS or len(trail) > _MAX_DEPTH:
            self._fault(node, "is used too often or too deep", "ungroup the drawing and simplify it")
            raise Unreadable
        declared = declared_by(node, self._rules, self._faults)
        if declared.get("display") == "none":
            return
        style = inherit(style, declared, node, self._faults)
        matrix = self._moved(node, outer)
        with self._clipped(node, declared, matrix):
            if node.name == "use":
                self._use(node, matrix, style, (*trail, node))
            elif is_container:
                for child in node.children:
                    self._paint(child, matrix, style, (*trail, node))
            elif node.attributes.get("id", "").startswith("label-") and node.name == "rect":
                self._label(node, matrix)
            else:
                self._shape(self._outline(node), matrix, style)

    def _use(self, node: Node, outer: Matrix, style: Style, trail: tuple[Node, ...]) -> None:
        target = self._by_id.get(node.attributes.get("href", "").strip()[1:])
        if target is None:
            self._fault(node, "refers to nothing in the drawing", "draw the shape, or remove it")
        elif target in trail:
            self._fault(node, "repeats itself inside itself", "remove it")
            raise Unreadable
        elif target.name not in _SHAPES and target.name not in ("g", "use"):
            self._fault(node, f"refers to <{target.name}>", "turn the symbol into plain shapes")
        else:
            try:
                x, y = (length(node.attributes.get(name, "0")) for name in "xy")
            except ValueError as error:
                self._fault(node, f"has a place that {error}", FLAT_COLOURS)
            else:
                self._paint(target, outer.after(Matrix(e=x, f=y)), style, trail)

    def _moved(self, node: Node, outer: Matrix) -> Matrix:
        try:
            return outer.after(transform(node.attributes.get("transform", "")))
        except ValueError as error:
            self._fault(node, f"has a transform that {error}", "export the drawing again")
            return outer

    def _outline(self, node: Node) -> Path:
        try:
            return shape(node)
        except ValueError as error:
            self._fault(node, f"has a shape that {error}", "export the drawing again")
            return []

    def _label(self, node: Node, matrix: Matrix) -> None:
        name = node.attributes["id"].removeprefix("label-")
        anchor = declared_by(node, self._rules, self._faults).get("text-anchor", "middle")
        corners = [matrix.point(point) for _, points in self._outline(node) for point in points]
        hint = f'draw one upright, filled-in or empty <rect id="label-{name}">'
        if not corners or not matrix.keeps_axes:
            self._fault(node, f'"label-{name}" is turned or without size', hint)
        elif name in self._labels:
            self._fault(node, f'"label-{name}" stands in the drawing twice', hint)
        elif anchor not in _ANCHORS:
            self._fault(node, f'has text-anchor "{anchor}"', "write start, middle or end")
        else:
            start, end = min(c.real for c in corners), max(c.real for c in corners)
            bottom, top = min(c.imag for c in corners), max(c.imag for c in corners)
            place = LabelPlace(start, bottom, end - start, top - bottom, _ANCHORS[anchor])
            self._labels[name] = place

    def _fault(self, node: Node, message: str, hint: str) -> None:
        self._faults.at(node, message, hint)

    # --- operators (ISO 32000-1, 8.4 and 8.5) ------------------------------------------------

    @contextmanager
    def _clipped(self, node: Node, declared: Declarations, matrix: Matrix) -> Iterator[None]:
        value = declared.get("clip-path", "none")
        if value == "none":
            yield
            return
        found = _REFERENCE.fullmatch(value)
        clip = self._by_id.get(found[1]) if found else None
        outside = dict(self._state)
        self._write("q")
        if clip is None or clip.name != "clipPath":
            self._fault(node, f'has clip-path "{value[:40]}", which is no clip path', FLAT_COLOURS)
        else:
            self._clip(clip, matrix)
        yield
        self._write("Q")
        self._state = outside

    def _clip(self, clip: Node, outer: Matrix) -> None:
        shapes = [child for child in clip.children if child.name not in ("title", "desc")]
        units = clip.attributes.get("clipPathUnits", "userSpaceOnUse")
        if len(shapes) != 1 or shapes[0].name not in _SHAPES or units != "userSpaceOnUse":
            self._fault(clip, "does not hold exactly one shape in user space", FLAT_COLOURS)
            return
        (only,) = shapes
        style = Style()
        for node in (clip, only):
            declared = declared_by(node, self._rules, self._faults)
            style = inherit(style, declared, node, self._faults)
            if "clip-path" in declared:
                self._fault(node, "is clipped itself", FLAT_COLOURS)
        matrix = self._moved(only, self._moved(clip, outer))
        self._path(self._outline(only), matrix)
        self._write("W* n" if style.clips_even_odd else "W n")

    def _shape(self, outline: Path, matrix: Matrix, style: Style) -> None:
        has_stroke = style.stroke is not None and style.width > 0
        if not outline or not matrix.scale or not style.is_visible:
            return
        if style.fill is None and not has_stroke:
            return
        if style.fill is not None:
            self._set("fill", _colour(style.fill, "g", "rg"))
        if not has_stroke or style.stroke is None:
            self._path(outline, matrix)
            self._write("f*" if style.fills_even_odd else "f")
            return
        outside = dict(self._state)
        is_bent = not matrix.keeps_shape
        if is_bent:  # the pen is bent with the shape, which only the PDF's own matrix can do
            self._write("q")
            bend = Matrix(*(part / matrix.scale for part in matrix[:4]), *matrix[4:])
            self._write(" ".join(f"{part:.6f}" for part in bend) + " cm")
            matrix = Matrix(a=matrix.scale, d=matrix.scale)
        self._set("stroke", _colour(style.stroke, "G", "RG"))
        self._set_pen(style, matrix.scale)
        self._path(outline, matrix)
        if style.fill is None:
            self._write("S")
        else:
            self._write("B*" if style.fills_even_odd else "B")
        if is_bent:
            self._write("Q")
            self._state = outside

    def _set_pen(self, style: Style, scale: float) -> None:
        self._set("width", f"{self._number(style.width * scale)} w")
        self._set("cap", f"{style.cap} J")
        self._set("join", f"{style.join} j")
        self._set("miter", f"{self._number(style.miter_limit)} M")
        dashes = " ".join(self._number(dash * scale) for dash in style.dashes)
        offset = style.dash_offset * scale if dashes else 0
        self._set("dash", f"[{dashes}] {self._number(offset)} d")

    def _set(self, key: str, operator: str) -> None:
        if self._state.get(key) != operator:
            self._state[key] = operator
            self._write(operator)

    def _path(self, outline: Path, matrix: Matrix) -> None:
        for operator, points in outline:
            placed = [matrix.point(point) for point in points]
            parts = [self._number(part) for point in placed for part in (point.real, point.imag)]
            self._write(" ".join([*parts, operator]))

    def _write(self, operators: str) -> None:
        self._size += len(operators) + 1
        if self._size > MAX_OPERATORS:
            self._fault(self._root, "draws too much for a sheet", "simplify its paths")
            raise Unreadable
        self._operators.append(operators)

    def _number(self, value: float) -> str:
        if not abs(value) < 1e7:
            self._fault(self._root, "reaches far outside its own page", "export it again")
            raise Unreadable
        text = f"{value:.{self._decimals}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text == "-0" else text


def _walk(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _colour(colour: Colour, gray: str, rgb: str) -> str:
    parts = [f"{part:.3f}".rstrip("0").rstrip(".") for part in _parts(colour)]
    return f"{parts[0]} {gray}" if len(set(parts)) == 1 else f"{' '.join(parts)} {rgb}"


def _parts(colour: Colour) -> tuple[float, float, float]:
    return colour.red, colour.green, colour.blue


def _viewport(root: Node, faults: Faults) -> _Viewport:
    """SVG 1.1, 7.2 to 7.8; a size in percent is that of the view box."""
    try:
        width, height = (_size(root, name) for name in ("width", "height"))
        given = root.attributes.get("viewBox")
        box = numbers(given) if given is not None else [0, 0, width or 0, height or 0]
    except ValueError as error:
        faults.at(root, f"has a size that {error}", "export the drawing again")
        raise Unreadable from None
    if len(box) != 4 or min(box[2:]) <= 0 or (width or 1) <= 0 or (height or 1) <= 0:
        faults.at(root, "has no size", "give it a viewBox, or a width and a height above zero")
        raise Unreadable
    x, y, box_width, box_height = box
    if width is None:
        width = box_width * (height / box_height if height is not None else 1)
    if height is None:
        height = box_height * width / box_width
    across, down = width / box_width, height / box_height
    fit = root.attributes.get("preserveAspectRatio", "xMidYMid meet").split()
    if abs(across - down) > 0.005 * across and fit != ["none"]:
        if fit not in (["xMidYMid"], ["xMidYMid", "meet"]):
            faults.at(root, f'has preserveAspectRatio "{" ".join(fit)}"', "remove the attribute")
        across = down = min(across, down)
    points = Matrix(_POINTS_PER_PIXEL, 0, 0, -_POINTS_PER_PIXEL, 0, height * _POINTS_PER_PIXEL)
    margin_x, margin_y = (width - box_width * across) / 2, (height - box_height * down) / 2
    placed = Matrix(across, 0, 0, down, margin_x - x * across, margin_y - y * down)
    return _Viewport(
        width * _POINTS_PER_PIXEL, height * _POINTS_PER_PIXEL, points.after(placed)
    )


def _size(root: Node, name: str) -> float | None:
    text = root.attributes.get(name, "auto").strip()
    return None if text == "auto" or text.endswith("%") else length(text)
