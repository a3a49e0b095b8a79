"""To confirm a translation is to write down what it was compared with, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import ContentError, NoSuchLanguageError, UsageError
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from handouts.reading.parts import State
from handouts.translating.confirming import confirm
from tests.reading.examples import write_library
from tests.translating.examples import (
    FACTS_FILE,
    FRENCH_FILE,
    PARTS,
    SPANISH,
    SPANISH_FILE,
    WORDS_FILE,
    edit,
    write_translations,
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return write_translations(tmp_path)


def content(library: Library, file: str = SPANISH_FILE) -> bytes:
    return (library.root / file).read_bytes()


def change_both_sections(library: Library) -> None:
    edit(library, WORDS_FILE, "Asthma is common.", "Asthma is very common.")
    edit(library, WORDS_FILE, "Use your inhaler.", "Use your inhaler daily.")


def test_a_first_record_names_every_part_below_what_was_there(library: Library) -> None:
    lines = content(library).decode().removeprefix(SPANISH).splitlines()

    assert lines[0] == "  made_from:"
    assert [line.split(":")[0].strip() for line in lines[1:]] == list(PARTS)


def test_a_confirmed_translation_is_in_step(library: Library) -> None:
    change_both_sections(library)

    confirmed = confirm(library, "asthma", "es")

    assert confirmed.file == library.root / SPANISH_FILE
    assert confirmed.recorded == ("sections.definition", "sections.treatment")
    assert confirmed.remaining == ()
    assert read_handout(library, "asthma", "es").value.is_whole


def test_only_the_named_parts_are_recorded(library: Library) -> None:
    change_both_sections(library)

    confirmed = confirm(library, "asthma", "es", ("sections.treatment",))

    assert confirmed.recorded == ("sections.treatment",)
    assert [(found.part, found.state) for found in confirmed.remaining] == [
        ("sections.definition", State.STALE)
    ]


def test_only_the_fingerprint_changes_and_only_in_one_language(library: Library) -> None:
    spanish, french = content(library), content(library, FRENCH_FILE)
    edit(library, WORDS_FILE, "Asthma is common.", "Asthma is very common.")

    confirm(library, "asthma", "es")

    before, after = spanish.splitlines(), content(library).splitlines()
    changed = [old for old, new in zip(before, after, strict=True) if old != new]
    assert [line.split(b":")[0] for line in changed] == [b"    sections.definition"]
    assert content(library, FRENCH_FILE) == french


def test_what_is_in_step_is_not_written_again(library: Library) -> None:
    before = (library.root / SPANISH_FILE).stat()

    confirmed = confirm(library, "asthma", "es")

    after = (library.root / SPANISH_FILE).stat()
    assert (confirmed.recorded, confirmed.warnings) == ((), ())
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_windows_files_keep_their_line_ends_and_their_mark(tmp_path: Path) -> None:
    windows = SPANISH.replace("\n", "\r\n").encode("utf-8-sig")
    library = write_library(tmp_path, {SPANISH_FILE: windows})

    confirm(library, "asthma", "es")

    written = content(library)
    assert written.startswith(windows)
    assert written.count(b"\n") == written.count(b"\r\n") == windows.count(b"\n") + 1 + len(PARTS)
    assert read_handout(library, "asthma", "es").warnings == ()


def test_a_check_that_stands_is_pointed_out_where_the_text_changed(library: Library) -> None:
    change_both_sections(library)

    (warning,) = confirm(library, "asthma", "es").warnings

    assert warning.message == "the file still says that Luz Vega has checked this translation"
    assert not warning.is_error
    assert confirm(library, "asthma", "fr").warnings == ()  # nobody has


def test_a_part_that_is_missing_is_not_recorded(library: Library) -> None:
    edit(library, WORDS_FILE, "Use your inhaler.", "Use your inhaler daily.")
    edit(library, SPANISH_FILE, "  definition: |\n    El asma es frecuente.[^smith-2019]\n", "")

    confirmed = confirm(library, "asthma", "es")

    assert confirmed.recorded == ("sections.treatment",)
    assert [found.state for found in confirmed.remaining] == [State.MISSING]
    with pytest.raises(UsageError, match=r'"sections\.definition" is not translated'):
        confirm(library, "asthma", "es", ("sections.definition",))


def test_an_unknown_part_names_the_nearest(library: Library) -> None:
    before = content(library)

    with pytest.raises(UsageError, match=r'did you mean "sections\.treatment"'):
        confirm(library, "asthma", "es", ("title", "sections.treatmnt"))

    assert content(library) == before


def test_the_source_is_no_translation_to_confirm(library: Library) -> None:
    with pytest.raises(UsageError, match='was written in the language "en"'):
        confirm(library, "asthma", "en")


def test_a_language_that_is_not_there_is_named(library: Library) -> None:
    with pytest.raises(NoSuchLanguageError, match="has no words in the language German"):
        confirm(library, "asthma", "de")


@pytest.mark.parametrize("file", [SPANISH_FILE, WORDS_FILE, FACTS_FILE])
def test_nothing_is_recorded_while_a_file_has_mistakes(library: Library, file: str) -> None:
    change_both_sections(library)
    path = library.root / file
    path.write_text(path.read_text("utf-8") + "owner: Me\n", "utf-8")
    before = content(library)

    with pytest.raises(ContentError, match='unknown key "owner"'):
        confirm(library, "asthma", "es")

    assert content(library) == before
