"""Paragraphs: styled text shaped once, then broken into lines at any width.

    set_paragraph(text, 320, library)            the lines
    shape_paragraph(text, library).lines(320)    the same, to try several widths

A U+2028 ends its line and is a space in the glyphs' text, which otherwise joins to the
paragraph's text exactly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import Glyph, Line, Piece, StyledText
from handouts.text.itemizing import Item, itemize
from handouts.text.line_breaking import (
    LINE_SEPARATOR,
    break_opportunities,
    breaks_in_phrases,
)
from handouts.text.lines import Cut, ShapedParagraph
from handouts.text.optimum_fit import TOLERANCE
from handouts.text.shaping import Shaping, piece_of, shape
from handouts.text.words import home_words, words_of

# An item with its words, or with None if it must be shaped whole.
_Part = tuple[Item, list[Piece] | None]

# Scripts whose letters join across the end of an item.
_JOINING = frozenset({"Arab", "Syrc", "Nkoo", "Mong", "Adlm", "Rohg"})


def set_paragraph(text: StyledText, width: float, library: FontLibrary) -> tuple[Line, ...]:
    """The lines of a paragraph, none wider than ``width`` points; none at all without text.

    Raises:
        LayoutError: a word is wider than the line.
        FontError: no family has one of the characters.
    """
    shaped = shape_paragraph(text, library)
    if shaped.minimum_width > width + TOLERANCE and breaks_in_phrases(text.language):
        shaped = shape_paragraph(text, library, in_phrases=False)
    return shaped.lines(width)


def natural_width(text: StyledText, library: FontLibrary) -> float:
    """The width in points of the text on one line (its longest, if it has forced breaks)."""
    return shape_paragraph(text, library).natural_width


def minimum_width(text: StyledText, library: FontLibrary) -> float:
    """The width in points of the text's widest unbreakable part."""
    return shape_paragraph(text, library).minimum_width


def shape_paragraph(
    styled: StyledText, library: FontLibrary, *, in_phrases: bool = True
) -> ShapedParagraph:
    """The paragraph in glyphs, ready to be broken at any width.

    Japanese and Korean break between phrases, or else wherever their rules allow.

    Raises:
        FontError: no family has one of the characters.
    """
    spans = styled.spans
    source = spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])
    if not source:
        return ShapedParagraph.of(styled.right_to_left, "", (), (), (), (0,), (), {})
    text = source.replace(LINE_SEPARATOR, " ")
    parts = _parts_of_known_words(styled, library) or [
        (item, _pieces_of_words(text, item, library)) for item in itemize(styled, text, library)
    ]
    opportunities = break_opportunities(source, styled.language, in_phrases=in_phrases)
    return _broken(styled.right_to_left, source, text, parts, opportunities)


def _parts_of_known_words(styled: StyledText, library: FontLibrary) -> list[_Part] | None:
    """Items and their words, where nothing need be found out about direction and scripts.

    That is so if each span has only characters of the script and direction that its language
    is written in, and its first face has them all.
    """
    rtl = styled.right_to_left
    parts: list[_Part] = []
    start = 0
    script = ""
    ends_with_space = True
    for span in styled.spans:
        if not span.text:
            continue
        words = home_words(library, span.language, span.style, rtl)
        if words is None or (script and words.script != script):
            return None
        script = words.script
        if rtl and span.isolate:
            return None
        if script in _JOINING and not (ends_with_space or span.text[0] == " "):
            return None
        pieces = words.shaped(span.text.split(" "))
        if pieces is None:
            return None
        end = start + len(span.text)
        item = Item(start, end, int(rtl), script, span.language, span.style, span.leaf, words.face)
        parts.append((item, pieces))
        start = end
        ends_with_space = span.text[-1] == " "
    return parts


def _pieces_of_words(text: str, item: Item, library: FontLibrary) -> list[Piece] | None:
    """The item word by word; None if it must be shaped whole."""
    start, end = item.start, item.end
    if item.script in _JOINING and (
        (start > 0 and text[start] != " " and text[start - 1] != " ")
        or (end < len(text) and text[end] != " " and text[end - 1] != " ")
    ):
        return None
    words = words_of(library, item.face, item.script, item.language, item.is_right_to_left)
    return words.shaped(text[start:end].split(" "))


def _broken(
    right_to_left: bool,
    source: str,
    text: str,
    parts: Sequence[_Part],
    opportunities: Sequence[int] | None,
) -> ShapedParagraph:
    """The paragraph with its pieces cut at the opportunities (None: behind every space)."""
    items = [item for item, _ in parts]
    if len(parts) == 1 and parts[0][1] is not None and opportunities is None:
        pieces = parts[0][1]
        breaks: Sequence[int] = range(len(pieces) + 1)
        return ShapedParagraph.of(
            right_to_left, text, items, breaks[-1:], pieces, breaks, breaks[-1:], {}
        )
    if opportunities is None:
        opportunities = [offset for offset, sign in enumerate(text, 1) if sign == " "]
        if not opportunities or opportunities[-1] != len(text):
            opportunities.append(len(text))
    pieces, ends, bounds, cuts = _cut_pieces(text, parts, opportunities)
    allowed = set(opportunities)
    breaks = [0, *(count for count, offset in enumerate(ends, 1) if offset in allowed)]
    forced: Sequence[int] = (len(breaks) - 1,)
    if text is not source and LINE_SEPARATOR in source:
        forced = [
            index
            for index, count in enumerate(breaks)
            if count and (source[ends[count - 1] - 1] == LINE_SEPARATOR or count == len(pieces))
        ]
    return ShapedParagraph.of(right_to_left, text, items, bounds, pieces, breaks, forced, cuts)


def _cut_pieces(
    text: str, parts: Sequence[_Part], opportunities: Sequence[int]
) -> tuple[list[Piece], list[int], list[int], dict[int, Cut]]:
    """Pieces that end at every opportunity, where they end, those in each item, and the cuts."""
    bounds: list[int] = []
    cuts: dict[int, Cut] = {}
    known = [piece for _, words in parts for piece in words or ()]
    ends = list(accumulate([len(piece.text) for piece in known]))
    if ends and ends[-1] == len(text) and set(ends).issuperset(opportunities):
        return known, ends, list(accumulate([len(words or ()) for _, words in parts])), cuts
    pieces: list[Piece] = []
    ends = []
    for item, words in parts:
        start = item.start
        for word in words if words is not None else (None,):
            end = item.end if word is None else start + len(word.text)
            inside = _between(opportunities, start, end)
            if word is not None and not inside:
                pieces.append(word)
                ends.append(end)
            else:
                _cut(text, item, start, end, inside, pieces, ends, cuts)
                if word is not None:
                    pieces[-1] = _with_last_glyph(pieces[-1], word.glyphs[-1])
            start = end
        bounds.append(len(pieces))
    return pieces, ends, bounds, cuts


def _cut(
    text: str,
    item: Item,
    start: int,
    end: int,
    opportunities: Sequence[int],
    pieces: list[Piece],
    ends: list[int],
    cuts: dict[int, Cut],
) -> None:
    """Shape a part of an item and cut it where lines may break inside.

    An opportunity inside a cluster is not used, nor one that changes the same glyphs as the
    opportunity before it, since the two could not be judged apart.
    """
    shaping = _shape(text, item, start, end)
    first, unsafe = len(pieces), []
    last_cut = start
    for offset in opportunities:
        if not shaping.has_cluster_at(offset):
            continue
        if not shaping.is_safe_at(offset):
            low, high = shaping.safe_around(offset)
            if low < last_cut:
                continue
            before = _advance(_shape(text, item, low, offset), low, offset)
            after = _advance(_shape(text, item, offset, high), offset, high)
            before -= _advance(shaping, low, offset)
            after -= _advance(shaping, offset, high)
            unsafe.append((len(pieces) + 1, before, after))
        pieces.append(shaping.piece(last_cut, offset))
        ends.append(offset)
        last_cut = offset
    pieces.append(shaping.piece(last_cut, end))
    ends.append(end)
    for count, before, after in unsafe:
        cuts[count] = Cut(first, len(pieces), start, before, after)


def _with_last_glyph(piece: Piece, glyph: Glyph) -> Piece:
    """The piece with the width that the space at its end has before the next word."""
    return piece if piece.glyphs[-1] == glyph else piece_of(piece.text, (*piece.glyphs[:-1], glyph))


def _shape(text: str, item: Item, start: int, end: int) -> Shaping:
    return shape(text, start, end, item.face, item.script, item.language, item.is_right_to_left)


def _advance(shaping: Shaping, start: int, end: int) -> float:
    return sum([glyph.advance for glyph in shaping.between(start, end)])


def _between(offsets: Sequence[int], start: int, end: int) -> Sequence[int]:
    """The offsets behind ``start`` and before ``end``."""
    low = bisect_left(offsets, start + 1)
    return offsets[low : bisect_left(offsets, end, low)]
