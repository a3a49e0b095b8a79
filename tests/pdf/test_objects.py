from __future__ import annotations

import pytest

from handouts.pdf.objects import byte_string, name, number, text_string, uri_string


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (12, b"12"),
        (12.0, b"12"),
        (16.5, b"16.5"),
        (0.1 + 0.2, b"0.3"),
        (-0.0001, b"0"),
        (595.276, b"595.276"),
        (0.001, b"0.001"),
    ],
)
def test_a_number_is_short_and_without_noise(value: float, written: bytes) -> None:
    assert number(value) == written


def test_what_is_not_regular_in_a_name_is_escaped() -> None:
    assert name("Noto Sans/Ä#1") == b"/Noto#20Sans#2F#C3#84#231"


def test_what_would_end_a_string_is_escaped() -> None:
    assert byte_string(b"a(b)c\\d\r\n") == b"(a\\(b\\)c\\\\d\\r\n)"


def test_ascii_text_stays_readable_and_other_text_is_utf_16() -> None:
    assert text_string("Call us") == b"(Call us)"
    assert text_string("Ä") == b"(\xfe\xff\x00\xc4)"


def test_a_uri_is_ascii_and_keeps_what_is_encoded_already() -> None:
    assert (
        uri_string("https://a.example/ä?b=%20&c=(d)")
        == b"(https://a.example/%C3%A4?b=%20&c=\\(d\\))"
    )
