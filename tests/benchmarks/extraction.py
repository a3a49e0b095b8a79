"""How much of a text other programs get out of a PDF: ours, Typst's and WeasyPrint's.

    python -m tests.benchmarks.extraction [--write EXTRACTION.md] [LANGUAGE ...]

The lines of the finished handout, each a paragraph of one line, are set by all three in the same
font files, in one column; so every line is known and the same for all. What comes back is compared
by ``tests.reading_back.faithfulness``. Then the same is asked of the finished handouts themselves.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple
from unicodedata import bidirectional

from fontTools.ttLib import TTFont

from handouts.languages import Language
from handouts.languages import language as language_of
from handouts.layout.pages import PlacedLine
from handouts.paper import Paper
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts
from handouts.text.glyphs import StyledSpan, StyledText, TextStyle
from handouts.text.paragraphs import set_paragraph
from tests.benchmarks.engines import REVISED, missing_engines
from tests.benchmarks.extraction_notes import CAUSES, NOTES, TRIED, WORSE
from tests.benchmarks.report import paragraph, section, table
from tests.language_sheets import MADE, made
from tests.pdf.samples import SheetBuilder, plain_panels
from tests.reading_back import EXTRACTORS, Tally, compare_lines, compare_words
from tests.reading_back.faithfulness import plain

WIDTH, HEIGHT, MARGIN, LEADING, SIZE = 1000, 792, 54, 28, 12
LINES_ON_A_PAGE = (HEIGHT - 2 * MARGIN) // LEADING  # Poppler judges the direction of a whole page
OURS, TYPST, WEASYPRINT = "ours", "Typst", "WeasyPrint"


class Result(NamedTuple):
    words: Tally
    lines: Tally


Results = dict[tuple[str, str, str], Result]  # by language, extractor and engine


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.extraction", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--write", type=Path, metavar="FILE", help="also write the report here")
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help="only these")
    arguments = parser.parse_args()
    names = [name for name in MADE if not arguments.languages or name[1] in arguments.languages]
    lines = []
    for line in report(names):
        print(line, flush=True)
        lines.append(line)
    if arguments.write:
        arguments.write.write_text("\n".join(lines) + "\n", "utf-8")


def report(names: Sequence[tuple[str, str]]) -> Iterator[str]:
    missing = missing_engines()
    engines = [OURS, *(name for name in (TYPST, WEASYPRINT) if name.lower() not in missing)]
    yield "# What other programs read\n"
    yield f"- Date: {datetime.now(UTC):%Y-%m-%d}"
    yield f"- Readers: {', '.join(_reader_versions())}"
    yield f"- Engines: {', '.join(_engine_versions(engines))}"
    for name, reason in missing.items():
        yield f"- NOT MEASURED: {name} ({reason})"
    yield ""
    for note in NOTES:
        yield from paragraph(note)

    handouts: dict[tuple[str, str], Tally] = {}
    results: Results = {}
    for slug, tag in names:
        finished = made(slug, tag)
        for extractor in EXTRACTORS:
            handouts[tag, extractor.name] = compare_words(
                finished.pages, extractor.pages(finished.pdf), tag
            )
        lines = plain("\n".join(finished.pages)).splitlines()
        for engine in engines:
            pdf = _SETTERS[engine](lines, language_of(tag))
            for extractor in EXTRACTORS:
                results[tag, extractor.name, engine] = _result(lines, extractor.read(pdf), tag)
    tags = [tag for _, tag in names]

    yield from section(
        "The finished handouts",
        "Words that come back whole, in percent, from the sheets as a clinic prints them, with "
        "panels, headings beside the text, raised numbers and foreign words.",
    )
    yield from table(
        ("language", *(extractor.name for extractor in EXTRACTORS)),
        [
            (tag, *(percent(handouts[tag, extractor.name]) for extractor in EXTRACTORS))
            for tag in tags
        ],
    )
    yield from section("Why not all")
    for note in CAUSES:
        yield from paragraph(note)
    for extractor in EXTRACTORS:
        yield from section(
            f"The same lines, read by {extractor.name}",
            "Words that come back whole and lines that come back exactly, in percent.",
        )
        headers = ["language", *(f"words, {engine}" for engine in engines)]
        rows = []
        for tag in tags:
            cells = [results[tag, extractor.name, engine] for engine in engines]
            rows.append(
                (tag, *(percent(c.words) for c in cells), *(percent(c.lines) for c in cells))
            )
        yield from table([*headers, *(f"lines, {engine}" for engine in engines)], rows)
    yield from section("Where ours is not the best")
    behind = list(worse(results, engines))
    yield from (f"- {line}" for line in behind)
    yield "" if behind else "Nowhere."
    if behind:
        for note in WORSE:
            yield from paragraph(note)
    yield from section("Lines that mix directions")
    for note in TRIED:
        yield from paragraph(note)


def worse(results: Results, engines: Iterable[str]) -> Iterator[str]:
    for (tag, extractor, engine), ours in results.items():
        if engine != OURS:
            continue
        for rival in engines:
            theirs = results[tag, extractor, rival]
            for what, mine, other in (
                ("words", ours.words, theirs.words),
                ("lines", ours.lines, theirs.lines),
            ):
                if mine.lost.total() > other.lost.total():
                    yield (
                        f"{tag}, {extractor}: {what} {percent(mine)} % against {rival}'s "
                        f"{percent(other)} %; ours has not {_listed(mine.lost - other.lost)}"
                    )


def _listed(words: Iterable[str]) -> str:
    shown = sorted(words)
    return ", ".join(f"“{word}”" for word in shown[:6]) + (" ..." if len(shown) > 6 else "")


def _result(lines: Sequence[str], read: str, tag: str) -> Result:
    painted, got = "\n".join(lines), read.replace("\f", "\n")
    return Result(compare_words([painted], [got], tag), compare_lines([painted], [got]))


def percent(tally: Tally) -> str:
    if not tally.lost:
        return "100"
    return f"{min(tally.share * 100, 99.9):.1f}"


# --- the engines -----------------------------------------------------------------------------


def set_ours(lines: Sequence[str], language: Language) -> bytes:
    builder = SheetBuilder(language=language.tag, title="Lines")
    for order, text in enumerate(lines):
        row = order % LINES_ON_A_PAGE
        if order and not row:
            builder.pages.append([])
        tag, right_to_left = manner_of(text, language)
        leaf = builder.root.add("P" if order else "H1").leaf()
        span = StyledSpan(text, TextStyle(SIZE), tag, leaf)
        (line,) = set_paragraph(StyledText((span,), tag, right_to_left), WIDTH, fonts())
        x = WIDTH - MARGIN - line.width if right_to_left else MARGIN
        builder.add(PlacedLine(line, x, HEIGHT - MARGIN - (row + 1) * LEADING))
    builder.pages.append([])  # the clinic's panels stand by themselves
    builder.add_contact()
    builder.add_check()
    sheet = replace(builder.sheet(), paper=Paper("lines", WIDTH, HEIGHT))
    return press(paint_master(sheet), paint_imprint(plain_panels()))


def _set_with_typst(lines: Sequence[str], language: Language) -> bytes:
    import typst

    files = _font_files(language)
    paths = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=sorted({str(file.parent) for file in files}),
    )
    families = ", ".join(f'"{name}"' for name in dict.fromkeys(map(_family_name, files)))
    pages = (
        "\n\n".join(_typst_paragraph(line, language) for line in page) for page in _pages(lines)
    )
    paragraphs = "\n\n#pagebreak()\n\n".join(pages)
    source = (
        f'#set document(title: "Lines")\n'
        f"#set page(width: {WIDTH}pt, height: {HEIGHT}pt, margin: {MARGIN}pt)\n"
        f"#set text(font: ({families},), size: {SIZE}pt, fallback: false)\n"
        f"#set par(spacing: {LEADING - SIZE}pt)\n\n{paragraphs}\n"
    )
    compiler = typst.Compiler(root="/", font_paths=paths)
    made_pdf: bytes = compiler.compile(
        input=source.encode(), format="pdf", pdf_standards=["ua-1"], timestamp=REVISED
    )
    return made_pdf


def _set_with_weasyprint(lines: Sequence[str], language: Language) -> bytes:
    from weasyprint import HTML

    files = _font_files(language)
    faces = "".join(
        f"@font-face {{ font-family: F{order}; src: url({file.as_uri()}) }}\n"
        for order, file in enumerate(files)
    )
    families = ", ".join(f"F{order}" for order in range(len(files)))
    pages = ("\n".join(_html_paragraph(line, language) for line in page) for page in _pages(lines))
    paragraphs = "".join(f"<div>{page}</div>\n" for page in pages)
    html = (
        f'<!DOCTYPE html><html lang="{language.tag}"><head>'
        f"<meta charset=utf-8><title>Lines</title><style>{faces}"
        f"@page {{ size: {WIDTH}pt {HEIGHT}pt; margin: {MARGIN}pt }}\n"
        f"body {{ font: {SIZE}pt/{LEADING}pt {families}; margin: 0 }} p {{ margin: 0 }}"
        f"div + div {{ break-before: page }}"
        f"</style></head><body>{paragraphs}</body></html>"
    )
    made_pdf: bytes = HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")
    return made_pdf


def _pages(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), LINES_ON_A_PAGE):
        yield lines[start : start + LINES_ON_A_PAGE]


def manner_of(line: str, language: Language) -> tuple[str, bool]:
    """The language and direction to set a line in: foreign words keep their own."""
    if not language.right_to_left:
        return language.tag, False
    is_foreign = not any(bidirectional(sign) in ("R", "AL", "AN") for sign in line)
    is_foreign = is_foreign and any(bidirectional(sign) == "L" for sign in line)
    return ("en", False) if is_foreign else (language.tag, True)


def _typst_paragraph(line: str, language: Language) -> str:
    tag, right_to_left = manner_of(line, language)
    direction = "rtl" if right_to_left else "ltr"
    return f'#par(text(lang: "{tag.split("-")[0]}", dir: {direction}, {_quoted(line)}))'


def _html_paragraph(line: str, language: Language) -> str:
    tag, right_to_left = manner_of(line, language)
    direction = "rtl" if right_to_left else "ltr"
    return f'<p lang="{tag}" dir="{direction}">{escape(line)}</p>'


_SETTERS = {OURS: set_ours, TYPST: _set_with_typst, WEASYPRINT: _set_with_weasyprint}


def _font_files(language: Language) -> list[Path]:
    """The regular faces that we would try for the language, and after them those for Latin."""
    families = (
        *fonts().families(language.script, language.tag),
        *fonts().families("Latn", language.tag),
    )
    return list(dict.fromkeys(family.file(False, False) for family in families))


def _family_name(file: Path) -> str:
    names = TTFont(file, lazy=True)["name"]
    return str(names.getBestFamilyName())


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


# --- versions --------------------------------------------------------------------------------


def _reader_versions() -> Iterator[str]:
    yield f"PDFium (pypdfium2 {version('pypdfium2')})"
    yield f"pypdf {version('pypdf')}"
    for command in (["pdftotext", "-v"], ["mutool", "-v"]):
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        yield (run.stderr + run.stdout).splitlines()[0]


def _engine_versions(engines: Sequence[str]) -> Iterator[str]:
    for engine in engines:
        yield engine if engine == OURS else f"{engine} {version(engine.lower())}"


if __name__ == "__main__":
    main()
