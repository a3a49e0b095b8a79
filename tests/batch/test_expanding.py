"""A plan as what it makes: who gets which sheet, under which name."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.batch.expanding import Expansion, expand
from handouts.batch.naming import naming
from handouts.diagnostics import PlanError
from handouts.plan import BatchPlan, Wanted
from handouts.preparing import checked_clinic
from handouts.reading.plans import read_plan
from tests.batch.examples import HILLSIDE, NAMES, Network, made_network

CLINICS = ("hillside", "lakeside", "riverside")
HANDOUTS = ("asthma", "sore-throat")


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Network:
    """A network whose files no test changes."""
    return made_network(tmp_path_factory.mktemp("network"))


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    """A network to change, in the current folder, so that messages name short paths."""
    monkeypatch.chdir(tmp_path)
    return made_network(Path())


def expansion(network: Network, plan: BatchPlan | str) -> Expansion:
    read = network.plan(plan) if isinstance(plan, str) else plan
    library = network.library
    return expand(read, library, lambda slug: checked_clinic(library, slug)[0])


def names(found: Expansion) -> list[str]:
    """All names of sheets, in the order in which they are made."""
    name_of = naming(found.plan.file_name)
    return [name_of(slug, *sheet) for sheet, slugs in found.sheets.items() for slug in slugs]


def made(network: Network, plan: str) -> set[str]:
    return set(names(expansion(network, plan)))


def faults(network: Network, plan: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        expansion(network, plan)
    return [str(problem) for problem in caught.value.diagnostics]


def warnings(found: Expansion) -> list[str]:
    return [str(warning) for warning in found.warnings]


# --- what is meant ---------------------------------------------------------------------------


def test_a_plan_without_lists_makes_every_handout_in_each_of_its_languages(
    network: Network,
) -> None:
    found = expansion(network, "limit: 1000\n")
    assert sorted(names(found)) == sorted(NAMES)
    assert found.output_count == len(NAMES)
    assert tuple(found.clinics) == CLINICS
    assert warnings(found) == []


def test_each_clinic_gets_its_own_paper(network: Network) -> None:
    found = expansion(network, "limit: 1000\n")
    assert {sheet.paper: slugs for sheet, slugs in found.sheets.items()} == {
        "a4": ("lakeside",),
        "letter": ("hillside", "riverside"),
    }


def test_papers_that_are_named_are_for_all_clinics(network: Network) -> None:
    assert made(
        network,
        'handouts: [sore-throat]\npapers: [a4, letter]\nfile_name: "{clinic}-{paper}.pdf"\n',
    ) == {f"{clinic}-{paper}.pdf" for clinic in CLINICS for paper in ("a4", "letter")}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("riverside", {"riverside"}),
        ("'*'", set(CLINICS)),
        ("'*side'", set(CLINICS)),
        ("'?iverside'", {"riverside"}),
        ("'h*'", {"hillside"}),
        ("'*l*'", {"hillside", "lakeside"}),
        ("hillside, '*k*'", {"hillside", "lakeside"}),
    ],
)
def test_a_pattern_means_all_names_that_fit(
    network: Network, pattern: str, expected: set[str]
) -> None:
    found = made(network, f"clinics: [{pattern}]\nhandouts: [sore-throat]\n")
    assert found == {f"{clinic}/en/sore-throat.pdf" for clinic in expected}


def test_a_pattern_has_no_other_signs(network: Network) -> None:
    wanted = Wanted("a.c*")
    assert list(wanted.among(["a.c", "abc", "a.cd"])) == ["a.c", "a.cd"]


def test_what_is_included_comes_on_top(network: Network) -> None:
    plan = """\
clinics: [riverside]
languages: [en]
include:
  - {clinics: [hillside], handouts: [asthma], languages: [es]}
  - {clinics: [riverside], handouts: [asthma]}
"""
    assert made(network, plan) == {
        "riverside/en/asthma.pdf",
        "riverside/en/sore-throat.pdf",
        "hillside/es/asthma.pdf",
        "riverside/es/asthma.pdf",
    }


def test_an_exclusion_takes_away_whoever_asked(network: Network) -> None:
    plan = """\
clinics: [riverside, hillside]
include: [{clinics: [lakeside], languages: [es]}]
overrides: {hillside: {handouts: [asthma]}}
exclude: [{languages: [es]}, {clinics: [riverside], handouts: ["sore-*"]}]
"""
    assert made(network, plan) == {"riverside/en/asthma.pdf", "hillside/en/asthma.pdf"}


def test_an_exclusion_may_name_a_paper(network: Network) -> None:
    plan = 'exclude: [{papers: [letter]}]\nhandouts: [sore-throat]\nfile_name: "{clinic}.pdf"\n'
    assert made(network, plan) == {"lakeside.pdf"}


def test_an_override_takes_the_place_of_the_lists_it_names(network: Network) -> None:
    plan = """\
languages: [en]
handouts: [asthma]
overrides:
  riverside: {languages: [es]}
  hillside: {papers: [a4]}
  lakeside: {handouts: ["*"]}
file_name: "{clinic}/{handout}-{language}-{paper}.pdf"
"""
    assert made(network, plan) == {
        "riverside/asthma-es-letter.pdf",
        "hillside/asthma-en-a4.pdf",
        "lakeside/asthma-en-a4.pdf",
        "lakeside/sore-throat-en-a4.pdf",
    }


def test_an_override_does_not_touch_what_is_included(network: Network) -> None:
    plan = """\
handouts: [asthma]
languages: [en]
overrides: {riverside: {languages: [es]}}
include: [{clinics: [riverside], handouts: [sore-throat]}]
"""
    assert {"riverside/es/asthma.pdf", "riverside/en/sore-throat.pdf"} == {
        name for name in made(network, plan) if name.startswith("riverside")
    }


def test_the_rows_of_a_table_are_added_up(network: Network, tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_text("clinic,handout,exclude\nriverside,,\nhillside,asthma,\n*,sore-throat,x\n")
    assert set(names(expansion(network, read_plan(table).value))) == {
        "riverside/en/asthma.pdf",
        "riverside/es/asthma.pdf",
        "hillside/en/asthma.pdf",
        "hillside/es/asthma.pdf",
    }


# --- a language that a handout lacks ---------------------------------------------------------


def test_a_language_that_a_handout_lacks_is_left_out(network: Network) -> None:
    found = expansion(network, "clinics: [riverside]\nlanguages: [es]\n")
    assert names(found) == ["riverside/es/asthma.pdf"]
    assert warnings(found) == []


def test_with_fallback_a_sheet_stands_in_for_it(network: Network) -> None:
    plan = "clinics: [riverside]\nlanguages: [es, ur]\nmissing_language: fallback\n"
    assert made(network, plan) == {
        f"riverside/{tag}/{handout}.pdf" for tag in ("es", "ur") for handout in HANDOUTS
    }


def test_a_pattern_asks_for_no_language_that_is_not_there(network: Network) -> None:
    plan = "clinics: [riverside]\nlanguages: ['*']\nmissing_language: fallback\n"
    assert made(network, plan) == {name for name in NAMES if name.startswith("riverside")}


@pytest.mark.parametrize(("tag", "name"), [("es", "Spanish"), ("ur", "Urdu")])
def test_with_error_each_handout_that_lacks_it_is_named(own: Network, tag: str, name: str) -> None:
    found = faults(own, f"languages: [{tag}]\nmissing_language: error\n")
    assert (
        f'library/batches/all.yaml:1:13: error: the handout "sore-throat" has no words in {name} '
        f"({tag})\n  at languages[1]\n"
        "  hint: translate it, or write `missing_language: fallback` or `leave-out`"
    ) in found


def test_a_language_that_nothing_is_translated_into_yet_is_a_warning(own: Network) -> None:
    found = expansion(own, "languages: [en, fr]\n")
    assert warnings(found) == [
        "library/batches/all.yaml:1:17: warning: none of these handouts has French (fr)\n"
        "  at languages[2]"
    ]
    assert set(names(found)) == {name for name in NAMES if "/en/" in name}


@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        ("xx", 'no handout has the language "xx"\n  at languages[1]\n'
               "  hint: the known ones are: en, es"),
        ("en-US", 'no handout has the language "en-US"\n  at languages[1]\n'
                  '  hint: did you mean "en"?'),
        ("ES", 'no handout has the language "ES"\n  at languages[1]\n  hint: did you mean "es"?'),
        ("e", '"e" is not a language tag\n  at languages[1]\n  hint: did you mean "es"?'),
        ("'q*'", 'no handout has the language "q*"\n  at languages[1]\n'
                 "  hint: the known ones are: en, es"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lacking", ["leave-out", "fallback", "error"])
def test_a_language_that_nobody_knows_is_an_error(
    own: Network, tag: str, fault: str, lacking: str
) -> None:
    assert faults(own, f"languages: [{tag}]\nmissing_language: {lacking}\n") == [
        f"library/batches/all.yaml:1:13: error: {fault}"
    ]


# --- what is not there -----------------------------------------------------------------------


def test_names_that_are_not_there_are_said_all_at_once_with_the_nearest(own: Network) -> None:
    plan = """\
clinics: [riversid, "south-*"]
handouts: [asthm]
exclude: [{clinics: [hilside]}, {handouts: [flu]}]
overrides: {lakesid: {papers: [a4]}}
include: [{handouts: [sore-troat]}]
"""
    lines = [each.splitlines() for each in faults(own, plan)]
    assert sorted((each[0].removeprefix("library/batches/all.yaml:"), each[-1]) for each in lines
    ) == [
        ('1:11: error: there is no clinic "riversid"', '  hint: did you mean "riverside"?'),
        ('1:21: error: no clinic is meant by the pattern "south-*"',
         "  hint: the known ones are: hillside, lakeside, riverside"),
        ('2:12: error: there is no handout "asthm"', '  hint: did you mean "asthma"?'),
        ('3:22: error: there is no clinic "hilside"', '  hint: did you mean "hillside"?'),
        ('3:45: error: there is no handout "flu"',
         "  hint: the known ones are: asthma, sore-throat"),
        ('4:22: error: there is no clinic "lakesid"', '  hint: did you mean "lakeside"?'),
        ('5:23: error: there is no handout "sore-troat"', '  hint: did you mean "sore-throat"?'),
    ]  # fmt: skip


def test_an_override_of_a_clinic_that_the_lists_do_not_mean_is_an_error(own: Network) -> None:
    plan = "clinics: [riverside]\noverrides: {hillside: {papers: [a4]}}\n"
    assert faults(own, plan) == [
        "library/batches/all.yaml:2:23: error: the lists of the plan do not mean the clinic "
        '"hillside"\n  at overrides.hillside\n'
        "  hint: `overrides` change what these lists say, not what is included besides"
    ]


def test_an_exclusion_that_takes_nothing_away_is_a_warning(own: Network) -> None:
    plan = "handouts: [asthma]\nexclude: [{handouts: [sore-throat]}, {languages: [fr]}]\n"
    assert warnings(expansion(own, plan)) == [
        f"library/batches/all.yaml:2:{column}: warning: this exclusion takes nothing away\n"
        f"  at exclude[{number}]"
        for number, column in ((1, 11), (2, 38))
    ]


def test_a_pattern_that_none_of_the_handouts_fits_is_a_warning(own: Network) -> None:
    found = expansion(own, 'handouts: [sore-throat]\nlanguages: [en, "*s"]\n')
    assert warnings(found) == [
        'library/batches/all.yaml:2:17: warning: none of these handouts has "*s"\n  at languages[2]'
    ]


def test_a_plan_that_makes_nothing_says_so(own: Network) -> None:
    found = expansion(own, 'exclude: [{clinics: ["*"]}]\n')
    assert (found.output_count, dict(found.clinics)) == (0, {})
    assert warnings(found) == [
        "library/batches/all.yaml:1:1: warning: the plan makes nothing at all"
    ]


def test_a_clinic_that_cannot_be_read_breaks_no_other(own: Network) -> None:
    own.write({HILLSIDE: "name: Hillside\n"})
    found = expansion(own, "limit: 1000\n")
    assert list(found.broken) == ["hillside"]
    assert set(names(found)) == {name for name in NAMES if not name.startswith("hillside")}


def test_a_clinic_that_is_left_out_need_not_be_readable(own: Network) -> None:
    own.write({HILLSIDE: "name: Hillside\n"})
    for plan in ("exclude: [{clinics: [hillside]}]\n", "clinics: [riverside, lakeside]\n"):
        found = expansion(own, plan)
        assert (found.broken, warnings(found)) == ({}, [])
    found = expansion(own, "exclude: [{clinics: [hillside], handouts: [asthma]}]\n")
    assert list(found.broken) == ["hillside"]


# --- names -----------------------------------------------------------------------------------


def test_two_files_of_one_name_are_refused_and_what_tells_them_apart_is_said(
    own: Network,
) -> None:
    assert faults(own, 'clinics: [riverside]\nfile_name: "{clinic}/{handout}.pdf"\n') == [
        'library/batches/all.yaml:2:12: error: two PDFs would be called "riverside/asthma.pdf": '
        "riverside, asthma, en, standard, letter; riverside, asthma, es, standard, letter\n"
        "  at file_name\n"
        "  hint: put {language} into the file name, with a sign between the fields"
    ]


def test_a_name_is_found_to_be_there_twice_wherever_its_parts_meet(own: Network) -> None:
    """``a-b`` and ``c`` make the same text as ``a`` and ``b-c``."""
    root = own.library.root
    for slug in ("sore", "sore-sore"):
        own.write({f"clinics/{slug}/clinic.yaml": (root / HILLSIDE).read_bytes()})
    for file in ("handout.yaml", "en.yaml"):
        content = (root / "handouts/sore-throat" / file).read_bytes()
        own.write({f"handouts/throat/{file}": content})
    plan = 'clinics: [sore, sore-sore]\nlanguages: [en]\nfile_name: "{clinic}-{handout}.pdf"\n'
    (fault,) = faults(own, plan)
    assert 'two PDFs would be called "sore-sore-throat.pdf"' in fault


def test_a_template_that_nobody_wrote_is_told_of_at_the_plan(own: Network) -> None:
    found = faults(own, "papers: [a4, letter]\nclinics: [riverside]\n")
    assert len(found) == 3
    assert all(each.startswith("library/batches/all.yaml:1:1: error: two PDFs") for each in found)
    assert all("put {paper} into the file name" in each for each in found)


def test_many_names_that_are_there_twice_are_counted(own: Network) -> None:
    found = faults(own, 'papers: [a4, letter]\nfile_name: "{clinic}/{language}/{handout}.pdf"\n')
    assert len(found) == 6
    assert "error: 4 more names would be there twice" in found[-1]


def test_a_sheet_cannot_have_the_name_of_a_bundle(own: Network) -> None:
    plan = "clinics: [riverside]\nhandouts: [asthma]\nlanguages: [en]\nbundles: [index]\n"
    assert faults(own, f'{plan}file_name: "{{clinic}}/Index.pdf"\n') == [
        'library/batches/all.yaml:5:12: error: a bundle of its clinic is called '
        '"riverside/index.pdf" too\n  at file_name'
    ]  # fmt: skip
    without = plan.replace("bundles: [index]\n", "")
    assert made(own, f'{without}file_name: "{{clinic}}/Index.pdf"\n') == {"riverside/Index.pdf"}


def test_a_name_that_is_too_long_for_a_disk_is_refused(own: Network) -> None:
    template = "é" * 110
    plan = f'file_name: "{template}-{{clinic}}-{{handout}}-{{language}}.pdf"\n'
    part = f"{template}-lakeside-sore-throat-en.pdf"
    assert len(part.encode()) == 248
    assert len(made(own, plan)) == len(NAMES)
    (fault,) = faults(own, plan.replace("-{clinic}", "-my-own-{clinic}"))
    assert "is longer than 255 bytes" in fault
    assert "put some of it into folders" in fault


def test_bundles_are_those_of_the_clinics_that_get_something(network: Network) -> None:
    found = expansion(network, "bundles: [zip, index]\nexclude: [{clinics: [hillside]}]\n")
    assert tuple(found.clinics) == ("lakeside", "riverside")
    assert found.is_named("riverside.zip")
    assert found.is_named("RIVERSIDE/index.HTML")
    assert not found.is_named("hillside.zip")
    assert not found.is_named("hillside/index.pdf")
