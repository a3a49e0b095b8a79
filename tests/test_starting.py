"""A library to begin with: complete, without fault, and never over somebody's files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handouts.languages import language
from handouts.places import CONTENT, STARTER
from tests.commands import command, process


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_new_library_has_no_mistakes_and_its_first_handout_can_be_made() -> None:
    answer = command("init", "my library")

    assert (answer.exit_code, answer.stderr) == (0, "")
    checked = command("check", "--library", "my library")
    assert (checked.exit_code, checked.stderr) == (0, "")
    assert checked.stdout.endswith(" files looked at: 0 errors, 0 warnings\n")
    said = re.search(r'make-handout (.*) --library "my library"', answer.stdout)
    assert said
    assert command(*said[1].split(), "--library", "my library").exit_code == 0
    assert Path("my-first-handout-en-my-clinic.pdf").read_bytes().startswith(b"%PDF")


def test_a_new_library_holds_the_starter_and_the_schemas() -> None:
    command("init", "mine")

    schemas = {f"schemas/{name}" for name in files_below(CONTENT / "schemas")}
    assert files_below(Path("mine")) == files_below(STARTER) | schemas


def test_every_file_names_a_schema_that_is_there() -> None:
    command("init", "mine")

    for file in Path("mine").rglob("*.yaml"):
        schema = re.match(r"# yaml-language-server: \$schema=(\S+)\n", file.read_text("utf-8"))
        assert schema, file
        assert (file.parent / schema[1]).is_file()


def test_the_note_on_sections_names_all_that_have_a_heading_of_their_own() -> None:
    facts = STARTER / "handouts/my-first-handout/handout.yaml"
    note = re.search(r"language\n# \(([^)]*)\)", facts.read_text("utf-8"))

    assert note
    assert set(re.findall(r"[a-z-]+", note[1])) == set(language("en").sections)


def test_an_empty_folder_is_filled() -> None:
    Path("mine").mkdir()

    assert command("init", "mine").exit_code == 0
    assert Path("mine/clinics/my-clinic/clinic.yaml").is_file()


def test_the_current_folder_is_filled_if_it_is_empty() -> None:
    assert command("init", ".").exit_code == 0
    assert command("check", "--library", ".").exit_code == 0


def test_a_folder_with_something_in_it_is_left_as_it_is() -> None:
    Path("mine").mkdir()
    Path("mine/notes.txt").write_text("mine")

    answer = command("init", "mine")

    assert answer.exit_code == 8
    assert answer.stderr.startswith('mine: error: there is something in "mine" already\n')
    assert files_below(Path("mine")) == {"notes.txt"}


def test_a_file_in_place_of_the_folder_is_left_as_it_is() -> None:
    Path("mine").write_text("mine")

    assert command("init", "mine").exit_code == 8
    assert Path("mine").read_text() == "mine"


def test_a_folder_below_a_file_is_an_error() -> None:
    Path("notes.txt").write_text("mine")

    answer = command("init", "notes.txt/library")

    assert answer.exit_code == 8
    assert answer.stderr.startswith("notes.txt/library: error: the library cannot be written: ")


@pytest.mark.parametrize("is_there", [False, True])
def test_a_library_that_cannot_be_written_whole_is_not_there_at_all(is_there: bool) -> None:
    """The kernel stops the writing of the first file of more than 4 KB."""
    pytest.importorskip("resource")
    if is_there:
        Path("mine").mkdir()

    answer = process(
        *("init", "mine"),
        largest_file=4096,
    )

    assert answer.exit_code == 8
    assert "error: the library cannot be written: file too large" in answer.stderr
    assert [path.name for path in Path().rglob("*")] == (["mine"] if is_there else [])
