"""The report of a run: a summary in words, report.json, report.html and SHA256SUMS."""

from __future__ import annotations

import hashlib
import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from handouts.batch.ledger import Ledger
from handouts.batch.naming import REPORT_FILES
from handouts.batch.outcomes import Failure
from handouts.batch.stores import Store
from handouts.batch.tallying import Tally
from handouts.batch.verifying import Verified
from handouts.diagnostics import OutputError

MOST_LISTED = 1_000  # in report.html; report.json has all


@dataclass(frozen=True, slots=True)
class Summary:
    """A run that has ended. ``orphans`` no longer belong to the plan, ``removed`` are gone.

    ``stopped`` is why it ended before everything was made.
    """

    plan: str
    place: str
    tally: Tally
    seconds: float
    orphans: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    stopped: Failure | None = None
    verified: Verified | None = None

    @property
    def exit_code(self) -> int:
        return self.stopped.exit_code if self.stopped else self.tally.exit_code

    @property
    def per_second(self) -> float:
        return self.tally.made / self.seconds if self.seconds else 0.0

    def figures(self) -> list[tuple[str, str]]:
        """What was done, as names and figures to be read."""
        tally = self.tally
        figures = [
            ("PDFs made", f"{tally.made:,}"),
            ("unchanged", f"{tally.unchanged:,}"),
            ("failed", f"{tally.failed:,}"),
            ("seconds", f"{self.seconds:.1f}"),
            ("PDFs per second", f"{self.per_second:,.0f}"),
            ("bytes", f"{tally.bytes:,}"),
            ("masters laid out", f"{tally.masters:,}"),
            ("imprints painted", f"{tally.imprints:,}"),
            ("bundles put together", f"{tally.bundles:,}"),
        ]
        if self.verified:
            sampled, failed = self.verified.sampled, self.verified.failed
            figures.append(("through veraPDF", f"{sampled:,}, of which {failed:,} failed"))
        if self.removed:
            figures.append(("removed", f"{len(self.removed):,}"))
        if self.orphans:
            figures.append(("no longer in the plan", f"{len(self.orphans):,}"))
        if tally.peak:
            figures.append(("most memory of a worker", f"{tally.peak / 1e6:,.0f} MB"))
        return figures

    def lines(self) -> list[str]:
        """The same in a few lines for a terminal."""
        tally = self.tally
        lines = [
            f"{self.place}: {tally.made:,} made, {tally.unchanged:,} unchanged, "
            f"{tally.failed:,} failed, in {self.seconds:.1f} s"
        ]
        if tally.made:
            lines.append(
                f"  PDFs per second: {self.per_second:,.0f}; bytes: {tally.bytes:,}; "
                f"masters laid out: {tally.masters:,}; imprints painted: {tally.imprints:,}"
            )
        further = [
            ("bundles put together", tally.bundles),
            ("files removed", len(self.removed)),
            ("files no longer in the plan", len(self.orphans)),
            ("warnings (see the report)", len(tally.warnings)),
        ]
        if told := "; ".join(f"{what}: {count:,}" for what, count in further if count):
            lines.append(f"  {told}")
        if self.verified:
            sampled, failed = self.verified.sampled, self.verified.failed
            lines.append(f"  through veraPDF: {sampled:,}, of which {failed:,} failed")
        if self.stopped is None:
            lines.append(f"  report: {self.place}/{REPORT_FILES[1]}")
        return lines


def write_reports(summary: Summary, store: Store, ledger: Ledger) -> None:
    """Write the three files to the output. Raises OutputError."""
    as_json, as_html, sums = REPORT_FILES
    store.write_from(as_json, lambda file: _write_json(file, summary, ledger))
    store.write(as_html, (_page(summary, ledger).encode(),))
    store.write_from(sums, lambda file: _write_sums(file, store, ledger))


def _write_sums(file: BinaryIO, store: Store, ledger: Ledger) -> None:
    """For ``sha256sum --check``: every file that is there, of this plan and of others.

    What somebody removed or altered, and what could not be made again, is found in a folder only.
    A cluster that lost a worker may have made a file twice: it has another time and is the same.
    """
    for name, stamp, sha256 in ledger.digests_of_files():
        if store.folder is None or store.stamp(name) == stamp or _holds(store, name, sha256):
            file.write(f"{sha256.hex()}  {name}\n".encode())


def _holds(store: Store, name: str, sha256: bytes) -> bool:
    try:
        return hashlib.sha256(store.read(name)).digest() == sha256
    except OutputError:
        return False


def _write_json(file: BinaryIO, summary: Summary, ledger: Ledger) -> None:
    """Line by line: what was made may be more than fits into memory."""
    tally = summary.tally
    facts: dict[str, Any] = {
        "plan": summary.plan,
        "output": summary.place,
        "exit_code": summary.exit_code,
        "made": tally.made,
        "unchanged": tally.unchanged,
        "failed": tally.failed,
        "seconds": round(summary.seconds, 3),
        "per_second": round(summary.per_second, 1),
        "bytes": tally.bytes,
        "laid_out": tally.masters,
        "imprints_painted": tally.imprints,
        "bundles": tally.bundles,
        "peak_memory": tally.peak,
        "stopped": _told(summary.stopped, []) if summary.stopped else None,
        "failures": [_told(failure, names) for failure, names in tally.troubles.items()],
        "warnings": list(tally.warnings),
        "notes": list(tally.notes),
        "no_longer_in_the_plan": list(summary.orphans),
        "removed": list(summary.removed),
    }
    if summary.verified:
        facts["verapdf"] = {
            "sampled": summary.verified.sampled,
            "failed": summary.verified.failed,
        }
    head = json.dumps(facts, indent=1, ensure_ascii=False).removesuffix("\n}")
    file.write(f'{head},\n "files": ['.encode())
    separator = "\n  "
    for name, why, size in ledger.made():
        row = json.dumps({"name": name, "why": why, "bytes": size}, ensure_ascii=False)
        file.write(f"{separator}{row}".encode())
        separator = ",\n  "
    file.write(b"\n ]\n}\n")


def _told(failure: Failure, names: list[str]) -> dict[str, Any]:
    told = {
        "exit_code": failure.exit_code,
        "problems": [str(problem) for problem in failure.problems],
        "files": names,
    }
    return told | ({"trace": failure.trace} if failure.trace else {})


_STYLE = """\
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff }
h1, h2 { line-height: 1.2 }
dl { display: grid; grid-template-columns: max-content auto; gap: .2rem 1.5rem }
dd, td { margin: 0; font-variant-numeric: tabular-nums }
table { border-collapse: collapse }
th, td { padding: .2rem 1.5rem .2rem 0; text-align: start; border-block-end: 1px solid #999 }
.verdict { font-weight: bold; border-inline-start: .4rem solid #1d6b3a; padding-inline-start: 1rem }
.failed { border-color: #8C1C13 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border-inline-start: .25rem solid #8C1C13;
  padding-inline-start: 1rem; margin-inline: 0 }
li { overflow-wrap: anywhere }
"""


def _page(summary: Summary, ledger: Ledger) -> str:
    return "".join(_parts(summary, ledger))


def _parts(summary: Summary, ledger: Ledger) -> Iterator[str]:
    tally = summary.tally
    title = f"Batch {html.escape(summary.plan)}"
    yield (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_STYLE}</style>\n<main>\n<h1>{title}</h1>\n"
    )
    has_failed = " failed" if summary.exit_code else ""
    yield f'<p class="verdict{has_failed}">{_verdict(summary)}</p>\n<dl>\n'
    for name, figure in summary.figures():
        yield f"<dt>{name}</dt><dd>{figure}</dd>\n"
    yield "</dl>\n"
    if summary.stopped:
        yield "<h2>Why the run stopped</h2>\n"
        yield _problems(summary.stopped)
    if tally.troubles:
        yield "<h2>What could not be made, and why</h2>\n"
        for failure, names in tally.troubles.items():
            yield _problems(failure)
            yield from _list(names)
    yield from _clinics(summary.plan, ledger)
    sections = (
        ("Files that no longer belong to the plan", summary.orphans),
        ("Files that were removed", summary.removed),
        ("Notes", tuple(tally.notes)),
        ("Warnings", tuple(tally.warnings)),
    )
    for heading, items in sections:
        if items:
            yield f"<h2>{heading}</h2>\n"
            yield from _list(items)
    yield "</main>\n</html>\n"


def _problems(failure: Failure) -> str:
    problems = "\n".join(map(str, failure.problems))
    return f"<pre>{html.escape(problems)}</pre>\n"


def _verdict(summary: Summary) -> str:
    if not summary.exit_code:
        return "All files of the plan are there and up to date."
    if summary.stopped:
        return "The run stopped before everything was made. The same command goes on from there."
    if summary.tally.failed:
        return f"{summary.tally.failed:,} PDFs could not be made. What to do stands below."
    return "Something is wrong. What to do stands below."


def _clinics(plan: str, ledger: Ledger) -> Iterator[str]:
    """What each clinic has, with the way to its index."""
    rows = ledger.clinics(plan)
    if not rows:
        return
    yield "<h2>Clinics</h2>\n<table>\n<tr><th>clinic<th>PDFs<th>made now\n"
    for clinic, count, made, index in rows[:MOST_LISTED]:
        name = html.escape(clinic)
        if index:
            name = f'<a href="{html.escape(index)}">{name}</a>'
        yield f"<tr><td>{name}<td>{count:,}<td>{made:,}\n"
    yield "</table>\n"
    if len(rows) > MOST_LISTED:
        yield f"<p>and {len(rows) - MOST_LISTED:,} more</p>\n"


def _list(items: list[str] | tuple[str, ...]) -> Iterator[str]:
    if not items:
        return
    yield "<ul>\n"
    for item in items[:MOST_LISTED]:
        yield f"<li>{html.escape(item)}</li>\n"
    if len(items) > MOST_LISTED:
        yield f"<li>and {len(items) - MOST_LISTED:,} more, all in report.json</li>\n"
    yield "</ul>\n"
