"""Large batches as commands: 100,000 PDFs, 10,000 with nothing to do, 600,000 only foretold."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from handouts.reading.library import Library
from tests.benchmarks.engines import own_command
from tests.benchmarks.network import clinic_names, write_clinics
from tests.benchmarks.report import section
from tests.benchmarks.sources import Job

LANGUAGES = ("ar", "en", "es", "fr", "hi", "ko", "ru", "so", "vi", "zh-Hans")

MOST_SECONDS_UNCHANGED = 3
MOST_SECONDS_FORETOLD = 10
MOST_MEGABYTES_FORETOLD = 500
MOST_MEGABYTES = 250


class Ran(NamedTuple):
    seconds: float
    megabytes: float  # at most, of any process of the command
    said: str


def large(job: Job, folder: Path, scale: int = 1) -> Iterator[str]:
    """The sections of the report; ``scale`` makes all numbers so many times smaller, for tests."""
    yield from section(
        "Batch, large",
        "Each is one command, timed once, from its start to its end, with two workers. The topics "
        "have the words of the usual handout in ten languages (the 10,000 in English only).",
    )
    yield from _unchanged(job, folder / "unchanged", scale)
    yield from _foretold(job, folder / "foretold", scale)
    yield from _memory(job, folder / "memory", scale)


def _unchanged(job: Job, folder: Path, scale: int) -> Iterator[str]:
    library = _library(job, folder, 100 // scale, 100 // scale, ("en",))
    count = (100 // scale) ** 2
    first = _batch(library, folder)
    second = _batch(library, folder)
    assert _reported(folder)["unchanged"] == count, second.said
    yield _line(f"{count:,} PDFs made", first)
    yield _line(
        f"{count:,} PDFs, the same command again, nothing to do",
        second,
        second.seconds <= MOST_SECONDS_UNCHANGED,
        f"under {MOST_SECONDS_UNCHANGED} s",
    )
    shutil.rmtree(folder)


def _foretold(job: Job, folder: Path, scale: int) -> Iterator[str]:
    library = _library(job, folder, 200 // scale, 300 // scale, LANGUAGES)
    count = (200 // scale) * (300 // scale) * len(LANGUAGES)
    ran = _batch(library, folder, "--dry-run")
    assert f"{count} PDFs" in ran.said, ran.said
    is_met = ran.seconds <= MOST_SECONDS_FORETOLD and ran.megabytes <= MOST_MEGABYTES_FORETOLD
    yield _line(
        f"{count:,} PDFs foretold (`--dry-run`)",
        ran,
        is_met,
        f"under {MOST_SECONDS_FORETOLD} s and {MOST_MEGABYTES_FORETOLD} MB",
    )
    shutil.rmtree(folder)


def _memory(job: Job, folder: Path, scale: int) -> Iterator[str]:
    library = _library(job, folder, 200 // scale, 50 // scale, LANGUAGES)
    count = (200 // scale) * (50 // scale) * len(LANGUAGES)
    ran = _batch(library, folder)
    report = _reported(folder)
    assert report["made"] == count
    worker = report["peak_memory"] / 1e6
    told = f"largest worker {worker:.0f} MB, {report['bytes'] / 1e9:.1f} GB written"
    yield _line(
        f"{count:,} PDFs made ({told})",
        ran,
        worker <= MOST_MEGABYTES,
        f"at most {MOST_MEGABYTES} MB for each worker",
    )
    shutil.rmtree(folder)


def _library(
    job: Job, folder: Path, clinics: int, topics: int, languages: tuple[str, ...]
) -> Library:
    root = folder / "library"
    write_clinics(root, job.library, job.clinic, clinic_names(clinics))
    source = job.library.handout_folder(job.handout.slug)
    facts = (source / "handout.yaml").read_text("utf-8")
    assert '"0.1"' in facts
    for number in range(topics):
        topic = root / "handouts" / f"topic-{number:03}"
        shutil.copytree(source / "pictures", topic / "pictures")
        (topic / "handout.yaml").write_text(facts.replace('"0.1"', f'"0.{number}"'), "utf-8")
        for tag in languages:
            shutil.copy(source / f"{tag}.yaml", topic)
    (root / "batches").mkdir()
    (root / "batches" / "all.yaml").write_text("limit: 10000000\n", "utf-8")
    return Library(root)


_MEASURED = (
    "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); "
    "sys.exit(done.returncode)"
)


def _batch(library: Library, folder: Path, *options: str) -> Ran:
    """Run the command from a small process, which tells the memory of the largest below it."""
    output = folder / "output"
    command = own_command(
        "batch", "all", "--library", str(library.root), "--output", str(output), "--jobs", "2",
        *options,
    )  # fmt: skip
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, *command], capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - started
    assert done.returncode == 0, done.stderr
    unit = 1 if sys.platform == "darwin" else 1024
    megabytes = int(done.stderr.split()[-1]) * unit / 1e6
    return Ran(seconds, megabytes, done.stdout)


def _reported(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "output" / "report.json").read_text("utf-8"))
    return report


def _line(what: str, ran: Ran, is_met: bool | None = None, target: str = "") -> str:
    verdict = ""
    if is_met is not None:
        verdict = f" Target: {target}: **{'met' if is_met else 'NOT met'}**."
    return f"- {what}: {ran.seconds:.1f} s, {ran.megabytes:.0f} MB.{verdict}"
