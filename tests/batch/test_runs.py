"""What a run makes and why: all of it once, then only what changed."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from handouts.diagnostics import PlanError, UsageError
from tests.batch.examples import (
    ASTHMA,
    HILLSIDE,
    LAKESIDE,
    LOGO,
    MASTERS,
    NAMES,
    OTHER_NAMES,
    SORE_THROAT,
    Network,
    as_if_another,
    changed,
    figures,
    made_network,
    names_with,
    pieces,
    reported,
    text_of,
)

REPORTS = {"report.json", "report.html"}
CLINICS = ("hillside", "lakeside", "riverside")


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    """A network of which everything was made once; messages name short paths."""
    monkeypatch.chdir(tmp_path)
    network = made_network(Path())
    assert figures(network.run()) == (9, 0, 0)
    return network


# --- what is made ----------------------------------------------------------------------------


def test_the_first_run_makes_everything_with_each_master_and_imprint_once(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    first = network.run()
    assert (figures(first), pieces(first), first.exit_code) == ((9, 0, 0), (MASTERS, 6), 0)
    assert set(network.pdfs()) == NAMES
    assert set(reported(network).values()) == {"new"}
    assert first.tally.bytes == sum(map(len, network.pdfs().values()))
    assert (first.orphans, first.removed, first.stopped) == ((), (), None)


def test_the_second_run_makes_nothing(network: Network) -> None:
    before = network.files()
    second = network.run()
    assert (figures(second), pieces(second), second.exit_code) == ((0, 9, 0), (0, 0), 0)
    assert changed(before, network.files()) == REPORTS
    assert reported(network) == {}


def test_a_batch_makes_the_files_that_build_makes(network: Network) -> None:
    from handouts.pipeline import build
    from handouts.request import Request

    for name, content in network.pdfs().items():
        clinic, language, file = name.split("/")
        request = Request(file.removesuffix(".pdf"), language, clinic)
        built = build(network.library, request)
        assert content == built.pdf, name


def test_an_edit_of_a_clinic_presses_that_clinic_only(network: Network) -> None:
    before = network.pdfs()
    network.edit(HILLSIDE, "555-0188", "555-0199")
    after = network.run()
    assert (figures(after), pieces(after)) == ((3, 6, 0), (0, 2))
    assert changed(before, network.pdfs()) == names_with("hillside")
    assert set(reported(network).values()) == {f"{HILLSIDE} has changed"}


def test_a_logo_is_part_of_its_clinic(network: Network) -> None:
    before = network.pdfs()
    network.edit(LOGO, "#336699", "#993366")
    assert (figures(after := network.run()), pieces(after)) == ((3, 6, 0), (0, 2))
    assert changed(before, network.pdfs()) == names_with("riverside")
    assert set(reported(network).values()) == {f"{LOGO} has changed"}


def test_an_edit_of_a_section_lays_one_master_out_for_each_paper(network: Network) -> None:
    before = network.pdfs()
    network.edit(SORE_THROAT, "Gargle with salt water.", "Drink cold water.")
    after = network.run()
    assert (figures(after), pieces(after)) == ((3, 6, 0), (2, 0))
    assert changed(before, network.pdfs()) == names_with("sore-throat")
    assert set(reported(network).values()) == {f"{SORE_THROAT} has changed"}
    assert "Drink cold water." in text_of(network, "lakeside/en/sore-throat.pdf")


@pytest.mark.parametrize("file", [SORE_THROAT, HILLSIDE, ASTHMA])
def test_a_comment_presses_nothing(network: Network, file: str) -> None:
    before = network.pdfs()
    with (network.library.root / file).open("a") as opened:
        opened.write("# a remark\n")
    after = network.run()
    assert figures(after) == (0, 9, 0)
    assert sum(pieces(after)) > 0
    assert network.pdfs() == before
    assert pieces(network.run()) == (0, 0)


def test_an_edit_that_is_taken_back_makes_nothing_in_the_end(network: Network) -> None:
    before = network.pdfs()
    for old, new in (("555-0188", "555-0199"), ("555-0199", "555-0188")):
        network.edit(HILLSIDE, old, new)
        network.run()
    assert network.pdfs() == before
    assert figures(network.run()) == (0, 9, 0)


def test_an_emergency_number_is_in_the_text(network: Network) -> None:
    before = network.pdfs()
    network.edit(HILLSIDE, 'emergency_number: "911"', 'emergency_number: "112"')
    after = network.run()
    assert (figures(after), pieces(after)) == ((3, 6, 0), (3, 2))
    assert changed(before, network.pdfs()) == names_with("hillside")
    assert "Call 112." in text_of(network, "hillside/en/asthma.pdf")
    assert "Call 911." in text_of(network, "riverside/en/asthma.pdf")
    assert set(reported(network).values()) == {
        f"the emergency number has changed; {HILLSIDE} has changed"
    }


def test_a_clinic_that_gets_another_paper_gets_all_anew(network: Network) -> None:
    before = network.pdfs()
    network.edit(HILLSIDE, "paper: letter", "paper: a4")
    after = network.run()
    assert figures(after) == (3, 6, 0)
    assert changed(before, network.pdfs()) == names_with("hillside")
    assert after.orphans == ()
    assert figures(network.run()) == (0, 9, 0)


def test_a_new_clinic_and_a_new_handout_are_new(network: Network) -> None:
    root = network.library.root
    network.write({"clinics/seaside/clinic.yaml": (root / HILLSIDE).read_bytes()})
    after = network.run()
    assert (figures(after), pieces(after)) == ((3, 9, 0), (0, 2))
    for file in ("handout.yaml", "en.yaml"):
        network.write(
            {f"handouts/cold/{file}": (root / "handouts/sore-throat" / file).read_bytes()}
        )
    assert figures(network.run()) == (4, 12, 0)
    assert set(reported(network)) == {f"{clinic}/en/cold.pdf" for clinic in (*CLINICS, "seaside")}


@pytest.mark.parametrize(
    ("of_all", "reason"),
    [("program_hash", "the program has changed"), ("fonts_hash", "the fonts have changed")],
)
def test_another_program_or_font_presses_only_what_it_makes_otherwise(
    network: Network, monkeypatch: pytest.MonkeyPatch, of_all: str, reason: str
) -> None:
    as_if_another(monkeypatch, of_all)
    after = network.run()
    assert (figures(after), pieces(after)) == ((0, 9, 0), (MASTERS, 6))
    as_if_another(monkeypatch, of_all)
    network.edit(LAKESIDE, 'number: "09 555 0163"', 'number: "09 555 0199"')
    after = network.run()
    assert (figures(after), pieces(after)) == ((3, 6, 0), (MASTERS, 6))
    assert set(reported(network).values()) == {reason}


# --- files that somebody touched -------------------------------------------------------------


def test_a_file_that_is_gone_or_altered_is_made_again(network: Network) -> None:
    before = network.pdfs()
    (network.output / "riverside/en/asthma.pdf").unlink()
    (network.output / "riverside/es/asthma.pdf").write_bytes(b"mine")
    after = network.run()
    assert (figures(after), pieces(after)) == ((2, 7, 0), (0, 0))
    assert network.pdfs() == before
    assert reported(network) == {
        "riverside/en/asthma.pdf": "the file is gone",
        "riverside/es/asthma.pdf": "the file is no longer the one that was made",
    }


def test_a_file_that_was_there_before_is_written_over(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    path = network.output / "riverside/en/asthma.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"an older one, from another program")
    assert figures(network.run()) == (9, 0, 0)
    assert path.read_bytes().startswith(b"%PDF")


def test_an_output_that_is_wholly_gone_is_made_again(network: Network) -> None:
    before = network.files()
    shutil.rmtree(network.output)
    assert figures(network.run()) == (9, 0, 0)
    assert changed(before, network.files()) <= REPORTS


def test_files_of_nobody_are_left_alone(network: Network) -> None:
    own = network.output / "riverside/notes.txt"
    own.write_text("mine")
    (network.output / "riverside/en/mine.pdf").write_bytes(b"mine")
    after = network.run("clinics: [hillside]\n", prune=True)
    assert own.read_text() == "mine"
    assert (network.output / "riverside/en/mine.pdf").read_bytes() == b"mine"
    assert set(after.removed) == names_with("riverside", "lakeside")


# --- files that left the plan ----------------------------------------------------------------


def test_files_that_left_the_plan_are_listed_and_stay(network: Network) -> None:
    before = network.pdfs()
    after = network.run("exclude: [{clinics: [hillside]}]\n")
    assert (set(after.orphans), after.removed, after.exit_code) == (names_with("hillside"), (), 0)
    assert network.pdfs() == before


def test_another_name_template_makes_all_anew_and_prune_removes_the_old_names(
    network: Network,
) -> None:
    before = network.pdfs()
    after = network.run(OTHER_NAMES)
    assert (figures(after), pieces(after)) == ((9, 0, 0), (0, 0))
    assert set(after.orphans) == NAMES
    pruned = network.run(OTHER_NAMES, prune=True)
    assert (set(pruned.removed), pruned.orphans) == (NAMES, ())
    renamed = {
        f"{clinic}/{file.removesuffix('.pdf')}-{language}.pdf": content
        for name, content in before.items()
        for clinic, language, file in [name.split("/")]
    }
    assert network.pdfs() == renamed
    assert not (network.output / "riverside/en").exists()
    assert network.run(OTHER_NAMES).orphans == ()


@pytest.mark.parametrize("folder", ["handouts/asthma", "clinics/hillside"])
def test_files_of_what_is_no_longer_in_the_library_left_the_plan(
    network: Network, folder: str
) -> None:
    shutil.rmtree(network.library.root / folder)
    after = network.run()
    assert set(after.orphans) == names_with(folder.rpartition("/")[2])
    assert after.exit_code == 0
    assert set(network.run(prune=True).removed) == set(after.orphans)


def test_prune_removes_nothing_that_somebody_altered(network: Network) -> None:
    mine = network.output / "hillside/en/asthma.pdf"
    mine.write_bytes(b"mine")
    (network.output / "hillside/es/asthma.pdf").unlink()
    after = network.run("clinics: [riverside, lakeside]\n", prune=True)
    assert mine.read_bytes() == b"mine"
    assert after.orphans == ("hillside/en/asthma.pdf",)
    assert set(after.removed) == names_with("hillside") - {"hillside/en/asthma.pdf"}
    assert list(after.tally.notes) == [
        "hillside/en/asthma.pdf: not removed, since it is not the file that was made"
    ]
    assert network.run("clinics: [riverside, lakeside]\n").orphans == ("hillside/en/asthma.pdf",)


def test_prune_clears_the_cache_of_what_no_file_is_made_from(network: Network) -> None:
    def cached() -> int:
        folder = network.output / ".handouts/cache"
        return sum(path.is_file() for path in folder.rglob("*"))

    assert cached() == MASTERS + 6
    network.edit(HILLSIDE, "555-0188", "555-0199")
    network.run()
    assert cached() == MASTERS + 8
    network.run("clinics: [lakeside]\n", prune=True)
    assert cached() == 3 + 2
    assert figures(network.run()) == (6, 3, 0)


# --- before it begins ------------------------------------------------------------------------


def test_a_plan_beyond_its_limit_needs_a_yes(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    with pytest.raises(UsageError, match="the plan makes 9 PDFs, more than its limit of 8"):
        network.run("limit: 8\n")
    assert network.files() == {}
    assert figures(network.run("limit: 8\n", yes=True)) == (9, 0, 0)
    assert figures(network.run("limit: 9\n")) == (0, 9, 0)


def test_a_plan_with_a_mistake_makes_nothing_at_all(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    with pytest.raises(PlanError):
        network.run("clinics: [riversid]\n")
    assert network.files() == {}


def test_every_file_has_the_bytes_that_its_sum_says(network: Network) -> None:
    sums = dict(
        reversed(line.split("  ", 1))
        for line in (network.output / "SHA256SUMS").read_text().splitlines()
    )
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in network.pdfs().items()
    }
