"""The benchmark of scripts sets new text, and the same handout still."""

from __future__ import annotations

import pytest

from handouts.document import Handout
from handouts.places import CONTENT
from handouts.preparing import checked_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from tests.benchmarks.__main__ import CLINIC, HANDOUT
from tests.benchmarks.other_words import in_other_words
from tests.benchmarks.scripts import LANGUAGES, NewPages
from tests.benchmarks.sources import Job
from tests.text.script_samples import contents, plain


def handout_in(tag: str) -> Handout:
    return read_handout(Library(CONTENT), HANDOUT, tag)[0]


def texts(handout: Handout) -> list[str]:
    return [plain(content) for part in handout.sections for content in contents(part.blocks)]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_no_paragraph_is_what_it_was_and_each_is_as_long(tag: str) -> None:
    handout = handout_in(tag)
    first, second = (in_other_words(handout, seed, 0) for seed in ("one", "two"))
    for before, after in ((handout, first), (first, second)):
        for old, new in zip(texts(before), texts(after), strict=True):
            assert len(old) == len(new)
            assert old != new or len(old) < 20


@pytest.mark.parametrize("tag", ["en", "ar", "th", "zh-Hans"])
def test_words_are_the_handout_s_own_unless_they_are_invented(tag: str) -> None:
    handout = handout_in(tag)
    everything = (handout.at_a_glance, handout.sections, handout.resources, handout.references)
    letters = set(str(everything).casefold())
    known = in_other_words(handout, "one", 0)
    invented = in_other_words(handout, "one", 1)
    for changed in (known, invented):
        assert set("".join(texts(changed)).casefold()) <= letters
    assert texts(known) != texts(invented)


def test_ids_and_numbers_stay() -> None:
    handout = handout_in("ar")
    changed = in_other_words(handout, "one", 1)
    assert [part.id for part in changed.sections] == [part.id for part in handout.sections]
    for old, new in zip(texts(handout), texts(changed), strict=True):
        assert [sign for sign in old if sign.isdigit()] == [sign for sign in new if sign.isdigit()]


def test_the_same_seed_gives_the_same_text() -> None:
    handout = handout_in("hi")
    assert in_other_words(handout, "one", 0.5) == in_other_words(handout, "one", 0.5)


def test_each_language_is_timed_by_the_page() -> None:
    library = Library(CONTENT)
    job = Job(library, handout_in("en"), checked_clinic(library, CLINIC)[0])
    arabic = NewPages(handout_in("ar"), job, 0)
    arabic.prepare(0)
    assert arabic.make(0) == arabic.pages > 1
