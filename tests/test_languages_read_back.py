"""Every language of every handout: it conforms, says what its source says, and is read back whole.

The law is what a screen reader gets: marked content in structure order, letter by letter. Other
programs guess, and mostly right; the words that one of them does not give back are stored in
``data/lost_words.yaml``, which also says why. ``--update-cases`` writes it anew; read the
difference before you keep it. ``tests/benchmarks/EXTRACTION.md`` sets them beside other engines.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader

from handouts.edition import own_edition
from handouts.fingerprint import short_code
from handouts.languages import language as language_of
from handouts.layout.pages import PanelPlace, PlacedLine, Sheet
from handouts.layout.style import Columns
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.verapdf import validate
from tests.language_sheets import MADE, Made, made, make
from tests.layout.outline import text_of
from tests.pdf.samples import SheetBuilder, plain_panels
from tests.reading_back import (
    EXTRACTORS,
    Element,
    Extractor,
    blocks,
    compare_words,
    glyph_problems,
    structure_problems,
    structure_tree,
    unmarked_text,
)
from tests.reading_back.faithfulness import words_in
from tests.reading_back.structure import Content
from tests.spoken_handout import spoken_handout

UDHR = yaml.safe_load((Path(__file__).parent / "data" / "udhr.yaml").read_text("utf-8"))
LOST_WORDS = Path(__file__).parent / "data" / "lost_words.yaml"
RIGHT_TO_LEFT = tuple(name for name in MADE if language_of(name[1]).right_to_left)


@pytest.fixture(scope="module", params=MADE, ids=lambda name: "-".join(name))
def finished(request: pytest.FixtureRequest) -> Made:
    return made(*request.param)


def test_there_is_every_script_that_a_clinic_needs():
    scripts = {language_of(tag).script for _, tag in MADE}

    assert len(MADE) >= 20
    assert scripts >= {"Latn", "Cyrl", "Grek", "Arab", "Hebr", "Deva", "Beng", "Taml", "Thai"}
    assert scripts >= {"Ethi", "Hans", "Hant", "Jpan", "Kore"}
    assert scripts & {"Khmr", "Mymr"}


@pytest.mark.slow
def test_verapdf_finds_nothing(finished: Made):
    assert [str(failure) for failure in validate(finished.pdf, "ua1", "2a")] == []


def test_a_screen_reader_gets_every_block_of_the_source_letter_by_letter(finished: Made):
    assert (found := blocks(finished.pdf)) == spoken_handout(
        found, finished.handout, finished.clinic
    )


def test_structure_parent_tree_pages_and_annotations_agree(finished: Made):
    assert structure_problems(finished.pdf) == []
    assert unmarked_text(finished.pdf) == ""


def test_every_glyph_can_be_seen_and_read(finished: Made):
    """None is ``.notdef``, stands for a private-use character, is too small or off the page."""
    assert glyph_problems(finished.pdf, smallest=8.0) == []


def test_no_line_leaves_its_column(finished: Made):
    assert lines_outside(finished.sheet) == []


def lines_outside(sheet: Sheet) -> list[str]:
    """Lines beyond the margins, in the header or the foot, or over the contact panel.

    A line reaches from its baseline to the top of capitals; accents may stand higher.
    """
    columns = Columns.of(sheet.paper, own_edition())
    left, right = columns.margin - 0.1, columns.margin + columns.width + 0.1
    outside = []
    for number, page in enumerate(sheet.pages):
        places = (item for item in page.items if isinstance(item, PanelPlace))
        panel = max((place.y + place.height for place in places), default=0)
        for item in page.items:
            if not isinstance(item, PlacedLine):
                continue
            top = item.y + 0.7 * max(run.style.size for run in item.line.runs)
            is_across = left <= item.x and item.x + item.line.width <= right
            is_up = columns.body_bottom <= item.y and top <= columns.body_top + 1
            is_over_panel = item.y + 3 < panel < top - 3
            if not is_across or not is_up or is_over_panel:
                outside.append(f"page {number + 1}: {text_of(item.line)!r}")
    return outside


def test_a_line_that_leaves_its_column_is_found():
    sheet = made(*MADE[0]).sheet
    first = sheet.pages[0]
    line = next(item for item in first.items if isinstance(item, PlacedLine))
    for moved in (replace(line, x=300), replace(line, x=40), replace(line, y=20)):
        page = replace(first, items=(*first.items, moved))
        found = lines_outside(replace(sheet, pages=(page, *sheet.pages[1:])))
        assert found == [f"page 1: {text_of(line.line)!r}"]


def test_the_same_handout_is_the_same_bytes(finished: Made):
    slug = next(slug for slug, tag in MADE if tag == finished.tag)

    assert make(slug, finished.tag, finished.clinic, finished.paper).pdf == finished.pdf


@pytest.mark.parametrize("tag", sorted(UDHR))
def test_a_sentence_in_many_more_languages_is_in_the_file_letter_by_letter(tag: str):
    entry = UDHR[tag]
    style = {"language": tag, "right_to_left": entry["direction"] == "rtl", "size": 4.0}
    builder = SheetBuilder(language=tag)
    builder.paragraph(entry["text"], 700, "H1", **style)
    builder.add_contact()
    builder.add_check()
    pdf = press(paint_master(builder.sheet()), paint_imprint(plain_panels()))

    assert blocks(pdf)[0].text == entry["text"]
    places = ("text of 4.00 points", "text outside the page")  # all of it is on one small line
    assert [
        problem for problem in glyph_problems(pdf) if not any(p in problem for p in places)
    ] == []


# --- in which language -----------------------------------------------------------------------


def test_the_file_names_its_language(finished: Made):
    reader = PdfReader(io.BytesIO(finished.pdf), strict=True)

    assert reader.trailer["/Root"]["/Lang"] == finished.tag
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {
        "x-default": finished.handout.title,
        finished.tag: finished.handout.title,
    }


def texts_by_language(element: Element, tag: str, role: str = "") -> Iterator[tuple[str, str, str]]:
    """The language, whether in a BibEntry, and the text of each marked content below."""
    tag = element.language or tag
    role = "BibEntry" if element.role == "BibEntry" else role
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from texts_by_language(kid, tag, role)
        elif isinstance(kid, Content) and kid.text:
            yield tag, role, kid.text


def test_foreign_words_are_said_in_their_own_language(finished: Made):
    """Names of authors, resources and clinics, credits and references; nothing else."""
    handout, clinic = finished.handout, finished.clinic
    facts = [handout.author, *(resource.name for resource in handout.resources)]
    facts += [picture.credit for picture in handout.pictures]
    said = list(texts_by_language(structure_tree(finished.pdf), finished.tag))
    expected = [(handout.source_language, words) for words in facts]
    if clinic is not None:
        labels = (phone.label for phone in clinic.phones if phone.label)
        lines = (clinic.name, *clinic.address, *clinic.hours, *labels)
        expected += [(clinic.language, words) for words in lines]
    for tag, words in expected:
        assert words in "".join(text for said_in, _, text in said if said_in == tag)
    entries = [tag for tag, role, _ in said if role == "BibEntry"]
    assert len([tag for tag in entries if tag == "en"]) >= len(handout.references)

    known = {words for _, words in expected}
    others = [
        (tag, text)
        for tag, role, text in said
        if tag != finished.tag and role != "BibEntry" and text not in known
    ]
    assert {text for _, text in others} <= {"CC BY 4.0"}  # the name of a licence


# --- as other programs get it ----------------------------------------------------------------


def lost_words(finished: Made, extractor: Extractor) -> dict[str, int]:
    pages = extractor.pages(finished.pdf)
    assert len(pages) == len(finished.sheet.pages)
    lost = compare_words(finished.pages, pages, finished.tag).lost
    code = short_code(finished.handout)  # another one after each edit of the text
    return {word.replace(code, "CODE"): lost[word] for word in sorted(lost)}


def paints_in_order(extractor: Extractor, tag: str) -> bool:
    """MuPDF gives the letters as they are painted: those of right-to-left words backwards."""
    return extractor.name == "MuPDF" and language_of(tag).right_to_left


def stored() -> dict[str, dict[str, dict[str, int]]]:
    text = LOST_WORDS.read_text("utf-8") if LOST_WORDS.exists() else ""
    return yaml.safe_load(text) or {}


@pytest.mark.slow
@pytest.mark.system("pdftotext", "mutool")
def test_every_word_comes_back_but_for_those_that_are_stored(finished: Made, update_cases: bool):
    lost = {
        extractor.name: words
        for extractor in EXTRACTORS
        if not paints_in_order(extractor, finished.tag)
        if (words := lost_words(finished, extractor))
    }
    key = "-".join(next(name for name in MADE if name[1] == finished.tag))
    if update_cases:
        store(key, lost)
    assert lost == stored().get(key, {})


def store(key: str, lost: dict[str, dict[str, int]]) -> None:
    text = LOST_WORDS.read_text("utf-8")
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("#"))
    known = {name: words for name, words in (stored() | {key: lost}).items() if words}
    dumped = yaml.safe_dump(known, allow_unicode=True, sort_keys=True, width=100)
    LOST_WORDS.write_text(f"{head}\n{dumped}", "utf-8")


def test_every_stored_word_belongs_to_a_handout_that_there_is():
    assert stored().keys() <= {"-".join(name) for name in MADE}


@pytest.mark.slow
@pytest.mark.system("mutool")
@pytest.mark.parametrize("name", RIGHT_TO_LEFT, ids="-".join)
def test_mupdf_has_every_right_to_left_word_backwards(name: tuple[str, str]):
    """No letter is lost: almost every word is there once each word is turned round."""
    finished = made(*name)
    (mupdf,) = (extractor for extractor in EXTRACTORS if extractor.name == "MuPDF")
    lost = total = 0
    for painted, read in zip(finished.pages, mupdf.pages(finished.pdf), strict=True):
        wanted = Counter(
            word for word in words_in(painted, finished.tag) if len(word) > 2 and word.isalpha()
        )
        found = Counter(word[::-1] for word in words_in(read, finished.tag))
        found += Counter(words_in(read, finished.tag))
        lost += (wanted - found).total()
        total += wanted.total()
    assert lost <= total * 0.15
