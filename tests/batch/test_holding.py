"""Two runs on one output: one at a time, and each knows of the other."""

from __future__ import annotations

import os
import re
import signal
import socket
from pathlib import Path

import pytest

from handouts.batch.holding import holding
from handouts.diagnostics import HeldError
from tests.batch.processes import (
    answer_of,
    batch_library,
    files_of,
    made_by,
    run_batch,
    started,
    torn,
    wait_for_files,
)

HELD = 13


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    other = {"batches/other.yaml": "{clinics: [clinic-00]}\n"}
    return batch_library(tmp_path_factory.mktemp("holding") / "library", 20, 12, other)


@pytest.fixture(scope="module")
def reference(library: Path) -> dict[str, bytes]:
    output = library.parent / "output"
    assert run_batch(library, output).exit_code == 0
    return files_of(output)


@pytest.mark.slow
def test_the_second_run_says_who_holds_the_output(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with started(library, output) as first:
        wait_for_files(output, 1, first)
        os.killpg(first.pid, signal.SIGSTOP)
        second = run_batch(library, output)
        os.killpg(first.pid, signal.SIGCONT)
        answer = answer_of(first)
    assert second.exit_code == HELD
    since = r"since \d{4}-\d\d-\d\d \d\d:\d\d UTC"
    assert re.fullmatch(
        f'{output}: error: another run \\(of the plan "all", process {first.pid} on '
        f"{re.escape(socket.gethostname())}, {since}\\) is at work here\n"
        "  hint: wait until it is done, or give --wait\n",
        second.stderr,
    )
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert files_of(output) == reference


@pytest.mark.slow
def test_the_second_run_waits_if_it_is_told_to_and_finds_nothing_to_do(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with started(library, output) as first:
        wait_for_files(output, 1, first)
        os.killpg(first.pid, signal.SIGSTOP)
        with started(library, output, "--wait") as second:
            said = second.stderr.readline()
            assert f"process {first.pid}" in said
            assert said.endswith("is at work here: waiting for it\n")
            os.killpg(first.pid, signal.SIGCONT)
            answer = answer_of(second)
            assert first.poll() == 0
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert made_by(output) == set()
    assert files_of(output) == reference


@pytest.mark.slow
def test_who_waits_goes_on_when_the_holder_is_killed(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with started(library, output) as first:
        wait_for_files(output, 30, first)
        os.killpg(first.pid, signal.SIGSTOP)
        with started(library, output, "--wait") as second:
            assert "waiting for it" in second.stderr.readline()
            os.killpg(first.pid, signal.SIGKILL)
            answer = answer_of(second)
    assert answer.exit_code == 0
    assert files_of(output) == reference


@pytest.mark.slow
def test_who_waits_can_be_stopped(library: Path, tmp_path: Path):
    output = tmp_path / "output"
    output.mkdir()
    with holding(output / ".handouts", "all", wait=False), started(library, output, "--wait") as it:
        assert "waiting for it" in it.stderr.readline()
        it.send_signal(signal.SIGINT)
        answer = answer_of(it)
    assert answer.exit_code == 130
    assert "Traceback" not in answer.stderr


@pytest.mark.slow
def test_a_dry_run_needs_no_hold_and_disturbs_nobody(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with started(library, output) as first:
        dry = []
        while first.poll() is None:
            dry.append(run_batch(library, output, "--dry-run"))
            name = "clinic-07/en/topic-03.pdf"
            dry.append(run_batch(library, output, "--why", name))
        answer = answer_of(first)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert {(each.exit_code, each.stderr) for each in dry} == {(0, "")}
    assert files_of(output) == reference


@pytest.mark.slow
def test_runs_on_different_outputs_do_not_disturb_each_other(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    places = [tmp_path / "one", tmp_path / "two"]
    with started(library, places[0], "--jobs", "1") as first:
        second = run_batch(library, places[1], "--jobs", "1")
        assert (second.exit_code, second.stderr) == (0, "")
        assert answer_of(first).exit_code == 0
    for place in places:
        assert torn(files_of(place), reference) == []
        assert files_of(place) == reference


@pytest.mark.slow
@pytest.mark.parametrize("note", ["", '{"process": 12, "mach', "[]", '"all"', "{}", b"\xff\xfe"])
def test_a_note_of_the_holder_that_cannot_be_read_does_no_harm(
    note: str | bytes, library: Path, tmp_path: Path
):
    output = tmp_path / "output"
    output.mkdir()
    with holding(output / ".handouts", "all", wait=False):
        content = note if isinstance(note, bytes) else note.encode()
        (output / ".handouts/holder.json").write_bytes(content)
        answer = run_batch(library, output)
    assert answer.exit_code == HELD
    assert "error: another run is at work here" in answer.stderr


def test_a_note_that_a_killed_holder_left_holds_nothing(tmp_path: Path):
    (tmp_path / "holder.json").write_text('{"process": 1}')
    with holding(tmp_path, "all", wait=False):
        assert '"all"' in (tmp_path / "holder.json").read_text()
    assert not (tmp_path / "holder.json").exists()


def test_an_output_is_held_until_the_run_has_ended_however_that_happens(tmp_path: Path):
    def fail():
        with holding(tmp_path, "all", wait=False):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with (
        holding(tmp_path, "all", wait=False),
        pytest.raises(HeldError, match='of the plan "all"'),
        holding(tmp_path, "other", wait=False),
    ):
        pass
    with holding(tmp_path, "other", wait=False):
        pass


def test_a_lock_cannot_be_had_where_nothing_may_be_written(tmp_path: Path):
    (tmp_path / "file").write_text("")
    from handouts.batch.stores import Unwritable

    with (
        pytest.raises(Unwritable, match="is not a folder"),
        holding(tmp_path / "file/.handouts", "all", wait=False),
    ):
        pass
