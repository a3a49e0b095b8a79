"""YAML into plain values in which every key and every leaf knows its file, line and column.

YAML is taken from its events, not from composed nodes: so an alias is refused where it stands,
nesting is bounded before it can exhaust a stack, and duplicate keys are seen. Nothing is guessed
from the look of a plain word: `no`, `12:30` and `2020-09` stay text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import yaml

from handouts.diagnostics import SourceSpan
from handouts.reading.deceptive_text import (
    REFUSED_CHARACTER,
    code_point,
    report_lookalikes,
    report_refused,
)
from handouts.reading.report import Report, Unreadable

LARGEST_FILE = 1_000_000
DEEPEST = 20
MOST_VALUES = 10_000
_TOO_DEEP = f"lists and keys are nested more than {DEEPEST} deep"
_NULLS = ("", "~", "null", "Null", "NULL")
_STANDARD_TAGS = "tag:yaml.org,2002:"
_LINE_END = re.compile(r"\r\n|\r|\n")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Scalar(NamedTuple):
    """A leaf. ``text`` is what YAML makes of it; ``style`` the sign it began with, if any.

    ``is_folded`` if YAML joined lines of the file to make it. ``text_line`` and ``text_column``
    are where the text itself starts; ``text_line`` is 0 where text and file do not run side by
    side, since it is folded or holds escapes.
    """

    text: str
    span: SourceSpan
    style: str = ""
    is_folded: bool = False
    text_line: int = 0
    text_column: int = 0

    @property
    def is_null(self) -> bool:
        return not self.style and self.text in _NULLS

    def at(self, line: int, column: int) -> SourceSpan:
        """The place in the file of a place in the text, both counted from 0 in the text."""
        if not self.text_line:
            return self.span
        indent = self.text_column if line == 0 or self.style == "|" else 1
        return SourceSpan(self.span.file, self.text_line + line, indent + column, self.span.path)


class Sequence(NamedTuple):
    """``is_flow`` if written with brackets."""

    items: tuple[Node, ...]
    span: SourceSpan
    is_flow: bool = False


class Mapping(NamedTuple):
    """Keys in the order of the file, each once. ``is_flow`` if written with braces."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: SourceSpan
    is_flow: bool = False


Node = Scalar | Sequence | Mapping


def read_yaml(path: Path, report: Report) -> Mapping:
    """The mapping that a file holds. Raises Unreadable when the report says what is wrong."""
    file = path.as_posix()
    return parse_yaml(_decoded(_content(path, file, report), file, report), file, report)


def parse_yaml(text: str, file: str, report: Report) -> Mapping:
    """The mapping that a text holds, in NFC; ``file`` is the name to show in messages."""
    if REFUSED_CHARACTER.search(text):
        report_refused(_LINE_END.split(text), file, report)
        raise Unreadable
    # Two ways to write a letter with its marks are one text (UAX #15).
    text = unicodedata.normalize("NFC", text)
    lines = _LINE_END.split(text)
    report_lookalikes(lines, file, report)
    return _Builder(text, lines, file, report).document()


def _content(path: Path, file: str, report: Report) -> bytes:
    whole_file = SourceSpan(file)
    try:
        if not path.is_file():
            report.error("there is no such file", whole_file)
            raise Unreadable
        with path.open("rb") as stream:
            size = path.stat().st_size
            data = stream.read(LARGEST_FILE + 1) if size <= LARGEST_FILE else b""
    except OSError as error:
        report.error(f"the file cannot be read: {error.strerror}", whole_file)
        raise Unreadable from error
    if size > LARGEST_FILE or len(data) > LARGEST_FILE:
        report.error(
            f"the file is too large: {max(size, len(data)):,} bytes",
            whole_file,
            hint=f"a text file may have {LARGEST_FILE:,} bytes; keep pictures in their own files",
        )
        raise Unreadable
    return data


def _decoded(data: bytes, file: str, report: Report) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].removeprefix(b"\xef\xbb\xbf")
        line_start = before.rfind(b"\n") + 1
        column = len(before[line_start:].decode("utf-8", "replace")) + 1
        report.error(
            "the file is not UTF-8 text",
            SourceSpan(file, before.count(b"\n") + 1, column),
            hint="save it with the encoding UTF-8",
        )
        raise Unreadable from error


class _Builder:
    """Builds the nodes of one document from YAML's events."""

    def __init__(self, text: str, lines: list[str], file: str, report: Report) -> None:
        self.text = text
        self.lines = lines
        self.file = file
        self.report = report
        self.values = 0

    def document(self) -> Mapping:
        try:
            return self._document(iter(yaml.parse(self.text, Loader=_LOADER)))
        except yaml.MarkedYAMLError as error:
            self._explain(error)
            raise Unreadable from error

    def _document(self, events: Iterator[Any]) -> Mapping:
        next(events)  # the stream starts
        if isinstance(next(events), yaml.StreamEndEvent):
            self._fail("the file is empty", SourceSpan(self.file))
        root = self._node(next(events), events, "", 0)
        next(events)  # the document ends
        following = next(events)
        if not isinstance(following, yaml.StreamEndEvent):
            self._fail(
                "a second document starts here",
                self._span(following, ""),
                hint="a file holds one document: delete the line `---`",
            )
        if not isinstance(root, Mapping):
            self._fail(
                "the file does not hold keys with values",
                root.span,
                hint="write lines such as `title: Asthma`",
            )
        return root

    def _fail(self, message: str, span: SourceSpan, hint: str = "") -> NoReturn:
        self.report.error(message, span, hint)
        raise Unreadable

    def _span(self, event: Any, path: str) -> SourceSpan:
        mark = event.start_mark
        return SourceSpan(self.file, mark.line + 1, mark.column + 1, path)

    def _node(self, event: Any, events: Iterator[Any], path: str, depth: int) -> Node:
        mark = event.start_mark
        span = SourceSpan(self.file, mark.line + 1, mark.column + 1, path)
        self.values += 1
        if self.values > MOST_VALUES:
            self._fail(f"the file holds more than {MOST_VALUES:,} values", span)
        if event.anchor is not None or event.tag is not None:
            self._refuse_what_is_not_plain(event, span)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, span)
        if depth == DEEPEST:
            self._fail(_TOO_DEEP, span)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Node] = []
            while not isinstance(following := next(events), yaml.SequenceEndEvent):
                item_path = f"{path}[{len(items) + 1}]"
                items.append(self._node(following, events, item_path, depth + 1))
            return Sequence(tuple(items), span, is_flow=bool(event.flow_style))
        return self._mapping(event, events, span, depth)

    def _refuse_what_is_not_plain(self, event: Any, span: SourceSpan) -> None:
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self._fail(
                f"`{sign}{event.anchor}` is a YAML {'alias' if sign == '*' else 'anchor'}, "
                "which is not used here",
                span,
                hint=f"write the value out; put text that begins with `{sign}` in quotes",
            )
        tag = event.tag.replace(_STANDARD_TAGS, "!!")
        self.report.error(
            f"`{tag}` is a YAML tag, which is not used here",
            span,
            hint="delete it; put text that begins with `!` in quotes",
        )

    def _mapping(self, event: Any, events: Iterator[Any], span: SourceSpan, depth: int) -> Mapping:
        entries: dict[str, tuple[Scalar, Node]] = {}
        while not isinstance(following := next(events), yaml.MappingEndEvent):
            if isinstance(following, yaml.CollectionStartEvent):
                self._fail("a key is not plain text", self._span(following, span.path))
            name = getattr(following, "value", "")
            path = f"{span.path}.{name}" if span.path else name
            key = self._node(following, events, path, depth + 1)
            value = self._node(next(events), events, path, depth + 1)
            assert isinstance(key, Scalar)
            if name in entries:
                first = entries[name][0].span
                for here, there in ((first, key.span), (key.span, first)):
                    self.report.error(
                        f'the key "{name}" is written twice',
                        here,
                        hint=f"it is also on line {there.line}; keep one of the two",
                    )
            else:
                entries[name] = (key, value)
        return Mapping(tuple(entries.values()), span, is_flow=bool(event.flow_style))

    def _scalar(self, event: Any, span: SourceSpan) -> Scalar:
        text, style = event.value, event.style or ""
        if style == '"':
            text = unicodedata.normalize("NFC", text)
        start, end = event.start_mark, event.end_mark
        if style == '"' and (found := REFUSED_CHARACTER.search(text)):
            self._fail(
                f"the character {code_point(found[0])} cannot be used in text",
                span,
                hint="delete the escape with the backslash",
            )
        if not style:
            self._refuse_lost_text(end, span)
        if style == "|":
            indent = _indent(self.lines, start.line + 1) - _indent(text.split("\n"))
            return Scalar(text, span, style, False, span.line + 1, indent + 1)
        if style == ">" or start.line != end.line:
            return Scalar(text, span, style, is_folded=True)
        quotes = len(style)
        if len(text) + 2 * quotes == end.column - start.column:
            return Scalar(text, span, style, False, span.line, span.column + quotes)
        return Scalar(text, span, style)

    def _refuse_lost_text(self, end: Any, span: SourceSpan) -> None:
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if "#" in rest and (lost := re.match(r"\s+(#[^\s#].*)", rest)):
            self.report.error(
                f"`{lost[1]}` would be lost: a space and `#` start a comment in YAML",
                SourceSpan(self.file, end.line + 1, end.column + lost.start(1) + 1, span.path),
                hint="put the whole value in quotes, or write a space after the `#` of a comment",
            )

    def _explain(self, error: yaml.MarkedYAMLError) -> None:
        problem = str(error.problem)
        mark, opening = error.problem_mark, error.context_mark
        if mark is None or (opening is not None and "end of stream" in problem):
            mark = opening
        line, column = (mark.line, mark.column) if mark is not None else (0, 0)
        if "nesting" in problem:  # libyaml has a bound of its own, and reads ahead of us
            self._fail(_TOO_DEEP, SourceSpan(self.file, line + 1, column + 1))
        written = self.lines[: line + 1]
        if opening is not None and opening.line < line and _HASH.search(self.lines[opening.line]):
            written = self.lines[: opening.line + 1]
        self.report.error(
            f"not valid YAML: {problem}",
            SourceSpan(self.file, line + 1, column + 1),
            hint=_advice(problem, written, column),
        )


def _indent(lines: list[str], start: int = 0) -> int:
    """The spaces before the first line with words from ``start`` on; 0 if there is none."""
    for number in range(start, len(lines)):
        if lines[number].strip():
            return len(lines[number]) - len(lines[number].lstrip(" "))
    return 0


_HASH = re.compile(r"\s#[^\s#]")
_OPENING_SIGN = re.compile(r"\s*(?:-\s+)*(?:[\w.-]+:\s+)?([*&!%@`{\[])")
_OPENING_QUOTE = re.compile(r"""\s*(?:-\s+)*(?:[\w.-]+:\s+)?(["'])(.*)""")
_ADVICE = (
    ("end of stream", "a quotation mark is opened here and never closed"),
    ("escape", 'use a backslash inside "..." only before `"` or a backslash, or use \'...\''),
    ("sequence entries", "start the list on its own line, under its key"),
    ("expected ','", "a list in [...] or keys in {...} are not closed, or lack a comma"),
    ("expected '-'", "lines of one list start in the same column with `- `"),
    ("':'", "a key is followed by a colon and a space"),
)


def _advice(problem: str, lines: list[str], column: int) -> str:
    """What to do about a fault that YAML found at a column of the last of these lines."""
    line = lines[-1]
    if "\t" in line[: column + 1]:
        return "indent with spaces, not with tabs"
    if _HASH.search(line):
        return "a space and `#` start a comment: put text or a colour that holds them in quotes"
    for sign, advice in _ADVICE:
        if sign in problem:
            return advice
    opening = _OPENING_SIGN.match(line)
    advice = ""
    if opening and opening.start(1) <= column:
        advice = f"put text that begins with `{opening[1]}` in quotes"
        if opening[1] not in "[{":
            return advice
    for number in range(len(lines), 0, -1):
        quoted = _OPENING_QUOTE.match(lines[number - 1])
        if quoted and quoted[2].count(quoted[1]) != 1:
            return (
                f"the quotation marks of line {number} do not match: one is missing, "
                "or one inside the text is not written twice"
            )
    if advice:
        return advice
    if "mapping values" in problem:
        return "put text that holds a colon and a space in quotes, and check the indent"
    return "keys of one group, and lines of one text, start in the same column"
