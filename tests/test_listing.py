"""The order of an index, and how its links are written."""

from __future__ import annotations

import pytest

from handouts.languages import Languages, language, language_tags
from handouts.listing import Index, IndexEntry, facts_of, file_link, listings
from tests.some_index import index_in_every_language, index_of


def order_of(*titles: str, tag: str = "en") -> list[str]:
    (listing,) = listings(index_of(*titles, tag=tag), Languages())
    return [entry.title for entry in listing.entries]


def test_capitals_and_accents_do_not_part_titles() -> None:
    assert order_of("Zinc", "ácido", "Asma", "Azúcar", "Acné") == [
        *("ácido", "Acné", "Asma", "Azúcar", "Zinc")
    ]
    assert order_of("Ébola", "ebola", "Ebola") == ["Ebola", "ebola", "Ébola"]
    assert order_of("e\u0301b", "éa") == ["éa", "e\u0301b"]


def test_signs_that_are_no_accents_count() -> None:
    assert order_of("की", "कि", tag="hi") == ["कि", "की"]


def test_the_indexs_own_language_comes_first_and_the_others_by_their_own_names() -> None:
    found = listings(index_in_every_language("es"), Languages())
    tags = [listing.language.tag for listing in found]

    assert tags[:5] == ["es", "so", "id", "de", "en"]
    assert sorted(tags) == sorted(language_tags())


@pytest.mark.parametrize(
    ("tag", "other", "name"),
    [
        ("en", "es", "Spanish"),
        ("en", "en", ""),
        ("en", "tl", ""),  # Tagalog in both
        ("so", "so", ""),
        ("ar", "en", "الإنجليزية"),
    ],
)
def test_a_language_is_named_again_only_where_its_name_differs(
    tag: str, other: str, name: str
) -> None:
    index = Index(tag, (IndexEntry("x", other, "x.pdf", 1, False),))
    (listing,) = listings(index, Languages())

    assert listing.name == name


@pytest.mark.parametrize("tag", language_tags())
def test_pages_are_counted_in_every_language(tag: str) -> None:
    own = language(tag)
    said = {
        count: next(facts_of(IndexEntry("x", tag, "x", count, False), own))
        for count in (1, 2, 3, 5, 11, 21, 102)
    }

    assert all("{" not in words and "#" not in words for words in said.values())
    assert all(own.number(count) in words for count, words in said.items() if count > 2)
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize(
    ("file", "link"),
    [
        ("en/asthma.pdf", "./en/asthma.pdf"),
        ("a b.pdf", "./a%20b.pdf"),
        ("été (1).pdf", "./%C3%A9t%C3%A9%20%281%29.pdf"),
        ("100%.pdf", "./100%25.pdf"),
        ("javascript:x", "./javascript%3Ax"),
        ("../up.pdf", "./../up.pdf"),
    ],
)
def test_the_link_to_a_file_is_a_relative_uri(file: str, link: str) -> None:
    assert file_link(file) == link
