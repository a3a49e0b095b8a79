"""The two kinds of file that make a handout.

``handout.yaml`` holds the facts that no language changes, ``<tag>.yaml`` the words in one
language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from handouts.diagnostics import SourceSpan
from handouts.document import (
    AtAGlance,
    Block,
    Checklist,
    Reference,
    Resource,
    Review,
    TeachBack,
)
from handouts.reading.csl import REFERENCE
from handouts.reading.edition_fields import CHECKLIST, EASY_READ, TEACH_BACK, EasyWords
from handouts.reading.leaves import (
    LANGUAGE_TAG,
    PHONE_NUMBER,
    SLUG,
    BlockMarkdown,
    Choice,
    Code,
    Country,
    Date,
    Flag,
    InlineMarkdown,
    Text,
    WebAddress,
    Whole,
)
from handouts.reading.marked_yaml import Node, Scalar
from handouts.reading.names import SLUG_PATTERN
from handouts.reading.parts import FINGERPRINT_PATTERN
from handouts.reading.report import Report
from handouts.reading.shapes import (
    ListOf,
    Located,
    MapOf,
    Marked,
    Record,
    Schema,
    Shape,
    optional,
    required,
)

# --- handout.yaml ----------------------------------------------------------------------------


class PictureFacts(NamedTuple):
    file: Located[str]
    credit: str
    rights: str
    place: Located[str]
    span: SourceSpan


class EasyPictureFacts(NamedTuple):
    file: Located[str]
    credit: str
    rights: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What handout.yaml says."""

    source_language: Located[str]
    audience: str
    author: str
    sections: tuple[Located[str], ...]
    review: Review
    span: SourceSpan
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pictures: Mapping[str, PictureFacts] = field(default_factory=dict)
    easy_read_pictures: Mapping[str, EasyPictureFacts] = field(default_factory=dict)
    resources: tuple[Resource, ...] = ()
    references: tuple[Reference, ...] = ()


_MONTHS = Whole(1, 240)
_PICTURE_FILE = {
    "file": required(
        Marked(Code("a file name such as pictures/neuron.svg")),
        "the file in this handout's folder: .svg, .png or .jpg",
    ),
    "credit": required(Text(), "who made the picture"),
    "rights": required(Text(), "its licence: an SPDX identifier such as CC-BY-4.0, or words"),
}

FACTS = Record(
    Facts,
    {
        "source_language": required(
            Marked(LANGUAGE_TAG), "the language the text was first written in, such as en"
        ),
        "audience": required(Code("a word such as adults", SLUG_PATTERN), "who the sheet is for"),
        "author": required(Text(), "who wrote the text, as printed under the title"),
        "codes": optional(
            MapOf(
                Code("a coding system such as icd-10-cm", SLUG_PATTERN),
                ListOf(Code("a code such as A81.2"), "[A81.2]"),
                "icd-10-cm: [A81.2]",
            ),
            "what the topic is called in medical coding systems",
        ),
        "sections": required(
            ListOf(Marked(SLUG), "[definition, causes, symptoms]"),
            "the ids of the sections in their order",
        ),
        "pictures": optional(
            MapOf(
                SLUG,
                Record(
                    PictureFacts,
                    {
                        **_PICTURE_FILE,
                        "place": required(Marked(SLUG), "the id of the section that shows it"),
                    },
                ),
                "neuron: {file: pictures/neuron.svg, ...}",
            ),
            "the pictures; their words are in the files of each language",
        ),
        "easy_read_pictures": optional(
            MapOf(
                SLUG,
                Record(EasyPictureFacts, _PICTURE_FILE, keeps_span=False),
                "brain: {file: pictures/brain.svg, ...}",
            ),
            "the pictures beside the sentences of easy read",
        ),
        "resources": optional(
            ListOf(
                Record(
                    Resource,
                    {
                        "id": required(SLUG, "a short name for it"),
                        "country": required(Country(), "the country it serves, such as US"),
                        "name": required(Text(), "the name of the organisation"),
                        "url": required(WebAddress(), "its web address"),
                        "phone": optional(PHONE_NUMBER, "its phone number"),
                        "language": optional(LANGUAGE_TAG, "its language, if another one"),
                    },
                ),
                "- {id: nord, country: US, name: ..., url: ...}",
            ),
            "organisations that help",
        ),
        "references": optional(
            ListOf(REFERENCE, "- {id: berger-2017, type: article-journal, title: ...}"),
            "the sources, as CSL-JSON items",
        ),
        "review": required(
            Record(
                Review,
                {
                    "version": required(Code("a version such as 1.0"), "the version of the text"),
                    "updated": required(Date(), "when the text last changed, such as 2021-05-25"),
                    "reviewer": optional(Text(), "who reviewed it; left out for a draft"),
                    "reviewed": optional(Date(), "when it was reviewed; left out for a draft"),
                    "interval_months": optional(_MONTHS, "months until the next review"),
                    "remove_after_months": optional(
                        _MONTHS, "months after which the handout may no longer be given out"
                    ),
                },
            ),
            "who vouches for the text and until when",
        ),
    },
)

# --- <tag>.yaml ------------------------------------------------------------------------------


class SectionWords(NamedTuple):
    heading: str
    blocks: tuple[Block, ...]
    span: SourceSpan


def _section(text: tuple[Block, ...], span: SourceSpan, heading: str = "") -> SectionWords:
    return SectionWords(heading, text, span)


_SECTION_WITH_HEADING = Record(
    _section,
    {
        "heading": optional(
            Text(), "the heading; left out, the language's own word for the section is used"
        ),
        "text": required(BlockMarkdown(), "the text of the section, in Markdown, after a `|`"),
    },
)


class _Section(Shape[SectionWords]):
    """Text, or a heading with text."""

    def read(self, node: Node, report: Report) -> SectionWords:
        if isinstance(node, Scalar):
            return SectionWords("", BlockMarkdown().read(node, report), node.span)
        return _SECTION_WITH_HEADING.read(node, report)

    def json_schema(self) -> Schema:
        return {"anyOf": [BlockMarkdown().json_schema(), _SECTION_WITH_HEADING.json_schema()]}


@dataclass(frozen=True, slots=True)
class PictureWords:
    span: SourceSpan
    caption: str = ""
    alt: str = ""
    decorative: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


NOBODY = "nobody"


class _Checker(Text):
    """A name, or that there is none."""

    def read(self, node: Node, report: Report) -> str:
        name = super().read(node, report)
        return "" if name.casefold() == NOBODY else name


@dataclass(frozen=True, slots=True)
class TranslationWords:
    """``checked_by`` is empty while nobody has checked it."""

    method: str
    span: SourceSpan
    translator: str = ""
    checked_by: str = ""
    made_from: Mapping[str, Located[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandoutWords:
    """What <tag>.yaml says. ``places`` tells by its key where each value stands."""

    title: str
    sections: Located[dict[str, SectionWords]]
    span: SourceSpan
    places: Mapping[str, SourceSpan]
    short_title: str = ""
    at_a_glance: AtAGlance | None = None
    checklist: Checklist | None = None
    teach_back: TeachBack | None = None
    easy_read: EasyWords | None = None
    pictures: Mapping[str, PictureWords] = field(default_factory=dict)
    translation: TranslationWords | None = None


_SENTENCES = ListOf(InlineMarkdown(), "- Call us if you have a fever.")

WORDS = Record(
    HandoutWords,
    {
        "title": required(Text(), "the title of the sheet"),
        "short_title": optional(Text(), "a short form of the title, for running headers"),
        "at_a_glance": optional(
            Record(
                AtAGlance,
                {
                    "summary": required(InlineMarkdown(), "what it is, in one to three sentences"),
                    "do": required(_SENTENCES, "what to do"),
                    "call": required(_SENTENCES, "when to call the clinic"),
                    "emergency": required(_SENTENCES, "when to call {emergency_number}"),
                },
            ),
            "the front of the sheet",
        ),
        "checklist": optional(
            CHECKLIST,
            "tasks to tick off, for the edition summary; without them, what to do at a glance",
        ),
        "teach_back": optional(
            TEACH_BACK,
            "questions for the patient to answer aloud, for the edition summary; without them, "
            "general ones are printed",
        ),
        "sections": required(
            Marked(MapOf(SLUG, _Section(), "definition: |")), "the text of each section, by its id"
        ),
        "easy_read": optional(
            EASY_READ,
            "the whole as easy read: short sentences, each with a picture, for that edition",
        ),
        "pictures": optional(
            MapOf(
                SLUG,
                Record(
                    PictureWords,
                    {
                        "caption": optional(Text(), "what is printed below the picture"),
                        "alt": optional(
                            Text(), "what the picture shows, for people who cannot see it"
                        ),
                        "decorative": optional(
                            Flag(), "true if the picture tells nothing and needs no alt text"
                        ),
                        "labels": optional(
                            MapOf(
                                Code("a label name", r"[A-Za-z0-9_-]+"), Text(), "axon: Nerve fibre"
                            ),
                            "the words set in the picture, by the names of their places",
                        ),
                    },
                ),
                "neuron: {caption: ..., alt: ...}",
            ),
            "the words of each picture",
        ),
        "translation": optional(
            Record(
                TranslationWords,
                {
                    "method": required(
                        Choice(("human", "machine", "machine-and-human")), "how it was translated"
                    ),
                    "translator": optional(
                        Text(), "who translated it; not needed if a machine alone did"
                    ),
                    "checked_by": optional(
                        _Checker(), "who checked it; nobody, or left out, for a draft"
                    ),
                    "made_from": optional(
                        MapOf(
                            Code("the name of a part such as sections.causes", r"[A-Za-z0-9_.-]+"),
                            Marked(
                                Code(
                                    "a fingerprint such as 0f3a9c2b77d1e054, of 16 digits and "
                                    "letters a to f",
                                    FINGERPRINT_PATTERN,
                                )
                            ),
                            "title: 0f3a9c2b77d1e054",
                        ),
                        "the fingerprints of the source's words that each part was translated "
                        "from; `make-handout translations confirm` writes them",
                    ),
                },
            ),
            "how this language came about; only in a language that is not the source",
        ),
    },
    keeps_places=True,
)
