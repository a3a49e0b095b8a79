"""A place that fsspec knows by its address: a bucket, a server, another machine's folder."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, BinaryIO

from handouts.batch.naming import STATE_FOLDER
from handouts.batch.stores import OF_ONE_FILE, Stamp, Unwritable
from handouts.diagnostics import Diagnostic, OutputError, SourceSpan, UsageError
from handouts.output import explained

# Where an object is there as a whole when its last byte has arrived. To move one would copy it.
_WHOLE_AT_ONCE = frozenset(
    {"abfs", "adl", "az", "gcs", "gs", "memory", "oss", "s3", "s3a"},
)
# Whose move puts a file into the folder that has its name.
_MOVES_INTO_FOLDERS = frozenset({"file", "local"})
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/]*@")  # there may be an @ in it


_PARTIAL = f"{STATE_FOLDER}/partial"


class BucketStore:
    """Credentials and other options are those of fsspec's own configuration.

    A file is known by its size alone: asking for more would take a request for each of them.
    """

    folder: Path | None = None

    def __init__(self, address: str) -> None:
        import fsspec

        self.shown = _PASSWORD.sub(r"\1@", address)
        try:
            self._files, root = fsspec.core.url_to_fs(address, **_trusting(address))
        except (ImportError, ValueError) as error:
            raise UsageError(
                Diagnostic(
                    f'nothing can write to "{self.shown}": {_said(error)}',
                    hint="install the package that it names, or name a folder",
                )
            ) from error
        except Exception as error:
            raise self._failure(error) from error
        self._root = root.rstrip("/")
        protocol = self._files.protocol
        names = {protocol} if isinstance(protocol, str) else set(protocol)
        self._is_whole_at_once = bool(names & _WHOLE_AT_ONCE)
        self._moves_into_folders = bool(names & _MOVES_INTO_FOLDERS)
        self._made: set[str] = set()
        self._numbers = count()
        self._token = os.urandom(4).hex()

    def prepare(self) -> None:
        with self._reaching():
            self._files.makedirs(self._root, exist_ok=True)

    def clear(self) -> None:
        for name in list(self.names(_PARTIAL)):
            self.remove(name)

    @contextmanager
    def _reaching(self, name: str = "") -> Iterator[None]:
        """Each kind of place has exceptions of its own; ``name`` is the file that is written."""
        try:
            yield
        except (OutputError, KeyboardInterrupt):
            raise
        except Exception as error:
            raise self._failure(error, name) from error

    def _failure(self, error: Exception, name: str = "") -> OutputError:
        place = SourceSpan(f"{self.shown}/{name}" if name else self.shown)
        if name and isinstance(error, OSError) and error.errno in OF_ONE_FILE:
            return OutputError(Diagnostic(f"the file cannot be written: {_said(error)}", place))
        return Unwritable(
            Diagnostic(
                f"the place cannot be used: {_said(error)}",
                place,
                hint="see whether it is there, and whether you may write to it",
            )
        )

    def write(self, name: str, pieces: Sequence[bytes]) -> Stamp:
        content = b"".join(pieces)
        with self._reaching(name), self._placing(name) as place:
            self._files.pipe_file(place, content)
        return Stamp(len(content), "")

    def write_from(self, name: str, fill: Callable[[BinaryIO], object]) -> tuple[Stamp, bytes]:
        with tempfile.TemporaryFile() as file:
            try:
                fill(file)
                file.flush()
            except OSError as error:
                raise Unwritable(explained(error, Path(tempfile.gettempdir(), name))) from error
            size = file.tell()
            file.seek(0)
            digest = hashlib.file_digest(file, "sha256").digest()
            file.seek(0)
            with (
                self._reaching(name),
                self._placing(name) as place,
                self._files.open(place, "wb") as target,
            ):
                while block := file.read(1 << 20):
                    target.write(block)
        return Stamp(size, ""), digest

    @contextmanager
    def _placing(self, name: str) -> Iterator[str]:
        """The path to write to; what is there in the end has the name."""
        path = f"{self._root}/{name}"
        if self._is_whole_at_once:
            yield path
            return
        temporary = f"{self._root}/{_PARTIAL}/{self._token}-{next(self._numbers)}"
        self._make(temporary)
        yield temporary
        self._make(path)
        if self._moves_into_folders and self._files.isdir(path):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        self._files.mv(temporary, path)

    def _make(self, path: str) -> None:
        folder = path.rpartition("/")[0]
        if folder not in self._made:
            self._files.makedirs(folder, exist_ok=True)
            self._made.add(folder)

    def read(self, name: str) -> bytes:
        try:
            return bytes(self._files.cat_file(f"{self._root}/{name}"))
        except FileNotFoundError as error:
            place = SourceSpan(f"{self.shown}/{name}")
            raise OutputError(Diagnostic("there is no such file", place)) from error
        except Exception as error:
            raise self._failure(error) from error

    def stamp(self, name: str) -> Stamp | None:
        size = self._sizes.get(name)
        return None if size is None else Stamp(size, "")

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """The files that are there, listed once: a request for each would take hours."""
        return dict(self._listed(self._root))

    def names(self, folder: str) -> Iterator[str]:
        return (name for name, _ in self._listed(f"{self._root}/{folder}"))

    def _listed(self, folder: str) -> Iterator[tuple[str, int]]:
        with self._reaching():
            self._files.invalidate_cache()
            try:
                found = self._files.find(folder, detail=True)
            except FileNotFoundError:
                return
            start = len(self._root) + 1
            for path, facts in found.items():
                yield path[start:], int(facts.get("size") or 0)

    def remove(self, name: str) -> None:
        with self._reaching():
            path = f"{self._root}/{name}"
            if self._files.exists(path):
                self._files.rm_file(path)


def _trusting(address: str) -> dict[str, Any]:
    """Whom to trust, where fsspec's configuration does not say: sshfs would trust any server.

    The empty list means those that ssh knows, by the file known_hosts.
    """
    import fsspec

    protocols = ("ssh", "sftp")
    if address.partition("://")[0] not in protocols:
        return {}
    told = any("known_hosts" in fsspec.config.conf.get(each, {}) for each in protocols)
    return {} if told else {"known_hosts": ()}


def _said(error: Exception) -> str:
    return _PASSWORD.sub(r"\1@", str(error) or type(error).__name__).rstrip(".")
