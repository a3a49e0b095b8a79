"""Write fingerprints into the text of a words file and leave every other sign as it is.

The file belongs to its translator: comments, order, quotation marks and line ends stay. So the
text is not written anew from its values; the fingerprints are put in where YAML says that their
places are, and what came of it is read again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from handouts.diagnostics import ContentError, Diagnostic, SourceSpan
from handouts.reading.marked_yaml import Mapping as Entries
from handouts.reading.marked_yaml import Node, Scalar, parse_yaml
from handouts.reading.report import Report, Unreadable

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END = re.compile(r"\r\n|\r|\n")
_BLOCK, _KEY = "translation", "made_from"


def with_fingerprints(text: str, recorded: Mapping[str, str], file: str) -> str:
    """The text of a words file with the fingerprints of these parts in place of older ones.

    ``text`` is a file that reads without fault and has a ``translation``; ``file`` is its name.

    Raises:
        ContentError: they cannot be put in without touching something else.
    """
    document = yaml.compose(text, Loader=_LOADER)
    edits = list(_edits(text, document, recorded))
    edited = text
    for start, end, new in sorted(edits, reverse=True):
        edited = edited[:start] + new + edited[end:]
    if _without_record(edited, file) != _without_record(text, file) or not _holds(
        edited, recorded, file
    ):
        raise ContentError(
            Diagnostic(
                "the fingerprints cannot be put in here",
                SourceSpan(file, path=_BLOCK),
                hint=f"write `{_BLOCK}:` with each key on a line of its own, and "
                f"`{_KEY}:` with nothing behind it",
            )
        )
    return edited


Edit = tuple[int, int, str]  # from, to, and what stands there instead


def _edits(text: str, document: Any, recorded: Mapping[str, str]) -> list[Edit]:
    translation = _entry(document, _BLOCK)[1]
    key, made_from = _entry(translation, _KEY)
    if made_from is None:
        return [_first_record(text, translation, recorded)]
    if not isinstance(made_from, yaml.MappingNode):
        nothing = (made_from.start_mark.index, made_from.end_mark.index, "")
        if translation.flow_style:
            return [(nothing[0], nothing[1], " " + _flow(recorded))]
        lines = _lines(recorded, key.start_mark.column + 2)
        return [nothing, _below(text, made_from.end_mark.index, lines)]
    edits: list[Edit] = []
    new = dict(recorded)
    for part, value in made_from.value:
        if part.value in new:
            edits.append((value.start_mark.index, value.end_mark.index, new.pop(part.value)))
    if new:
        edits.append(_more(text, made_from, new))
    return edits


def _entry(mapping: Any, name: str) -> tuple[Any, Any]:
    return next(((key, value) for key, value in mapping.value if key.value == name), (None, None))


def _first_record(text: str, translation: Any, recorded: Mapping[str, str]) -> Edit:
    last = _end(translation)
    if translation.flow_style:
        return (last, last, f", {_KEY}: {_flow(recorded)}")
    indent = translation.value[0][0].start_mark.column
    lines = [" " * indent + f"{_KEY}:", *_lines(recorded, indent + 2)]
    return _below(text, last, lines)


def _more(text: str, made_from: Any, recorded: Mapping[str, str]) -> Edit:
    if not made_from.value:
        start = made_from.start_mark.index + 1
        return (start, start, _flow(recorded)[1:-1])
    last = _end(made_from)
    if made_from.flow_style:
        return (last, last, ", " + _flow(recorded)[1:-1])
    return _below(text, last, _lines(recorded, made_from.value[0][0].start_mark.column))


def _end(mapping: Any) -> int:
    """Where the last value of a mapping ends; YAML's own end of a block is below its comments."""
    last = mapping.value[-1][1]
    while isinstance(last, yaml.MappingNode) and last.value and not last.flow_style:
        last = last.value[-1][1]
    end = last.end_mark.index
    return int(end)


def _lines(recorded: Mapping[str, str], indent: int) -> list[str]:
    return [f"{' ' * indent}{part}: {found}" for part, found in recorded.items()]


def _flow(recorded: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{part}: {found}" for part, found in recorded.items()) + "}"


def _below(text: str, end: int, lines: list[str]) -> Edit:
    """Lines below the one that holds the place ``end``, with line ends like those of the file."""
    found = _LINE_END.search(text)
    line_end = found[0] if found else "\n"
    block = "".join(line + line_end for line in lines)
    if end and text[end - 1] in "\r\n":
        return (end, end, block)
    following = _LINE_END.search(text, end)
    if following is None:
        return (len(text), len(text), line_end + block.removesuffix(line_end))
    return (following.end(), following.end(), block)


# --- reading it again ------------------------------------------------------------------------


def _without_record(text: str, file: str) -> object:
    return _plain(_parsed(text, file), "")


def _plain(node: Node, path: str) -> object:
    """The values without their places and without the record."""
    match node:
        case Entries():
            return [
                (key.text, _plain(value, f"{path}.{key.text}"))
                for key, value in node.entries
                if f"{path}.{key.text}" != f".{_BLOCK}.{_KEY}"
            ]
        case Scalar():
            return node.text
        case _:
            return [_plain(item, f"{path}[]") for item in node.items]


def _holds(text: str, recorded: Mapping[str, str], file: str) -> bool:
    node: Node | None = _parsed(text, file)
    for name in (_BLOCK, _KEY):
        entries = node.entries if isinstance(node, Entries) else ()
        node = next((value for key, value in entries if key.text == name), None)
    held = _plain(node, "") if node is not None else []
    return isinstance(held, list) and set(recorded.items()) <= set(held)


def _parsed(text: str, file: str) -> Node:
    report = Report()
    try:
        return parse_yaml(text, file, report)
    except Unreadable:
        return Scalar("", SourceSpan(file))
