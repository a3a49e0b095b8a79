"""A table of selections, as a spreadsheet saves it: comma, semicolon or tab between the columns.

Each row is one more thing to make, or with a word in the column ``exclude`` one that is not made.
A cell holds a name or a pattern, or several of them with spaces between; an empty one narrows
nothing. A column without a name is for remarks; a row with nothing in the others is no row.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from handouts.diagnostics import SourceSpan
from handouts.paper import PAPERS
from handouts.plan import Selection, Wanted
from handouts.reading.plan_file import PATTERN
from handouts.reading.report import Report, Unreadable
from handouts.reading.shapes import nearest

LARGEST_TABLE = 20_000_000  # bytes
MOST_ROWS = 100_000

_COLUMNS = {  # of the table, and the fields of a selection
    "clinic": "clinics",
    "handout": "handouts",
    "language": "languages",
    "edition": "editions",
    "paper": "papers",
}
_EXCLUDE = "exclude"
_KNOWN = (*_COLUMNS, _EXCLUDE)
_CHOICES = {"paper": tuple(PAPERS)}
_YES = ("yes", "true", "x", "1")
_NO = ("", "no", "false", "0")
_SEPARATORS = re.compile(r"[\s,;|]+")
_LINE_END = re.compile(r"\r\n?|\n")  # str.splitlines knows more of them, some inside of cells
_FOR_EXCEL = re.compile(r'"?sep=[,;\t]"?', re.IGNORECASE)  # in the first line; no row
_FIELD = {sign: re.compile(rf'(?:"(?:[^"]|"")*"|[^"{sign}])*') for sign in ",;\t"}


class Table(NamedTuple):
    selections: tuple[Selection, ...]
    exclusions: tuple[Selection, ...]


class _Cell(NamedTuple):
    text: str
    span: SourceSpan


def read_table(path: Path, report: Report) -> Table:
    """All rows of the table. Raises Unreadable when the report says why it cannot be used."""
    file = path.as_posix()
    lines = _LINE_END.split(_text(path, file, report))
    if _FOR_EXCEL.fullmatch(lines[0]):
        lines[0] = ""
    rows = list(_rows(lines, file, report))
    if not rows:
        report.error(
            "the table is empty",
            SourceSpan(file),
            hint=f"write the columns in its first line: {','.join(_KNOWN)}",
        )
        raise Unreadable
    if len(rows) - 1 > MOST_ROWS:
        report.error(f"the table has more than {MOST_ROWS:,} rows", SourceSpan(file))
        raise Unreadable
    columns = _columns(rows[0], report)
    selections: list[Selection] = []
    exclusions: list[Selection] = []
    for row in rows[1:]:
        cells = {name: cell for name, cell in zip(columns, row, strict=False) if name}
        if beyond := next((cell for cell in row[len(columns) :] if cell.text), None):
            report.error(
                "the row has more cells than the table has columns",
                beyond.span,
                hint="put a cell that holds the separator in quotes",
            )
        if not any(cell.text for cell in cells.values()):
            continue
        excluded = _is_excluded(cells.get(_EXCLUDE), report)
        (exclusions if excluded else selections).append(_selection(cells, row[0].span, report))
    if report.has_errors:
        raise Unreadable
    return Table(tuple(selections), tuple(exclusions))


def _text(path: Path, file: str, report: Report) -> str:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST_TABLE else b""
    except OSError as error:
        report.error(f"the table cannot be read: {error.strerror}", SourceSpan(file))
        raise Unreadable from error
    if size > LARGEST_TABLE:
        report.error(f"the table is too large: {size:,} bytes", SourceSpan(file))
        raise Unreadable
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        report.error(
            "the table is not UTF-8 text",
            SourceSpan(file, line, 1),
            hint='save it as "CSV UTF-8"',
        )
        raise Unreadable from error


def _rows(lines: list[str], file: str, report: Report) -> Iterator[list[_Cell]]:
    """The rows that are not empty; a cell knows the column that it starts in."""
    head = next((line for line in lines if line.strip()), "")
    separator = max(",;\t", key=head.count)
    for number, line in enumerate(lines, 1):
        if not line.strip(f" {separator}"):
            continue
        if line.count('"') % 2:
            report.error(
                "a quotation mark is opened and not closed in this line",
                SourceSpan(file, number, line.index('"') + 1),
                hint="a row is one line; delete the mark",
            )
            continue
        try:
            texts = next(csv.reader([line], delimiter=separator))
        except csv.Error as error:
            report.error(f"the row cannot be read: {error}", SourceSpan(file, number, 1))
            continue
        cells = []
        start = 0
        for text in texts:
            cells.append(_Cell(text.strip(), SourceSpan(file, number, start + 1)))
            found = _FIELD[separator].match(line, start)
            start = (found.end() if found else start) + 1
        yield cells


def _columns(head: list[_Cell], report: Report) -> list[str]:
    names: list[str] = []
    is_whole = True
    for cell in head:
        name = cell.text.lower()
        if name and name not in _KNOWN:
            report.error(f'unknown column "{cell.text}"', cell.span, nearest(name, _KNOWN))
            is_whole = False
        elif name and name in names:
            report.error(f'the column "{name}" is there twice', cell.span)
            is_whole = False
        names.append(name)
    if not is_whole:
        raise Unreadable
    return names


def _is_excluded(cell: _Cell | None, report: Report) -> bool:
    word = cell.text.lower() if cell else ""
    if cell and word not in (*_YES, *_NO):
        report.error(f'expected yes or no, found "{cell.text}"', cell.span)
    return word in _YES


def _selection(cells: dict[str, _Cell], span: SourceSpan, report: Report) -> Selection:
    fields: dict[str, tuple[Wanted, ...]] = {}
    for column, name in _COLUMNS.items():
        cell = cells.get(column)
        if cell is None or not cell.text:
            continue
        words = [word for word in _SEPARATORS.split(cell.text) if word]
        for word in words:
            choices = _CHOICES.get(column)
            if choices and word not in choices:
                hint = nearest(word, choices)
                report.error(f'"{word}" is not among the choices', cell.span, hint)
            elif not re.fullmatch(PATTERN, word):
                report.error(
                    f'expected a name or pattern, found "{word}"',
                    cell.span,
                    hint="write names as `make-handout list` shows them, with spaces between",
                )
        fields[name] = tuple(Wanted(word, cell.span) for word in words)
    return Selection(**fields, span=span)
