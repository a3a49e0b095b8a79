"""Inline text as HTML: links, citations, stress, foreign words.

What the sheet keeps apart from the direction of the text around it (``handouts.text.isolates``)
is a ``bdi`` element here, which means the same (HTML, 4.5.24): a number, a dose, a foreign word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handouts.document import Inline, LineBreak, Variable, Words
from handouts.text.glyphs import StyledSpan, StyledText, TextStyle
from handouts.text.isolates import isolates_of
from handouts.text.phrases import Range
from handouts.web.markup import LINE_BREAK, Markup, element, joined, text
from handouts.web.speech import Speech
from handouts.wording.inlines import Cited, citations_joined

_LINE_SEPARATOR = "\u2028"
_PLAIN, _RAISED = TextStyle(12), TextStyle(8, rise=4)


@dataclass(frozen=True, slots=True)
class _Run:
    """Text in one manner. ``made`` is its markup where that is not simply its text."""

    text: str
    language: str = ""
    link: str = ""
    bold: bool = False
    italic: bool = False
    apart: bool = False
    raised: bool = False
    made: Markup | None = None

    def dressed(self, content: Markup, *, apart: bool = False) -> Markup:
        made = content if self.made is None else self.made
        if apart:
            made = element("bdi", made, lang=self.language or None)
        if self.italic:
            made = element("em", made)
        if self.bold:
            made = element("strong", made)
        return element("a", made, href=self.link) if self.link else made


def inline(content: Sequence[Inline], speech: Speech, *, apart: bool = False) -> Markup:
    """The content; ``apart`` lets each of its runs keep its own direction."""
    runs = list(_runs(content, speech))
    own = speech.language
    spans = tuple(
        StyledSpan(
            run.text,
            _RAISED if run.raised else _PLAIN,
            run.language or own.tag,
            isolate=run.apart or apart,
        )
        for run in runs
    )
    whole = "".join(run.text for run in runs)
    ranges = isolates_of(StyledText(spans, own.tag, own.right_to_left), whole) if whole else []
    return _Marker(runs, whole).marked(0, len(whole), ranges)


def phrase(words: str, speech: Speech, language: str = "") -> Markup:
    """Plain words, in another language if one is named."""
    return inline((Words(words, language=language),), speech)


def _runs(content: Sequence[Inline], speech: Speech) -> Iterator[_Run]:
    for item in citations_joined(content, speech.voice.numbers):
        match item:
            case Words():
                tag = speech.foreign(item.language)
                is_phone = item.link.startswith("tel:")
                apart = bool(tag) or is_phone
                yield _Run(item.text, tag, item.link, item.bold, item.italic, apart)
            case Variable():
                value = speech.voice.value(item)
                yield _Run(value, "", item.link, item.bold, item.italic, apart=True)
            case LineBreak():
                yield _Run(_LINE_SEPARATOR, made=LINE_BREAK)
            case Cited(references):
                yield _cited(references, speech)


def _cited(references: Sequence[str], speech: Speech) -> _Run:
    """Numbers that lead to the reference list; what they are called is what the sheet's links are.

    Raised, or in brackets on the line, as the edition has it.
    """
    language = speech.language
    numbers = [speech.voice.numbers[reference] for reference in references]
    shown = [language.number(number) for number in numbers]
    links = [
        element(
            "a",
            text(figure),
            href=f"#reference-{reference}",
            aria_label=language.word("reference", number=number),
        )
        for reference, number, figure in zip(references, numbers, shown, strict=True)
    ]
    between = joined(links, text(","))
    if speech.edition.cites_in_line:
        made = joined([text("\u00a0["), between, text("]")])
        return _Run(f"\u00a0[{','.join(shown)}]", made=made)
    return _Run(",".join(shown), raised=True, made=element("sup", between))


@dataclass(frozen=True, slots=True)
class _Marker:
    """Nests runs in ranges that are kept apart, and such ranges in runs.

    Ranges lie beside or inside each other. Where one begins inside a run and ends behind it, the
    run is parted.
    """

    runs: Sequence[_Run]
    whole: str

    def marked(self, start: int, end: int, ranges: Sequence[Range]) -> Markup:
        pieces: list[Markup] = []
        at = start
        while at < end:
            run, first, last = self._run_at(at)
            last = min(last, end)
            apart = max((stop for begin, stop in ranges if begin == at), default=at)
            if apart >= last:
                inner = [each for each in _within(ranges, at, apart) if each != (at, apart)]
                if (at, apart) == (first, last):
                    content = self._kept_apart(at, apart, inner)
                    pieces.append(run.dressed(content, apart=True))
                else:
                    pieces.append(element("bdi", self.marked(at, apart, inner)))
                at = apart
                continue
            stop = min([last, *(begin for begin, far in ranges if at < begin < last < far)])
            pieces.append(run.dressed(self._kept_apart(at, stop, _within(ranges, at, stop))))
            at = stop
        return joined(pieces)

    def _run_at(self, place: int) -> tuple[_Run, int, int]:
        start = 0
        for run in self.runs:
            if place < start + len(run.text):
                return run, start, start + len(run.text)
            start += len(run.text)
        raise AssertionError("a place behind the text")

    def _kept_apart(self, start: int, end: int, ranges: Sequence[Range]) -> Markup:
        """Text of one run with the ranges in it."""
        pieces: list[Markup] = []
        at = start
        for begin, stop in sorted(ranges, key=lambda each: (each[0], -each[1])):
            if begin < at:  # inside the one before
                continue
            inner = [each for each in _within(ranges, begin, stop) if each != (begin, stop)]
            pieces.append(text(self.whole[at:begin]))
            pieces.append(element("bdi", self._kept_apart(begin, stop, inner)))
            at = stop
        return joined([*pieces, text(self.whole[at:end])])


def _within(ranges: Sequence[Range], start: int, end: int) -> list[Range]:
    return [each for each in ranges if start <= each[0] and each[1] <= end]
