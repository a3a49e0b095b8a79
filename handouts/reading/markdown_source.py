"""Where Markdown tokens stand in the file: markdown-it knows the lines of blocks and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.diagnostics import SourceSpan
from handouts.reading.marked_yaml import Scalar

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Place:
    """Where the lines of an inline text stand: line and column in the source, from 0."""

    source: Scalar
    starts: tuple[tuple[int, int], ...]

    def span(self, line: int, column: int = 0) -> SourceSpan:
        start_line, start_column = self.starts[min(line, len(self.starts) - 1)]
        return self.source.at(start_line, start_column + column)


class MarkdownSource:
    def __init__(self, scalar: Scalar) -> None:
        self.scalar = scalar
        self.lines = scalar.text.split("\n")

    def line(self, number: int) -> str:
        """A line, counted from 0; empty after the last."""
        return self.lines[number] if number < len(self.lines) else ""

    def span(self, line: int, column: int | None = None) -> SourceSpan:
        """The place of a column of a line; without a column, of the line's first sign."""
        if column is None:
            text = self.line(line)
            column = len(text) - len(text.lstrip())
        return self.scalar.at(line, column)

    def start(self, token: Token) -> SourceSpan:
        return self.span(first_line(token))

    def place(self, inline: Token, column: int = 0) -> Place:
        """Where each line of an inline token's content stands, the first not before ``column``."""
        first = first_line(inline)
        starts = []
        for number, content in enumerate(inline.content.split("\n"), first):
            words = content.strip()
            found = self.line(number).find(words, column if number == first else 0)
            starts.append((number, max(found - content.index(words), 0)))
        return Place(self.scalar, tuple(starts))


def first_line(token: Token) -> int:
    return token.map[0] if token.map else 0
