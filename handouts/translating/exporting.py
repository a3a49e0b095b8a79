"""Give a translation out: its units with what is translated of them so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from handouts.diagnostics import Diagnostic, NoSuchLanguageError, UsageError
from handouts.document import Handout
from handouts.languages import Languages
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import Library
from handouts.reading.names import is_language_tag
from handouts.reading.parts import State, fingerprints
from handouts.reading.tags import named, nearest_tag
from handouts.translating.codes import differences
from handouts.translating.exchange_file import NOTHING, Entry, Exchange, Prints, Progress
from handouts.translating.markdown_writer import inline_markdown, markdown
from handouts.translating.units import Unit, same_structure, units


@dataclass(frozen=True, slots=True)
class Present:
    """How a translation stands beside its source.

    ``states`` holds the parts that are not in step. Parts that are missing have the source's words
    in ``handout``; without a file of the language it is the source.
    """

    source: Handout
    handout: Handout
    states: Mapping[str, State]
    has_file: bool

    def target_print(self, part: str) -> str:
        """The fingerprint of the translation of a part."""
        if self.states.get(part) is State.MISSING:
            return NOTHING
        return fingerprints(self.handout).get(part, NOTHING)


def present_translation(library: Library, slug: str, tag: str) -> Present:
    """The translation as it is in the library.

    Raises:
        NotFoundError: no such handout.
        NoSuchLanguageError: the generator has no words in this language.
        UsageError: this is no language tag, or that of the source.
        ContentError: one of the files has mistakes.
    """
    if not is_language_tag(tag):
        raise UsageError(Diagnostic(f'"{tag}" is not a language tag', hint="such as es or zh-Hans"))
    languages = library.registry()
    _check_known(languages, tag)
    source_tag = library.source_language(slug)
    if tag == source_tag:
        raise UsageError(
            Diagnostic(
                f'"{slug}" was written in the language "{tag}": that is no translation',
                hint="name the language of a translation",
            )
        )
    reader = HandoutReader(library, slug)
    source = reader.read(source_tag).value
    if tag not in library.languages(slug):
        missing = dict.fromkeys(fingerprints(source), State.MISSING)
        return Present(source, source, missing, has_file=False)
    comparison = reader.compare(tag)
    states = {found.part: found.state for found in comparison.out_of_step}
    handout = with_headings(comparison.handout, source, languages)
    return Present(source, handout, states, has_file=True)


def _check_known(languages: Languages, tag: str) -> None:
    if tag not in languages.tags():
        close = nearest_tag(tag, languages.tags(), languages)
        hint = f"add strings/{tag}.yaml to the library first"
        raise NoSuchLanguageError(
            Diagnostic(
                f"the program has no words of its own in the language {named(tag, languages)}",
                hint=f'did you mean "{close}"? If not, {hint}' if close else hint,
            )
        )


def with_headings(translation: Handout, source: Handout, languages: Languages) -> Handout:
    """The translation with headings where its source has them, and nowhere else.

    A heading may be left out where the language has its own word for a section.
    """
    words = languages.language(translation.language)
    has_heading = {section.id: bool(section.heading) for section in source.sections}
    sections = []
    for section in translation.sections:
        own = section.heading or words.section_heading(section.id) or ""
        sections.append(replace(section, heading=own if has_heading.get(section.id) else ""))
    return replace(translation, sections=tuple(sections))


def export(library: Library, slug: str, tag: str) -> Exchange:
    """What a translator needs, with all that is translated. Raises as ``present_translation``."""
    present = present_translation(library, slug, tag)
    found = fingerprints(present.source)
    return Exchange(
        handout=slug,
        source_language=present.source.language,
        language=tag,
        title=f"{present.source.title}: from {present.source.language} into {tag}",
        parts={
            part: Prints(made_from, present.target_print(part)) for part, made_from in found.items()
        },
        entries=tuple(_entries(present)),
    )


def _entries(present: Present) -> Iterator[Entry]:
    originals = units(present.source)
    translated = {unit.id: unit for unit in units(present.handout)}
    fitting = fitting_parts(present.source, present.handout)
    is_checked = bool(present.handout.translation and present.handout.translation.checked_by)
    told: set[str] = set()
    for unit in originals:
        state = present.states.get(unit.part)
        if state is State.MISSING:
            yield Entry(unit, (), Progress.UNTRANSLATED)
        elif unit.part not in fitting:
            former = "" if unit.part in told else _former(present.handout, unit.part)
            told.add(unit.part)
            where = f"{unit.where}; the former translation of this part is divided otherwise"
            yield Entry(replace(unit, where=where), (), Progress.UNTRANSLATED, former)
        elif state is not None:
            yield Entry(unit, translated[unit.id].content, Progress.UNFINISHED)
        else:
            progress = Progress.CHECKED if is_checked else Progress.TRANSLATED
            yield Entry(unit, translated[unit.id].content, progress)


def fitting_parts(source: Handout, translation: Handout) -> frozenset[str]:
    """The parts whose translation has the same places for words, with the same codes."""
    originals = {unit.id: unit for unit in units(source)}
    same = same_structure(source, translation)
    unlike = {
        unit.part
        for unit in units(translation)
        if unit.part in same and any(differences(originals[unit.id].content, unit.content))
    }
    return same - unlike


def _former(handout: Handout, part: str) -> str:
    """The whole text of a part, as Markdown."""
    kind, _, name = part.partition(".")
    if kind == "sections":
        (section,) = (section for section in handout.sections if section.id == name)
        heading = f"{section.heading}\n\n" if section.heading else ""
        return heading + markdown(section.blocks).rstrip()
    return "\n".join(_line(unit) for unit in units(handout) if unit.part == part)


def _line(unit: Unit) -> str:
    return f"{unit.id.partition('/')[2]}: {inline_markdown(unit.content)}"
