"""What HarfBuzz makes of a paragraph, as straightforwardly as can be, to compare lines with.

Each run of the paragraph goes through HarfBuzz once, in one buffer; a line has the glyphs of its
clusters, and is shaped by itself where HarfBuzz says that it cannot be broken there. Runs stand
in the order of UAX #9, L2. Nothing of this knows of words, pieces or caches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from handouts.text.glyphs import HANGING, Line

_UNSAFE = int(hb.GlyphFlags.UNSAFE_TO_BREAK)


class Run(NamedTuple):
    """What goes through HarfBuzz in one buffer; ``parted`` is as an item has it."""

    start: int
    end: int
    level: int
    script: str
    language: str
    font: Path
    parted: int | None = None


class Mark(NamedTuple):
    """A glyph where it is drawn, in points from the left edge of its line and its baseline."""

    font: str
    gid: int
    x: float
    y: float


class Shaped(NamedTuple):
    """One glyph as HarfBuzz gives it, lengths in font units."""

    gid: int
    cluster: int
    is_unsafe: bool
    dx: int
    dy: int
    advance: int


@cache
def font(path: Path) -> hb.Font:
    return hb.Font(hb.Face(path.read_bytes()))


def shape(text: str, start: int, end: int, run: Run) -> list[Shaped]:
    """From left to right, with the rest of the paragraph as context."""
    buffer = hb.Buffer()
    buffer.add_str(text, start, end - start)
    buffer.direction = "rtl" if run.level % 2 else "ltr"
    buffer.script, buffer.language = run.script, run.language
    hb.shape(font(run.font), buffer)
    return [
        Shaped(
            info.codepoint,
            info.cluster,
            bool(int(info.flags) & _UNSAFE),
            place.x_offset,
            place.y_offset,
            place.x_advance,
        )
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]


def lines(text: str, runs: Sequence[Run], ends: Sequence[int], size: float) -> list[list[Mark]]:
    """The glyphs of each line that ends at one of these offsets, from left to right."""
    wholes = [shape(text, run.start, run.end, run) for run in runs]
    start = 0
    found = []
    for end in ends:
        parts = list(_parts(text, runs, wholes, start, end))
        found.append(_set(parts, size))
        start = end
    return found


Part = tuple[Run, list[Shaped]]


def _parts(
    text: str, runs: Sequence[Run], wholes: Sequence[list[Shaped]], start: int, end: int
) -> Iterator[Part]:
    """What the line has of each run, without the white space at its end."""
    visible = start + len(text[start:end].rstrip(HANGING))
    for run, whole in zip(runs, wholes, strict=True):
        first, last = max(run.start, start), min(run.end, end)
        if first < min(last, visible):
            unsafe = {glyph.cluster for glyph in whole if glyph.is_unsafe}
            cut = {at for at in (first, last) if run.start < at < run.end}
            glyphs = shape(text, first, last, run) if cut & unsafe else whole
            yield run, [glyph for glyph in glyphs if first <= glyph.cluster < min(last, visible)]


def _set(parts: list[Part], size: float) -> list[Mark]:
    marks = []
    x = 0.0
    for run, glyphs in in_visual_order(parts):
        face = font(run.font).face
        scale = size / face.upem
        space = font(run.font).get_nominal_glyph(32)
        for glyph in glyphs:
            if glyph.advance or glyph.gid != space:  # else it is a hidden character
                place = x + glyph.dx * scale
                marks.append(Mark(run.font.name, glyph.gid, place, glyph.dy * scale))
            x += glyph.advance * scale
    return marks


def in_visual_order(parts: list[Part]) -> list[Part]:
    """UAX #9, L2: from the highest level to the lowest odd one, reverse what is not below it."""
    row: list[tuple[int, Part | None]] = []
    for index, part in enumerate(parts):
        if index and part[0].parted is not None:
            row.append((part[0].parted, None))
        row.append((part[0].level, part))
    for lowest in range(max((level for level, _ in row), default=0), 0, -1):
        kept: list[tuple[int, Part | None]] = []
        turned: list[tuple[int, Part | None]] = []
        for entry in row:
            if entry[0] >= lowest:
                turned.insert(0, entry)
            else:
                kept += [*turned, entry]
                turned = []
        row = kept + turned
    return [part for _, part in row if part is not None]


def painted(line: Line) -> list[Mark]:
    """The glyphs of one of our lines as a painter places them, from left to right."""
    visible = _visible(line)
    rows = []
    number = 0
    for run in line.runs:
        pen = run.width if run.right_to_left else 0.0
        scale = run.style.size / 1000
        row = []
        for glyph in run.glyphs:
            number += 1
            pen -= glyph.advance * scale if run.right_to_left else 0
            if number <= visible and (glyph.advance or glyph.gid != run.face.space):
                place = run.x + pen + glyph.dx * scale
                row.append(Mark(run.face.path.name, glyph.gid, place, glyph.dy * scale))
            pen += 0 if run.right_to_left else glyph.advance * scale
        rows.append((run.x, row[::-1] if run.right_to_left else row))
    return [mark for _, row in sorted(rows, key=lambda each: each[0]) for mark in row]


def _visible(line: Line) -> int:
    """How many glyphs of the line, in reading order, come before the white space at its end."""
    glyphs = [glyph for run in line.runs for glyph in run.glyphs]
    count = len(glyphs)
    while count and glyphs[count - 1].text and not glyphs[count - 1].text.strip(HANGING):
        count -= 1
    return count
