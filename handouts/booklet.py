"""Imposition: the pages of a sheet put on larger paper, to be folded in the middle and stapled.

What comes out is a file to print and nothing else: its tags are gone, and it says so.
"""

from __future__ import annotations

import io
from typing import NamedTuple

from handouts.paper import A5, HALF_LETTER, LETTER, Paper, mm

PAPER_THICKNESS = mm(0.1)  # of office paper of 80 g/m²
PRINT_FILE = "Print file, not accessible"
PRODUCER = "handouts"


class Side(NamedTuple):
    """One side of a sheet of paper: the numbers of its pages, from 1; 0 is a blank one."""

    left: int
    right: int


def page_paper(sheet: Paper) -> Paper:
    """The paper of a page of which two lie on a sheet."""
    return HALF_LETTER if sheet == LETTER else A5


def folded(count: int, *, right_to_left: bool = False) -> list[Side]:
    """The sides of the sheets, each front before its back, the outermost sheet first.

    A booklet in a language from right to left opens the other way round. Blank pages are the last.
    """
    whole = -(-count // 4) * 4
    sides = []
    for inner in range(0, whole // 2, 2):
        front = Side(whole - inner, inner + 1)
        back = Side(inner + 2, whole - inner - 1)
        sides += [front, back]
    sides = [Side(*(page if page <= count else 0 for page in side)) for side in sides]
    return [Side(side.right, side.left) for side in sides] if right_to_left else sides


def impose(
    pdf: bytes, sheet: Paper, *, right_to_left: bool, thickness: float = PAPER_THICKNESS
) -> bytes:
    """The pages of a PDF two by two on both sides of sheets of this paper, lying.

    ``thickness`` is that of the paper, in points. The inner sheets of a booklet stick out by it
    when it is folded, each by one more than the one around it, and are cut; so their pages are
    moved towards the fold by as much (creep).
    """
    from pypdf import PdfReader, PdfWriter, Transformation
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    reader, writer = PdfReader(io.BytesIO(pdf)), PdfWriter()
    width, height = sheet.height, sheet.width  # lying
    sides = folded(len(reader.pages), right_to_left=right_to_left)
    for order, side in enumerate(sides):
        made = writer.add_blank_page(width, height)
        creep = order // 2 * thickness
        for number, start, towards_fold in ((side.left, 0.0, 1), (side.right, width / 2, -1)):
            if number:
                page = reader.pages[number - 1]
                page.pop("/Annots", None)  # a printed link leads nowhere
                x = start + (width / 2 - float(page.mediabox.width)) / 2 + towards_fold * creep
                y = (height - float(page.mediabox.height)) / 2
                made.merge_transformed_page(page, Transformation().translate(x, y))
    title = (reader.metadata.title if reader.metadata is not None else None) or ""
    writer.metadata = {
        "/Title": f"{PRINT_FILE}: {title}",
        "/Subject": f"{PRINT_FILE}. The same pages with tags are in the handout itself.",
        "/Producer": PRODUCER,
    }
    root = writer.root_object
    language = reader.root_object.get("/Lang")
    if language is not None:
        root[NameObject("/Lang")] = TextStringObject(str(language))
    root[NameObject("/ViewerPreferences")] = DictionaryObject(
        {
            NameObject("/Duplex"): NameObject("/DuplexFlipShortEdge"),
            NameObject("/PrintScaling"): NameObject("/None"),
            NameObject("/DisplayDocTitle"): BooleanObject(True),
        }
    )
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
