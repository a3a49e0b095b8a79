"""The engines, each kept warm: a sheet's source in, a PDF's bytes out.

Typst and WeasyPrint may be missing (extra ``bench``; WeasyPrint also needs Pango). What is missing
is not measured, and the printed text says so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from handouts.places import FONTS
from tests.benchmarks import reportlab_script

ATKINSON = FONTS / "atkinson-hyperlegible-next"
UA = ("ua-1",)
UA_AND_A = ("ua-1", "a-2a")
REVISED = 1_600_000_000  # Typst wants a date for PDF/A; any fixed one


def missing_engines() -> dict[str, str]:
    """Why an engine cannot be used, by its name."""
    missing = {}
    for name in ("typst", "weasyprint"):
        try:
            __import__(name)
        except (ImportError, OSError) as error:  # WeasyPrint's OSError: no Pango
            missing[name] = str(error).splitlines()[0]
    return missing


class Typst:
    """One compiler for all sheets, with the four Atkinson faces and no others."""

    def __init__(self) -> None:
        import typst

        fonts = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(ATKINSON)]
        )
        self._compiler = typst.Compiler(root="/", font_paths=fonts)

    def compile(
        self, source: str, standards: Sequence[str] = UA, inputs: dict[str, str] | None = None
    ) -> bytes:
        made: bytes = self._compiler.compile(
            input=source.encode(),
            format="pdf",
            pdf_standards=list(standards),
            sys_inputs=inputs,
            timestamp=REVISED,
        )
        return made


class WeasyPrint:
    """Fonts are found and pictures are decoded once; a style can be parsed once."""

    def __init__(self) -> None:
        from weasyprint.text.fonts import FontConfiguration

        self._fonts = FontConfiguration()
        self._pictures: dict[object, object] = {}

    def style(self, css: str) -> Any:
        from weasyprint import CSS

        return CSS(string=css, font_config=self._fonts)

    def write(self, html: str, style: Any) -> bytes:
        from weasyprint import HTML

        made: bytes = HTML(string=html).write_pdf(
            stylesheets=[style],
            font_config=self._fonts,
            pdf_variant="pdf/ua-1",
            cache=self._pictures,
        )
        return made


class ReportLab:
    """Plain Paragraphs, neither tagged nor shaped."""

    def __init__(self) -> None:
        reportlab_script.register_fonts(ATKINSON)

    def write(self, sheet: dict[str, object]) -> bytes:
        return reportlab_script.set_sheet(sheet)


# --- the same as commands --------------------------------------------------------------------

_TYPST_PROGRAM = (
    "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], root='/', "
    "font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, "
    f"font_paths=[sys.argv[3]]), pdf_standards='ua-1', timestamp={REVISED})"
)


def typst_command(source: Path, output: Path) -> list[str]:
    """Typst through Python."""
    program = [sys.executable, "-c", _TYPST_PROGRAM]
    return [*program, str(source), str(output), str(ATKINSON)]


def weasyprint_command(source: Path, output: Path) -> list[str]:
    command = Path(sys.executable).with_name("weasyprint")
    return [str(command), "--pdf-variant", "pdf/ua-1", str(source), str(output)]


def reportlab_command(source: Path, output: Path) -> list[str]:
    script = Path(reportlab_script.__file__)
    return [sys.executable, str(script), str(source), str(ATKINSON), str(output)]


def own_command(*arguments: str) -> list[str]:
    """The installed ``make-handout``, or else the script of the checkout."""
    command = Path(sys.executable).with_name("make-handout")
    if command.exists():
        return [str(command), *arguments]
    return [sys.executable, str(FONTS.parent / "make_handout.py"), *arguments]


def empty_command() -> list[str]:
    return [sys.executable, "-c", "pass"]


def write_story(sheet: dict[str, object], path: Path) -> None:
    path.write_text(json.dumps(sheet), "utf-8")
