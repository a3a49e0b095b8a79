"""A real SFTP server for tests, as a process of its own: ``python -m tests.batch.sftp_server``."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncssh
import fsspec

if TYPE_CHECKING:
    import pytest

USER = "ana"
PASSWORD = "s3cret@p:ss"  # it has signs that an address gives a meaning to
CHECKOUT = Path(__file__).parents[2]


class _Server(asyncssh.SSHServer):
    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return (username, password) == (USER, PASSWORD)


async def _serve(root: Path, keys: Path) -> None:
    listener = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_factory=_Server,
        server_host_keys=[str(keys / "host")],
        authorized_client_keys=str(keys / "client.pub"),
        sftp_factory=partial(asyncssh.SFTPServer, chroot=os.fsencode(root)),
    )
    sys.stdout.write(f"{listener.get_port()}\n")
    sys.stdout.flush()
    await listener.wait_closed()


@dataclass(frozen=True, slots=True)
class Server:
    """``root`` is the folder that it serves, ``keys`` the one with its and its client's keys."""

    root: Path
    keys: Path
    port: int
    process: subprocess.Popen[str]

    @property
    def address(self) -> str:
        """Where its folder is, without the name and key of a user."""
        return f"ssh://127.0.0.1:{self.port}"

    @property
    def options(self) -> dict[str, Any]:
        """What fsspec is told by its configuration: whom to trust, and who asks."""
        return {
            "known_hosts": str(self.keys / "known_hosts"),
            "username": USER,
            "client_keys": [str(self.keys / "client")],
        }

    def configure(self, folder: Path) -> dict[str, str]:
        """Write the configuration below a folder; gives the environment in which it counts."""
        folder.mkdir(exist_ok=True)
        (folder / "ssh.json").write_text(json.dumps({"ssh": self.options}))
        return {"FSSPEC_CONFIG_DIR": str(folder)}


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server on a free port that serves ``folder/root``."""
    root, keys = folder / "root", folder / "keys"
    root.mkdir(parents=True)
    keys.mkdir()
    for name in ("host", "client", "stranger"):
        key = asyncssh.generate_private_key("ssh-ed25519")
        key.write_private_key(str(keys / name))
        key.write_public_key(str(keys / f"{name}.pub"))
    with subprocess.Popen(
        [sys.executable, "-m", "tests.batch.sftp_server", root, keys],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=CHECKOUT,
    ) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            public = (keys / "host.pub").read_text()
            (keys / "known_hosts").write_text(f"[127.0.0.1]:{port} {public}")
            yield Server(root, keys, port, process)
        finally:
            process.kill()


def trust(server: Server, monkeypatch: pytest.MonkeyPatch, **options: Any) -> None:
    """What fsspec's configuration says of the server, some of it said otherwise."""
    told = {name: value for name, value in (server.options | options).items() if value is not None}
    monkeypatch.setitem(fsspec.config.conf, "ssh", told)


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), Path(sys.argv[2])))
