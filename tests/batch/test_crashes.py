"""A run that is killed at any moment, and the run after it."""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.processes import (
    Process,
    answer_of,
    batch_arguments,
    batch_library,
    false_sums,
    files_of,
    left_over,
    made_by,
    members,
    outputs,
    run_batch,
    session,
    started,
    torn,
    wait_for_files,
    wait_until,
)
from tests.commands import command

CLINICS, HANDOUTS = 20, 12
JOBS = 2
IN_HAND = JOBS * 2 * 64  # what is made and not yet recorded at a moment

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a run gives that nobody kills, and how long it takes."""

    library: Path
    files: dict[str, bytes]
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    root = tmp_path_factory.mktemp("undisturbed")
    library = batch_library(root / "library", CLINICS, HANDOUTS)
    start = time.monotonic()
    answer = run_batch(library, root / "output")
    assert answer.stderr == ""
    assert answer.exit_code == 0
    return Undisturbed(library, files_of(root / "output"), time.monotonic() - start)


def check_resumes(library: Path, output: Path, reference: dict[str, bytes]) -> int:
    """Run again; everything is there, is right and is recorded. How many files were made twice."""
    before = {name for name in files_of(output) if name.endswith(".pdf")}
    answer = run_batch(library, output)
    assert answer.stderr == ""
    assert answer.exit_code == 0
    assert files_of(output) == reference
    assert false_sums(output) == []
    assert left_over(output) == []
    again = command(*batch_arguments(library, output, "--dry-run"))
    assert f"0 would be made, {outputs(library):,} are up to date." in again.stdout
    return len(made_by(output) & before)


def at_files(count: int, pattern: str = "*.pdf") -> Callable[[Process, Path, float], None]:
    return lambda process, output, _: wait_for_files(output, count, process, pattern)


def after(share: float) -> Callable[[Process, Path, float], None]:
    """After a share of the time that an undisturbed run takes."""
    return lambda process, output, seconds: time.sleep(share * seconds)


CHANCE = random.Random("kill")
MOMENTS = {
    **{f"{count} files": at_files(count) for count in (1, 2, 30, 77, 150, 200, 239, 240)},
    "an index": at_files(1, "index.html"),
    "a ZIP": at_files(1, "*.zip"),
    "a piece in the cache": lambda process, output, _: wait_until(
        lambda: any(output.glob(".handouts/cache/*/*")), "a piece is in the cache"
    ),
    "a ledger": lambda process, output, _: wait_until(
        lambda: (output / ".handouts/ledger.sqlite").exists(), "there is a ledger"
    ),
    "sums": at_files(1, "SHA256SUMS"),
    **{f"{share:.3f} of the time": after(share) for share in (CHANCE.random() for _ in range(14))},
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_run_that_is_killed_leaves_no_torn_file_and_the_next_one_goes_on(
    moment: str, undisturbed: Undisturbed, tmp_path: Path
):
    output = tmp_path / "output"
    with started(undisturbed.library, output) as process:
        MOMENTS[moment](process, output, undisturbed.seconds)
        process.kill()
        found = files_of(output)
        assert torn(found, undisturbed.files) == []
        wait_until(lambda: not members(process), "the workers have ended by themselves")
        answer_of(process)  # nobody holds its pipes
    assert torn(files_of(output), undisturbed.files) == []
    assert check_resumes(undisturbed.library, output, undisturbed.files) <= IN_HAND


@pytest.mark.parametrize("count", [1, 60, 180])
def test_a_run_that_is_killed_with_all_its_workers_goes_on(
    count: int, undisturbed: Undisturbed, tmp_path: Path
):
    output = tmp_path / "output"
    with started(undisturbed.library, output) as process:
        wait_for_files(output, count, process)
        os.killpg(process.pid, signal.SIGKILL)
        answer_of(process)
    assert torn(files_of(output), undisturbed.files) == []
    assert check_resumes(undisturbed.library, output, undisturbed.files) <= IN_HAND


@pytest.mark.parametrize("count", [1, 20, 150])
def test_a_run_in_one_process_that_is_killed_goes_on(
    count: int, undisturbed: Undisturbed, tmp_path: Path
):
    output = tmp_path / "output"
    with started(undisturbed.library, output, "--jobs", "1") as process:
        wait_for_files(output, count, process)
        process.kill()
        answer_of(process)
    assert torn(files_of(output), undisturbed.files) == []
    assert check_resumes(undisturbed.library, output, undisturbed.files) <= IN_HAND


def test_a_run_that_is_killed_again_and_again_comes_to_its_end(
    undisturbed: Undisturbed, tmp_path: Path
):
    """Each run gets a little further than the one before."""
    output = tmp_path / "output"
    for count in (60, 120, 180):
        with started(undisturbed.library, output) as process:
            wait_for_files(output, count, process)
            os.killpg(process.pid, signal.SIGKILL)
            answer_of(process)
        assert torn(files_of(output), undisturbed.files) == []
    assert check_resumes(undisturbed.library, output, undisturbed.files) <= IN_HAND


@pytest.mark.parametrize("count", [1, 60, 180])
def test_ctrl_c_says_how_far_it_came_and_how_to_go_on(
    count: int, undisturbed: Undisturbed, tmp_path: Path
):
    """As a terminal does it: everybody in the foreground gets the signal."""
    output = tmp_path / "output"
    with started(undisturbed.library, output) as process:
        wait_for_files(output, count, process)
        os.killpg(process.pid, signal.SIGINT)
        answer = answer_of(process)
        wait_until(lambda: not members(process), "the workers have ended")
    assert answer.exit_code == 130
    assert re.fullmatch(r"stopped: [0-9]+ made; run the command again to go on\n", answer.stderr), (
        answer.stderr
    )
    assert torn(files_of(output), undisturbed.files) == []
    assert check_resumes(undisturbed.library, output, undisturbed.files) <= IN_HAND


def test_a_run_that_is_told_to_end_ends_with_its_workers(undisturbed: Undisturbed, tmp_path: Path):
    output = tmp_path / "output"
    with started(undisturbed.library, output) as process:
        wait_for_files(output, 60, process)
        process.terminate()
        answer = answer_of(process)
        wait_until(lambda: not members(process), "the workers have ended")
    assert answer.exit_code == -signal.SIGTERM
    assert "Traceback" not in answer.stderr
    assert torn(files_of(output), undisturbed.files) == []
    assert check_resumes(undisturbed.library, output, undisturbed.files) <= IN_HAND


def test_what_a_killed_run_left_half_written_is_taken_away(
    undisturbed: Undisturbed, tmp_path: Path
):
    output = tmp_path / "output"
    folder = output / "clinic-00/en"
    folder.mkdir(parents=True)
    (folder / ".0123abcd-7.part").write_bytes(b"%PDF-1.7 and no")
    assert left_over(output) == [".0123abcd-7.part"]
    assert check_resumes(undisturbed.library, output, undisturbed.files) == 0


KILLED_AT_ITS_LEDGER = """
import os, signal, sqlite3
from pathlib import Path
from handouts.batch.ledger import Ledger

def connect(*arguments, real=sqlite3.connect, **keywords):
    connection = real(*arguments, **keywords)
    connection.set_trace_callback(killed)
    return connection

def killed(statement):
    if "CREATE TABLE bundles" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

sqlite3.connect = connect
Ledger(Path("output/.handouts/ledger.sqlite"))
"""


def test_a_run_that_is_killed_while_it_begins_its_ledger_leaves_none_or_all_of_it(
    undisturbed: Undisturbed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    output = tmp_path / "output"
    (output / ".handouts").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with session(sys.executable, "-c", KILLED_AT_ITS_LEDGER) as process:
        answer = answer_of(process)
    assert (answer.exit_code, answer.stderr) == (-signal.SIGKILL, "")
    assert (output / ".handouts/ledger.sqlite").exists()
    told = command(*batch_arguments(undisturbed.library, output, "--dry-run"))
    assert (told.exit_code, told.stderr) == (0, "")
    assert "240 would be made, 0 are up to date." in told.stdout
    assert check_resumes(undisturbed.library, output, undisturbed.files) == 0


def test_a_torn_file_would_be_found(undisturbed: Undisturbed, tmp_path: Path):
    """What judges says no."""
    name = "clinic-07/en/topic-03.pdf"
    half = {name: undisturbed.files[name][:-1]}
    assert torn(half, undisturbed.files) == [name]
    assert torn({"unheard-of.pdf": b""}, undisturbed.files) == ["unheard-of.pdf"]
    for place, content in (undisturbed.files | half).items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(content)
    (tmp_path / "unheard-of.pdf").write_bytes(b"")
    assert false_sums(tmp_path) == sorted((name, "unheard-of.pdf"))
