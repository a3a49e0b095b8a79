"""Places for files: a folder, and by fsspec the memory, a folder's address and an SFTP server."""

from __future__ import annotations

import errno
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from handouts.batch.buckets import BucketStore
from handouts.batch.stores import FolderStore, Store, Unwritable
from handouts.diagnostics import OutputError
from tests.batch.sftp_server import Server, serving, trust


@dataclass(frozen=True, slots=True)
class Place:
    """``again`` opens the same place anew, as another process would."""

    kind: str
    again: Callable[[], Store]
    folder: Path | None

    def put(self, name: str, content: bytes) -> None:
        """Put a file there without the store."""
        if self.folder is None:
            MemoryFileSystem().pipe_file(f"/out/{name}", content)
        else:
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(content)

    def there(self) -> dict[str, bytes]:
        """All files that are there, read without the store."""
        if self.folder is None:
            files = MemoryFileSystem()
            return {name.removeprefix("/out/"): files.cat_file(name) for name in files.find("/out")}
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in self.folder.rglob("*")
            if path.is_file()
        }


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("sftp")) as running:
        yield running


@pytest.fixture(params=["folder", "file", "memory", "sftp"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    folder = tmp_path / "out"
    match request.param:
        case "folder":
            yield Place("folder", lambda: FolderStore(folder), folder)
        case "file":
            yield Place("file", lambda: BucketStore(folder.as_uri()), folder)
        case "memory":
            MemoryFileSystem.store.clear()
            MemoryFileSystem.pseudo_dirs[:] = [""]
            yield Place("memory", lambda: BucketStore("memory://out"), None)
            MemoryFileSystem.store.clear()
        case "sftp":
            server: Server = request.getfixturevalue("server")
            trust(server, monkeypatch)
            name = tmp_path.name
            address = f"{server.address}/{name}"
            yield Place("sftp", lambda: BucketStore(address), server.root / name)


@pytest.fixture
def store(place: Place) -> Store:
    opened = place.again()
    opened.prepare()
    return opened


@pytest.fixture
def folder_store(tmp_path: Path) -> FolderStore:
    store = FolderStore(tmp_path / "out")
    store.prepare()
    return store


def fault(of: pytest.ExceptionInfo[OutputError]) -> str:
    return str(of.value)


# --- what every place does -------------------------------------------------------------------


def test_what_is_written_is_there_under_its_name(store: Store, place: Place) -> None:
    store.write("a/b/c.pdf", (b"one", b"", b" two"))
    store.write("d.pdf", ())
    assert place.there() == {"a/b/c.pdf": b"one two", "d.pdf": b""}
    assert store.read("a/b/c.pdf") == b"one two"


@pytest.mark.parametrize("name", ["é ü.pdf", "a b/100% #1.pdf", "fièvre/发烧.pdf", "~/$HOME.pdf"])
def test_a_name_may_have_any_letters(store: Store, place: Place, name: str) -> None:
    store.write(name, (b"x",))
    assert place.there() == {name: b"x"}
    assert place.again().read(name) == b"x"
    assert place.again().stamp(name) is not None


def test_a_file_is_written_over(store: Store, place: Place) -> None:
    store.write("a.pdf", (b"a long one",))
    store.write("a.pdf", (b"short",))
    assert place.there() == {"a.pdf": b"short"}


def test_a_file_that_is_filled_tells_its_digest(store: Store, place: Place) -> None:
    def fill(file: BinaryIO) -> None:
        file.write(b"?" * 3_000_000)
        file.seek(0)
        file.write(b"!")
        file.seek(0, 2)

    stamp, digest = store.write_from("a/b.zip", fill)
    content = b"!" + b"?" * 2_999_999
    assert place.there() == {"a/b.zip": content}
    assert digest == hashlib.sha256(content).digest()
    assert place.again().stamp("a/b.zip") == stamp


def test_the_stamp_of_a_file_is_that_with_which_it_was_written(store: Store, place: Place) -> None:
    stamp = store.write("a/b.pdf", (b"abc",))
    assert stamp.size == 3
    assert place.again().stamp("a/b.pdf") == stamp
    assert place.again().stamp("a/c.pdf") is None
    assert place.again().stamp("c/c.pdf") is None
    place.put("a/b.pdf", b"other")
    assert place.again().stamp("a/b.pdf") != stamp


def test_a_folder_tells_of_a_change_that_leaves_the_size(folder_store: FolderStore) -> None:
    stamp = folder_store.write("a.pdf", (b"abc",))
    folder_store.write("a.pdf", (b"abd",))
    assert folder_store.stamp("a.pdf") != stamp


def test_the_names_below_a_folder_are_all_files_in_it(store: Store, place: Place) -> None:
    for name in ("a/b/c.pdf", "a/d.pdf", "ab/e.pdf", "f.pdf"):
        store.write(name, (b"x",))
    assert sorted(place.again().names("a")) == ["a/b/c.pdf", "a/d.pdf"]
    assert list(place.again().names("nowhere")) == []


def test_a_file_that_is_not_there_cannot_be_read(store: Store, place: Place) -> None:
    with pytest.raises(OutputError) as caught:
        store.read("a/b.pdf")
    assert not isinstance(caught.value, Unwritable)
    assert fault(caught) == f"{store.shown}/a/b.pdf: error: there is no such file"


def test_what_is_removed_is_gone_and_nothing_else(store: Store, place: Place) -> None:
    for name in ("a/b/c.pdf", "a/d.pdf", "e.pdf"):
        store.write(name, (b"x",))
    store.remove("a/b/c.pdf")
    store.remove("a/b/c.pdf")
    store.remove("nowhere/at/all.pdf")
    assert set(place.there()) == {"a/d.pdf", "e.pdf"}


def test_a_folder_that_is_empty_then_goes_too(folder_store: FolderStore, tmp_path: Path) -> None:
    folder_store.write("a/b/c.pdf", (b"x",))
    folder_store.write("a/d.pdf", (b"x",))
    folder_store.remove("a/b/c.pdf")
    assert not (tmp_path / "out/a/b").exists()
    folder_store.write("a/b/c.pdf", (b"again",))
    for name in ("a/b/c.pdf", "a/d.pdf"):
        folder_store.remove(name)
    assert not (tmp_path / "out/a").exists()
    assert (tmp_path / "out").is_dir()


def test_a_place_can_be_made_ready_twice(store: Store, place: Place) -> None:
    store.write("a.pdf", (b"x",))
    place.again().prepare()
    assert set(place.there()) == {"a.pdf"}


def test_two_at_once_do_not_get_in_each_others_way(store: Store, place: Place) -> None:
    other = place.again()
    for number in range(3):
        store.write(f"{number}.pdf", (b"one",))
        other.write(f"{number}.pdf", (b"two",))
    assert set(place.there().values()) == {b"two"}


# --- whole or not at all ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), OutputError("a part is missing")]
)
def test_a_file_that_cannot_be_filled_leaves_the_old_one(
    store: Store, place: Place, error: Exception
) -> None:
    store.write("a.zip", (b"old",))

    def fill(file: BinaryIO) -> None:
        file.write(b"half of it")
        raise error

    with pytest.raises(OutputError) as caught:
        store.write_from("a.zip", fill)
    assert isinstance(caught.value, Unwritable) == isinstance(error, OSError)
    assert place.there() == {"a.zip": b"old"}


def test_a_folder_takes_a_file_whole_or_not_at_all(
    folder_store: FolderStore, tmp_path: Path
) -> None:
    folder_store.write("a.pdf", (b"old",))
    resource = pytest.importorskip("resource", reason="only Unix bounds the size of a file")
    signal = pytest.importorskip("signal")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(Unwritable) as caught:
            folder_store.write("a.pdf", (b"new", b"?" * 2000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert 'the disk is full: "a.pdf" was not written' in fault(caught)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in files] == [b"old"]


def test_an_upload_that_breaks_off_leaves_the_old_file(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What came of it lies where the next run clears up."""
    trust(server, monkeypatch)
    store = BucketStore(f"{server.address}/broken")
    store.prepare()
    store.write("a.pdf", (b"old",))

    def broken(path: str, data: bytes) -> None:
        (server.root / path.lstrip("/")).write_bytes(data[:3])
        raise ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")

    monkeypatch.setattr(store._files, "pipe_file", broken)
    with pytest.raises(Unwritable, match="Connection reset by peer"):
        store.write("a.pdf", (b"a new one",))
    assert (server.root / "broken/a.pdf").read_bytes() == b"old"
    (left,) = store.names(".handouts/partial")
    store.remove(left)
    assert list(store.names(".handouts")) == []


def test_only_what_is_half_written_is_cleared_away(
    folder_store: FolderStore, tmp_path: Path
) -> None:
    folder_store.write("a/b.pdf", (b"whole",))
    root = folder_store.folder
    assert root is not None
    for name in (".0123abcd-7.part", "notes.part", ".hidden", ".0123abcd-7.part.pdf"):
        (root / "a" / name).write_bytes(b"")
    folder_store.clear()
    assert sorted(path.name for path in (root / "a").iterdir()) == [
        ".0123abcd-7.part.pdf",
        ".hidden",
        "b.pdf",
        "notes.part",
    ]


# --- what is in the way of one file ----------------------------------------------------------


@pytest.mark.parametrize("place", ["folder", "file", "sftp"], indirect=True)
@pytest.mark.parametrize(
    ("there", "name"),
    [("a/b.pdf", "a"), ("a", "a/b.pdf"), ("b", "x" * 300 + ".pdf")],
    ids=["a folder in its place", "a file in place of its folder", "a name that is too long"],
)
def test_a_file_that_cannot_have_its_name_is_told_of_and_harms_nothing(
    store: Store, place: Place, there: str, name: str
) -> None:
    place.put(there, b"mine")
    with pytest.raises(OutputError) as caught:
        store.write(name, (b"new",))
    assert str(caught.value.diagnostics[0].span) == f"{store.shown}/{name}"
    # An SFTP server does not tell what is wrong, and another file may be as wrong.
    assert isinstance(caught.value, Unwritable) == (place.kind == "sftp")
    left = {name for name in place.there() if not name.startswith(".handouts/partial/")}
    assert left == {there}
    store.write("other.pdf", (b"x",))
    assert place.there()["other.pdf"] == b"x"


def test_a_folder_in_the_place_of_a_file_is_not_taken_for_it(
    folder_store: FolderStore, tmp_path: Path
) -> None:
    folder_store.write("a/b.pdf", (b"x",))
    with pytest.raises(OutputError, match="is a folder"):
        folder_store.read("a")
    with pytest.raises(OutputError, match="is a folder"):
        folder_store.remove("a")


# --- places that take nothing ----------------------------------------------------------------


def test_a_folder_is_made_if_the_one_above_is_there(tmp_path: Path) -> None:
    FolderStore(tmp_path / "new").prepare()
    assert (tmp_path / "new").is_dir()
    with pytest.raises(Unwritable, match=r'the folder ".*/no/where" does not exist'):
        FolderStore(tmp_path / "no/where").prepare()
    assert not (tmp_path / "no").exists()


def test_a_file_is_no_place_for_files(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unwritable, match='file" is not a folder'):
        FolderStore(tmp_path / "file").prepare()


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has folders in which nobody may write")
def test_a_folder_that_may_not_be_written_to_is_told_of() -> None:
    with pytest.raises(Unwritable) as caught:
        FolderStore(Path("/sys/kernel")).prepare()
    assert fault(caught) == (
        '/sys/kernel/.handouts: error: nothing may be written to the folder "/sys/kernel"\n'
        "  hint: ask for the right to write there, or name another place with --output"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="Linux has folders in which nobody may write")
def test_an_address_that_may_not_be_written_to_is_told_of() -> None:
    store = BucketStore("file:///sys/kernel")
    with pytest.raises(Unwritable, match=r"file:///sys/kernel/a\.pdf: error: the place cannot"):
        store.write("a.pdf", (b"x",))


@pytest.mark.parametrize("what", ["nothing", "a file"])
def test_a_folder_that_goes_away_is_not_made_anew(
    folder_store: FolderStore, tmp_path: Path, what: str
) -> None:
    """A disk may have been taken off; what is written then would lie below its mount point."""
    folder_store.write("a/b.pdf", (b"x",))
    shutil.rmtree(tmp_path / "out")
    if what == "a file":
        (tmp_path / "out").write_text("mine")
    for name in ("a/b.pdf", "c.pdf"):
        with pytest.raises(Unwritable, match=r"is no longer there\n  hint: see whether the disk"):
            folder_store.write(name, (b"x",))
    with pytest.raises(Unwritable):
        folder_store.write_from("a.zip", lambda file: file.write(b"x"))
    assert (tmp_path / "out").is_file() == (what == "a file")


def test_a_folder_of_it_that_goes_away_is_made_anew(
    folder_store: FolderStore, tmp_path: Path
) -> None:
    folder_store.write("a/b/c.pdf", (b"x",))
    shutil.rmtree(tmp_path / "out/a")
    folder_store.write("a/b/c.pdf", (b"y",))
    assert (tmp_path / "out/a/b/c.pdf").read_bytes() == b"y"


def test_a_server_that_goes_away_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(tmp_path) as server:
        trust(server, monkeypatch)
        store = BucketStore(f"{server.address}/out")
        store.prepare()
        store.write("a.pdf", (b"x",))
        server.process.kill()
        server.process.wait()
        for attempt in (
            lambda: store.write("b.pdf", (b"x",)),
            lambda: store.read("a.pdf"),
            lambda: list(store.names("x")),
            lambda: store.remove("a.pdf"),
            lambda: store.stamp("a.pdf"),
        ):
            with pytest.raises(Unwritable, match="the place cannot be used: "):
                attempt()
