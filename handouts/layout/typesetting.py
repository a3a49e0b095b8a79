"""Inline text to lines: styles, links, citations and foreign words, each with its structure.

Author text goes to the text layer as it is; no markup parser ever sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from handouts.diagnostics import NOWHERE, LayoutError, SourceSpan, located
from handouts.document import Inline, Inlines, Variable, Words
from handouts.edition import Edition, Stress, own_edition
from handouts.inks import Ink
from handouts.languages import Language
from handouts.layout.style import Type
from handouts.structure import Element, Leaf
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import Line, StyledSpan, StyledText, TextStyle
from handouts.text.paragraphs import set_paragraph, set_phrase, shape_paragraph
from handouts.wording.inlines import Cited, citations_joined, variables

LINE_SEPARATOR = "\u2028"
BALANCE = 2.0  # points; how closely lines are made equal
SUPERSCRIPT_SIZE = 0.68
SUPERSCRIPT_RISE = 0.34


@dataclass(frozen=True, slots=True)
class Typesetter:
    """Sets text for one sheet.

    ``emergency_number`` is the clinic's, empty where the sheet has none. ``references`` numbers
    the references in the order of their first citation.
    """

    language: Language
    fonts: FontLibrary
    emergency_number: str = ""
    references: Mapping[str, int] = field(default_factory=dict)
    edition: Edition = field(default_factory=own_edition)

    @property
    def variables(self) -> Mapping[str, str]:
        """What the clinic, or else the language, says for each name."""
        return variables(self.language, self.emergency_number)

    @property
    def leading_factor(self) -> float:
        """How much more leading than Latin the language's script needs."""
        return self.fonts.leading_factor(self.language.script, self.language.tag)

    @property
    def rise(self) -> float:
        """How far the script's letters reach above the baseline, in parts of the size."""
        return self.fonts.rise(self.language.script, self.language.tag)

    def lines(
        self,
        content: Inlines,
        element: Element,
        type_: Type,
        width: float,
        *,
        isolate: bool = False,
    ) -> tuple[Line, ...]:
        """The content broken at ``width`` points; its leaves and links are added to ``element``.

        To ``isolate`` it is to let each of its runs keep its own direction.

        Raises:
            LayoutError: a word is wider than the line.
            FontError: no face has one of the characters.
        """
        with located(content[0].span if content else NOWHERE):
            spans = self._spans(content, element, type_.style)
            if isolate:
                spans = [replace(span, isolate=True) for span in spans]
            return set_paragraph(self._styled(tuple(spans)), width, self.fonts)

    def widths(self, content: Inlines, type_: Type) -> tuple[float, float]:
        """The width of the widest unbreakable piece, and that of the whole on one line."""
        spans = tuple(self._spans(content, Element("Span"), type_.style))
        shaped = shape_paragraph(self._styled(spans), self.fonts)
        return shaped.minimum_width, shaped.natural_width

    def phrase(
        self,
        text: str,
        leaf: Leaf | None,
        type_: Type,
        width: float,
        *,
        span: SourceSpan = NOWHERE,
        language: str = "",
        isolate: bool = False,
    ) -> tuple[Line, ...]:
        """Plain words in one style; ``leaf`` None makes them an artifact.

        Words in another ``language``, and those to ``isolate``, keep their own direction.
        """
        tag = language or self.language.tag
        isolate = isolate or tag != self.language.tag
        piece = StyledSpan(text, type_.style, tag, isolate=isolate)
        with located(span):
            lines = set_phrase(self._styled((piece,)), width, self.fonts)
        return lines if leaf is None else tuple([line.filling(leaf) for line in lines])

    def balanced(self, text: str, leaf: Leaf | None, type_: Type, width: float) -> tuple[Line, ...]:
        """Plain words on as few lines as ``width`` allows, these as equal in length as can be."""
        piece = StyledSpan(text, type_.style, self.language.tag, leaf)
        shaped = shape_paragraph(self._styled((piece,)), self.fonts)
        lines = shaped.lines(width)
        narrow, wide = width / len(lines), width
        while len(lines) > 1 and wide - narrow > BALANCE:
            middle = (narrow + wide) / 2
            try:
                tried = shaped.lines(middle)
            except LayoutError:
                tried = ()
            if len(tried) == len(lines):
                lines, wide = tried, middle
            else:
                narrow = middle
        return lines

    def line(
        self, pieces: Sequence[Words], leaf: Leaf | None, type_: Type, width: float, *, place: str
    ) -> Line:
        """Pieces that go on one line, each keeping its own direction, with a dot between them.

        Raises:
            LayoutError: they do not fit; ``place`` says to the reader where.
        """
        lines = self.joined(pieces, type_, width)
        if len(lines) > 1:
            text = " · ".join(piece.text for piece in pieces)
            raise LayoutError(f'"{text}" is too long for its place, {place}')
        return lines[0].filling(leaf)

    def joined(self, pieces: Sequence[Words], type_: Type, width: float) -> tuple[Line, ...]:
        """Such pieces on as many lines as they need, as an artifact."""
        spans: list[StyledSpan] = []
        for piece in pieces:
            if spans:
                spans.append(StyledSpan(" · ", type_.style, self.language.tag))
            tag = piece.language or self.language.tag
            spans.append(StyledSpan(piece.text, type_.style, tag, isolate=True))
        return set_phrase(self._styled(tuple(spans)), width, self.fonts)

    def _styled(self, spans: tuple[StyledSpan, ...]) -> StyledText:
        own = self.language
        return StyledText(spans, own.tag, own.right_to_left, own.line_breaking)

    def _spans(
        self, content: Sequence[Inline], element: Element, style: TextStyle
    ) -> list[StyledSpan]:
        spans: list[StyledSpan] = []
        own = self.language.tag
        place = _Place(element, own)
        for item in citations_joined(content, self.references):
            if isinstance(item, Cited):
                spans += self._cited(item.references, place, style)
            elif isinstance(item, Words):
                link, tag = item.link, item.language or own
                leaf = place.leaf(link, tag)
                manner = self._in_manner(style, item)
                isolate = tag != own or link.startswith("tel:")
                spans.append(StyledSpan(item.text, manner, tag, leaf, isolate))
            elif isinstance(item, Variable):
                leaf = place.leaf(item.link, own)
                manner = self._in_manner(style, item)
                text = self.variables[item.name]
                spans.append(StyledSpan(text, manner, own, leaf, isolate=True))
            else:
                leaf = place.leaf("", own)
                spans.append(StyledSpan(LINE_SEPARATOR, style, own, leaf))
        return spans

    def _cited(
        self, references: Iterable[str], place: _Place, style: TextStyle
    ) -> Iterator[StyledSpan]:
        """Raised numbers with commas between them, or such numbers in brackets on the line."""
        in_line = self.edition.cites_in_line
        style = replace(style, bold=False) if in_line else _raised(style)
        marked = _changed(style, _Stressed(), is_link=True)
        tag = self.language.tag
        for order, reference in enumerate(references):
            if order or in_line:
                sign = "," if order else "\u00a0["
                yield StyledSpan(sign, style, tag, place.leaf("", tag))
            number = self.references[reference]
            leaf = place.citation(reference, self.language.word("reference", number=number))
            yield StyledSpan(self.language.number(number), marked, tag, leaf)
        if in_line:
            yield StyledSpan("]", style, tag, place.leaf("", tag))

    def _in_manner(self, style: TextStyle, item: Words | Variable) -> TextStyle:
        """The style with the author's stress as the edition shows it; links take the accent."""
        if not (item.bold or item.italic or item.link):
            return style
        shown = {self.edition.strong} if item.bold else set()
        shown |= {self.edition.emphasis} if item.italic else set()
        stress = _Stressed(*(kind in shown for kind in Stress))
        return _changed(style, stress, is_link=bool(item.link))


@dataclass(slots=True)
class _Place:
    """Where in an element's children the next inline text belongs."""

    element: Element
    language: str
    _leaf: Leaf | None = None
    _manner: tuple[str, str] | None = None

    def leaf(self, link: str, language: str) -> Leaf:
        """The leaf at hand if the text goes on in the same manner; otherwise a new one."""
        tag = language if language != self.language else ""
        if self._leaf is None or self._manner != (link, tag):
            self._leaf = self._new_leaf(link, tag)
            self._manner = (link, tag)
        return self._leaf

    def citation(self, reference: str, contents: str) -> Leaf:
        link = self.element.add("Reference").add(
            "Link", link=f"#reference-{reference}", contents=contents
        )
        self._leaf = None
        return link.leaf()

    def _new_leaf(self, link: str, tag: str) -> Leaf:
        if link:
            return self.element.add("Link", link=link, contents=link, language=tag).leaf()
        if tag:
            return self.element.add("Span", language=tag).leaf()
        return self.element.leaf()


class _Stressed(NamedTuple):
    """In the order of ``Stress``."""

    bold: bool = False
    italic: bool = False
    underlined: bool = False


@lru_cache(maxsize=1024)
def _changed(style: TextStyle, stress: _Stressed, *, is_link: bool) -> TextStyle:
    return replace(
        style,
        bold=style.bold or stress.bold,
        italic=style.italic or stress.italic,
        underlined=style.underlined or stress.underlined,
        ink=Ink.ACCENT if is_link and style.ink is Ink.TEXT else style.ink,
    )


@lru_cache(maxsize=256)
def _raised(style: TextStyle) -> TextStyle:
    """The style of a superscript beside text of this style."""
    return replace(
        style,
        size=style.size * SUPERSCRIPT_SIZE,
        rise=style.size * SUPERSCRIPT_RISE,
        bold=False,
    )
