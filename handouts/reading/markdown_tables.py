"""Markdown tables: rows, alignments and the header column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from handouts.document import Align, Cell, Table
from handouts.reading.inlines import InlineReader
from handouts.reading.markdown_source import MarkdownSource, first_line
from handouts.reading.report import Report

if TYPE_CHECKING:
    from markdown_it.token import Token

Row = tuple[Cell, ...]
_ALIGNMENTS = {"text-align:center": Align.CENTER, "text-align:right": Align.END}
_BAR = re.compile(r"(?<!\\)\|")


class TableReader:
    def __init__(self, source: MarkdownSource, inlines: InlineReader, report: Report) -> None:
        self.source = source
        self.inlines = inlines
        self.report = report

    def read(self, opening: Token, tokens: Iterator[Token]) -> Table:
        """The table that has just been opened; takes its tokens with the closing one."""
        rows: list[Row] = []
        alignments: tuple[Align, ...] = ()
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                cells, aligned = self._row(token, tokens)
                alignments = alignments or aligned
                self._check_row(token, len(alignments))
                rows.append(cells)
        return Table(with_header_column(rows), alignments, self.source.start(opening))

    def _row(self, opening: Token, tokens: Iterator[Token]) -> tuple[Row, tuple[Align, ...]]:
        cells, alignments = [], []
        line, column = first_line(opening), 0
        for token in tokens:
            if token.type == "tr_close":
                break
            inline = next(tokens)
            next(tokens)
            place = self.source.place(inline, column)
            start = place.starts[0][1]
            column = start + len(inline.content)
            content = self.inlines.read(inline, place)
            cells.append(Cell(content, token.type == "th_open", self.source.span(line, start)))
            alignments.append(_ALIGNMENTS.get(str(token.attrGet("style")), Align.START))
        return tuple(cells), tuple(alignments)

    def _check_row(self, opening: Token, columns: int) -> None:
        """Markdown fills short rows up and cuts long ones off; neither may pass unseen."""
        line = first_line(opening)
        row = self.source.line(line).strip().removeprefix("|")
        cells = len(_BAR.split(row)) - (1 if row.endswith("|") and not row.endswith("\\|") else 0)
        if cells != columns:
            self.report.error(
                f"the row has {cells} {'cell' if cells == 1 else 'cells'}, "
                f"but the table has {columns} {'column' if columns == 1 else 'columns'}",
                self.source.span(line),
                hint="divide cells with `|`; write `\\|` for the sign itself; "
                "leave a blank line after the table",
            )


def with_header_column(rows: list[Row]) -> tuple[Row, ...]:
    """Marks the first column as headers if its top cell is empty or its body wholly bold."""
    head, *body = rows
    if not head[0].content or (body and all(_is_bold(row[0]) for row in body)):
        body = [(replace(row[0], is_header=True), *row[1:]) for row in body]
    return (head, *body)


def _is_bold(cell: Cell) -> bool:
    return bool(cell.content) and all(getattr(run, "bold", True) for run in cell.content)
