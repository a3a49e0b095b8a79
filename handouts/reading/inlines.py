"""Inline Markdown tokens into runs of the document.

Adjacent text in one manner becomes one run; spaces, tabs and line ends between words become one
space. Quotation marks stay as they were typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from handouts.diagnostics import SourceSpan
from handouts.document import Citation, Inline, Inlines, LineBreak, Variable, Words
from handouts.reading.links import check_link
from handouts.reading.markdown_source import Place
from handouts.reading.marked_yaml import REFUSED_CHARACTER
from handouts.reading.names import is_language_tag
from handouts.reading.report import Report

if TYPE_CHECKING:
    from markdown_it.token import Token

VARIABLES = ("emergency_number",)

_REFUSED = {
    "code_inline": ("code", "leave the backticks out, or write \\` for the sign itself"),
    "html_inline": ("HTML", "write Markdown; write `&lt;` for the sign `<`"),
    "image": ("an image", "list it under `pictures` in handout.yaml, with its place"),
    "s_open": ("struck-out text", "delete the text, or write \\~ for the sign itself"),
}


@dataclass(slots=True)
class _Manner:
    bold: int = 0
    italic: int = 0
    link: str = ""
    languages: list[str] = field(default_factory=list)


class InlineReader:
    def __init__(self, report: Report) -> None:
        self.report = report

    def read(self, inline: Token, place: Place) -> Inlines:
        """The runs of an inline token. Faults are reported; what can be read is still given."""
        runs: list[Inline] = []
        manner = _Manner()
        before_link = 0
        refused: set[str] = set()
        cursor = _Cursor(inline.content, place)
        for token in inline.children or ():
            span = cursor.take(token)
            match token.type:
                case "text" | "text_special":
                    if REFUSED_CHARACTER.search(token.content):
                        self.report.error(f"`{token.markup}` is no character of text", span)
                    if token.content:
                        runs.append(self.words(token.content, manner, span))
                case "softbreak":
                    runs.append(self.words("\n", manner, span))
                case "hardbreak":
                    runs.append(LineBreak(span))
                case "strong_open" | "strong_close":
                    manner.bold += token.nesting
                case "em_open" | "em_close":
                    manner.italic += token.nesting
                case "link_open":
                    manner.link = self.link(token, span)
                    before_link = len(runs)
                case "link_close":
                    manner.link = ""
                    if len(runs) == before_link:
                        self.report.error("a link has no words", span, "write [words](https://...)")
                case "citation":
                    runs.append(Citation(token.content, span))
                case "variable":
                    runs.extend(self.variable(token, manner, span))
                case "foreign_open":
                    manner.languages.append(self.language(token, span))
                case "foreign_close":
                    manner.languages.pop()
                case "stray_brace":
                    self.report.error(
                        f"a single `{token.content}` cannot be used",
                        span,
                        hint="write {{ and }} for braces",
                    )
                case kind if kind in _REFUSED:
                    if not (token.content.startswith("</") and "html_inline" in refused):
                        what, hint = _REFUSED[kind]
                        self.report.error(f"{what} cannot be used in a handout", span, hint)
                    refused.add(kind)
        return tidy(runs)

    def words(self, text: str, manner: _Manner, span: SourceSpan) -> Words:
        language = manner.languages[-1] if manner.languages else ""
        return Words(text, manner.bold > 0, manner.italic > 0, manner.link, language, span)

    def link(self, token: Token, span: SourceSpan) -> str:
        address = str(token.attrGet("href") or "")
        if token.attrGet("title") is not None:
            self.report.error(
                "the title of a link is not printed", span, hint="write it into the text"
            )
        if "%7B" in address:
            self.report.error("a variable cannot stand in an address", span, "write it out")
        return address if check_link(address, span, self.report) else ""

    def variable(self, token: Token, manner: _Manner, span: SourceSpan) -> Iterable[Variable]:
        if token.content in VARIABLES:
            yield Variable(token.content, manner.bold > 0, manner.italic > 0, manner.link, span)
            return
        known = ", ".join(f"{{{name}}}" for name in VARIABLES)
        self.report.error(
            f'there is no variable "{token.content}"',
            span,
            hint=f"the known ones are: {known}; write {{{{ and }}}} for braces",
        )

    def language(self, token: Token, span: SourceSpan) -> str:
        if not is_language_tag(token.content):
            self.report.error(
                f'"{token.content}" is not a language tag',
                span,
                hint="write one such as fr, es-MX or zh-Hans",
            )
        return token.content


class _Cursor:
    """Finds each token in the text it came from: markdown-it does not say where it stood."""

    def __init__(self, content: str, place: Place) -> None:
        self.content = content
        self.place = place
        self.reached = 0
        self.line = 0
        self.line_start = 0

    def take(self, token: Token) -> SourceSpan:
        """The place of the next token."""
        if token.type == "link_close":
            sign, start = "", self._after_link(token.markup == "autolink")
        else:
            sign = self._source(token)
            start = self.content.find(sign, self.reached)
        start = max(start, self.reached)
        self.reached = start + len(sign)
        while (end := self.content.find("\n", self.line_start, start)) >= 0:
            self.line += 1
            self.line_start = end + 1
        return self.place.span(self.line, start - self.line_start)

    def _source(self, token: Token) -> str:
        match token.type:
            case "text" | "html_inline":
                return token.content
            case "softbreak" | "hardbreak":
                return "\n"
            case "link_open":
                return "<" if token.markup == "autolink" else "["
            case "image":
                return "!["
        return token.markup

    def _after_link(self, is_bare: bool) -> int:
        if is_bare:
            return self.content.find(">", self.reached) + 1
        address = self.content.find("](", self.reached) + 2
        return self.content.find(")", address) + 1


def tidy(runs: Sequence[Inline]) -> Inlines:
    """The runs with adjacent text of one manner merged and white space made single."""
    tidied: list[Inline] = []
    for manner, group in groupby(_with_lines_joined(runs), key=_manner):
        if manner is None:
            for run in group:
                if isinstance(run, LineBreak):
                    _trim_end(tidied)
                tidied.append(run)
            continue
        words = [run for run in group if isinstance(run, Words)]
        text = _SPACES.sub(" ", "".join(run.text for run in words))
        if not tidied or isinstance(tidied[-1], LineBreak) or _ends_in_space(tidied[-1]):
            text = text.lstrip(" ")
        if text:
            first = next((run for run in words if run.text.strip()), words[0])
            tidied.append(replace(first, text=text))
    _trim_end(tidied)
    return tuple(tidied)


_SPACES = re.compile(r"[ \t\n]+")


def _manner(run: Inline) -> tuple[bool, bool, str, str] | None:
    """What keeps text apart from its neighbours; None for what is no text."""
    if isinstance(run, Words):
        return run.bold, run.italic, run.link, run.language
    return None


def _ends_in_space(run: Inline) -> bool:
    return isinstance(run, Words) and run.text.endswith(" ")


def _trim_end(runs: list[Inline]) -> None:
    last = runs[-1] if runs else None
    if isinstance(last, Words) and last.text.endswith(" "):
        text = last.text.rstrip(" ")
        runs[-1:] = [replace(last, text=text)] if text else []


def _with_lines_joined(runs: Sequence[Inline]) -> Iterator[Inline]:
    """Line ends as a space; as nothing between ideographs, which have none (CSS Text 3, 4.1.3)."""
    for before, run, after in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        if isinstance(run, Words) and run.text == "\n":
            is_close = _joins_closely(before, -1) and _joins_closely(after, 0)
            yield replace(run, text="" if is_close else " ")
        else:
            yield run


def _joins_closely(run: Inline | None, position: int) -> bool:
    if not isinstance(run, Words) or not run.text:
        return False
    character = run.text[position]
    is_wide = unicodedata.east_asian_width(character) in "WF"
    return is_wide and not unicodedata.name(character, "").startswith("HANGUL")
