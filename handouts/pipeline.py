"""The way of a handout through the program: read, check, compose, paint, press.

read      files of a library          → Handout, Clinic
check     Handout, Clinic             → diagnostics
compose   Handout                     → Sheet (pages and structure, clinic-blind)
paint     Sheet                       → Master (bytes that no clinic changes)
imprint   Clinic                      → Imprint (logo, panels, palette)
press     Master + Imprint            → one PDF
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from handouts.checking.contrast import check_palette
from handouts.diagnostics import ClinicError, Diagnostic
from handouts.document import Clinic, Handout
from handouts.languages import language
from handouts.layout.panels import lay_out_panels
from handouts.layout.sheets import lay_out
from handouts.paper import LETTER, PAPERS, Paper
from handouts.pdf.imprint import Imprint, paint_imprint
from handouts.pdf.master import Master, paint_master
from handouts.pdf.press import press
from handouts.places import FONTS
from handouts.reading.clinics import read_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from handouts.text.fonts import FontLibrary


@dataclass(frozen=True, slots=True)
class Built:
    """A finished PDF and what its makers should know about the files it came from."""

    pdf: bytes
    language: str
    page_count: int
    warnings: tuple[Diagnostic, ...]


def build(
    library: Library,
    slug: str,
    language_tag: str = "",
    clinic_slug: str = "",
    paper_name: str = "",
) -> Built:
    """One handout as a PDF.

    Without a language the clinic's own is taken if the handout has it, or else the one that the
    handout was written in; without a clinic the sheet is plain; without a paper the clinic's is
    taken, or else Letter.

    Raises:
        HandoutError: with every problem found; nothing is made then.
    """
    clinic, clinic_warnings = checked_clinic(library, clinic_slug) if clinic_slug else (None, ())
    tag = language_tag or _usual_language(library, slug, clinic)
    handout, warnings = read_handout(library, slug, tag)
    paper = PAPERS[paper_name or (clinic.paper if clinic else LETTER.name)]
    master = make_master(handout, paper, clinic.emergency_number if clinic else "")
    imprint = make_imprint(clinic, tag, paper)
    return Built(press(master, imprint), tag, master.page_count, (*warnings, *clinic_warnings))


def _usual_language(library: Library, slug: str, clinic: Clinic | None) -> str:
    if clinic and clinic.language in library.languages(slug):
        return clinic.language
    return library.source_language(slug)


def make_master(handout: Handout, paper: Paper, emergency_number: str) -> Master:
    sheet = lay_out(handout, language(handout.language), fonts(), paper, emergency_number)
    return paint_master(sheet)


def make_imprint(clinic: Clinic | None, language_tag: str, paper: Paper) -> Imprint:
    panels = lay_out_panels(clinic, language(language_tag), fonts(), paper)
    return paint_imprint(panels)


def checked_clinic(library: Library, slug: str) -> tuple[Clinic, tuple[Diagnostic, ...]]:
    """A clinic whose colours can be read, with its warnings."""
    clinic, warnings = read_clinic(library, slug)
    findings = check_palette(clinic)
    if any(finding.is_error for finding in findings):
        raise ClinicError(findings)
    return clinic, (*warnings, *findings)


@cache
def fonts() -> FontLibrary:
    return FontLibrary(FONTS)
