"""``make-handout batch --why``: what there is to say of one file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.batch.examples import HILLSIDE, SORE_THROAT, Network, batch, made_network


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    """The network in the current folder, with a plan ``all``."""
    monkeypatch.chdir(tmp_path)
    network = made_network(Path())
    network.plan("bundles: [index, zip]\n")
    return network


def why(name: str) -> list[str]:
    answer = batch("--why", name)
    assert (answer.exit_code, answer.stderr) == (0, "")
    return answer.stdout.splitlines()


def test_why_tells_of_a_file_that_is_new(network: Network) -> None:
    assert why("lakeside/es/asthma.pdf") == [
        "lakeside/es/asthma.pdf",
        "  would be: asthma in es, standard, a4, for lakeside",
        "  now: to be made, since it is new",
    ]
    assert not Path("out").exists()


def test_why_tells_of_a_file_that_is_as_it_should_be(network: Network) -> None:
    batch()
    told = [
        "lakeside/es/asthma.pdf",
        "  is: asthma in es, standard, a4, for lakeside",
        "  of the plan: all",
        "  made last since: new",
        "  now: up to date; nothing that it is made from has changed",
    ]
    assert why("lakeside/es/asthma.pdf") == told
    for place in ("out", "./out", str(Path("out").absolute())):
        assert why(f"{place}/lakeside/es/asthma.pdf") == told
    answer = batch("--output", "out/", "--why", "out/lakeside/es/asthma.pdf")
    assert answer.stdout.splitlines() == told


def test_why_tells_all_that_has_changed(network: Network) -> None:
    batch()
    network.edit(HILLSIDE, 'emergency_number: "911"', 'emergency_number: "112"')
    network.edit(SORE_THROAT, "Gargle with salt water.", "Drink cold water.")
    assert why("hillside/en/sore-throat.pdf")[3:] == [
        "  made last since: new",
        "  now: to be made: handouts/sore-throat/en.yaml has changed; the emergency number has "
        "changed; clinics/hillside/clinic.yaml has changed",
        "    changed: handouts/sore-throat/en.yaml",
        "    changed: the emergency number",
        "    changed: clinics/hillside/clinic.yaml",
    ]
    batch()
    assert why("hillside/en/sore-throat.pdf")[3] == (
        "  made last since: handouts/sore-throat/en.yaml has changed; the emergency number has "
        "changed; clinics/hillside/clinic.yaml has changed"
    )


def test_why_tells_of_a_file_that_somebody_removed_or_altered(network: Network) -> None:
    batch()
    for name, reason in (
        ("riverside/en/asthma.pdf", "the file is gone"),
        ("riverside/index.pdf", "the file is gone"),
        ("lakeside/en/asthma.pdf", "the file is no longer the one that was made"),
        ("lakeside.zip", "the file is no longer the one that was made"),
    ):
        path = Path("out", name)
        path.unlink() if "gone" in reason else path.write_bytes(b"mine")
        assert why(name)[-1] == f"  now: to be made: {reason}"


def test_why_tells_of_bundles(network: Network) -> None:
    assert why("riverside/index.html") == [
        "riverside/index.html",
        "  is: put together of all sheets for riverside",
        "  now: to be made, since it is new",
    ]
    batch()
    assert why("riverside.zip")[-1] == "  now: there; made anew when something in it has changed"


def test_why_tells_of_a_file_that_left_the_plan(network: Network) -> None:
    batch()
    network.plan("clinics: [riverside]\n")
    assert why("hillside/en/asthma.pdf")[-1] == (
        "  now: no longer in this plan; --prune removes it"
    )


def test_why_tells_of_a_file_that_cannot_be_made(network: Network) -> None:
    batch()
    network.edit(HILLSIDE, "country: US\n", "")
    network.edit("handouts/asthma/handout.yaml", "source_language: en\n", "")
    for name, line in (
        ("hillside/en/sore-throat.pdf", f'    library/{HILLSIDE}:1:1: error: "country" is missing'),
        ("lakeside/en/asthma.pdf",
         '    library/handouts/asthma/handout.yaml:1:1: error: "source_language" is missing'),
    ):  # fmt: skip
        told = why(name)
        assert told[4:6] == ["  now: it cannot be made:", line]
        assert not any("prune" in each for each in told)


def test_why_tells_of_a_file_of_another_plan(network: Network) -> None:
    batch()
    network.plan("clinics: [riverside]\n", "other")
    answer = batch("--why", "hillside/en/asthma.pdf", plan="other")
    assert answer.stdout.splitlines()[2::2] == [
        "  of the plan: all",
        '  now: the plan "other" has nothing to do with it',
    ]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("riverside/es/astma.pdf", "riverside/es/asthma.pdf"),
        ("riversid/es/asthma.pdf", "riverside/es/asthma.pdf"),
        ("Riverside/es/asthma.pdf", "riverside/es/asthma.pdf"),
    ],
)
def test_why_tells_the_nearest_name_of_a_file_that_is_none(
    network: Network, name: str, nearest: str
) -> None:
    answer = batch("--why", name)
    assert (answer.exit_code, answer.stdout) == (9, "")
    assert answer.stderr == (
        f'error: the plan "all" makes no file "{name}"\n  hint: did you mean "{nearest}"?\n'
    )
