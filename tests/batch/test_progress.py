"""How a run comes on, where there is no terminal."""

from __future__ import annotations

import io

import pytest

from handouts.batch import progress
from handouts.batch.outcomes import Failure, Outcome
from handouts.batch.progress import showing
from handouts.batch.records import Pressed
from handouts.batch.stores import Stamp
from handouts.batch.tallying import Tally
from handouts.diagnostics import Diagnostic


def one_more(tally: Tally, name: str = "a.pdf") -> None:
    tally.keep(Outcome(pressed=(Pressed(name, Stamp(5, ""), b""),)))


def test_where_there_is_no_terminal_it_comes_on_in_plain_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(progress, "_BETWEEN_LINES", 0.0)
    tally = Tally(total=1200)
    stream = io.StringIO()
    with showing(tally, stream) as say:
        one_more(tally)
        tally.stay(1000)
        say("by the way")
        tally.fail(Failure(3, (Diagnostic("oh"),)), ["b.pdf"])
    assert stream.getvalue() == (
        "1 of 1,200: 1 made, 0 unchanged\n"
        "1,001 of 1,200: 1 made, 1,000 unchanged\n"
        "by the way\n"
        "1,002 of 1,200: 1 made, 1,000 unchanged, 1 failed\n"
    )


def test_lines_do_not_come_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    tally = Tally(total=9)
    stream = io.StringIO()
    with showing(tally, stream):
        for now in (101.0, 104.9, 105.0, 106.0, 110.1):  # noqa: B007 (the clock reads it)
            one_more(tally)
    assert stream.getvalue() == "3 of 9: 3 made, 0 unchanged\n5 of 9: 5 made, 0 unchanged\n"
