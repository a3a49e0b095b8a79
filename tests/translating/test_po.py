"""PO as gettext has it, and as its tools rewrite it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import polib
import pytest

from handouts.places import CONTENT
from handouts.reading.library import Library
from handouts.translating.exporting import export
from handouts.translating.po import po
from tests.translating.examples import WORDS_FILE, edit
from tests.translating.exchange import exported, imported, library_in, swapped, words_of
from tests.translating.test_exchange import PML, refusal


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path / "library")


@pytest.mark.system("msgfmt")
@pytest.mark.parametrize("tag", ["es", "ar", "zh-Hans", "pt-BR"])
def test_gettext_finds_no_fault(tag: str, tmp_path: Path) -> None:
    file = tmp_path / "file.po"
    file.write_bytes(po(export(Library(CONTENT), PML, tag)))
    run = subprocess.run(
        ["msgfmt", "--check", "--statistics", "-o", "/dev/null", file],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "translated messages" in run.stderr


@pytest.mark.system("msgfmt")
def test_gettext_finds_the_fault_of_a_spoilt_file(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "file.po"
    file.write_text(swapped("Tiene silbidos.", 'Tiene "silbidos.')(exported(library, "po")))
    run = subprocess.run(["msgfmt", "-o", "/dev/null", file], capture_output=True, check=False)
    assert run.returncode != 0


def test_an_entry_tells_where_it_stands_and_what_stays(library: Library) -> None:
    entries = {entry.msgctxt: entry for entry in polib.pofile(exported(library, "po"))}
    entry = entries["sections.treatment/1"]
    assert entry.comment.startswith('section "treatment"\nkeep as they are: the link to https://')
    assert entry.msgid.startswith("See [our *page*](https://example.org/a) or ask for an ")
    assert entry.flags == []
    assert "callout" in entries["sections.treatment/3/1/1/1"].comment
    assert "table, row 2" in entries["sections.treatment/2/2/1"].comment


def saved_by_polib(text: str, tmp_path: Path) -> str:
    file = polib.pofile(text, wrapwidth=40)
    file.metadata["X-Generator"] = "Poedit 3.4"
    file.metadata["PO-Revision-Date"] = "2026-01-02 03:04+0000"
    path = tmp_path / "saved.po"
    file.save(str(path))
    return path.read_text("utf-8")


@pytest.mark.parametrize("kind", ["polib", "CRLF", "byte order mark", "comments"])
def test_a_file_that_a_tool_has_rewritten_says_the_same(
    library: Library, tmp_path: Path, kind: str
) -> None:
    def rewritten(text: str) -> str:
        match kind:
            case "polib":
                return saved_by_polib(text, tmp_path)
            case "CRLF":
                return text.replace("\n", "\r\n")
            case "comments":
                return text.replace("\nmsgctxt", '\n# seen\n#: a.yaml:3\n#| msgid "old"\nmsgctxt')
        return "\ufeff" + text

    before = words_of(library)
    text = exported(library, "po")
    assert imported(library, rewritten(text)) is None
    assert words_of(library) == before
    changed = swapped("Tiene silbidos.", "Respira mal y silba.")(text)
    assert imported(library, rewritten(changed), translator="Ana Ruiz")
    assert "Respira mal y silba." in words_of(library).decode()


def test_entries_that_gettext_calls_obsolete_are_passed_over(library: Library) -> None:
    text = exported(library, "po") + '\n#~ msgctxt "old"\n#~ msgid "a"\n#~ msgstr "b"\n'
    assert imported(library, text) is None


def test_a_part_of_which_some_is_still_fuzzy_refuses_the_file(library: Library) -> None:
    edit(library, WORDS_FILE, "You wheeze.", "You wheeze at night.")
    text = exported(library, "po")
    half = text.replace("#, fuzzy\n", "", 1)
    assert "still marked as unfinished" in refusal(library, half)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Tiene silbidos."', '"Tiene silbidos.'),
        ('"Tiene silbidos."', '"Tiene "silbidos."'),
        ('"Tiene silbidos."', "Tiene silbidos."),
        ('"Tiene silbidos."', '"Tiene\\"'),
    ],
)
def test_a_line_that_is_none_is_refused_with_its_number(
    library: Library, old: str, new: str
) -> None:
    text = exported(library, "po")
    line = text[: text.index(old)].count("\n") + 1
    assert f"back:{line}:1: error: this is no line" in refusal(library, text.replace(old, new))


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("- Tiene silbidos.", "expected one paragraph"),
        ("Tiene `silbidos`.", "code cannot be used"),
        ("Tiene ![silbidos](a.png).", "an image cannot be used"),
        ("Tiene [silbidos](javascript:a).", "is not an address"),
        ("Tiene {silbidos.", "a single `{` cannot be used"),
        ("Tiene [silbidos](https://evil.example).", "is not in the source"),
        ("Tiene [^other].", "the citation [^other] is not in the source"),
        ("**Tiene** silbidos.", "the bold text is not in the source"),
    ],
)
def test_markdown_that_the_source_has_not_is_refused(library: Library, new: str, said: str) -> None:
    text = swapped("Tiene silbidos.", new)(exported(library, "po"))
    assert said in refusal(library, text, translator="Ana Ruiz")
