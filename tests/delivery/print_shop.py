"""A CUPS server and IPP printers of the tests' own, on this machine and nowhere else.

ippeveprinter announces its printers over DNS-SD and does not start without it, so an Avahi daemon
and a message bus of the tests' own come first. CUPS' filters run as another user: the folder must
be open to it.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

PROGRAMS = ("lp", "cupsd", "ippeveprinter", "avahi-daemon", "dbus-daemon", "dbus-send")
PATIENCE = 20.0
SYSTEM = "unix:path=/run/dbus/system_bus_socket"

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path={folder}/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow own="*"/>
<allow send_type="method_call"/><allow send_type="signal"/>
<allow send_requested_reply="true" send_type="method_return"/>
<allow send_requested_reply="true" send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="method_return"/>
<allow receive_type="error"/><allow receive_type="signal"/></policy></busconfig>
"""
_AVAHI = """[server]
use-ipv6=no
allow-interfaces=lo
[publish]
publish-workstation=no
[wide-area]
enable-wide-area=no
"""
_CUPS = """Listen 127.0.0.1:{port}
Browsing Off
DefaultAuthType None
WebInterface No
<Location />
Order allow,deny
Allow all
</Location>
<Location /admin>
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
_CUPS_FILES = """ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/run
ErrorLog {folder}/error_log
AccessLog {folder}/access_log
PageLog {folder}/page_log
SystemGroup root
Sandboxing Relaxed
"""
# What the printer does with a job: keep what it was asked for, and the document after it.
_KEEP = """#!/bin/sh
env | grep '^IPP_' > "$KEPT/$IPP_JOB_ID.part"
cp "$1" "$KEPT/$IPP_JOB_ID.pdf"
mv "$KEPT/$IPP_JOB_ID.part" "$KEPT/$IPP_JOB_ID.asked"
"""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A job as it came to the printer: what was asked for, and the document."""

    asked: dict[str, str]
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Shop:
    """``server`` is CUPS' address, ``folder`` holds all that it keeps."""

    server: str
    folder: Path

    def run(self, *arguments: str) -> None:
        self.answer(*arguments)

    def answer(self, *arguments: str) -> str:
        environment = {**os.environ, "CUPS_SERVER": self.server}
        done = subprocess.run(
            arguments, env=environment, check=True, capture_output=True, timeout=PATIENCE
        )
        return done.stdout.decode()

    def jobs(self) -> list[Arrived]:
        """The jobs that have come to the printers, in order."""
        files = sorted(self.folder.glob("kept-*/*.asked"), key=lambda path: path.stat().st_mtime_ns)
        return [
            Arrived(
                dict(line.partition("=")[::2] for line in file.read_text().splitlines()),
                file.with_suffix(".pdf").read_bytes(),
            )
            for file in files
        ]

    def next_job(self, before: int) -> Arrived:
        """The job that comes after so many."""
        wait_until(lambda: len(self.jobs()) > before)
        # A job that CUPS still holds would be sent again after a printer was stopped.
        wait_until(lambda: not self.answer("lpstat", "-o"))
        return self.jobs()[before]

    def take_out_the_paper(self, name: str) -> None:
        """The printer's own page has its trays."""
        device = self.answer("lpstat", "-v", name).strip()
        port = device.rpartition(":")[2].partition("/")[0]
        empty = f"http://localhost:{port}/media?size1=&type1=&level1=0&size3=&type3=&level3=0"
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        direct.open(empty, timeout=PATIENCE).close()

    @contextmanager
    def printer(self, name: str, *options: str) -> Iterator[subprocess.Popen[bytes]]:
        """A printer that CUPS knows by this name, until the block ends."""
        port = free_port()
        kept, spool = self.folder / f"kept-{name}", self.folder / f"printer-{name}"
        for folder in (kept, spool):
            folder.mkdir(exist_ok=True)
        command = ["ippeveprinter", *options, "-r", "off", "-p", str(port), "-n", "localhost"]
        # A printer whose attributes are in a file (-a) has its formats there.
        command += [] if "-a" in options else ["-f", "application/pdf"]
        command += ["-d", str(spool), "-k", "-c", str(self.folder / "keep")]
        environment = {**os.environ, "KEPT": str(kept), **bus_of(self.folder)}
        with running([*command, name], environment) as process:
            wait_until(lambda: answers(port))
            uri = f"ipp://localhost:{port}/ipp/print"
            self.run("lpadmin", "-p", name, "-E", "-v", uri, "-m", "everywhere")
            try:
                yield process
            finally:
                self.run("lpadmin", "-x", name)


@contextmanager
def cups_server() -> Iterator[Shop]:
    """CUPS without a printer."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="print-shop-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        port = free_port()
        for name in ("root/ppd", "root/ssl", "spool", "cache", "run"):
            (folder / name).mkdir(parents=True)
        texts = {"cupsd.conf": _CUPS, "cups-files.conf": _CUPS_FILES, "keep": _KEEP}
        for name, text in texts.items():
            filled = text.replace("{folder}", str(folder)).replace("{port}", str(port))
            (folder / name).write_text(filled)
        (folder / "keep").chmod(0o755)
        cups = ["cupsd", "-f", "-c", str(folder / "cupsd.conf")]
        cups += ["-s", str(folder / "cups-files.conf")]
        stack.enter_context(running(cups, dict(os.environ)))
        wait_until(lambda: answers(port))
        yield Shop(f"127.0.0.1:{port}", folder)


@contextmanager
def print_shop() -> Iterator[Shop]:
    """CUPS, and what printers need to start.

    A machine has room for one Avahi daemon: it is told nowhere where to keep its process number.
    The machine's own is taken if it runs. Of several workers one has the shop, and the others wait.
    """
    with ExitStack() as stack:
        stack.enter_context(FileLock(Path(tempfile.gettempdir(), "print-shop.lock"), timeout=300))
        shop = stack.enter_context(cups_server())
        folder = shop.folder
        if has_avahi(SYSTEM):
            yield shop
            return
        (folder / "bus.conf").write_text(_BUS.replace("{folder}", str(folder)))
        (folder / "avahi.conf").write_text(_AVAHI)
        bus = ["dbus-daemon", f"--config-file={folder}/bus.conf", "--nofork"]
        stack.enter_context(running(bus, dict(os.environ)))
        wait_until((folder / "bus").exists)
        Path("/run/avahi-daemon").mkdir(exist_ok=True)
        avahi = ["avahi-daemon", "--no-drop-root", "--no-chroot", "--no-rlimits"]
        stack.enter_context(
            running([*avahi, "-f", str(folder / "avahi.conf")], {**os.environ, **bus_of(folder)})
        )
        wait_until(lambda: has_avahi(bus_in(folder)))
        yield shop


def bus_in(folder: Path) -> str:
    return f"unix:path={folder}/bus"


def bus_of(folder: Path) -> dict[str, str]:
    """What tells a program of the shop's own bus; nothing where it has none."""
    own = (folder / "bus").exists()
    return {"DBUS_SYSTEM_BUS_ADDRESS": bus_in(folder)} if own else {}


def has_avahi(bus: str) -> bool:
    """Whether a daemon is on the bus."""
    ask = ["dbus-send", f"--bus={bus}", "--print-reply"]
    ask += ["--dest=org.freedesktop.Avahi", "/", "org.freedesktop.Avahi.Server.GetState"]
    return subprocess.run(ask, capture_output=True, check=False).returncode == 0


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with socket.create_connection(("localhost", port), timeout=1):
            return True
    except OSError:
        return False


def wait_until(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)
