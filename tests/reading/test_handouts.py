from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import ContentError, NotFoundError
from handouts.document import (
    Author,
    Citation,
    Handout,
    PartialDate,
    Translation,
    Words,
)
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from tests.reading.examples import FACTS, FACTS_FILE, WORDS, WORDS_FILE, write_library

SPANISH_FILE = "handouts/asthma/es.yaml"
TRANSLATED = "translation: {method: machine, translator: A program}\n"


@pytest.fixture
def handout(tmp_path: Path) -> Handout:
    return read_handout(write_library(tmp_path), "asthma", "en").value


def test_a_handout_holds_what_its_two_files_say(handout: Handout, tmp_path: Path) -> None:
    assert (handout.slug, handout.language, handout.source_language) == ("asthma", "en", "en")
    assert (handout.title, handout.audience) == ("Asthma", "adults")
    assert handout.codes == {"icd-10-cm": ("J45.909",)}
    assert [section.id for section in handout.sections] == ["definition", "treatment"]
    assert [section.heading for section in handout.sections] == ["", ""]
    (picture,) = handout.pictures
    assert picture.file == tmp_path / "handouts/asthma/pictures/inhaler.svg"
    assert (picture.place, picture.rights) == ("treatment", "CC-BY-4.0")
    assert (picture.caption, picture.alt) == ("An inhaler", "A hand holds an inhaler upright.")
    (resource,) = handout.resources
    assert (resource.country, resource.url) == ("US", "https://lungs.example.org")
    assert handout.translation is None


def test_the_review_is_read_with_its_dates(handout: Handout) -> None:
    assert handout.review.version == "1.0"
    assert handout.review.updated == PartialDate(2021, 5, 25)
    assert handout.review.reviewed == PartialDate(2021, 6)
    assert handout.review.is_reviewed
    assert not handout.is_draft


def test_the_front_may_use_a_variable(handout: Handout) -> None:
    glance = handout.at_a_glance
    assert glance is not None
    assert [type(run).__name__ for run in glance.emergency[0]] == ["Words", "Variable", "Words"]
    assert [type(run) for run in glance.summary] == [Words, Words, Words]


def test_a_citation_stands_where_it_was_written(handout: Handout) -> None:
    citation = handout.sections[0].blocks[0].content[-1]
    assert isinstance(citation, Citation)
    assert (citation.span.line, citation.span.column) == (10, 22)
    assert citation.span.path == "sections.definition"
    assert citation.span.file.endswith(WORDS_FILE)


def test_sections_come_in_the_order_of_the_facts(tmp_path: Path) -> None:
    facts = FACTS.replace("[definition, treatment]", "[treatment, definition]")
    library = write_library(tmp_path, {FACTS_FILE: facts})
    sections = read_handout(library, "asthma", "en").value.sections
    assert [section.id for section in sections] == ["treatment", "definition"]


def test_a_section_may_have_its_own_heading(tmp_path: Path) -> None:
    words = WORDS.replace(
        "  definition: |\n    Asthma",
        "  definition:\n    heading: What is asthma?\n    text: |\n      Asthma",
    )
    library = write_library(tmp_path, {WORDS_FILE: words})
    section = read_handout(library, "asthma", "en").value.sections[0]
    assert section.heading == "What is asthma?"
    assert section.blocks[0].span.line == 12


def test_a_section_that_the_language_does_not_know_needs_a_heading(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {
        FACTS_FILE: FACTS.replace("definition", "odds-and-ends"),
        WORDS_FILE: WORDS.replace("definition", "odds-and-ends"),
    }
    with pytest.raises(ContentError, match=r'9:18: error: the section "odds-and-ends" has no head'):
        read_handout(write_library(tmp_path, changes), "asthma", "en")


def test_references_are_csl_items(tmp_path: Path) -> None:
    reference = """\
  - id: smith-2019
    type: article-journal
    title: On asthma
    author: [{family: Smith, given: Ann B}, {literal: Lung Group}]
    container-title: Journal of Lungs
    container-title-short: J Lung
    volume: 17
    issue: 11
    page: 88-90
    issued: {date-parts: [["2019", 3]]}
    accessed: {date-parts: [[2020, 10, 2]]}
    custom: {updated: {date-parts: [[2020]]}}
    DOI: 10.1000/182
    PMID: 28875428
    URL: https://doi.org/10.1000/182
    ISSN: 1234-5678
"""
    start = FACTS.index("  - {id: smith")
    facts = FACTS[:start] + reference + FACTS[FACTS.index("review:") :]
    library = write_library(tmp_path, {FACTS_FILE: facts})
    (read,) = read_handout(library, "asthma", "en").value.references
    assert read.authors == (Author(family="Smith", given="Ann B"), Author(literal="Lung Group"))
    assert (read.container_title, read.container_title_short) == ("Journal of Lungs", "J Lung")
    assert (read.volume, read.issue, read.page) == ("17", "11", "88-90")
    assert (read.issued, read.accessed) == (PartialDate(2019, 3), PartialDate(2020, 10, 2))
    assert read.updated == PartialDate(2020)
    assert (read.doi, read.pmid, read.url) == (
        "10.1000/182",
        "28875428",
        "https://doi.org/10.1000/182",
    )


# --- languages -------------------------------------------------------------------------------


def test_a_translation_says_how_it_came_about_and_is_a_draft_until_checked(tmp_path: Path) -> None:
    facts = FACTS.replace("source_language: en", "source_language: es")
    words = WORDS + TRANSLATED
    library = write_library(tmp_path, {FACTS_FILE: facts, WORDS_FILE: words, SPANISH_FILE: WORDS})
    handout = read_handout(library, "asthma", "en", allow_stale=True).value
    assert isinstance(handout.translation, Translation)
    assert (handout.translation.method, handout.translation.checked_by) == ("machine", "")
    assert handout.review.is_reviewed
    assert handout.is_draft


def test_the_source_is_no_translation(tmp_path: Path) -> None:
    library = write_library(tmp_path, {WORDS_FILE: WORDS + TRANSLATED})
    with pytest.raises(ContentError, match=r"18:14: error: the source language is not a transl"):
        read_handout(library, "asthma", "en")


def test_a_language_that_the_program_has_no_words_in_is_named(tmp_path: Path) -> None:
    library = write_library(tmp_path, {"handouts/asthma/tlh.yaml": WORDS + TRANSLATED})
    with pytest.raises(ContentError, match=r'tlh\.yaml: error: .* language "tlh"'):
        read_handout(library, "asthma", "tlh")


# --- the library -----------------------------------------------------------------------------


def test_a_library_lists_what_it_holds(tmp_path: Path) -> None:
    library = write_library(
        tmp_path,
        {
            "handouts/back-pain/handout.yaml": "",
            "handouts/back-pain/zh-Hans.yaml": "",
            "handouts/back-pain/en.yaml": "",
            "handouts/Not A Slug/handout.yaml": "",
            "handouts/empty/notes.txt": "",
            "handouts/README.md": "",
        },
    )
    assert library.handouts() == ("asthma", "back-pain")
    assert library.languages("back-pain") == ("en", "zh-Hans")
    assert library.clinics() == ("riverside",)


def test_a_library_knows_the_source_language(tmp_path: Path) -> None:
    assert write_library(tmp_path).source_language("asthma") == "en"


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ("audience: adults\n", '"source_language" is missing'),
        ("source_language: [en]\n", "expected a language tag"),
        ("a: b: c\n", "not valid YAML"),
    ],
)
def test_a_source_language_that_cannot_be_read_is_a_content_error(
    tmp_path: Path, facts: str, message: str
) -> None:
    with pytest.raises(ContentError, match=message):
        write_library(tmp_path, {FACTS_FILE: facts}).source_language("asthma")


def test_a_library_without_handouts_says_so(tmp_path: Path) -> None:
    (tmp_path / "handouts").mkdir()
    with pytest.raises(NotFoundError, match="the library has no handouts"):
        Library(tmp_path).languages("asthma")
