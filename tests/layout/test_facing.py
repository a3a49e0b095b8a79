"""Facing columns: what begins in both begins at one height."""

from __future__ import annotations

from handouts.document import BulletList, Callout, CalloutKind, ListItem, Paragraph, Words
from handouts.inks import Ink
from handouts.layout.facing import facing, only_at_head, outline
from handouts.layout.pages import Bar
from handouts.layout.rows import Band, Row


def mark(name: int) -> Bar:
    return Bar(name, -5, 1, 1, Ink.TEXT)


def rows(*lengths: int, start: int = 0) -> list[Row]:
    """Blocks of so many rows, each row with a mark of its own."""
    made = []
    for length in lengths:
        for number in range(length):
            made.append(Row(10, (mark(start + len(made)),), opens=number == 0))
    return made


def shown(faced: list[Row]) -> list[tuple[list[float], list[float]]]:
    """For each row, which marks stand in it: those of the first and of the second column."""
    return [([item.x for item in row.items], [item.x for item in row.facing]) for row in faced]


def test_blocks_begin_side_by_side_and_the_shorter_is_filled_up():
    assert shown(facing(rows(1, 2), rows(2, 1, start=10))) == [
        ([0], [10]),
        ([], [11]),
        ([1], [12]),
        ([2], []),
    ]


def test_columns_that_open_different_numbers_of_blocks_face_each_other_only_at_their_heads():
    assert shown(facing(rows(1, 1), rows(3, start=10))) == [([0], [10]), ([1], [11]), ([], [12])]


def test_a_column_may_be_empty():
    assert shown(facing([], rows(2))) == [([], [0]), ([], [1])]
    assert facing([], []) == []


def test_a_page_ends_where_both_columns_allow_it():
    keeps = [Row(10), Row(10, keeps=True), Row(10)]
    faced = facing(keeps, [Row(10), Row(10), Row(10, keeps=True)])

    assert [row.keeps for row in faced] == [False, True, True]


def test_each_row_is_as_high_as_the_higher_and_as_far_from_the_last_as_the_farther():
    (row,) = facing([Row(10, space=3)], [Row(14, space=1)])

    assert (row.height, row.space) == (14, 3)


def test_a_rule_at_the_foot_of_a_row_goes_to_the_foot_of_the_higher_one():
    rule = Bar(0, -10, 50, 0.5, Ink.RULE)
    (row,) = facing([Row(10, (rule,))], [Row(24)])

    assert row.items == (Bar(0, -24, 50, 0.5, Ink.RULE),)


def test_a_band_goes_on_over_the_rows_that_fill_a_column_inside_it_and_not_behind_it():
    band = Band(0, 50, Ink.TINT)
    inside = [Row(10, bands=(band,), opens=True), Row(10, bands=(band,), opens=True)]
    faced = facing(inside, rows(2, 2))

    assert [row.bands for row in faced] == [(band,), (band,), (band,), ()]


def test_headers_that_repeat_repeat_side_by_side():
    header, other = Row(10, (mark(1),)), Row(12, (mark(2),))
    (row,) = facing([Row(10, repeats=(header,))], [Row(10, repeats=(other,))])

    assert shown(list(row.repeats)) == [([1], [2])]
    assert row.repeats[0].height == 12


def paragraph(text: str) -> Paragraph:
    return Paragraph((Words(text),))


def test_two_languages_have_one_outline_when_they_say_the_same_in_other_words():
    english = (paragraph("a"), BulletList((ListItem((paragraph("b"),)),)))
    spanish = (paragraph("c"), BulletList((ListItem((paragraph("d"),)),)))

    assert outline(english) == outline(spanish)
    assert outline(english) != outline(english[:1])
    assert outline((Callout(CalloutKind.NOTE, english),)) != outline(
        (Callout(CalloutKind.EMERGENCY, english),)
    )


def test_rows_that_face_only_at_their_head_open_nothing_else():
    assert [row.opens for row in only_at_head(rows(2, 1, 2))] == [True, *[False] * 4]
