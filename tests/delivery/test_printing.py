"""Sheets that come out of a real IPP printer by way of a real CUPS server."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from handouts.delivery import printing
from handouts.delivery.printing import Job, check, find_printer, printers, send
from handouts.diagnostics import PrinterError
from handouts.paper import A4, A5, HALF_LETTER, LETTER, Paper
from tests.commands import Answer, command
from tests.delivery.print_shop import PROGRAMS, Shop, cups_server, print_shop, wait_until
from tests.sheets import PML, pdf_of

pytestmark = [pytest.mark.system(*PROGRAMS), pytest.mark.slow]


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """CUPS with two printers: Office prints on both sides, Plain on one."""
    with print_shop() as made, made.printer("Office", "-2"), made.printer("Plain"):
        yield made


@pytest.fixture(autouse=True)
def ask_our_server(shop: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CUPS_SERVER", shop.server)
    monkeypatch.chdir(tmp_path)


# The attributes of a printer of small sheets, as ippeveprinter reads them.
SMALL = """
ATTR mimeMediaType document-format-supported "application/pdf"
ATTR keyword media-supported "iso_a5_148x210mm","na_invoice_5.5x8.5in"
ATTR collection media-size-supported {
  MEMBER integer x-dimension 14800 MEMBER integer y-dimension 21000
},{
  MEMBER integer x-dimension 13970 MEMBER integer y-dimension 21590
}
"""


def printed(*options: str) -> Answer:
    return command("print", PML, "--language", "en", "--clinic", "riverside", *options)


def test_the_job_that_arrives_has_the_pages_the_paper_the_sides_and_the_copies(shop: Shop) -> None:
    before = len(shop.jobs())
    options = ("--printer", "Office", "--duplex", "--copies", "2", "--tray", "Manual")
    answer = printed(*options)

    assert answer.exit_code == 0, answer.stderr
    assert "4 pages, 2 times, on Office" in answer.stdout
    job = shop.next_job(before)
    assert job.asked["IPP_JOB_NAME"] == PML
    assert job.asked["IPP_COPIES"] == "2"
    assert job.asked["IPP_SIDES"] == "two-sided-long-edge"
    assert "x-dimension=21590 y-dimension=27940" in job.asked["IPP_MEDIA_COL"]
    assert "media-source=manual" in job.asked["IPP_MEDIA_COL"]
    collated = "separate-documents-collated-copies"
    assert job.asked["IPP_MULTIPLE_DOCUMENT_HANDLING"] == collated
    made, came = (PdfReader(io.BytesIO(pdf)) for pdf in (pdf_of(PML, "riverside"), job.pdf))
    texts = [[page.extract_text() for page in reader.pages] for reader in (made, came)]
    assert texts[1] == texts[0]
    assert [float(side) for side in came.pages[0].mediabox[2:]] == [612, 792]


def test_a4_on_one_side_is_what_it_was_asked_for(shop: Shop) -> None:
    before = len(shop.jobs())

    # A printer that prints on both sides unless told otherwise.
    shop.run("lpadmin", "-p", "Office", "-o", "Duplex=DuplexNoTumble")
    try:
        assert printed("--printer", "Office", "--paper", "a4").exit_code == 0
        job = shop.next_job(before)
    finally:
        shop.run("lpadmin", "-p", "Office", "-o", "Duplex=None")
    assert job.asked["IPP_SIDES"] == "one-sided"
    assert "x-dimension=21000 y-dimension=29700" in job.asked["IPP_MEDIA_COL"]


@pytest.mark.parametrize(
    ("paper", "came"),
    [
        (A5, "x-dimension=14800 y-dimension=21000"),
        (HALF_LETTER, "x-dimension=13970 y-dimension=21590"),
    ],
)
def test_small_paper_is_what_it_was_asked_for(paper: Paper, came: str, shop: Shop) -> None:
    before = len(shop.jobs())
    attributes = shop.folder / "small.conf"
    attributes.write_text(SMALL)
    with shop.printer(f"Small-{paper.name}", "-a", str(attributes)):
        small, job = find_printer(f"Small-{paper.name}"), Job(PML, paper)
        check(small, job)
        send(pdf_of(PML, "riverside"), small, job)

        assert came in shop.next_job(before).asked["IPP_MEDIA_COL"]
        with pytest.raises(PrinterError, match="has no paper Letter"):
            check(small, Job(PML, LETTER))


def test_nothing_of_a_patient_is_in_the_queue(shop: Shop) -> None:
    before = len(shop.jobs())
    answer = printed("--printer", "Office", "--patient-name", "Zoltan Quetzal")

    assert answer.exit_code == 0
    job = shop.next_job(before)
    assert "Zoltan" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(job.pdf)).pages)
    assert "Zoltan" not in str(job.asked) + answer.stdout + answer.stderr
    logs = [shop.folder / name for name in ("access_log", "error_log", "page_log")]
    assert not any("Zoltan" in log.read_text() for log in logs if log.exists())


def test_the_printers_are_listed_with_what_they_can_do(shop: Shop) -> None:
    shop.run("lpadmin", "-d", "Plain")
    answer = command("print", "--list-printers")
    office, plain = (line for line in answer.stdout.splitlines()[1:])

    assert answer.exit_code == 0
    assert office.split()[:3] == ["Office", "ready", "yes"]
    assert plain.split()[:4] == ["Plain", "(usual)", "ready", "no"]
    assert "A4" in office
    assert "Manual" in office
    assert find_printer("").name == "Plain"


@pytest.mark.parametrize(
    ("stop", "start", "said"),
    [
        ("cupsdisable", "cupsenable", 'the printer "Office" is stopped'),
        ("cupsreject", "cupsaccept", 'the printer "Office" refuses jobs'),
    ],
)
def test_a_printer_that_does_not_print_gets_no_job(
    stop: str, start: str, said: str, shop: Shop
) -> None:
    before = len(shop.jobs())
    shop.run(stop, "Office")
    try:
        answer = printed("--printer", "Office")
    finally:
        shop.run(start, "Office")

    assert answer.exit_code == 16
    assert said in answer.stderr
    assert len(shop.jobs()) == before
    assert not list(Path().iterdir())


def test_a_printer_that_is_off_gets_no_job(shop: Shop) -> None:
    with shop.printer("Away") as process:
        assert find_printer("Away").is_enabled
        process.terminate()
        process.wait()
        answer = printed("--printer", "Away")

    assert answer.exit_code == 16
    assert 'the printer "Away" does not answer' in answer.stderr


def test_a_printer_that_is_gone_is_not_known() -> None:
    answer = printed("--printer", "Gone")

    assert answer.exit_code == 16
    assert 'there is no printer "Gone"' in answer.stderr
    assert "there are: Office, Plain" in answer.stderr


def test_all_that_a_printer_cannot_do_is_said_at_once() -> None:
    with pytest.raises(PrinterError) as caught:
        check(find_printer("Plain"), Job(PML, HALF_LETTER, both_sides=True, tray="Cellar"))

    assert [problem.message for problem in caught.value.diagnostics] == [
        'the printer "Plain" has no paper Statement',
        'the printer "Plain" does not print on both sides',
        'the printer "Plain" has no tray "Cellar"',
    ]


def test_other_settings_of_a_stopped_printer_are_stopped_too(shop: Shop) -> None:
    """CUPS lets a person name a printer with settings of their own: Office/draft."""
    shop.run("lpoptions", "-p", "Office/draft", "-o", "sides=one-sided")
    shop.run("cupsdisable", "Office")
    try:
        answer = printed("--printer", "Office/draft")
    finally:
        shop.run("cupsenable", "Office")
        shop.run("lpoptions", "-x", "Office/draft")

    assert answer.exit_code == 16
    assert 'the printer "Office/draft" is stopped' in answer.stderr


def test_a_printer_without_paper_keeps_the_job_and_the_next_is_warned(shop: Shop) -> None:
    with shop.printer("Empty"):
        shop.take_out_the_paper("Empty")
        assert printed("--printer", "Empty").stderr.count("said last") == 0
        wait_until(lambda: "media-empty-warning" in find_printer("Empty").alerts)
        answer = printed("--printer", "Empty")
        listed = command("print", "--list-printers").stdout
        shop.run("cancel", "-a", "Empty")

    assert answer.exit_code == 0
    assert 'warning: the printer "Empty" said last: media-empty-warning' in answer.stderr
    assert "ready (media-empty-warning)" in listed
    assert "cups-" not in listed


@pytest.mark.parametrize("options", [("--printer", "Office"), (), ("--list-printers",)])
def test_a_server_that_is_not_there_is_said(
    options: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    answer = printed(*options)

    assert answer.exit_code == 16
    assert "error: CUPS is not running" in answer.stderr


def test_a_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "PATIENCE", 0.5)
    office = find_printer("Office")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(PrinterError, match=r"does not answer(?s:.*)before trying again"):
            send(pdf_of(PML, "riverside"), office, Job(PML, LETTER))


def test_a_server_without_a_printer_says_so() -> None:
    with pytest.MonkeyPatch.context() as patch, cups_server() as bare:
        patch.setenv("CUPS_SERVER", bare.server)
        for options in (("--printer", "Office"), ("--list-printers",)):
            answer = printed(*options)

            assert answer.exit_code == 16
            assert "error: CUPS has no printer" in answer.stderr


def test_every_paper_of_ours_has_its_name_in_cups() -> None:
    assert {paper.name for paper in (LETTER, A4, A5, HALF_LETTER)} == printing.MEDIA.keys()
    assert {printer.name for printer in printers()} == {"Office", "Plain"}


def test_what_is_no_whole_pdf_does_not_come_out_as_text(shop: Shop) -> None:
    """CUPS is told what it gets: left to guess, it prints as text what does not look like a PDF."""
    before = len(shop.jobs())
    send(b"no PDF", find_printer("Office"), Job("nothing", LETTER))
    send(pdf_of(PML, "riverside"), find_printer("Office"), Job("something", LETTER))
    wait_until(lambda: len(shop.jobs()) > before)
    shop.run("cancel", "-a", "Office")  # CUPS would try the first one again

    assert shop.jobs()[before].asked["IPP_JOB_NAME"] == "something"
