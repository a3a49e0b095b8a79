"""A look at a whole library: what there is in it, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from handouts.diagnostics import Diagnostic, HandoutError, Severity, SourceSpan
from handouts.document import Handout
from handouts.reading.clinics import read_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library


@dataclass(frozen=True, slots=True)
class Holding:
    """A handout or clinic by its name in the library; ``title`` is empty if it has mistakes.

    ``drafts`` says of each language of a handout whether its text is a draft, or None where the
    text has mistakes.
    """

    slug: str
    title: str
    drafts: Mapping[str, bool | None]


def handouts_of(library: Library) -> Iterator[Holding]:
    """In alphabetical order, each under the title that it has in its source language.

    Raises:
        NotFoundError: the library has no folder of handouts.
    """
    for slug in library.handouts():
        handouts = {tag: _readable(library, slug, tag) for tag in library.languages(slug)}
        titles = [
            handout.title
            for handout in handouts.values()
            if handout and handout.language == handout.source_language
        ]
        drafts = {tag: handout.is_draft if handout else None for tag, handout in handouts.items()}
        yield Holding(slug, "".join(titles), drafts)


def _readable(library: Library, slug: str, tag: str) -> Handout | None:
    try:
        return read_handout(library, slug, tag).value
    except HandoutError:
        return None


def clinics_of(library: Library) -> Iterator[Holding]:
    """In alphabetical order. Raises NotFoundError: the library has no folder of clinics."""
    for slug in library.clinics():
        try:
            yield Holding(slug, read_clinic(library, slug).value.name, {})
        except HandoutError:
            yield Holding(slug, "", {})


@dataclass(frozen=True, slots=True)
class Findings:
    """``exit_code`` is 0 if there is no error, or else the lowest of those of the errors."""

    files: int
    problems: tuple[Diagnostic, ...]
    exit_code: int


def check_library(library: Library) -> Findings:
    """All that making every handout and every clinic's header and panel would tell.

    Raises:
        NotFoundError: the library has no folder of handouts or none of clinics.
    """
    check = _Check(library)
    for slug in library.handouts():
        check.handout(slug)
    check.unread("handouts", library.handouts(), "handout.yaml")
    for slug in library.clinics():
        check.clinic(slug)
    check.unread("clinics", library.clinics(), "clinic.yaml")
    return Findings(
        files=len(check.files),
        problems=tuple(dict.fromkeys(check.problems)),
        exit_code=min(check.exit_codes, default=0),
    )


class _Check:
    def __init__(self, library: Library) -> None:
        self.library = library
        self.files: set[Path] = set()
        self.problems: list[Diagnostic] = []
        self.exit_codes: set[int] = set()
        self._languages: set[str] = set()

    @contextmanager
    def _looking_at(self, file: Path) -> Iterator[None]:
        self.files.add(file)
        try:
            yield
        except HandoutError as error:
            self.exit_codes.add(error.exit_code)
            for problem in error.diagnostics:
                place = problem.span if problem.span.file else SourceSpan(file.as_posix())
                self.problems.append(replace(problem, span=place))

    def unread(self, kind: str, slugs: tuple[str, ...], needed: str) -> None:
        """Warn of folders that look like a handout or clinic and are not read as one."""
        for folder in sorted((self.library.root / kind).iterdir()):
            if folder.name in slugs or folder.name.startswith(".") or not folder.is_dir():
                continue
            if (folder / needed).is_file():
                hint = "name it in small letters and digits, with hyphens, such as my-topic"
            else:
                hint = f"it has no {needed}: write one, or delete the folder"
            self.problems.append(
                Diagnostic(
                    f'the folder "{folder.name}" is not read',
                    SourceSpan(folder.as_posix()),
                    Severity.WARNING,
                    hint,
                )
            )

    def handout(self, slug: str) -> None:
        folder = self.library.root / "handouts" / slug
        with self._looking_at(folder / "handout.yaml"):
            for tag in self.library.languages(slug):
                with self._looking_at(folder / f"{tag}.yaml"):
                    self._text(slug, tag)

    def _text(self, slug: str, tag: str) -> None:
        from handouts.languages import language
        from handouts.layout.sheets import lay_out
        from handouts.paper import PAPERS
        from handouts.pipeline import fonts

        handout, warnings = read_handout(self.library, slug, tag)
        self.problems += warnings
        self.files.update(picture.file for picture in handout.pictures)
        for paper in PAPERS.values():
            lay_out(handout, language(tag), fonts(), paper)
        self._languages.add(tag)

    def clinic(self, slug: str) -> None:
        from handouts.languages import language
        from handouts.layout.panels import lay_out_panels
        from handouts.paper import PAPERS
        from handouts.pipeline import checked_clinic, fonts

        with self._looking_at(self.library.root / "clinics" / slug / "clinic.yaml"):
            clinic, warnings = checked_clinic(self.library, slug)
            self.problems += warnings
            if clinic.logo:
                self.files.add(clinic.logo)
            for tag in sorted(self._languages | {clinic.language}):
                lay_out_panels(clinic, language(tag), fonts(), PAPERS[clinic.paper])
