"""The parts of a handout that are translated one by one, and whether each is in step.

A part is ``title`` (with the short title), ``at_a_glance``, ``checklist``, ``teach_back``,
``sections.<id>``, ``pictures.<id>`` or ``easy_read``.
A translation keeps the fingerprint of the source's words that each part was made from, so that
whoever changes the source need not remember its translations.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from handouts.diagnostics import Diagnostic, Severity, SourceSpan
from handouts.document import Handout, Picture, Section
from handouts.fingerprint import fingerprint

TITLE = "title"
AT_A_GLANCE = "at_a_glance"
CHECKLIST = "checklist"
TEACH_BACK = "teach_back"
EASY_READ = "easy_read"
# What a translation may lack: only the editions that show it cannot be made then.
OPTIONAL = (CHECKLIST, TEACH_BACK, EASY_READ)
FINGERPRINT_PATTERN = "[0-9a-f]{16}"


class State(StrEnum):
    """How a part of a translation is out of step.

    STALE: the source's words are not those it was made from. UNRECORDED: nobody wrote down what it
    was made from. MISSING: only the source has it. EXTRA: the source has it no more.
    """

    STALE = "stale"
    UNRECORDED = "unrecorded"
    MISSING = "missing"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class OutOfStep:
    """A part of a translation that is not in step with its source, and where it stands."""

    part: str
    state: State
    span: SourceSpan


class Version(NamedTuple):
    """Which handout, what its source language is called, and the tag of the translation."""

    slug: str
    source: str
    language: str


def fingerprints(handout: Handout) -> dict[str, str]:
    """The fingerprint of the words of each part, in reading order.

    They are written down in the files of every translation: to make them any other way puts all
    of these out of step.
    """
    words: dict[str, object] = {TITLE: (handout.title, handout.short_title)}
    if handout.at_a_glance is not None:
        words[AT_A_GLANCE] = handout.at_a_glance
    for part in (CHECKLIST, TEACH_BACK):
        if getattr(handout, part) is not None:
            words[part] = getattr(handout, part)
    for section in handout.sections:
        words[f"sections.{section.id}"] = (section.heading, section.blocks)
    for picture in handout.pictures:
        words[f"pictures.{picture.id}"] = (
            picture.caption,
            picture.alt,
            picture.decorative,
            picture.labels,
        )
    if handout.easy_read is not None:
        words[EASY_READ] = [
            (
                part.heading,
                [(said.text, said.picture.id, said.picture.alt) for said in part.statements],
            )
            for part in handout.easy_read.sections
        ]
    return {part: fingerprint(value)[:16] for part, value in words.items()}


def compare(
    written: Mapping[str, SourceSpan],
    made_from: Mapping[str, str],
    source: Mapping[str, str],
    file: SourceSpan,
) -> tuple[OutOfStep, ...]:
    """The parts of a translation that are not in step, in reading order, the extra ones last.

    ``written`` says where in the translation each of its parts stands, ``made_from`` the
    fingerprint that is recorded for it, ``source`` that of the source's present words. ``file`` is
    the place of a part that is missing.
    """
    found = []
    for part, present in source.items():
        if part not in written:
            found.append(OutOfStep(part, State.MISSING, replace(file, path=part)))
        elif part not in made_from:
            found.append(OutOfStep(part, State.UNRECORDED, written[part]))
        elif made_from[part] != present:
            found.append(OutOfStep(part, State.STALE, written[part]))
    extra = (OutOfStep(part, State.EXTRA, written[part]) for part in written if part not in source)
    return (*found, *extra)


def with_source_parts(handout: Handout, source: Handout, parts: Container[str]) -> Handout:
    """The translation with these parts in the words and the language of its source."""
    tag = source.language
    if TITLE in parts:
        handout = replace(
            handout, title=source.title, short_title=source.short_title, title_language=tag
        )
    if AT_A_GLANCE in parts and source.at_a_glance is not None:
        handout = replace(handout, at_a_glance=replace(source.at_a_glance, language=tag))
    if CHECKLIST in parts and source.checklist is not None:
        handout = replace(handout, checklist=replace(source.checklist, language=tag))
    if TEACH_BACK in parts and source.teach_back is not None:
        handout = replace(handout, teach_back=replace(source.teach_back, language=tag))
    if EASY_READ in parts and source.easy_read is not None:
        handout = replace(handout, easy_read=replace(source.easy_read, language=tag))
    own_sections = {section.id: section for section in handout.sections}
    own_pictures = {picture.id: picture for picture in handout.pictures}

    def section_of(original: Section) -> Section:
        if f"sections.{original.id}" in parts:
            return replace(original, language=tag)
        return own_sections[original.id]

    def picture_of(original: Picture) -> Picture:
        if f"pictures.{original.id}" in parts:
            return replace(original, language=tag)
        return own_pictures[original.id]

    return replace(
        handout,
        sections=tuple(map(section_of, source.sections)),
        pictures=tuple(map(picture_of, source.pictures)),
    )


def without(handout: Handout, parts: Container[str]) -> Handout:
    """The handout without these parts, which are among the optional ones."""
    return replace(
        handout,
        checklist=None if CHECKLIST in parts else handout.checklist,
        teach_back=None if TEACH_BACK in parts else handout.teach_back,
        easy_read=None if EASY_READ in parts else handout.easy_read,
    )


# --- what the writer is told -----------------------------------------------------------------


def refusals(parts: tuple[OutOfStep, ...], version: Version) -> Iterator[Diagnostic]:
    """Why the translation cannot be printed as it is."""
    for found in parts:
        name, source = part_name(found), version.source
        confirm = (
            f"run `make-handout translations confirm {version.slug} "
            f"--language {version.language} --part {found.part}`"
        )
        instead = f"or print the {source} in its place with --allow-stale"
        match found.state:
            case State.STALE:
                message = f"{name} has changed in {source} since it was translated"
                hint = f"bring it up to date and {confirm}, {instead}"
            case State.UNRECORDED:
                message = f"nothing tells whether {name} is in step with the {source}"
                hint = f"compare the two and {confirm}, {instead}"
            case State.MISSING:
                message = f"{name} is not translated"
                hint = f"translate it from the {source} and {confirm}, {instead}"
            case State.EXTRA:
                message = f"{name} is not in the {source} handout"
                hint = f"delete it here, or write it in {source} too"
        yield Diagnostic(message, found.span, Severity.ERROR, hint)


def replacements(parts: tuple[OutOfStep, ...], version: Version) -> Iterator[Diagnostic]:
    """Which parts are printed in the source's words, and why."""
    reasons = {
        State.STALE: "it has changed since it was translated",
        State.UNRECORDED: "nothing tells whether the translation is in step",
        State.MISSING: "it is not translated",
    }
    for found in parts:
        yield Diagnostic(
            f"{part_name(found)} is printed in {version.source}: {reasons[found.state]}",
            found.span,
            Severity.WARNING,
        )


def part_name(found: OutOfStep) -> str:
    """The part as a writer would call it."""
    kind, _, name = found.part.partition(".")
    if name:
        return f'the {kind.removesuffix("s")} "{name}"'
    if kind == TITLE:
        # Every file has a title: only the short one can be missing.
        return "the short title" if found.state is State.MISSING else "the title"
    if kind in OPTIONAL:
        return f'"{kind}"'
    return f'the front ("{kind}")'
