from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from handouts.layout.pages import LinkArea, Target
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.links import link_annotation
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.structure import Element
from tests.pdf.samples import SheetBuilder, full_sheet, plain_panels


def annotations(page: int = 0) -> list[Any]:
    pdf = press(paint_master(full_sheet()), paint_imprint(plain_panels()))
    return [a.get_object() for a in PdfReader(io.BytesIO(pdf)).pages[page]["/Annots"]]


def test_a_link_leads_to_its_address_and_says_where() -> None:
    link = annotations()[0]

    assert link["/A"]["/URI"] == "https://example.org/a?b=(c)&d=100%25"
    assert link["/Contents"] == "Our clinic's page"
    assert link["/F"] == 4


def test_a_link_over_two_lines_is_one_annotation_with_an_area_for_each() -> None:
    link = annotations()[0]
    left, bottom, right, top = link["/Rect"]
    points = link["/QuadPoints"]

    assert len(annotations()) == 2
    assert len(points) == 16
    # Upper left, upper right, lower left, lower right, as Acrobat has them.
    assert points[0:4] == [400, 669, right, 669]
    assert points[4:8] == [400, 657, right, 657]
    assert (min(points[0::2]), max(points[0::2])) == (left, right)
    assert (min(points[1::2]), max(points[1::2])) == (bottom, top)


def test_a_link_inside_the_document_leads_to_the_place_of_its_target() -> None:
    link = annotations()[1]
    page, *place = link["/Dest"]

    assert "/QuadPoints" not in link
    assert page.get_object()["/StructParents"] == 257
    assert place[:3] == ["/XYZ", 72, 412]


def test_a_percent_sign_in_a_link_survives_the_move_of_its_panel() -> None:
    area = LinkArea(Element("Link"), 1, 2, 3, 4, "100 %")
    annotation = link_annotation([area], b"/A<</S/URI/URI(a%20b)>>", 7)

    assert b"(a%20b)" in annotation.at(10, 20)
    assert b"(100 %)" in annotation.at(10, 20)
    assert annotation.at(10, 20).startswith(b"<</Subtype/Link/Rect[11 22 14 26]/Border")


def test_a_link_to_nowhere_is_refused() -> None:
    builder = SheetBuilder()
    link = builder.root.add("P").add("Link", link="#lost")
    builder.add(LinkArea(link, 0, 0, 9, 9, "Lost"))
    builder.targets = [Target("found", 0, 0, 0)]
    builder.add_contact()
    builder.add_check()

    with pytest.raises(ValueError, match="#lost"):
        paint_master(builder.sheet())
