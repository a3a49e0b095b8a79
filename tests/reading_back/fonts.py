"""Fonts as a reader of the file sees them: what a code means, how wide it is, which glyph it is."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tests.reading_back.objects import items, lookup
from tests.reading_back.operators import ContentStreamError, operators

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont


@dataclass(slots=True)
class ToUnicode:
    """A ToUnicode CMap (ISO 32000-1, 9.10.3); ``faults`` would trip a strict reader."""

    texts: dict[int, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, data: bytes, code_length: int) -> ToUnicode:
        cmap = cls()
        announced: Any = 0
        for operator, operands in operators(data):
            if operator.startswith("begin") and operator[5:] in _BLOCKS:
                announced = operands[-1]
            elif operator.startswith("end") and operator[3:] in _BLOCKS:
                size = _BLOCKS[operator[3:]]
                entries: list[list[Any]] = [
                    operands[i : i + size] for i in range(0, len(operands), size)
                ]
                cmap._check_block(operator[3:], entries, announced, code_length)
                for entry in entries:
                    if operator == "endbfchar":
                        cmap._put(int.from_bytes(entry[0]), entry[1])
                    elif operator == "endbfrange":
                        cmap._put_range(*entry)
        return cmap

    def _check_block(
        self, kind: str, entries: list[list[Any]], announced: int, code_length: int
    ) -> None:
        if announced != len(entries):
            self.faults.append(f"{kind} block announces {announced} entries, has {len(entries)}")
        if len(entries) > 100:
            self.faults.append(f"{kind} block of {len(entries)} entries, 100 are allowed")
        if any(len(entry[0]) != code_length for entry in entries):
            self.faults.append(f"{kind} block with codes that are not {code_length} bytes long")

    def _put(self, code: int, target: bytes) -> None:
        if code in self.texts:
            self.faults.append(f"code {code:04X} is mapped twice")
        self.texts[code] = target.decode("utf-16-be")

    def _put_range(self, first: bytes, last: bytes, target: Any) -> None:
        start, end = int.from_bytes(first), int.from_bytes(last)
        if first[:-1] != last[:-1] or end < start:
            self.faults.append(f"range {start:04X} to {end:04X} leaves its last byte")
        if isinstance(target, list):
            if len(target) != end - start + 1:
                self.faults.append(f"range {start:04X} to {end:04X} has {len(target)} texts")
            targets = target
        else:
            if target[-1] + end - start > 255:
                self.faults.append(f"range {start:04X} to {end:04X} overflows its text's last byte")
            number, length = int.from_bytes(target), len(target)
            targets = [(number + i).to_bytes(length) for i in range(end - start + 1)]
        for code, text in zip(range(start, end + 1), targets, strict=False):
            self._put(code, text)


_BLOCKS = {"bfchar": 2, "bfrange": 3, "codespacerange": 2}


class Font:
    """A font dictionary: Type 0 with Identity-H, or a simple font with one-byte codes."""

    def __init__(self, dictionary: Any) -> None:
        self.name = str(dictionary["/BaseFont"]).removeprefix("/")
        self.is_composite = dictionary["/Subtype"] == "/Type0"
        if self.is_composite and dictionary["/Encoding"] != "/Identity-H":
            raise ContentStreamError(f"{self.name}: only the encoding Identity-H is read")
        self.code_length = 2 if self.is_composite else 1
        self._dictionary = dictionary
        self._inner = dictionary["/DescendantFonts"][0].get_object() if self.is_composite else None

    def codes(self, string: bytes) -> list[int]:
        if len(string) % self.code_length:
            raise ContentStreamError(f"{self.name}: a string of {len(string)} bytes")
        step = self.code_length
        return [int.from_bytes(string[i : i + step]) for i in range(0, len(string), step)]

    def text(self, code: int) -> str | None:
        """What the code stands for; None when ToUnicode does not say."""
        return self.to_unicode.texts.get(code)

    def width(self, code: int) -> float:
        """The width that the PDF states, in thousandths of the type size."""
        return self._widths.get(code, self._default_width)

    def glyph(self, code: int) -> int:
        """The glyph index in the embedded font."""
        mapping = self._glyph_map
        return code if mapping is None else int.from_bytes(mapping[2 * code : 2 * code + 2])

    def embedded_width(self, glyph: int) -> float | None:
        """The width in the font's hmtx table, in thousandths; None without such a glyph."""
        font = self.program
        if font is None or glyph >= len(font.getGlyphOrder()):
            return None
        return float(font["hmtx"][font.getGlyphName(glyph)][0] * 1000 / font["head"].unitsPerEm)

    def can_be_drawn(self, glyph: int) -> bool:
        """Whether the glyph's description, and those of its parts, are whole."""
        from fontTools.pens.recordingPen import DecomposingRecordingPen

        assert self.program is not None
        outlines = self.program.getGlyphSet()
        try:
            outlines[self.program.getGlyphName(glyph)].draw(DecomposingRecordingPen(outlines))
        except Exception:  # fontTools raises whatever it stumbles over
            return False
        return True

    @cached_property
    def to_unicode(self) -> ToUnicode:
        stream = lookup(self._dictionary, "/ToUnicode")
        if stream is None:
            return ToUnicode()
        return ToUnicode.read(stream.get_data(), self.code_length)

    @cached_property
    def program(self) -> TTFont | None:
        """The embedded TrueType font; None when it is absent or of another kind."""
        from fontTools.ttLib import TTFont

        descriptor = lookup(self._inner or self._dictionary, "/FontDescriptor", {})
        file = lookup(descriptor, "/FontFile2")
        if file is None or not self.is_composite:
            return None
        return TTFont(io.BytesIO(file.get_data()), lazy=True)

    @cached_property
    def _glyph_map(self) -> bytes | None:
        mapping = lookup(self._inner or {}, "/CIDToGIDMap", "/Identity")
        return None if mapping == "/Identity" else bytes(mapping.get_data())

    @property
    def _default_width(self) -> float:
        return float(lookup(self._inner, "/DW", 1000)) if self._inner is not None else 0.0

    @cached_property
    def _widths(self) -> dict[int, float]:
        if self._inner is None:
            first = int(lookup(self._dictionary, "/FirstChar", 0))
            return {first + i: float(w) for i, w in enumerate(items(self._dictionary, "/Widths"))}
        widths: dict[int, float] = {}
        entries = [entry.get_object() for entry in items(self._inner, "/W")]
        while entries:
            first = int(entries[0])
            if isinstance(entries[1], list):
                widths |= {first + i: float(width) for i, width in enumerate(entries[1])}
                entries = entries[2:]
            else:
                widths |= dict.fromkeys(range(first, int(entries[1]) + 1), float(entries[2]))
                entries = entries[3:]
        return widths
