"""What a worker has at hand, up to a number of bytes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.batch.shelf import Shelf

unhurried = settings(deadline=None, max_examples=100)


def shelf(*keys: str, most: int = 10, size: int = 3) -> Shelf[str]:
    found: Shelf[str] = Shelf(most)
    for key in keys:
        found.put(key.encode(), key, size)
    return found


def there(found: Shelf[str], keys: str) -> str:
    """Which of the keys are on it; looking does not use them."""
    return "".join(key for key in keys if key.encode() in found._pieces)


def test_what_was_put_on_it_is_found_and_nothing_else() -> None:
    found = shelf("a", "b")
    assert (found.get(b"a"), found.get(b"b"), found.get(b"c")) == ("a", "b", None)


def test_what_was_not_used_for_the_longest_time_makes_room() -> None:
    found = shelf("a", "b", "c")
    assert there(found, "abc") == "abc"
    found.put(b"d", "d", 3)
    assert there(found, "abcd") == "bcd"
    found.get(b"b")
    found.put(b"e", "e", 3)
    assert there(found, "abcde") == "bde"


def test_a_large_piece_makes_as_much_room_as_it_needs() -> None:
    found = shelf("a", "b", "c")
    found.put(b"d", "d", 7)
    assert (there(found, "abcd"), found.bytes) == ("cd", 10)


def test_a_piece_larger_than_the_shelf_is_not_kept() -> None:
    found = shelf("a", "b")
    found.put(b"c", "c", 11)
    assert found.get(b"c") is None
    assert found.bytes <= found.most_bytes
    assert there(found, "ab") == "ab"


def test_a_piece_that_is_put_again_takes_its_place_once() -> None:
    found = shelf("a", "b")
    found.put(b"a", "newer", 5)
    assert (found.get(b"a"), found.bytes) == ("newer", 8)
    found.put(b"c", "c", 3)
    assert there(found, "abc") == "ac"


@unhurried
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 12), st.booleans())))
def test_it_never_holds_more_than_it_may(steps: list[tuple[str, int, bool]]) -> None:
    found: Shelf[tuple[str, int]] = Shelf(10)
    last: dict[str, int] = {}
    for key, size, is_read in steps:
        if is_read:
            got = found.get(key.encode())
            assert got is None or got == (key, last[key])
        else:
            found.put(key.encode(), (key, size), size)
            last[key] = size
            assert found.get(key.encode()) == ((key, size) if size <= 10 else None)
        assert found.bytes == sum(size for _, size in found._pieces.values()) <= 10
