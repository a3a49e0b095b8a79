"""Libraries of many clinics or many topics, and the batches that are run on them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from handouts.batch.crews import Crew
from handouts.batch.dispatching import Dispatcher
from handouts.batch.reporting import Summary
from handouts.batch.running import Batch, Order, opened, run, workplace_of
from handouts.batch.stores import open_store
from handouts.batch.tallying import Tally
from handouts.clinic import Clinic
from handouts.plan import BatchPlan, Selection, Wanted
from handouts.reading.library import Library
from tests.benchmarks.sources import Job


def clinic_names(count: int) -> list[str]:
    return [f"clinic-{number:04}" for number in range(count)]


def write_clinics(folder: Path, source: Library, clinic: Clinic, names: Sequence[str]) -> None:
    """Copies of a clinic, each with its own name."""
    original = source.clinic_file(clinic.slug)
    text = original.read_text("utf-8")
    for name in names:
        copy = folder / "clinics" / name
        shutil.copytree(original.parent, copy)
        (copy / "clinic.yaml").write_text(text.replace(clinic.name, named(clinic, name)), "utf-8")


def named(clinic: Clinic, name: str) -> str:
    """What the copy of a clinic is called: as long as any other one."""
    return f"{clinic.name} {name[-4:]}"


def write_topic(folder: Path, name: str, job: Job) -> None:
    """The job's handout, in its one language, as a topic of its own."""
    source = job.library.handout_folder(job.handout.slug)
    target = folder / "handouts" / name
    kept = {"handout.yaml", f"{job.handout.language}.yaml"}
    others = [path.name for path in source.glob("*.yaml") if path.name not in kept]
    shutil.copytree(source, target, ignore=shutil.ignore_patterns(*others))


@dataclass(frozen=True, slots=True)
class Network:
    """A library with its output, which a crew that is kept works on."""

    library: Library
    output: Path
    crew: Crew

    def order(self, clinics: str = "*", handouts: str = "*") -> Order:
        selection = Selection(clinics=(Wanted(clinics),), handouts=(Wanted(handouts),))
        plan = BatchPlan("benchmark", (selection,), limit=10_000_000)
        return Order(self.library, plan, str(self.output))

    def run(self, order: Order) -> Summary:
        """The whole of a run, from the plan to the report."""
        summary = run(order, Tally(), lambda line: None, self.crew)
        assert not summary.exit_code, summary
        return summary

    @contextmanager
    def opened(self, order: Order) -> Iterator[Batch]:
        store = open_store(order.place)
        store.prepare()
        with opened(order, store, read_only=False) as batch:
            yield batch

    def make(self, order: Order, batch: Batch) -> int:
        """Only what makes the files: how many were made."""
        tally = Tally()
        Dispatcher(workplace_of(order), self.crew, batch.deciding, tally).make(
            batch.ordering.groups()
        )
        assert not tally.failed, tally.troubles
        return tally.made

    def forget_files(self, batch: Batch) -> None:
        """Take all PDFs away. What they are pressed from stays at hand."""
        names = [name for name, _, _ in batch.ledger.names("benchmark")]
        batch.ledger.forget(names)
        for folder in {name.partition("/")[0] for name in names}:
            shutil.rmtree(self.output / folder, ignore_errors=True)
