"""Inline Markdown tokens into runs of the document. Quotation marks stay as they were typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handouts.diagnostics import SourceSpan
from handouts.document import Citation, Inlines, LineBreak, Variable
from handouts.languages import Languages, language_tags
from handouts.reading.deceptive_text import REFUSED_CHARACTER
from handouts.reading.links import check_link
from handouts.reading.markdown_source import Place
from handouts.reading.names import is_language_tag
from handouts.reading.report import Report
from handouts.reading.runs import LINE_END, Manner, Runs
from handouts.reading.tags import is_known, nearest_tag

if TYPE_CHECKING:
    from markdown_it.token import Token

VARIABLES = ("emergency_number",)

_REFUSED = {
    "code_inline": ("code", "leave the backticks out, or write \\` for the sign itself"),
    "html_inline": ("HTML", "write Markdown; write `&lt;` for the sign `<`"),
    "image": ("an image", "list it under `pictures` in handout.yaml, with its place"),
    "s_open": ("struck-out text", "delete the text, or write \\~ for the sign itself"),
}


class InlineReader:
    def __init__(self, report: Report) -> None:
        self.report = report

    def read(self, inline: Token, place: Place) -> Inlines:
        """The runs of an inline token. Faults are reported; what can be read is still given."""
        runs = Runs()
        enclosing: list[tuple[Manner, int]] = []
        refused: set[str] = set()
        cursor = _Cursor(inline.content, place)
        for token in inline.children or ():
            span = cursor.take(token)
            if token.type in _REFUSED:
                self._refuse(token, span, refused)
            if token.nesting == 1:
                enclosing.append((runs.manner, runs.size))
                runs.change_manner(self._manner(token, runs.manner, span))
            elif token.nesting == -1:
                manner, size = enclosing.pop()
                runs.change_manner(manner)
                if runs.size == size:
                    self.report.error("a link has no words", span, "write [words](https://...)")
            else:
                self._add(token, runs, span)
        return runs.finish()

    def _refuse(self, token: Token, span: SourceSpan, refused: set[str]) -> None:
        is_closing_tag = token.content.startswith("</") and token.type in refused
        refused.add(token.type)
        if not is_closing_tag:
            what, hint = _REFUSED[token.type]
            self.report.error(f"{what} cannot be used in a handout", span, hint)

    def _manner(self, token: Token, manner: Manner, span: SourceSpan) -> Manner:
        """The manner inside what this token opens."""
        match token.type:
            case "strong_open":
                return manner._replace(bold=True)
            case "em_open":
                return manner._replace(italic=True)
            case "link_open":
                return manner._replace(link=self._link(token, span))
            case "foreign_open":
                return manner._replace(language=self._language(token, span))
        return manner

    def _add(self, token: Token, runs: Runs, span: SourceSpan) -> None:
        match token.type:
            case "text" | "text_special" if token.content:
                if REFUSED_CHARACTER.search(token.content):
                    message = f"`{token.markup}` is no character of text"
                    self.report.error(message, span, hint="delete it")
                runs.add_text(token.content, span)
            case "softbreak":
                runs.add_text(LINE_END, span)
            case "hardbreak":
                runs.add(LineBreak(span))
            case "citation":
                runs.add(Citation(token.content, span))
            case "variable" if token.content in VARIABLES:
                bold, italic, link, _ = runs.manner
                runs.add(Variable(token.content, bold, italic, link, span))
            case "variable":
                known = ", ".join(f"{{{name}}}" for name in VARIABLES)
                self.report.error(
                    f'there is no variable "{token.content}"',
                    span,
                    hint=f"the known ones are: {known}; write {{{{ and }}}} for braces",
                )
            case "stray_brace":
                self.report.error(
                    f"a single `{token.content}` cannot be used",
                    span,
                    hint="write {{ and }} for braces",
                )

    def _link(self, token: Token, span: SourceSpan) -> str:
        address = str(token.attrGet("href") or "")
        if token.attrGet("title") is not None:
            self.report.error(
                "the title of a link is not printed", span, hint="write it into the text"
            )
        if "%7B" in address:
            self.report.error("a variable cannot stand in an address", span, hint="write it out")
        return address if check_link(address, span, self.report) else ""

    def _language(self, token: Token, span: SourceSpan) -> str:
        if not is_language_tag(token.content):
            self.report.error(
                f'"{token.content}" is not a language tag',
                span,
                hint="write one such as fr, es-MX or zh-Hans",
            )
        elif not is_known(token.content):
            close = nearest_tag(token.content, language_tags(), Languages())
            self.report.warning(
                f'no language is known by the tag "{token.content}"',
                span,
                hint=f'did you mean "{close}"?' if close else "look it up: screen readers go by it",
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
