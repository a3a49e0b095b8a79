"""Fonts: the family that a script gets, what a face says of itself, and what is said of gaps."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from handouts.diagnostics import FontError
from handouts.text.fonts import FontLibrary
from handouts.text.paragraphs import set_paragraph
from tests.text.setting import ROOT, fonts, styled


def library(folder: Path, plan: str) -> FontLibrary:
    (folder / "fonts.yaml").write_text(plan, encoding="utf-8")
    return FontLibrary(folder)


def test_a_language_may_have_its_own_families_for_its_script() -> None:
    assert fonts().families("Arab", "ur")[0].name == "noto-nastaliq-urdu"
    assert fonts().families("Arab", "ur-PK")[0].name == "noto-nastaliq-urdu"
    assert fonts().families("Arab", "fa")[0].name == "vazirmatn"
    assert fonts().families("Hani", "zh-Hant-TW")[0].name == "noto-sans-tc"


def test_a_language_s_way_of_writing_leads_to_its_main_script() -> None:
    assert fonts().families("Jpan", "ja") == fonts().families("Hira", "ja")
    assert fonts().families("Hant", "zh-Hant") == fonts().families("Hani", "zh-Hant")
    assert fonts().leading_factor("Hans", "zh-Hans") == fonts().leading_factor("Hani", "zh-Hans")


def test_nastaliq_asks_for_more_leading_and_latin_for_none() -> None:
    assert fonts().leading_factor("Latn", "en") == 1.0
    assert fonts().leading_factor("Arab", "ur") > 1.5


def test_a_face_is_the_same_object_every_time() -> None:
    first = fonts().faces("Latn", "en", bold=True)[0]
    assert fonts().faces("Latn", "en-GB", bold=True)[0] is first
    assert fonts().face(first.path) is first


def test_a_family_without_italic_is_set_upright() -> None:
    upright = fonts().faces("Arab", "ar")[0]
    assert fonts().faces("Arab", "ar", italic=True)[0] is upright
    bold = fonts().faces("Arab", "ar", bold=True)[0]
    assert fonts().faces("Arab", "ar", bold=True, italic=True)[0] is bold
    assert bold is not upright


def test_a_face_tells_what_its_tables_tell() -> None:
    for bold, italic in [(False, False), (True, True)]:
        face = fonts().faces("Latn", "en", bold=bold, italic=italic)[0]
        font = TTFont(face.path)
        scale = 1000 / font["head"].unitsPerEm
        head, os2, post = font["head"], font["OS/2"], font["post"]
        assert face.name == font["name"].getDebugName(6)
        assert face.bbox == tuple(
            value * scale for value in (head.xMin, head.yMin, head.xMax, head.yMax)
        )
        assert face.ascent == font["hhea"].ascent * scale
        assert face.descent == font["hhea"].descent * scale
        assert face.cap_height == os2.sCapHeight * scale
        assert face.weight == os2.usWeightClass
        assert face.italic_angle == pytest.approx(post.italicAngle)
        assert not face.is_fixed_pitch
        assert face.glyph_count == len(font.getGlyphOrder())
        for gid in (1, 40, 200):
            name = font.getGlyphName(gid)
            assert face.width(gid) == pytest.approx(font["hmtx"][name][0] * scale)


def test_widths_are_in_thousandths_whatever_the_font_s_unit() -> None:
    face = fonts().faces("Arab", "ar")[0]
    assert face.units_per_em == 2048
    assert 200 < face.width(face.space) < 320


def test_the_digest_is_that_of_the_file() -> None:
    face = fonts().faces("Latn", "en")[0]
    assert face.data == face.path.read_bytes()
    assert len(face.digest) == 64


def test_a_character_that_no_family_has_is_named_in_words() -> None:
    with pytest.raises(FontError) as error:
        set_paragraph(styled("Ask about 𓀀 today"), 300, fonts())
    message = str(error.value)
    assert "U+13000 EGYPTIAN HIEROGLYPH A001" in message
    assert '"𓀀"' in message
    assert "hint:" in message


def test_a_character_without_a_name_is_named_by_its_number() -> None:
    with pytest.raises(FontError, match=r"U\+E000 a character without a name"):
        set_paragraph(styled("\ue000"), 300, fonts())


def test_a_folder_without_a_plan_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FontError, match="has no fonts"):
        FontLibrary(tmp_path)


@pytest.mark.parametrize("plan", ["families: [", "families: 3", "scripts: {}", "- a"])
def test_a_plan_that_cannot_be_read_is_an_error(tmp_path: Path, plan: str) -> None:
    with pytest.raises(FontError, match="cannot be understood"):
        library(tmp_path, plan)


def test_a_script_that_names_an_unknown_family_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FontError, match='names the family "sans" for latn'):
        library(tmp_path, "families: {}\nscripts: {Latn: [sans]}")


def test_a_missing_font_file_is_an_error_when_it_is_needed(tmp_path: Path) -> None:
    plan = "families: {a: {faces: {regular: a.ttf}}}\nscripts: {Latn: [a]}"
    with pytest.raises(FontError, match="the font file a"):
        set_paragraph(styled("word"), 300, library(tmp_path, plan))


def test_a_file_that_is_no_font_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(b"not a font")
    plan = "families: {a: {faces: {regular: a.ttf}}}\nscripts: {Latn: [a]}"
    with pytest.raises(FontError, match="is not a font file"):
        set_paragraph(styled("word"), 300, library(tmp_path, plan))


def test_nothing_is_taken_from_the_system(tmp_path: Path) -> None:
    regular = fonts().faces("Latn", "en")[0].path
    plan = f"families: {{a: {{faces: {{regular: {regular}}}}}}}\nscripts: {{Latn: [a]}}"
    with pytest.raises(FontError, match="CYRILLIC"):
        set_paragraph(styled("привет", "ru"), 300, library(tmp_path, plan))


def test_every_family_of_the_plan_has_a_regular_face_that_opens() -> None:
    for name in fonts().family_names:
        face = fonts().face(fonts().family(name).file(bold=False, italic=False))
        assert face.glyph_count > 1
        assert face.path.is_relative_to(ROOT / "fonts")
