"""What the command says of translations, and that it makes no sheet from one that is behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from handouts.languages import language
from tests.commands import Changes, command, drawing
from tests.reading.examples import WORDS_FILE
from tests.translating.examples import SPANISH_FILE, edit, write_translations

PICTURES: Changes = {
    "handouts/asthma/pictures/inhaler.svg": drawing(),
    "clinics/riverside/logo.svg": drawing(),
}
CHANGED = "Asthma is very common."


@pytest.fixture(autouse=True)
def _library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder, a library with two translations that are in step."""
    monkeypatch.chdir(tmp_path)
    library = write_translations(Path("library"))
    for name, content in PICTURES.items():
        (library.root / name).write_text(str(content), "utf-8")


def change_the_source() -> None:
    from handouts.reading.library import Library

    edit(Library(Path("library")), WORDS_FILE, "Asthma is common.", CHANGED)


def run(*arguments: str) -> tuple[int, str, str]:
    answer = command(*arguments, "--library", "library")
    return answer.exit_code, answer.stdout, answer.stderr


# --- build -------------------------------------------------------------------------------------


def test_a_translation_that_is_behind_is_not_made() -> None:
    change_the_source()

    exit_code, stdout, stderr = run("build", "asthma", "--language", "es")

    assert (exit_code, stdout) == (10, "")
    assert stderr.startswith(
        'library/handouts/asthma/es.yaml:10:15: error: the section "definition" has changed in '
        "English since it was translated\n"
    )
    assert list(Path.cwd().glob("*.pdf")) == []


def test_with_leave_the_source_s_words_are_printed_under_a_line_that_says_so() -> None:
    change_the_source()

    exit_code, _, stderr = run("build", "asthma", "--language", "es", "--allow-stale")

    assert exit_code == 0
    assert 'warning: the section "definition" is printed in English' in stderr
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader("asthma-es.pdf").pages).split()
    )
    spanish = language("es")
    notice = spanish.word("untranslated_part", language=spanish.language_name("en"))
    assert notice.replace(" ", "") in text.replace(" ", "")
    assert CHANGED in text
    assert "El asma es frecuente" not in text
    assert "Use su inhalador." in text


def test_what_is_in_step_is_the_same_with_and_without_leave() -> None:
    run("build", "asthma", "--language", "es", "--output", "plain.pdf")
    run("build", "asthma", "--language", "es", "--allow-stale", "--output", "allowed.pdf")

    assert Path("plain.pdf").read_bytes() == Path("allowed.pdf").read_bytes()


# --- two languages side by side ----------------------------------------------------------------


def test_a_twin_sets_both_languages_on_one_sheet_under_both_names() -> None:
    exit_code, _, stderr = run("build", "asthma", "--language", "es", "--twin", "en")

    assert (exit_code, stderr) == (0, "")
    text = " ".join(
        " ".join(page.extract_text() for page in PdfReader("asthma-es-en.pdf").pages).split()
    )
    for words in ("El asma es frecuente.", "Asthma is common.", "Use su inhalador.", "Breathe in."):
        assert words in text
    assert PdfReader("asthma-es-en.pdf").root_object["/Lang"] == "es"


@pytest.mark.parametrize(
    ("options", "exit_code", "says"),
    [
        (["--language", "es", "--twin", "es"], 2, 'the language "es" would stand beside itself'),
        (["--twin", "en"], 2, 'the language "en" would stand beside itself'),
        (["--language", "so", "--twin", "en", "--fallback"], 2, "nothing can stand in for one"),
        (["--language", "es", "--twin", "de"], 11, "has no words in the language German (de)"),
        (["--language", "es", "--twin", "german"], 2, '"german" is not a language tag'),
    ],
)
def test_a_twin_needs_two_languages_that_are_there(
    options: list[str], exit_code: int, says: str
) -> None:
    answer = run("build", "asthma", *options)

    assert answer[0] == exit_code
    assert says in answer[2]
    assert list(Path.cwd().glob("*.pdf")) == []


@pytest.mark.parametrize("options", [["--language", "es"], ["--language", "en", "--twin", "es"]])
def test_no_sheet_is_made_from_a_stale_translation_on_either_side(options: list[str]) -> None:
    change_the_source()

    assert run("build", "asthma", *options)[0] == 10
    assert list(Path.cwd().glob("*.pdf")) == []


def test_a_twin_may_be_stale_by_leave() -> None:
    change_the_source()

    exit_code, _, stderr = run(
        "build", "asthma", "--language", "en", "--twin", "es", "--allow-stale"
    )

    assert exit_code == 0
    assert 'warning: the section "definition" is printed in English' in stderr


# --- list and check ----------------------------------------------------------------------------


def test_the_list_shows_which_languages_are_behind() -> None:
    change_the_source()
    Path("library", SPANISH_FILE).write_text("title: [", "utf-8")

    assert (
        "      en (reviewed), es (has mistakes), fr (draft, behind its source)\n"
        in (run("list")[1])
    )


def test_the_list_shows_a_checked_translation_as_reviewed() -> None:
    assert "      en (reviewed), es (reviewed), fr (draft)\n" in run("list")[1]


def test_check_names_each_part_that_is_behind_in_each_language() -> None:
    change_the_source()

    exit_code, stdout, stderr = run("check")

    assert exit_code == 10
    for tag in ("es", "fr"):
        assert f"asthma/{tag}.yaml:10:15: error: the section " in stderr
    assert stdout.endswith(": 2 errors, 0 warnings\n")


def test_check_answers_with_the_lowest_code() -> None:
    change_the_source()
    Path("library", SPANISH_FILE).write_text("title: [", "utf-8")

    assert run("check")[0] == 3


def test_check_reads_each_file_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    opened = Path.open

    def counting(path: Path, *arguments: str, **keywords: str) -> object:
        read.append(path.name)
        return opened(path, *arguments, **keywords)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", counting)
    exit_code, _, _ = run("check")

    assert exit_code == 0
    assert sorted(name for name in read if name in ("en.yaml", "es.yaml", "handout.yaml")) == [
        "en.yaml",
        "es.yaml",
        "handout.yaml",
    ]


# --- translations status -----------------------------------------------------------------------


def test_status_shows_each_translation_in_a_table() -> None:
    change_the_source()
    run("translations", "confirm", "asthma", "--language", "fr")

    assert run("translations", "status") == (
        0,
        "asthma (written in en)\n"
        "  language  method  checked by  state\n"
        "  es        human   Luz Vega    1 stale\n"
        "  fr        human   nobody      in step\n",
        "",
    )


def test_status_can_be_asked_of_one_handout() -> None:
    assert run("translations", "status", "asthma") == run("translations", "status")
    assert run("translations", "status", "astma")[0] == 9


def test_status_shows_which_translation_has_mistakes() -> None:
    Path("library", SPANISH_FILE).write_text("title: [", "utf-8")

    exit_code, stdout, _ = run("translations", "status")

    assert exit_code == 0
    assert '  es                            has mistakes, see "make-handout check"\n' in stdout


# --- translations confirm ----------------------------------------------------------------------


def test_confirm_says_what_it_recorded_and_that_a_check_still_stands() -> None:
    change_the_source()

    exit_code, stdout, stderr = run("translations", "confirm", "asthma", "--language", "es")

    assert exit_code == 0
    assert stdout == "library/handouts/asthma/es.yaml: 1 part recorded: sections.definition\n"
    assert "warning: the file still says that Luz Vega has checked this translation\n" in stderr
    assert run("build", "asthma", "--language", "es")[0] == 0


def test_confirm_says_what_is_still_not_in_step() -> None:
    change_the_source()

    arguments = ("translations", "confirm", "asthma", "--language", "es", "--part", "title")

    assert run(*arguments) == (
        0,
        "library/handouts/asthma/es.yaml: nothing to record\n  still stale: sections.definition\n",
        "",
    )


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (["asthma"], 2),
        (["asthma", "--language", "en"], 2),
        (["asthma", "--language", "es", "--part", "sections.cause"], 2),
        (["astma", "--language", "es"], 9),
        (["asthma", "--language", "de"], 11),
    ],
)
def test_what_cannot_be_confirmed_is_refused(arguments: list[str], exit_code: int) -> None:
    assert run("translations", "confirm", *arguments)[0] == exit_code


@pytest.mark.parametrize("name", ["status", "confirm"])
def test_each_command_has_help_that_fits_a_terminal(name: str) -> None:
    text = command("translations", name, "--help").stdout

    assert text.startswith("Usage: ")
    assert [line for line in text.splitlines() if len(line) > 92] == []
