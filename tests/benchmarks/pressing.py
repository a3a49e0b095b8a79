"""One handout for many clinics: only the clinic's name and colours change."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from handouts.clinic import Clinic
from handouts.output import write_whole
from handouts.paper import PAPERS
from handouts.pdf.imprint import Imprint
from handouts.pdf.press import press
from handouts.pipeline import make_imprint
from tests.benchmarks.measuring import Contender, Timing, measure
from tests.benchmarks.report import MICROSECONDS, section, target, timing_table
from tests.benchmarks.sources import Job
from tests.benchmarks.warm import WarmEngines, compose_and_paint

OWN = "ours: press, imprint at hand"
OWN_PAINTED = "ours: paint imprint, press"
TYPST_NAME = "Typst, ua-1, only the name, in source"
TYPST_INPUTS = "Typst, ua-1, in inputs"
TYPST_SOURCE = "Typst, ua-1, in source"
TYPSTS = (TYPST_NAME, TYPST_INPUTS, TYPST_SOURCE)
BARE = "bare bytes of the same size"
WHOLE = ", whole"
TIMES_TYPST = 1 / 20
OVER_BARE = 1.5

MANY = 20  # in one batch
FEW = 4

Write = Callable[[Path, bytes], object]


@dataclass(frozen=True, slots=True)
class Way:
    """``make`` makes a PDF of what ``lay`` has made of the clinic; only ``make`` is timed."""

    name: str
    lay: Callable[[Clinic], Any]
    make: Callable[[Any], bytes]
    batch: int


def pressing(job: Job, folder: Path, rounds: int, missing: dict[str, str]) -> Iterator[str]:
    """The sections of the report."""
    ways = list(_ways(job, missing))
    clinics = _new_clinics(job.clinic)
    written = folder / "pressed"

    yield from section(
        "Press, in memory",
        "The handout with its picture for one clinic after another, each with its own name and "
        "colours; times are per PDF. Typst is told the change in its inputs or in its source; in "
        "one row only the name changes, so that it can keep most of its lines. The bare bytes are "
        "copied.",
    )
    timings = measure([_contender(way, clinics, written) for way in ways], rounds)
    yield from timing_table(timings, OWN, MICROSECONDS)
    by_name = {timing.name: timing for timing in timings}
    yield from _typst_target("press", by_name)

    yield from section(
        "Press, files written",
        "Each PDF is a new file, written and closed. “Whole” files are written under another "
        "name, waited for until the disk has them (fsync) and renamed, as `make-handout` does.",
    )
    contenders = [_contender(way, clinics, written, Path.write_bytes) for way in ways]
    contenders += [
        _contender(way, clinics, written, write_whole, WHOLE)
        for way in ways
        if way.name in (OWN, BARE)
    ]
    timings = measure(contenders, rounds)
    yield from timing_table(timings, OWN, MICROSECONDS)
    by_name = {timing.name: timing for timing in timings}
    for suffix in ("", WHOLE):
        ratio = by_name[OWN + suffix].ratio_to(by_name[BARE + suffix])
        yield target(f"press and write against bare bytes{suffix}", ratio, OVER_BARE)
    yield from _typst_target("press and write", by_name)


def _typst_target(what: str, by_name: dict[str, Timing]) -> Iterator[str]:
    typsts = [by_name[name] for name in TYPSTS if name in by_name]
    if typsts:
        fastest = min(typsts, key=lambda timing: timing.wall.median)
        ratio = by_name[OWN].ratio_to(fastest)
        yield target(f"{what} against the fastest Typst on a changed clinic", ratio, TIMES_TYPST)


def _ways(job: Job, missing: dict[str, str]) -> Iterator[Way]:
    used = WarmEngines.started(job, missing)
    master = compose_and_paint(job)

    def imprint_of(clinic: Clinic) -> Imprint:
        return make_imprint(clinic, job.handout.language, PAPERS[clinic.paper])

    def pressed(imprint: Imprint) -> bytes:
        return press(master, imprint)

    yield Way(OWN, imprint_of, pressed, MANY)
    yield Way(BARE, lambda clinic: pressed(imprint_of(clinic)), _copied, MANY)
    yield Way(OWN_PAINTED, lambda clinic: clinic, lambda clinic: pressed(imprint_of(clinic)), MANY)
    if (typst := used.typst) is not None:
        source = job.typst
        yield Way(
            TYPST_NAME,
            lambda clinic: replace(job, clinic=replace(job.clinic, name=clinic.name)).typst,
            typst.compile,
            FEW,
        )
        yield Way(
            TYPST_INPUTS,
            lambda clinic: {"clinic": clinic.name, "accent": clinic.palette.accent},
            lambda inputs: typst.compile(source, inputs=inputs),
            FEW,
        )
        yield Way(
            TYPST_SOURCE, lambda clinic: replace(job, clinic=clinic).typst, typst.compile, FEW
        )
    if (weasyprint := used.weasyprint) is not None:

        def sources(clinic: Clinic) -> tuple[str, str]:
            changed = replace(job, clinic=clinic)
            return changed.html, changed.css

        yield Way(
            "WeasyPrint, pdf/ua-1",
            sources,
            lambda pair: weasyprint.write(pair[0], weasyprint.style(pair[1])),
            1,
        )


def _copied(body: bytes) -> bytes:
    return bytes(memoryview(body))


def _contender(
    way: Way,
    clinics: Iterator[Clinic],
    folder: Path,
    write: Write | None = None,
    suffix: str = "",
) -> Contender:
    laid: list[Any] = []

    def prepare(_: int) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        laid[:] = [way.lay(next(clinics)) for _ in range(way.batch)]

    def work(_: int) -> int:
        for number, piece in enumerate(laid):
            pdf = way.make(piece)
            if write is not None:
                write(folder / f"{number}.pdf", pdf)
        return len(laid)

    return Contender(way.name + suffix, work, prepare)


def _new_clinics(pattern: Clinic) -> Iterator[Clinic]:
    """Clinics that nobody has seen before, alike but for name and colours."""
    chance = random.Random("clinics")
    for number in count(1):
        # Dark enough to be read on paper and on the tint.
        accent = "#" + "".join(f"{chance.randrange(0x60):02X}" for _ in range(3))
        palette = replace(pattern.palette, accent=accent)
        yield replace(pattern, name=f"Riverside Clinic {number}", palette=palette)
