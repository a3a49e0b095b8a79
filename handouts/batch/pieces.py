"""Masters and imprints as bytes, to be kept in the cache and read back by any worker.

They are read back only whole: each carries its own digest. Nothing in them is ever run (as
unpickling would), and a value of another type than expected is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

import msgspec

from handouts.batch.naming import STATE_FOLDER
from handouts.pdf.imprint import Imprint
from handouts.pdf.master import Master

_MAGIC = b"handouts piece 1\n"
_DIGEST_SIZE = 16

Piece = TypeVar("Piece", "LaidOut", Imprint)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A master, and what an index and a report say of it. ``warnings`` are printed as they are."""

    master: Master
    title: str
    language: str
    is_draft: bool
    warnings: tuple[str, ...]


class CorruptPieceError(ValueError):
    """The bytes are not those of a whole piece."""


def packed(piece: LaidOut | Imprint) -> bytes:
    content = msgspec.msgpack.encode(piece)
    return _MAGIC + blake2b(content, digest_size=_DIGEST_SIZE).digest() + content


def unpacked(data: bytes, kind: type[Piece]) -> Piece:
    """Raises CorruptPieceError."""
    start = len(_MAGIC) + _DIGEST_SIZE
    content = data[start:]
    digest = blake2b(content, digest_size=_DIGEST_SIZE).digest()
    if data[:start] != _MAGIC + digest:
        raise CorruptPieceError
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except msgspec.MsgspecError as error:
        raise CorruptPieceError from error


def cache_name(key: bytes) -> str:
    """Where a piece is kept, in a store."""
    name = key.hex()
    return f"{STATE_FOLDER}/cache/{name[:2]}/{name[2:]}"
