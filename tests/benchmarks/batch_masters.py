"""A batch that is bound by laying out: many handouts for one clinic."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from handouts.reading.library import Library
from tests.benchmarks.batch_press import (
    TWO_OF_ONE,
    WORKERS,
    crew_of,
    is_missing,
    on_processors,
    source_of,
    writing,
)
from tests.benchmarks.measuring import Contender, Timing, measure
from tests.benchmarks.network import Network, write_clinics, write_topic
from tests.benchmarks.report import MILLISECONDS, section, target, timing_table
from tests.benchmarks.rivals import REPORTLAB, TYPST, TYPST_BOTH, WEASYPRINT, Workers
from tests.benchmarks.sources import Job, NewTexts

TOPICS = 24
FEW_TOPICS = 4
SHARES = (0, 0.2)  # of words that nobody has met

OWN = "ours: read, lay out, press, record"
NO_SLOWER = 1.0


def master_bound(
    job: Job,
    folder: Path,
    rounds: int,
    missing: dict[str, str],
    shares: Sequence[float] = SHARES,
) -> Iterator[str]:
    """The sections of the report; ``shares`` of the words are invented."""
    for share in shares:
        invented = f", {share:.0%} of the words invented" if share else ""
        yield from section(
            f"Batch, bound by laying out: {TOPICS} handouts for one clinic{invented}",
            "Each handout has the structure and the picture of the usual one, and words of its own "
            "in each round. Times are per PDF, files written. Ours reads YAML and Markdown, checks "
            "and hashes them, keeps the masters, and records; the others get their sources ready "
            f"made. WeasyPrint makes only {FEW_TOPICS} of the handouts.",
        )
        timings: dict[int, list[Timing]] = {}
        for workers in WORKERS:
            with on_processors(workers):
                setting = _Setting(job, folder / f"{share}-{workers}", share, workers, missing)
                timings[workers] = measure(list(setting.contenders()), rounds)
                setting.close()
            words = "one worker" if workers == 1 else f"{workers} workers"
            yield f"\nWith {words}:\n"
            yield from timing_table(timings[workers], OWN, MILLISECONDS)
            by_name = {timing.name: timing for timing in timings[workers]}
            for name in (TYPST_BOTH, TYPST):
                if name in by_name:
                    ratio = by_name[OWN].ratio_to(by_name[name])
                    yield target(f"{words}, lay out and press, beside {name}", ratio, NO_SLOWER)
        ratio = timings[2][0].ratio_to(timings[1][0])
        yield target("time of two workers over that of one, lay out and press", ratio, TWO_OF_ONE)


class _Setting:
    def __init__(
        self, job: Job, folder: Path, share: float, workers: int, missing: dict[str, str]
    ) -> None:
        self._job, self._folder, self._missing = job, folder, missing
        self._texts = NewTexts(job, folder / "texts", invented=share, with_pictures=True)
        self._crew, self._pool = crew_of(workers), Workers(workers)
        self._round, self._jobs = -1, list[Job]()

    def close(self) -> None:
        self._crew.close()
        self._pool.close()

    def jobs(self, number: int) -> list[Job]:
        """The texts of a round, the same ones for all rows."""
        if number != self._round:
            shutil.rmtree(self._folder / "texts", ignore_errors=True)
            self._jobs = [self._texts.job(f"{number}-{topic}", number) for topic in range(TOPICS)]
            self._round = number
        return self._jobs

    def contenders(self) -> Iterator[Contender]:
        yield self._own()
        for name in (TYPST, TYPST_BOTH, WEASYPRINT, REPORTLAB):
            if is_missing(name, self._missing):
                continue
            topics = FEW_TOPICS if name == WEASYPRINT else TOPICS

            def sources(number: int, name: str = name, topics: int = topics) -> list[object]:
                return [source_of(name, job, 0) for job in self.jobs(number)[:topics]]

            yield writing(name, sources, self._pool, self._folder / "rival")

    def _own(self) -> Contender:
        library = self._folder / "library"
        write_clinics(library, self._job.library, self._job.clinic, ["clinic-0000"])
        output = self._folder / "output"
        network = Network(Library(library), output, self._crew)
        order = network.order()

        def prepare(number: int) -> None:
            shutil.rmtree(library / "handouts", ignore_errors=True)
            for topic, job in enumerate(self.jobs(number)):
                write_topic(library, f"topic-{topic:02}", job)

        def work(_: int) -> int:
            with network.opened(order) as batch:
                made = network.make(order, batch)
            assert made == TOPICS
            return made

        return Contender(OWN, work, prepare)
