"""A small network of clinics to make batches for, and a run in this process.

Asthma is there in English and Spanish, sore throat in English alone. Riverside and Hillside have
one emergency number and one paper, Lakeside others, and words of its own about interpreters. Every
sheet is one page, so that a run of all of them takes a moment.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from handouts.batch.crews import Crew
from handouts.batch.jobs import _desk
from handouts.batch.reporting import Summary
from handouts.batch.running import Order, run
from handouts.batch.tallying import Tally
from handouts.plan import BatchPlan
from handouts.reading.library import Library
from handouts.reading.plans import read_plan
from handouts.translating.confirming import confirm
from tests.commands import Answer, command

ASTHMA_FACTS = "handouts/asthma/handout.yaml"
ASTHMA = "handouts/asthma/en.yaml"
ASTHMA_IN_SPANISH = "handouts/asthma/es.yaml"
SORE_THROAT = "handouts/sore-throat/en.yaml"
RIVERSIDE = "clinics/riverside/clinic.yaml"
HILLSIDE = "clinics/hillside/clinic.yaml"
LAKESIDE = "clinics/lakeside/clinic.yaml"
LOGO = "clinics/riverside/logo.svg"
PLAN = "batches/all.yaml"

_FACTS = """\
source_language: en
audience: adults
author: Handouts Project
sections: [{section}]
review: {{version: "1.0", updated: 2026-05-25, reviewer: "Ann Lee, MD", reviewed: 2026-06}}
"""
_ASTHMA = """\
title: Asthma
short_title: Asthma
at_a_glance:
  summary: Asthma makes airways narrow.
  do: [Carry your inhaler.]
  call: [You wake up at night.]
  emergency: ["You cannot speak. Call {emergency_number}."]
sections:
  treatment: |
    Use your inhaler.
"""
_ASTHMA_IN_SPANISH = """\
title: El asma
short_title: Asma
at_a_glance:
  summary: El asma estrecha las vías respiratorias.
  do: [Lleve su inhalador.]
  call: ["Se despierta de noche."]
  emergency: ["No puede hablar. Llame al {emergency_number}."]
sections:
  treatment: |
    Use su inhalador.
translation:
  method: human
  translator: Ana Ruiz
  checked_by: Luz Vega
"""
_SORE_THROAT = """\
title: Sore Throat
short_title: Sore Throat
at_a_glance:
  summary: Most sore throats get well without medicine.
  do: [Drink often.]
  call: [You cannot swallow.]
  emergency: ["You cannot breathe. Call {emergency_number}."]
sections:
  home-care: |
    Gargle with salt water.
"""
_RIVERSIDE = """\
name: Riverside Family Clinic
country: US
language: en
paper: letter
emergency_number: "911"
phones:
  - {number: "212-555-0142"}
logo: {file: logo.svg}
"""
_HILLSIDE = """\
name: Hillside Clinic
country: US
language: en
paper: letter
emergency_number: "911"
phones:
  - {number: "212-555-0188"}
"""
_LAKESIDE = """\
name: Lakeside Health Centre
country: NZ
language: en
paper: a4
emergency_number: "111"
phones:
  - {number: "09 555 0163"}
interpreter:
  es: "Intérprete gratis: llame al 09 555 0163"
"""
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90pt" height="40pt" viewBox="0 0 90 40">'
    '<rect width="90" height="40" fill="#336699"/></svg>\n'
)

FILES = {
    ASTHMA_FACTS: _FACTS.format(section="treatment"),
    ASTHMA: _ASTHMA,
    ASTHMA_IN_SPANISH: _ASTHMA_IN_SPANISH,
    "handouts/sore-throat/handout.yaml": _FACTS.format(section="home-care"),
    SORE_THROAT: _SORE_THROAT,
    RIVERSIDE: _RIVERSIDE,
    LOGO: _SVG,
    HILLSIDE: _HILLSIDE,
    LAKESIDE: _LAKESIDE,
}
# What the plan that says nothing makes of it.
OTHER_NAMES = 'file_name: "{clinic}/{handout}-{language}.pdf"\n'  # in place of the usual ones
NAMES = frozenset(
    f"{clinic}/{sheet}.pdf"
    for clinic in ("hillside", "lakeside", "riverside")
    for sheet in ("en/asthma", "en/sore-throat", "es/asthma")
)
MASTERS = 6  # three sheets, each on two papers with two emergency numbers

Content = str | bytes | None


@dataclass(frozen=True, slots=True)
class Network:
    """A library and an output below one folder."""

    folder: Path

    @property
    def library(self) -> Library:
        return Library(self.folder / "library")

    @property
    def output(self) -> Path:
        return self.folder / "out"

    def write(self, changes: dict[str, Content]) -> None:
        """Write files of the library, or (None) delete them."""
        for name, content in changes.items():
            path = self.library.root / name
            if content is None:
                path.unlink()
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a piece of text that stands once in a file of the library."""
        path = self.library.root / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, (old, text)
        path.write_text(text.replace(old, new), "utf-8")

    def plan(self, text: str = "limit: 1000\n", name: str = "all") -> BatchPlan:
        """A plan of this text, written to the library and read from there."""
        self.write({f"batches/{name}.yaml": text})
        return read_plan(self.library.root / f"batches/{name}.yaml").value

    def order(self, plan: BatchPlan | str = "limit: 1000\n", **options: Any) -> Order:
        """An order of a plan, or of one with this text; the place is the folder ``out``."""
        read = self.plan(plan) if isinstance(plan, str) else plan
        return Order(self.library, read, **{"place": str(self.output), **options})

    def run(
        self,
        plan: BatchPlan | str = "limit: 1000\n",
        said: list[str] | None = None,
        crew: Crew | None = None,
        **options: Any,
    ) -> Summary:
        """Run a plan in this process; ``said`` gets what is said meanwhile."""
        return run_order(self.order(plan, **options), said, crew)

    def files(self) -> dict[str, bytes]:
        """All files of the output by their names, but for what a run keeps for itself."""
        return {
            name: path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file() and not (name := _below(path, self.output)).startswith(".handouts/")
        }

    def pdfs(self) -> dict[str, bytes]:
        """The sheets of the output."""
        return {
            name: content
            for name, content in self.files().items()
            if name.endswith(".pdf") and not name.endswith("index.pdf")
        }


def _below(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def run_order(order: Order, said: list[str] | None = None, crew: Crew | None = None) -> Summary:
    """Carry an order out in this process, in which nothing is at hand from runs before."""
    _desk.cache_clear()
    try:
        return run(order, Tally(), (said if said is not None else []).append, crew)
    finally:
        gc.enable()


def made_network(folder: Path, changes: dict[str, Content] | None = None) -> Network:
    """The network, written below a folder, with the translation in step; then the changes."""
    network = Network(folder)
    network.write(dict(FILES))
    confirm(network.library, "asthma", "es")
    network.write(changes or {})
    return network


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    """The names of files that came, went or have other bytes."""
    names = before.keys() | after.keys()
    return {name for name in names if before.get(name) != after.get(name)}


def figures(summary: Summary) -> tuple[int, int, int]:
    """How many files were made, stayed and failed."""
    return summary.tally.made, summary.tally.unchanged, summary.tally.failed


def pieces(summary: Summary) -> tuple[int, int]:
    """How many masters were laid out, and how many imprints painted."""
    return summary.tally.masters, summary.tally.imprints


def reasons(summary: Summary) -> dict[str, list[str]]:
    """The files that were not made, by the first line of the reason."""
    return {
        failure.problems[0].message: sorted(names)
        for failure, names in summary.tally.troubles.items()
    }


def not_made(summary: Summary) -> list[str]:
    """The files that were not made, for whatever reason."""
    return [name for names in summary.tally.troubles.values() for name in names]


def reported(network: Network) -> dict[str, str]:
    """What the last run made, and why, by its report."""
    report = json.loads((network.output / "report.json").read_bytes())
    return {file["name"]: file["why"] for file in report["files"]}


def text_of(network: Network, name: str) -> str:
    """The text of a sheet in one line."""
    pages = PdfReader(network.output / name).pages
    return " ".join(page.extract_text() for page in pages).replace("\n", " ")


def names_with(*parts: str) -> set[str]:
    """The names of sheets in which one of the parts stands."""
    return {name for name in NAMES if any(part in name for part in parts)}


def as_if_another(monkeypatch: pytest.MonkeyPatch, hashing: str) -> None:
    """Let ``program_hash`` or ``fonts_hash`` be as if the program or the fonts were others."""
    value = os.urandom(8).hex()
    for name, module in list(sys.modules.items()):
        if name.startswith("handouts.batch.") and hasattr(module, hashing):
            monkeypatch.setattr(module, hashing, lambda: value)


def batch(*options: str, plan: str = "all") -> Answer:
    """The command in this process, as if it were a new one, with one worker."""
    _desk.cache_clear()
    given = () if "--jobs" in options else ("--jobs", "1")
    return command("batch", plan, "--library", "library", "--output", "out", *given, *options)
