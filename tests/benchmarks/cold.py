"""The cold command: one PDF from a fresh process, interpreter start and imports included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from tests.benchmarks import engines
from tests.benchmarks.html_source import html_source
from tests.benchmarks.measuring import Contender, measure, run_command
from tests.benchmarks.report import MILLISECONDS, section, target, timing_table
from tests.benchmarks.sources import Job

OWN = "make-handout build"
WEASYPRINT = "weasyprint --pdf-variant pdf/ua-1"
BELOW_WEASYPRINT = 0.5


def cold(job: Job, folder: Path, rounds: int, missing: dict[str, str]) -> Iterator[str]:
    """The section of the report."""
    timings = measure(list(_commands(job, folder, missing)), rounds)
    yield from section(
        "Cold command",
        "A fresh process each time, files in the disk cache, modules compiled. Ours reads "
        "YAML, Markdown and the clinic's files; the others get their source ready made. Ours also "
        "waits until the disk has the file (fsync).",
    )
    yield from timing_table(timings, OWN, MILLISECONDS)
    by_name = {timing.name: timing for timing in timings}
    if WEASYPRINT in by_name:
        ratio = by_name[OWN].ratio_to(by_name[WEASYPRINT])
        yield target("cold command against WeasyPrint's", ratio, BELOW_WEASYPRINT)


def _commands(job: Job, folder: Path, missing: dict[str, str]) -> Iterator[Contender]:
    names = ("handout.typ", "handout.html", "handout.json")
    typst, html, story = (folder / name for name in names)
    typst.write_text(job.typst, "utf-8")
    html.write_text(html_source(job.sheet, job.css), "utf-8")
    engines.write_story(job.reportlab, story)
    output = folder / "cold.pdf"
    slug, tag = job.handout.slug, job.handout.language
    build = ("build", slug, "--language", tag, "--clinic", job.clinic.slug)
    library = ("--library", str(job.library.root), "--output", str(output))
    commands = {OWN: engines.own_command(*build, *library)}
    if "weasyprint" not in missing:
        commands[WEASYPRINT] = engines.weasyprint_command(html, output)
    if "typst" not in missing:
        commands["Typst (ua-1) through Python"] = engines.typst_command(typst, output)
    commands["plain ReportLab script, without picture"] = engines.reportlab_command(story, output)
    commands["make-handout --help"] = engines.own_command("--help")
    commands["Python alone"] = engines.empty_command()
    for name, command in commands.items():
        yield Contender(name, partial(_run, command))


def _run(command: Sequence[str], _: int) -> int:
    run_command(command)
    return 1
