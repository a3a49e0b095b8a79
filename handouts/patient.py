"""What is printed for one patient. Nothing of it is kept, logged or put into a name of a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Patient:
    """``appointment`` has a time if it is a datetime; it is the clinic's, without a time zone.

    ``notes`` are paragraphs in the language of the sheet. With a ``notes_page`` they stand on
    that page and not in the box.
    """

    name: str = ""
    appointment: date | datetime | None = None
    clinician: str = ""
    notes: tuple[str, ...] = ()
    notes_page: int = 0
