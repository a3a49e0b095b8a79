"""Read and render the pages of a PDF with PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_float, c_int, c_uint
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handouts.diagnostics import Diagnostic, NotFoundError, ProofError, SourceSpan
from handouts.layout.pages import Colour
from handouts.proof.marks import Box, PaintedPage, Picture, Shape, Words

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfMatrix, PdfObject, PdfPage, PdfTextObj

SCALE = 2.0  # pixels to the point: 144 to the inch
_MOST_PIXELS = 8_000_000  # of a rendering, which of a poster is coarser
_MAY_PRINT = 1 << 2  # bit 3 of the permissions (ISO 32000-1, table 22)
_UNSEEN_MODES = (3, 7)  # neither filled nor stroked (ISO 32000-1, table 106)
_BOLD_WEIGHT = 600
_BOLD_NAMES = ("bold", "black", "heavy")


@contextmanager
def opened(file: Path) -> Iterator[PdfDocument]:
    """The document in the file.

    Raises:
        NotFoundError: there is no such file.
        ProofError: no printer could print it: it is no PDF, broken, empty or locked.
    """
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    place = SourceSpan(file.as_posix())
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        hint = 'make one with "make-handout build"'
        raise NotFoundError(Diagnostic("there is no such file", place, hint=hint)) from None
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise NotFoundError(Diagnostic(message, place)) from None
    if not content:
        raise ProofError(Diagnostic("the file is empty", place, hint="make it again"))
    if b"%PDF-" not in content[:1024]:
        raise ProofError(Diagnostic("this is not a PDF", place, hint="name a file that is one"))
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        # PDFium may tell the error of the file before.
        is_locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        if is_locked and b"/Encrypt" in content:
            hint = "save a copy of it that has no password"
            problem = Diagnostic("the PDF is locked with a password", place, hint=hint)
        else:
            problem = Diagnostic("the PDF is broken or has no pages", place, hint="make it again")
        raise ProofError(problem) from None
    try:
        if not raw.FPDF_GetDocPermissions(document) & _MAY_PRINT:
            hint = "save a copy of it that may be printed"
            raise ProofError(Diagnostic("the PDF forbids to print it", place, hint=hint))
        yield document
    finally:
        document.close()


def painted_pages(file: Path, document: PdfDocument) -> Iterator[PaintedPage]:
    """Each page in turn. Raises ProofError for a page that cannot be read."""
    import pypdfium2 as pdfium

    for index in range(len(document)):
        try:
            page = document[index]
            painted = _painted(page, index + 1)
            page.close()
        except pdfium.PdfiumError:
            place = SourceSpan(file.as_posix(), path=f"page {index + 1}")
            problem = Diagnostic("the page is broken", place, hint="make the PDF again")
            raise ProofError(problem) from None
        yield painted


def _painted(page: PdfPage, number: int) -> PaintedPage:
    """The page as if it were not turned: the rules are the same for all four edges."""
    from pypdfium2 import PdfMatrix, raw

    turned = page.get_rotation()
    page.set_rotation(0)
    left, bottom, _, _ = page.get_bbox()
    width, height = page.get_size()
    scale = min(SCALE, (_MOST_PIXELS / (width * height)) ** 0.5)
    whole = page.render(scale=scale).to_pil().convert("RGB")

    words: list[Words] = []
    shapes: list[Shape] = []
    pictures: list[Picture] = []
    letters, others = [], []
    around = {id(None): PdfMatrix(1, 0, 0, 1, -left, -bottom)}
    textpage = page.get_textpage()
    for each in page.get_objects(max_depth=32, textpage=textpage):
        matrix = around[id(each.container)]
        if each.type == raw.FPDF_PAGEOBJ_FORM:
            around[id(each)] = each.get_matrix().multiply(matrix)
            others.append((each, False))  # kept alive, so that its id stays its own
        elif each.type == raw.FPDF_PAGEOBJ_TEXT:
            letters.append(each)
            words += _words(each, matrix)
        else:
            others.append((each, True))
            if each.type == raw.FPDF_PAGEOBJ_PATH:
                shapes += _shape(each, matrix)
            else:
                pictures.append(Picture(_box(each, matrix)))

    for text in letters:
        raw.FPDFPageObj_SetIsActive(text, False)
    ground = page.render(scale=scale).to_pil().convert("RGB")
    for text in letters:
        raw.FPDFPageObj_SetIsActive(text, True)
        raw.FPDFPageObj_SetFillColor(text, 0, 0, 0, 255)
        raw.FPDFPageObj_SetStrokeColor(text, 0, 0, 0, 255)
    for other, is_paint in others:
        if is_paint:
            raw.FPDFPageObj_SetIsActive(other, False)
    ink = page.render(scale=scale, draw_annots=False).to_pil().convert("L")
    textpage.close()
    return PaintedPage(
        number,
        width,
        height,
        turned,
        tuple(words),
        tuple(shapes),
        tuple(pictures),
        whole,
        ground,
        ink.point([255 - level for level in range(256)]),
        scale,
    )


def _words(text: PdfTextObj, around: PdfMatrix) -> Iterator[Words]:
    from pypdfium2 import raw

    mode = raw.FPDFTextObj_GetTextRenderMode(text)
    box = _box(text, around)
    if mode in _UNSEEN_MODES or box.width <= 0 or box.height <= 0:
        return
    is_outline = mode in (1, 5)
    colour, opacity = _colour(text, "Stroke" if is_outline else "Fill")
    if not opacity:
        return
    matrix = text.get_matrix().multiply(around)
    across = (matrix.a**2 + matrix.b**2) ** 0.5 or 1.0
    font = text.get_font()
    face = font.get_base_name().rpartition("+")[2]
    yield Words(
        text.extract().strip(),
        box,
        (matrix.e, matrix.f),
        abs(matrix.b) < 0.01 * across,
        text.get_font_size() * abs(matrix.a * matrix.d - matrix.b * matrix.c) / across,
        face,
        raw.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT
        or any(name in face.lower() for name in _BOLD_NAMES),
        colour,
        opacity,
    )


def _shape(path: PdfObject, around: PdfMatrix) -> Iterator[Shape]:
    from pypdfium2 import raw

    fill_mode, is_stroked, width = c_int(), c_int(), c_float()
    raw.FPDFPath_GetDrawMode(path, fill_mode, is_stroked)
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    matrix = path.get_matrix().multiply(around)
    scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    fill, fill_opacity = _colour(path, "Fill")
    stroke, stroke_opacity = _colour(path, "Stroke")
    has_fill = fill_mode.value and fill_opacity
    has_stroke = is_stroked.value and stroke_opacity
    if has_fill or has_stroke:
        yield Shape(
            _box(path, around),
            fill if has_fill else None,
            stroke if has_stroke else None,
            width.value * scale if has_stroke else None,
            raw.FPDFPath_CountSegments(path),
        )


def _colour(each: PdfObject, which: str) -> tuple[Colour, float]:
    """The colour in RGB, as PDFium paints it, and how opaque it is, from 0 to 1."""
    from pypdfium2 import raw

    parts = [c_uint() for _ in range(4)]
    getattr(raw, f"FPDFPageObj_Get{which}Color")(each, *parts)
    red, green, blue, opacity = (part.value / 255 for part in parts)
    return Colour(red, green, blue), opacity


def _box(each: Any, around: PdfMatrix) -> Box:
    return Box(*around.on_rect(*each.get_bounds()))
