"""Vector artwork as a page of pixels, by way of a PDF and PDFium."""

from __future__ import annotations

import pypdfium2
from PIL import Image

from handouts.layout.pages import Artwork, Vector

Pixel = tuple[int, int, int]


def painted(artwork: Artwork, scale: float = 4) -> Image.Image:
    """The drawing on white paper, ``scale`` pixels to the point."""
    assert isinstance(artwork, Vector)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/Resources<<>>/Contents 4 0 R/MediaBox[0 0 %f %f]>>"
        % (artwork.width, artwork.height),
        b"<</Length %d>>stream\n%b\nendstream" % (len(artwork.operators), artwork.operators),
    ]
    file = b"%PDF-1.7\n"
    places = []
    for number, content in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(file))
        file += b"%d 0 obj%bendobj\n" % (number, content)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(places)
    file += table + b"trailer<</Size 5/Root 1 0 R>>startxref\n%d\n%%%%EOF" % len(file)
    document = pypdfium2.PdfDocument(file)
    try:
        return document[0].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()


def pixel(artwork: Artwork, x: float, y: float, width: float) -> Pixel:
    """The colour at ``x``, ``y`` in the units of a drawing ``width`` wide, from its upper left."""
    image = painted(artwork)
    scale = image.width / width
    colour = image.getpixel((int(x * scale), int(y * scale)))
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]
