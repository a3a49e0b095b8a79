"""Path data and the numbers of SVG (SVG 1.1, 4.2 and 8.3), as straight lines and cubic curves.

Points are complex numbers in the user units of their element, y down. Every reader raises
ValueError with a few words that say what is wrong with the value.
"""

from __future__ import annotations

import cmath
import math
import re
from collections.abc import Iterator

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_NUMBERS = re.compile(_NUMBER)
_LENGTH = re.compile(rf"({_NUMBER})\s*(px|pt|pc|mm|cm|in|Q)?")
_PIXELS = {None: 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_PIXELS["Q"] = 96 / 101.6
_COMMANDS = re.compile(r"([MmZzLlHhVvCcSsQqTtAa])([^MmZzLlHhVvCcSsQqTtAa]*)")
_ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}
_ARC_TOKENS = [re.compile(rf"[\s,]*({_NUMBER})")] * 7
_ARC_TOKENS[3:5] = [re.compile(r"[\s,]*([01])")] * 2
_LARGEST = 1e9

Segment = tuple[str, tuple[complex, ...]]
"""A PDF path construction operator (m, l, c or h) with its points."""

Path = list[Segment]


def number(text: str) -> float:
    if not (found := _NUMBERS.fullmatch(text.strip())):
        raise ValueError("is not a number")
    return _bounded(found[0])


def numbers(text: str) -> list[float]:
    if _NUMBERS.sub("", text).strip(", \t\r\n"):
        raise ValueError("is not a list of numbers")
    return [_bounded(found) for found in _NUMBERS.findall(text)]


def length(text: str) -> float:
    """A length in pixels, of which 96 make an inch."""
    if not (found := _LENGTH.fullmatch(text.strip())):
        raise ValueError("is not a length in px, pt, mm, cm or in")
    return _bounded(found[1]) * _PIXELS[found[2]]


def _bounded(text: str) -> float:
    value = float(text)
    if abs(value) > _LARGEST:
        raise ValueError("is too large a number")
    return value


def path(data: str) -> Path:
    """Path data (SVG 1.1, 8.3) with absolute lines and cubic curves only."""
    if _COMMANDS.sub("", data).strip():
        raise ValueError("does not start with a command")
    drawn: Path = []
    at = start = control = 0j
    last = ""
    for command, text in _COMMANDS.findall(data):
        kind = command.upper()
        if not drawn and kind != "M":
            raise ValueError("does not start with M")
        if kind == "Z":
            if text.strip(", \t\r\n"):
                raise ValueError("has numbers after Z")
            drawn.append(("h", ()))
            at, last = start, kind
            continue
        for values in _arguments(kind, text):
            origin = at if command.islower() else 0j
            points = _points(kind, values, origin, at)
            end = points[-1]
            match kind:
                case "M":
                    drawn.append(("m", (end,)))
                    start = end
                case "L" | "H" | "V":
                    drawn.append(("l", (end,)))
                case "C" | "S":
                    if kind == "S":
                        points = [2 * at - control if last in ("C", "S") else at, *points]
                    control = points[1]
                    drawn.append(("c", tuple(points)))
                case "Q" | "T":
                    reflected = 2 * at - control if last in ("Q", "T") else at
                    control = points[0] if kind == "Q" else reflected
                    first, second = at + (control - at) * 2 / 3, end + (control - end) * 2 / 3
                    drawn.append(("c", (first, second, end)))
                case "A":
                    rx, ry, turned, is_large, is_clockwise = values[:5]
                    drawn += arc(at, rx, ry, turned, bool(is_large), bool(is_clockwise), end)
            at, last = end, kind
            kind = "L" if kind == "M" else kind
    return drawn


def _arguments(kind: str, text: str) -> Iterator[list[float]]:
    values = list(_arc_numbers(text)) if kind == "A" else numbers(text)
    arity = _ARITY[kind]
    if not values or len(values) % arity:
        raise ValueError(f"has {len(values)} numbers after {kind}, not a multiple of {arity}")
    return (values[index : index + arity] for index in range(0, len(values), arity))


def _arc_numbers(text: str) -> Iterator[float]:
    """The flags of an arc may stand without a space before what follows them."""
    text = text.rstrip(", \t\r\n")
    position = index = 0
    while position < len(text):
        if not (found := _ARC_TOKENS[index % 7].match(text, position)):
            raise ValueError("is not a list of numbers and flags after A")
        yield _bounded(found[1])
        position, index = found.end(), index + 1


def _points(kind: str, values: list[float], origin: complex, at: complex) -> list[complex]:
    if kind == "H":
        return [complex(origin.real + values[0], at.imag)]
    if kind == "V":
        return [complex(at.real, origin.imag + values[0])]
    if kind == "A":
        return [origin + complex(values[5], values[6])]
    return [origin + complex(*values[index : index + 2]) for index in range(0, len(values), 2)]


def arc(
    start: complex,
    rx: float,
    ry: float,
    degrees: float,
    is_large: bool,
    is_clockwise: bool,
    end: complex,
) -> Path:
    """An elliptical arc as curves of at most a quarter turn each (SVG 1.1, F.6)."""
    rx, ry = abs(rx), abs(ry)
    if start == end:
        return []
    if not rx or not ry or abs(end - start) < 1e-9 * max(rx, ry):
        return [("l", (end,))]
    tilt = cmath.rect(1, math.radians(degrees))

    def on_circle(point: complex) -> complex:
        level = point / tilt
        return complex(level.real / rx, level.imag / ry)

    def on_ellipse(point: complex) -> complex:
        return complex(point.real * rx, point.imag * ry) * tilt

    chord = on_circle(end - start)
    reach = max(abs(chord) / 2, 1.0)  # radii too small for the chord grow until they just fit
    rx, ry, chord = rx * reach, ry * reach, chord / reach
    rise = math.sqrt(max(0.0, 1 - abs(chord / 2) ** 2))
    side = 1 if is_large != is_clockwise else -1
    to_centre = chord / 2 + side * rise * 1j * chord / abs(chord)
    spoke = -to_centre
    angle = cmath.phase((chord - to_centre) / spoke)
    if is_clockwise != (angle > 0):
        angle += math.tau if is_clockwise else -math.tau
    pieces = max(1, math.ceil(abs(angle) / (math.pi / 2) - 1e-6))
    turn = cmath.rect(1, angle / pieces)
    pull = 4j / 3 * math.tan(angle / pieces / 4)
    drawn: Path = []
    for piece in range(pieces):
        following = spoke * turn
        spots = (spoke + pull * spoke, following - pull * following, following)
        first, second, last = (start + on_ellipse(to_centre + spot) for spot in spots)
        drawn.append(("c", (first, second, end if piece == pieces - 1 else last)))
        spoke = following
    return drawn
