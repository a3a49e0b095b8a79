"""Plain text: lines of 72 columns, headings set off, lists, tables, callouts and addresses told."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import datetime

import pytest

from handouts.document import Handout, Notice, Paragraph, Section, Words
from handouts.edition import edition_names
from handouts.languages import language
from handouts.patient import Patient
from handouts.plain.text import plain_text
from handouts.plain.wrapping import COLUMNS, hung, stacked, underlined, wrapped
from handouts.text.line_breaking import break_opportunities
from tests.language_sheets import MADE
from tests.sheets import clinic_named, handout_named
from tests.web.pages import prepared_of, prepared_pml, text_of

# Direction marks, embeddings and isolates (UAX #9, 2), and the mark at the start of a file.
CONTROLS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def columns(line: str) -> int:
    """As UAX #11 has it, written here a second time."""
    widths = {"W": 2, "F": 2}
    return sum(
        0
        if unicodedata.category(sign) in ("Mn", "Me", "Cf")
        else widths.get(unicodedata.east_asian_width(sign), 1)
        for sign in line
    )


def of(handout: Handout, clinic: str = "") -> str:
    return plain_text(prepared_of(handout, clinic_named(clinic)))


def section_of(*blocks: Paragraph) -> Handout:
    """A handout with nothing but these blocks in its only section."""
    handout = handout_named("paragraph-styles")
    return replace(handout, sections=(Section("overview", "", blocks),))


# --- the whole -------------------------------------------------------------------------------


@pytest.mark.parametrize(("slug", "tag"), MADE)
def test_every_line_has_at_most_72_columns_and_the_text_one_line_break_at_its_end(
    slug: str, tag: str
):
    text = text_of(tag, "riverside")
    too_long = [line for line in text.splitlines() if columns(line) > COLUMNS]

    # An address is one piece.
    assert [line for line in too_long if " " in line.strip().removeprefix("• ")] == []
    assert all("://" in line for line in too_long)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not text.startswith(("\n", "\ufeff"))
    assert "\n\n\n" not in text
    assert CONTROLS & set(text) == set()
    assert not any(line != line.rstrip() for line in text.splitlines())
    assert {sign for sign in text if unicodedata.category(sign) == "Cc"} == {"\n"}


@pytest.mark.parametrize("edition", edition_names())
@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_every_edition_has_its_text(edition: str, tag: str):
    text = text_of(tag, "riverside", edition)

    assert text.count("\n===") == 1
    assert text.count("\n---") >= 4


def test_the_same_handout_gives_the_same_text():
    assert plain_text(prepared_pml("th")) == plain_text(replace(prepared_pml("th")))


def test_a_notice_in_another_language_stands_first():
    notice = Notice("sw", ("Bado hatuna karatasi hii kwa Kiswahili.",))
    text = plain_text(replace(prepared_pml("en"), notice=notice))

    assert text.startswith("Bado hatuna karatasi hii kwa Kiswahili.\n\nProgressive")


# --- its parts -------------------------------------------------------------------------------


def test_headings_are_set_off_by_a_line_as_wide_as_they_are():
    text = text_of("zh-Hans")

    assert text.startswith("进行性多灶性白质脑病\n====================\n")
    assert "\n\n病因\n----\n\n" in text


def test_lists_have_their_marks_and_hang_behind_them():
    text = of(handout_named("lists"))

    assert "\n1. Write down what worries you.\n" in text
    assert (
        "\n   – your list of allergies. If you have none, say so, since that helps\n     us" in text
    )
    assert "\n     • medicines\n\n       1. pills\n       2. creams\n" in text
    assert (
        "\n9. Nine\n10. Ten, with a text that is long enough to go on to a second line of\n    "
        in text
    )
    long = "word " * 40
    assert hung(wrapped(long, language("en"), 60), "12. ")[1].startswith("    word")


def test_boxes_to_tick_can_be_ticked():
    text = of(handout_named("task-list"))

    assert re.search(r"^\[ \] \S", text, re.MULTILINE)
    assert re.search(r"^\[x\] \S", text, re.MULTILINE)


def test_each_cell_of_a_table_stands_behind_its_header():
    text = of(handout_named("table-with-header-row"))

    assert (
        "Your weight: Under 50 kg\n"
        "Tablets each day: 1\n"
        "When: In the morning, with food\n"
        "Price: $9.50\n\n"
        "Your weight: 50 to 80 kg\n"
    ) in text
    # An empty cell is left out, and the address of a link is told.
    assert (
        "Your weight: Over 80 kg\nWhen: Ask us first. See the page <https://example.org>\nPrice:"
    ) in text


def test_callouts_are_named_in_words():
    text = of(handout_named("callouts"), "riverside")

    assert re.search(r"^Good to know\n  \S", text, re.MULTILINE)
    assert re.search(r"^Emergency: call 911\n  \S", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("words", "link", "told"),
    [
        ("this page", "https://example.org/a", "this page <https://example.org/a>."),
        ("example.org/a", "https://example.org/a", "example.org/a."),
        ("https://example.org/a", "https://example.org/a", "https://example.org/a."),
        ("212-555-0142", "tel:2125550142", "212-555-0142."),
        ("us@example.org", "mailto:us@example.org", "us@example.org."),
        ("write to us", "mailto:us@example.org", "write to us <mailto:us@example.org>."),
        ("doi:10.1/x", "https://doi.org/10.1/x", "doi:10.1/x."),
    ],
)
def test_the_address_of_a_link_is_told_unless_its_words_are_the_address(
    words: str, link: str, told: str
):
    content = (Words("See "), Words(words, link=link), Words("."))

    assert f"\n\nSee {told}\n\n" in of(section_of(Paragraph(content)))


def test_a_picture_is_told_by_what_is_to_be_seen():
    handout = prepared_pml("en").handout
    (picture,) = handout.pictures
    text = " ".join(text_of("en").split())

    assert f"{picture.alt} {picture.caption} Picture: " in text


def test_the_box_for_a_patient_is_filled_or_has_lines_to_write_on():
    patient = Patient("Ana Ruiz", datetime(2026, 12, 3, 10, 30), "", ("Bring water.", "Rest."))
    filled = plain_text(prepared_pml("en"), patient)

    assert "\nName: Ana Ruiz\nWith: ____" in filled
    assert "\nNext visit: Thursday, December 3, 2026 at 10:30" in filled
    assert "\nNotes: Bring water.\n\nRest.\n" in filled
    assert re.search(r"^Name: _+\nWith: _+\nNext visit: _+\nNotes: _+\n", text_of("en"), re.M)


def test_text_that_looks_like_markup_stays_as_it_is():
    words = "<b>5 & 6</b> &amp; **bold** =====\t[1]"
    text = of(section_of(Paragraph((Words(words),))))

    assert words in text


# --- lines -----------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["en", "ar", "hi", "ja", "km", "ko", "th", "zh-Hant"])
def test_lines_end_where_the_sheets_lines_may_end(tag: str):
    own = language(tag)
    content = " ".join(
        item.text
        for section in prepared_pml(tag).handout.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for item in block.content
        if isinstance(item, Words)
    )
    lines = wrapped(content, own, 30)
    ends = break_opportunities(content, own.tag)

    place = 0
    assert len(lines) > 10
    for line in lines[:-1]:
        place = content.index(line, place) + len(line)
        spaces = len(content[place:]) - len(content[place:].lstrip())
        assert spaces if ends is None else {place, place + spaces} & set(ends)


def test_an_address_and_the_numbers_of_references_stay_on_a_line():
    address = "https://www.example.org/" + "a-long-way/" * 9
    text = f"{'word ' * 13}end [1,2] and then {address} again"

    assert wrapped(text, language("en")) == [
        f"{'word ' * 13}".strip(),
        "end [1,2] and then",
        address,
        "again",
    ]


def test_a_line_is_filled_to_its_last_column():
    line = "a" * 35 + " " + "b" * 36

    assert wrapped(f"{line} c", language("en")) == [line, "c"]
    assert wrapped("字" * 37, language("zh-Hans")) == ["字" * 36, "字"]


def test_empty_parts_leave_no_gap():
    assert stacked(["a"], [], ["b", "c"]) == ["a", "", "b", "c"]
    assert underlined(["ab", "要点"], "-") == ["ab", "要点", "----"]
