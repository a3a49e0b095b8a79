"""Which files are made, and why: what the plan wants, beside what the ledger says is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from handouts.batch.inputs import FONTS_FOLDER, PROGRAM, Hashes, differences
from handouts.batch.ledger import Ledger
from handouts.batch.ordering import Group, Ordered, Ordering
from handouts.batch.records import SheetRow
from handouts.batch.stores import Stamp

NEW = "new"
GONE = "the file is gone"
ALTERED = "the file is no longer the one that was made"
UNKNOWN_ORIGIN = "the ledger does not say what it was made from"

MOST_NAMED = 3


class Decision(NamedTuple):
    """``why`` is empty for a file that stays; ``is_rekeyed`` if its inputs changed all the same."""

    file: Ordered
    why: str
    is_rekeyed: bool = False


@dataclass(frozen=True, slots=True)
class Deciding:
    """``digests`` knows all pieces that were ever made, by key; it may grow meanwhile."""

    ordering: Ordering
    ledger: Ledger
    digests: dict[bytes, bytes]
    stamp: Callable[[str], Stamp | None]

    def decide(self, group: Group) -> list[Decision]:
        """What becomes of each file of the group, in its order."""
        plan = self.ordering.expansion.plan.name
        rows = self.ledger.sheets(plan, group.sheet)
        if not rows:
            return [Decision(file, NEW) for file in group.files]
        digests = self.digests
        master = digests.get(group.key)
        reasons: dict[tuple[bytes, bytes], str] = {}
        decisions = []
        for file in group.files:
            row = rows.get(file.name)
            if row is None:
                decisions.append(Decision(file, NEW))
                continue
            is_same = row.master == group.key and row.imprint == file.imprint
            if not is_same:
                imprint = digests.get(file.imprint)
                is_alike = (
                    master is not None
                    and imprint is not None
                    and digests.get(row.master) == master
                    and digests.get(row.imprint) == imprint
                )
                if not is_alike:
                    pair = (row.master, row.imprint if row.imprint != file.imprint else b"")
                    if pair not in reasons:
                        reasons[pair] = self._changes(group, file, row)
                    decisions.append(Decision(file, reasons[pair]))
                    continue
            there = self.stamp(file.name)
            if there == row.stamp:
                decisions.append(Decision(file, "", not is_same))
            else:
                decisions.append(Decision(file, GONE if there is None else ALTERED))
        return decisions

    def _changes(self, group: Group, file: Ordered, row: SheetRow) -> str:
        names = self.changed_inputs(group, file, row)
        if names is None:
            return UNKNOWN_ORIGIN
        return "; ".join(map(_in_words, _most_telling(names))) or UNKNOWN_ORIGIN

    def changed_inputs(self, group: Group, file: Ordered, row: SheetRow) -> list[str] | None:
        """The names of what changed since a file was made; None if nothing tells."""
        pairs: list[tuple[Hashes | None, Hashes]] = []
        if row.master != group.key:
            present = self.ordering.inputs.of_master(group.order)
            pairs.append((self.ledger.inputs(row.master), present))
        if row.imprint != file.imprint:
            order = group.imprint_order(file.clinic)
            pairs.append((self.ledger.inputs(row.imprint), self.ordering.inputs.of_imprint(order)))
        found: dict[str, None] = {}
        for recorded, present in pairs:
            if recorded is None:
                return None
            found.update(dict.fromkeys(differences(recorded, present)))
        return list(found)


def _most_telling(names: list[str]) -> list[str]:
    """If the program or the fonts changed, that alone: it changes everything."""
    of_all = [name for name in names if name in (PROGRAM, FONTS_FOLDER)]
    if of_all:
        return of_all
    if len(names) <= MOST_NAMED:
        return names
    return [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} other things"]


def _in_words(name: str) -> str:
    have = "have" if name in (FONTS_FOLDER, "the library's strings") or "things" in name else "has"
    return f"{name} {have} changed"
