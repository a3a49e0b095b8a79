"""A plan as what it makes: sheets, each for the clinics that want it, under names of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, product
from typing import NamedTuple

from handouts.batch.colliding import Owner, folded_names
from handouts.batch.naming import naming
from handouts.clinic import Clinic
from handouts.diagnostics import Diagnostic, HandoutError, PlanError, Severity, SourceSpan
from handouts.edition import STANDARD
from handouts.languages import Languages
from handouts.plan import BatchPlan, Lacking, Selection, Wanted
from handouts.reading.library import Library
from handouts.reading.names import is_language_tag
from handouts.reading.shapes import nearest
from handouts.reading.tags import named, nearest_tag


class Sheet(NamedTuple):
    """A handout in the language that was wanted, whether the handout has it or not."""

    handout: str
    language: str
    edition: str
    paper: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """``clinics`` are those that get something, by slug; ``sheets`` who wants which, sorted.

    ``languages`` are those that each handout has words in. ``broken`` are the clinics that could
    not be read, each with the reason; ``names`` all names of files, folded as a file system that
    does not tell capitals apart has them.
    """

    plan: BatchPlan
    languages: Mapping[str, tuple[str, ...]]
    clinics: Mapping[str, Clinic]
    broken: Mapping[str, HandoutError]
    sheets: Mapping[Sheet, tuple[str, ...]]
    names: frozenset[str]
    warnings: tuple[Diagnostic, ...]

    @property
    def output_count(self) -> int:
        return sum(map(len, self.sheets.values()))

    def is_named(self, name: str) -> bool:
        """Whether the plan makes a file of this name."""
        return name.casefold() in self.names


ReadClinic = Callable[[str], Clinic]


def expand(plan: BatchPlan, library: Library, read_clinic: ReadClinic) -> Expansion:
    """All that the plan makes.

    ``read_clinic`` gives a clinic or raises HandoutError, which breaks that clinic and no other.

    Raises:
        NotFoundError: the library has no handouts or clinics.
        PlanError: the plan names what is not there, with the nearest names; two sheets would have
            one name.
    """
    return _Expander(plan, library, read_clinic).expansion()


class _Expander:
    def __init__(self, plan: BatchPlan, library: Library, read_clinic: ReadClinic) -> None:
        self.plan = plan
        self.library = library
        self.read_clinic = read_clinic
        self.all_clinics = library.clinics()
        self.languages = {slug: library.languages(slug) for slug in library.handouts()}
        self.all_languages = sorted({tag for tags in self.languages.values() for tag in tags})
        self.registry: Languages = library.registry()
        self.problems: list[Diagnostic] = []
        self.clinics: dict[str, Clinic] = {}
        self.broken: dict[str, HandoutError] = {}

    def expansion(self) -> Expansion:
        naming(self.plan.file_name)  # what is wrong with it is told before anything is read
        first, *others = self.plan.selections
        wanted: dict[Sheet, set[str]] = {}
        self._add_first(first, wanted)
        for selection in others:
            self._add(selection, self._clinics_of(selection), wanted)
        by_handout: dict[str, list[Sheet]] = {}
        for sheet in wanted:
            by_handout.setdefault(sheet.handout, []).append(sheet)
        for exclusion in self.plan.exclusions:
            self._remove(exclusion, wanted, by_handout)
        if any(problem.is_error for problem in self.problems):
            raise PlanError(self.problems)
        sheets = {sheet: tuple(sorted(wanted[sheet])) for sheet in sorted(wanted) if wanted[sheet]}
        if not sheets and not self.broken:
            self._problem("the plan makes nothing at all", self.plan.span, Severity.WARNING)
        served = set().union(*sheets.values())
        self.clinics = {slug: self.clinics[slug] for slug in self.all_clinics if slug in served}
        return Expansion(
            self.plan,
            self.languages,
            self.clinics,
            self.broken,
            sheets,
            folded_names(self.plan, self.clinics, lambda: _owners(sheets)),
            tuple(dict.fromkeys(self.problems)),
        )

    def _add_first(self, first: Selection, wanted: dict[Sheet, set[str]]) -> None:
        """The first selection, which some clinics have in a form of their own."""
        slugs = self._clinics_of(first)
        for slug, own in self.plan.overrides.items():
            if slug not in self.all_clinics:
                self._no_such("clinic", slug, self.all_clinics, own.span)
            elif slug not in slugs:
                self._problem(
                    f'the lists of the plan do not mean the clinic "{slug}"',
                    own.span,
                    hint="`overrides` change what these lists say, not what is included besides",
                )
            else:
                self._add(_overridden(first, own), (slug,), wanted)
        self._add(first, tuple(slug for slug in slugs if slug not in self.plan.overrides), wanted)

    def _add(
        self, selection: Selection, slugs: tuple[str, ...], wanted: dict[Sheet, set[str]]
    ) -> None:
        handouts = self._named("handout", selection.handouts, tuple(self.languages))
        languages = {slug: self._languages_of(slug, selection.languages) for slug in handouts}
        self._check_languages(selection, languages)
        names = self.library.editions().names()
        editions: tuple[str, ...] = (STANDARD,)
        if selection.editions:
            editions = self._named("edition", selection.editions, names)
        papers = tuple(paper.text for paper in selection.papers)
        by_papers: dict[tuple[str, ...], list[str]] = {}
        for slug in slugs:
            if clinic := self._clinic(slug):
                by_papers.setdefault(papers or (clinic.paper,), []).append(slug)
        for its_papers, those in by_papers.items():
            for handout, tags in languages.items():
                for tag, edition, paper in product(tags, editions, its_papers):
                    wanted.setdefault(Sheet(handout, tag, edition, paper), set()).update(those)

    def _remove(
        self,
        exclusion: Selection,
        wanted: dict[Sheet, set[str]],
        by_handout: Mapping[str, list[Sheet]],
    ) -> None:
        """Take away what each of the exclusion's lists means; warn if that is nothing."""
        problems_before = len(self.problems)
        clinics = set(self._named("clinic", exclusion.clinics, self.all_clinics))
        handouts = self._named("handout", exclusion.handouts, tuple(self.languages))
        removed = False
        if not replace(exclusion, clinics=()).narrows:  # whole clinics: they need not be readable
            removed = not clinics.isdisjoint(self.broken)
            self.broken = {slug: self.broken[slug] for slug in self.broken.keys() - clinics}
        for sheet in chain.from_iterable(by_handout.get(handout, ()) for handout in handouts):
            if (
                _means(exclusion.languages, sheet.language)
                and _means(exclusion.editions, sheet.edition)
                and _means(exclusion.papers, sheet.paper)
            ):
                removed = removed or not wanted[sheet].isdisjoint(clinics)
                wanted[sheet] -= clinics
        if not removed and len(self.problems) == problems_before:
            self._problem("this exclusion takes nothing away", exclusion.span, Severity.WARNING)

    def _clinics_of(self, selection: Selection) -> tuple[str, ...]:
        return self._named("clinic", selection.clinics, self.all_clinics)

    def _clinic(self, slug: str) -> Clinic | None:
        if slug not in self.clinics and slug not in self.broken:
            try:
                self.clinics[slug] = self.read_clinic(slug)
            except HandoutError as error:
                self.broken[slug] = error
        return self.clinics.get(slug)

    def _named(
        self, kind: str, wanted: tuple[Wanted, ...], known: tuple[str, ...]
    ) -> tuple[str, ...]:
        """The known names that are meant, all if none is named; reports what means none."""
        if not wanted:
            return known
        found: dict[str, None] = {}
        for each in wanted:
            names = [each.text] if each.text in known else list(each.among(known))
            if not names:
                self._no_such(kind, each.text, known, each.span)
            found.update(dict.fromkeys(names))
        return tuple(sorted(found))

    def _languages_of(self, slug: str, wanted: tuple[Wanted, ...]) -> tuple[str, ...]:
        """The languages of a handout that are meant, and what is to be done for those it lacks."""
        there = self.languages[slug]
        if not wanted:
            return there
        tags: dict[str, None] = {}
        for each in wanted:
            if each.is_pattern:
                tags.update(dict.fromkeys(each.among(there)))
            elif each.text in there or self._falls_back(each.text):
                tags[each.text] = None
            elif self.plan.lacking is Lacking.ERROR and self._is_known(each.text):
                self._problem(
                    f'the handout "{slug}" has no words in {named(each.text, self.registry)}',
                    each.span,
                    hint="translate it, or write `missing_language: fallback` or `leave-out`",
                )
        return tuple(tags)

    def _falls_back(self, tag: str) -> bool:
        return self.plan.lacking is Lacking.FALLBACK and tag in self.registry.tags()

    def _is_known(self, tag: str) -> bool:
        """Whether a handout or the program has words in the language."""
        return tag in self.all_languages or tag in self.registry.tags()

    def _check_languages(
        self, selection: Selection, languages: Mapping[str, tuple[str, ...]]
    ) -> None:
        """A language that neither a handout nor the program has is a slip of the pen."""
        made = {tag for tags in languages.values() for tag in tags}
        for each in selection.languages:
            if any(each.among(made)):
                continue
            if not each.is_pattern and not is_language_tag(each.text):
                message = f'"{each.text}" is not a language tag'
            elif self._is_known(each.text) or any(each.among(self.all_languages)):
                told = f'"{each.text}"' if each.is_pattern else named(each.text, self.registry)
                message = f"none of these handouts has {told}"
                self._problem(message, each.span, Severity.WARNING)
                continue
            else:
                message = f'no handout has the language "{each.text}"'
            close = nearest_tag(each.text, self.all_languages, self.registry)
            hint = f'did you mean "{close}"?' if close else nearest(each.text, self.all_languages)
            self._problem(message, each.span, hint=hint)

    def _no_such(self, kind: str, name: str, known: Iterable[str], span: SourceSpan) -> None:
        if "*" in name or "?" in name:
            message = f'no {kind} is meant by the pattern "{name}"'
        else:
            message = f'there is no {kind} "{name}"'
        self._problem(message, span, hint=nearest(name, known))

    def _problem(
        self, message: str, span: SourceSpan, severity: Severity = Severity.ERROR, hint: str = ""
    ) -> None:
        self.problems.append(Diagnostic(message, span, severity, hint))


def _overridden(first: Selection, own: Selection) -> Selection:
    """The selection with the lists that a clinic has of its own."""
    return replace(
        first,
        handouts=own.handouts or first.handouts,
        languages=own.languages or first.languages,
        editions=own.editions or first.editions,
        papers=own.papers or first.papers,
    )


def _owners(sheets: Mapping[Sheet, tuple[str, ...]]) -> Iterator[Owner]:
    return ((slug, *sheet) for sheet, slugs in sheets.items() for slug in slugs)


def _means(wanted: tuple[Wanted, ...], name: str) -> bool:
    return not wanted or any(each.means(name) for each in wanted)
