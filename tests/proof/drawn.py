"""Pages drawn for a test, and what the proof says of them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from handouts.proof.proofing import Proof, proof

WIDTH, HEIGHT = 400, 300
Draw = Callable[[Canvas], None]


def pdf_of(*pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def drawn(*pages: Draw, size: tuple[float, float] = (WIDTH, HEIGHT)) -> Proof:
    """The proof of pages, from a file in the current folder."""
    path = Path("drawn.pdf")
    path.write_bytes(pdf_of(*pages, size=size))
    return proof(path)


def rules_broken(found: Proof) -> list[str]:
    return [finding.message for finding in found.findings]


def words(
    text: str,
    *,
    at: tuple[float, float] = (60, 150),
    size: float = 12,
    colour: str = "#000000",
    face: str = "Helvetica",
) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colour)
        canvas.setFont(face, size)
        canvas.drawString(*at, text)

    return draw


def box(left: float, bottom: float, width: float, height: float, colour: str = "#000000") -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(colour)
        canvas.rect(left, bottom, width, height, stroke=0, fill=1)

    return draw


def line(width: float, *, scale: float = 1, colour: str = "#000000") -> Draw:
    """A line from left to right, drawn where all is ``scale`` times as large."""

    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.scale(scale, scale)
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(width)
        canvas.line(60 / scale, 100 / scale, 300 / scale, 100 / scale)
        canvas.restoreState()

    return draw


def all_of(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def in_form(draw_inside: Draw, scale: float) -> Draw:
    """The same inside a form, inside another, each drawn ``scale`` times as large."""

    def draw(canvas: Canvas) -> None:
        canvas.beginForm("inner")
        draw_inside(canvas)
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.scale(scale, scale)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.saveState()
        canvas.scale(scale, scale)
        canvas.doForm("outer")
        canvas.restoreState()

    return draw
