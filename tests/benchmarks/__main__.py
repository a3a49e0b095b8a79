"""How fast handouts are made, beside Typst, WeasyPrint and plain ReportLab.

    python -m tests.benchmarks [--rounds N] [--part sheet|packet|batch] [--write RESULTS.md]

Prints what it measures, whatever it is. The rivals come with the extra ``bench``; WeasyPrint also
needs Pango.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from handouts.places import CONTENT
from handouts.preparing import checked_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from tests.benchmarks.batch_large import large
from tests.benchmarks.batch_masters import master_bound
from tests.benchmarks.batch_press import press_bound
from tests.benchmarks.cold import cold
from tests.benchmarks.engines import missing_engines
from tests.benchmarks.machine import description, load
from tests.benchmarks.packets import packets
from tests.benchmarks.pressing import pressing
from tests.benchmarks.proof import proof
from tests.benchmarks.report import paragraph
from tests.benchmarks.scripts import scripts
from tests.benchmarks.sources import Job
from tests.benchmarks.warm import warm

HANDOUT = "progressive-multifocal-leukoencephalopathy"
CLINIC = "riverside"
PARTS = SHEET, PACKET, BATCH = "sheet", "packet", "batch"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=30, help="how often each is timed (30)")
    parser.add_argument("--part", choices=PARTS, help="one sheet at a time, packets or batches")
    parser.add_argument("--write", type=Path, metavar="FILE", help="also write the report here")
    arguments = parser.parse_args()
    lines = []
    for line in report(arguments.rounds, [arguments.part] if arguments.part else PARTS):
        print(line, flush=True)
        lines.append(line)
    if arguments.write:
        arguments.write.write_text("\n".join(lines) + "\n", "utf-8")


def report(rounds: int, parts: Sequence[str] = PARTS) -> Iterator[str]:
    missing = missing_engines()
    library = Library(CONTENT)
    handout, _ = read_handout(library, HANDOUT, library.source_language(HANDOUT))
    clinic, _ = checked_clinic(library, CLINIC)
    job = Job(library, handout, clinic)
    yield "# Benchmark\n"
    yield from paragraph(
        f"The handout “{handout.title}” for the clinic “{clinic.name}”, beside Typst, WeasyPrint "
        f"and plain ReportLab. Each figure is the median [first to third quartile] of {rounds} "
        "rounds (half of them for commands). In each round every row is timed once, in changing "
        "order, so that all share the machine's noise; ratios compare times of the same round. "
        "“Times ours” is how often ours fits into it. Processor time counts all threads."
    )
    yield from description(missing)
    yield from proof(job, missing)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if SHEET in parts:
            yield from cold(job, folder, max(1, rounds // 2), missing)
            yield from warm(job, folder, rounds, missing)
            yield from scripts(job, rounds)
            yield from pressing(job, folder, rounds, missing)
        if PACKET in parts:
            yield from packets(job, folder / "packets", max(1, rounds // 2), missing)
        if BATCH in parts:
            yield from press_bound(job, folder / "press", rounds, missing)
            yield from master_bound(job, folder / "masters", rounds, missing)
            yield from large(job, folder / "large")
    yield f"\nLoad at the end: {load()}"


if __name__ == "__main__":
    main()
