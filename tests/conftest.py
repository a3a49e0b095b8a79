"""What all tests share: programs that pip cannot install, and stored cases that can be updated.

A test marked ``@pytest.mark.system("pdftotext")`` is skipped where the program is missing, and the
end of the run says loudly what was not run. With ``CI=true`` in the environment it fails instead.
"""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from typing import Any

import pytest

PACKAGES = {  # named as Debian names them
    "avahi-daemon": "avahi-daemon",
    "chromium": "chromium",
    "cupsd": "cups",
    "dbus-daemon": "dbus",
    "dbus-send": "dbus",
    "ippeveprinter": "cups-ipp-utils",
    "lp": "cups-client",
    "msgfmt": "gettext",
    "mutool": "mupdf-tools",
    "pdfinfo": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
}
_MISSING = "program that is not installed"
_DESELECTED = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="write the stored cases (goldens) anew instead of comparing with them",
    )


@pytest.fixture
def update_cases(request: pytest.FixtureRequest) -> bool:
    """Whether the run writes stored cases anew (``--update-cases``)."""
    return bool(request.config.getoption("--update-cases"))


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_DESELECTED] = []


def pytest_runtest_setup(item: pytest.Item) -> None:
    missing = [program for program in _programs(item) if shutil.which(program) is None]
    if not missing:
        return
    needs = f"needs {_listed(missing)}, not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(needs, pytrace=False)
    item.user_properties.extend((_MISSING, program) for program in missing)
    pytest.skip(needs)


def pytest_deselected(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("system"):
            item.config.stash[_DESELECTED].append(item.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):  # a worker of a parallel run
        session.config.workeroutput["deselected"] = session.config.stash[_DESELECTED]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    known = node.config.stash[_DESELECTED]
    deselected = getattr(node, "workeroutput", {}).get("deselected", [])
    known.extend(name for name in deselected if name not in known)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    lacking: dict[str, list[str]] = defaultdict(list)
    for report in terminalreporter.getreports("skipped"):
        for name, program in report.user_properties:
            if name == _MISSING:
                lacking[report.nodeid].append(program)
    if lacking:
        programs = sorted({program for missing in lacking.values() for program in missing})
        _say(
            terminalreporter,
            f"NOT RUN: {_tests(len(lacking))} programs that are not installed: {_listed(programs)}",
        )
    deselected = config.stash[_DESELECTED]
    if deselected:
        _say(terminalreporter, f"NOT RUN: {_tests(len(deselected))} programs and were deselected")


def _say(reporter: pytest.TerminalReporter, line: str) -> None:
    reporter.write_line(line, red=True, bold=True)


def _tests(count: int) -> str:
    return f"{count} tests need" if count > 1 else "1 test needs"


def _programs(item: pytest.Item) -> tuple[str, ...]:
    marker = item.get_closest_marker("system")
    if marker is None:
        return ()
    if not marker.args:
        pytest.fail('name the programs: @pytest.mark.system("pdftotext")', pytrace=False)
    return marker.args


def _listed(programs: list[str]) -> str:
    return ", ".join(f"{p} ({PACKAGES[p]})" if p in PACKAGES else p for p in programs)
