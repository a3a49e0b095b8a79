"""What every block needs to be laid out: the typesetter, the style and the columns."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handouts.document import Inlines, Words
from handouts.edition import Edition
from handouts.languages import Languages
from handouts.layout.style import Columns, SheetStyle
from handouts.layout.typesetting import Typesetter
from handouts.paper import Paper
from handouts.wording.inlines import sentence

GENERATORS_OWN = Languages()


@dataclass(frozen=True, slots=True)
class Setting:
    """``stacks_tables`` sets the cells of a row one below the other, for narrow columns.

    ``in_packet`` keeps room in the foot for the number of the packet's page.
    """

    typesetter: Typesetter
    style: SheetStyle
    columns: Columns
    languages: Languages = GENERATORS_OWN
    stacks_tables: bool = False
    in_packet: bool = False

    @property
    def edition(self) -> Edition:
        return self.typesetter.edition

    @property
    def right_to_left(self) -> bool:
        return self.typesetter.language.right_to_left

    def scaled(self, length: float) -> float:
        """What goes with text of 12 points, for the size of this edition's text."""
        return length * self.style.body.style.size / 12

    def word(self, key: str, **values: str | int) -> str:
        return self.typesetter.language.word(key, **values)

    def spoken_in(self, tag: str) -> Setting:
        """The same with the typesetter of another language; itself for none or its own.

        Raises:
            NotFoundError: there are no words in that language.
        """
        if tag in ("", self.typesetter.language.tag):
            return self
        return replace(
            self, typesetter=replace(self.typesetter, language=self.languages.language(tag))
        )

    def part_in(self, tag: str) -> Setting:
        """The setting of a part in another language, with the leading that its script needs."""
        own = self.spoken_in(tag)
        return self if own is self else own.leaded()

    def leaded(self) -> Setting:
        """The same with the leading that the typesetter's language needs."""
        typesetter = self.typesetter
        style = SheetStyle.of(self.edition, typesetter.leading_factor, typesetter.rise)
        return replace(self, style=style)

    def sentence(self, key: str, **values: Words) -> Inlines:
        """A phrase whose values are runs of their own, each in its language."""
        return sentence(self.typesetter.language, key, **values)


def setting_for(
    typesetter: Typesetter, paper: Paper, languages: Languages = GENERATORS_OWN
) -> Setting:
    """The setting of a whole sheet in the typesetter's language and edition."""
    edition, factor = typesetter.edition, typesetter.leading_factor
    return Setting(
        typesetter,
        SheetStyle.of(edition, factor, typesetter.rise),
        Columns.of(paper, edition, factor),
        languages,
    )


@dataclass(frozen=True, slots=True)
class Box:
    """A column to lay rows out in: its start, from the margin, and its width, in points."""

    x: float
    width: float

    def inset(self, start: float, end: float = 0.0) -> Box:
        return Box(self.x + start, self.width - start - end)
