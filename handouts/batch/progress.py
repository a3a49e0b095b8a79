"""How a run comes on: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from handouts.batch.tallying import Tally

_BETWEEN_LINES = 5.0  # seconds
_BETWEEN_LOOKS = 0.1


@contextmanager
def showing(tally: Tally, stream: TextIO) -> Iterator[Callable[[str], object]]:
    """Show the tally while it changes; yields what prints a line beside it."""
    if stream.isatty():
        with _bar(tally, stream) as say:
            yield say
    else:
        lines = _Lines(tally, stream)
        tally.changed = lines.changed
        yield lines.say


@contextmanager
def _bar(tally: Tally, stream: TextIO) -> Iterator[Callable[[str], object]]:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(file=stream, highlight=False, markup=False, emoji=False)
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None, told="")
        seen = 0.0

        def changed() -> None:
            nonlocal seen
            if (now := time.monotonic()) - seen >= _BETWEEN_LOOKS:
                seen = now
                progress.update(task, total=tally.total, completed=tally.done, told=_told(tally))

        tally.changed = changed
        yield progress.console.print


class _Lines:
    def __init__(self, tally: Tally, stream: TextIO) -> None:
        self._tally, self._stream = tally, stream
        self._seen = time.monotonic()

    def changed(self) -> None:
        if (now := time.monotonic()) - self._seen >= _BETWEEN_LINES:
            self._seen = now
            tally = self._tally
            self.say(f"{tally.done:,} of {tally.total:,}: {_told(tally)}")

    def say(self, line: str) -> None:
        self._stream.write(f"{line}\n")
        self._stream.flush()


def _told(tally: Tally) -> str:
    failed = f", {tally.failed:,} failed" if tally.failed else ""
    return f"{tally.made:,} made, {tally.unchanged:,} unchanged{failed}"
