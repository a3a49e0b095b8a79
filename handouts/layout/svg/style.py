"""How a shape is painted: attributes, class rules and style attributes made one (SVG 1.1, 6, 11).

A property that would change the picture and cannot be drawn is a fault unless it has the value
that changes nothing; one that nobody knows is a fault too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from handouts.layout.pages import Colour
from handouts.layout.svg.path_data import length, number, numbers
from handouts.layout.svg.tree import Faults, Node

FLAT_COLOURS = "export it with flat, opaque colours and no effects, or save the picture as PNG"

Declarations = dict[str, str]
Rules = dict[str, Declarations]

_BLACK = Colour(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Style:
    """The inherited properties.

    Lengths are user units; None paints nothing; ``cap`` and ``join`` are the numbers of ISO
    32000-1, 8.4.3.
    """

    color: Colour = _BLACK
    fill: Colour | None = _BLACK
    stroke: Colour | None = None
    fills_even_odd: bool = False
    clips_even_odd: bool = False
    width: float = 1
    cap: int = 0
    join: int = 0
    miter_limit: float = 4
    dashes: tuple[float, ...] = ()
    dash_offset: float = 0
    is_visible: bool = True


def read_rules(sheets: list[Node], faults: Faults) -> Rules:
    """The class rules of all style sheets: later ones come over earlier ones."""
    rules: Rules = {}
    for sheet in sheets:
        text = re.sub(r"/\*.*?\*/|<!--|-->", "", sheet.text, flags=re.DOTALL)
        for block in (block for block in text.split("}") if block.strip()):
            selectors, _, body = block.partition("{")
            declared = _declarations(body)
            for selector in (part.strip() for part in selectors.split(",")):
                if not re.fullmatch(r"\.[\w-]+", selector):
                    faults.at(
                        sheet,
                        f'has the rule "{selector[:40]}", and only class rules are read',
                        "export it with presentation attributes instead of a style sheet",
                    )
                rules.setdefault(selector[1:], {}).update(declared)
    return rules


def _declarations(text: str) -> Declarations:
    pairs = (declaration.partition(":") for declaration in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}


def declared_by(node: Node, rules: Mapping[str, Declarations], faults: Faults) -> Declarations:
    """What the node says of itself, strongest last: attributes, classes, style attribute."""
    declared: Declarations = {}
    for name, value in node.attributes.items():
        if _is_property(name):
            declared[name] = value.strip()
        elif name not in _ATTRIBUTES and not name.startswith(("data-", "aria-", "on")):
            faults.at(node, f"has {name}, which cannot be drawn", "remove the attribute")
    names = node.attributes.get("class", "").split()
    for name, rule in rules.items():
        if name in names:
            declared.update(rule)
    return declared | _declarations(node.attributes.get("style", ""))


def inherit(style: Style, declared: Declarations, node: Node, faults: Faults) -> Style:
    """The style of a node whose parent has ``style``."""
    changes: dict[str, Any] = {}
    for name in sorted(declared, key=lambda name: name != "color"):  # fill may refer to color
        value = declared[name]
        try:
            if name in _INHERITED and value == "inherit":
                continue
            if name in ("fill", "stroke"):
                changes[name] = _paint(value, changes.get("color", style.color))
            elif name in _PAINTING:
                field, read = _PAINTING[name]
                changes[field] = read(value)
            elif not _is_neutral(name, value) and not name.startswith(_IDLE):
                raise ValueError("cannot be drawn")
        except ValueError as error:
            faults.at(node, f'has {name} "{value[:40]}", which {error}', FLAT_COLOURS)
    return replace(style, **changes)


def _paint(text: str, current: Colour) -> Colour | None:
    if text in ("none", "transparent"):
        return None
    if text.lower() == "currentcolor":
        return current
    if text.startswith("url("):
        raise ValueError("is a gradient or a pattern")
    return colour(text)


def colour(text: str) -> Colour:
    """A colour as SVG writes it: #RGB, #RRGGBB, rgb(...) or a name (CSS Color 3, 4)."""
    text = text.lower()
    if re.fullmatch("#[0-9a-f]{3}", text):
        return Colour(*(int(digit, 16) / 15 for digit in text[1:]))
    if re.fullmatch("#[0-9a-f]{6}", text):
        return Colour(*(int(text[index : index + 2], 16) / 255 for index in (1, 3, 5)))
    if parts := re.fullmatch(r"rgb\(([^()%]*)\)", text):
        return _from_parts(numbers(parts[1]), 255)
    if parts := re.fullmatch(r"rgb\(([^()]*)\)", text):
        return _from_parts(numbers(parts[1].replace("%", " ")), 100)
    if text == "white":
        return Colour(1, 1, 1)
    if text == "black":
        return _BLACK
    from PIL import ImageColor  # for its table of names: 30 ms that most drawings do not need

    if isinstance(found := ImageColor.colormap.get(text), str):
        return colour(found)
    raise ValueError("is not an opaque colour")


def _from_parts(parts: list[float], whole: float) -> Colour:
    if len(parts) != 3:
        raise ValueError("is not an opaque colour")
    return Colour(*(min(max(part / whole, 0), 1) for part in parts))


def _one_of(**choices: Any) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        if text not in choices:
            raise ValueError("cannot be drawn")
        return choices[text]

    return read


def _positive(text: str) -> float:
    if (value := length(text)) < 0:
        raise ValueError("is negative")
    return value


def _miter_limit(text: str) -> float:
    if (value := number(text)) < 1:
        raise ValueError("is less than 1")
    return value


def _dashes(text: str) -> tuple[float, ...]:
    if text == "none":
        return ()
    dashes = tuple(_positive(part) for part in re.split(r"[\s,]+", text))
    return dashes if sum(dashes) else ()


_FILL_RULE = _one_of(nonzero=False, evenodd=True)

_PAINTING: dict[str, tuple[str, Callable[[str], Any]]] = {
    "color": ("color", colour),
    "fill-rule": ("fills_even_odd", _FILL_RULE),
    "clip-rule": ("clips_even_odd", _FILL_RULE),
    "stroke-width": ("width", _positive),
    "stroke-linecap": ("cap", _one_of(butt=0, round=1, square=2)),
    "stroke-linejoin": ("join", _one_of(miter=0, round=1, bevel=2)),
    "stroke-miterlimit": ("miter_limit", _miter_limit),
    "stroke-dasharray": ("dashes", _dashes),
    "stroke-dashoffset": ("dash_offset", length),
    "visibility": ("is_visible", _one_of(visible=True, hidden=False, collapse=False)),
}

_INHERITED = {"fill", "stroke", *_PAINTING}

_NEUTRAL = {
    "opacity": ("100%",),
    "fill-opacity": ("100%",),
    "stroke-opacity": ("100%",),
    "mask": ("none",),
    "filter": ("none",),
    "marker": ("none",),
    "marker-start": ("none",),
    "marker-mid": ("none",),
    "marker-end": ("none",),
    "mix-blend-mode": ("normal",),
    "vector-effect": ("none",),
    "paint-order": ("normal", "fill", "fill stroke", "fill stroke markers", "fill markers stroke"),
}


def _is_neutral(name: str, value: str) -> bool:
    if name.endswith("opacity") and not value.endswith("%"):
        return number(value) > 0.998  # Inkscape writes 0.99999998; it prints as 1
    return value in _NEUTRAL.get(name, ())


# What only text, gradients, filters or screens would show.
_IDLE = (
    *("font", "text-", "letter-spacing", "word-spacing", "line-height", "writing-mode", "kerning"),
    *("direction", "unicode-bidi", "dominant-baseline", "alignment-baseline", "baseline-shift"),
    *("white-space", "glyph-orientation", "stop-", "flood-", "lighting-", "solid-", "color-"),
    *("image-rendering", "shape-rendering", "-inkscape-", "inline-size", "shape-inside"),
    *("shape-padding", "shape-margin", "isolation", "enable-background", "overflow", "mask-type"),
    *("pointer-events", "cursor"),
    *("display", "clip-path"),  # the painter asks for these itself
)


def _is_property(name: str) -> bool:
    return name in _INHERITED or name in _NEUTRAL or name.startswith(_IDLE)


_ATTRIBUTES = {
    *("id", "class", "style", "transform", "href", "clipPathUnits", "role", "lang", "focusable"),
    *("viewBox", "preserveAspectRatio", "version", "baseProfile", "zoomAndPan", "tabindex"),
    *("contentScriptType", "contentStyleType", "x", "y", "width", "height", "cx", "cy", "r"),
    *("rx", "ry", "x1", "y1", "x2", "y2", "points", "d"),
}
