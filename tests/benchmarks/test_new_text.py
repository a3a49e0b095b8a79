"""The benchmark's new texts are new, and still the same handout."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.document import Citation, Handout, Paragraph
from handouts.places import CONTENT
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from tests.benchmarks.__main__ import HANDOUT
from tests.benchmarks.new_text import reworded_library


def other_words(folder: Path, invented: float, *, with_pictures: bool = True) -> Handout:
    library = reworded_library(
        Library(CONTENT),
        HANDOUT,
        "en",
        folder,
        seed=folder.name,
        invented=invented,
        with_pictures=with_pictures,
    )
    handout, _ = read_handout(library, HANDOUT, "en")
    return handout


def words_of(handout: Handout) -> set[str]:
    paragraphs = [
        block
        for section in handout.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
    ]
    text = " ".join(
        item.text for block in paragraphs for item in block.content if hasattr(item, "text")
    )
    return {word.strip(".,:;()“”?").lower() for word in text.split()}


def citations_of(handout: Handout) -> list[str]:
    return [
        item.reference
        for section in handout.sections
        for block in section.blocks
        if isinstance(block, Paragraph)
        for item in block.content
        if isinstance(item, Citation)
    ]


@pytest.fixture(scope="module")
def original() -> Handout:
    handout, _ = read_handout(Library(CONTENT), HANDOUT, "en")
    return handout


@pytest.mark.parametrize("invented", [0, 1])
def test_other_words_stand_in_the_same_structure(
    tmp_path: Path, original: Handout, invented: float
) -> None:
    other = other_words(tmp_path, invented)
    assert citations_of(other) == citations_of(original) != []
    for own, its in zip(other.sections, original.sections, strict=True):
        assert [type(block) for block in own.blocks] == [type(block) for block in its.blocks]
        assert own.blocks != its.blocks
    assert other.title != original.title
    assert len(other.references) == len(original.references)


def test_two_texts_differ_in_every_section(tmp_path: Path) -> None:
    one, two = other_words(tmp_path / "one", 0), other_words(tmp_path / "two", 0)
    for own, its in zip(one.sections, two.sections, strict=True):
        assert own.blocks != its.blocks


def test_the_same_seed_gives_the_same_text(tmp_path: Path) -> None:
    one, two = (other_words(tmp_path / folder / "seed", 0.5) for folder in ("one", "two"))
    assert words_of(one) == words_of(two)


def test_invented_words_are_not_the_handouts_own(tmp_path: Path, original: Handout) -> None:
    ordinary = {word for word in words_of(original) if word.isalpha() and len(word) > 3}
    assert len(ordinary & words_of(other_words(tmp_path / "all", 1))) < len(ordinary) / 10
    assert len(ordinary & words_of(other_words(tmp_path / "none", 0))) > len(ordinary) / 4


def test_pictures_can_be_left_out(tmp_path: Path, original: Handout) -> None:
    assert original.pictures
    assert other_words(tmp_path / "with", 0).pictures
    assert not other_words(tmp_path / "without", 0, with_pictures=False).pictures
