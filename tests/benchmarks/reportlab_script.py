"""Plain ReportLab, as a script: Paragraphs in a SimpleDocTemplate, neither tagged nor shaped.

    python reportlab_script.py STORY.json FONTS OUTPUT.pdf

It imports nothing but ReportLab, so that its start is ReportLab's own.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

SIZES = {
    "heading1": (24, 27.5),
    "heading2": (14, 16.5),
    "heading3": (12, 16.5),
    "heading4": (12, 16.5),
    "body": (12, 16.5),
    "lead": (13.5, 18.5),
    "byline": (10.5, 15),
    "caption": (10.5, 14),
    "credit": (8.5, 11),
    "small": (10, 13.5),
    "emergency": (13.5, 18.5),
}


def register_fonts(folder: Path) -> None:
    for bold, italic, name in (
        (0, 0, "Regular"),
        (1, 0, "Bold"),
        (0, 1, "Italic"),
        (1, 1, "BoldItalic"),
    ):
        face = f"Atkinson-{name}"
        pdfmetrics.registerFont(TTFont(face, folder / f"AtkinsonHyperlegibleNext-{name}.ttf"))
        addMapping("Atkinson", bold, italic, face)


def set_sheet(sheet: dict[str, Any]) -> bytes:
    accent, emergency = HexColor(sheet["accent"]), HexColor(sheet["emergency"])
    styles: dict[tuple[str, int], ParagraphStyle] = {}
    story = []
    for name, markup, marker, depth in sheet["story"]:
        if (name, depth) not in styles:
            manner, _, tinted = name.partition("-")
            size, leading = SIZES[manner]
            is_heading = manner.startswith("heading")
            styles[name, depth] = ParagraphStyle(
                name,
                fontName="Atkinson-Bold" if is_heading else "Atkinson-Regular",
                fontSize=size,
                leading=leading,
                textColor=accent if is_heading else "white" if manner == "emergency" else "black",
                backColor=HexColor(sheet["tint"])
                if tinted
                else emergency
                if manner == "emergency"
                else None,
                leftIndent=16.5 * depth,
                bulletFontName="Atkinson-Bold",
                spaceBefore=16.5 if is_heading else 0,
                spaceAfter=6,
                keepWithNext=is_heading,
            )
        story.append(Paragraph(markup, styles[name, depth], bulletText=marker or None))
    output = BytesIO()
    document = SimpleDocTemplate(
        output,
        pagesize=(612, 792),
        leftMargin=170,
        rightMargin=54,
        topMargin=88,
        bottomMargin=75,
        title=sheet["title"],
        author=sheet["author"],
    )

    def running(canvas: Any, document: Any) -> None:
        canvas.setFont("Atkinson-Bold", 12)
        canvas.drawString(54, 730, sheet["head"][0])
        canvas.drawRightString(558, 730, sheet["head"][1])
        canvas.setFont("Atkinson-Regular", 9)
        canvas.drawString(54, 50, sheet["foot"][0])
        canvas.drawString(54, 38, sheet["foot"][1])
        canvas.drawRightString(558, 50, f"Page {document.page}")

    document.build(story, onFirstPage=running, onLaterPages=running)
    return output.getvalue()


if __name__ == "__main__":
    source, fonts, target = map(Path, sys.argv[1:])
    register_fonts(fonts)
    target.write_bytes(set_sheet(json.loads(source.read_text("utf-8"))))
