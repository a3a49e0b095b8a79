"""How much ink or toner a page takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handouts.proof.findings import Finding, place_of
from handouts.proof.marks import PaintedPage

# Office pages in colour take 7 to 15 % in all inks together, pages of graphic arts 40 to 60 %
# (what makers of toner state; black text alone is reckoned at 5 %, ISO/IEC 19752).
MOST = 0.6


@dataclass(frozen=True, slots=True)
class Ink:
    """Parts of the paper's area, each from 0 to 1.

    ``gray`` is what a printer with black alone takes. The others are those of the naive separation
    of RGB, with all gray in black: ``black`` is what the three colours share.
    """

    gray: float
    cyan: float
    magenta: float
    yellow: float
    black: float

    @property
    def all(self) -> float:
        """Up to 2: black takes the place of the three colours together."""
        return self.cyan + self.magenta + self.yellow + self.black

    def __str__(self) -> str:
        shares = (self.gray, self.cyan, self.magenta, self.yellow, self.black)
        gray, cyan, magenta, yellow, black = (f"{100 * share:.1f}" for share in shares)
        return f"{gray} % in black and white; C {cyan}, M {magenta}, Y {yellow}, K {black} %"


def ink_of(page: PaintedPage) -> Ink:
    from PIL import ImageChops, ImageStat

    inks = ImageChops.invert(page.whole).split()
    shared = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    cyan, magenta, yellow, black = (_mean(ImageStat.Stat(ink).mean) for ink in (*inks, shared))
    gray = 1 - _mean(ImageStat.Stat(page.whole.convert("L")).mean)
    return Ink(gray, cyan - black, magenta - black, yellow - black, black)


def _mean(levels: Sequence[float]) -> float:
    return levels[0] / 255


def mean_ink(inks: Sequence[Ink]) -> Ink:
    count = len(inks)
    return Ink(
        sum(ink.gray for ink in inks) / count,
        sum(ink.cyan for ink in inks) / count,
        sum(ink.magenta for ink in inks) / count,
        sum(ink.yellow for ink in inks) / count,
        sum(ink.black for ink in inks) / count,
    )


def too_much_ink(page: PaintedPage, ink: Ink) -> Iterator[Finding]:
    if ink.all > MOST:
        yield Finding(
            place_of(page),
            f"the page is mostly ink: {100 * ink.all:.0f} % of its area",
            "use a light ground with dark words",
            f"at most {100 * MOST:.0f} % in all inks together, as pages of graphic arts have",
        )
