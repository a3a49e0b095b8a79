"""Lines of text as pictures: ours, by way of our PDF, and Chromium's of the same text.

Every line has a strip of its own; both begin it at the same point. Chromium is told the font file
of each run, the language and the direction, and does all else: bidirectional order, shaping,
places. Our isolates, which add no characters, are told as characters that isolate.

PDFium paints our PDF. It cuts the widths of glyphs to whole thousandths: before the PDF gave whole
ones, the letters of Vazirmatn, which has 2048 units to the em, were off by half a point in a line.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from handouts.layout.pages import PanelSet, PlacedLine
from handouts.paper import Paper
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.structure import Leaf
from handouts.text.glyphs import Line
from handouts.text.isolates import isolates_of
from handouts.text.paragraphs import set_paragraph
from tests import chromium
from tests.pdf.samples import SheetBuilder, inks
from tests.reading_back import render
from tests.text.setting import BODY, RIGHT_TO_LEFT, fonts, styled

SCALE = 6  # dots to the point
EM = int(BODY.size) * SCALE
MEASURE = 400.0
_WIDTH, _PITCH, _MARGIN, _BASELINE = 460, 36, 30, 22
_AT_ONCE = 40  # lines in one picture, which Chromium limits to 16384 dots

_STYLE = (
    "body{margin:0}svg{display:block}"
    "text{white-space:pre;font-kerning:normal;text-rendering:geometricPrecision;"
    # What Chromium does beyond UAX #14 and OpenType, and we do not: narrower punctuation and
    # added space between Han and Latin.
    "font-synthesis:none;text-spacing-trim:space-all;text-autospace:no-autospace}"
)


class Sample(NamedTuple):
    """``controls`` are characters that isolate, by the offset before which they stand."""

    line: Line
    language: str
    controls: dict[int, str]


def samples(text: str, language: str) -> Iterator[Sample]:
    """The lines of a paragraph."""
    source = styled(text, language)
    isolates = isolates_of(source, text) if language in RIGHT_TO_LEFT else []
    start = 0
    for line in set_paragraph(source, MEASURE, fonts()):
        end = start + sum(len(run.text) for run in line.runs)
        controls: dict[int, str] = {}
        for first, last in sorted(isolates, key=lambda isolate: (isolate[0], -isolate[1])):
            if first < end and last > start:
                opening, closing = max(first, start) - start, min(last, end) - start
                controls[opening] = controls.get(opening, "") + "\u2068"
                controls[closing] = "\u2069" + controls.get(closing, "")
        yield Sample(line, language, controls)
        start = end


def our_pictures(lines: Sequence[Sample]) -> list[Image.Image]:
    return [strip for batch in _batches(lines) for strip in _strips(_painted(batch), len(batch))]


def chromium_pictures(lines: Sequence[Sample]) -> list[Image.Image]:
    found: list[Image.Image] = []
    for batch in _batches(lines):
        height = _PITCH * len(batch)
        picture = chromium.screenshot(_page(batch, height), _WIDTH, height, SCALE)
        found += _strips(picture, len(batch))
    return found


def _batches(lines: Sequence[Sample]) -> Iterator[Sequence[Sample]]:
    for start in range(0, len(lines), _AT_ONCE):
        yield lines[start : start + _AT_ONCE]


def _strips(picture: Image.Image, count: int) -> list[Image.Image]:
    width, height = _WIDTH * SCALE, _PITCH * SCALE
    assert picture.size == (width, height * count)
    return [picture.crop((0, height * n, width, height * (n + 1))) for n in range(count)]


def _painted(lines: Sequence[Sample]) -> Image.Image:
    height = _PITCH * len(lines)
    builder = SheetBuilder()
    leaf = builder.root.add("P").leaf()
    for number, sample in enumerate(lines):
        y = height - _PITCH * number - _BASELINE
        builder.add(PlacedLine(_with_leaf(sample.line, leaf), _MARGIN, y))
    builder.add_contact()
    builder.add_check()
    sheet = replace(builder.sheet(), paper=Paper("strips", _WIDTH, height))
    pdf = press(paint_master(sheet), paint_imprint(PanelSet(None, inks(), {})))
    return render(pdf, dpi=72 * SCALE).convert("L")


def _with_leaf(line: Line, leaf: Leaf) -> Line:
    return replace(line, runs=tuple(replace(run, leaf=leaf) for run in line.runs))


def _page(lines: Sequence[Sample], height: int) -> str:
    names: dict[Path, str] = {}
    rows = []
    for number, (line, language, controls) in enumerate(lines):
        rtl = language in RIGHT_TO_LEFT
        spans = []
        offset = 0
        for run in line.runs:
            name = names.setdefault(run.face.path, f"face-{len(names)}")
            text = ""
            for character in run.text:
                text += controls.get(offset, "") + character
                offset += 1
            if run is line.runs[-1]:
                text += controls.get(offset, "")
            spans.append(f'<tspan font-family="{name}">{html.escape(text)}</tspan>')
        rows.append(
            f'<text lang="{language}" direction="{"rtl" if rtl else "ltr"}" '
            f'font-size="{BODY.size}px" x="{_MARGIN + (line.width if rtl else 0)}" '
            f'y="{_PITCH * number + _BASELINE}">{"".join(spans)}</text>'
        )
    faces = [
        f'@font-face{{font-family:{name};src:url("{path.as_uri()}")}}'
        for path, name in names.items()
    ]
    return (
        f'<!doctype html><meta charset="utf-8"><style>{"".join(faces)}{_STYLE}</style>'
        f'<svg width="{_WIDTH}" height="{height}">{"".join(rows)}</svg>'
    )
