"""Itemising: a paragraph cut into items that are shaped in one go.

An item has one embedding level (UAX #9), script, language, style, leaf and face. A word stays in
one face if one of the families for it has all its letters.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from handouts.structure import Leaf
from handouts.text.faces import Face, missing_glyph
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import StyledSpan, StyledText, TextStyle
from handouts.text.scripts import resolve_scripts, script_of_language
from handouts.text.shaping import Manner

LINE_SEPARATOR = "\u2028"

# In thousandths of the type size. Most faces have spaces of 250 and more.
NARROW_SPACE = 200

# Characters that can bring an embedding level other than that of a left-to-right paragraph.
_BIDIRECTIONAL = re.compile(
    "[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)

# Characters with no shape of their own: joiners, variation selectors, direction marks. HarfBuzz
# hides them, so no face need have them (Default_Ignorable_Code_Point).
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)

# Characters that HarfBuzz makes from another one where the face lacks them.
_STAND_INS = {"\u2011": "\u2010"} | dict.fromkeys(
    "\u2028\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
    " ",
)

_HAN_AND_KANA = frozenset({"Hani", "Hira", "Kana", "Bopo"})


class Item(NamedTuple):
    """A stretch of the paragraph, from ``start`` to ``end`` in characters.

    ``parted`` is the level of the isolate's edge that parts it from the item before it, where
    their own levels do not show it.
    """

    start: int
    end: int
    level: int
    script: str
    language: str
    style: TextStyle
    leaf: Leaf | None
    face: Face
    parted: int | None = None

    @property
    def manner(self) -> Manner:
        """How the item is shaped."""
        return Manner(self.face, self.script, self.language, self.level % 2 == 1)

    @property
    def ascent(self) -> float:
        return self.face.ascent * self.style.size / 1000

    @property
    def descent(self) -> float:
        """Below the baseline, as a positive number."""
        return -self.face.descent * self.style.size / 1000


def itemize(styled: StyledText, text: str, library: FontLibrary) -> list[Item]:
    """The items of a paragraph in logical order; ``text`` is its spans' text joined.

    No item goes on behind a U+2028.

    Raises:
        FontError: no family has one of the characters.
    """
    levels, edges = paragraph_levels(styled, text)
    scripts = resolve_scripts(text, script_of_language(styled.language), levels)
    bounds = _bounds(text, scripts, levels, edges)
    items: list[Item] = []
    start = 0
    for span in styled.spans:
        span_start, span_end = start, start + len(span.text)
        while start < span_end:
            end = min(bounds[bisect_right(bounds, start)], span_end)
            level = 0 if levels is None else levels[start]
            for face_end, face in _faces(text, start, end, scripts[start], span, library):
                manner = (level, scripts[start], span.language, span.style, span.leaf)
                item = Item(start, face_end, *manner, face, edges.get(start))
                if items and start > span_start and _go_together(items[-1], item, text):
                    item = items.pop()._replace(end=face_end)
                items.append(item)
                start = face_end
    if levels is not None and any(map(_has_narrow_spaces, {item.face for item in items})):
        return _with_wider_spaces(items, text, levels, library)
    return items


def _bounds(
    text: str, scripts: Sequence[str], levels: Sequence[int] | None, edges: Iterable[int]
) -> list[int]:
    """Where script or level change, lines are forced to end, isolates meet, and the text ends."""
    bounds = {len(text), *edges}
    for values in (scripts, levels or ()):
        bounds.update([at for at, (one, next_) in enumerate(pairwise(values), 1) if one != next_])
    if LINE_SEPARATOR in text:
        bounds.update([at for at, sign in enumerate(text, 1) if sign == LINE_SEPARATOR])
    return sorted(bounds)


def _has_narrow_spaces(face: Face) -> bool:
    return face.width(face.space) < NARROW_SPACE


def _with_wider_spaces(
    items: list[Item], text: str, levels: Sequence[int], library: FontLibrary
) -> list[Item]:
    """The items, with spaces beside numbers and foreign words from the Latin face.

    The space of Nastaliq is for words that also stand on different heights; "3 5 mg" would look
    like "35 mg" with it.
    """
    result: list[Item] = []
    for item in items:
        style = item.style
        faces = library.faces("Latn", item.language, bold=style.bold, italic=style.italic)
        start = item.start
        if faces and _has_narrow_spaces(item.face):
            for offset in range(item.start, item.end):
                beside = levels[max(offset - 1, 0) : offset + 2]
                if text[offset] == " " and any(level % 2 == 0 for level in beside):
                    if start < offset:
                        result.append(item._replace(start=start, end=offset))
                    end = offset + 1
                    result.append(
                        item._replace(start=offset, end=end, script="Latn", face=faces[0])
                    )
                    start = end
        if start < item.end:
            result.append(item._replace(start=start))
    starts = {item.start for item in items}
    return [item if item.start in starts else item._replace(parted=None) for item in result]


def _go_together(item: Item, following: Item, text: str) -> bool:
    """Whether two items of a span are in scripts that are written as one."""
    return (
        item.script in _HAN_AND_KANA
        and following.script in _HAN_AND_KANA
        and item.face is following.face
        and item.level == following.level
        and following.parted is None
        and text[item.end - 1] != LINE_SEPARATOR
    )


def paragraph_levels(styled: StyledText, text: str) -> tuple[list[int] | None, dict[int, int]]:
    """The embedding level of each character, and the edges of isolates that it does not show.

    The levels are None where all are 0 (UAX #9). Edges are by the offset behind them.
    """
    if not styled.right_to_left and _BIDIRECTIONAL.search(text) is None:
        return None, {}
    from handouts.text.bidi import isolated_levels
    from handouts.text.isolates import isolates_of

    isolates = isolates_of(styled, text)
    levels, edges = isolated_levels(text, int(styled.right_to_left), isolates)
    return list(levels), edges


def _faces(
    text: str, start: int, end: int, script: str, span: StyledSpan, library: FontLibrary
) -> list[tuple[int, Face]]:
    """Where each face ends between ``start`` and ``end``: a word keeps to one face if it can."""
    style = span.style
    faces = library.faces(script, span.language, bold=style.bold, italic=style.italic)
    if faces and covers_all(faces[0], text[start:end]):
        return [(end, faces[0])]
    home = script_of_language(span.language)
    if home != script:
        more = library.faces(home, span.language, bold=style.bold, italic=style.italic)
        faces = tuple(dict.fromkeys((*faces, *more)))
    chosen: list[tuple[int, Face]] = []

    def add(stop: int, face: Face) -> None:
        if chosen and chosen[-1][1] is face:
            chosen[-1] = (stop, face)
        else:
            chosen.append((stop, face))

    for word in re.finditer(r"\S*\s*", text[start:end]):
        if not word[0]:
            continue
        face = next((face for face in faces if covers_all(face, word[0])), None)
        if face is not None:
            add(start + word.end(), face)
            continue
        for first, last in _clusters(word[0]):
            cluster = word[0][first:last]
            face = next((face for face in faces if covers_all(face, cluster)), None)
            if face is None:
                raise missing_glyph(_uncovered(faces, cluster), word[0].strip(), span.language)
            add(start + word.start() + last, face)
    return chosen


def covers_all(face: Face, text: str) -> bool:
    """Whether the face can show every character of the text."""
    if all(map(face.covers, set(text))):
        return True
    # HarfBuzz composes and takes apart by canonical equivalence as the face needs it.
    return any(
        all(_covers(face, character) for character in set(unicodedata.normalize(form, text)))
        for form in ("NFC", "NFD")
    )


def _covers(face: Face, character: str) -> bool:
    return (
        face.covers(character)
        or _IGNORABLE.match(character) is not None
        or (character in _STAND_INS and face.covers(_STAND_INS[character]))
    )


def _uncovered(faces: tuple[Face, ...], cluster: str) -> str:
    """The character to name: the base, or else the first mark that the base's face lacks."""
    face = next((face for face in faces if _covers(face, cluster[0])), None)
    if face is None:
        return cluster[0]
    return next(character for character in cluster if not _covers(face, character))


def _clusters(word: str) -> list[tuple[int, int]]:
    """Where each base with its marks and joiners starts and ends."""
    clusters: list[tuple[int, int]] = []
    for index, character in enumerate(word):
        if clusters and (
            unicodedata.category(character).startswith("M")
            or _IGNORABLE.match(character)
            or word[index - 1] == "\u200d"
        ):
            clusters[-1] = (clusters[-1][0], index + 1)
        else:
            clusters.append((index, index + 1))
    return clusters
