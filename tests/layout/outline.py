"""Pages as text that a person can read, for golden files.

One line for each item, in the order of painting: places are whole points from the lower left
corner. A paragraph's lines stand one below the other, as they do on the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.layout.pages import (
    Bar,
    Item,
    LinkArea,
    Outline,
    PanelPlace,
    PlacedArtwork,
    PlacedLine,
    Sheet,
)
from handouts.text.glyphs import Line


def outline(sheet: Sheet) -> str:
    """Every page of the sheet with what stands on it."""
    lines: list[str] = []
    for number, page in enumerate(sheet.pages, start=1):
        lines.append(f"page {number} of {len(sheet.pages)}")
        lines += [f"  {line}" for item in page.items for line in _described(item)]
        lines += [f"  running {line}" for item in page.header_footer for line in _described(item)]
    return "\n".join(lines) + "\n"


def text_of(line: Line) -> str:
    """The words of a line in reading order."""
    return "".join(run.text for run in line.runs)


def _described(item: Item) -> Iterator[str]:
    match item:
        case PlacedLine(line, x, y):
            text = text_of(line)
            sizes = sorted({run.style.size for run in line.runs})
            style = "/".join(f"{size:g}" for size in sizes)
            artifact = " artifact" if all(run.leaf is None for run in line.runs) else ""
            yield f"{x:.0f},{y:.0f} {style}{artifact} {text!r}"
        case Bar(x, y, width, height, ink):
            yield f"{x:.0f},{y:.0f} bar {width:.0f}x{height:.1f} {ink.name}"
        case Outline(_, x, y, width, ink):
            yield f"{x:.0f},{y:.0f} shape {width:.0f} {ink.name}"
        case PlacedArtwork(_, x, y, width, height):
            yield f"{x:.0f},{y:.0f} artwork {width:.0f}x{height:.0f}"
        case PanelPlace(panel, x, y, width, height):
            yield f"{x:.0f},{y:.0f} panel {panel} {width:.0f}x{height:.0f}"
        case LinkArea(element, x, y, width, height):
            yield f"{x:.0f},{y:.0f} link {width:.0f}x{height:.0f} to {element.link}"
