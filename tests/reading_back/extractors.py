"""What other programs make of a file: its text and its looks."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image


def words(text: str) -> list[str]:
    """The text cut at white space, as ``str.split`` has it (spaces of all kinds, line and page
    ends). Nothing else is changed: no case, no hyphens, no composed characters, no marks."""
    return text.split()


def read_with_pdfium(pdf: bytes) -> str:
    """The text as Chrome copies it; a form feed ends each page."""
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(pdf) as document:
        texts = []
        for page in document:
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range() + "\f")
            textpage.close()
            page.close()
        return "".join(texts)


def read_with_pypdf(pdf: bytes) -> str:
    """The text as pypdf extracts it; a form feed ends each page."""
    from pypdf import PdfReader

    return "".join(page.extract_text() + "\f" for page in PdfReader(io.BytesIO(pdf)).pages)


def read_with_poppler(pdf: bytes, *, raw: bool = True) -> str:
    """The text as ``pdftotext`` prints it, in content stream order when ``raw``.

    A form feed ends each page. Tests that call this need the mark ``system("pdftotext")``.
    """
    order = ["-raw"] if raw else []
    command = ["pdftotext", *order, "-enc", "UTF-8", "-", "-"]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()


_LEFT_TO_RIGHT = re.compile("\u202a([^\u202a-\u202c]*)\u202c")
_AFTER_SIGNS = re.compile("([^\\s\\w\u202a-\u202c]+)(\u202b[^\u202a-\u202c]*\u202c)")


def without_embeddings(text: str) -> str:
    """What ``pdftotext`` prints, in the order in which it is read.

    Poppler marks what it takes for right-to-left text, and what it takes for left-to-right text in
    it, by the signs U+202A to U+202C, and leaves the signs and spaces at the ends of the latter as
    they are seen from left to right. They are put where they are read; letters and digits stay.
    """

    def turned(match: re.Match[str]) -> str:
        core = match[1].strip("".join({sign for sign in match[1] if not sign.isalnum()}))
        before, _, after = match[1].partition(core) if core else (match[1], "", "")
        return after[::-1] + core + before[::-1]

    text = _AFTER_SIGNS.sub(lambda match: match[2] + match[1][::-1], text)
    return re.sub("[\u202a-\u202c]", "", _LEFT_TO_RIGHT.sub(turned, text))


def read_with_mutool(pdf: bytes) -> str:
    """The text as MuPDF's ``mutool draw -F txt`` prints it; a form feed ends each page.

    Tests that call this need the mark ``system("mutool")``.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "read.pdf"
        file.write_bytes(pdf)
        command = ["mutool", "draw", "-q", "-F", "txt", "-o", "-", str(file)]
        printed = subprocess.run(command, capture_output=True, check=True).stdout.decode()
        return printed.removesuffix("\n")  # there is one behind the last page too


def read_with_pdfium_and_hyphens(pdf: bytes) -> str:
    """PDFium joins a line that ends with a hyphen to the next one and puts U+FFFE in its place."""
    return read_with_pdfium(pdf).replace("\ufffe", "-\n")


def _read_with_poppler_raw(pdf: bytes) -> str:
    return without_embeddings(read_with_poppler(pdf))


def _read_with_poppler(pdf: bytes) -> str:
    return without_embeddings(read_with_poppler(pdf, raw=False))


@dataclass(frozen=True, slots=True)
class Extractor:
    """A way to get text out of a file; ``program`` is the one it needs, if pip has it not."""

    name: str
    read: Callable[[bytes], str]
    program: str = ""

    def pages(self, pdf: bytes) -> list[str]:
        return self.read(pdf).split("\f")[:-1]


EXTRACTORS = (
    Extractor("PDFium", read_with_pdfium_and_hyphens),
    Extractor("Poppler", _read_with_poppler, "pdftotext"),
    Extractor("Poppler -raw", _read_with_poppler_raw, "pdftotext"),
    Extractor("pypdf", read_with_pypdf),
    Extractor("MuPDF", read_with_mutool, "mutool"),
)


def render(pdf: bytes, page: int = 0, dpi: float = 72) -> Image:
    """The page, counted from 0, as PDFium paints it."""
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        image: Image = document[page].render(scale=dpi / 72).to_pil()
        return image
