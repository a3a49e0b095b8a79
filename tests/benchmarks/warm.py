"""Warm engines on text that none of them has seen: source in, PDF in memory out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from handouts.paper import PAPERS
from handouts.pdf.imprint import Imprint
from handouts.pdf.master import Master
from handouts.pdf.press import press
from handouts.pipeline import make_imprint, make_master
from handouts.reading.handouts import read_handout
from tests.benchmarks import engines
from tests.benchmarks.measuring import Contender, Timing, measure
from tests.benchmarks.report import MILLISECONDS, section, target, timing_table
from tests.benchmarks.sources import Job, NewTexts

OWN = "ours: compose, paint"
TYPST = "Typst, ua-1"
NO_SLOWER = 1.0


@dataclass(frozen=True, slots=True)
class WarmEngines:
    """``typst`` and ``weasyprint`` are None where they are not installed."""

    typst: engines.Typst | None
    weasyprint: engines.WeasyPrint | None
    reportlab: engines.ReportLab
    imprint: Imprint

    @classmethod
    def started(cls, job: Job, missing: dict[str, str]) -> WarmEngines:
        return cls(
            None if "typst" in missing else engines.Typst(),
            None if "weasyprint" in missing else engines.WeasyPrint(),
            engines.ReportLab(),
            make_imprint(job.clinic, job.handout.language, PAPERS[job.clinic.paper]),
        )


def compose_and_paint(job: Job) -> Master:
    return make_master(job.handout, PAPERS[job.clinic.paper], job.clinic.emergency_number)


def from_files(job: Job, imprint: Imprint) -> bytes:
    handout, _ = read_handout(job.library, job.handout.slug, job.handout.language)
    return press(compose_and_paint(Job(job.library, handout, job.clinic)), imprint)


def warm(job: Job, folder: Path, rounds: int, missing: dict[str, str]) -> Iterator[str]:
    """The sections of the report."""
    used = WarmEngines.started(job, missing)
    yield from section(
        "Warm, new text each time: words only",
        "Every word is replaced by another word of the same handout, drawn anew for each round; "
        "within a round all main rows set the same text, other rows of an engine set other text, "
        "so that no row finds another's work in a cache. Typst breaks lines one by one unless "
        "the row says otherwise; ours always breaks a paragraph at its optimum.",
    )
    texts = NewTexts(job, folder / "words", invented=0, with_pictures=False)
    yield from _table(list(_all_contenders(texts, used)), rounds, is_target=True)

    yield from section("Warm, new text each time: with the picture")
    texts = NewTexts(job, folder / "picture", invented=0, with_pictures=True)
    yield from _table(list(_main_contenders(texts, used)), rounds)

    for share in (0.2, 1.0):
        yield from section(
            f"Warm, new text each time: {share:.0%} of the words invented",
            "Words only. Invented words cannot be in a cache of shaped words.",
        )
        texts = NewTexts(job, folder / f"invented-{share}", invented=share, with_pictures=False)
        contenders = [each for each in _main_contenders(texts, used) if each.name in (OWN, TYPST)]
        yield from _table(contenders, rounds)


def _table(contenders: list[Contender], rounds: int, *, is_target: bool = False) -> Iterator[str]:
    timings = measure(contenders, rounds, uncounted=3)
    yield from timing_table(timings, OWN, MILLISECONDS)
    by_name: dict[str, Timing] = {timing.name: timing for timing in timings}
    if is_target and TYPST in by_name:
        ratio = by_name[OWN].ratio_to(by_name[TYPST])
        yield target("compose and paint against warm Typst", ratio, NO_SLOWER)


def _main_contenders(texts: NewTexts, used: WarmEngines) -> Iterator[Contender]:
    """Each engine once; all set the texts of the same series."""
    yield _contender(OWN, texts, "a", lambda job: job.handout, compose_and_paint)
    if (typst := used.typst) is not None:
        yield _contender(
            TYPST, texts, "a", lambda job: job.typst, lambda job: typst.compile(job.typst)
        )
    if (weasyprint := used.weasyprint) is not None:
        style = weasyprint.style(texts.job("a", 0).css)
        yield _contender(
            "WeasyPrint, pdf/ua-1",
            texts,
            "a",
            lambda job: job.html,
            lambda job: weasyprint.write(job.html, style),
        )


def _all_contenders(texts: NewTexts, used: WarmEngines) -> Iterator[Contender]:
    yield from _main_contenders(texts, used)
    yield _contender(
        "plain ReportLab, untagged, unshaped",
        texts,
        "a",
        lambda job: job.reportlab,
        lambda job: used.reportlab.write(job.reportlab),
    )
    yield _contender(
        "ours: compose, paint, press",
        texts,
        "b",
        lambda job: job.handout,
        lambda job: press(compose_and_paint(job), used.imprint),
    )
    yield _contender(
        "ours: read files, compose, paint, press",
        texts,
        "c",
        lambda job: job.handout,
        lambda job: from_files(job, used.imprint),
    )
    if (typst := used.typst) is not None:
        yield _contender(
            "Typst, ua-1 and a-2a",
            texts,
            "b",
            lambda job: job.typst,
            lambda job: typst.compile(job.typst, engines.UA_AND_A),
        )
        yield _contender(
            "Typst, ua-1, optimum line breaks",
            texts,
            "c",
            lambda job: job.typst_at_optimum,
            lambda job: typst.compile(job.typst_at_optimum),
        )


def _contender(
    name: str,
    texts: NewTexts,
    series: str,
    source: Callable[[Job], object],
    make: Callable[[Job], object],
) -> Contender:
    def work(number: int) -> int:
        make(texts.job(series, number))
        return 1

    return Contender(name, work, prepare=lambda number: source(texts.job(series, number)))
