"""PNG and JPEG pictures as pixels for the PDF: upright, opaque, in sRGB or gray, 8 bits deep.

A plain JPEG goes into the PDF as it is, without its notes: a camera writes there where and when a
photograph was taken. Everything else is decoded, and what is finer than print can show is sampled
down.
"""

from __future__ import annotations

import io
import math
import re
import struct
import warnings
from typing import TYPE_CHECKING

from handouts.diagnostics import ContentError, Diagnostic, SourceSpan
from handouts.layout.pages import Raster

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 25_000_000
PRINT_DPI = 300
JPEG_DPI = 450  # a JPEG loses when it is packed again, so it may be somewhat finer
JPEG_QUALITY = 90

_SAVE_AGAIN = "open it in an image program and save it again as PNG or JPEG"
_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
_COLOUR_SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}


def read_raster(
    data: bytes, file: str, fit_width: float = math.inf, fit_height: float = math.inf
) -> Raster:
    """The picture for a box of ``fit_width`` by ``fit_height`` points. Raises ContentError."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about camera notes, which are not printed
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
            _check(image, file)
            image.load()
            plain = _in_srgb_or_gray(_opaque(_upright(image)), image.info.get("icc_profile"))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(file) from None
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise _error(file, "the picture is broken or cut short", _SAVE_AGAIN) from error
    fitted = _sampled_down(plain, fit_width, fit_height, is_jpeg=image.format != "PNG")
    channels = len(fitted.getbands())
    if image.format == "PNG":
        samples = fitted.tobytes()
    else:
        samples = (_bare_jpeg(data) if fitted is image else None) or _packed(fitted)
    return Raster(fitted.width, fitted.height, channels, samples, image.format != "PNG")


def _check(image: Image.Image, file: str) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels(file)
    if image.format == "PNG" and getattr(image, "is_animated", False):
        raise _error(file, "the picture is animated", "save one frame of it as PNG")


def _too_many_pixels(file: str) -> ContentError:
    message = f"the picture has more than {MAX_PIXELS // 1_000_000} million pixels"
    return _error(file, message, "make it smaller: 2000 pixels across fill a page")


def _error(file: str, message: str, hint: str) -> ContentError:
    return ContentError(Diagnostic(message, SourceSpan(file), hint=hint))


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera noted that it was held (EXIF, 0112)."""
    from PIL import Image

    turn = _TURNS.get(image.getexif().get(0x0112, 1))
    return image.transpose(Image.Transpose[turn]) if turn else image


def _opaque(image: Image.Image) -> Image.Image:
    """Laid on white, and not deeper than 8 bits, which a plain conversion would cut off."""
    from PIL import Image

    if image.has_transparency_data:
        layer = image.convert("RGBA")
        mode = "L" if image.mode in ("1", "L", "LA") else "RGB"
        sheet = Image.new(mode, image.size, "white")
        sheet.paste(layer.convert(mode), mask=layer.getchannel("A"))
        return sheet
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (255 / 65535)).convert("L")
    return image


def _in_srgb_or_gray(image: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = "L" if image.mode in ("1", "L") else "RGB"
    if image.mode not in _COLOUR_SPACES:
        image = image.convert(wanted)
    if profile:
        image = _by_profile(image, profile)
    return image if image.mode == wanted else image.convert(wanted)


def _by_profile(image: Image.Image, profile: bytes) -> Image.Image:
    """In sRGB; as it is when the profile is sRGB already, of another kind, or unreadable."""
    from PIL import ImageCms

    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        is_srgb = "sRGB" in (source.profile.profile_description or "")
        if is_srgb or source.profile.xcolor_space.strip() != _COLOUR_SPACES[image.mode]:
            return image
        srgb = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, srgb, outputMode="RGB")
    except (OSError, ImageCms.PyCMSError):
        return image
    return converted or image


def _sampled_down(
    image: Image.Image, fit_width: float, fit_height: float, is_jpeg: bool
) -> Image.Image:
    from PIL import Image

    dpi = 72 * max(image.width / fit_width, image.height / fit_height)
    if dpi <= (JPEG_DPI if is_jpeg else PRINT_DPI):
        return image
    width, height = (max(1, int(side * PRINT_DPI / dpi)) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _packed(image: Image.Image) -> bytes:
    """A baseline JPEG; one that was only progressive keeps its quantisation."""
    stream = io.BytesIO()
    quality = "keep" if image.format == "JPEG" else JPEG_QUALITY
    image.save(stream, "JPEG", quality=quality, optimize=True)
    return stream.getvalue()


def _bare_jpeg(data: bytes) -> bytes | None:
    """The file without comments, notes and what follows its end.

    None if it is no baseline JPEG whose colours are marked so that every reader takes them alike
    (ISO 32000-1, 7.4.8).
    """
    kept = [b"\xff\xd8"]
    position = 2
    is_marked = False
    while found := _MARKER.search(data, position):
        kept.append(data[position : found.start()])  # the coded picture, after a scan header
        marker, start = found[1][0], found.end()
        if marker == 0xD9:
            kept.append(b"\xff\xd9")
            return b"".join(kept) if is_marked else None
        if 0xC2 <= marker <= 0xCF and marker != 0xC4:
            return None
        position = start + int.from_bytes(data[start : start + 2])
        segment = data[start:position]
        names_colours = segment.startswith(b"JFIF", 2) or segment.startswith(b"Adobe", 2)
        is_marked |= names_colours
        if names_colours or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(b"\xff" + found[1] + segment)
    return None
