"""That the engines make the same sheet: the words of each PDF, its tags, its size."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.pdf.press import press
from tests.benchmarks import engines
from tests.benchmarks.reading_words import Reading, read
from tests.benchmarks.report import section, table
from tests.benchmarks.sources import Job
from tests.benchmarks.warm import WarmEngines, compose_and_paint


def proof(job: Job, missing: dict[str, str]) -> Iterator[str]:
    """The section of the report.

    Raises:
        RuntimeError: a PDF lacks words of the sheet or has others, or one that is compared as
            tagged is not.
    """
    yield from section(
        "The same sheet",
        "Words as pypdf reads them back, but for what runs at the head and foot of each page: "
        "no PDF lacks one or has one more.",
    )
    rows = []
    for name, pdf, made_of in _pdfs(job, missing):
        reading = read(pdf, made_of.sheet)
        _check(name, reading)
        tags = f"{reading.elements} elements" if reading.is_tagged else "none"
        claims = ", ".join(reading.claims) or "nothing"
        size = f"{reading.size / 1000:.1f} KB"
        rows.append((name, size, str(reading.pages), str(reading.words), tags, claims))
    yield from table(("", "size", "pages", "words", "tags", "says it is"), rows)


def _pdfs(job: Job, missing: dict[str, str]) -> Iterator[tuple[str, bytes, Job]]:
    used = WarmEngines.started(job, missing)
    plain = job.without_pictures
    for each, suffix in ((job, ""), (plain, ", without picture")):
        yield f"ours{suffix}", press(compose_and_paint(each), used.imprint), each
        if used.typst is not None:
            yield f"Typst, ua-1{suffix}", used.typst.compile(each.typst), each
            both = used.typst.compile(each.typst, engines.UA_AND_A)
            yield f"Typst, ua-1 and a-2a{suffix}", both, each
        if used.weasyprint is not None:
            style = used.weasyprint.style(each.css)
            yield f"WeasyPrint{suffix}", used.weasyprint.write(each.html, style), each
    yield "plain ReportLab, without picture", used.reportlab.write(plain.reportlab), plain


def _check(name: str, reading: Reading) -> None:
    if reading.missing or reading.added:
        raise RuntimeError(f"{name}: lacks {reading.missing}, has {reading.added} too many")
    if not reading.is_tagged and "ReportLab" not in name:
        raise RuntimeError(f"{name} is not tagged")
