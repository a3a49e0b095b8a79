"""What a person is told about a library in which something is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from handouts.clinic import Clinic
from handouts.diagnostics import (
    ClinicError,
    ContentError,
    NoSuchLanguageError,
    NotFoundError,
    UsageError,
)
from handouts.document import Handout
from handouts.reading.clinics import read_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from handouts.reading.report import Reading
from tests.reading.examples import CLINIC_FILE, FACTS_FILE, FILES, WORDS_FILE, write_library

HANDOUT = "library/handouts/asthma"
CASES = yaml.safe_load((Path(__file__).parent / "bad_input.yaml").read_text("utf-8"))
PLACES = {Path(file).name: file for file in FILES}
TEXT_OF_A_SECTION = "    Use your inhaler.\n"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def library(changes: dict[str, str | bytes | None] | None = None) -> Library:
    return write_library(Path("library"), changes)


def handout_of(library: Library) -> Reading[Handout]:
    return read_handout(library, "asthma", "en")


def clinic_of(library: Library) -> Reading[Clinic]:
    return read_clinic(library, "riverside")


def test_the_example_library_itself_is_without_fault() -> None:
    assert handout_of(library()).warnings == ()
    assert clinic_of(library()).warnings == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"].replace(" ", "-"))
def test_the_writer_is_told(case: dict[str, Any]) -> None:
    file, content = spoilt(case)
    is_clinic = file == CLINIC_FILE
    read, kind = (clinic_of, ClinicError) if is_clinic else (handout_of, ContentError)
    try:
        problems = read(library({file: content})).warnings
    except kind as error:
        problems = error.diagnostics
    said = "".join(f"{problem}\n" for problem in problems)
    folder = Path("library", file).parent.as_posix()
    assert said.replace(f"{folder}/", "") == case["says"]


def spoilt(case: dict[str, Any]) -> tuple[str, str]:
    if "text" in case:
        lines = [f"    {line}\n" if line else "\n" for line in case["text"].splitlines()]
        return WORDS_FILE, FILES[WORDS_FILE].replace(TEXT_OF_A_SECTION, "".join(lines))
    file = PLACES[case["in"]]
    if "whole" in case:
        return file, case["whole"]
    assert FILES[file].count(case["of"]) >= 1
    return file, FILES[file].replace(case["of"], case["instead"], 1)


# --- files -----------------------------------------------------------------------------------


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    huge = library()
    with (huge.root / WORDS_FILE).open("wb") as stream:
        stream.truncate(50_000_000)
    with pytest.raises(ContentError) as raised:
        handout_of(huge)
    assert str(raised.value) == (
        f"{HANDOUT}/en.yaml: error: the file is too large: 50,000,000 bytes\n"
        "  hint: a text file may have 1,000,000 bytes; keep pictures in their own files"
    )


def test_a_file_that_is_not_utf_8_says_where() -> None:
    latin = library({WORDS_FILE: "title: Asthma\nshort_title: Ästhé\n".encode("latin-1")})
    with pytest.raises(ContentError) as raised:
        handout_of(latin)
    assert str(raised.value) == (
        f"{HANDOUT}/en.yaml:2:14: error: the file is not UTF-8 text\n"
        "  hint: save it with the encoding UTF-8"
    )


def test_a_file_in_utf_16_is_not_utf_8() -> None:
    with pytest.raises(ContentError, match="not UTF-8"):
        handout_of(library({WORDS_FILE: FILES[WORDS_FILE].encode("utf-16")}))


def test_unpaired_surrogates_are_not_utf_8() -> None:
    text = FILES[WORDS_FILE].replace("Asthma", "\ud800", 1).encode("utf-8", "surrogatepass")
    with pytest.raises(ContentError, match=r"en\.yaml:1:8: error: the file is not UTF-8 text"):
        handout_of(library({WORDS_FILE: text}))


def test_a_byte_order_mark_and_windows_line_ends_are_no_fault() -> None:
    text = FILES[WORDS_FILE].replace("\n", "\r\n").encode("utf-8-sig")
    with_bom = handout_of(library({WORDS_FILE: text})).value
    plain = handout_of(write_library(Path("other"))).value
    assert with_bom.sections[1].blocks[0].span.line == plain.sections[1].blocks[0].span.line
    assert with_bom.title == plain.title


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(9))}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(ContentError) as raised:
        handout_of(library({WORDS_FILE: bomb}))
    assert str(raised.value) == (
        f"{HANDOUT}/en.yaml:1:4: error: `&a` is a YAML anchor, which is not used here\n"
        "  at a\n"
        "  hint: write the value out; put text that begins with `&` in quotes"
    )


def test_deep_nesting_does_not_exhaust_anything() -> None:
    with pytest.raises(ContentError, match="nested more than 20 deep"):
        handout_of(library({WORDS_FILE: "[" * 500_000}))


def test_endless_lists_are_refused() -> None:
    with pytest.raises(ContentError, match="more than 10,000 values"):
        handout_of(library({WORDS_FILE: "a:\n" + "- b\n" * 20_000}))


def test_a_text_without_end_is_refused() -> None:
    text = FILES[WORDS_FILE].replace("Use your", "[" * 30_000)
    with pytest.raises(ContentError, match="longer than 20,000 characters"):
        handout_of(library({WORDS_FILE: text}))


def test_a_folder_in_place_of_a_file_is_no_file() -> None:
    strange = library({WORDS_FILE: None})
    (strange.root / WORDS_FILE).mkdir()
    with pytest.raises(ContentError, match=r"en\.yaml: error: there is no such file"):
        handout_of(strange)


def test_a_words_file_with_a_name_that_is_no_language_is_a_warning() -> None:
    misnamed = library({f"{Path(WORDS_FILE).parent}/english.yaml": "title: Asthma\n"})
    assert [str(warning) for warning in handout_of(misnamed).warnings] == [
        f'{HANDOUT}/english.yaml: warning: the file "english.yaml" is not read: '
        "its name is not that of a language\n"
        "  hint: name the words after their language, such as en.yaml or zh-Hans.yaml"
    ]


def test_all_that_is_wrong_with_both_files_is_told_at_once() -> None:
    text = FILES[WORDS_FILE].replace("short_title", "shorttitle").replace("[^smith", "`x` [^smyth")
    facts = FILES[FACTS_FILE].replace("adults", "adults\nowner: Me").replace("US", "XX")
    with pytest.raises(ContentError) as raised:
        handout_of(library({WORDS_FILE: text, FACTS_FILE: facts}))
    assert [(problem.span.line, problem.message) for problem in raised.value.diagnostics] == [
        (2, 'unknown key "shorttitle"'),
        (10, "code cannot be used in a handout"),
        (3, 'unknown key "owner"'),
        (10, '"XX" is not the code of a country'),
    ]


# --- links in the file system ----------------------------------------------------------------


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.symlink_to(target.absolute())


@pytest.fixture
def secret() -> Path:
    path = Path("secret.svg")
    path.write_text("<svg/>")
    return path


def test_a_picture_that_links_out_of_its_folder_is_refused(secret: Path) -> None:
    linked = library()
    link(linked.root / "handouts/asthma/pictures/inhaler.svg", secret)
    with pytest.raises(ContentError) as raised:
        handout_of(linked)
    assert str(raised.value) == (
        f'{HANDOUT}/handout.yaml:7:19: error: the picture file "pictures/inhaler.svg" is outside '
        "the folder of this file\n"
        "  at pictures.inhaler.file\n"
        "  hint: copy the picture into the folder and write its name with `/`, such as "
        "pictures/neuron.svg"
    )


def test_a_folder_of_pictures_that_links_out_is_refused(secret: Path) -> None:
    linked = library({"handouts/asthma/pictures/inhaler.svg": None})
    Path("elsewhere").mkdir()
    secret.rename("elsewhere/inhaler.svg")
    link(linked.root / "handouts/asthma/pictures", Path("elsewhere"))
    with pytest.raises(ContentError, match="outside the folder"):
        handout_of(linked)


def test_a_logo_that_links_out_of_its_folder_is_refused(secret: Path) -> None:
    linked = library()
    link(linked.root / "clinics/riverside/logo.svg", secret)
    with pytest.raises(
        ClinicError, match=r'clinic\.yaml:6:14: error: the picture file "logo\.svg"'
    ):
        clinic_of(linked)


def test_a_circle_of_links_is_no_picture() -> None:
    circle = library({"handouts/asthma/pictures/inhaler.svg": None})
    one = circle.root / "handouts/asthma/pictures/inhaler.svg"
    other = one.with_name("other.svg")
    link(one, other)
    link(other, one)
    with pytest.raises(ContentError, match="there is no picture file"):
        handout_of(circle)


@pytest.mark.parametrize("file", [WORDS_FILE, FACTS_FILE])
def test_a_file_that_links_out_of_the_library_is_refused(file: str) -> None:
    linked = library()
    path = linked.root / file
    path.rename("outside.yaml")
    link(path, Path("outside.yaml"))
    with pytest.raises(ContentError) as raised:
        handout_of(linked)
    assert str(raised.value) == (
        f"library/{file}: error: the path leads out of the library\n"
        "  hint: copy what it links to into the library"
    )


def test_a_clinic_that_links_out_of_the_library_is_refused() -> None:
    linked = library()
    (linked.root / "clinics/riverside").rename("outside")
    link(linked.root / "clinics/riverside", Path("outside"))
    with pytest.raises(ClinicError, match="leads out of the library"):
        clinic_of(linked)


def test_a_library_may_itself_be_a_link() -> None:
    real = library()
    link(Path("linked"), real.root)
    assert read_handout(Library(Path("linked")), "asthma", "en").value.title == "Asthma"


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "hint"), [("astma", 'did you mean "asthma"?'), ("xyz", "the known ones are: asthma")]
)
def test_an_unknown_handout_names_the_nearest(slug: str, hint: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        read_handout(library(), slug, "en")
    assert str(raised.value) == f'error: there is no handout "{slug}"\n  hint: {hint}'


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(NoSuchLanguageError) as raised:
        read_handout(library(), "asthma", "es")
    assert str(raised.value) == (
        'error: the handout "asthma" has no words in the language Spanish (es)\n'
        "  hint: it has English (en); `make-handout build asthma --language es --fallback` prints "
        "the one it was written in, and says so in the one you want"
    )


def test_an_unknown_clinic_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match='did you mean "riverside"'):
        read_clinic(library(), "riversid")


@pytest.mark.parametrize(
    "slug", ["../asthma", "asthma/", "/etc", "Asthma", "", ".", "asthma\x00", "a" * 5000]
)
def test_a_slug_is_never_a_path(slug: str) -> None:
    with pytest.raises(NotFoundError, match="there is no handout"):
        read_handout(library(), slug, "en")


def test_a_language_is_never_a_path() -> None:
    for tag in ("../asthma/en", "handout", "en.yaml", os.devnull):
        with pytest.raises(UsageError, match="is not a language tag"):
            read_handout(library(), "asthma", tag)


def test_a_library_that_is_not_there_is_named() -> None:
    with pytest.raises(
        NotFoundError, match="the library has no folder that can be read at nowhere"
    ):
        Library(Path("nowhere")).handouts()
