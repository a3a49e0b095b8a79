"""Which language a sheet is made in: the one asked for, the usual one, or one that stands in.

A sheet in another language than the one that was wanted says so to its reader, in the wanted
language, with the way to an interpreter.
"""

from __future__ import annotations

from typing import NamedTuple

from handouts.clinic import Clinic
from handouts.diagnostics import Diagnostic, NoSuchLanguageError, Severity, UsageError
from handouts.document import Notice
from handouts.languages import Languages
from handouts.reading.library import Library
from handouts.reading.names import is_language_tag
from handouts.reading.tags import named, nearest_tag


class Choice(NamedTuple):
    """A language, and what is to be said if it is not the one that was wanted."""

    tag: str
    notice: Notice | None = None
    warnings: tuple[Diagnostic, ...] = ()


def choose_language(library: Library, slug: str, wanted: str, clinic: Clinic | None) -> Choice:
    """The wanted language, whether the handout has it or not.

    Without one: the clinic's own if the handout has it, or else the source.

    Raises:
        NotFoundError: no such handout.
        ContentError: handout.yaml does not say which language is the source.
    """
    if not wanted and clinic and clinic.language in library.languages(slug):
        return Choice(clinic.language)
    return Choice(wanted or library.source_language(slug))


def choose_with_fallback(
    library: Library, slug: str, wanted: str, clinic: Clinic | None, languages: Languages
) -> Choice:
    """The wanted language (without one, the clinic's), or if the handout lacks it the source's.

    Raises:
        UsageError: nothing says which language is wanted.
        NoSuchLanguageError: the program cannot say in the wanted language that it is lacking.
        NotFoundError, ContentError: as choose_language.
    """
    wanted = wanted or (clinic.language if clinic else "")
    if not wanted:
        hint = "name it with --language"
        raise UsageError(Diagnostic("nothing says which language is wanted", hint=hint))
    if not is_language_tag(wanted) or wanted in library.languages(slug):
        return Choice(wanted)
    source = library.source_language(slug)
    warning = Diagnostic(
        f'the handout "{slug}" has no words in the language {named(wanted, languages)}: it is '
        f"printed in {named(source, languages)}, and says so",
        severity=Severity.WARNING,
    )
    return Choice(source, _notice(wanted, source, clinic, languages), (warning,))


def _notice(wanted: str, source: str, clinic: Clinic | None, languages: Languages) -> Notice:
    """That the sheet is not in the wanted language, and how the clinic gives an interpreter."""
    if wanted not in languages.tags():
        close = nearest_tag(wanted, languages.tags(), languages)
        hint = "choose another language, or write strings for it in the folder `strings` of the "
        raise NoSuchLanguageError(
            Diagnostic(
                f"the sheet cannot say in {named(wanted, languages)} that it is in another "
                "language: the program has no words of its own in it",
                hint=f'did you mean "{close}"?' if close else f"{hint}library",
            )
        )
    language = languages.language(wanted)
    clinics_words = clinic.interpreter.get(wanted, "") if clinic else ""
    lines = (
        language.word("fallback", language=language.language_name(source)),
        clinics_words or language.word("interpreter"),
    )
    return Notice(wanted, lines)
