"""Whole batches to places that are no folder of this machine."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from handouts.batch.buckets import BucketStore
from handouts.batch.holding import holding, state_folder
from handouts.diagnostics import HeldError
from tests.batch.examples import LAKESIDE, NAMES, Network, figures, made_network, pieces
from tests.batch.sftp_server import CHECKOUT, Server, serving

PLAN = "bundles: [index, zip]\n"
REPORTS = {"report.json", "report.html", "SHA256SUMS"}
BUNDLES = {
    name
    for clinic in ("hillside", "lakeside", "riverside")
    for name in (f"{clinic}/index.pdf", f"{clinic}/index.html", f"{clinic}.zip")
}


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return made_network(tmp_path)


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MemoryFileSystem]:
    """An empty memory; what this machine remembers of it goes with the test."""
    monkeypatch.setattr(platformdirs, "user_state_path", lambda name: tmp_path / "state" / name)
    MemoryFileSystem.store.clear()
    yield MemoryFileSystem()
    MemoryFileSystem.store.clear()


def there(memory: MemoryFileSystem) -> dict[str, bytes]:
    return {
        name.removeprefix("/out/"): memory.cat_file(name)
        for name in memory.find("/out")
        if not name.startswith("/out/.handouts/")
    }


def test_a_batch_goes_into_a_bucket(network: Network, memory: MemoryFileSystem) -> None:
    first = network.run(PLAN, place="memory://out")
    assert (figures(first), first.exit_code) == ((9, 0, 0), 0)
    files = there(memory)
    assert set(files) == NAMES | BUNDLES | REPORTS
    network.run(PLAN)
    in_folder = network.files()
    assert {name: files[name] for name in NAMES | BUNDLES} == {
        name: in_folder[name] for name in NAMES | BUNDLES
    }
    assert files["SHA256SUMS"] == in_folder["SHA256SUMS"]


def test_only_what_changed_goes_into_a_bucket_again(
    network: Network, memory: MemoryFileSystem
) -> None:
    network.run(PLAN, place="memory://out")
    before = there(memory)
    second = network.run(PLAN, place="memory://out")
    assert (figures(second), pieces(second), second.tally.bundles) == ((0, 9, 0), (0, 0), 0)
    network.edit(LAKESIDE, "09 555 0163\"}", "09 555 0199\"}")  # fmt: skip
    third = network.run(PLAN, place="memory://out")
    assert (figures(third), third.tally.bundles) == ((3, 6, 0), 3)
    after = there(memory)
    changed = {name for name in after if after[name] != before[name]} - REPORTS
    assert changed == {name for name in NAMES | BUNDLES if name.startswith("lakeside")}


def test_a_file_that_is_gone_from_a_bucket_is_made_again(
    network: Network, memory: MemoryFileSystem
) -> None:
    network.run(place="memory://out")
    content = memory.cat_file("/out/riverside/en/asthma.pdf")
    memory.rm_file("/out/riverside/en/asthma.pdf")
    memory.pipe_file("/out/riverside/es/asthma.pdf", b"mine")
    again = network.run(place="memory://out")
    assert figures(again) == (2, 7, 0)
    assert memory.cat_file("/out/riverside/en/asthma.pdf") == content


def test_files_that_left_the_plan_are_removed_from_a_bucket(
    network: Network, memory: MemoryFileSystem
) -> None:
    network.run(PLAN, place="memory://out")
    narrower = f"clinics: [riverside]\n{PLAN}"
    listed = network.run(narrower, place="memory://out")
    assert set(listed.orphans) == {
        name for name in NAMES | BUNDLES if not name.startswith("riverside")
    }
    pruned = network.run(narrower, place="memory://out", prune=True)
    assert set(pruned.removed) == set(listed.orphans)
    assert set(there(memory)) == REPORTS | {
        name for name in NAMES | BUNDLES if name.startswith("riverside")
    }


def test_who_holds_a_bucket_is_told_with_its_address(
    network: Network, memory: MemoryFileSystem
) -> None:
    state = state_folder(BucketStore("memory://out"))
    with (
        holding(state, "winter", wait=False),
        pytest.raises(HeldError, match=r"memory://out: error: another run \(of the plan"),
    ):
        network.run(place="memory://out")


def test_two_buckets_are_remembered_apart(network: Network, memory: MemoryFileSystem) -> None:
    assert figures(network.run(place="memory://out")) == (9, 0, 0)
    assert figures(network.run(place="memory://out/elsewhere")) == (9, 0, 0)
    assert figures(network.run(place="memory://out")) == (0, 9, 0)


# --- a server --------------------------------------------------------------------------------


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "sftp") as running:
        yield running


def batch(network: Network, server: Server, *options: str) -> subprocess.CompletedProcess[str]:
    """The command with two workers, with what it needs to know in fsspec's configuration."""
    folder = network.folder
    environment = {
        **server.configure(folder / "fsspec"),
        "XDG_STATE_HOME": str(folder / "state"),
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONUTF8": "1",
        "HOME": str(folder),
        "PATH": "",
    }
    script = "from handouts.cli import main; main()"
    arguments = ["batch", "all", "--library", "library", "--output", f"{server.address}/out"]
    return subprocess.run(
        [sys.executable, "-c", script, *arguments, "--jobs", "2", *options],
        capture_output=True, encoding="utf-8", check=False, cwd=folder, env=environment,
    )  # fmt: skip


def on_server(server: Server) -> dict[str, bytes]:
    root = server.root / "out"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".handouts" not in path.parts
    }


@pytest.mark.slow
def test_a_batch_goes_to_a_server(network: Network, server: Server) -> None:
    network.plan(PLAN)
    first = batch(network, server)
    assert (first.returncode, first.stderr) == (0, "")
    files = on_server(server)
    assert set(files) == NAMES | BUNDLES | REPORTS
    report = json.loads(files["report.json"])
    assert (report["made"], report["output"]) == (9, f"{server.address}/out")
    assert list((server.root / "out/.handouts/partial").iterdir()) == []

    second = batch(network, server)
    assert (second.returncode, second.stderr) == (0, "")
    assert json.loads(on_server(server)["report.json"])["unchanged"] == 9

    network.edit(LAKESIDE, "09 555 0163\"}", "09 555 0199\"}")  # fmt: skip
    third = batch(network, server)
    assert (third.returncode, third.stderr) == (0, "")
    after = on_server(server)
    changed = {name for name in after if after[name] != files[name]} - REPORTS
    assert changed == {name for name in NAMES | BUNDLES if name.startswith("lakeside")}
    network.run(PLAN)
    assert {name: content for name, content in after.items() if name not in REPORTS} == {
        name: content for name, content in network.files().items() if name not in REPORTS
    }


def test_a_server_that_is_not_there_is_told_of_before_anything_is_made(
    network: Network, server: Server
) -> None:
    network.plan(PLAN)
    server.process.kill()
    server.process.wait()
    answer = batch(network, server)
    assert answer.returncode == 8
    assert answer.stderr.startswith(f"{server.address}/out: error: the place cannot be used: ")
    assert "Traceback" not in answer.stderr
