"""A run of a plan: what is to be made is made, bundled, counted and reported."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from handouts.batch.bundling import PutTogether, contents_of, imprint_of_index
from handouts.batch.crews import Cluster, Crew, OwnProcess, Pool
from handouts.batch.deciding import Deciding
from handouts.batch.desk import Workplace
from handouts.batch.dispatching import Dispatcher
from handouts.batch.expanding import Expansion, expand
from handouts.batch.holding import holding, state_folder
from handouts.batch.inputs import Inputs, program_hash
from handouts.batch.ledger import CorruptLedgerError, Ledger
from handouts.batch.ordering import Ordering
from handouts.batch.outcomes import Failure, failure_of
from handouts.batch.pieces import cache_name
from handouts.batch.reporting import Summary, write_reports
from handouts.batch.stores import Store, open_store
from handouts.batch.tallying import Tally
from handouts.batch.verifying import Verified, verify_sample
from handouts.clinic import Clinic
from handouts.diagnostics import Diagnostic, HandoutError, UsageError
from handouts.edition import STANDARD
from handouts.plan import BatchPlan
from handouts.preparing import checked_clinic
from handouts.reading.library import Library

LEDGER = "ledger.sqlite"


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line.

    ``place`` is a folder or an address, ``scheduler`` the address of a cluster, empty for none.
    ``yes`` goes beyond the plan's limit.
    """

    library: Library
    plan: BatchPlan
    place: str
    jobs: int = 1
    scheduler: str = ""
    prune: bool = False
    verify: bool = False
    yes: bool = False
    wait: bool = False


@dataclass(slots=True)
class Batch:
    """A plan beside what is there: the start of a run, of a dry run, and of an answer to why."""

    expansion: Expansion
    inputs: Inputs
    ordering: Ordering
    store: Store
    ledger: Ledger
    deciding: Deciding
    notes: list[str] = field(default_factory=list)


@contextmanager
def opened(order: Order, store: Store, *, read_only: bool) -> Iterator[Batch]:
    """The plan expanded, and the ledger open; a ledger that cannot be read is put aside.

    Raises:
        PlanError, NotFoundError, Unwritable: as ``expand`` and ``Ledger``.
    """
    warnings: list[Diagnostic] = []

    def clinic(slug: str) -> Clinic:
        found, told = checked_clinic(order.library, slug)
        warnings.extend(told)
        return found

    expansion = expand(order.plan, order.library, clinic)
    ledger, notes = _ledger(state_folder(store) / LEDGER, read_only=read_only)
    with closing(ledger):
        inputs = Inputs(order.library)
        ordering = Ordering(expansion, inputs, order.library.registry())
        deciding = Deciding(ordering, ledger, ledger.digests(), store.stamp)
        notes += [str(warning) for warning in (*expansion.warnings, *dict.fromkeys(warnings))]
        notes += _shared(expansion, ledger)
        yield Batch(expansion, inputs, ordering, store, ledger, deciding, notes)


def _shared(expansion: Expansion, ledger: Ledger) -> Iterator[str]:
    """What there is to say of other plans that make files of the same names."""
    names: dict[str, list[str]] = {}
    for plan, name in ledger.names_of_others(expansion.plan.name):
        if expansion.is_named(name):
            names.setdefault(plan, []).append(name)
    for plan, those in names.items():
        yield (
            f'the plan "{plan}" makes some of these files, too, such as {those[0]} '
            f"({len(those):,} in all): each run makes them anew; give each plan its own --output"
        )


def _ledger(path: Path, *, read_only: bool) -> tuple[Ledger, list[str]]:
    try:
        return Ledger(path, read_only=read_only), []
    except CorruptLedgerError:
        note = (
            f"{path.as_posix()}: the ledger is damaged, or of another version; a new one is begun, "
            "and everything is made once more"
        )
        if read_only:
            return Ledger(None), [note]
        aside = path.with_suffix(".damaged")
        path.replace(aside)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        return Ledger(path), [f"{note} (the old one is kept as {aside.name})"]


def run(
    order: Order, tally: Tally, say: Callable[[str], object], crew: Crew | None = None
) -> Summary:
    """Make what the plan wants and is not there.

    ``say`` is told what a person should know meanwhile. A crew that is given does the work and
    stays; without one, one is hired as the order says.

    Raises:
        UsageError: the plan makes more than its limit, and ``yes`` was not said.
        HeldError: another run is at work on the output.
        Unwritable, PlanError, NotFoundError, WorkerError: nothing could be begun.
        KeyboardInterrupt: what was in hand is lost, and made again by the next run.
    """
    started = time.monotonic()
    store = open_store(order.place)
    if order.verify:
        from handouts.batch.verifying import check_is_installed

        check_is_installed()
    store.prepare()
    state = state_folder(store)
    with holding(state, order.plan.name, wait=order.wait, say=say, shown=store.shown):
        store.clear()
        with opened(order, store, read_only=False) as batch:
            _check_limit(order, batch.expansion)
            tally.total = batch.expansion.output_count
            tally.note(batch.notes)
            for note in batch.notes:
                say(note)
            return _Run(order, batch, tally, crew).summary(started)


def hired(order: Order) -> Crew:
    """Who does the work. Raises WorkerError: nobody can be reached."""
    if order.scheduler:
        return Cluster(order.scheduler)
    return Pool(order.jobs) if order.jobs > 1 else OwnProcess()


def _check_limit(order: Order, expansion: Expansion) -> None:
    count = expansion.output_count
    if count > order.plan.limit and not order.yes:
        raise UsageError(
            Diagnostic(
                f"the plan makes {count:,} PDFs, more than its limit of {order.plan.limit:,}",
                order.plan.span,
                hint="look at --dry-run; then give --yes, or write a higher `limit` in the plan",
            )
        )


class _Run:
    def __init__(self, order: Order, batch: Batch, tally: Tally, crew: Crew | None) -> None:
        self.order, self.batch, self.tally, self.crew = order, batch, tally, crew
        self.plan = order.plan.name
        batch.ledger.begin_run(self.plan)

    def summary(self, started: float) -> Summary:
        stopped = self._made()
        orphans = list(orphans_of(self.batch))
        removed: list[str] = []
        verified: Verified | None = None
        if stopped is None and self.order.prune:
            removed, orphans = self._pruned(orphans)
        if stopped is None and self.order.verify:
            verified = verify_sample(self.batch.store, self.batch.ledger, self.tally)
        summary = Summary(
            plan=self.plan,
            place=self.batch.store.shown,
            tally=self.tally,
            seconds=time.monotonic() - started,
            orphans=tuple(orphans),
            removed=tuple(removed),
            stopped=stopped,
            verified=verified,
        )
        try:
            write_reports(summary, self.batch.store, self.batch.ledger)
        except HandoutError:
            if stopped is None:  # or else it is for the same reason
                raise
        return summary

    def _made(self) -> Failure | None:
        """Make everything. Returns why that had to stop, if it had to."""
        for slug, error in self.batch.expansion.broken.items():
            self.tally.fail(failure_of(error), ())
            self.tally.note([f'nothing is made for the clinic "{slug}"'])
        workplace = workplace_of(self.order, is_here=not (self.crew or self.order.scheduler))
        crew = self.crew or hired(self.order)
        is_done = False
        try:
            dispatcher = Dispatcher(
                workplace, crew, self.batch.deciding, self.tally, verify=self.order.verify
            )
            dispatcher.make(self.batch.ordering.groups())
            if dispatcher.stopped is None and self.batch.expansion.plan.bundles:
                dispatcher.put_together(self._bundles())
            is_done = dispatcher.stopped is None
            return dispatcher.stopped
        except HandoutError as error:  # the ledger takes no more
            return failure_of(error)
        finally:
            if crew is not self.crew:
                crew.close(at_once=not is_done)

    def _bundles(self) -> Iterator[PutTogether]:
        """A job for each clinic of which a bundle is not as it should be."""
        batch = self.batch
        plan = batch.expansion.plan
        known = batch.ordering.languages.tags()
        failed = {name for names in self.tally.troubles.values() for name in names}
        for slug, clinic in batch.expansion.clinics.items():
            members = tuple(
                member
                for member in batch.ledger.members(self.plan, slug)
                if batch.expansion.is_named(member.name) and member.name not in failed
            )
            if not members:
                continue
            imprint = imprint_of_index(clinic, known, STANDARD)
            key = batch.ordering.imprint_key(imprint)
            contents = contents_of(plan.bundles, imprint, key, members, program_hash())
            recorded = batch.ledger.bundles(self.plan, slug)
            wrong = {
                name: content
                for name, content in contents.items()
                if (row := recorded.get(name)) is None
                or row.content != content
                or batch.store.stamp(name) != row.stamp
            }
            if wrong:
                yield PutTogether(imprint, key, members, plan.bundles, wrong)

    def _pruned(self, orphans: list[str]) -> tuple[list[str], list[str]]:
        """Remove what no longer belongs to the plan, but nothing that somebody changed."""
        store, ledger = self.batch.store, self.batch.ledger
        stamps = {name: stamp for name, _, stamp in ledger.names(self.plan)}
        removed, kept = [], []
        for name in orphans:
            there = store.stamp(name)
            if there is None or there == stamps[name]:
                store.remove(name)
                removed.append(name)
            else:
                self.tally.note([f"{name}: not removed, since it is not the file that was made"])
                kept.append(name)
        ledger.forget(removed)
        unused = ledger.unused_pieces()
        for key in unused:
            store.remove(cache_name(key))
        ledger.forget_pieces(unused)
        return removed, kept


def orphans_of(batch: Batch) -> Iterator[str]:
    """Files that the plan once made and makes no longer.

    Those of a clinic whose file cannot be read now are not among them.
    """
    for name, clinic, _ in batch.ledger.names(batch.expansion.plan.name):
        if not batch.expansion.is_named(name) and clinic not in batch.expansion.broken:
            yield name


def workplace_of(order: Order, *, is_here: bool = False) -> Workplace:
    """Where the workers find things. Those who are not here may be in another folder."""
    place = order.place if "://" in order.place else str(Path(order.place).absolute())
    library = order.library.root if is_here else order.library.root.absolute()
    return Workplace(str(library), place, program_hash())
