"""Pictures as HTML: artwork as data: URIs, its labels as words, caption and credit below.

As on the sheet, the alternative text stands for artwork and labels. Where there is room, labels
stand at their places in the drawing. Where there is none, on a phone or in very large type, numbers
stand there and the labels are listed below; the words are there once.
"""

from __future__ import annotations

import io
from base64 import b64encode

from handouts.clinic import Clinic
from handouts.diagnostics import ClinicError, located
from handouts.document import Align, Picture
from handouts.layout.artwork import Drawing, LabelPlace, load_artwork, load_picture
from handouts.layout.pages import Artwork, Raster
from handouts.layout.qr import qr_code
from handouts.structure import Element
from handouts.web.drawings import code_drawing, drawing
from handouts.web.inlines import inline, phrase
from handouts.web.markup import NOTHING, Markup, block, element
from handouts.web.speech import Speech
from handouts.wording.blocks import credit

WIDEST = 432.0  # points; what a picture of pixels is sampled for: 36 rem of 12 points
HIGHEST = 324.0
_LOGO = (150.0, 34.0)  # points, as in the head of the sheet
_ALIGNED = {Align.START: "left", Align.CENTER: "center", Align.END: "right"}


def figure(picture: Picture, facts: str, speech: Speech) -> Markup:
    """``facts`` is the language of the credit.

    Raises:
        ContentError: the picture is broken, or its labels and their words do not agree.
    """
    with located(picture.span):
        drawn = load_picture(picture, WIDEST, HIGHEST)
    labels = [
        element("li", element("span", phrase(picture.labels[name], speech)))
        for name in drawn.labels
    ]
    entries = {"aria_hidden": "true"} if picture.decorative else _as_image(picture.alt)
    art = block(
        "div",
        element("img", src=_address(drawn.artwork), alt=""),
        block("ol", *labels, class_=speech.list_style()) if labels else NOTHING,
        class_="art",
        id=_name(picture),
        **entries,
    )
    caption = element("p", phrase(picture.caption, speech)) if picture.caption else NOTHING
    credited = inline(credit(picture, facts, speech.language), speech)
    below = block("figcaption", caption, element("p", credited, class_="credit"))
    return block("figure", art, below)


def alone(picture: Picture) -> Markup:
    """A picture without labels and caption, beside the words that it belongs to."""
    with located(picture.span):
        artwork = load_artwork(picture.file, WIDEST, HIGHEST)
    return element("img", src=_address(artwork), alt="" if picture.decorative else picture.alt)


def _as_image(alt: str) -> dict[str, str | None]:
    return {"role": "img", "aria_label": alt}


def _name(picture: Picture) -> str:
    return f"picture-{picture.id}"


def figure_style(picture: Picture) -> str:
    """Rules for the size of the picture and the places of its labels, which no attribute may set.

    A drawing is not mirrored: its labels stand at the same places on either kind of page.
    """
    drawn = load_picture(picture, WIDEST, HIGHEST)
    artwork, name = drawn.artwork, _name(picture)
    ratio = artwork.width / artwork.height
    rules = [f"#{name} {{ max-width: {ratio * HIGHEST / 12:.2f}rem }}"]
    for number, place in enumerate(drawn.labels.values(), start=1):
        rules.append(f"#{name} li:nth-child({number}) {{ {_at(place, drawn)} }}")
    return "\n".join(rules)


def _at(place: LabelPlace, drawn: Drawing) -> str:
    """The box of a label in parts of the picture's width, which is that of its container."""
    artwork = drawn.artwork
    box = {
        "left": place.x,
        "top": artwork.height - place.y - place.height,
        "width": place.width,
        "height": place.height,
    }
    shares = (f"--{name}: {100 * side / artwork.width:.2f}cqw" for name, side in box.items())
    return f"{'; '.join(shares)}; --align: {_ALIGNED[place.align]}"


def logo(clinic: Clinic) -> Markup:
    """The clinic's logo beside its name, which says all that it says. Raises ClinicError."""
    if clinic.logo is None:
        return NOTHING
    with located(clinic.span):
        artwork = load_artwork(clinic.logo, *_LOGO, ClinicError)
    return element("img", src=_address(artwork), alt="", class_="logo")


def code_picture(address: str, alt: str) -> Markup:
    """The QR code for an address. Raises LayoutError: the address is too long for one."""
    code = qr_code(address, 0, 0, 1, Element("Figure").leaf())
    svg = code_drawing(code).encode()
    return element("img", src=_data("image/svg+xml", svg), alt=alt, class_="code")


def _address(artwork: Artwork) -> str:
    if not isinstance(artwork, Raster):
        return _data("image/svg+xml", drawing(artwork).encode())
    if artwork.is_jpeg:
        return _data("image/jpeg", artwork.samples)
    return _data("image/png", _png(artwork))


def _png(raster: Raster) -> bytes:
    from PIL import Image

    mode = "L" if raster.channels == 1 else "RGB"
    stream = io.BytesIO()
    image = Image.frombytes(mode, (raster.width, raster.height), raster.samples)
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def _data(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"
