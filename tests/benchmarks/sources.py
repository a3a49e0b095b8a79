"""A job: one handout for one clinic, in the form that each engine takes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from handouts.clinic import Clinic
from handouts.document import Handout
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from tests.benchmarks.engines import ATKINSON
from tests.benchmarks.equal_sheet import EqualSheet, equal_sheet
from tests.benchmarks.html_source import html_source, style_sheet
from tests.benchmarks.new_text import reworded_library
from tests.benchmarks.reportlab_source import reportlab_source
from tests.benchmarks.typst_source import typst_source


@dataclass(frozen=True)
class Job:
    """Sources are written when first asked for."""

    library: Library
    handout: Handout
    clinic: Clinic

    @cached_property
    def sheet(self) -> EqualSheet:
        return equal_sheet(self.handout, self.clinic)

    @cached_property
    def typst(self) -> str:
        return typst_source(self.sheet)

    @cached_property
    def typst_at_optimum(self) -> str:
        return typst_source(self.sheet, breaks_at_optimum=True)

    @cached_property
    def css(self) -> str:
        return style_sheet(self.sheet, ATKINSON)

    @cached_property
    def html(self) -> str:
        return html_source(self.sheet)

    @cached_property
    def reportlab(self) -> dict[str, object]:
        return reportlab_source(self.without_pictures.sheet)

    @cached_property
    def without_pictures(self) -> Job:
        if not self.handout.pictures:
            return self
        return replace(self, handout=replace(self.handout, pictures=()))


class NewTexts:
    """The handout again and again in other words, the same words at every run.

    ``invented`` is the share of words that no engine can have met.
    """

    def __init__(self, job: Job, folder: Path, *, invented: float, with_pictures: bool) -> None:
        self._job, self._folder = job, folder
        self._invented, self._with_pictures = invented, with_pictures
        self._latest: dict[str, tuple[int, Job]] = {}

    def job(self, series: str, number: int) -> Job:
        """The job of a round. No series says what another one says."""
        latest = self._latest.get(series)
        if latest is None or latest[0] != number:
            self._latest[series] = latest = (number, self._new_job(f"{series}-{number}"))
        return latest[1]

    def _new_job(self, name: str) -> Job:
        slug, tag = self._job.handout.slug, self._job.handout.language
        library = reworded_library(
            self._job.library,
            slug,
            tag,
            self._folder / name,
            seed=name,
            invented=self._invented,
            with_pictures=self._with_pictures,
        )
        return Job(library, read_handout(library, slug, tag)[0], self._job.clinic)
