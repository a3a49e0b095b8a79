"""The same handout in one language after another: time for a page, beside English."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.document import Handout
from handouts.languages import language
from handouts.paper import PAPERS
from handouts.pipeline import make_master
from handouts.reading.handouts import read_handout
from tests.benchmarks.measuring import Contender, measure
from tests.benchmarks.other_words import in_other_words
from tests.benchmarks.report import MILLISECONDS, languages_table, section, target
from tests.benchmarks.sources import Job

ENGLISH = "en"
LANGUAGES = (
    ENGLISH, "ar", "ur", "he", "hi", "bn", "ta", "th", "km", "my", "zh-Hans", "zh-Hant", "ja", "ko",
)  # fmt: skip
WITH_TARGET = ("ar", "hi", "th", "zh-Hans", "zh-Hant")
NO_SLOWER = 2.0


class NewPages:
    """A handout in one language, in other words each round."""

    def __init__(self, handout: Handout, job: Job, invented: float) -> None:
        self._handout, self._job, self._invented = handout, job, invented
        self._next = handout
        self.pages = 0

    def prepare(self, number: int) -> None:
        seed = f"{self._invented}-{self._handout.language}-{number}"
        self._next = in_other_words(self._handout, seed, self._invented)

    def make(self, number: int) -> int:
        clinic = self._job.clinic
        master = make_master(self._next, PAPERS[clinic.paper], clinic.emergency_number)
        self.pages = master.page_count
        return self.pages


def scripts(job: Job, rounds: int) -> Iterator[str]:
    """The sections of the report."""
    handouts = [read_handout(job.library, job.handout.slug, tag)[0] for tag in LANGUAGES]
    yield from section(
        "Scripts, new text each time: words only",
        "Compose and paint, warm, per page; pages hold more or fewer words from script to script. "
        "Every word is replaced by another of the same handout, script and length, drawn anew for "
        "each round.",
    )
    yield from _table(handouts, job, rounds, invented=0)
    yield from section(
        "Scripts, new text each time: 20% of the words invented",
        "As above, but every fifth word is put together from the halves of two others.",
    )
    yield from _table(handouts, job, rounds, invented=0.2)


def _table(handouts: list[Handout], job: Job, rounds: int, *, invented: float) -> Iterator[str]:
    rows = {handout.language: NewPages(handout, job, invented) for handout in handouts}
    contenders = [Contender(tag, row.make, row.prepare) for tag, row in rows.items()]
    timings = measure(contenders, rounds, uncounted=3)
    names = {tag: language(ENGLISH).language_name(tag) for tag in rows}
    pages = [row.pages for row in rows.values()]
    yield from languages_table(timings, list(names.values()), pages, MILLISECONDS)
    english = timings[0]
    for timing in timings:
        if timing.name in WITH_TARGET:
            what = f"{names[timing.name]} against English, per page"
            yield target(what, timing.ratio_to(english), NO_SLOWER)
