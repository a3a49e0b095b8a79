"""What somebody asks for: one handout, in the language, for the clinic and on the paper named."""

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
