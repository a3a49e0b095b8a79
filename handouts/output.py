"""Put a finished PDF under its name: whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from handouts.diagnostics import Diagnostic, OutputError, SourceSpan


def write_whole(path: Path, content: bytes) -> None:
    """Write to a temporary name in the same folder, then rename.

    A folder that is missing is made if the one above it is there.

    Raises:
        OutputError: the folder is missing or may not be written to, or the disk is full. Nothing
            is left behind.
    """
    temporary: Path | None = None
    try:
        if not path.parent.exists():
            path.parent.mkdir()
        name = path.parent / f".{path.name}.{os.urandom(4).hex()}.tmp"
        with name.open("xb") as file:
            temporary = name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise OutputError(explained(error, path)) from error
        raise


def explained(error: OSError, path: Path) -> Diagnostic:
    folder = path.parent.as_posix()
    match error.errno:
        case errno.ENOENT:
            message, hint = f'the folder "{folder}" does not exist', "make it, or name another one"
        case errno.ENOTDIR | errno.EEXIST:
            message, hint = f'"{folder}" is not a folder', "name another place with --output"
        case errno.EISDIR:
            message, hint = f'"{path.as_posix()}" is a folder', "add a file name to it"
        case errno.EACCES | errno.EPERM | errno.EROFS:
            message = f'nothing may be written to the folder "{folder}"'
            hint = "ask for the right to write there, or name another place with --output"
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            message = f'the disk is full: "{path.name}" was not written'
            hint = "make room and run the command again"
        case _:
            message, hint = f'"{path.as_posix()}" cannot be written: {error.strerror}', ""
    return Diagnostic(message, SourceSpan(path.as_posix()), hint=hint)
