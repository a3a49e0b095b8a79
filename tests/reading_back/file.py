"""A PDF opened for reading back."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pypdf import PdfReader
from pypdf.generic import IndirectObject

from tests.reading_back.interpreter import Interpreter
from tests.reading_back.painting import PaintedPage


@dataclass(frozen=True, slots=True)
class File:
    """``catalog`` is a pypdf dictionary; pypdf parses objects here and does nothing else."""

    reader: PdfReader
    catalog: Any
    pages: tuple[PaintedPage, ...]

    def object(self, number: int) -> Any:
        """The object with this number, as pypdf parses it."""
        return IndirectObject(number, 0, self.reader).get_object()

    def name(self, stream: int) -> str:
        """What a problem calls the page or form with this object number."""
        page = self.page_index(stream)
        return f"form {stream}" if page is None else f"page {page + 1}"

    def page_index(self, number: int) -> int | None:
        """Where the page with this object number stands, from 0; None for what is no page."""
        numbers = [page.stream for page in self.pages]
        return numbers.index(number) if number in numbers else None


@lru_cache(maxsize=8)
def open_file(pdf: bytes) -> File:
    """Raises ``ContentStreamError`` or pypdf's errors for what is no sound PDF."""
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    interpreter = Interpreter()
    pages = tuple(interpreter.page(page) for page in reader.pages)
    return File(reader, reader.trailer["/Root"].get_object(), pages)
