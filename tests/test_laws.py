"""What holds for every handout, whatever is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from handouts.edition import own_edition
from handouts.inks import Ink
from handouts.languages import language
from handouts.layout.pages import Bar, Item, PlacedLine, Sheet
from handouts.layout.sheets import lay_out
from handouts.layout.style import Columns
from handouts.paper import A4, LETTER
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts, make_imprint
from handouts.structure import Element, Leaf
from handouts.verapdf import validate
from tests.any_handout import any_handout
from tests.reading_back import blocks, glyph_problems, structure_problems, unmarked_text
from tests.sheets import clinic_named
from tests.spoken_handout import spoken_handout


@pytest.mark.parametrize("seed", range(6))
def test_every_block_is_in_the_file_once_and_in_order(seed: int):
    handout = any_handout(seed)
    sheet = lay_out(handout, language("en"), fonts(), LETTER, "911")
    riverside = clinic_named("riverside")
    pdf = press(paint_master(sheet), make_imprint(riverside, "en", LETTER))

    assert (found := blocks(pdf)) == spoken_handout(found, handout, riverside)
    assert structure_problems(pdf) == []
    assert glyph_problems(pdf) == []
    assert unmarked_text(pdf) == ""
    assert [str(failure) for failure in validate(pdf)] == []


@pytest.mark.parametrize("seed", range(30))
def test_nothing_leaves_its_place_on_the_page(seed: int):
    paper = A4 if seed % 2 else LETTER

    assert strays(lay_out(any_handout(seed), language("en"), fonts(), paper)) == []


@pytest.mark.parametrize("seed", range(30))
def test_no_line_and_no_heading_is_left_alone_at_the_edge_of_a_page(seed: int):
    sheet = lay_out(any_handout(seed), language("en"), fonts(), A4 if seed % 2 else LETTER)
    owners = dict(_owners(sheet.root))
    bottom = Columns.of(sheet.paper, own_edition()).first_body_bottom
    pages = [
        [
            (item.y, owners[leaf])
            for item in page.items
            if (leaf := _leaf_of(item)) in owners and (number or item.y > bottom)
        ]
        for number, page in enumerate(sheet.pages)
    ]
    for page, next_page in pairwise(pages):
        lowest = min(y for y, _ in page)
        assert not {block.tag for y, block in page if y == lowest} <= {"H2", "H3", "H4", "Lbl"}
        here, there = ([block for _, block in lines] for lines in (page, next_page))
        for block in set(here) & set(there):
            assert here.count(block) > 1
            assert there.count(block) > 1


def _owners(element: Element) -> Iterator[tuple[Leaf, Element]]:
    """Each leaf with the block that it belongs to, links and the like being part of theirs."""
    for child in element.children:
        if isinstance(child, Leaf):
            yield child, element
        elif child.tag in ("Span", "Link", "Reference", "BibEntry"):
            yield from ((leaf, element) for leaf, _ in _owners(child))
        else:
            yield from _owners(child)


def _leaf_of(item: Item) -> Leaf | None:
    return item.line.runs[0].leaf if isinstance(item, PlacedLine) else None


def strays(sheet: Sheet) -> list[str]:
    """What stands outside the margins, reaches into the header or foot, or over the contact panel.

    Type may reach a little out of its line's place: accents above it, descenders below.
    """
    columns = Columns.of(sheet.paper, own_edition())
    start, end = columns.margin - 0.1, columns.margin + columns.width + 0.1
    overhang = 3.0
    contact = columns.body_bottom + columns.contact
    found = []
    for number, page in enumerate(sheet.pages):
        for item in page.items:
            match item:
                case PlacedLine(line, x, y):
                    bottom, right, top = y - line.descent, x + line.width, y + line.ascent
                case Bar(x, y, width, height):
                    bottom, right, top = y, x + width, y + height
                case _:
                    continue
            is_on_page = (
                bottom >= columns.body_bottom - overhang and top <= columns.body_top + overhang
            )
            is_over_contact = number == 0 and bottom + overhang < contact < top - overhang
            if not (start <= x and right <= end and is_on_page) or is_over_contact:
                found.append(f"page {number + 1}: {item}")
    return found


def test_a_line_that_leaves_its_place_is_found():
    sheet = lay_out(any_handout(1), language("en"), fonts(), LETTER)
    first = sheet.pages[0]
    bar = Bar(40, 300, 20, 1, Ink.RULE)
    page = replace(first, items=(*first.items, bar))

    assert strays(replace(sheet, pages=(page, *sheet.pages[1:]))) == [f"page 1: {bar}"]
