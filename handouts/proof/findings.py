"""What is wrong with a page on paper, and where on it."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.diagnostics import Diagnostic, SourceSpan
from handouts.proof.marks import Box, PaintedPage, Words

_MM = 25.4 / 72
_SHOWN = 40  # signs of a text that are quoted


@dataclass(frozen=True, slots=True)
class Finding:
    """``place`` is such as ``page 2, 18 mm from the left, 34 mm from the top``."""

    place: str
    message: str
    hint: str
    rule: str

    def diagnostic(self, file: str) -> Diagnostic:
        span = SourceSpan(file, path=self.place)
        return Diagnostic(self.message, span, hint=self.hint, rule=self.rule)


def place_of(page: PaintedPage, box: Box | None = None) -> str:
    """Measured to the upper left corner of the box, on the page as it lies in the file."""
    if box is None:
        return f"page {page.number}"
    across, down = box.left * _MM, (page.height - box.top) * _MM
    return f"page {page.number}, {across:.0f} mm from the left, {down:.0f} mm from the top"


def quoted(words: Words) -> str:
    text = words.text if len(words.text) <= _SHOWN else f"{words.text[: _SHOWN - 1]}…"
    return f'"{text}"' if text else "a text"
