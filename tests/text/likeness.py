"""How far two pictures of a line of text differ.

Ink of one picture that has no ink of the other within one dot of it is foreign. The distance is
the greatest share of foreign ink in any window of a quarter of an em: one mark too many or too few
counts as much in a long line as in a short one, while edges that are painted a little lighter or
less than a dot aside do not count.
"""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter


def distance(one: Image.Image, other: Image.Image, em: int) -> float:
    """From 0 to 1, for pictures in grey, black on white, with ``em`` dots to the type size."""
    first, second = ImageChops.invert(one), ImageChops.invert(other)
    return max(_foreign(first, second, em), _foreign(second, first, em))


def _foreign(ink: Image.Image, other: Image.Image, em: int) -> float:
    left = ImageChops.subtract(ink, other.filter(ImageFilter.MaxFilter(3)))
    if left.getbbox() is None:
        return 0.0
    most = left.filter(ImageFilter.BoxBlur(em // 8)).getextrema()[1]
    assert isinstance(most, int | float)
    return most / 255
