"""How the translations of a handout stand beside their source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handouts.diagnostics import ContentError
from handouts.document import Translation
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import Library
from handouts.reading.parts import OutOfStep, State


@dataclass(frozen=True, slots=True)
class Standing:
    """A translation with its parts that are not in step.

    ``translation`` is None where the files have mistakes, so that nothing can be said.
    """

    language: str
    translation: Translation | None
    out_of_step: tuple[OutOfStep, ...] = ()

    def count(self, state: State) -> int:
        return sum(found.state is state for found in self.out_of_step)


def standings(library: Library, slug: str) -> Iterator[Standing]:
    """Every translation of a handout, by its tag.

    Raises:
        NotFoundError: no such handout.
        ContentError: handout.yaml does not say which language is the source.
    """
    source = library.source_language(slug)
    reader = HandoutReader(library, slug)
    for tag in library.languages(slug):
        if tag == source:
            continue
        try:
            comparison = reader.compare(tag)
        except ContentError:
            yield Standing(tag, None)
        else:
            yield Standing(tag, comparison.translation, comparison.out_of_step)
