"""A clinic's phrase bank, ``phrases.yaml``: notes for patients, translated beforehand."""

from __future__ import annotations

from handouts.diagnostics import ClinicError
from handouts.reading.leaves import LANGUAGE_TAG, SLUG, Text
from handouts.reading.library import Library, is_file
from handouts.reading.marked_yaml import read_yaml
from handouts.reading.report import Reading, Report, Unreadable
from handouts.reading.shapes import Located, MapOf, Marked

PHRASES_FILE = "phrases.yaml"

PHRASES = MapOf(
    SLUG,
    Marked(MapOf(LANGUAGE_TAG, Text(), 'en: "Bring this sheet to your next visit."')),
    "bring-this-sheet: {en: ..., es: ...}",
)

Phrases = dict[str, Located[dict[str, str]]]
"""By its name, each phrase in every language that it has."""


def read_phrases(library: Library, clinic: str) -> Reading[Phrases]:
    """The phrases of a clinic; none if it has no such file.

    Raises:
        NotFoundError: no such clinic.
        ClinicError: everything that is wrong with the file.
    """
    report = Report()
    path = library.clinic_file(clinic).with_name(PHRASES_FILE)
    if not is_file(path):
        return report.result({}, ClinicError)
    try:
        phrases = PHRASES.read(read_yaml(path, report), report)
    except Unreadable:
        raise report.failure(ClinicError) from None
    known = library.registry().tags()
    for name, phrase in phrases.items():
        for tag in phrase.value:
            if tag not in known:
                report.warning(
                    f'the phrase "{name}" is never printed in the language "{tag}": the program '
                    "has no words in it",
                    phrase.span,
                    hint="write strings for it, or delete it",
                )
    return report.result(phrases, ClinicError)
