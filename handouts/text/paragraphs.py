"""Paragraphs: styled text shaped once, then broken into lines at any width.

    set_paragraph(text, 320, library)            the lines
    shape_paragraph(text, library).lines(320)    the same, to try several widths

A U+2028 ends its line and is a space in the glyphs' text, which otherwise joins to the
paragraph's text exactly.
"""

from __future__ import annotations

import unicodedata

from handouts.text.cutting import ShapedItem, segment
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import Line, Piece, StyledText
from handouts.text.itemizing import Item, itemize
from handouts.text.line_breaking import (
    LINE_SEPARATOR,
    break_opportunities,
    breaking_locale,
    breaks_in_phrases,
)
from handouts.text.lines import Part, hanging_width, line_of, width_of
from handouts.text.optimum_fit import TOLERANCE
from handouts.text.segments import Segments
from handouts.text.shaping import Shaping, shape
from handouts.text.words import home_words, words_of

# Phrases kept; the generator has some 100 in each language, a handout 20 of its own.
MOST_PHRASES = 5_000

# Scripts whose letters join across the end of an item.
_JOINING = frozenset({"Arab", "Syrc", "Nkoo", "Mong", "Adlm", "Rohg"})

# Scripts that put no spaces between words; what stands between two spaces is seldom met again.
_WITHOUT_SPACES = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hani", "Hira", "Kana", "Bopo"})


def set_paragraph(text: StyledText, width: float, library: FontLibrary) -> tuple[Line, ...]:
    """The lines of a paragraph, none wider than ``width`` points; none at all without text.

    Raises:
        LayoutError: a word is wider than the line.
        FontError: no family has one of the characters.
    """
    return shape_paragraph(text, library).lines(width)


def set_phrase(text: StyledText, width: float, library: FontLibrary) -> tuple[Line, ...]:
    """As set_paragraph, for words without leaves that other sheets have too, such as labels.

    The lines are kept; ``Line.filling`` puts a leaf into them.
    """
    key = (text, width)
    lines = library.phrases.get(key)
    if lines is None:
        if len(library.phrases) > MOST_PHRASES:
            library.phrases.clear()
        lines = library.phrases[key] = set_paragraph(text, width, library)
    return lines


class ShapedParagraph:
    """A paragraph in glyphs, ready to be broken at any width; never altered.

    Where it may be broken is found out only when it does not fit on one line.
    """

    __slots__ = ("_segments", "_shaped", "_source", "_styled", "_text")

    def __init__(
        self, styled: StyledText, source: str, text: str, shaped: list[ShapedItem]
    ) -> None:
        self._styled = styled
        self._source = source
        self._text = text
        self._shaped = shaped
        self._segments: dict[bool, Segments] = {}

    @property
    def natural_width(self) -> float:
        """The width in points that the text takes when only forced breaks end its lines."""
        if not self._shaped:
            return 0.0
        if self._text is not self._source:
            return self._cut(in_phrases=True).natural_width
        return _width(self._parts())

    @property
    def minimum_width(self) -> float:
        """The width in points of the widest part that no line may break."""
        return self._cut(in_phrases=False).minimum_width if self._shaped else 0.0

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines when none may be wider than ``width`` points.

        Languages with phrases break between them, or else wherever their rules allow.

        Raises:
            LayoutError: a word is wider than that.
        """
        if not self._shaped:
            return ()
        if self._text is self._source:
            parts = self._parts()
            if _width(parts) <= width + TOLERANCE:
                return (line_of(parts, self._styled.right_to_left),)
        in_phrases = breaks_in_phrases(self._styled.line_breaking)
        if in_phrases and self._cut(in_phrases=True).minimum_width > width + TOLERANCE:
            in_phrases = False
        return self._cut(in_phrases=in_phrases).lines(width)

    def _parts(self) -> list[Part]:
        return [
            (item, [words.whole] if isinstance(words, Shaping) else words)
            for item, words in self._shaped
        ]

    def _cut(self, *, in_phrases: bool) -> Segments:
        segments = self._segments.get(in_phrases)
        if segments is None:
            styled = self._styled
            locale = breaking_locale(styled.language, styled.line_breaking, in_phrases=in_phrases)
            opportunities = break_opportunities(self._source, locale)
            segments = self._segments[in_phrases] = segment(
                self._source,
                self._text,
                styled.right_to_left,
                self._shaped,
                opportunities,
            )
        return segments


def _width(parts: list[Part]) -> float:
    return sum([width_of(part) for part in parts]) - hanging_width(parts)


def shape_paragraph(styled: StyledText, library: FontLibrary) -> ShapedParagraph:
    """The paragraph in glyphs.

    Raises:
        FontError: no family has one of the characters.
    """
    spans = styled.spans
    source = spans[0].text if len(spans) == 1 else "".join([span.text for span in spans])
    text = source.replace(LINE_SEPARATOR, " ") if LINE_SEPARATOR in source else source
    shaped = _in_home_scripts(styled, source, library) if text is source else None
    if shaped is None:
        shaped = [
            (item, _words(text, item, library) or shape(text, item.start, item.end, item.manner))
            for item in itemize(styled, source, library)
        ]
    return ShapedParagraph(styled, source, text, shaped)


def _in_home_scripts(
    styled: StyledText, source: str, library: FontLibrary
) -> list[ShapedItem] | None:
    """The items, where nothing need be found out about direction and scripts.

    That is so if each span has only characters of the script and direction that its language
    is written in, and its first face has them all.
    """
    right_to_left = styled.right_to_left
    shaped: list[ShapedItem] = []
    start = 0
    script = ""
    before = " "
    for span in styled.spans:
        text = span.text
        if not text:
            continue
        words = home_words(library, span.language, span.style, right_to_left)
        if words is None or (right_to_left and span.isolate):
            return None
        face, home, language, _ = words.manner
        if script and script != home:
            return None
        script = home
        if script in _JOINING and _may_join(before, text[0]):
            return None
        end = start + len(text)
        in_glyphs: list[Piece] | Shaping | None
        if script in _WITHOUT_SPACES:
            in_glyphs = shape(source, start, end, words.manner) if words.is_home_of(text) else None
        else:
            in_glyphs = words.shaped(text.split(" "))
        if in_glyphs is None:
            return None
        level = int(right_to_left)
        shaped.append(
            (Item(start, end, level, script, language, span.style, span.leaf, face), in_glyphs)
        )
        start = end
        before = text[-1]
    return shaped


def _words(text: str, item: Item, library: FontLibrary) -> list[Piece] | None:
    """The item word by word; None if it must be shaped whole."""
    start, end = item.start, item.end
    if item.script in _WITHOUT_SPACES:
        return None
    if item.script in _JOINING and (
        (start > 0 and _may_join(text[start - 1], text[start]))
        or (end < len(text) and _may_join(text[end - 1], text[end]))
    ):
        return None
    words = words_of(library, item.manner)
    return words.shaped(text[start:end].split(" "))


def _may_join(character: str, following: str) -> bool:
    """Whether letters of a joining script could join there; only letters, marks and joiners do."""
    return all(
        not sign.isascii() and unicodedata.category(sign)[0] in "LMC"
        for sign in (character, following)
    )
