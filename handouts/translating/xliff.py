"""Exchange files in XLIFF 1.2, written and read.

XLIFF 1.2 and not 2.0, since all programs that clinics' translators use read and write it: OmegaT
and its Okapi filter, Weblate, Poedit, Trados Studio and memoQ. Weblate reads 2.0 only lately and
calls it unfinished, memoQ and Okapi have a filter of its own for it, and 2.x is not compatible.

Inline codes are ``<g>`` and ``<x/>`` with the sign that they stand for in ``equiv-text``. What the
codes of a unit are is read from its source, and the source must be the recorded one: so a
translation can only use codes that the handout has. Of the states only those are unfinished that
Weblate holds so too (XLIFF 1.2, 3.2.1, ``state``).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from handouts.document import Citation, Inlines, LineBreak, Variable
from handouts.reading.report import Report, Unreadable
from handouts.reading.runs import Manner, Runs
from handouts.translating.codes import DIVISIBLE, Code, Kind, Node, codes, nodes
from handouts.translating.exchange_file import (
    Entry,
    Exchange,
    Prints,
    Progress,
    Returned,
    ReturnedFile,
    clean,
    is_fingerprint,
)
from handouts.translating.xml_tree import Element, parse_xml

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
UNFINISHED_STATES = ("new", "needs-translation", "needs-adaptation", "needs-l10n")
_STATES = {Progress.TRANSLATED: "translated", Progress.CHECKED: "final"}
_CTYPES = {
    Kind.BOLD: "bold",
    Kind.ITALIC: "italic",
    Kind.LINK: "link",
    Kind.FOREIGN: "x-language",
    Kind.CITATION: "x-citation",
    Kind.VARIABLE: "x-variable",
    Kind.LINE_BREAK: "lb",
}
_KINDS = {ctype: kind for kind, ctype in _CTYPES.items()}
_SIGNS = {
    Kind.BOLD: "**",
    Kind.ITALIC: "*",
    Kind.LINK: "{}",
    Kind.FOREIGN: "{}",
    Kind.CITATION: "[^{}]",
    Kind.VARIABLE: "{{{}}}",
    Kind.LINE_BREAK: "\\",
}
_SIGN_ENDS = {Kind.CITATION: ("[^", "]"), Kind.VARIABLE: ("{", "}")}
_WITHOUT_VALUE = (Kind.BOLD, Kind.ITALIC, Kind.LINE_BREAK)
_PRINTS = ("x-source-fingerprint", "x-target-fingerprint")

# --- writing ---------------------------------------------------------------------------------


def xliff(exchange: Exchange) -> bytes:
    """The file, in UTF-8."""
    return "".join(f"{line}\n" for line in _lines(exchange)).encode()


def _lines(exchange: Exchange) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<xliff xmlns="{NAMESPACE}" version="1.2">'
    yield (
        f'<file original={quoteattr(exchange.handout)} datatype="plaintext" '
        f"source-language={quoteattr(exchange.source_language)} "
        f"target-language={quoteattr(exchange.language)}>"
    )
    yield f"<header><note>{escape(exchange.title)}</note></header>"
    yield "<body>"
    for part, prints in exchange.parts.items():
        yield f"<group id={quoteattr(part)}>"
        yield '<context-group purpose="information">'
        for kind, found in zip(_PRINTS, (prints.source, prints.target), strict=True):
            yield f'<context context-type="{kind}">{found}</context>'
        yield "</context-group>"
        for entry in exchange.entries:
            if entry.unit.part == part:
                yield from _unit(entry, exchange.language)
        yield "</group>"
    yield from ("</body>", "</file>", "</xliff>")


def _unit(entry: Entry, language: str) -> Iterator[str]:
    unit = entry.unit
    source = nodes(unit.content)
    numbered = _Numbers(source)
    approved = ' approved="yes"' if entry.progress is Progress.CHECKED else ""
    yield f'<trans-unit id={quoteattr(unit.id)} xml:space="preserve"{approved}>'
    yield f"<source>{numbered.written(source)}</source>"
    if entry.progress is not Progress.UNTRANSLATED:
        state = _STATES.get(entry.progress, "needs-translation")
        target = numbered.written(nodes(entry.target))
        yield f'<target state="{state}">{target}</target>'
    yield from (f"<note>{escape(note)}</note>" for note in entry.notes)
    if entry.former:
        yield (
            f'<alt-trans alttranstype="previous-version"><target xml:lang={quoteattr(language)}>'
            f"{escape(entry.former)}</target></alt-trans>"
        )
    yield "</trans-unit>"


class _Numbers:
    """Gives each code of a source its number, and the codes of its translation the same ones."""

    def __init__(self, source: tuple[Node, ...]) -> None:
        self._free: dict[tuple[Kind, str], list[int]] = {}
        self._source = self._free
        for number, code in enumerate(codes(source), 1):
            self._free.setdefault((code.kind, code.value), []).append(number)

    def written(self, content: tuple[Node, ...]) -> str:
        return self._written(content, {key: list(free) for key, free in self._source.items()})

    def _written(self, content: tuple[Node, ...], free: dict[tuple[Kind, str], list[int]]) -> str:
        pieces = []
        for node in content:
            if isinstance(node, str):
                pieces.append(escape(node))
                continue
            numbers = free[node.kind, node.value]
            # The last number stands for all that follow: one bold piece may have become two.
            number = numbers.pop(0) if len(numbers) > 1 else numbers[0]
            sign = quoteattr(_SIGNS[node.kind].format(node.value))
            start = f'id="{number}" ctype="{_CTYPES[node.kind]}" equiv-text={sign}'
            if node.inside:
                pieces.append(f"<g {start}>{self._written(node.inside, free)}</g>")
            else:
                pieces.append(f"<x {start}/>")
        return "".join(pieces)


# --- reading ---------------------------------------------------------------------------------


def read_xliff(text: str, path: Path, report: Report) -> ReturnedFile:
    """What the file holds; its faults are reported. Raises Unreadable if it is no XLIFF 1.2."""
    root = parse_xml(text, path.as_posix(), report)
    if root.name != "xliff" or root.namespace != NAMESPACE or root.get("version") != "1.2":
        report.error(
            "the file is not XLIFF 1.2",
            root.span,
            hint="give the file back in the format that it came in",
        )
        raise Unreadable
    files = [child for child in root.elements if child.name == "file"]
    if len(files) != 1:
        report.error(f"the file holds {len(files)} files instead of one", root.span)
        raise Unreadable
    (file,) = files
    parts: dict[str, Prints] = {}
    units: list[Returned] = []
    for group in file.all("group"):
        contexts = [found for child in group.elements for found in child.all("context")]
        values = {found.get("context-type"): found.text.strip() for found in contexts}
        prints = [values.get(kind, "") for kind in _PRINTS]
        if all(map(is_fingerprint, prints)):
            parts[group.get("id")] = Prints(*prints)
    for unit in file.all("trans-unit"):
        units.append(_UnitReader(unit, report).read())
    return ReturnedFile(
        handout=file.get("original"),
        source_language=file.get("source-language"),
        language=file.get("target-language"),
        parts=parts,
        units=tuple(units),
        span=file.span,
    )


class _Known(NamedTuple):
    """A code of a source and the element that stands for it."""

    element: str
    code: Code


class _UnitReader:
    def __init__(self, unit: Element, report: Report) -> None:
        self._unit = unit
        self._report = report
        self._codes: dict[str, _Known] = {}

    def read(self) -> Returned:
        unit, id_ = self._unit, self._unit.get("id")
        source, target = unit.child("source"), unit.child("target")
        if source is None:
            self._error("the unit has no source", unit)
            source = Element("source", "", {}, unit.span)
        self._keep_codes(source)
        return Returned(
            id=id_,
            source=self._inlines(source),
            target=self._target(target) if target is not None else (),
            progress=_progress(target),
            span=(target or source).span,
        )

    def _error(self, message: str, element: Element, hint: str = "") -> None:
        self._report.error(f'"{self._unit.get("id")}": {message}', element.span, hint)

    def _keep_codes(self, source: Element) -> None:
        for element in (*source.all("g"), *source.all("x")):
            kind = _KINDS.get(element.get("ctype"))
            if kind is None or element.get("id") in self._codes:
                self._error("a code of the source was altered", element)
                continue
            before, after = _SIGN_ENDS.get(kind, ("", ""))
            value = element.get("equiv-text").removeprefix(before).removesuffix(after)
            code = Code(kind, "" if kind in _WITHOUT_VALUE else value)
            self._codes[element.get("id")] = _Known(element.name, code)

    def _target(self, target: Element) -> Inlines:
        used: list[str] = []
        for element in target.all():
            if element.name in ("mrk", "target"):
                continue
            id_ = element.get("id")
            known = self._codes.get(id_)
            if known is None or known.element != element.name:
                self._error(
                    f'the code <{element.name} id="{id_}"> is not in the source',
                    element,
                    hint="delete it in the translation program",
                )
            elif id_ in used and known.code.kind not in DIVISIBLE:
                self._error(f"{known.code.name} stands twice in the translation", element)
            used.append(id_)
        for id_, known in self._codes.items():
            if id_ not in used and not _is_empty(target):
                self._error(
                    f"{known.code.name} is missing in the translation",
                    target,
                    hint=f'put the code <{known.element} id="{id_}"> of the source back',
                )
        return self._inlines(target)

    def _inlines(self, element: Element) -> Inlines:
        runs = Runs()
        self._gather(element, runs)
        return runs.finish()

    def _gather(self, element: Element, runs: Runs) -> None:
        for piece in element.content:
            if isinstance(piece, str):
                runs.add_text(clean(piece, element.span, self._report), element.span)
                continue
            known = self._codes.get(piece.get("id")) if piece.name in ("g", "x") else None
            kind, value = (known.code.kind, known.code.value) if known else (None, "")
            manner = runs.manner
            match kind:
                case Kind.CITATION:
                    runs.add(Citation(value))
                case Kind.VARIABLE:
                    runs.add(Variable(value, manner.bold, manner.italic, manner.link))
                case Kind.LINE_BREAK:
                    runs.add(LineBreak())
                case _:
                    runs.change_manner(_changed(manner, kind, value))
                    self._gather(piece, runs)
                    runs.change_manner(manner)


def _changed(manner: Manner, kind: Kind | None, value: str) -> Manner:
    match kind:
        case Kind.BOLD:
            return manner._replace(bold=True)
        case Kind.ITALIC:
            return manner._replace(italic=True)
        case Kind.LINK:
            return manner._replace(link=value)
        case Kind.FOREIGN:
            return manner._replace(language=value)
    return manner


def _progress(target: Element | None) -> Progress:
    if target is None or _is_empty(target):
        return Progress.UNTRANSLATED
    if target.get("state") in UNFINISHED_STATES:
        return Progress.UNFINISHED
    return Progress.TRANSLATED


def _is_empty(element: Element) -> bool:
    return not element.text.strip() and not any(
        inner.name in ("g", "x") for inner in element.all() if inner is not element
    )
