"""Editions: how a handout is set for one group of readers. Each is a profile, a file of numbers.

The generator's own lie in the folder ``editions``; a library may bring more in its own. All lengths
are points. An edition is laid out by its numbers, never scaled from another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

EDITIONS = Path(__file__).parent / "editions"
STANDARD = "standard"

# What text there is on a sheet; a profile gives each of them its size and leading.
ROLES = (
    *("title", "byline", "heading", "subheading", "body", "lead", "label", "alarm"),
    *("caption", "credit", "small", "notes", "figure_label", "footer"),
)


class Shows(StrEnum):
    """What an edition prints of a handout."""

    WHOLE = "whole"
    SUMMARY = "summary"  # at a glance, what to do as a check-list, questions to answer aloud
    EASY_READ = "easy-read"  # the short sentences and pictures that an editor wrote for it


class Stress(StrEnum):
    """What an author's bold or italic becomes."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"


class TypeSize(NamedTuple):
    """The size of letters and the distance from baseline to baseline."""

    size: float
    leading: float


@dataclass(frozen=True, slots=True)
class Spaces:
    """White space above a section, a block and an item, and how far a list stands in.

    ``tightest`` is what they may be multiplied by to save a page.
    """

    section: float
    block: float
    item: float
    indent: float
    tightest: float


@dataclass(frozen=True, slots=True)
class Places:
    """The margins and the places that are kept free for what the imprint brings.

    ``edge`` is from the paper's edge to header and footer, ``side`` the width of the column for
    headings, ``figure`` the greatest height of a picture.
    """

    margin: float
    edge: float
    header: float
    footer: float
    contact: float
    patient: float
    check: float
    side: float
    gutter: float
    figure: float


@dataclass(frozen=True, slots=True)
class Edition:
    """``columns`` 1 sets everything one below the other, and the header on page one only.

    ``floor`` is the size that no text is smaller than. ``pages`` is the most that a sheet
    should take, 0 for any number. ``bullet`` is the size of bullets in parts of the text's.
    ``cites_in_line`` puts the numbers of references in brackets on the line, not raised and small.
    """

    name: str
    about: str
    source: str
    shows: Shows
    type: Mapping[str, TypeSize]
    spaces: Spaces
    places: Places
    columns: int
    floor: float
    pages: int
    strong: Stress
    emphasis: Stress
    cites_in_line: bool
    bullet: float


def edition_of(name: str, entries: Mapping[str, Any]) -> Edition:
    """The edition that the whole entries of a profile describe."""
    return Edition(
        name,
        entries["about"],
        entries["source"],
        Shows(entries["shows"]),
        {role: TypeSize(*map(float, entries["type"][role])) for role in ROLES},
        Spaces(**_lengths(entries["spaces"])),
        Places(**_lengths(entries["places"])),
        entries["columns"],
        float(entries["floor"]),
        entries["pages"],
        Stress(entries["strong"]),
        Stress(entries["emphasis"]),
        entries["citations"] == "in-line",
        float(entries["bullet"]),
    )


def _lengths(entries: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in entries.items()}


def merged(model: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """The entries of a profile that says only what is unlike its model."""
    both = dict(model)
    for key, value in own.items():
        both[key] = {**model[key], **value} if isinstance(value, Mapping) else value
    return both


@cache
def edition_names() -> tuple[str, ...]:
    """The generator's own, the standard one first."""
    names = sorted(path.stem for path in EDITIONS.glob("*.yaml"))
    return (STANDARD, *(name for name in names if name != STANDARD))


@cache
def own_edition(name: str = STANDARD) -> Edition:
    """One of the generator's own."""
    return edition_of(name, own_entries(name))


@cache
def own_entries(name: str) -> Mapping[str, Any]:
    """The whole entries of one of the generator's own profiles."""
    # The generator's own file, not an author's: no marks are needed.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load((EDITIONS / f"{name}.yaml").read_text("utf-8"), loader)  # noqa: S506
    model = entries.pop("like", "")
    return merged(own_entries(model), entries) if model else entries


@dataclass(frozen=True, slots=True)
class Editions:
    """The generator's editions, and before them the ``added`` ones that a library brings."""

    added: Mapping[str, Edition] = field(default_factory=dict)

    def names(self) -> tuple[str, ...]:
        """The generator's own first, the standard one before all others."""
        return tuple(dict.fromkeys((*edition_names(), *sorted(self.added))))

    def edition(self, name: str) -> Edition:
        return self.added[name] if name in self.added else own_edition(name)
