"""Where the files go: a folder, or whatever fsspec knows by an address, such as a bucket.

A file appears under its name when it is whole, and not before.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from handouts.batch.naming import STATE_FOLDER
from handouts.diagnostics import Diagnostic, HandoutError, OutputError, SourceSpan
from handouts.output import explained

_PARTIAL = re.compile(r"\.[0-9a-f]{8}-[0-9]+\.part")

# What is wrong with one name only; with everything else no other file can be written either.
OF_ONE_FILE = frozenset({errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENAMETOOLONG})


class Stamp(NamedTuple):
    """What a file is known by without reading it. ``mark`` is compared, never ordered."""

    size: int
    mark: str


class Unwritable(OutputError):  # noqa: N818 (its parent is the error)
    """The place takes no more files at all: it is full, read-only or gone."""


class Store(Protocol):
    """Names are relative, with ``/``. Every method but ``stamp`` raises OutputError.

    ``shown`` names the place to a person, without passwords. ``folder`` is where it is on this
    machine, if it is.
    """

    shown: str
    folder: Path | None

    def prepare(self) -> None:
        """Make the place ready to be written to."""

    def clear(self) -> None:
        """Remove what killed runs left half-written."""

    def write(self, name: str, pieces: Sequence[bytes]) -> Stamp:
        """Put a file of these bytes under the name. Raises Unwritable, OutputError."""

    def write_from(self, name: str, fill: Callable[[BinaryIO], object]) -> tuple[Stamp, bytes]:
        """Put a file under the name that ``fill`` writes; its SHA-256 comes back too."""

    def read(self, name: str) -> bytes:
        """Raises OutputError if there is no such file."""

    def stamp(self, name: str) -> Stamp | None:
        """None if there is no such file."""

    def names(self, folder: str) -> Iterator[str]:
        """The names of the files below a folder; none if there is no such folder."""

    def remove(self, name: str) -> None:
        """Also where there is no such file. Folders that are empty then go too."""


def open_store(place: str) -> Store:
    """The store at a path, which need not exist, or at an address such as ``s3://bucket/sheets``.

    Raises:
        UsageError: nothing that is installed can write to such an address.
        OutputError: it cannot be made or reached.
    """
    if "://" not in place:
        return FolderStore(Path(place))
    from handouts.batch.buckets import BucketStore

    return BucketStore(place)


class FolderStore:
    """A folder on this machine. It is made if the one above it is there.

    Files are not waited for until the disk has them (fsync): a killed process loses nothing that
    it has written, and after a power cut the sizes tell what is not whole.
    """

    def __init__(self, root: Path) -> None:
        self.folder: Path | None = root
        self.shown = root.as_posix()
        self._root = str(root)
        self._made = {self._root}
        self._numbers = count()
        self._token = os.urandom(4).hex()

    def prepare(self) -> None:
        root = Path(self._root)
        try:
            for folder in (root, root / STATE_FOLDER):
                folder.mkdir(exist_ok=True)
        except OSError as error:
            raise Unwritable(explained(error, root / STATE_FOLDER)) from error

    def clear(self) -> None:
        for folder, _, names in os.walk(self._root):
            for name in names:
                if _PARTIAL.fullmatch(name):
                    path = Path(folder, name)
                    try:
                        path.unlink(missing_ok=True)
                    except OSError as error:
                        raise Unwritable(explained(error, path)) from error

    def write(self, name: str, pieces: Sequence[bytes]) -> Stamp:
        path, temporary = self._paths(name)
        try:
            self._make_folder_of(path)
            with open(temporary, "xb", buffering=0) as file:
                for piece in pieces:
                    _write_all(file, piece)
                found = os.fstat(file.fileno())
            os.replace(temporary, path)
        except OSError as error:
            raise self._failure(error, path, temporary) from error
        return Stamp(found.st_size, str(found.st_mtime_ns))

    def write_from(self, name: str, fill: Callable[[BinaryIO], object]) -> tuple[Stamp, bytes]:
        path, temporary = self._paths(name)
        try:
            self._make_folder_of(path)
            with open(temporary, "x+b") as file:
                fill(file)
                file.flush()
                file.seek(0)
                digest = hashlib.file_digest(file, "sha256").digest()
                found = os.fstat(file.fileno())
            os.replace(temporary, path)
        except OSError as error:
            raise self._failure(error, path, temporary) from error
        except HandoutError:  # what was to be put into it could not be had
            _delete(temporary)
            raise
        return Stamp(found.st_size, str(found.st_mtime_ns)), digest

    def _paths(self, name: str) -> tuple[str, str]:
        """The path of a file, and of what becomes it, in the same folder.

        To rename from one folder to another, Linux has one lock for the whole disk: two workers
        were as slow as one.
        """
        path = f"{self._root}/{name}"
        folder = path.rpartition("/")[0]
        return path, f"{folder}/.{self._token}-{next(self._numbers)}.part"

    def _make_folder_of(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder == self._root:
            self._check()
        elif folder not in self._made or not os.path.isdir(folder):
            self._made.discard(folder)
            try:
                self._make(folder)
            except FileNotFoundError:  # somebody took away what was made before
                self._made = {self._root}
                self._make(folder)

    def _make(self, folder: str) -> None:
        """Make a folder below the root, but never the root: a disk may have been taken off."""
        if folder not in self._made:
            self._make(folder.rpartition("/")[0])
            self._check()
            try:
                os.mkdir(folder)
            except FileExistsError:
                if not os.path.isdir(folder):
                    raise
            self._made.add(folder)

    def _check(self) -> None:
        """Raises FileNotFoundError: where the output was there is nothing, or another disk."""
        if not os.path.isdir(state := f"{self._root}/{STATE_FOLDER}"):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), state)

    def _failure(self, error: OSError, path: str, temporary: str) -> OutputError:
        _delete(temporary)
        kind = OutputError if error.errno in OF_ONE_FILE else Unwritable
        is_gone = not os.path.isdir(f"{self._root}/{STATE_FOLDER}")
        if error.errno in (errno.ENOENT, errno.ENOTDIR) and is_gone:
            what = "what was in the folder" if os.path.isdir(self._root) else "the folder"
            return Unwritable(
                Diagnostic(
                    f'{what} "{self.shown}" is no longer there',
                    SourceSpan(self.shown),
                    hint="see whether the disk is still connected, and run the command again",
                )
            )
        return kind(explained(error, Path(path)))

    def read(self, name: str) -> bytes:
        path = Path(self._root, name)
        try:
            return path.read_bytes()
        except FileNotFoundError as error:
            place = SourceSpan(path.as_posix())
            raise OutputError(Diagnostic("there is no such file", place)) from error
        except OSError as error:
            raise OutputError(explained(error, path)) from error

    def stamp(self, name: str) -> Stamp | None:
        try:
            found = os.stat(f"{self._root}/{name}")
        except OSError:
            return None
        return Stamp(found.st_size, str(found.st_mtime_ns))

    def names(self, folder: str) -> Iterator[str]:
        start = len(self._root) + 1
        for place, _, names in os.walk(f"{self._root}/{folder}"):
            below = place[start:].replace(os.sep, "/")
            yield from (f"{below}/{name}" for name in names)

    def remove(self, name: str) -> None:
        path = Path(self._root, name)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise Unwritable(explained(error, path)) from error
        for folder in path.relative_to(self._root).parents:
            if folder in (Path(), Path(STATE_FOLDER)):  # everybody counts on them
                break
            try:
                Path(self._root, folder).rmdir()
            except OSError:
                break
            self._made.discard(f"{self._root}/{folder.as_posix()}")


def _delete(path: str) -> None:
    with suppress(OSError):  # there may be none, nor a folder for it
        os.unlink(path)


def _write_all(file: BinaryIO, data: bytes) -> None:
    """A file without a buffer may take less than all of it, if the disk gets full."""
    written = file.write(data)
    while written < len(data):
        written += file.write(memoryview(data)[written:])
