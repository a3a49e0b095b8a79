"""Every language of the registry can be laid out on both papers; no page is left nearly empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.document import Handout, Translation
from handouts.edition import own_edition
from handouts.languages import language, language_tags
from handouts.layout.pages import PlacedLine
from handouts.layout.panels import lay_out_panels
from handouts.layout.sheets import lay_out
from handouts.layout.style import Columns
from handouts.paper import PAPERS
from handouts.pipeline import fonts
from handouts.reading.handouts import read_handout
from tests.layout.outline import text_of
from tests.sheets import LIBRARY, PAPER_NAMES, PML, clinic_named, handout_named


def pml_in(tag: str) -> Handout:
    """The handout on PML; where nobody has translated it, its English text under own headings."""
    if tag in LIBRARY.languages(PML):
        return read_handout(LIBRARY, PML, tag, allow_stale=True)[0]
    return replace(handout_named(PML), language=tag, translation=Translation("machine"))


@pytest.mark.slow
@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("tag", language_tags())
def test_sheet_and_panels_fit_in_every_language(tag: str, paper: str):
    sheet = lay_out(pml_in(tag), language(tag), fonts(), PAPERS[paper])
    for clinic in (None, clinic_named("riverside"), clinic_named("lakeside")):
        lay_out_panels(clinic, language(tag), fonts(), PAPERS[paper])
    columns = Columns.of(
        PAPERS[paper], own_edition(), fonts().leading_factor(language(tag).script, tag)
    )
    lines = [item for item in sheet.pages[0].items if isinstance(item, PlacedLine)]
    text = [line for line in lines if line.y > columns.first_body_bottom]
    lowest = min(line.y for line in text)
    used = (columns.body_top - lowest) / (columns.body_top - columns.first_body_bottom)

    assert used > 0.5


def first_page(tag: str) -> list[PlacedLine]:
    sheet = lay_out(pml_in(tag), language(tag), fonts(), PAPERS["letter"])
    return [item for item in sheet.pages[0].items if isinstance(item, PlacedLine)]


def test_a_block_at_a_glance_that_is_too_high_for_page_one_parts_between_its_parts():
    words = language("ur").words
    here = [text_of(line.line) for line in first_page("ur")]

    assert words["at_a_glance"] in here
    assert words["do"] in here
    assert not any(text.startswith(words["call"].split()[0]) for text in here)


def test_labels_too_long_for_the_side_column_stand_above_their_lines():
    english = language("en")
    wordy = replace(english, words={**english.words, "do": "Otorhinolaryngologically"})
    sheet = lay_out(handout_named("at-a-glance"), wordy, fonts(), PAPERS["letter"])
    original = lay_out(handout_named("at-a-glance"), english, fonts(), PAPERS["letter"])

    def place(made: object, start: str) -> PlacedLine:
        items = made.pages[0].items  # type: ignore[attr-defined]
        return next(
            item
            for item in items
            if isinstance(item, PlacedLine) and text_of(item.line).startswith(start)
        )

    do = handout_named("at-a-glance").at_a_glance.do[0][0].text[:8]  # type: ignore[union-attr]

    assert place(sheet, do).x < place(original, do).x
    assert place(sheet, do).y < place(sheet, "Otorhino").y
    assert place(original, do).y == place(original, "What to do").y
