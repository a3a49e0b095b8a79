"""A seal on a file: the hash of its bytes, beside it. With it, one wrong bit in the file shows."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path

_NOT_WHOLE = "damaged"  # the hash of nothing


class FalseSealError(Exception):
    """The file is not the one that was sealed."""


def seal(path: Path, *, is_whole: bool) -> None:
    """Seal a file that is done with; one that is not whole, so that nobody can take it for that.

    Raises OSError.
    """
    whole = path.with_suffix(".sealing")  # half a seal would be one of another file
    whole.write_text(_hash_of(path) if is_whole else _NOT_WHOLE, "ascii")
    whole.replace(_seal_of(path))


def break_seal(path: Path) -> bool:
    """Take the seal off a file that is about to change; False if it has none.

    Raises:
        FalseSealError: the seal is not that of the file.
        OSError: it cannot be taken off.
    """
    try:
        told = _seal_of(path).read_text("ascii", errors="replace")
    except OSError:
        return False
    _seal_of(path).unlink()
    if path.exists() and told != _hash_of(path):
        raise FalseSealError
    return True


def _seal_of(path: Path) -> Path:
    return path.with_suffix(".seal")


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "blake2b").hexdigest()
