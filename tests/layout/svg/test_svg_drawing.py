import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import Diagnostic, HandoutError
from handouts.document import Align
from handouts.layout.pages import Vector
from handouts.layout.svg.drawing import Drawing, LabelPlace, read_drawing
from tests.painted import Pixel, pixel

PICTURES = Path(__file__).parents[2] / "data" / "pictures"

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
BLUE, RED, TEAL = (31, 78, 121), (140, 28, 19), (15, 118, 110)

RESOURCE_FREE = re.compile(
    r"(?:q|Q|h|f\*?|S|B\*?|W\*? n|\[[\d. ]*\] [\d.-]+ d"
    r"|(?:[\d.-]+ )+(?:re W n|m|l|c|rg|RG|g|G|w|J|j|M|cm))"
)


def svg(body: str, attributes: str = 'viewBox="0 0 100 100"') -> Drawing:
    text = f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'
    return read_drawing(text.encode(), "drawing.svg")


def colour(body: str, x: float, y: float) -> Pixel:
    """The colour at a place of a drawing 100 units wide and high."""
    return pixel(svg(body).artwork, x, y, 100)


# --- exports of drawing programs -------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "width", "places"),
    [
        ("inkscape", 60, {(10, 10): WHITE, (5, 6): BLUE, (40, 10): RED, (55, 18): WHITE}),
        (
            "illustrator",
            120,
            {(30, 30): WHITE, (12, 20): BLUE, (2, 2): WHITE, (90, 12): (51, 102, 153)}
            | {(83, 24): WHITE, (90, 30): RED},
        ),
        (
            "figma",
            96,
            {(10.5, 24): WHITE, (24, 24): TEAL, (0.2, 0.2): WHITE, (50, 24): (253, 230, 138)}
            | {(56, 24): TEAL},
        ),
    ],
)
def test_logos_print_as_their_drawing_program_shows_them(
    name: str, width: float, places: dict[tuple[float, float], Pixel]
) -> None:
    drawing = read_drawing((PICTURES / f"{name}.svg").read_bytes(), name)
    assert {place: pixel(drawing.artwork, *place, width) for place in places} == places


@pytest.mark.parametrize("name", ["inkscape", "illustrator", "figma"])
def test_operators_need_no_resources_and_leave_the_state_as_it_was(name: str) -> None:
    vector = read_drawing((PICTURES / f"{name}.svg").read_bytes(), name).artwork
    assert isinstance(vector, Vector)
    lines = vector.operators.decode("ascii").splitlines()
    assert [line for line in lines if not RESOURCE_FREE.fullmatch(line)] == []
    assert lines[0] == "q"
    assert lines[-1] == "Q"
    assert lines.count("q") == lines.count("Q")


# --- size ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="96" height="48"', (72, 36)),
        ('width="1in" height="72pt" viewBox="0 0 5 5"', (72, 72)),
        ('width="25.4mm" height="2.54cm" viewBox="0 0 5 5"', (72, 72)),
        ('viewBox="-10 -10 200 100"', (150, 75)),
        ('width="100%" height="1em" viewBox="0 0 200 100"', (150, 75)),
        ('width="400" viewBox="0 0 200 100"', (300, 150)),
        ('height="50" viewBox="0 0 200 100"', (75, 37.5)),
    ],
)
def test_a_drawing_has_the_size_it_states(attributes: str, size: tuple[float, float]) -> None:
    vector = svg('<rect width="9" height="9"/>', attributes).artwork
    assert (vector.width, vector.height) == pytest.approx(size)


def test_a_view_box_of_other_proportions_is_centred() -> None:
    vector = svg('<rect width="10" height="10"/>', 'width="30" height="10" viewBox="0 0 10 10"')
    assert pixel(vector.artwork, 9, 5, 30) == WHITE
    assert pixel(vector.artwork, 11, 5, 30) == BLACK
    assert pixel(vector.artwork, 21, 5, 30) == WHITE


def test_a_view_box_without_kept_proportions_is_stretched() -> None:
    attributes = 'width="30" height="10" viewBox="0 0 10 10" preserveAspectRatio="none"'
    assert pixel(svg('<rect width="10" height="10"/>', attributes).artwork, 1, 5, 30) == BLACK


def test_nothing_is_painted_beyond_the_edge() -> None:
    vector = svg('<rect x="-50" y="-50" width="200" height="200"/>').artwork
    assert b"q\n0 0 75 75 re W n" in vector.operators


# --- painting --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("red", (255, 0, 0)),
        ("RebeccaPurple", (102, 51, 153)),
        ("#08f", (0, 136, 255)),
        ("#1F4E79", BLUE),
        ("rgb(140, 28, 19)", RED),
        ("rgb(100%,0%,50%)", (255, 0, 128)),
        ("none", WHITE),
        ("transparent", WHITE),
        ("currentColor", BLACK),
        ("inherit", BLACK),
    ],
)
def test_colours_are_understood_as_svg_writes_them(written: str, shown: Pixel) -> None:
    body = f'<path d="M0 90h5v5"/><rect width="50" height="50" fill="{written}"/>'
    assert colour(body, 25, 25) == pytest.approx(shown, abs=1)


def test_current_color_is_the_color_around_it() -> None:
    body = '<g color="#1F4E79"><rect width="50" height="50" fill="currentColor"/></g>'
    assert colour(body, 25, 25) == BLUE


def test_grays_are_written_as_gray() -> None:
    vector = svg('<rect width="9" height="9" fill="#808080" stroke="white"/>').artwork
    assert b"0.502 g" in vector.operators
    assert b"1 G" in vector.operators


def test_a_style_attribute_wins_over_a_class_and_a_class_over_an_attribute() -> None:
    sheet = "<style>/* a note */ .a, .b { fill: #1F4E79 } .b { stroke-width: 3px }</style>"
    assert colour(sheet + '<rect class="a" fill="red" width="50" height="50"/>', 9, 9) == BLUE
    styled = '<rect class="x a" style="fill: #8C1C13;" width="50" height="50"/>'
    assert colour(sheet + styled, 9, 9) == RED


@pytest.mark.parametrize(("rule", "middle"), [("nonzero", BLACK), ("evenodd", WHITE)])
def test_the_fill_rule_decides_about_holes(rule: str, middle: Pixel) -> None:
    outline = "M0 0H90V90H0zM30 30H60V60H30z"
    assert colour(f'<path fill-rule="{rule}" d="{outline}"/>', 45, 45) == middle


def test_a_stroke_of_no_width_is_not_painted() -> None:
    body = '<rect width="50" height="50"/><path d="M0 80H90" stroke="red" stroke-width="0"/>'
    assert b"RG" not in svg(body).artwork.operators


def test_a_pen_is_bent_with_its_shape() -> None:
    body = '<path d="M10 2V8" stroke="black" stroke-width="4" transform="scale(1 10)"/>'
    assert colour(body, 11.5, 50) == BLACK
    assert colour(body, 12.5, 50) == WHITE
    wide = '<path d="M2 50H18" stroke="black" stroke-width="4" transform="scale(5 1)"/>'
    assert colour(wide, 50, 51.5) == BLACK
    assert colour(wide, 50, 52.5) == WHITE


def test_dashes_leave_gaps_and_grow_with_the_drawing() -> None:
    body = '<g transform="scale(10)"><path d="M0 5H10" stroke="red" stroke-dasharray="2 1"/></g>'
    assert colour(body, 15, 50) == (255, 0, 0)
    assert colour(body, 25, 50) == WHITE


def test_hidden_things_are_not_painted_and_may_show_a_child() -> None:
    shown = '<rect visibility="visible" x="50" width="50" height="50"/>'
    body = f'<g visibility="hidden"><rect width="50" height="50"/>{shown}</g>'
    assert colour(body, 25, 25) == WHITE
    assert colour(body, 75, 25) == BLACK
    assert colour('<g display="none"><text>no</text></g>' + shown, 75, 25) == BLACK


def test_a_used_shape_is_drawn_where_it_is_used() -> None:
    body = '<defs><g id="a"><rect width="10" height="10"/></g></defs>'
    body += '<use href="#a" x="50" y="50" fill="#1F4E79"/>'
    assert colour(body, 55, 55) == BLUE
    assert colour(body, 5, 5) == WHITE


def test_a_clip_path_cuts_and_ends_with_its_element() -> None:
    body = '<clipPath id="c"><rect width="20" height="100" transform="translate(20)"/></clipPath>'
    body += '<g clip-path="url(#c)"><rect width="100" height="50"/></g>'
    body += '<rect y="60" width="100" height="40"/>'
    assert colour(body, 30, 25) == BLACK
    assert colour(body, 50, 25) == WHITE
    assert colour(body, 50, 80) == BLACK


def test_the_same_drawing_gives_the_same_bytes() -> None:
    data = (PICTURES / "inkscape.svg").read_bytes()
    assert read_drawing(data, "a") == read_drawing(data, "b")


def test_coordinates_are_as_fine_as_the_drawing_is_small() -> None:
    tiny = svg('<rect x=".123456" width=".5" height=".5"/>', 'viewBox="0 0 1 1"').artwork
    assert b"0.09259 0.75 m" in tiny.operators
    large = svg('<rect x="12.3456" width="50" height="50"/>', 'viewBox="0 0 2000 2000"').artwork
    assert b"9.3 1500 m" in large.operators


# --- labels ----------------------------------------------------------------------------------


def test_a_label_place_is_measured_from_the_lower_left_in_points() -> None:
    body = '<rect width="9" height="9"/><g transform="translate(0 20)">'
    body += '<rect id="label-cell-body" x="10" y="20" width="40" height="8" fill="red"/></g>'
    drawing = svg(body)
    place = LabelPlace(7.5, 39, 30, 6, Align.CENTER)
    assert dict(drawing.labels) == {"cell-body": place}


@pytest.mark.parametrize(
    ("written", "align"),
    [
        ('text-anchor="start"', Align.START),
        ('style="text-anchor:end"', Align.END),
        ('text-anchor="middle"', Align.CENTER),
    ],
)
def test_a_label_stands_where_its_text_anchor_says(written: str, align: Align) -> None:
    body = f'<rect width="9" height="9"/><rect id="label-a" width="9" height="9" {written}/>'
    assert svg(body).labels["a"].align is align


def test_a_label_place_is_not_painted() -> None:
    body = '<rect width="9" height="9"/><rect id="label-a" x="50" width="50" height="50"/>'
    assert colour(body, 75, 25) == WHITE


# --- anything at all -------------------------------------------------------------------------


@settings(deadline=None)
@given(st.data())
def test_a_damaged_drawing_is_drawn_or_refused_and_nothing_else(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["inkscape", "illustrator", "figma"]))
    whole = (PICTURES / f"{name}.svg").read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    put = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"1e999", b"NaN", b"<g>", b'"', b"%"])
    )
    problems: tuple[Diagnostic, ...] = ()
    operators = b""
    try:
        artwork = read_drawing(whole[:start] + put + whole[end:], "damaged.svg").artwork
        operators = artwork.operators if isinstance(artwork, Vector) else b"?"
    except HandoutError as error:
        problems = error.diagnostics
    assert all(problem.hint and problem.span.file for problem in problems)
    lines = operators.decode("ascii").splitlines()
    assert [line for line in lines if not RESOURCE_FREE.fullmatch(line)] == []
    assert bool(problems) != bool(operators)
