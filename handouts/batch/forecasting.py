"""What a run would make, and why; and what there is to say of one file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from handouts.batch.deciding import ALTERED, GONE, NEW
from handouts.batch.naming import bundle_names
from handouts.batch.ordering import Group, Ordered
from handouts.batch.records import Owner
from handouts.batch.running import Batch, orphans_of
from handouts.diagnostics import Diagnostic, NotFoundError
from handouts.reading.shapes import nearest

MOST_EXAMPLES = 3
MOST_COMPARED = 10_000


@dataclass(slots=True)
class Kind:
    """Files with one reason: how many, and the first few."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, name: str) -> None:
        self.count += 1
        if len(self.examples) < MOST_EXAMPLES:
            self.examples.append(name)


@dataclass(frozen=True, slots=True)
class Forecast:
    """``reasons`` are those of the files that would be made, ``failing`` of those that cannot be.

    ``clinics`` and ``masters`` are how many the plan has of them, ``changing`` how many clinics
    get a file.
    """

    total: int
    unchanged: int
    reasons: dict[str, Kind]
    failing: dict[str, Kind]
    orphans: Kind
    clinics: int
    changing: int
    masters: int

    @property
    def to_make(self) -> int:
        return sum(kind.count for kind in self.reasons.values())


def forecast(batch: Batch) -> Forecast:
    """All decisions, and nothing made."""
    reasons: dict[str, Kind] = {}
    failing: dict[str, Kind] = {}
    changing: set[str] = set()
    unchanged = masters = 0
    for slug, error in batch.expansion.broken.items():
        told = "\n".join(map(str, error.diagnostics))
        failing.setdefault(told, Kind()).add(f"all of the clinic {slug}")
    for group in batch.ordering.groups():
        masters += 1
        if group.failure is not None:
            told = "\n".join(map(str, group.failure.problems))
            kind = failing.setdefault(told, Kind())
            for file in group.files:
                kind.add(file.name)
            continue
        for file, why, _ in batch.deciding.decide(group):
            if why:
                kind = reasons.get(why) or reasons.setdefault(why, Kind())
                kind.add(file.name)
                changing.add(file.clinic)
            else:
                unchanged += 1
    orphans = Kind()
    for name in orphans_of(batch):
        orphans.add(name)
    return Forecast(
        batch.expansion.output_count,
        unchanged,
        reasons,
        failing,
        orphans,
        len(batch.expansion.clinics),
        len(changing),
        masters,
    )


def explained(batch: Batch, name: str) -> Iterator[str]:
    """What there is to say of one file of the output, line by line.

    Raises:
        NotFoundError: the plan makes no such file and never made one, with the nearest name.
    """
    found = _find(batch, name)
    owner = batch.ledger.row_of(name)
    if found is None and owner is None:
        if bundle := list(_of_bundle(batch, name)):
            yield from bundle
            return
        message = f'the plan "{batch.expansion.plan.name}" makes no file "{name}"'
        raise NotFoundError(Diagnostic(message, hint=nearest(name, _alike(batch, name))))
    yield name
    if owner is not None:
        handout, language, edition, paper = owner.sheet
        yield f"  is: {handout} in {language}, {edition}, {paper}, for {owner.clinic}"
        yield f"  of the plan: {owner.plan}"
        yield f"  made last since: {owner.why}"
    if found is None:
        assert owner is not None
        yield from _without_plan(batch, owner)
        return
    group, file = found
    if owner is None:
        handout, language, edition, paper = group.sheet
        yield f"  would be: {handout} in {language}, {edition}, {paper}, for {file.clinic}"
    if group.failure is not None:
        yield from _impossible(group.failure.problems)
        return
    why = next(why for each, why, _ in batch.deciding.decide(group) if each == file)
    if not why:
        yield "  now: up to date; nothing that it is made from has changed"
        return
    yield f"  now: to be made, since it is {why}" if why == NEW else f"  now: to be made: {why}"
    if owner is not None and why not in (NEW, GONE, ALTERED):
        for changed in batch.deciding.changed_inputs(group, file, owner.row) or ():
            yield f"    changed: {changed}"


def _without_plan(batch: Batch, owner: Owner) -> Iterator[str]:
    """Of a file that was made, and that the plan does not make now."""
    if error := batch.expansion.broken.get(owner.clinic):
        yield from _impossible(error.diagnostics)
    elif owner.plan != batch.expansion.plan.name:
        yield f'  now: the plan "{batch.expansion.plan.name}" has nothing to do with it'
    else:
        yield "  now: no longer in this plan; --prune removes it"


def _impossible(problems: Iterable[Diagnostic]) -> Iterator[str]:
    yield "  now: it cannot be made:"
    for problem in problems:
        yield from (f"    {line}" for line in str(problem).splitlines())


def _of_bundle(batch: Batch, name: str) -> Iterator[str]:
    """What there is to say of a bundle; nothing if it is none of the plan."""
    plan = batch.expansion.plan
    for slug in batch.expansion.clinics:
        if name in bundle_names(slug, plan.bundles):
            row = batch.ledger.bundles(plan.name, slug).get(name)
            there = batch.store.stamp(name)
            yield name
            yield f"  is: put together of all sheets for {slug}"
            if row is None:
                yield f"  now: to be made, since it is {NEW}"
            elif there != row.stamp:
                yield f"  now: to be made: {GONE if there is None else ALTERED}"
            else:
                yield "  now: there; made anew when something in it has changed"


def _alike(batch: Batch, name: str) -> list[str]:
    """Names of the plan's that may be meant: to compare a name with all of them takes long."""
    names = [file.name for group in batch.ordering.groups() for file in group.files]
    folder, _, file = name.rpartition("/")
    close = [each for each in names if each.startswith(f"{folder}/") or each.endswith(f"/{file}")]
    return (close or names)[:MOST_COMPARED]


def _find(batch: Batch, name: str) -> tuple[Group, Ordered] | None:
    for group in batch.ordering.groups():
        for file in group.files:
            if file.name == name:
                return group, file
    return None
