"""What the figures were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("reportlab", "uharfbuzz", "icu4py", "deflate", "typst", "weasyprint", "pydyf", "pypdf")


def description(missing: dict[str, str]) -> Iterator[str]:
    yield f"- Date: {datetime.now(UTC):%Y-%m-%d}"
    yield f"- Machine: {_processor()}, {os.cpu_count()} cores; load at the start {load()}"
    yield f"- Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield f"- Libraries: {', '.join(_versions())}"
    for name, reason in missing.items():
        yield f"- NOT MEASURED: {name} ({reason})"


def load() -> str:
    """How many processes wanted to run in the last 1, 5 and 15 minutes."""
    return ", ".join(f"{value:.1f}" for value in os.getloadavg())


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _versions() -> Iterator[str]:
    for package in PACKAGES:
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            continue
