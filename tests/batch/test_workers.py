"""Workers that die at a job or are killed, and jobs that fail by a fault of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.processes import (
    PLAN,
    answer_of,
    batch_library,
    false_sums,
    files_of,
    left_over,
    made_by,
    members,
    report_of,
    run_batch,
    spoiling,
    started,
    torn,
    wait_for_files,
    wait_until,
    workers_of,
)
from tests.commands import Answer

CLINICS, HANDOUTS = 6, 4
BAD = "topic-02"
BAD_CLINIC = "clinic-03"

HUMAN = "translation: {method: human, translator: A. Nobody, checked_by: nobody}\n"

pytestmark = pytest.mark.slow


# What is laid out, painted and pressed, for a worker that is to fail at one of them.
HOOKS = """
    import os, signal
    from handouts.batch import desk, jobs

    def before(module, name, is_bad, harm):
        real = getattr(module, name)
        def spoilt(*arguments):
            if is_bad(*arguments):
                harm()
            return real(*arguments)
        setattr(module, name, spoilt)

    def die():
        os.kill(os.getpid(), signal.SIGKILL)
"""
LAYING_OUT = f"""{HOOKS}
    before(desk, "make_master", lambda handout, *_: handout.slug == "{BAD}", die)
"""
PAINTING = f"""{HOOKS}
    before(desk, "make_imprint", lambda clinic, *_: clinic.slug == "{BAD_CLINIC}", die)
"""
PRESSING = f"""{HOOKS}
    def write(store, name, pieces, real=desk.open_store("nowhere").__class__.write):
        if name == "{BAD_CLINIC}/en/{BAD}.pdf":
            die()
        return real(store, name, pieces)
    desk.open_store("nowhere").__class__.write = write
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batch_library(tmp_path_factory.mktemp("workers") / "library", CLINICS, HANDOUTS)


@pytest.fixture(scope="module")
def reference(library: Path) -> dict[str, bytes]:
    output = library.parent / "output"
    assert run_batch(library, output).exit_code == 0
    return files_of(output)


def sheets_of(output: Path) -> set[str]:
    return {name for name in files_of(output) if name.endswith(".pdf") and "/en/" in name}


def all_sheets(reference: dict[str, bytes]) -> set[str]:
    return {name for name in reference if name.endswith(".pdf") and "/en/" in name}


def check_told_of_dead_worker(answer: Answer, output: Path, missing: set[str]):
    assert answer.exit_code == 14
    assert "whoever was to make this died at it, more than once" in answer.stderr
    assert "Traceback" not in answer.stderr
    (failure,) = report_of(output)["failures"]
    assert failure["exit_code"] == 14
    assert set(failure["files"]) == missing
    assert false_sums(output) == []


def test_a_handout_that_kills_its_worker_fails_and_no_other(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    answer = run_batch(library, output, env=spoiling(tmp_path / "site", LAYING_OUT))
    bad = {name for name in all_sheets(reference) if name.endswith(f"/{BAD}.pdf")}
    assert sheets_of(output) == all_sheets(reference) - bad
    check_told_of_dead_worker(answer, output, bad)
    assert torn({name: files_of(output)[name] for name in sheets_of(output)}, reference) == []
    assert run_batch(library, output).exit_code == 0
    assert files_of(output) == reference
    assert made_by(output) == bad
    assert left_over(output) == []


def test_a_language_that_kills_its_worker_fails_and_no_other_of_its_handout(tmp_path: Path):
    """Masters of one handout are laid out in one job."""
    words = "handouts/topic-00/{}.yaml"
    library = batch_library(tmp_path / "library", 2, 1, {PLAN: "allow_stale: true\n"})
    english = (library / words.format("en")).read_text("utf-8")
    for tag in ("es", "fr", "de"):
        (library / words.format(tag)).write_text(english + HUMAN, "utf-8")
    spoilt = f"""{HOOKS}
    before(desk, "make_master", lambda handout, *_: handout.language == "fr", die)
    """
    answer = run_batch(library, tmp_path / "output", env=spoiling(tmp_path / "site", spoilt))
    bad = {f"clinic-0{number}/fr/topic-00.pdf" for number in range(2)}
    check_told_of_dead_worker(answer, tmp_path / "output", bad)


def test_a_clinic_that_kills_its_worker_fails_and_no_other(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    """Imprints of several clinics are painted in one job."""
    output = tmp_path / "output"
    answer = run_batch(library, output, env=spoiling(tmp_path / "site", PAINTING))
    bad = {name for name in all_sheets(reference) if name.startswith(BAD_CLINIC)}
    assert sheets_of(output) == all_sheets(reference) - bad
    check_told_of_dead_worker(answer, output, bad)


def test_a_file_that_kills_its_worker_fails_and_no_other(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    """Files of several clinics are pressed in one job."""
    output = tmp_path / "output"
    answer = run_batch(library, output, env=spoiling(tmp_path / "site", PRESSING))
    bad = {f"{BAD_CLINIC}/en/{BAD}.pdf"}
    assert sheets_of(output) == all_sheets(reference) - bad
    check_told_of_dead_worker(answer, output, bad)


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path):
    library = batch_library(tmp_path / "library", 20, 12)
    assert run_batch(library, tmp_path / "undisturbed").exit_code == 0
    output = tmp_path / "output"
    with started(library, output) as process:
        for count in (1, 100):
            wait_for_files(output, count, process)
            wait_until(lambda: workers_of(process), "there are workers")
            workers_of(process)[0].kill()
        answer = answer_of(process)
        wait_until(lambda: not members(process), "the workers have ended")
    assert answer.stderr == ""
    assert answer.exit_code == 0
    assert files_of(output) == files_of(tmp_path / "undisturbed")
    assert false_sums(output) == []
    assert run_batch(library, output).exit_code == 0
    assert made_by(output) == set()
    assert left_over(output) == []


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_fault_of_the_program_in_one_handout_is_told_with_its_trace(
    jobs: str, library: Path, reference: dict[str, bytes], tmp_path: Path
):
    spoilt = f"""{HOOKS}
    before(desk, "make_master", lambda handout, *_: handout.slug == "{BAD}", lambda: 1 / 0)
    """
    output = tmp_path / "output"
    env = spoiling(tmp_path / "site", spoilt)
    answer = run_batch(library, output, "--jobs", jobs, env=env)
    bad = {name for name in all_sheets(reference) if name.endswith(f"/{BAD}.pdf")}
    assert answer.exit_code == 70
    assert "a fault in the program: ZeroDivisionError" in answer.stderr
    assert "please report it with the trace in report.json" in answer.stderr
    assert sheets_of(output) == all_sheets(reference) - bad
    (failure,) = report_of(output)["failures"]
    assert failure["exit_code"] == 70
    assert "ZeroDivisionError" in failure["trace"]
    assert "sitecustomize.py" in failure["trace"]
    assert set(failure["files"]) == bad


def test_a_fault_in_a_bundle_is_told_and_the_other_bundles_are_made(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    spoilt = f"""{HOOKS}
    from handouts.batch import bundling
    before(
        bundling, "index_page", lambda index, clinic, _: clinic.slug == "{BAD_CLINIC}",
        lambda: 1 / 0,
    )
    """
    output = tmp_path / "output"
    answer = run_batch(library, output, env=spoiling(tmp_path / "site", spoilt))
    assert answer.exit_code == 70
    lacking = reference.keys() - files_of(output).keys()
    assert lacking == {f"{BAD_CLINIC}/index.html", f"{BAD_CLINIC}.zip"}


def test_every_worker_that_dies_at_once_is_told_and_does_not_go_on_for_ever(
    library: Path, tmp_path: Path
):
    """As on a machine without enough memory for anything."""
    spoilt = f"""{HOOKS}
    before(jobs, "_desk", lambda *_: True, die)
    """
    output = tmp_path / "output"
    answer = run_batch(library, output, env=spoiling(tmp_path / "site", spoilt))
    assert answer.exit_code == 14
    assert sheets_of(output) == set()
    assert report_of(output)["failed"] == CLINICS * HANDOUTS


def test_a_pool_that_lost_all_its_processes_by_the_hand_of_somebody_else_goes_on(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with started(library, output) as process:
        wait_for_files(output, 1, process)
        for each in members(process):
            if each.pid != process.pid:
                each.kill()
        answer = answer_of(process)
    assert answer.exit_code == 0
    assert files_of(output) == reference


def test_a_machine_that_takes_no_more_processes_stops_the_run_with_a_reason(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    spoilt = """
    import errno, os
    from multiprocessing import forkserver

    def connect_to_new_process(*_):
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    forkserver.connect_to_new_process = connect_to_new_process
    """
    output = tmp_path / "output"
    answer = run_batch(library, output, env=spoiling(tmp_path / "site", spoilt))
    assert answer.exit_code == 14
    assert "Traceback" not in answer.stderr
    assert "no worker can be started" in answer.stderr
    assert run_batch(library, output).exit_code == 0
    assert files_of(output) == reference
