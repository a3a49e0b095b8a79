"""The benchmark runs and proves that what it compares is the same sheet."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.pdf.press import press
from handouts.places import CONTENT
from handouts.preparing import checked_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from tests.benchmarks.__main__ import CLINIC, HANDOUT
from tests.benchmarks.batch_large import large
from tests.benchmarks.batch_masters import master_bound
from tests.benchmarks.batch_press import press_bound
from tests.benchmarks.equal_sheet import Heading, Run
from tests.benchmarks.measuring import Contender, Lap, Timing, measure, spread
from tests.benchmarks.packets import packets
from tests.benchmarks.reading_words import read
from tests.benchmarks.sources import Job
from tests.benchmarks.warm import WarmEngines, compose_and_paint

ONLY_OURS = {"typst": "not asked for", "weasyprint": "not asked for"}


@pytest.fixture(scope="module")
def job() -> Job:
    library = Library(CONTENT)
    handout, _ = read_handout(library, HANDOUT, "en")
    clinic, _ = checked_clinic(library, CLINIC)
    return Job(library, handout, clinic)


@pytest.fixture(scope="module")
def pdf(job: Job) -> bytes:
    return press(compose_and_paint(job), WarmEngines.started(job, ONLY_OURS).imprint)


def test_what_the_rivals_are_given_has_the_words_of_our_sheet(job: Job, pdf: bytes) -> None:
    reading = read(pdf, job.sheet)
    assert (reading.missing, reading.added) == ((), ())
    assert reading.words > 700
    assert reading.is_tagged
    assert reading.claims == ("PDF/UA-1", "PDF/A-2a")


def test_a_word_too_few_or_too_many_is_found(job: Job, pdf: bytes) -> None:
    sheet = job.sheet
    longer = replace(sheet, parts=(*sheet.parts, Heading((Run("Zebra"),), 2)))
    assert read(pdf, longer).missing == ("Zebra",)
    title = [
        word for word in read(pdf, replace(sheet, parts=sheet.parts[1:])).added if len(word) > 3
    ]
    assert title == job.handout.title.split()


def test_plain_reportlab_is_known_to_be_untagged(job: Job) -> None:
    sheet = job.without_pictures
    made = WarmEngines.started(job, ONLY_OURS).reportlab.write(sheet.reportlab)
    reading = read(made, sheet.sheet)
    assert not reading.is_tagged
    assert (reading.missing, reading.added, reading.claims) == ((), (), ())


def test_quartiles_are_those_of_the_values() -> None:
    assert spread([1, 2, 3, 4, 5]) == (2, 3, 4)
    assert spread([7]) == (7, 7, 7)


def test_ratios_compare_times_of_the_same_round() -> None:
    one = Timing("one", (Lap(1, 1), Lap(10, 1), Lap(100, 1)))
    two = Timing("two", (Lap(2, 1), Lap(20, 1), Lap(200, 1)))
    assert one.ratio_to(two) == (0.5, 0.5, 0.5)


def test_every_contender_runs_once_in_every_round_and_warm_up_does_not_count() -> None:
    ran: list[tuple[str, int]] = []

    def contender(name: str) -> Contender:
        def work(number: int) -> int:
            ran.append((name, number))
            return 1

        return Contender(name, work)

    timings = measure([contender("one"), contender("two")], rounds=2, uncounted=1)
    assert ran == [("one", 0), ("two", 0), ("two", 1), ("one", 1), ("one", 2), ("two", 2)]
    assert [len(timing.laps) for timing in timings] == [2, 2]


@pytest.mark.slow
def test_the_benchmark_prints_its_report_and_writes_the_same(tmp_path: Path) -> None:
    written = tmp_path / "RESULTS.md"
    command = [sys.executable, "-m", "tests.benchmarks", "--rounds", "1"]
    command += ["--part", "sheet", "--write", str(written)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert done.returncode == 0, done.stderr
    assert written.read_text("utf-8") == done.stdout
    for heading in ("The same sheet", "Cold command", "Warm, new text", "Press, in memory"):
        assert f"\n## {heading}" in done.stdout
    assert done.stdout.count("press, imprint at hand") == 3
    assert "Target: press and write against bare bytes" in done.stdout


@pytest.mark.slow
def test_the_benchmark_of_packets_makes_what_it_measures(job: Job, tmp_path: Path) -> None:
    told = "\n".join(packets(job, tmp_path, 1, ONLY_OURS, count=3))

    assert "## A packet of 3 handouts" in told
    assert told.count("| ours: ") == 3
    assert "Target: seconds for a packet of 3 handouts" in told


@pytest.mark.slow
def test_the_benchmark_of_batches_makes_what_it_measures(job: Job, tmp_path: Path) -> None:
    """What is made is counted inside, in every round."""
    press = "\n".join(press_bound(job, tmp_path / "press", 1, ONLY_OURS, clinics=(1, 10)))
    masters = "\n".join(master_bound(job, tmp_path / "masters", 1, ONLY_OURS, shares=(0.2,)))
    many = "\n".join(large(job, tmp_path / "large", scale=20))

    assert press.count("| ours: press, all at hand") == 2
    assert press.count("beside bare files") == 2
    assert masters.count("| ours: read, lay out, press, record") == 2
    assert many.count("Target") == 3
