"""The ledger: what it remembers, and what becomes of one that cannot be read."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from handouts.batch.expanding import Sheet
from handouts.batch.ledger import CorruptLedgerError, Ledger
from handouts.batch.records import (
    Bundled,
    BundleRow,
    Member,
    Owner,
    PieceFacts,
    Recorded,
    SheetRow,
)
from handouts.batch.stores import Stamp, Unwritable
from tests.batch.examples import Network, changed, figures, made_network

SHEET = Sheet("asthma", "es", "standard", "a4")
MASTER, IMPRINT = b"m" * 16, b"i" * 16
PIECES = (
    PieceFacts(MASTER, b"1" * 16, {"handouts/asthma/es.yaml": "ab", "the paper": "a4"},
               "El asma, ‘niños’", "es", 3, True),
    PieceFacts(IMPRINT, b"2" * 16, {"clinics/x/clinic.yaml": "cd"}),
)  # fmt: skip
ROW = Recorded("x", "x/a.pdf", MASTER, IMPRINT, Stamp(120, "17"), b"s" * 32, "new")
NOTE = "the ledger is damaged, or of another version; a new one is begun, and everything is made"


def ledger(path: Path, *, read_only: bool = False) -> closing[Ledger]:
    return closing(Ledger(path, read_only=read_only))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with a sheet and a bundle in it."""
    path = tmp_path / "ledger.sqlite"
    with ledger(path) as one:
        one.begin_run("winter")
        one.add_pieces(PIECES)
        one.record("winter", SHEET, [ROW])
        one.record_bundles("winter", [Bundled("x", "x.zip", b"c" * 16, Stamp(9, ""), b"z" * 32)])
    return path


# --- what it remembers -----------------------------------------------------------------------


@pytest.mark.parametrize("read_only", [False, True])
def test_what_was_recorded_is_told_by_the_next_one(path: Path, read_only: bool) -> None:
    with ledger(path, read_only=read_only) as one:
        row = SheetRow("x/a.pdf", MASTER, IMPRINT, Stamp(120, "17"))
        assert one.sheets("winter", SHEET) == {"x/a.pdf": row}
        assert one.row_of("x/a.pdf") == Owner("winter", "x", SHEET, row, "new")
        assert one.digests() == {piece.key: piece.digest for piece in PIECES}
        assert [one.inputs(piece.key) for piece in PIECES] == [piece.inputs for piece in PIECES]
        assert list(one.members("winter", "x")) == [
            Member("x/a.pdf", SHEET, b"s" * 32, "El asma, ‘niños’", "es", 3, True)
        ]
        assert one.bundles("winter", "x") == {"x.zip": BundleRow("x.zip", b"c" * 16, Stamp(9, ""))}
        assert list(one.names("winter")) == [
            ("x.zip", "x", Stamp(9, "")),
            ("x/a.pdf", "x", Stamp(120, "17")),
        ]
        assert list(one.digests_of_files()) == [
            ("x.zip", Stamp(9, ""), b"z" * 32),
            ("x/a.pdf", Stamp(120, "17"), b"s" * 32),
        ]


def test_what_it_does_not_know_it_says_so(path: Path) -> None:
    with ledger(path) as one:
        assert one.sheets("summer", SHEET) == {}
        assert one.sheets("winter", SHEET._replace(paper="letter")) == {}
        assert (one.row_of("y.pdf"), one.inputs(b"?" * 16)) == (None, None)
        assert list(one.names("summer")) == list(one.members("winter", "y")) == []


def test_a_run_knows_what_it_has_made_itself(path: Path) -> None:
    with ledger(path) as one:
        one.begin_run("winter")
        assert list(one.made()) == []
        one.record("winter", SHEET, [ROW._replace(name="x/b.pdf", why="new, ‘really’")])
        assert list(one.made()) == [("x/b.pdf", "new, ‘really’", 120)]


def test_a_file_that_is_made_again_is_there_once(path: Path) -> None:
    with ledger(path) as one:
        one.record("winter", SHEET, [ROW._replace(stamp=Stamp(5, "18"), why="gone")])
        assert list(one.names("winter"))[1:] == [("x/a.pdf", "x", Stamp(5, "18"))]


def test_other_pieces_of_the_same_bytes_leave_the_file(path: Path) -> None:
    with ledger(path) as one:
        one.rekey([("x/a.pdf", b"n" * 16, IMPRINT)])
        found = one.row_of("x/a.pdf")
        assert found is not None
        assert (found.row.master, found.row.stamp, found.why) == (b"n" * 16, ROW.stamp, "new")


def test_what_is_forgotten_is_gone(path: Path) -> None:
    with ledger(path) as one:
        assert one.unused_pieces() == []
        one.forget(["x/a.pdf", "nothing"])
        assert [name for name, _, _ in one.names("winter")] == ["x.zip"]
        assert sorted(one.unused_pieces()) == sorted([MASTER, IMPRINT])
        one.forget_pieces([MASTER])
        assert set(one.digests()) == {IMPRINT}


def test_what_fails_halfway_is_not_recorded_at_all(path: Path) -> None:
    def rows() -> list[Recorded]:
        return [ROW._replace(name="x/new.pdf"), ROW._replace(name=None)]  # type: ignore[arg-type]

    with ledger(path) as one:
        with pytest.raises(CorruptLedgerError):
            one.record("winter", SHEET, rows())
        assert one.row_of("x/new.pdf") is None


def test_a_dry_run_leaves_no_trace_of_itself(tmp_path: Path, path: Path) -> None:
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    with ledger(path, read_only=True) as one, pytest.raises(Unwritable, match="readonly"):
        one.begin_run("winter")
    with ledger(tmp_path / "none.sqlite", read_only=True) as one:
        assert list(one.names("winter")) == []
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


# --- one that cannot be read -----------------------------------------------------------------


def as_text(path: Path) -> None:
    path.write_bytes(b"these are not the bytes of a ledger\n" * 200)


def as_half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def as_one_wrong_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[data.index(b"x/a.pdf")] ^= 1
    path.write_bytes(data)


def as_newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 2")


def as_another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE pieces (of_cake TEXT)")


SPOILT = (as_text, as_half, as_one_wrong_bit, as_newer, as_another_programs)


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_ledger_that_was_spoilt_is_found_out_when_it_is_opened(
    path: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(path)
    with pytest.raises(CorruptLedgerError):
        Ledger(path)


@pytest.mark.parametrize("spoil", [each for each in SPOILT if each is not as_one_wrong_bit])
def test_so_it_is_after_a_run_that_was_killed(path: Path, spoil: Callable[[Path], None]) -> None:
    """It left no seal. One wrong bit in a word can be seen by nobody then."""
    path.with_suffix(".seal").unlink()
    spoil(path)
    with pytest.raises(CorruptLedgerError):
        Ledger(path)


def test_any_wrong_bit_shows(path: Path) -> None:
    data = path.read_bytes()
    seal = path.with_suffix(".seal").read_bytes()
    chance = random.Random(4)
    for _ in range(200):
        wrong = bytearray(data)
        wrong[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(wrong)
        path.with_suffix(".seal").write_bytes(seal)
        with pytest.raises(CorruptLedgerError):
            Ledger(path)
    path.write_bytes(data)
    path.with_suffix(".seal").write_bytes(seal)
    with ledger(path) as one:
        assert one.row_of("x/a.pdf")


def test_a_ledger_that_somebody_deleted_is_begun_anew(path: Path) -> None:
    path.unlink()
    with ledger(path) as one:
        assert list(one.names("winter")) == []
    with ledger(path):
        pass


def test_what_shows_only_later_is_told_and_the_next_run_begins_anew(path: Path) -> None:
    path.with_suffix(".seal").unlink()
    data = path.read_bytes()
    path.write_bytes(data.replace(b'{"handouts/asthma/es.yaml"', b'{!handouts/asthma/es.yaml"'))
    with ledger(path) as one, pytest.raises(CorruptLedgerError) as caught:
        one.inputs(MASTER)
    assert str(caught.value) == (
        f"{path.as_posix()}: error: the ledger is damaged\n"
        "  hint: run the command again: a new one is begun, and everything is made once more"
    )
    with pytest.raises(CorruptLedgerError):
        Ledger(path)


def test_a_folder_in_its_place_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").mkdir()
    with pytest.raises(Unwritable, match="nothing can be recorded: unable to open database file"):
        Ledger(tmp_path / "ledger.sqlite")


# --- in a run --------------------------------------------------------------------------------


@pytest.fixture
def network(tmp_path: Path) -> Network:
    return made_network(tmp_path)


def state_of(network: Network, name: str) -> Path:
    return network.output / ".handouts" / name


@pytest.mark.parametrize("spoil", [as_text, as_half, as_newer, as_another_programs])
def test_a_run_puts_a_spoilt_ledger_aside_says_so_and_makes_everything(
    network: Network, spoil: Callable[[Path], None]
) -> None:
    plan = "bundles: [index, zip]\n"
    network.run(plan)
    before = network.files()
    spoil(state_of(network, "ledger.sqlite"))
    bad = state_of(network, "ledger.sqlite").read_bytes()
    said: list[str] = []
    second = network.run(plan, said)
    assert (figures(second), second.exit_code) == ((9, 0, 0), 0)
    (note,) = said
    assert note.startswith(f"{state_of(network, 'ledger.sqlite').as_posix()}: {NOTE}")
    assert note.endswith("(the old one is kept as ledger.damaged)")
    assert state_of(network, "ledger.damaged").read_bytes() == bad
    assert changed(before, network.files()) == {"report.json", "report.html"}
    assert figures(network.run(plan, said)) == (0, 9, 0)
    assert len(said) == 1


def test_pieces_that_are_in_the_cache_are_used_by_a_new_ledger(network: Network) -> None:
    """They are made once more all the same, since only making them tells what they are."""
    network.run()
    state_of(network, "ledger.sqlite").unlink()
    assert figures(network.run()) == (9, 0, 0)


def test_a_piece_in_the_cache_that_is_damaged_is_made_anew_and_said(network: Network) -> None:
    network.run()
    before = network.pdfs()
    for piece in state_of(network, "cache").rglob("*"):
        if piece.is_file():
            data = bytearray(piece.read_bytes())
            data[len(data) // 2] ^= 1
            piece.write_bytes(data)
    (network.output / "riverside/en/asthma.pdf").unlink()
    again = network.run()
    assert (figures(again), again.exit_code) == ((1, 8, 0), 0)
    assert network.pdfs() == before
    notes = list(again.tally.notes)
    assert len(notes) == 2  # a master and an imprint
    for note in notes:
        assert note.startswith(".handouts/cache/")
        assert note.endswith(": the cache was damaged here; the piece was made anew")
    (network.output / "riverside/en/asthma.pdf").unlink()
    assert not network.run().tally.notes


def test_a_cache_that_somebody_emptied_is_filled_again(network: Network) -> None:
    network.run()
    before = network.pdfs()
    for piece in list(state_of(network, "cache").rglob("*")):
        if piece.is_file():
            piece.unlink()
    (network.output / "riverside/en/asthma.pdf").unlink()
    again = network.run()
    assert (figures(again), again.exit_code, network.pdfs()) == ((1, 8, 0), 0, before)


@pytest.mark.skipif(sys.platform == "win32", reason="only Unix bounds the size of a file")
def test_a_disk_that_is_full_for_the_ledger_stops_the_run_and_the_next_goes_on(
    network: Network,
) -> None:
    import resource
    import signal

    network.run("clinics: [hillside]\n")
    size = state_of(network, "ledger.sqlite").stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # The log that SQLite writes before it changes the file grows beyond this; no sheet does.
    bound = max(len(content) for content in network.pdfs().values()) + 20_000
    assert bound < size + 100_000
    resource.setrlimit(resource.RLIMIT_FSIZE, (bound, before[1]))
    try:
        stopped = network.run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert stopped.stopped is not None
    assert stopped.exit_code == 8
    (problem,) = stopped.stopped.problems
    assert problem.message.startswith("nothing can be recorded: ")
    again = network.run()
    assert again.exit_code == 0
    assert figures(network.run()) == (0, 9, 0)
