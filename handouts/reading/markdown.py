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
    Align,
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Subheading,
    Table,
    Words,
)
from handouts.reading.inlines import InlineReader, Place
from handouts.reading.markdown_grammar import grammar
from handouts.reading.marked_yaml import Scalar
from handouts.reading.report import Report

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST_TEXT = 50_000
DEEPEST_LIST = 4

_REFUSED_BLOCKS = {
    "code_block": ("a code block", "indent the text less; four spaces make it code"),
    "fence": ("a code block", "leave the ``` lines out"),
    "html_block": ("HTML", "write Markdown; write `&lt;` for the sign `<`"),
    "hr": ("a ruled line", "delete it; sections and subheadings divide the text"),
    "blockquote_open": ("a block quote", "write a callout: `::: note`, the text, `:::`"),
}
_ALIGNMENTS = {"text-align:center": Align.CENTER, "text-align:right": Align.END}
_NOTE_TEXT = re.compile(r"\[\^[^\]]+\]:")
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
        self.source = source
        self.report = report
        self.lines = source.text.split("\n")
        self.inlines = InlineReader(report)
        self.tokens: Iterator[Token] = iter(())
        self.depth = 0
        self.enclosing: list[str] = []

    def read(self) -> tuple[Block, ...]:
        if len(self.source.text) > LONGEST_TEXT:
            self.report.error(
                f"the text is longer than {LONGEST_TEXT:,} characters",
                self.source.span,
                hint="a handout has a few pages; divide the text into sections or handouts",
            )
            return ()
        notes: dict[str, dict[str, dict[str, list[int]]]] = {}
        self.tokens = iter(grammar().parse(self.source.text, notes))
        blocks = self.blocks("")
        for note in notes.get("references", {}).values():
            self.report.error(
                "an address apart from its link cannot be used",
                self.span(note["map"][0]),
                hint="write the address where it is used: [words](https://...)",
            )
        return blocks

    # --- places ---

    def span(self, line: int, column: int | None = None) -> SourceSpan:
        """The place of a column of a line; without a column, of the line's first sign."""
        text = self.lines[line] if line < len(self.lines) else ""
        if column is None:
            column = len(text) - len(text.lstrip())
        return self.source.at(line, column)

    def start(self, token: Token) -> SourceSpan:
        return self.span(token.map[0] if token.map else 0)

    def place(self, token: Token, column: int = 0) -> Place:
        """Where each line of an inline token's content stands in the file."""
        first = token.map[0] if token.map else 0
        starts = []
        for number, content in enumerate(token.content.split("\n")):
            line = self.lines[first + number] if first + number < len(self.lines) else ""
            found = line.find(content.strip(), column if number == 0 else 0)
            indent = len(content) - len(content.lstrip())
            starts.append((first + number, max(found, 0) - indent))
        return Place(self.source, tuple(starts))

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
                return self.list(token)
            case "table_open":
                return self.table(token)
            case "container_callout_open":
                return self.callout(token)
        what, hint = _REFUSED_BLOCKS[token.type]
        self.report.error(f"{what} cannot be used in a handout", self.start(token), hint)
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
        place = self.place(inline)
        return self.inlines.read(inline, place), place.span(0), inline.content

    def paragraph(self, opening: Token) -> Paragraph | None:
        content, span, text = self.content()
        if text.startswith("|") and "\n|" in text:
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
        span = self.start(opening)
        if level not in (3, 4):
            hint = "write `### ` for a subheading and `#### ` for one below it"
            if opening.markup in "-=":
                hint = "leave the line of signs below the text out; " + hint
            self.report.error(f"a heading of level {level} cannot be used here", span, hint)
        elif self.enclosing:
            self.report.error(
                f"a subheading cannot stand in a {self.enclosing[-1]}",
                span,
                hint="write bold text, or end the " + self.enclosing[-1],
            )
        elif not content:
            self.report.error("the subheading is empty", span, hint="write words, or delete it")
        return Subheading(content, level, span) if content else None

    # --- lists ---

    def list(self, opening: Token) -> BulletList | NumberedList:
        span = self.start(opening)
        self.depth += 1
        self.enclosing.append("list")
        if self.depth == DEEPEST_LIST + 1:
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
        self.depth -= 1
        if len({item.checked is None for item in items}) > 1:
            self.report.error(
                "some items of the list have a box and some have none",
                span,
                hint="begin every item with `[ ]`, or none",
            )
        if opening.type == "bullet_list_open":
            return BulletList(tuple(items), span)
        first = int(numbers[0])
        written = [int(number) for number in numbers]
        if written not in (list(range(first, first + len(items))), [first] * len(items)):
            self.report.error(
                f"the list is numbered {', '.join(numbers)}",
                span,
                hint="number the items one after the other; a paragraph that begins "
                "with a number needs a backslash before the dot",
            )
        return NumberedList(tuple(items), first, span)

    def item(self, opening: Token) -> ListItem:
        span = self.start(opening)
        blocks = self.blocks("list_item_close")
        checked = None
        first = blocks[0] if blocks else None
        if isinstance(first, Paragraph):
            checked, rest = _box(first)
            blocks = (rest, *blocks[1:]) if rest.content else blocks[1:]
        if not blocks:
            self.report.error("a list item is empty", span, hint="write words, or delete it")
        return ListItem(blocks, checked, span)

    # --- tables ---

    def table(self, opening: Token) -> Table:
        rows: list[tuple[Cell, ...]] = []
        alignments: tuple[Align, ...] = ()
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                cells, aligned = self.row(token)
                alignments = alignments or aligned
                self.check_row(token, len(alignments))
                rows.append(cells)
        return Table(_with_header_column(rows), alignments, self.start(opening))

    def row(self, opening: Token) -> tuple[tuple[Cell, ...], tuple[Align, ...]]:
        cells, alignments = [], []
        line = opening.map[0] if opening.map else 0
        column = 0
        for token in self.tokens:
            if token.type == "tr_close":
                break
            inline = next(self.tokens)
            next(self.tokens)
            place = self.place(inline, column)
            start = place.starts[0][1]
            column = start + len(inline.content)
            content = self.inlines.read(inline, place)
            cells.append(Cell(content, token.type == "th_open", self.span(line, start)))
            alignments.append(_ALIGNMENTS.get(str(token.attrGet("style")), Align.START))
        return tuple(cells), tuple(alignments)

    def check_row(self, opening: Token, columns: int) -> None:
        """Markdown fills short rows up and cuts long ones off; neither may pass unseen."""
        line = opening.map[0] if opening.map else 0
        row = self.lines[line].strip().removeprefix("|")
        cells = len(re.findall(r"(?<!\\)\|", row)) + (not re.search(r"(?<!\\)\|$", row))
        if cells != columns:
            self.report.error(
                f"the row has {cells} cells, but the table has {columns} columns",
                self.span(line),
                hint="divide cells with `|`; write `\\|` for the sign itself; "
                "leave a blank line after the table",
            )

    # --- callouts ---

    def callout(self, opening: Token) -> Callout | None:
        span = self.start(opening)
        name = opening.info.strip()
        kinds = [kind.value for kind in CalloutKind]
        if name not in kinds:
            self.report.error(
                f'there is no callout "{name}"' if name else "this callout has no name",
                span,
                hint=f"write ::: {', ::: '.join(kinds)}; a callout ends with a line `:::`",
            )
        end = opening.map[1] if opening.map else 0
        if end >= len(self.lines) or not self.lines[end].strip().startswith(":::"):
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


def _with_header_column(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Marks the first column as headers if its top cell is empty or its body wholly bold."""
    head, *body = rows
    is_header = not head[0].content or (
        bool(body)
        and all(
            row[0].content and all(getattr(run, "bold", True) for run in row[0].content)
            for row in body
        )
    )
    if is_header:
        body = [(replace(row[0], is_header=True), *row[1:]) for row in body]
    return (head, *body)
