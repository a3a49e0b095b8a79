"""The same plan gives the same bytes: whoever makes it, in whatever order, at once or in parts."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.processes import (
    answer_of,
    batch_arguments,
    batch_library,
    environment,
    files_of,
    run_batch,
    started,
    wait_for_files,
)
from tests.commands import command

CLINICS, HANDOUTS = 6, 5


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batch_library(tmp_path_factory.mktemp("determinism") / "library", CLINICS, HANDOUTS)


@pytest.fixture(scope="module")
def reference(library: Path) -> dict[str, bytes]:
    """The files of a run in this process."""
    output = library.parent / "output"
    answer = command(*batch_arguments(library, output, "--jobs", "1"))
    assert (answer.exit_code, answer.stderr) == (0, "")
    return files_of(output)


def test_there_is_a_file_of_every_kind(reference: dict[str, bytes]):
    suffixes = {Path(name).suffix for name in reference}
    assert suffixes == {".pdf", ".html", ".zip", ""}
    assert len(reference) == CLINICS * (HANDOUTS + 3) + 1


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2", "3"])
def test_any_number_of_workers_gives_the_same_bytes(
    jobs: str, library: Path, reference: dict[str, bytes], tmp_path: Path
):
    assert run_batch(library, tmp_path / "output", "--jobs", jobs).exit_code == 0
    assert files_of(tmp_path / "output") == reference


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["1", "20260101"])
def test_the_order_of_sets_changes_no_byte(
    seed: str, library: Path, reference: dict[str, bytes], tmp_path: Path
):
    env = environment(PYTHONHASHSEED=seed)
    assert run_batch(library, tmp_path / "output", env=env).exit_code == 0
    assert files_of(tmp_path / "output") == reference


@pytest.mark.slow
def test_another_zone_language_and_mask_of_rights_change_no_byte(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    env = environment(TZ="Pacific/Kiritimati", LC_ALL="C", LANG="C")
    mask = os.umask(0o077)
    try:
        assert run_batch(library, tmp_path / "output", env=env).exit_code == 0
    finally:
        os.umask(mask)
    assert files_of(tmp_path / "output") == reference


def test_the_order_of_folders_on_the_disk_changes_no_byte(
    library: Path, reference: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """As another disk lists them, which may be in any order."""
    chance = random.Random("order")

    def scandir(path: str | Path = ".", real=os.scandir) -> Shuffled:
        with real(path) as entries:
            return Shuffled(chance.sample(found := list(entries), len(found)))

    def listdir(path: str | Path = ".", real=os.listdir) -> list[str]:
        return chance.sample(found := real(path), len(found))

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(os, "listdir", listdir)
    answer = command(*batch_arguments(library, tmp_path / "output", "--jobs", "1"))
    monkeypatch.undo()
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert files_of(tmp_path / "output") == reference


class Shuffled:
    """What ``os.scandir`` gives, in another order."""

    def __init__(self, entries: list[os.DirEntry[str]]) -> None:
        self._entries = iter(entries)

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self._entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self._entries)

    def __enter__(self) -> Shuffled:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        pass


def test_a_copy_of_the_library_at_another_place_gives_the_same_bytes(
    library: Path, reference: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    copy = tmp_path / "a longer name than before" / "ببليوتيك"
    shutil.copytree(library, copy)
    monkeypatch.chdir(copy.parent)
    output = Path("output")
    answer = command(*batch_arguments(Path("ببليوتيك"), output, "--jobs", "1"))
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert files_of(output) == reference


@pytest.mark.slow
def test_a_run_that_was_interrupted_again_and_again_gives_the_same_bytes(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    for count in (1, 12, 24):
        with started(library, output) as process:
            wait_for_files(output, count, process)
            process.kill()
            answer_of(process)
    assert run_batch(library, output, "--jobs", "1").exit_code == 0
    assert files_of(output) == reference


def test_what_is_pressed_from_the_cache_is_what_was_pressed_at_first(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    """A master and an imprint that were read back give the bytes that the new ones gave."""
    output = tmp_path / "output"
    arguments = batch_arguments(library, output, "--jobs", "1")
    assert command(*arguments).exit_code == 0
    for path in output.rglob("*.pdf"):
        path.unlink()
    for path in output.glob("*.zip"):
        path.unlink()
    assert run_batch(library, output, "--jobs", "1").exit_code == 0
    assert files_of(output) == reference


def test_a_library_that_grew_has_the_files_of_one_that_was_so_at_first(tmp_path: Path):
    small = batch_library(tmp_path / "library", 2, 2)
    grown = tmp_path / "grown"
    assert command(*batch_arguments(small, grown, "--jobs", "1")).exit_code == 0
    large = batch_library(tmp_path / "library", 3, 3)
    assert command(*batch_arguments(large, grown, "--jobs", "1")).exit_code == 0
    at_once = tmp_path / "at once"
    assert command(*batch_arguments(large, at_once, "--jobs", "1")).exit_code == 0
    assert files_of(grown) == files_of(at_once)
