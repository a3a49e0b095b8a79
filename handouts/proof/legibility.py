"""Whether letters can be read once the page is gray, and are large enough; and rules thick enough.

The contrast is that of WCAG 2.1, 1.4.3 between the gray of the letters and that of what is painted
beneath them (ITU-R BT.601 luma, as printers and copiers make it). Small type and thin rules are
those that a laser printer of 300 dots to the inch and a copier still hold: one dot is 0.24 pt.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from handouts.checking.contrast import contrast_ratio, hexadecimal, printed_gray
from handouts.layout.pages import Colour
from handouts.proof.findings import Finding, place_of, quoted
from handouts.proof.marks import Box, PaintedPage, Shape, Words

if TYPE_CHECKING:
    from PIL.Image import Image

READABLE = 4.5
READABLE_LARGE = 3.0
LARGE = 18.0  # pt, from where type needs less contrast (WCAG 2.1, definition of large scale)
LARGE_BOLD = 14.0
SMALLEST = 8.0  # pt
SMALLEST_RAISED = 6.0
THINNEST = 0.25  # pt

_LOST = 1 / 6  # of a few letters' ink: from there on a reader misses something
_COVERED = 128  # of 255: a pixel that belongs to a letter rather than to its soft edge
_ROUNDING = 0.005  # pt or gray ratio: what single precision may lose


# --- contrast ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contrast:
    """A run of words and the worst ground beneath a part of it."""

    words: Words
    ground: Colour
    ratio: float

    @property
    def wanted(self) -> float:
        words = self.words
        is_large = words.size >= (LARGE_BOLD if words.bold else LARGE) - _ROUNDING
        return READABLE_LARGE if is_large else READABLE

    @property
    def pair(self) -> tuple[str, str]:
        """The colours of the letters and of the ground, as #RRGGBB."""
        return hexadecimal(self.words.colour), hexadecimal(self.ground)


def contrasts(page: PaintedPage) -> Iterator[Contrast]:
    """That of each run of words whose ink can be found on the page."""
    gray = page.ground.convert("L")
    letters = page.letters.point([255 * (level >= _COVERED) for level in range(256)])
    for words in page.words:
        if not words.text or not words.box.meets(page.paper):
            continue
        ink = _level(words.colour)
        worst: tuple[float, int, Box] | None = None
        for part in _parts(words):
            place = page.pixels(part)
            counts = gray.crop(place).histogram(letters.crop(place))
            found = _worst(ink, words.opacity, counts)
            if found and (worst is None or found[0] < worst[0]):
                worst = (*found, part)
        if worst:
            ratio, ground, part = worst
            yield Contrast(words, _colour_beneath(page, gray, letters, part, ground), ratio)


def poor_contrast(page: PaintedPage, found: list[Contrast]) -> Iterator[Finding]:
    for each in found:
        if each.ratio >= each.wanted - _ROUNDING:
            continue
        ink, ground = each.pair
        shown = math.floor(each.ratio * 100) / 100
        grays = f"{_level(each.words.colour)} on gray {_level(each.ground)}"
        yield Finding(
            place_of(page, each.words.box),
            f"{quoted(each.words)} fades in black and white: {ink} on {ground} is gray {grays}, "
            f"a contrast of {shown}:1",
            "choose a darker colour on a light ground, or a lighter one on a dark ground",
            f"{each.wanted:g}:1 for type of this size (WCAG 2.1, 1.4.3), after conversion to gray",
        )


def _parts(words: Words) -> Iterator[Box]:
    """Pieces of a few letters, so that a dark spot under a long line is not averaged away."""
    box, step = words.box, 2 * words.size
    if box.width >= box.height:
        count = max(round(box.width / step), 1)
        for index in range(count):
            left = box.left + box.width * index / count
            yield Box(left, box.bottom, left + box.width / count, box.top)
    else:
        count = max(round(box.height / step), 1)
        for index in range(count):
            bottom = box.bottom + box.height * index / count
            yield Box(box.left, bottom, box.right, bottom + box.height / count)


def _worst(ink: int, opacity: float, counts: list[int]) -> tuple[float, int] | None:
    """The ratio that a part of the ink too large to miss does not reach, and the gray beneath."""
    total = sum(counts)
    lost = 0
    grounds = [level for level in range(256) if counts[level]]
    ratios = (
        (_ratio(round(ink * opacity + level * (1 - opacity)), level), level) for level in grounds
    )
    for ratio, level in sorted(ratios):
        lost += counts[level]
        if lost >= total * _LOST:
            return ratio, level
    return None


def _colour_beneath(
    page: PaintedPage, gray: Image, letters: Image, part: Box, level: int
) -> Colour:
    """The mean of the colours beneath the letters that have this gray."""
    from PIL import ImageChops, ImageStat

    place = page.pixels(part)
    of_level = gray.crop(place).point([255 * (each == level) for each in range(256)])
    mask = ImageChops.multiply(of_level, letters.crop(place))
    red, green, blue = ImageStat.Stat(page.ground.crop(place), mask).mean
    return Colour(red / 255, green / 255, blue / 255)


def _level(colour: Colour) -> int:
    return round(printed_gray(colour).red * 255)


@cache
def _ratio(one: int, other: int) -> float:
    return contrast_ratio(
        *(Colour(level / 255, level / 255, level / 255) for level in (one, other))
    )


# --- size --------------------------------------------------------------------------------------


def is_raised(words: Words, among: tuple[Words, ...]) -> bool:
    """Whether it is a raised reference number.

    That is: digits with nothing but marks between them, that follow or go before larger letters
    without a gap, on a baseline above theirs and below the top of their capitals.
    """
    if not words.level or not _is_number(words.text):
        return False
    return any(_carries(other, words) for other in among if other.size > 1.15 * words.size)


def _is_number(text: str) -> bool:
    return bool(text) and not any(sign.isalpha() or sign.isspace() for sign in text)


def _carries(base: Words, raised: Words) -> bool:
    if not base.level:
        return False
    rise = raised.baseline[1] - base.baseline[1]
    gap = max(base.box.left - raised.box.right, raised.box.left - base.box.right)
    return 0.15 * base.size <= rise <= 0.75 * base.size and gap <= 2 * raised.size


def small_type(page: PaintedPage) -> Iterator[Finding]:
    for words in page.words:
        if not words.speaks or words.size >= SMALLEST - _ROUNDING:
            continue
        least = SMALLEST_RAISED if is_raised(words, page.words) else SMALLEST
        if words.size < least - _ROUNDING:
            yield Finding(
                place_of(page, words.box),
                f"{quoted(words)} is set in {words.size:.2f} pt, too small to be copied",
                f"set it in {least:g} pt or more",
                f"no type under {SMALLEST:g} pt, raised numbers {SMALLEST_RAISED:g} pt",
            )


# --- rules -------------------------------------------------------------------------------------


def thickness(page: PaintedPage, shape: Shape) -> float | None:
    """That of an outline, or of a filled rule; None for what is no rule or leaves no ink."""
    if shape.stroke_width is not None:
        width = shape.stroke_width
    else:
        width, length = sorted((shape.box.width, shape.box.height))
        if length < 3 * max(width, THINNEST):
            return None
    return width if page.is_inked(shape.box) else None


def thin_rules(page: PaintedPage) -> Iterator[Finding]:
    for shape in page.shapes:
        width = thickness(page, shape)
        if width is not None and width < THINNEST - _ROUNDING:
            yield Finding(
                place_of(page, shape.box),
                f"a line is {width:.2f} pt thin and may not be printed",
                f"make it {THINNEST:g} pt thick or more",
                f"no line under {THINNEST:g} pt, the dot of a printer with 300 to the inch",
            )
