"""The editions of a handout, measured in the finished PDF."""

from __future__ import annotations

import ctypes
import math
import shutil
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from handouts.edition import EDITIONS, edition_names, own_edition
from handouts.languages import language
from handouts.pipeline import build, fonts
from handouts.reading.edition_files import read_edition
from handouts.request import Request
from handouts.verapdf import validate
from tests.commands import CHECKOUT, command
from tests.reading_back import structure_problems
from tests.sheets import LIBRARY, PAPER_NAMES, PML

TAGS = ("en", "ar", "zh-Hans")
LARGE = ("large-print", "large-print-acb")


@dataclass(frozen=True, slots=True)
class Letter:
    """A painted letter: its size as it is seen, and its place on its page, in points."""

    text: str
    size: float
    weight: int
    is_italic: bool
    page: int
    x: float
    baseline: float
    left: float
    right: float
    bottom: float
    top: float


@cache
def made(tag: str, edition: str, paper: str = "letter", clinic: str = "riverside") -> bytes:
    return build(LIBRARY, Request(PML, tag, clinic, paper, edition)).pdf


@cache
def letters(pdf: bytes) -> tuple[Letter, ...]:
    """What PDFium finds painted, forms included, white space left out."""
    found: list[Letter] = []
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for index in range(text.count_chars()):
            sign = chr(pdfium.FPDFText_GetUnicode(text, index))
            if sign.isspace() or pdfium.FPDFText_IsGenerated(text, index) == 1:
                continue
            matrix = pdfium.FS_MATRIX()
            pdfium.FPDFText_GetMatrix(text, index, matrix)
            size = pdfium.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            left, bottom, right, top = text.get_charbox(index)
            flags = ctypes.c_int()
            length = pdfium.FPDFText_GetFontInfo(text, index, None, 0, flags)
            name = ctypes.create_string_buffer(length)
            pdfium.FPDFText_GetFontInfo(text, index, name, length, flags)
            face = name.value.decode("latin-1")
            found.append(
                Letter(
                    sign,
                    round(size, 2),
                    700 if "Bold" in face else 400,
                    "Italic" in face,
                    number,
                    x.value,
                    y.value,
                    left,
                    right,
                    bottom,
                    top,
                )
            )
    return tuple(found)


# --- profiles --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", edition_names())
def test_a_profile_of_ours_is_one_that_a_library_might_bring(name: str) -> None:
    edition = read_edition(EDITIONS / f"{name}.yaml")

    assert edition == own_edition(name)
    assert edition.source
    assert min(size for size, _ in edition.type.values()) >= edition.floor


def library(folder: Path, text: str) -> str:
    shutil.copytree(CHECKOUT / "content", folder)
    (folder / "editions").mkdir()
    (folder / "editions/ours.yaml").write_text(text, "utf-8")
    return str(folder)


def test_a_library_brings_an_edition_of_its_own(tmp_path: Path) -> None:
    text = "like: large-print\nabout: Ours.\ntype: {body: [21, 27]}\n"
    root = library(tmp_path / "library", text)
    file = tmp_path / "ours.pdf"
    options = ("--edition", "ours", "--library", root, "--output", str(file))
    answer = command("build", PML, "--language", "en", *options)

    assert answer.exit_code == 0, answer.stderr
    sizes = Counter(letter.size for letter in letters(file.read_bytes()))
    assert sizes[21] > 1000
    assert min(sizes) == 18
    assert "ours\n      Ours.\n" in command("editions", "--library", root).stdout


def test_the_mistakes_in_a_profile_are_told_with_their_places(tmp_path: Path) -> None:
    text = "like: huge\nfloor: 12\ntype: {body: [11, 9], heading: 12}\ncolour: red\nbullet: 9\n"
    root = library(tmp_path / "library", text)
    answer = command("build", PML, "--edition", "ours", "--library", root)
    said = answer.stderr.replace(root, "library")

    assert answer.exit_code == 3
    for place, words in (
        ("1:7", '"huge" is not among the choices'),
        ("3:14", "lines that are 9 points apart would touch at a size of 11"),
        ("3:32", "expected a size and a leading, found text"),
        ("4:1", 'unknown key "colour"'),
        ("5:9", 'expected a number from 1 to 2, found "9"'),
    ):
        assert f"library/editions/ours.yaml:{place}: error: {words}" in said


def test_check_reads_the_profiles_of_a_library(tmp_path: Path) -> None:
    root = library(tmp_path / "library", "like: large-print\nfloor: 40\n")
    answer = command("check", "--library", root)

    assert answer.exit_code == 3
    assert "editions/ours.yaml:1:1: error: title is 28 points, smaller than the floor of 40" in (
        answer.stderr
    )


def test_a_type_below_the_floor_that_a_profile_promises_is_refused(tmp_path: Path) -> None:
    root = library(tmp_path / "library", "like: large-print\ntype: {footer: [12, 15]}\n")
    answer = command("build", PML, "--edition", "ours", "--library", root)

    assert "footer is 12 points, smaller than the floor of 18" in answer.stderr


# --- measured --------------------------------------------------------------------------------


@pytest.mark.parametrize("clinic", ["riverside", "lakeside", ""])
@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", LARGE)
def test_no_letter_of_large_print_is_below_18_points_or_in_its_margins(
    name: str, tag: str, paper: str, clinic: str
) -> None:
    found = letters(made(tag, name, paper, clinic))
    width, height = {"letter": (612, 792), "a4": (595.276, 841.89)}[paper]

    assert len(found) > 1000
    assert min(letter.size for letter in found) >= 18
    assert not any(letter.is_italic for letter in found)
    # An overhang of a letter may reach a little into the margin.
    assert min(letter.left for letter in found) > 72 - 1.5
    assert max(letter.right for letter in found) < width - 72 + 1.5
    assert min(letter.baseline for letter in found) > 72
    assert max(letter.baseline for letter in found) < height - 72


def line_steps(found: tuple[Letter, ...], size: float) -> Counter[float]:
    """How far the baselines of lines of that size lie below each other."""
    steps: Counter[float] = Counter()
    for page in {letter.page for letter in found}:
        lines = sorted(
            {round(item.baseline, 1) for item in found if (item.page, item.size) == (page, size)}
        )
        steps.update(round(b - a, 1) for a, b in pairwise(lines))
    return steps


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", ["standard", "clear-print", *LARGE, "easy-read"])
def test_lines_are_as_far_apart_as_the_profile_says(name: str, tag: str) -> None:
    own = language(tag)
    size, leading = own_edition(name).type["body"]
    expected = leading * fonts().leading_factor(own.script, tag)
    steps = line_steps(letters(made(tag, name)), size)

    assert steps.most_common(1)[0][0] == pytest.approx(expected, abs=0.11)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", edition_names())
def test_text_has_the_sizes_of_its_profile_and_none_below_its_floor(name: str, tag: str) -> None:
    edition = own_edition(name)
    found = letters(made(tag, name))
    sizes = Counter(letter.size for letter in found)
    written = {size for size, _ in edition.type.values()}
    bullets = {round(edition.type["body"].size * edition.bullet, 2)}
    raised = set() if edition.cites_in_line else {round(size * 0.68, 2) for size in written}

    assert min(sizes) >= edition.floor
    assert set(sizes) <= written | bullets | raised
    assert sizes[edition.type["body"].size] > 200
    if edition.emphasis != "italic":
        assert not any(letter.is_italic for letter in found)


def test_stress_is_underlined_in_one_large_print_and_bold_in_the_other() -> None:
    def weights(name: str) -> Counter[int]:
        body = own_edition(name).type["body"].size
        return Counter(item.weight for item in letters(made("en", name)) if item.size == body)

    bold = {name: weights(name)[700] / sum(weights(name).values()) for name in LARGE}
    assert bold["large-print"] > 0.1
    # Left in bold: the draft line at the foot, the header of a table, and the like.
    assert bold["large-print-acb"] < bold["large-print"]


@pytest.mark.parametrize("tag", TAGS)
def test_the_summary_is_one_sheet_of_paper(tag: str) -> None:
    assert len(pypdfium2.PdfDocument(made(tag, "summary"))) <= 2


# --- what cannot be made -----------------------------------------------------------------------


def test_an_edition_that_there_is_not_names_the_nearest(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    answer = command("build", PML, "--edition", "large-prnt", "--output", str(file))

    assert answer.exit_code == 9
    assert 'there is no edition "large-prnt"\n  hint: did you mean "large-print"?' in answer.stderr
    assert not file.exists()


def test_easy_read_that_nobody_wrote_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    options = ("--language", "de", "--edition", "easy-read", "--output", str(file))
    answer = command("build", PML, *options)

    assert answer.exit_code == 3
    assert "shows what is under `easy_read`, and nothing is there" in answer.stderr
    assert "nothing is made up from the whole text" in answer.stderr
    assert not file.exists()


def test_two_languages_do_not_stand_side_by_side_in_large_print() -> None:
    answer = command("build", PML, "--language", "en", "--twin", "es", "--edition", "large-print")

    assert answer.exit_code == 2
    assert "has no room for two languages side by side" in answer.stderr


def test_a_budget_that_cannot_be_met_makes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    answer = command("build", PML, "--language", "en", "--pages", "2", "--output", str(file))

    assert answer.exit_code == 6
    assert "the sheet takes 4 pages, not 2" in answer.stderr
    assert '"References" runs over by' in answer.stderr
    assert not file.exists()
    assert command("build", PML, "--pages", "0").exit_code == 2


# --- conformance -------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("name", edition_names())
def test_verapdf_finds_nothing_in_any_edition(name: str, paper: str, tag: str) -> None:
    pdf = made(tag, name, paper)

    assert [str(failure) for failure in validate(pdf)] == []
    assert structure_problems(pdf) == []
