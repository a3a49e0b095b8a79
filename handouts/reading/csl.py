"""References as CSL-JSON items (citationstyles.org), so that Zotero's export can be pasted in.

The variables that AMA style prints are read; ``custom: {updated: ...}`` is our own, since CSL
has no date for when a page was last updated.
"""

from __future__ import annotations

from typing import NamedTuple

from handouts.document import Author, PartialDate, Reference
from handouts.reading import marked_yaml
from handouts.reading.leaves import LANGUAGE_TAG, Choice, Code, Text, WebAddress, real_date
from handouts.reading.marked_yaml import Node
from handouts.reading.report import Report
from handouts.reading.shapes import (
    ListOf,
    Record,
    Schema,
    Shape,
    leaf,
    optional,
    refuse,
    required,
    unexpected,
)

# Types of CSL 1.0.2.
_TYPES = tuple(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter
    classic collection dataset document entry entry-dictionary entry-encyclopedia event figure
    graphic hearing interview legal_case legislation manuscript map motion_picture musical_score
    pamphlet paper-conference patent performance periodical personal_communication post
    post-weblog regulation report review review-book software song speech standard thesis treaty
    webpage""".split()  # noqa: SIM905
)

# Variables of CSL-JSON that no reference list in AMA style prints.
_UNPRINTED = tuple(
    """abstract annote archive archive_location archive-place call-number categories
    citation-key citation-label dimensions ISBN ISSN journalAbbreviation keyword
    number-of-pages number-of-volumes PMCID shortTitle source title-short""".split()  # noqa: SIM905
)


class CslDate(Shape[PartialDate]):
    """``{date-parts: [[2017, 11]]}``: one date, not a range."""

    def read(self, node: Node, report: Report) -> PartialDate:
        example = "write it such as `{date-parts: [[2017, 11]]}`"
        match node:
            case marked_yaml.Mapping(
                entries=((key, marked_yaml.Sequence(items=(marked_yaml.Sequence() as date,))),)
            ) if key.text == "date-parts" and 1 <= len(date.items) <= 3:
                parts = [leaf(item, "a number", report).text.strip() for item in date.items]
            case _:
                raise unexpected("a date in CSL's form", node, report, example)
        if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
            raise refuse(f"a date has numbers, found {', '.join(parts)}", date, report, example)
        return real_date([int(part) for part in parts], "-".join(parts), date, report)

    def json_schema(self) -> Schema:
        number = {"type": ["integer", "string"], "pattern": "^[0-9]{1,4}$"}
        parts = {"type": "array", "items": number, "minItems": 1, "maxItems": 3}
        dates = {"type": "array", "items": parts, "minItems": 1, "maxItems": 1}
        return {
            "type": "object",
            "properties": {"date-parts": dates},
            "required": ["date-parts"],
            "additionalProperties": False,
        }


class _Custom(NamedTuple):
    updated: PartialDate | None = None


_NUMBER = Code("a number or a short text, such as 17 or S1")
_AUTHOR = Record(
    Author,
    {
        "family": optional(Text(), "the family name"),
        "given": optional(Text(), "the given names or initials, such as Robert J"),
        "literal": optional(Text(), "the name of an organisation, whole"),
    },
    keeps_span=False,
)


def _reference(custom: _Custom | None = None, **values: object) -> Reference:
    updated = custom.updated if custom else None
    return Reference(updated=updated, **values)  # type: ignore[arg-type]


REFERENCE = Record(
    _reference,
    {
        "id": required(
            Code("a short name such as grebenciucova-2017", r"[A-Za-z0-9][A-Za-z0-9._:-]*"),
            "the name that citations in the text use, as in [^grebenciucova-2017]",
        ),
        "type": required(Choice(_TYPES), "what kind of source it is, such as article-journal"),
        "title": required(Text(), "the title of the source"),
        "author": optional(
            ListOf(_AUTHOR, "[{family: Berger, given: Joseph R}]"),
            "the authors in their order",
            "authors",
        ),
        "container-title": optional(Text(), "the journal, the book or the web site"),
        "container-title-short": optional(Text(), "the journal's abbreviation"),
        "publisher": optional(Text(), "the publisher or the organisation behind a web page"),
        "publisher-place": optional(Text(), "the city of the publisher"),
        "edition": optional(_NUMBER, "the edition, such as 2nd"),
        "volume": optional(_NUMBER, "the volume"),
        "issue": optional(_NUMBER, "the issue"),
        "page": optional(_NUMBER, "the pages, such as 961-973"),
        "issued": optional(CslDate(), "when it was published"),
        "accessed": optional(CslDate(), "when the web page was last looked at"),
        "DOI": optional(
            Code("a DOI such as 10.1007/s13311-017-0567-0", r"10\.[0-9]{4,9}/\S+"), "the DOI"
        ),
        "PMID": optional(Code("a PubMed number such as 28875428", r"[0-9]{1,9}"), "the PubMed id"),
        "URL": optional(WebAddress(), "where it can be read"),
        "language": optional(LANGUAGE_TAG, "its language, if not the source language"),
        "note": optional(Text(), "anything else a reader needs"),
        "custom": optional(
            Record(
                _Custom,
                {"updated": optional(CslDate(), "when the page says it was updated")},
                keeps_span=False,
            ),
            "what CSL has no variable for",
        ),
    },
    unprinted=_UNPRINTED,
)
