"""Which of the eight masks a QR code is best seen with (ISO/IEC 18004, 7.8.3).

ReportLab's encoder finds it too, which takes half of the 6 ms that the imprint of a clinic with a
new address takes. Here a row of modules is a number, or its digits, so that whole rows are compared
at once. The result is the same, and so are two things that the standard has otherwise: the pattern
that looks like a finder is sought in rows only, and not at a row's very end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from reportlab.graphics.barcode.qrencoder import QRCode, QRUtil

MASKS = range(8)
_RUN = re.compile("0{5,}|1{5,}")
_LIKE_A_FINDER = "10111010000"


class MaskedCode(QRCode):  # type: ignore[misc]
    """A QR code that chooses its mask as ReportLab's own does."""

    def getBestMaskPattern(self) -> int:  # noqa: N802
        self.makeImpl(True, 0)
        rows = [_number(row) for row in self.modules]
        masks = _differences(self.version, tuple(self.dataPosIterator()))
        return min(MASKS, key=lambda mask: _penalty(_masked(rows, masks[mask]), len(rows)))


@lru_cache(maxsize=8)
def _differences(version: int, places: tuple[tuple[int, int], ...]) -> tuple[tuple[int, ...], ...]:
    """For each mask the rows of what it turns round that mask 0 does not, and the reverse."""
    size = version * 4 + 17
    first = QRUtil.getMask(0)
    differences = []
    for mask in map(QRUtil.getMask, MASKS):
        rows = [[False] * size for _ in range(size)]
        for column, row in places:
            rows[row][column] = mask(row, column) != first(row, column)
        differences.append(tuple(map(_number, rows)))
    return tuple(differences)


def _number(row: Sequence[bool]) -> int:
    return int("".join(["1" if dark else "0" for dark in row]), 2)


def _masked(rows: Sequence[int], mask: Sequence[int]) -> list[int]:
    return [row ^ turned for row, turned in zip(rows, mask, strict=True)]


def _penalty(rows: Sequence[int], size: int) -> int:
    """How hard the code is to read: long runs, blocks, what looks like a finder, and balance."""
    digits = [f"{row:0{size}b}" for row in rows]
    columns = ["".join(column) for column in zip(*digits, strict=True)]
    penalty = sum([len(run) - 2 for run in _RUN.findall("x".join([*digits, *columns]))])
    all_but_one = (1 << size - 1) - 1
    for above, row in pairwise(rows):
        alike = ~(above ^ row)
        blocks = alike & alike >> 1 & ~(row ^ row >> 1) & all_but_one
        penalty += 3 * blocks.bit_count()
    penalty += 40 * sum([row[:-1].count(_LIKE_A_FINDER) for row in digits])
    dark = sum([row.bit_count() for row in rows])
    return penalty + 10 * (abs(100 * dark // size**2 - 50) // 5)
