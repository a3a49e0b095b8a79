"""References in AMA style."""

from __future__ import annotations

import pytest

from handouts.document import Author, PartialDate, Reference, Words
from handouts.languages import language
from handouts.wording.references import format_authors, format_reference


def text_of(reference: Reference) -> str:
    """The entry with italics marked by asterisks."""
    pieces = format_reference(reference, language("en"))
    return "".join(
        f"*{piece.text}*" if piece.italic else piece.text
        for piece in pieces
        if isinstance(piece, Words)
    )


def test_a_journal_article_has_its_abbreviation_in_italics_and_ends_with_its_doi():
    article = Reference(
        "w",
        "article-journal",
        "A title",
        (Author("Williamson", "Eric M. L."), Author("Berger", "J. R.")),
        container_title="Neurotherapeutics",
        issued=PartialDate(2017, 10),
        volume="14",
        issue="4",
        page="961-973",
        doi="10.1007/s13311-017-0570-7",
    )

    assert text_of(article) == (
        "Williamson EML, Berger JR. A title. *Neurotherapeutics*. 2017;14(4):961-973."
        " doi:10.1007/s13311-017-0570-7"
    )


def test_a_journal_abbreviation_keeps_one_stop_only():
    article = Reference(
        "g", "article-journal", "T?", container_title_short="Curr Neurol Neurosci Rep."
    )

    assert text_of(article) == "T? *Curr Neurol Neurosci Rep*."


def test_a_web_page_gives_its_dates_and_ends_with_its_address_without_a_stop():
    page = Reference(
        "n",
        "webpage",
        "Information page",
        (Author(literal="National Institute"),),
        container_title="NINDS website",
        updated=PartialDate(2020, 9),
        accessed=PartialDate(2020, 10, 2),
        url="https://www.example.org/pml",
    )

    assert text_of(page) == (
        "National Institute. Information page. NINDS website. Updated September 2020."
        " Accessed October 2, 2020. https://www.example.org/pml"
    )


def test_a_book_has_its_title_in_italics_and_its_year_after_the_publisher():
    book = Reference(
        "b",
        "book",
        "Principles",
        (Author("Ropper", "Allan"),),
        publisher="McGraw Hill",
        edition="11th",
        issued=PartialDate(2019),
    )

    assert text_of(book) == "Ropper A. *Principles.* 11th ed. McGraw Hill; 2019."


@pytest.mark.parametrize(("count", "ending"), [(6, "F6 X"), (7, "F3 X, et al")])
def test_of_more_than_six_authors_the_first_three_are_named(count: int, ending: str):
    authors = tuple(Author(f"F{number}", "Xu") for number in range(1, count + 1))

    assert format_authors(authors).endswith(ending)


def test_an_entry_is_in_the_language_of_its_source_save_for_the_words_of_the_sheet():
    spanish = Reference(
        "e",
        "webpage",
        "Página",
        container_title="Sitio",
        accessed=PartialDate(2026, 9),
        url="https://example.org/e",
        language="es",
    )

    pieces = format_reference(spanish, language("en"))

    assert [(piece.text, piece.language) for piece in pieces if isinstance(piece, Words)] == [
        ("Página.", "es"),
        (" ", "es"),
        ("Sitio", "es"),
        (".", "es"),
        (" ", "es"),
        ("Accessed September 2026", "en"),
        (".", "es"),
        (" ", "es"),
        ("https://example.org/e", "es"),
    ]


def test_a_source_that_does_not_tell_its_language_is_in_that_of_the_facts():
    pieces = format_reference(Reference("e", "webpage", "A title"), language("es"), "en")

    assert pieces == (Words("A title.", language="en"),)
