"""The Unicode Bidirectional Algorithm (UAX #9, Unicode 15.0.0): which way each character runs.

paragraph → embedding levels → (break into lines) → levels of a line → visual order

An even level runs left to right, an odd one right to left. Levels are one byte a character, in
logical order. Rules are cited by their names in UAX #9; mirroring (L4) is left to the shaper.

The rules for one paragraph, up to I2, and the letters that stand for classes are in
``bidi_rules``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from handouts.text.bidi_data import CODES, LETTERS, STARTS
from handouts.text.bidi_rules import INITIATORS, REMOVED, first_strong_levels, paragraph_levels

_ALIASES = {ord(letter): alias for alias, letter in LETTERS.items()}
_HANGING = b"W" + INITIATORS + b"p" + REMOVED  # L1, 5.2

# Left to `re` to compile when it is first needed: a set this wide takes a millisecond.
_MAY_RUN_RIGHT_TO_LEFT = (
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


Isolate = tuple[int, int]
"""Where it starts and ends, in characters."""


class _Classes(dict[str, int]):
    """The class byte of each character met so far."""

    def __missing__(self, char: str) -> int:
        code = self[char] = CODES[bisect_right(STARTS, ord(char)) - 1]
        return code


_CLASSES = _Classes()


def bidi_class(char: str) -> str:
    """The Bidi_Class of a character by its short name, such as ``AL``.

    Unassigned characters have the class of their block (DerivedBidiClass.txt, @missing).
    """
    return _ALIASES.get(_CLASSES[char], "ON")


def paragraph_level(text: str, isolates: Sequence[Isolate] = ()) -> int:
    """0 or 1 by the first strong character outside isolates (P2, P3); 0 if there is none.

    ``isolates`` are as for ``embedding_levels``. Only the first paragraph of ``text`` counts.
    """
    if not isolates and _runs_left_to_right(text):
        return 0
    classes, _ = _isolated(_classes(text), isolates)
    return first_strong_levels(classes.partition(b"B")[0]).get(-1, 0)


def embedding_levels(text: str, base_level: int | None, isolates: Sequence[Isolate] = ()) -> bytes:
    """The resolved level of each character of ``text``, before lines are broken (P1 to I2).

    ``base_level`` is 0 for a left-to-right paragraph, 1 for a right-to-left one, None to let
    the text decide (P2, P3). ``isolates`` are ranges (start, end) of characters, beside each
    other or nested, that are treated as if U+2068 FSI stood before and U+2069 PDI behind each.
    Characters that the algorithm takes out (X9) get the level of the character before them,
    so that they split no run (5.2). Where ``text`` holds several paragraphs, each paragraph
    separator gets the level of its paragraph.

    Raises ValueError for isolates that cross each other or leave the text.
    """
    return isolated_levels(text, base_level, isolates)[0]


def isolated_levels(
    text: str, base_level: int | None, isolates: Sequence[Isolate]
) -> tuple[bytes, dict[int, int]]:
    """The levels that ``embedding_levels`` gives, and where no level shows that an isolate ends.

    That is so where an isolate touches another, or other text of its level. For each such place,
    by the offset of the character behind it, there is the level of the characters that would
    stand there; L2 must see it, or both sides would run on as one.

    Raises ValueError for isolates that cross each other or leave the text.
    """
    if not base_level and not isolates and _runs_left_to_right(text):
        return bytes(len(text)), {}
    classes, added = _isolated(_classes(text), isolates)
    levels = bytearray()
    for paragraph in classes.split(b"B"):
        # P1, X8: the separator has the base level, as what lies beyond the paragraph's end has
        # too, so no rule needs to see it.
        first_strong = first_strong_levels(paragraph)
        base = first_strong.get(-1, 0) if base_level is None else base_level
        levels += paragraph_levels(paragraph, base, first_strong)
        levels.append(base)
    del levels[-1]
    between: dict[int, int] = {}
    for count, at in enumerate(added):
        offset = at - count
        between[offset] = min(between.get(offset, levels[at]), levels[at])
    for at in reversed(added):
        del levels[at]
    hidden = {
        offset: level
        for offset, level in between.items()
        if 0 < offset < len(levels) and level < min(levels[offset - 1], levels[offset])
    }
    return bytes(levels), hidden


def line_levels(levels: bytes, text: str, start: int, end: int, base_level: int) -> bytes:
    """The levels of the line from ``start`` to ``end``, its white space put right (L1).

    Tabs and paragraph separators, the white space before them and that at the line's end go
    back to the paragraph's own level. ``levels`` are those of the whole ``text``.
    """
    line = levels[start:end]
    if line.count(base_level) == len(line):
        return line
    classes = _classes(text[start:end])
    result = bytearray(line)
    separators = [at.start() for at in re.finditer(b"[SB]", classes)]
    previous = 0
    for stop in (*separators, len(line)):
        first = previous + len(classes[previous:stop].rstrip(_HANGING))
        previous = min(stop + 1, len(line))
        result[first:previous] = bytes((base_level,)) * (previous - first)
    return bytes(result)


def visual_order(levels: Sequence[int]) -> list[int]:
    """The indexes of a line's characters, or of its runs, from left to right (L2)."""
    order = list(range(len(levels)))
    odd = [level for level in levels if level & 1]
    if not odd:
        return order
    for lowest in range(max(levels), min(odd) - 1, -1):
        start = 0
        for end, level in enumerate((*levels, -1)):
            if level < lowest:
                order[start:end] = order[start:end][::-1]
                start = end + 1
    return order


def _runs_left_to_right(text: str) -> bool:
    """Whether nothing in the text can raise a level above 0; false for some that cannot."""
    return text.isascii() or not re.search(_MAY_RUN_RIGHT_TO_LEFT, text)


def _classes(text: str) -> bytes:
    return bytes(map(_CLASSES.__getitem__, text))


def _isolated(classes: bytes, isolates: Sequence[Isolate]) -> tuple[bytes, list[int]]:
    """The classes with FSI and PDI put in around ``isolates``, and where these now stand."""
    if not isolates:
        return classes, []
    parts: list[bytes] = []
    added: list[int] = []
    closings: list[int] = []
    done = 0

    def put(letter: bytes, at: int) -> None:
        nonlocal done
        added.append(at + len(added))
        parts.extend((classes[done:at], letter))
        done = at

    for start, end in sorted(isolates, key=lambda isolate: (isolate[0], -isolate[1])):
        while closings and closings[-1] <= start:
            put(b"p", closings.pop())
        if not 0 <= start <= end <= (closings[-1] if closings else len(classes)):
            raise ValueError(f"isolate {start}..{end} crosses another one or leaves the text")
        put(b"f", start)
        closings.append(end)
    while closings:
        put(b"p", closings.pop())
    return b"".join((*parts, classes[done:])), added
