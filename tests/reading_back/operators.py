"""The operators of a content stream with their operands (ISO 32000-1, 7.8.2).

Strings come as ``bytes``, names as ``Name``, numbers as ``float`` or ``int``, arrays as ``list``,
dictionaries as ``dict`` keyed by plain ``str``. Inline images, which this project does not write,
are an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

Operand: TypeAlias = "bytes | Name | int | float | bool | list[Operand] | dict[str, Operand] | None"


class Name(str):
    """A name object, without its slash."""

    __slots__ = ()


class ContentStreamError(ValueError):
    """A content stream that cannot be read."""


_TOKEN = re.compile(
    rb"""[\x00\t\n\f\r ]+ | %[^\r\n]*
    | (?P<number>[+-]?(?:\d+\.?\d*|\.\d+))(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)
    | /(?P<name>[^\x00\t\n\f\r ()<>\[\]{}/%]*)
    | (?P<mark><<|>>|\[|\])
    | <(?P<hex>[0-9A-Fa-f\x00\t\n\f\r ]*)>
    | (?P<string>\()
    | (?P<word>[^\x00\t\n\f\r ()<>\[\]{}/%]+)""",
    re.VERBOSE,
)
_IN_STRING = re.compile(rb"\\([0-7]{1,3}|\r\n|.)|\r\n?|[()]", re.DOTALL)
_ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_WORDS: dict[bytes, bool | None] = {b"true": True, b"false": False, b"null": None}
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")


def operators(data: bytes) -> Iterator[tuple[str, list[Operand]]]:
    """Each operator with the operands that stand before it."""
    operands: list[Operand] = []
    open_containers: list[tuple[bytes, list[Operand]]] = []
    position = 0
    while position < len(data):
        token = _TOKEN.match(data, position)
        if token is None:
            raise ContentStreamError(f"unexpected {data[position : position + 20]!r}")
        position = token.end()
        kind, value = token.lastgroup, token[token.lastgroup or 0]
        if kind == "number":
            operands.append(float(value) if b"." in value else int(value))
        elif kind == "name":
            operands.append(_name(value))
        elif kind == "hex":
            operands.append(_hexadecimal(value))
        elif kind == "string":
            string, position = _literal(data, position)
            operands.append(string)
        elif kind == "mark" and value in (b"<<", b"["):
            open_containers.append((value, operands))
            operands = []
        elif kind == "mark":
            if not open_containers or (open_containers[-1][0] == b"[") != (value == b"]"):
                raise ContentStreamError(f"unbalanced {value.decode()}")
            _, outer = open_containers.pop()
            outer.append(operands if value == b"]" else _dictionary(operands))
            operands = outer
        elif kind == "word" and value in _WORDS:
            operands.append(_WORDS[value])
        elif kind == "word":
            if value == b"BI" or open_containers:
                raise ContentStreamError(f"unexpected {value.decode('latin-1')}")
            yield value.decode("latin-1"), operands
            operands = []
    if operands or open_containers:
        raise ContentStreamError("operands without an operator at the end")


def _name(raw: bytes) -> Name:
    return Name(_NAME_ESCAPE.sub(lambda m: bytes([int(m[1], 16)]), raw).decode("latin-1"))


def _hexadecimal(raw: bytes) -> bytes:
    digits = bytes(c for c in raw if c not in b"\x00\t\n\f\r ")
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _literal(data: bytes, start: int) -> tuple[bytes, int]:
    """The literal string whose first byte is at ``start``, and where it ends (7.3.4.2)."""
    out = bytearray()
    depth = 1
    position = start
    for special in _IN_STRING.finditer(data, start):
        out += data[position : special.start()]
        position = special.end()
        escaped = special[1]
        if escaped is None and special[0] in b"()":
            depth += 1 if special[0] == b"(" else -1
            if depth == 0:
                return bytes(out), position
            out += special[0]
        elif escaped is None:
            out += b"\n"
        elif escaped[0] in b"01234567":
            out.append(int(escaped, 8) & 0xFF)
        elif escaped not in (b"\n", b"\r", b"\r\n"):
            out += _ESCAPES.get(escaped, escaped)
    raise ContentStreamError("a string that does not end")


def _dictionary(items: list[Operand]) -> dict[str, Operand]:
    if len(items) % 2 or not all(isinstance(key, Name) for key in items[::2]):
        raise ContentStreamError(f"a dictionary that does not pair keys with values: {items}")
    return {str(key): value for key, value in zip(items[::2], items[1::2], strict=True)}
