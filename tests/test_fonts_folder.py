"""The fonts folder: each face is what fonts.yaml says, and every language has its letters."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from typing import Any

import pytest
import uharfbuzz as hb
import yaml

from handouts.text.fonts import FontLibrary
from handouts.text.scripts import resolve_scripts, script_of_language

FONTS = Path(__file__).parents[1] / "fonts"
PLAN = yaml.safe_load((FONTS / "fonts.yaml").read_text("utf-8"))
FAMILIES: dict[str, dict[str, Any]] = PLAN["families"]
FILES = [file for family in FAMILIES.values() for file in family["faces"].values()]
SENTENCES: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "udhr.yaml").read_text("utf-8")
)
NOT_FONTS = {"fonts.yaml", "README.md", "fetch.py", ".gitattributes"}
HANDOUT_SIGNS = "“”‘’–—•…°µμ½¼¾≤≥≈×÷±−→←↑↓✓✔✗☐☑☒⚠☎●○■®™©§†‡²³⅓⅔′″%‰€£¥\u00a0\u2011\u202f"

library = pytest.fixture(scope="module")(lambda: FontLibrary(FONTS))


def characters_of(family: str, style: str = "regular") -> set[int]:
    return set(hb.Face((FONTS / FAMILIES[family]["faces"][style]).read_bytes()).unicodes)


def characters_by_script(tag: str) -> Iterator[tuple[str, str]]:
    text = SENTENCES[tag]["text"]
    return zip(text, resolve_scripts(text, script_of_language(tag)), strict=True)


def double_byte(codec: str, leads: range, trails: range) -> set[int]:
    """The letters of a double-byte character set; Big5 has 169 kana among its ideographs."""
    pairs = (bytes([lead, trail]) for lead in leads for trail in trails)
    decoded = (pair.decode(codec, "ignore") for pair in pairs)
    return {ord(text) for text in decoded if len(text) == 1 and unicodedata.category(text) == "Lo"}


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_the_files_that_were_fetched(family: str) -> None:
    entry = FAMILIES[family]
    assert entry["sha256"] == {
        style: hashlib.sha256((FONTS / file).read_bytes()).hexdigest()
        for style, file in entry["faces"].items()
    }


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_has_its_licence_beside_it(family: str) -> None:
    entry = FAMILIES[family]
    assert entry["provenance"]["license"] == "OFL-1.1"
    assert {file.split("/")[0] for file in entry["faces"].values()} == {family}
    licence = (FONTS / family / "OFL.txt").read_text("utf-8")
    assert licence.startswith("Copyright")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("family", FAMILIES)
def test_a_cut_family_does_not_bear_a_reserved_name(family: str) -> None:
    source = FAMILIES[family]["provenance"]
    copyright_line = (FONTS / family / "OFL.txt").read_text("utf-8").splitlines()[0]
    assert ("Reserved Font Name" in copyright_line) == ("reserved_font_name" in source)
    if "cut" in source and "reserved_font_name" in source:
        for file in FAMILIES[family]["faces"].values():
            face = hb.Face((FONTS / file).read_bytes())
            for name_id in (1, 4, 6, 16):
                assert source["reserved_font_name"] not in (face.get_name(name_id) or "")


@pytest.mark.parametrize("file", FILES)
def test_a_face_has_truetype_outlines_of_one_weight_and_may_be_embedded(file: str) -> None:
    face = hb.Face((FONTS / file).read_bytes())
    assert {"glyf", "cmap", "hmtx", "OS/2", "post", "name"} <= set(face.table_tags)
    assert not {"CFF ", "CFF2", "fvar"} & set(face.table_tags)
    weight, embedding = unpack_from(">H2xH", face.reference_table("OS/2").data, 4)
    assert weight == (700 if "Bold" in file else 400)
    assert embedding == 0  # installable: no limit (OpenType, OS/2 fsType)
    assert "Open Font License" in face.get_name(13)


def test_the_folder_holds_nothing_that_fonts_yaml_does_not_name() -> None:
    there = {
        path.relative_to(FONTS).as_posix()
        for path in FONTS.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert there == {*FILES, *(f"{family}/OFL.txt" for family in FAMILIES), *NOT_FONTS}
    assert len(FILES) == len(set(FILES))


def test_the_folder_stays_light() -> None:
    assert sum((FONTS / file).stat().st_size for file in FILES) < 45_000_000


def test_every_family_serves_a_script_and_every_script_has_a_family() -> None:
    served = {name for names in PLAN["scripts"].values() for name in names}
    assert served == set(FAMILIES)


def test_the_sentences_are_of_many_languages_and_scripts() -> None:
    assert len(SENTENCES) >= 25
    assert len({entry["script"] for entry in SENTENCES.values()}) >= 16
    for tag, entry in SENTENCES.items():
        right_to_left = any(unicodedata.bidirectional(c) in ("R", "AL") for c in entry["text"])
        assert entry["direction"] == ("rtl" if right_to_left else "ltr"), tag
        assert unicodedata.is_normalized("NFC", entry["text"]), tag


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("tag", SENTENCES)
def test_a_language_has_a_glyph_for_each_of_its_characters(
    tag: str, bold: bool, library: FontLibrary
) -> None:
    missing = {
        (character, script)
        for character, script in characters_by_script(tag)
        if not any(face.covers(character) for face in library.faces(script, tag, bold=bold))
    }
    assert not missing


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("tag", SENTENCES)
def test_the_letters_of_a_language_are_all_of_one_face(
    tag: str, bold: bool, library: FontLibrary
) -> None:
    strangers = {
        (character, script)
        for character, script in characters_by_script(tag)
        if unicodedata.category(character)[0] in "LM"
        and not library.faces(script, tag, bold=bold)[0].covers(character)
    }
    assert not strangers


@pytest.mark.parametrize("tag", SENTENCES)
def test_the_script_a_sentence_names_is_the_one_its_letters_are_of(tag: str) -> None:
    written_with = {
        "Hans": {"Hani"}, "Hant": {"Hani"}, "Jpan": {"Hani", "Hira"}, "Kore": {"Hang"},
    }  # fmt: skip
    named = SENTENCES[tag]["script"]
    assert {script for _, script in characters_by_script(tag)} == written_with.get(named, {named})


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("tag", SENTENCES)
def test_the_signs_of_a_handout_can_be_set_in_every_language(
    tag: str, bold: bool, library: FontLibrary
) -> None:
    faces = library.faces(script_of_language(tag), tag, bold=bold)
    assert not {sign for sign in HANDOUT_SIGNS if not any(face.covers(sign) for face in faces)}


@pytest.mark.parametrize("style", ["regular", "bold"])
@pytest.mark.parametrize(
    ("family", "codec", "leads", "first_trail", "also", "count"),
    [
        ("noto-sans-sc", "gb2312", range(0xB0, 0xF8), 0xA1, "腘", 6763),
        ("noto-sans-tc", "big5", range(0xA4, 0xFA), 0x40, "癇蕁脛", 13053 + 169),
        ("noto-sans-jp", "euc_jp", range(0xB0, 0xF5), 0xA1, "塡剝頰𠮟瘙癤", 6355),
        ("noto-sans-kr", "euc_kr", range(0xB0, 0xC9), 0xA1, "", 2350),
    ],
)
def test_a_cut_face_keeps_its_national_character_set(
    family: str, style: str, codec: str, leads: range, first_trail: int, also: str, count: int
) -> None:
    wanted = double_byte(codec, leads, range(first_trail, 0xFF))
    assert len(wanted) == count
    assert wanted | set(map(ord, also)) <= characters_of(family, style)


def test_a_cut_face_keeps_what_setting_a_line_needs() -> None:
    for family in ("noto-sans-sc", "noto-sans-tc", "noto-sans-jp", "noto-sans-kr"):
        face = hb.Face((FONTS / FAMILIES[family]["faces"]["regular"]).read_bytes())
        features = {
            feature
            for table in ("GSUB", "GPOS")
            for index, script in enumerate(face.get_table_script_tags(table))
            for feature in face.get_language_feature_tags(table, index)
        }
        assert {"halt", "kern"} <= features, family
        assert "vert" not in features, family
