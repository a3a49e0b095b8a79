"""The three kinds of file that people write, and their JSON Schemas for editors.

``handout.yaml`` holds the facts that no language changes, ``<tag>.yaml`` the words in one
language, ``clinic.yaml`` a clinic. ``python -m handouts.reading.schema FOLDER`` writes the
schemas.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handouts.diagnostics import SourceSpan
from handouts.document import (
    AtAGlance,
    Block,
    Inlines,
    Palette,
    Phone,
    Reference,
    Resource,
    Review,
    Translation,
)
from handouts.paper import PAPERS
from handouts.reading.csl import REFERENCE
from handouts.reading.marked_yaml import Node, Scalar
from handouts.reading.names import LANGUAGE_TAG_PATTERN, SLUG_PATTERN
from handouts.reading.report import Report
from handouts.reading.shapes import (
    Choice,
    Code,
    Date,
    Flag,
    ListOf,
    Located,
    MapOf,
    Marked,
    Record,
    Schema,
    Shape,
    Text,
    WebAddress,
    Whole,
    leaf,
    optional,
    required,
)

# --- text ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InlineMarkdown(Shape[Inlines]):
    """One paragraph without blocks."""

    def read(self, node: Node, report: Report) -> Inlines:
        from handouts.reading.markdown import read_inlines

        return read_inlines(leaf(node, "text", report), report)

    def json_schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class BlockMarkdown(Shape[tuple[Block, ...]]):
    def read(self, node: Node, report: Report) -> tuple[Block, ...]:
        from handouts.reading.markdown import read_blocks

        return read_blocks(leaf(node, "text", report), report)

    def json_schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class SectionWords:
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


@dataclass(frozen=True, slots=True)
class _Section(Shape[SectionWords]):
    """Text, or a heading with text."""

    def read(self, node: Node, report: Report) -> SectionWords:
        if isinstance(node, Scalar):
            return SectionWords("", BlockMarkdown().read(node, report), node.span)
        return _SECTION_WITH_HEADING.read(node, report)

    def json_schema(self) -> Schema:
        return {"anyOf": [BlockMarkdown().json_schema(), _SECTION_WITH_HEADING.json_schema()]}


# --- handout.yaml ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PictureFacts:
    file: Located[str]
    credit: str
    rights: str
    place: Located[str]
    span: SourceSpan


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
    resources: tuple[Resource, ...] = ()
    references: tuple[Reference, ...] = ()


SLUG = Code("a name in small letters, digits and hyphens, such as risk-factors", SLUG_PATTERN)
LANGUAGE_TAG = Code("a language tag such as en, es or zh-Hans", LANGUAGE_TAG_PATTERN)
_COUNTRY = Code("a country code of two capital letters, such as US", r"[A-Z]{2}")
_PHONE = Code("a phone number such as 212-555-0142", r".*[0-9].*")
_MONTHS = Whole(1, 240)

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
                        "file": required(
                            Marked(Code("a file name such as pictures/neuron.svg")),
                            "the file in this handout's folder: .svg, .png or .jpg",
                        ),
                        "credit": required(Text(), "who made the picture"),
                        "rights": required(
                            Text(), "its licence: an SPDX identifier such as CC-BY-4.0, or words"
                        ),
                        "place": required(Marked(SLUG), "the id of the section that shows it"),
                    },
                ),
                "neuron: {file: pictures/neuron.svg, ...}",
            ),
            "the pictures; their words are in the files of each language",
        ),
        "resources": optional(
            ListOf(
                Record(
                    Resource,
                    {
                        "id": required(SLUG, "a short name for it"),
                        "country": required(_COUNTRY, "the country it serves, such as US"),
                        "name": required(Text(), "the name of the organisation"),
                        "url": required(WebAddress(), "its web address"),
                        "phone": optional(_PHONE, "its phone number"),
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


@dataclass(frozen=True, slots=True)
class PictureWords:
    span: SourceSpan
    caption: str = ""
    alt: str = ""
    decorative: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HandoutWords:
    """What <tag>.yaml says."""

    title: str
    sections: Mapping[str, SectionWords]
    span: SourceSpan
    short_title: str = ""
    at_a_glance: AtAGlance | None = None
    pictures: Mapping[str, PictureWords] = field(default_factory=dict)
    translation: Translation | None = None


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
        "sections": required(
            MapOf(SLUG, _Section(), "definition: |"), "the text of each section, by its id"
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
                Translation,
                {
                    "method": required(
                        Choice(("human", "machine", "machine-and-human")), "how it was translated"
                    ),
                    "translator": optional(Text(), "who translated it"),
                    "checked_by": optional(Text(), "who checked it; left out for a draft"),
                },
            ),
            "how this language came about; only in a language that is not the source",
        ),
    },
)

# --- clinic.yaml -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Logo:
    file: Located[str]
    alt: str = ""


_COLOUR = Code('a colour such as "#1F4E79"', r"#[0-9A-Fa-f]{6}")

CLINIC: Record[dict[str, Any]] = Record(
    dict,
    {
        "name": required(Text(), "the name of the clinic"),
        "country": required(_COUNTRY, "the country, such as US"),
        "language": optional(LANGUAGE_TAG, "the language of its sheets if none is asked for"),
        "paper": optional(Choice(tuple(PAPERS)), "the paper in its printers"),
        "emergency_number": required(
            Code('an emergency number such as "911"', r"[0-9][0-9 -]*"),
            "the number to call in an emergency",
        ),
        "phones": required(
            ListOf(
                Record(
                    Phone,
                    {
                        "number": required(_PHONE, "the phone number as it is printed"),
                        "label": optional(Text(), "what the line is for; none for the main line"),
                    },
                    keeps_span=False,
                ),
                '- {label: Nurse line, number: "212-555-0143"}',
            ),
            "the phone lines",
        ),
        "address": optional(ListOf(Text(), "- 120 River Street"), "the lines of the address"),
        "hours": optional(
            ListOf(Text(), "- Monday to Friday, 8 am to 6 pm"), "the opening hours, line by line"
        ),
        "web": optional(WebAddress(), "the clinic's web site"),
        "check_address": optional(
            WebAddress(), "a page where a patient can see whether a sheet is still current"
        ),
        "logo": optional(
            Record(
                Logo,
                {
                    "file": required(
                        Marked(Code("a file name such as logo.svg")),
                        "the file in this clinic's folder: .svg, .png or .jpg",
                    ),
                    "alt": optional(Text(), "what the logo says; left out, the clinic's name"),
                },
                keeps_span=False,
            ),
            "the logo",
        ),
        "palette": optional(
            Record(
                Palette,
                {
                    "accent": optional(_COLOUR, "headings, bullets and links"),
                    "emergency": optional(_COLOUR, "the emergency bar"),
                },
            ),
            "the clinic's colours; text in each must be easy to read on white",
        ),
    },
)

# --- JSON Schemas ----------------------------------------------------------------------------

_FILES: dict[str, tuple[str, Record[Any]]] = {
    "handout": ("The facts of a handout that no language changes (handout.yaml)", FACTS),
    "words": ("The words of a handout in one language (such as en.yaml)", WORDS),
    "clinic": ("A clinic (clinic.yaml)", CLINIC),
}


def json_schemas() -> dict[str, str]:
    """The text of each schema file by its name."""
    texts = {}
    for name, (title, shape) in _FILES.items():
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
        schema = head | shape.json_schema()
        texts[f"{name}.schema.json"] = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
    return texts


def write_schemas(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in json_schemas().items():
        (folder / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
