"""Start a library: a folder with one handout and one clinic to edit, and the schemas."""

from __future__ import annotations

import shutil
from pathlib import Path

from handouts.diagnostics import Diagnostic, OutputError, SourceSpan
from handouts.places import CONTENT, STARTER


def start_library(folder: Path) -> None:
    """Fill a folder that does not exist yet or is empty. If that fails, nothing is left in it.

    Raises:
        OutputError: there is something in the folder already, or it cannot be written to.
    """
    span = SourceSpan(folder.as_posix())
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise OutputError(
                Diagnostic(
                    f'there is something in "{folder.as_posix()}" already',
                    span,
                    hint="name a new folder, or an empty one",
                )
            )
        is_new = not folder.exists()
        try:
            _copy(STARTER, folder)
            _copy(CONTENT / "schemas", folder / "schemas")
        except BaseException:
            _clear(folder, is_new)
            raise
    except OSError as error:
        raise OutputError(
            Diagnostic(f"the library cannot be written: {(error.strerror or '').lower()}", span)
        ) from error


def _copy(source: Path, target: Path) -> None:
    """Copy the files without their rights: what is installed may be read only."""
    for file in sorted(source.rglob("*")):
        if file.is_file():
            copy = target / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())


def _clear(folder: Path, is_new: bool) -> None:
    if is_new:
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.is_dir():
        for child in folder.iterdir():
            shutil.rmtree(child, ignore_errors=True) if child.is_dir() else child.unlink()
