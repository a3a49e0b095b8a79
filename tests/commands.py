"""The command line in tests: a small library to work on, and the command with what it answers."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from handouts.cli import main
from tests.reading.examples import CLINIC_FILE, FACTS_FILE, FILES, WORDS_FILE, write_library

PICTURE_FILE = "handouts/asthma/pictures/inhaler.svg"
LOGO_FILE = "clinics/riverside/logo.svg"
CHECKOUT = Path(__file__).parent.parent

Changes = dict[str, str | bytes | None]


@dataclass(frozen=True, slots=True)
class Answer:
    exit_code: int
    stdout: str
    stderr: str


def drawing(inside: str = "") -> str:
    """An SVG drawing of 90 by 40 points with something painted in it."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90pt" height="40pt" viewBox="0 0 90 40">'
        f'<rect width="90" height="40" fill="#336699"/>{inside}</svg>\n'
    )


def make_library(changes: Changes | None = None) -> Path:
    """The folder ``library`` in the current one: the example library, with changes."""
    drawings: Changes = {PICTURE_FILE: drawing(), LOGO_FILE: drawing()}
    return write_library(Path("library"), drawings | (changes or {})).root


def instead(file: str, old: str, new: str) -> Changes:
    """The change of a piece of text that stands in the file once or more, the first time."""
    assert old in FILES[file]
    return {file: FILES[file].replace(old, new, 1)}


def section_text(text: str) -> Changes:
    """The change of a section's text; it then begins in line 12, column 5."""
    indented = "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
    return instead(WORDS_FILE, "    Use your inhaler.\n", indented)


def in_clinic(lines: str) -> Changes:
    """More lines at the end of the clinic's file, from line 7 on."""
    return {CLINIC_FILE: FILES[CLINIC_FILE] + lines}


def command(*arguments: str | Path) -> Answer:
    """The command with these arguments, in this process."""
    try:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    finally:
        gc.enable()  # a build counts on its process to end
    return Answer(result.exit_code, result.stdout, result.stderr)


def build(*options: str | Path) -> Answer:
    """Build the example handout for the example clinic as ``sheet.pdf``."""
    return command("build", "asthma", "--library", "library", "--clinic", "riverside",
                   "--output", "sheet.pdf", *options)  # fmt: skip


def process(*arguments: str | Path, largest_file: int | None = None) -> Answer:
    """The command in a process of its own, which may write no file of more bytes than said."""
    script = "from handouts.cli import main; main()"
    if largest_file is not None:
        limits = f"resource.RLIMIT_FSIZE, ({largest_file}, {largest_file})"
        script = f"import resource; resource.setrlimit({limits}); {script}"
    run = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONUTF8": "1", "PYTHONPATH": str(CHECKOUT)},
    )
    return Answer(run.returncode, run.stdout, run.stderr)


__all__ = [
    "CHECKOUT",
    "CLINIC_FILE",
    "FACTS_FILE",
    "FILES",
    "LOGO_FILE",
    "PICTURE_FILE",
    "WORDS_FILE",
    "Answer",
    "build",
    "command",
    "drawing",
    "in_clinic",
    "instead",
    "make_library",
    "process",
    "section_text",
]
