"""Tests that could not run are never passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

RUNS = [
    pytest.param([], id="alone"),
    pytest.param(["-n", "2"], id="parallel", marks=pytest.mark.slow),
]

SUITE = """
    import pytest

    @pytest.mark.system("no-such-program", "pdfinfo-of-nowhere")
    def test_needs_a_program():
        raise AssertionError("it ran")

    @pytest.mark.system("python3", "python")
    def test_has_its_programs():
        pass

    def test_needs_nothing(update_cases):
        assert update_cases is False
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("CI", raising=False)
    programs = pytester.mkdir("programs")
    for name in ("python", "python3"):
        (programs / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(programs))
    pytester.makeconftest((Path(__file__).parent / "conftest.py").read_text())
    pytester.makeini("[pytest]\nmarkers =\n    system: needs programs\n")
    pytester.makepyfile(SUITE)
    return pytester


@pytest.mark.parametrize("parallel", RUNS)
def test_a_test_without_its_program_is_skipped_and_named_loudly(
    suite: pytest.Pytester, parallel: list[str]
) -> None:
    run = suite.runpytest_subprocess(*parallel)
    run.assert_outcomes(passed=2, skipped=1)
    run.stdout.fnmatch_lines(
        "NOT RUN: 1 test needs programs that are not installed: no-such-program, pdfinfo-of-nowhere"
    )


def test_in_continuous_integration_a_missing_program_is_an_error(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    run = suite.runpytest_subprocess()
    run.assert_outcomes(passed=2, errors=1)
    run.stdout.fnmatch_lines("*needs no-such-program, pdfinfo-of-nowhere, not installed")


@pytest.mark.parametrize("parallel", RUNS)
def test_deselected_system_tests_are_counted_loudly(
    suite: pytest.Pytester, parallel: list[str]
) -> None:
    run = suite.runpytest_subprocess("-m", "not system", *parallel)
    run.stdout.fnmatch_lines("NOT RUN: 2 tests need programs and were deselected")


def test_a_full_run_says_nothing(suite: pytest.Pytester) -> None:
    suite.makepyfile("def test_fine():\n    pass\n")
    run = suite.runpytest_subprocess()
    run.stdout.no_fnmatch_line("*NOT RUN*")


def test_a_program_is_named_with_its_package(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        'import pytest\n@pytest.mark.system("pdftotext")\ndef test_reads():\n    pass\n'
    )
    run = suite.runpytest_subprocess()
    run.stdout.fnmatch_lines("NOT RUN: *: pdftotext (poppler-utils)")


def test_a_system_test_must_name_its_programs(suite: pytest.Pytester) -> None:
    suite.makepyfile("import pytest\n@pytest.mark.system\ndef test_vague():\n    pass\n")
    run = suite.runpytest_subprocess()
    run.assert_outcomes(errors=1)
    run.stdout.fnmatch_lines("*name the programs*")


def test_cases_are_updated_only_when_asked(suite: pytest.Pytester) -> None:
    suite.makepyfile("def test_update(update_cases):\n    assert update_cases is True\n")
    suite.runpytest_subprocess("--update-cases").assert_outcomes(passed=1)
    suite.runpytest_subprocess().assert_outcomes(failed=1)
