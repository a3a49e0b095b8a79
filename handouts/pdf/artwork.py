"""Artwork as XObjects (ISO 32000-1, 8.9.5 and 8.10), each stored once however often it is used."""

from __future__ import annotations

from functools import lru_cache

from handouts.layout.pages import Artwork, Raster
from handouts.pdf.body import Body, compress
from handouts.pdf.objects import numbers

Box = tuple[float, float, float, float]  # left, bottom, right, top

_COLOUR_SPACES = {1: b"/DeviceGray", 3: b"/DeviceRGB"}
_PATH_OPERATORS = frozenset((b"m", b"l", b"c", b"v", b"y", b"re", b"h"))


class Artworks:
    """The artwork of a document, named A0, A1 ... in the order in which it comes up."""

    def __init__(self) -> None:
        self._names: dict[Artwork, bytes] = {}

    def of(self, artwork: Artwork) -> bytes:
        return self._names.setdefault(artwork, b"/A%d" % len(self._names))

    def write(self, body: Body) -> bytes:
        """Add all artwork; gives its entries of the resources' /XObject dictionary."""
        return b"".join(
            [b"%s %d 0 R" % (resource, _write(art, body)) for art, resource in self._names.items()]
        )


def natural_size(artwork: Artwork) -> tuple[float, float]:
    """The size that artwork has in its own space: an image fills the unit square (8.9.5.1)."""
    return (1, 1) if isinstance(artwork, Raster) else (artwork.width, artwork.height)


@lru_cache(maxsize=256)
def path_box(operators: bytes) -> Box:
    """The box around all points of a path, control points included.

    Kept, since a clinic's QR code has a thousand points and is in all its imprints.
    """
    xs: list[float] = []
    ys: list[float] = []
    operands: list[float] = []
    for token in operators.split():
        if token not in _PATH_OPERATORS:
            operands.append(float(token))
            continue
        if token == b"re":
            x, y, width, height = operands
            operands += [x + width, y + height]
            del operands[2:4]
        xs += operands[0::2]
        ys += operands[1::2]
        operands.clear()
    return min(xs), min(ys), max(xs), max(ys)


def _write(artwork: Artwork, body: Body) -> int:
    if not isinstance(artwork, Raster):
        box = numbers((0, 0, artwork.width, artwork.height))
        return body.add_encoded(
            _compressed(artwork),
            b"/Filter/FlateDecode/Type/XObject/Subtype/Form/BBox[%s]/Resources<<>>" % box,
        )
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace%s" % (
        artwork.width,
        artwork.height,
        _COLOUR_SPACES[artwork.channels],
    )
    if artwork.is_jpeg:
        return body.add_encoded(artwork.samples, b"/Filter/DCTDecode" + entries)
    return body.add_encoded(_compressed(artwork), b"/Filter/FlateDecode" + entries)


@lru_cache(maxsize=8)
def _compressed(artwork: Artwork) -> bytes:
    """Kept, since a logo is in all imprints of its clinic, a picture in all languages."""
    if isinstance(artwork, Raster):
        return compress(artwork.samples)
    # The form would begin with the colour of the text around it.
    return compress(b"0 g 0 G\n" + artwork.operators)
