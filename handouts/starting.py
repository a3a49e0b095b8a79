"""Start a library: a folder with one handout and one clinic to edit, and the schemas."""

from __future__ import annotations

import shutil
from pathlib import Path

from handouts.diagnostics import Diagnostic, OutputError, SourceSpan
from handouts.places import CONTENT, STARTER


def start_library(folder: Path) -> None:
    """Fill a folder that does not exist yet or is empty.

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
        shutil.copytree(STARTER, folder, dirs_exist_ok=True)
        shutil.copytree(CONTENT / "schemas", folder / "schemas")
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or "some files could not be copied"
        raise OutputError(
            Diagnostic(f"the library cannot be written: {reason.lower()}", span)
        ) from error
