"""The work that is handed out. Each job can be done anywhere, and done twice without harm."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple, Protocol

from handouts.batch.desk import Desk, Workplace
from handouts.batch.inputs import ImprintOrder, MasterOrder
from handouts.batch.ordering import imprint_of
from handouts.batch.outcomes import Failure, Outcome, failure_of
from handouts.batch.reading_back import read_back
from handouts.batch.records import Bundled, PieceFacts, Pressed
from handouts.batch.stores import Unwritable
from handouts.diagnostics import HandoutError
from handouts.pdf.press import press_after
from handouts.pipeline import forget_words
from handouts.reading.handouts import HandoutReader

# With the pieces at hand, a worker stays below 250 MB: a word takes some 2,500 bytes.
MOST_WORDS = 30_000

# The text layer keeps what it has shaped and is not made for several threads at once.
_one_at_a_time = threading.Lock()


class Job(Protocol):
    def run(self, desk: Desk) -> Outcome:
        """Raises nothing but faults of the program."""

    def targets(self) -> Iterator[bytes | str]:
        """Keys or names of what it makes."""

    def parts(self) -> Sequence[Job]:
        """The same work as the smallest jobs there can be."""


def perform(workplace: Workplace, job: Job) -> Outcome:
    """Do a job in this process, as a worker does it."""
    with _one_at_a_time:
        try:
            desk = _desk(workplace)
        except HandoutError as error:
            return Outcome(stop=failure_of(error))
        done = job.run(desk)
        forget_words(MOST_WORDS)
        return done


@lru_cache(maxsize=1)
def _desk(workplace: Workplace) -> Desk:
    return Desk(workplace)


@dataclass(frozen=True, slots=True)
class LayOut:
    """Lay out masters of one handout, so that what they share is read once."""

    orders: tuple[tuple[MasterOrder, bytes], ...]

    def targets(self) -> Iterator[bytes | str]:
        return (key for _, key in self.orders)

    def parts(self) -> Sequence[LayOut]:
        return [LayOut((order,)) for order in self.orders]

    def run(self, desk: Desk) -> Outcome:
        made: list[PieceFacts] = []
        failures: list[tuple[bytes | str, Failure]] = []
        warnings: dict[str, None] = {}
        reader: HandoutReader | None = None
        for order, key in self.orders:
            try:
                reader = reader or HandoutReader(desk.library, order.handout)
                laid_out, facts = desk.lay_out(order, key, reader)
            except Unwritable as error:
                return outcome(desk, pieces=made, failures=failures, stop=failure_of(error))
            except Exception as error:
                failures.append((key, failure_of(error)))
            else:
                made.append(facts)
                warnings.update(dict.fromkeys(laid_out.warnings))
        return outcome(desk, pieces=made, failures=failures, warnings=warnings)


@dataclass(frozen=True, slots=True)
class Paint:
    """Paint imprints."""

    orders: tuple[tuple[ImprintOrder, bytes], ...]

    def targets(self) -> Iterator[bytes | str]:
        return (key for _, key in self.orders)

    def parts(self) -> Sequence[Paint]:
        return [Paint((order,)) for order in self.orders]

    def run(self, desk: Desk) -> Outcome:
        made: list[PieceFacts] = []
        failures: list[tuple[bytes | str, Failure]] = []
        for order, key in self.orders:
            try:
                made.append(desk.paint(order, key)[1])
            except Unwritable as error:
                return outcome(desk, pieces=made, failures=failures, stop=failure_of(error))
            except Exception as error:
                failures.append((key, failure_of(error)))
        return outcome(desk, pieces=made, failures=failures)


class Copy(NamedTuple):
    """One clinic's file of a sheet."""

    clinic: str
    imprint: bytes  # its key
    name: str


@dataclass(frozen=True, slots=True)
class Press:
    """Press one master for several clinics; with ``verify`` read each file back."""

    order: MasterOrder
    key: bytes
    copies: tuple[Copy, ...]
    verify: bool = False

    def targets(self) -> Iterator[bytes | str]:
        return (copy.name for copy in self.copies)

    def parts(self) -> Sequence[Press]:
        return [replace(self, copies=(copy,)) for copy in self.copies]

    def run(self, desk: Desk) -> Outcome:
        pressed: list[Pressed] = []
        failures: list[tuple[bytes | str, Failure]] = []
        try:
            plate = desk.plate(self.order, self.key)
        except Unwritable as error:
            return outcome(desk, stop=failure_of(error))
        except Exception as error:
            failure = failure_of(error)
            return outcome(desk, failures=((copy.name, failure) for copy in self.copies))
        order, master = self.order, plate.master
        for clinic, key, name in self.copies:
            try:
                rest = press_after(master, desk.imprint(imprint_of(order, clinic), key))
                stamp = desk.store.write(name, (master.data, rest))
                digest = plate.sha256.copy()
                digest.update(rest)
                made = Pressed(name, stamp, digest.digest())
                if self.verify:
                    read_back(desk.store, made, plate)
            except Unwritable as error:
                return outcome(desk, pressed=pressed, failures=failures, stop=failure_of(error))
            except Exception as error:
                failures.append((name, failure_of(error)))
            else:
                pressed.append(made)
        return outcome(desk, pressed=pressed, failures=failures)


def outcome(
    desk: Desk,
    *,
    pieces: Iterable[PieceFacts] = (),
    pressed: Iterable[Pressed] = (),
    bundles: Iterable[Bundled] = (),
    failures: Iterable[tuple[bytes | str, Failure]] = (),
    stop: Failure | None = None,
    warnings: Iterable[str] = (),
) -> Outcome:
    """What a job has made, with what its worker has to say."""
    notes = tuple(desk.notes)
    desk.notes.clear()
    return Outcome(
        tuple(pieces),
        tuple(pressed),
        tuple(bundles),
        tuple(failures),
        stop,
        notes,
        tuple(warnings),
        _peak_memory(),
    )


def _peak_memory() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
