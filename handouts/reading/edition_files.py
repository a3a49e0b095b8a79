"""The profiles of a library's own editions: editions/<name>.yaml.

A profile says what it is ``like`` and only what is not as there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handouts.diagnostics import SourceSpan
from handouts.edition import (
    ROLES,
    STANDARD,
    Edition,
    Editions,
    Shows,
    Stress,
    edition_names,
    edition_of,
    merged,
    own_entries,
)
from handouts.reading.added_files import read_file, read_folder
from handouts.reading.leaves import Choice, Text, Whole
from handouts.reading.marked_yaml import Node, Sequence, read_yaml
from handouts.reading.names import is_slug
from handouts.reading.report import Report
from handouts.reading.shapes import Record, Schema, Shape, leaf, optional, refuse, unexpected

_NUMBER = r"[0-9]{1,3}(\.[0-9]{1,3})?"
LEAST_LEADING = 1.0  # in parts of the size: lines that touch cannot be read


@dataclass(frozen=True, slots=True)
class _Length(Shape[float]):
    """A number of points, or a factor."""

    least: float
    most: float

    def read(self, node: Node, report: Report) -> float:
        expects = f"a number from {self.least:g} to {self.most:g}"
        text = leaf(node, expects, report).text.strip()
        if not re.fullmatch(_NUMBER, text) or not self.least <= float(text) <= self.most:
            raise refuse(f'expected {expects}, found "{text}"', node, report)
        return float(text)

    def json_schema(self) -> Schema:
        return {"type": "number", "minimum": self.least, "maximum": self.most}


class _TypeSize(Shape[tuple[float, float]]):
    """Size and leading, such as [18, 22.5]."""

    def read(self, node: Node, report: Report) -> tuple[float, float]:
        if not isinstance(node, Sequence) or len(node.items) != 2:
            raise unexpected(
                "a size and a leading", node, report, "write it such as `[18, 22.5]`, in points"
            )
        size = _Length(6, 96).read(node.items[0], report)
        leading = _Length(6, 200).read(node.items[1], report)
        if leading < size * LEAST_LEADING:
            raise refuse(
                f"lines that are {leading:g} points apart would touch at a size of {size:g}",
                node,
                report,
                hint=f"write a leading of at least {size * LEAST_LEADING:g}",
            )
        return size, leading

    def json_schema(self) -> Schema:
        return {
            "type": "array",
            "items": {"type": "number"},
            "minItems": 2,
            "maxItems": 2,
        }


def _lengths(descriptions: Mapping[str, str], most: float = 800) -> Record[dict[str, Any]]:
    return Record(
        dict,
        {name: optional(_Length(0, most), said) for name, said in descriptions.items()},
        keeps_span=False,
    )


EDITION_FILE: Record[dict[str, Any]] = Record(
    dict,
    {
        "about": optional(Text(), "for whom it is, in a line"),
        "source": optional(Text(), "the guidance that its numbers come from"),
        "like": optional(
            Choice(edition_names()), "the edition that it is like, but for what stands here"
        ),
        "shows": optional(Choice(tuple(Shows)), "what it prints of a handout"),
        "columns": optional(
            Whole(1, 2), "2 sets headings beside the text, 1 sets all one below the other"
        ),
        "floor": optional(_Length(6, 96), "the size that no text may be smaller than"),
        "pages": optional(
            Whole(0, 99), "the most pages that a sheet should take; 0 for any number"
        ),
        "type": optional(
            Record(
                dict,
                {role: optional(_TypeSize(), "[size, leading] in points") for role in ROLES},
                keeps_span=False,
            ),
            "size and leading of each kind of text",
        ),
        "spaces": optional(
            Record(
                dict,
                {
                    "section": optional(_Length(0, 100), "white space above a section"),
                    "block": optional(_Length(0, 100), "above a paragraph, list or table"),
                    "item": optional(_Length(0, 100), "above an item of a list"),
                    "indent": optional(_Length(8, 100), "how far a list stands in"),
                    "tightest": optional(
                        _Length(0.3, 1), "what these may be multiplied by to save a page"
                    ),
                },
                keeps_span=False,
            ),
            "white space, in points",
        ),
        "places": optional(
            _lengths(
                {
                    "margin": "from the paper's edge to the text, left and right",
                    "edge": "from the paper's edge to header and foot",
                    "header": "the height of the clinic's header",
                    "footer": "the height of the foot, with two columns",
                    "contact": "the height that is kept for the clinic's contact panel",
                    "patient": "the height that is kept for what concerns this patient",
                    "check": "the height that is kept for the question if the sheet is current",
                    "side": "the width of the column of headings, with two columns",
                    "gutter": "between columns",
                    "figure": "the greatest height of a picture",
                }
            ),
            "margins and reserved places, in points",
        ),
        "strong": optional(
            Choice((Stress.BOLD, Stress.UNDERLINE)), "how what is bold in the text is shown"
        ),
        "emphasis": optional(Choice(tuple(Stress)), "how what is italic in the text is shown"),
        "citations": optional(
            Choice(("raised", "in-line")), "how the numbers of references stand in the text"
        ),
        "bullet": optional(_Length(1, 2), "the size of bullets, in parts of the text's"),
    },
)


def read_editions(folder: Path) -> Editions:
    """The editions of a library's folder ``editions``.

    Raises:
        ContentError: everything that is wrong with its files.
    """
    return Editions(read_folder(folder, _read))


def read_edition(path: Path) -> Edition:
    """The edition of one file. Raises ContentError with all that is wrong with it."""
    return read_file(path, _read)


def _read(path: Path, report: Report) -> Edition:
    name = path.stem
    if path.suffix != ".yaml" or not is_slug(name):
        report.error(
            f'"{path.name}" is no name for an edition',
            SourceSpan(path.as_posix()),
            hint="name it in small letters, digits and hyphens, such as our-large-print.yaml",
        )
    entries = EDITION_FILE.read(read_yaml(path, report), report)
    span = entries.pop("span")
    model = own_entries(entries.pop("like", STANDARD))
    edition = edition_of(name, merged(model, entries))
    _check(edition, span, report)
    return edition


def _check(edition: Edition, span: SourceSpan, report: Report) -> None:
    """No kind of text may be smaller than the floor that the profile promises."""
    for role, (size, _) in edition.type.items():
        if size < edition.floor:
            report.error(
                f"{role} is {size:g} points, smaller than the floor of {edition.floor:g}",
                span,
                hint="write a larger size for it, or a lower `floor`; the ones of the edition "
                "that it is like hold where none is written",
            )
