"""Every file conforms to PDF/UA-1 and PDF/A-2a at once, and to what these leave open."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise

import pytest
from pypdf import PdfReader

from handouts.layout.pages import PanelName, PanelPlace
from handouts.verapdf import validate
from tests.reading_back import (
    artifact_text,
    glyph_problems,
    structure_problems,
    structure_tree,
    unmarked_text,
)
from tests.sheets import CASE_NAMES, CLINICS, PAPER_NAMES, PML, handout_named, pdf_of, sheet_of

ONE_PAGE = "citations-and-references"  # with links of its own beside those of the panels
MADE = [
    *((PML, clinic, paper) for clinic in CLINICS for paper in PAPER_NAMES),
    (ONE_PAGE, "riverside", "letter"),
    (ONE_PAGE, "lakeside", "a4"),
    *((name, "", "letter") for name in CASE_NAMES),
]


@dataclass(frozen=True, slots=True)
class Finished:
    """A file, and the name of the handout that it shows."""

    name: str
    pdf: bytes


@pytest.fixture(scope="module", params=MADE, ids=lambda made: "-".join(filter(None, made)))
def finished(request: pytest.FixtureRequest) -> Finished:
    name, clinic, paper = request.param
    return Finished(name, pdf_of(name, clinic, paper))


def test_verapdf_finds_nothing(finished: Finished):
    assert [str(failure) for failure in validate(finished.pdf, "ua1", "2a")] == []


def test_structure_parent_tree_pages_and_annotations_agree(finished: Finished):
    assert structure_problems(finished.pdf) == []


def test_every_glyph_can_be_seen_and_read(finished: Finished):
    """None is ``.notdef``, stands for a private-use character, is too small or off the page."""
    assert glyph_problems(finished.pdf, smallest=8.0) == []


def test_no_text_is_outside_the_structure_and_the_artifacts(finished: Finished):
    assert unmarked_text(finished.pdf) == ""


def test_there_is_one_title_and_no_heading_skips_a_level(finished: Finished):
    roles = [element.role for element in structure_tree(finished.pdf).walk()]
    levels = [int(role[1]) for role in roles if role in ("H1", "H2", "H3", "H4", "H5", "H6")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= above + 1 for above, level in pairwise(levels))


def test_the_file_names_its_language_and_shows_its_title(finished: Finished):
    reader = PdfReader(io.BytesIO(finished.pdf), strict=True)
    catalog = reader.trailer["/Root"]
    handout = handout_named(finished.name)

    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.xmp_metadata is not None
    assert reader.metadata.title == handout.title
    assert reader.xmp_metadata.dc_title == {"x-default": handout.title, "en": handout.title}


def test_every_page_says_which_it_is_outside_the_structure(finished: Finished):
    pages = artifact_text(finished.pdf)

    for number, text in enumerate(pages, start=1):
        assert text.count(f"Page {number} of {len(pages)}") == 1


def test_a_draft_says_so_on_every_page_and_a_reviewed_sheet_nowhere(finished: Finished):
    says_so = ["Draft" in text for text in artifact_text(finished.pdf)]

    assert says_so == [handout_named(finished.name).is_draft] * len(says_so)


def test_the_one_page_sheet_shows_both_panels_on_its_page():
    (page,) = sheet_of(ONE_PAGE).pages
    panels = {item.panel for item in page.items if isinstance(item, PanelPlace)}

    assert panels == {PanelName.CONTACT, PanelName.CHECK, PanelName.PATIENT}
