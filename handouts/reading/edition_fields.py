"""The fields of a words file that only some editions show: check-list, teach-back, easy read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from handouts.diagnostics import SourceSpan
from handouts.document import Checklist, Inlines, TeachBack
from handouts.reading.leaves import SLUG, InlineMarkdown, Text
from handouts.reading.marked_yaml import Node
from handouts.reading.report import Report
from handouts.reading.shapes import (
    ListOf,
    Located,
    Marked,
    Record,
    Schema,
    Shape,
    T,
    optional,
    required,
)


class StatementWords(NamedTuple):
    text: Inlines
    picture: Located[str]
    span: SourceSpan
    alt: str = ""


class EasySectionWords(NamedTuple):
    heading: str
    statements: tuple[StatementWords, ...]
    span: SourceSpan


class EasyWords(NamedTuple):
    sections: tuple[EasySectionWords, ...]
    span: SourceSpan


class _Listed(Shape[T]):
    """A list that is built into a value with its place."""

    def __init__(self, build: Callable[..., T], shape: ListOf[Any]) -> None:
        self._build, self._shape = build, shape

    def read(self, node: Node, report: Report) -> T:
        return self._build(self._shape.read(node, report), span=node.span)

    def json_schema(self) -> Schema:
        return self._shape.json_schema()


_EASY_SECTION = Record(
    EasySectionWords,
    {
        "heading": required(Text(), "a short heading, best a question"),
        "statements": required(
            ListOf(
                Record(
                    StatementWords,
                    {
                        "text": required(InlineMarkdown(), "one short sentence, two at the most"),
                        "picture": required(
                            Marked(SLUG), "the picture beside it, from handout.yaml"
                        ),
                        "alt": optional(
                            Text(),
                            "what the picture shows, if it tells more than the sentence does",
                        ),
                    },
                ),
                "- {picture: brain, text: PML is an illness of the brain.}",
            ),
            "the sentences, each with its picture",
        ),
    },
)

CHECKLIST = _Listed(Checklist, ListOf(InlineMarkdown(), "- Bring this sheet to each visit."))
TEACH_BACK = _Listed(TeachBack, ListOf(InlineMarkdown(), "- What will you do about a fever?"))
EASY_READ = _Listed(EasyWords, ListOf(_EASY_SECTION, "- {heading: ..., statements: [...]}"))
