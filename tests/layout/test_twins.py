"""The twin: two languages side by side, line beside line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from handouts.document import Handout, Translation
from handouts.layout.pages import PlacedLine, Sheet
from handouts.layout.twins import lay_out_twin
from handouts.paper import A4, LETTER, PAPERS, Paper
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts, make_imprint
from handouts.structure import Element, Leaf
from handouts.verapdf import validate
from tests.layout.outline import text_of
from tests.layout.test_every_language import pml_in
from tests.reading_back import (
    blocks,
    glyph_problems,
    structure_problems,
    structure_tree,
    unmarked_text,
)
from tests.sheets import CASE_NAMES, PAPER_NAMES, clinic_named, handout_named
from tests.spoken_handout import spoken_twin
from tests.test_laws import strays

PAIRS = [("ar", "en"), ("en", "ar"), ("es", "en"), ("en", "ur"), ("de", "ta"), ("zh-Hans", "my")]


def twin_of(first: str, second: str, paper: Paper = LETTER) -> Sheet:
    return lay_out_twin(pml_in(first), pml_in(second), fonts(), paper, "911")


def finished(sheet: Sheet) -> bytes:
    return press(
        paint_master(sheet), make_imprint(clinic_named("riverside"), sheet.language, sheet.paper)
    )


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_a_screen_reader_gets_one_language_after_the_other_in_each_section(first: str, second: str):
    pdf = finished(twin_of(first, second))

    assert (found := blocks(pdf)) == spoken_twin(
        found, pml_in(first), pml_in(second), clinic_named("riverside")
    )
    assert structure_problems(pdf) == []
    assert glyph_problems(pdf) == []
    assert unmarked_text(pdf) == ""


@pytest.mark.parametrize(("first", "second"), [("ar", "es"), ("en", "ar"), ("he", "ar")])
def test_a_title_in_another_language_than_its_column_says_so(first: str, second: str):
    pair = [
        handout if tag == "en" else replace(handout, title="PML", title_language="en")
        for tag in (first, second)
        for handout in [pml_in(tag)]
    ]
    pdf = finished(lay_out_twin(pair[0], pair[1], fonts(), LETTER, "911"))
    found = blocks(pdf)
    spoken = spoken_twin(found, pair[0], pair[1], clinic_named("riverside"))

    assert found == spoken
    assert sum(block.tag == "P" for block in spoken[:2]) == 2 - (first == "en")
    assert structure_problems(pdf) == []
    assert validate(pdf, "ua1") == []


@pytest.mark.parametrize(("first", "second"), [("ar", "en"), ("en", "hi")])
def test_a_twin_conforms(first: str, second: str):
    pdf = finished(twin_of(first, second, A4))

    assert [str(failure) for failure in validate(pdf, "ua1", "2a")] == []


def test_each_column_is_tagged_with_its_language():
    tree = structure_tree(finished(twin_of("en", "ar")))
    sections = [e for e in tree.walk() if e.role == "Sect"]
    arabic = [e for section in sections for e in section.walk() if e.language == "ar"]
    handout = pml_in("ar")

    assert len([e for e in arabic if e.role == "Div"]) == len(handout.sections) + 1
    assert all("Symptoms grow worse" not in element.text for element in arabic)


def lines_by_element(sheet: Sheet) -> Iterator[tuple[Element, list[tuple[int, float, float]]]]:
    """The lines of each paragraph, item or heading, in the order of the structure."""
    found: dict[Leaf, list[tuple[int, float, float]]] = {}
    for number, page in enumerate(sheet.pages):
        for item in page.items:
            if isinstance(item, PlacedLine):
                for run in item.line.runs[:1]:
                    if run.leaf is not None:
                        found.setdefault(run.leaf, []).append((number, item.y, item.x))
    for element in sheet.root.walk():
        places = [
            place
            for child in element.children
            if isinstance(child, Leaf)
            for place in found.get(child, [])
        ]
        if places:
            yield element, places


@pytest.mark.parametrize(("first", "second"), [("ar", "en"), ("en", "ur"), ("de", "ta")])
def test_what_says_the_same_begins_on_one_line(first: str, second: str):
    """Headings, paragraphs, items and the cells of tables of all sections."""
    sheet = twin_of(first, second)
    starts = {
        id(element): min(places, key=lambda p: (p[0], -p[1]))
        for element, places in lines_by_element(sheet)
    }
    compared = 0
    for section in sheet.root.children:
        if not (isinstance(section, Element) and section.id):
            continue
        here, there = (list(column.walk()) for column in section.children)  # type: ignore[union-attr]
        tags = ("H2", "H3", "P", "Lbl", "LBody")
        mine = [starts[id(e)] for e in here if e.tag in tags and id(e) in starts]
        other = [starts[id(e)] for e in there if e.tag in tags and id(e) in starts]
        figures = [e.tag for e in here].count("Figure")
        count = min(len(mine), len(other)) - 2 * figures
        compared += count
        assert [(page, round(y, 3)) for page, y, _ in mine[:count]] == [
            (page, round(y, 3)) for page, y, _ in other[:count]
        ]
    assert compared > 40


@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_no_column_reaches_into_the_other(first: str, second: str, paper: str):
    sheet = twin_of(first, second, PAPERS[paper])
    middle = PAPERS[paper].width / 2
    owners = dict(_sections(sheet.root))
    crossing = [
        text_of(item.line)
        for page in sheet.pages
        for item in page.items
        if isinstance(item, PlacedLine)
        and item.line.runs[0].leaf in owners
        and item.x < middle < item.x + item.line.width
    ]

    assert crossing == []


def _sections(root: Element) -> Iterator[tuple[Leaf, Element]]:
    """The leaves of all sections but those of their pictures."""
    for section in root.children:
        if isinstance(section, Element) and section.id:
            for column in section.children:
                for block in column.children:  # type: ignore[union-attr]
                    if isinstance(block, Element) and not any(
                        e.tag in ("Figure", "Caption") for e in block.walk()
                    ):
                        for element in block.walk():
                            for child in element.children:
                                if isinstance(child, Leaf):
                                    yield child, element


def test_nothing_leaves_its_place_in_a_twin():
    assert strays(twin_of("es", "en")) == []


@pytest.mark.parametrize("name", CASE_NAMES)
def test_every_case_can_stand_beside_itself(name: str):
    handout = handout_named(name)
    second = replace(handout, language="ar", translation=Translation("machine"))
    sheet = lay_out_twin(handout, second, fonts(), LETTER)

    assert (
        found := blocks(press(paint_master(sheet), make_imprint(None, "en", LETTER)))
    ) == spoken_twin(found, handout, second, None)


def test_languages_of_different_structure_stand_side_by_side_from_the_heads_of_their_sections():
    first, second = pml_in("en"), pml_in("es")
    sections = tuple(replace(s, blocks=s.blocks[:1]) for s in second.sections)
    second = replace(second, sections=sections)
    pdf = finished(lay_out_twin(first, second, fonts(), LETTER, "911"))

    assert (found := blocks(pdf)) == spoken_twin(found, first, second, clinic_named("riverside"))


def test_a_part_that_is_behind_has_its_notice_in_its_column():
    first, english = pml_in("es"), pml_in("en")
    sections = tuple(
        replace(other, language="en") if other.id in ("causes", "definition") else own
        for own, other in zip(first.sections, english.sections, strict=True)
    )
    glance = replace(english.at_a_glance, language="en")  # type: ignore[type-var]
    first = replace(first, sections=sections, at_a_glance=glance)
    pdf = finished(lay_out_twin(first, english, fonts(), LETTER, "911"))

    assert (found := blocks(pdf)) == spoken_twin(found, first, english, clinic_named("riverside"))


def drafts_in_foot(handout: Handout, other: Handout) -> list[str]:
    sheet = lay_out_twin(handout, other, fonts(), LETTER)
    return [
        text_of(item.line) for item in sheet.pages[0].header_footer if isinstance(item, PlacedLine)
    ]


def test_the_foot_is_in_the_first_language_and_tells_of_the_translation():
    foot = drafts_in_foot(pml_in("en"), pml_in("ar"))

    assert foot[1].startswith("Page 1 of")
    assert "Draft: translated by machine, not yet checked by anybody" in foot
