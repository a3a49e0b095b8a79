"""The web page and the plain text say what the PDF says, in the order of its structure.

The PDF is read from its tags, the page by lxml. White space is normalised: a block of the one ends
with a line, one of the other with its element. What differs besides is stated here, each with its
reason, and nothing else may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lxml import html

from handouts.document import Handout, Picture, Table
from handouts.edition import Shows, edition_names, own_edition
from handouts.languages import Language, language
from handouts.pipeline import build
from handouts.plain.text import plain_text
from handouts.preparing import prepare
from handouts.request import Request
from handouts.web.page import web_page
from handouts.wording.blocks import BULLETS
from tests.language_sheets import MADE, Made, made
from tests.reading_back import Block as Spoken
from tests.reading_back import artifact_text, blocks
from tests.sheets import LIBRARY, PML
from tests.web.pages import prepared_of

TABLE_CELLS = ("TH", "TD")
BLOCK_ELEMENTS = {"h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "div", "figcaption"}
SPACELESS = {"Hans", "Hant", "Jpan", "Thai", "Laoo", "Khmr", "Mymr", "Kore"}


def normalised(texts: list[str]) -> str:
    return " ".join(" ".join(texts).split())


@pytest.mark.parametrize(("slug", "tag"), MADE)
def test_the_page_and_the_plain_text_say_what_the_pdf_says(slug: str, tag: str):
    sheet, own = made(slug, tag), language(tag)
    prepared = prepared_of(sheet.handout, sheet.clinic)
    spoken = in_order(blocks(sheet.pdf), own)

    assert normalised(list(texts_of(main_of(web_page(prepared))))) == normalised(
        [block.text for block in spoken if not is_mark(block, own)]
    )
    assert bare(plain_text(prepared), own) == bare("\n".join(as_plain(sheet, spoken)), own)


@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
@pytest.mark.parametrize("name", [name for name in edition_names() if name != "standard"])
def test_page_and_text_say_what_the_pdf_says_in_every_edition(name: str, tag: str):
    """But for the signs between what stands on one line, and the numbers of a picture's labels.

    In one column the PDF has a colon behind "Phone" and dots between the lines of an address. In
    large letters numbers stand in the picture, and again before its labels below it.
    """
    request, own = Request(PML, tag, "riverside", edition=name), language(tag)
    spoken = in_order(blocks(build(LIBRARY, request).pdf), own)
    page = web_page(prepare(LIBRARY, request))
    said = [block.text for block in spoken if not is_mark(block, own)]

    def letters(texts: list[str]) -> str:
        return re.sub(r"[\s\d:：·]", "", "".join(texts))

    assert len(letters(said)) > 200
    assert letters(list(texts_of(main_of(page)))) == letters(said)
    if own_edition(name).shows is not Shows.WHOLE:  # no tables, and no labels in pictures
        lines = "\n".join(block.text for block in spoken)
        assert letters([bare(plain_text(prepare(LIBRARY, request)), own)]) == letters(
            [bare(lines, own)]
        )


# --- the web page ----------------------------------------------------------------------------


def main_of(page: str) -> html.HtmlElement:
    (main,) = html.document_fromstring(page).iter("main")
    return main


@pytest.mark.parametrize(("slug", "tag"), MADE[::8])
def test_head_and_foot_of_the_page_are_the_running_head_and_foot_of_the_sheet(slug: str, tag: str):
    """They are artifacts in the PDF, on each of its pages, and landmarks here, once."""
    sheet = made(slug, tag)
    page = html.document_fromstring(web_page(prepared_of(sheet.handout, sheet.clinic)))
    running = [normalised([text]) for text in artifact_text(sheet.pdf)]
    said = [
        text
        for landmark in (*page.iter("header"), *page.iter("footer"))
        for part in texts_of(landmark)
        for text in normalised([part]).split(" · ")
        if text.strip()
    ]

    assert said
    assert [text for text in said if not any(text in line for line in running)] == []


def in_order(spoken: list[Spoken], own: Language) -> list[Spoken]:
    """The patient's box above the contact panel.

    In the PDF it stands further down where page one has no room for it; here is always room.
    """
    first = spoken.index(Spoken("H2", own.word("for_you")))
    last = next((n for n in range(first + 1, len(spoken)) if spoken[n].tag == "H2"), len(spoken))
    box, others = spoken[first:last], spoken[:first] + spoken[last:]
    place = others.index(Spoken("H2", own.word("contact")))
    return [*others[:place], *box, *others[place:]]


def is_mark(block: Spoken, own: Language) -> bool:
    """A mark of a list, which is no text in HTML: the browser draws it, and says that it is one."""
    numbers = {own.word("list_number", number=number) for number in range(1, 100)}
    return block.tag == "Lbl" and (block.text in BULLETS or block.text in numbers)


def texts_of(element: html.HtmlElement) -> Iterator[str]:
    """The text of each block in document order.

    The labels of a picture are one, as they are in the Figure of the PDF.
    """
    if element.get("class") == "art":
        yield "".join(" ".join(label.text_content().split()) for label in element.iter("li"))
        return
    pieces = [element.text or ""]
    for child in element:
        if child.tag in BLOCK_ELEMENTS or child.find(".//p") is not None or list(blocks_in(child)):
            yield "".join(pieces)
            pieces = []
            yield from texts_of(child)
        elif child.tag == "br":
            pieces.append(" ")
        else:
            pieces.append(child.text_content())
        pieces.append(child.tail or "")
    yield "".join(pieces)


def blocks_in(element: html.HtmlElement) -> Iterator[html.HtmlElement]:
    return (inner for inner in element.iter() if inner.tag in BLOCK_ELEMENTS)


# --- plain text ------------------------------------------------------------------------------


def as_plain(sheet: Made, spoken: list[Spoken]) -> Iterator[str]:
    """The blocks of the PDF, with what plain text says otherwise.

    - In place of a picture and its labels stands its alternative text, which a screen reader says
      for the picture of the PDF, too.
    - A table is told row by row, each cell behind the header of its column.
    """
    pictures = iter(sheet.handout.pictures)
    tables = iter(tables_of(sheet.handout))
    cells: list[str] = []
    for block in [*spoken, Spoken("", "")]:
        if block.tag in TABLE_CELLS:
            cells.append(block.text)
            continue
        if cells:
            yield from row_by_row(cells, next(tables))
            cells = []
        yield next(pictures).alt if block.tag == "Figure" and has_labels(sheet) else block.text


def has_labels(sheet: Made) -> bool:
    picture: Picture
    (picture,) = sheet.handout.pictures
    return bool(picture.labels)


def tables_of(handout: Handout) -> Iterator[Table]:
    for section in handout.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))


def row_by_row(cells: list[str], table: Table) -> Iterator[str]:
    """The PDF has no text for an empty cell; the handout says which are."""
    remaining = iter(cells)
    headers = [next(remaining) if cell.content else "" for cell in table.rows[0]]
    for row in table.rows[1:]:
        for header, cell in zip(headers, row, strict=True):
            if cell.content:
                yield f"{header}: {next(remaining)}"


def bare(text: str, own: Language) -> str:
    """The words, without what only plain text has, and without what only lines need."""
    # Headings have a line below them, and lines to write on are drawn in the PDF.
    text = re.sub(r"^(?:=+|-+|~+)$|_{9,}", "", text, flags=re.MULTILINE)
    # A box to tick is drawn in the PDF.
    text = re.sub(r"^\[[ x]\] ", "", text, flags=re.MULTILINE)
    # Numbers of references are raised in the PDF, and in brackets here.
    text = re.sub(r" \[([\d,]+)\]", r"\1", text)
    # Addresses are links in the PDF.
    text = re.sub(r" <[^<>\s]+>", "", text)
    # A label and its value stand beside each other in the PDF, and behind a colon here.
    text = re.sub(r":(?=\s|$)", "", text)
    # A line may end behind a hyphen or a dash, and between the letters of some scripts.
    text = re.sub(r"([-–—/‐־])\s+", r"\1", text)
    return "".join(text.split()) if own.script in SPACELESS else normalised([text])
