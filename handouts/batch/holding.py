"""One run at a time on one output, and a place for what a run must remember."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from handouts.batch.naming import STATE_FOLDER
from handouts.batch.stores import Store, Unwritable
from handouts.diagnostics import Diagnostic, HeldError, SourceSpan
from handouts.output import explained

_LOCK = "lock"
_HOLDER = "holder.json"


def state_folder(store: Store) -> Path:
    """Where ledger and lock are: in the output if that is a folder, or else on this machine.

    For a bucket, another machine therefore has another ledger, and makes all files once.
    """
    if store.folder is not None:
        return store.folder / STATE_FOLDER
    import platformdirs

    name = sha256(store.shown.encode()).hexdigest()[:16]
    return platformdirs.user_state_path("patient-handouts") / "batches" / name


@contextmanager
def holding(
    folder: Path,
    plan: str,
    *,
    wait: bool,
    say: Callable[[str], object] = print,
    shown: str = "",
) -> Iterator[None]:
    """Hold an output; the lock goes with the process, however that ends.

    ``shown`` names the output to a person, if it is not the folder around that of the state.

    Raises:
        HeldError: another run holds it; with ``wait`` that is told to ``say``, and waited for.
        Unwritable: the folder takes no lock.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / _LOCK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not wait:
                raise HeldError(
                    Diagnostic(
                        f"{_holder(folder)} is at work here",
                        SourceSpan(shown or folder.parent.as_posix()),
                        hint="wait until it is done, or give --wait",
                    )
                ) from None
            say(f"{_holder(folder)} is at work here: waiting for it")
            lock.acquire()
    except OSError as error:
        raise Unwritable(explained(error, folder / _LOCK)) from error
    try:
        _sign(folder, plan)
        yield
    finally:
        with suppress(OSError):  # on a disk that may not be written to any more
            (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _sign(folder: Path, plan: str) -> None:
    """Leave word of who holds the output, for whoever comes next."""
    now = datetime.fromtimestamp(time.time(), UTC)
    note = {
        "process": os.getpid(),
        "machine": socket.gethostname(),
        "plan": plan,
        "since": f"{now:%Y-%m-%d %H:%M} UTC",
    }
    try:
        (folder / _HOLDER).write_text(json.dumps(note), "utf-8")
    except OSError as error:
        raise Unwritable(explained(error, folder / _HOLDER)) from error


def _holder(folder: Path) -> str:
    try:
        note = json.loads((folder / _HOLDER).read_text("utf-8"))
        return (
            f'another run (of the plan "{note["plan"]}", process {note["process"]} on '
            f"{note['machine']}, since {note['since']})"
        )
    except (OSError, ValueError, KeyError, TypeError):  # it is just beginning or ending
        return "another run"
