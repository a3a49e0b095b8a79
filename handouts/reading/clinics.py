"""A clinic from its file."""

from __future__ import annotations

from handouts.diagnostics import ClinicError
from handouts.document import Clinic
from handouts.reading.clinic_file import CLINIC
from handouts.reading.library import Library
from handouts.reading.marked_yaml import read_yaml
from handouts.reading.picture_files import find_picture
from handouts.reading.report import Reading, Report, Unreadable


def read_clinic(library: Library, slug: str) -> Reading[Clinic]:
    """The clinic and what its keeper should know.

    Raises:
        NotFoundError: no such clinic.
        ClinicError: everything that is wrong with its file.
    """
    path = library.clinic_file(slug)
    report = Report()
    try:
        entries = CLINIC.read(read_yaml(path, report), report)
    except Unreadable:
        raise report.failure(ClinicError) from None
    logo = entries.pop("logo", None)
    if logo is not None:
        entries["logo"] = find_picture(path.parent, logo.file, report)
    return report.result(Clinic(slug=slug, **entries), ClinicError)
