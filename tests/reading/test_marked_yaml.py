from __future__ import annotations

import pytest

from handouts.diagnostics import SourceSpan
from handouts.reading.marked_yaml import Mapping, Node, Scalar, Sequence, parse_yaml
from handouts.reading.report import Report


def parsed(text: str) -> Mapping:
    report = Report()
    mapping = parse_yaml(text, "en.yaml", report)
    assert report.diagnostics == []
    return mapping


def at(mapping: Mapping, *path: str | int) -> Node:
    node: Node = mapping
    for step in path:
        if isinstance(step, str):
            assert isinstance(node, Mapping)
            node = next(value for key, value in node.entries if key.text == step)
        else:
            assert isinstance(node, Sequence)
            node = node.items[step]
    return node


def scalar(text: str, *path: str | int) -> Scalar:
    node = at(parsed(text), *path)
    assert isinstance(node, Scalar)
    return node


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "true", "12:30", "12:30:45", "2020-09", "2020-09-01", "0o17", "1e3"]
)
def test_a_plain_word_stays_text(word: str) -> None:
    assert scalar(f"a: {word}\n", "a").text == word


@pytest.mark.parametrize("word", ["", "~", "null"])
def test_nothing_is_null(word: str) -> None:
    assert scalar(f"a: {word}\n", "a").is_null
    assert not scalar(f"a: '{word}'\n", "a").is_null


def test_every_key_and_leaf_keeps_its_place_and_path() -> None:
    mapping = parsed("a:\n  b:\n    - {c: x, d: y}\n    -   é: z\n")
    assert at(mapping, "a", "b", 0, "d").span == SourceSpan("en.yaml", 3, 17, "a.b[1].d")
    assert at(mapping, "a", "b", 1, "é").span == SourceSpan("en.yaml", 4, 12, "a.b[2].é")
    assert [key.span for key, _ in mapping.entries] == [SourceSpan("en.yaml", 1, 1, "a")]


def test_columns_count_characters_not_bytes() -> None:
    assert scalar("{ключ: 你好, 二: x}\n", "二").span.column == 15


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: |\n  first\n  second\n", 3, 3),
        ("a: |-   # a comment\n\n     first\n     second\n", 4, 6),
        ("b:\n    a: |2+\n        first\n      second\n", 4, 7),
    ],
)
def test_the_second_line_of_a_literal_text_is_found_in_the_file(
    text: str, line: int, column: int
) -> None:
    path = ("b", "a") if text.startswith("b") else ("a",)
    leaf = scalar(text, *path)
    number = leaf.text.split("\n").index("second")
    assert (leaf.at(number, 0).line, leaf.at(number, 0).column) == (line, column)
    assert not leaf.is_folded


@pytest.mark.parametrize(
    ("text", "column"),
    [("a: some words\n", 9), ("a: 'some words'\n", 10), ('a: "some words"\n', 10)],
)
def test_a_word_of_a_line_of_text_is_found_in_the_file(text: str, column: int) -> None:
    assert scalar(text, "a").at(0, 5) == SourceSpan("en.yaml", 1, column, "a")


@pytest.mark.parametrize(
    "text",
    [
        "a: >\n  some\n  words\n",
        "a: some\n  words\n",
        "a: 'some\n  words'\n",
        'a: "some\n  words"\n',
    ],
)
def test_text_whose_lines_are_joined_is_placed_where_it_starts(text: str) -> None:
    leaf = scalar(text, "a")
    assert leaf.is_folded
    assert leaf.text.strip() == "some words"
    assert leaf.at(0, 5) == SourceSpan("en.yaml", 1, 4, "a")


def test_text_with_escapes_is_placed_where_it_starts() -> None:
    leaf = scalar('a: "\\u00e9 words"\n', "a")
    assert leaf.text == "é words"
    assert leaf.at(0, 2) == SourceSpan("en.yaml", 1, 4, "a")
    assert not leaf.is_folded


def test_a_comment_after_a_value_is_no_text() -> None:
    assert scalar("a: letter   # or a4\n", "a").text == "letter"
    assert scalar("a: letter   #\n", "a").text == "letter"
    assert scalar("a: http://example.org/#part\n", "a").text == "http://example.org/#part"
