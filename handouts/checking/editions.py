"""What the summary and easy read show of their own: short, and without references."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handouts.diagnostics import Diagnostic, Severity, SourceSpan
from handouts.document import (
    Citation,
    Handout,
    Inlines,
    LineBreak,
    Statement,
    TeachBack,
    Variable,
    Words,
)

MOST_WORDS = 15  # of a sentence; a language written without spaces never has so many
MOST_SENTENCES = 2  # beside one picture
MOST_QUESTIONS = 5

# A full stop ends a sentence before a space (2.5 is a number), a wide one anywhere.
_SENTENCE_END = re.compile(r"(?<=[.!?؟۔।።։។။])\s+|(?<=[。！？])\s*")


def check_editions(handout: Handout) -> Iterator[Diagnostic]:
    """Mistakes and warnings about the check-list, the questions and easy read."""
    if handout.checklist is not None:
        yield from _check_uncited(handout.checklist.items, handout.checklist.span)
    if handout.teach_back is not None:
        yield from _check_questions(handout.teach_back)
    for section in handout.easy_read.sections if handout.easy_read is not None else ():
        for said in section.statements:
            yield from _check_uncited((said.text,), said.span)
            yield from _check_length(said)


def _check_questions(asked: TeachBack) -> Iterator[Diagnostic]:
    yield from _check_uncited(asked.questions, asked.span)
    if len(asked.questions) > MOST_QUESTIONS:
        yield Diagnostic(
            f"{len(asked.questions)} questions are too many to answer aloud",
            asked.span,
            hint=f"keep the {MOST_QUESTIONS} that matter most, or fewer",
        )


def _check_uncited(contents: tuple[Inlines, ...], otherwise: SourceSpan) -> Iterator[Diagnostic]:
    for run in (run for content in contents for run in content):
        if isinstance(run, Citation):
            yield Diagnostic(
                "the summary and easy read print no references: this number would lead nowhere",
                run.span if run.span.line else otherwise,
                hint="take the `[^...]` away; the whole sheet has it",
            )


def _check_length(said: Statement) -> Iterator[Diagnostic]:
    sentences = [found for found in _SENTENCE_END.split(_read_aloud(said.text)) if found]
    longest = max((len(sentence.split()) for sentence in sentences), default=0)
    if longest > MOST_WORDS:
        yield Diagnostic(
            f"a sentence of {longest} words is long for easy read",
            said.span,
            Severity.WARNING,
            hint=f"write at most {MOST_WORDS} words, with one thought in a sentence",
        )
    if len(sentences) > MOST_SENTENCES:
        yield Diagnostic(
            f"{len(sentences)} sentences stand beside one picture",
            said.span,
            Severity.WARNING,
            hint="give each thought a picture of its own",
        )


def _read_aloud(content: Inlines) -> str:
    """The text with one word for each of the clinic's own."""
    texts = []
    for run in content:
        match run:
            case Words():
                texts.append(run.text)
            case Variable():
                texts.append(run.name)
            case LineBreak():
                texts.append(" ")
    return "".join(texts).strip()
