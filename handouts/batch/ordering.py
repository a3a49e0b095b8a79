"""From sheets to orders: which master and which imprint each file is pressed from.

Two clinics share a master if they share all that it depends on: the emergency number, and in place
of a language that a handout lacks the notice with the clinic's own words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from handouts.batch.expanding import Expansion, Sheet
from handouts.batch.inputs import ImprintOrder, Inputs, MasterOrder, key_of
from handouts.batch.naming import Name, naming
from handouts.batch.outcomes import Failure, failure_of
from handouts.choosing import choose_with_fallback
from handouts.clinic import Clinic
from handouts.diagnostics import HandoutError
from handouts.languages import Languages

_NO_NOTICE: tuple[str, ...] = ()


class Ordered(NamedTuple):
    """A file that is to be there: for which clinic, and the key of its imprint."""

    clinic: str
    name: str
    imprint: bytes


@dataclass(frozen=True, slots=True)
class Group:
    """All files that are pressed from one master. ``failure`` is why there cannot be one."""

    sheet: Sheet
    order: MasterOrder
    key: bytes
    files: tuple[Ordered, ...]
    failure: Failure | None = None

    def imprint_order(self, clinic: str) -> ImprintOrder:
        return imprint_of(self.order, clinic)


def imprint_of(order: MasterOrder, clinic: str) -> ImprintOrder:
    """The imprint that a clinic's file of this master takes."""
    return ImprintOrder(clinic, order.language, order.edition, order.paper)


@dataclass(slots=True)
class Ordering:
    expansion: Expansion
    inputs: Inputs
    languages: Languages
    _sources: dict[str, str | Failure] = field(default_factory=dict)
    _imprints: dict[ImprintOrder, bytes] = field(default_factory=dict)

    def groups(self) -> Iterator[Group]:
        """By handout, language, edition and paper."""
        name_of = naming(self.expansion.plan.file_name)
        for sheet, slugs in self.expansion.sheets.items():
            yield from self._groups_of(sheet, slugs, name_of)

    def _groups_of(self, sheet: Sheet, slugs: tuple[str, ...], name_of: Name) -> Iterator[Group]:
        source = self._source(sheet.handout)
        is_lacking = sheet.language not in self.expansion.languages[sheet.handout]
        by_order: dict[MasterOrder, list[str]] = {}
        for slug in slugs:
            clinic = self.expansion.clinics[slug]
            language, notice = sheet.language, _NO_NOTICE
            if is_lacking and isinstance(source, str):
                language, notice = self._stand_in(sheet, clinic)
            order = MasterOrder(
                sheet.handout,
                language,
                source if isinstance(source, str) else "",
                sheet.edition,
                sheet.paper,
                clinic.emergency_number,
                self.expansion.plan.allow_stale,
                notice,
            )
            by_order.setdefault(order, []).append(slug)
        for order, those in by_order.items():
            imprints = [self.imprint_key(imprint_of(order, slug)) for slug in those]
            files = tuple(
                Ordered(slug, name_of(slug, *sheet), imprint)
                for slug, imprint in zip(those, imprints, strict=True)
            )
            if isinstance(source, Failure):
                yield Group(sheet, order, b"", files, source)
            else:
                yield Group(sheet, order, key_of(self.inputs.of_master(order)), files)

    def _source(self, handout: str) -> str | Failure:
        """The language that a handout was first written in, or why nobody knows."""
        source = self._sources.get(handout)
        if source is None:
            try:
                source = self.inputs.library.source_language(handout)
            except HandoutError as error:
                source = failure_of(error)
            self._sources[handout] = source
        return source

    def _stand_in(self, sheet: Sheet, clinic: Clinic) -> tuple[str, tuple[str, ...]]:
        """The language in place of one that the handout lacks, and what is said about it."""
        library = self.inputs.library
        choice = choose_with_fallback(
            library, sheet.handout, sheet.language, clinic, self.languages
        )
        if choice.notice is None:
            return choice.tag, ()
        return choice.tag, (choice.notice.language, *choice.notice.lines)

    def imprint_key(self, order: ImprintOrder) -> bytes:
        key = self._imprints.get(order)
        if key is None:
            key = self._imprints[order] = key_of(self.inputs.of_imprint(order))
        return key
