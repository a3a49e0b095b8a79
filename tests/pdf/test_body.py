from __future__ import annotations

import zlib

from handouts.pdf.body import Body


def test_dictionaries_go_into_one_object_stream_in_the_order_of_their_numbers() -> None:
    body = Body(5)
    later = body.reserve()
    body.add(b"<</A 1>>")
    body.add(b"<</B 2>>", later)
    part = body.write(9)

    head, _, data = part.data.partition(b"stream\n")
    assert head.startswith(b"9 0 obj\n<</Length ")
    assert b"/Type/ObjStm/N 2/First 8" in head
    content = zlib.decompress(data.partition(b"\nendstream\nendobj\n")[0])
    assert content == b"5 0 6 9\n<</B 2>>\n<</A 1>>"
    assert part.indexes == {5: 0, 6: 1}
    assert part.container == 9


def test_each_offset_leads_to_its_object() -> None:
    body = Body(1)
    first = body.add_stream(b"one")
    second = body.add_encoded(b"two", b"/Filter/DCTDecode")
    part = body.write(7)

    for number in (first, second, 7):
        assert part.data[part.offsets[number] :].startswith(b"%d 0 obj\n" % number)


def test_streams_that_are_the_same_are_kept_once() -> None:
    body = Body(1)
    number = body.add_stream(b"same")

    assert body.add_stream(b"same") == number
    assert body.add_stream(b"other") != number
    assert body.add_stream(b"same", b"/N 3") != number


def test_a_copy_begins_with_the_same_objects_and_goes_its_own_way() -> None:
    body = Body(1)
    body.add(b"<<>>")
    twin = body.copy()
    twin.add(b"<</Twin true>>")

    assert set(body.write(9).indexes) == {1}
    assert set(twin.write(9).indexes) == {1, 2}
