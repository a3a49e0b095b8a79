"""What a worker has at hand: the pieces it used last, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """The piece that was not used for the longest time makes room first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._pieces: OrderedDict[bytes, tuple[T, int]] = OrderedDict()

    def get(self, key: bytes) -> T | None:
        found = self._pieces.get(key)
        if found is None:
            return None
        self._pieces.move_to_end(key)
        return found[0]

    def put(self, key: bytes, piece: T, size: int) -> None:
        """``size`` is the piece's bytes. One that is larger than the shelf is not kept."""
        if key in self._pieces:
            self.bytes -= self._pieces.pop(key)[1]
        if size > self.most_bytes:
            return
        self._pieces[key] = (piece, size)
        self.bytes += size
        while self.bytes > self.most_bytes:
            _, (_, freed) = self._pieces.popitem(last=False)
            self.bytes -= freed
