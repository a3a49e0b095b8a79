"""Shapes and transforms of SVG (SVG 1.1, 7.6 and 9).

Every reader raises ValueError with a few words that say what is wrong with the value.
"""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from handouts.layout.svg.path_data import Path, arc, length, numbers, path
from handouts.layout.svg.tree import Node

_TRANSFORM = re.compile(r"([a-zA-Z]+)\s*\(([^()]*)\)")


class Matrix(NamedTuple):
    """x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def after(self, first: Matrix) -> Matrix:
        """One transform for ``first`` and then this."""
        origin, right, down = (self.point(first.point(p)) for p in (0, 1, 1j))
        right, down = right - origin, down - origin
        return Matrix(right.real, right.imag, down.real, down.imag, origin.real, origin.imag)

    def point(self, point: complex) -> complex:
        x, y = point.real, point.imag
        return complex(self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)

    @property
    def scale(self) -> float:
        """How much lengths grow, on average; 0 where everything falls on a line."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))

    @property
    def keeps_shape(self) -> bool:
        """Whether a circle stays a circle."""
        right, down = complex(self.a, self.b), complex(self.c, self.d)
        return min(abs(right * 1j - down), abs(right * 1j + down)) <= 1e-4 * abs(right)

    @property
    def keeps_axes(self) -> bool:
        """Whether level stays level and upright upright."""
        return max(abs(self.b), abs(self.c)) <= 1e-6 * self.scale


def transform(text: str) -> Matrix:
    """The matrix of a transform list."""
    if _TRANSFORM.sub("", text).strip(", \t\r\n"):
        raise ValueError("is not a list of transforms")
    matrix = Matrix()
    for name, values in _TRANSFORM.findall(text):
        matrix = matrix.after(_one_transform(name, numbers(values)))
    return matrix


def _one_transform(name: str, values: list[float]) -> Matrix:
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return Matrix(a, b, c, d, e, f)
        case "translate", [x]:
            return Matrix(e=x)
        case "translate", [x, y]:
            return Matrix(e=x, f=y)
        case "scale", [size]:
            return Matrix(a=size, d=size)
        case "scale", [x, y]:
            return Matrix(a=x, d=y)
        case "rotate", [degrees]:
            turn = cmath.rect(1, math.radians(degrees))
            return Matrix(turn.real, turn.imag, -turn.imag, turn.real)
        case "rotate", [degrees, x, y]:
            turned = Matrix(e=x, f=y).after(_one_transform("rotate", [degrees]))
            return turned.after(Matrix(e=-x, f=-y))
        case "skewX", [degrees]:
            return Matrix(c=math.tan(math.radians(degrees)))
        case "skewY", [degrees]:
            return Matrix(b=math.tan(math.radians(degrees)))
    raise ValueError("is not a list of transforms")


def shape(node: Node) -> Path:
    """The outline of a shape; empty for one without extent, which SVG does not paint."""

    def value(name: str, default: str = "0") -> float:
        return length(node.attributes.get(name, default))

    match node.name:
        case "path":
            return path(node.attributes.get("d", ""))
        case "rect":
            return _rectangle(node, value("x"), value("y"), value("width"), value("height"))
        case "circle":
            radius = value("r")
            return _ellipse(complex(value("cx"), value("cy")), radius, radius)
        case "ellipse":
            return _ellipse(complex(value("cx"), value("cy")), *_radii(node))
        case "line":
            start, end = complex(value("x1"), value("y1")), complex(value("x2"), value("y2"))
            return [("m", (start,)), ("l", (end,))]
        case "polyline" | "polygon":
            return _polygon(node.attributes.get("points", ""), node.name == "polygon")
    raise ValueError("is not a shape")


def _polygon(text: str, is_closed: bool) -> Path:
    values = numbers(text)
    if len(values) % 2:
        raise ValueError("has an odd number of coordinates")
    points = [complex(x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
    return _joined(points, is_closed)


def _joined(points: Sequence[complex], is_closed: bool) -> Path:
    drawn: Path = [("l" if index else "m", (point,)) for index, point in enumerate(points)]
    return [*drawn, ("h", ())] if drawn and is_closed else drawn


def _radii(node: Node) -> tuple[float, float]:
    """One that is left out is as long as the other."""
    given = [node.attributes.get(name, "auto") for name in ("rx", "ry")]
    radii = [length(text) for text in given if text != "auto"] or [0.0]
    return radii[0], radii[-1]


def _rectangle(node: Node, x: float, y: float, width: float, height: float) -> Path:
    rx, ry = _radii(node)
    if min(width, height, rx, ry) < 0:
        raise ValueError("has a negative size")
    if not width or not height:
        return []
    right, bottom = x + width, y + height
    if not rx or not ry:
        corners = complex(x, y), complex(right, y), complex(right, bottom), complex(x, bottom)
        return _joined(corners, is_closed=True)
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    corner_arcs = (
        (complex(right - rx, y), complex(right, y + ry)),
        (complex(right, bottom - ry), complex(right - rx, bottom)),
        (complex(x + rx, bottom), complex(x, bottom - ry)),
        (complex(x, y + ry), complex(x + rx, y)),
    )
    drawn: Path = [("m", (corner_arcs[-1][1],))]
    for start, end in corner_arcs:
        drawn.append(("l", (start,)))
        drawn += arc(start, rx, ry, 0, False, True, end)
    return [*drawn, ("h", ())]


def _ellipse(centre: complex, rx: float, ry: float) -> Path:
    if rx < 0 or ry < 0:
        raise ValueError("has a negative radius")
    if not rx or not ry:
        return []
    ends = [centre + offset for offset in (rx, complex(0, ry), -rx, complex(0, -ry), rx)]
    drawn: Path = [("m", (ends[0],))]
    for start, end in pairwise(ends):
        drawn += arc(start, rx, ry, 0, False, True, end)
    return [*drawn, ("h", ())]
