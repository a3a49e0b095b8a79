"""A sheet as a story for plain ReportLab: paragraphs in its markup, as values JSON can hold.

Pictures and the logo are left out, since ReportLab has no way of its own to draw SVG. The
cells of a table are paragraphs one below the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from tests.benchmarks.equal_sheet import (
    EqualSheet,
    Figure,
    Frame,
    Grid,
    Heading,
    Listing,
    Part,
    Run,
    Text,
    TextBlock,
)


def reportlab_source(sheet: EqualSheet) -> dict[str, object]:
    """``story`` lists for each paragraph its style, markup, marker and depth."""
    return {
        "title": sheet.title,
        "author": sheet.author,
        "head": [sheet.clinic, sheet.phone],
        "foot": [sheet.foot, sheet.draft],
        "accent": sheet.accent,
        "emergency": sheet.emergency,
        "tint": sheet.tint,
        "story": list(_paragraphs(sheet.parts)),
    }


def _paragraphs(
    parts: tuple[Part, ...], depth: int = 0, behind: str = ""
) -> Iterator[tuple[str, str, str, int]]:
    for part in parts:
        match part:
            case Heading(text, level):
                yield f"heading{level}{behind}", _inline(text), "", depth
            case TextBlock(text, manner):
                yield f"{manner}{behind}", _inline(text), "", depth
            case Listing(entries, start):
                for number, entry in enumerate(entries, start):
                    inner = list(_paragraphs(entry.parts, depth + 1, behind))
                    style, markup, _, own = inner[0]
                    named = f"<a name={quoteattr(entry.name)}/>" if entry.name else ""
                    yield style, named + markup, f"{number}." if start else "•", own
                    yield from inner[1:]
            case Frame(inner_parts, is_emergency):
                yield from _paragraphs(inner_parts, depth, "" if is_emergency else "-tinted")
            case Grid(rows):
                for number, row in enumerate(rows):
                    for text in row:
                        markup = _inline(text)
                        yield f"body{behind}", markup if number else f"<b>{markup}</b>", "", depth
            case Figure():
                raise ValueError("plain ReportLab draws no SVG")


def _inline(text: Text) -> str:
    return "".join(map(_run, text))


def _run(run: Run) -> str:
    if run.text == "\n":
        return "<br/>"
    content = escape(run.text)
    for wanted, tag in ((run.bold, "b"), (run.italic, "i"), (run.raised, "super")):
        if wanted:
            content = f"<{tag}>{content}</{tag}>"
    return f"<a href={quoteattr(run.link)}>{content}</a>" if run.link else content
