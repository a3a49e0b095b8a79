"""The command for packets: what it makes, what it is called, and what it refuses as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.commands import FACTS_FILE, FILES, WORDS_FILE, Answer, command, in_clinic, make_library
from tests.reading_back import blocks

SECOND = "handouts/flu"
SECOND_FACTS = f"{SECOND}/handout.yaml"
SECOND_WORDS = f"{SECOND}/en.yaml"
PICTURE = f"{SECOND}/pictures/inhaler.svg"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def make_two(changes: dict[str, str | bytes | None] | None = None) -> None:
    """The example library with a second handout, that has another title."""
    second: dict[str, str | bytes | None] = {
        SECOND_FACTS: FILES[FACTS_FILE],
        SECOND_WORDS: FILES[WORDS_FILE].replace("Asthma", "Flu"),
    }
    make_library(second | (changes or {}))
    source = Path("library/handouts/asthma/pictures")
    target = Path("library", SECOND, "pictures")
    target.mkdir()
    for picture in source.iterdir():
        (target / picture.name).write_bytes(picture.read_bytes())


def pack(*arguments: str) -> Answer:
    return command("packet", *arguments, "--library", "library")


def assert_refused(answer: Answer, exit_code: int, *says: str) -> None:
    assert answer.exit_code == exit_code, answer
    for words in says:
        assert words in answer.stderr
    assert "Traceback" not in answer.stderr
    assert [path.name for path in Path.cwd().iterdir()] == ["library"]


def titles(file: str) -> list[str]:
    return [block.text for block in blocks(Path(file).read_bytes()) if block.tag == "H1"]


def test_a_packet_holds_the_handouts_in_the_order_given() -> None:
    make_two()
    answer = pack("flu", "asthma", "--clinic", "riverside", "--cover", "--output", "both.pdf")

    assert answer.exit_code == 0, answer
    assert answer.stdout.startswith("both.pdf: 2 handouts, 5 pages, ")
    assert titles("both.pdf") == ["Your handouts", "Flu", "Asthma"]


def test_a_packet_without_a_name_is_called_after_language_edition_and_clinic() -> None:
    make_two()
    pack("asthma", "flu")
    pack("asthma", "flu", "--clinic", "riverside", "--edition", "large-print")

    assert Path("packet-en.pdf").is_file()
    assert Path("packet-en-large-print-riverside.pdf").is_file()


def test_one_handout_may_be_a_packet() -> None:
    make_two()

    assert pack("asthma", "--output", "one.pdf").exit_code == 0
    assert titles("one.pdf") == ["Asthma"]


def test_paper_copies_and_both_sides_reach_the_file() -> None:
    make_two()
    pack("asthma", "flu", "--paper", "a4", "--duplex", "--copies", "4", "--output", "print.pdf")
    reader = PdfReader("print.pdf")
    preferences = reader.trailer["/Root"]["/ViewerPreferences"]

    assert len(reader.pages) == 4
    assert [round(float(edge)) for edge in reader.pages[0].mediabox.upper_right] == [595, 842]
    assert (preferences["/NumCopies"], preferences["/Duplex"]) == (4, "/DuplexFlipLongEdge")


def test_a_handout_that_lacks_the_language_stands_in_the_packet_in_its_own_with_a_line() -> None:
    make_two()
    asked = ("asthma", "flu", "--language", "sw", "--output", "sw.pdf")

    assert_refused(pack(*asked), 11, '"asthma"', '"flu"')
    answer = pack(*asked, "--fallback", "--cover")
    assert answer.exit_code == 0, answer
    assert answer.stderr.count("warning: ") == 2
    reader = PdfReader("sw.pdf")
    assert reader.trailer["/Root"]["/Lang"] == "sw"
    assert titles("sw.pdf")[1:] == ["Asthma", "Flu"]


# --- what is refused -------------------------------------------------------------------------


def test_the_mistakes_of_all_handouts_are_told_at_once() -> None:
    wrong = FILES[WORDS_FILE].replace("    Use your inhaler.\n", "    Use [[it]](now).\n")
    make_two({WORDS_FILE: wrong.replace("title:", "titel:"), SECOND_WORDS: None})
    answer = pack("asthma", "flu", "nothing", "--clinic", "riverside")

    assert_refused(answer, 3, "library/handouts/asthma/en.yaml:", "flu", 'no handout "nothing"')


def test_mistakes_of_content_and_of_layout_are_told_together() -> None:
    endless = FILES[WORDS_FILE].replace("Use your inhaler.", "Use " + "x" * 900 + ".")
    make_two({WORDS_FILE: endless, SECOND_WORDS: "title: [\n"})
    answer = pack("asthma", "flu")

    assert_refused(answer, 3, "library/handouts/asthma/en.yaml:", "library/handouts/flu/en.yaml:")


def test_a_warning_about_the_clinic_is_given_once() -> None:
    make_two(in_clinic("interpreter: {tlh: Interpreters are free.}\n"))
    answer = pack("asthma", "flu", "--clinic", "riverside", "--output", "both.pdf")

    assert answer.stderr.count("clinic.yaml") == 1, answer


def test_a_handout_that_is_named_twice_is_refused() -> None:
    make_two()

    assert_refused(
        pack("asthma", "flu", "asthma"), 2, 'the handout "asthma" is named more than once'
    )


@pytest.mark.parametrize(
    ("options", "exit_code", "says"),
    [
        ([], 2, "Missing argument"),
        (["asthma", "--copies", "6"], 2, "6 is not in the range 1<=x<=5"),
        (["asthma", "--copies", "0"], 2, "--copies"),
        (["asthma", "--clinic", "riverdale"], 9, 'did you mean "riverside"?'),
        (["asthma", "--edition", "huge"], 9, 'no edition "huge"'),
        (["asthma", "--output", "no/such/place.pdf"], 8, "does not exist"),
        (["asthma", "--fallback"], 2, "nothing says which language is wanted"),
    ],
)
def test_a_packet_that_cannot_be_made_leaves_nothing(
    options: list[str], exit_code: int, says: str
) -> None:
    make_two()

    assert_refused(pack(*options), exit_code, says)
