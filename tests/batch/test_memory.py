"""A worker's memory does not grow with what it makes, however much and however new that is."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

from handouts.batch import desk, jobs
from handouts.batch.crews import OwnProcess
from handouts.batch.desk import Desk
from handouts.document import Handout
from handouts.paper import LETTER
from handouts.pipeline import fonts, forget_words, make_master
from handouts.reading.handouts import read_handout
from tests.batch.processes import (
    answer_of,
    batch_arguments,
    batch_library,
    environment,
    files_of,
    session,
)
from tests.benchmarks.new_text import reworded_library
from tests.commands import command
from tests.sheets import LIBRARY, PML

MOST = 250_000_000  # bytes
A_LITTLE = 15_000_000
CLINICS, HANDOUTS = 60, 52

# The most memory of the one worker of a pool, when half of the sheets are made and in the end.
MEASURED = """
import sys
from pathlib import Path
from handouts.batch.crews import Pool
from handouts.batch.running import Order, run
from handouts.batch.tallying import Tally
from handouts.reading.library import Library
from handouts.reading.plans import find_plan, read_plan

if __name__ == "__main__":
    library = Library(Path(sys.argv[1]))
    tally = Tally()
    peaks = []
    tally.changed = lambda: peaks.append((tally.done, tally.peak))
    order = Order(library, read_plan(find_plan(library, "all")).value, sys.argv[2])
    crew = Pool(1)
    summary = run(order, tally, print, crew)
    crew.close()
    half = max(peak for done, peak in peaks if done <= tally.total // 2)
    print(summary.exit_code, tally.made, half, tally.peak)
"""


@pytest.mark.slow
def test_a_worker_needs_no_more_memory_for_the_second_half_of_3_000_files(tmp_path: Path):
    library = batch_library(tmp_path / "library", CLINICS, HANDOUTS)
    script = tmp_path / "measured.py"
    script.write_text(MEASURED, "utf-8")
    arguments = (str(script), str(library), str(tmp_path / "output"))
    with session(sys.executable, *arguments, env=environment()) as process:
        answer = answer_of(process)
    assert answer.stderr == ""
    exit_code, made, half, peak = map(int, answer.stdout.split())
    assert (exit_code, made) == (0, CLINICS * HANDOUTS)
    assert 20_000_000 < half <= peak < MOST
    assert peak - half < A_LITTLE


def test_the_shelves_keep_to_their_bytes_and_the_files_are_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    library = batch_library(tmp_path / "library", 8, 5)
    roomy = tmp_path / "roomy"
    assert command(*batch_arguments(library, roomy, "--jobs", "1")).exit_code == 0
    monkeypatch.setattr(desk, "MASTERS_AT_HAND", 40_000)
    monkeypatch.setattr(desk, "IMPRINTS_AT_HAND", 60_000)
    most = {"plates": 0, "imprints": 0}

    def perform(workplace, job, real=jobs.perform):
        done = real(workplace, job)
        at_hand: Desk = jobs._desk(workplace)
        most["plates"] = max(most["plates"], at_hand._plates.bytes)
        most["imprints"] = max(most["imprints"], at_hand._imprints.bytes)
        return done

    monkeypatch.setattr(
        OwnProcess, "submit", lambda self, _, *given, real=OwnProcess.submit: real(
            self, perform, *given
        )
    )  # fmt: skip
    tight = tmp_path / "tight"
    assert command(*batch_arguments(library, tight, "--jobs", "1")).exit_code == 0
    assert files_of(tight) == files_of(roomy)
    assert 0 < most["plates"] <= 40_000
    assert 0 < most["imprints"] <= 60_000


def new_handouts(root: Path, count: int) -> list[Handout]:
    """Handouts like that on PML, each with mostly words that no other one has."""
    return [
        read_handout(
            reworded_library(
                LIBRARY, PML, "en", root / str(number), seed=str(number), invented=0.9,
                with_pictures=False,
            ),
            PML,
            "en",
        )[0]
        for number in range(count)
    ]  # fmt: skip


@pytest.mark.slow
def test_ever_new_words_are_let_go_of(tmp_path: Path):
    """Without that, 100 topics in ten languages took 450 MB."""
    counts = []
    for handout in new_handouts(tmp_path, 20):
        make_master(handout, LETTER, "911")
        forget_words(3_000)
        counts.append(fonts().word_count)
    assert max(counts) <= 3_000
    assert sum(after < before for before, after in pairwise(counts)) >= 2


def test_a_sheet_is_the_same_after_words_were_let_go_of():
    handout = read_handout(LIBRARY, PML, "ar")[0]
    first = make_master(handout, LETTER, "911").data
    forget_words(0)
    assert fonts().word_count == 0
    assert make_master(handout, LETTER, "911").data == first
    assert fonts().word_count > 0


def test_a_worker_lets_go_of_words_when_it_has_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(jobs, "MOST_WORDS", 10)
    library = batch_library(tmp_path / "library", 2, 2)
    assert command(*batch_arguments(library, tmp_path / "output", "--jobs", "1")).exit_code == 0
    assert fonts().word_count <= 10
