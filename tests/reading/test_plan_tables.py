"""Batch plans as spreadsheets save them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import PlanError
from handouts.paper import PAPERS
from handouts.reading import plan_table
from handouts.reading.plans import read_plan
from tests.reading.plans import Said, faults, places_of_faults, plan, rows, said

HEAD = "clinic,handout,language,edition,paper,exclude"
KNOWN = "the known ones are: clinic, handout, language, edition, paper, exclude"


unhurried = settings(deadline=None, max_examples=60)


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_table_is_read_as_a_spreadsheet_saves_it(
    separator: str, line_end: str, encoding: str
) -> None:
    lines = [
        ["Clinic", "HANDOUT", "language", " paper "],
        ["riverside", "asthma", "en", "a4"],
        ["north-*", "", "zh-Hans", ""],
    ]
    text = line_end.join(separator.join(line) for line in lines)
    assert rows(text.encode(encoding)) == [
        {
            "clinics": ("riverside",),
            "handouts": ("asthma",),
            "languages": ("en",),
            "papers": ("a4",),
        },
        {"clinics": ("north-*",), "languages": ("zh-Hans",)},
    ]


def test_a_table_is_named_after_its_file() -> None:
    found = plan("winter.csv", f"{HEAD}\nriverside\n")
    assert (found.name, found.bundles, found.overrides) == ("winter", (), {})


def test_a_column_may_be_alone_and_in_any_place() -> None:
    assert rows("handout\nasthma\n") == [{"handouts": ("asthma",)}]
    assert rows("paper;clinic\na4;x\n") == [{"clinics": ("x",), "papers": ("a4",)}]


def test_a_cell_may_hold_several_names() -> None:
    several = ("a", "b-*", "c")
    assert rows("clinic\na b-*  c\n") == [{"clinics": several}]
    assert rows('clinic,handout\n"a, b-*,c",x\n') == [{"clinics": several, "handouts": ("x",)}]
    assert rows('clinic;handout\n"a; b-*|c";x\n') == [{"clinics": several, "handouts": ("x",)}]
    assert rows("clinic;handout\na, b-*, c;x\n") == [{"clinics": several, "handouts": ("x",)}]


@pytest.mark.parametrize(
    "empty", ["", "   ", ",,,,,", " , , , , , ", '"","","","","",""', '" ",,,,,""']
)
def test_a_row_with_nothing_in_it_makes_nothing(empty: str) -> None:
    assert rows(f"{HEAD}\n{empty}\nriverside\n{empty}\n") == [{"clinics": ("riverside",)}]


def test_a_column_without_a_name_is_for_remarks() -> None:
    assert rows("clinic,,handout\nriverside,call first,asthma\n,nothing yet,\n") == [
        {"clinics": ("riverside",), "handouts": ("asthma",)}
    ]


@pytest.mark.parametrize("first", ["sep=;", "SEP=;", '"sep=;"'])
def test_the_line_that_tells_excel_the_separator_is_no_row(first: str) -> None:
    assert rows(f"{first}\nclinic;handout\nriverside;asthma\n") == [
        {"clinics": ("riverside",), "handouts": ("asthma",)}
    ]


@pytest.mark.parametrize(
    ("word", "is_out"),
    [
        *((word, True) for word in ("x", "X", "yes", "TRUE", "1")),
        *((word, False) for word in ("", "no", "FALSE", "0")),
    ],
)
def test_a_word_in_the_column_exclude_turns_the_row_around(word: str, is_out: bool) -> None:
    found = plan("x.csv", f"clinic,exclude\nhillside,\nriverside,{word}\n")
    assert list(map(said, found.exclusions)) == ([{"clinics": ("riverside",)}] if is_out else [])
    assert len(found.selections) == 2 - is_out


@pytest.mark.parametrize("sign", ["\u2028", "\x0b", "\x0c", "\x85", "\x1c"])
def test_only_a_line_end_ends_a_row(sign: str) -> None:
    """What Python takes for the end of a line besides would make two rows of one, silently."""
    assert rows(f"handout,clinic\nasthma,north{sign}south\n") == [
        {"clinics": ("north", "south"), "handouts": ("asthma",)}
    ]


def test_a_cell_knows_where_it_begins() -> None:
    table = 'clinic,handout,language\n"a, b",é,"c"\n'
    (selection,) = plan("t.csv", table.replace("é", "d")).selections
    places = {
        each.text: str(each.span)
        for each in (*selection.clinics, *selection.handouts, *selection.languages)
    }
    assert places == {"a": "t.csv:2:1", "b": "t.csv:2:1", "d": "t.csv:2:8", "c": "t.csv:2:10"}
    assert faults("t.csv", table) == [
        't.csv:2:8: error: expected a name or pattern, found "é"\n'
        "  hint: write names as `make-handout list` shows them, with spaces between"
    ]


def test_all_that_is_wrong_with_the_rows_is_said_at_once() -> None:
    written = """\
clinic,handout,paper,exclude
riverside,asthma,A4,maybe
river/side,asthma,,,more

"riverside,asthma
hillside,asthma,,
"""
    assert faults("wrong.csv", written) == [
        'wrong.csv:2:18: error: "A4" is not among the choices\n'
        "  hint: the known ones are: letter, a4",
        'wrong.csv:2:21: error: expected yes or no, found "maybe"',
        'wrong.csv:3:1: error: expected a name or pattern, found "river/side"\n'
        "  hint: write names as `make-handout list` shows them, with spaces between",
        "wrong.csv:3:21: error: the row has more cells than the table has columns\n"
        "  hint: put a cell that holds the separator in quotes",
        "wrong.csv:5:1: error: a quotation mark is opened and not closed in this line\n"
        "  hint: a row is one line; delete the mark",
    ]


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        ("clinics,handout", 't.csv:1:1: error: unknown column "clinics"\n'
                            '  hint: did you mean "clinic"?'),
        ("clinic,Ward", f't.csv:1:8: error: unknown column "Ward"\n  hint: {KNOWN}'),
        ("clinic;handout;Clinic", 't.csv:1:16: error: the column "clinic" is there twice'),
        ("riverside;asthma", None),
    ],
)  # fmt: skip
def test_the_columns_are_known_ones(head: str, fault: str | None) -> None:
    found = faults("t.csv", f"{head}\na{',;'[';' in head]}b\n")
    if fault is None:
        assert [each.splitlines()[0] for each in found] == [
            't.csv:1:1: error: unknown column "riverside"',
            't.csv:1:11: error: unknown column "asthma"',
        ]
    else:
        assert found == [fault]


def test_a_table_without_rows_is_an_error_in_its_file() -> None:
    empty = (
        "t.csv: error: the table is empty\n"
        f"  hint: write the columns in its first line: {HEAD}"
    )  # fmt: skip
    for content in ("", "\n \n", "\ufeff"):
        assert faults("t.csv", content) == [empty]
    nothing = "t.csv: error: the plan selects nothing\n  hint: give it a row that is made"
    assert faults("t.csv", HEAD) == [nothing]
    assert faults("t.csv", f"{HEAD}\nriverside,,,,,x\n") == [nothing]


def test_a_row_that_excludes_and_names_nothing_is_an_error() -> None:
    assert faults("t.csv", "clinic,exclude\nriverside,\n,x\n") == [
        "t.csv:3:1: error: this exclusion names nothing, and would leave out everything\n"
        "  hint: name clinics, handouts, languages, editions or papers in it"
    ]


def test_a_table_in_another_encoding_is_said_with_its_line() -> None:
    hint = '\n  hint: save it as "CSV UTF-8"'
    latin = "clinic,handout\nriverside,asthma\nrivérside,asthma\n".encode("cp1252")
    assert faults("t.csv", latin) == [f"t.csv:3:1: error: the table is not UTF-8 text{hint}"]
    cut = "clinic".encode("utf-16")[:-1]
    assert faults("t.csv", cut) == [f"t.csv:1:1: error: the table is not UTF-8 text{hint}"]


def test_a_table_has_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_table, "MOST_ROWS", 3)
    monkeypatch.setattr(plan_table, "LARGEST_TABLE", 40)
    assert len(rows("clinic\na\nb\nc\n")) == 3
    assert faults("t.csv", "clinic\na\nb\nc\nd\n") == [
        "t.csv: error: the table has more than 3 rows"
    ]
    assert len(rows("clinic\n" + "a" * 32 + "\n")) == 1
    assert faults("t.csv", "clinic\n" + "a" * 33 + "\n" + "b") == [
        "t.csv: error: the table is too large: 42 bytes"
    ]


def test_a_cell_longer_than_any_name_is_an_error_like_another() -> None:
    (fault,) = faults("t.csv", f"clinic,handout\nriverside,{'x' * 200_000}\n")
    assert fault.startswith("t.csv:2:")
    assert len(fault) < 300


def test_a_folder_called_like_a_table_is_no_table() -> None:
    Path("t.csv").mkdir()
    with pytest.raises(PlanError) as caught:
        read_plan(Path("t.csv"))
    assert str(caught.value) == "t.csv: error: the table cannot be read: Is a directory"


# --- laws ------------------------------------------------------------------------------------

slugs = st.from_regex(r"\A[a-z0-9]{1,8}(-[a-z0-9*?]{1,4})?\Z")
names = st.lists(slugs, max_size=3).map(tuple)
selections = st.fixed_dictionaries(
    {
        "clinics": names,
        "handouts": names,
        "languages": names,
        "papers": st.lists(st.sampled_from(list(PAPERS)), max_size=2).map(tuple),
    }
).map(lambda found: {name: those for name, those in found.items() if those})


@unhurried
@given(st.lists(selections.filter(bool), min_size=1, max_size=4), st.sampled_from(",;\t"))
def test_a_table_and_a_plan_of_the_same_selections_say_the_same(
    wanted: list[Said], separator: str
) -> None:
    columns = ("clinics", "handouts", "languages", "papers")
    lines = [separator.join(column.removesuffix("s") for column in columns)]
    lines += [separator.join(" ".join(row.get(name, ())) for name in columns) for row in wanted]
    assert rows("\n".join(lines)) == wanted
    text = "include:\n" + "".join(
        f"  - {{{', '.join(f'{name}: {list(those)}' for name, those in row.items())}}}\n"
        for row in wanted
    )
    assert list(map(said, plan("law.yaml", text).selections)) == wanted


@unhurried
@given(st.text(max_size=60), st.sampled_from(["utf-8", "utf-16", "utf-8-sig"]))
def test_whatever_a_table_holds_it_is_read_or_refused_with_a_place(text: str, coding: str) -> None:
    assert places_of_faults("any.csv", text.encode(coding, "surrogatepass")) <= {"any.csv"}


@unhurried
@given(st.binary(max_size=60), st.sampled_from(["any.csv", "any.yaml"]))
def test_whatever_bytes_a_plan_holds_it_is_read_or_refused_with_a_place(
    data: bytes, name: str
) -> None:
    assert places_of_faults(name, data) <= {name}
