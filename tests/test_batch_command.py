"""``make-handout batch`` as a person meets it: what it says, asks for and answers."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from handouts.batch.holding import holding, state_folder
from handouts.batch.stores import FolderStore, Stamp
from tests.batch.examples import (
    HILLSIDE,
    NAMES,
    RIVERSIDE,
    SORE_THROAT,
    Network,
    batch,
    made_network,
    names_with,
)
from tests.commands import CHECKOUT, Answer, command


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    """The network in the current folder, with a plan ``all``."""
    monkeypatch.chdir(tmp_path)
    network = made_network(Path())
    network.plan("bundles: [index, zip]\n")
    return network


def in_words(answer: Answer) -> str:
    """What goes to standard output, with figures that differ from run to run left out."""
    text = re.sub(r"in [0-9.]+ s\b", "in TIME", answer.stdout)
    return re.sub(r"PDFs per second: [0-9,]+; bytes: [0-9,]+", "SPEED", text)


# --- a run -----------------------------------------------------------------------------------


def test_a_run_says_what_it_did_in_a_few_lines(network: Network) -> None:
    answer = batch()
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert in_words(answer) == (
        "out: 9 made, 0 unchanged, 0 failed, in TIME\n"
        "  SPEED; masters laid out: 6; imprints painted: 6\n"
        "  bundles put together: 9\n"
        "  report: out/report.html\n"
    )
    assert in_words(batch()) == (
        "out: 0 made, 9 unchanged, 0 failed, in TIME\n  report: out/report.html\n"
    )


def test_without_an_output_it_makes_a_folder_named_after_the_plan(network: Network) -> None:
    answer = command("batch", "all", "--library", "library", "--jobs", "1")
    assert answer.exit_code == 0
    assert Path("all/riverside/es/asthma.pdf").is_file()


def test_a_table_is_a_plan_too(network: Network) -> None:
    Path("some.csv").write_text("clinic;handout\nriverside;asthma\n")
    answer = batch(plan="some.csv")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert set(network.pdfs()) == names_with("riverside/en/asthma", "riverside/es/asthma")


def test_a_run_names_what_failed_and_goes_on(network: Network) -> None:
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    network.edit(HILLSIDE, "country: US\n", "")
    answer = batch()
    assert answer.exit_code == 3
    assert answer.stderr == (
        f'library/{HILLSIDE}:1:1: error: "country" is missing\n'
        "  hint: country: the country, such as US\n"
        f'library/{SORE_THROAT}:9:3: error: the section "home-care" has no words\n'
        "  at sections\n"
        "  hint: write `home-care: |` and its text under `sections`, or take it off the list in "
        "handout.yaml\n"
        f'library/{SORE_THROAT}:9:16: error: the section "home-caring" is not listed in '
        "handout.yaml\n"
        "  at sections.home-caring\n"
        '  hint: add it to `sections` there; did you mean "home-care"?\n'
        "  not made: lakeside/en/sore-throat.pdf, riverside/en/sore-throat.pdf\n"
        'nothing is made for the clinic "hillside"\n'
    )
    assert "out: 4 made, 0 unchanged, 2 failed" in answer.stdout


def test_many_reasons_are_told_in_the_report(network: Network) -> None:
    for number in range(12):
        words = (network.library.root / SORE_THROAT).read_text("utf-8")
        facts = (network.library.root / "handouts/sore-throat/handout.yaml").read_text("utf-8")
        network.write(
            {
                f"handouts/flu-{number}/en.yaml": words.replace("home-care", f"care-{number}"),
                f"handouts/flu-{number}/handout.yaml": facts,
            }
        )
    answer = batch()
    assert answer.exit_code == 3
    assert answer.stderr.count("  not made: ") == 10
    assert answer.stderr.endswith("2 more reasons in out/report.html\n")


def test_warnings_are_told_once(network: Network) -> None:
    network.edit(RIVERSIDE, "phones:", "interpreter: {xx: nobody reads this}\nphones:")
    answer = batch()
    assert answer.exit_code == 0
    assert answer.stderr.count("warning: this line is never printed") == 1
    assert batch("--dry-run").stderr.count("warning: this line is never printed") == 1


def test_files_that_left_the_plan_are_listed_and_then_removed(network: Network) -> None:
    batch()
    network.plan("clinics: [riverside, lakeside]\nbundles: [index, zip]\n")
    answer = batch()
    assert answer.stderr == (
        "no longer in the plan (--prune removes them): hillside.zip, hillside/en/asthma.pdf, "
        "hillside/en/sore-throat.pdf and 3 more\n"
    )
    assert "  files no longer in the plan: 6\n" in answer.stdout
    answer = batch("--prune")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "files removed: 6\n" in answer.stdout
    assert not Path("out/hillside").exists()


def test_a_plan_beyond_its_limit_asks_for_a_yes(network: Network) -> None:
    network.plan("limit: 8\n")
    answer = batch()
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr == (
        "library/batches/all.yaml:1:1: error: the plan makes 9 PDFs, more than its limit of 8\n"
        "  hint: look at --dry-run; then give --yes, or write a higher `limit` in the plan\n"
    )
    assert network.files() == {}
    assert "That is more than its limit of 8: give --yes to make them." in batch("--dry-run").stdout
    assert batch("--yes").exit_code == 0


@pytest.mark.parametrize("number", ["0", "257", "two"])
def test_the_number_of_jobs_is_a_number(network: Network, number: str) -> None:
    answer = batch("--jobs", number)
    assert answer.exit_code == 2
    assert "Invalid value for '--jobs'" in answer.stderr


def test_several_jobs_make_the_same_files(network: Network) -> None:
    assert batch("--jobs", "2").exit_code == 0
    two = network.pdfs()
    one = made_network(Path("alone"))
    one.run("bundles: [index, zip]\n")
    assert two == one.pdfs()


def test_an_unknown_plan_is_told_with_the_nearest_name(network: Network) -> None:
    answer = batch(plan="al")
    assert (answer.exit_code, answer.stdout) == (9, "")
    assert answer.stderr == 'error: there is no batch plan "al"\n  hint: did you mean "all"?\n'
    assert not Path("out").exists()


def test_a_plan_with_mistakes_is_told_with_their_places(network: Network) -> None:
    network.write({"batches/all.yaml": "clinics: [riversid]\nlimt: 3\n"})
    answer = batch()
    assert (answer.exit_code, answer.stdout) == (12, "")
    assert answer.stderr.startswith('library/batches/all.yaml:2:1: error: unknown key "limt"')
    network.write({"batches/all.yaml": "clinics: [riversid]\n"})
    answer = batch()
    assert answer.exit_code == 12
    assert '  hint: did you mean "riverside"?\n' in answer.stderr


def test_an_output_that_cannot_be_made_is_told_of(network: Network) -> None:
    answer = batch("--output", "no/where")
    assert (answer.exit_code, answer.stdout) == (8, "")
    assert 'error: the folder "no/where" does not exist\n' in answer.stderr
    answer = batch("--output", "nowhere://out")
    assert answer.exit_code == 2
    assert 'nothing can write to "nowhere://out": Protocol not known' in answer.stderr


# --- two at once -----------------------------------------------------------------------------


def test_of_two_runs_the_second_says_who_is_at_work(network: Network) -> None:
    store = FolderStore(Path("out"))
    store.prepare()
    with holding(state_folder(store), "winter", wait=False):
        answer = batch()
        assert (answer.exit_code, answer.stdout) == (13, "")
        assert re.fullmatch(
            rf'out: error: another run \(of the plan "winter", process {os.getpid()} on .*, since '
            r"[0-9 :-]+ UTC\) is at work here\n  hint: wait until it is done, or give --wait\n",
            answer.stderr,
        )
        # Neither of these writes anything, so they need not wait.
        assert batch("--dry-run").exit_code == 0
        assert batch("--why", "riverside/en/asthma.pdf").exit_code == 0
    assert batch().exit_code == 0


@pytest.mark.slow
def test_with_wait_the_second_goes_on_when_the_first_is_done(network: Network) -> None:
    store = FolderStore(Path("out"))
    store.prepare()
    with holding(state_folder(store), "winter", wait=False):
        second = started("--wait")
        assert second.stderr is not None
        told = second.stderr.readline()
        assert "is at work here: waiting for it" in told
        assert second.poll() is None
    output, errors = second.communicate(timeout=60)
    assert (second.returncode, errors) == (0, "")
    assert "out: 9 made" in output


def started(*options: str, **given: int) -> subprocess.Popen[str]:
    script = "from handouts.cli import main; main()"
    arguments = ("batch", "all", "--library", "library", "--output", "out", "--jobs", "1")
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments, *options],
        stdout=subprocess.PIPE,
        stderr=given.get("stderr", subprocess.PIPE),
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(CHECKOUT), "TERM": "xterm", "COLUMNS": "100"},
    )


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_on_a_terminal_a_bar_shows_how_it_comes_on(network: Network) -> None:
    import pty

    network.edit(RIVERSIDE, "phones:", "interpreter: {xx: nobody reads this}\nphones:")
    ours, theirs = pty.openpty()
    run = started(stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            block = os.read(ours, 4096)
        except OSError:  # Linux ends so
            break
        if not block:
            break
        shown += block
    os.close(ours)
    output, _ = run.communicate(timeout=60)
    assert run.returncode == 0
    assert "out: 9 made" in output
    assert "\x1b" not in output
    text = shown.decode()
    assert "━" in text
    assert re.search(r"[0-9]+/9", text)
    assert text.count("warning: this line is never printed") == 1
    assert "\x1b[?25h" in text  # the cursor comes back


# --- a dry run -------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(network: Network) -> None:
    before = sorted(Path().rglob("*"))
    answer = batch("--dry-run")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert answer.stdout == (
        'The plan "all" has 9 PDFs for 3 clinics, pressed from 6 masters.\n'
        "9 would be made, 0 are up to date.\n"
        "  9: new\n"
        "      lakeside/en/asthma.pdf\n"
        "      hillside/en/asthma.pdf\n"
        "      riverside/en/asthma.pdf\n"
        "      and 6 more\n"
        "Then index and zip would be put together for 3 clinics.\n"
    )
    assert sorted(Path().rglob("*")) == before


def test_a_dry_run_counts_by_reasons(network: Network) -> None:
    batch()
    network.edit(HILLSIDE, "555-0188", "555-0199")
    network.edit(SORE_THROAT, "Gargle with salt water.", "Drink cold water.")
    Path("out/riverside/en/asthma.pdf").unlink()
    Path("out/riverside/es/asthma.pdf").write_bytes(b"mine")
    before = network.files()
    answer = batch("--dry-run")
    assert answer.stdout == (
        'The plan "all" has 9 PDFs for 3 clinics, pressed from 6 masters.\n'
        "7 would be made, 2 are up to date.\n"
        "  2: clinics/hillside/clinic.yaml has changed\n"
        "      hillside/en/asthma.pdf\n"
        "      hillside/es/asthma.pdf\n"
        "  2: handouts/sore-throat/en.yaml has changed\n"
        "      lakeside/en/sore-throat.pdf\n"
        "      riverside/en/sore-throat.pdf\n"
        "  1: handouts/sore-throat/en.yaml has changed; clinics/hillside/clinic.yaml has changed\n"
        "      hillside/en/sore-throat.pdf\n"
        "  1: the file is gone\n"
        "      riverside/en/asthma.pdf\n"
        "  1: the file is no longer the one that was made\n"
        "      riverside/es/asthma.pdf\n"
        "Then index and zip would be put together for 3 clinics.\n"
    )
    assert network.files() == before
    assert "out: 7 made, 2 unchanged" in batch().stdout
    assert "0 would be made, 9 are up to date.\n" in batch("--dry-run").stdout


def test_a_dry_run_tells_what_cannot_be_made_and_what_is_left_over(network: Network) -> None:
    batch()
    network.edit(HILLSIDE, "country: US\n", "")
    network.plan("exclude: [{clinics: [lakeside], languages: [es]}]\nbundles: [index, zip]\n")
    answer = batch("--dry-run")
    assert answer.exit_code == 0
    assert answer.stdout.partition("up to date.\n")[2] == (
        "These cannot be made:\n"
        f'  1: library/{HILLSIDE}:1:1: error: "country" is missing\n'
        "  hint: country: the country, such as US\n"
        "      all of the clinic hillside\n"
        "These no longer belong to the plan; --prune removes them:\n"
        "  1: made by an earlier run\n"
        "      lakeside/es/asthma.pdf\n"
    )


# --- reading back ----------------------------------------------------------------------------


@pytest.mark.slow
def test_verify_reads_files_back_and_sends_some_through_verapdf(network: Network) -> None:
    answer = batch("--verify")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "  through veraPDF: 9, of which 0 failed\n" in answer.stdout
    report = json.loads(Path("out/report.json").read_bytes())
    assert report["verapdf"] == {"sampled": 9, "failed": 0}
    assert "  through veraPDF: 0, of which 0 failed\n" in batch("--verify").stdout


@pytest.mark.slow
def test_verify_tells_of_a_file_that_is_not_right(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = FolderStore.write

    def torn(self: FolderStore, name: str, pieces: list[bytes]) -> Stamp:
        stamp = real(self, name, pieces)
        if name == "riverside/en/asthma.pdf":
            Path("out", name).write_bytes(b"".join(pieces)[:-300])
        return stamp

    with monkeypatch.context() as patched:
        patched.setattr(FolderStore, "write", torn)
        answer = batch("--verify")
    assert answer.exit_code == 7
    assert "the file that was read back is not the one that was written\n" in answer.stderr
    assert "  not made: riverside/en/asthma.pdf\n" in answer.stderr
    assert "1 would be made, 8 are up to date.\n" in batch("--dry-run").stdout
    assert batch("--verify").exit_code == 0


def test_verify_without_verapdf_says_what_to_install(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handouts.batch import verifying

    monkeypatch.setattr(verifying, "find_spec", lambda name: None)
    answer = batch("--verify")
    assert (answer.exit_code, answer.stdout) == (2, "")
    assert 'hint: run: pip install "patient-handouts[verify]"' in answer.stderr
    assert not Path("out").exists()


# --- help ------------------------------------------------------------------------------------


def test_the_help_tells_how_to_begin() -> None:
    told = command("batch", "--help").stdout
    for option in ("--output", "--jobs", "--scheduler", "--dry-run", "--why", "--prune",
                   "--verify", "--yes", "--wait", "--library"):  # fmt: skip
        assert option in told
    assert "make-handout batch every-clinic --dry-run" in told
    assert len(NAMES) == 9


def test_the_plan_that_comes_with_the_program_can_be_made() -> None:
    answer = command("batch", "every-clinic", "--output", "nowhere", "--dry-run")
    assert (answer.exit_code, answer.stderr) == (0, "")
    assert re.match(r'The plan "every-clinic" has [0-9]+ PDFs for 2 clinics', answer.stdout)
