"""What a clinic gets beside its sheets: an index as PDF and web page, and a ZIP of everything."""

from __future__ import annotations

import io
import posixpath
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from pypdf import PdfReader

from handouts.batch import bundling
from handouts.verapdf import validate
from tests.batch.examples import (
    ASTHMA,
    HILLSIDE,
    LAKESIDE,
    RIVERSIDE,
    SORE_THROAT,
    Network,
    as_if_another,
    changed,
    figures,
    made_network,
    names_with,
)
from tests.reading_back import glyph_problems, structure_problems, unmarked_text
from tests.some_index import UNUSED

PLAN = "bundles: [index, zip]\n"
CLINICS = ("hillside", "lakeside", "riverside")
TEMPLATES = (
    "{clinic}/{language}/{handout}.pdf",
    "{clinic}/{handout}-{language}.pdf",
    "{language}/{handout}/{clinic}.pdf",
    "{clinic}-{handout}-{language}.pdf",
    "sheets of {clinic}/100% fun/é#{handout} {language}.pdf",
)


@pytest.fixture
def network(tmp_path: Path) -> Network:
    """A network of which everything was made once."""
    network = made_network(tmp_path)
    assert figures(network.run(PLAN)) == (9, 0, 0)
    return network


def bundles_of(*clinics: str) -> set[str]:
    return {
        name
        for clinic in clinics
        for name in (f"{clinic}/index.pdf", f"{clinic}/index.html", f"{clinic}.zip")
    }


def bundles(network: Network) -> dict[str, bytes]:
    return {name: network.files()[name] for name in sorted(bundles_of(*CLINICS))}


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if tag == "a" and name == "href"]


def links(name: str, content: bytes) -> list[str]:
    """The files that an index at this name leads to, as names in the output."""
    if name.endswith(".html"):
        page = _Links()
        page.feed(content.decode())
        found = page.found
    else:
        found = [
            note["/A"]["/URI"]
            for page in PdfReader(io.BytesIO(content)).pages
            for note in page.get("/Annots", ())
            if "/URI" in note.get("/A", ())
        ]
    files = [unquote(link) for link in found if link.startswith(".")]
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) for file in files]


def test_an_index_leads_to_each_sheet_of_its_clinic(network: Network) -> None:
    for clinic in CLINICS:
        for name in (f"{clinic}/index.pdf", f"{clinic}/index.html"):
            found = links(name, network.files()[name])
            assert sorted(found) == sorted(names_with(clinic)), name


@pytest.mark.parametrize("template", TEMPLATES)
def test_links_lead_to_files_whatever_their_names(tmp_path: Path, template: str) -> None:
    network = made_network(tmp_path)
    network.run(f'{PLAN}file_name: "{template}"\n')
    files = network.files()
    for clinic in CLINICS:
        for name in (f"{clinic}/index.pdf", f"{clinic}/index.html"):
            found = links(name, files[name])
            assert len(found) == len(set(found)) == 3
            assert set(found) <= files.keys(), name


@pytest.mark.parametrize("template", TEMPLATES)
def test_links_lead_to_files_in_the_unpacked_zip_too(tmp_path: Path, template: str) -> None:
    network = made_network(tmp_path)
    network.run(f'{PLAN}file_name: "{template}"\n')
    for clinic in CLINICS:
        with zipfile.ZipFile(network.output / f"{clinic}.zip") as archive:
            assert archive.testzip() is None
            archive.extractall(tmp_path / "unpacked" / clinic)
    for clinic in CLINICS:
        root = tmp_path / "unpacked" / clinic
        there = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }
        assert len(there) == 5
        for name, content in there.items():
            assert content == network.files()[name]
        for name in (f"{clinic}/index.pdf", f"{clinic}/index.html"):
            assert set(links(name, there[name])) == there.keys() - bundles_of(clinic)


def test_bundles_have_the_same_bytes_each_time(network: Network, tmp_path: Path) -> None:
    other = made_network(tmp_path / "again")
    other.run(PLAN)
    assert bundles(other) == bundles(network)


def test_a_second_run_puts_nothing_together(network: Network) -> None:
    before = bundles(network)
    assert network.run(PLAN).tally.bundles == 0
    assert bundles(network) == before


def test_an_edit_of_a_clinic_makes_its_bundles_anew_and_no_others(network: Network) -> None:
    before = network.files()
    network.edit(HILLSIDE, "555-0188", "555-0199")
    assert network.run(PLAN).tally.bundles == 3
    after = changed(before, network.files())
    assert {name for name in after if name in bundles_of(*CLINICS)} == bundles_of("hillside")


def test_an_edit_of_a_text_makes_the_zips_anew_and_no_index(network: Network) -> None:
    before = network.files()
    network.edit(SORE_THROAT, "Gargle with salt water.", "Drink cold water.")
    assert network.run(PLAN).tally.bundles == 3
    after = changed(before, network.files())
    assert {name for name in after if name in bundles_of(*CLINICS)} == {
        f"{clinic}.zip" for clinic in CLINICS
    }


def test_another_title_makes_all_of_them_anew(network: Network) -> None:
    before = network.files()
    network.edit(SORE_THROAT, "title: Sore Throat\nshort", "title: A Sore Throat\nshort")
    assert network.run(PLAN).tally.bundles == 9
    assert bundles_of(*CLINICS) <= changed(before, network.files())
    assert b"A Sore Throat" in network.files()["hillside/index.html"]


def test_another_program_makes_all_of_them_anew(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_if_another(monkeypatch, "program_hash")
    before = bundles(network)
    assert network.run(PLAN).tally.bundles == 9
    assert bundles(network) == before


@pytest.mark.parametrize("name", sorted(bundles_of("lakeside")))
def test_a_bundle_that_is_gone_or_altered_is_made_again(network: Network, name: str) -> None:
    before = bundles(network)
    (network.output / name).write_bytes(b"mine")
    assert network.run(PLAN).tally.bundles == 1
    assert bundles(network) == before
    (network.output / name).unlink()
    assert network.run(PLAN).tally.bundles == 1
    assert bundles(network) == before


def test_a_sheet_that_failed_is_in_no_bundle(network: Network) -> None:
    network.edit(SORE_THROAT, "home-care: |", "home-caring: |")
    failed = network.run(PLAN)
    assert (failed.exit_code, failed.tally.bundles) == (3, 9)
    for clinic in CLINICS:
        for name in (f"{clinic}/index.pdf", f"{clinic}/index.html"):
            assert sorted(links(name, network.files()[name])) == [
                f"{clinic}/en/asthma.pdf",
                f"{clinic}/es/asthma.pdf",
            ]
        with zipfile.ZipFile(network.output / f"{clinic}.zip") as archive:
            assert f"{clinic}/en/sore-throat.pdf" not in archive.namelist()
    network.edit(SORE_THROAT, "home-caring: |", "home-care: |")
    assert network.run(PLAN).tally.bundles == 9


def test_a_clinic_that_cannot_be_read_keeps_its_old_bundles(network: Network) -> None:
    before = bundles(network)
    network.edit(HILLSIDE, "country: US\n", "")
    failed = network.run(PLAN, prune=True)
    assert (failed.exit_code, failed.tally.bundles, failed.removed) == (4, 0, ())
    assert bundles(network) == before


def test_the_bundles_of_a_clinic_that_left_the_plan_are_left_over(network: Network) -> None:
    after = network.run(f"{PLAN}exclude: [{{clinics: [hillside]}}]\n", prune=True)
    assert set(after.removed) == names_with("hillside") | bundles_of("hillside")
    assert not (network.output / "hillside").exists()


def test_bundles_that_the_plan_no_longer_asks_for_are_left_over(network: Network) -> None:
    after = network.run("bundles: [index]\n")
    assert set(after.orphans) == {f"{clinic}.zip" for clinic in CLINICS}
    assert after.tally.bundles == 0
    assert network.run("bundles: [index]\n", prune=True).removed == after.orphans


def test_a_zip_without_an_index_has_the_sheets_alone(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    network.run("bundles: [zip]\n")
    with zipfile.ZipFile(network.output / "lakeside.zip") as archive:
        assert sorted(archive.namelist()) == sorted(names_with("lakeside"))
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert network.run(PLAN).tally.bundles == 9
    with zipfile.ZipFile(network.output / "lakeside.zip") as archive:
        assert len(archive.namelist()) == 5


def test_an_index_that_cannot_be_made_fails_alone_with_its_zip(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(*_: object) -> bytes:
        raise ZeroDivisionError("oh")

    before = bundles(network)
    monkeypatch.setattr(bundling, "index_page", faulty)
    network.edit(HILLSIDE, "555-0188", "555-0199")
    failed = network.run(PLAN)
    assert failed.exit_code == 70
    (names,) = failed.tally.troubles.values()
    assert sorted(names) == ["hillside.zip", "hillside/index.html"]
    assert changed(before, bundles(network)) == {"hillside/index.pdf"}


def test_sheets_that_differ_in_their_paper_are_told_apart(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    template = '"{clinic}/{language}/{handout}-{paper}.pdf"'
    network.run(f"{PLAN}papers: [a4, letter]\nfile_name: {template}\n")
    page = network.files()["hillside/index.html"].decode()
    assert page.count("A4") == page.count("Letter") == 3


def test_a_sheet_that_stands_in_says_for_which_language(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    network.run(f"{PLAN}languages: [en, es]\nmissing_language: fallback\n")
    name = "lakeside/index.html"
    page = network.files()[name].decode()
    assert "Spanish" in page
    assert sorted(links(name, network.files()[name])) == sorted(
        f"lakeside/{tag}/{handout}.pdf"
        for tag in ("en", "es")
        for handout in ("asthma", "sore-throat")
    )


def test_an_index_is_in_its_clinics_language_and_on_its_paper(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    network.edit(LAKESIDE, "language: en", "language: ar")
    network.edit(RIVERSIDE, "language: en", "language: fo")  # the program has no words in it
    network.run(PLAN)
    for clinic, tag, width in (("lakeside", "ar", 595), ("riverside", "en", 612)):
        reader = PdfReader(network.output / clinic / "index.pdf")
        assert reader.root_object["/Lang"] == tag
        assert int(reader.pages[0].mediabox.width) == width
        assert f'<html lang="{tag}"' in network.files()[f"{clinic}/index.html"].decode()


def test_hostile_words_cannot_get_out_of_the_page(tmp_path: Path) -> None:
    network = made_network(tmp_path)
    network.edit(HILLSIDE, "name: Hillside Clinic", "name: 'Hill & \"Side\"'")
    network.edit(ASTHMA, "title: Asthma\nshort", "title: 'A & B \"C\" 1 < 2'\nshort")
    network.run(PLAN)
    page = network.files()["hillside/index.html"].decode()
    assert "Hill &amp; &quot;Side&quot;" in page
    assert "A &amp; B &quot;C&quot; 1 &lt; 2" in page


@pytest.mark.slow
def test_an_index_conforms(network: Network) -> None:
    for clinic in CLINICS:
        pdf = network.files()[f"{clinic}/index.pdf"]
        assert [str(failure) for failure in validate(pdf)] == []
        assert structure_problems(pdf) == [UNUSED]
        assert glyph_problems(pdf, smallest=8.0) == []
        assert unmarked_text(pdf) == ""
    assert validate(pdf.replace(b"/Type", b"/Typo")) != []
