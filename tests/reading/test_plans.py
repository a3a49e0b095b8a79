"""Batch plans as people write them in YAML, and where they are looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import NotFoundError, PlanError
from handouts.plan import BatchPlan, Bundle, Lacking
from handouts.reading.library import Library
from handouts.reading.plans import find_plan, read_plan
from tests.reading.plans import faults, plan, said


@pytest.fixture(autouse=True)
def _inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


# --- YAML ------------------------------------------------------------------------------------


def test_a_plan_says_what_to_make_and_where_it_goes() -> None:
    found = plan(
        "winter.yaml",
        """\
clinics: [riverside, "north-*"]
handouts: [asthma]
languages: [en, zh-Hans]
editions: [standard]
papers: [a4, letter]
include:
  - {clinics: [hillside], languages: [ur]}
exclude:
  - {clinics: [riverside], languages: [zh-Hans]}
overrides:
  riverside: {languages: [en], papers: [a4]}
file_name: "{clinic}/{handout}-{language}.pdf"
missing_language: fallback
allow_stale: true
bundles: [zip, index, zip]
limit: 20
""",
    )
    assert found.name == "winter"
    assert list(map(said, found.selections)) == [
        {
            "clinics": ("riverside", "north-*"),
            "handouts": ("asthma",),
            "languages": ("en", "zh-Hans"),
            "editions": ("standard",),
            "papers": ("a4", "letter"),
        },
        {"clinics": ("hillside",), "languages": ("ur",)},
    ]
    assert list(map(said, found.exclusions)) == [
        {"clinics": ("riverside",), "languages": ("zh-Hans",)}
    ]
    overrides = {clinic: said(own) for clinic, own in found.overrides.items()}
    assert overrides == {"riverside": {"languages": ("en",), "papers": ("a4",)}}
    assert found.file_name.text == "{clinic}/{handout}-{language}.pdf"
    assert (found.lacking, found.allow_stale) == (Lacking.FALLBACK, True)
    assert found.bundles == (Bundle.ZIP, Bundle.INDEX)
    assert found.limit == 20


def test_a_plan_that_says_next_to_nothing_means_everything() -> None:
    found = plan("all.yaml", "bundles: []\n".replace("[]", "") + "limit: 7\n")
    assert list(map(said, found.selections)) == [{}]
    assert found == BatchPlan("all", found.selections, limit=7, span=found.span)
    assert found.file_name.text == "{clinic}/{language}/{handout}.pdf"
    assert found.lacking is Lacking.LEAVE_OUT


def test_what_a_plan_names_keeps_its_place() -> None:
    found = plan("all.yaml", "clinics:\n  - riverside\n  - 'north-*'\nfile_name: a.pdf\n")
    spans = [str(each.span) for each in found.selections[0].clinics]
    assert spans == ["all.yaml:2:5", "all.yaml:3:5"]
    assert str(found.file_name.span) == "all.yaml:4:12"


def test_a_name_that_yaml_takes_for_something_else_is_a_name() -> None:
    assert said(plan("n.yaml", "languages: [no, 12]\n").selections[0]) == {
        "languages": ("no", "12")
    }


def test_all_that_is_wrong_with_a_plan_is_said_at_once() -> None:
    written = """\
clinics: riverside
handouts: [sore throat]
languages: []
papers: [A4]
editions: [large print]
include: {clinics: [riverside]}
overrides: {River Side: {languages: [en]}}
missing_language: leaveout
allow_stale: yes
bundels: [zip]
bundles: [zap]
limit: 1e3
table: ../more.csv
file_name: [a.pdf]
"""
    assert faults("wrong.yaml", written) == [
        "wrong.yaml:1:10: error: expected a list, found text\n  at clinics\n"
        '  hint: write it such as `[riverside, "north-*"]`',
        'wrong.yaml:2:12: error: expected a name or pattern such as sore-throat or "*", '
        'found "sore throat"\n  at handouts[1]',
        "wrong.yaml:3:12: error: the list is empty\n  at languages\n"
        "  hint: write at least one item, or delete the key",
        'wrong.yaml:4:10: error: "A4" is not among the choices\n  at papers[1]\n'
        "  hint: the known ones are: letter, a4",
        'wrong.yaml:5:12: error: expected a name or pattern such as large-print or "*", '
        'found "large print"\n  at editions[1]',
        "wrong.yaml:6:10: error: expected a list, found keys with values\n  at include\n"
        "  hint: write it such as "
        "`- {clinics: [riverside], handouts: [asthma], languages: [ur]}`",
        "wrong.yaml:7:13: error: expected the name of a clinic, such as riverside, "
        'found "River Side"\n  at overrides.River Side',
        'wrong.yaml:8:19: error: "leaveout" is not among the choices\n  at missing_language\n'
        '  hint: did you mean "leave-out"?',
        'wrong.yaml:9:14: error: expected true or false, found "yes"\n  at allow_stale',
        'wrong.yaml:10:1: error: unknown key "bundels"\n  at bundels\n'
        '  hint: did you mean "bundles"?',
        'wrong.yaml:11:11: error: "zap" is not among the choices\n  at bundles[1]\n'
        '  hint: did you mean "zip"?',
        "wrong.yaml:12:8: error: expected a whole number from 1 to 100000000, "
        'found "1e3"\n  at limit',
        "wrong.yaml:13:8: error: expected a file name such as more.csv, "
        'found "../more.csv"\n  at table',
        'wrong.yaml:14:12: error: expected a file name such as "{clinic}/{language}/'
        '{handout}.pdf", found a list\n  at file_name\n'
        "  hint: put text that begins with `{` or `[` in quotes",
    ]


def test_an_override_needs_lists() -> None:
    assert faults("o.yaml", "overrides: {riverside: }\n") == [
        "o.yaml:1:24: error: expected keys with values, found nothing\n"
        "  at overrides.riverside\n  hint: the known keys are: handouts, languages, editions, "
        "papers"
    ]


def test_a_clinic_cannot_be_overridden_with_other_clinics() -> None:
    (fault,) = faults("o.yaml", "overrides: {riverside: {clinics: [hillside]}}\n")
    assert fault.startswith('o.yaml:1:25: error: unknown key "clinics"\n  at overrides.riverside')


def test_a_plan_without_anything_in_it_is_an_error() -> None:
    assert faults("none.yaml", "") == ["none.yaml: error: the file is empty"]
    assert faults("none.yaml", "# only a comment\n") == ["none.yaml: error: the file is empty"]


@pytest.mark.parametrize("exclusion", ["{}", "{clinics: }", "{clinics: , papers: ~}"])
def test_an_exclusion_that_names_nothing_is_an_error(exclusion: str) -> None:
    """It would leave out everything, and --prune would then remove everything."""
    assert faults("x.yaml", f"handouts: [asthma]\nexclude:\n  - {exclusion}\n") == [
        "x.yaml:3:5: error: this exclusion names nothing, and would leave out everything\n"
        "  at exclude[1]\n"
        "  hint: name clinics, handouts, languages, editions or papers in it"
    ]


def test_what_is_only_included_is_all_that_is_made() -> None:
    found = plan("i.yaml", "include:\n  - {clinics: [riverside]}\n  - {handouts: [asthma]}\n")
    assert list(map(said, found.selections)) == [
        {"clinics": ("riverside",)},
        {"handouts": ("asthma",)},
    ]


# --- a table beside a plan -------------------------------------------------------------------


def test_the_rows_of_a_table_beside_the_plan_are_added() -> None:
    Path("more.csv").write_text("clinic,exclude\nhillside,\nlakeside,x\n")
    found = plan("p.yaml", "handouts: [asthma]\ntable: more.csv\n")
    assert list(map(said, found.selections)) == [
        {"handouts": ("asthma",)},
        {"clinics": ("hillside",)},
    ]
    assert list(map(said, found.exclusions)) == [{"clinics": ("lakeside",)}]


def test_a_plan_that_names_nothing_but_a_table_makes_what_the_table_says() -> None:
    Path("more.csv").write_text("clinic\nhillside\n")
    found = plan("p.yaml", "table: more.csv\nbundles: [zip]\n")
    assert list(map(said, found.selections)) == [{"clinics": ("hillside",)}]
    assert found.bundles == (Bundle.ZIP,)


def test_a_table_that_only_excludes_takes_away_from_everything() -> None:
    Path("less.csv").write_text("clinic,exclude\nhillside,x\n")
    found = plan("p.yaml", "table: less.csv\n")
    assert list(map(said, found.selections)) == [{}]
    assert list(map(said, found.exclusions)) == [{"clinics": ("hillside",)}]


def test_an_override_needs_something_to_override() -> None:
    Path("more.csv").write_text("clinic\nhillside\n")
    assert faults("p.yaml", "table: more.csv\noverrides:\n  hillside: {papers: [a4]}\n") == [
        "p.yaml:3:13: error: there is nothing that `overrides` could change\n"
        "  at overrides.hillside\n"
        "  hint: say with `clinics` and `handouts` what is made as a rule"
    ]


def test_mistakes_of_the_plan_and_of_its_table_are_said_together() -> None:
    Path("more.csv").write_text("clinic,paper\nhillside,A4\n")
    found = faults("p.yaml", "limt: 3\ntable: more.csv\n")
    assert [each.splitlines()[0] for each in found] == [
        'more.csv:2:10: error: "A4" is not among the choices',
        'p.yaml:1:1: error: unknown key "limt"',
    ]


def test_a_table_that_is_not_beside_the_plan_is_an_error(tmp_path: Path) -> None:
    expected = (
        'p.yaml:1:8: error: there is no table "no.csv" beside the plan\n  at table\n'
        "  hint: name a .csv file in the folder of the plan"
    )
    assert faults("p.yaml", "table: no.csv\n") == [expected]
    folder = tmp_path / "inside"
    folder.mkdir()
    (tmp_path / "outside.csv").write_text("clinic\nhillside\n")
    (folder / "no.csv").symlink_to("../outside.csv")
    (folder / "p.yaml").write_text("table: no.csv\n")
    with pytest.raises(PlanError, match=r'there is no table "no\.csv" beside the plan'):
        read_plan(folder / "p.yaml")


# --- which file ------------------------------------------------------------------------------


def test_a_plan_is_found_by_its_name_or_by_its_path() -> None:
    library = Library(Path("library"))
    folder = library.root / "batches"
    folder.mkdir(parents=True)
    for name in ("winter.yaml", "winter.csv", "summer.csv"):
        (folder / name).touch()
    Path("own.csv").touch()
    assert find_plan(library, "winter") == folder / "winter.yaml"
    assert find_plan(library, "summer") == folder / "summer.csv"
    assert find_plan(library, "own.csv") == Path("own.csv")
    assert find_plan(library, str(folder / "winter.csv")) == folder / "winter.csv"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("wintr", 'there is no batch plan "wintr"\n  hint: did you mean "winter"?'),
        ("batches/wintr.yaml",
         'there is no batch plan "batches/wintr.yaml"\n  hint: did you mean "winter"?'),
        ("../winter", 'there is no batch plan "../winter"\n  hint: did you mean "winter"?'),
        ("", 'there is no batch plan ""\n  hint: the known ones are: summer, winter'),
        ("x" * 300, f'there is no batch plan "{"x" * 300}"\n'
                    "  hint: the known ones are: summer, winter"),
    ],
)  # fmt: skip
def test_an_unknown_plan_is_told_with_the_nearest_name(name: str, message: str) -> None:
    folder = Path("library/batches")
    folder.mkdir(parents=True)
    for known in ("winter.yaml", "summer.csv"):
        (folder / known).touch()
    with pytest.raises(NotFoundError) as caught:
        find_plan(Library(Path("library")), name)
    assert str(caught.value) == f"error: {message}"


def test_a_library_without_plans_says_where_to_write_one() -> None:
    with pytest.raises(NotFoundError, match="write one in the folder library/batches"):
        find_plan(Library(Path("library")), "all")
