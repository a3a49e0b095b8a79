"""What a person types, what the command answers, and what it says to the shell."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from handouts import __version__
from handouts.cli import FAULT, NOBODY_READS, STOPPED
from handouts.diagnostics import HandoutError
from handouts.languages import STRINGS, language_tags
from tests.commands import (
    CHECKOUT,
    FACTS_FILE,
    FILES,
    WORDS_FILE,
    Changes,
    build,
    command,
    in_clinic,
    instead,
    make_library,
    process,
    section_text,
)

COMMANDS = (
    *("batch", "build", "check", "init", "languages", "list", "packet", "proof", "translations"),
)


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def exit_codes() -> set[int]:
    """All that the command can answer: well, the exception tree, and what is no such error."""
    found = {0, FAULT, STOPPED, NOBODY_READS}
    kinds = HandoutError.__subclasses__()
    while kinds:
        kind = kinds.pop()
        found.add(kind.exit_code)
        kinds += kind.__subclasses__()
    return found


# --- help --------------------------------------------------------------------------------------


def test_the_help_lists_every_exit_code() -> None:
    told = command("--help").stdout.partition("exit code):")[2]

    assert {int(code) for code in re.findall(r"(?m)^ *(\d+)  ", told)} == exit_codes()


def test_the_readme_lists_every_exit_code() -> None:
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    told = readme.partition("## Exit codes")[2].partition("\n## ")[0]

    assert {int(code) for code in re.findall(r"(?m)^\| *(\d+) *\|", told)} == exit_codes()


def test_every_kind_of_error_has_an_exit_code_of_its_own() -> None:
    kinds = HandoutError.__subclasses__()

    assert len({kind.exit_code for kind in kinds}) == len(kinds)
    assert {FAULT, STOPPED, NOBODY_READS, 0, 1}.isdisjoint(kind.exit_code for kind in kinds)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_is_named_in_the_help_of_all(name: str) -> None:
    answer = command(name, "--help")

    assert answer.exit_code == 0
    assert answer.stdout.startswith("Usage: ")
    assert re.search(rf"(?m)^  {name} ", command("--help").stdout)


@pytest.mark.parametrize("arguments", [[], *([name] for name in COMMANDS)])
def test_no_line_of_help_is_wider_than_a_terminal(arguments: list[str]) -> None:
    lines = command(*arguments, "--help").stdout.splitlines()

    assert [line for line in lines if len(line) > 92] == []
    assert not any("\b" in line or r"\b" in line for line in lines)


def test_the_examples_in_the_help_work() -> None:
    """Each is typed as it stands, in the order in which a newcomer would."""
    helps = [command(*arguments, "--help").stdout for arguments in ([], ["build"])]
    examples = [line.split()[1:] for text in helps for line in text.splitlines()
                if line.startswith("    make-handout ")]  # fmt: skip

    answers = {" ".join(words): command(*words) for words in examples}

    assert len(answers) >= 5
    assert {line: answer.stderr for line, answer in answers.items() if answer.exit_code} == {}


def test_help_answers_without_loading_what_only_building_needs() -> None:
    script = (
        "import sys; from handouts.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: print(*sorted(sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.splitlines()[-1].split())

    assert "click" in loaded
    assert loaded.isdisjoint({"reportlab", "yaml", "uharfbuzz", "PIL", "markdown_it", "icu4py"})


def test_the_version_is_told() -> None:
    assert command("--version").stdout == f"make-handout {__version__}\n"


# --- build -------------------------------------------------------------------------------------


def test_build_says_where_the_pdf_is_and_how_much_it_is() -> None:
    make_library()

    answer = build()

    pages = len(PdfReader("sheet.pdf").pages)
    kilobytes = round(Path("sheet.pdf").stat().st_size / 1000)
    assert answer.stdout == f"sheet.pdf: {pages} pages, {kilobytes} KB\n"
    assert answer.stderr == ""


def test_without_output_the_pdf_is_put_here_under_the_names_of_what_it_shows() -> None:
    make_library()

    command("build", "asthma", "--library", "library")
    command("build", "asthma", "--library", "library", "--clinic", "riverside")

    assert sorted(path.name for path in Path.cwd().glob("*.pdf")) == [
        "asthma-en-riverside.pdf",
        "asthma-en.pdf",
    ]


@pytest.mark.parametrize("folder", ["there", "there/"])
def test_the_output_may_be_a_folder(folder: str) -> None:
    make_library()
    Path("there").mkdir()

    answer = build("--output", folder)

    assert answer.stdout.startswith(str(Path("there/asthma-en-riverside.pdf")))
    assert Path("there/asthma-en-riverside.pdf").exists()


def test_an_output_that_ends_like_a_folder_is_one_even_if_it_is_new() -> None:
    make_library()

    build("--output", "there/")

    assert Path("there/asthma-en-riverside.pdf").exists()


@pytest.mark.parametrize(("options", "width"), [([], 612), (["--paper", "A4"], 595)])
def test_the_paper_is_the_clinic_s_or_the_one_asked_for(options: list[str], width: int) -> None:
    make_library()

    build(*options)

    assert round(PdfReader("sheet.pdf").pages[0].mediabox.width) == width


UNKNOWN = "tlh"  # a language that the program will not have words in


def translated() -> Changes:
    words = FILES[WORDS_FILE] + "translation: {method: human, translator: A. Lee}\n"
    return {f"handouts/asthma/{UNKNOWN}.yaml": words}


def test_without_language_the_clinic_s_is_taken_if_the_handout_has_it() -> None:
    make_library(translated() | in_clinic(f"language: {UNKNOWN}\n"))

    answer = build()

    assert answer.exit_code == 3
    assert answer.stderr.startswith(f"library/handouts/asthma/{UNKNOWN}.yaml: error: ")


def test_without_language_the_source_is_taken_if_the_clinic_speaks_another() -> None:
    make_library(in_clinic("language: es\n"))

    command("build", "asthma", "--library", "library", "--clinic", "riverside")

    assert Path("asthma-en-riverside.pdf").exists()


def test_without_language_and_clinic_the_source_is_taken() -> None:
    make_library(translated())

    command("build", "asthma", "--library", "library")

    assert Path("asthma-en.pdf").exists()


def test_the_same_command_gives_the_same_bytes_in_another_process() -> None:
    make_library()
    build()

    answer = process(
        *("build", "asthma", "--library", "library", "--clinic", "riverside"),
        *("--output", "again.pdf"),
    )

    assert answer.exit_code == 0
    assert Path("again.pdf").read_bytes() == Path("sheet.pdf").read_bytes()


# --- where things are --------------------------------------------------------------------------


def test_files_below_the_current_folder_are_named_from_there() -> None:
    library = make_library(section_text("<b>x</b>")).absolute()

    answer = command("check", "--library", library)

    assert answer.stderr.startswith("library/handouts/asthma/en.yaml:12:5: error: ")


def test_files_elsewhere_are_named_in_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = make_library(section_text("<b>x</b>")).absolute()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")

    answer = command("check", "--library", library)

    assert answer.stderr.startswith(f"{library.as_posix()}/handouts/asthma/en.yaml:12:5: error: ")


def test_the_library_may_be_named_before_the_command_or_after_it() -> None:
    make_library()

    after = command("list", "--library", "library")

    assert after.exit_code == 0
    assert command("--library", "library", "list") == after
    assert command("--library", "nowhere", "list", "--library", "library") == after


def test_without_a_library_the_program_s_own_is_used() -> None:
    answer = command("list")

    assert "  progressive-multifocal-leukoencephalopathy\n" in answer.stdout
    assert "  riverside\n" in answer.stdout


# --- list --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "reviewed"),
        (instead(FACTS_FILE, ', reviewer: "Ann Lee, MD", reviewed: 2021-06', ""), "draft"),
    ],
)
def test_list_shows_titles_languages_drafts_and_clinics(changes: Changes, state: str) -> None:
    make_library(changes)

    assert command("list", "--library", "library").stdout == (
        "Handouts\n"
        "  asthma\n"
        "      Asthma\n"
        f"      en ({state})\n"
        "Clinics\n"
        "  riverside\n"
        "      Riverside Family Clinic\n"
    )


def test_list_shows_what_has_mistakes() -> None:
    make_library(section_text("<b>x</b>") | in_clinic("fax: 1\n"))

    answer = command("list", "--library", "library")

    assert answer.exit_code == 0
    assert answer.stdout == (
        "Handouts\n"
        "  asthma\n"
        '      (has mistakes, see "make-handout check")\n'
        "      en (has mistakes)\n"
        "Clinics\n"
        "  riverside\n"
        '      (has mistakes, see "make-handout check")\n'
    )


def test_list_shows_which_language_has_mistakes() -> None:
    make_library(translated())

    answer = command("list", "--library", "library")

    assert f"      Asthma\n      en (reviewed), {UNKNOWN} (has mistakes)\n" in answer.stdout


def test_a_title_that_the_terminal_cannot_show_does_not_stop_the_list() -> None:
    make_library(instead(WORDS_FILE, "title: Asthma\n", "title: Здоровье\n"))

    run = subprocess.run(
        [sys.executable, CHECKOUT / "make_handout.py", "list", "--library", "library"],
        env=os.environ | {"PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=True,
    )

    assert rb"\u0417\u0434" in run.stdout


# --- check -------------------------------------------------------------------------------------


def test_check_counts_the_files_that_it_looked_at() -> None:
    make_library()

    answer = command("check", "--library", "library")

    # handout.yaml, en.yaml and a picture; clinic.yaml and a logo
    assert answer.stdout == "5 files looked at: 0 errors, 0 warnings\n"
    assert (answer.exit_code, answer.stderr) == (0, "")


def test_check_lets_warnings_pass() -> None:
    make_library(instead(WORDS_FILE, "[^smith-2019]", ""))

    answer = command("check", "--library", "library")

    assert answer.exit_code == 0
    assert answer.stdout == "5 files looked at: 0 errors, 1 warning\n"
    assert 'warning: the reference "smith-2019" is never cited' in answer.stderr


def test_check_tells_the_mistakes_of_all_files_and_answers_with_the_lowest_code() -> None:
    make_library(section_text("The letter \u0f40.") | in_clinic("fax: 1\n"))

    answer = command("check", "--library", "library")

    assert answer.exit_code == 4
    assert "en.yaml:12:5: error: no font has a letter" in answer.stderr
    assert 'clinic.yaml:7:1: error: unknown key "fax"' in answer.stderr
    assert answer.stdout.endswith(": 2 errors, 0 warnings\n")


def test_check_tells_a_mistake_in_the_facts_once_for_all_languages() -> None:
    make_library(translated() | instead(FACTS_FILE, "audience: adults", "audience: [adults]"))

    answer = command("check", "--library", "library")

    assert answer.exit_code == 3
    assert answer.stderr.count("handout.yaml:2:11: error: ") == 1


def test_check_tells_of_a_language_that_the_program_has_no_words_in() -> None:
    make_library(translated())

    answer = command("check", "--library", "library")

    assert answer.exit_code == 3
    assert answer.stderr.startswith(
        f"library/handouts/asthma/{UNKNOWN}.yaml: error: the program has no"
    )


def test_check_warns_of_folders_that_are_not_read() -> None:
    make_library({"handouts/My Topic/handout.yaml": "", "clinics/other/notes.txt": ""})

    answer = command("check", "--library", "library")

    assert answer.exit_code == 0
    assert 'handouts/My Topic: warning: the folder "My Topic" is not read\n  hint: name it in' in (
        answer.stderr
    )
    assert 'clinics/other: warning: the folder "other" is not read\n  hint: it has no clinic' in (
        answer.stderr
    )


# --- what is not understood, and what goes wrong -----------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["bulid"], ["build"], ["build", "a", "b"], ["build", "a", "--paper", "a5"], ["--fast"], []],
)
def test_what_is_not_understood_ends_with_2_and_says_how_to_get_help(arguments: list[str]) -> None:
    answer = command(*arguments)

    assert answer.exit_code == 2
    assert "--help" in answer.stderr


def test_a_fault_in_the_program_shows_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def divide(*_: object, **__: object) -> float:
        return 1 / 0

    monkeypatch.setattr("handouts.pipeline.build", divide)
    make_library()

    answer = build()

    assert answer.exit_code == FAULT
    assert "Traceback" in answer.stderr
    assert "ZeroDivisionError" in answer.stderr
    assert answer.stderr.endswith("This is a fault in the program, not in your files.\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows stops programs in another way")
def test_ctrl_c_ends_with_130_and_no_traceback() -> None:
    script = (
        "import os, signal, handouts.pipeline\n"
        "from handouts.cli import main\n"
        "handouts.pipeline.build = lambda *_, **__: os.kill(os.getpid(), signal.SIGINT)\n"
        "main(['build', 'asthma'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stdout, run.stderr) == (STOPPED, "", "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other pipes")
def test_a_reader_that_goes_away_is_no_cause_for_words() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    run = subprocess.run(
        [sys.executable, CHECKOUT / "make_handout.py", "list"],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)

    assert (run.returncode, run.stderr) == (NOBODY_READS, "")


def test_languages_shows_each_with_its_script_font_digits_and_a_date() -> None:
    shown = command("languages")
    lines = {line.split()[0]: line for line in shown.stdout.splitlines()}

    assert shown.exit_code == 0
    assert set(lines) == {"tag", *language_tags()}
    assert lines["ur"].split()[1:6] == ["اردو", "Arab", "right", "to", "left"]
    assert "noto-nastaliq-urdu" in lines["ur"]
    assert "۱۲۳۴۵۶۷۸۹۰  at spaces" in lines["fa"]
    assert lines["km"].endswith("between words of a dictionary  22 វិច្ឆិកា 2026")
    assert "between phrases" in lines["ja"]


def test_languages_shows_a_librarys_own_one(tmp_path: Path) -> None:
    (tmp_path / "strings").mkdir()
    english = (STRINGS / "en.yaml").read_text("utf-8")
    (tmp_path / "strings/cy.yaml").write_text(english.replace("name: English", "name: Cymraeg"))

    assert "\ncy       Cymraeg " in command("languages", "--library", str(tmp_path)).stdout
