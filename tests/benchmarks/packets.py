"""A packet of many handouts, each in words of its own: files in, one PDF in memory out."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from pypdf import PdfWriter

from handouts.packing import pack
from handouts.pipeline import build
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from handouts.request import PacketRequest, Request
from tests.benchmarks import engines
from tests.benchmarks.measuring import Contender, measure
from tests.benchmarks.new_text import reworded_library
from tests.benchmarks.report import MILLISECONDS, section, target, timing_table
from tests.benchmarks.sources import Job

HANDOUTS = 50
OWN = "ours: read, lay out, one file"
SECONDS = 2.0  # for the whole packet


def packets(
    job: Job, folder: Path, rounds: int, missing: dict[str, str], *, count: int = HANDOUTS
) -> Iterator[str]:
    """The section of the report."""
    yield from section(
        f"A packet of {count} handouts, new text each time",
        f"One PDF of {count} handouts, with cover, outline, both page numbers and one structure "
        "tree, in a process that has made another before. Every word is replaced by another word "
        "of the same handout; the rows of an engine set different texts. pypdf joins files that "
        "are made one by one, so there is no cover and no number of the packet's page. Typst gets "
        "its source ready made; the others read YAML and Markdown.",
    )
    texts = _Texts(job, folder, count)
    timings = measure(list(_contenders(texts, missing)), rounds)
    yield from timing_table(timings, OWN, MILLISECONDS)
    yield target(f"seconds for a packet of {count} handouts", timings[0].wall, SECONDS)


class _Texts:
    """Libraries with a clinic and ``count`` handouts, each the job's in other words."""

    def __init__(self, job: Job, folder: Path, count: int) -> None:
        self.job = job
        self.slugs = tuple(f"topic-{number:02}" for number in range(1, count + 1))
        self._folder = folder

    def library(self, series: str, number: int) -> Library:
        """Made when first asked for. No series says what another one says."""
        library = Library(self._folder / f"{series}-{number}")
        if not library.root.exists():
            self._make(library, f"{series}-{number}")
        return library

    def typst(self, series: str, number: int) -> str:
        """One document of all; a label is that of one handout."""
        library = self.library(series, number)
        tag = self.job.handout.language
        sources = []
        for slug in self.slugs:
            handout = read_handout(library, slug, tag)[0]
            source = Job(library, handout, self.job.clinic).typst
            sources.append(re.sub(r"<(?=reference-)", f"<{slug}-", source))
        return "\n".join(sources)

    def _make(self, library: Library, seed: str) -> None:
        own = self.job.library
        handouts = library.root / "handouts"
        handouts.mkdir(parents=True)
        clinic = self.job.clinic.slug
        shutil.copytree(own.clinic_file(clinic).parent, library.root / "clinics" / clinic)
        for slug in self.slugs:
            made = reworded_library(
                own,
                self.job.handout.slug,
                self.job.handout.language,
                library.root / "made" / slug,
                seed=f"{seed}-{slug}",
                invented=0,
                with_pictures=False,
            )
            made.handout_folder(self.job.handout.slug).rename(handouts / slug)


def _contenders(texts: _Texts, missing: dict[str, str]) -> Iterator[Contender]:
    clinic = texts.job.clinic.slug

    def packed(number: int) -> bytes:
        wish = Request("", clinic=clinic)
        request = PacketRequest(texts.slugs, wish, cover=True)
        return pack(texts.library("a", number), request).pdf

    def singles(series: str, number: int) -> list[bytes]:
        library = texts.library(series, number)
        return [build(library, Request(slug, clinic=clinic)).pdf for slug in texts.slugs]

    yield _contender(OWN, packed, lambda number: texts.library("a", number))
    yield _contender(
        "ours: as many files",
        lambda number: singles("b", number),
        lambda number: texts.library("b", number),
    )
    yield _contender(
        "ours: as many files, joined by pypdf",
        lambda number: _joined(singles("c", number)),
        lambda number: texts.library("c", number),
    )
    if "typst" not in missing:
        typst = engines.Typst()
        sources: dict[int, str] = {}

        def compiled(number: int) -> bytes:
            return typst.compile(sources[number])

        def source(number: int) -> None:
            sources[number] = texts.typst("a", number)

        yield _contender("Typst, ua-1: one document", compiled, source)


def _contender(
    name: str, make: Callable[[int], object], prepare: Callable[[int], object]
) -> Contender:
    def work(number: int) -> int:
        make(number)
        return 1

    return Contender(name, work, prepare)


def _joined(pdfs: list[bytes]) -> bytes:
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(io.BytesIO(pdf))
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
