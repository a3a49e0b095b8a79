"""Content streams: what is marked, what is an artifact, and which operators are left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.inks import Ink
from handouts.layout.pages import Bar, Outline, PanelName, PanelPlace, PlacedArtwork, PlacedLine
from handouts.pdf.artwork import Artworks, path_box
from handouts.pdf.content import FOOTER, HEADER, MARKED_WHERE_USED, ContentStream, figure_leaves
from handouts.pdf.fonts import Fonts
from handouts.pdf.showing import TextShowers
from handouts.structure import Element, Leaf
from tests.pdf.samples import RED_SQUARE, SQUARE, line


def stream(root: Element | None = None) -> ContentStream:
    figures = figure_leaves(root) if root is not None else {}
    return ContentStream(TextShowers(Fonts()), Artworks(), figures)


def painted(*items: object, artifact: bytes = b"/Artifact BMC") -> str:
    """The operators after the palette's, with the high byte of each code left out."""
    content = stream()
    content.paint(items, artifact)  # type: ignore[arg-type]
    return content.finish().replace(b"\0", b"").decode("latin-1").removeprefix("/P cs 0 sc\n")


def leaf(tag: str = "P") -> Leaf:
    return Element(tag).leaf()


def test_lines_of_one_leaf_share_a_sequence_and_a_text_object() -> None:
    paragraph = leaf()
    lines = [PlacedLine(line(text, paragraph), 72, y) for text, y in (("aa", 700), ("bb", 683.5))]

    assert painted(*lines) == (
        "BT\n/P<</MCID 0>>BDC\n/F0 12 Tf\n72 700 Td\n[(aa)]TJ\n0 -16.5 Td\n[(bb)]TJ\nEMC\nET"
    )


def test_another_leaf_is_another_sequence_in_the_same_text_object() -> None:
    first, second = (
        PlacedLine(line("a", leaf("Lbl")), 72, 700),
        PlacedLine(line("b", leaf()), 90, 700),
    )

    assert painted(first, second) == (
        "BT\n/Lbl<</MCID 0>>BDC\n/F0 12 Tf\n72 700 Td\n[(a)]TJ\nEMC\n"
        "/P<</MCID 1>>BDC\n18 0 Td\n[(b)]TJ\nEMC\nET"
    )


def test_text_and_paths_of_one_leaf_are_two_sequences_of_it() -> None:
    content, both = stream(), leaf()
    content.paint(
        [PlacedLine(line("a", both), 72, 700), Outline(SQUARE, 90, 700, 10, Ink.TEXT, both)]
    )

    assert content.marks == [both, both]
    assert b"EMC\nET\n/P<</MCID 1>>BDC\nq 1 0 0 1 90 700 cm" in content.finish()


def test_what_has_no_leaf_is_an_artifact_and_neighbours_share_one() -> None:
    bars = [Bar(72, y, 100, 0.5, Ink.TEXT) for y in (700, 600)]

    assert painted(*bars) == "/Artifact BMC\n72 700 100 0.5 re f\n72 600 100 0.5 re f\nEMC"


@pytest.mark.parametrize(("tag", "words"), [(HEADER, "/Header"), (FOOTER, "/Footer")])
def test_running_items_are_pagination_artifacts(tag: bytes, words: str) -> None:
    operators = painted(PlacedLine(line("a", None), 72, 40), artifact=tag)

    assert operators.startswith("BT\n/Artifact<</Type/Pagination/Subtype" + words)


def test_a_form_that_is_an_artifact_as_a_whole_has_no_marks_inside() -> None:
    items = (
        Bar(0, 0, 9, 1, Ink.TEXT),
        PlacedLine(line("a", None), 0, 0),
        Bar(0, 9, 9, 1, Ink.TEXT),
    )

    operators = painted(*items, artifact=MARKED_WHERE_USED)
    assert "BMC" not in operators
    assert "BDC" not in operators
    assert "EMC" not in operators


def test_inks_are_palette_indexes_and_named_only_when_they_change() -> None:
    bars = [Bar(0, 0, 1, 1, ink) for ink in (Ink.TEXT, Ink.ACCENT, Ink.ACCENT, Ink.TEXT)]

    assert painted(*bars).count(" sc") == 2
    assert "\n2 sc\n" in painted(*bars)


def test_a_raised_style_stands_higher() -> None:
    note = leaf()
    raised = PlacedLine(line("1", note, size=8, rise=4), 72, 700)

    assert "72 704 Td" in painted(raised)


def test_places_are_hundredths_of_a_point_and_never_add_up_rounding() -> None:
    paragraph = leaf()
    lines = [PlacedLine(line("a", paragraph), 72, 700 - n * 16.666) for n in range(4)]

    moves = [row for row in painted(*lines).splitlines() if row.endswith("Td")]
    assert moves == ["72 700 Td", "0 -16.67 Td", "0 -16.66 Td", "0 -16.67 Td"]


def test_the_header_is_an_artifact_and_the_other_panels_stand_outside_all_marks() -> None:
    header = painted(PanelPlace(PanelName.HEADER, 72, 730, 468, 40))
    contact = painted(PanelPlace(PanelName.CONTACT, 72, 100, 468, 40))

    assert header.startswith("/Artifact<</Type/Pagination/Subtype/Header")
    assert contact == "q 1 0 0 1 72 100 cm/Contact Do Q"


def test_artwork_fills_its_box() -> None:
    operators = painted(PlacedArtwork(RED_SQUARE, 100, 200, 80, 20))

    assert "q 2 0 0 1 100 200 cm/A0 Do Q" in operators


def test_a_drawing_scaled_to_very_little_has_no_exponent() -> None:
    assert "0.00005 0 0 0.0001 0 0 cm" in painted(PlacedArtwork(RED_SQUARE, 0, 0, 0.002, 0.002))


def test_the_box_of_a_figure_holds_all_that_is_painted_of_it() -> None:
    root = Element("Document")
    figure = root.add("Figure")
    label, drawing, path = figure.add("Span").leaf(), figure.leaf(), figure.leaf()
    content = stream(root)
    content.paint(
        [
            PlacedArtwork(RED_SQUARE, 100, 200, 80, 20, drawing),
            Outline(SQUARE, 300, 190, 10, Ink.TEXT, path),
            Outline(SQUARE, 500, 500, 10, Ink.TEXT),
        ]
    )
    assert content.boxes == {figure: (100, 190, 310, 220)}

    word = line("Axon", label)
    content.paint([PlacedLine(word, 50, 250)])
    assert content.boxes == {figure: (50, 190, 310, 250 + word.ascent)}


def test_the_box_of_a_path_holds_curves_and_rectangles() -> None:
    assert path_box(b"1 2 m 3 -4 5 6 7 8 c h 10 0 -2 3 re") == (1, -4, 10, 8)


def gaps_between(operators: str) -> list[int]:
    """How many strings were shown before each sign that a word ends."""
    shown = [operator for operator in operators.split("\n") if operator.endswith("]TJ")]
    gaps = [order for order, operator in enumerate(shown) if operator == "[-999]TJ"]
    return [order - before for before, order in enumerate(gaps)]


def test_where_the_pen_goes_back_behind_a_space_it_first_goes_on() -> None:
    """The spaces are shown by themselves, so there are strings of a space among the others."""
    words = line("דחוף: 911 או 112.", leaf(), language="he", right_to_left=True)

    operators = painted(PlacedLine(words, 72, 700))

    # The word, its space | 911 | a space, the word, its space | 112, its full stop
    assert gaps_between(operators) == [2, 3, 6]


def test_where_the_pen_goes_back_inside_a_word_it_does_not_go_on_first() -> None:
    words = line("ל-HIV", leaf(), language="he", right_to_left=True)

    assert "999" not in painted(PlacedLine(words, 72, 700))


def test_a_word_to_the_left_of_another_on_its_line_is_told_apart() -> None:
    bullet, text = line("•", leaf("Lbl")), line("aa", leaf())

    assert gaps_between(painted(PlacedLine(bullet, 90, 700), PlacedLine(text, 72, 700))) == [1]
    assert gaps_between(painted(PlacedLine(bullet, 90, 700), PlacedLine(text, 72, 702))) == [1]
    for x, y in ((99, 700), (72, 683)):
        assert gaps_between(painted(PlacedLine(bullet, 90, 700), PlacedLine(text, x, y))) == []


def test_a_line_with_a_raised_number_keeps_its_spaces_with_their_words() -> None:
    level = line("אב 2 גד", None, language="he", right_to_left=True)
    first, *others = level.runs
    raised = replace(level, runs=(replace(first, style=replace(first.style, rise=3)), *others))

    alone = [painted(PlacedLine(words, 72, 700)).count("( )]TJ") for words in (level, raised)]
    assert alone == [2, 0]
