"""A clinic from its file."""

from __future__ import annotations

from collections.abc import Mapping

from handouts.clinic import Clinic
from handouts.diagnostics import ClinicError
from handouts.languages import Languages
from handouts.reading.clinic_file import CLINIC
from handouts.reading.library import Library
from handouts.reading.marked_yaml import read_yaml
from handouts.reading.picture_files import find_picture
from handouts.reading.report import Reading, Report, Unreadable
from handouts.reading.shapes import Located
from handouts.reading.tags import nearest_tag


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
    interpreter = entries.pop("interpreter", {})
    tag = entries.get("language", "")
    if interpreter or tag:
        languages = library.registry()
        _check_interpreter(interpreter, languages, report)
        if tag and tag not in languages.tags():
            close = nearest_tag(tag, languages.tags(), languages)
            report.warning(
                f'no sheet can be made in the clinic\'s language "{tag}": the program has no words '
                "in it",
                entries["places"]["language"],
                hint=f'did you mean "{close}"?'
                if close
                else "name another, or write strings for it",
            )
        entries["interpreter"] = {tag: text.value for tag, text in interpreter.items()}
    return report.result(Clinic(slug=slug, **entries), ClinicError)


def _check_interpreter(
    interpreter: Mapping[str, Located[str]], languages: Languages, report: Report
) -> None:
    tags = languages.tags()
    for tag, text in interpreter.items():
        if tag not in tags:
            close = nearest_tag(tag, tags, languages)
            report.warning(
                f'this line is never printed: the program has no words in the language "{tag}"',
                text.span,
                hint=f'did you mean "{close}"?' if close else "write strings for it, or delete it",
            )
