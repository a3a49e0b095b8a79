"""The fields that only the summary and easy read show: read, and kept in step."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import ContentError, StaleTranslationError
from handouts.document import Handout, Inlines, Variable, Words
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from handouts.reading.parts import OPTIONAL, fingerprints
from handouts.stocktaking import Condition, handouts_of
from handouts.translating.confirming import confirm
from tests.reading.examples import FACTS_FILE, SVG, WORDS_FILE
from tests.translating.edition_fields import ENGLISH, LISTED, write_fields
from tests.translating.examples import edit


def english(library: Library) -> Handout:
    return read_handout(library, "asthma", "en").value


def text(content: Inlines) -> str:
    return "".join(run.text for run in content if isinstance(run, Words))


def mistakes(library: Library, tag: str = "en") -> str:
    with pytest.raises(ContentError) as raised:
        read_handout(library, "asthma", tag)
    return str(raised.value).replace(f"{library.root.as_posix()}/handouts/asthma/", "")


# --- reading ---------------------------------------------------------------------------------


def test_a_handout_may_lack_them(tmp_path: Path) -> None:
    handout = english(write_fields(tmp_path, english="", listed="", spanish=""))
    assert [getattr(handout, part) for part in OPTIONAL] == [None, None, None]


def test_tasks_and_questions_are_inline_text(tmp_path: Path) -> None:
    handout = english(write_fields(tmp_path))
    assert handout.checklist is not None
    assert handout.teach_back is not None
    first, second = handout.checklist.items
    assert [(run.text, run.bold) for run in first if isinstance(run, Words)] == [
        ("I carry my ", False),
        ("inhaler", True),
        (".", False),
    ]
    assert text(second) == "I rest."
    assert [type(run) for run in handout.teach_back.questions[0]] == [Words, Variable, Words]
    assert (handout.checklist.language, handout.teach_back.language) == ("", "")


def test_each_sentence_of_easy_read_has_its_picture(tmp_path: Path) -> None:
    library = write_fields(tmp_path)
    easy = english(library).easy_read
    assert easy is not None
    assert [section.heading for section in easy.sections] == ["What is asthma?", "What to do"]
    said = [each for section in easy.sections for each in section.statements]
    assert [(text(each.text), each.picture.id) for each in said] == [
        ("Asthma is in your lungs.", "lungs"),
        ("It is common.", "lungs"),
        ("Use your inhaler.", "puffer"),
    ]
    assert [each.picture.alt for each in said] == ["", "", "A hand presses it."]
    assert [each.picture.decorative for each in said] == [True, True, False]
    puffer = said[-1].picture
    assert puffer.file == library.root / "handouts/asthma/pictures/puffer.svg"
    assert (puffer.credit, puffer.rights) == ("A. Painter", "CC0-1.0")
    assert (said[0].span.line, said[1].span.line) == (said[0].span.line, said[0].span.line + 1)


def test_pictures_of_easy_read_are_not_among_those_of_the_whole(tmp_path: Path) -> None:
    assert [picture.id for picture in english(write_fields(tmp_path)).pictures] == ["inhaler"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "checklist:\n  - I carry my **inhaler**.\n  - I rest.\n",
            "checklist: []\n",
            "en.yaml:8:12: error: the list is empty\n"
            "  at checklist\n"
            "  hint: write at least one item, or delete the key",
        ),
        (
            "teach_back:\n",
            "teach_back: Why?\nother:\n",
            "en.yaml:11:13: error: expected a list, found text",
        ),
        (
            "heading: What to do\n    statements:\n"
            "      - {picture: puffer, text: Use your inhaler., alt: A hand presses it.}\n",
            "heading: What to do\n    statements: []\n",
            "error: the list is empty\n  at easy_read[2].statements",
        ),
        (
            "heading: What to do\n",
            "heading: ''\n",
            "en.yaml:18:14: error: expected text, found nothing\n  at easy_read[2].heading",
        ),
        (
            "{picture: puffer, text: Use your inhaler., alt: A hand presses it.}",
            "{text: Use your inhaler.}",
            'en.yaml:20:9: error: "picture" is missing\n  at easy_read[2].statements[1]',
        ),
        (
            "{picture: lungs, text: It is common.}",
            "{picture: lungs}",
            'en.yaml:17:9: error: "text" is missing\n  at easy_read[1].statements[2]',
        ),
        (
            "{picture: lungs, text: It is common.}",
            "{picture: lung, text: It is common.}",
            'error: there is no picture "lung" under `easy_read_pictures` in handout.yaml\n'
            "  at easy_read[1].statements[2].picture\n"
            '  hint: did you mean "lungs"?',
        ),
        (
            "It is common.",
            '"It is common.[^smith-2019]"',
            "error: the summary and easy read print no references: this number would lead nowhere",
        ),
        (
            "It is common.",
            '"It is {common}."',
            'en.yaml:17:39: error: there is no variable "common"',
        ),
    ],
)
def test_the_writer_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    library = write_fields(tmp_path)
    edit(library, WORDS_FILE, old, new)
    assert said in mistakes(library)


def test_a_picture_of_the_whole_is_none_of_easy_read(tmp_path: Path) -> None:
    library = write_fields(tmp_path)
    edit(library, WORDS_FILE, "{picture: lungs, text: It is", "{picture: inhaler, text: It is")
    assert 'there is no picture "inhaler" under `easy_read_pictures`' in mistakes(library)


def test_without_any_pictures_the_writer_is_told_to_list_them(tmp_path: Path) -> None:
    assert mistakes(write_fields(tmp_path, listed="")).count("list the pictures there first") == 3


def test_a_picture_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    library = write_fields(tmp_path)
    (library.root / "handouts/asthma/pictures/puffer.svg").unlink()
    assert "handout.yaml" in mistakes(library)
    assert "puffer.svg" in mistakes(library)


@pytest.mark.parametrize("english_words", [ENGLISH, ""])
def test_a_picture_that_stands_beside_no_sentence_is_a_warning(
    tmp_path: Path, english_words: str
) -> None:
    spare = "  spare: {file: pictures/lungs.svg, credit: A. Painter, rights: CC0-1.0}\n"
    listed = "easy_read_pictures:\n" + spare if not english_words else LISTED + spare
    library = write_fields(tmp_path, english=english_words, listed=listed, spanish="")
    (warning,) = read_handout(library, "asthma", "en").warnings
    assert warning.message == 'the picture "spare" of easy read stands beside no sentence'
    assert not warning.is_error
    assert warning.span.file.endswith(FACTS_FILE)
    assert warning.span.path == "easy_read_pictures.spare.file"


# --- in step ---------------------------------------------------------------------------------


def test_the_fingerprints_of_fixed_fields_never_change(tmp_path: Path) -> None:
    """They stand in the files of all translations."""
    found = fingerprints(english(write_fields(tmp_path)))
    assert {part: found[part] for part in OPTIONAL} == {
        "checklist": "18aa54bdf14ac104",
        "teach_back": "461d2f7ba49f3243",
        "easy_read": "9e42cd3e90047586",
    }


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("I rest.", "I rest a lot.", "checklist"),
        ("**inhaler**.", "inhaler.", "checklist"),
        ("When do you call", "Why do you call", "teach_back"),
        ("It is common.", "It is very common.", "easy_read"),
        ("heading: What to do", "heading: What you do", "easy_read"),
        ("A hand presses it.", "A hand holds it.", "easy_read"),
        ("{picture: lungs, text: It is", "{picture: puffer, text: It is", "easy_read"),
    ],
)
def test_changed_words_put_their_part_out_of_step(
    tmp_path: Path, old: str, new: str, part: str
) -> None:
    library = write_fields(tmp_path)
    edit(library, WORDS_FILE, old, new)

    with pytest.raises(StaleTranslationError) as raised:
        read_handout(library, "asthma", "es")
    (problem,) = raised.value.diagnostics
    assert problem.message == f'"{part}" has changed in English since it was translated'
    assert f"--part {part}" in problem.hint

    handout, warnings = read_handout(library, "asthma", "es", allow_stale=True)
    assert [warning.message for warning in warnings] == [
        f'"{part}" is printed in English: it has changed since it was translated'
    ]
    languages = {each: getattr(handout, each).language for each in OPTIONAL}
    assert languages == dict.fromkeys(OPTIONAL, "") | {part: "en"}
    assert not handout.is_whole
    (held,) = handouts_of(library)
    assert Condition.BEHIND in held.languages["es"]

    confirm(library, "asthma", "es")
    assert read_handout(library, "asthma", "es").value.is_whole


def test_another_drawing_with_the_same_name_puts_nothing_out_of_step(tmp_path: Path) -> None:
    library = write_fields(tmp_path)
    (library.root / "handouts/asthma/pictures/new.svg").write_text(SVG, "utf-8")
    edit(library, FACTS_FILE, "pictures/puffer.svg", "pictures/new.svg")
    assert read_handout(library, "asthma", "es").value.is_whole


def test_a_translation_may_lack_them_and_is_whole_without(tmp_path: Path) -> None:
    library = write_fields(tmp_path, spanish="")
    for allow_stale in (False, True):
        handout, warnings = read_handout(library, "asthma", "es", allow_stale=allow_stale)
        assert [getattr(handout, part) for part in OPTIONAL] == [None, None, None]
        assert warnings == ()
        assert handout.is_whole


def test_a_translation_without_fingerprints_of_them_is_refused(tmp_path: Path) -> None:
    library = write_fields(tmp_path, is_confirmed=False)
    confirm(
        library, "asthma", "es", tuple(part for part in _parts(library) if part not in OPTIONAL)
    )
    with pytest.raises(StaleTranslationError) as raised:
        read_handout(library, "asthma", "es")
    assert [problem.message for problem in raised.value.diagnostics] == [
        f'nothing tells whether "{part}" is in step with the English' for part in OPTIONAL
    ]


def test_only_the_translation_having_them_is_refused(tmp_path: Path) -> None:
    library = write_fields(tmp_path)
    edit(library, WORDS_FILE, ENGLISH, "")
    with pytest.raises(StaleTranslationError) as raised:
        read_handout(library, "asthma", "es", allow_stale=True)
    assert [problem.message for problem in raised.value.diagnostics] == [
        f'"{part}" is not in the English handout' for part in OPTIONAL
    ]


def _parts(library: Library) -> list[str]:
    return list(fingerprints(english(library)))
