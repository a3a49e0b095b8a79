"""Logos and illustrations: picture files as artwork that a page can place.

What a file is, its first bytes say, never its name. The same bytes for the same box give the same
object, so a logo is read once for a network's whole batch.
"""

from __future__ import annotations

import hashlib
import math
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock

from handouts.diagnostics import ContentError, Diagnostic, HandoutError, SourceSpan
from handouts.document import Picture
from handouts.layout.pages import Artwork, Raster
from handouts.layout.svg.drawing import Drawing, LabelPlace, read_drawing

__all__ = ["Drawing", "LabelPlace", "load_artwork", "load_drawing", "load_picture"]

MAX_SVG_BYTES = 2_000_000
MAX_RASTER_BYTES = 10_000_000
CACHE_BYTES = 64_000_000

_OTHERS = (
    (b"GIF8", "a GIF"),
    (b"RIFF", "a WebP"),
    (b"II*\0", "a TIFF"),
    (b"MM\0*", "a TIFF"),
    (b"BM", "a BMP"),
    (b"%PDF", "a PDF or Illustrator"),
    (b"%!PS", "an EPS"),
    (b"8BPS", "a Photoshop"),
    (b"\x1f\x8b", "a compressed SVG"),
)


def load_artwork(
    path: Path,
    fit_width: float = math.inf,
    fit_height: float = math.inf,
    error: type[HandoutError] = ContentError,
) -> Artwork:
    """The picture in a PNG, JPEG or SVG file.

    ``fit_width`` and ``fit_height`` are the box in points that it will fill with its proportions
    kept; pixels that print could not show there are left out. Raises ``error`` with every fault
    found, each naming the picture's file.
    """
    return load_drawing(path, fit_width, fit_height, error).artwork


def load_drawing(
    path: Path,
    fit_width: float = math.inf,
    fit_height: float = math.inf,
    error: type[HandoutError] = ContentError,
) -> Drawing:
    """The picture with the places of its labels; one of pixels has none. As load_artwork."""
    try:
        data = _read(path)
        digest = hashlib.blake2b(data, digest_size=16).digest()
        if _is_svg(data):
            return _recent.get(digest, lambda: read_drawing(data, str(path)))
        return _recent.get(
            (digest, fit_width, fit_height),
            lambda: Drawing(_raster(data, path, fit_width, fit_height), {}),
        )
    except ContentError as found:
        raise error(found.diagnostics) from found


def load_picture(picture: Picture, fit_width: float, fit_height: float) -> Drawing:
    """The drawing of an illustration, a word for each of its labels. As load_artwork."""
    drawing = load_drawing(picture.file, fit_width, fit_height)
    problems = [
        Diagnostic(
            f'the picture has a place for the label "{name}", and there are no words for it',
            hint=f"write `{name}: ...` under `labels`",
        )
        for name in sorted(drawing.labels.keys() - picture.labels.keys())
    ]
    problems += [
        Diagnostic(
            f'the label "{name}" has no place in the picture',
            hint=f'add a rect with id="label-{name}" to the drawing, or leave the label out',
        )
        for name in sorted(picture.labels.keys() - drawing.labels.keys())
    ]
    if problems:
        raise ContentError(problems)
    return drawing


def _raster(data: bytes, path: Path, fit_width: float, fit_height: float) -> Raster:
    from handouts.layout.raster_artwork import read_raster  # Pillow takes a while to import

    return read_raster(data, str(path), fit_width, fit_height)


def _read(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe would be waited for, a device never end
            what = "the picture is not a file" if path.exists() else "there is no such picture"
            raise _fault(path, what, "check the name and the folder")
        with path.open("rb") as stream:
            data = stream.read(MAX_RASTER_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "unknown error").lower()
        message = f"the picture cannot be read: {reason}"
        raise _fault(path, message, "check that you may read the file") from error
    _check_kind(data, path)
    return data


def _check_kind(data: bytes, path: Path) -> None:
    limit = MAX_SVG_BYTES if _is_svg(data) else MAX_RASTER_BYTES
    if not data:
        raise _fault(path, "the picture file is empty", "save the picture again")
    if len(data) > limit:
        message = f"the picture file is over {limit // 1_000_000} MB"
        raise _fault(path, message, "make the picture smaller or simpler")
    if not _is_svg(data) and not data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        known = [name for start, name in _OTHERS if data.startswith(start)]
        what = f"{known[0]} file" if known else "no picture"
        hint = "save it as PNG, JPEG or plain SVG; a new ending to the name is not enough"
        raise _fault(path, f"the file is {what}, not PNG, JPEG or SVG", hint)


def _is_svg(data: bytes) -> bool:
    return data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _fault(path: Path, message: str, hint: str) -> ContentError:
    return ContentError(Diagnostic(message, SourceSpan(str(path)), hint=hint))


class _Recent:
    """Drawings by key, the latest used kept while together they stay under a limit in bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._drawings: OrderedDict[Hashable, Drawing] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, read: Callable[[], Drawing]) -> Drawing:
        with self._lock:
            if key in self._drawings:
                self._drawings.move_to_end(key)
                return self._drawings[key]
        drawing = read()
        with self._lock:
            self._drawings[key] = drawing
            while sum(map(_weight, self._drawings.values())) > self._limit:
                self._drawings.popitem(last=False)
        return drawing


def _weight(drawing: Drawing) -> int:
    artwork = drawing.artwork
    return len(artwork.samples if isinstance(artwork, Raster) else artwork.operators)


_recent = _Recent(CACHE_BYTES)
