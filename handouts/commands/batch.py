"""The command for batches."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from handouts.shell import counted, library_option, open_library, show

if TYPE_CHECKING:
    from handouts.batch.forecasting import Forecast, Kind
    from handouts.batch.reporting import Summary
    from handouts.batch.running import Order

MOST_FAILURES = 10
MOST_NAMES = 3


@click.command()
@click.argument("plan")
@click.option(
    "--output",
    metavar="DIR",
    default="",
    help="Where the files go: a folder, or an address such as s3://bucket/sheets. Without it: a "
    "folder here, named after the plan.",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 256),
    help="How many processes work at a time. Without it: one for each processor.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    default="",
    help="Let the workers of a Dask cluster do it, such as tcp://10.0.0.5:8786. They must see the "
    "library and the output at the same places.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be made and why; make nothing.")
@click.option("--why", metavar="FILE", default="", help="Say why one file would be made, or not.")
@click.option(
    "--prune",
    is_flag=True,
    help="Remove files that this plan once made and makes no longer. Without it they are listed.",
)
@click.option(
    "--verify",
    is_flag=True,
    help="Read each file back after it is written, and put some of them through veraPDF.",
)
@click.option("--yes", is_flag=True, help="Make more PDFs than the plan's limit.")
@click.option(
    "--wait", is_flag=True, help="If another run is at work there, wait until it is done."
)
@library_option
def batch(
    plan: str,
    output: str,
    jobs: int | None,
    scheduler: str,
    dry_run: bool,
    why: str,
    prune: bool,
    verify: bool,
    yes: bool,
    wait: bool,
    folder: Path | None,
) -> None:
    """Make all PDFs of a PLAN: many handouts, languages and clinics.

    PLAN is a name from the folder "batches" of the library, or a file: .yaml, or .csv from a
    spreadsheet. Only what changed is made; a run that was stopped goes on where it was.

    \b
    Examples:
      make-handout batch every-clinic --dry-run
      make-handout batch every-clinic --output sheets
      make-handout batch every-clinic --output sheets --why riverside/es/asthma.pdf
    """
    from handouts.batch.running import Order
    from handouts.reading.plans import find_plan, read_plan

    library = open_library(folder)
    file = find_plan(library, plan)
    read, warnings = read_plan(file)
    show(warnings)
    order = Order(
        library,
        read,
        output or read.name,
        jobs or _processors(),
        scheduler,
        prune=prune,
        verify=verify,
        yes=yes,
        wait=wait,
    )
    if why:
        _explain(order, why)
    elif dry_run:
        _foretell(order)
    else:
        _run(order)


def _processors() -> int:
    """How many this process may use, which can be fewer than there are."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS, Windows
        return os.cpu_count() or 1


def _run(order: Order) -> None:
    from handouts.batch.progress import showing
    from handouts.batch.running import run
    from handouts.batch.tallying import Tally

    tally = Tally()
    told: list[str] = []

    def tell(note: str) -> None:
        told.append(note)
        say(note)

    try:
        with showing(tally, sys.stderr) as say:
            summary = run(order, tally, tell)
    except KeyboardInterrupt:
        click.echo(f"stopped: {tally.made:,} made; run the command again to go on", err=True)
        raise
    _tell(summary, told)
    sys.exit(summary.exit_code)


def _tell(summary: Summary, told: Sequence[str]) -> None:
    """Failures and what is left over to standard error, the figures to standard output.

    ``told`` are the notes that were told while it ran.
    """
    for failure, names in list(summary.tally.troubles.items())[:MOST_FAILURES]:
        show(failure.problems)
        if names:
            click.echo(f"  not made: {_some(names)}", err=True)
    if len(summary.tally.troubles) > MOST_FAILURES:
        more = len(summary.tally.troubles) - MOST_FAILURES
        click.echo(f"{counted(more, 'more reason')} in {summary.place}/report.html", err=True)
    if summary.stopped:
        show(summary.stopped.problems)
        click.echo("what was made stays, and the same command goes on from there", err=True)
    for note in summary.tally.notes:
        if note not in told:
            click.echo(note, err=True)
    if summary.orphans:
        click.echo(
            f"no longer in the plan (--prune removes them): {_some(summary.orphans)}", err=True
        )
    for line in summary.lines():
        click.echo(line)


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    more = f" and {len(listed) - MOST_NAMES:,} more" if len(listed) > MOST_NAMES else ""
    return ", ".join(listed[:MOST_NAMES]) + more


def _foretell(order: Order) -> None:
    from handouts.batch.forecasting import forecast
    from handouts.batch.running import opened
    from handouts.batch.stores import open_store

    with opened(order, open_store(order.place), read_only=True) as batch:
        told = forecast(batch)
        for note in batch.notes:
            click.echo(note, err=True)
    for line in _foretold(told, order):
        click.echo(line)


def _foretold(told: Forecast, order: Order) -> Iterable[str]:
    pdfs, clinics = counted(told.total, "PDF"), counted(told.clinics, "clinic")
    yield (
        f'The plan "{order.plan.name}" has {pdfs} for {clinics}, pressed from '
        f"{counted(told.masters, 'master')}."
    )
    if told.total > order.plan.limit:
        yield f"That is more than its limit of {order.plan.limit:,}: give --yes to make them."
    yield f"{told.to_make:,} would be made, {told.unchanged:,} are up to date."
    yield from _kinds(told.reasons)
    if order.plan.bundles and told.changing:
        bundles = " and ".join(order.plan.bundles)
        yield f"Then {bundles} would be put together for {counted(told.changing, 'clinic')}."
    if told.failing:
        yield "These cannot be made:"
        yield from _kinds(told.failing)
    if told.orphans.count:
        yield "These no longer belong to the plan; --prune removes them:"
        yield from _kinds({"made by an earlier run": told.orphans})


def _kinds(kinds: dict[str, Kind]) -> Iterable[str]:
    for why, kind in sorted(kinds.items(), key=lambda item: (-item[1].count, item[0])):
        yield f"  {kind.count:,}: {why}"
        for name in kind.examples:
            yield f"      {name}"
        if kind.count > len(kind.examples):
            yield f"      and {kind.count - len(kind.examples):,} more"


def _explain(order: Order, name: str) -> None:
    from handouts.batch.forecasting import explained
    from handouts.batch.running import opened
    from handouts.batch.stores import open_store

    with opened(order, open_store(order.place), read_only=True) as batch:
        for line in explained(batch, _name_in(order.place, name)):
            click.echo(line)


def _name_in(place: str, name: str) -> str:
    """The name in the output of a file that is named with the output or without it."""
    if "://" in place:
        return name.removeprefix(f"{place.rstrip('/')}/")
    path, folder = Path(name).absolute(), Path(place).absolute()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else name
