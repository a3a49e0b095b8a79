"""A picture of what becomes of a page: in colour, in gray, and copied twice.

The copier is made up, and always the same one: its lens blurs, its drum adds grain and specks, and
its steep curve turns pale grays to white and dark ones to black. The second copy is of the first.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from handouts.places import FONTS
from handouts.proof.marks import PaintedPage

if TYPE_CHECKING:
    from PIL.Image import Image

PANELS = ("colour", "gray", "copied twice")
SHRUNK = 0.625  # from a rendering to a panel: to 90 pixels to the inch
GAP = 20  # pixels between panels, and around them
LABEL = 34  # the height of the line above a panel

_COPIES = 2
_BLUR = 0.8  # pixels of the rendering, of 1/144 inch
_GRAIN = 36  # gray levels, from the lightest to the darkest
_SPECKS = 14  # a page
_MIDDLE, _STEEPNESS = 160, 22  # of the curve, in gray levels
_FACE = "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext-Regular.ttf"
_DESK = (205, 205, 205)
_WRITING = (40, 40, 40)


def panels(page: PaintedPage) -> Image:
    """The three panels of a page side by side, with their labels."""
    from PIL import Image, ImageDraw, ImageFont

    gray = page.whole.convert("L")
    views = [page.whole, gray.convert("RGB"), copied(gray).convert("RGB")]
    if page.turned:
        views = [view.rotate(-page.turned, expand=True) for view in views]
    width, height = (max(round(length * SHRUNK), 1) for length in views[0].size)
    whole = Image.new("RGB", (3 * (width + GAP) + GAP, height + LABEL + GAP), _DESK)
    draw = ImageDraw.Draw(whole)
    font = ImageFont.truetype(str(FONTS / _FACE), 17)
    for index, (name, view) in enumerate(zip(PANELS, views, strict=True)):
        left = GAP + index * (width + GAP)
        draw.text((left, 9), f"page {page.number}, {name}", fill=_WRITING, font=font)
        whole.paste(view.resize((width, height), Image.Resampling.BOX), (left, LABEL))
    return whole


def stacked(pages: Sequence[Image]) -> Image:
    """The pages below each other."""
    from PIL import Image

    width = max(page.width for page in pages)
    whole = Image.new("RGB", (width, sum(page.height for page in pages)), _DESK)
    top = 0
    for page in pages:
        whole.paste(page, (0, top))
        top += page.height
    return whole


def png(image: Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=3)
    return file.getvalue()


def copied(gray: Image) -> Image:
    """The page after two copies. The same page gives the same copy."""
    from PIL import ImageChops, ImageFilter

    curve = [_exposed(level) for level in range(256)]
    for generation in range(_COPIES):
        chance = random.Random(generation)  # noqa: S311 - grain, nothing secret
        gray = gray.filter(ImageFilter.GaussianBlur(_BLUR))
        grain = _grain(gray.size, chance)
        gray = ImageChops.add(gray, grain, offset=-_GRAIN // 2).point(curve)
        _speckle(gray, chance)
    return gray


def _exposed(level: int) -> int:
    return round(255 / (1 + math.exp((_MIDDLE - level) / _STEEPNESS)))


def _grain(size: tuple[int, int], chance: random.Random) -> Image:
    """Soft noise from 0 to _GRAIN."""
    from PIL import Image, ImageFilter

    noise = Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))
    soft = noise.filter(ImageFilter.BoxBlur(1))
    return soft.point([min(max((level - 76) * _GRAIN // 104, 0), _GRAIN) for level in range(256)])


def _speckle(gray: Image, chance: random.Random) -> None:
    """Small dark spots, as dust on the glass leaves."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(gray)
    for _ in range(_SPECKS):
        x, y = chance.random() * gray.width, chance.random() * gray.height
        radius = 0.5 + chance.random()
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=60)
