"""Every handout of the content library in every language it has, each made once in a run.

Papers and clinics are spread over the languages, so that each comes up with many of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from handouts.clinic import Clinic
from handouts.document import Handout
from handouts.languages import language
from handouts.layout.pages import Item, PanelPlace, PanelSet, PlacedLine, Sheet
from handouts.layout.panels import lay_out_panels
from handouts.layout.sheets import lay_out
from handouts.paper import PAPERS, Paper
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts, make_imprint
from handouts.reading.handouts import read_handout
from tests.layout.outline import text_of
from tests.sheets import CLINICS, LIBRARY, PAPER_NAMES, clinic_named

MADE = tuple((slug, tag) for slug in LIBRARY.handouts() for tag in LIBRARY.languages(slug))


@dataclass(frozen=True, slots=True)
class Made:
    """A handout in one language, what was laid out of it, and the finished file."""

    tag: str
    handout: Handout
    clinic: Clinic | None
    paper: Paper
    sheet: Sheet
    panels: PanelSet
    pdf: bytes

    @property
    def pages(self) -> list[str]:
        """The lines of text painted on each page; those of the header and the panels too."""
        return [
            "\n".join(self._lines((*page.items, *page.header_footer))) for page in self.sheet.pages
        ]

    def _lines(self, items: Iterable[Item]) -> Iterator[str]:
        for item in items:
            if isinstance(item, PlacedLine):
                yield text_of(item.line)
            elif isinstance(item, PanelPlace):
                yield from self._lines(self.panels.panels[item.panel].items)


@cache
def made(slug: str, tag: str) -> Made:
    order = MADE.index((slug, tag))
    clinic = clinic_named(CLINICS[order % len(CLINICS)])
    return make(slug, tag, clinic, PAPERS[PAPER_NAMES[order % len(PAPER_NAMES)]])


def make(slug: str, tag: str, clinic: Clinic | None, paper: Paper) -> Made:
    handout, _ = read_handout(LIBRARY, slug, tag)
    number = clinic.emergency_number if clinic is not None else ""
    sheet = lay_out(handout, language(tag), fonts(), paper, number)
    panels = lay_out_panels(clinic, language(tag), fonts(), paper)
    pdf = press(paint_master(sheet), make_imprint(clinic, tag, paper))
    return Made(tag, handout, clinic, paper, sheet, panels, pdf)
