"""What is written as Markdown reads back as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import NOWHERE, ContentError
from handouts.document import (
    Align,
    Block,
    BulletList,
    Cell,
    Citation,
    Inlines,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Subheading,
    Table,
    Variable,
    Words,
)
from handouts.fingerprint import fingerprint
from handouts.reading.markdown import LONGEST_TEXT, read_blocks
from handouts.reading.markdown_tables import with_header_column
from handouts.reading.marked_yaml import Scalar
from handouts.reading.report import Report
from handouts.reading.runs import Manner, Runs
from handouts.translating.markdown_writer import inline_markdown, markdown
from handouts.translating.units import changed
from tests.any_handout import any_handout


def read(text: str) -> tuple[Block, ...]:
    report = Report()
    blocks = read_blocks(Scalar(text, NOWHERE), report)
    assert [str(found) for found in report.diagnostics if found.is_error] == []
    return blocks


def assert_reads_back(*blocks: Block) -> str:
    text = markdown(blocks)
    assert fingerprint(read(text)) == fingerprint(blocks), text
    return text


def paragraph(*content: object) -> Paragraph:
    return Paragraph(tuple(Words(run) if isinstance(run, str) else run for run in content))  # type: ignore[misc]


# --- laws ------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10**9))
def test_the_blocks_of_any_handout_read_back(seed: int) -> None:
    handout = changed(any_handout(seed), lambda unit: settled(unit.content))
    for section in handout.sections:
        blocks = tuple(map(in_reach, section.blocks))
        if len(markdown(blocks)) <= LONGEST_TEXT:
            assert_reads_back(*blocks)


def settled(content: Inlines) -> Inlines:
    """The runs as the reader gathers them: neighbours in one manner are one."""
    runs = Runs()
    for run in content:
        if isinstance(run, Words):
            runs.change_manner(Manner(run.bold, run.italic, run.link, run.language))
            runs.add_text(run.text, NOWHERE)
        else:
            runs.add(run)
    return runs.finish()


def in_reach(block: Block) -> Block:
    """The block as Markdown can have it: one line in cells, headers that their signs tell."""
    match block:
        case Table():
            rows = [
                tuple(replace(cell, content=one_line(cell.content), is_header=not number)
                      for cell in row)
                for number, row in enumerate(block.rows)
            ]  # fmt: skip
            return replace(block, rows=with_header_column(rows))
        case Subheading():
            return replace(block, content=one_line(block.content))
    return block


def one_line(content: Inlines) -> Inlines:
    return settled(tuple(Words(" ") if isinstance(run, LineBreak) else run for run in content))


SIGNS = r"""a b 1 2020 . ) ( - + * _ ** __ # ## ! [ ] { } {{ < > <b> & &amp; &#65; ~ ~~ ~~~ | \ \\
` ``` ::: : = == --- [^a] [ ] [x] ](b) {lang=es} https://example.org é ، 字 。""".split()  # noqa: SIM905
TEXT = st.lists(st.sampled_from(SIGNS + [" "] * 12), min_size=1, max_size=12).map(
    lambda pieces: " ".join("".join(pieces).split())
)


@given(TEXT.filter(bool), TEXT.filter(bool))
def test_any_signs_that_an_author_types_stay_text(first: str, second: str) -> None:
    assert_reads_back(paragraph(first), paragraph(second, LineBreak(), first))
    assert_reads_back(Subheading((Words(first),)))
    cells = tuple(Cell((Words(text),), is_header=True) for text in (first, second))
    assert_reads_back(Table((cells,), (Align.START, Align.END)))


@given(TEXT.filter(bool), st.booleans(), st.booleans(), st.sampled_from(["", "https://a.example"]))
def test_emphasis_reads_back_beside_any_letters(
    text: str, is_bold: bool, is_italic: bool, link: str
) -> None:
    run = Words(text, is_bold, is_italic, link)
    if run == Words(text):
        return
    for content in ((Words("a"), run, Words("b")), (run, Words("字")), (Words(" ( "), run)):
        clean = content if not content[0].text.isspace() else content[1:]
        clean = (replace(clean[0], text=clean[0].text.lstrip()), *clean[1:])
        assert_reads_back(Paragraph(clean))


# --- by name ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2020. A year", r"2020\. A year"),
        ("- no list", r"\- no list"),
        ("# no heading", r"\# no heading"),
        ("::: no callout", r"\::: no callout"),
        ("5 * 3 * 2", r"5 \* 3 \* 2"),
        ("{emergency_number}", "{{emergency_number}}"),
        ("[^smith]", r"\[^smith\]"),
        ("a < b & c &amp; d", r"a \< b & c \&amp; d"),
        ("7–10 mg (twice) – 8:30!", "7–10 mg (twice) – 8:30!"),
        ("a | b", "a | b"),
    ],
)
def test_signs_are_escaped_only_where_they_would_be_markup(text: str, written: str) -> None:
    assert assert_reads_back(paragraph(text)) == written + "\n"


def test_words_in_scripts_without_spaces_may_be_bold_up_to_their_punctuation() -> None:
    text = assert_reads_back(paragraph(Words("脑病（PML）", bold=True), "是"))
    assert text == "**脑病（PML）**&#26159;\n"


def test_an_exclamation_mark_before_a_link_begins_no_image() -> None:
    link = Words("here", link="https://example.org/a_(b)?c=1&copy=2")
    assert_reads_back(paragraph("Wow!", link, "! ", Citation("a"), "!", Words("x", language="fr")))


def test_a_no_break_space_at_the_edge_stays() -> None:
    assert_reads_back(paragraph("\u00a0a\u00a0"), paragraph("a\u00a0", LineBreak(), "b"))


def test_lists_that_follow_each_other_stay_apart() -> None:
    items = (ListItem((paragraph("a"),)), ListItem((paragraph("b"), paragraph("c"))))
    tasks = (ListItem((paragraph("a"),), checked=True), ListItem((paragraph("b"),), checked=False))
    bullets, numbers = BulletList(items), NumberedList(items, 9)
    assert_reads_back(bullets, bullets, bullets, numbers, numbers, BulletList(tasks))
    assert_reads_back(BulletList((ListItem((bullets, paragraph("z"), numbers)),)))


def test_long_paragraphs_are_folded_without_a_word_beginning_a_block() -> None:
    text = assert_reads_back(paragraph("word - 12. # + = " * 40 + "end"))
    assert max(map(len, text.splitlines())) < 140
    assert len(text.splitlines()) > 3


def test_emphasis_that_markdown_cannot_write_is_refused() -> None:
    glued = (Words("a", bold=True), Words("b", bold=True, italic=True), Words("c", italic=True))
    with pytest.raises(ContentError, match="cannot be written in Markdown"):
        inline_markdown((*glued, Words("d", bold=True), Words("e", italic=True)))


def test_a_cell_cannot_break_its_line() -> None:
    cell = Cell((Words("a"), LineBreak(), Variable("emergency_number")), is_header=True)
    with pytest.raises(ContentError, match="in a cell"):
        markdown((Table(((cell,),), (Align.START,)),))
