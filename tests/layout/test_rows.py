"""Rows, strips and where Platypus may cut them."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from handouts.inks import Ink
from handouts.layout.pages import Bar
from handouts.layout.placing import Anchor, Mirror, place
from handouts.layout.recorder import PageRecorder
from handouts.layout.rows import Band, Row, Strip, height_of, turned
from handouts.layout.setting import Box
from handouts.paper import Paper

PAPER = Paper("note", 60, 40)


def mark(number: int) -> Bar:
    """A bar whose width tells the row it stands in."""
    return Bar(0, -10, number, 10, Ink.TEXT)


def row(number: int, **entries: object) -> Row:
    return Row(10, (mark(number),), **entries)  # type: ignore[arg-type]


def lay_out(*strips: Strip, right_to_left: bool = False) -> str:
    """Each page as the numbers of its rows and how far below the top they stand."""
    recorder = PageRecorder(PAPER, right_to_left=right_to_left)
    document = BaseDocTemplate("", pagesize=(PAPER.width, PAPER.height))
    frame = Frame(0, 0, 60, 40, leftPadding=0, bottomPadding=0, rightPadding=0, topPadding=0)
    document.addPageTemplates([PageTemplate("only", [frame])])
    document.build(list(strips), canvasmaker=lambda *_, **__: recorder)
    pages = []
    for items in recorder.pages:
        bars = [item for item in items if isinstance(item, Bar) and item.ink is Ink.TEXT]
        pages.append(" ".join(f"{bar.width:g}@{40 - bar.y - bar.height:g}" for bar in bars))
    return " | ".join(pages)


def test_rows_stand_one_below_the_other_with_their_space_between():
    assert lay_out(Strip([row(1), row(2, space=5), row(3)])) == "1@0 2@15 3@25"


def test_the_space_above_a_row_is_dropped_at_the_head_of_a_page():
    strip = Strip([row(number, space=6) for number in range(1, 5)])

    assert lay_out(strip) == "1@0 2@16 | 3@0 4@16"


def test_the_rest_of_a_strip_goes_to_the_next_page_even_where_it_would_fit_without_its_space():
    strip = Strip([row(1), row(2), row(3), row(4, space=1)])

    assert lay_out(strip) == "1@0 2@10 3@20 | 4@0"


def test_rows_that_keep_together_move_together():
    strip = Strip([row(1), row(2), row(3), row(4, keeps=True), row(5, keeps=True)])

    assert lay_out(strip) == "1@0 2@10 | 3@0 4@10 5@20"


def test_rows_that_keep_together_are_parted_only_when_no_page_holds_them():
    strip = Strip([row(1), *(row(number, keeps=True) for number in range(2, 7))])

    assert lay_out(strip) == "1@0 2@10 3@20 4@30 | 5@0 6@10"


def test_a_whole_strip_that_keeps_together_starts_a_new_page():
    first = Strip([row(1), row(2)])
    second = Strip([row(3), row(4, keeps=True), row(5, keeps=True)])

    assert lay_out(first, second) == "1@0 2@10 | 3@0 4@10 5@20"


def test_the_space_above_a_strip_counts_only_below_another_one():
    first = Strip([row(1)], space=7)
    second = Strip([row(2)], space=7)

    assert lay_out(first, second) == "1@0 2@17"


def test_a_page_that_begins_inside_a_table_repeats_its_header():
    again = (row(9),)
    body = [row(number, repeats=again) for number in range(2, 7)]
    strip = Strip([row(1), *body])

    assert lay_out(strip) == "1@0 2@10 3@20 4@30 | 9@0 5@10 6@20"


def test_a_band_lies_behind_all_neighbouring_rows_that_share_it_on_each_page():
    behind = Band(0, 50, Ink.TINT)
    strip = Strip([row(1), *(row(number, bands=(behind,)) for number in range(2, 7))])
    recorder = PageRecorder(PAPER, right_to_left=False)
    document = BaseDocTemplate("", pagesize=(60, 40))
    frame = Frame(0, 0, 60, 40, leftPadding=0, bottomPadding=0, rightPadding=0, topPadding=0)
    document.addPageTemplates([PageTemplate("only", [frame])])
    document.build([strip], canvasmaker=lambda *_, **__: recorder)

    tints = [[item for item in page if item.ink is Ink.TINT] for page in recorder.pages]

    assert tints == [[Bar(0, 0, 50, 30, Ink.TINT)], [Bar(0, 20, 50, 20, Ink.TINT)]]


def test_height_leaves_out_the_space_above_the_first_row():
    assert height_of([row(1, space=5), row(2, space=5)]) == 25


def test_a_right_to_left_page_is_mirrored_as_a_whole():
    items = list(place([Bar(4, 0, 10, 2, Ink.RULE), Anchor("Causes", 2, "a")], 5, 7, Mirror(60)))

    assert items == [Bar(41, 7, 10, 2, Ink.RULE), Anchor("Causes", 2, "a", 55, 7)]


def test_rows_that_run_against_their_page_are_mirrored_inside_their_box():
    bar, behind = Bar(12, -10, 5, 10, Ink.TEXT), Band(10, 3, Ink.RULE)
    (made,) = turned([Row(10, (bar, Anchor("", 0, "a", 10)), bands=(behind,))], Box(10, 40))

    assert made.items == (Bar(43, -10, 5, 10, Ink.TEXT), Anchor("", 0, "a", 50))
    assert [(band.x, band.width) for band in made.bands] == [(47, 3)]
    assert next(iter(place(made.items, 0, 0, Mirror(60)))) == replace(bar, x=12)


def test_mirroring_twice_gives_the_same_page_back():
    mirror = Mirror(60)

    assert mirror.x(mirror.x(13, 10), 10) == 13


def test_anchors_become_bookmarks_and_targets_of_their_page():
    strip = Strip([row(1), row(2), row(3), Row(20, (Anchor("Causes", 2, "causes", 0, -3),))])
    recorder = PageRecorder(PAPER, right_to_left=False)
    document = BaseDocTemplate("", pagesize=(60, 40))
    frame = Frame(0, 0, 60, 40, leftPadding=0, bottomPadding=0, rightPadding=0, topPadding=0)
    document.addPageTemplates([PageTemplate("only", [frame])])
    document.build([strip], canvasmaker=lambda *_, **__: recorder)

    assert [(mark.title, mark.page, mark.y) for mark in recorder.bookmarks] == [("Causes", 1, 37)]
    assert [(target.id, target.page) for target in recorder.targets] == [("causes", 1)]


def test_a_divider_stands_between_strips_and_not_at_the_head_of_a_page():
    divider = Row(5, (Bar(0, -5, 9, 5, Ink.TEXT),))
    first = Strip([row(1)], divider=divider)
    second = Strip([row(2)], divider=divider)
    third = Strip([row(3), row(4, keeps=True)], divider=divider)

    assert lay_out(first, second, third) == "1@0 9@10 2@15 | 3@0 4@10"


def test_a_strip_that_is_cut_keeps_the_space_above_it():
    first = Strip([row(1)])
    second = Strip([row(2), row(3), row(4)], space=7)

    assert lay_out(first, second) == "1@0 2@17 3@27 | 4@0"
