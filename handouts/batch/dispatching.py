"""Hand out the work and take it back: masters once, imprints once, the press for the rest.

A group of files waits until its master and its imprints are made, or have failed. Then it is
decided which of its files must be pressed: a master that came out as it was before presses none.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import NamedTuple, TypeVar

from handouts.batch.bundling import PutTogether
from handouts.batch.crews import Crew
from handouts.batch.deciding import Deciding, Decision
from handouts.batch.desk import Workplace
from handouts.batch.inputs import ImprintOrder
from handouts.batch.jobs import Copy, Job, LayOut, Paint, Press, perform
from handouts.batch.ordering import Group, Ordered
from handouts.batch.outcomes import Failure, Outcome, failure_of
from handouts.batch.records import Recorded
from handouts.batch.tallying import Tally
from handouts.diagnostics import HandoutError

PRESSED_AT_A_TIME = 64
PAINTED_AT_A_TIME = 16
LAID_OUT_AT_A_TIME = 8

# Seconds without a word, after which it is asked whether anybody is there.
PATIENCE = 20.0

T = TypeVar("T")


class _Pressing(NamedTuple):
    group: Group
    file: Ordered
    why: str


@dataclass(slots=True)
class _Waiting:
    group: Group
    missing: set[bytes]


class Dispatcher:
    """``stopped`` is why no more can be made, once that is so."""

    def __init__(
        self,
        workplace: Workplace,
        crew: Crew,
        deciding: Deciding,
        tally: Tally,
        *,
        verify: bool = False,
    ) -> None:
        self.stopped: Failure | None = None
        self._workplace, self._crew, self._deciding = workplace, crew, deciding
        self._ledger = deciding.ledger
        self._plan = deciding.ordering.expansion.plan.name
        self._digests = deciding.digests
        self._tally, self._verify = tally, verify
        self._ready: deque[Job] = deque()
        self._suspects: deque[Job] = deque()  # they were in hand when a worker died
        self._in_hand: dict[Future[Outcome], Job] = {}
        self._alone: Job | None = None
        self._waiting: dict[bytes, list[_Waiting]] = {}  # by a key that is being made
        self._failed: dict[bytes, Failure] = {}
        self._pressing: dict[str, _Pressing] = {}

    def make(self, groups: Iterable[Group]) -> None:
        """Make all that is to be made. What is made is in the ledger, whatever happens then."""
        handouts = groupby(groups, lambda group: group.sheet.handout)
        self._work(partial(self._prepare, list(its)) for _, its in handouts)

    def put_together(self, jobs: Iterable[PutTogether]) -> None:
        """Make bundles of what is made."""
        self._work(partial(self._ready.append, job) for job in jobs)

    def _work(self, steps: Iterator[Callable[[], None]]) -> None:
        """Take the steps one by one, each of which may make jobs ready, and have the jobs done."""
        while True:
            self._hand_out(steps)
            if not self._in_hand:
                return
            done, _ = wait(self._in_hand, PATIENCE, FIRST_COMPLETED)
            if not done:
                self._crew.check()
            for future in done:
                self._take(future)

    # --- out ---------------------------------------------------------------------------------

    def _hand_out(self, steps: Iterator[Callable[[], None]]) -> None:
        while self.stopped is None and (job := self._next(steps)) is not None:
            try:
                future = self._crew.submit(perform, self._workplace, job)
            except HandoutError as error:
                self.stopped = failure_of(error)
                return
            self._in_hand[future] = job

    def _next(self, steps: Iterator[Callable[[], None]]) -> Job | None:
        """The next job, or None while enough is in hand."""
        if self._suspects:
            # One by one, so that it shows which of them it is that kills its worker.
            if self._in_hand:
                return None
            self._alone = self._suspects.popleft()
            return self._alone
        if len(self._in_hand) >= self._crew.in_hand or self._alone is not None:
            return None
        while not self._ready:
            step = next(steps, None)
            if step is None:
                return None
            step()
        return self._ready.popleft()

    def _prepare(self, groups: list[Group]) -> None:
        """Ask for the pieces that nobody has made yet, and let the groups wait for them."""
        masters = {}
        imprints: dict[bytes, ImprintOrder] = {}
        for group in groups:
            if group.failure is not None:
                self._tally.fail(group.failure, (file.name for file in group.files))
                continue
            missing = set()
            if self._is_to_be_made(group.key):
                missing.add(group.key)
                if group.key not in self._waiting:
                    masters[group.key] = group.order
            for file in group.files:
                if self._is_to_be_made(file.imprint):
                    missing.add(file.imprint)
                    if file.imprint not in self._waiting:
                        imprints[file.imprint] = group.imprint_order(file.clinic)
            if not missing:
                self._decide(group)
                continue
            waiting = _Waiting(group, missing)
            for key in missing:
                self._waiting.setdefault(key, []).append(waiting)
        for some in _parts([(order, key) for key, order in masters.items()], LAID_OUT_AT_A_TIME):
            self._ready.append(LayOut(tuple(some)))
        for those in _parts([(order, key) for key, order in imprints.items()], PAINTED_AT_A_TIME):
            self._ready.append(Paint(tuple(those)))

    def _is_to_be_made(self, key: bytes) -> bool:
        return key not in self._digests and key not in self._failed

    def _decide(self, group: Group) -> None:
        """The pieces are there, or have failed: now press what is not as it should be."""
        decisions = self._deciding.decide(group)
        rekeyed = [decision.file for decision in decisions if decision.is_rekeyed]
        if rekeyed:
            self._ledger.rekey((file.name, group.key, file.imprint) for file in rekeyed)
        to_press = [decision for decision in decisions if decision.why]
        if len(to_press) < len(decisions):
            self._tally.stay(len(decisions) - len(to_press))
        copies = [
            Copy(decision.file.clinic, decision.file.imprint, decision.file.name)
            for decision in to_press
            if not self._has_failed(group, decision)
        ]
        reasons = {decision.file.name: decision for decision in to_press}
        for copy in copies:
            decision = reasons[copy.name]
            self._pressing[copy.name] = _Pressing(group, decision.file, decision.why)
        share = -(-len(copies) // self._crew.size)
        for some in _parts(copies, max(1, min(PRESSED_AT_A_TIME, share))):
            self._ready.append(Press(group.order, group.key, tuple(some), self._verify))

    def _has_failed(self, group: Group, decision: Decision) -> bool:
        failure = self._failed.get(group.key) or self._failed.get(decision.file.imprint)
        if failure is not None:
            self._tally.fail(failure, (decision.file.name,))
        return failure is not None

    # --- back --------------------------------------------------------------------------------

    def _take(self, future: Future[Outcome]) -> None:
        job = self._in_hand.pop(future)
        was_alone = job is self._alone
        if was_alone:
            self._alone = None
        try:
            outcome = future.result()
        except Exception as error:
            if self._crew.has_lost_worker(error):
                suspects = job.parts() if was_alone else [job]
                if not was_alone or len(suspects) > 1:
                    self._suspects.extend(suspects)
                    return
            failure = failure_of(self._crew.explained(error))
            if self._crew.has_gone(error):
                self.stopped = self.stopped or failure
                return
            outcome = Outcome(failures=tuple((target, failure) for target in job.targets()))
        self._accept(job, outcome)

    def _accept(self, job: Job, outcome: Outcome) -> None:
        if outcome.pieces:
            self._ledger.add_pieces(outcome.pieces)
            self._digests.update((piece.key, piece.digest) for piece in outcome.pieces)
        if outcome.pressed:
            self._record(outcome)
        if outcome.bundles:
            self._ledger.record_bundles(self._plan, outcome.bundles)
        for target, failure in outcome.failures:
            if isinstance(target, bytes):
                self._failed[target] = failure
            else:
                self._pressing.pop(target, None)
                self._tally.fail(failure, (target,))
        self._tally.keep(outcome)
        self.stopped = self.stopped or outcome.stop
        for target in job.targets():
            if isinstance(target, bytes) and not self._is_to_be_made(target):
                self._release(target)

    def _record(self, outcome: Outcome) -> None:
        """All files of an outcome are of one sheet."""
        rows = []
        sheet = None
        for name, stamp, sha256 in outcome.pressed:
            group, file, why = self._pressing.pop(name)
            sheet = group.sheet
            rows.append(Recorded(file.clinic, name, group.key, file.imprint, stamp, sha256, why))
        assert sheet is not None
        self._ledger.record(self._plan, sheet, rows)

    def _release(self, key: bytes) -> None:
        for waiting in self._waiting.pop(key, ()):
            waiting.missing.discard(key)
            if not waiting.missing:
                self._decide(waiting.group)


def _parts(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
