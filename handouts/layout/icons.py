"""Icons as paths, drawn in a box of 12 by 12 points from its lower left corner.

They stand beside a word, never in place of one, and so are artifacts. ISO 32000-1, 8.5.2, holds
the operators; paths are filled by the nonzero rule, so a hole
is a subpath that runs the other way round.
"""

from __future__ import annotations

from handouts.inks import Ink
from handouts.layout.pages import Outline

SIZE = 12.0
_KAPPA = 0.5523  # the control distance at which four Bézier curves make a circle


def _ring(x: float, y: float, radius: float, *, clockwise: bool = False) -> str:
    sign = -1 if clockwise else 1
    k = radius * _KAPPA
    r = radius
    points = [
        ((r, sign * k), (k, sign * r), (0, sign * r)),
        ((-k, sign * r), (-r, sign * k), (-r, 0)),
        ((-r, -sign * k), (-k, -sign * r), (0, -sign * r)),
        ((k, -sign * r), (r, -sign * k), (r, 0)),
    ]
    curves = " ".join(
        " ".join(f"{x + px:.2f} {y + py:.2f}" for px, py in curve) + " c" for curve in points
    )
    return f"{x + r:.2f} {y:.2f} m {curves} h"


def _polygon(*points: tuple[float, float]) -> str:
    (x, y), *rest = points
    return f"{x} {y} m " + " ".join(f"{a} {b} l" for a, b in rest) + " h"


_CHECK_BOX = "1 1 m 11 1 l 11 11 l 1 11 l h 2 2 m 2 10 l 10 10 l 10 2 l h"
_TICK = _polygon((3.0, 6.2), (4.1, 7.3), (5.4, 6.0), (8.6, 9.4), (9.7, 8.3), (5.5, 3.7))
_HANDSET = (
    "3.3 11.2 m 4.6 8.5 l 3.4 7.3 l 4.1 5.6 5.6 4.1 7.3 3.4 c 8.5 4.6 l 11.2 3.3 l "
    "11.3 2.2 10.6 1.0 9.4 0.8 c 4.8 0.6 0.6 4.8 0.8 9.4 c 1.0 10.6 2.2 11.3 3.3 11.2 c h"
)
_EXCLAMATION = (
    _polygon((6, 11.6), (12, 0.8), (0, 0.8))
    + " 5.2 7.9 m 5.6 4.4 l 6.4 4.4 l 6.8 7.9 l h "
    + _ring(6, 2.8, 0.8)
)
_NOTE = (
    _ring(6, 6, 5.6) + " 5.2 2.8 m 5.2 7 l 6.8 7 l 6.8 2.8 l h " + _ring(6, 8.8, 1, clockwise=True)
)
_STEPS = (
    _ring(6, 6, 5.6)
    + " "
    + _polygon((4.0, 6.9), (5.2, 5.5), (8.2, 9.0), (9.3, 8.0), (5.2, 3.3), (2.9, 6.0))
)

SHAPES = {
    "box": _CHECK_BOX,
    "ticked": f"{_CHECK_BOX} {_TICK}",
    "call": _HANDSET,
    "emergency": _EXCLAMATION,
    "note": _NOTE,
    "do": _STEPS,
}


def icon(name: str, x: float, y: float, ink: Ink, size: float = SIZE) -> Outline:
    """The icon with its lower start corner at (``x``, ``y``), ``size`` points high and wide."""
    return Outline(SHAPES[name].encode("ascii"), x, y, size, ink, scale=size / SIZE)
