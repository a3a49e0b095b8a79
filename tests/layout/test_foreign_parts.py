"""Parts of a sheet in another language than the rest, and notices above the whole."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from handouts.document import Handout, Notice, Translation
from handouts.inks import Ink
from handouts.languages import language
from handouts.layout.pages import Bar, Outline, PlacedLine, Sheet
from handouts.layout.sheets import lay_out
from handouts.paper import LETTER
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts, make_imprint
from handouts.verapdf import validate
from tests.layout.outline import text_of
from tests.reading_back import blocks, glyph_problems, structure_problems, structure_tree
from tests.sheets import PML, clinic_named, handout_named, sheet_of
from tests.spoken_handout import spoken_handout
from tests.test_laws import strays

NOTICE = Notice("ar", ("هذه النشرة غير متوفرة باللغة العربية بعد.", "اطلب من عيادتك مترجمًا شفويًا."))


def behind(tag: str, *parts: str) -> Handout:
    """The handout on PML as a translation, of which the ``parts`` are still in English."""
    handout = handout_named(PML)
    assert handout.at_a_glance is not None
    language_of = dict.fromkeys(parts, "en")
    return replace(
        handout,
        language=tag,
        translation=Translation("machine"),
        title_language=language_of.get("title", ""),
        at_a_glance=replace(handout.at_a_glance, language=language_of.get("glance", "")),
        sections=tuple(replace(s, language=language_of.get(s.id, "")) for s in handout.sections),
        pictures=tuple(replace(p, language=language_of.get(p.id, "")) for p in handout.pictures),
    )


ALL_PARTS = ("title", "glance", "neuron", *(s.id for s in handout_named(PML).sections))


def laid_out(handout: Handout, notice: Notice | None = None) -> Sheet:
    return lay_out(handout, language(handout.language), fonts(), LETTER, "911", notice=notice)


def finished(handout: Handout, notice: Notice | None = None) -> bytes:
    imprint = make_imprint(clinic_named("riverside"), handout.language, LETTER)
    return press(paint_master(laid_out(handout, notice)), imprint)


@pytest.mark.parametrize(
    "parts", [ALL_PARTS, ("title",), ("glance",), ("neuron",), ("definition",), ("symptoms",)]
)
@pytest.mark.parametrize("tag", ["ar", "es"])
def test_a_screen_reader_gets_the_notice_and_then_the_part(tag: str, parts: tuple[str, ...]):
    handout = behind(tag, *parts)
    pdf = finished(handout)

    assert (found := blocks(pdf)) == spoken_handout(found, handout, clinic_named("riverside"))
    assert structure_problems(pdf) == []
    assert glyph_problems(pdf) == []


def test_a_sheet_with_foreign_parts_conforms():
    assert [str(failure) for failure in validate(finished(behind("ar", *ALL_PARTS)))] == []


def test_a_foreign_part_is_tagged_with_its_language_and_its_notice_is_not():
    tree = structure_tree(finished(behind("ar", "symptoms")))
    parts = [element for element in tree.walk() if element.language == "en"]
    (part,) = [element for element in parts if element.role == "Div"]
    notice = language("ar").word("untranslated_part", language=language("ar").language_name("en"))

    assert part.text.startswith("Symptoms")
    assert "Call even if a new symptom seems small." in part.text
    assert notice not in part.text
    assert notice in tree.text


def test_the_title_of_a_sheet_keeps_its_language_in_the_file_too():
    pdf = finished(behind("ar", "title"))
    reader = PdfReader(io.BytesIO(pdf), strict=True)
    (title,) = [element for element in structure_tree(pdf).walk() if element.role == "H1"]
    name = handout_named(PML).title

    assert title.language == "en"
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": name, "en": name}


def test_nothing_of_a_foreign_part_leaves_its_place():
    assert strays(laid_out(behind("es", *ALL_PARTS))) == []


def lines_of(sheet: Sheet) -> dict[str, PlacedLine]:
    items = [item for page in sheet.pages for item in page.items]
    return {text_of(item.line): item for item in items if isinstance(item, PlacedLine)}


def test_an_english_part_of_an_arabic_sheet_runs_from_the_left():
    """Each thing stands at the same distance from the left edge of its column as in English."""
    original, sheet = sheet_of(PML, "letter", "911"), laid_out(behind("ar", *ALL_PARTS))
    english, foreign = lines_of(original), lines_of(sheet)
    main = 162 - 50  # the text column is at the end of an English page, at the start of this one
    for words in ("Symptoms grow worse as time goes on.", "trouble seeing"):
        (text,) = [name for name in english if words in name and name in foreign]
        assert foreign[text].x == pytest.approx(english[text].x - main, abs=0.1)
    bars = [item for page in sheet.pages for item in page.items if isinstance(item, Bar)]

    assert {50} == {round(bar.x) for bar in bars if (bar.ink, bar.width) == (Ink.EMERGENCY, 3)}


def test_the_boxes_to_tick_of_an_english_part_stand_at_its_left():
    items = [item for page in laid_out(behind("ar", "treatment")).pages for item in page.items]
    boxes = [item.x for item in items if isinstance(item, Outline) and item.width == 11]

    assert boxes
    assert {round(x) for x in boxes} == {50}


def test_a_notice_stands_above_everything_else():
    handout = handout_named(PML)
    sheet = laid_out(handout, NOTICE)
    lines = [item for item in sheet.pages[0].items if isinstance(item, PlacedLine)]

    assert [text_of(item.line) for item in lines[:2]] == list(NOTICE.lines)
    assert max(item.y for item in lines) == lines[0].y
    assert lines[0].line.runs[0].style.bold
    assert lines[0].x + lines[0].line.width > 530  # it starts from the right


def test_a_notice_is_tagged_with_the_language_of_its_reader():
    pdf = finished(handout_named(PML), NOTICE)
    first = next(element for element in structure_tree(pdf).walk() if element.language)

    assert (first.language, first.text) == ("ar", "".join(NOTICE.lines))
    assert (found := blocks(pdf)) == spoken_handout(
        found, handout_named(PML), clinic_named("riverside"), notice=NOTICE
    )
    assert [str(failure) for failure in validate(pdf)] == []
