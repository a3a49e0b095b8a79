"""What every block needs to be laid out: the typesetter, the style and the columns."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.layout.style import Columns, SheetStyle
from handouts.layout.typesetting import Typesetter


@dataclass(frozen=True, slots=True)
class Setting:
    typesetter: Typesetter
    style: SheetStyle
    columns: Columns

    def word(self, key: str, **values: str | int) -> str:
        return self.typesetter.language.word(key, **values)


@dataclass(frozen=True, slots=True)
class Box:
    """A column to lay rows out in: its start, from the margin, and its width, in points."""

    x: float
    width: float

    def inset(self, start: float, end: float = 0.0) -> Box:
        return Box(self.x + start, self.width - start - end)
