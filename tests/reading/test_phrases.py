"""A clinic's phrase bank: what it holds, and each mistake in it told with its place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from handouts.diagnostics import ClinicError, ContentError, NotFoundError
from handouts.reading.patients import read_patient
from handouts.reading.phrases import Phrases, read_phrases
from handouts.reading.report import Reading
from handouts.request import Said
from tests.reading.examples import write_library
from tests.sheets import CLINICS, LIBRARY

BANK = "clinics/riverside/phrases.yaml"
NOW = datetime(2026, 11, 27, 9, 0)


def read(folder: Path, text: str | bytes) -> Reading[Phrases]:
    return read_phrases(write_library(folder, {BANK: text}), "riverside")


def wrong(folder: Path, text: str | bytes) -> list[tuple[int, int, str]]:
    with pytest.raises(ClinicError) as caught:
        read(folder, text)
    problems = caught.value.diagnostics
    assert {problem.span.file for problem in problems} == {(folder / BANK).as_posix()}
    return [(problem.span.line, problem.span.column, problem.message) for problem in problems]


def test_a_phrase_is_found_by_its_name_in_every_language_that_it_has(tmp_path: Path) -> None:
    found = read(tmp_path, "bring-it: {en: Bring it., zh-Hans: 带来。}\nnumber-2:\n  en: Call 3.\n")

    assert found.warnings == ()
    assert {name: phrase.value for name, phrase in found.value.items()} == {
        "bring-it": {"en": "Bring it.", "zh-Hans": "带来。"},
        "number-2": {"en": "Call 3."},
    }


def test_a_clinic_needs_no_phrases(tmp_path: Path) -> None:
    library = write_library(tmp_path)
    note = tmp_path / "notes.txt"
    note.write_text("Free words.\n")

    assert read_phrases(library, "riverside").value == {}
    said = Said(notes=note)
    assert read_patient(library, said, "riverside", "en", NOW).value.notes == ("Free words.",)


@pytest.mark.parametrize("clinic", ["riverside", ""])
def test_a_phrase_where_there_are_none_is_told(clinic: str, tmp_path: Path) -> None:
    library = write_library(tmp_path)
    note = tmp_path / "notes.txt"
    note.write_text("phrase: bring-it\n")
    with pytest.raises(ContentError) as caught:
        read_patient(library, Said(notes=note), clinic, "en", NOW)
    (problem,) = caught.value.diagnostics

    assert problem.message == "the clinic's phrase bank has no such phrase"
    assert problem.hint == "the clinic has no phrases.yaml"
    assert (problem.span.file, problem.span.line) == (note.as_posix(), 1)


def test_phrases_of_no_clinic_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_phrases(write_library(tmp_path), "hillside")


@pytest.mark.parametrize("clinic", [name for name in CLINICS if name])
def test_nothing_is_wrong_with_the_phrases_that_come_with_the_program(clinic: str) -> None:
    found = read_phrases(LIBRARY, clinic)

    assert found.value
    assert found.warnings == ()


def test_a_language_without_words_in_the_program_is_a_warning(tmp_path: Path) -> None:
    (warning,) = read(tmp_path, "one: {en: x}\nbring-it: {en: x, xx: y}\n").warnings

    assert warning.message == (
        'the phrase "bring-it" is never printed in the language "xx": the program has no words in '
        "it"
    )
    assert (warning.span.line, warning.hint) == (2, "write strings for it, or delete it")


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("- a\n", 1, 1, "the file does not hold keys with values"),
        ("a: b\n", 1, 4, "expected keys with values, found text"),
        ("a:\n", 1, 3, "expected keys with values, found nothing"),
        ("a: {en: [x]}\n", 1, 9, "expected text, found a list"),
        ("a: {en: }\n", 1, 9, "expected text, found nothing"),
        (
            "A b: {en: x}\n",
            *(1, 1),
            "expected a name in small letters, digits and hyphens, such as risk-factors, found "
            '"A b"',
        ),
        (
            "a: {EN_us: x}\n",
            *(1, 5),
            'expected a language tag such as en, es or zh-Hans, found "EN_us"',
        ),
        (
            "a:\n  en: 'x\u202ey'\n",
            *(2, 9),
            "the character U+202E (right-to-left override) cannot be used in text",
        ),
        (
            "a: {en: <b>x}\n",
            *(1, 9),
            "`<b>` would be printed as it is: Markdown is not read here",
        ),
        ("a: [\n", 2, 1, "not valid YAML: did not find expected node content"),
        (b"a: {en: \xff}\n", 1, 9, "the file is not UTF-8 text"),
    ],
)
def test_a_mistake_is_told_with_its_place(
    text: str | bytes, line: int, column: int, message: str, tmp_path: Path
) -> None:
    assert wrong(tmp_path, text) == [(line, column, message)]


@pytest.mark.parametrize("text", ["", "\n# Nothing yet.\n"])
def test_a_file_without_phrases_is_told(text: str, tmp_path: Path) -> None:
    assert [message for _, _, message in wrong(tmp_path, text)] == ["the file is empty"]


def test_a_name_or_language_that_is_written_twice_is_told_in_both_places(tmp_path: Path) -> None:
    assert wrong(tmp_path, "a: {en: x}\nb: {es: y}\na: {en: z}\n") == [
        (1, 1, 'the key "a" is written twice'),
        (3, 1, 'the key "a" is written twice'),
    ]
    assert wrong(tmp_path, "a: {en: x, en: y}\n") == [
        (1, 5, 'the key "en" is written twice'),
        (1, 12, 'the key "en" is written twice'),
    ]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = wrong(tmp_path, "a: x\nb: {en: [y]}\nc: {en: , es: {}}\n")

    assert [(line, column) for line, column, _ in found] == [(1, 4), (2, 9), (3, 9), (3, 15)]
