"""A clock that goes backwards, stands still or is far off changes nothing about what is made."""

from __future__ import annotations

import os
import time
from itertools import count
from pathlib import Path

import pytest

from tests.batch.processes import (
    batch_arguments,
    batch_library,
    false_sums,
    files_of,
    made_by,
    report_of,
)
from tests.commands import Answer, command

DAY = 86_400
NOW = 1_800_000_000
CLINICS, HANDOUTS = 3, 2


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return batch_library(tmp_path / "library", CLINICS, HANDOUTS)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def run(library: Path, output: Path) -> Answer:
    answer = command(*batch_arguments(library, output, "--jobs", "1"))
    assert (answer.exit_code, answer.stderr) == (0, "")
    return answer


def date(folder: Path, seconds: int) -> None:
    """Give every file of a folder this time of its last change."""
    for path in folder.rglob("*"):
        os.utime(path, (seconds, seconds))


def edit(library: Path) -> set[str]:
    """Change one handout; the names of the sheets that must be made anew."""
    words = library / "handouts/topic-01/en.yaml"
    words.write_text(words.read_text("utf-8").replace("Breathe out.", "Breathe in."), "utf-8")
    return {f"clinic-{number:02}/en/topic-01.pdf" for number in range(CLINICS)}


@pytest.mark.parametrize("when", [0, NOW - 30 * DAY, NOW + 3_650 * DAY, 4_102_444_800])
def test_what_an_input_says_of_its_time_makes_nothing_anew(when: int, library: Path, output: Path):
    run(library, output)
    date(library, when)
    run(library, output)
    assert made_by(output) == set()


@pytest.mark.parametrize("when", [1, NOW - 30 * DAY, NOW + 3_650 * DAY])
def test_an_edit_counts_whatever_the_time_of_its_file(when: int, library: Path, output: Path):
    run(library, output)
    changed = edit(library)
    date(library, when)
    run(library, output)
    assert made_by(output) == changed
    assert false_sums(output) == []


def test_an_edit_that_keeps_size_and_time_of_its_file_counts(library: Path, output: Path):
    words = library / "handouts/topic-01/en.yaml"
    before = words.stat()
    run(library, output)
    text = words.read_text("utf-8")
    words.write_text(text.replace("Breathe out.", "Breathe oof."), "utf-8")
    os.utime(words, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (words.stat().st_size, words.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    run(library, output)
    assert len(made_by(output)) == CLINICS


def test_a_clock_that_went_back_between_two_runs_changes_nothing(
    library: Path, output: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(time, "time", lambda: NOW + 10.0 * DAY)
    run(library, output)
    reference = files_of(output)
    monkeypatch.setattr(time, "time", lambda: float(NOW))
    run(library, output)
    assert made_by(output) == set()
    changed = edit(library)
    monkeypatch.setattr(time, "time", lambda: NOW - 10.0 * DAY)
    run(library, output)
    assert made_by(output) == changed
    assert files_of(output).keys() == reference.keys()


@pytest.mark.parametrize("step", [-3_600.0, 0.0, 1e7])
def test_a_clock_that_jumps_during_a_run_changes_nothing(
    step: float, library: Path, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    run(library, tmp_path / "reference")
    ticks = count()
    monkeypatch.setattr(time, "time", lambda: NOW + step * next(ticks))
    run(library, output)
    assert files_of(output) == files_of(tmp_path / "reference")
    seconds = report_of(output)["seconds"]
    assert isinstance(seconds, float)
    assert 0 <= seconds < 1_000  # it is not the clock on the wall that tells how long it took
    run(library, output)
    assert made_by(output) == set()


def test_a_made_file_with_another_time_is_looked_at_with_suspicion(library: Path, output: Path):
    """Somebody may have changed it. It is made again, once, and is what it was."""
    run(library, output)
    reference = files_of(output)
    name = "clinic-01/en/topic-00.pdf"
    os.utime(output / name, (NOW - DAY, NOW - DAY))
    run(library, output)
    assert made_by(output) == {name}
    assert files_of(output) == reference
    run(library, output)
    assert made_by(output) == set()


def test_the_sums_name_a_file_with_another_time_if_it_is_the_same(library: Path, output: Path):
    """As a cluster leaves it that lost a worker and had its job done again."""
    run(library, output)
    (library / "batches/other.yaml").write_text("clinics: [clinic-00]\n", "utf-8")
    touched, altered = "clinic-01/en/topic-00.pdf", "clinic-01/en/topic-01.pdf"
    os.utime(output / touched, (NOW - DAY, NOW - DAY))
    (output / altered).write_bytes(b"another file")
    arguments = ["batch", "other", *batch_arguments(library, output, "--jobs", "1")[2:]]
    assert command(*arguments).exit_code == 0
    assert false_sums(output) == [altered]
