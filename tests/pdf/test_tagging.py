"""The structure tree's objects, and what of it is left out."""

from __future__ import annotations

from handouts.layout.pages import PlacedLine
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from tests.pdf.samples import SheetBuilder, line, plain_panels
from tests.reading_back import structure_problems, structure_tree, tags


def made(builder: SheetBuilder) -> bytes:
    builder.add_contact()
    builder.add_check()
    return press(paint_master(builder.sheet()), paint_imprint(plain_panels()))


def test_elements_in_which_nothing_is_painted_are_left_out() -> None:
    builder = SheetBuilder()
    builder.root.add("Sect").add("P").leaf()
    builder.paragraph("Asthma", 700, "H1")

    assert tags(made(builder)).splitlines()[:2] == ["Document", '  H1 "Asthma"']


def test_an_empty_cell_stays_because_its_row_needs_it() -> None:
    builder = SheetBuilder()
    builder.paragraph("Asthma", 700, "H1")
    row = builder.root.add("Table").add("TR")
    row.add("TD").leaf()
    builder.add(PlacedLine(line("2 mg", row.add("TD").leaf()), 72, 600))

    assert tags(made(builder)).splitlines()[2:6] == [
        "  Table",
        "    TR",
        "      TD",
        '      TD "2 mg"',
    ]


def test_a_leaf_on_three_pages_is_one_element_with_a_reference_for_each() -> None:
    builder = SheetBuilder()
    builder.paragraph("Asthma", 720, "H1")
    leaf = builder.root.add("P").leaf()
    for page in range(3):
        if page:
            builder.pages.append([])
        builder.add(PlacedLine(line(f"Part {page}. ", leaf), 72, 700))
    pdf = made(builder)

    assert '  P "Part 0. " [page 2] "Part 1. " [page 3] "Part 2. "' in tags(pdf).splitlines()
    assert len(structure_tree(pdf).kids) == 1


def test_attributes_keep_their_owner_and_their_kinds_of_value() -> None:
    builder = SheetBuilder()
    heading = builder.paragraph("Asthma", 700, "H1")
    heading.attributes = {
        "Layout": {"Placement": "Block", "SpaceAfter": 5.5, "BBox": [0.0, 1.0, 2.0, 3.0]},
        "List": {"ListNumbering": "Disc"},
    }

    line_of_heading = tags(made(builder)).splitlines()[1]
    for words in ("Placement=Block", "SpaceAfter=5.5", "ListNumbering=Disc"):
        assert words in line_of_heading


def test_an_element_says_its_language_and_its_alternative_text() -> None:
    builder = SheetBuilder()
    heading = builder.paragraph("Ästhma", 700, "H1", language="de")
    heading.language, heading.alt = "de", "Überschrift"

    assert tags(made(builder)).splitlines()[1] == '  H1 Lang=de Alt="Überschrift" "Ästhma"'


def test_panels_with_nothing_in_them_leave_a_sound_tree() -> None:
    builder = SheetBuilder()
    builder.paragraph("Asthma", 700, "H1")

    problems = structure_problems(made(builder))
    assert [problem for problem in problems if "has no content" not in problem] == []
