"""What somebody asks for: a handout or several, in a language, for a clinic and on a paper."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Request:
    """Every name is one of the library's; an empty one asks for the usual.

    ``pages`` is the most that the sheet may take, 0 for as many as the edition allows.
    ``twin`` is a second language to set beside the first. ``allow_stale`` puts the source's words
    in place of parts that are not in step with it. ``fallback`` takes the source language in place
    of one that the handout lacks, and says so on the sheet, in the language that was wanted.
    """

    handout: str
    language: str = ""
    clinic: str = ""
    paper: str = ""
    edition: str = ""
    pages: int = 0
    twin: str = ""
    allow_stale: bool = False
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of one patient; what is empty leaves lines to write on.

    ``notes`` is a file whose lines are free text or names from the clinic's phrase bank.
    """

    name: str = ""
    appointment: str = ""
    clinician: str = ""
    notes: Path | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.appointment or self.clinician or self.notes)


@dataclass(frozen=True, slots=True)
class PacketRequest:
    """Several handouts in one file; ``wish`` says of all of them what a request says of one.

    ``copies`` are those that a print window should offer: the file holds the packet once.
    """

    handouts: tuple[str, ...]
    wish: Request
    cover: bool = False
    duplex: bool = False
    copies: int = 1
