"""A page as it is painted: its words, shapes and pictures, and renderings of it.

Places and lengths are points from the lower left corner of the paper, as they are painted: after
every matrix, those of forms included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handouts.layout.pages import Colour

if TYPE_CHECKING:
    from PIL.Image import Image

BARE = 250  # gray, of 255; what is lighter leaves the paper bare


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def meets(self, other: Box) -> bool:
        """Whether the two share a place, be it only an edge."""
        across = self.left <= other.right and other.left <= self.right
        return across and self.bottom <= other.top and other.bottom <= self.top

    def shared(self, other: Box) -> Box:
        """The place that two boxes which meet have in common."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Letters that one operator shows; ``box`` is that of their ink.

    ``baseline`` is where it starts; ``level`` tells whether it runs across the page.
    """

    text: str
    box: Box
    baseline: tuple[float, float]
    level: bool
    size: float
    face: str
    bold: bool
    colour: Colour
    opacity: float

    @property
    def speaks(self) -> bool:
        """Whether there is a letter or a digit among them, not only a bullet or a comma."""
        return any(sign.isalnum() for sign in self.text)


@dataclass(frozen=True, slots=True)
class Shape:
    """A path; ``fill`` is None if only its outline is painted, ``stroke`` if only its inside.

    ``stroke_width`` is None without an outline; ``points`` is of how many it is made.
    """

    box: Box
    fill: Colour | None
    stroke: Colour | None
    stroke_width: float | None
    points: int


@dataclass(frozen=True, slots=True)
class Picture:
    box: Box


Mark = Words | Shape | Picture


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """``whole`` is the page in colour, ``ground`` the same without its letters.

    ``letters`` is gray: the letters alone, white on black, each as strong as it covers a pixel.
    All three are ``scale`` pixels to the point. ``turned`` is by how many degrees clockwise a
    reader sees the page turned.
    """

    number: int
    width: float
    height: float
    turned: int
    words: tuple[Words, ...]
    shapes: tuple[Shape, ...]
    pictures: tuple[Picture, ...]
    whole: Image
    ground: Image
    letters: Image
    scale: float

    @property
    def paper(self) -> Box:
        return Box(0, 0, self.width, self.height)

    def pixels(self, box: Box) -> tuple[int, int, int, int]:
        """The box in the renderings, at least a pixel each way: left, upper, right, lower."""
        left = min(max(int(box.left * self.scale), 0), self.whole.width - 1)
        upper = min(max(int((self.height - box.top) * self.scale), 0), self.whole.height - 1)
        right = min(max(round(box.right * self.scale), left + 1), self.whole.width)
        lower = round((self.height - box.bottom) * self.scale)
        return left, upper, right, min(max(lower, upper + 1), self.whole.height)

    def is_inked(self, box: Box) -> bool:
        """Whether anything darker than bare paper is painted there."""
        if not box.meets(self.paper):
            return False
        levels = self.whole.crop(self.pixels(box)).convert("L").histogram()
        return any(levels[:BARE])
