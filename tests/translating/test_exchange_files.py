"""What an import writes: a words file that reads back, with all that is not its own left alone."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from handouts.fingerprint import fingerprint
from handouts.places import CONTENT
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import Library
from handouts.reading.parts import OPTIONAL, fingerprints
from handouts.reading.rewriting import Block, new_file, rewritten
from handouts.translating.exchange_file import NOTHING
from handouts.translating.exporting import export
from handouts.translating.importing import Credit, take
from handouts.translating.writing import write
from handouts.translating.xliff import xliff
from tests.commands import command
from tests.translating.examples import SPANISH_FILE, WORDS_FILE, edit
from tests.translating.exchange import exported, imported, library_in, swapped, words_of
from tests.translating.test_exchange import PML


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path / "library")


# --- the words file --------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("tag", [tag for tag in Library(CONTENT).languages(PML) if tag != "en"])
def test_each_of_our_translations_can_be_written_from_nothing(tag: str, tmp_path: Path) -> None:
    ours = Library(CONTENT)
    text = xliff(export(ours, PML, tag)).decode()
    wanted = HandoutReader(ours, PML).compare(tag)
    root = tmp_path / "library" / "handouts" / PML
    root.mkdir(parents=True)
    for name in ("handout.yaml", "en.yaml"):
        (root / name).write_bytes((CONTENT / "handouts" / PML / name).read_bytes())
    shutil.copytree(CONTENT / "handouts" / PML / "pictures", root / "pictures")
    new = Library(tmp_path / "library")
    text = re.sub(r'(target-fingerprint">)[0-9a-f]+', rf"\g<1>{NOTHING}", text)
    imported(new, text, translator="Us")
    found = HandoutReader(new, PML).compare(tag)
    assert {each.part for each in found.out_of_step} == {each.part for each in wanted.out_of_step}
    assert {each.part for each in found.out_of_step} <= set(OPTIONAL)
    assert fingerprints(found.handout) == fingerprints(wanted.handout)


def test_the_new_file_takes_the_old_ones_line_ends_and_byte_order_mark(library: Library) -> None:
    file = library.root / SPANISH_FILE
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    text = swapped("Tiene silbidos.", "Le silba el pecho.")(exported(library, "po"))
    imported(library, text, translator="Ana Ruiz")
    found = words_of(library)
    assert found.startswith(b"\xef\xbb\xbf# El asma")
    assert found.count(b"\n") == found.count(b"\r\n")


def test_comments_outside_the_changed_words_stay(library: Library) -> None:
    edit(library, SPANISH_FILE, "short_title: Asma", "short_title: Asma  # LMP\n# delante")
    edit(library, SPANISH_FILE, "  treatment: |", "  # del tratamiento\n  treatment: |")
    edit(library, SPANISH_FILE, "pictures:", "# de las imágenes\npictures:")
    text = exported(library, "po")
    for old, new in (
        ('msgstr "Asma"', 'msgstr "El asma: no"'),
        ("El asma es frecuente.", "El asma es común."),
        ("Tiene silbidos.", "Le silba el pecho."),
        ("Un inhalador", "El inhalador"),
    ):
        text = swapped(old, new)(text)
    imported(library, text, translator="Ana Ruiz", checked_by="Luz Vega")
    found = words_of(library).decode()
    for comment in ("# El asma, en", "# LMP", "# delante", "# del trat", "# de las", "# traduc"):
        assert comment in found, found
    assert 'short_title: "El asma: no"  # LMP\n# delante\n' in found
    assert 'checked_by: "Luz Vega"' in found


def test_a_part_that_is_new_stands_where_its_source_has_it(library: Library) -> None:
    text = words_of(library).decode()
    start, end = text.index("  definition: |"), text.index("  treatment: |")
    shorter = text[:start] + text[end:]
    shorter = re.sub(r"(?m)^    sections.definition: .*\n", "", shorter)
    shorter = re.sub(r"(?ms)^pictures:\n.*?(?=^translation)", "", shorter)
    shorter = re.sub(r"(?m)^    pictures.inhaler: .*\n", "", shorter)
    full = exported(library, "xlf")
    (library.root / SPANISH_FILE).write_text(shorter, "utf-8")
    for part in ("sections.definition", "pictures.inhaler"):
        full = re.sub(
            rf'(<group id="{part}">.*?target-fingerprint">)[0-9a-f]+', rf"\g<1>{NOTHING}", full,
            flags=re.DOTALL,
        )  # fmt: skip
    imported(library, full, translator="Ana Ruiz")
    found = words_of(library).decode()
    assert found.index("definition: |") < found.index("treatment: |") < found.index("pictures:")
    assert found.index("pictures:") < found.index("translation:")
    assert HandoutReader(library, "asthma").compare("es").out_of_step == ()


PLAIN = "  definition: |\n    {}.[^smith-2019]\n"
HEADED = "  definition:\n    heading: {}\n    text: |\n      {}.[^smith-2019]\n"


def test_a_heading_of_its_own_stays_with_a_translation(library: Library) -> None:
    words = "El asma es frecuente"
    edit(library, SPANISH_FILE, PLAIN.format(words), HEADED.format("¿Qué es?", words))
    assert imported(library, exported(library, "po")) is None
    text = swapped("El asma es frecuente.", "El asma es común.")(exported(library, "po"))
    imported(library, text, translator="Ana Ruiz")
    handout = HandoutReader(library, "asthma").compare("es").handout
    assert handout.sections[0].heading == "¿Qué es?"
    assert "El asma es común." in str(handout.sections[0])


def test_a_heading_that_the_source_writes_is_translated(library: Library) -> None:
    words = "Asthma is common"
    edit(library, WORDS_FILE, PLAIN.format(words), HEADED.format("What is it?", words))
    text = exported(library, "po").replace("#, fuzzy\n", "")
    text = re.sub(
        r'(msgctxt "sections.definition/heading"\nmsgid .*\nmsgstr) .*', r'\1 "¿Qué es?"', text
    )
    imported(library, text, translator="Ana Ruiz")
    handout = HandoutReader(library, "asthma").read("es").value
    assert handout.sections[0].heading == "¿Qué es?"


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file.po"
    file.write_text(swapped("Tiene silbidos.", "Silba.")(exported(library, "po")), "utf-8")
    taken = take(library, file)
    before = words_of(library)
    edit(library, "handouts/asthma/handout.yaml", "smith-2019", "jones-2019")
    with pytest.raises(Exception, match="smith-2019"):
        write(library, taken, Credit("Ana Ruiz"))
    assert words_of(library) == before
    assert list((library.root / "handouts/asthma").glob(".*")) == []


# --- putting values into a file --------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "path", "value", "expected"),
    [
        ("a: b # c\nd: e\n", ("a",), "f", "a: f # c\nd: e\n"),
        ("a: {b: c, d: e}\n", ("a", "b"), "f: g", 'a: {b: "f: g", d: e}\n'),
        ("a: {}\n", ("a", "b"), "f", 'a: {b: "f"}\n'),
        ("a:\n  b: |\n    x\n\n    y\n\n  # c\n  d: e\n", ("a", "b"), Block("z\n"),
         "a:\n  b: |\n    z\n\n  # c\n  d: e\n"),
        ("a:\n  b: c", ("a", "d"), "e", "a:\n  b: c\n  d: e\n"),
        ("a: b\nz: y\n", ("a",), ["no", "c"], 'a:\n  - "no"\n  - c\nz: y\n'),
        ("b: c\n", ("a",), "d", "a: d\nb: c\n"),
        ("a: >-\n  b\n  c\n# d\nz: y\n", ("a",), "e", "a: e\n# d\nz: y\n"),
    ],
)  # fmt: skip
def test_a_value_is_put_in_its_place(
    text: str, path: tuple[str, ...], value: str | list[str], expected: str
) -> None:
    order = (("a",), ("a", "b"), ("a", "d"), ("z",))
    assert rewritten(text, {path: value}, order) == expected


def test_a_new_file_is_made_of_its_values() -> None:
    assert new_file({"a": "b", "c": {"d": Block("e\n\nf\n")}}, "# g") == (
        "# g\na: b\nc:\n  d: |\n    e\n\n    f\n"
    )


# --- the commands ----------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "name"), [("po", "asthma-es.po"), ("xliff", "asthma-es.xlf")])
def test_the_commands_take_a_translation_out_and_back(
    library: Library, monkeypatch: pytest.MonkeyPatch, form: str, name: str
) -> None:
    monkeypatch.chdir(library.root.parent)
    there = ("--library", "library")
    out = command("translations", "export", "asthma", "--language", "es", "--format", form, *there)
    assert (out.exit_code, out.stdout) == (0, f"{name}: 15 units, 0 to translate\n")
    back = command("translations", "import", name, *there)
    assert (back.exit_code, back.stdout) == (0, f"{name}: nothing new\n")
    file = Path(name)
    file.write_text(file.read_text("utf-8").replace("Tiene silbidos.", "Silba."), "utf-8")
    unnamed = command("translations", "import", name, *there)
    assert unnamed.exit_code == 2
    assert "add --translator" in unnamed.stderr
    done = command("translations", "import", name, "--translator", "Ana Ruiz", *there)
    assert done.exit_code == 0
    assert "5 parts taken, changed: sections.treatment" in done.stdout
    assert "Silba." in words_of(library).decode()


def test_a_refused_file_ends_with_the_code_of_wrong_content(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library.root.parent)
    Path("a.po").write_text("a")
    assert command("translations", "import", "a.po", "--library", "library").exit_code == 3
    assert command("translations", "import", "b.po", "--library", "library").exit_code == 3


@pytest.mark.parametrize("tag", ["en", "tlh", "not a tag"])
def test_languages_that_cannot_be_exported_are_named(library: Library, tag: str) -> None:
    answer = command("translations", "export", "asthma", "--language", tag, "--format", "po",
                     "--output", library.root / "x.po", "--library", library.root)  # fmt: skip
    assert answer.exit_code == (11 if tag == "tlh" else 2)
    assert tag in answer.stderr
    assert not (library.root / "x.po").exists()


def test_two_exports_are_the_same_bytes(library: Library) -> None:
    assert exported(library, "po") == exported(library, "po")
    assert fingerprint(exported(library, "xlf")) == fingerprint(exported(library, "xlf"))
