"""What is said of one patient, on the command line and in a file of notes.

No message repeats any of it: messages end up in logs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from handouts.diagnostics import (
    NOWHERE,
    ContentError,
    SourceSpan,
)
from handouts.languages import Languages
from handouts.patient import Patient
from handouts.reading.deceptive_text import advice_on, code_point, refused_characters
from handouts.reading.library import Library
from handouts.reading.phrases import Phrases, read_phrases
from handouts.reading.report import Reading, Report
from handouts.reading.shapes import nearest
from handouts.reading.tags import named
from handouts.request import Said

LARGEST_NOTE = 100_000  # bytes
FIRST_YEAR = 1900  # one before it is a slip of the pen, and before 1583 no Gregorian year
_APPOINTMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[ T]([0-9]{2}:[0-9]{2}))?")
_PHRASE = re.compile(r"phrase:\s*(.*)", re.IGNORECASE)


def read_patient(
    library: Library, said: Said, clinic: str, language: str, now: datetime
) -> Reading[Patient]:
    """What is to be printed for the patient, in the ``language`` of the sheet.

    ``now`` is the clinic's own time, without a time zone.

    Raises:
        ContentError: everything that is wrong with it.
        ClinicError: the clinic's phrase bank is wrong.
    """
    report = Report()
    for option, text in (("--patient-name", said.name), ("--clinician", said.clinician)):
        _check_characters(text, option, report)
    when = _appointment(said.appointment, now, report) if said.appointment else None
    notes: tuple[str, ...] = ()
    if said.notes is not None:
        found = read_phrases(library, clinic).value if clinic else {}
        notes = tuple(_notes(said.notes, found, language, library.registry(), report))
    name, clinician = (" ".join(text.split()) for text in (said.name, said.clinician))
    return report.result(Patient(name, when, clinician, notes), ContentError)


def _check_characters(text: str, option: str, report: Report) -> None:
    for _, column, character in refused_characters(text.splitlines() or [""]):
        report.error(
            f"character {column} after {option}, {code_point(character)}, cannot be printed",
            NOWHERE,
            hint=advice_on(character),
        )


def _appointment(text: str, now: datetime, report: Report) -> date | datetime | None:
    found = _APPOINTMENT.fullmatch(text.strip())
    expected = 'write it such as "2026-12-03 10:30", or without the time'
    if not found:
        report.error("the appointment is not written as a date", NOWHERE, hint=expected)
        return None
    try:
        when = _moment(found[1], found[2])
    except ValueError:
        report.error("there is no such date or time", NOWHERE, hint=expected)
        return None
    is_past = when < now if isinstance(when, datetime) else when < now.date()
    if is_past:
        report.warning("the appointment is in the past", NOWHERE, hint="check the year and the day")
    return when


def _moment(day: str, time: str | None) -> date | datetime:
    """Raises ValueError: there is no such day or time, or it is none of a clinic's."""
    when = datetime.fromisoformat(f"{day}T{time}") if time else date.fromisoformat(day)
    if when.year < FIRST_YEAR:
        raise ValueError(f"before {FIRST_YEAR}")
    return when


def _notes(
    path: Path, phrases: Phrases, language: str, languages: Languages, report: Report
) -> Iterator[str]:
    """Each line of the file as a paragraph: a phrase of the clinic's, or words as they stand."""
    file = path.as_posix()
    for number, line in enumerate(_lines(path, report), start=1):
        span = SourceSpan(file, number, 1)
        text = " ".join(line.split())
        if not text:
            continue
        for _, column, character in refused_characters([line]):
            report.error(
                f"the character {code_point(character)} cannot be printed",
                SourceSpan(file, number, column),
                hint=advice_on(character),
            )
        asked = _PHRASE.fullmatch(text)
        if asked is None:
            yield text
        elif (phrase := phrases.get(asked[1])) is None:
            known = sorted(phrases)
            report.error(
                "the clinic's phrase bank has no such phrase",
                span,
                hint=nearest(asked[1], known) if known else "the clinic has no phrases.yaml",
            )
        elif language not in phrase.value:
            report.error(
                f"the phrase is not translated into {named(language, languages)}",
                span,
                hint=f"it is there in {', '.join(sorted(phrase.value))}; add it to phrases.yaml",
            )
        else:
            yield phrase.value[language]


def _lines(path: Path, report: Report) -> list[str]:
    span = SourceSpan(path.as_posix())
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_NOTE + 1)
    except OSError:
        report.error("there is no file of notes that can be read", span)
        return []
    if len(data) > LARGEST_NOTE:
        report.error("the file is too large for notes to a patient", span)
        return []
    try:
        return data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        report.error("the file is not text in UTF-8", span, hint="save it as UTF-8")
        return []
