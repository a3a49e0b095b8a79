"""The fonts of a document: one Type0 / Identity-H font per face (ISO 32000-1, 9.7).

A CID stands for a (glyph, text) pair, so that ToUnicode is exact whatever the shaper did. Where the
glyph is the one that the face gives a character by itself, the CID is the character's code point:
text so painted is UTF-16BE and the same in every document. Every other pair, such as a cluster of
glyphs made into one, gets the next of the CIDs that no character has: the controls, the surrogates,
then those of private use.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

import uharfbuzz as hb

from handouts.diagnostics import ConformanceError, FontError
from handouts.pdf.body import Body
from handouts.pdf.composites import Composite, with_composites
from handouts.pdf.objects import name, number, numbers
from handouts.text.fonts import Face

# What a glyph means that only helps to draw its cluster: nothing, and ToUnicode must say something.
NO_TEXT = "\u200b"

_CONTROLS = (*range(0x01, 0x20), *range(0x7F, 0xA0))
_SURROGATES = range(0xD800, 0xE000)
_PRIVATE = range(0xE000, 0xF900)
_NOT_TEXT = frozenset((0, 0xFEFF, 0xFFFE, 0xFFFF, *_PRIVATE))
_NO_CODE_POINT = _NOT_TEXT.union(_CONTROLS, _SURROGATES)

# Basic Latin and general punctuation: in every ToUnicode, so that the faces of a file share one.
_USUAL_ROWS = (0x00, 0x20)

# Where the last characters of a row have no meaning: U+FEFF, U+FFFE and U+FFFF.
_LAST_OF_ROW = {0xFE: 0xFE, 0xFF: 0xFD}

# Tables that a CIDFontType2 needs (ISO 32000-1, 9.9) once hinting is gone.
_TABLES = frozenset(("glyf", "head", "hhea", "hmtx", "loca", "maxp"))
_SUBSET_FLAGS = (
    hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NO_BIDI_CLOSURE
)


class FaceCodes:
    """What holds for a face in every document: widths, and which glyphs have a code point."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._widths: dict[int, float] = {}
        self._nominal: dict[str, int] = {}

    def width(self, gid: int) -> float:
        """The glyph's width in thousandths, as the PDF gives it: whole, since PDFium cuts it.

        What is lost comes back as a move of the pen.
        """
        width = self._widths.get(gid)
        if width is None:
            width = self._widths[gid] = float(round(self._face.width(gid)))
        return width

    def width_of(self, glyph: int | Composite) -> float:
        if isinstance(glyph, int):
            return self.width(glyph)
        return float(round(glyph.width * self._face.scale))

    def code_point(self, gid: int, text: str) -> int:
        """The code point that the glyph stands for by itself; 0 if there is none."""
        if len(text) != 1:
            return 0
        nominal = self._nominal.get(text)
        if nominal is None:
            code = ord(text)
            is_plain = code <= 0xFFFF and code not in _NO_CODE_POINT
            nominal = self._nominal[text] = self._face.glyph_of(text) if is_plain else 0
        return ord(text) if gid == nominal and gid else 0


@cache
def codes_of(face: Face) -> FaceCodes:
    return FaceCodes(face)


@dataclass(slots=True)
class EmbeddedFont:
    """A face as one document uses it.

    ``used`` has the CIDs that are characters of each piece that is shown.
    """

    face: Face
    resource: bytes
    codes: FaceCodes
    used: set[frozenset[int]] = field(default_factory=set)
    _pairs: dict[tuple[int | Composite, str], int] = field(default_factory=dict)
    _free: Iterator[int] = field(default_factory=lambda: chain(_CONTROLS, _SURROGATES, _PRIVATE))

    @property
    def code_points(self) -> frozenset[int]:
        """The CIDs used that are characters."""
        return frozenset[int]().union(*self.used)

    def pair(self, glyph: int | Composite, text: str) -> int:
        """The CID, in this document only, of a glyph that stands for some other text."""
        cid = self._pairs.get((glyph, text))
        if cid is None:
            _check(self.face, glyph, text)
            cid = next(self._free, 0)
            if not cid:
                raise FontError(f"{self.face.name} is used in more ways than one font can hold")
            self._pairs[glyph, text] = cid
        return cid

    def write(self, body: Body) -> int:
        """Add the font's objects; gives the number of the Type0 font."""
        code_points = self.code_points
        glyphs: dict[int, int | Composite] = {
            code: self.face.glyph_of(chr(code)) for code in code_points
        }
        glyphs.update((cid, glyph) for (glyph, _), cid in self._pairs.items())
        cids = sorted(glyphs)
        subset, new_gids = _program(self.face, [glyphs[cid] for cid in cids])

        gid_map = bytearray(2 * (cids[-1] + 1))
        for cid in cids:
            gid_map[2 * cid : 2 * cid + 2] = new_gids[glyphs[cid]].to_bytes(2)
        base = name(f"{_subset_tag(self.face, new_gids)}+{self.face.name}")
        descriptor = body.add(_descriptor(self.face, base, body.add_stream(subset)))
        widths = _widths([(cid, self.codes.width_of(glyphs[cid])) for cid in cids])
        descendant = body.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont%s"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/FontDescriptor %d 0 R/W[%s]/CIDToGIDMap %d 0 R>>"
            % (base, descriptor, widths, body.add_stream(bytes(gid_map)))
        )
        meanings = {cid: text or NO_TEXT for (_, text), cid in self._pairs.items()}
        return body.add(
            b"<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H"
            b"/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>"
            % (base, descendant, body.add_stream(_to_unicode(code_points, meanings)))
        )


class Fonts:
    """The fonts of a document by face, named F0, F1 ... in the order in which they come up."""

    def __init__(self) -> None:
        self._fonts: dict[Face, EmbeddedFont] = {}

    def of(self, face: Face) -> EmbeddedFont:
        font = self._fonts.get(face)
        if font is None:
            resource = b"/F%d" % len(self._fonts)
            font = self._fonts[face] = EmbeddedFont(face, resource, codes_of(face))
        return font

    def write(self, body: Body) -> bytes:
        """Add all fonts; gives the entries of the resources' /Font dictionary."""
        return b"".join(
            [b"%s %d 0 R" % (font.resource, font.write(body)) for font in self._fonts.values()]
        )


def _check(face: Face, glyph: int | Composite, text: str) -> None:
    """What ISO 14289-1, 7.21.7 and 7.21.8, forbid a font to mean."""
    gids = (glyph,) if isinstance(glyph, int) else (gid for gid, _, _ in glyph.parts)
    if not all(gids):
        raise FontError(f'{face.name} has no glyph for "{text}"')
    for character in text:
        code = ord(character)
        if code in _NOT_TEXT or code >= 0xF0000:
            raise ConformanceError(
                f'the text "{text}" holds U+{code:04X}, which has no meaning of its own'
            )


def _program(
    face: Face, glyphs: Iterable[int | Composite]
) -> tuple[bytes, dict[int | Composite, int]]:
    """The font program with these glyphs, and their numbers in it."""
    plain = {glyph for glyph in glyphs if isinstance(glyph, int)}
    made = dict.fromkeys(glyph for glyph in glyphs if isinstance(glyph, Composite))
    plain.update(gid for composite in made for gid, _, _ in composite.parts)
    subset, numbers = _subset(face, sorted(plain))
    new_gids: dict[int | Composite, int] = {gid: numbers[gid] for gid in plain}
    if made:
        renumbered = [
            Composite(tuple((numbers[gid], x, y) for gid, x, y in parts), width)
            for parts, width in made
        ]
        subset, first = with_composites(subset, renumbered)
        new_gids.update((composite, first + order) for order, composite in enumerate(made))
    return subset, new_gids


def _subset(face: Face, gids: list[int]) -> tuple[bytes, dict[int, int]]:
    """The font program with these glyphs and those they are made of; their new glyph numbers."""
    wanted = hb.SubsetInput()
    wanted.flags = _SUBSET_FLAGS
    wanted.glyph_set.update(gids)
    dropped = wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG)
    dropped.update(
        int.from_bytes(tag.encode()) for tag in face.hb_face.table_tags if tag not in _TABLES
    )
    try:
        plan = hb.SubsetPlan(face.hb_face, wanted)
        program = bytes(plan.execute().blob.data)
    except RuntimeError as error:
        raise FontError(f"{face.name} cannot be cut to the glyphs in use") from error
    mapping = plan.old_to_new_glyph_mapping
    return program, {gid: mapping[gid] for gid in gids}


def _subset_tag(face: Face, glyphs: Iterable[int | Composite]) -> str:
    """Six capitals (9.6.4) that differ where the glyphs do."""
    plain = sorted(glyph for glyph in glyphs if isinstance(glyph, int))
    made = sorted(tuple(glyph) for glyph in glyphs if isinstance(glyph, Composite))
    said = f"{face.digest} {plain}{made or ''}"
    digest = hashlib.blake2b(said.encode(), digest_size=6).digest()
    return "".join([chr(ord("A") + byte % 26) for byte in digest])


def _descriptor(face: Face, base: bytes, program: int) -> bytes:
    # Symbolic (1 << 2), since the encoding is the font's own; fixed pitch (1), italic (1 << 6).
    flags = 4 | (1 if face.is_fixed_pitch else 0) | (64 if face.italic_angle else 0)
    return (
        b"<</Type/FontDescriptor/FontName%s/Flags %d/FontBBox[%s]/ItalicAngle %s/Ascent %s"
        b"/Descent %s/CapHeight %s/StemV %d/FontFile2 %d 0 R>>"
        % (
            base,
            flags,
            numbers([round(edge) for edge in face.bbox]),
            number(face.italic_angle),
            number(round(face.ascent)),
            number(round(face.descent)),
            number(round(face.cap_height)),
            round(face.stem_v),
            program,
        )
    )


def _widths(widths: list[tuple[int, float]]) -> bytes:
    """The /W array (9.7.4.3): for each run of CIDs the first one and the widths from there."""
    runs: list[tuple[int, list[float]]] = []
    last = -1
    for cid, width in widths:
        if cid != last + 1:
            runs.append((cid, []))
        runs[-1][1].append(width)
        last = cid
    return b"".join([b"%d[%s]" % (cid, numbers(run)) for cid, run in runs])


def _to_unicode(code_points: Iterable[int], meanings: dict[int, str]) -> bytes:
    """The ToUnicode CMap (9.10.3). Code points stand for themselves, in whole rows of 256."""
    ranges: list[tuple[int, int]] = []
    for row in sorted({code >> 8 for code in code_points}.union(_USUAL_ROWS)):
        if row == 0:  # the controls are CIDs of other pairs
            ranges += [(0x20, 0x7E), (0xA0, 0xFF)]
        else:
            ranges.append((row << 8, row << 8 | _LAST_OF_ROW.get(row, 0xFF)))
    lines = _sections(b"bfrange", [b"<%04X><%04X><%04X>" % (s, e, s) for s, e in ranges])
    lines += _sections(
        b"bfchar",
        [
            b"<%04X><%s>" % (cid, text.encode("utf-16-be").hex().upper().encode())
            for cid, text in sorted(meanings.items())
        ],
    )
    return b"\n".join(
        [
            b"/CIDInit/ProcSet findresource begin",
            b"12 dict begin",
            b"begincmap",
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def",
            b"/CMapName/Adobe-Identity-UCS def",
            b"/CMapType 2 def",
            b"1 begincodespacerange",
            b"<0000><FFFF>",
            b"endcodespacerange",
            *lines,
            b"endcmap",
            b"CMapName currentdict/CMap defineresource pop",
            b"end",
            b"end",
        ]
    )


def _sections(operator: bytes, entries: list[bytes]) -> list[bytes]:
    """Entries in groups of a hundred, which is as many as a CMap takes at a time."""
    lines: list[bytes] = []
    for start in range(0, len(entries), 100):
        group = entries[start : start + 100]
        lines += [b"%d begin%s" % (len(group), operator), *group, b"end" + operator]
    return lines
