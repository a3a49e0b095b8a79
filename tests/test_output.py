"""A PDF appears under its name whole, or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.diagnostics import OutputError
from handouts.output import write_whole


def test_the_file_holds_what_was_written_and_nothing_is_left_beside_it(tmp_path: Path):
    write_whole(tmp_path / "a.pdf", b"whole")

    assert (tmp_path / "a.pdf").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_new_file_replaces_the_old_one(tmp_path: Path):
    (tmp_path / "a.pdf").write_bytes(b"old")

    write_whole(tmp_path / "a.pdf", b"new")

    assert (tmp_path / "a.pdf").read_bytes() == b"new"


def test_the_file_may_be_read_by_whom_the_system_says(tmp_path: Path):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "a.pdf", b"x")
    finally:
        os.umask(before)

    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o644


def test_one_missing_folder_is_made(tmp_path: Path):
    write_whole(tmp_path / "out" / "a.pdf", b"x")

    assert (tmp_path / "out" / "a.pdf").exists()


def test_a_folder_in_a_missing_folder_is_an_error(tmp_path: Path):
    with pytest.raises(OutputError, match=r"the folder .* does not exist"):
        write_whole(tmp_path / "no" / "such" / "a.pdf", b"x")


def test_a_file_where_the_folder_should_be_is_an_error(tmp_path: Path):
    (tmp_path / "out").write_bytes(b"")

    with pytest.raises(OutputError, match="is not a folder"):
        write_whole(tmp_path / "out" / "a.pdf", b"x")


def test_a_folder_under_the_file_s_name_is_an_error(tmp_path: Path):
    (tmp_path / "a.pdf").mkdir()

    with pytest.raises(OutputError, match="is a folder"):
        write_whole(tmp_path / "a.pdf", b"x")

    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_a_command_that_is_stopped_while_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)

    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a.pdf", b"x")

    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder that the process may read and not write; root steps down for as long."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o555)
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    yield folder
    os.seteuid(user)
    folder.rmdir()


def test_a_folder_without_the_right_to_write_is_an_error(closed_folder: Path):
    with pytest.raises(OutputError, match="nothing may be written"):
        write_whole(closed_folder / "a.pdf", b"x")


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(tmp_path: Path):
    """The kernel itself stops the writing: the process may write no more than 4 KB to a file."""
    pytest.importorskip("resource")
    (tmp_path / "a.pdf").write_bytes(b"old")
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from handouts.diagnostics import OutputError\n"
        "from handouts.output import write_whole\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try: write_whole(Path(sys.argv[1]), bytes(100_000))\n"
        "except OutputError as error: print(error); sys.exit(error.exit_code)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.pdf")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == OutputError.exit_code
    assert "the disk is full" in run.stdout
    assert (tmp_path / "a.pdf").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
