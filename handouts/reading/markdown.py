"""Markdown into blocks and inline runs of the document, each with its place in the file.

Nothing that a writer typed is dropped or printed as raw signs: what a handout may not use is an
error that says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.diagnostics import SourceSpan
from handouts.document import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Subheading,
    Words,
)
from handouts.reading.inlines import InlineReader
from handouts.reading.markdown_grammar import grammar
from handouts.reading.markdown_source import MarkdownSource
from handouts.reading.markdown_tables import TableReader
from handouts.reading.marked_yaml import Scalar
from handouts.reading.report import Report

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST_TEXT = 20_000
DEEPEST_LIST = 4
LARGEST_FIRST_NUMBER = 99

_REFUSED_BLOCKS = {
    "code_block": ("a code block", "indent the text less; four spaces make it code"),
    "fence": ("a code block", "leave the ``` lines out"),
    "html_block": ("HTML", "write Markdown; write `&lt;` for the sign `<`"),
    "hr": ("a ruled line", "delete it; sections and subheadings divide the text"),
    "blockquote_open": ("a block quote", "write a callout: `::: note`, the text, `:::`"),
}
_NOTE_TEXT = re.compile(r"\[\^[^\]]+\]:")
_BROKEN_TABLE = re.compile(r"^\|.*\n\|", re.MULTILINE)
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")


def read_blocks(source: Scalar, report: Report) -> tuple[Block, ...]:
    """The blocks of a text. Faults are reported; what can be read is still given."""
    if source.is_folded:
        report.error(
            "line ends and lists would be lost: YAML joins the lines of this text",
            source.span,
            hint="begin the text with `|` after the colon and write it on the lines below",
        )
        return ()
    return _Reader(source, report).read()


def read_inlines(source: Scalar, report: Report) -> Inlines:
    """The inline runs of a text that is one paragraph."""
    blocks = _Reader(source, report).read()
    if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
        return blocks[0].content
    if blocks:
        report.error(
            "expected one paragraph of plain text",
            source.span,
            hint="lists, tables and headings belong in sections; "
            "a backslash before a sign prints the sign",
        )
    return ()


class _Reader:
    """Walks the token stream of one text, once."""

    def __init__(self, source: Scalar, report: Report) -> None:
        self.source = MarkdownSource(source)
        self.report = report
        self.inlines = InlineReader(report)
        self.tables = TableReader(self.source, self.inlines, report)
        self.tokens: Iterator[Token] = iter(())
        self.enclosing: list[str] = []

    def read(self) -> tuple[Block, ...]:
        if len(self.source.scalar.text) > LONGEST_TEXT:
            self.report.error(
                f"the text is longer than {LONGEST_TEXT:,} characters",
                self.source.scalar.span,
                hint="a handout has a few pages; divide the text into sections or handouts",
            )
            return ()
        notes: dict[str, dict[str, dict[str, list[int]]]] = {}
        self.tokens = iter(grammar().parse(self.source.scalar.text, notes))
        blocks = self.blocks("")
        for note in notes.get("references", {}).values():
            self.report.error(
                "an address apart from its link cannot be used",
                self.source.span(note["map"][0]),
                hint="write the address where it is used: [words](https://...)",
            )
        return blocks

    # --- blocks ---

    def blocks(self, end: str) -> tuple[Block, ...]:
        """The blocks up to the token of type ``end``, which is taken too."""
        blocks: list[Block] = []
        for token in self.tokens:
            if token.type == end:
                break
            block = self.block(token)
            if block is not None:
                blocks.append(block)
        return tuple(blocks)

    def block(self, token: Token) -> Block | None:
        match token.type:
            case "paragraph_open":
                return self.paragraph(token)
            case "heading_open":
                return self.subheading(token)
            case "bullet_list_open" | "ordered_list_open":
                return self.list_(token)
            case "table_open":
                return self.tables.read(token, self.tokens)
            case "container_callout_open":
                return self.callout(token)
        what, hint = _REFUSED_BLOCKS[token.type]
        self.report.error(f"{what} cannot be used in a handout", self.source.start(token), hint)
        self.skip(token)
        return None

    def skip(self, opening: Token) -> None:
        """Passes over what a block holds."""
        if opening.nesting == 1:
            for token in self.tokens:
                if token.level == opening.level and token.nesting == -1:
                    break

    def content(self) -> tuple[Inlines, SourceSpan, str]:
        """The runs of the next inline token, their place and their source; takes the end too."""
        inline = next(self.tokens)
        next(self.tokens)
        place = self.source.place(inline)
        return self.inlines.read(inline, place), place.span(0), inline.content

    def paragraph(self, opening: Token) -> Paragraph | None:
        content, span, text = self.content()
        if _BROKEN_TABLE.search(text):
            self.report.error(
                "this table cannot be read",
                span,
                hint="below its first row write a row of dashes with as many cells: |---|---|",
            )
        if _NOTE_TEXT.match(text):
            self.report.error(
                "a note cannot be written in the text",
                span,
                hint="list the source under `references` in handout.yaml",
            )
        return Paragraph(content, span) if content else None

    def subheading(self, opening: Token) -> Subheading | None:
        content, span, _ = self.content()
        level = int(opening.tag[1])
        span = self.source.start(opening)
        if level not in (3, 4):
            hint = "write `### ` for a subheading and `#### ` for one below it"
            if opening.markup in "-=":
                hint = "leave the line of signs below the text out; " + hint
            self.report.error(f"a heading of level {level} cannot be used here", span, hint)
            return None
        if self.enclosing:
            self.report.error(
                f"a subheading cannot stand in a {self.enclosing[-1]}",
                span,
                hint="write bold text, or end the " + self.enclosing[-1],
            )
        elif not content:
            self.report.error("the subheading is empty", span, hint="write words, or delete it")
        return Subheading(content, level, span) if content else None

    # --- lists ---

    def list_(self, opening: Token) -> BulletList | NumberedList:
        span = self.source.start(opening)
        self.enclosing.append("list")
        if self.enclosing.count("list") == DEEPEST_LIST + 1:
            self.report.error(
                f"lists are nested more than {DEEPEST_LIST} deep",
                span,
                hint="use a subheading or a table",
            )
        items, numbers = [], []
        for token in self.tokens:
            if token.nesting == -1:
                break
            items.append(self.item(token))
            numbers.append(token.info)
        self.enclosing.pop()
        if len({item.checked is None for item in items}) > 1:
            self.report.error(
                "some items of the list have a box and some have none",
                span,
                hint="begin every item with `[ ]`, or none",
            )
        if opening.type == "bullet_list_open":
            return BulletList(tuple(items), span)
        self.check_numbers(numbers, span)
        return NumberedList(tuple(items), int(numbers[0]), span)

    def check_numbers(self, written: list[str], span: SourceSpan) -> None:
        """Markdown counts on from the first number, whatever the others are."""
        numbers = [int(number) for number in written]
        first = numbers[0]
        counted = list(range(first, first + len(numbers)))
        if numbers not in (counted, [first] * len(numbers)) or first > LARGEST_FIRST_NUMBER:
            self.report.error(
                f"the list is numbered {', '.join(written)}",
                span,
                hint="number the items one after the other; a paragraph that begins "
                "with a number needs a backslash before the dot: 2020\\.",
            )

    def item(self, opening: Token) -> ListItem:
        span = self.source.start(opening)
        blocks = self.blocks("list_item_close")
        checked = None
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph):
            checked, rest = _box(first)
            blocks = (rest, *blocks[1:]) if rest.content else blocks[1:]
        if not blocks:
            self.report.error("a list item is empty", span, hint="write words, or delete it")
        return ListItem(blocks, checked, span)

    # --- callouts ---

    def callout(self, opening: Token) -> Callout | None:
        span = self.source.start(opening)
        name = opening.info.strip()
        kinds = [kind.value for kind in CalloutKind]
        if name not in kinds:
            self.report.error(
                f'there is no callout "{name}"' if name else "this callout has no name",
                span,
                hint=f"write ::: {', ::: '.join(kinds)}; a callout ends with a line `:::`",
            )
        end = opening.map[1] if opening.map else 0
        if not self.source.line(end).strip().startswith(":::"):
            self.report.error("the callout is never closed", span, hint="end it with a line `:::`")
        if self.enclosing:
            self.report.error(
                f"a callout cannot stand in a {self.enclosing[-1]}",
                span,
                hint=f"end the {self.enclosing[-1]} first",
            )
        self.enclosing.append("callout")
        blocks = self.blocks("container_callout_close")
        self.enclosing.pop()
        if not blocks:
            self.report.error("the callout is empty", span, hint="write words, or delete it")
        return Callout(CalloutKind(name), blocks, span) if name in kinds else None


def _box(paragraph: Paragraph) -> tuple[bool | None, Paragraph]:
    """Whether a task's box is ticked, and the paragraph without the box."""
    first, *others = paragraph.content
    found = _TASK.match(first.text) if isinstance(first, Words) else None
    if not found or not isinstance(first, Words):
        return None, paragraph
    text = first.text[found.end() :]
    words = (replace(first, text=text),) if text else ()
    return found[1] != " ", replace(paragraph, content=(*words, *others))
