from __future__ import annotations

import io
from xml.etree import ElementTree

from PIL import ImageCms
from pypdf import PdfReader

from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from tests.pdf.samples import SheetBuilder, full_sheet, plain_panels

NAMES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def reader() -> PdfReader:
    pdf = press(paint_master(full_sheet()), paint_imprint(plain_panels()))
    return PdfReader(io.BytesIO(pdf))


def packet() -> ElementTree.Element:
    data = reader().root_object["/Metadata"].get_object().get_data()
    return ElementTree.fromstring(data)


def test_the_packet_names_both_standards() -> None:
    xmp = packet()

    assert xmp.findtext(".//pdfaid:part", None, NAMES) == "2"
    assert xmp.findtext(".//pdfaid:conformance", None, NAMES) == "A"
    assert xmp.findtext(".//pdfuaid:part", None, NAMES) == "1"


def test_title_and_language_are_the_sheets() -> None:
    titles = packet().findall(".//dc:title/rdf:Alt/rdf:li", NAMES)

    assert {title.get(LANGUAGE): title.text for title in titles} == {
        "x-default": "Asthma & you",
        "en": "Asthma & you",
    }
    assert reader().root_object["/Lang"] == "en"
    assert reader().root_object["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_packet_and_information_say_the_same() -> None:
    xmp, information = packet(), reader().metadata
    assert information is not None

    assert information.title == xmp.findtext(".//dc:title/rdf:Alt/rdf:li", None, NAMES)
    assert information.author == xmp.findtext(".//dc:creator/rdf:Seq/rdf:li", None, NAMES)
    assert information.subject == xmp.findtext(".//dc:description/rdf:Alt/rdf:li", None, NAMES)
    assert information.producer == xmp.findtext(".//pdf:Producer", None, NAMES)
    assert xmp.findtext(".//dc:subject/rdf:Bag/rdf:li", None, NAMES) == "icd-10-cm:J45"
    assert information["/Keywords"] == "icd-10-cm:J45"


def test_dates_are_those_of_the_revision() -> None:
    xmp, information = packet(), reader().metadata
    assert information is not None

    assert information["/CreationDate"] == information["/ModDate"] == "D:20210525000000Z"
    for key in ("Create", "Modify"):
        assert xmp.findtext(f".//xmp:{key}Date", None, NAMES) == "2021-05-25T00:00:00Z"


def test_the_output_intent_is_srgb_and_says_nothing_of_when_it_was_made() -> None:
    (intent,) = reader().root_object["/OutputIntents"]
    profile = intent["/DestOutputProfile"].get_data()

    assert intent["/S"] == "/GTS_PDFA1"
    assert "sRGB" in ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    assert profile[24:36] == bytes.fromhex("07d000010001000000000000")


def test_bookmarks_nest_by_their_levels() -> None:
    file = reader()
    first, below, last = file.outline

    assert first["/Title"] == "Asthma"
    assert [entry["/Title"] for entry in below] == ["Médecine", "Doses"]
    assert last["/Title"] == "References"
    assert file.get_destination_page_number(below[1]) == 1
    assert below[0]["/Top"] == 600
    assert file.root_object["/Outlines"]["/Count"] == 4


def test_a_sheet_without_bookmarks_has_no_outline() -> None:
    builder = SheetBuilder()
    builder.paragraph("Asthma", 700, "H1")
    builder.add_contact()
    builder.add_check()
    pdf = press(paint_master(builder.sheet()), paint_imprint(plain_panels()))

    assert "/Outlines" not in PdfReader(io.BytesIO(pdf)).root_object
