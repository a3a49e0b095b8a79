"""Masters and imprints in the cache: read back whole and equal, or not at all."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.batch.pieces import CorruptPieceError, LaidOut, cache_name, packed, unpacked
from handouts.document import Notice
from handouts.paper import A4, LETTER
from handouts.pdf.imprint import Imprint
from handouts.pdf.master import Master
from handouts.pdf.press import press
from handouts.pipeline import make_imprint, make_master
from handouts.preparing import checked_clinic
from handouts.reading.handouts import HandoutReader
from tests.batch.examples import made_network

SMALL = LaidOut(
    Master(b"%PDF", b"digest", 7, 12, 2, False, False, ((1.5, 2.0), (0.1, -3.0)), (b"1 0 R", b"")),
    "Título",
    "es",
    True,
    ("a warning",),
)


unhurried = settings(deadline=None, max_examples=50)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[LaidOut, Imprint]:
    library = made_network(tmp_path_factory.mktemp("network")).library
    handout = HandoutReader(library, "asthma").read("en").value
    notice = Notice("es", ("Esta hoja está en inglés.", "Llame al 111."))
    master = make_master(handout, LETTER, "911", library.registry(), notice)
    imprint = make_imprint(checked_clinic(library, "riverside")[0], "en", LETTER)
    return LaidOut(master, handout.title, "en", handout.is_draft, ("a", "b")), imprint


def test_a_piece_comes_back_equal(real: tuple[LaidOut, Imprint]) -> None:
    laid_out, imprint = real
    assert unpacked(packed(laid_out), LaidOut) == laid_out
    assert unpacked(packed(imprint), Imprint) == imprint
    assert unpacked(packed(SMALL), LaidOut) == SMALL


def test_what_is_pressed_of_pieces_from_the_cache_is_the_same_file(
    real: tuple[LaidOut, Imprint],
) -> None:
    laid_out, imprint = real
    again = press(unpacked(packed(laid_out), LaidOut).master, unpacked(packed(imprint), Imprint))
    assert again == press(laid_out.master, imprint)


def test_an_imprint_without_a_clinic_comes_back_equal() -> None:
    imprint = make_imprint(None, "ar", A4)
    assert unpacked(packed(imprint), Imprint) == imprint


def test_a_piece_has_the_same_bytes_each_time(real: tuple[LaidOut, Imprint]) -> None:
    for piece in real:
        assert packed(piece) == packed(piece)


numbers = st.floats(allow_nan=False, allow_infinity=False)
pairs = st.tuples(numbers, numbers)
masters = st.builds(
    Master,
    data=st.binary(max_size=40),
    digest=st.binary(max_size=16),
    cross_references=st.integers(0, 2**40),
    object_count=st.integers(0, 2**31),
    page_count=st.integers(1, 900),
    has_one_panel_page=st.booleans(),
    has_late_patient=st.booleans(),
    places=st.tuples(pairs, pairs),
    annotations=st.tuples(st.binary(max_size=9), st.binary(max_size=9)),
)


@unhurried
@given(masters, st.text(max_size=20).filter(str.isprintable), st.lists(st.text("añ发", max_size=5)))
def test_any_master_comes_back_equal(master: Master, title: str, warnings: list[str]) -> None:
    laid_out = LaidOut(master, title, "en", False, tuple(warnings))
    assert unpacked(packed(laid_out), LaidOut) == laid_out


def test_a_piece_in_which_any_bit_is_wrong_is_refused() -> None:
    data = packed(SMALL)
    for place in range(len(data)):
        for bit in range(8):
            wrong = bytearray(data)
            wrong[place] ^= 1 << bit
            with pytest.raises(CorruptPieceError):
                unpacked(bytes(wrong), LaidOut)


def test_a_real_piece_in_which_a_byte_is_wrong_is_refused(real: tuple[LaidOut, Imprint]) -> None:
    for piece in real:
        data = packed(piece)
        for place in range(0, len(data), max(1, len(data) // 200)):
            wrong = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
            with pytest.raises(CorruptPieceError):
                unpacked(wrong, type(piece))


def test_a_piece_that_is_cut_or_has_something_behind_it_is_refused() -> None:
    data = packed(SMALL)
    for wrong in (*(data[:length] for length in range(len(data))), data + b"\0", data + data):
        with pytest.raises(CorruptPieceError):
            unpacked(wrong, LaidOut)


def test_a_piece_of_the_other_kind_is_refused(real: tuple[LaidOut, Imprint]) -> None:
    laid_out, imprint = real
    with pytest.raises(CorruptPieceError):
        unpacked(packed(laid_out), Imprint)
    with pytest.raises(CorruptPieceError):
        unpacked(packed(imprint), LaidOut)


def with_its_digest(content: bytes) -> bytes:
    """Bytes behind the digest that is right for them."""
    head = packed(SMALL).split(b"\n")[0] + b"\n"
    return head + blake2b(content, digest_size=16).digest() + content


def test_the_digest_of_these_tests_is_the_right_one() -> None:
    content = packed(SMALL)[len(with_its_digest(b"")) :]
    assert unpacked(with_its_digest(content), LaidOut) == SMALL


@pytest.mark.parametrize(
    "content", [b"", b"\xc1", b"\x80", b"\x93\x01\x02", b"\xdb\xff\xff\xff\xff"]
)
def test_bytes_that_are_no_piece_are_refused_though_their_digest_is_right(content: bytes) -> None:
    with pytest.raises(CorruptPieceError):
        unpacked(with_its_digest(content), LaidOut)


@pytest.mark.parametrize(
    "change", [{"language": None}, {"is_draft": "yes"}, {"warnings": (1,)}, {"master": b"%PDF"}]
)
def test_a_value_of_another_type_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(CorruptPieceError):
        unpacked(packed(replace(SMALL, **change)), LaidOut)


def test_a_piece_is_kept_where_the_state_of_a_run_is() -> None:
    assert cache_name(bytes(range(16))) == ".handouts/cache/00/0102030405060708090a0b0c0d0e0f"
    assert not Path(cache_name(b"\xff" * 16)).is_absolute()
