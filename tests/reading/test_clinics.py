from __future__ import annotations

from pathlib import Path

import pytest

from handouts.clinic import Palette, Phone
from handouts.diagnostics import ClinicError
from handouts.reading.clinics import read_clinic
from tests.reading.examples import CLINIC, CLINIC_FILE, write_library

WHOLE = """\
name: Lakeside Clinic
country: GB
language: en
paper: a4
emergency_number: 999
phones:
  - {number: 020 7946 0123}
  - {label: Nurse line, number: "020 7946 0124"}
address: [1 Lake Road, London]
hours: [Monday to Friday]
web: https://lakeside.example.org
check_address: https://lakeside.example.org/check
logo: {file: logo.svg}
palette: {accent: "#005EB8"}
"""


def test_a_clinic_holds_what_its_file_says(tmp_path: Path) -> None:
    clinic, warnings = read_clinic(write_library(tmp_path, {CLINIC_FILE: WHOLE}), "riverside")
    assert warnings == ()
    assert (clinic.slug, clinic.name, clinic.country) == ("riverside", "Lakeside Clinic", "GB")
    assert (clinic.language, clinic.paper, clinic.emergency_number) == ("en", "a4", "999")
    assert clinic.phones == (Phone("020 7946 0123"), Phone("020 7946 0124", "Nurse line"))
    assert (clinic.address, clinic.hours) == (("1 Lake Road", "London"), ("Monday to Friday",))
    assert clinic.web == "https://lakeside.example.org"
    assert clinic.check_address == "https://lakeside.example.org/check"
    assert clinic.logo == tmp_path / "clinics/riverside/logo.svg"
    assert clinic.palette.accent == "#005EB8"
    assert clinic.palette.emergency == Palette().emergency
    assert clinic.palette.span.line == 14


def test_a_clinic_needs_no_logo(tmp_path: Path) -> None:
    plain = CLINIC.replace("logo: {file: logo.svg}\n", "")
    clinic = read_clinic(write_library(tmp_path, {CLINIC_FILE: plain}), "riverside").value
    assert clinic.logo is None
    assert (clinic.paper, clinic.language) == ("letter", "en")


def test_a_clinic_says_by_language_how_to_get_an_interpreter(tmp_path: Path) -> None:
    text = CLINIC + 'interpreter: {so: "Turjubaan: wac 1", zh-Hans: 口译}\n'
    clinic, warnings = read_clinic(write_library(tmp_path, {CLINIC_FILE: text}), "riverside")
    assert warnings == ()
    assert clinic.interpreter == {"so": "Turjubaan: wac 1", "zh-Hans": "口译"}


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ("zh-hans", 'did you mean "zh-Hans"?'),
        ("pt", 'did you mean "pt-BR"?'),
        ("qaa", "write strings for it, or delete it"),
    ],
)
def test_an_interpreter_in_a_language_without_strings_is_a_warning(
    tmp_path: Path, tag: str, hint: str
) -> None:
    text = f"{CLINIC}interpreter:\n  es: Intérprete\n  {tag}: Interpreter\n"
    library = write_library(tmp_path, {CLINIC_FILE: text})
    (warning,) = read_clinic(library, "riverside").warnings
    assert warning.message == (
        f'this line is never printed: the program has no words in the language "{tag}"'
    )
    assert (warning.span.line, warning.span.path) == (9, f"interpreter.{tag}")
    assert warning.hint == hint


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("english: Call us", 'expected a language tag such as en, es or zh-Hans, found "english"'),
        ("es: [llame]", "expected text, found a list"),
        ("fr:", "expected text, found nothing"),
    ],
)
def test_an_interpreter_has_a_language_tag_and_words(
    tmp_path: Path, entry: str, message: str
) -> None:
    text = f"{CLINIC}interpreter:\n  {entry}\n"
    with pytest.raises(ClinicError) as raised:
        read_clinic(write_library(tmp_path, {CLINIC_FILE: text}), "riverside")
    assert [problem.message for problem in raised.value.diagnostics] == [message]
