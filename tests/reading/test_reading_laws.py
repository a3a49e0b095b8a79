"""Whatever a person types, the reader gives a document or says what is wrong, and never fails."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import ClinicError, ContentError, Diagnostic, HandoutError, SourceSpan
from handouts.document import Block, Inlines, Words
from handouts.reading.clinics import read_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from handouts.reading.markdown import read_blocks
from handouts.reading.marked_yaml import Mapping, Scalar, parse_yaml
from handouts.reading.report import Report, Unreadable
from tests.reading.examples import (
    CLINIC,
    CLINIC_FILE,
    FACTS,
    FACTS_FILE,
    WORDS,
    WORDS_FILE,
    write_library,
)

SIGNS = st.sampled_from(
    [
        *"aé你 \n\t:-#|>*_`~[](){}<>!&\\\"'%@?,\u202e\x00\ufeff",
        *("\n\n", "\n- ", "\n1. ", "\n### ", "\n::: note\n", "\n:::\n", "\n|---|\n", "\n---\n"),
        *(
            "**",
            "```",
            "~~",
            "[^a]",
            "[^smith-2019]",
            "[x] ",
            "[ ] ",
            "](https://a.org)",
            "![",
            "\\\n",
        ),
        *("{{", "{emergency_number}", "{lang=fr}", "<b>", "</b>", "<https://a.org>", "<!--"),
        *("&amp;", "&#0;", "title: ", "sections:\n", "null", "true"),
    ]
)
# YAML makes every line end of a text a line feed.
MARKDOWN = st.lists(SIGNS, max_size=30).map("".join) | st.text(max_size=60).map(
    lambda text: text.replace("\r", "\n")
)

# The first example of a run also imports the Markdown parser.
unhurried = settings(deadline=None)


def blocks_of(text: str) -> tuple[tuple[Block, ...], Report]:
    """The blocks of a literal scalar that starts on line 1, indented by two."""
    report = Report()
    scalar = Scalar(text, SourceSpan("en.yaml", 1, 7, "text"), "|", False, 2, 3)
    return read_blocks(scalar, report), report


@unhurried
@given(MARKDOWN)
def test_any_markdown_is_read_or_refused(text: str) -> None:
    blocks, report = blocks_of(text)
    for span in spans_of(blocks):
        assert 2 <= span.line <= 2 + text.count("\n")
        assert span.column >= 3
    for problem in report.diagnostics:
        assert problem.span.line >= 1
        assert "\n" not in problem.message


@unhurried
@given(st.lists(st.sampled_from(["KEEP", "ALL", "OF IT"]) | SIGNS, max_size=30).map("".join))
def test_what_is_read_without_complaint_is_read_whole_and_in_order(text: str) -> None:
    blocks, report = blocks_of(text)
    if not report.diagnostics:
        runs = (run for inlines in inlines_of(blocks) for run in inlines)
        read = "".join(getattr(run, "text", getattr(run, "reference", "")) for run in runs)
        assert capitals(read) == capitals(text)


@unhurried
@given(st.lists(st.sampled_from(["*", "**", "a", "b c", " ", "\n", "\\*", "&amp;"]), max_size=20))
def test_runs_next_to_each_other_differ_and_spaces_are_single(pieces: list[str]) -> None:
    blocks, _ = blocks_of("".join(pieces))
    for inlines in inlines_of(blocks):
        assert not any(isinstance(run, Words) and "  " in run.text for run in inlines)
        text = "".join(run.text if isinstance(run, Words) else "\n" for run in inlines)
        assert text == text.strip(" ")
        assert "\n " not in text
        assert " \n" not in text


@unhurried
@given(st.lists(st.text("abc", min_size=1, max_size=5), min_size=1, max_size=6), st.data())
def test_a_run_stands_where_its_place_says(words: list[str], data: st.DataObject) -> None:
    joints = st.sampled_from(
        [" ", "\n", "\n\n", "\n- ", " **", "** ", "[^", "] ", " &amp; ", " \\* "]
    )
    text = "".join(word + data.draw(joints) for word in words)
    blocks, _ = blocks_of(text)
    lines = ["", "", *("  " + line for line in text.split("\n"))]
    for run in (run for inlines in inlines_of(blocks) for run in inlines):
        if isinstance(run, Words):
            first_word = run.text.split()[0] if run.text.split() else ""
            source = lines[run.span.line][run.span.column - 1 :].lstrip()
            if first_word.isalpha():
                assert source.startswith(first_word)


@unhurried
@given(st.text(max_size=80) | st.lists(SIGNS, max_size=30).map("".join))
def test_any_text_is_read_as_yaml_or_refused(text: str) -> None:
    report = Report()
    try:
        assert isinstance(parse_yaml(text, "en.yaml", report), Mapping)
    except Unreadable:
        assert report.has_errors


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return write_library(tmp_path_factory.mktemp("library"))


@unhurried
@given(st.data())
def test_a_spoilt_file_gives_a_handout_or_a_content_error(
    library: Library, data: st.DataObject
) -> None:
    for file, text in ((FACTS_FILE, FACTS), (WORDS_FILE, WORDS)):
        spoil(library.root / file, text, data)
    assert_read_or_located(lambda: read_handout(library, "asthma", "en"), ContentError)


@unhurried
@given(st.data())
def test_a_spoilt_clinic_gives_a_clinic_or_a_clinic_error(
    library: Library, data: st.DataObject
) -> None:
    spoil(library.root / CLINIC_FILE, CLINIC, data)
    assert_read_or_located(lambda: read_clinic(library, "riverside"), ClinicError)


@unhurried
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_name_leads_out_of_the_library(library: Library, name: str, language: str) -> None:
    for read in (lambda: read_handout(library, name, language), lambda: read_clinic(library, name)):
        with pytest.raises(HandoutError, match="there is no"):
            read()


def assert_read_or_located(read: Callable[[], object], kind: type[HandoutError]) -> None:
    problems: Iterable[Diagnostic] = ()
    try:
        read()
    except kind as error:
        problems = error.diagnostics
    assert all(problem.span.file for problem in problems)


def spoil(path: Path, text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(start + 8, len(text))))
    put = data.draw(SIGNS | st.text(max_size=3) | st.just(""))
    path.write_bytes((text[:start] + put + text[end:]).encode("utf-8", "surrogatepass"))


def capitals(text: str) -> str:
    return "".join(re.findall("[A-Z]", text))


def spans_of(value: Any) -> Iterator[SourceSpan]:
    if isinstance(value, SourceSpan):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_of(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from spans_of(getattr(value, field.name))


def inlines_of(value: Any) -> Iterator[Inlines]:
    if isinstance(value, tuple):
        for item in value:
            yield from inlines_of(item)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name == "content":
                yield value.content
            else:
                yield from inlines_of(getattr(value, field.name))
