"""Whatever is wrong, the command says where and what, ends with its exit code and makes no PDF."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.languages import STRINGS
from tests.commands import (
    CLINIC_FILE,
    FACTS_FILE,
    FILES,
    LOGO_FILE,
    PICTURE_FILE,
    WORDS_FILE,
    Answer,
    Changes,
    build,
    command,
    drawing,
    in_clinic,
    instead,
    make_library,
    process,
    section_text,
)
from tests.reading_back import blocks

HANDOUT = "library/handouts/asthma/"
WORDS = "library/" + WORDS_FILE
FACTS = "library/" + FACTS_FILE
CLINIC = "library/" + CLINIC_FILE
PICTURE = "library/" + PICTURE_FILE
PHOTOGRAPH = "handouts/asthma/pictures/inhaler.png"
ALIAS_BOMB = 'a: &a ["lol"]\n' + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
ENTITY_BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 9}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + ']>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><desc>&i;</desc></svg>'
)
LABEL_PLACE = '<rect id="label-mouth" x="5" y="5" width="40" height="12"/>'


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def assert_refused(answer: Answer, exit_code: int, says: str) -> None:
    """The answer has a line that begins so, and nothing was made or left behind."""
    assert answer.exit_code == exit_code, answer
    assert any(line.startswith(says) for line in answer.stderr.splitlines()), answer.stderr
    assert "Traceback" not in answer.stderr
    assert answer.stdout == ""
    assert made() == []


def made() -> list[str]:
    return sorted(path.name for path in Path.cwd().iterdir() if path.name != "library")


def png(width: int, height: int, pixels: bytes) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(pixels))
        + chunk(b"IEND", b"")
    )


def photograph(content: bytes) -> Changes:
    """The picture of the handout is a file of pixels with this content."""
    return {PHOTOGRAPH: content, **instead(FACTS_FILE, "inhaler.svg", "inhaler.png")}


def test_the_example_library_itself_gives_a_pdf_and_no_word_of_complaint() -> None:
    make_library()

    answer = build()

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert made() == ["sheet.pdf"]


# --- files of a handout ------------------------------------------------------------------------

HANDOUT_FILES: dict[str, tuple[Changes, str]] = {
    "malformed YAML": (
        instead(WORDS_FILE, "title: Asthma", "title: Asthma: what it is"),
        f"{WORDS}:1:14: error: not valid YAML: mapping values are not allowed",
    ),
    "a duplicate key": (
        instead(WORDS_FILE, "short_title: Asthma", "title: Asthma"),
        f'{WORDS}:2:1: error: the key "title" is written twice',
    ),
    "an unknown key": (
        instead(WORDS_FILE, "short_title", "shrot_title"),
        f'{WORDS}:2:1: error: unknown key "shrot_title"',
    ),
    "a wrong type": (
        instead(WORDS_FILE, "title: Asthma", "title: [Asthma]"),
        f"{WORDS}:1:8: error: expected text, found a list",
    ),
    "an alias bomb": (
        {WORDS_FILE: ALIAS_BOMB + FILES[WORDS_FILE]},
        f"{WORDS}:1:4: error: `&a` is a YAML anchor, which is not used here",
    ),
    "brackets without end": (
        {WORDS_FILE: "title: " + "[" * 100_000},
        f"{WORDS}:1:",
    ),
    "a file that is not text": (
        {WORDS_FILE: b"title: Asthma\xff\n"},
        f"{WORDS}:1:14: error: the file is not UTF-8 text",
    ),
    "an empty file": ({FACTS_FILE: ""}, f"{FACTS}: error: the file is empty"),
    "a section without text": (
        instead(WORDS_FILE, "  definition: |\n    Asthma is common.[^smith-2019]\n", ""),
        f'{WORDS}:9:3: error: the section "definition" has no words',
    ),
    "a section with nothing in it": (
        instead(WORDS_FILE, "    Asthma is common.[^smith-2019]\n", "\n"),
        f"{WORDS}:9:15: error: expected text, found nothing",
    ),
    "an unknown citation": (
        instead(WORDS_FILE, "[^smith-2019]", "[^smith-2020]"),
        f'{WORDS}:10:22: error: there is no reference "smith-2020"',
    ),
    "raw HTML": (
        section_text("Use your <b>inhaler</b>."),
        f"{WORDS}:12:14: error: HTML cannot be used in a handout",
    ),
    "ReportLab's paragraph markup": (
        section_text('<para align="center">Use <font size="40">it</font>.</para>'),
        f"{WORDS}:12:5: error: HTML cannot be used in a handout",
    ),
    "an image in HTML": (
        section_text('Look: <img src="file:///etc/passwd"/>'),
        f"{WORDS}:12:11: error: HTML cannot be used in a handout",
    ),
    "a javascript: link": (
        section_text("Use [it](javascript:alert(1))."),
        f'{WORDS}:12:9: error: "javascript:alert(1)" is not an address that a link may lead to',
    ),
    "an unknown variable": (
        section_text("Call {phone_number}."),
        f'{WORDS}:12:10: error: there is no variable "phone_number"',
    ),
    "a Python format field": (
        section_text("Take {0.__class__} daily."),
        f'{WORDS}:12:10: error: there is no variable "0.__class__"',
    ),
    "a missing picture": (
        {PICTURE_FILE: None},
        f'{FACTS}:7:19: error: there is no picture file "pictures/inhaler.svg"',
    ),
    "a picture at an absolute path": (
        instead(FACTS_FILE, "pictures/inhaler.svg", "/etc/inhaler.svg"),
        f'{FACTS}:7:19: error: the picture file "/etc/inhaler.svg" is outside the folder',
    ),
    "a picture on another drive": (
        instead(FACTS_FILE, "pictures/inhaler.svg", "'C:\\inhaler.svg'"),
        f'{FACTS}:7:19: error: the picture file "C:\\inhaler.svg" is outside the folder',
    ),
    "a picture above the folder": (
        instead(FACTS_FILE, "pictures/inhaler.svg", "../../clinics/riverside/logo.svg"),
        f'{FACTS}:7:19: error: the picture file "../../clinics/riverside/logo.svg" is outside',
    ),
    "a drawing with an external image": (
        {PICTURE_FILE: drawing('<image href="http://a.example.org/a.png"/>')},
        f"{PICTURE}:1:133: error: <image> is not allowed in a drawing",
    ),
    "a drawing that uses another file": (
        {PICTURE_FILE: drawing('<use href="other.svg#shape"/>')},
        f'{PICTURE}:1:133: error: <use> refers to "other.svg#shape", outside the drawing',
    ),
    "a drawing with an external style sheet": (
        {PICTURE_FILE: drawing("<style>@import url(http://a.example.org/a.css)</style>")},
        f'{PICTURE}:1:179: error: <style> refers to "http://a.example.org/a.css"',
    ),
    "a drawing with a script": (
        {PICTURE_FILE: drawing("<script>alert(1)</script>")},
        f"{PICTURE}:1:133: error: <script> is not allowed in a drawing",
    ),
    "a drawing with an event": (
        {PICTURE_FILE: drawing('<path d="M0 0h9v9z" onclick="alert(1)"/>')},
        f"{PICTURE}:1:133: error: <path> has the event attribute onclick",
    ),
    "an entity bomb": (
        {PICTURE_FILE: ENTITY_BOMB},
        f"{PICTURE}:1:15: error: the drawing declares a document type of its own",
    ),
    "an external entity": (
        {PICTURE_FILE: '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<svg>&a;</svg>'},
        f"{PICTURE}:1:15: error: the drawing declares a document type of its own",
    ),
    "a broken drawing": (
        {PICTURE_FILE: drawing()[:100]},
        f"{PICTURE}:1:88: error: the drawing is not well-formed XML",
    ),
    "a broken photograph": (
        photograph(png(50, 50, bytes(100))),
        f"{HANDOUT}pictures/inhaler.png: error: the picture is broken or cut short",
    ),
    "a photograph of 3600 million pixels": (
        photograph(png(60_000, 60_000, bytes(100))),
        f"{HANDOUT}pictures/inhaler.png: error: the picture has more than 25 million pixels",
    ),
    "a photograph of 11 MB": (
        photograph(png(10, 10, bytes(310)) + bytes(11_000_000)),
        f"{HANDOUT}pictures/inhaler.png: error: the picture file is over 10 MB",
    ),
    "a label without words": (
        {PICTURE_FILE: drawing(LABEL_PLACE)},
        f'{WORDS}:17:12: error: the picture has a place for the label "mouth"',
    ),
}


@pytest.mark.parametrize("name", HANDOUT_FILES)
def test_a_handout_file_is_wrong(name: str) -> None:
    changes, says = HANDOUT_FILES[name]
    make_library(changes)

    assert_refused(build(), 3, says)


@pytest.mark.parametrize("file", [WORDS_FILE, FACTS_FILE, PICTURE_FILE])
def test_a_handout_file_of_50_mb_is_refused(file: str) -> None:
    with (make_library() / file).open("ab") as stream:
        stream.truncate(50_000_000)

    assert_refused(build(), 3, f"library/{file}: error: ")


def test_a_picture_that_is_a_link_out_of_the_library_is_refused() -> None:
    elsewhere = Path("elsewhere.svg")
    elsewhere.write_text(drawing())
    picture = make_library() / PICTURE_FILE
    picture.unlink()
    picture.symlink_to(elsewhere.absolute())

    answer = build()

    elsewhere.unlink()
    assert_refused(
        answer, 3, f'{FACTS}:7:19: error: the picture file "pictures/inhaler.svg" is outside'
    )


def test_an_uncited_reference_is_a_warning_and_the_pdf_is_made() -> None:
    make_library(instead(WORDS_FILE, "[^smith-2019]", ""))

    answer = build()

    assert answer.exit_code == 0
    assert answer.stderr.startswith(
        f'{FACTS}:11:5: warning: the reference "smith-2019" is never cited\n'
    )
    assert made() == ["sheet.pdf"]


def test_all_mistakes_of_both_files_are_told_at_once() -> None:
    make_library(
        instead(WORDS_FILE, "Breathe out.", "<b>Breathe</b> out.")
        | instead(FACTS_FILE, "treatment]", "treatment, prevention]")
    )

    answer = build()

    assert_refused(answer, 3, f"{WORDS}:14:7: error: HTML cannot be used in a handout")
    assert_refused(answer, 3, f'{WORDS}:9:3: error: the section "prevention" has no words')


# --- files of a clinic -------------------------------------------------------------------------

CLINIC_FILES: dict[str, tuple[Changes, str]] = {
    "malformed YAML": (
        instead(CLINIC_FILE, "name: Riverside", "name: @Riverside"),
        f"{CLINIC}:1:7: error: not valid YAML",
    ),
    "an unknown key": (in_clinic("fax: 12\n"), f'{CLINIC}:7:1: error: unknown key "fax"'),
    "a wrong type": (
        instead(CLINIC_FILE, 'emergency_number: "911"', "emergency_number: soon"),
        f"{CLINIC}:3:19: error: ",
    ),
    "a javascript: address": (
        in_clinic('web: "javascript:alert(1)"\n'),
        f"{CLINIC}:7:6: error: ",
    ),
    "a colour by name": (in_clinic("palette: {accent: red}\n"), f"{CLINIC}:7:19: error: "),
    "an unreadable colour": (
        in_clinic('palette: {accent: "#FFEE00"}\n'),
        f"{CLINIC}:7:10: error: the accent colour #FFEE00 is too pale to read",
    ),
    "a missing logo": (
        {LOGO_FILE: None},
        f'{CLINIC}:6:14: error: there is no picture file "logo.svg"',
    ),
    "a logo outside the clinic's folder": (
        instead(CLINIC_FILE, "logo.svg", "../../handouts/asthma/pictures/inhaler.svg"),
        f'{CLINIC}:6:14: error: the picture file "../../handouts/asthma/pictures/inhaler.svg"',
    ),
    "a logo with a script": (
        {LOGO_FILE: drawing("<script>alert(1)</script>")},
        f"library/{LOGO_FILE}:1:133: error: <script> is not allowed in a drawing",
    ),
    "a logo cut short": (
        {LOGO_FILE: drawing()[:100]},
        f"library/{LOGO_FILE}:1:88: error: the drawing is not well-formed XML",
    ),
}


@pytest.mark.parametrize("name", CLINIC_FILES)
def test_a_clinic_file_is_wrong(name: str) -> None:
    changes, says = CLINIC_FILES[name]
    make_library(changes)

    assert_refused(build(), 4, says)


@pytest.mark.parametrize("written", ["#FFEE00", "#F0F0F0", "#7FB2E5", "#FF0000"])
def test_the_hint_for_an_unreadable_colour_names_one_that_can_be_used(written: str) -> None:
    make_library(in_clinic(f'palette: {{accent: "{written}"}}\n'))
    answer = build()
    assert_refused(answer, 4, f"{CLINIC}:7:10: error: the accent colour {written} is too pale")

    (nearest,) = re.findall(
        r'hint: the nearest colour that can be read is "(#\w{6})"', answer.stderr
    )
    make_library(in_clinic(f'palette: {{accent: "{nearest}"}}\n'))

    assert build().exit_code == 0
    assert made() == ["sheet.pdf"]


# --- what cannot be set ------------------------------------------------------------------------

UNKNOWN_LETTER = "\u0f40"  # Tibetan, which no face here has
NO_FONT: dict[str, tuple[Changes, str]] = {
    "text": (section_text(f"The letter {UNKNOWN_LETTER}."), f"{WORDS}:12:5"),
    "a heading": (
        instead(
            WORDS_FILE,
            "definition: |\n    A",
            f"definition:\n    heading: {UNKNOWN_LETTER}\n    text: A",
        ),
        f"{WORDS}:10:5",
    ),
    "a table": (section_text(f"| a | b |\n|---|---|\n| c | {UNKNOWN_LETTER} |"), f"{WORDS}:11:14"),
    "a caption": (instead(WORDS_FILE, "An inhaler", UNKNOWN_LETTER), f"{WORDS}:17:12"),
    "a reference": (instead(FACTS_FILE, "On asthma", UNKNOWN_LETTER), f"{FACTS}:11:5"),
    "the reviewer": (instead(FACTS_FILE, "Ann Lee", UNKNOWN_LETTER), f"{FACTS}:12:9"),
    "the clinic's name": (instead(CLINIC_FILE, "Family", UNKNOWN_LETTER), f"{CLINIC}:1:7"),
    "a private character": (section_text("\ue123"), f"{WORDS}:12:5"),
}


@pytest.mark.parametrize("name", NO_FONT)
def test_a_character_that_no_font_has_is_an_error_at_its_place(name: str) -> None:
    changes, place = NO_FONT[name]
    make_library(changes)

    answer = build()

    assert_refused(answer, 5, f"{place}: error: no font has a letter or sign for ")
    assert "U+0F40" in answer.stderr or "U+E123" in answer.stderr


LONG_WORD = "x" * 120
TOO_LONG: dict[str, tuple[Changes, str]] = {
    "a word wider than the line": (
        section_text(LONG_WORD),
        f'{WORDS}:12:5: error: the word "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…" is ',
    ),
    "a word wider than its cell": (
        section_text(f"| a | b |\n|---|---|\n| c | {LONG_WORD} |"),
        f"{WORDS}:12:5: error: the table is ",
    ),
    "a word wider than a heading": (
        section_text(f"### {LONG_WORD}"),
        f'{WORDS}:12:9: error: the word "xxxxxxxxx',
    ),
    "a row of a table higher than a page": (
        section_text(f"| a | b |\n|---|---|\n| {'word ' * 900} | c |"),
        f"{WORDS}:11:14: error: a row of a table is ",
    ),
    "a picture label": (
        {PICTURE_FILE: drawing(LABEL_PLACE)}
        | instead(
            WORDS_FILE,
            "{caption",
            f"{{labels: {{mouth: {'Breathe in and out. ' * 30}}}, caption",
        ),
        f'{WORDS}:17:12: error: the label "Breathe in and out. Breathe in and out. ',
    ),
    "the running foot": (
        instead(WORDS_FILE, "short_title: Asthma", "short_title: " + "Asthma " * 30),
        f'{WORDS}:1:1: error: "Asthma Asthma ',
    ),
    "the clinic's name": (
        instead(CLINIC_FILE, "Riverside", "Riverside " * 20),
        f"{CLINIC}:1:7: error: the name of the clinic does not fit its place: it is ",
    ),
    "the clinic's phone in the head": (
        instead(CLINIC_FILE, "212-555-0142", "212-555-0142 " * 3),
        f'{CLINIC}:5:3: error: "212-555-0142 212-555-0142 212-555-0142" is too long for its place',
    ),
    "the contact panel": (
        in_clinic("address: [" + "Somewhere, " * 20 + "NY]\n"),
        f"{CLINIC}:7:10: error: the contact panel does not fit its place: it is ",
    ),
    "the clinic's web site": (
        in_clinic(f"web: https://{'a' * 60}.{'b' * 60}.example.org\n"),
        f'{CLINIC}:7:6: error: the word "aaaaaaaaaaaaaaaaa',
    ),
    "the address behind the QR code": (
        in_clinic(f"check_address: https://riverside.example.org/{'check/' * 30}\n"),
        f"{CLINIC}:7:16: error: the address has ",
    ),
}


@pytest.mark.parametrize("name", TOO_LONG)
def test_what_is_too_long_for_its_place_is_an_error_and_never_cut(name: str) -> None:
    changes, says = TOO_LONG[name]
    make_library(changes)

    assert_refused(build(), 6, says)


# --- text is only text -------------------------------------------------------------------------

LITERAL = [
    ("a < b & c > d", "a < b & c > d"),
    ("5 &lt; 6 &amp; 7", "5 < 6 & 7"),
    ("&lt;b&gt;bold&lt;/b&gt;", "<b>bold</b>"),
    (
        "&lt;para align='right'&gt;&lt;img src='a.png'/&gt;",
        "<para align='right'><img src='a.png'/>",
    ),
    ("%s %d %(title)s {{0}} {{title!r}} ${{title}}", "%s %d %(title)s {0} {title!r} ${title}"),
    (r"\_\_import\_\_('os').system('true')", "__import__('os').system('true')"),
    (r"\<b\> \[0\] \{1\}", "<b> [0] {1}"),
]


@pytest.mark.parametrize(("written", "read"), LITERAL)
def test_signs_of_other_languages_are_printed_as_they_are(written: str, read: str) -> None:
    make_library(section_text(written))

    answer = build()

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert read in paragraphs(Path("sheet.pdf"))


PLAIN_FIELDS = [
    (WORDS_FILE, "title: Asthma\n", 3),
    (WORDS_FILE, "caption: An inhaler", 3),
    (FACTS_FILE, "author: Handouts Project", 3),
    (FACTS_FILE, "name: Lung Friends", 3),
    (FACTS_FILE, "title: On asthma", 3),
    (FACTS_FILE, 'reviewer: "Ann Lee, MD"', 3),
    (CLINIC_FILE, "name: Riverside Family Clinic", 4),
]


def plain_field(file: str, old: str, text: str) -> Changes:
    key, end = old.partition(":")[0], "\n" * old.endswith("\n")
    return instead(file, old, f'{key}: "{text}"{end}')


@pytest.mark.parametrize(("file", "old", "exit_code"), PLAIN_FIELDS)
def test_a_plain_field_prints_its_signs_as_they_are(file: str, old: str, exit_code: int) -> None:
    signs = "a < b & c > d; &lt; %s %(x)s {0.x} {X!r} __import__('os')"
    make_library(plain_field(file, old, signs))

    answer = build()

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert any(signs in text for text in paragraphs(Path("sheet.pdf")))


@pytest.mark.parametrize("tag", ["<b>x</b>", "<para align='right'>x", "<img src='a.png'/>"])
@pytest.mark.parametrize(("file", "old", "exit_code"), PLAIN_FIELDS)
def test_a_plain_field_with_a_tag_is_an_error(
    file: str, old: str, exit_code: int, tag: str
) -> None:
    make_library(plain_field(file, old, f"One {tag} two"))

    answer = build()

    assert_refused(answer, exit_code, f"library/{file}:")
    assert "would be printed as it is" in answer.stderr


def paragraphs(file: Path) -> list[str]:
    return [block.text for block in blocks(file.read_bytes())]


# --- where the PDF goes ------------------------------------------------------------------------


def test_a_missing_output_folder_is_an_error() -> None:
    make_library()

    answer = build("--output", "no/such/sheet.pdf")

    assert_refused(answer, 8, 'no/such/sheet.pdf: error: the folder "no/such" does not exist')


def test_a_file_in_place_of_the_output_folder_is_an_error() -> None:
    make_library()

    answer = build("--output", "library/handouts/asthma/en.yaml/sheet.pdf")

    assert_refused(answer, 8, f'{WORDS}/sheet.pdf: error: "{WORDS}" is not a folder')


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """The current folder, which holds a library and may not be written to.

    Root, who may write everywhere, steps down for as long.
    """
    if os.name == "nt":
        pytest.skip("folders have other rights on Windows")
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        make_library()
        assert build().exit_code == 0  # all that is loaded later is loaded now
        Path("sheet.pdf").unlink()
        folder.chmod(0o555)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)
        try:
            yield folder
        finally:
            os.seteuid(user)
            folder.chmod(0o755)
            os.chdir(before)


@pytest.mark.usefixtures("closed_folder")
def test_a_read_only_output_folder_is_an_error() -> None:
    assert_refused(build(), 8, "sheet.pdf: error: nothing may be written to the folder ")


def test_a_limit_on_the_size_of_files_leaves_the_old_pdf_and_nothing_else() -> None:
    """The kernel stops the writing after 4 KB, as it does when a disk is full."""
    pytest.importorskip("resource")
    make_library()
    Path("sheet.pdf").write_bytes(b"old")

    answer = process(
        *("build", "asthma", "--library", "library", "--output", "sheet.pdf"),
        largest_file=4096,
    )

    assert answer.exit_code == 8
    assert answer.stderr.startswith("sheet.pdf: error: the disk is full")
    assert Path("sheet.pdf").read_bytes() == b"old"
    assert made() == ["sheet.pdf"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "handouts-test", str(folder)]
    made = subprocess.run(mount, capture_output=True, text=True, check=False)
    if made.returncode:
        folder.rmdir()
        pytest.skip(f"no file system may be mounted here: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


@pytest.mark.system("mount")
def test_a_full_disk_leaves_the_old_pdf_and_nothing_else(small_disk: Path) -> None:
    make_library()
    (small_disk / "sheet.pdf").write_bytes(b"old")

    answer = build("--output", small_disk / "sheet.pdf")

    assert answer.exit_code == 8
    assert "error: the disk is full" in answer.stderr
    assert (small_disk / "sheet.pdf").read_bytes() == b"old"
    assert [path.name for path in small_disk.iterdir()] == ["sheet.pdf"]


# --- what there is not -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["build", "asthna"], 'error: there is no handout "asthna"'),
        (["build", "../asthma"], 'error: there is no handout "../asthma"'),
        (["build", "asthma", "--clinic", "lakeside"], 'error: there is no clinic "lakeside"'),
        (["build", "asthma", "--clinic", "../x"], 'error: there is no clinic "../x"'),
    ],
)
def test_what_is_not_in_the_library_is_named(arguments: list[str], says: str) -> None:
    make_library()

    assert_refused(command(*arguments, "--library", "library"), 9, says)


@pytest.mark.parametrize("name", ["build", "list", "check"])
def test_a_folder_that_is_no_library_is_an_error(name: str) -> None:
    arguments = [name, "asthma"] if name == "build" else [name]

    answer = command(*arguments, "--library", "nowhere")

    assert answer.exit_code == 9
    assert "error: the library has no folder that can be read at nowhere" in answer.stderr
    assert made() == []


# --- languages ---------------------------------------------------------------------------------


def test_a_message_never_turns_the_line_nor_commands_the_terminal() -> None:
    make_library(instead(WORDS_FILE, "short_title:", '"x\\u202e\\e[2J": 1\nshort_title:'))

    answer = command("check", "--library", "library")

    assert answer.exit_code == 3
    assert "U+202E" in answer.stderr
    assert not set("\u202e\x1b") & set(answer.stderr)


@pytest.mark.parametrize(
    ("tag", "hint"),
    [("EN", 'did you mean "en"?'), ("xx", "look it up: screen readers go by it")],
)
def test_a_span_in_a_language_that_nobody_knows_is_a_warning(tag: str, hint: str) -> None:
    make_library(section_text(f"Use [your]{{lang={tag}}} inhaler."))

    answer = build()

    assert answer.exit_code == 0
    assert answer.stderr.startswith(
        f'{WORDS}:12:9: warning: no language is known by the tag "{tag}"\n'
    )
    assert f"  hint: {hint}\n" in answer.stderr


@pytest.mark.parametrize("tag", ["es", "cy", "es-MX", "zh-Hant-TW", "mi"])
def test_a_span_may_be_in_any_language_of_the_world(tag: str) -> None:
    make_library(section_text(f"Use [your]{{lang={tag}}} inhaler."))

    assert (build().exit_code, build().stderr) == (0, "")


def test_a_source_language_in_the_wrong_letters_is_told_which_was_meant() -> None:
    make_library(instead(FACTS_FILE, "source_language: en", "source_language: EN"))

    answer = command("check", "--library", "library")

    assert answer.exit_code == 3
    assert f'{FACTS}:1:18: error: there are no words in the source language "EN"' in answer.stderr
    assert 'hint: did you mean "en"? If not, write EN.yaml' in answer.stderr


@pytest.mark.parametrize(
    ("tag", "hint"),
    [("EN", 'did you mean "en"?'), ("cy", "name another, or write strings for it")],
)
def test_a_clinic_s_language_without_strings_is_a_warning(tag: str, hint: str) -> None:
    make_library(in_clinic(f"language: {tag}\n"))

    answer = command("check", "--library", "library")

    assert answer.exit_code == 0
    assert f"{CLINIC}:7:11: warning: no sheet can be made in the clinic's" in answer.stderr
    assert hint in answer.stderr


def test_a_reference_names_its_language_by_a_tag() -> None:
    make_library(instead(FACTS_FILE, "title: On asthma,", "title: On asthma, language: English,"))

    answer = command("check", "--library", "library")

    assert answer.exit_code == 3
    assert 'expected a language tag such as en, es or zh-Hans, found "English"' in answer.stderr


def test_check_sets_the_words_of_the_languages_that_a_library_adds() -> None:
    strings = (STRINGS / "es.yaml").read_text("utf-8")
    strings = strings.replace("at_a_glance: ", "at_a_glance: \u0f40 ")
    make_library({"strings/cy.yaml": strings})

    answer = command("check", "--library", "library")

    assert answer.exit_code == 5
    assert "library/strings/cy.yaml: error: no font has a letter or sign for" in answer.stderr
