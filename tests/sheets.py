"""Finished sheets that several tests look at, each made once in a run.

A case is a folder below ``cases/``: a library with one handout of its own name, and beside it
``pages.txt`` and ``tags.txt``, which say how it must come out. A case is in the one language that
it has a file of words in.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from handouts.clinic import Clinic
from handouts.document import Handout
from handouts.languages import language
from handouts.layout.pages import Sheet
from handouts.layout.sheets import lay_out
from handouts.paper import LETTER, PAPERS
from handouts.pdf.master import Master, paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts, make_imprint
from handouts.places import CONTENT
from handouts.preparing import checked_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library

CASES = Path(__file__).parent / "cases"
LANGUAGE_OF_CASE = {
    path.parents[2].name: path.stem
    for path in sorted(CASES.glob("*/handouts/*/*.yaml"))
    if path.stem != "handout"
}
CASE_NAMES = tuple(name for name, tag in LANGUAGE_OF_CASE.items() if tag == "en")
FOREIGN_CASES = tuple(name for name, tag in LANGUAGE_OF_CASE.items() if tag != "en")
LIBRARY = Library(CONTENT)
PML = "progressive-multifocal-leukoencephalopathy"
CLINICS = ("riverside", "lakeside", "")  # the last one is no clinic: the plain sheet
PAPER_NAMES = tuple(PAPERS)


@cache
def handout_named(name: str) -> Handout:
    """A case's handout, or one of the content library."""
    library = Library(CASES / name) if name in LANGUAGE_OF_CASE else LIBRARY
    return read_handout(library, name, LANGUAGE_OF_CASE.get(name, "en"))[0]


@cache
def clinic_named(name: str) -> Clinic | None:
    return checked_clinic(LIBRARY, name)[0] if name else None


@cache
def sheet_of(name: str, paper: str = LETTER.name, emergency_number: str = "") -> Sheet:
    handout = handout_named(name)
    words = language(handout.language)
    return lay_out(handout, words, fonts(), PAPERS[paper], emergency_number)


@cache
def master_of(name: str, paper: str = LETTER.name, emergency_number: str = "") -> Master:
    return paint_master(sheet_of(name, paper, emergency_number))


@cache
def pdf_of(name: str, clinic: str = "", paper: str = LETTER.name) -> bytes:
    """A handout by its name, for a clinic of the content library or for none."""
    owner = clinic_named(clinic)
    number = owner.emergency_number if owner is not None else ""
    imprint = make_imprint(owner, handout_named(name).language, PAPERS[paper])
    return press(master_of(name, paper, number), imprint)
