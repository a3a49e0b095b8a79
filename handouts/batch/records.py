"""What is known of pieces and files: what they were made from, and what there is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from handouts.batch.expanding import Sheet
from handouts.batch.inputs import Hashes
from handouts.batch.stores import Stamp


class SheetRow(NamedTuple):
    """A finished sheet as it was made: of which pieces, by their keys, and what file it gave."""

    name: str
    master: bytes
    imprint: bytes
    stamp: Stamp


class Recorded(NamedTuple):
    """A row to be written. ``why`` says why it was made, in words."""

    clinic: str
    name: str
    master: bytes
    imprint: bytes
    stamp: Stamp
    sha256: bytes
    why: str


class Owner(NamedTuple):
    """Whose file a sheet is, and why it was made last."""

    plan: str
    clinic: str
    sheet: Sheet
    row: SheetRow
    why: str


class BundleRow(NamedTuple):
    """``content`` is the key of what is in it."""

    name: str
    content: bytes
    stamp: Stamp


class Member(NamedTuple):
    """A sheet as its clinic's bundles have it."""

    name: str
    sheet: Sheet
    sha256: bytes
    title: str
    language: str
    page_count: int
    is_draft: bool


@dataclass(frozen=True, slots=True)
class PieceFacts:
    """What the ledger knows of a master or imprint. An imprint has no title and no pages."""

    key: bytes
    digest: bytes
    inputs: Hashes
    title: str = ""
    language: str = ""
    page_count: int = 0
    is_draft: bool = False


class Pressed(NamedTuple):
    """A file that is there."""

    name: str
    stamp: Stamp
    sha256: bytes


class Bundled(NamedTuple):
    """A bundle that is there; ``content`` is the key of what is in it."""

    clinic: str
    name: str
    content: bytes
    stamp: Stamp
    sha256: bytes
