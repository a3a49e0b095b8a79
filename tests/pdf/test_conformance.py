"""Every kind of sheet conforms to PDF/UA-1 and PDF/A-2a at once, as veraPDF judges."""

from __future__ import annotations

import pytest

from handouts.layout.pages import PanelSet
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.verapdf import validate
from tests.pdf.samples import (
    ARABIC,
    HINDI,
    clinic_panels,
    full_sheet,
    plain_panels,
    small_sheet,
)
from tests.reading_back import (
    artifact_text,
    glyph_problems,
    structure_problems,
    tags,
    text_in_structure_order,
    unmarked_text,
)


@pytest.mark.parametrize("panels", [plain_panels(), clinic_panels()], ids=["plain", "clinic"])
@pytest.mark.parametrize("together", [False, True], ids=["apart", "together"])
def test_a_sheet_with_everything_conforms(panels: PanelSet, together: bool) -> None:
    pdf = press(paint_master(full_sheet(panels_on_one_page=together)), paint_imprint(panels))

    assert validate(pdf) == []
    assert glyph_problems(pdf) == []
    assert unmarked_text(pdf) == ""


def test_a_sheet_of_one_page_conforms() -> None:
    pdf = press(paint_master(small_sheet()), paint_imprint(clinic_panels()))

    assert validate(pdf) == []
    assert structure_problems(pdf) == []


def test_the_tree_is_the_documents() -> None:
    pdf = press(paint_master(full_sheet()), paint_imprint(clinic_panels()))

    assert structure_problems(pdf) == []
    assert tags(pdf).splitlines() == TREE.strip("\n").splitlines()


def test_running_text_is_on_every_page_and_in_no_element() -> None:
    pdf = press(paint_master(full_sheet()), paint_imprint(clinic_panels()))

    assert artifact_text(pdf) == ["Riverside Clinic\nPage of pages"] * 2
    assert "Page of pages" not in text_in_structure_order(pdf)


TREE = f"""
Document
  H1 "Asthma (and “you”)"
  P
    "Ask us. "
    Link -> https://example.org/a?b=(c)&d=100%25 "See the pageof our clinic"
    Link -> page 2 "1"
  Figure Alt="A red square with a label"
    (path)
    "Axon"
    Caption "A neuron"
  Figure Alt="Grey" (image)
  Figure Alt="Code" (path)
  L ListNumbering=Disc
    LI
      Lbl "•"
      LBody "Rest."
    LI
      Lbl "•"
      LBody "Drink."
  P "This paragraph goes on" [page 2] "over the page."
  Sect
    P
      Link -> tel:2125550142 [page 1] "212-555-0142"
    P
      Link -> https://riverside.example.org "riverside.example.org"
    P "Riverside Clinic"
  Table
    TR
      TH Scope=Column [page 2] "Drug"
      TH Scope=Column "Dose"
    TR
      TD "Salbutamol"
      TD "100 µg"
    TR
      TD "Other"
      TD
  P Lang=ar "{ARABIC}"
  P Lang=hi "{HINDI}"
  P Lang=vi "Uống thuốc với nước"
  P "Brackets () [] \\\\ and 孝告"
  P "1. A book"
  Div
    Figure Alt="A code that leads to the newest sheet" (path)
    P "Is there a newer sheet?"
"""
