"""What the tests of the text layer share: the library, plain text to styled, lines to text."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from handouts import languages as registry
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import Line, StyledSpan, StyledText, TextStyle

ROOT = Path(__file__).parents[2]
BODY = TextStyle(12)
BOLD = TextStyle(12, bold=True)

RIGHT_TO_LEFT = {"ar", "fa", "fa-AF", "ur", "ps", "he", "yi"}


@cache
def fonts() -> FontLibrary:
    return FontLibrary(ROOT / "fonts")


def styled(text: str, language: str = "en", style: TextStyle = BODY) -> StyledText:
    span = StyledSpan(text, style, language)
    return StyledText((span,), language, language in RIGHT_TO_LEFT, line_breaking(language))


@cache
def line_breaking(tag: str) -> str:
    """The keys for ICU that the language's strings file has, if there is one."""
    return registry.language(tag).line_breaking if tag in registry.language_tags() else ""


def texts(lines: Iterable[Line]) -> list[str]:
    """What the glyphs of each line stand for, in reading order."""
    return ["".join(glyph.text for run in line.runs for glyph in run.glyphs) for line in lines]


def seen(line: Line) -> str:
    """The line's runs from left to right, each in reading order, divided by bars."""
    runs = sorted(line.runs, key=lambda run: run.x)
    return "|".join("".join(glyph.text for glyph in run.glyphs).strip() for run in runs)
