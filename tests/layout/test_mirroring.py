"""Right-to-left sheets: everything is mirrored, and reads in the order in which it was written."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest

from handouts.document import (
    Align,
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Handout,
    ListItem,
    Paragraph,
    Section,
    Table,
    Words,
)
from handouts.edition import own_edition
from handouts.inks import Ink
from handouts.languages import Language, Languages, language
from handouts.layout.pages import (
    Bar,
    Item,
    LinkArea,
    PanelName,
    PanelSet,
    PlacedArtwork,
    PlacedLine,
    Sheet,
)
from handouts.layout.panels import lay_out_panels
from handouts.layout.sheets import lay_out
from handouts.layout.style import Columns
from handouts.paper import LETTER
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts
from handouts.verapdf import validate
from tests.layout.outline import text_of
from tests.reading_back import (
    Block,
    blocks,
    glyph_problems,
    structure_problems,
    structure_tree,
    unmarked_text,
)
from tests.sheets import CASE_NAMES, CLINICS, PML, clinic_named, handout_named, sheet_of

# The generator has no words in a right-to-left language yet: English ones stand in.
FROM_RIGHT = replace(language("en"), right_to_left=True)
ARABIC = replace(FROM_RIGHT, tag="ar", script="Arab")


class Box(NamedTuple):
    left: float
    right: float
    y: float
    content: str


def boxes(sheet: Sheet) -> list[list[Box]]:
    """What stands where on each page, in the order of painting.

    Links and their underlines are left out: they stand inside a line, which has its own order. So
    are the words in drawings, which are never mirrored.
    """
    pages = [(*page.items, *page.header_footer) for page in sheet.pages]
    return [[_box(item) for item in page if not _is_in_line(item)] for page in pages]


def _is_in_line(item: Item) -> bool:
    is_underline = isinstance(item, Bar) and item.ink is Ink.ACCENT and item.height == 0.5
    return isinstance(item, LinkArea) or is_underline or _is_label(item)


def _is_label(item: Item) -> bool:
    leaf = item.line.runs[0].leaf if isinstance(item, PlacedLine) else None
    return leaf is not None and leaf.parent.tag == "Figure"


def _box(item: Item) -> Box:
    is_line = isinstance(item, PlacedLine)
    width = item.line.width if is_line else item.width
    content = text_of(item.line) if is_line else type(item).__name__
    return Box(item.x, item.x + width, item.y, content)


@pytest.mark.parametrize("name", [*CASE_NAMES, PML])
def test_a_right_to_left_sheet_is_the_mirror_image_of_a_left_to_right_one(name: str):
    """Nearly: what goes to the other side of its neighbour is no longer kerned with it."""
    spanish = Languages({"es": replace(language("es"), right_to_left=True)})
    sheet = lay_out(handout_named(name), FROM_RIGHT, fonts(), LETTER, languages=spanish)
    pages = boxes(sheet)
    originals = boxes(sheet_of(name))

    assert [[box.content for box in page] for page in pages] == [
        [box.content for box in page] for page in originals
    ]
    for page, original in zip(pages, originals, strict=True):
        for box, twin in zip(page, original, strict=True):
            assert box[:3] == pytest.approx(
                (LETTER.width - twin.right, LETTER.width - twin.left, twin.y), abs=1.5
            )


def test_the_words_in_a_drawing_keep_their_places_in_it():
    def places(sheet: Sheet) -> dict[str, float]:
        items = [item for page in sheet.pages for item in page.items]
        (left,) = (item.x for item in items if isinstance(item, PlacedArtwork))
        return {text_of(item.line): item.x - left for item in items if _is_label(item)}

    original = places(sheet_of(PML))

    assert len(original) > 5
    assert places(lay_out(handout_named(PML), FROM_RIGHT, fonts(), LETTER)) == pytest.approx(
        original, abs=0.5
    )


@pytest.mark.parametrize("clinic", CLINICS)
def test_the_clinic_s_panels_are_mirrored(clinic: str):
    """Header, contact and check panel, each in its own place."""

    def panels(words: Language) -> PanelSet:
        return lay_out_panels(clinic_named(clinic), words, fonts(), LETTER)

    mirrored, original = panels(FROM_RIGHT).panels, panels(language("en")).panels

    assert sorted(mirrored) == sorted(original) == sorted(PanelName)
    for name, panel in mirrored.items():
        width = original[name].width
        twins = [_box(item) for item in original[name].items if not _is_in_line(item)]
        found = [_box(item) for item in panel.items if not _is_in_line(item)]
        assert panel.width == width
        assert [box.content for box in found] == [twin.content for twin in twins]
        for box, twin in zip(found, twins, strict=True):
            assert box[:3] == pytest.approx(
                (width - twin.right, width - twin.left, twin.y), abs=1.5
            )


# --- element by element, in a case that is written in Arabic ---------------------------------

MARGIN = Columns.of(LETTER, own_edition()).margin
LEFT, RIGHT = MARGIN, LETTER.width - MARGIN


def at(text: str) -> Box:
    """The first line of the Arabic case that begins so."""
    found = [box for page in boxes(sheet_of("rtl-arabic-doses")) for box in page]
    return next(box for box in found if box.content.startswith(text))


def beside(box: Box, content: str) -> Box:
    """What stands beside a line, such as its bullet, icon or bar."""
    (page,) = (page for page in boxes(sheet_of("rtl-arabic-doses")) if box in page)
    near = [one for one in page if one.content == content and abs(one.y - box.y) < 3]
    return min(near, key=lambda one: abs(one.left - box.right))


def around(box: Box, ink: Ink) -> Box:
    """The narrow bar of that ink along the block that a line stands in."""
    for page in sheet_of("rtl-arabic-doses").pages:
        if box in map(_box, page.items):
            for item in page.items:
                is_bar = isinstance(item, Bar) and item.ink is ink and item.width < item.height
                if is_bar and item.y <= box.y <= item.y + item.height:
                    return _box(item)
    raise AssertionError(box)


def test_title_and_byline_begin_at_the_right():
    assert at("الجرعات والأرقام").right == pytest.approx(RIGHT)
    assert at("إعداد").right == pytest.approx(RIGHT)


def test_the_column_of_headings_is_at_the_right_and_the_text_at_its_left():
    assert at("نظرة عامة").right == pytest.approx(RIGHT)
    assert at("خذ 5 mg/kg مرتين").right < at("نظرة عامة").left
    assert at("خذ 5 mg/kg مرتين").left >= LEFT


def test_bullets_and_numbers_stand_at_the_right_of_their_text():
    for text, label in (
        ("خذ 10 mg/5 mL", "•"),
        ("مع الطعام", "–"),
        ("قس الحرارة", "1."),
        ("خذ ibuprofen", "3."),
    ):
        assert beside(at(text), label).left > at(text).right


def test_an_inner_list_is_indented_from_the_right():
    assert at("مع الطعام").right < at("خذ 2 x 500 mg").right


def test_checkboxes_stand_at_the_right_of_their_text():
    for text in ("قست ضغطي", "أخذت 2.5", "مع 250"):
        assert beside(at(text), "Outline").left > at(text).right


def test_the_bar_of_a_callout_and_its_icon_are_at_the_right():
    for text, ink in (("الجرعة القصوى", Ink.ACCENT), ("حرارة > 40", Ink.EMERGENCY)):
        assert around(at(text), ink).left > at(text).right
    assert beside(at("معلومة مفيدة"), "Outline").left > at("معلومة مفيدة").right


def test_the_bar_of_at_a_glance_and_its_icons_are_at_the_right():
    assert around(at("لمحة سريعة"), Ink.ACCENT).right == pytest.approx(RIGHT)
    assert around(at("لا تستطيع"), Ink.EMERGENCY).right == pytest.approx(RIGHT)
    assert beside(at("ما عليك فعله"), "Outline").left > at("ما عليك فعله").right
    assert at("ما عليك فعله").left > at("اتصل على +1").right


def test_the_first_column_of_a_table_is_at_the_right_and_numbers_end_at_the_left():
    first, second, third = at("الدواء"), at("صباحًا"), at("السعر")
    assert first.left > second.right > second.left > third.right
    assert first.right == pytest.approx(at("Tysabri").right)
    assert (third.left, at("$120.00").left) == pytest.approx((LEFT, LEFT), abs=0.1)
    centres = [(box.left + box.right) / 2 for box in (second, at("≤ 1,000 mcg"))]
    assert centres[0] == pytest.approx(centres[1])


def test_caption_and_credit_begin_at_the_right_of_the_picture():
    assert at("مصباح LED").right == pytest.approx(at("PlacedArtwork").right)
    assert at("الصورة").right == pytest.approx(at("PlacedArtwork").right)


def test_the_number_of_the_page_is_at_the_left_of_the_foot_and_the_sheet_s_name_at_the_right():
    assert at("صفحة 1").left == pytest.approx(LEFT)
    assert at("الجرعات · ").right == pytest.approx(RIGHT)


def test_the_first_column_of_references_is_at_the_right():
    assert at("Reader CD").left > at("Example Institute").right


def test_facts_about_the_sheet_stand_at_the_left_of_their_names():
    assert at("تاريخ المراجعة").right == pytest.approx(RIGHT)
    assert at("R. Viewer").right < at("المراجع الطبي").left


def test_the_heading_of_the_contact_panel_is_at_the_right_and_its_lines_begin_there():
    panel = lay_out_panels(None, language("ar"), fonts(), LETTER).panels[PanelName.CONTACT]
    name = next(_box(item) for item in panel.items if isinstance(item, PlacedLine))
    to_write_on = [_box(item) for item in panel.items if isinstance(item, Bar)][1]

    assert at("لديك أسئلة").right == pytest.approx(RIGHT)
    assert name.right + LEFT < at("لديك أسئلة").left
    assert to_write_on.right < name.left


# --- Arabic ----------------------------------------------------------------------------------


def arabic_handout() -> Handout:
    """A draft in Arabic words, with an English name and numbers among them."""

    def paragraph(text: str) -> Paragraph:
        return Paragraph((Words(text),))

    def cell(text: str, *, is_header: bool = False) -> Cell:
        return Cell((Words(text),), is_header)

    blocks = (
        Paragraph(
            (
                Words("اغسل يديك بالماء والصابون "),
                Words("جيدًا", bold=True),
                Words(" قبل أن تأخذ 20 ملغ من "),
                Words("Paracetamol", language="en"),
                Words("، ثم اتصل بعيادتك على الرقم 212-555-0142 إذا كان لديك سؤال عن الدواء."),
            )
        ),
        BulletList(
            (
                ListItem((paragraph("اشرب الماء (كوبين على الأقل)."),)),
                ListItem(
                    (
                        paragraph(
                            "خذ قسطًا من الراحة كل يوم، ولا تحمل شيئًا ثقيلًا حتى يسمح لك الطبيب."
                        ),
                    )
                ),
            )
        ),
        Table(
            (
                (cell("الدواء", is_header=True), cell("الجرعة", is_header=True)),
                (cell("صباحًا"), cell("20 ملغ")),
                (cell("مساءً"), cell("10 ملغ")),
            ),
            (Align.START, Align.END),
        ),
        Callout(CalloutKind.EMERGENCY, (paragraph("لا تنتظر. اتصل بالإسعاف."),)),
    )
    section = Section("overview", "نظرة عامة", blocks)
    return replace(
        handout_named("about-draft"),
        title="غسل اليدين في البيت",
        short_title="",
        author="مشروع النشرات",
        language="ar",
        sections=(section,),
    )


@pytest.fixture(scope="module")
def arabic_pdf() -> bytes:
    master = paint_master(lay_out(arabic_handout(), ARABIC, fonts(), LETTER))
    panels = lay_out_panels(clinic_named("riverside"), ARABIC, fonts(), LETTER)
    return press(master, paint_imprint(panels))


def test_an_arabic_sheet_conforms(arabic_pdf: bytes):
    assert [str(failure) for failure in validate(arabic_pdf)] == []
    assert structure_problems(arabic_pdf) == []
    assert glyph_problems(arabic_pdf) == []
    assert unmarked_text(arabic_pdf) == ""


def test_an_arabic_sheet_is_read_in_the_order_in_which_it_was_written(arabic_pdf: bytes):
    read = blocks(arabic_pdf)
    start = read.index(Block("H2", "نظرة عامة"))

    assert read[:2] == [Block("H1", "غسل اليدين في البيت"), Block("P", "By مشروع النشرات")]
    assert read[start + 1 : start + 14] == [
        Block(
            "P",
            "اغسل يديك بالماء والصابون جيدًا قبل أن تأخذ 20 ملغ من Paracetamol، ثم اتصل بعيادتك على"
            " الرقم 212-555-0142 إذا كان لديك سؤال عن الدواء.",
        ),
        Block("Lbl", "•"),
        Block("LBody", "اشرب الماء (كوبين على الأقل)."),
        Block("Lbl", "•"),
        Block(
            "LBody",
            "خذ قسطًا من الراحة كل يوم، ولا تحمل شيئًا ثقيلًا حتى يسمح لك الطبيب.",
        ),
        Block("TH", "الدواء"),
        Block("TH", "الجرعة"),
        Block("TD", "صباحًا"),
        Block("TD", "20 ملغ"),
        Block("TD", "مساءً"),
        Block("TD", "10 ملغ"),
        Block("P", "Emergency: call your local emergency number"),
        Block("P", "لا تنتظر. اتصل بالإسعاف."),
    ]


def test_english_words_in_an_arabic_sheet_are_marked_as_english(arabic_pdf: bytes):
    spans = [e for e in structure_tree(arabic_pdf).walk() if e.language == "en"]

    assert "Paracetamol" in [element.text for element in spans]
    assert "Riverside Family Clinic" in [element.text for element in spans]


def test_codes_and_phone_numbers_are_not_turned_round():
    handout = arabic_handout()
    number = Paragraph((Words("اتصل على "), Words("212-555-0142", link="tel:2125550142")))
    section = replace(handout.sections[0], blocks=(number,))
    review = replace(handout.review, version="4228-Y96G")
    handout = replace(handout, sections=(section,), review=review)
    sheet = lay_out(handout, ARABIC, fonts(), LETTER)
    lines = [item.line for item in sheet.pages[0].items if isinstance(item, PlacedLine)]
    whole_runs = {run.text: run.right_to_left for line in lines for run in line.runs}

    assert whole_runs["4228-Y96G"] is False
    assert whole_runs["212-555-0142"] is False
