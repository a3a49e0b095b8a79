"""Artwork and paths of the sheet as SVG, written anew from the operators that the sheet paints.

Nothing of an author's SVG file gets here but shapes, colours and strokes.
"""

from __future__ import annotations

from collections.abc import Sequence

from handouts.layout.pages import Outline, Vector
from handouts.web.markup import Markup, element, joined

_SVG = "http://www.w3.org/2000/svg"
_PATH = {"m": "M", "l": "L", "c": "C", "h": "Z"}
_PAINTED = {  # operator: whether it fills, strokes, and fills by the even-odd rule
    "f": (True, False, False),
    "f*": (True, False, True),
    "S": (False, True, False),
    "B": (True, True, False),
    "B*": (True, True, True),
}
_CAPS = ("butt", "round", "square")
_JOINS = ("miter", "round", "bevel")
_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004, 9.1)


def drawing(vector: Vector) -> Markup:
    """A whole file of SVG that shows the drawing."""
    return _upright(vector.width, vector.height, _Painter(vector.operators).painted())


def code_drawing(code: Outline) -> Markup:
    """A QR code in black with the white around it that cameras need."""
    side = code.width / code.scale + 2 * _QUIET
    moved = f"translate({_QUIET} {_QUIET})"
    path = element("path", d=path_data(code.operators), transform=moved)
    return _upright(side, side, path, shape_rendering="crispEdges")


def icon_drawing(operators: bytes, size: float) -> Markup:
    """An icon in the colour of the text beside it, which says what it means."""
    side = _number(size)
    path = element("path", d=path_data(operators), transform=f"matrix(1 0 0 -1 0 {side})")
    box = f"0 0 {side} {side}"
    return element("svg", path, viewBox=box, fill="currentColor", aria_hidden="true")


def path_data(operators: bytes) -> str:
    """Path construction operators (ISO 32000-1, 8.5.2) as SVG path data, y still upwards."""
    painter = _Painter(operators)
    painter.painted()
    return painter.path


def _upright(width: float, height: float, content: Markup, **attributes: str) -> Markup:
    """PDF's y runs up, SVG's runs down."""
    across, down = _number(width), _number(height)
    turned = element("g", content, transform=f"matrix(1 0 0 -1 0 {down})")
    box = f"0 0 {across} {down}"
    size = {"width": f"{across}pt", "height": f"{down}pt"}
    return element("svg", turned, xmlns=_SVG, viewBox=box, **size, **attributes)


class _Painter:
    """Follows the operators that ``handouts.layout.svg.operators`` writes, and no others."""

    def __init__(self, operators: bytes) -> None:
        self._tokens = operators.decode("ascii").split()
        self._state: dict[str, str] = {}
        self._pieces: list[list[Markup]] = [[]]  # what is in each group that is open
        self._groups: list[dict[str, str]] = []  # the attributes of those groups
        self._kept: list[tuple[dict[str, str], int]] = []
        self._clips = 0
        self.path = ""

    def painted(self) -> Markup:
        operands: list[str] = []
        for token in self._tokens:
            if token[0] in "-.0123456789[" or token[0] == "]" or token.endswith("]"):
                operands.append(token)
            else:
                self._follow(token, operands)
                operands = []
        assert not self._groups
        return joined(self._pieces[0])

    def _follow(self, operator: str, operands: Sequence[str]) -> None:
        match operator:
            case "m" | "l" | "c" | "h":
                self.path += f"{_PATH[operator]}{' '.join(operands)}"
            case "re":
                x, y, width, height = operands
                self.path += f"M{x} {y}h{width}v{height}h-{width}Z".replace("--", "")
            case "q":
                self._kept.append((dict(self._state), len(self._groups)))
            case "Q":
                self._state, depth = self._kept.pop()
                while len(self._groups) > depth:
                    self._close()
            case "cm":
                self._open(transform=f"matrix({' '.join(operands)})")
            case "W" | "W*":
                self._clip("evenodd" if operator == "W*" else "nonzero")
            case "n":
                self.path = ""
            case "g" | "rg":
                self._state["fill"] = _colour(operands)
            case "G" | "RG":
                self._state["stroke"] = _colour(operands)
            case "w":
                self._state["stroke-width"] = operands[0]
            case "J":
                self._state["stroke-linecap"] = _CAPS[int(operands[0])]
            case "j":
                self._state["stroke-linejoin"] = _JOINS[int(operands[0])]
            case "M":
                self._state["stroke-miterlimit"] = operands[0]
            case "d":
                *dashes, offset = " ".join(operands).replace("[", "").replace("]", "").split()
                self._state["stroke-dasharray"] = " ".join(dashes) or "none"
                self._state["stroke-dashoffset"] = offset
            case _:
                self._paint(*_PAINTED[operator])

    def _paint(self, fills: bool, strokes: bool, even_odd: bool) -> None:
        pen = {key: value for key, value in self._state.items() if key.startswith("stroke")}
        entries = {"fill": self._state.get("fill", "#000") if fills else "none"}
        entries |= pen if strokes else {}
        if even_odd:
            entries["fill-rule"] = "evenodd"
        self._pieces[-1].append(element("path", d=self.path, **_named(entries)))
        self.path = ""

    def _clip(self, rule: str) -> None:
        self._clips += 1
        name = f"clip-{self._clips}"
        shape = element("path", d=self.path, clip_rule=rule)
        self._pieces[-1].append(element("clipPath", shape, id=name))
        self._open(clip_path=f"url(#{name})")

    def _open(self, **attributes: str) -> None:
        self._groups.append(attributes)
        self._pieces.append([])

    def _close(self) -> None:
        content = joined(self._pieces.pop())
        self._pieces[-1].append(element("g", content, **self._groups.pop()))


def _named(entries: dict[str, str]) -> dict[str, str]:
    return {key.replace("-", "_"): value for key, value in entries.items()}


def _colour(parts: Sequence[str]) -> str:
    steps = [round(float(part) * 255) for part in parts]
    return "#" + "".join(f"{step:02X}" for step in (steps if len(steps) == 3 else steps * 3))


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
