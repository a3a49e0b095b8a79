"""Fingerprints of content: what it says, apart from where and how it is written down.

Two files that read alike have one fingerprint, whatever their comments, line ends or folder. A
field that has its default says nothing and counts for nothing, so that a document type can get a
new field and every fingerprint that was written down stays true.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

# Crockford's base 32: no letter that is taken for a digit or for another letter.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def fingerprint(value: object) -> str:
    """SHA-256 in hexadecimal of a document value; source places count for nothing.

    A file counts by its bytes, not by its name.
    """
    pieces: list[str] = []
    _collect(value, pieces)
    return hashlib.sha256("".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()


def short_code(value: object) -> str:
    """Eight characters, as ``K7QF-3M2P``, that a person can write into a chart."""
    number = int(fingerprint(value)[:10], 16)
    letters = [_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def _collect(value: object, pieces: list[str]) -> None:
    """Add a form of the value in which no two values look alike: each text tells its length."""
    if isinstance(value, str):
        pieces.append(f"S{len(value)}:{value}")
    elif isinstance(value, (tuple, list)):
        pieces.append(f"L{len(value)}[")
        for item in value:
            _collect(item, pieces)
    elif value is None or isinstance(value, (bool, int, float)):
        pieces.append(f"V{value!r};")
    elif isinstance(value, Path):
        pieces.append(f"F{hashlib.sha256(value.read_bytes()).hexdigest()}")
    elif isinstance(value, Mapping):
        pieces.append(f"M{len(value)}{{")
        for key in sorted(value):
            _collect(key, pieces)
            _collect(value[key], pieces)
    elif is_dataclass(value) and not isinstance(value, type):
        pieces.append(f"{type(value).__name__}(")
        for name, default in _told(type(value)):
            told = getattr(value, name)
            if told != default:
                pieces.append(f"{name}=")
                _collect(told, pieces)
        pieces.append(")")
    else:
        raise TypeError(f"no fingerprint for {type(value).__name__}")


@cache
def _told(kind: type) -> tuple[tuple[str, object], ...]:
    """The fields of a document type with their defaults: all but the place it was written at."""
    return tuple(
        (field.name, _default(field))
        for field in fields(kind)
        if field.name not in ("span", "places")
    )


def _default(field: Field[Any]) -> object:
    """The field's default, or MISSING, which equals no value."""
    return field.default if field.default_factory is MISSING else field.default_factory()
