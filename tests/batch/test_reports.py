"""The report of a run: report.json, report.html and SHA256SUMS."""

from __future__ import annotations

import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from handouts.batch import reporting
from tests.batch.examples import (
    ASTHMA,
    HILLSIDE,
    NAMES,
    RIVERSIDE,
    SORE_THROAT,
    Network,
    made_network,
    names_with,
)

PLAN = "bundles: [index, zip]\n"


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    monkeypatch.chdir(tmp_path)
    return made_network(Path())


def report(network: Network) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((network.output / "report.json").read_bytes())
    return found


class _Page(HTMLParser):
    """The words of a page, its elements, and where its links lead."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.words = ""
        self.elements: list[str] = []
        self.links: list[str] = []
        self.feed(content)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.words += data


def page(network: Network) -> _Page:
    return _Page((network.output / "report.html").read_text("utf-8"))


# --- report.json -----------------------------------------------------------------------------


def test_the_report_says_what_was_made_and_why(network: Network) -> None:
    summary = network.run(PLAN)
    found = report(network)
    files = found.pop("files")
    assert {file["name"] for file in files} == NAMES
    assert {file["why"] for file in files} == {"new"}
    assert {file["name"]: file["bytes"] for file in files} == {
        name: len(content) for name, content in network.pdfs().items()
    }
    assert found.pop("seconds") == round(summary.seconds, 3)
    assert found.pop("per_second") == round(summary.per_second, 1)
    assert found.pop("peak_memory") > 1_000_000
    assert found == {
        "plan": "all",
        "output": "out",
        "exit_code": 0,
        "made": 9,
        "unchanged": 0,
        "failed": 0,
        "bytes": sum(map(len, network.pdfs().values())),
        "laid_out": 6,
        "imprints_painted": 6,
        "bundles": 9,
        "stopped": None,
        "failures": [],
        "warnings": [],
        "notes": [],
        "no_longer_in_the_plan": [],
        "removed": [],
    }


def test_the_report_is_of_the_last_run_alone(network: Network) -> None:
    network.run()
    network.edit(HILLSIDE, "555-0188", "555-0199")
    network.run()
    found = report(network)
    assert (found["made"], found["unchanged"]) == (3, 6)
    assert {file["name"] for file in found["files"]} == names_with("hillside")
    network.run()
    assert report(network)["files"] == []


def test_the_report_says_what_failed_and_why(network: Network) -> None:
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    network.edit(HILLSIDE, "country: US\n", "")
    network.run()
    found = report(network)
    assert (found["exit_code"], found["made"], found["failed"]) == (3, 4, 2)
    clinic, handout = found["failures"]
    assert clinic == {
        "exit_code": 4,
        "problems": [
            f'library/{HILLSIDE}:1:1: error: "country" is missing\n'
            "  hint: country: the country, such as US"
        ],
        "files": [],
    }
    assert handout["exit_code"] == 3
    assert sorted(handout["files"]) == [
        "lakeside/en/sore-throat.pdf",
        "riverside/en/sore-throat.pdf",
    ]
    assert [problem.splitlines()[0] for problem in handout["problems"]] == [
        f'library/{SORE_THROAT}:9:3: error: the section "home-care" has no words',
        f'library/{SORE_THROAT}:9:16: error: the section "home-caring" is not listed in '
        "handout.yaml",
    ]
    assert found["notes"] == ['nothing is made for the clinic "hillside"']


def test_the_report_names_what_left_the_plan_and_what_was_removed(network: Network) -> None:
    network.run()
    network.run("clinics: [riverside, lakeside]\n")
    assert set(report(network)["no_longer_in_the_plan"]) == names_with("hillside")
    network.run("clinics: [riverside, lakeside]\n", prune=True)
    found = report(network)
    assert set(found["removed"]) == names_with("hillside")
    assert found["no_longer_in_the_plan"] == []


def test_the_report_keeps_warnings(network: Network) -> None:
    network.edit(ASTHMA, "Use your inhaler.", "Use your inhaler daily.")
    network.run("allow_stale: true\n")
    (warning,) = report(network)["warnings"]
    assert 'warning: the section "treatment"' in warning


def test_a_fault_in_the_program_brings_its_trace(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.batch import jobs

    def faulty(*_: object) -> bytes:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(jobs, "press_after", faulty)
    network.run("clinics: [hillside]\nhandouts: [sore-throat]\n")
    (failure,) = report(network)["failures"]
    assert failure["exit_code"] == report(network)["exit_code"] == 70
    assert failure["problems"] == [
        "error: a fault in the program: ZeroDivisionError: oh\n"
        "  hint: please report it with the trace in report.json"
    ]
    assert 'raise ZeroDivisionError("oh")' in failure["trace"]


def test_words_in_every_script_stay_words(network: Network) -> None:
    network.edit(RIVERSIDE, "phones:", "interpreter: {xx: مترجم مجاني}\nphones:")
    network.run()
    text = (network.output / "report.json").read_text("utf-8")
    assert "\\u" not in text
    assert json.loads(text)["notes"]


# --- report.html -----------------------------------------------------------------------------


def test_the_page_says_how_it_went(network: Network) -> None:
    network.run(PLAN)
    found = page(network)
    assert "All files of the plan are there and up to date." in found.words
    for figure in ("PDFs made", "unchanged", "failed"):
        assert figure in found.words
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    network.run(PLAN)
    found = page(network)
    assert "3 PDFs could not be made. What to do stands below." in found.words
    assert 'the section "home-care" has no words' in found.words
    for name in names_with("sore-throat"):
        assert name in found.words


def test_the_page_says_it_if_only_a_clinic_is_wrong(network: Network) -> None:
    network.edit(HILLSIDE, "country: US\n", "")
    network.run()
    found = page(network)
    assert "Something is wrong. What to do stands below." in found.words
    assert '"country" is missing' in found.words


def test_links_of_the_page_lead_to_files(network: Network) -> None:
    network.run(PLAN)
    for link in page(network).links:
        assert (network.output / link).is_file(), link


def test_nothing_that_was_written_gets_out_of_its_place(network: Network) -> None:
    evil = "<script>alert(1)</script>&\"'"
    network.edit(SORE_THROAT, "home-care: |", f"{json.dumps(evil)}: |")
    network.edit(HILLSIDE, "country: US", f"country: {json.dumps(evil)}")
    template = "<b>"
    plan = network.plan(PLAN, "a-plan")
    network.run(plan)
    found = page(network)
    assert "script" not in found.elements
    assert "alert(1)" in found.words
    assert template not in found.words
    raw = (network.output / "report.html").read_text("utf-8")
    assert "<script>alert" not in raw


def test_hostile_names_are_escaped(network: Network) -> None:
    network.run(PLAN + "file_name: \"{clinic}/R&D 'x' {handout} {language}.pdf\"\n")
    network.run(PLAN)
    raw = (network.output / "report.html").read_text("utf-8")
    assert "R&amp;D" in raw
    assert "R&D" not in raw


def test_a_long_list_is_cut_on_the_page_and_whole_in_the_json(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "MOST_LISTED", 4)
    network.run()
    network.run('file_name: "{clinic}/{handout}-{language}.pdf"\n')
    found = page(network)
    assert sum(name in found.words for name in NAMES) == 4
    assert "and 5 more, all in report.json" in found.words
    assert set(report(network)["no_longer_in_the_plan"]) == NAMES


# --- SHA256SUMS ------------------------------------------------------------------------------


def check_sums(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


@pytest.mark.system("sha256sum")
def test_the_sums_are_those_of_all_files(network: Network) -> None:
    network.run(PLAN + 'file_name: "{clinic}/é {handout} {language}.pdf"\n')
    lines = (network.output / "SHA256SUMS").read_text("utf-8").splitlines()
    names = {line.split("  ", 1)[1] for line in lines}
    assert len(lines) == len(names)
    assert names == network.files().keys() - {"report.json", "report.html", "SHA256SUMS"}
    answer = check_sums(network.output)
    assert (answer.returncode, answer.stderr) == (0, "")
    (network.output / "hillside.zip").write_bytes(b"mine")
    assert "hillside.zip: FAILED" in check_sums(network.output).stdout


@pytest.mark.system("sha256sum")
def test_the_sums_stay_true_from_run_to_run(network: Network) -> None:
    network.run(PLAN)
    other = network.plan(
        'clinics: [hillside]\nfile_name: "{clinic}-{handout}-{language}.pdf"\n', "b"
    )
    network.run(other)
    network.edit(HILLSIDE, "555-0188", "555-0199")
    network.run(PLAN)
    assert check_sums(network.output).returncode == 0
    network.run("clinics: [riverside]\n", prune=True)
    assert check_sums(network.output).returncode == 0
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    network.run(other)
    assert check_sums(network.output).returncode == 0


@pytest.mark.system("sha256sum")
def test_the_sums_name_no_file_that_is_gone_and_could_not_be_made_again(network: Network) -> None:
    network.run(PLAN)
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    (network.output / "hillside/en/sore-throat.pdf").unlink()
    (network.output / "lakeside/en/sore-throat.pdf").write_bytes(b"mine")
    network.run(PLAN)
    answer = check_sums(network.output)
    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_report_that_cannot_be_written_is_told_of(network: Network) -> None:
    from handouts.diagnostics import OutputError

    network.run()
    (network.output / "report.json").unlink()
    (network.output / "report.json").mkdir()
    with pytest.raises(OutputError, match=r'"out/report\.json" is a folder'):
        network.run()
    shutil.rmtree(network.output / "report.json")
    network.run()
