"""The text of finished handouts, as a screen reader and as other programs get it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from handouts.languages import language
from handouts.layout.pages import Item, PanelName, PanelPlace, PlacedLine
from handouts.layout.panels import lay_out_panels
from handouts.paper import PAPERS
from handouts.pipeline import fonts
from tests.layout.outline import text_of
from tests.reading_back import (
    blocks,
    read_with_mutool,
    read_with_pdfium_and_hyphens,
    read_with_poppler,
    read_with_pypdf,
    text_in_structure_order,
    words,
)
from tests.sheets import (
    CASE_NAMES,
    CLINICS,
    PAPER_NAMES,
    PML,
    clinic_named,
    handout_named,
    pdf_of,
    sheet_of,
)
from tests.spoken_handout import spoken_handout

# --- as a screen reader gets it --------------------------------------------------------------


@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("clinic", CLINICS)
def test_a_screen_reader_gets_every_block_of_the_source_once_and_in_order(clinic: str, paper: str):
    """Letter by letter: no space, mark or case is normalised."""
    found = blocks(pdf_of(PML, clinic, paper))

    assert found == spoken_handout(found, handout_named(PML), clinic_named(clinic))


@pytest.mark.parametrize("name", CASE_NAMES)
def test_a_screen_reader_gets_every_block_of_each_case(name: str):
    assert (found := blocks(pdf_of(name))) == spoken_handout(found, handout_named(name), None)


@pytest.mark.parametrize("clinic", CLINICS)
def test_english_needs_no_invisible_characters(clinic: str):
    text = text_in_structure_order(pdf_of(PML, clinic))

    assert {sign for sign in text if not sign.isprintable()} == {"\n"}  # between the blocks


# --- as other programs get it ----------------------------------------------------------------


def painted_lines(name: str, clinic: str, paper: str) -> list[list[str]]:
    """The lines of text on each page in the order in which they are painted.

    The header band comes first and the foot last; both are artifacts, which a plain extractor
    cannot tell from text. The contact panel is painted at the end of page one, although a screen
    reader comes to it before the first section.
    """
    owner = clinic_named(clinic)
    number = owner.emergency_number if owner is not None else ""
    sheet = sheet_of(name, paper, number)
    panels = lay_out_panels(owner, language("en"), fonts(), PAPERS[paper]).panels

    def lines(items: tuple[Item, ...]) -> Iterator[str]:
        for item in items:
            if isinstance(item, PlacedLine):
                yield text_of(item.line)
            elif isinstance(item, PanelPlace):
                yield from lines(panels[item.panel].items)

    def is_header(item: Item) -> bool:
        return isinstance(item, PanelPlace) and item.panel is PanelName.HEADER

    return [
        [
            *lines(tuple(item for item in page.header_footer if is_header(item))),
            *lines(page.items),
            *lines(tuple(item for item in page.header_footer if not is_header(item))),
        ]
        for page in sheet.pages
    ]


READERS = [
    pytest.param(read_with_pdfium_and_hyphens, id="PDFium"),
    pytest.param(read_with_pypdf, id="pypdf"),
    pytest.param(read_with_poppler, id="Poppler", marks=pytest.mark.system("pdftotext")),
    pytest.param(read_with_mutool, id="MuPDF", marks=pytest.mark.system("mutool")),
]


@pytest.mark.parametrize("clinic", CLINICS)
@pytest.mark.parametrize("read", READERS)
def test_other_programs_read_the_handout_word_for_word(read: Callable[[bytes], str], clinic: str):
    """White space is theirs to guess; apart from it nothing is normalised."""
    pages = read(pdf_of(PML, clinic)).split("\f")
    expected = painted_lines(PML, clinic, "letter")

    assert [words(page) for page in pages[:-1]] == [words("\n".join(page)) for page in expected]
    assert pages[-1] == ""
