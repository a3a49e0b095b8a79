"""Batches in processes of their own, that can be killed, and what they leave behind."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path

import psutil
import pytest

from handouts.reading.library import Library
from tests.commands import CHECKOUT, Answer, drawing
from tests.reading.examples import FILES, write_library

LONGEST = 120.0  # seconds; nothing here takes a tenth of it, but on a machine that is busy
PLAN = "batches/all.yaml"
STATE = ".handouts"
_PROGRESS = re.compile(r"^[0-9,]+ of [0-9,]+: .*\n", re.MULTILINE)
_COMMAND = "from handouts.cli import main; main()"
_REPORTS = {"report.json", "report.html"}

Process = subprocess.Popen[str]
Changes = Mapping[str, str | bytes | None]


def batch_library(root: Path, clinics: int, handouts: int, changes: Changes | None = None) -> Path:
    """The example library several times over, with a plan ``all`` for everything in it.

    Its clinics are ``clinic-00`` and so on, its handouts ``topic-00`` and so on.
    """
    files: dict[str, str | bytes | None] = dict.fromkeys(FILES)
    for name, content in FILES.items():
        kind, _, rest = name.split("/", 2)
        text = drawing() if rest.endswith(".svg") else content
        stem, old, new, count = (
            ("clinic", "Riverside", "Clinic", clinics)
            if kind == "clinics"
            else ("topic", "Asthma", "Topic", handouts)
        )
        for number in range(count):
            files[f"{kind}/{stem}-{number:02}/{rest}"] = text.replace(old, f"{new} {number}")
    files[PLAN] = "bundles: [index, zip]\n"
    write_library(root, files | dict(changes or {}))
    return root


def environment(*folders: Path, **more: str) -> dict[str, str]:
    """That of a process which runs this checkout, with modules from these folders before it."""
    path = os.pathsep.join(map(str, (*folders, CHECKOUT)))
    return os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": path} | more


def spoiling(folder: Path, code: str) -> dict[str, str]:
    """An environment in which every process runs this code before its own."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(textwrap.dedent(code), "utf-8")
    return environment(folder)


def batch_arguments(library: Path, output: Path, *options: str) -> tuple[str, ...]:
    usual = () if "--jobs" in options or "--scheduler" in options else ("--jobs", "2")
    return ("batch", "all", "--library", str(library), "--output", str(output), *usual, *options)


@contextmanager
def started(
    library: Path, output: Path, *options: str, env: Mapping[str, str] | None = None
) -> Iterator[Process]:
    """A run of the plan ``all``, in a session of its own that is ended whatever happens."""
    arguments = batch_arguments(library, output, *options)
    with session(sys.executable, "-c", _COMMAND, *arguments, env=env) as process:
        yield process


@contextmanager
def session(
    *command: str, env: Mapping[str, str] | None = None, log: Path | None = None
) -> Iterator[Process]:
    """A process at the head of a session, which is ended whatever happens.

    What it says is for ``answer_of``, or goes to the file ``log``; it then works in its folder.
    """
    with ExitStack() as stack:
        to = stack.enter_context(log.open("w")) if log else subprocess.PIPE
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=to,
            stderr=to,
            encoding="utf-8",
            env=env or environment(),
            cwd=log and log.parent,
            start_new_session=True,
        )
        stack.enter_context(process)
        try:
            yield process
        finally:
            for member in members(process):
                member.kill()
            process.kill()


def run_batch(
    library: Path, output: Path, *options: str, env: Mapping[str, str] | None = None
) -> Answer:
    """The plan ``all`` run to its end."""
    with started(library, output, *options, env=env) as process:
        return answer_of(process)


def answer_of(process: Process) -> Answer:
    """What a process says till it and all that it started have ended, but not how far it came."""
    stdout, stderr = process.communicate(timeout=LONGEST)
    return Answer(process.returncode, stdout, _PROGRESS.sub("", stderr))


def members(process: Process) -> list[psutil.Process]:
    """The living processes of a session; one that is dead and not yet buried is none of them."""
    found = []
    for each in psutil.process_iter():
        try:
            if os.getsid(each.pid) == process.pid and each.status() != psutil.STATUS_ZOMBIE:
                found.append(each)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def workers_of(process: Process) -> list[psutil.Process]:
    """The workers of a running pool: what its server of processes has started."""
    servers = [each for each in members(process) if each.ppid() == process.pid]
    return [child for server in servers for child in server.children()]


def wait_until(condition: Callable[[], object], what: str) -> None:
    end = time.monotonic() + LONGEST
    while not condition():
        if time.monotonic() > end:
            pytest.fail(f"waited in vain until {what}", pytrace=False)
        time.sleep(0.005)


def wait_for_files(output: Path, count: int, process: Process, pattern: str = "*.pdf") -> None:
    """Wait until so many files are there, or the process has ended before."""
    wait_until(
        lambda: (
            process.poll() is not None
            or sum(1 for path in output.rglob(pattern) if STATE not in path.parts) >= count
        ),
        f"{count} files {pattern} are there",
    )


def files_of(output: Path) -> dict[str, bytes]:
    """All files that a batch made, but for its two reports, which tell of the run itself.

    What is not whole has no name that anybody would take for a file's.
    """
    found = {}
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        is_whole = not (path.name.startswith(".") and path.suffix == ".part")
        if path.is_file() and is_whole and STATE not in path.parts and name not in _REPORTS:
            found[name] = path.read_bytes()
    return found


def torn(found: Mapping[str, bytes], reference: Mapping[str, bytes]) -> list[str]:
    """The names of files which are there and are not what they must become."""
    return [
        name
        for name, content in found.items()
        if name != "SHA256SUMS" and content != reference.get(name)
    ]


def false_sums(output: Path) -> list[str]:
    """What SHA256SUMS says that is not so, and the files that it does not name."""
    lines = (output / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    there = {
        name: sha256(content).hexdigest()
        for name, content in files_of(output).items()
        if name != "SHA256SUMS"
    }
    return sorted(name for name in told.keys() | there.keys() if told.get(name) != there.get(name))


def report_of(output: Path) -> dict[str, object]:
    found = json.loads((output / "report.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def made_by(output: Path) -> set[str]:
    """The names of the sheets that the last run made."""
    files = report_of(output)["files"]
    assert isinstance(files, list)
    return {each["name"] for each in files}


def left_over(output: Path) -> list[str]:
    """The files that are not whole."""
    return sorted(path.name for path in output.rglob(".*.part"))


def outputs(library: Path) -> int:
    """How many sheets the plan ``all`` has of a library with one language."""
    found = Library(library)
    return len(found.clinics()) * len(found.handouts())
