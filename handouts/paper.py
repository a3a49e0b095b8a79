"""Paper sizes and the unit of length.

Lengths are points (1/72 inch) everywhere; places count from the lower left corner of the page,
as in PDF (ISO 32000-1, 8.3.2.3).
"""

from __future__ import annotations

from dataclasses import dataclass


def mm(length: float) -> float:
    """Millimetres in points."""
    return length * 72 / 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    name: str
    width: float
    height: float


LETTER = Paper("letter", 612, 792)
A4 = Paper("a4", 595.276, 841.89)
A5 = Paper("a5", 419.528, 595.276)
HALF_LETTER = Paper("half-letter", 396, 612)

PAPERS = {paper.name: paper for paper in (LETTER, A4)}  # what clinics print on
