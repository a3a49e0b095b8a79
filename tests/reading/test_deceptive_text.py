"""Invisible direction marks, letters of two alphabets in one word, and two ways to write é."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from handouts.diagnostics import ClinicError, ContentError
from handouts.document import Paragraph, Words
from handouts.reading.clinics import read_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.marked_yaml import parse_yaml
from handouts.reading.report import Report, Unreadable
from tests.reading.examples import CLINIC_FILE, FACTS_FILE, FILES, WORDS, WORDS_FILE, write_library

MARKS = [
    chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]


def problems_of(line: str) -> list[str]:
    report = Report()
    with suppress(Unreadable):
        parse_yaml(f"first: line\nword: {line}\n", "words.yaml", report)
    return [str(problem) for problem in report.in_order()]


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_direction_mark_is_refused_and_named(mark: str) -> None:
    (problem,) = problems_of(f"take 5{mark} mg")
    assert problem.startswith(f"words.yaml:2:13: error: the character U+{ord(mark):04X} (")
    assert "keep their order without it" in problem


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_direction_mark_written_as_an_escape_is_refused_and_named(mark: str) -> None:
    (problem,) = problems_of(f'"take 5\\u{ord(mark):04x} mg"')
    assert f"the character U+{ord(mark):04X} (" in problem


@pytest.mark.parametrize("tag", ["\U000e0001", "\U000e0041", "\U000e007f"])
def test_invisible_letters_are_refused(tag: str) -> None:
    (problem,) = problems_of(f"take 5{tag} mg")
    assert f"the character U+{ord(tag):04X} cannot be used in text" in problem


@pytest.mark.parametrize("file", [WORDS_FILE, FACTS_FILE, CLINIC_FILE])
@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"U+{ord(mark):04X}")
def test_no_file_of_a_library_may_hold_a_direction_mark(
    tmp_path: Path, file: str, mark: str
) -> None:
    library = write_library(tmp_path, {file: f"{FILES[file]}# {mark}\n"})
    with pytest.raises((ContentError, ClinicError), match=f"U\\+{ord(mark):04X}"):
        (read_clinic(library, "riverside"), read_handout(library, "asthma", "en"))


def test_a_direction_mark_written_as_an_entity_is_refused(tmp_path: Path) -> None:
    changed = WORDS.replace("Use your inhaler.", "Use &rlm;your &#x202E;inhaler.")
    with pytest.raises(ContentError) as caught:
        read_handout(write_library(tmp_path, {WORDS_FILE: changed}), "asthma", "en")
    said = [problem.message for problem in caught.value.diagnostics]
    assert said == ["`&rlm;` is no character of text", "`&#x202E;` is no character of text"]


@pytest.mark.parametrize(
    ("word", "named"),
    [
        ("\u0410spirin", '"\u0410" (cyrillic capital letter a)'),
        ("p\u0430racetamol", '"\u0430" (cyrillic small letter a)'),
        ("d\u03bfse", '"\u03bf" (greek small letter omicron)'),
        ("вакцинa", '"a" (latin small letter a)'),
        ("\u0555RAL", '"\u0555" (armenian capital letter oh)'),
    ],
)
def test_a_word_of_letters_that_look_alike_is_a_warning(word: str, named: str) -> None:
    (problem,) = problems_of(f"the word {word} is here")
    assert f'words.yaml:2:16: warning: the word "{word}" mixes' in problem
    assert named in problem


@pytest.mark.parametrize(
    "text",
    [
        "50 μg of β-carotene and γ-globulin",
        "TNFα, IFNα and NFκB",
        "ВИЧ/HIV, МРТ (MRI), T-клетки, мРНК",
        "α1-antitrypsin, kΩ, µL",
        "Ελληνικά και English",
        "فيروس JC و natalizumab",
        "ウイルスJCとMRI検査",
    ],
)
def test_honest_neighbours_of_two_scripts_are_no_warning(text: str) -> None:
    assert problems_of(f'"{text}"') == []


def test_decomposed_letters_are_read_as_composed_ones(tmp_path: Path) -> None:
    composed = "Le me\u0301decin pre\u0301vient."
    changed = WORDS.replace("Use your inhaler.", composed)
    handout = read_handout(write_library(tmp_path, {WORDS_FILE: changed}), "asthma", "en").value
    words = [
        run.text
        for section in handout.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for run in block.content
        if isinstance(run, Words)
    ]
    assert "Le m\u00e9decin pr\u00e9vient." in words
