"""A handout as a document: what a patient reads, before any thought of pages.

Every value is frozen and keeps the place it was written at. Inline text is a flat sequence of
runs, never a tree, since bold, italic, link and language are all that patient text needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from handouts.diagnostics import NOWHERE, SourceSpan

# --- inline text -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text in one manner. ``language`` is set only where it differs from the handout's."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    language: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Variable:
    """A word that the clinic supplies, such as the emergency number."""

    name: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Citation:
    """A superscript number that leads to an entry in the reference list."""

    reference: str
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A line end that the writer asked for."""

    span: SourceSpan = NOWHERE


Inline = Words | Variable | Citation | LineBreak
Inlines = tuple[Inline, ...]

# --- blocks ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    content: Inlines
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Subheading:
    """A heading inside a section: level 3 in the sheet, level 4 below another one."""

    content: Inlines
    level: int = 3
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class ListItem:
    """``checked`` is None in an ordinary list; in a task list, whether the box is ticked."""

    blocks: tuple[Block, ...]
    checked: bool | None = None
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[ListItem, ...]
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class NumberedList:
    items: tuple[ListItem, ...]
    start: int = 1
    span: SourceSpan = NOWHERE


class Align(StrEnum):
    START = "start"
    CENTER = "center"
    END = "end"


@dataclass(frozen=True, slots=True)
class Cell:
    content: Inlines
    is_header: bool = False
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Table:
    """``rows[0]`` is the header row; a header column has ``is_header`` set in every row.

    Every row has as many cells as there are entries in ``alignments``.
    """

    rows: tuple[tuple[Cell, ...], ...]
    alignments: tuple[Align, ...]
    span: SourceSpan = NOWHERE


class CalloutKind(StrEnum):
    NOTE = "note"
    CALL_DOCTOR = "call-doctor"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Callout:
    kind: CalloutKind
    blocks: tuple[Block, ...]
    span: SourceSpan = NOWHERE


Block = Paragraph | Subheading | BulletList | NumberedList | Table | Callout

# --- the parts of a sheet --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AtAGlance:
    """The front of the sheet: what it is, what to do, when to call, when it is an emergency.

    ``language`` is set only where it differs from the handout's.
    """

    summary: Inlines
    do: tuple[Inlines, ...]
    call: tuple[Inlines, ...]
    emergency: tuple[Inlines, ...]
    language: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Checklist:
    """Tasks to tick off, for the summary. ``language`` as in AtAGlance."""

    items: tuple[Inlines, ...]
    language: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class TeachBack:
    """Questions that a patient answers aloud. ``language`` as in AtAGlance."""

    questions: tuple[Inlines, ...]
    language: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Section:
    """``heading`` is empty where the language's own word for the section id is used.

    ``language`` is set only where it differs from the handout's.
    """

    id: str
    heading: str
    blocks: tuple[Block, ...]
    language: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Picture:
    """An illustration with its words. ``place`` is the id of the section that shows it.

    ``labels`` maps the name of a label place inside an SVG to the words set there.
    ``rights`` is an SPDX licence identifier or a plain statement. ``alt`` is empty only when
    ``decorative``. ``language`` is that of its words where it differs from the handout's.
    """

    id: str
    file: Path
    place: str
    credit: str
    rights: str
    caption: str = ""
    alt: str = ""
    decorative: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Statement:
    """A short sentence of easy read, with the picture beside it."""

    text: Inlines
    picture: Picture
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class EasySection:
    heading: str
    statements: tuple[Statement, ...]
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class EasyRead:
    """The handout as an editor wrote it for easy read. ``language`` as in AtAGlance."""

    sections: tuple[EasySection, ...]
    language: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Resource:
    """An organisation that helps. ``country`` is an ISO 3166-1 alpha-2 code."""

    id: str
    country: str
    name: str
    url: str
    phone: str = ""
    language: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as far as it is known: month and day may be missing (0)."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)

    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)


@dataclass(frozen=True, slots=True)
class Author:
    """A person (family and given name) or an organisation (``literal``), as in CSL-JSON."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """One source, with the CSL-JSON fields that AMA style prints.

    ``type`` is a CSL type such as ``article-journal``, ``webpage`` or ``book``.
    """

    id: str
    type: str
    title: str
    authors: tuple[Author, ...] = ()
    container_title: str = ""
    container_title_short: str = ""
    publisher: str = ""
    publisher_place: str = ""
    edition: str = ""
    volume: str = ""
    issue: str = ""
    page: str = ""
    issued: PartialDate | None = None
    updated: PartialDate | None = None
    accessed: PartialDate | None = None
    doi: str = ""
    pmid: str = ""
    url: str = ""
    language: str = ""
    note: str = ""
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Review:
    """Who vouches for the text and until when. ``reviewer`` is empty for a draft."""

    version: str
    updated: PartialDate
    reviewer: str = ""
    reviewed: PartialDate | None = None
    interval_months: int = 24
    remove_after_months: int = 60
    span: SourceSpan = NOWHERE

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewer and self.reviewed)

    @property
    def next_review(self) -> PartialDate | None:
        """The month in which the text is due, counted from its last review."""
        if self.reviewed is None:
            return None
        months = self.reviewed.year * 12 + (self.reviewed.month or 1) - 1 + self.interval_months
        return PartialDate(months // 12, months % 12 + 1)


@dataclass(frozen=True, slots=True)
class Translation:
    """How this language came about. ``checked_by`` is empty while nobody has checked it.

    ``made_from`` holds, by the name of each part (``title``, ``at_a_glance``,
    ``sections.causes``, ``pictures.neuron``), the fingerprint of the source text that it was
    translated from.
    """

    method: str
    translator: str = ""
    checked_by: str = ""
    made_from: Mapping[str, str] = field(default_factory=dict)
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Handout:
    """One topic in one language, whole.

    ``title_language`` is set only where the title is in another language than the handout. A
    translation that is behind its source has such parts: their newest text in the source language.
    """

    slug: str
    language: str
    source_language: str
    title: str
    short_title: str
    author: str
    audience: str
    codes: Mapping[str, tuple[str, ...]]
    at_a_glance: AtAGlance | None
    sections: tuple[Section, ...]
    pictures: tuple[Picture, ...]
    resources: tuple[Resource, ...]
    references: tuple[Reference, ...]
    review: Review
    translation: Translation | None = None
    title_language: str = ""
    checklist: Checklist | None = None
    teach_back: TeachBack | None = None
    easy_read: EasyRead | None = None
    span: SourceSpan = NOWHERE

    @property
    def is_whole(self) -> bool:
        """Whether every part is in the handout's own language."""
        optional = (self.at_a_glance, self.checklist, self.teach_back, self.easy_read)
        parts = (*optional, *self.sections, *self.pictures)
        return not self.title_language and not any(part.language for part in parts if part)

    @property
    def is_draft(self) -> bool:
        """Whether the sheet must say that it is not yet reviewed."""
        unchecked = self.translation is not None and not self.translation.checked_by
        return not self.review.is_reviewed or unchecked


@dataclass(frozen=True, slots=True)
class Notice:
    """Lines for a reader whose language is not the sheet's, above everything else."""

    language: str
    lines: tuple[str, ...]
