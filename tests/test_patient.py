"""A sheet for one patient: what is printed, and that nothing of it is kept anywhere else."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from handouts.diagnostics import HandoutError, Severity
from handouts.edition import own_edition
from handouts.languages import language, language_tags
from handouts.layout.pages import Bar, PanelName
from handouts.layout.panels import lay_out_panels
from handouts.paper import LETTER, mm
from handouts.patient import Patient
from handouts.pipeline import Built, build, fonts, set_in_pdf
from handouts.preparing import prepare
from handouts.reading.patients import read_patient
from handouts.request import Request, Said
from handouts.verapdf import validate
from tests.commands import CHECKOUT, Answer, command, process
from tests.reading_back import structure_problems
from tests.reading_back.spoken import blocks
from tests.sheets import LIBRARY, PAPER_NAMES, PML

NAME, CLINICIAN, NOTE = "Zoltan Quetzalwing", "Dr. Ottoline Vex", "Feed the axolotl at dawn."
SECRETS = (NAME, "Quetzalwing", "Ottoline", "axolotl")
NOW = datetime(2026, 11, 27, 9, 0)


def for_patient(
    patient: Patient, tag: str = "en", edition: str = "", paper: str = "letter"
) -> Built:
    return set_in_pdf(prepare(LIBRARY, Request(PML, tag, "riverside", paper, edition)), patient)


def said_in_box(pdf: bytes, tag: str = "en") -> dict[str, str]:
    """The values in the box by their labels, as a screen reader is told."""
    found = blocks(pdf)
    start = next(n for n, block in enumerate(found) if block.text == language(tag).words["for_you"])
    said: dict[str, str] = {}
    for block in found[start + 1 :]:
        if block.tag not in ("Lbl", "LBody"):
            break
        if block.tag == "Lbl":
            label = block.text
            said[label] = ""
        else:
            said[label] = block.text
    return said


# --- what is printed -------------------------------------------------------------------------


def test_the_box_says_who_when_with_whom_and_what() -> None:
    patient = Patient(NAME, datetime(2026, 12, 3, 10, 30), CLINICIAN, (NOTE,))

    assert said_in_box(for_patient(patient).pdf) == {
        "Name": NAME,
        "With": CLINICIAN,
        "Next visit": "Thursday, December 3, 2026 at 10:30\u202fAM",
        "Notes": NOTE,
    }


def test_without_a_patient_the_box_has_lines_to_write_on() -> None:
    assert set(said_in_box(build(LIBRARY, Request(PML, "en")).pdf).values()) == {""}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar", "الخميس، 3 ديسمبر 2026"),
        ("de", "Donnerstag, 3. Dezember 2026"),
        ("es", "jueves, 3 de diciembre de 2026"),
        ("fa", "پنجشنبه ۳ دسامبر ۲۰۲۶"),
        ("th", "วันพฤหัสบดีที่ 3 ธันวาคม 2569"),
        ("zh-Hans", "2026年12月3日星期四"),
    ],
)
def test_a_day_is_written_with_its_weekday_as_the_language_does(tag: str, expected: str) -> None:
    assert language(tag).appointment(date(2026, 12, 3)) == expected
    assert language(tag).appointment(datetime(2026, 12, 3, 10, 30)).startswith(expected)


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_no_time_is_moved_by_the_zone_of_the_computer(zone: str) -> None:
    """In New York the clock goes from two to three on that night."""
    code = (
        "from datetime import datetime; from handouts.languages import language; "
        "print(*(language('de').appointment(datetime(*when)) "
        "for when in ((2026, 3, 8, 2, 30), (9999, 12, 31, 23, 59))), sep='|')"
    )
    environment = os.environ | {"TZ": zone, "PYTHONUTF8": "1"}
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    ).stdout

    assert said == "Sonntag, 8. März 2026 um 02:30|Freitag, 31. Dezember 9999 um 23:59\n"


@pytest.mark.parametrize("edition", ["standard", "clear-print", "large-print", "booklet"])
@pytest.mark.parametrize("tag", language_tags())
def test_there_is_room_to_write_in_every_language(tag: str, edition: str) -> None:
    own = own_edition(edition)
    panel = lay_out_panels(None, language(tag), fonts(), LETTER, own).panels[PanelName.PATIENT]
    lines = sorted(
        {item.y for item in panel.items if isinstance(item, Bar) and item.height == 0.75},
        reverse=True,
    )
    gaps = [upper - lower for upper, lower in pairwise(lines)]

    assert len(lines) == (6 if own.columns == 1 else 4)
    assert min(gaps) >= mm(8) - 0.01


@pytest.mark.parametrize("tag", language_tags())
def test_the_longest_date_fits_its_line(tag: str) -> None:
    patient = Patient("Maria", datetime(2027, 9, 22, 22, 45), "Dr. Anastasopoulou")
    for edition in ("standard", "large-print"):
        lay_out_panels(None, language(tag), fonts(), LETTER, own_edition(edition), patient)


# --- notes -----------------------------------------------------------------------------------


def lines_of_notes(count: int) -> tuple[str, ...]:
    return tuple(f"Note {number} has words that nobody else has." for number in range(count))


@pytest.mark.parametrize(("count", "more"), [(4, 1), (60, 3)])
def test_notes_too_long_for_the_box_move_whole_to_pages_of_their_own(count: int, more: int) -> None:
    short = for_patient(Patient(NAME, notes=(NOTE,)))
    long = for_patient(Patient(NAME, notes=lines_of_notes(count)))
    found = blocks(long.pdf)
    start = next(n for n, block in enumerate(found) if block.text == "Notes for you")

    assert long.page_count == short.page_count + more
    assert tuple(block.text for block in found[start + 1 :]) == lines_of_notes(count)
    assert said_in_box(long.pdf)["Notes"] == f"Your notes are on page {short.page_count + 1}."


def test_a_page_of_notes_is_on_top_of_a_budget() -> None:
    built = for_patient(Patient(notes=lines_of_notes(6)), edition="summary")

    assert built.page_count == 3
    assert not built.warnings


# --- privacy ---------------------------------------------------------------------------------


def inflated(data: bytes) -> Iterator[bytes]:
    """The bytes, and whatever in them can be decompressed."""
    yield data
    for found in re.finditer(rb"x[\x01\x5e\x9c\xda]", data):
        try:
            yield zlib.decompressobj().decompress(data[found.start() :])
        except zlib.error:
            continue


def betrays(data: bytes) -> bool:
    """Whether bytes hold something of the patient, in any of the ways that files write text."""
    for piece in inflated(data):
        for secret in SECRETS:
            utf16 = secret.encode("utf-16-be")
            ways = [secret.encode(), utf16, secret.encode("utf-16-le"), utf16.hex().encode()]
            if any(way in piece or way.upper() in piece for way in ways):
                return True
    return False


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everywhere that a program may leave something, in one folder."""
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    shutil.copytree(CHECKOUT / "content", tmp_path / "library")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


def asked(*more: str, program: str = "build", run: Callable[..., Answer] = command) -> Answer:
    Path("notes.txt").write_text(f"phrase: bring-medicines\n{NOTE}\n", "utf-8")
    options = ("--clinic", "riverside", "--language", "en", "--library", "../library")
    patient = ("--patient-name", NAME, "--clinician", CLINICIAN, "--note", "notes.txt")
    answer = run(program, PML, *options, *patient, *more)
    Path("notes.txt").unlink()
    return answer


def test_the_patient_is_nowhere_but_in_the_pdf_that_was_asked_for(home: Path) -> None:
    answer = asked("--appointment", "2031-12-03 10:30")
    plan = home / "library/batches/every-clinic.yaml"
    plan.write_text("clinics: [riverside]\nlanguages: [en]\n", "utf-8")
    batch = command(
        "batch", "every-clinic", "--library", "../library", "--output", "sheets", "--jobs", "1"
    )
    files = [path for path in home.rglob("*") if path.is_file()]
    holders = [path for path in files if betrays(path.read_bytes())]

    assert (answer.exit_code, batch.exit_code) == (0, 0), answer.stderr + batch.stderr
    assert len(files) > 60
    # In the PDF letters are glyphs: it is read as a patient reads it.
    assert not holders
    (pdf,) = Path().glob("*.pdf")
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert NAME in text
    assert "axolotl" in text
    assert not any(secret in str(path) for path in files for secret in SECRETS)
    assert not betrays((answer.stdout + answer.stderr + batch.stdout + batch.stderr).encode())


@pytest.mark.slow
def test_a_batch_makes_the_same_bytes_after_a_sheet_for_a_patient(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the same process and over the same caches; the other one has neither."""
    (home / "library/batches/every-clinic.yaml").write_text(
        "clinics: [riverside]\nlanguages: [en, ar]\n", "utf-8"
    )
    batch = ("batch", "every-clinic", "--library", "../library", "--jobs", "1", "--output")
    sheet = asked("--appointment", "2031-12-03 10:30")
    after = command(*batch, "after")
    for name in ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        folder = home / "fresh" / name.lower()
        folder.mkdir(parents=True)
        monkeypatch.setenv(name, str(folder))
    fresh = process(*batch, "fresh")
    made = sorted(Path("after").rglob("*.pdf"))

    assert (sheet.exit_code, after.exit_code, fresh.exit_code) == (0, 0, 0), fresh.stderr
    assert len(made) == 2
    for pdf in made:
        assert pdf.read_bytes() == Path("fresh", pdf.relative_to("after")).read_bytes()


def test_a_disk_that_is_full_leaves_nothing_of_the_patient(home: Path) -> None:
    full = partial(process, largest_file=20_000)
    answer = asked("--appointment", "2031-12-03 10:30", run=full)
    files = [path for path in home.rglob("*") if path.is_file()]

    assert answer.exit_code == 8
    assert not betrays((answer.stdout + answer.stderr).encode())
    assert not [path for path in files if betrays(path.read_bytes())]
    assert not list(Path().iterdir())


def test_a_printer_that_is_not_reached_leaves_nothing_of_the_patient(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")
    answer = asked("--appointment", "2031-12-03 10:30", program="print")
    files = [path for path in home.rglob("*") if path.is_file()]

    assert answer.exit_code == 16
    assert not betrays((answer.stdout + answer.stderr).encode())
    assert not [path for path in files if betrays(path.read_bytes())]
    assert not list(home.rglob("*.pdf"))


def test_what_is_searched_for_would_be_found() -> None:
    assert betrays(b"..." + NAME.encode() + b"...")
    assert betrays(b"..." + zlib.compress(f"({NAME})".encode()))
    assert betrays("Quetzalwing".encode("utf-16-be"))
    assert not betrays(b"nothing of the kind" * 100)


def test_the_file_says_nothing_of_the_patient_about_itself() -> None:
    reader = PdfReader(io.BytesIO(for_patient(Patient(NAME, notes=lines_of_notes(9))).pdf))
    told = str(reader.metadata) + str(reader.outline)
    metadata = reader.root_object["/Metadata"].get_object().get_data().decode()

    assert not any(secret in told + metadata for secret in SECRETS)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--appointment", "2026-02-30"),
        ("--appointment", "tomorrow with the axolotl"),
        ("--clinician", "Ottoline " * 60),
        ("--clinician", "Ottoline\u202e"),
        ("--patient-name", "Zoltan Quetzalwing " * 30),
        ("--patient-name", "Quetzalwing" * 30),
        ("--patient-name", "Quetzalwing\ue000"),
    ],
)
def test_what_is_wrong_is_told_without_repeating_it(wrong: tuple[str, str], home: Path) -> None:
    answer = asked(*wrong)

    assert answer.exit_code in (3, 5, 6)
    assert not betrays((answer.stdout + answer.stderr).encode())
    assert "clinic.yaml" not in answer.stderr
    assert not list(Path().iterdir())


@pytest.mark.parametrize(
    ("note", "message"),
    [
        ("axolotl\ue000", "paragraph 2 of the notes has a letter or sign that no font has"),
        ("axolotl" * 60, "one of the notes has a word that is wider than its line"),
    ],
)
@pytest.mark.parametrize("twin", ["", "es"])
def test_notes_that_cannot_be_set_are_told_without_repeating_them(
    note: str, message: str, twin: str
) -> None:
    prepared = prepare(LIBRARY, Request(PML, "en", "riverside", twin=twin))
    with pytest.raises(HandoutError) as caught:
        set_in_pdf(prepared, Patient(notes=("Bring water.", note)))

    assert f"for this patient: error: {message}" in str(caught.value)
    assert "axolotl" not in str(caught.value)


def test_a_word_too_wide_for_the_box_moves_the_notes_to_their_page() -> None:
    word = "axolotl" * 13
    built = for_patient(Patient(notes=(word,)))

    assert said_in_box(built.pdf)["Notes"] == f"Your notes are on page {built.page_count}."
    assert blocks(built.pdf)[-1].text == word


@pytest.mark.parametrize("count", [1, 9])
def test_the_identifier_of_a_file_says_nothing_of_the_patient(count: int) -> None:
    """From one made of all that is in the file a name could be found by trying many."""

    def identifier(tag: str, name: str, note: str) -> object:
        pdf = for_patient(Patient(name, notes=(note,) * count), tag).pdf
        return PdfReader(io.BytesIO(pdf)).trailer["/ID"]

    assert identifier("en", NAME, NOTE) == identifier("en", "Ana Ruiz", "Bring water.")
    assert identifier("en", NAME, NOTE) != identifier("es", NAME, NOTE)


def test_the_name_can_be_typed_where_nobody_sees_it(home: Path) -> None:
    from click.testing import CliRunner

    from handouts.cli import main

    options = ["build", PML, "--language", "en", "--library", "../library", "--output", "x.pdf"]
    result = CliRunner().invoke(main, [*options, "--patient-name", "-"], input=f"{NAME}\n")

    assert result.exit_code == 0
    assert said_in_box(Path("x.pdf").read_bytes())["Name"] == NAME


# --- bad input -------------------------------------------------------------------------------


def problems(said: Said, clinic: str = "riverside", tag: str = "en") -> str:
    try:
        found = read_patient(LIBRARY, said, clinic, tag, NOW)
    except HandoutError as error:
        return str(error)
    return "\n".join(map(str, found.warnings))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-12-03 10:30", datetime(2026, 12, 3, 10, 30)),
        ("2026-12-03T10:30", datetime(2026, 12, 3, 10, 30)),
        (" 2026-12-03 ", date(2026, 12, 3)),
        ("2026-11-27 09:01", datetime(2026, 11, 27, 9, 1)),
        ("2026-11-27", date(2026, 11, 27)),
    ],
)
def test_an_appointment_is_read(written: str, expected: date) -> None:
    found = read_patient(LIBRARY, Said(appointment=written), "", "en", NOW)

    assert found.value.appointment == expected
    assert found.warnings == ()


@pytest.mark.parametrize("written", ["2026-11-27 08:59", "2026-11-26", "1926-12-03"])
def test_an_appointment_in_the_past_is_a_warning(written: str) -> None:
    (warning,) = read_patient(LIBRARY, Said(appointment=written), "", "en", NOW).warnings

    assert warning.message == "the appointment is in the past"
    assert warning.severity is Severity.WARNING


@pytest.mark.parametrize("written", ["2026-02-30", "2026-12-03 25:00", "2026-00-10", "0206-12-03"])
def test_a_day_that_there_is_not_is_an_error(written: str) -> None:
    said = problems(Said(appointment=written))

    assert "error: there is no such date or time" in said
    assert 'write it such as "2026-12-03 10:30"' in said


@pytest.mark.parametrize("written", ["03/12/2026", "2026-12-3", "next week", "٢٠٢٦-١٢-٠٣", "10:30"])
def test_what_is_no_date_is_an_error(written: str) -> None:
    assert "error: the appointment is not written as a date" in problems(Said(appointment=written))


def notes(folder: Path, content: bytes) -> Said:
    file = folder / "notes.txt"
    file.write_bytes(content)
    return Said(notes=file)


def test_phrases_come_in_the_language_of_the_sheet(tmp_path: Path) -> None:
    said = notes(tmp_path, b"\xef\xbb\xbfPhrase: bring-medicines\r\n\r\nAs it  stands.\r\n")
    spanish = read_patient(LIBRARY, said, "riverside", "es", NOW).value

    assert spanish.notes == (
        "Por favor, traiga todas sus medicinas a su próxima cita.",
        "As it stands.",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"phrase: bring-medicine\n", 'no such phrase\n  hint: did you mean "bring-medicines"?'),
        (b"phrase: bring-medicines please", 'no such phrase\n  hint: did you mean "bring-medi'),
        (b"phrase:\n", "no such phrase\n  hint: the known ones are: bring-medicines, "),
        (b"\xff\xfe\x00", "the file is not text in UTF-8"),
        (b"x" * 100_001, "the file is too large for notes to a patient"),
        ("a\u202eb".encode(), "the character U+202E (right-to-left override) cannot be printed"),
    ],
)
def test_notes_that_cannot_be_used_are_told(content: bytes, message: str, tmp_path: Path) -> None:
    assert message in problems(notes(tmp_path, content))


def test_a_phrase_that_lacks_the_language_is_never_printed_in_another(tmp_path: Path) -> None:
    said = problems(notes(tmp_path, b"phrase: bring-medicines"), tag="so")

    assert "error: the phrase is not translated into Somali (so)" in said
    assert "it is there in ar, en, es, vi, zh-Hans" in said


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    said = problems(Said("a\u202eb", "soon", "c\u2066d", tmp_path / "none.txt"))

    assert said.count("error:") == 4


def test_a_folder_is_no_file_of_notes(tmp_path: Path) -> None:
    assert "there is no file of notes that can be read" in problems(Said(notes=tmp_path))


def test_a_mistake_in_a_phrase_bank_is_told_with_its_place(home: Path) -> None:
    bank = home / "library/clinics/riverside/phrases.yaml"
    bank.write_text("bring-it: Bring it.\nother: {english: x}\nlast: {en: }\n")
    answer = command("check", "--library", "../library")

    assert answer.exit_code == 4
    for place in ("1:11", "2:9", "3:12"):
        assert f"../library/clinics/riverside/phrases.yaml:{place}: error:" in answer.stderr


# --- conformance -----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_verapdf_finds_nothing_in_a_filled_box(tag: str, paper: str, count: int) -> None:
    patient = Patient(NAME, datetime(2026, 12, 3, 10, 30), CLINICIAN, lines_of_notes(count))
    pdf = for_patient(patient, tag, paper=paper).pdf

    assert [str(failure) for failure in validate(pdf)] == []
    assert structure_problems(pdf) == []
