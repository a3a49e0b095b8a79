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
from handouts.choosing import choose_language, choose_with_fallback
from handouts.diagnostics import ClinicError, Diagnostic, UsageError
from handouts.document import Clinic, Handout, Notice
from handouts.languages import Languages
from handouts.layout.panels import lay_out_panels
from handouts.layout.setting import GENERATORS_OWN
from handouts.layout.sheets import lay_out
from handouts.listing import Index
from handouts.paper import LETTER, PAPERS, Paper
from handouts.pdf import showing
from handouts.pdf.imprint import Imprint, paint_imprint
from handouts.pdf.master import Master, paint_master
from handouts.pdf.press import press
from handouts.places import FONTS
from handouts.reading.clinics import read_clinic
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import Library
from handouts.reading.report import Reading
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
    twin: str = ""
    wanted: str = ""


def build(
    library: Library,
    slug: str,
    language_tag: str = "",
    clinic_slug: str = "",
    paper_name: str = "",
    *,
    twin: str = "",
    allow_stale: bool = False,
    fallback: bool = False,
) -> Built:
    """One handout as a PDF.

    Without a language the clinic's own is taken if the handout has it, or else the one that the
    handout was written in; without a clinic the sheet is plain; without a paper the clinic's is
    taken, or else Letter.

    ``twin`` is a second language to set beside the first. ``allow_stale`` puts the source's words
    in place of parts that are not in step with it. ``fallback`` takes the source language in place
    of one that the handout lacks, and says so on the sheet, in the language that was wanted.

    Raises:
        HandoutError: with every problem found; nothing is made then.
    """
    if twin and fallback:
        hint = "leave out --twin or --fallback"
        raise UsageError(
            Diagnostic("nothing can stand in for one of two languages side by side", hint=hint)
        )
    clinic, clinic_warnings = checked_clinic(library, clinic_slug) if clinic_slug else (None, ())
    languages = library.registry()
    if fallback:
        chosen = choose_with_fallback(library, slug, language_tag, clinic, languages)
    else:
        chosen = choose_language(library, slug, language_tag, clinic)
    reader = HandoutReader(library, slug)
    handout, warnings = reader.read(chosen.tag, allow_stale=allow_stale)
    paper = PAPERS[paper_name or (clinic.paper if clinic else LETTER.name)]
    number = clinic.emergency_number if clinic else ""
    if twin:
        other = _read_twin(reader, twin, chosen.tag, allow_stale)
        warnings = (*warnings, *other.warnings)
        master = make_twin_master(handout, other.value, paper, number, languages)
    else:
        master = make_master(handout, paper, number, languages, chosen.notice)
    imprint = make_imprint(clinic, chosen.tag, paper, languages)
    pdf = press(master, imprint)
    warnings = tuple(dict.fromkeys((*chosen.warnings, *warnings, *clinic_warnings)))
    wanted = chosen.notice.language if chosen.notice else ""
    return Built(pdf, chosen.tag, master.page_count, warnings, twin, wanted)


def _read_twin(reader: HandoutReader, twin: str, first: str, allow_stale: bool) -> Reading[Handout]:
    if twin == first:
        hint = "name another language with --twin or --language"
        raise UsageError(Diagnostic(f'the language "{twin}" would stand beside itself', hint=hint))
    return reader.read(twin, allow_stale=allow_stale)


def make_master(
    handout: Handout,
    paper: Paper,
    emergency_number: str,
    languages: Languages = GENERATORS_OWN,
    notice: Notice | None = None,
) -> Master:
    language = languages.language(handout.language)
    sheet = lay_out(
        handout, language, fonts(), paper, emergency_number, notice=notice, languages=languages
    )
    return paint_master(sheet)


def make_twin_master(
    first: Handout,
    second: Handout,
    paper: Paper,
    emergency_number: str,
    languages: Languages = GENERATORS_OWN,
) -> Master:
    """Two languages side by side; ``first`` has the start column and the page's direction."""
    from handouts.layout.twins import lay_out_twin

    sheet = lay_out_twin(first, second, fonts(), paper, emergency_number, languages=languages)
    return paint_master(sheet)


def make_index(index: Index, paper: Paper, languages: Languages = GENERATORS_OWN) -> Master:
    """The list of a clinic's sheets, to be pressed with the clinic's imprint."""
    from handouts.layout.indexes import lay_out_index

    language = languages.language(index.language)
    return paint_master(lay_out_index(index, language, fonts(), paper, languages))


def make_imprint(
    clinic: Clinic | None, language_tag: str, paper: Paper, languages: Languages = GENERATORS_OWN
) -> Imprint:
    panels = lay_out_panels(clinic, languages.language(language_tag), fonts(), paper)
    return paint_imprint(panels)


def checked_clinic(library: Library, slug: str) -> tuple[Clinic, tuple[Diagnostic, ...]]:
    """A clinic whose colours can be read, with its warnings."""
    clinic, warnings = read_clinic(library, slug)
    findings = check_palette(clinic)
    if any(finding.is_error for finding in findings):
        raise ClinicError(findings)
    return clinic, (*warnings, *findings)


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
