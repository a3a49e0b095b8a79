"""What is said of a patient: how a time is written, and the limits of what can be read."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from handouts.diagnostics import ContentError
from handouts.languages import language, language_tags
from handouts.patient import Patient
from handouts.reading.patients import LARGEST_NOTE, read_patient
from handouts.request import Said
from tests.sheets import LIBRARY

NOW = datetime(2026, 11, 27, 9, 0)
TIME = datetime(2026, 12, 3, 16, 5)


def read(said: Said, tag: str = "en") -> Patient:
    return read_patient(LIBRARY, said, "riverside", tag, NOW).value


def faults(said: Said) -> list[tuple[int, int, str]]:
    with pytest.raises(ContentError) as caught:
        read(said)
    problems = caught.value.diagnostics
    return [(problem.span.line, problem.span.column, problem.message) for problem in problems]


def note(folder: Path, content: str | bytes) -> Said:
    file = folder / "notes.txt"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Said(notes=file)


# --- appointments ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("en", "Thursday, December 3, 2026 at 4:05\u202fPM"),
        ("es", "jueves, 3 de diciembre de 2026, 16:05"),
        ("de", "Donnerstag, 3. Dezember 2026 um 16:05"),
        ("ar", "الخميس، 3 ديسمبر 2026 في 4:05 م"),
        ("fa", "پنجشنبه ۳ دسامبر ۲۰۲۶ ساعت ۱۶:۰۵"),
        ("th", "วันพฤหัสบดีที่ 3 ธันวาคม 2569 เวลา 16:05"),
        ("zh-Hans", "2026年12月3日星期四 16:05"),
        ("ja", "2026年12月3日木曜日 16:05"),
        ("vi", "lúc 16:05 Thứ Năm, 3 tháng 12, 2026"),
    ],
)
def test_a_time_is_written_with_its_day_as_the_language_does(tag: str, expected: str) -> None:
    assert language(tag).appointment(TIME).replace("\u00a0", " ") == expected


@pytest.mark.parametrize("tag", language_tags())
def test_no_two_times_of_a_week_are_written_alike(tag: str) -> None:
    """Morning and evening too, in languages that count to twelve."""
    times = [datetime(2026, 12, day, hour, 30) for day in range(1, 8) for hour in range(24)]

    assert len({language(tag).appointment(time) for time in times}) == len(times)


@pytest.mark.parametrize("written", ["2026-11-27 09:00", "2026-11-27 23:59", "2026-11-27"])
def test_today_is_not_past_before_its_time(written: str) -> None:
    assert read_patient(LIBRARY, Said(appointment=written), "", "en", NOW).warnings == ()


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-03 10:30 at the clinic",
        "2026-12-03 10:30:00",
        "2026-12-03 10:30Z",
        "2026-12-03T10:30+01:00",
        "2026-12-03  10:30",
        "2026-12-03 9:30",
        "2026-12-03 ١٠:٣٠",
        "2026-12-03\n10:30",
        "20261203",
        "2026-W49-4",
        "-",
    ],
)
def test_what_could_be_meant_in_two_ways_is_not_guessed(written: str) -> None:
    with pytest.raises(ContentError) as caught:
        read(Said(appointment=written))
    (problem,) = caught.value.diagnostics

    assert problem.message == "the appointment is not written as a date"
    assert problem.hint == 'write it such as "2026-12-03 10:30", or without the time'


@pytest.mark.parametrize("written", ["2027-02-29", "2026-12-03 24:00", "2026-12-03 10:60"])
def test_there_is_no_such_day_or_time(written: str) -> None:
    assert faults(Said(appointment=written)) == [(0, 0, "there is no such date or time")]


def test_the_leap_day_is_a_day() -> None:
    assert read(Said(appointment="2028-02-29")).appointment == date(2028, 2, 29)


# --- names -----------------------------------------------------------------------------------


def test_spaces_in_names_are_single_ones() -> None:
    patient = read(Said(name="  Ana \t Ruiz\n", clinician=" Dr.  Lee "))

    assert (patient.name, patient.clinician) == ("Ana Ruiz", "Dr. Lee")


@pytest.mark.parametrize(
    "name", ["José", "محمد علي", "王小明", "O’Neil-Ångström", "Ann <b>*x*</b>"]
)
def test_a_name_is_taken_as_it_is_written(name: str) -> None:
    assert read(Said(name=name)).name == name


def test_characters_that_cannot_be_printed_are_told_by_their_place_alone() -> None:
    said = Said(name="Quetzal\u202ewing", clinician="Vex\u200b\u0007")
    found = [message for _, _, message in faults(said)]

    assert found[0].startswith("character 8 after --patient-name, U+202E")
    assert found[1:]
    assert all(message.startswith("character ") for message in found)
    assert all("--clinician" in message for message in found[1:])
    assert not any(word in message for message in found for word in ("Quetzal", "wing", "Vex"))


# --- notes -----------------------------------------------------------------------------------


def test_each_line_is_a_paragraph_and_empty_lines_are_none(tmp_path: Path) -> None:
    said = note(tmp_path, "\n  One.\r\n\r\nTwo  words.\n \t \nThree.")

    assert read(said).notes == ("One.", "Two words.", "Three.")


@pytest.mark.parametrize("content", ["", "\n \r\n", "\ufeff"])
def test_a_file_without_notes_leaves_lines_to_write_on(content: str, tmp_path: Path) -> None:
    assert read(note(tmp_path, content)).notes == ()


@pytest.mark.parametrize("line", ["Ask for the phrase: hello", "phrases: none", "phrase bring"])
def test_only_a_line_that_begins_so_names_a_phrase(line: str, tmp_path: Path) -> None:
    assert read(note(tmp_path, line)).notes == (line,)


@pytest.mark.parametrize("tag", ["en", "es", "ar", "zh-Hans", "vi"])
def test_a_phrase_is_printed_in_the_language_of_the_sheet(tag: str, tmp_path: Path) -> None:
    """Beside it the free words stay as they are."""
    bank = (LIBRARY.root / "clinics/riverside/phrases.yaml").read_text("utf-8")
    first, free = read(note(tmp_path, "PHRASE:interpreter\nFree words."), tag).notes

    assert f"\n  {tag}: {first}\n" in bank.partition("\ninterpreter:")[2] + "\n"
    assert free == "Free words."


def test_the_largest_file_of_notes_is_read_and_no_larger_one(tmp_path: Path) -> None:
    text = "word " * (LARGEST_NOTE // 5)

    assert len(read(note(tmp_path, text)).notes) == 1
    assert faults(note(tmp_path, text + "x")) == [
        (0, 0, "the file is too large for notes to a patient")
    ]


def test_every_line_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    said = note(tmp_path, "phrase: nothing\nAs it is.\nab\u202ec\nphrase: none\n")
    found = faults(said)

    assert [(line, column) for line, column, _ in found] == [(1, 1), (3, 3), (4, 1)]
    assert not any("nothing" in message or "none" in message for _, _, message in found)
