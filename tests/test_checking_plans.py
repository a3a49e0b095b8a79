"""``make-handout check`` looks through the batch plans of a library too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import Answer, Changes, command, make_library

PLAN = "batches/all.yaml"
TABLE = "batches/more.csv"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def checked(changes: Changes) -> Answer:
    make_library(changes)
    return command("check", "--library", "library")


def test_a_sound_plan_is_looked_at_and_nothing_is_said() -> None:
    without = checked({})
    answer = checked({PLAN: "clinics: [riverside]\n"})

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert int(answer.stdout.split()[0]) == int(without.stdout.split()[0]) + 1


def test_a_clinic_that_is_not_there_is_found() -> None:
    answer = checked({PLAN: "clinics: [riversid]\n"})

    assert answer.exit_code == 12
    assert answer.stderr.splitlines() == [
        f'library/{PLAN}:1:11: error: there is no clinic "riversid"',
        "  at clinics[1]",
        '  hint: did you mean "riverside"?',
    ]


def test_a_plan_that_is_not_yaml_is_found_beside_the_others() -> None:
    answer = checked({PLAN: "clinics: [\n", "batches/good.yaml": "handouts: [asthma]\n"})

    assert answer.exit_code == 12
    assert f"library/{PLAN}:" in answer.stderr
    assert "good.yaml" not in answer.stderr


def test_a_table_that_a_plan_names_is_part_of_the_plan() -> None:
    """By itself, a table of exclusions would select nothing."""
    table = "clinic,exclude\nriverside,yes\n"
    part = checked({PLAN: "handouts: [asthma]\ntable: more.csv\n", TABLE: table})
    (Path("library") / PLAN).unlink()
    alone = command("check", "--library", "library")

    assert (part.exit_code, alone.exit_code) == (0, 12)
    assert "the plan selects nothing" in alone.stderr


def test_a_table_by_itself_is_a_plan() -> None:
    answer = checked({TABLE: "clinic,handout\nriverside,astma\n"})

    assert answer.exit_code == 12
    assert f'library/{TABLE}:2:11: error: there is no handout "astma"' in answer.stderr
