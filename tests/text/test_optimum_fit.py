"""Optimum fit: even lines, no more of them than needed, each within its width."""

from __future__ import annotations

from collections.abc import Container
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.text.optimum_fit import (
    SHORT_LAST_LINE,
    SHORT_LAST_LINE_COST,
    TOLERANCE,
    WEAK_END_COST,
    TooWideError,
    fit,
)


def edges(words: list[float], space: float = 1.0) -> tuple[list[float], list[float]]:
    starts = list(accumulate([word + space for word in words], initial=0.0))
    return starts, [0.0, *(start - space for start in starts[1:])]


def broken(words: list[float], width: float, weak: Container[int] = ()) -> list[list[float]]:
    starts, ends = edges(words)
    breaks = [0, *fit(starts, ends, 0, len(words), width, weak)]
    return [words[first:last] for first, last in pairwise(breaks)]


def greedy(words: list[float], width: float) -> int:
    count, used = 1, -1.0
    for word in words:
        if used >= 0 and used + 1 + word > width + TOLERANCE:
            count, used = count + 1, -1.0
        used = used + 1 + word
    return count


def cost(lines: list[list[float]], width: float, weak: Container[int] = ()) -> float:
    ends = accumulate([len(line) for line in lines[:-1]])
    weak_ends = sum([WEAK_END_COST for end in ends if end in weak])
    lengths = [sum(line) + len(line) - 1 for line in lines]
    total = sum(((width - length) / width) ** 2 for length in lengths[:-1])
    return total + weak_ends + SHORT_LAST_LINE_COST * (lengths[-1] < SHORT_LAST_LINE * width)


def all_breaks(words: list[float], width: float, count: int) -> list[list[list[float]]]:
    if count == 1:
        return [[words]] if sum(words) + len(words) - 1 <= width + TOLERANCE else []
    found = []
    for first in range(1, len(words)):
        head = words[:first]
        if sum(head) + len(head) - 1 <= width + TOLERANCE:
            found += [[head, *rest] for rest in all_breaks(words[first:], width, count - 1)]
    return found


def test_a_text_that_fits_is_one_line() -> None:
    assert broken([3, 4, 5], 14) == [[3, 4, 5]]


def test_lines_are_evened_out() -> None:
    # Filling each line in turn would leave a hole in the second.
    assert broken([3, 2, 2, 5], 6) == [[3], [2, 2], [5]]


def test_a_lone_short_word_is_not_left_for_the_last_line() -> None:
    assert broken([5, 5, 5, 5, 1], 23) == [[5, 5, 5], [5, 1]]


def test_a_weak_end_is_avoided_where_it_costs_little() -> None:
    words = [6, 5, 1, 6, 6, 9]
    assert broken(words, 15) == [[6, 5, 1], [6, 6], [9]]
    assert broken(words, 15, {3}) == [[6, 5], [1, 6, 6], [9]]


def test_a_word_that_does_not_fit_is_named_with_its_excess() -> None:
    with pytest.raises(TooWideError) as error:
        broken([3, 12.5, 3], 10)
    assert error.value.segment == 1
    assert error.value.excess == pytest.approx(2.5)


def test_a_width_that_just_fits_is_enough() -> None:
    words = [0.1] * 30
    starts, ends = edges(words, 0.1)
    assert fit(starts, ends, 0, 30, ends[-1]) == [30]
    assert fit(starts, ends, 0, 30, sum([0.1] * 59)) == [30]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=40), st.integers(9, 40))
def test_no_more_lines_than_needed_and_none_too_wide(words: list[int], width: int) -> None:
    lines = broken([float(word) for word in words], width)
    assert [word for line in lines for word in line] == words
    assert all(lines)
    assert all(sum(line) + len(line) - 1 <= width + TOLERANCE for line in lines)
    assert len(lines) == greedy([float(word) for word in words], width)


@given(
    st.lists(st.integers(1, 9), min_size=1, max_size=9),
    st.integers(9, 20),
    st.sets(st.integers(1, 8)),
)
def test_no_other_breaks_cost_less(words: list[int], width: int, weak: set[int]) -> None:
    some = [float(word) for word in words]
    lines = broken(some, width, weak)
    best = min(cost(other, width, weak) for other in all_breaks(some, width, len(lines)))
    assert cost(lines, width, weak) == pytest.approx(best)


@given(
    st.lists(st.integers(1, 9), min_size=2, max_size=20),
    st.integers(9, 30),
    st.data(),
)
def test_a_part_of_the_text_is_broken_as_it_would_be_alone(
    words: list[int], width: int, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    starts, ends = edges([float(word) for word in words])
    alone_starts, alone_ends = edges([float(word) for word in words[first:]])
    count = len(words) - first
    assert fit(starts, ends, first, len(words), width) == [
        first + end for end in fit(alone_starts, alone_ends, 0, count, width)
    ]
