"""The index as a sheet: what it lists, where its links lead, and that it is as sound as any."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from handouts.diagnostics import LayoutError
from handouts.edition import own_edition
from handouts.languages import language, language_tags
from handouts.layout.indexes import MOST_ENTRIES, lay_out_index
from handouts.layout.pages import LinkArea, PanelName, PanelPlace, PlacedLine, Sheet
from handouts.layout.style import Columns
from handouts.listing import Index, IndexEntry
from handouts.paper import LETTER, PAPERS, Paper
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts, make_imprint
from handouts.verapdf import validate
from tests.layout.outline import text_of
from tests.reading_back import (
    Block,
    artifact_text,
    blocks,
    glyph_problems,
    structure_problems,
    structure_tree,
    unmarked_text,
)
from tests.reading_back.structure import Annotation, Element
from tests.sheets import clinic_named
from tests.some_index import (
    HARD_NAMES,
    UNUSED,
    index_in_every_language,
    index_of,
    index_with_hard_names,
)
from tests.test_laws import strays


def sheet_of(index: Index, paper: Paper = LETTER) -> Sheet:
    return lay_out_index(index, language(index.language), fonts(), paper)


def finished(sheet: Sheet, clinic: str = "riverside") -> bytes:
    imprint = make_imprint(clinic_named(clinic), sheet.language, sheet.paper)
    return press(paint_master(sheet), imprint)


@cache
def everything_in(tag: str, clinic: str = "riverside", paper: str = LETTER.name) -> bytes:
    return finished(sheet_of(index_in_every_language(tag), PAPERS[paper]), clinic)


# --- what it says ----------------------------------------------------------------------------


def test_each_language_has_its_titles_in_the_order_of_the_alphabet() -> None:
    entries = (
        IndexEntry("Zona", "es", "z.pdf", 1, True),
        IndexEntry("Ácido úrico", "es", "u.pdf", 21, False),
        IndexEntry("asthma", "en", "a.pdf", 4, False, "Letter"),
        IndexEntry("asthma", "en", "b.pdf", 4, False, "A4"),
        IndexEntry("Bronchitis", "en", "c.pdf", 2, True),
    )
    spoken = blocks(finished(sheet_of(Index("en", entries))))
    start = spoken.index(Block("H2", "English"))

    assert spoken[0] == Block("H1", "Our handouts")
    assert spoken[1] == Block("H2", "Questions? Contact us")
    assert [block.text for block in spoken[start : start + 12]] == [
        *("English", "asthma", "A4 · 4 pages", "asthma", "Letter · 4 pages"),
        *("Bronchitis", "2 pages · draft"),
        *("Español (Spanish)", "Ácido úrico", "21 pages", "Zona", "1 page · draft"),
    ]


@pytest.mark.parametrize(
    ("tag", "heading", "facts"),
    [
        ("en", "Русский (Russian)", "21 pages · draft"),
        ("ru", "Русский", "21 страница · черновик"),
        ("pl", "Русский (rosyjski)", "21 stron · wersja robocza"),
        ("ar", "Русский (الروسية)", "21 صفحة · مسودة"),
        ("fa", "Русский (روسی)", "۲۱ صفحه · پیش‌نویس"),
        ("zh-Hans", "Русский（俄语）", "21页 · 草稿"),
    ],
)
def test_the_words_are_those_of_the_index_and_the_titles_those_of_the_sheets(
    tag: str, heading: str, facts: str
) -> None:
    index = Index(tag, (IndexEntry("Лекарства", "ru", "l.pdf", 21, True),))
    spoken = blocks(finished(sheet_of(index)))

    assert Block("H1", language(tag).word("index_title")) in spoken
    assert Block("H2", heading) in spoken
    assert [Block("P", "Лекарства"), Block("P", facts)] == spoken[
        spoken.index(Block("H2", heading)) + 1 :
    ][:2]


def test_what_is_in_another_language_than_the_index_says_so() -> None:
    tree = structure_tree(everything_in("en"))
    tags = language_tags()
    links = [element for element in tree.walk() if element.language and element.role == "Link"]
    headings = [element for element in tree.walk() if element.role == "H2" and element.language]
    english = [kid.language for h in headings for kid in h.kids if isinstance(kid, Element)]

    assert sorted({link.language for link in links}) == sorted(set(tags) - {"en"})
    assert len(links) == 2 * (len(tags) - 1)
    assert {h.language: h.text.split(" (")[0] for h in headings}["ar"] == "العربية"
    assert len(headings) == len(tags) - 1
    assert set(english) == {"en"}


def test_the_outline_leads_to_each_language() -> None:
    sheet = sheet_of(index_in_every_language("ar"))

    assert [(mark.title, mark.level) for mark in sheet.bookmarks][:2] == [
        (language("ar").word("index_title"), 1),
        ("العربية", 2),
    ]
    assert len(sheet.bookmarks) == 1 + len(language_tags())


def test_the_clinics_panels_stand_on_the_first_and_the_last_page() -> None:
    sheet = sheet_of(index_in_every_language("en"))
    places = {
        item.panel: number
        for number, page in enumerate(sheet.pages)
        for item in page.items
        if isinstance(item, PanelPlace)
    }

    assert places == {PanelName.CONTACT: 0, PanelName.CHECK: len(sheet.pages) - 1}


# --- its links -------------------------------------------------------------------------------


def link_targets(pdf: bytes) -> list[tuple[str, str]]:
    """Where the links to files lead, and what they say of it, in structure order."""
    return [
        (kid.target, kid.contents)
        for element in structure_tree(pdf).walk()
        for kid in element.kids
        if isinstance(kid, Annotation) and kid.target.startswith("./")
    ]


def test_each_title_leads_to_its_file_whatever_that_is_called() -> None:
    targets = link_targets(finished(sheet_of(index_with_hard_names())))

    assert sorted(unquote(target.removeprefix("./")) for target, _ in targets) == sorted(HARD_NAMES)
    assert all(unquote(target) == f"./{contents}" for target, contents in targets)
    assert all(target.isascii() and not set(' "<>#?:\\') & set(target) for target, _ in targets)


def test_a_title_over_two_lines_is_one_link() -> None:
    pdf = finished(sheet_of(index_of("A title that goes on " * 6)))
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    (link,) = [
        note.get_object()
        for note in page["/Annots"]
        if note.get_object()["/A"]["/URI"].startswith("./")
    ]

    assert len(link["/QuadPoints"]) == 16


# --- its pages -------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 3000])
def test_an_index_may_be_short_or_long(count: int) -> None:
    sheet = sheet_of(index_of(*(f"Sheet {number:04}" for number in range(count))))
    titles = [
        text_of(item.line)
        for page in sheet.pages
        for item in page.items
        if isinstance(item, PlacedLine) and text_of(item.line).startswith("Sheet ")
    ]

    assert titles == [f"Sheet {number:04}" for number in range(count)]
    assert (len(sheet.pages) == 1) == (count < 2)
    assert strays(sheet) == []


def test_an_index_that_has_more_sheets_than_room_is_refused() -> None:
    titles = [f"Sheet {number}" for number in range(MOST_ENTRIES)]

    assert len(link_targets(finished(sheet_of(index_of(*titles))))) == MOST_ENTRIES
    with pytest.raises(LayoutError, match="10001 sheets"):
        sheet_of(index_of(*titles, "One more"))


def test_a_list_that_goes_on_has_its_languages_name_at_the_head_of_each_page() -> None:
    titles = [f"ورقة {number}" for number in range(1, 121)]
    entries = tuple(IndexEntry(title, "ar", "x.pdf", 1, False) for title in titles)
    sheet = sheet_of(Index("en", entries))
    pdf = finished(sheet)
    heads = [next(i for i in page.items if isinstance(i, PlacedLine)) for page in sheet.pages[1:]]

    assert len(sheet.pages) > 3
    assert {text_of(head.line) for head in heads} == {"العربية"}
    assert all(run.leaf is None for head in heads for run in head.line.runs)
    assert [b for b in blocks(pdf) if "العربية" in b.text] == [Block("H2", "العربية (Arabic)")]
    assert sum("العربية" in text for text in artifact_text(pdf)) == len(heads)


def lines_of(sheet: Sheet) -> dict[str, PlacedLine]:
    """The lines of page one by their text."""
    items = sheet.pages[0].items
    return {text_of(item.line): item for item in items if isinstance(item, PlacedLine)}


@pytest.mark.parametrize(("tag", "facts"), [("en", "2 pages"), ("ar", "صفحتان")])
def test_each_language_runs_its_own_way(tag: str, facts: str) -> None:
    titles = {"en": "Medicines", "ar": "الأدوية"}
    notes = {"en": "Letter", "ar": "A4"}
    entries = (IndexEntry(titles[own], own, "m.pdf", 2, False, notes[own]) for own in titles)
    lines = lines_of(sheet_of(Index(tag, tuple(entries))))
    columns = Columns.of(LETTER, own_edition())
    start, end, middle = columns.margin, columns.margin + columns.width, LETTER.width / 2
    english, arabic = (lines[titles[own]] for own in titles)
    of_english, of_arabic = (lines[f"{notes[own]} · {facts}"] for own in titles)

    assert english.x == pytest.approx(start)
    assert arabic.x + arabic.line.width == pytest.approx(end)
    assert (of_english.y, of_arabic.y) == (english.y, arabic.y)
    assert of_english.x > middle
    assert of_arabic.x + of_arabic.line.width < middle


@pytest.mark.parametrize("tag", language_tags())
def test_the_words_of_every_language_fit_their_columns(tag: str) -> None:
    title = language(tag).sections["home-care"]
    sheet = sheet_of(Index(tag, (IndexEntry(title, tag, "x.pdf", 1234, True, "Letter"),)))
    own = language(tag)
    last = own.word("index_draft").split()[-1]
    line = lines_of(sheet)[title]
    (facts,) = (item for text, item in lines_of(sheet).items() if text.endswith(last))
    edges = [(item.x, item.x + item.line.width) for item in (line, facts)]
    (_, near), (far, end) = reversed(edges) if own.right_to_left else edges
    columns = Columns.of(LETTER, own_edition())

    assert near < far
    assert end <= columns.margin + columns.width + 0.1
    assert min(start for start, _ in edges) >= columns.margin - 0.1


# --- its file --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "clinic", "paper"),
    [
        ("en", "riverside", "letter"),
        ("en", "lakeside", "a4"),
        ("ar", "riverside", "a4"),
        ("ar", "lakeside", "letter"),
        ("zh-Hans", "riverside", "letter"),
        ("zh-Hans", "lakeside", "a4"),
    ],
)
def test_an_index_conforms(tag: str, clinic: str, paper: str) -> None:
    pdf = everything_in(tag, clinic, paper)

    assert [str(failure) for failure in validate(pdf)] == []
    assert structure_problems(pdf) == [UNUSED]
    assert glyph_problems(pdf) == []
    assert unmarked_text(pdf) == ""


def test_an_index_whose_links_do_not_say_where_they_lead_does_not_conform() -> None:
    sheet = sheet_of(index_of("Asthma"))
    (page,) = sheet.pages
    silent = tuple(
        replace(item, text="") if isinstance(item, LinkArea) else item for item in page.items
    )
    pdf = finished(replace(sheet, pages=(replace(page, items=silent),)))

    assert "7.18.5" in {failure.clause for failure in validate(pdf, "ua1")}


def test_the_same_index_gives_the_same_bytes_in_whatever_order_its_entries_come() -> None:
    index = index_in_every_language("en")
    pdf = finished(sheet_of(index))

    assert pdf == finished(sheet_of(index))
    assert pdf == finished(sheet_of(replace(index, entries=index.entries[::-1])))
    assert pdf != finished(sheet_of(replace(index, entries=index.entries[1:])))


def test_an_index_has_no_date_and_no_author() -> None:
    reader = PdfReader(io.BytesIO(everything_in("en")))
    packet = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()

    assert reader.metadata is not None
    assert set(reader.metadata) == {"/Title", "/Producer"}
    assert reader.metadata.title == "Our handouts"
    assert "Date" not in packet
    assert "dc:creator" not in packet
