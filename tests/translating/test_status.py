"""How the translations of a handout stand."""

from __future__ import annotations

from pathlib import Path

from handouts.reading.parts import State
from handouts.translating.status import standings
from tests.translating.examples import (
    FRENCH_FILE,
    SPANISH_FILE,
    WORDS_FILE,
    edit,
    write_translations,
)


def test_each_translation_is_counted_for_itself(tmp_path: Path) -> None:
    library = write_translations(tmp_path)
    edit(library, WORDS_FILE, "Asthma is common.", "Asthma is very common.")
    edit(library, WORDS_FILE, "Use your inhaler.", "Use your inhaler daily.")
    edit(library, SPANISH_FILE, "  treatment: |", "  traetment: |")

    spanish, french = standings(library, "asthma")

    assert (spanish.language, french.language) == ("es", "fr")
    assert {state: spanish.count(state) for state in State} == {
        State.STALE: 1,
        State.UNRECORDED: 0,
        State.MISSING: 1,
        State.EXTRA: 1,
    }
    assert french.count(State.STALE) == 2


def test_a_translation_with_mistakes_does_not_hide_the_others(tmp_path: Path) -> None:
    library = write_translations(tmp_path)
    edit(library, SPANISH_FILE, "title: El asma", "titulo: El asma")

    spanish, french = standings(library, "asthma")

    assert spanish.translation is None
    assert french.translation
    assert french.out_of_step == ()


def test_a_source_with_mistakes_leaves_nothing_to_say(tmp_path: Path) -> None:
    library = write_translations(tmp_path)
    edit(library, WORDS_FILE, "short_title:", "shorttitle:")

    assert [standing.translation for standing in standings(library, "asthma")] == [None, None]


def test_a_handout_without_translations_has_none(tmp_path: Path) -> None:
    library = write_translations(tmp_path)
    for file in (SPANISH_FILE, FRENCH_FILE):
        (library.root / file).unlink()

    assert list(standings(library, "asthma")) == []
