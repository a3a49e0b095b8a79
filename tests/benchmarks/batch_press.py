"""A batch that is bound by the press: one handout for more and more clinics.

Alone, every row works in this one process and on one processor. With two workers, two processes are
kept warm for each row, and their two processors serve it as they can.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from handouts.batch.crews import Crew, OwnProcess, Pool
from handouts.pipeline import build
from handouts.reading.library import Library
from handouts.request import Request
from tests.benchmarks import rivals
from tests.benchmarks.measuring import Contender, Spread, Timing, measure
from tests.benchmarks.network import Network, clinic_names, named, write_clinics, write_topic
from tests.benchmarks.report import growth_table, section, target
from tests.benchmarks.rivals import BARE, REPORTLAB, TYPST, TYPST_BOTH, WEASYPRINT, Workers
from tests.benchmarks.sources import Job

CLINICS = (1, 10, 100, 1000)
PATTERNS = {1: "clinic-0000", 10: "clinic-000?", 100: "clinic-00??", 1000: "*"}
WORKERS = (1, 2)
# So slow that more would tell nothing new.
MOST_CLINICS = {WEASYPRINT: 10, REPORTLAB: 100}

PRESS = "ours: press, all at hand"
EDITED = "ours: whole run after an edit of the text"
FIRST = "ours: whole run, the first ever"

TIMES_TYPST = 1 / 20
OVER_BARE = 1.5
TWO_OF_ONE = 1 / 1.8

_WARM, _EDITED = "warm", "edited"  # only the text of the second is ever edited

Tables = dict[int, dict[str, Timing]]


@contextmanager
def on_processors(workers: int) -> Iterator[None]:
    """Give one worker one processor: some engines take all that there are."""
    if workers > 1 or not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def crew_of(workers: int) -> Crew:
    return Pool(workers) if workers > 1 else OwnProcess()


def press_bound(
    job: Job,
    folder: Path,
    rounds: int,
    missing: dict[str, str],
    clinics: Sequence[int] = CLINICS,
) -> Iterator[str]:
    """The sections of the report."""
    yield from section(
        "Batch, bound by the press: one handout for 1 to 1000 clinics",
        "Milliseconds per PDF, files written; each clinic has its own name. “All at hand”: the "
        "master is laid out and the imprints are painted, as for any handout but the first; timed "
        "is to decide, press, hash, write under a temporary name, rename, and record in the "
        "ledger. The whole runs also read the plan, each clinic and the handout, lay it out, and "
        "write the report; the first ever paints the imprints too. Typst is given its source ready "
        "made, in which only the name changes. All files are new ones.",
    )
    for name in (_WARM, _EDITED):
        library = folder / name / "library"
        write_topic(library, "topic", job)
        write_clinics(library, job.library, job.clinic, clinic_names(max(clinics)))
    size = len(build(job.library, Request(job.handout.slug, "en", job.clinic.slug)).pdf)
    by_workers: dict[int, Tables] = {}
    for workers in WORKERS:
        with on_processors(workers):
            pool, crew = Workers(workers), crew_of(workers)
            setting = _Setting(job, folder, size, missing, pool, crew)
            by_workers[workers] = {
                number: {
                    timing.name: timing
                    for timing in measure(list(setting.contenders(number)), rounds)
                }
                for number in clinics
            }
            setting.close()
        words = "One worker" if workers == 1 else f"{workers} workers"
        yield f"\n{words}, milliseconds per PDF:\n"
        yield from growth_table(by_workers[workers], "clinics")
        yield from _targets(
            by_workers[workers][max(clinics)], f"{words.lower()}, {max(clinics)} clinics"
        )
    yield from _two_workers(by_workers)


def _targets(most: dict[str, Timing], words: str) -> Iterator[str]:
    what = f"{words}: press"
    own = most[PRESS]
    typsts = [most[name] for name in (TYPST, TYPST_BOTH) if name in most]
    if typsts:
        fastest = min(typsts, key=lambda timing: timing.wall.median)
        yield target(f"{what}, beside the fastest Typst", own.ratio_to(fastest), TIMES_TYPST)
        for name in (EDITED, FIRST):
            ratio = most[name].ratio_to(fastest)
            yield f"\nNo target: {name.removeprefix('ours: ')}, beside it: {_times(ratio)}."
    yield target(f"{what}, beside bare files", own.ratio_to(most[BARE]), OVER_BARE)


def _two_workers(by_workers: dict[int, Tables]) -> Iterator[str]:
    one, two = (tables[max(tables)] for tables in by_workers.values())
    for name in (PRESS, FIRST, BARE):
        ratio = two[name].ratio_to(one[name])
        told = f"time of two workers over that of one, {name}"
        yield target(told, ratio, TWO_OF_ONE) if name != BARE else f"\n{told}: {_times(ratio)}."


def _times(ratio: Spread) -> str:
    return f"{ratio.median:.3f} of its time"


@dataclass(frozen=True, slots=True)
class _Setting:
    job: Job
    folder: Path
    size: int
    missing: dict[str, str]
    pool: Workers
    crew: Crew

    def contenders(self, number: int) -> Iterator[Contender]:
        warm, edited = (
            Network(
                Library(self.folder / name / "library"),
                self.folder / name / f"{number}-{self.crew.size}",
                self.crew,
            )
            for name in (_WARM, _EDITED)
        )
        pattern = PATTERNS[number]
        yield _pressing(warm, pattern, number)
        yield _editing(edited, pattern, number, is_first=False)
        yield _editing(edited, pattern, number, is_first=True)
        own = self.job.clinic
        jobs = [
            replace(self.job, clinic=replace(own, name=named(own, name)))
            for name in clinic_names(number)
        ]
        for name in (TYPST, TYPST_BOTH, WEASYPRINT, REPORTLAB, BARE):
            if number <= MOST_CLINICS.get(name, number) and not is_missing(name, self.missing):
                sources = [source_of(name, job, self.size) for job in jobs]
                yield writing(name, partial(_same, sources), self.pool, self.folder / "rival")

    def close(self) -> None:
        self.crew.close()
        self.pool.close()


def _same(sources: list[Any], _: int) -> list[Any]:
    return sources


def source_of(name: str, job: Job, size: int) -> Any:
    """What a rival makes a PDF of."""
    match name:
        case rivals.WEASYPRINT:
            return job.html, job.css
        case rivals.REPORTLAB:
            return job.reportlab
        case rivals.BARE:
            return size
        case _:
            return job.typst


def is_missing(name: str, missing: dict[str, str]) -> bool:
    return any(name.lower().startswith(engine) for engine in missing)


def writing(name: str, sources: Any, pool: Workers, folder: Path) -> Contender:
    """A rival that makes a file of each source of a round."""

    def prepare(number: int) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        sources(number)

    def work(number: int) -> int:
        those = sources(number)
        return pool.make(name, those, [str(folder / f"{n}.pdf") for n in range(len(those))])

    return Contender(name, work, prepare)


def _pressing(network: Network, pattern: str, number: int) -> Contender:
    order = network.order(clinics=pattern)
    opened: list[Any] = []

    def prepare(_: int) -> None:
        if not network.output.exists():
            network.run(order)
        _close(opened)
        opened.append(network.opened(order))
        opened.append(opened[0].__enter__())
        network.forget_files(opened[1])

    def work(_: int) -> int:
        made = network.make(order, opened[1])
        assert made == number
        return made

    return Contender(PRESS, work, prepare)


def _close(opened: list[Any]) -> None:
    if opened:
        opened[0].__exit__(None, None, None)
        opened.clear()


_versions = count(1)


def _editing(network: Network, pattern: str, number: int, *, is_first: bool) -> Contender:
    """A whole run after an edit of the text; the first ever begins with nothing at all."""
    order = network.order(clinics=pattern)
    words = network.library.words_file("topic", "en")

    def prepare(_: int) -> None:
        text = words.read_text("utf-8")
        title, rest = text.split("\n", 1)
        words.write_text(f"{title.rpartition(' ')[0]} {next(_versions):04}\n{rest}", "utf-8")
        if is_first:
            shutil.rmtree(network.output, ignore_errors=True)
            return
        if not network.output.exists():
            network.run(order)
        with network.opened(order) as batch:
            network.forget_files(batch)

    def work(_: int) -> int:
        summary = network.run(order)
        assert summary.tally.made == number
        assert summary.tally.imprints == (number if is_first else 0)
        return summary.tally.made

    return Contender(FIRST if is_first else EDITED, work, prepare)
