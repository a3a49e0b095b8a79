"""Write new words into the text of a words file and leave every other sign as it is.

Values are put in where YAML says that their places are; comments, order and quotation marks around
them stay. What came of it must be read again by whoever writes the file.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END = re.compile(r"\r\n|\r|\n")
_INDENT = 2
_WIDTH = 112
_PLAIN = re.compile(r"[^\W\d_](?:[^:#\n]*[^:#\s])?")
_NOT_TEXT = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|nan|inf")

Value = str | list["Value"] | dict[str, "Value"]
Way = tuple[str, ...]


class Block(str):
    """Text that is written on lines of its own, after a ``|``."""

    __slots__ = ()


def new_file(values: Mapping[str, Value], first_line: str = "") -> str:
    """The text of a file that holds these values."""
    lines = [first_line] if first_line else []
    return "\n".join([*lines, *_entries(values, 0)]) + "\n"


def rewritten(text: str, changes: Mapping[Way, Value], order: Sequence[Way]) -> str:
    """The text of a file with other values at these paths.

    A path is the keys that lead to a value: one, or two of which the first may be missing. A key
    that is missing is put below the one before it in the ``order`` of all paths.
    """
    for path, value in changes.items():
        text = _with_value(text, path, value, order)
    return text


def _with_value(text: str, path: Way, value: Value, order: Sequence[Way]) -> str:
    root = yaml.compose(text, Loader=_LOADER)
    parent = root
    for depth, name in enumerate(path[:-1], 1):
        entry = _entry(parent, name)
        if entry is None or not isinstance(entry[1], yaml.MappingNode):
            inner: Value = value
            for key in reversed(path[depth:]):
                inner = {key: inner}
            return _with_value(text, path[:depth], inner, [way[:depth] for way in order])
        parent = entry[1]
    return _edited(text, parent, path, value, order)


def _edited(text: str, parent: Any, path: Way, value: Value, order: Sequence[Way]) -> str:
    name = path[-1]
    entry = _entry(parent, name)
    found = _LINE_END.search(text)
    line_end = found[0] if found else "\n"
    if parent.flow_style:
        written = json.dumps(value, ensure_ascii=False)
        if entry is not None:
            return _put(text, entry[1].start_mark.index, entry[1].end_mark.index, f" {written}")
        end = _end(parent) if parent.value else parent.start_mark.index + 1
        return _put(text, end, end, f"{', ' if parent.value else ''}{name}: {written}")
    indent = parent.value[0][0].start_mark.column
    lines = line_end.join(_entries({name: value}, indent)) + line_end
    if entry is not None:
        key, old = entry
        start = key.start_mark.index - key.start_mark.column
        stop, comment = _after(text, old)
        if comment and lines.count(line_end) == 1:
            lines = lines.removesuffix(line_end) + comment + line_end
        return _put(text, start, stop, lines)
    place = _place(text, parent, path, order)
    if place and text[place - 1] not in "\r\n":
        lines = line_end + lines
    return _put(text, place, place, lines)


def _put(text: str, start: int, end: int, new: str) -> str:
    before = text[:start]
    if before.endswith(" ") and new.startswith(" "):
        new = new[1:]
    return before + new + text[end:]


def _entry(mapping: Any, name: str) -> tuple[Any, Any] | None:
    return next(((key, value) for key, value in mapping.value if key.value == name), None)


def _end(node: Any) -> int:
    """Where the last leaf of a value ends; YAML's own end of a block is below its comments."""
    while isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    return int(node.end_mark.index)


def _after(text: str, node: Any) -> tuple[int, str]:
    """Where the line below a value begins, and the comment behind the value."""
    end = _end(node)
    if end and text[end - 1] in "\r\n":
        # A text on lines of its own; empty lines and comments below it are not its own.
        kept = re.search(r"(?:\r\n|\r|\n)(?:[ \t]*(?:\r\n|\r|\n))*\Z", text[:end])
        return (kept.start() + len(_LINE_END.match(kept[0])[0]) if kept else end), ""  # type: ignore[index]
    line_end = _LINE_END.search(text, end)
    if line_end is None:
        return len(text), text[end:].rstrip()
    return line_end.end(), text[end : line_end.start()].rstrip()


def _place(text: str, parent: Any, path: Way, order: Sequence[Way]) -> int:
    """Where the line of a new key belongs: below the nearest key that comes before it."""
    earlier: list[Way] = []
    for way in order:
        if way == path:
            break
        if way[:-1] == path[:-1]:
            earlier.append(way)
    for way in reversed(earlier):
        if entry := _entry(parent, way[-1]):
            return _after(text, entry[1])[0]
    first = parent.value[0][0].start_mark
    return int(first.index - first.column)


# --- values as YAML --------------------------------------------------------------------------


def _entries(values: Mapping[str, Value], indent: int) -> list[str]:
    lines = []
    margin = " " * indent
    for name, value in values.items():
        inner = indent + _INDENT
        match value:
            case Block():
                text = [f"{' ' * inner}{line}" if line else "" for line in value.splitlines()]
                lines += [f"{margin}{name}: |", *text]
            case str() if _can_be_folded(value):
                text = _wrapped(value, _WIDTH - inner)
                lines += [f"{margin}{name}: >-", *(f"{' ' * inner}{line}" for line in text)]
            case str():
                lines.append(f"{margin}{name}: {_scalar(value)}")
            case list():
                lines.append(f"{margin}{name}:")
                for item in value:
                    lines += _item(item, inner)
            case _:
                lines += [f"{margin}{name}:", *_entries(value, inner)]
    return lines


def _item(item: Value, indent: int) -> list[str]:
    margin = " " * indent
    if isinstance(item, str):
        return [f"{margin}- {_scalar(item)}"]
    assert isinstance(item, dict)
    first, *others = _entries(item, indent + _INDENT)
    return [f"{margin}- {first.lstrip()}", *others]


def _wrapped(text: str, width: int) -> list[str]:
    wrapper = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
    return wrapper.wrap(text)


def _can_be_folded(text: str) -> bool:
    """Whether a text is long, and its lines can be joined with single spaces again."""
    is_even = text.isprintable() and text == " ".join(text.split())
    return is_even and len(text) > _WIDTH - 20 and max(map(len, text.split())) < _WIDTH // 2


def _scalar(text: str) -> str:
    """The text as it is where YAML takes it for text, or else in quotation marks."""
    is_plain = _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)
