"""Pages put two by two on sheets of paper, to be folded in the middle."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.pdfgen import canvas

from handouts.booklet import PAPER_THICKNESS, PRINT_FILE, Side, folded, impose, page_paper
from handouts.paper import A4, A5, HALF_LETTER, LETTER, Paper, mm
from tests.commands import command
from tests.sheets import PML


def pages(count: int, paper: Paper) -> bytes:
    """A PDF whose pages say their numbers, one inch from the left and from the foot."""
    out = io.BytesIO()
    drawn = canvas.Canvas(out, (paper.width, paper.height), invariant=True)
    for number in range(1, count + 1):
        drawn.drawString(72, 72, f"page {number}")
        drawn.showPage()
    drawn.save()
    return out.getvalue()


def leaves(sides: list[Side], *, right_to_left: bool = False) -> list[int]:
    """The pages in the order in which somebody turns them who has folded the sheets together."""
    first: list[int] = []
    second: list[int] = []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        if right_to_left:
            front, back = (Side(side.right, side.left) for side in (front, back))
        first += [front.right, back.left]
        second = [back.right, front.left, *second]
    return first + second


@given(st.integers(1, 200), st.booleans())
def test_a_folded_booklet_has_its_pages_in_order_and_blanks_at_its_end(
    count: int, right_to_left: bool
) -> None:
    sides = folded(count, right_to_left=right_to_left)
    turned = leaves(sides, right_to_left=right_to_left)

    assert turned[:count] == list(range(1, count + 1))
    assert turned[count:] == [0] * (-count % 4)


def test_the_outermost_sheet_has_the_first_and_the_last_page() -> None:
    assert folded(8) == [Side(8, 1), Side(2, 7), Side(6, 3), Side(4, 5)]
    assert folded(8, right_to_left=True)[0] == Side(1, 8)
    assert folded(5)[:2] == [Side(0, 1), Side(2, 0)]


def places(pdf: bytes) -> list[dict[str, tuple[float, float]]]:
    """Where the words of each side begin, in points."""
    found: list[dict[str, tuple[float, float]]] = []
    for page in PdfReader(io.BytesIO(pdf)).pages:
        side: dict[str, tuple[float, float]] = {}

        def keep(text: str, cm: list[float], tm: list[float], *_: object, side=side) -> None:
            if text.strip():
                side[text.strip()] = (cm[4] + tm[4], cm[5] + tm[5])

        page.extract_text(visitor_text=keep)
        found.append(side)
    return found


@pytest.mark.parametrize(("sheet", "page"), [(A4, A5), (LETTER, HALF_LETTER)])
def test_each_half_of_a_side_holds_its_page_unscaled(sheet: Paper, page: Paper) -> None:
    pdf = impose(pages(4, page), sheet, right_to_left=False, thickness=0)
    front, back = places(pdf)
    gap = (sheet.height / 2 - page.width) / 2

    assert page_paper(sheet) == page
    for made in PdfReader(io.BytesIO(pdf)).pages:
        assert made.mediabox[2:] == pytest.approx([sheet.height, sheet.width], abs=0.01)
    assert front["page 4"][0] == pytest.approx(72 + gap, abs=1)
    assert front["page 1"][0] == pytest.approx(sheet.height / 2 + 72 + gap, abs=1)
    assert set(back) == {"page 2", "page 3"}


def test_inner_pages_are_moved_towards_the_fold() -> None:
    thickness = mm(1)
    sides = places(impose(pages(8, A5), A4, right_to_left=False, thickness=thickness))
    still = places(impose(pages(8, A5), A4, right_to_left=False, thickness=0))

    for number in (8, 1, 2, 7):
        side = next(order for order, found in enumerate(still) if f"page {number}" in found)
        assert sides[side][f"page {number}"] == still[side][f"page {number}"]
    assert sides[2]["page 6"][0] - still[2]["page 6"][0] == pytest.approx(thickness, abs=0.1)
    assert sides[2]["page 3"][0] - still[2]["page 3"][0] == pytest.approx(-thickness, abs=0.1)


def test_the_file_says_that_it_is_for_the_printer_only() -> None:
    reader = PdfReader(io.BytesIO(impose(pages(4, A5), A4, right_to_left=False)))
    root = reader.root_object

    assert reader.metadata is not None
    assert str(reader.metadata.title).startswith(PRINT_FILE)
    assert "/StructTreeRoot" not in root
    assert "/MarkInfo" not in root
    assert root["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    assert not any("/Annots" in page for page in reader.pages)


def test_the_same_pages_give_the_same_bytes() -> None:
    made = [impose(pages(6, A5), A4, right_to_left=True) for _ in range(2)]

    assert made[0] == made[1]
    assert pytest.approx(0.283, abs=0.001) == PAPER_THICKNESS


@pytest.mark.parametrize(("tag", "paper"), [("en", "a4"), ("ar", "letter")])
def test_a_handout_becomes_a_booklet(tag: str, paper: str, tmp_path: Path) -> None:
    file = tmp_path / "booklet.pdf"
    options = ("--language", tag, "--clinic", "riverside", "--paper", paper)
    result = command("booklet", PML, *options, "--output", str(file))

    assert result.exit_code == 0, result.stderr
    assert "a print file, not accessible" in result.stdout
    assert len(PdfReader(file).pages) % 2 == 0
