import cmath
import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.layout.svg.geometry import Matrix, shape, transform
from handouts.layout.svg.path_data import Path, arc, length, number, numbers, path
from handouts.layout.svg.tree import Node


def ends(outline: Path) -> list[complex]:
    """Where each segment ends."""
    return [points[-1] for _, points in outline if points]


def along(start: complex, curve: tuple[complex, ...], t: float) -> complex:
    first, second, end = curve
    s = 1 - t
    return s**3 * start + 3 * s * s * t * first + 3 * s * t * t * second + t**3 * end


def node(name: str, **attributes: str) -> Node:
    return Node(name, attributes, 1, 1)


# --- numbers ---------------------------------------------------------------------------------


def test_numbers_may_stand_close_together() -> None:
    assert numbers("1-2.5.5e1,+3 ,4.") == [1, -2.5, 5, 3, 4]


@pytest.mark.parametrize("text", ["1 two", "1;2", "--1", "1e999", "1e10", "NaN"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is "):
        numbers(text)
    with pytest.raises(ValueError, match="is "):
        number(text)


@pytest.mark.parametrize(
    ("text", "pixels"), [("3", 3), ("3px", 3), ("72pt", 96), ("1in", 96), ("2.54 cm", 96)]
)
def test_lengths_are_pixels(text: str, pixels: float) -> None:
    assert length(text) == pytest.approx(pixels)


# --- path data -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("absolute", "relative"),
    [
        ("M1 1L4 5H9V2Z", "m1 1 3 4h5v-3z"),
        ("M1 1C2 2 3 3 4 4S6 6 7 7", "m1 1c1 1 2 2 3 3s2 2 3 3"),
        ("M1 1Q2 5 4 4T9 9", "m1 1q1 4 3 3t5 5"),
        ("M0 0A5 5 0 0 1 5 5", "m0,0a5,5,0,0,1,5,5"),
        ("M1 1L2 2M5 5L6 6", "M1 1l1 1m3 3l1 1"),
        ("M1 1H5ZM2 2H3", "m1 1h4zm1 1h1"),
    ],
)
def test_relative_commands_count_from_where_the_pen_is(absolute: str, relative: str) -> None:
    assert path(absolute) == path(relative)


def test_coordinates_after_a_move_are_lines() -> None:
    assert path("M1 1 2 2 3 3") == path("M1 1L2 2L3 3")


def test_arc_flags_may_stand_without_spaces() -> None:
    assert path("M0 0a1 1 0 01.5.5 2 2 0 1110 10") == path("M0 0a1 1 0 0 1 .5 .5a2 2 0 1 1 10 10")


def test_a_smooth_curve_mirrors_the_control_point_before_it() -> None:
    _, _, (_, smooth) = path("M0 0C0 4 2 4 4 0S8 -4 8 0")
    assert smooth[0] == 6 - 4j
    _, (_, after_line) = path("M5 5S8 -4 8 0")
    assert after_line[0] == 5 + 5j


def test_a_quadratic_curve_keeps_its_shape_as_a_cubic_one() -> None:
    _, (operator, curve) = path("M0 0Q5 10 10 0")
    assert operator == "c"
    assert along(0, curve, 0.5) == pytest.approx(5 + 5j)
    assert path("M0 0Q5 10 10 0T20 0")[2] == path("M0 0Q5 10 10 0Q15 -10 20 0")[2]


@pytest.mark.parametrize(
    "data",
    ["L1 1", "M1", "M1 1L2", "M0 0A1 1 0 2 0 5 5", "M0 0A1 1 0", "M0 0Z5", "x", "M0 0L1,1,a"],
)
def test_broken_path_data_is_refused(data: str) -> None:
    with pytest.raises(ValueError, match=r"does not start|has|is not"):
        path(data)


def test_an_empty_path_draws_nothing() -> None:
    assert path("  ") == []


@settings(deadline=None)
@given(
    st.complex_numbers(max_magnitude=1000),
    st.floats(0.05, 4),
    st.floats(0, math.tau),
    st.floats(0.5, 1000),
    st.floats(0.5, 1000),
    st.floats(-720, 720),
    st.booleans(),
    st.booleans(),
)
def test_an_arc_runs_on_its_ellipse_from_start_to_end(
    start: complex,
    way: float,
    heading: float,
    rx: float,
    ry: float,
    degrees: float,
    is_large: bool,
    is_clockwise: bool,
) -> None:
    end = start + cmath.rect(way * max(rx, ry), heading)
    drawn = arc(start, rx, ry, degrees, is_large, is_clockwise, end)
    assert drawn[-1][1][-1] == end
    tilt = complex(math.cos(math.radians(degrees)), math.sin(math.radians(degrees)))

    def level(point: complex) -> complex:
        turned = point / tilt
        return complex(turned.real / rx, turned.imag / ry)

    grown = max(1.0, abs(level(end) - level(start)) / 2)
    at = level(start)
    spots = []
    for _, curve in drawn:
        curve = tuple(level(point) for point in curve)
        spots += [along(at, curve, t / 8) for t in range(1, 9)]
        at = curve[-1]
    # Every spot is as far from the centre as the radius; the centre is found from three spots.
    first, middle, last = level(start), spots[len(spots) // 2 - 1], level(end)
    a, b = middle - first, last - first
    cross = (a.conjugate() * b).imag
    centre = first + 1j * (a * abs(b) ** 2 - b * abs(a) ** 2) / (2 * cross)
    assert max(abs(abs(spot - centre) - grown) for spot in spots) < 2e-3 * grown
    assert (cross > 0) == is_clockwise
    turned = sum(cmath.phase((q - centre) / (p - centre)) for p, q in pairwise([first, *spots]))
    if abs(abs(turned) - math.pi) > 1e-2:
        assert (abs(turned) > math.pi) == is_large


def test_an_arc_without_a_radius_is_a_line_and_without_a_way_is_nothing() -> None:
    assert path("M0 0A0 5 0 0 0 9 9") == path("M0 0L9 9")
    assert path("M1 1A5 5 0 0 0 1 1") == path("M1 1")


# --- transforms and shapes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "placed"),
    [
        ("", 1 + 0j),
        ("translate(5)", 6),
        ("translate(5, 3)", 6 + 3j),
        ("scale(2)", 2),
        ("rotate(90)", 1j),
        ("rotate(90 1 1)", 2 + 1j),
        ("skewX(45)", 1),
        ("skewY(45)", 1 + 1j),
        ("matrix(0 1 1 0 5 6)", 5 + 7j),
        ("translate(10),scale(3)", 13),
        ("scale(3) translate(10)", 33),
    ],
)
def test_transforms_move_points(text: str, placed: complex) -> None:
    assert transform(text).point(1) == pytest.approx(placed)


@given(st.floats(0, 360), st.floats(0.1, 10), st.booleans())
def test_turning_growing_and_mirroring_keep_a_circle_round(
    degrees: float, size: float, is_mirrored: bool
) -> None:
    mirror = "scale(-1 1)" if is_mirrored else ""
    matrix = transform(f"rotate({degrees:f}) scale({size:f}) {mirror}")
    assert matrix.keeps_shape
    assert matrix.scale == pytest.approx(size, abs=1e-5)
    assert not transform("scale(1 2)").keeps_shape
    assert not transform("skewX(9)").keeps_shape


def test_upright_boxes_stay_upright_unless_turned() -> None:
    assert Matrix(a=2, d=-3).keeps_axes
    assert not transform("rotate(5)").keeps_axes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (node("rect", width="4", height="2"), "M0 0H4V2H0Z"),
        (node("polygon", points="0,0 4,0 4,2"), "M0 0L4 0L4 2Z"),
        (node("polyline", points="0 0 4 0 4 2"), "M0 0L4 0L4 2"),
        (node("line", x2="4", y2="2"), "M0 0L4 2"),
        (node("circle", cx="1", cy="1", r="5"), "M6 1A5 5 0 0 1-4 1A5 5 0 0 1 6 1Z"),
        (node("ellipse", rx="5", ry="2"), "M5 0A5 2 0 0 1-5 0A5 2 0 0 1 5 0Z"),
        (node("ellipse", ry="2"), "M2 0A2 2 0 0 1-2 0A2 2 0 0 1 2 0Z"),
        (
            node("rect", width="10", height="8", rx="2"),
            "M2 0H8A2 2 0 0 1 10 2V6A2 2 0 0 1 8 8H2A2 2 0 0 1 0 6V2A2 2 0 0 1 2 0Z",
        ),
        (
            node("rect", width="4", height="8", rx="9", ry="1"),
            "M2 0H2A2 1 0 0 1 4 1V7A2 1 0 0 1 2 8H2A2 1 0 0 1 0 7V1A2 1 0 0 1 2 0Z",
        ),
    ],
)
def test_shapes_are_the_paths_that_svg_says_they_are(one: Node, other: str) -> None:
    shown, expected = shape(one), path(other)
    assert [operator for operator, _ in shown] == [operator for operator, _ in expected]
    assert ends(shown) == pytest.approx(ends(expected))


@pytest.mark.parametrize(
    "empty", [node("rect", width="4"), node("circle"), node("ellipse"), node("polygon")]
)
def test_a_shape_without_extent_draws_nothing(empty: Node) -> None:
    assert shape(empty) == []
