"""The conformance checker is checked: it must say no where a file is at fault, and yes else."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from handouts.verapdf import Failure, validate
from tests.handmade import objects, write

SAMPLES = Path(__file__).parent / "data" / "pdf"


def _rules(failures: list[Failure]) -> set[tuple[str, str, int]]:
    return {(failure.flavour, failure.clause, failure.test) for failure in failures}


def _file_with(name: str, old: str, new: str) -> bytes:
    faulty = objects()
    assert old in faulty[name]
    faulty[name] = faulty[name].replace(old, new)
    return write(faulty)


def test_a_conforming_file_has_no_failures() -> None:
    assert validate(write(objects())) == []


def test_a_conforming_file_of_another_maker_has_no_failures() -> None:
    assert validate(SAMPLES / "typst.pdf") == []


def test_an_untagged_file_fails_both_standards() -> None:
    file = io.BytesIO()
    canvas = Canvas(file)
    for line in range(300):
        canvas.drawString(72, 72 + 2 * line, "Take one tablet")
    canvas.save()
    failures = validate(file.getvalue())
    rules = _rules(failures)
    assert ("ua1", "7.1", 11) in rules  # no structure tree
    assert ("ua1", "7.21.4.1", 1) in rules  # no embedded font
    assert ("2a", "6.1.7.1", 2) in rules  # no end of line before endstream
    assert ("2a", "6.6.2.1", 1) in rules  # no metadata
    untagged = next(
        failure for failure in failures if failure.clause == "7.1" and failure.test == 3
    )
    assert untagged.count == 300
    assert len(untagged.places) == 5
    assert "contentItem[0]" in untagged.places[0]


@pytest.mark.parametrize(
    ("name", "old", "new", "rules"),
    [
        ("figure", "/Alt (A square)", "", {("ua1", "7.3", 1)}),
        ("metadata", "<pdfuaid:part>1<", "<pdfuaid:part>3<", {("ua1", "5", 2)}),
        ("metadata", "<pdfaid:part>2<", "<pdfaid:part>1<", {("2a", "6.6.4", 2)}),
        ("cell", "/Scope /Column", "", {("ua1", "7.5", 1)}),
        ("content1", "/H1 <</MCID 0>> BDC", "/H1 BMC", {("ua1", "7.1", 3)}),
        (
            "annotation",
            "/Contents (Our page at example.org)",
            "",
            {("ua1", "7.18.1", 2), ("ua1", "7.18.5", 2)},
        ),
        ("annotation", "/F 4", "", {("2a", "6.3.2", 1)}),
        ("cidfont", " 830 ", " 430 ", {("ua1", "7.21.5", 1), ("2a", "6.2.11.5", 1)}),
        ("catalog", "/Lang (en)", "", {("ua1", "7.2", test) for test in (22, 24, 33, 34)}),
        ("heading", "/S /H1", "/S /H2", {("ua1", "7.4.2", 1)}),
        ("font", "/ToUnicode @tounicode", "", {("ua1", "7.21.7", 1), ("2a", "6.2.11.7.2", 1)}),
        ("page1", "/Tabs /S", "", {("ua1", "7.18.3", 1)}),
    ],
)
def test_one_planted_fault_is_named_by_its_rule(
    name: str, old: str, new: str, rules: set[tuple[str, str, int]]
) -> None:
    assert _rules(validate(_file_with(name, old, new))) == rules


def test_a_missing_end_of_line_before_endstream_is_a_failure() -> None:
    faulty = write(objects()).replace(b"\nendstream", b" endstream", 1)
    assert ("2a", "6.1.7.1", 2) in _rules(validate(faulty))


def test_only_the_flavours_asked_for_are_judged() -> None:
    faulty = _file_with("figure", "/Alt (A square)", "")
    assert validate(faulty, "2b") == []
    assert {failure.flavour for failure in validate(faulty, "ua1")} == {"ua1"}


def test_an_unknown_flavour_is_an_error() -> None:
    with pytest.raises(ValueError, match="no profile"):
        validate(write(objects()), "9z")


@pytest.mark.parametrize("damage", [b"", b"nonsense", write(objects())[:2000]])
def test_bytes_that_are_no_pdf_are_a_failure(damage: bytes) -> None:
    assert validate(damage) != []


def test_a_warm_validation_takes_well_under_a_second() -> None:
    pdf = write(objects())
    validate(pdf)
    durations = []
    for _ in range(5):
        start = time.perf_counter()
        validate(pdf)
        durations.append(time.perf_counter() - start)
    assert min(durations) < 0.5


def _command(*files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "handouts.verapdf", *map(str, files)],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_prints_failures_and_exits_with_one(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.pdf", tmp_path / "bad.pdf"
    good.write_bytes(write(objects()))
    bad.write_bytes(_file_with("figure", "/Alt (A square)", ""))
    command = _command(good, bad)
    assert command.returncode == 1
    assert command.stderr == ""
    lines = command.stdout.splitlines()
    assert lines[0] == f"{good}: conforms to ua1 and 2a"
    assert lines[1] == f"{bad}: fails ua1 and 2a"
    assert lines[2].startswith("  ua1 7.3-1 (x 1): ")
    assert "Figure" in lines[3]


def test_the_command_exits_with_zero_when_every_file_conforms(tmp_path: Path) -> None:
    good = tmp_path / "good.pdf"
    good.write_bytes(write(objects()))
    assert _command(good).returncode == 0
