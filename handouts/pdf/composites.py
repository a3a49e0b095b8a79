"""Glyphs made of glyphs (OpenType, glyf: composite glyph description), added to a subset.

A cluster of several glyphs, or a glyph off its baseline, becomes one glyph of the embedded font. So
it is one code with one meaning and one width, and no reader of the file has to guess from the moves
of a pen what belongs together.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

_ARGUMENTS_ARE_WORDS, _ARGUMENTS_ARE_OFFSETS, _MORE_COMPONENTS = 0x0001, 0x0002, 0x0020
_CHECKSUM = 0xB1B0AFBA  # what a whole font file adds up to
_MOST = 0xFFFF

Box = tuple[int, int, int, int]


class Composite(NamedTuple):
    """``parts`` are glyphs with the places of their origins; all in font units.

    Without parts it draws nothing.
    """

    parts: tuple[tuple[int, int, int], ...]
    width: int

    def without(self, room: int) -> Composite:
        """The same drawing with less room before it."""
        parts = tuple((gid, x - room, y) for gid, x, y in self.parts)
        return Composite(parts, max(0, self.width - room))


def with_composites(program: bytes, composites: Sequence[Composite]) -> tuple[bytes, int]:
    """A TrueType font with more glyphs at its end, and the number of the first of them."""
    tables = _tables(program)
    first = struct.unpack_from(">H", tables["maxp"], 4)[0]
    offsets = _offsets(tables, first)
    metrics = _metrics(tables, first)
    end = offsets[-1]
    drawn = bytearray(tables["glyf"][:end])
    drawn.extend(b"\0" * (-end % 4))
    # Glyphs at the end that have no outline must not get the padding for one.
    offsets = [len(drawn) if offset == end else offset for offset in offsets]
    for composite in composites:
        boxes = []
        parts = []
        for gid, x, y in composite.parts:
            start, end = offsets[gid], offsets[gid + 1]
            if start == end:  # a glyph without an outline
                continue
            left, bottom, right, top = struct.unpack_from(">4h", drawn, start + 2)
            boxes.append((left + x, bottom + y, right + x, top + y))
            parts.append((gid, x, y))
        if parts:
            drawn += _description(parts, _union(boxes))
        offsets.append(len(drawn))
        metrics.append((composite.width, min([box[0] for box in boxes], default=0)))
    count = len(offsets) - 1
    is_short = offsets[-1] <= 2 * _MOST
    tables["glyf"] = bytes(drawn)
    tables["loca"] = (
        struct.pack(f">{count + 1}H", *[offset // 2 for offset in offsets])
        if is_short
        else struct.pack(f">{count + 1}I", *offsets)
    )
    tables["hmtx"] = b"".join([struct.pack(">Hh", *metric) for metric in metrics])
    hhea = bytearray(tables["hhea"])
    struct.pack_into(">H", hhea, 34, count)
    struct.pack_into(">H", hhea, 10, max(width for width, _ in metrics))
    tables["hhea"] = bytes(hhea)
    head = bytearray(tables["head"])
    struct.pack_into(">I", head, 8, 0)
    struct.pack_into(">h", head, 50, 0 if is_short else 1)
    tables["head"] = bytes(head)
    tables["maxp"] = _profile(tables["maxp"], count, max(len(c.parts) for c in composites))
    return _written(tables), first


def _tables(program: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", program, 4)
    tables = {}
    for index in range(count):
        tag, _, offset, length = struct.unpack_from(">4sIII", program, 12 + 16 * index)
        tables[tag.decode()] = program[offset : offset + length]
    return tables


def _offsets(tables: dict[str, bytes], count: int) -> list[int]:
    if struct.unpack_from(">h", tables["head"], 50)[0]:
        return list(struct.unpack_from(f">{count + 1}I", tables["loca"]))
    return [2 * half for half in struct.unpack_from(f">{count + 1}H", tables["loca"])]


def _metrics(tables: dict[str, bytes], count: int) -> list[tuple[int, int]]:
    """Width and left side bearing of each glyph; the last ones may share a width."""
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    hmtx = tables["hmtx"]
    metrics = list(struct.iter_unpack(">Hh", hmtx[: 4 * full]))
    width = metrics[-1][0]
    bearings = struct.unpack_from(f">{count - full}h", hmtx, 4 * full)
    return [*metrics, *((width, bearing) for bearing in bearings)]


def _description(parts: list[tuple[int, int, int]], box: Box) -> bytes:
    pieces = [struct.pack(">h4h", -1, *box)]
    for order, part in enumerate(parts, start=1):
        flags = _ARGUMENTS_ARE_WORDS | _ARGUMENTS_ARE_OFFSETS
        if order < len(parts):
            flags |= _MORE_COMPONENTS
        pieces.append(struct.pack(">HHhh", flags, *part))
    return b"".join(pieces)


def _union(boxes: list[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _profile(maxp: bytes, count: int, most_parts: int) -> bytes:
    """What a rasterizer must be ready for; upper bounds where counting would take reading."""
    changed = bytearray(maxp)
    points, contours, all_points, all_contours = struct.unpack_from(">4H", maxp, 6)
    parts, depth = struct.unpack_from(">2H", maxp, 28)
    struct.pack_into(">H", changed, 4, count)
    struct.pack_into(
        ">2H",
        changed,
        10,
        min(_MOST, max(points, all_points) * max(1, most_parts)),
        min(_MOST, max(contours, all_contours) * max(1, most_parts)),
    )
    struct.pack_into(">2H", changed, 28, max(parts, most_parts), depth + 1)
    return bytes(changed)


def _written(tables: dict[str, bytes]) -> bytes:
    """The file: table directory, then the tables, with their checksums."""
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(
        ">IHHHH", 0x00010000, count, 16 << power, power, 16 * (count - (1 << power))
    )
    offset = len(header) + 16 * count
    directory, bodies = [], []
    head_at = 0
    for tag in sorted(tables):
        table = tables[tag]
        padded = table + b"\0" * (-len(table) % 4)
        if tag == "head":
            head_at = offset
        directory.append(struct.pack(">4sIII", tag.encode(), _checksum(padded), offset, len(table)))
        bodies.append(padded)
        offset += len(padded)
    program = bytearray(b"".join([header, *directory, *bodies]))
    struct.pack_into(">I", program, head_at + 8, (_CHECKSUM - _checksum(program)) & 0xFFFFFFFF)
    return bytes(program)


def _checksum(data: bytes | bytearray) -> int:
    words: tuple[int, ...] = struct.unpack(f">{len(data) // 4}I", data)
    return sum(words) & 0xFFFFFFFF
