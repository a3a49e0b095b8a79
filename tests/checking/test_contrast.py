import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.checking.contrast import (
    PAPER,
    READABLE,
    check_palette,
    contrast_ratio,
    hexadecimal,
    hue_ramp,
    inks,
    oklab,
    parse_colour,
    printed_gray,
    relative_luminance,
    tint,
)
from handouts.clinic import Clinic, Palette
from handouts.diagnostics import ClinicError, Diagnostic, Severity, SourceSpan
from handouts.inks import Ink
from handouts.layout.pages import Colour

colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


def check(accent: str = "#1F4E79", emergency: str = "#8C1C13") -> list[Diagnostic]:
    palette = Palette(accent, emergency, SourceSpan("clinic.yaml", 12, 10, "palette"))
    return check_palette(Clinic("a", "A", "US", "911", (), palette=palette))


def can_be_read(words: Colour, ground: Colour) -> bool:
    gray = contrast_ratio(printed_gray(words), printed_gray(ground))
    return min(contrast_ratio(words, ground), gray) >= READABLE


def passes(accent: Colour) -> bool:
    return can_be_read(accent, PAPER) and can_be_read(accent, tint(accent))


def hinted(problem: Diagnostic) -> str:
    return problem.hint.split('"')[1]


# --- contrast --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#767676", "#FFFFFF", 4.54),
        ("#777777", "#FFFFFF", 4.48),
        ("#FF0000", "#FFFFFF", 4.00),
        ("#0000FF", "#FFFFFF", 8.59),
        ("#00FF00", "#000000", 15.30),
        ("#595959", "#FFFFFF", 7.00),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    found = contrast_ratio(parse_colour(one), parse_colour(other))
    assert found == pytest.approx(ratio, abs=0.005)


def test_luminance_runs_from_black_to_white() -> None:
    assert relative_luminance(Colour(0, 0, 0)) == 0
    assert relative_luminance(Colour(1, 1, 1)) == pytest.approx(1)


@given(colours, colours)
def test_contrast_is_the_same_in_either_order(one: str, other: str) -> None:
    first, second = parse_colour(one), parse_colour(other)
    assert contrast_ratio(first, second) == contrast_ratio(second, first)
    assert 1 <= contrast_ratio(first, second) <= 21.0001


@given(colours)
def test_a_colour_is_written_as_it_was_read(text: str) -> None:
    assert hexadecimal(parse_colour(text)) == text


def test_short_colours_are_read() -> None:
    assert parse_colour("#18f") == parse_colour("#1188FF")


@pytest.mark.parametrize("text", ["", "red", "#12", "#12345", "#1234567", "123456", "#GGGGGG"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ClinicError, match="is not a colour"):
        parse_colour(text)


@pytest.mark.parametrize(
    ("text", "lab"),
    [
        ("#FFFFFF", (1.0, 0.0, 0.0)),
        ("#FF0000", (0.62796, 0.22486, 0.12585)),
        ("#00FF00", (0.86644, -0.23389, 0.17950)),
        ("#0000FF", (0.45201, -0.03246, -0.31153)),
    ],
)
def test_oklab_has_its_published_values(text: str, lab: tuple[float, float, float]) -> None:
    assert oklab(parse_colour(text)) == pytest.approx(lab, abs=1e-4)


# --- the palette -----------------------------------------------------------------------------


def test_the_default_palette_passes() -> None:
    assert check() == []


def test_a_pale_accent_is_an_error_at_its_place_with_a_colour_that_passes() -> None:
    (problem,) = check(accent="#8FB8DE")
    assert problem.severity is Severity.ERROR
    assert problem.span == SourceSpan("clinic.yaml", 12, 10, "palette.accent")
    assert "1.97:1 on its own tint" in problem.message
    assert check(accent=hinted(problem)) == []


def test_a_pale_emergency_colour_is_an_error() -> None:
    (problem,) = check(emergency="#E0542B")
    assert problem.span.path == "palette.emergency"
    assert "3.83:1 under white words" in problem.message
    assert check(emergency=hinted(problem)) == []


def test_an_accent_that_only_fails_on_its_tint_is_an_error() -> None:
    assert contrast_ratio(parse_colour("#757575"), PAPER) > READABLE
    (problem,) = check(accent="#757575")
    assert problem.is_error
    assert "on its own tint" in problem.message
    assert check(emergency="#757575") == []


def test_a_ratio_is_never_rounded_up_to_what_would_pass() -> None:
    (problem,) = check(emergency="#777777")
    assert "4.47:1" in problem.message


def test_a_colour_that_fades_when_printed_gray_is_a_warning() -> None:
    colour = parse_colour("#9763A8")
    assert contrast_ratio(colour, PAPER) >= READABLE > contrast_ratio(printed_gray(colour), PAPER)
    (problem,) = check(emergency="#9763A8")
    assert problem.severity is Severity.WARNING
    assert "when printed gray" in problem.message
    assert check(emergency=hinted(problem)) == []


def test_what_is_no_colour_is_told_with_the_rest() -> None:
    accent, emergency = check(accent="sky blue", emergency="#E0542B")
    assert accent.message == '"sky blue" is not a colour'
    assert accent.span.path == "palette.accent"
    assert emergency.is_error


def test_without_a_place_of_its_own_the_palette_is_told_at_the_clinic() -> None:
    clinic = Clinic("a", "A", "US", "911", (), palette=Palette("#FFF"), span=SourceSpan("c.yaml"))
    (problem,) = check_palette(clinic)
    assert problem.span == SourceSpan("c.yaml", path="palette.accent")


@settings(max_examples=20, deadline=None)
@given(colours)
def test_the_hinted_colour_passes_and_nothing_nearer_of_that_hue_does(text: str) -> None:
    asked = parse_colour(text)
    problems = check(accent=text)
    assert bool(problems) != passes(asked)
    better = parse_colour(hinted(problems[0])) if problems else asked
    assert passes(better)
    distance = math.dist(oklab(better), oklab(asked))
    nearer = [c for c in hue_ramp(asked) if math.dist(oklab(c), oklab(asked)) < distance]
    assert [hexadecimal(c) for c in nearer if passes(c)] == []


@settings(max_examples=40, deadline=None)
@given(colours)
def test_a_ramp_keeps_its_hue_down_to_black(text: str) -> None:
    colour = parse_colour(text)
    ramp = hue_ramp(colour)
    assert hexadecimal(ramp[0]) == text
    assert hexadecimal(ramp[-1]) == "#000000"
    lightness = [oklab(shade)[0] for shade in ramp]
    assert all(darker < lighter + 0.01 for lighter, darker in pairwise(lightness))
    _, a, b = oklab(colour)
    for shade in ramp:
        _, shade_a, shade_b = oklab(shade)
        turned = shade_a * b - shade_b * a  # the sine of the angle between, times both strengths
        assert abs(turned) < 0.02 * math.hypot(a, b) + 1e-9


# --- inks ------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(colours)
def test_every_ink_has_a_colour_and_words_can_be_read(accent: str) -> None:
    accent = hinted(check(accent)[0]) if check(accent) else accent
    table = inks(Palette(accent))
    assert len(table) == len(Ink)
    assert table[Ink.PAPER] == table[Ink.ON_EMERGENCY] == Colour(1, 1, 1)
    pairs = [
        (words, ground)
        for words in (Ink.TEXT, Ink.MUTED, Ink.ACCENT)
        for ground in (Ink.PAPER, Ink.TINT)
    ]
    pairs += [(Ink.EMERGENCY, Ink.PAPER), (Ink.ON_EMERGENCY, Ink.EMERGENCY)]
    for words, ground in pairs:
        assert can_be_read(table[words], table[ground])


def test_a_tint_is_the_accent_at_eight_percent() -> None:
    assert hexadecimal(tint(Colour(0, 0, 0))) == "#EBEBEB"
    assert tint(Colour(1, 1, 1)) == Colour(1, 1, 1)


def test_hairlines_are_seen_and_weaker_than_words() -> None:
    table = inks(Palette())
    assert 3 <= contrast_ratio(table[Ink.RULE], PAPER) < READABLE
