"""Addresses of places: who may write there, who is told what, and which there are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from handouts.batch.buckets import BucketStore
from handouts.batch.stores import FolderStore, Stamp, Unwritable, open_store
from handouts.diagnostics import OutputError, UsageError
from tests.batch.sftp_server import PASSWORD, USER, Server, serving, trust


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("sftp")) as running:
        yield running


def test_a_server_is_trusted_by_its_key_alone(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = tmp_path / "known_hosts"
    key = (server.keys / "stranger.pub").read_text()
    strange.write_text(f"[127.0.0.1]:{server.port} {key}")
    trust(server, monkeypatch, known_hosts=str(strange))
    with pytest.raises(Unwritable, match="Host key is not trusted"):
        BucketStore(f"{server.address}/out")


def test_a_server_that_nobody_vouches_for_is_not_trusted(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a word in fsspec's configuration, those are trusted that ssh knows."""
    home = tmp_path / ".ssh"
    home.mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    trust(server, monkeypatch, known_hosts=None)
    with pytest.raises(Unwritable, match="Host key is not trusted"):
        BucketStore(f"{server.address}/out")
    (home / "known_hosts").write_bytes((server.keys / "known_hosts").read_bytes())
    BucketStore(f"{server.address}/out").prepare()


def test_a_password_comes_from_the_configuration(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(server, monkeypatch, password=PASSWORD, client_keys=[])
    store = BucketStore(f"{server.address}/by-password")
    store.prepare()
    store.write("a.pdf", (b"x",))
    assert (server.root / "by-password/a.pdf").read_bytes() == b"x"
    assert PASSWORD not in store.shown


def test_a_password_is_shown_to_nobody(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    trust(server, monkeypatch, client_keys=[], username=None)
    place = f"127.0.0.1:{server.port}/out"
    with pytest.raises(Unwritable) as caught:
        BucketStore(f"ssh://{USER}:wr0ng@{place}")
    assert "wr0ng" not in str(caught.value)
    assert str(caught.value).startswith(
        f"ssh://{USER}@{place}: error: the place cannot be used: Perm"
    )
    store = BucketStore(f"ssh://{USER}:{PASSWORD}@{place}")
    assert store.shown == f"ssh://{USER}@{place}"
    with pytest.raises(OutputError) as caught:
        store.read("none")
    assert str(caught.value) == f"ssh://{USER}@{place}/none: error: there is no such file"


@pytest.mark.parametrize(
    "address",
    [
        "nix://ana:hush@server/out",
        "nix://ana:hu@sh@server/out",
        "nix://:hush@server/out",
        "s3://key:hush@bucket/out",
        "simplecache::nix://ana:hush@server/out",
    ],
)
def test_no_message_about_an_address_tells_its_password(address: str) -> None:
    with pytest.raises((UsageError, OutputError)) as caught:
        open_store(address)
    assert "hu" not in str(caught.value).replace("such", "")
    assert "sh@" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("nowhere://out", "Protocol not known: nowhere"),
        ("s3://bucket/out", "Install s3fs to access S3"),
        ("gs://bucket/out", "Please install gcsfs to access Google Storage"),
    ],
)
def test_what_cannot_be_written_to_with_what_is_installed_is_told_of(
    address: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for package in ("s3fs", "gcsfs"):
        monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(UsageError) as caught:
        open_store(address)
    assert str(caught.value) == (
        f'error: nothing can write to "{address}": {reason}\n'
        "  hint: install the package that it names, or name a folder"
    )


def test_nobody_listens_there() -> None:
    with pytest.raises(Unwritable, match=r"ssh://127\.0\.0\.1:1/out: error: the place cannot"):
        BucketStore("ssh://127.0.0.1:1/out")


def test_a_path_is_a_folder_and_an_address_is_what_it_says(tmp_path: Path) -> None:
    store = open_store(str(tmp_path))
    assert (type(store), store.folder) == (FolderStore, tmp_path)
    bucket = open_store("memory://out")
    assert (type(bucket), bucket.folder, bucket.shown) == (BucketStore, None, "memory://out")
    assert bucket.stamp("nothing") is None
    assert Stamp(1, "") != Stamp(1, "2")
