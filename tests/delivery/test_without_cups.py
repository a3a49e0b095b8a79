"""Printing where there is no CUPS: the PDF is kept, and the way to it told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import command
from tests.sheets import PML


@pytest.fixture(autouse=True)
def no_cups(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.chdir(tmp_path)


def test_the_pdf_is_kept_and_its_place_told() -> None:
    answer = command("print", PML, "--language", "en", "--printer", "Office")
    file = Path(f"{PML}-en.pdf")

    assert answer.exit_code == 16
    assert "CUPS is not installed here, so nothing was printed" in answer.stderr
    assert f"the PDF is in {file}" in answer.stderr
    assert file.read_bytes().startswith(b"%PDF-1.7")


def test_it_goes_where_it_was_asked_for() -> None:
    answer = command("print", PML, "--language", "en", "--output", "mine.pdf")

    assert "the PDF is in mine.pdf" in answer.stderr
    assert Path("mine.pdf").exists()


def test_there_are_no_printers_to_list() -> None:
    answer = command("print", "--list-printers")

    assert answer.exit_code == 16
    assert "CUPS is not installed here" in answer.stderr


@pytest.mark.parametrize("copies", ["0", "-1", "1000", "two"])
def test_copies_that_cannot_be_are_refused(copies: str) -> None:
    answer = command("print", PML, "--printer", "Office", "--copies", copies)

    assert answer.exit_code == 2
    assert "Invalid value for '--copies'" in answer.stderr
    assert not list(Path().iterdir())
