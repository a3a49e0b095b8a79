"""Disks that are full, read-only or taken off: a clean stop, and the next run goes on."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

import pytest

from handouts.batch import stores
from handouts.batch.ledger import Ledger
from handouts.batch.records import PieceFacts
from handouts.batch.stores import FolderStore, Unwritable
from tests.batch.processes import (
    answer_of,
    batch_arguments,
    batch_library,
    false_sums,
    files_of,
    left_over,
    run_batch,
    started,
    torn,
    wait_for_files,
)
from tests.commands import command, process

FULL, UNWRITABLE = 8, 8


class Mounts:
    """File systems of this machine's own memory, and folders seen at another place."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack

    def memory(self, place: Path, size: str) -> None:
        place.mkdir(parents=True, exist_ok=True)
        self._mount(place, "-t", "tmpfs", "-o", f"size={size}", "tmpfs")

    def mirror(self, source: Path, place: Path) -> None:
        self._mount(place, "--bind", str(source))

    def _mount(self, place: Path, *arguments: str) -> None:
        subprocess.run(["mount", *arguments, str(place)], check=True)
        self._stack.callback(
            subprocess.run, ["umount", "-l", str(place)], stderr=subprocess.DEVNULL
        )

    @staticmethod
    def change(place: Path, options: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{options}", str(place)], check=True)

    @staticmethod
    def take_off(place: Path) -> None:
        """Also while somebody writes to it."""
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def mounts(tmp_path: Path) -> Iterator[Mounts]:
    """Left out, loudly, where this user may not mount anything."""
    tried = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(tmp_path)], capture_output=True)
    if tried.returncode:
        needs = f"needs the right to mount: {tried.stderr.decode().strip()}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(needs)
    subprocess.run(["umount", str(tmp_path)], check=True)
    with ExitStack() as stack:
        yield Mounts(stack)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batch_library(tmp_path_factory.mktemp("disks") / "library", 12, 8)


@pytest.fixture(scope="module")
def reference(library: Path) -> dict[str, bytes]:
    output = library.parent / "output"
    assert run_batch(library, output).exit_code == 0
    return files_of(output)


@pytest.mark.slow
@pytest.mark.system("mount")
@pytest.mark.parametrize("size", ["100k", "200k", "400k", "1m", "2m", "3m", "4m"])
def test_a_full_disk_stops_the_run_and_it_goes_on_when_there_is_room(
    size: str, library: Path, reference: dict[str, bytes], tmp_path: Path, mounts: Mounts
):
    """The disk is full at the ledger, at a piece in the cache, at a sheet or at a bundle."""
    output = tmp_path / "output"
    mounts.memory(output, size)
    jobs = ("--jobs", "1" if size == "400k" else "2")
    answer = run_batch(library, output, *jobs)
    assert answer.exit_code == FULL
    assert "Traceback" not in answer.stderr
    assert "full" in answer.stderr
    assert "hint: make room" in answer.stderr
    assert torn(files_of(output), reference) == []
    if (output / "SHA256SUMS").exists():  # there was just room for it
        there = files_of(output)
        for line in (output / "SHA256SUMS").read_text("utf-8").splitlines():
            digest, name = line.split("  ", 1)
            assert sha256(there[name]).hexdigest() == digest
    again = run_batch(library, output, *jobs)
    assert again.exit_code == FULL
    assert "Traceback" not in again.stderr
    assert torn(files_of(output), reference) == []
    mounts.change(output, "size=30m")
    answer = run_batch(library, output, *jobs)
    assert answer.stderr == ""
    assert answer.exit_code == 0
    assert files_of(output) == reference
    assert false_sums(output) == []
    assert left_over(output) == []


@pytest.mark.slow
@pytest.mark.parametrize("largest", [5_000, 15_000, 60_000, 100_000, 150_000])
def test_a_system_that_takes_no_large_file_stops_the_run_as_a_full_disk_does(
    largest: int, library: Path, reference: dict[str, bytes], tmp_path: Path
):
    """The ledger, a piece, a sheet or a ZIP is too large for it."""
    output = tmp_path / "output"
    arguments = batch_arguments(library, output, "--jobs", "1")
    answer = process(*arguments, largest_file=largest)
    assert answer.exit_code == FULL
    assert "Traceback" not in answer.stderr
    assert "hint: make room" in answer.stderr
    assert torn(files_of(output), reference) == []
    answer = process(*arguments)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert files_of(output) == reference
    assert left_over(output) == []


@pytest.mark.slow
@pytest.mark.system("mount")
def test_a_disk_that_is_full_when_all_is_made_but_the_report_says_so(
    library: Path, reference: dict[str, bytes], tmp_path: Path, mounts: Mounts
):
    output = tmp_path / "output"
    mounts.memory(output, "30m")
    assert run_batch(library, output).exit_code == 0
    for name in ("report.json", "report.html", "SHA256SUMS", "clinic-03/en/topic-02.pdf"):
        (output / name).unlink()
    fill(output / "filler", leave=30_000)
    answer = run_batch(library, output)
    assert answer.exit_code == FULL
    assert "Traceback" not in answer.stderr
    assert "full" in answer.stderr
    (output / "filler").unlink()
    assert run_batch(library, output).exit_code == 0
    assert files_of(output) == reference


def fill(file: Path, leave: int) -> None:
    free = os.statvfs(file.parent)
    with file.open("wb") as filler:
        filler.write(bytes(free.f_bavail * free.f_frsize - leave))


def facts(number: int) -> PieceFacts:
    inputs = {f"handouts/topic-{each:03}/en.yaml": "0" * 32 for each in range(20)}
    return PieceFacts(number.to_bytes(16, "big"), bytes(16), inputs)


@pytest.mark.system("mount")
def test_a_ledger_on_a_full_disk_says_so_and_loses_nothing(tmp_path: Path, mounts: Mounts):
    disk = tmp_path / "disk"
    mounts.memory(disk, "1m")
    ledger = Ledger(disk / "ledger.sqlite")
    ledger.add_pieces([facts(0)])
    fill(disk / "filler", leave=20_000)
    kept = 1
    told = ""
    while not told:
        try:
            ledger.add_pieces([facts(kept)])
            kept += 1
        except Unwritable as error:
            told = str(error)
    assert "nothing can be recorded: database or disk is full" in told
    assert "hint: make room" in told
    assert len(ledger.digests()) == kept
    (disk / "filler").unlink()
    ledger.add_pieces([facts(kept)])
    ledger.close()
    again = Ledger(disk / "ledger.sqlite")
    assert len(again.digests()) == kept + 1
    again.close()


@pytest.mark.slow
@pytest.mark.system("mount")
def test_a_read_only_output_is_told_before_anything_is_done(
    library: Path, tmp_path: Path, mounts: Mounts
):
    output = tmp_path / "output"
    mounts.memory(output, "1m")
    mounts.change(output, "ro")
    answer = run_batch(library, output)
    assert answer.exit_code == UNWRITABLE
    assert "Traceback" not in answer.stderr
    assert f"{output}/.handouts: error: nothing may be written to the folder" in answer.stderr
    assert "hint: ask for the right to write there" in answer.stderr


@pytest.mark.slow
@pytest.mark.system("mount")
def test_an_output_that_has_become_read_only_is_told_and_can_still_be_asked(
    library: Path, reference: dict[str, bytes], tmp_path: Path, mounts: Mounts
):
    output = tmp_path / "output"
    mounts.memory(output, "30m")
    assert run_batch(library, output).exit_code == 0
    mounts.change(output, "ro")
    answer = run_batch(library, output)
    assert answer.exit_code == UNWRITABLE
    assert "Traceback" not in answer.stderr
    assert "error: nothing may be written to the folder" in answer.stderr
    dry = command(*batch_arguments(library, output, "--dry-run"))
    assert (dry.exit_code, dry.stderr) == (0, "")
    assert "0 would be made, 96 are up to date." in dry.stdout
    mounts.change(output, "rw")
    assert run_batch(library, output).exit_code == 0
    assert files_of(output) == reference


def read_only(*_arguments: object, **_keywords: object) -> NoReturn:
    raise OSError(errno.EROFS, os.strerror(errno.EROFS))


@pytest.mark.parametrize("first_fails", ["write", "take away"])
def test_a_disk_that_becomes_read_only_in_the_middle_stops_the_run(
    first_fails: str, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """No disk can be made so while a file on it is open: its errors are put in their place."""
    output = tmp_path / "output"

    def replace(old: Path | str, new: Path | str, real=os.replace) -> None:
        if str(new).endswith("clinic-05/en/topic-03.pdf"):
            monkeypatch.setattr(Path, "unlink", read_only)
            if first_fails == "write":
                monkeypatch.setattr(stores, "open", read_only, raising=False)
            read_only()
        real(old, new)

    monkeypatch.setattr(os, "replace", replace)
    answer = command(*batch_arguments(library, output, "--jobs", "1"))
    assert answer.exit_code == UNWRITABLE
    assert "Traceback" not in answer.stderr
    assert "clinic-05/en/topic-03.pdf: error: nothing may be written to the folder" in answer.stderr
    monkeypatch.undo()
    answer = command(*batch_arguments(library, output, "--jobs", "1"))
    assert (answer.exit_code, answer.stderr) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_output_that_was_moved_away_stops_the_run_and_is_not_made_again(
    jobs: str, library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output, moved = tmp_path / "output", tmp_path / "moved"
    with started(library, output, "--jobs", jobs) as running:
        wait_for_files(output, 20, running)
        output.rename(moved)
        answer = answer_of(running)
    assert answer.exit_code == UNWRITABLE
    assert "Traceback" not in answer.stderr
    assert f'error: the folder "{output}" is no longer there' in answer.stderr
    assert "hint: see whether the disk is still connected" in answer.stderr
    assert not output.exists()
    assert torn(files_of(moved), reference) == []
    moved.rename(output)
    answer = run_batch(library, output)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert files_of(output) == reference


@pytest.mark.slow
@pytest.mark.system("mount")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_that_was_taken_off_stops_the_run_and_nothing_is_put_below_it(
    jobs: str, library: Path, reference: dict[str, bytes], tmp_path: Path, mounts: Mounts
):
    disk, output = tmp_path / "disk", tmp_path / "output"
    disk.mkdir()
    output.mkdir()
    mounts.mirror(disk, output)
    with started(library, output, "--jobs", jobs) as running:
        wait_for_files(output, 20, running)
        mounts.take_off(output)
        answer = answer_of(running)
    assert answer.exit_code == UNWRITABLE
    assert "Traceback" not in answer.stderr
    assert f'error: what was in the folder "{output}" is no longer there' in answer.stderr
    assert list(output.iterdir()) == []
    assert torn(files_of(disk), reference) == []
    mounts.mirror(disk, output)
    answer = run_batch(library, output)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert files_of(output) == reference


@pytest.mark.slow
def test_a_clinics_folder_that_was_taken_away_in_the_middle_is_made_again(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with started(library, output) as running:
        wait_for_files(output, 20, running)
        (output / "clinic-02").rename(tmp_path / "moved")
        answer = answer_of(running)
    assert answer.exit_code in (0, UNWRITABLE)
    assert "Traceback" not in answer.stderr
    answer = run_batch(library, output)
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert files_of(output) == reference


def test_a_file_in_the_way_of_a_folder_fails_what_is_below_it_and_nothing_else(
    library: Path, tmp_path: Path
):
    output = tmp_path / "output"
    output.mkdir()
    (output / "clinic-04").write_text("in the way")
    answer = command(*batch_arguments(library, output, "--jobs", "1"))
    assert answer.exit_code == UNWRITABLE
    assert '"{}" is not a folder'.format(output / "clinic-04/en") in answer.stderr
    assert len(list(output.glob("clinic-*/en/*.pdf"))) == 11 * 8
    assert (output / "clinic-04").read_text() == "in the way"


def test_half_of_a_file_is_taken_away_when_the_disk_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    store = FolderStore(tmp_path)
    store.prepare()

    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(stores, "_write_all", full)
    with pytest.raises(Unwritable, match="the disk is full"):
        store.write("a.pdf", (b"%PDF",))
    assert left_over(tmp_path) == []
    assert not (tmp_path / "a.pdf").exists()
