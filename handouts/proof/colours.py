"""Whether colour alone carries meaning that is lost in black and white.

Only what differs in hue or strength of colour is looked at: two grays look on the print as they
look on the screen.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from handouts.checking.contrast import contrast_ratio, hexadecimal, oklab, printed_gray
from handouts.layout.pages import Colour
from handouts.proof.findings import Finding, place_of, quoted
from handouts.proof.marks import Box, PaintedPage, Shape, Words

APART_IN_TEXT = 3.0  # gray contrast that tells words from those around (WCAG 2.1, technique G183)
APART_IN_SHAPES = 1.5  # our own: what two gray swatches keep after two copies

_SEEN = 0.04  # distance of two colours in the plane of hue and strength of OKLab
_BRACKETS = frozenset("()[]{}（）［］【】")
_RULE = "colour is not the only sign (WCAG 2.1, 1.4.1), after conversion to gray"


# --- words -------------------------------------------------------------------------------------


def coloured_words(page: PaintedPage) -> Iterator[Finding]:
    """Words that only their colour tells from their neighbours; the more colourful are named."""
    lines = sorted(
        (words for words in page.words if words.text and words.level),
        key=lambda words: (-words.baseline[1], words.box.left),
    )
    named: set[Words] = set()
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            if one.baseline[1] - other.baseline[1] > 2 * one.size:
                break
            if (
                not _differ_in_colour_alone(page, one, other)
                or not _are_neighbours(one, other, lines)
                or _is_bracketed(one, lines)
                or _is_bracketed(other, lines)
            ):
                continue
            plain, coloured = sorted((one, other), key=lambda words: _strength(words.colour))
            if coloured not in named:
                named.add(coloured)
                yield _lost(page, coloured, plain)


def _lost(page: PaintedPage, coloured: Words, plain: Words) -> Finding:
    colours = f"{hexadecimal(coloured.colour)} and {hexadecimal(plain.colour)}"
    return Finding(
        place_of(page, coloured.box),
        f"only colour tells {quoted(coloured)} from {quoted(plain)}: {colours} are "
        f"{_gray_contrast(coloured.colour, plain.colour):.1f}:1 in black and white",
        "set it bold or underline it",
        _RULE,
    )


def _are_neighbours(one: Words, other: Words, lines: list[Words]) -> bool:
    """Beside each other on one line, or each the whole of a line of one paragraph."""
    if _are_on_one_line(one, other):
        return abs(one.baseline[1] - other.baseline[1]) < 0.1 * one.size
    overlap = min(one.box.right, other.box.right) - max(one.box.left, other.box.left)
    down = abs(one.baseline[1] - other.baseline[1])
    return (
        overlap > 0 and down <= 1.6 * one.size and _is_line(one, lines) and _is_line(other, lines)
    )


def _are_on_one_line(one: Words, other: Words) -> bool:
    """With no more than a wide space between; one may be raised."""
    down = abs(one.baseline[1] - other.baseline[1])
    gap = max(one.box.left - other.box.right, other.box.left - one.box.right)
    return down < 0.6 * max(one.size, other.size) and gap <= max(one.size, other.size)


def _is_line(words: Words, lines: list[Words]) -> bool:
    return not any(
        other.speaks and other is not words and _are_on_one_line(words, other) for other in lines
    )


def _is_bracketed(words: Words, lines: list[Words]) -> bool:
    """Whether brackets, with only numbers and marks between, mark it on both sides."""
    on_line = [other for other in lines if abs(other.baseline[1] - words.baseline[1]) < 0.1]
    place = on_line.index(words)
    return all(_meets_bracket(others) for others in (on_line[:place][::-1], on_line[place + 1 :]))


def _meets_bracket(others: list[Words]) -> bool:
    """Text that runs leftward ends where it looks to begin, so that either end counts."""
    for other in others:
        if other.text[0] in _BRACKETS or other.text[-1] in _BRACKETS:
            return True
        if any(sign.isalpha() for sign in other.text):
            return False
    return False


def _differ_in_colour_alone(page: PaintedPage, one: Words, other: Words) -> bool:
    return (
        one.speaks
        and other.speaks
        and abs(one.size - other.size) < 0.02 * one.size
        and one.face == other.face
        and _distance(one.colour, other.colour) >= _SEEN
        and _gray_contrast(one.colour, other.colour) < APART_IN_TEXT
        and not _is_underlined(page, one)
        and not _is_underlined(page, other)
    )


def _is_underlined(page: PaintedPage, words: Words) -> bool:
    """By a painted rule under most of the words, near below their baseline."""
    size, baseline = words.size, words.baseline[1]
    near = Box(words.box.left, baseline - 0.4 * size, words.box.right, baseline + 0.05 * size)
    for shape in page.shapes:
        if shape.box.height <= 0.2 * size and shape.box.meets(near):
            length = near.shared(shape.box).width
            if length >= 0.8 * words.box.width and page.is_inked(shape.box):
                return True
    return False


# --- shapes ------------------------------------------------------------------------------------


def coloured_shapes(page: PaintedPage) -> Iterator[Finding]:
    """Keys of a legend that are alike in black and white.

    A key is a filled shape, no bar and no rule, with words beside it and none in it.
    """
    keys = [shape for shape in page.shapes if _is_key(page, shape)]
    named: set[Shape] = set()
    for one, other in combinations(keys, 2):
        if other in named or one.fill is None or other.fill is None or not _are_alike(one, other):
            continue
        contrast = _gray_contrast(one.fill, other.fill)
        if _distance(one.fill, other.fill) >= _SEEN and contrast < APART_IN_SHAPES:
            named.add(other)
            colours = f"{hexadecimal(one.fill)} and {hexadecimal(other.fill)}"
            yield Finding(
                place_of(page, other.box),
                f"only colour tells two shapes of one form apart: {colours} are "
                f"{contrast:.1f}:1 in black and white",
                "give them other forms or patterns, or one a much darker colour",
                _RULE,
            )


def _is_key(page: PaintedPage, shape: Shape) -> bool:
    short, long = sorted((shape.box.width, shape.box.height))
    if shape.fill is None or short < 3 or long > 8 * short:
        return False
    near = [words for words in page.words if words.text and words.box.meets(_around(shape, words))]
    return bool(near) and not any(words.box.meets(shape.box) for words in near)


def _around(shape: Shape, words: Words) -> Box:
    """The shape and a wide space on its either side."""
    box, space = shape.box, 1.5 * words.size
    middle = (box.bottom + box.top) / 2
    return Box(box.left - space, middle, box.right + space, middle)


def _are_alike(one: Shape, other: Shape) -> bool:
    sizes = (one.box.width, one.box.height), (other.box.width, other.box.height)
    return one.points == other.points and math.dist(*sizes) < 0.5


# --- colours -----------------------------------------------------------------------------------


def _gray_contrast(one: Colour, other: Colour) -> float:
    return contrast_ratio(printed_gray(one), printed_gray(other))


def _distance(one: Colour, other: Colour) -> float:
    """In hue and strength, without lightness."""
    return math.dist(oklab(one)[1:], oklab(other)[1:])


def _strength(colour: Colour) -> float:
    return math.hypot(*oklab(colour)[1:])
