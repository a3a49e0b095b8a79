"""A sheet as HTML with the CSS that WeasyPrint needs to set it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from tests.benchmarks.equal_sheet import (
    EqualSheet,
    Figure,
    Frame,
    Grid,
    Heading,
    Listing,
    Part,
    Run,
    Text,
    TextBlock,
)

_FACES = {
    "Regular": "",
    "Bold": "font-weight: bold",
    "Italic": "font-style: italic",
    "BoldItalic": "font-weight: bold; font-style: italic",
}


def style_sheet(sheet: EqualSheet, fonts: Path) -> str:
    """The CSS; ``fonts`` is the folder with Atkinson Hyperlegible Next."""
    faces = "\n".join(
        f"@font-face {{ font-family: Atkinson; {style}; "
        f"src: url({(fonts / f'AtkinsonHyperlegibleNext-{name}.ttf').as_uri()}) }}"
        for name, style in _FACES.items()
    )
    return f"""\
{faces}
@page {{
  size: 612pt 792pt; margin: 88pt 54pt 75pt 170pt;
  @top-left {{ content: element(head); margin-left: -116pt; width: 504pt }}
  @bottom-left {{ content: {_css_string(sheet.foot)} "\\A" {_css_string(sheet.draft)};
    white-space: pre; margin-left: -116pt; font: 9pt Atkinson; color: #595959 }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages);
    font: 9pt Atkinson; color: #595959 }}
}}
body {{ font: 12pt/16.5pt Atkinson; color: #1A1A1A; margin: 0 }}
#head {{ position: running(head); color: {sheet.accent}; height: 40pt;
  border-bottom: 1.5pt solid {sheet.accent} }}
#head img {{ height: 34pt; vertical-align: middle }}
#head span {{ font-size: 10pt; color: #1A1A1A; float: right }}
p {{ margin: 0 0 8pt }}
h1, h2, h3, h4 {{ color: {sheet.accent}; margin: 16.5pt 0 6pt; break-after: avoid }}
h1 {{ font-size: 24pt; line-height: 27.5pt; margin-top: 0 }}
h2 {{ font-size: 14pt }}
h3, h4 {{ font-size: 12pt }}
ul, ol {{ margin: 0 0 8pt; padding-left: 16.5pt }}
li {{ margin-bottom: 3pt }}
li p {{ margin: 0 }}
img {{ width: 100% }}
#head img {{ width: auto }}
sup {{ font-size: 68%; line-height: 0 }}
.byline, .caption {{ font-size: 10.5pt; color: #595959 }}
.lead {{ font-size: 13.5pt; line-height: 18.5pt }}
.small {{ font-size: 10pt; line-height: 13.5pt; margin-bottom: 2pt }}
.credit {{ font-size: 8.5pt; color: #595959 }}
.emergency {{ font-size: 13.5pt; color: white; background: {sheet.emergency}; padding: 4pt }}
.frame {{ border-left: 3pt solid {sheet.accent}; background: {sheet.tint}; padding: 11pt;
  break-inside: avoid; margin-bottom: 8pt }}
table {{ border-collapse: collapse; width: 100%; margin-bottom: 8pt }}
th, td {{ text-align: left; border-bottom: 0.5pt solid; padding: 4pt }}
.warning {{ border-color: {sheet.emergency}; background: none }}
"""


def html_source(sheet: EqualSheet, style: str = "") -> str:
    """The page; its style may be inside, or be given to WeasyPrint beside it."""
    logo = f'<img src="{sheet.logo.resolve().as_uri()}" alt="">' if sheet.logo is not None else ""
    inside = f"<style>{style}</style>" if style else ""
    return (
        f'<!DOCTYPE html><html lang="{escape(sheet.language)}"><head><meta charset="utf-8">'
        f"<title>{escape(sheet.title)}</title>"
        f'<meta name="author" content="{escape(sheet.author)}">{inside}</head><body>'
        f'<div id="head">{logo} <b>{escape(sheet.clinic)}</b> '
        f"<span>{escape(sheet.phone)}</span></div>"
        f"{''.join(_elements(sheet.parts))}</body></html>"
    )


def _elements(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts:
        match part:
            case Heading(text, level):
                yield f"<h{level}>{_inline(text)}</h{level}>"
            case TextBlock(text, manner):
                yield f'<p class="{manner}">{_inline(text)}</p>'
            case Listing(entries, start):
                tag = "ol" if start else "ul"
                first = f' start="{start}"' if start else ""
                items = (
                    f"<li{_named(entry.name)}>{''.join(_elements(entry.parts))}</li>"
                    for entry in entries
                )
                yield f"<{tag}{first}>{''.join(items)}</{tag}>"
            case Figure(file, alt):
                yield f'<img src="{file.resolve().as_uri()}" alt="{escape(alt)}">'
            case Frame(inner, is_emergency):
                kind = "frame warning" if is_emergency else "frame"
                yield f'<div class="{kind}">{"".join(_elements(inner))}</div>'
            case Grid(rows):
                header, *others = rows
                yield f"<table><thead>{_row(header, 'th')}</thead><tbody>"
                yield "".join(_row(row, "td") for row in others)
                yield "</tbody></table>"


def _row(row: tuple[Text, ...], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}>{_inline(text)}</{tag}>' for text in row)}</tr>"


def _named(name: str) -> str:
    return f' id="{escape(name)}"' if name else ""


def _inline(text: Text) -> str:
    return "".join(map(_run, text))


def _run(run: Run) -> str:
    if run.text == "\n":
        return "<br>"
    content = escape(run.text)
    for wanted, tag in ((run.bold, "b"), (run.italic, "i"), (run.raised, "sup")):
        if wanted:
            content = f"<{tag}>{content}</{tag}>"
    return f'<a href="{escape(run.link)}">{content}</a>' if run.link else content


def _css_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
