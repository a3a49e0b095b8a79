"""The way of a handout through the program: read, check, compose, paint, press.

read      files of a library          → Handout, Clinic
check     Handout, Clinic             → diagnostics
compose   Handout                     → Sheet (pages and structure, clinic-blind)
paint     Sheet                       → Master (bytes that no clinic changes)
imprint   Clinic                      → Imprint (logo, panels, palette)
press     Master + Imprint            → one PDF

``handouts/preparing.py`` reads and checks what a request names; the rest begins here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from handouts.clinic import Clinic
from handouts.diagnostics import Diagnostic
from handouts.document import Handout, Notice
from handouts.edition import Edition
from handouts.languages import Languages
from handouts.layout.panels import lay_out_panels
from handouts.layout.setting import GENERATORS_OWN
from handouts.layout.sheets import lay_out
from handouts.listing import Index
from handouts.paper import Paper
from handouts.pdf import showing
from handouts.pdf.imprint import Imprint, paint_imprint
from handouts.pdf.master import Master, paint_master
from handouts.pdf.press import press
from handouts.places import FONTS
from handouts.preparing import Prepared, prepare
from handouts.reading.library import Library
from handouts.request import Request
from handouts.text import line_breaking
from handouts.text.fonts import FontLibrary


@dataclass(frozen=True, slots=True)
class Built:
    """A finished PDF and what its makers should know about the files it came from.

    ``wanted`` is the language that ``language`` stands in for, if it does.
    """

    pdf: bytes
    language: str
    page_count: int
    warnings: tuple[Diagnostic, ...]
    wanted: str = ""


def build(library: Library, request: Request) -> Built:
    """One handout as a PDF.

    Raises:
        HandoutError: with every problem found; nothing is made then.
    """
    return set_in_pdf(prepare(library, request))


def set_in_pdf(prepared: Prepared) -> Built:
    """What was prepared as a PDF.

    Raises:
        HandoutError: something does not fit its place, or cannot be shown.
    """
    handout, languages, paper = prepared.handout, prepared.languages, prepared.paper
    number = prepared.emergency_number
    edition = prepared.edition
    if prepared.twin is not None:
        master = make_twin_master(
            handout, prepared.twin, paper, number, languages, edition, prepared.pages
        )
    else:
        notice, pages = prepared.notice, prepared.pages
        master = make_master(handout, paper, number, languages, notice, edition, pages)
    imprint = make_imprint(prepared.clinic, handout.language, paper, languages, edition)
    pdf = press(master, imprint)
    return Built(pdf, handout.language, master.page_count, prepared.warnings, prepared.wanted)


def make_master(
    handout: Handout,
    paper: Paper,
    emergency_number: str,
    languages: Languages = GENERATORS_OWN,
    notice: Notice | None = None,
    edition: Edition | None = None,
    pages: int = 0,
) -> Master:
    """A handout in an edition, the standard one if none is given."""
    sheet = lay_out(
        handout,
        languages.language(handout.language),
        fonts(),
        paper,
        emergency_number,
        edition=edition,
        pages=pages,
        notice=notice,
        languages=languages,
    )
    return paint_master(sheet)


def make_twin_master(
    first: Handout,
    second: Handout,
    paper: Paper,
    emergency_number: str,
    languages: Languages = GENERATORS_OWN,
    edition: Edition | None = None,
    pages: int = 0,
) -> Master:
    """Two languages side by side; ``first`` has the start column and the page's direction."""
    from handouts.layout.twins import lay_out_twin

    sheet = lay_out_twin(
        first,
        second,
        fonts(),
        paper,
        emergency_number,
        edition=edition,
        pages=pages,
        languages=languages,
    )
    return paint_master(sheet)


def make_index(index: Index, paper: Paper, languages: Languages = GENERATORS_OWN) -> Master:
    """The list of a clinic's sheets, to be pressed with the clinic's imprint."""
    from handouts.layout.indexes import lay_out_index

    language = languages.language(index.language)
    return paint_master(lay_out_index(index, language, fonts(), paper, languages))


def make_imprint(
    clinic: Clinic | None,
    language_tag: str,
    paper: Paper,
    languages: Languages = GENERATORS_OWN,
    edition: Edition | None = None,
) -> Imprint:
    panels = lay_out_panels(clinic, languages.language(language_tag), fonts(), paper, edition)
    return paint_imprint(panels)


def forget_words(most: int) -> None:
    """Let go of the words that were set so far if they are more than ``most``.

    For a process that sets ever new texts: each word takes about 2,500 bytes.
    """
    if fonts().word_count > most:
        fonts().forget()
        line_breaking.forget()
        showing.forget()


@cache
def fonts() -> FontLibrary:
    return FontLibrary(FONTS)
