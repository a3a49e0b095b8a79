"""A look at a whole library: what there is in it, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from handouts.batch.expanding import expand
from handouts.clinic import Clinic
from handouts.diagnostics import (
    Diagnostic,
    HandoutError,
    Severity,
    SourceSpan,
    StaleTranslationError,
    located,
)
from handouts.document import Notice, PartialDate
from handouts.edition import own_edition
from handouts.languages import Language, Languages
from handouts.paper import A4, PAPERS, Paper
from handouts.reading.clinics import read_clinic
from handouts.reading.edition_files import read_edition
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import EDITIONS_FOLDER, Library
from handouts.reading.phrases import PHRASES_FILE, read_phrases
from handouts.reading.plans import plan_files, read_plan


class Condition(StrEnum):
    """What there is to say of a handout in one language."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    BEHIND = "behind its source"
    MISTAKEN = "has mistakes"


@dataclass(frozen=True, slots=True)
class Holding:
    """A handout or clinic by its name in the library; ``title`` is empty if it has mistakes.

    ``languages`` says in which condition a handout is in each of its languages.
    """

    slug: str
    title: str
    languages: Mapping[str, tuple[Condition, ...]] = field(default_factory=dict)


def handouts_of(library: Library) -> Iterator[Holding]:
    """In alphabetical order, each under the title that it has in its source language.

    Raises:
        NotFoundError: the library has no folder of handouts.
    """
    for slug in library.handouts():
        try:
            reader = HandoutReader(library, slug)
        except HandoutError:
            yield Holding(slug, "")
        else:
            conditions = {tag: _conditions(reader, tag) for tag in library.languages(slug)}
            yield Holding(slug, _title(reader, library, slug), conditions)


def _title(reader: HandoutReader, library: Library, slug: str) -> str:
    try:
        return reader.read(library.source_language(slug)).value.title
    except HandoutError:
        return ""


def _conditions(reader: HandoutReader, tag: str) -> tuple[Condition, ...]:
    try:
        handout = reader.read(tag, allow_stale=True).value
    except StaleTranslationError:
        return (Condition.BEHIND,)
    except HandoutError:
        return (Condition.MISTAKEN,)
    condition = Condition.DRAFT if handout.is_draft else Condition.REVIEWED
    return (condition,) if handout.is_whole else (condition, Condition.BEHIND)


def clinics_of(library: Library) -> Iterator[Holding]:
    """In alphabetical order. Raises NotFoundError: the library has no folder of clinics."""
    for slug in library.clinics():
        try:
            yield Holding(slug, read_clinic(library, slug).value.name)
        except HandoutError:
            yield Holding(slug, "")


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
        ContentError: a language that the library adds has mistakes.
    """
    check = _Check(library)
    check.languages()
    check.editions()
    for slug in library.handouts():
        check.handout(slug)
    check.unread("handouts", library.handouts(), "handout.yaml")
    for slug in library.clinics():
        check.clinic(slug)
    check.plans()
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
        self.registry = library.registry()
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

    def languages(self) -> None:
        """Set all the words of the languages that the library adds, in case a font lacks some."""
        for tag, language in self.registry.added.items():
            with self._looking_at(self.library.root / "strings" / f"{tag}.yaml"):
                words = (*language.words.values(), *language.sections.values())
                self._notice(Notice(tag, words), A4)

    def handout(self, slug: str) -> None:
        folder = self.library.root / "handouts" / slug
        with self._looking_at(folder / "handout.yaml"):
            reader = HandoutReader(self.library, slug)
            for tag in self.library.languages(slug):
                with self._looking_at(folder / f"{tag}.yaml"):
                    self._text(reader, tag)

    def _text(self, reader: HandoutReader, tag: str) -> None:
        from handouts.layout.sheets import lay_out
        from handouts.pipeline import fonts
        from handouts.preparing import has_what_is_shown

        handout, warnings = reader.read(tag)
        self.problems += warnings
        self.files.update(picture.file for picture in handout.pictures)
        language = self.registry.language(tag)
        for paper in PAPERS.values():
            lay_out(handout, language, fonts(), paper, languages=self.registry)
        for edition in ("summary", "easy-read"):
            if has_what_is_shown(handout, own_edition(edition)):
                paper, shown = PAPERS["letter"], own_edition(edition)
                lay_out(handout, language, fonts(), paper, edition=shown, languages=self.registry)
        self._languages.add(tag)

    def editions(self) -> None:
        """The profiles that the library adds."""
        for file in sorted((self.library.root / EDITIONS_FOLDER).glob("*.y*ml")):
            with self._looking_at(file):
                read_edition(file)

    def clinic(self, slug: str) -> None:
        from handouts.layout.panels import lay_out_panels
        from handouts.pipeline import fonts
        from handouts.preparing import checked_clinic

        with self._looking_at(self.library.root / "clinics" / slug / "clinic.yaml"):
            clinic, warnings = checked_clinic(self.library, slug)
            self.problems += warnings
            if clinic.logo:
                self.files.add(clinic.logo)
            own = clinic.language if clinic.language in self.registry.tags() else "en"
            for tag in sorted(self._languages | {own}):
                language = self.registry.language(tag)
                lay_out_panels(clinic, language, fonts(), PAPERS[clinic.paper])
            phrases = self.library.root / "clinics" / slug / PHRASES_FILE
            if phrases.is_file():
                self.files.add(phrases)
                self.problems += read_phrases(self.library, slug).warnings
            for tag, line in clinic.interpreter.items():
                with located(clinic.places["interpreter"]):
                    self._notice(Notice(tag, (line,)), PAPERS[clinic.paper])

    def plans(self) -> None:
        """All batch plans, and the tables that are not part of one."""
        files = plan_files(self.library)
        tables: set[str] = set()
        for file in sorted(files, key=lambda path: path.suffix, reverse=True):  # .yaml first
            if file.name not in tables:
                with self._looking_at(file):
                    plan, warnings = read_plan(file)
                    tables.add(plan.table)
                    expansion = expand(plan, self.library, self._clinic)
                    self.problems += (*warnings, *expansion.warnings)

    def _clinic(self, slug: str) -> Clinic:
        from handouts.preparing import checked_clinic

        return checked_clinic(self.library, slug)[0]

    def _notice(self, notice: Notice, paper: Paper) -> None:
        """Set what a sheet would say in this language; without strings it never would."""
        from handouts.layout.notices import notice_rows
        from handouts.layout.setting import setting_for
        from handouts.layout.typesetting import Typesetter
        from handouts.pipeline import fonts
        from handouts.structure import Element

        if notice.language in self.registry.tags():
            typesetter = Typesetter(self.registry.language(notice.language), fonts())
            notice_rows(notice, Element("Document"), setting_for(typesetter, paper, self.registry))


def languages_of(known: Languages) -> Iterator[tuple[str, ...]]:
    """Tag, name, script, direction, font, digits, line breaking and a date of each language."""
    from handouts.pipeline import fonts

    for tag in known.tags():
        own = known.language(tag)
        yield (
            tag,
            own.name,
            own.script,
            "right to left" if own.right_to_left else "left to right",
            fonts().families(own.script, tag)[0].name,
            own.number(1234567890),
            _line_ends(own),
            own.date(PartialDate(2026, 11, 22)),
        )


_LINE_ENDS = dict.fromkeys(("Thai", "Laoo", "Khmr", "Mymr"), "between words of a dictionary")
_LINE_ENDS |= dict.fromkeys(("Hans", "Hant", "Jpan"), "between characters")


def _line_ends(own: Language) -> str:
    """Where lines may end, in words."""
    if "phrase" in own.line_breaking:
        return "between phrases"
    return _LINE_ENDS.get(own.script, "at spaces")
