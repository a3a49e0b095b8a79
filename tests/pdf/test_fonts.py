"""Embedded fonts, as pypdf and HarfBuzz find them in a file."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
import uharfbuzz as hb
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from handouts.layout.pages import PlacedLine
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.text.glyphs import Glyph, Line, Piece
from tests.pdf.samples import ARABIC, SheetBuilder, line, plain_panels, small_sheet
from tests.reading_back import glyph_problems, text_in_structure_order


def made(*texts: str, **style: object) -> bytes:
    """A file with a paragraph for each text."""
    builder = SheetBuilder()
    builder.paragraph("Asthma", 700, "H1")
    for order, text in enumerate(texts):
        builder.paragraph(text, 660 - 20 * order, **style)
    builder.add_contact()
    builder.add_check()
    return press(paint_master(builder.sheet()), paint_imprint(plain_panels()))


def fonts_of(pdf: bytes) -> list[Any]:
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]


def program_of(font: Any) -> bytes:
    data: bytes = font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"].get_data()
    return data


def test_a_face_is_one_type0_font_with_an_embedded_subset() -> None:
    (font,) = fonts_of(made("Breathe in."))
    descendant = font["/DescendantFonts"][0]

    assert font["/Encoding"] == "/Identity-H"
    assert descendant["/Subtype"] == "/CIDFontType2"
    assert re.fullmatch(r"/[A-Z]{6}\+AtkinsonHyperlegibleNext-Regular", font["/BaseFont"])
    assert font["/BaseFont"] == descendant["/BaseFont"]
    assert font["/BaseFont"] == descendant["/FontDescriptor"]["/FontName"]


def test_the_subset_holds_only_the_glyphs_in_use_and_the_tables_that_draw_them() -> None:
    program = hb.Face(program_of(fonts_of(made("Breathe"))[0]))

    assert program.glyph_count == len({".notdef", *"BreatheAsthma"})
    assert sorted(program.table_tags) == ["glyf", "head", "hhea", "hmtx", "loca", "maxp"]


def test_text_is_stored_as_its_code_points_where_the_font_has_a_glyph_for_each() -> None:
    page = PdfReader(io.BytesIO(made("µg ß…"))).pages[0]
    content = page.get_contents().get_data()

    assert all(character.encode("utf-16-be") in content for character in "µgß…")


def test_each_cid_leads_to_a_glyph_of_the_width_that_the_file_gives_it() -> None:
    assert glyph_problems(made("Größe: ≤ 5 µg", "T. To: AWAY", ARABIC)) == []


def test_a_cluster_is_one_glyph_drawn_as_its_glyphs_are() -> None:
    builder = SheetBuilder()
    (run,) = line("no", builder.root.add("H1").leaf()).runs
    face = run.face
    n, accent = face.glyph_of("n"), face.glyph_of("´")
    unit = 1000 / face.units_per_em
    placed = (
        Glyph(n, "ń", face.width(n)),
        Glyph(accent, "", 0, dx=-300 * unit, dy=70 * unit),
        Glyph(n, "n", face.width(n), dy=-50 * unit),
    )
    pieces = (Piece("ńn", placed, 2 * face.width(n)),)
    builder.add(PlacedLine(Line((replace(run, pieces=pieces),), 100, 10, 2), 72, 700))
    builder.add_contact()
    builder.add_check()
    pdf = press(paint_master(builder.sheet()), paint_imprint(plain_panels()))
    (font,) = fonts_of(pdf)
    program = TTFont(io.BytesIO(program_of(font)))
    glyphs, names = program.getGlyphSet(), program.getGlyphOrder()

    source = TTFont(face.path)
    n_name, accent_name = (source.getGlyphName(gid) for gid in (n, accent))
    width = source["hmtx"][n_name][0]
    cluster, lowered = names[-2:]
    there = source.getGlyphSet()
    assert flat(glyphs, (cluster, 0, 0)) == flat(
        there, (n_name, 0, 0), (accent_name, width - 300, 70)
    )
    assert flat(glyphs, (lowered, 0, 0)) == flat(there, (n_name, 0, -50))
    assert program["hmtx"][cluster] == (width, program["glyf"][cluster].xMin)
    assert text_in_structure_order(pdf).startswith("ńn\n")
    assert glyph_problems(pdf) == []


def flat(glyphs: Any, *placed: tuple[str, float, float]) -> object:
    """The outlines of glyphs at their places, with no composite left in them."""
    pen = DecomposingRecordingPen(glyphs)
    for name, x, y in placed:
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, x, y)))
    return pen.value


def test_the_subset_tag_tells_other_glyphs_but_not_other_orders() -> None:
    tags = [fonts_of(made(text))[0]["/BaseFont"] for text in ("ab", "ba", "abc")]

    assert tags[0] == tags[1] != tags[2]


def test_one_glyph_may_stand_for_several_texts_and_several_characters() -> None:
    builder = SheetBuilder()
    leaf = builder.root.add("H1").leaf()
    (run,) = line("x", leaf).runs
    gid, advance = run.glyphs[0].gid, run.glyphs[0].advance
    glyphs = tuple(Glyph(gid, text, advance) for text in ("x", "ffi", "×", "x"))
    pieces = (Piece("xffi×x", glyphs, 4 * advance),)
    builder.add(PlacedLine(Line((replace(run, pieces=pieces),), 100, 10, 2), 72, 700))
    builder.add_contact()
    builder.add_check()
    pdf = press(paint_master(builder.sheet()), paint_imprint(plain_panels()))

    assert text_in_structure_order(pdf).startswith("xffi×x\n")
    assert hb.Face(program_of(fonts_of(pdf)[0])).glyph_count == 2


@pytest.mark.parametrize(
    ("language", "text", "right_to_left"),
    [
        ("ar", ARABIC, True),
        ("fa", "روزی ۲ بار (صبح و شب) بخورید.", True),
        ("he", "קח 2 כדורים (500 mg) ביום.", True),
        ("ur", "دن میں دو بار کھائیں۔", True),
        ("hi", "क्षय रोग की दवा हर दिन लें।", False),
        ("bn", "প্রতিদিন ওষুধ খান।", False),
        ("ta", "தினமும் மருந்து சாப்பிடுங்கள்.", False),
        ("th", "กินยาน้ำวันละสองครั้ง", False),
        ("km", "លេបថ្នាំរាល់ថ្ងៃ។", False),
        ("my", "နေ့စဉ် ဆေးသောက်ပါ။", False),
        ("vi", "Uống thuốc với nước ấm.", False),
        ("ru", "Принимайте 2 раза в день.", False),
        ("zh-Hans", "孝告：每天吃药（两次）。", False),
        ("ja", "毎日、薬を飲んでください。", False),
        ("ja", "対応する図を見る", False),  # U+5BFE, the last but one of its row
        ("zh-Hans", "图书拿出", False),  # U+56FE, U+62FF
        ("ko", "매일 약을 드세요.", False),
        ("am", "መድኃኒቱን በየቀኑ ይውሰዱ።", False),
    ],
)
def test_text_in_any_script_is_read_back_in_structure_order(
    language: str, text: str, right_to_left: bool
) -> None:
    pdf = made(text, language=language, right_to_left=right_to_left)

    assert text_in_structure_order(pdf).splitlines()[1] == text
    assert glyph_problems(pdf) == []


def test_two_faces_of_a_family_share_what_their_text_means() -> None:
    builder = SheetBuilder()
    builder.paragraph("Asthma", 700, "H1", bold=True)
    builder.paragraph("Asthma", 680)
    builder.add_contact()
    builder.add_check()
    pdf = press(paint_master(builder.sheet()), paint_imprint(plain_panels()))
    bold, regular = fonts_of(pdf)

    assert bold["/BaseFont"] != regular["/BaseFont"]
    assert bold.raw_get("/ToUnicode") == regular.raw_get("/ToUnicode")


def test_a_file_does_not_depend_on_what_was_painted_before() -> None:
    before = paint_master(small_sheet("Take two puffs.")).data
    paint_master(small_sheet("Other words: ﬁ, Å and ½."))

    assert paint_master(small_sheet("Take two puffs.")).data == before
