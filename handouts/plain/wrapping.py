"""Paragraphs to lines of so many columns, as a terminal or an e-mail program counts them.

Ideographs and Hangul take two columns (UAX #11), marks above and below a letter none. A line ends
where the sheet's own lines may end (UAX #14); what is longer than a line and has no such place,
such as an address, stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from handouts.languages import Language
from handouts.text.line_breaking import break_opportunities, breaking_locale

COLUMNS = 72

_NO_COLUMN = ("Mn", "Me", "Cf")  # marks on a letter, and what is not seen (UAX #44, 5.7.1)

# An address, which programs make a link of only if it is on one line, and a word with the numbers
# of its references.
_WHOLE = re.compile(r"[!-~]*(?:/|\w\.\w)[!-~]*|\S \[[^\s\]]+\]")


def wrapped(text: str, language: Language, columns: int = COLUMNS) -> list[str]:
    """The text in lines of at most so many columns; a line break in it stays."""
    return [line for part in text.split("\n") for line in _filled(part, language, columns)]


def _filled(text: str, language: Language, columns: int) -> list[str]:
    """Lines as full as can be."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text, language):
        if line and width(f"{line}{piece}".rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, language: Language) -> list[str]:
    """The text in pieces that no line parts."""
    if not text:
        return [""]
    locale = breaking_locale(language.tag, language.line_breaking)
    ends = break_opportunities(text, locale)
    if ends is None:
        ends = [offset for offset, sign in enumerate(text, 1) if sign == " "]
        ends += [] if text.endswith(" ") else [len(text)]
    inside = {
        place for found in _WHOLE.finditer(text) for place in range(found.start() + 1, found.end())
    }
    ends = [end for end in ends if end not in inside]
    return [text[start:end] for start, end in pairwise([0, *ends])]


def width(text: str) -> int:
    """Columns."""
    return sum(map(_width, text))


def _width(sign: str) -> int:
    if unicodedata.category(sign) in _NO_COLUMN:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def underlined(lines: Sequence[str], sign: str) -> list[str]:
    """Lines with a row of such signs below them, as wide as the widest."""
    return [*lines, sign * max(map(width, lines))]


def hung(lines: Sequence[str], mark: str) -> list[str]:
    """Lines behind a mark, the others below the first."""
    indent = " " * width(mark)
    return [f"{indent if order else mark}{line}".rstrip() for order, line in enumerate(lines)]


def stacked(*parts: Sequence[str]) -> list[str]:
    """Parts with an empty line between them; empty ones are left out."""
    lines: list[str] = []
    for part in filter(None, parts):
        lines += ["", *part] if lines else part
    return lines
