"""Translations cannot fall behind their source unnoticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import (
    ContentError,
    Diagnostic,
    HandoutError,
    StaleTranslationError,
)
from handouts.document import Handout, Words
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from handouts.reading.parts import fingerprints
from tests.reading.examples import write_library
from tests.translating.examples import (
    FACTS_FILE,
    FRENCH_FILE,
    PARTS,
    SPANISH_FILE,
    WORDS,
    WORDS_FILE,
    edit,
    write_translations,
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return write_translations(tmp_path)


def english(library: Library) -> Handout:
    return read_handout(library, "asthma", "en").value


def refused(library: Library, tag: str = "es") -> tuple[Diagnostic, ...]:
    """What is said of a translation that is only out of step."""
    with pytest.raises(StaleTranslationError) as raised:
        read_handout(library, "asthma", tag)
    return raised.value.diagnostics


def out_of_step(library: Library, tag: str = "es") -> list[str]:
    return [problem.span.path for problem in refused(library, tag)]


def paragraph(handout: Handout, number: int) -> str:
    (content,) = (block.content for block in handout.sections[number].blocks[:1])
    return "".join(run.text for run in content if isinstance(run, Words))


# --- what a fingerprint counts ---------------------------------------------------------------


def test_the_fingerprints_of_a_fixed_text_never_change(tmp_path: Path) -> None:
    """They stand in the files of all translations: another way to make them breaks every one."""
    assert fingerprints(english(write_library(tmp_path))) == {
        "title": "0156acac19b41b9e",
        "at_a_glance": "43205352af58e3a7",
        "sections.definition": "e0d575812d947ca3",
        "sections.treatment": "c42955f11b8dcb47",
        "pictures.inhaler": "cdc22d4b076876df",
    }


REWRITTEN = """\
# A comment
pictures:
  inhaler:
    alt: >-
      A hand holds
      an inhaler upright.
    caption: "An inhaler"
sections:
  treatment: |
    Use
    your inhaler.

    * Breathe out.
    * Breathe in.
  definition: |
    Asthma is common.[^smith-2019]
at_a_glance: {emergency: ["You cannot speak.
    Call {emergency_number}."],
  call: [You wake up at night.], do: ['Carry your inhaler.'],
  summary: "Asthma makes airways **narrow**." }
short_title: Asthma   # the same
title: 'Asthma'
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_way_in_which_words_are_written_down_does_not_count(
    library: Library, line_end: str
) -> None:
    (library.root / WORDS_FILE).write_bytes(REWRITTEN.replace("\n", line_end).encode())

    assert read_handout(library, "asthma", "es").value.title == "El asma"


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("title: Asthma\nshort", "title: On asthma\nshort", "title"),
        ("short_title: Asthma", "short_title: Lungs", "title"),
        ("**narrow**", "narrow", "at_a_glance"),
        ("[Carry your inhaler.]", "[Carry your inhaler., Rest.]", "at_a_glance"),
        ("You wake up at night.", "You wake at night.", "at_a_glance"),
        ("You cannot speak.", "You can hardly speak.", "at_a_glance"),
        ("is common.[^smith-2019]", "is common[^smith-2019].", "sections.definition"),
        ("- Breathe in.", "- Do not breathe in.", "sections.treatment"),
        (
            "  treatment: |\n    Use your inhaler.\n\n    - Breathe out.\n    - Breathe in.\n",
            "  treatment: {heading: Inhalers, text: Use your inhaler.}\n",
            "sections.treatment",
        ),
        ("caption: An inhaler", "caption: Inhaler", "pictures.inhaler"),
        ("inhaler upright.", "inhaler.", "pictures.inhaler"),
        ("An inhaler,", "An inhaler, labels: {cap: Cap},", "pictures.inhaler"),
    ],
)
def test_an_edit_of_one_part_puts_that_part_out_of_step_in_every_language(
    library: Library, old: str, new: str, part: str
) -> None:
    edit(library, WORDS_FILE, old, new)

    assert out_of_step(library, "es") == [part]
    assert out_of_step(library, "fr") == [part]


def test_facts_that_no_language_changes_do_not_count(library: Library) -> None:
    edit(library, FACTS_FILE, "A. Painter", "B. Painter")
    edit(library, FACTS_FILE, "[definition, treatment]", "[treatment, definition]")

    sections = read_handout(library, "asthma", "es").value.sections
    assert [section.id for section in sections] == ["treatment", "definition"]


# --- what is refused -------------------------------------------------------------------------


def test_a_stale_part_is_named_with_its_place_and_what_to_do(library: Library) -> None:
    edit(library, WORDS_FILE, "Asthma is common.", "Asthma is very common.")

    (problem,) = refused(library)

    assert str(problem) == (
        f'{(library.root / SPANISH_FILE).as_posix()}:10:15: error: the section "definition" has '
        "changed in English since it was translated\n"
        "  at sections.definition\n"
        "  hint: bring it up to date and run `make-handout translations confirm asthma "
        "--language es --part sections.definition`, or print the English in its place with "
        "--allow-stale"
    )
    assert StaleTranslationError.exit_code == 10


def test_a_part_without_a_record_is_refused(library: Library) -> None:
    path = library.root / SPANISH_FILE
    text = path.read_text("utf-8")
    path.write_text("".join(line for line in text.splitlines(keepends=True)
                            if "at_a_glance: " not in line), "utf-8")  # fmt: skip

    (problem,) = refused(library)

    assert problem.message == 'nothing tells whether the front ("at_a_glance") is in step with ' \
                              "the English"  # fmt: skip


def test_a_translation_without_any_record_is_refused_part_by_part(tmp_path: Path) -> None:
    library = write_translations(tmp_path)
    path = library.root / SPANISH_FILE
    path.write_text(path.read_text("utf-8").partition("  made_from:")[0], "utf-8")

    assert out_of_step(library) == list(PARTS)


@pytest.mark.parametrize(
    ("old", "new", "part", "name"),
    [
        (
            "  definition: |\n    El asma es frecuente.[^smith-2019]\n",
            "",
            "sections.definition",
            'the section "definition"',
        ),
        (
            "pictures:\n  inhaler: {caption: Un inhalador, alt: Una mano sostiene un inhalador.}\n",
            "",
            "pictures.inhaler",
            'the picture "inhaler"',
        ),
        ("short_title: Asma\n", "", "title", "the short title"),
    ],
)
def test_a_part_that_is_not_translated_is_refused(
    library: Library, old: str, new: str, part: str, name: str
) -> None:
    edit(library, SPANISH_FILE, old, new)

    (problem,) = refused(library)

    assert problem.span.path == part
    assert problem.message == f"{name} is not translated"


def test_a_front_that_is_not_translated_is_refused(library: Library) -> None:
    text = (library.root / SPANISH_FILE).read_text("utf-8")
    front = text[text.index("at_a_glance:") : text.index("sections:")]
    edit(library, SPANISH_FILE, front, "")

    assert out_of_step(library) == ["at_a_glance"]


def test_a_part_that_the_source_no_longer_has_is_refused_even_if_stale_ones_are_not(
    library: Library,
) -> None:
    edit(library, FACTS_FILE, "[definition, treatment]", "[treatment]")
    edit(library, WORDS_FILE, "  definition: |\n    Asthma is common.[^smith-2019]\n", "")

    for allow_stale in (False, True):
        with pytest.raises(StaleTranslationError) as raised:
            read_handout(library, "asthma", "es", allow_stale=allow_stale)
        (problem,) = (found for found in raised.value.diagnostics if found.is_error)
        assert problem.message == 'the section "definition" is not in the English handout'
        assert problem.span.line == 10


def test_a_misspelt_section_is_missing_and_extra(library: Library) -> None:
    edit(library, SPANISH_FILE, "  definition: |", "  definitoin: |")

    assert [problem.message for problem in refused(library)] == [
        'the section "definition" is not translated',
        'the section "definitoin" is not in the English handout',
    ]


def test_other_mistakes_come_first_and_all_are_told(library: Library) -> None:
    edit(library, WORDS_FILE, "Asthma is common.", "Asthma is very common.")
    edit(library, SPANISH_FILE, "[^smith-2019]", "[^smyth]")

    with pytest.raises(ContentError) as raised:
        read_handout(library, "asthma", "es")

    messages = [problem.message for problem in raised.value.diagnostics if problem.is_error]
    assert messages == [
        'the section "definition" has changed in English since it was translated',
        'there is no reference "smyth"',
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (WORDS.replace("title: Asthma\n", "title: Asthma: what\n", 1), "en.yaml:1:14: error: not"),
        (WORDS.replace("[^smith-2019]", " `x`"), "en.yaml:10:23: error: code cannot be used"),
        (None, 'there are no words in the source language "en"'),
    ],
)
@pytest.mark.parametrize("allow_stale", [False, True])
def test_a_translation_cannot_be_read_while_its_source_cannot(
    library: Library, words: str | None, message: str, allow_stale: bool
) -> None:
    source = library.root / WORDS_FILE
    source.unlink() if words is None else source.write_text(words, "utf-8")

    with pytest.raises(ContentError) as raised:
        read_handout(library, "asthma", "es", allow_stale=allow_stale)

    assert message in str(raised.value)


# --- the source's words in their place -------------------------------------------------------


def test_stale_parts_are_replaced_by_the_source_s_words_in_its_language(library: Library) -> None:
    edit(library, WORDS_FILE, "Asthma is common.", "Asthma is very common.")
    edit(library, WORDS_FILE, "[You wake up at night.]", "[You wake at night.]")
    edit(library, WORDS_FILE, "caption: An inhaler", "caption: Inhaler")

    handout, warnings = read_handout(library, "asthma", "es", allow_stale=True)

    assert not handout.is_whole
    assert [section.language for section in handout.sections] == ["en", ""]
    assert paragraph(handout, 0) == "Asthma is very common."
    assert paragraph(handout, 1) == "Use su inhalador."
    assert handout.at_a_glance
    assert handout.at_a_glance.language == "en"
    (picture,) = handout.pictures
    assert (picture.language, picture.caption) == ("en", "Inhaler")
    assert (handout.title, handout.title_language) == ("El asma", "")
    assert [(warning.is_error, warning.message) for warning in warnings] == [
        (False, 'the front ("at_a_glance") is printed in English: '
                "it has changed since it was translated"),
        (False, 'the section "definition" is printed in English: '
                "it has changed since it was translated"),
        (False, 'the picture "inhaler" is printed in English: '
                "it has changed since it was translated"),
    ]  # fmt: skip


def test_a_stale_title_brings_the_short_title_along(library: Library) -> None:
    edit(library, WORDS_FILE, "short_title: Asthma", "short_title: Lungs")

    handout = read_handout(library, "asthma", "es", allow_stale=True).value

    assert (handout.title, handout.short_title) == ("Asthma", "Lungs")
    assert handout.title_language == "en"


def test_what_is_missing_or_not_recorded_is_replaced_in_its_place(library: Library) -> None:
    edit(library, SPANISH_FILE, "  definition: |\n    El asma es frecuente.[^smith-2019]\n", "")
    path = library.root / SPANISH_FILE
    text = path.read_text("utf-8")
    path.write_text("".join(line for line in text.splitlines(keepends=True)
                            if "sections.treatment" not in line), "utf-8")  # fmt: skip

    handout, warnings = read_handout(library, "asthma", "es", allow_stale=True)

    assert [(section.id, section.language) for section in handout.sections] == [
        ("definition", "en"),
        ("treatment", "en"),
    ]
    assert [warning.message for warning in warnings] == [
        'the section "definition" is printed in English: it is not translated',
        'the section "treatment" is printed in English: nothing tells whether the translation is '
        "in step",
    ]


def test_what_is_in_step_is_read_alike_with_and_without_leave(library: Library) -> None:
    plain = read_handout(library, "asthma", "es")

    assert plain.value.is_whole
    assert plain.warnings == ()
    assert read_handout(library, "asthma", "es", allow_stale=True) == plain


def test_mistakes_in_a_part_that_is_replaced_do_not_matter(library: Library) -> None:
    """A reference that went with the English text may still be cited where it is not printed."""
    edit(library, WORDS_FILE, "[^smith-2019]", "[^jones-2024]")
    edit(library, FACTS_FILE, "id: smith-2019", "id: jones-2024")

    handout = read_handout(library, "asthma", "es", allow_stale=True).value

    assert handout.sections[0].language == "en"
    with pytest.raises(ContentError, match='there is no reference "smith-2019"'):
        read_handout(library, "asthma", "es")


# --- the record itself -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        (
            "sections.definition: ",
            "sections.definitoin: ",
            '"sections.definitoin" is no part of this handout',
            'delete this line if the part is gone; did you mean "sections.definition"?',
        ),
        (
            "at_a_glance: PRESENT",
            "at_a_glance: xyz",
            "expected a fingerprint such as 0f3a9c2b77d1e054, of 16 digits and letters a to f, "
            'found "xyz"',
            "",
        ),
    ],
)
def test_a_record_that_cannot_be_right_is_an_error(
    library: Library, old: str, new: str, message: str, hint: str
) -> None:
    present = fingerprints(english(library))
    edit(library, SPANISH_FILE, old.replace("PRESENT", present["at_a_glance"]), new)

    with pytest.raises(ContentError) as raised:
        read_handout(library, "asthma", "es")

    (problem,) = (found for found in raised.value.diagnostics if found.message == message)
    assert problem.hint == hint
    assert problem.span.line > 20
    assert problem.span.path.startswith("translation.made_from.")


@pytest.mark.parametrize(
    ("written", "checked_by"),
    [
        ("checked_by: nobody", ""),
        ("checked_by: Nobody", ""),
        ("checked_by: NOBODY", ""),
        ("checked_by:", ""),
        ("", ""),
        ("checked_by: A. Nobody, MD", "A. Nobody, MD"),
    ],
)
def test_nobody_is_no_checker(library: Library, written: str, checked_by: str) -> None:
    edit(library, SPANISH_FILE, 'checked_by: "Luz Vega"', written)

    handout = read_handout(library, "asthma", "es").value

    assert handout.translation
    assert handout.translation.checked_by == checked_by
    assert handout.is_draft == (not checked_by)


@pytest.mark.parametrize("method", ["human", "machine-and-human"])
def test_a_person_who_translates_has_a_name(library: Library, method: str) -> None:
    edit(library, SPANISH_FILE, "method: human", f"method: {method}")
    edit(library, SPANISH_FILE, "  translator: 'Ana Ruiz'\n", "")

    with pytest.raises(HandoutError) as raised:
        read_handout(library, "asthma", "es")

    (problem,) = raised.value.diagnostics
    assert (problem.message, problem.span.line) == ("nothing says who translated it", 20)
    assert "`translator:`" in problem.hint


def test_a_machine_needs_no_name(library: Library) -> None:
    edit(library, FRENCH_FILE, "method: human", "method: machine")
    edit(library, FRENCH_FILE, "  translator: 'Ana Ruiz'\n", "")

    assert read_handout(library, "asthma", "fr").warnings == ()
