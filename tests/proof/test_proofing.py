"""What the proof says of our own sheets, its picture, its paper, and files that are no PDF."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from PIL import Image, ImageStat
from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions

from handouts.diagnostics import NotFoundError, ProofError
from handouts.pipeline import build
from handouts.places import CONTENT
from handouts.proof.proofing import proof
from handouts.reading.library import Library
from handouts.request import Request
from tests.commands import command
from tests.proof.drawn import Draw, all_of, box, drawn, pdf_of, words

TOPIC = "progressive-multifocal-leukoencephalopathy"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# --- our own sheets ----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "clinic", "paper"),
    [
        ("en", "riverside", "a4"),
        ("ar", "lakeside", "letter"),
        ("zh-Hans", "riverside", ""),
        ("en", "", ""),
    ],
)
def test_our_own_sheets_are_safe_to_print(language: str, clinic: str, paper: str) -> None:
    request = Request(TOPIC, language=language, clinic=clinic, paper=paper)
    Path("sheet.pdf").write_bytes(build(Library(CONTENT), request).pdf)

    found = proof(Path("sheet.pdf"))

    assert found.findings == ()
    assert min(pair.ratio for pair in found.pairs) >= 7
    sizes = [page.smallest_type.length for page in found.pages if page.smallest_type]
    raised = [page.smallest_raised.length for page in found.pages if page.smallest_raised]
    rules = [page.thinnest_rule.length for page in found.pages if page.thinnest_rule]
    assert min(sizes) == pytest.approx(8.5, abs=0.01)
    assert min(raised) >= 8
    assert min(rules) == pytest.approx(0.5, abs=0.01)
    assert max(page.ink.all for page in found.pages) < 0.15


# --- the picture -------------------------------------------------------------------------------


def a_page() -> Draw:
    tint = box(50, 200, 100, 40, "#E6F0F0")
    return all_of(tint, box(200, 200, 100, 40, "#9A1B1E"), words("Take it with water."))


def panels_of(picture: bytes, width: int, height: int) -> list[Image.Image]:
    image = Image.open(io.BytesIO(picture))
    assert image.size == (3 * width + 4 * 20, height + 34 + 20)
    return [
        image.crop((left, 34, left + width, 34 + height))
        for left in (20, 40 + width, 60 + 2 * width)
    ]


def test_the_picture_shows_the_page_in_colour_in_gray_and_copied_twice() -> None:
    found = drawn(a_page())

    colour, gray, copied = panels_of(found.pictures[0], 500, 375)

    bar, tint = (300, 100), (100, 100)
    assert colour.getpixel(bar) == (0x9A, 0x1B, 0x1E)
    assert gray.getpixel(bar) == (65, 65, 65)
    assert max(copied.getpixel(bar)) < 25
    assert gray.getpixel(tint) == (237, 237, 237)
    _, lightest = copied.convert("L").crop((70, 80, 170, 120)).getextrema()
    assert lightest > 245
    paper = ImageStat.Stat(copied.convert("L").crop((20, 250, 480, 360)))
    assert paper.mean[0] > 245
    assert paper.extrema[0][0] < 200, "no speck"


def test_the_picture_is_the_same_bytes_each_time() -> None:
    first = drawn(a_page()).pictures
    random.random()

    assert drawn(a_page()).pictures == first


def test_the_pages_stand_below_each_other() -> None:
    one = Image.open(io.BytesIO(drawn(a_page()).pictures[0]))
    three = Image.open(io.BytesIO(drawn(a_page(), words("b"), words("c")).pictures[0]))

    assert three.size == (one.width, 3 * one.height)


def test_a_long_document_gets_a_picture_for_each_page() -> None:
    Path("long.pdf").write_bytes(pdf_of(*[words("page")] * 10))

    answer = command("proof", "long.pdf")

    assert answer.exit_code == 0
    names = sorted(path.name for path in Path.cwd().glob("*.png"))
    assert names == [f"long-proof-{number:02}.png" for number in range(1, 11)]


# --- paper -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pages", "copies", "duplex", "sheets"),
    [(1, 1, False, 1), (1, 1, True, 1), (3, 1, True, 2), (3, 100, True, 200), (4, 100, False, 400)],
)
def test_each_copy_begins_on_a_sheet_of_its_own(
    pages: int, copies: int, duplex: bool, sheets: int
) -> None:
    assert drawn(*[words("page")] * pages).sheets(copies, duplex) == sheets


# --- the command -------------------------------------------------------------------------------


def test_the_command_tells_all_and_that_it_is_safe() -> None:
    Path("a.pdf").write_bytes(pdf_of(a_page(), box(50, 50, 100, 100)))

    answer = command("proof", "a.pdf", "--copies", "30", "--duplex")

    assert (answer.exit_code, answer.stderr) == (0, "")
    for line in (
        "a.pdf: 2 pages, 1 sheet of paper (both sides)",
        "30 copies: 30 sheets of paper",
        "  21.0:1  #000000 on #FFFFFF  page 1, 21 mm from the left, 50 mm from the top: "
        '"Take it with water."',
        "smallest raised number: none",
        "picture: a-proof.png",
        "safe to print",
    ):
        assert line in answer.stdout.splitlines()
    assert "  mean: 5.6 % in black and white; C 0.1, M 0.8, Y 0.8, K 5.0 %" in answer.stdout


def test_all_that_is_wrong_is_told_at_once_and_the_picture_is_made() -> None:
    Path("a.pdf").write_bytes(pdf_of(words("pale", colour="#AAAAAA"), words("tiny", size=5)))

    answer = command("proof", "a.pdf", "--output", "there/")

    assert answer.exit_code == 15
    assert "safe" not in answer.stdout
    assert Path("there/a-proof.png").exists()
    assert answer.stderr.count("a.pdf: error: ") == 2
    assert "  at page 1, 21 mm from the left" in answer.stderr
    assert '"tiny" is set in 5.00 pt' in answer.stderr


def test_a_picture_that_cannot_be_written_is_an_error() -> None:
    Path("a.pdf").write_bytes(pdf_of(words("fine")))

    answer = command("proof", "a.pdf", "--output", "no/such/folder.png")

    assert answer.exit_code == 8
    assert "does not exist" in answer.stderr


# --- files that cannot be printed --------------------------------------------------------------


def locked(user: str, permissions: UserAccessPermissions) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf_of(words("secret")))))
    writer.encrypt(user, "owner", permissions_flag=permissions, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def no_pages() -> bytes:
    writer = PdfWriter()
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


EVERYTHING = UserAccessPermissions.all()
UNPRINTABLE_FILES = {
    "the file is empty": b"",
    "not a PDF": b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "is broken": b"%PDF-1.7\n" + bytes(2000),
    "locked with a password": locked("open sesame", EVERYTHING),
    "forbids to print": locked("", EVERYTHING & ~UserAccessPermissions.PRINT),
    "has no pages": no_pages(),
}


@pytest.mark.parametrize("reason", UNPRINTABLE_FILES)
def test_a_file_that_no_printer_can_print_is_refused(reason: str) -> None:
    Path("bad.pdf").write_bytes(UNPRINTABLE_FILES[reason])

    answer = command("proof", "bad.pdf")

    assert answer.exit_code == ProofError.exit_code
    assert answer.stderr.startswith("bad.pdf: error: ")
    assert reason in answer.stderr
    assert list(Path.cwd().glob("*.png")) == []


def test_a_locked_file_that_may_be_printed_is_proofed() -> None:
    Path("owned.pdf").write_bytes(locked("", EVERYTHING))

    assert command("proof", "owned.pdf").exit_code == 0


def test_a_file_that_is_not_there_is_not_found() -> None:
    Path("folder.pdf").mkdir()

    assert command("proof", "nothing.pdf").exit_code == NotFoundError.exit_code
    assert command("proof", "folder.pdf").exit_code == NotFoundError.exit_code


def test_a_file_that_is_cut_short_is_an_error_or_a_proof_but_never_a_fault() -> None:
    whole = pdf_of(a_page(), words("two"))
    chance = random.Random(5)
    for length in (20, 300, 900, *(chance.randrange(len(whole)) for _ in range(10))):
        Path("cut.pdf").write_bytes(whole[:length])

        assert command("proof", "cut.pdf").exit_code in (0, ProofError.exit_code)
