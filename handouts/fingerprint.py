"""Fingerprints of content: what it says, apart from where and how it is written down.

Two files that read alike have one fingerprint, whatever their comments, line ends or folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path

from handouts.diagnostics import SourceSpan

# Crockford's base 32: no letter that is taken for a digit or for another letter.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def fingerprint(value: object) -> str:
    """SHA-256 in hexadecimal of a document value; source places count for nothing.

    A file counts by its bytes, not by its name.
    """
    digest = hashlib.sha256()
    for piece in _pieces(value):
        digest.update(piece)
    return digest.hexdigest()


def short_code(value: object) -> str:
    """Eight characters, as ``K7QF-3M2P``, that a person can write into a chart."""
    number = int(fingerprint(value)[:10], 16)
    letters = [_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def _pieces(value: object) -> Iterator[bytes]:
    match value:
        case SourceSpan():
            return
        case Path():
            yield b"F" + hashlib.sha256(value.read_bytes()).digest()
        case Enum():
            yield from _pieces(value.value)
        case str():
            encoded = value.encode()
            yield b"S%d:" % len(encoded) + encoded
        case None | bool() | int() | float():
            yield f"V{value!r};".encode()
        case Mapping():
            yield b"M%d{" % len(value)
            for key in sorted(value):
                yield from _pieces(key)
                yield from _pieces(value[key])
        case tuple() | list():
            yield b"L%d[" % len(value)
            for item in value:
                yield from _pieces(item)
        case _ if is_dataclass(value):
            yield type(value).__name__.encode() + b"("
            for field in fields(value):
                yield from _pieces(getattr(value, field.name))
            yield b")"
        case _:
            raise TypeError(f"no fingerprint for {type(value).__name__}")
