"""The rivals as a batch has them: each kept warm, alone or in a pool of processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from tests.benchmarks import engines

TYPST = "Typst, ua-1"
TYPST_BOTH = "Typst, ua-1 and a-2a"
WEASYPRINT = "WeasyPrint, pdf/ua-1"
REPORTLAB = "plain ReportLab, untagged, unshaped, without picture"
BARE = "bare files of the same sizes"

AT_A_TIME = 16
_LARGEST = 1_000_000


@cache
def _typst() -> engines.Typst:
    return engines.Typst()


@cache
def _weasyprint() -> engines.WeasyPrint:
    return engines.WeasyPrint()


@cache
def _style(css: str) -> Any:
    return _weasyprint().style(css)


@cache
def _reportlab() -> engines.ReportLab:
    return engines.ReportLab()


@cache
def _bytes() -> bytes:
    return bytes(range(256)) * (_LARGEST // 256)


def made(name: str, source: Any) -> bytes:
    """A PDF of a source; of a number, as many bytes."""
    if name == TYPST:
        return _typst().compile(source)
    if name == TYPST_BOTH:
        return _typst().compile(source, engines.UA_AND_A)
    if name == WEASYPRINT:
        html, css = source
        return _weasyprint().write(html, _style(css))
    if name == REPORTLAB:
        return _reportlab().write(source)
    assert name == BARE
    return _bytes()[:source]


def make_files(name: str, sources: Sequence[Any], paths: Sequence[str]) -> int:
    """Make a PDF of each source and write it to a new file."""
    for source, path in zip(sources, paths, strict=True):
        Path(path).write_bytes(made(name, source))
    return len(sources)


class Workers:
    """This process, or a pool of processes that are there already."""

    def __init__(self, count: int) -> None:
        self._pool: ProcessPoolExecutor | None = None
        if count > 1:
            context = multiprocessing.get_context("forkserver")
            self._pool = ProcessPoolExecutor(count, context)

    def make(self, name: str, sources: Sequence[Any], paths: Sequence[str]) -> int:
        if self._pool is None:
            return make_files(name, sources, paths)
        count = getattr(self._pool, "_max_workers", 2)
        size = max(1, min(AT_A_TIME, len(sources) // count))
        parts = [slice(start, start + size) for start in range(0, len(sources), size)]
        futures = [
            self._pool.submit(make_files, name, sources[part], paths[part]) for part in parts
        ]
        return sum(future.result() for future in futures)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()
