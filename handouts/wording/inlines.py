"""Inline text whose words are in part the generator's, the clinic's or numbers of references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handouts.document import Citation, Inline, Inlines, LineBreak, Variable, Words
from handouts.languages import Language

# Stand for values in a phrase while it is formatted: private-use characters, never in a text.
_FIRST_MARK = 0xE000


@dataclass(frozen=True, slots=True)
class Cited:
    """The references that neighbouring citations name, each once, in the order of their numbers."""

    references: tuple[str, ...]


def sentence(language: Language, key: str, **values: Words) -> Inlines:
    """A phrase whose values are runs of their own, each in its language."""
    marks = {name: chr(_FIRST_MARK + order) for order, name in enumerate(values)}
    runs = dict(zip(marks.values(), values.values(), strict=True))
    span = next(iter(values.values())).span
    pieces = re.split(f"([{''.join(runs)}])", language.word(key, **marks))
    return tuple(runs.get(piece) or Words(piece, span=span) for piece in pieces if piece)


def variables(language: Language, emergency_number: str) -> Mapping[str, str]:
    """What the clinic, or else the language, says for the name of each variable."""
    return {"emergency_number": emergency_number or language.word("local_emergency_number")}


def citations_joined(
    content: Sequence[Inline], numbers: Mapping[str, int]
) -> Iterator[Words | Variable | LineBreak | Cited]:
    """The content with each run of citations as one."""
    names: set[str] = set()
    for item in content:
        if isinstance(item, Citation):
            names.add(item.reference)
            continue
        if names:
            yield Cited(tuple(sorted(names, key=numbers.__getitem__)))
            names.clear()
        yield item
    if names:
        yield Cited(tuple(sorted(names, key=numbers.__getitem__)))
