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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from handouts.clinic import Clinic
from handouts.diagnostics import Diagnostic, Severity
from handouts.document import Handout, Notice
from handouts.edition import Edition
from handouts.fingerprint import fingerprint
from handouts.languages import Languages
from handouts.layout.pages import Sheet
from handouts.layout.panels import lay_out_panels
from handouts.layout.patients import notes_fit
from handouts.layout.setting import GENERATORS_OWN
from handouts.layout.sheets import lay_out
from handouts.listing import Index
from handouts.paper import Paper, mm
from handouts.patient import Patient
from handouts.pdf import showing
from handouts.pdf.imprint import Imprint, paint_imprint
from handouts.pdf.master import Master, paint_master
from handouts.pdf.press import press
from handouts.places import FONTS
from handouts.preparing import Prepared, prepare
from handouts.reading.library import Library
from handouts.request import Request, Said
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
    paper: Paper
    warnings: tuple[Diagnostic, ...]
    wanted: str = ""


def build(library: Library, request: Request, said: Said | None = None) -> Built:
    """One handout as a PDF, with what is ``said`` of a patient or with lines to write on.

    Raises:
        HandoutError: with every problem found; nothing is made then.
    """
    prepared = prepare(library, request)
    if not said:
        return set_in_pdf(prepared)
    from handouts.reading.patients import read_patient

    tag, now = prepared.handout.language, datetime.now()
    patient, warnings = read_patient(library, said, request.clinic, tag, now)
    built = set_in_pdf(prepared, patient)
    return replace(built, warnings=(*built.warnings, *warnings))


def set_in_pdf(prepared: Prepared, patient: Patient | None = None) -> Built:
    """What was prepared as a PDF. Nothing of a patient is kept.

    Raises:
        HandoutError: something does not fit its place, or cannot be shown.
    """
    language, paper, edition = prepared.language, prepared.paper, prepared.edition
    notes: tuple[str, ...] = ()
    if patient is not None and not notes_fit(patient, language, fonts(), paper, edition):
        notes = patient.notes
    sheet = lay_out_prepared(prepared, notes)
    if patient is not None and notes:
        patient = replace(patient, notes_page=sheet.bookmarks[-1].page + 1)
    tag = prepared.handout.language
    imprint = make_imprint(prepared.clinic, tag, paper, prepared.languages, edition, patient)
    master = paint_master(sheet)
    if patient is not None:
        master = replace(master, digest=_digest_without_patient(prepared))
        imprint = replace(imprint, digest=b"")
    pdf = press(master, imprint)
    warnings = (*prepared.warnings, *_length_warnings(sheet, edition, notes))
    return Built(pdf, tag, len(sheet.pages), paper, warnings, prepared.wanted)


def _digest_without_patient(prepared: Prepared) -> bytes:
    """What the identifier of a patient's file is made from.

    Viewers and queues keep identifiers longer than files, and a name could be found by trying many
    if it were made from the name.
    """
    paper, edition = prepared.paper.name, prepared.edition
    parts = (prepared.handout, prepared.twin, prepared.clinic, paper, edition)
    return bytes.fromhex(fingerprint(parts))


def _length_warnings(sheet: Sheet, edition: Edition, notes: Sequence[str]) -> Iterator[Diagnostic]:
    pages = sheet.bookmarks[-1].page if notes else len(sheet.pages)
    if edition.pages and pages > edition.pages:
        yield Diagnostic(
            f'the edition "{edition.name}" should take {edition.pages} pages, and takes {pages}',
            severity=Severity.WARNING,
            hint="nothing is cut; shorten what is at a glance to save a page",
        )


def lay_out_prepared(
    prepared: Prepared, notes: Sequence[str] = (), *, in_packet: bool = False
) -> Sheet:
    """What was prepared on pages, with ``notes`` for the patient on pages of their own.

    A twin has no room for the numbers of a packet's pages.
    """
    if prepared.twin is not None:
        from handouts.layout.twins import lay_out_twin

        return lay_out_twin(
            prepared.handout,
            prepared.twin,
            fonts(),
            prepared.paper,
            prepared.emergency_number,
            edition=prepared.edition,
            pages=prepared.pages,
            notes=notes,
            languages=prepared.languages,
        )
    return lay_out(
        prepared.handout,
        prepared.language,
        fonts(),
        prepared.paper,
        prepared.emergency_number,
        edition=prepared.edition,
        pages=prepared.pages,
        notice=prepared.notice,
        notes=notes,
        languages=prepared.languages,
        in_packet=in_packet,
    )


def make_booklet(library: Library, request: Request, thickness: float) -> Built:
    """One handout to be printed, folded and stapled; ``thickness`` is the paper's, in mm.

    Raises:
        HandoutError: with every problem found.
    """
    from handouts.booklet import impose, page_paper

    prepared = prepare(library, request)
    sheet = prepared.paper
    built = set_in_pdf(replace(prepared, paper=page_paper(sheet)))
    right_to_left = prepared.language.right_to_left
    pdf = impose(built.pdf, sheet, right_to_left=right_to_left, thickness=mm(thickness))
    return replace(built, pdf=pdf)


def make_master(
    handout: Handout,
    paper: Paper,
    emergency_number: str,
    languages: Languages = GENERATORS_OWN,
    notice: Notice | None = None,
    edition: Edition | None = None,
) -> Master:
    """A handout in an edition, the standard one if none is given."""
    sheet = lay_out(
        handout,
        languages.language(handout.language),
        fonts(),
        paper,
        emergency_number,
        edition=edition,
        notice=notice,
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
    patient: Patient | None = None,
) -> Imprint:
    language = languages.language(language_tag)
    panels = lay_out_panels(clinic, language, fonts(), paper, edition, patient)
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
