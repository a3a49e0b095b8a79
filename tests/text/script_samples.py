"""Whole paragraphs in every script: from the PML handout, or Article 1 where it has none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from handouts.document import (
    Block,
    BulletList,
    Callout,
    Inlines,
    NumberedList,
    Paragraph,
    Subheading,
    Table,
    Variable,
    Words,
)
from handouts.places import CONTENT
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library

PML = "progressive-multifocal-leukoencephalopathy"
UDHR = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "udhr.yaml").read_text(encoding="utf-8")
)


class Writing(NamedTuple):
    """A way of writing: a language that is written so, its script and the family it is set in."""

    language: str
    script: str
    family: str


WRITINGS = {
    "Latin": Writing("en", "Latn", "atkinson-hyperlegible-next"),
    "Vietnamese": Writing("vi", "Latn", "noto-sans"),
    "Cyrillic": Writing("ru", "Cyrl", "noto-sans"),
    "Greek": Writing("el", "Grek", "noto-sans"),
    "Arabic": Writing("ar", "Arab", "vazirmatn"),
    "Nastaliq": Writing("ur", "Arab", "noto-nastaliq-urdu"),
    "Hebrew": Writing("he", "Hebr", "noto-sans-hebrew"),
    "Devanagari": Writing("hi", "Deva", "noto-sans-devanagari"),
    "Bengali": Writing("bn", "Beng", "noto-sans-bengali"),
    "Gurmukhi": Writing("pa", "Guru", "noto-sans-gurmukhi"),
    "Gujarati": Writing("gu", "Gujr", "noto-sans-gujarati"),
    "Tamil": Writing("ta", "Taml", "noto-sans-tamil"),
    "Telugu": Writing("te", "Telu", "noto-sans-telugu"),
    "Thai": Writing("th", "Thai", "noto-sans-thai-looped"),
    "Lao": Writing("lo", "Laoo", "noto-sans-lao"),
    "Khmer": Writing("km", "Khmr", "noto-sans-khmer"),
    "Myanmar": Writing("my", "Mymr", "noto-sans-myanmar"),
    "Ethiopic": Writing("am", "Ethi", "noto-sans-ethiopic"),
    "Armenian": Writing("hy", "Armn", "noto-sans-armenian"),
    "Georgian": Writing("ka", "Geor", "noto-sans-georgian"),
    "Hans": Writing("zh-Hans", "Hani", "noto-sans-sc"),
    "Hant": Writing("zh-Hant", "Hani", "noto-sans-tc"),
    "Jpan": Writing("ja", "Hira", "noto-sans-jp"),
    "Kore": Writing("ko", "Hang", "noto-sans-kr"),
}


@cache
def paragraphs(language: str) -> tuple[str, ...]:
    """Every paragraph, list item and cell as plain text, without numbers of references."""
    library = Library(CONTENT)
    if language not in library.languages(PML):
        return (str(UDHR[language]["text"]),)
    handout, _ = read_handout(library, PML, language)
    texts = (plain(content) for part in handout.sections for content in contents(part.blocks))
    return tuple(dict.fromkeys(filter(None, texts)))


def plain(content: Inlines) -> str:
    """The words alone; a variable is a number."""
    parts = []
    for inline in content:
        if isinstance(inline, Words):
            parts.append(inline.text)
        elif isinstance(inline, Variable):
            parts.append("911")
    return "".join(parts).strip()


def contents(blocks: tuple[Block, ...]) -> Iterator[Inlines]:
    """The inline text of every block, in reading order."""
    for block in blocks:
        match block:
            case Paragraph(content) | Subheading(content):
                yield content
            case BulletList(items) | NumberedList(items):
                for item in items:
                    yield from contents(item.blocks)
            case Callout(_, inner):
                yield from contents(inner)
            case Table(rows):
                for row in rows:
                    for cell in row:
                        yield cell.content
