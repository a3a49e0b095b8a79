"""Outlines as PDF operators that need no resources (ISO 32000-1, 8.4 and 8.5).

Only final coordinates are written, in points, to at least a ten-thousandth of the drawing's
longer side. Colours are DeviceGray where gray and DeviceRGB elsewhere; the graphics state is set
when it changes, and nothing is taken for granted about the state before.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager

from handouts.layout.pages import Colour
from handouts.layout.svg.geometry import Matrix
from handouts.layout.svg.path_data import Path
from handouts.layout.svg.style import Style

MAX_BYTES = 2_000_000
_FARTHEST = 1e7


class Operators:
    """A drawing as it grows.

    Every method that writes raises ValueError, with a few words that say what is wrong, when the
    drawing becomes too large or reaches too far.
    """

    def __init__(self, width: float, height: float) -> None:
        self._decimals = max(0, 4 - math.floor(math.log10(max(width, height))))
        self._lines: list[str] = []
        self._size = 0
        self._state: dict[str, str] = {}
        self.has_paint = False
        self._write(f"0 0 {self._number(width)} {self._number(height)} re W n")

    def encoded(self) -> bytes:
        """The operators, cut off at the edges of the drawing, with the state as it was before."""
        return "\n".join(["q", *self._lines, "Q\n"]).encode("ascii")

    @contextmanager
    def kept_state(self) -> Iterator[None]:
        """What is set or clipped inside ends with it."""
        outside = dict(self._state)
        self._write("q")
        yield
        self._write("Q")
        self._state = outside

    def clip(self, outline: Path, matrix: Matrix, is_even_odd: bool) -> None:
        self._path(outline, matrix)
        self._write("W* n" if is_even_odd else "W n")

    def paint(self, outline: Path, matrix: Matrix, style: Style) -> None:
        """Fill and stroke; nothing where the style has no colour or the shape no extent."""
        if not matrix.scale:
            return
        if style.stroke is None or style.width == 0:
            if style.fill is not None:
                self._fill_colour(style.fill)
                self._path(outline, matrix)
                self._write("f*" if style.fills_even_odd else "f")
                self.has_paint = True
        elif matrix.keeps_shape:
            self._paint_with_pen(outline, matrix, style, style.stroke)
        else:
            with self.kept_state():  # the pen is bent with the shape, which only `cm` can do
                scale = matrix.scale
                bend = [f"{part / scale:.6f}" for part in matrix[:4]]
                place = [self._number(part) for part in matrix[4:]]
                self._write(" ".join([*bend, *place, "cm"]))
                self._paint_with_pen(outline, Matrix(a=scale, d=scale), style, style.stroke)

    def _paint_with_pen(self, outline: Path, matrix: Matrix, style: Style, pen: Colour) -> None:
        if style.fill is not None:
            self._fill_colour(style.fill)
        self._set("pen", _colour(pen, "G", "RG"))
        self._set("width", f"{self._number(style.width * matrix.scale)} w")
        self._set("cap", f"{style.cap} J")
        self._set("join", f"{style.join} j")
        self._set("miter", f"{self._number(style.miter_limit)} M")
        dashes = " ".join(self._number(dash * matrix.scale) for dash in style.dashes)
        offset = style.dash_offset * matrix.scale if dashes else 0
        self._set("dash", f"[{dashes}] {self._number(offset)} d")
        self._path(outline, matrix)
        fill_and_stroke = "B*" if style.fills_even_odd else "B"
        self._write("S" if style.fill is None else fill_and_stroke)
        self.has_paint = True

    def _fill_colour(self, colour: Colour) -> None:
        self._set("fill", _colour(colour, "g", "rg"))

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
        if self._size > MAX_BYTES:
            raise ValueError("makes the drawing too large for a sheet")
        self._lines.append(operators)

    def _number(self, value: float) -> str:
        if not abs(value) < _FARTHEST:
            raise ValueError("reaches too far outside the drawing")
        text = f"{value:.{self._decimals}f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text == "-0" else text


def _colour(colour: Colour, gray: str, rgb: str) -> str:
    shown = (f"{part:.3f}" for part in (colour.red, colour.green, colour.blue))
    parts = [part.rstrip("0").rstrip(".") for part in shown]
    return f"{parts[0]} {gray}" if len(set(parts)) == 1 else f"{' '.join(parts)} {rgb}"
