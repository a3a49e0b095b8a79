"""Entries of pypdf's dictionaries, whether they stand there or are referred to."""

from __future__ import annotations

from typing import Any

from pypdf.generic import IndirectObject, decode_pdfdocencoding


def lookup(dictionary: Any, key: str, default: Any = None) -> Any:
    """The object under the key; ``get`` of a pypdf dictionary would leave a reference."""
    return dictionary[key] if key in dictionary else default  # noqa: SIM401


def items(dictionary: Any, key: str) -> list[Any]:
    """What stands under the key, one or many, as a list of objects or references."""
    if key not in dictionary:
        return []
    found = dictionary[key]
    return list(found) if isinstance(found, list) else [dictionary.raw_get(key)]


def string(dictionary: Any, key: str) -> str:
    """The text string under the key, or an empty one."""
    return text_string(dictionary[key]) if key in dictionary else ""


def object_number(reference: Any) -> int:
    """The number of the object that is referred to; 0 for a direct object."""
    return reference.idnum if isinstance(reference, IndirectObject) else 0


def text_string(value: Any) -> str:
    """A text string (7.9.2.2) from its bytes, or from pypdf's own reading of them."""
    raw = value if isinstance(value, bytes) else value.original_bytes
    if raw.startswith(b"\xfe\xff"):
        return str(raw[2:].decode("utf-16-be"))
    if raw.startswith(b"\xef\xbb\xbf"):
        return str(raw[3:].decode("utf-8"))
    return decode_pdfdocencoding(raw)
