"""Which language a sheet is made in, and what is said when it is not the one that was wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from handouts.choosing import choose_language, choose_with_fallback
from handouts.diagnostics import NoSuchLanguageError, UsageError
from handouts.languages import STRINGS, Languages, language
from handouts.reading.clinics import read_clinic
from handouts.reading.library import Library
from handouts.reading.tags import nearest_tag
from handouts.translating.confirming import confirm
from tests.commands import build, command, in_clinic, make_library
from tests.translating.examples import SPANISH

INTERPRETER = 'interpreter: {so: "Turjubaan: wac 212-555-0142"}\n'


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def text_of(file: str) -> str:
    """Of the first page, with its lines joined."""
    return " ".join(PdfReader(file).pages[0].extract_text().split())


def made() -> list[str]:
    return sorted(path.name for path in Path.cwd().glob("*.pdf"))


# --- the notice --------------------------------------------------------------------------------


def test_without_the_clinic_s_words_the_language_says_how_to_get_an_interpreter() -> None:
    library = Library(make_library())
    somali = language("so")

    tag, notice, warnings = choose_with_fallback(library, "asthma", "so", None, Languages())

    assert tag == "en"
    assert notice
    assert notice.language == "so"
    assert notice.lines == (
        somali.word("fallback", language=somali.language_name("en")),
        somali.word("interpreter"),
    )
    assert [str(warning) for warning in warnings] == [
        'warning: the handout "asthma" has no words in the language Somali (so): it is printed '
        "in English (en), and says so"
    ]


def test_the_clinic_s_own_words_lead_to_its_interpreter() -> None:
    library = Library(make_library(in_clinic(INTERPRETER)))
    clinic = read_clinic(library, "riverside").value

    somali = choose_with_fallback(library, "asthma", "so", clinic, Languages()).notice
    vietnamese = choose_with_fallback(library, "asthma", "vi", clinic, Languages()).notice

    assert somali
    assert vietnamese
    assert somali.lines[1] == "Turjubaan: wac 212-555-0142"
    assert vietnamese.lines[1] == language("vi").word("interpreter")


def test_with_fallback_the_clinic_s_language_is_the_wanted_one() -> None:
    library = Library(make_library(in_clinic("language: so\n")))
    clinic = read_clinic(library, "riverside").value

    choice = choose_with_fallback(library, "asthma", "", clinic, Languages())

    assert (choice.tag, choice.notice and choice.notice.language) == ("en", "so")
    assert choose_language(library, "asthma", "", clinic).notice is None


def test_a_language_that_the_handout_has_needs_no_notice() -> None:
    library = Library(make_library())

    assert choose_with_fallback(library, "asthma", "en", None, Languages()) == ("en", None, ())


def test_a_notice_in_a_language_without_strings_cannot_be_written() -> None:
    library = Library(make_library())

    with pytest.raises(NoSuchLanguageError, match=r"cannot say in Klingon \(tlh\)"):
        choose_with_fallback(library, "asthma", "tlh", None, Languages())


def test_somebody_must_want_a_language() -> None:
    with pytest.raises(UsageError, match="nothing says which language is wanted"):
        choose_with_fallback(Library(make_library()), "asthma", "", None, Languages())


# --- the command -------------------------------------------------------------------------------


def test_a_language_that_the_handout_lacks_ends_with_11_and_names_those_it_has() -> None:
    make_library()

    answer = build("--language", "so")

    assert answer.exit_code == 11
    assert answer.stderr.startswith(
        'error: the handout "asthma" has no words in the language Somali (so)\n'
        "  hint: it has English (en); `make-handout build asthma --language so --fallback` prints "
    )
    assert made() == []


@pytest.mark.parametrize(
    ("tag", "exit_code", "says"),
    [
        ("tlh", 11, "Klingon (tlh), and the program has none of its own in it"),
        ("en-GB", 11, 'did you mean "en"? it has English (en)'),
        ("EN", 11, 'did you mean "en"?'),
        ("en_US", 2, 'did you mean "en"?'),
        ("e", 2, '"e" is not a language tag\n  hint: write one such as'),
        ("english", 2, '"english" is not a language tag\n  hint: did you mean "en"?'),
        ("Español", 2, '"Español" is not a language tag\n  hint: did you mean "es"?'),
        ("xx-", 2, '"xx-" is not a language tag\n  hint: write one such as'),
        ("../asthma/en", 2, '"../asthma/en" is not a language tag'),
    ],
)
def test_a_wrong_tag_is_told_from_a_language_that_is_lacking(
    tag: str, exit_code: int, says: str
) -> None:
    make_library()

    answer = build("--language", tag)

    assert answer.exit_code == exit_code
    assert says in answer.stderr
    assert made() == []


def test_fallback_prints_the_source_under_a_line_in_the_wanted_language() -> None:
    make_library(in_clinic(INTERPRETER))

    answer = command("build", "asthma", "--library", "library", "--clinic", "riverside",
                     "--language", "so", "--fallback")  # fmt: skip

    assert answer.exit_code == 0
    assert "it is printed in English (en), and says so" in answer.stderr
    assert made() == ["asthma-en-for-so-riverside.pdf"]
    text = text_of("asthma-en-for-so-riverside.pdf")
    somali = language("so")
    for line in (
        somali.word("fallback", language=somali.language_name("en")),
        "Turjubaan: wac 212-555-0142",
        "Asthma is common.",
    ):
        assert line in text
    assert PdfReader("asthma-en-for-so-riverside.pdf").root_object["/Lang"] == "en"


def test_fallback_changes_nothing_where_the_language_is_there() -> None:
    make_library()
    build("--language", "en", "--output", "plain.pdf")

    answer = build("--language", "en", "--fallback", "--output", "fallback.pdf")

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert Path("fallback.pdf").read_bytes() == Path("plain.pdf").read_bytes()


@pytest.mark.parametrize(
    ("options", "exit_code"),
    [
        (["--fallback"], 2),
        (["--language", "xx-", "--fallback"], 2),
        (["--language", "tlh", "--fallback"], 11),
    ],
)
def test_fallback_needs_a_language_that_can_be_spoken(options: list[str], exit_code: int) -> None:
    make_library()

    answer = command("build", "asthma", "--library", "library", *options)

    assert answer.exit_code == exit_code
    assert made() == []


def test_fallback_asks_for_the_language_that_was_meant() -> None:
    make_library()

    for written, meant in (("ES", "es"), ("zh-TW", "zh-Hant"), ("fil", "tl")):
        answer = build("--language", written, "--fallback")

        assert answer.exit_code == 11
        assert f'hint: did you mean "{meant}"?' in answer.stderr
    assert made() == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("zh", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hant-TW", "zh-Hant"),
        ("zh-SG", "zh-Hans"),
        ("fil", "tl"),
        ("iw", "he"),
        ("eng", "en"),
        ("pt-PT", "pt-BR"),
        ("ar-EG", "ar"),
        ("tlh", ""),
    ],
)
def test_the_tag_meant_has_the_language_and_if_it_can_the_script(written: str, meant: str) -> None:
    assert nearest_tag(written, Languages().tags(), Languages()) == meant


def test_check_sets_the_clinic_s_words_for_an_interpreter() -> None:
    make_library(in_clinic(INTERPRETER.replace("Turjubaan", "Turjubaan \u0f40")))

    answer = command("check", "--library", "library")

    assert answer.exit_code == 5
    assert "clinics/riverside/clinic.yaml:7:14: error: no font has a letter" in answer.stderr


# --- languages that a library adds -------------------------------------------------------------


def test_a_library_s_own_language_is_made_listed_and_checked_like_any_other() -> None:
    strings = (STRINGS / "es.yaml").read_text("utf-8").replace("name: Español", "name: Galego")
    galician = SPANISH.replace("El asma", "A asma")
    library = Library(
        make_library({"strings/gl.yaml": strings, "handouts/asthma/gl.yaml": galician})
    )
    confirm(library, "asthma", "gl")

    answer = build("--language", "gl")

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert PdfReader("sheet.pdf").root_object["/Lang"] == "gl"
    assert "A asma" in text_of("sheet.pdf")
    assert "en (reviewed), gl (reviewed)" in command("list", "--library", "library").stdout
    assert command("check", "--library", "library").exit_code == 0


def test_a_library_s_own_language_can_say_that_a_handout_lacks_it() -> None:
    strings = (STRINGS / "es.yaml").read_text("utf-8")
    make_library({"strings/gl.yaml": strings})

    answer = build("--language", "gl", "--fallback")

    assert answer.exit_code == 0
    assert language("es").word("interpreter") in text_of("sheet.pdf")
