"""Picture files that content names: inside the folder of their content, and of a known kind."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from handouts.reading.library import is_file, leads_into
from handouts.reading.report import Report
from handouts.reading.shapes import Located, nearest

_KINDS = (".svg", ".png", ".jpg", ".jpeg")


def find_picture(folder: Path, name: Located[str], report: Report) -> Path:
    """The path of a picture that a file in ``folder`` names. Faults are reported."""
    written = name.value
    parts = PurePosixPath(written).parts
    path = folder / PurePosixPath(written)
    is_path_elsewhere = PureWindowsPath(written).anchor or "\\" in written or ".." in parts
    if is_path_elsewhere or not leads_into(path, folder):
        report.error(
            f'the picture file "{written}" is outside the folder of this file',
            name.span,
            hint="copy the picture into the folder and write its name with `/`, "
            "such as pictures/neuron.svg",
        )
    elif path.suffix.lower() not in _KINDS:
        report.error(
            f'the picture file "{written}" is of a kind that cannot be printed',
            name.span,
            hint="use .svg, .png or .jpg",
        )
    elif not is_file(path):
        there = sorted(
            str(file.relative_to(folder).as_posix())
            for file in folder.rglob("*")
            if file.suffix.lower() in _KINDS and is_file(file)
        )
        report.error(
            f'there is no picture file "{written}"',
            name.span,
            hint=nearest(written, there) if there else "put the picture there",
        )
    return path
