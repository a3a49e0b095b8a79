"""The box for one patient on the page: where it stands, how it is mirrored, how it is tagged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest

from handouts.diagnostics import LayoutError
from handouts.edition import own_edition
from handouts.languages import Language, language, language_tags
from handouts.layout.pages import Bar, Panel, PanelName, PanelPlace, PlacedLine
from handouts.layout.panels import lay_out_panels
from handouts.layout.patients import notes_fit
from handouts.paper import A4, LETTER, Paper
from handouts.patient import Patient
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import Built, fonts, lay_out_prepared, make_imprint, set_in_pdf
from handouts.preparing import prepare
from handouts.request import Request
from tests.layout.outline import text_of
from tests.reading_back import Element, artifact_text, blocks, structure_tree
from tests.sheets import LIBRARY, PML

FILLED = Patient("Ana Ruiz", datetime(2026, 12, 3, 10, 30), "Dr. Lee", ("Bring water.",))
FIELDS = ("patient", "clinician", "appointment", "notes")
FROM_RIGHT = [tag for tag in language_tags() if language(tag).right_to_left]
LANGUAGES = LIBRARY.languages(PML)


def panel_of(
    patient: Patient | None, spoken: Language, edition: str = "standard", paper: Paper = LETTER
) -> Panel:
    panels = lay_out_panels(None, spoken, fonts(), paper, own_edition(edition), patient).panels
    return panels[PanelName.PATIENT]


def bars_to_write_on(panel: Panel) -> list[Bar]:
    return [item for item in panel.items if isinstance(item, Bar) and item.height == 0.75]


def lines(panel: Panel) -> list[PlacedLine]:
    return [item for item in panel.items if isinstance(item, PlacedLine)]


def pressed(
    patient: Patient, tag: str = "en", edition: str = "", pages: int = 0, paper: str = "letter"
) -> Built:
    request = Request(PML, tag, "riverside", paper, edition, pages)
    return set_in_pdf(prepare(LIBRARY, request), patient)


# --- the panel -------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["standard", "clear-print", "large-print", "easy-read"])
@pytest.mark.parametrize("tag", language_tags())
def test_nothing_leaves_the_box_or_touches_a_label(tag: str, edition: str) -> None:
    """Blank and filled: what stands on one baseline keeps a space of its own."""
    for patient in (None, FILLED):
        panel = panel_of(patient, language(tag), edition, A4)
        spans: list[tuple[float, float, float]] = []
        for item in panel.items:
            if isinstance(item, PlacedLine):
                spans.append((item.y, item.x, item.x + item.line.width))
            elif isinstance(item, Bar) and item.height == 0.75:
                spans.append((item.y + 2, item.x, item.x + item.width))
        rows = sorted((round(y, 2), start, end) for y, start, end in spans)

        assert all(start >= -0.01 and end <= panel.width + 0.01 for _, start, end in rows)
        assert all(0 < y < panel.height for y, _, _ in rows)
        for (y, _, end), (next_y, start, _) in pairwise(rows):
            assert y != next_y or start >= end + 7.9


@pytest.mark.parametrize("edition", ["standard", "large-print"])
@pytest.mark.parametrize("tag", FROM_RIGHT)
def test_the_box_is_mirrored_for_languages_that_begin_at_the_right(tag: str, edition: str) -> None:
    from_right = language(tag)
    from_left = replace(from_right, right_to_left=False)
    for patient in (None, FILLED):
        own = panel_of(patient, from_right, edition)
        other = panel_of(patient, from_left, edition)

        assert [(bar.x, bar.y, bar.width) for bar in bars_to_write_on(own)] == [
            (pytest.approx(own.width - bar.x - bar.width), bar.y, bar.width)
            for bar in bars_to_write_on(other)
        ]
        assert [(line.x, line.y) for line in lines(own)] == [
            # Words in another order meet other neighbours: Nastaliq is kerned across spaces.
            (pytest.approx(own.width - line.x - line.line.width, abs=0.5), line.y)
            for line in lines(other)
        ]


def test_what_is_too_long_for_its_line_is_set_smaller_and_then_refused() -> None:
    sizes = []
    for length in range(5, 200, 2):
        try:
            panel = panel_of(Patient("Ann" + " M." * length), language("en"))
        except LayoutError as error:
            (problem,) = error.diagnostics
            assert problem.message == 'what stands after "Name" is too long for its line'
            assert problem.hint == "shorten it, or write the rest as a note"
            break
        (name,) = (item for item in lines(panel) if text_of(item.line).startswith("Ann"))
        sizes.append({run.style.size for run in name.line.runs}.pop())
    else:
        pytest.fail("a name of 200 words found room")

    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 2


@pytest.mark.parametrize("tag", ["en", "ar", "th", "my"])
@pytest.mark.parametrize("edition", ["standard", "large-print"])
def test_notes_fit_until_they_would_leave_the_box(tag: str, edition: str) -> None:
    own = own_edition(edition)
    fitting = [
        count
        for count in range(9)
        if notes_fit(Patient(notes=("1",) * count), language(tag), fonts(), LETTER, own)
    ]
    panel = panel_of(Patient(notes=("1",) * fitting[-1]), language(tag), edition)
    lowest = min(item.y for item in lines(panel))

    assert fitting == list(range(len(fitting)))
    assert 1 <= fitting[-1] <= 4
    assert lowest > 0


# --- in the file -----------------------------------------------------------------------------


def box_in(pdf: bytes, spoken: Language) -> Element:
    """The section that holds the box."""
    (found,) = (
        element
        for element in structure_tree(pdf).walk()
        if element.role == "Sect"
        and isinstance(element.kids[0], Element)
        and element.kids[0].text == spoken.word("for_you")
    )
    return found


@pytest.mark.parametrize("edition", ["", "large-print"])
@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
@pytest.mark.parametrize("patient", [Patient(), FILLED], ids=["blank", "filled"])
def test_the_box_is_a_list_below_its_heading(patient: Patient, tag: str, edition: str) -> None:
    """A label for each line; it has a body only where something is printed."""
    pdf = pressed(patient, tag, edition).pdf
    roles = [element.role for element in box_in(pdf, language(tag)).walk()]
    entry = ["LI", "Lbl", "LBody"] if patient.name else ["LI", "Lbl"]

    expected = ["Sect", "H2", "Div", "L", *entry * len(FIELDS)]
    assert [role for role in roles if role not in ("Span", "P")] == expected
    labels = [e.text for e in box_in(pdf, language(tag)).walk() if e.role == "Lbl"]
    assert labels == [language(tag).word(key) for key in FIELDS]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_box_stands_on_page_one_or_below_what_the_sheet_says_of_itself(tag: str) -> None:
    """Once in any case, and a reader hears it where it stands."""
    sheet = lay_out_prepared(prepare(LIBRARY, Request(PML, tag)))
    pages = [
        number
        for number, page in enumerate(sheet.pages)
        for item in page.items
        if isinstance(item, PanelPlace) and item.panel is PanelName.PATIENT
    ]
    about_page = next(m.page for m in sheet.bookmarks if m.title == language(tag).word("about"))
    pdf = press(paint_master(sheet), make_imprint(None, tag, LETTER))
    headings = [block.text for block in blocks(pdf) if block.tag == "H2"]
    for_you, about, contact = (
        headings.index(language(tag).word(key)) for key in ("for_you", "about", "contact")
    )

    assert headings.count(language(tag).word("for_you")) == 1
    assert contact < about
    if for_you < about:
        assert pages == [0]
        assert for_you == contact - 1
        # No room is taken from what is at a glance: nothing of it is on the next page.
        first = sheet.bookmarks[2]
        above = [
            item
            for item in sheet.pages[first.page].items
            if isinstance(item, PlacedLine) and item.y > first.y
        ]
        assert first.page == 0 or not above
        assert first.page <= 1
    else:
        assert len(pages) == 1
        assert pages[0] in (about_page, about_page + 1)
        assert for_you == about + 1
        assert tag != "en"  # English has room on page one


# --- notes on pages of their own ---------------------------------------------------------------


def many(count: int) -> tuple[str, ...]:
    return tuple(f"Note {number} has words that nobody else has." for number in range(count))


@pytest.mark.parametrize("edition", ["", "summary", "large-print"])
@pytest.mark.parametrize("count", [5, 70])
def test_pages_of_notes_are_counted_and_numbered_with_the_others(count: int, edition: str) -> None:
    built = pressed(Patient("Ana", notes=many(count)), edition=edition)
    shorter = pressed(Patient("Ana"), edition=edition).page_count
    feet = artifact_text(built.pdf)

    assert built.page_count > shorter
    assert len(feet) == built.page_count
    for number, foot in enumerate(feet, start=1):
        assert f"Page {number} of {built.page_count}" in foot
    assert f"Your notes are on page {shorter + 1}." in [block.text for block in blocks(built.pdf)]
    said = [block.text for block in blocks(built.pdf)]
    assert said[-count:] == list(many(count))
    assert [said.count(note) for note in many(count)] == [1] * count


def test_the_page_is_named_in_the_digits_and_words_of_the_language() -> None:
    built = pressed(Patient(notes=many(9)), "fa")
    page = pressed(Patient(), "fa").page_count + 1
    words = language("fa").word("notes_elsewhere", page=page)

    assert "۰۱۲۳۴۵۶۷۸۹"[page] in words
    assert words in [block.text for block in blocks(built.pdf)]


def test_pages_of_notes_do_not_count_for_the_pages_that_a_sheet_may_take() -> None:
    most = pressed(Patient()).page_count
    built = pressed(Patient(notes=many(9)), pages=most)

    assert built.page_count == most + 1
    assert not built.warnings
