"""Which ranges of a paragraph keep apart from the direction of the text around them.

They are treated as if U+2068 FSI stood before and U+2069 PDI behind each, which a higher-level
protocol may do (UAX #9, 4.3, HL3); nothing is added to the text. The bidirectional algorithm
alone turns ``212-555-0142`` and ``5 mg/kg`` round in right-to-left text, and draws a number to
the foreign word behind which it happens to stand.
"""

from __future__ import annotations

import re

from handouts.text.bidi import paragraph_level
from handouts.text.glyphs import StyledSpan, StyledText
from handouts.text.phrases import (
    OPAQUE,
    RIGHT_TO_LEFT,
    Range,
    arabic_groups_as_typed,
    left_to_right_phrases,
)

# What stands for a foreign word while phrases are looked for.
_FOREIGN_LETTER = "Q"

_MAY_HOLD_A_PHRASE = re.compile(rf"[0-9\u0660-\u0669\u06f0-\u06f9]|[^\W\d_{RIGHT_TO_LEFT}]")
_HAS_LETTERS = re.compile(r"[^\W\d_]")

# Right-to-left words in left-to-right text, with a number behind them that is not theirs.
_QUOTED = re.compile(
    rf"[{RIGHT_TO_LEFT}](?:[\u200c\u200d ]*[{RIGHT_TO_LEFT}])*+"
    rf"(?=[\s,;:(]{{1,2}}[-+<>≤≥≈~]?[0-9](?![^{RIGHT_TO_LEFT}A-Za-z]*[{RIGHT_TO_LEFT}]))"
)


def isolates_of(styled: StyledText, text: str) -> list[Range]:
    """Ranges (start, end) of ``text``, its spans' text joined; beside each other or nested.

    In right-to-left text they are the spans to ``isolate``, raised numbers, and all that runs
    from left to right; a span to isolate is never cut, and takes part in a phrase as a word if
    it is one. In left-to-right text they are the spans to ``isolate`` and right-to-left words
    that would draw a number behind them to their other side.
    """
    if not styled.right_to_left:
        return _spans_to_isolate(styled) + [match.span() for match in _QUOTED.finditer(text)]
    given = _spans_to_isolate(styled) + _raised(styled.spans, text)
    if not given:
        return _phrases(text)
    found = set(given)
    shown = text
    for start, end in given:
        inside = text[start:end]
        stand_in = OPAQUE
        if paragraph_level(inside) == 0 and _HAS_LETTERS.search(inside):
            stand_in = _FOREIGN_LETTER
        else:
            found.update([(start + first, start + last) for first, last in _phrases(inside)])
        shown = shown[:start] + stand_in * (end - start) + shown[end:]
    found.update(_phrases(shown))
    return sorted(found)


def _phrases(text: str) -> list[Range]:
    if _MAY_HOLD_A_PHRASE.search(text) is None:
        return []
    return left_to_right_phrases(text) + arabic_groups_as_typed(text)


def _spans_to_isolate(styled: StyledText) -> list[Range]:
    ranges: list[Range] = []
    start = 0
    for span in styled.spans:
        end = start + len(span.text)
        if span.isolate and span.text:
            ranges.append((start, end))
        start = end
    return ranges


def _raised(spans: tuple[StyledSpan, ...], text: str) -> list[Range]:
    """Superscripts, such as the numbers of references; those beside each other are one."""
    ranges: list[Range] = []
    start = 0
    for span in spans:
        end = start + len(span.text)
        if span.style.rise and span.text and not span.isolate:
            if ranges and ranges[-1][1] == start:
                ranges[-1] = (ranges[-1][0], end)
            else:
                ranges.append((start, end))
        start = end
    return [(start, end) for start, end in ranges if _MAY_HOLD_A_PHRASE.search(text, start, end)]
