"""Lines of plain text: paragraphs, headings, lists, tables and callouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from handouts.document import (
    Block,
    BulletList,
    Callout,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Subheading,
    Table,
)
from handouts.plain.inlines import plain
from handouts.plain.wrapping import COLUMNS, hung, stacked, underlined, width, wrapped
from handouts.wording.blocks import BULLETS, callout_label
from handouts.wording.voice import Voice

_BOXES = {False: "[ ] ", True: "[x] "}
_UNDERLINES = {1: "=", 2: "-", 3: "~", 4: "~"}  # by the level of the heading
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes in one language; ``inside`` gives the writer of a part in another."""

    voice: Voice
    columns: int = COLUMNS

    def inside(self, tag: str) -> Self:
        return replace(self, voice=self.voice.inside(tag))

    def phrase(self, words: str) -> list[str]:
        return wrapped(words, self.voice.language, self.columns)

    def said(self, key: str, **values: str | int) -> list[str]:
        return self.phrase(self.voice.word(key, **values))

    def inline(self, content: Inlines, before: str = "") -> list[str]:
        return self.phrase(before + plain(content, self.voice))

    def heading(self, words: str, level: int = 2) -> list[str]:
        return underlined(self.phrase(words), _UNDERLINES[level])

    def behind(self, mark: str, content: Sequence[Block], depth: int = 0) -> list[str]:
        """Blocks behind a mark."""
        inner = replace(self, columns=self.columns - width(mark))
        return hung(inner.blocks(content, depth), mark)

    def bullets(self, contents: Sequence[Inlines]) -> list[str]:
        return self._list(BulletList(_items(contents)), 0)

    def numbered(self, contents: Sequence[Inlines]) -> list[str]:
        return self._list(NumberedList(_items(contents)), 0)

    def tasks(self, contents: Sequence[Inlines]) -> list[str]:
        return self._list(BulletList(_items(contents, checked=False)), 0)

    # --- blocks ----------------------------------------------------------------------------------

    def blocks(self, content: Sequence[Block], depth: int = 0) -> list[str]:
        return stacked(*(self._block(each, depth) for each in content))

    def _block(self, block: Block, depth: int) -> list[str]:
        match block:
            case Paragraph(inlines):
                return self.inline(inlines)
            case Subheading(inlines, level):
                return self.heading(plain(inlines, self.voice), level)
            case BulletList() | NumberedList():
                return self._list(block, depth)
            case Table():
                return self._table(block)
            case Callout(kind, inner):
                number = self.voice.emergency_number
                label = self.phrase(callout_label(kind, self.voice.language, number))
                return [*label, *self.behind(_INDENT, inner)]

    def _list(self, block: BulletList | NumberedList, depth: int) -> list[str]:
        """Items of one paragraph each follow each other closely."""
        items = [
            self.behind(self._mark(block, item, number, depth), item.blocks, depth + 1)
            for number, item in enumerate(block.items)
        ]
        if any(len(item.blocks) > 1 for item in block.items):
            return stacked(*items)
        return [line for item in items for line in item]

    def _mark(
        self, block: BulletList | NumberedList, item: ListItem, number: int, depth: int
    ) -> str:
        if item.checked is not None:
            return _BOXES[item.checked]
        if isinstance(block, NumberedList):
            return self.voice.word("list_number", number=block.start + number) + " "
        return BULLETS[depth % len(BULLETS)] + " "

    def _table(self, table: Table) -> list[str]:
        """Row by row, each cell behind the header of its column."""
        head, *body = table.rows
        headers = [plain(cell.content, self.voice) for cell in head]
        if not body:
            return [line for header in headers if header for line in self.phrase(header)]
        rows = [
            [
                line
                for header, cell in zip(headers, row, strict=True)
                if cell.content
                for line in self.inline(cell.content, f"{header}: " if header else "")
            ]
            for row in body
        ]
        return stacked(*rows)


def _items(contents: Sequence[Inlines], checked: bool | None = None) -> tuple[ListItem, ...]:
    return tuple(ListItem((Paragraph(content),), checked) for content in contents)
