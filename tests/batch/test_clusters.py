"""The workers of a real Dask scheduler: the same files, whoever dies."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.batch.processes import (
    Process,
    answer_of,
    batch_arguments,
    batch_library,
    environment,
    false_sums,
    files_of,
    made_by,
    members,
    report_of,
    run_batch,
    session,
    spoiling,
    started,
    torn,
    wait_for_files,
    wait_until,
)
from tests.commands import CHECKOUT

pytestmark = pytest.mark.slow

CLINICS, HANDOUTS = 16, 10
NOBODY = "tcp://127.0.0.1:9"  # the port of RFC 863, at which nothing listens


@dataclass(frozen=True, slots=True)
class Cluster:
    """A scheduler and its workers, each a process."""

    address: str
    scheduler: Process
    workers: tuple[Process, ...]


@contextmanager
def cluster(
    folder: Path,
    workers: int = 2,
    *options: str,
    env: Mapping[str, str] | None = None,
) -> Iterator[Cluster]:
    folder.mkdir(exist_ok=True)
    note = folder / "scheduler.json"
    with ExitStack() as stack:
        arguments = ("--port", "0", "--scheduler-file", str(note))
        ours = environment(DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="1")
        scheduler = stack.enter_context(dask("scheduler", folder, *arguments, env=ours))
        wait_until(lambda: note.exists() and note.read_text(), "the scheduler told its address")
        address = json.loads(note.read_text("utf-8"))["address"]
        usual = ("--nthreads", "1", "--local-directory", str(folder), *options)
        those = tuple(
            stack.enter_context(dask(f"worker {number}", folder, address, *usual, env=env))
            for number in range(workers)
        )
        for number in range(workers):
            log = folder / f"worker {number}.log"
            wait_until(lambda log=log: "Registered to" in log.read_text(), "a worker is there")
        yield Cluster(address, scheduler, those)


@contextmanager
def dask(
    role: str, folder: Path, *arguments: str, env: Mapping[str, str] | None
) -> Iterator[Process]:
    usual = ("--host", "127.0.0.1", "--no-dashboard")
    command = (sys.executable, "-m", "dask", role.split()[0], *arguments, *usual)
    with session(*command, env=env, log=folder / f"{role}.log") as process:
        yield process


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return batch_library(tmp_path_factory.mktemp("clusters") / "library", CLINICS, HANDOUTS)


@pytest.fixture(scope="module")
def reference(library: Path) -> dict[str, bytes]:
    """What a pool on this machine makes."""
    output = library.parent / "output"
    assert run_batch(library, output).exit_code == 0
    return files_of(output)


@pytest.mark.parametrize("threads", ["1", "3"])
def test_a_cluster_makes_the_same_files_as_a_pool(
    threads: str, library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with cluster(tmp_path / "dask", 2, "--no-nanny", "--nthreads", threads) as dask:
        answer = run_batch(library, output, "--scheduler", dask.address)
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert files_of(output) == reference
        assert false_sums(output) == []
        assert run_batch(library, output, "--scheduler", dask.address).exit_code == 0
    assert made_by(output) == set()


@pytest.mark.parametrize("count", [1, 60])
def test_every_file_is_there_though_a_worker_was_killed(
    count: int, library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with cluster(tmp_path / "dask", 2, "--no-nanny") as dask:
        with started(library, output, "--scheduler", dask.address) as process:
            wait_for_files(output, count, process)
            assert process.poll() is None
            dask.workers[0].kill()
            answer = answer_of(process)
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert dask.workers[0].wait() == -signal.SIGKILL
    assert torn(files_of(output), reference) == []
    assert false_sums(output) == []
    assert files_of(output) == reference


def test_a_run_whose_scheduler_dies_stops_and_goes_on_without_it(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with (
        cluster(tmp_path / "dask", 2, "--no-nanny") as dask,
        started(library, output, "--scheduler", dask.address) as process,
    ):
        wait_for_files(output, 20, process)
        dask.scheduler.kill()
        answer = answer_of(process)
    assert answer.exit_code == 14
    assert answer.stderr == (
        f'error: the scheduler at "{dask.address}" no longer answers\n'
        "  hint: start it, and run the batch again: it goes on where it stopped\n"
        "what was made stays, and the same command goes on from there\n"
    )
    report = json.loads((output / "report.json").read_bytes())
    assert report["exit_code"] == report["stopped"]["exit_code"] == 14
    assert "no longer answers" in report["stopped"]["problems"][0]
    assert report["made"] == len(report["files"]) >= 1
    page = (output / "report.html").read_text("utf-8")
    assert "The run stopped before everything was made." in page
    assert "no longer answers" in page
    assert torn(files_of(output), reference) == []
    assert run_batch(library, output).exit_code == 0
    assert files_of(output) == reference


def test_a_run_that_has_lost_all_workers_does_not_wait_for_ever(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    soon = "from handouts.batch import dispatching; dispatching.PATIENCE = 0.5"
    impatient = spoiling(tmp_path / "site", soon)
    with (
        cluster(tmp_path / "dask", 2, "--no-nanny") as dask,
        started(library, output, "--scheduler", dask.address, env=impatient) as process,
    ):
        wait_for_files(output, 20, process)
        for worker in dask.workers:
            worker.kill()
        answer = answer_of(process)
    assert answer.exit_code == 14
    assert answer.stderr == (
        f'error: the scheduler at "{dask.address}" has no workers\n'
        f"  hint: start some: dask worker {dask.address}\n"
        "what was made stays, and the same command goes on from there\n"
    )
    assert run_batch(library, output).exit_code == 0
    assert files_of(output) == reference


def test_ctrl_c_stops_a_run_on_a_cluster_and_the_next_one_goes_on(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    """The workers may still be at a job while the next run has begun."""
    output = tmp_path / "output"
    with cluster(tmp_path / "dask", 2, "--no-nanny") as dask:
        with started(library, output, "--scheduler", dask.address) as process:
            wait_for_files(output, 40, process)
            os.killpg(process.pid, signal.SIGINT)
            answer = answer_of(process)
        assert answer.exit_code == 130
        assert "Traceback" not in answer.stderr
        assert torn(files_of(output), reference) == []
        answer = run_batch(library, output, "--scheduler", dask.address)
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert files_of(output) == reference


def test_a_run_on_a_cluster_that_is_killed_goes_on(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    output = tmp_path / "output"
    with cluster(tmp_path / "dask", 2, "--no-nanny") as dask:
        with started(library, output, "--scheduler", dask.address) as process:
            wait_for_files(output, 40, process)
            process.kill()
            answer_of(process)
        assert torn(files_of(output), reference) == []
        answer = run_batch(library, output, "--scheduler", dask.address)
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert files_of(output) == reference


def test_a_handout_that_kills_worker_after_worker_fails_and_no_other(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    """Each worker has a nanny that starts it anew; the scheduler gives up a job in the end."""
    deadly = spoiling(
        tmp_path / "site",
        """
        import os, signal
        from handouts.batch import desk

        def make_master(handout, *arguments, real=desk.make_master):
            if handout.slug == "topic-03":
                os.kill(os.getpid(), signal.SIGKILL)
            return real(handout, *arguments)
        desk.make_master = make_master
        """,
    )
    output = tmp_path / "output"
    with cluster(tmp_path / "dask", 2, env=deadly) as dask:
        answer = run_batch(library, output, "--scheduler", dask.address)
    assert answer.exit_code == 14
    assert "whoever was to make this died at it, more than once" in answer.stderr
    (failure,) = report_of(output)["failures"]
    bad = {f"clinic-{number:02}/en/topic-03.pdf" for number in range(CLINICS)}
    assert set(failure["files"]) == bad
    lacking = {name for name in reference if name.endswith(".pdf")} - files_of(output).keys()
    assert lacking == bad


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (NOBODY, "Timed out"),
        ("nonsense", "missing port number"),
        ("http://127.0.0.1:1", "unknown address scheme 'http'"),
    ],
)
def test_an_address_at_which_no_scheduler_answers_is_told(
    address: str, reason: str, library: Path, tmp_path: Path
):
    answer = run_batch(library, tmp_path / "output", "--scheduler", address)
    assert answer.exit_code == 14
    first, second = answer.stderr.splitlines()
    assert first.startswith(f'error: no scheduler answers at "{address}": {reason}')
    assert second.startswith("  hint: see whether the scheduler runs there")
    assert run_batch(library, tmp_path / "output").exit_code == 0  # no lock stays


def test_a_scheduler_without_workers_is_told(library: Path, tmp_path: Path):
    with cluster(tmp_path / "dask", workers=0) as dask:
        answer = run_batch(library, tmp_path / "output", "--scheduler", dask.address)
    assert answer.exit_code == 14
    assert answer.stderr == (
        f'error: the scheduler at "{dask.address}" has no workers\n'
        f"  hint: start some: dask worker {dask.address}\n"
    )


def test_workers_with_another_program_are_refused_even_if_they_need_only_press(
    library: Path, reference: dict[str, bytes], tmp_path: Path
):
    other = tmp_path / "other"
    for name in ("handouts", "tests"):
        shutil.copytree(CHECKOUT / name, other / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("fonts", "content"):
        (other / name).symlink_to(CHECKOUT / name)
    with (other / "handouts/pdf/press.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    output = tmp_path / "output"
    assert run_batch(library, output).exit_code == 0
    for path in output.glob("clinic-*/en/topic-0[0-4].pdf"):
        path.unlink()
    env = environment() | {"PYTHONPATH": str(other)}
    with cluster(tmp_path / "dask", 2, "--no-nanny", env=env) as dask:
        answer = run_batch(library, output, "--scheduler", dask.address)
    assert answer.exit_code == 14
    assert "this worker has another version of the program or of its libraries" in answer.stderr
    assert "hint: install the same versions everywhere" in answer.stderr
    assert not list(output.glob("clinic-*/en/topic-0[0-4].pdf"))
    assert run_batch(library, output).exit_code == 0
    assert files_of(output) == reference


@pytest.mark.system("unshare", "mount")
@pytest.mark.parametrize("hidden", ["library", "output"])
def test_workers_that_do_not_see_what_the_run_sees_say_so(
    hidden: str, library: Path, reference: dict[str, bytes], tmp_path: Path
):
    """Only the run has its library (or its output) mounted where it says that it is."""
    places = {"library": tmp_path / "library", "output": tmp_path / "output"}
    for name, place in places.items():
        place.mkdir()
        if name != hidden and name == "library":
            shutil.copytree(library, place, dirs_exist_ok=True)
    real = tmp_path / "real"
    shutil.copytree(library, real) if hidden == "library" else real.mkdir()
    arguments = batch_arguments(places["library"], places["output"])[:-2]
    script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"'
    program = ("-c", "from handouts.cli import main; main()")
    with (
        cluster(tmp_path / "dask", 2, "--no-nanny") as dask,
        session(
            *("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"),
            *(str(real), str(places[hidden]), sys.executable, *program),
            *(*arguments, "--scheduler", dask.address),
        ) as process,
    ):
        answer = answer_of(process)
        assert members(process) == []
    assert "Traceback" not in answer.stderr
    if hidden == "library":
        assert answer.exit_code == 9
        assert "the library has no folder that can be read" in answer.stderr
        assert not list(places["output"].rglob("*.pdf"))
    else:
        assert answer.exit_code == 8
        assert f'the folder "{places["output"]}' in answer.stderr
        assert list(places["output"].iterdir()) == []  # nothing is made in a wrong place
