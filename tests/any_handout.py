"""Handouts of any shape, for laws that must hold for all of them: one for each seed.

They are as the readers make them: no text starts or ends with white space, no list is empty,
every citation has its reference, and no subheading skips a level. Hypothesis would take longer
to draw one than it takes to lay out and paint it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from handouts.document import (
    Align,
    AtAGlance,
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Citation,
    Handout,
    Inline,
    Inlines,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    PartialDate,
    Reference,
    Resource,
    Review,
    Section,
    Subheading,
    Table,
    Variable,
    Words,
)

T = TypeVar("T")

WORDS = re.findall(
    r"\S+",
    "a I of the fever doctor medicine. Call us, if – you “cannot” sleep; 20 mg (twice) 8:30"
    " don’t body’s and/or well-known naïve 5 °C ½ × antiretroviral Leukoencephalopathy",
)
SHORT_WORDS = [word for word in WORDS if len(word) < 12]  # three of them fit side by side
HEADINGS = ("", "", "What to do at home", "Otorhinolaryngological examinations")
LINKS = ("", "", "", "https://example.org/page", "tel:+12125550142", "mailto:us@example.org")
REFERENCES = tuple(
    Reference(f"source-{number}", "webpage", f"Source {number}", url="https://example.org/a/b")
    for number in range(1, 4)
)


def any_handout(seed: int) -> Handout:
    return _Maker(random.Random(seed)).handout()


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def is_so(self, probability: float) -> bool:
        return self.chance.random() < probability

    def some(self, least: int, most: int, make: Callable[[], T]) -> tuple[T, ...]:
        return tuple(make() for _ in range(self.chance.randint(least, most)))

    # --- inline text -----------------------------------------------------------------------------

    def phrase(self, most: int = 12, words: Sequence[str] = WORDS) -> str:
        return " ".join(self.some(1, most, lambda: self.chance.choice(words)))

    def inlines(self, most: int = 4, words: Sequence[str] = WORDS) -> Inlines:
        """Runs in all manners, with a space or the end of a line between any two."""
        content: list[Inline] = []
        for number in range(self.chance.randint(1, most)):
            if number:
                content.append(LineBreak() if self.is_so(0.2) else Words(" "))
            content.append(self.run(words))
            cited = self.chance.sample(REFERENCES, self.chance.choice([0, 0, 0, 1, 2]))
            content += [Citation(reference.id) for reference in cited]
        return tuple(content)

    def run(self, words: Sequence[str]) -> Inline:
        is_bold = self.is_so(0.3)
        if self.is_so(0.1):
            return Variable("emergency_number", is_bold)
        language = self.chance.choice(["", "", "", "es"])
        link = self.chance.choice(LINKS)
        return Words(self.phrase(12, words), is_bold, self.is_so(0.3), link, language)

    # --- blocks ----------------------------------------------------------------------------------

    def paragraph(self) -> Paragraph:
        return Paragraph(self.inlines(8))

    def list_(self, depth: int = 0) -> Block:
        if self.is_so(0.4):
            return NumberedList(self.some(1, 5, lambda: self.item(depth)), start=8)
        if self.is_so(0.3):
            return BulletList(
                self.some(1, 5, lambda: replace(self.item(depth), checked=self.is_so(0.5)))
            )
        return BulletList(self.some(1, 5, lambda: self.item(depth)))

    def item(self, depth: int) -> ListItem:
        def inner() -> Block:
            return self.list_(depth + 1) if depth < 3 and self.is_so(0.6) else self.paragraph()

        return ListItem((self.paragraph(), *self.some(0, 1, inner)))

    def table(self) -> Table:
        count = self.chance.randint(1, 3)
        has_header_column = self.is_so(0.5)

        def row(*, is_head: bool = False) -> tuple[Cell, ...]:
            return tuple(
                Cell(self.inlines(2, SHORT_WORDS), is_head or (has_header_column and column == 0))
                for column in range(count)
            )

        head = row(is_head=True)
        if count > 1 and self.is_so(0.3):
            head = (Cell((), is_header=True), *head[1:])
        alignments = tuple(self.chance.choice(list(Align)) for _ in range(count))
        return Table((head, *self.some(1, 12, row)), alignments)

    def callout(self) -> Callout:
        """Short enough for a page: in a longer one single lines may be left behind."""
        kind = self.chance.choice(list(CalloutKind))
        inner = self.paragraph if self.is_so(0.5) else lambda: self.list_(depth=3)
        return Callout(kind, self.some(1, 2, inner))

    def blocks(self) -> tuple[Block, ...]:
        makers = [self.paragraph, self.paragraph, self.list_, self.table, self.callout]
        blocks: list[Block] = []
        for _ in range(self.chance.randint(1, 5)):
            if self.is_so(0.3):
                blocks.append(Subheading(self.inlines(1)))
                if self.is_so(0.3):
                    blocks.append(Subheading(self.inlines(1), 4))
            blocks.append(self.chance.choice(makers)())
        return tuple(blocks)

    # --- the handout -----------------------------------------------------------------------------

    def handout(self) -> Handout:
        day = PartialDate(2026, 10, 5)
        return Handout(
            slug="any",
            language="en",
            source_language="en",
            title=self.phrase(),
            short_title="Any",
            author="Handouts Project",
            audience="adults",
            codes={},
            at_a_glance=self.glance() if self.is_so(0.6) else None,
            sections=tuple(
                Section(name, self.chance.choice(HEADINGS), self.blocks())
                for name in ("overview", "causes", "symptoms")[: self.chance.randint(1, 3)]
            ),
            pictures=(),
            resources=self.some(0, 4, self.resource),
            references=REFERENCES,
            review=Review("1", day, "R. Viewer, MD", day) if self.is_so(0.5) else Review("0", day),
        )

    def glance(self) -> AtAGlance:
        def sentences() -> tuple[Inlines, ...]:
            return self.some(1, 3, lambda: self.inlines(2))

        return AtAGlance(self.inlines(2), sentences(), sentences(), sentences())

    def resource(self) -> Resource:
        country = self.chance.choice(["CA", "NZ", "US"])
        phone = "1-800-555-0199" if self.is_so(0.3) else ""
        return Resource("help", country, self.phrase(6), "https://example.org/help/", phone)
