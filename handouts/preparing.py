"""Prepare: a request becomes a checked handout with everything that setting it needs to know.

What comes after, a PDF, a page for the web, plain text or a packet, begins here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from handouts.checking.contrast import check_palette
from handouts.choosing import choose_language, choose_with_fallback
from handouts.clinic import Clinic
from handouts.diagnostics import ClinicError, ContentError, Diagnostic, SourceSpan, UsageError
from handouts.document import Handout, Notice
from handouts.edition import STANDARD, Edition, Shows
from handouts.languages import Language, Languages
from handouts.paper import LETTER, PAPERS, Paper
from handouts.reading.clinics import read_clinic
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import Library
from handouts.reading.report import Reading
from handouts.request import Request


@dataclass(frozen=True, slots=True)
class Prepared:
    """``clinic`` is None for a plain sheet. ``notice`` says that the language stands in for one."""

    handout: Handout
    twin: Handout | None
    clinic: Clinic | None
    paper: Paper
    edition: Edition
    pages: int
    languages: Languages
    notice: Notice | None
    warnings: tuple[Diagnostic, ...]

    @property
    def language(self) -> Language:
        return self.languages.language(self.handout.language)

    @property
    def emergency_number(self) -> str:
        """The clinic's; empty without one."""
        return self.clinic.emergency_number if self.clinic is not None else ""

    @property
    def wanted(self) -> str:
        """The language that the sheet's own stands in for, if it does."""
        return self.notice.language if self.notice is not None else ""


class CheckedClinic(NamedTuple):
    """A clinic whose colours can be read, None for a plain sheet, and its warnings."""

    clinic: Clinic | None = None
    warnings: tuple[Diagnostic, ...] = ()


def prepare(library: Library, request: Request, known: CheckedClinic | None = None) -> Prepared:
    """Read and check what a request names; its clinic only where that is not ``known``.

    Without a language the clinic's own is taken if the handout has it, or else the one that the
    handout was written in; without a clinic the sheet is plain; without a paper the clinic's is
    taken, or else Letter.

    Raises:
        HandoutError: with every problem found.
    """
    if request.twin and request.fallback:
        hint = "leave out --twin or --fallback"
        raise UsageError(
            Diagnostic("nothing can stand in for one of two languages side by side", hint=hint)
        )
    edition = library.edition(request.edition or STANDARD)
    clinic, clinic_warnings = known or clinic_of(library, request)
    languages = library.registry()
    if request.fallback:
        chosen = choose_with_fallback(library, request.handout, request.language, clinic, languages)
    else:
        chosen = choose_language(library, request.handout, request.language, clinic)
    reader = HandoutReader(library, request.handout)
    handout, warnings = reader.read(chosen.tag, allow_stale=request.allow_stale)
    check_shown(handout, edition, library)
    twin = None
    if request.twin:
        _check_edition_of_twin(edition)
        twin, more = _read_twin(reader, request, chosen.tag)
        warnings = (*warnings, *more)
    return Prepared(
        handout,
        twin,
        clinic,
        PAPERS[request.paper or (clinic.paper if clinic else LETTER.name)],
        edition,
        request.pages,
        languages,
        chosen.notice,
        tuple(dict.fromkeys((*chosen.warnings, *warnings, *clinic_warnings))),
    )


def has_what_is_shown(handout: Handout, edition: Edition) -> bool:
    """Whether somebody wrote what the edition shows."""
    match edition.shows:
        case Shows.WHOLE:
            return True
        case Shows.SUMMARY:
            return handout.at_a_glance is not None
        case Shows.EASY_READ:
            return handout.easy_read is not None


def check_shown(handout: Handout, edition: Edition, library: Library) -> None:
    """Raises ContentError: nobody wrote what the edition shows."""
    if has_what_is_shown(handout, edition):
        return
    field = "easy_read" if edition.shows is Shows.EASY_READ else "at_a_glance"
    file = library.words_file(handout.slug, handout.language)
    raise ContentError(
        Diagnostic(
            f'the edition "{edition.name}" shows what is under `{field}`, and nothing is there',
            SourceSpan(file.as_posix()),
            hint=f"write `{field}:` in this language, or choose another edition; nothing is made "
            "up from the whole text",
        )
    )


def _check_edition_of_twin(edition: Edition) -> None:
    if edition.columns == 1 or edition.shows is not Shows.WHOLE:
        raise UsageError(
            Diagnostic(
                f'the edition "{edition.name}" has no room for two languages side by side',
                hint="make two sheets, or leave out --edition",
            )
        )


def _read_twin(reader: HandoutReader, request: Request, first: str) -> Reading[Handout]:
    if request.twin == first:
        hint = "name another language with --twin or --language"
        raise UsageError(
            Diagnostic(f'the language "{request.twin}" would stand beside itself', hint=hint)
        )
    return reader.read(request.twin, allow_stale=request.allow_stale)


def clinic_of(library: Library, request: Request) -> CheckedClinic:
    """The clinic that a request names. Raises as checked_clinic."""
    slug = request.clinic
    return CheckedClinic(*checked_clinic(library, slug)) if slug else CheckedClinic()


def checked_clinic(library: Library, slug: str) -> tuple[Clinic, tuple[Diagnostic, ...]]:
    """A clinic whose colours can be read, with its warnings."""
    clinic, warnings = read_clinic(library, slug)
    findings = check_palette(clinic)
    if any(finding.is_error for finding in findings):
        raise ClinicError(findings)
    return clinic, (*warnings, *findings)
