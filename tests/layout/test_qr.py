"""QR codes are read by another program from the rendered page."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QR8bitByte, QRCode, QRErrorCorrectLevel

from handouts.diagnostics import LayoutError
from handouts.layout.qr import LONGEST, qr_code
from handouts.layout.qr_masks import MaskedCode
from handouts.structure import Element
from tests.reading_back import render
from tests.sheets import PML, pdf_of


def test_the_code_on_the_page_leads_to_the_clinics_address():
    pdf = pdf_of(PML, "riverside", "letter")
    last = render(pdf, 3, 150)

    codes = zxingcpp.read_barcodes(last)

    assert [code.text for code in codes] == ["https://riverside.example.org/check"]


def test_an_address_too_long_for_its_place_is_an_error():
    with pytest.raises(LayoutError, match="too many for its QR code"):
        qr_code("https://example.org/" + "a" * LONGEST, 0, 0, 51, Element("Figure").leaf())


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=LONGEST))
def test_the_mask_is_the_one_that_reportlab_finds(address: str):
    slow, fast = (kind(None, QRErrorCorrectLevel.M) for kind in (QRCode, MaskedCode))
    for code in (slow, fast):
        code.addData(QR8bitByte(address))
        code.make()

    assert fast.modules == slow.modules
