"""Mistakes in a batch's files, translations that are lacking or stale, plans beside each other."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handouts.batch import jobs
from handouts.batch.outcomes import Failure
from handouts.batch.stores import FolderStore, Unwritable
from handouts.diagnostics import Diagnostic
from handouts.translating.confirming import confirm
from tests.batch.examples import (
    ASTHMA,
    HILLSIDE,
    LAKESIDE,
    LOGO,
    NAMES,
    OTHER_NAMES,
    RIVERSIDE,
    SORE_THROAT,
    Network,
    changed,
    figures,
    made_network,
    names_with,
    not_made,
    pieces,
    reasons,
    reported,
    text_of,
)


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    """A network of which everything was made once; messages name short paths."""
    monkeypatch.chdir(tmp_path)
    network = made_network(Path())
    assert figures(network.run()) == (9, 0, 0)
    return network


# --- mistakes --------------------------------------------------------------------------------


def test_a_handout_with_a_mistake_does_not_stop_the_others(network: Network) -> None:
    before = network.pdfs()
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    network.edit(HILLSIDE, "555-0188", "555-0199")
    after = network.run(prune=True)
    assert (figures(after), after.exit_code) == ((2, 4, 3), 3)
    assert sorted(not_made(after)) == sorted(names_with("sore-throat"))
    assert (after.orphans, after.removed) == ((), ())
    assert changed(before, network.pdfs()) == names_with("hillside") - names_with("sore-throat")
    (failure,) = after.tally.troubles
    assert all(problem.span.file.endswith(SORE_THROAT) for problem in failure.problems)


def test_a_clinic_with_a_mistake_does_not_stop_the_others(network: Network) -> None:
    before = network.pdfs()
    network.edit(HILLSIDE, "country: US\n", "")
    after = network.run(prune=True)
    assert (figures(after), after.exit_code) == ((0, 6, 0), 4)
    assert reasons(after) == {'"country" is missing': []}
    assert list(after.tally.notes) == ['nothing is made for the clinic "hillside"']
    assert (after.orphans, after.removed) == ((), ())
    assert network.pdfs() == before


def test_a_logo_that_cannot_be_drawn_fails_its_clinics_files(network: Network) -> None:
    network.write({LOGO: "<svg"})
    after = network.run()
    assert (figures(after), after.exit_code) == ((0, 6, 3), 4)
    assert sorted(not_made(after)) == sorted(names_with("riverside"))
    network.write({LOGO: "<svg/>"})


def test_of_several_mistakes_the_lowest_code_is_the_answer(network: Network) -> None:
    network.edit(RIVERSIDE, "country: US\n", "")
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    network.edit(ASTHMA, "Use your inhaler.", "Use it.")
    after = network.run()
    assert after.exit_code == 3
    assert {failure.exit_code for failure in after.tally.troubles} == {3, 4, 10}


def test_what_is_mended_is_made(network: Network) -> None:
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    network.run()
    network.edit(SORE_THROAT, "home-caring: |", "home-care: |")
    after = network.run()
    assert (figures(after), after.exit_code) == ((0, 9, 0), 0)


def test_a_fault_in_the_program_fails_its_files_only(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = jobs.press_after

    def faulty(master: Any, imprint: Any) -> bytes:
        if b"Hillside" in imprint.together.data or hillside(imprint):
            raise ZeroDivisionError("oh")
        return real(master, imprint)

    calls: list[Any] = []

    def hillside(imprint: Any) -> bool:
        calls.append(imprint)
        return len(calls) == 1

    monkeypatch.setattr(jobs, "press_after", faulty)
    network.edit(HILLSIDE, "555-0188", "555-0199")
    after = network.run()
    assert (figures(after), after.exit_code) == ((2, 6, 1), 70)
    (failure,) = after.tally.troubles
    assert failure.problems[0].message == "a fault in the program: ZeroDivisionError: oh"
    assert "faulty" in failure.trace
    assert figures(network.run()) == (1, 8, 0)


def test_a_place_that_is_full_stops_the_run_and_the_next_goes_on(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = network.pdfs()
    real = FolderStore.write

    def full(self: FolderStore, name: str, pieces: Any) -> Any:
        if name.startswith("lakeside"):
            raise Unwritable(Diagnostic("the disk is full"))
        return real(self, name, pieces)

    for clinic, number in ((HILLSIDE, "555-0188"), (LAKESIDE, '0163"}')):
        network.edit(clinic, number, number.replace("1", "2"))
    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "write", full)
        stopped = network.run(prune=True)
    assert stopped.stopped == Failure(8, (Diagnostic("the disk is full"),))
    assert stopped.exit_code == 8
    assert changed(before, network.pdfs()) <= names_with("hillside")
    report = json.loads((network.output / "report.json").read_bytes())
    assert report["stopped"] == {
        "exit_code": 8,
        "problems": ["error: the disk is full"],
        "files": [],
    }
    made = stopped.tally.made
    after = network.run()
    assert figures(after) == (6 - made, 3 + made, 0)


# --- translations ----------------------------------------------------------------------------


def test_a_translation_that_is_out_of_step_is_not_made(network: Network) -> None:
    before = network.pdfs()
    network.edit(ASTHMA, "Use your inhaler.", "Use your inhaler daily.")
    after = network.run()
    assert (figures(after), after.exit_code) == ((3, 3, 3), 10)
    assert reasons(after) == {
        'the section "treatment" has changed in English since it was translated': sorted(
            names_with("/es/")
        )
    }
    assert changed(before, network.pdfs()) == names_with("en/asthma")


def test_if_a_plan_allows_it_the_originals_words_stand_in(network: Network) -> None:
    network.edit(ASTHMA, "Use your inhaler.", "Use your inhaler daily.")
    after = network.run("allow_stale: true\n")
    assert (figures(after), after.exit_code) == ((6, 3, 0), 0)
    assert "Use your inhaler daily." in text_of(network, "riverside/es/asthma.pdf")
    assert any('the section "treatment"' in warning for warning in after.tally.warnings)


def test_an_original_that_changed_lays_its_translations_out_again(network: Network) -> None:
    """Not pressed if that gives the same bytes."""
    network.edit(ASTHMA, "title: Asthma\nshort", "title: Asthma\n# a remark\nshort")
    after = network.run()
    assert (figures(after), pieces(after)) == ((0, 9, 0), (4, 0))


def test_a_fallback_says_how_each_clinic_gives_an_interpreter(network: Network) -> None:
    plan = "handouts: [sore-throat]\nlanguages: [es]\nmissing_language: fallback\n"
    after = network.run(plan)
    assert (figures(after), after.exit_code) == ((3, 0, 0), 0)
    assert pieces(after)[0] == 2
    lakeside = text_of(network, "lakeside/es/sore-throat.pdf")
    assert "llame al 09 555 0163" in lakeside
    assert "Gargle with salt water." in lakeside
    assert "09 555 0163" not in text_of(network, "riverside/es/sore-throat.pdf")
    assert figures(network.run(plan)) == (0, 3, 0)


def test_a_clinics_own_words_are_part_of_the_fallback(network: Network) -> None:
    plan = "handouts: [sore-throat]\nlanguages: [es]\nmissing_language: fallback\n"
    network.run(plan)
    network.edit(HILLSIDE, "phones:", "interpreter: {es: Llame a Ana}\nphones:")
    after = network.run(plan)
    assert (figures(after), pieces(after)) == ((1, 2, 0), (1, 1))
    assert "Llame a Ana" in text_of(network, "hillside/es/sore-throat.pdf")
    assert reported(network) == {
        "hillside/es/sore-throat.pdf": f"the notice has changed; {HILLSIDE} has changed"
    }


def test_a_translation_takes_the_place_of_a_fallback(network: Network) -> None:
    plan = "handouts: [sore-throat]\nlanguages: [es]\nmissing_language: fallback\n"
    network.run(plan)
    words = (network.library.root / SORE_THROAT).read_text("utf-8")
    words = words.replace("Gargle with", "Haga gárgaras:")
    words += "translation: {method: human, translator: Ana Ruiz, checked_by: Luz Vega}\n"
    network.write({"handouts/sore-throat/es.yaml": words})
    confirm(network.library, "sore-throat", "es")
    after = network.run(plan)
    assert figures(after) == (3, 0, 0)
    assert "Haga gárgaras:" in text_of(network, "lakeside/es/sore-throat.pdf")
    assert not any("es/sore-throat" in name for name in after.orphans)


# --- several plans, and warnings -------------------------------------------------------------


def test_two_plans_share_an_output_and_its_pieces(network: Network) -> None:
    other = network.plan(f"clinics: [riverside]\n{OTHER_NAMES}", "other")
    second = network.run(other)
    assert (figures(second), pieces(second), second.orphans) == ((3, 0, 0), (0, 0), ())
    assert list(second.tally.notes) == []
    for plan, count in ((other, 3), (network.plan(), 9)):
        again = network.run(plan, prune=True)
        assert (figures(again), again.orphans, again.removed) == ((0, count, 0), (), ())
    sums = (network.output / "SHA256SUMS").read_text().splitlines()
    assert len(sums) == 12


def test_two_plans_that_make_the_same_files_are_told_of_each_other(network: Network) -> None:
    other = network.plan("clinics: [riverside]\n", "other")
    second = network.run(other)
    assert figures(second) == (3, 0, 0)
    assert list(second.tally.notes) == [
        'the plan "all" makes some of these files, too, such as riverside/en/asthma.pdf '
        "(3 in all): each run makes them anew; give each plan its own --output"
    ]
    assert set(network.pdfs()) == NAMES


def test_warnings_about_what_was_read_are_kept_for_the_report(network: Network) -> None:
    network.edit(RIVERSIDE, "phones:", "interpreter: {xx: nobody reads this}\nphones:")
    after = network.run("languages: [en, fr]\n")
    notes = list(after.tally.notes)
    assert [note.splitlines()[0] for note in notes] == [
        "library/batches/all.yaml:1:17: warning: none of these handouts has French (fr)",
        f"library/{RIVERSIDE}:6:19: warning: this line is never printed: the program has no words "
        'in the language "xx"',
    ]
    assert after.exit_code == 0
