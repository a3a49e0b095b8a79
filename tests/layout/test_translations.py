"""What a translated sheet says of itself, and in which language and direction each thing stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from handouts.document import Citation, Handout, Paragraph, PartialDate, Review, Translation, Words
from handouts.languages import language
from handouts.layout.pages import PlacedLine, Sheet
from handouts.layout.sheets import lay_out
from handouts.paper import LETTER
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts, make_imprint
from tests.layout.outline import text_of
from tests.reading_back import blocks, structure_tree
from tests.sheets import PML, clinic_named, handout_named
from tests.spoken_handout import spoken_handout

MACHINE = Translation("machine")
REVIEWED = Review("1", PartialDate(2026, 3, 1), "Maria Silva, MD", PartialDate(2026, 2))


def translated(tag: str, name: str = "citations-and-references", **changes: object) -> Handout:
    """A case of the tests in another language, as far as the generator's words and facts go."""
    entries: dict[str, object] = {"language": tag, "translation": MACHINE, **changes}
    return replace(handout_named(name), **entries)  # type: ignore[arg-type]


def sheet_in(handout: Handout) -> Sheet:
    return lay_out(handout, language(handout.language), fonts(), LETTER)


def pdf_in(handout: Handout, clinic: str = "") -> bytes:
    owner = clinic_named(clinic)
    number = owner.emergency_number if owner is not None else ""
    sheet = lay_out(handout, language(handout.language), fonts(), LETTER, number)
    return press(paint_master(sheet), make_imprint(owner, handout.language, LETTER))


def lines_of(sheet: Sheet) -> Iterator[PlacedLine]:
    for page in sheet.pages:
        for item in (*page.items, *page.header_footer):
            if isinstance(item, PlacedLine):
                yield item


# --- facts -----------------------------------------------------------------------------------


def test_what_the_facts_say_is_tagged_with_its_own_language():
    handout = translated("es", review=REVIEWED)
    tagged = [e.text for e in structure_tree(pdf_in(handout)).walk() if e.language == "en"]

    assert "Handouts Project" in tagged
    assert "Maria Silva, MD" in tagged
    assert any(text.startswith("Writer AB.") for text in tagged)


def test_the_words_of_the_sheet_inside_a_reference_are_in_the_language_of_the_sheet():
    tree = structure_tree(pdf_in(translated("fr")))
    entries = [e for e in tree.walk() if e.role == "BibEntry" and e.language]
    tagged = [inner.text for entry in entries for inner in entry.walk() if inner.language == "fr"]

    assert tagged
    assert all(text.startswith(("Publi", "Mis", "Consult")) for text in tagged)


def test_credit_and_names_of_organisations_are_tagged_too():
    handout = translated("ar", "figure-with-labels", resources=handout_named(PML).resources)
    tagged = [e.text for e in structure_tree(pdf_in(handout)).walk() if e.language == "en"]

    assert handout.pictures[0].credit in tagged
    assert "HIV.gov" in [text.strip() for text in tagged]


def test_nothing_is_tagged_in_a_sheet_of_the_same_language():
    tree = structure_tree(pdf_in(handout_named("about-reviewed")))

    assert [e.text for e in tree.walk() if e.language] == []


@pytest.mark.parametrize("tag", ["ar", "bn", "de", "fa", "th", "zh-Hant"])
def test_a_screen_reader_gets_the_sheet_in_any_language(tag: str):
    handout = translated(tag, "citations-and-references", review=REVIEWED)

    assert (found := blocks(pdf_in(handout, "riverside"))) == spoken_handout(
        found, handout, clinic_named("riverside")
    )


# --- numbers ---------------------------------------------------------------------------------


def test_neighbouring_citations_stand_in_the_order_of_their_numbers_and_once():
    names = [reference.id for reference in handout_named("citations-and-references").references]
    handout = handout_named("citations-and-references")
    content = (Words("Word"), *(Citation(name) for name in (*reversed(names), names[0])))
    first = replace(handout.sections[0], blocks=(Paragraph((Words("x"), *map(Citation, names))),))
    last = replace(first, id="last", heading="Last", blocks=(Paragraph(content),))
    sheet = sheet_in(replace(handout, at_a_glance=None, sections=(first, last)))
    expected = ",".join(str(number) for number in range(1, len(names) + 1))

    assert f"Word{expected}" in [text_of(line.line) for line in lines_of(sheet)]


@pytest.mark.parametrize("tag", ["ar", "fa", "bn", "my", "fr"])
def test_a_raised_number_is_that_of_the_list(tag: str):
    handout = translated(tag)
    raised, listed = set(), set()
    for block in structure_tree(pdf_in(handout)).walk():
        if block.role == "Reference":
            raised.add(block.text)
        elif block.role == "LI" and any(e.role == "BibEntry" for e in block.walk()):
            listed.add(next(e.text for e in block.walk() if e.role == "Lbl").rstrip(".။"))

    assert raised
    assert raised <= listed
    assert language(tag).number(1) in raised


# --- drafts ----------------------------------------------------------------------------------

DRAFTS = ("draft", "draft_machine_translation", "draft_translation")


def said(handout: Handout) -> tuple[list[str], list[str]]:
    """The draft lines on page one and in its foot, by their names."""
    words = {language(handout.language).words[name]: name for name in DRAFTS}
    (page, *_) = sheet_in(handout).pages
    return tuple(  # type: ignore[return-value]
        [words[text] for text in _texts(items) if text in words]
        for items in (page.items, page.header_footer)
    )


def _texts(items: tuple[object, ...]) -> list[str]:
    return [text_of(item.line) for item in items if isinstance(item, PlacedLine)]


@pytest.mark.parametrize(
    ("translation", "review", "front", "foot"),
    [
        (None, REVIEWED, [], []),
        (Translation("human", "A", "B"), REVIEWED, [], []),
        (Translation("human", "A"), REVIEWED, ["draft_translation"], ["draft_translation"]),
        (
            Translation("machine-and-human", "A"),
            REVIEWED,
            ["draft_translation"],
            ["draft_translation"],
        ),
        (MACHINE, REVIEWED, ["draft_machine_translation"], ["draft_machine_translation"]),
        (
            MACHINE,
            Review("0", PartialDate(2026)),
            ["draft", "draft_machine_translation"],
            ["draft_machine_translation"],
        ),
        (Translation("machine", "", "B"), Review("0", PartialDate(2026)), ["draft"], ["draft"]),
    ],
)
def test_a_sheet_says_what_nobody_has_checked(
    translation: Translation | None, review: Review, front: list[str], foot: list[str]
):
    handout = translated("es", "about-draft", translation=translation, review=review)

    assert said(handout) == (front, foot)


def about(handout: Handout) -> dict[str, str]:
    """Labels and values of what the sheet says of itself, the labels by their names."""
    names = {words: name for name, words in reversed(language(handout.language).words.items())}
    read = blocks(pdf_in(handout))
    return {
        names[label.text]: value.text
        for label, value in pairwise(read)
        if label.tag == "Lbl" and value.tag == "LBody" and label.text in names
    }


@pytest.mark.parametrize(
    ("translation", "made", "checked"),
    [
        (MACHINE, "Hecha por computadora", "Nadie todavía"),
        (Translation("human", "Ana Gil", "Luis Paz"), "Ana Gil", "Luis Paz"),
        (Translation("machine-and-human", "Ana Gil"), "Ana Gil", "Nadie todavía"),
    ],
)
def test_a_translation_says_who_made_and_who_checked_it(
    translation: Translation, made: str, checked: str
):
    rows = about(translated("es", "about-draft", translation=translation))

    assert made.casefold() in rows["translation"].casefold()
    assert rows["checked_by"].casefold() == checked.casefold()
    assert "inglés" in rows["original"]


def test_a_translation_that_is_behind_says_so():
    handout = translated("es", "about-draft")
    behind = replace(handout, title_language="en")
    words = language("es").words

    assert about(handout)["original"] == words["original_same"].format(language="inglés")
    assert about(behind)["original"] == words["original_newer"].format(language="inglés")


def test_a_sheet_in_its_first_language_says_nothing_of_translations():
    assert (
        not {"translation", "checked_by", "original"} & about(handout_named("about-draft")).keys()
    )


def test_an_unchecked_translation_warns_its_reader():
    texts = [block.text for block in blocks(pdf_in(translated("es", "about-draft")))]

    assert language("es").words["unchecked"] in texts
