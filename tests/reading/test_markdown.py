"""Markdown as a writer types it, and the blocks and runs that come of it."""

from __future__ import annotations

import pytest

from handouts.diagnostics import SourceSpan
from handouts.document import (
    Align,
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Citation,
    Inlines,
    LineBreak,
    NumberedList,
    Paragraph,
    Subheading,
    Table,
    Variable,
    Words,
)
from handouts.reading.markdown import read_blocks, read_inlines
from handouts.reading.marked_yaml import Scalar
from handouts.reading.report import Report


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a literal text whose first line is line 2 of the file, indented by two."""
    report = Report()
    scalar = Scalar(text, SourceSpan("en.yaml", 1, 7), "|", False, 2, 3)
    read = read_blocks(scalar, report)
    assert report.diagnostics == []
    return read


def runs(text: str) -> Inlines:
    (paragraph,) = blocks(text)
    assert isinstance(paragraph, Paragraph)
    return paragraph.content


def plain(value: object) -> object:
    """Runs as plain text with signs for their manner; blocks as nested lists."""
    match value:
        case Words():
            signs = f"{'B' * value.bold}{'I' * value.italic}{value.link}{value.language}"
            return f"{signs}({value.text})" if signs else value.text
        case Variable():
            return f"${value.name}"
        case Citation():
            return f"^{value.reference}"
        case LineBreak():
            return "/"
        case Paragraph():
            return plain(value.content)
        case BulletList() | NumberedList():
            return [[plain(block) for block in item.blocks] for item in value.items]
        case tuple():
            return "".join(str(plain(item)) for item in value)
    raise TypeError(value)


# --- inline ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("**bold** and *italic* and ***both***", "B(bold) and I(italic) and BI(both)"),
        ("__bold__ and _italic_", "B(bold) and I(italic)"),
        ("[a **b**](https://x.org)", "https://x.org(a )Bhttps://x.org(b)"),
        ("<https://x.org/a>", "https://x.org/a(https://x.org/a)"),
        ("[call](tel:+1-212-555-0142)", "tel:+1-212-555-0142(call)"),
        ("[write](mailto:a@x.org)", "mailto:a@x.org(write)"),
        ("known.[^a-1][^b]", "known.^a-1^b"),
        (
            "call {emergency_number} **{emergency_number}**",
            "call $emergency_number $emergency_number",
        ),
        ("{{braces}}", "{braces}"),
        ("\\{braces\\}", "{braces}"),
        ("le [mot *juste*]{lang=fr}.", "le fr(mot )Ifr(juste)."),
        ('[mot]{lang="fr-CA"}', "fr-CA(mot)"),
        ("a\\\nb", "a/b"),
        ("a  \nb", "a/b"),
        ("a\nb", "a b"),
        ("a   b\t c", "a b c"),
        ("R&amp;D &lt; 5&nbsp;mg", "R&D < 5\u00a0mg"),
        ("\\*not bold\\* snake_case 2 * 3", "*not bold* snake_case 2 * 3"),
        ("\"quotes\" 'stay' -- ...", "\"quotes\" 'stay' -- ..."),
        ("less than <5 and > 3", "less than <5 and > 3"),
        ("[brackets] (alone)", "[brackets] (alone)"),
        ("服用\n药物", "服用药物"),
        ("服用\nHIV", "服用 HIV"),
        ("약을\n먹다", "약을 먹다"),
        ("**服用**\n药物", "B(服用)药物"),
        ("服用\n**药物**", "服用B(药物)"),
        ("take\n**two**\npills", "take B(two) pills"),
        ("known[^a]\nnow", "known^a now"),
    ],
)
def test_inline_text(text: str, expected: str) -> None:
    assert plain(runs(text)) == expected


def test_text_of_one_manner_is_one_run() -> None:
    assert len(runs("one &amp; two \\* three\nfour")) == 1


def test_a_variable_keeps_its_manner() -> None:
    (run,) = runs("**{emergency_number}**")
    assert isinstance(run, Variable)
    assert run.bold


def test_each_run_keeps_its_place() -> None:
    places = [
        (run.span.line, run.span.column) for run in runs("one **two**\nthree[^a] [x](tel:1) y")
    ]
    assert places == [(2, 3), (2, 9), (3, 3), (3, 8), (3, 12), (3, 14), (3, 23)]


def test_folded_text_is_one_paragraph_of_inline_text() -> None:
    report = Report()
    scalar = Scalar("one *two*\n", SourceSpan("en.yaml", 4, 9), ">", is_folded=True)
    read = read_inlines(scalar, report)
    assert plain(read) == "one I(two)"
    assert {run.span for run in read} == {SourceSpan("en.yaml", 4, 9)}


@pytest.mark.parametrize("text", ["- a", "one\n\ntwo", "### a", "| a |\n|---|"])
def test_inline_text_holds_no_blocks(text: str) -> None:
    report = Report()
    read_inlines(Scalar(text, SourceSpan("en.yaml", 1, 1), '"'), report)
    assert [problem.message for problem in report.diagnostics] == [
        "expected one paragraph of plain text"
    ]


# --- blocks ----------------------------------------------------------------------------------


def test_paragraphs_stand_where_they_begin() -> None:
    first, second = blocks("one\ntwo\n\n\nthree\n")
    assert first.span == SourceSpan("en.yaml", 2, 3)
    assert second.span == SourceSpan("en.yaml", 6, 3)


def test_lists_nest() -> None:
    (bullets,) = blocks("- a\n- b\n  1. c\n\n     more\n  2. d\n- e\n")
    assert isinstance(bullets, BulletList)
    assert plain(bullets) == [["a"], ["b", [["c", "more"], ["d"]]], ["e"]]
    assert [item.span.line for item in bullets.items] == [2, 3, 8]
    assert [item.checked for item in bullets.items] == [None, None, None]


def test_a_nested_list_stands_where_its_sign_is() -> None:
    (outer,) = blocks("- a\n  - b\n")
    assert isinstance(outer, BulletList)
    inner = outer.items[0].blocks[1]
    assert inner.span == SourceSpan("en.yaml", 3, 5)
    assert isinstance(inner, BulletList)
    assert inner.items[0].blocks[0].span == SourceSpan("en.yaml", 3, 7)


def test_four_lists_may_stand_in_each_other() -> None:
    (outer,) = blocks("- a\n  - b\n    - c\n      - d\n")
    assert plain(outer) == [["a", [["b", [["c", [["d"]]]]]]]]


@pytest.mark.parametrize(
    ("text", "start"), [("1. a\n2. b", 1), ("4) a\n5) b", 4), ("1. a\n1. b", 1)]
)
def test_a_numbered_list_keeps_its_first_number(text: str, start: int) -> None:
    (numbered,) = blocks(text)
    assert isinstance(numbered, NumberedList)
    assert numbered.start == start


def test_a_task_list_has_boxes() -> None:
    (tasks,) = blocks("- [ ] **open**\n- [x] done\n- [X] [too](https://x.org)\n")
    assert isinstance(tasks, BulletList)
    assert [item.checked for item in tasks.items] == [False, True, True]
    assert plain(tasks) == [["B(open)"], ["done"], ["https://x.org(too)"]]


def test_subheadings_have_level_3_and_4() -> None:
    first, second = blocks("### One\n#### **Two**\n")
    assert isinstance(first, Subheading)
    assert isinstance(second, Subheading)
    assert (first.level, plain(first.content)) == (3, "One")
    assert (second.level, plain(second.content)) == (4, "B(Two)")
    assert second.span == SourceSpan("en.yaml", 3, 3)


@pytest.mark.parametrize("kind", list(CalloutKind))
def test_a_callout_holds_blocks(kind: CalloutKind) -> None:
    (callout,) = blocks(f"::: {kind.value}\none\n\n- two\n:::\n")
    assert isinstance(callout, Callout)
    assert callout.kind is kind
    assert [plain(block) for block in callout.blocks] == ["one", [["two"]]]
    assert callout.blocks[0].span == SourceSpan("en.yaml", 3, 3)


# --- tables ----------------------------------------------------------------------------------


def table(text: str) -> Table:
    (read,) = blocks(text)
    assert isinstance(read, Table)
    return read


def test_a_table_has_rows_alignments_and_a_header_row() -> None:
    read = table("| Dose | When | mg |\n|:--|:-:|--:|\n| one | *noon* | 5 \\| 6 |\n")
    assert [[plain(cell.content) for cell in row] for row in read.rows] == [
        ["Dose", "When", "mg"],
        ["one", "I(noon)", "5 | 6"],
    ]
    assert read.alignments == (Align.START, Align.CENTER, Align.END)
    assert [cell.is_header for cell in read.rows[0]] == [True, True, True]
    assert [cell.is_header for cell in read.rows[1]] == [False, False, False]


def test_each_cell_keeps_its_place() -> None:
    read = table("| a | a | a |\n|---|---|---|\n| bb |b|  b |\n")
    assert [cell.span.column for cell in read.rows[0]] == [5, 9, 13]
    assert [(cell.span.line, cell.span.column) for cell in read.rows[1]] == [
        (4, 5),
        (4, 9),
        (4, 13),
    ]


@pytest.mark.parametrize(
    ("text", "has_header_column"),
    [
        ("| | a |\n|---|---|\n| b | c |\n| d | e |", True),
        ("| x | a |\n|---|---|\n| **b** | c |\n| **d** | e |", True),
        ("| x | a |\n|---|---|\n| **b** | c |\n| d | e |", False),
        ("| x | a |\n|---|---|\n| **b** x | c |", False),
        ("| x | a |\n|---|---|\n| | c |", False),
    ],
)
def test_an_empty_corner_or_bold_first_column_makes_a_header_column(
    text: str, has_header_column: bool
) -> None:
    rows = table(text).rows
    assert all(row[0].is_header is has_header_column for row in rows[1:])
    assert not any(cell.is_header for row in rows[1:] for cell in row[1:])


def test_a_table_needs_no_bars_at_its_sides() -> None:
    read = table("a | b\n--- | ---\nc | d\n")
    assert [[plain(cell.content) for cell in row] for row in read.rows] == [["a", "b"], ["c", "d"]]
