"""What stays with what, and how blocks are spaced."""

from __future__ import annotations

from handouts.document import (
    Block,
    BulletList,
    Citation,
    ListItem,
    NumberedList,
    Paragraph,
    Subheading,
    Words,
)
from handouts.edition import own_edition
from handouts.languages import language
from handouts.layout.blocks import MARKER_GAP, block_rows
from handouts.layout.pages import PlacedLine
from handouts.layout.rows import Row
from handouts.layout.setting import Box, setting_for
from handouts.layout.style import SheetStyle
from handouts.layout.typesetting import Typesetter
from handouts.paper import LETTER
from handouts.pipeline import fonts
from handouts.structure import Element
from tests.layout.outline import text_of

STYLE = SheetStyle.of(own_edition())


def paragraph(text: str) -> Paragraph:
    return Paragraph((Words(text),))


def bullets(*texts: str) -> BulletList:
    return BulletList(tuple(ListItem((paragraph(text),)) for text in texts))


def rows_of(*blocks: Block) -> list[Row]:
    typesetter = Typesetter(language("en"), fonts(), references={"a": 1})
    setting = setting_for(typesetter, LETTER)
    return block_rows(blocks, Element("Sect"), Box(0, 400), setting)


def test_a_paragraph_that_ends_with_a_colon_stays_with_what_it_introduces():
    assert rows_of(paragraph("Bring these:"), bullets("One", "Two"))[1].keeps


def test_a_citation_after_the_colon_does_not_part_them():
    introduction = Paragraph((Words("Bring these:"), Citation("a")))

    assert rows_of(introduction, bullets("One", "Two"))[1].keeps


def test_a_subheading_stays_with_its_text():
    assert rows_of(Subheading((Words("Rest"),)), paragraph("Sleep well."))[1].keeps


def test_a_paragraph_that_ends_otherwise_may_be_parted_from_the_next_block():
    assert not rows_of(paragraph("Bring these."), bullets("One", "Two"))[1].keeps


def test_a_subheading_is_nearer_to_the_text_below_it_than_to_the_text_above_it():
    _, heading, below = rows_of(
        paragraph("Above."), Subheading((Words("Rest"),)), paragraph("Below.")
    )

    assert heading.space > 2 * below.space


def test_items_with_several_paragraphs_stand_as_far_apart_as_these():
    loose = BulletList(
        (ListItem((paragraph("One"), paragraph("More"))), ListItem((paragraph("Two"),)))
    )

    assert [row.space for row in rows_of(loose)] == [0, STYLE.block_space, STYLE.block_space]
    assert [row.space for row in rows_of(bullets("One", "Two"))] == [0, STYLE.item_space]


def test_a_list_inside_an_item_is_set_as_close_as_its_items():
    nested = BulletList((ListItem((paragraph("One"), bullets("In", "Side"))),))

    assert [row.space for row in rows_of(nested)] == [0, STYLE.item_space, STYLE.item_space]


def test_the_items_of_a_list_make_room_for_its_widest_number():
    items = tuple(ListItem((paragraph("Item"),)) for _ in range(3))
    rows = rows_of(NumberedList(items, start=998))
    (number, text) = (item for item in rows[-1].items if isinstance(item, PlacedLine))

    assert text_of(number.line) == "1,000."
    assert text.x >= number.x + number.line.width + MARKER_GAP - 0.01
    assert {row.items[-1].x for row in rows} == {text.x}


def test_the_lines_of_a_label_are_as_equal_as_they_can_be():
    typesetter = Typesetter(language("en"), fonts())
    words = "Damaged myelin: signals slow or stop"
    usual = typesetter.phrase(words, None, STYLE.figure_label, 134)
    balanced = typesetter.balanced(words, None, STYLE.figure_label, 134)

    assert len(balanced) == len(usual) == 2
    assert max(line.width for line in balanced) < max(line.width for line in usual)
    assert abs(balanced[0].width - balanced[1].width) < 30
