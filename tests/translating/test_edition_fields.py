"""The check-list, the questions and easy read go to a translator and come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.document import Handout, Words
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from handouts.reading.parts import OPTIONAL, fingerprints
from handouts.translating.exchange_file import NOTHING
from handouts.translating.units import units
from tests.reading.examples import WORDS_FILE
from tests.translating.edition_fields import ENGLISH, SPANISH_FIELDS, write_fields
from tests.translating.examples import SPANISH_FILE, edit
from tests.translating.exchange import exported, imported, swapped, words_of

both = pytest.mark.parametrize("form", ["po", "xlf"])


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return write_fields(tmp_path / "library")


def spanish(library: Library) -> Handout:
    return read_handout(library, "asthma", "es").value


def prints(library: Library) -> dict[str, str]:
    found = fingerprints(spanish(library))
    return {part: found[part] for part in OPTIONAL if part in found}


def test_each_sentence_and_heading_is_a_unit_that_says_where_it_stands(library: Library) -> None:
    found = units(read_handout(library, "asthma", "en").value)
    assert [(unit.id, unit.where, unit.is_plain) for unit in found if unit.part in OPTIONAL] == [
        ("checklist/1", "check-list of the summary, 1 of 2", False),
        ("checklist/2", "check-list of the summary, 2 of 2", False),
        ("teach_back/1", "question that the patient answers aloud, 1 of 1", False),
        ("easy_read/1/heading", "easy read, section 1, heading", True),
        ("easy_read/1/1", "easy read, section 1, sentence 1: keep it short", False),
        ("easy_read/1/2", "easy read, section 1, sentence 2: keep it short", False),
        ("easy_read/2/heading", "easy read, section 2, heading", True),
        (
            "easy_read/2/1/alt",
            "easy read, section 2, sentence 1, what its picture shows",
            True,
        ),
        ("easy_read/2/1", "easy read, section 2, sentence 1: keep it short", False),
    ]


@both
def test_an_untouched_file_changes_nothing(library: Library, form: str) -> None:
    before = words_of(library)
    assert imported(library, exported(library, form)) is None
    assert words_of(library) == before


@both
@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("Descanso.", "Yo descanso.", "checklist"),
        ("¿Cuándo llama al ", "¿Cuándo llamará al ", "teach_back"),
        ("Es común.", "Es muy común.", "easy_read"),
        ("Qué hacer", "Lo que se hace: «esto»", "easy_read"),
        ("Una mano lo presiona.", "Una mano *1* {2} lo aprieta.", "easy_read"),
    ],
)
def test_new_words_are_written_into_their_part_alone(
    library: Library, form: str, old: str, new: str, part: str
) -> None:
    before, text_before = prints(library), words_of(library).decode()
    imported(library, swapped(old, new)(exported(library, form)), translator="Ana Ruiz")
    after = prints(library)
    assert {each for each in OPTIONAL if before[each] != after[each]} == {part}
    assert new in _all_words(spanish(library))
    assert spanish(library).is_whole
    text = words_of(library).decode()
    assert text[text.index("sections:") : text.index("translation:")] in text_before


def _all_words(handout: Handout) -> list[str]:
    return [run.text for unit in units(handout) for run in unit.content if isinstance(run, Words)]


@both
def test_a_translation_that_lacks_them_is_given_them(tmp_path: Path, form: str) -> None:
    full = write_fields(tmp_path / "full")
    lacking = write_fields(tmp_path / "lacking", spanish="")
    assert prints(lacking) == {}
    text = exported(full, form)
    if form == "po":
        text = exported(lacking, form).partition("\n\n")[0] + "\n\n" + text.partition("\n\n")[2]
    for fingerprint in prints(full).values():
        text = text.replace(fingerprint, NOTHING)
    imported(lacking, text, "Ana Ruiz")

    assert prints(lacking) == prints(full)
    found, wanted = spanish(lacking), spanish(full)
    assert found.translation is not None
    assert wanted.translation is not None
    assert found.translation.made_from == wanted.translation.made_from
    text = words_of(lacking).decode()
    places = [text.index(f"\n{name}:") for name in (
        "at_a_glance", "checklist", "teach_back", "sections", "pictures", "easy_read",
        "translation",
    )]  # fmt: skip
    assert places == sorted(places)


@both
def test_untranslated_fields_are_left_out_and_nothing_else_suffers(
    tmp_path: Path, form: str
) -> None:
    library = write_fields(tmp_path / "library", spanish="")
    before = words_of(library)
    assert imported(library, exported(library, form)) is None
    assert words_of(library) == before


@both
def test_a_stale_part_that_is_finished_is_in_step_again(library: Library, form: str) -> None:
    edit(library, WORDS_FILE, "It is common.", "It is very common.")
    text = exported(library, form)
    text = (
        text.replace("#, fuzzy\n", "")
        if form == "po"
        else text.replace('state="needs-translation"', 'state="final"')
    )
    imported(library, swapped("Es común.", "Es muy común.")(text), translator="Ana Ruiz")
    assert "Es muy común." in _all_words(spanish(library))


@both
def test_a_sentence_more_is_translated_anew_with_the_former_words_beside_it(
    library: Library, form: str
) -> None:
    sentence = "      - {picture: lungs, text: It is common.}\n"
    edit(library, WORDS_FILE, sentence, sentence + "      - {picture: lungs, text: It lasts.}\n")
    text = exported(library, form)
    assert "the former translation of this part is divided otherwise" in " ".join(
        text.replace("#.", "").split()
    )
    assert "Es común." in text
    assert imported(library, text) is None


def test_the_examples_are_what_stands_in_the_files(library: Library) -> None:
    assert ENGLISH in (library.root / WORDS_FILE).read_text("utf-8")
    assert SPANISH_FIELDS in (library.root / SPANISH_FILE).read_text("utf-8")
