"""A sheet as Typst source. Text goes in as string literals, which Typst takes as they are."""

from __future__ import annotations

from collections.abc import Iterator
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

FAMILY = "Atkinson Hyperlegible Next"

# The header reads the clinic's name from a state: in the page's style a changed name would have
# every line of the document set anew. This halves Typst's time for a changed name.
_STYLE = """\
#let accent = rgb(sys.inputs.at("accent", default: @accent@))
#let clinic = sys.inputs.at("clinic", default: @clinic@)
#let emergency = rgb(@emergency@)
#let muted = rgb("#595959")
#set document(title: @title@, author: @author@)
#set page(
  width: 612pt, height: 792pt,
  margin: (left: 170pt, right: 54pt, top: 88pt, bottom: 75pt),
  header: move(dx: -116pt, box(width: 504pt, height: 40pt, stroke: (bottom: 1.5pt + accent),
    align(horizon, grid(columns: (auto, 1fr, auto), column-gutter: 10pt,
      @logo@, context strong(text(fill: accent, state("clinic").final())),
      text(size: 10pt, @phone@))))),
  footer: context move(dx: -116pt, box(width: 504pt, text(size: 9pt, fill: muted)[
    #@foot@;#h(1fr)Page #counter(page).display() of #counter(page).final().first()
    #linebreak() #strong(@draft@)])),
)
#set text(font: @family@, size: 12pt, lang: @language@, fill: rgb("#1A1A1A"), fallback: false)
#set par(leading: 0.62em, spacing: 14pt, justify: false, linebreaks: @linebreaks@)
#set list(indent: 0pt, body-indent: 8pt, spacing: 9pt)
#set enum(indent: 0pt, body-indent: 8pt, spacing: 9pt)
#show heading: set text(fill: accent)
#show heading.where(level: 1): set text(size: 24pt)
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 3): set text(size: 12pt)
#show heading: set block(above: 18pt, below: 10pt)
#let byline(body) = par(text(size: 10.5pt, fill: muted, body))
#let lead(body) = par(text(size: 13.5pt, body))
#let small(body) = par(spacing: 7pt, text(size: 10pt, body))
#let caption(body) = par(text(size: 10.5pt, fill: muted, body))
#let credit(body) = par(text(size: 8.5pt, fill: muted, body))
#let warned(body) = block(width: 100%, fill: emergency, inset: 6pt,
  par(text(size: 13.5pt, fill: white, body)))
#let frame(bar, fill, body) = block(width: 100%, fill: fill, inset: 11pt, breakable: false,
  stroke: (left: 3pt + bar), body)

#state("clinic").update(clinic)
"""


def typst_source(sheet: EqualSheet, *, breaks_at_optimum: bool = False) -> str:
    """The source of the sheet, for a compiler whose root is the root of the file system.

    ``sys.inputs`` may change the clinic's name (``clinic``) and its colour (``accent``).
    """
    logo = "[]"
    if sheet.logo is not None:
        logo = f'image({_quoted(_place(sheet.logo))}, height: 34pt, alt: "")'
    values = {
        "title": _quoted(sheet.title),
        "author": _quoted(sheet.author),
        "language": _quoted(sheet.language),
        "clinic": _quoted(sheet.clinic),
        "phone": _quoted(sheet.phone),
        "accent": _quoted(sheet.accent),
        "emergency": _quoted(sheet.emergency),
        "foot": _quoted(sheet.foot),
        "draft": _quoted(sheet.draft),
        "family": _quoted(FAMILY),
        "linebreaks": _quoted("optimized" if breaks_at_optimum else "simple"),
        "logo": logo,
    }
    style = _STYLE
    for name, value in values.items():
        style = style.replace(f"@{name}@", value)
    return style + "\n".join(_lines(sheet.parts, sheet))


def _lines(parts: tuple[Part, ...], sheet: EqualSheet) -> Iterator[str]:
    for part in parts:
        match part:
            case Heading(text, level):
                yield f"#heading(level: {level}, outlined: true)[{_inline(text, sheet)}]"
            case TextBlock(text, "body"):
                yield f"\n{_inline(text, sheet)}\n"
            case TextBlock(text, manner):
                function = "warned" if manner == "emergency" else manner
                yield f"#{function}[{_inline(text, sheet)}]"
            case Listing(entries, start, manner):
                size = "10pt" if manner == "small" else "12pt"
                function = f"enum(start: {start}, " if start else "list("
                items = (
                    f"[{''.join(_lines(entry.parts, sheet))}{_label(entry.name)}]"
                    for entry in entries
                )
                yield f"#[#set text(size: {size})\n#{function}{', '.join(items)})]"
            case Figure(file, alt):
                yield f"#image({_quoted(_place(file))}, width: 100%, alt: {_quoted(alt)})"
            case Frame(inner, is_emergency):
                bar = "emergency" if is_emergency else "accent"
                fill = "none" if is_emergency else "accent.lighten(92%)"
                content = "".join(_lines(inner, sheet))
                yield f"#frame({bar}, {fill})[{content}]"
            case Grid(rows):
                header, *others = (
                    ", ".join(f"[{_inline(text, sheet)}]" for text in row) for row in rows
                )
                columns = ", ".join(["1fr"] * len(rows[0]))
                yield (
                    f"#table(columns: ({columns}), stroke: (bottom: 0.5pt), "
                    f"table.header({header}), {', '.join(others)})"
                )


def _label(name: str) -> str:
    return f" #metadata(none) <{name}>" if name else ""


def _inline(text: Text, sheet: EqualSheet) -> str:
    return "".join(_run(run, sheet) for run in text)


def _run(run: Run, sheet: EqualSheet) -> str:
    if run.text == "\n":
        return "#linebreak();"
    content = "clinic" if run.text == sheet.clinic else _quoted(run.text)
    if run.bold:
        content = f"strong({content})"
    if run.italic:
        content = f"emph({content})"
    if run.raised:
        content = f"super(typographic: false, {content})"
    if run.link:
        target = f"<{run.link[1:]}>" if run.link.startswith("#") else _quoted(run.link)
        content = f"link({target}, {content})"
    return f"#{content};"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _place(file: Path) -> str:
    return file.resolve().as_posix()
