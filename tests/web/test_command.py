"""The command that makes a web page or plain text: names, refusals and exit codes."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import LayoutError, OutputError, UsageError
from tests.commands import FACTS_FILE as FACTS
from tests.commands import command, in_clinic, make_library, section_text

FORMATS = ("html", "txt")


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def build(*arguments: str | Path):
    return command("build", "asthma", *arguments, "--library", "library")


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_has_the_usual_name_with_the_ending_of_its_format(form: str):
    make_library()
    answer = build("--clinic", "riverside", "--format", form)

    assert answer.exit_code == 0
    assert answer.stdout.startswith(f"asthma-en-riverside.{form}: ")
    assert "KB" in answer.stdout
    assert Path(f"asthma-en-riverside.{form}").read_text("utf-8")


@pytest.mark.parametrize("form", FORMATS)
def test_the_file_goes_where_it_was_asked_for(form: str):
    make_library()
    Path("out").mkdir()

    assert build("--format", form, "--output", "out").exit_code == 0
    assert build("--format", form, "--output", "out/mine").exit_code == 0
    usual, mine = Path(f"out/asthma-en.{form}"), Path("out/mine")
    assert usual.read_bytes() == mine.read_bytes()
    assert sorted(Path("out").iterdir()) == sorted([usual, mine])


@pytest.mark.parametrize("form", FORMATS)
def test_what_only_pages_have_is_refused(form: str):
    make_library()
    answer = build("--format", form, "--twin", "es", "--pages", "2")

    assert answer.exit_code == UsageError.exit_code
    assert f"--twin is about pages, and --format {form} has none" in answer.stderr
    assert f"--pages is about pages, and --format {form} has none" in answer.stderr
    assert list(Path().glob(f"*.{form}")) == []


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_is_written_where_no_file_can_be(form: str):
    make_library()
    answer = build("--format", form, "--output", "no/such/folder/x")

    assert answer.exit_code == OutputError.exit_code
    assert list(Path().rglob("*.tmp")) == []
    assert not Path("no").exists()


def test_an_unknown_format_is_not_understood():
    make_library()

    assert build("--format", "docx").exit_code == UsageError.exit_code


def test_an_address_that_no_code_can_hold_is_an_error_of_the_page():
    make_library(in_clinic(f"check_address: https://example.org/{'x' * 120}\n"))
    answer = build("--clinic", "riverside", "--format", "html")

    assert answer.exit_code == LayoutError.exit_code
    assert "characters, too many for its QR code" in answer.stderr
    assert not list(Path().glob("*.html"))


@pytest.mark.parametrize("form", FORMATS)
def test_a_link_that_could_run_something_never_gets_that_far(form: str):
    make_library(section_text("Press [here](javascript:alert(1))."))
    answer = build("--format", form)

    assert answer.exit_code == 3
    assert "is not an address that a link may lead to" in answer.stderr


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_of_a_patient_is_told_but_in_the_file(form: str):
    make_library()
    Path("note.txt").write_text("Bring your spacer.\n", "utf-8")
    answer = build(
        *("--format", form, "--patient-name", "Ana Ruiz", "--appointment", "2031-12-03"),
        *("--clinician", "Dr. Lee", "--note", "note.txt"),
    )
    content = Path(f"asthma-en.{form}").read_text("utf-8")

    assert answer.exit_code == 0
    assert all(words in content for words in ("Ana Ruiz", "Dr. Lee", "Bring your spacer."))
    assert "Ana" not in answer.stdout + answer.stderr
    others = [
        path
        for path in Path().rglob("*")
        if path.is_file() and path.name not in ("note.txt", f"asthma-en.{form}")
    ]
    assert [path for path in others if b"Ana Ruiz" in path.read_bytes()] == []


@pytest.mark.parametrize("form", FORMATS)
def test_an_appointment_that_is_no_day_is_refused(form: str):
    make_library()
    answer = build("--format", form, "--appointment", "2031-02-30")

    assert answer.exit_code == 3
    assert list(Path().glob(f"*.{form}")) == []


def test_a_picture_that_lacks_words_for_its_label_is_an_error_of_the_page():
    from tests.commands import PICTURE_FILE, drawing

    label = '<rect id="label-tube" x="1" y="1" width="9" height="9"/>'
    make_library({PICTURE_FILE: drawing(label)})
    answer = build("--format", "html")

    assert answer.exit_code == 3
    assert 'the picture has a place for the label "tube"' in answer.stderr
    assert FACTS.rpartition("/")[0] in answer.stderr
