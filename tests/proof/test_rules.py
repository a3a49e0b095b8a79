"""Each rule refuses a page made to fail, for that reason alone; its twin just within passes."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat
from pypdfium2 import PdfDocument
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from handouts.checking.contrast import parse_colour, relative_luminance
from tests.proof.drawn import HEIGHT, WIDTH, Draw, all_of, box, drawn, in_form, line, pdf_of, words
from tests.proof.drawn import rules_broken as broken

RED, TEAL, GREEN = "#C00000", "#0B4F57", "#007000"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def over(ground: Draw, *texts: Draw) -> Draw:
    return all_of(ground, *texts)


def picture(canvas: Canvas) -> None:
    """Of a dark and a light half, the light one on the left."""
    pixels = Image.new("L", (20, 10), 235)
    pixels.paste(60, (10, 0, 20, 10))
    file = io.BytesIO()
    pixels.save(file, "PNG")
    canvas.drawImage(ImageReader(file), 50, 130, 200, 60)


def faint(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0, 0, 0, alpha=0.3))
    canvas.drawString(60, 150, "see through")


def thin_box(height: float) -> Draw:
    return box(60, 100, 200, height)


def struck(colour: str, *, underline: bool = False, face: str = "Helvetica") -> Draw:
    """A word in the middle of a sentence."""
    parts = [
        words("Take it", at=(60, 150)),
        words("never", at=(102, 150), colour=colour, face=face),
    ]
    parts.append(words("with milk.", at=(140, 150)))
    if underline:
        parts.append(box(102, 148, 32, 0.6, colour))
    return all_of(*parts)


def by_a_word(text: str, at: tuple[float, float], size: float) -> Draw:
    return all_of(words("word", at=(60, 150)), words(text, at=at, size=size))


def legend(one: str, other: str) -> Draw:
    return all_of(
        *(box(60, 200, 10, 10, one), words("before", at=(76, 201))),
        *(box(60, 180, 10, 10, other), words("after", at=(76, 181))),
    )


FAILS: dict[str, tuple[str, Draw]] = {
    "gray on paper": ("fades", words("pale", colour="#787878")),
    "a colour that only the screen sees": ("fades", over(
        box(50, 140, 200, 30), words("red on black: 5.5:1 in colour", colour="#FF2020"))),
    "large type": ("fades", words("pale", size=18, colour="#969696")),
    "bold type": ("fades", words("pale", size=14, colour="#969696", face="Helvetica-Bold")),
    "on a tint": ("fades", over(box(50, 140, 200, 30, "#BBBBBB"), words("t", colour="#555555"))),
    "on a bar": ("fades", over(box(50, 140, 200, 30, "#888888"), words("bar", colour="#FFFFFF"))),
    "on the dark half of a picture": ("fades", over(picture, words("a long line over a picture"))),
    "on a spot under a long line": ("fades", over(box(200, 145, 20, 14), words("word " * 9))),
    "white on white": ("fades", words("unseen", colour="#FFFFFF")),
    "see-through": ("fades", faint),
    "in a form": ("fades", in_form(words("pale", at=(30, 60), colour="#787878"), 1.2)),
    "small type": ("too small", words("small", size=7.9)),
    "small in a scaled form": ("too small", in_form(words("small", at=(90, 90), size=12), 0.8)),
    "small capitals not raised": ("too small", by_a_word("12", (90, 150), 7)),
    "raised words": ("too small", by_a_word("up", (88, 154), 7)),
    "raised number": ("too small", by_a_word("12", (88, 154), 5.9)),
    "a number high above a word": ("too small", by_a_word("12", (88, 165), 7)),
    "a number far from a word": ("too small", by_a_word("12", (140, 154), 7)),
    "thin line": ("thin", line(0.24)),
    "line of no width": ("thin", line(0)),
    "line in a small drawing": ("thin", line(0.5, scale=0.4)),
    "thin filled rule": ("thin", thin_box(0.2)),
    "white line in a bar": ("thin", all_of(
        box(50, 80, 300, 40, "#333333"), line(0.2, colour="#FFFFFF"))),
    "a page of ink": ("mostly ink", box(20, 20, 360, 215, "#000000")),
    "a page of two inks": ("mostly ink", box(20, 20, 240, 170, "#FF0000")),
    "words in the margin": ("cut off", words("edge", at=(8, 150))),
    "a bar in the margin": ("cut off", box(0, 100, 60, 40, "#666666")),
    "a line in the margin": ("cut off", box(60, 4, 200, 1)),
    "red in black text": ("only colour", struck(RED)),
    "a line of a paragraph": ("only colour", all_of(
        words("Take it with water", at=(60, 150)),
        words("and never with milk", at=(60, 135), colour=RED))),
    "two hues": ("only colour", all_of(
        words("yes", colour=GREEN), words("no", at=(84, 150), colour=RED))),
    "a legend": ("only colour", legend(RED, "#006E6E")),
}  # fmt: skip

PASSES: dict[str, Draw] = {
    "gray on paper": words("dark enough", colour="#767676"),
    "a colour": words("teal", colour=TEAL),
    "large type": words("pale", size=18, colour="#949494"),
    "bold type": words("pale", size=14, colour="#949494", face="Helvetica-Bold"),
    "on a tint": over(box(50, 140, 200, 30, "#EEEEEE"), words("t", colour="#555555")),
    "on a bar": over(box(50, 140, 200, 30, "#707070"), words("bar", colour="#FFFFFF")),
    "on the light half of a picture": over(picture, words("short")),
    "beside a spot": over(box(200, 165, 20, 14), words("word " * 9)),
    "underline through tails": all_of(words("gypsy jogging"), box(60, 147.5, 77, 0.8)),
    "small type": words("small", size=8),
    "small in a scaled form": in_form(words("small", at=(90, 90), size=12.6), 0.8),
    "raised number": by_a_word("1,2", (88, 154), 6),
    "raised number before": by_a_word("*3", (52, 154), 6),
    "thin line": line(0.25),
    "line in a small drawing": line(0.64, scale=0.4),
    "thin filled rule": thin_box(0.26),
    "thin white line on paper": line(0.1, colour="#FFFFFF"),
    "much ink": box(20, 20, 300, 200, "#555555"),
    "words by the margin": words("edge", at=(12.3, 150)),
    "a white box to the edge": box(0, 0, WIDTH, HEIGHT, "#FFFFFF"),
    "words that are gray among black ones": struck("#505050"),
    "red and bold": struck(RED, face="Helvetica-Bold"),
    "red and underlined": struck(RED, underline=True),
    "a paler colour": struck("#0070E0"),
    "numbers in brackets": all_of(
        words("get it. [", at=(60, 150)), words("1", at=(103, 150), colour=TEAL),
        words(",", at=(110, 150)), words("2", at=(114, 150), colour=TEAL),
        words("] A cover", at=(121, 150)), words("called myelin wraps it", at=(60, 135))),
    "a raised number as large": all_of(
        words("word", at=(60, 150)), words("1", at=(88, 154), colour=TEAL),
        words("more", at=(97, 150)), words("of the words", at=(60, 135))),
    "a number after its label": all_of(
        words("Phone:", at=(60, 150)),
        words("212-555-0142", at=(101, 150), colour=TEAL, face="Helvetica-Bold"),
        words("Riverside Family Clinic", at=(60, 135), face="Helvetica-Bold")),
    "small bullets": all_of(words("•", at=(60, 150), size=7), words("item", at=(70, 150))),
    "far apart": all_of(words("yes"), words("no", at=(200, 150), colour=RED)),
    "a coloured bullet": all_of(words("•", at=(60, 150), colour=RED), words("item", at=(70, 150))),
    "a legend in light and dark": legend("#004040", "#FFB0B0"),
    "shapes that are no legend": all_of(box(60, 200, 10, 10, RED), box(60, 180, 10, 10, "#006E6E")),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILS)
def test_a_page_made_to_fail_is_refused_for_that_reason_alone(name: str) -> None:
    reason, draw = FAILS[name]

    found = broken(drawn(draw))

    assert found
    assert [message for message in found if reason not in message] == []


@pytest.mark.parametrize("name", PASSES)
def test_its_twin_just_within_the_rule_passes(name: str) -> None:
    assert broken(drawn(PASSES[name])) == []


# --- what is measured is what is painted -------------------------------------------------------

SMALL = (180, 180)
SLOW = settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SLOW
@given(st.floats(4, 40), st.floats(0.3, 3), st.floats(0, 360), st.booleans())
def test_type_is_as_large_as_it_is_painted_whatever_the_matrices(
    size: float, scale: float, angle: float, forms: bool
) -> None:
    def turned(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(90 / scale, 90 / scale)
        canvas.rotate(angle)
        words("Ag", at=(0, 0), size=size / scale)(canvas)
        canvas.restoreState()

    def scaled(canvas: Canvas) -> None:
        canvas.scale(scale, scale)
        turned(canvas)

    page = drawn(in_form(turned, scale**0.5) if forms else scaled, size=SMALL).pages[0]

    assert page.smallest_type
    assert page.smallest_type.length == pytest.approx(size, rel=1e-3)


@SLOW
@given(st.floats(0.3, 4), st.floats(0.2, 5))
def test_a_line_is_as_thick_as_it_is_painted(width: float, scale: float) -> None:
    page = drawn(line(width / scale, scale=scale), size=SMALL).pages[0]

    assert page.thinnest_rule
    assert page.thinnest_rule.length == pytest.approx(width, rel=1e-3)


@SLOW
@given(st.integers(0, 255), st.integers(0, 255))
def test_two_grays_have_the_contrast_of_their_formula(ink: int, ground: int) -> None:
    colours = [f"#{level:02X}{level:02X}{level:02X}" for level in (ink, ground)]
    levels = [relative_luminance(parse_colour(colour)) for colour in colours]

    page = drawn(over(box(20, 100, 300, 100, colours[1]), words("Word", colour=colours[0]))).pages[
        0
    ]

    assert [(pair.ink, pair.ground) for pair in page.pairs] == [tuple(colours)]
    assert page.pairs[0].ratio == pytest.approx((max(levels) + 0.05) / (min(levels) + 0.05))


def test_ink_is_the_part_of_the_paper_that_is_covered() -> None:
    black, red = (
        drawn(box(100, 50, 200, 150)).pages[0].ink,
        drawn(box(100, 50, 200, 150, "#FF0000")).pages[0].ink,
    )

    quarter = pytest.approx(0.25, abs=0.002)
    assert (black.gray, black.black, black.all) == (quarter, quarter, quarter)
    assert (red.magenta, red.yellow, red.all) == (quarter, quarter, pytest.approx(0.5, abs=0.004))
    assert (red.cyan, red.black) == (0, 0)


def test_what_is_hidden_or_clipped_away_is_not_in_the_margin() -> None:
    def clipped(canvas: Canvas) -> None:
        path = canvas.beginPath()
        path.rect(50, 50, 100, 100)
        canvas.clipPath(path, stroke=0)
        box(0, 60, 400, 20)(canvas)

    assert broken(drawn(clipped)) == []
    assert broken(drawn(all_of(words("x", at=(2, 150)), box(0, 140, 20, 30, "#FFFFFF")))) == []


def test_words_that_nothing_paints_are_not_looked_at() -> None:
    def unseen(canvas: Canvas) -> None:
        text = canvas.beginText(60, 150)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 3)
        text.textOut("for searching only")
        canvas.drawText(text)

    found = drawn(unseen)

    assert broken(found) == []
    assert found.pages[0].smallest_type is None


def test_a_place_is_told_by_page_and_millimetres() -> None:
    found = drawn(words("fine"), words("pale", at=(72, 300 - 72), colour="#CCCCCC"))

    places = [finding.place for finding in found.findings]
    assert places == ["page 2, 26 mm from the left, 22 mm from the top"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_is_measured_as_one_that_is_not(turned: int) -> None:
    marks = all_of(words("pale", colour="#AAAAAA"), box(0, 100, 40, 20))

    def page(canvas: Canvas) -> None:
        canvas.setPageRotation(turned)
        marks(canvas)

    found = drawn(page)

    assert broken(found) == broken(drawn(marks))
    seen = seen_as(page)
    picture = Image.open(io.BytesIO(found.pictures[0]))
    panel = picture.crop((20, 34, 20 + seen.width, 34 + seen.height))
    assert max(ImageStat.Stat(ImageChops.difference(panel, seen)).mean) < 1


def seen_as(page: Draw) -> Image.Image:
    """The page as PDFium shows it to a reader."""
    document = PdfDocument(pdf_of(page))
    try:
        return document[0].render(scale=1.25).to_pil().convert("RGB")
    finally:
        document.close()


def test_a_page_that_begins_elsewhere_is_measured_from_its_own_corner() -> None:
    def page(canvas: Canvas) -> None:
        canvas.setCropBox((50, 40, 350, 260))
        words("edge", at=(55, 150))(canvas)
        words("inside", at=(100, 100))(canvas)

    found = drawn(page)

    assert [finding.place for finding in found.findings] == [
        "page 1, 2 mm from the left, 36 mm from the top"
    ]


@pytest.mark.slow
def test_a_poster_is_rendered_coarser() -> None:
    found = drawn(words("large", size=400, at=(500, 500)), size=(14000, 14000))

    assert broken(found) == []
    assert max(Image.open(io.BytesIO(found.pictures[0])).size) < 10_000
