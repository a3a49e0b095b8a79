"""Printers, by way of CUPS' own programs: ``lpstat`` and ``lpoptions`` tell of them, ``lp`` prints.

The one module that starts other programs: they speak every version of CUPS and every printer's
protocol, know the site's settings, and are there wherever CUPS is. Each gets a list of arguments,
never a line for a shell. The PDF goes to ``lp`` through a pipe, so nothing of it lies on the disk
but in CUPS' own spool.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from dataclasses import dataclass
from urllib.parse import urlsplit

from handouts.diagnostics import Diagnostic, PrinterError, Severity
from handouts.paper import Paper

PATIENCE = 20  # seconds for an answer of CUPS
ANSWER = 3  # seconds for a printer to take a connection

# What CUPS calls the papers (Adobe PPD specification 4.3, appendix B).
MEDIA = {"letter": "Letter", "a4": "A4", "a5": "A5", "half-letter": "Statement"}

_NO_ALERTS = ("none", "paused", "cups-")  # all is well, told elsewhere, CUPS' own bookkeeping

_PORTS = {"ipp": 631, "ipps": 631, "http": 80, "https": 443, "socket": 9100, "lpd": 515}


@dataclass(frozen=True, slots=True)
class Printer:
    """``media`` and ``trays`` are empty where CUPS does not know them, ``duplex`` None.

    ``address`` is that of the device, empty where CUPS does not tell it. ``alerts`` are what the
    printer said when it last had a job, such as ``media-empty`` (RFC 8011, 5.4.12): CUPS does not
    ask it anew, so they may be over.
    """

    name: str
    is_default: bool
    is_enabled: bool
    takes_jobs: bool
    media: tuple[str, ...] = ()
    trays: tuple[str, ...] = ()
    duplex: bool | None = None
    address: str = ""
    alerts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """``title`` is what the queue shows: it names no patient. ``tray`` is empty for the usual."""

    title: str
    paper: Paper
    copies: int = 1
    both_sides: bool = False
    tray: str = ""


def has_cups() -> bool:
    return shutil.which("lp") is not None


def printers() -> tuple[Printer, ...]:
    """Every printer that CUPS knows. Raises PrinterError: CUPS does not answer."""
    return tuple(map(_printer, _names()))


def find_printer(name: str) -> Printer:
    """The printer of that name; the usual one for an empty name.

    Raises:
        PrinterError: there is no such printer, or CUPS does not answer.
    """
    known = _names()
    if not known:
        raise PrinterError(
            Diagnostic("CUPS has no printer", hint="add one to CUPS, or print the PDF otherwise")
        )
    listed = f"there are: {', '.join(known)}"
    if not name:
        name = _default()
        if not name:
            hint = f"name one with --printer; {listed}"
            raise PrinterError(Diagnostic("no printer is the usual one", hint=hint))
    if name not in known:
        raise PrinterError(Diagnostic(f'there is no printer "{name}"', hint=listed))
    return _printer(name)


def check(printer: Printer, job: Job) -> None:
    """Whether the printer will do the whole job, before anything is sent.

    Raises:
        PrinterError: everything that stands against it.
    """
    problems = [*_state_problems(printer), *_job_problems(printer, job)]
    if problems:
        raise PrinterError(problems)


def send(pdf: bytes, printer: Printer, job: Job) -> str:
    """Give the whole job to CUPS; what comes back is its name there.

    Raises:
        PrinterError: CUPS did not take it.
    """
    arguments = ["-d", printer.name, "-n", str(job.copies), "-t", job.title]
    for option in _options(job):
        arguments += ["-o", option]
    answer = _asked("lp", *arguments, "--", "-", given=pdf)
    found = re.search(r"request id is (\S+)", answer)
    return found[1] if found else printer.name


def _options(job: Job) -> list[str]:
    sides = "two-sided-long-edge" if job.both_sides else "one-sided"
    # Unless told what it gets, CUPS guesses; unless told to collate, a printer may stack page 1
    # of every copy first.
    options = ["document-format=application/pdf", f"media={MEDIA[job.paper.name]}"]
    options += [f"sides={sides}", "collate=true", "print-scaling=none"]
    return [*options, f"InputSlot={job.tray}"] if job.tray else options


def alerts(printer: Printer) -> list[Diagnostic]:
    """What the printer complained of last: warnings, for it may have been put right since."""
    if not printer.alerts:
        return []
    said = f'the printer "{printer.name}" said last: {", ".join(printer.alerts)}'
    return [Diagnostic(said, severity=Severity.WARNING, hint="have a look at it")]


def _state_problems(printer: Printer) -> list[Diagnostic]:
    name = printer.name
    if not printer.takes_jobs:
        hint = f"let it take jobs again with `cupsaccept {name}`, or name another printer"
        return [Diagnostic(f'the printer "{name}" refuses jobs', hint=hint)]
    if not printer.is_enabled:
        hint = f"start it again with `cupsenable {name}`, or name another printer"
        return [Diagnostic(f'the printer "{name}" is stopped', hint=hint)]
    if not _answers(printer.address):
        hint = "see whether it is on and its cable or network is, or name another printer"
        return [Diagnostic(f'the printer "{name}" does not answer', hint=hint)]
    return []


def _job_problems(printer: Printer, job: Job) -> list[Diagnostic]:
    name, wanted = printer.name, MEDIA[job.paper.name]
    problems = []
    if printer.media and wanted not in printer.media:
        hint = f"it has: {', '.join(printer.media)}; choose with --paper"
        problems.append(Diagnostic(f'the printer "{name}" has no paper {wanted}', hint=hint))
    if job.both_sides and printer.duplex is False:
        hint = "leave out --duplex"
        problems.append(Diagnostic(f'the printer "{name}" does not print on both sides', hint=hint))
    if job.tray and job.tray not in printer.trays:
        known = ", ".join(printer.trays) or "none that CUPS knows"
        hint = f"it has: {known}"
        problems.append(Diagnostic(f'the printer "{name}" has no tray "{job.tray}"', hint=hint))
    return problems


# --- what CUPS tells -------------------------------------------------------------------------


def _names() -> list[str]:
    # A server that is not there has no printers, says ``lpstat -e``, and that all is well.
    if "not running" in _asked("lpstat", "-r"):
        raise PrinterError(Diagnostic("CUPS is not running", hint="start it, or see CUPS_SERVER"))
    return _asked("lpstat", "-e").split()


def _printer(name: str) -> Printer:
    queue = name.partition("/")[0]  # "Office/draft" is Office with other settings
    state = _asked("lpstat", "-p", queue)
    accepting = _asked("lpstat", "-a", queue)
    choices = _choices(name)
    sides = choices.get("Duplex") or choices.get("sides") or ()
    address = re.search(r"^device for [^:]+: (.*)$", _asked("lpstat", "-v", queue), re.M)
    reasons = re.search(r"\bprinter-state-reasons=(\S+)", _asked("lpoptions", "-p", name))
    said = reasons[1].split(",") if reasons else []
    return Printer(
        name,
        is_default=_default() == name,
        is_enabled=" disabled since " not in state,
        takes_jobs=" not accepting requests " not in accepting,
        media=choices.get("PageSize") or choices.get("media") or (),
        trays=choices.get("InputSlot", ()),
        duplex=any(side not in ("None", "one-sided") for side in sides) if choices else None,
        address=address[1] if address else "",
        alerts=tuple(alert for alert in said if not alert.startswith(_NO_ALERTS)),
    )


def _default() -> str:
    found = re.search(r"^system default destination: (\S+)", _asked("lpstat", "-d"), re.M)
    return found[1] if found else ""


def _choices(name: str) -> dict[str, tuple[str, ...]]:
    """By its name, what each option of the printer may be; none for a raw queue."""
    try:
        answer = _asked("lpoptions", "-p", name, "-l")
    except PrinterError:
        return {}
    found = re.findall(r"^([^/\s:]+)(?:/[^:]*)?: (.*)$", answer, re.M)
    return {key: tuple(choice.lstrip("*") for choice in said.split()) for key, said in found}


def _answers(address: str) -> bool:
    """Whether a network printer takes a connection; others cannot be asked, and pass."""
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        return True
    try:
        port = parts.port or _PORTS[parts.scheme]
        with socket.create_connection((parts.hostname, port), timeout=ANSWER):
            return True
    except OSError:
        return False


def _asked(program: str, *arguments: str, given: bytes | None = None) -> str:
    """What a program of CUPS answers, in English. Raises PrinterError: it does not do it."""
    english = {**os.environ, "LC_ALL": "C", "LANG": "C", "LANGUAGE": "C"}
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, and no shell
            [program, *arguments],
            input=given if given is not None else b"",
            capture_output=True,
            timeout=PATIENCE,
            env=english,
            check=False,
        )
    except FileNotFoundError:
        raise PrinterError(f'CUPS\' program "{program}" is not installed') from None
    except subprocess.TimeoutExpired:
        hint = (
            "" if given is None else "the job may still come: see `lpstat -o` before trying again"
        )
        raise PrinterError(Diagnostic("CUPS does not answer", hint=hint)) from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().removeprefix(f"{program}: ")
        hint = "see whether CUPS is running" if "not running" in said else ""
        raise PrinterError(Diagnostic(f"CUPS says: {said or 'nothing'}", hint=hint))
    return done.stdout.decode(errors="replace")
