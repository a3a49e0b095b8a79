"""What must hold in a handout as a whole, whatever files it was read from."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from handouts.checking.editions import check_editions
from handouts.checking.neighbours import check_neighbouring_numbers
from handouts.diagnostics import Diagnostic, NotFoundError, Severity, SourceSpan
from handouts.document import (
    Block,
    BulletList,
    Callout,
    Citation,
    Handout,
    Inline,
    Inlines,
    NumberedList,
    Paragraph,
    PartialDate,
    Reference,
    Section,
    Subheading,
    Table,
)
from handouts.languages import Language, Languages

_GENERATORS_OWN = Languages()


def check_handout(handout: Handout, languages: Languages = _GENERATORS_OWN) -> Iterator[Diagnostic]:
    """Everything wrong with the handout that its own words and facts show."""
    yield from _check_sections(handout, languages)
    yield from _check_citations(handout)
    yield from _check_directions(handout, languages)
    yield from _check_neighbours(handout, languages)
    yield from check_editions(handout)
    yield from _check_review(handout)


def inlines_of(handout: Handout) -> Iterator[Inline]:
    """Every inline run of the handout in reading order."""
    glance = handout.at_a_glance
    if glance is not None:
        yield from glance.summary
        for sentences in (glance.do, glance.call, glance.emergency):
            for sentence in sentences:
                yield from sentence
    for section in handout.sections:
        yield from _inlines(section.blocks)
    for sentences in _lists(handout):
        for sentence in sentences:
            yield from sentence


def _lists(handout: Handout) -> Iterator[tuple[Inlines, ...]]:
    """What the summary and easy read have of their own."""
    if handout.checklist is not None:
        yield handout.checklist.items
    if handout.teach_back is not None:
        yield handout.teach_back.questions
    for section in handout.easy_read.sections if handout.easy_read is not None else ():
        yield tuple(said.text for said in section.statements)


def _inlines(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    for block in blocks:
        match block:
            case Paragraph() | Subheading():
                yield from block.content
            case BulletList() | NumberedList():
                for item in block.items:
                    yield from _inlines(item.blocks)
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from cell.content
            case Callout():
                yield from _inlines(block.blocks)


# --- sections --------------------------------------------------------------------------------


def _check_sections(handout: Handout, languages: Languages) -> Iterator[Diagnostic]:
    known: dict[str, Language] = {}
    tags = (handout.language, *(section.language for section in handout.sections))
    for tag in filter(None, dict.fromkeys(tags)):
        try:
            known[tag] = languages.language(tag)
        except NotFoundError as error:
            for problem in error.diagnostics:
                yield replace(problem, span=SourceSpan(handout.span.file))
    for section in handout.sections:
        words = known.get(section.language or handout.language)
        if words and not section.heading and words.section_heading(section.id) is None:
            yield Diagnostic(
                f'the section "{section.id}" has no heading',
                section.span,
                hint=f"write `{section.id}:` with `heading:` and `text:` below it; "
                f"{words.name} has a heading for {', '.join(sorted(words.sections))}",
            )
        yield from _check_levels(section)


def _check_levels(section: Section) -> Iterator[Diagnostic]:
    above = 2
    for block in section.blocks:
        if isinstance(block, Subheading):
            if block.level > above + 1:
                yield Diagnostic(
                    "this subheading skips a level",
                    block.span,
                    hint="write `### `; `#### ` is for a heading below such a one",
                    rule="ISO 14289-1, 7.4.2",
                )
            above = block.level


# --- references ------------------------------------------------------------------------------


def _check_citations(handout: Handout) -> Iterator[Diagnostic]:
    known: dict[str, Reference] = {}
    for reference in handout.references:
        if reference.id in known:
            first = known[reference.id].span.line
            yield Diagnostic(
                f'the reference "{reference.id}" is listed twice',
                reference.span,
                hint=f"the other one is on line {first}",
            )
        known[reference.id] = reference
    cited = set()
    for run in inlines_of(handout):
        if isinstance(run, Citation):
            cited.add(run.reference)
            if run.reference not in known:
                yield Diagnostic(
                    f'there is no reference "{run.reference}"',
                    run.span,
                    hint=f"list it under `references` in handout.yaml; there are: "
                    f"{', '.join(known) or 'none'}",
                )
    for reference in known.values():
        if reference.id not in cited:
            yield Diagnostic(
                f'the reference "{reference.id}" is never cited',
                reference.span,
                Severity.WARNING,
                hint=f"write [^{reference.id}] after what it supports, or delete it",
            )


def _check_neighbours(handout: Handout, languages: Languages) -> Iterator[Diagnostic]:
    tag = handout.language
    if tag in languages.tags() and languages.language(tag).right_to_left:
        yield from check_neighbouring_numbers(inlines_of(handout))


def _check_directions(handout: Handout, languages: Languages) -> Iterator[Diagnostic]:
    """A reference that names no language is set, and heard, in that of the source."""
    tag = handout.source_language
    if tag not in languages.tags():
        return
    source = languages.language(tag)
    for reference in handout.references:
        runs = (unicodedata.bidirectional(character) for character in reference.title)
        first = next((run for run in runs if run in ("L", "R", "AL")), "")
        if first and not reference.language and (first != "L") != source.right_to_left:
            yield Diagnostic(
                f'the title of the reference "{reference.id}" does not run as {source.name} does',
                reference.span,
                Severity.WARNING,
                hint="write its `language`, such as en, so that it is set and read aloud in it",
            )


# --- review ----------------------------------------------------------------------------------


def _check_review(handout: Handout) -> Iterator[Diagnostic]:
    review = handout.review
    if bool(review.reviewer) != bool(review.reviewed):
        missing = "reviewed" if review.reviewer else "reviewer"
        yield Diagnostic(
            f"the review says only half: `{missing}` is missing",
            review.span,
            hint="write both who reviewed the text and when, or neither for a draft",
        )
    if review.remove_after_months < review.interval_months:
        yield Diagnostic(
            "the handout would be removed before its next review is due",
            review.span,
            hint="make `remove_after_months` larger than `interval_months`",
        )
    for reference in handout.references:
        dates = (
            ("published", reference.issued),
            ("updated", reference.updated),
            ("accessed", reference.accessed),
        )
        for what, when in dates:
            if when is not None and _is_later(when, review.updated):
                yield Diagnostic(
                    f'the reference "{reference.id}" was {what} on {when}, '
                    f"after the text was last updated ({review.updated})",
                    reference.span,
                    Severity.WARNING,
                    hint="check the date, or bring `updated` under `review` up to date",
                )


def _is_later(one: PartialDate, other: PartialDate) -> bool:
    """Whether one date is surely later than another, as far as both are known."""
    known = min(len(str(one)), len(str(other)))
    return str(one)[:known] > str(other)[:known]
