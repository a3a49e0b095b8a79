"""A QR code as one path, by ReportLab's encoder."""

from __future__ import annotations

from functools import lru_cache

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.inks import Ink
from handouts.layout.pages import Outline
from handouts.structure import Leaf

LONGEST = 122  # bytes in version 7: 45 modules a side, each 0.4 mm wide in a code of 18 mm


@lru_cache(maxsize=256)
def _modules(address: str) -> tuple[bytes, int]:
    """Dark modules as rectangles of whole units, neighbours in a row joined, and units a side."""
    # A third of the time that it takes to import segno, which brings urllib with it.
    from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRErrorCorrectLevel

    from handouts.layout.qr_masks import MaskedCode

    code = MaskedCode(None, QRErrorCorrectLevel.M)
    code.addData(QR8bitByte(address))
    code.make()
    matrix = code.modules
    path: list[str] = []
    for row, line in enumerate(matrix):
        column = 0
        while column < len(line):
            length = 0
            while column + length < len(line) and line[column + length]:
                length += 1
            if length:
                path.append(f"{column} {len(matrix) - row - 1} {length} 1 re")
            column += max(length, 1)
    return " ".join(path).encode("ascii"), len(matrix)


def qr_code(address: str, x: float, y: float, size: float, leaf: Leaf) -> Outline:
    """The code for ``address`` in a square of ``size`` points.

    Whoever places it leaves four modules white on every side (ISO/IEC 18004, 9.1), which is
    7 points for a code of 18 mm.

    Raises:
        LayoutError: the address is so long that a telephone could not read the code.
    """
    if len(address.encode()) > LONGEST:
        raise LayoutError(
            Diagnostic(
                f"the address has {len(address)} characters, too many for its QR code",
                hint=f"use one of at most {LONGEST}",
            )
        )
    path, modules = _modules(address)
    return Outline(path, x, y, size, Ink.TEXT, leaf, scale=size / modules)
