"""What a page paints, as a tree of marked content (ISO 32000-1, 14.6).

All places are points from the page's lower left corner.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.reading_back.fonts import Font
from tests.reading_back.objects import text_string


@dataclass(frozen=True, slots=True)
class Glyph:
    """A painted glyph; ``text`` is None when the font does not say what the code stands for."""

    font: Font
    code: int
    text: str | None
    x: float
    y: float
    size: float
    is_visible: bool

    @property
    def meaning(self) -> str:
        """The text, or U+FFFD where there is none."""
        return "\ufffd" if self.text is None else self.text


@dataclass(frozen=True, slots=True)
class Shown:
    """The glyphs of one text-showing operator, in the order in which they are painted."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.meaning for glyph in self.glyphs)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something painted that is no text: a ``path``, an ``image`` or a ``shading``."""

    kind: str


@dataclass(slots=True)
class Sequence:
    """A marked-content sequence. ``stream`` is the object number of the page or form it is in."""

    tag: str
    properties: dict[str, Any]
    stream: int
    parts: list[Part] = field(default_factory=list)

    @property
    def is_artifact(self) -> bool:
        return self.tag == "Artifact"

    @property
    def mcid(self) -> int | None:
        value = self.properties.get("MCID")
        return None if value is None else int(value)

    @property
    def is_owned(self) -> bool:
        """Whether it is an artifact or can belong to an element."""
        return self.is_artifact or self.mcid is not None

    @property
    def actual_text(self) -> str | None:
        value = self.properties.get("ActualText")
        return None if value is None else text_string(value)

    @property
    def text(self) -> str:
        """The text inside: ToUnicode, or ActualText in its place.

        Artifacts are left out, and so is what has a marked-content id of its own. A code without
        a meaning is U+FFFD; text marked as ReversedChars is turned round (14.8.2.3.3). Nothing
        else is changed.
        """
        if self.actual_text is not None:
            return self.actual_text
        return "".join(_texts(self.parts, is_reversed=self.tag == "ReversedChars"))

    @property
    def drawings(self) -> tuple[str, ...]:
        """The kinds of the drawings inside, artifacts left out."""
        return tuple(_drawings(self.parts))


@dataclass(slots=True)
class FormUse:
    """A form XObject where it is painted."""

    stream: int
    parts: list[Part] = field(default_factory=list)


Part: TypeAlias = Shown | Drawing | Sequence | FormUse


@dataclass(frozen=True, slots=True)
class PaintedPage:
    stream: int
    box: tuple[float, float, float, float]
    parts: list[Part]


def _texts(parts: list[Part], is_reversed: bool) -> Iterator[str]:
    for part in parts:
        match part:
            case Shown():
                glyphs = reversed(part.glyphs) if is_reversed else part.glyphs
                yield "".join(glyph.meaning for glyph in glyphs)
            case Sequence() if part.is_owned:
                pass
            case Sequence() if part.actual_text is not None:
                yield part.actual_text
            case Sequence():
                yield from _texts(part.parts, is_reversed or part.tag == "ReversedChars")
            case FormUse():
                yield from _texts(part.parts, is_reversed)


def _drawings(parts: list[Part]) -> Iterator[str]:
    for part in parts:
        match part:
            case Drawing():
                yield part.kind
            case Sequence() if part.is_owned:
                pass
            case Sequence() | FormUse():
                yield from _drawings(part.parts)


def glyphs(parts: list[Part]) -> Iterator[Glyph]:
    """Every glyph, in painting order."""
    for part in parts:
        if isinstance(part, Shown):
            yield from part.glyphs
        elif isinstance(part, Sequence | FormUse):
            yield from glyphs(part.parts)


def sequences(parts: list[Part]) -> Iterator[Sequence]:
    """Every marked-content sequence, each before those inside it."""
    for part in parts:
        if isinstance(part, Sequence):
            yield part
        if isinstance(part, Sequence | FormUse):
            yield from sequences(part.parts)


def quoted(text: str) -> str:
    """The text in quotes, with an escape for each character that cannot be seen."""
    return '"' + "".join(map(_visible, text)) + '"'


def _visible(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character != " " and unicodedata.category(character) in _INVISIBLE:
        code = ord(character)
        return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    return character


_INVISIBLE = frozenset(("Cc", "Cf", "Co", "Cn", "Cs", "Zs", "Zl", "Zp"))
