"""What the summary and easy read show of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.checking.content import check_handout
from handouts.diagnostics import Diagnostic, SourceSpan
from handouts.document import (
    Checklist,
    Citation,
    EasyRead,
    EasySection,
    Inlines,
    LineBreak,
    Picture,
    Reference,
    Statement,
    TeachBack,
    Variable,
    Words,
)
from handouts.places import CONTENT
from handouts.reading.handouts import read_handout
from handouts.reading.library import Library
from tests.checking.test_content import handout

SPAN = SourceSpan("en.yaml", 7, 9)
CITED = Citation("smith-2019")
REFERENCES = (Reference("smith-2019", "book", "On Asthma"),)
PICTURE = Picture("brain", Path("brain.svg"), "easy_read", "A. Painter", "CC-BY-4.0")
NO_NUMBER = "the summary and easy read print no references: this number would lead nowhere"
PML = "progressive-multifocal-leukoencephalopathy"


def said(*content: str | Words | Variable | Citation | LineBreak) -> list[Diagnostic]:
    """What is found in a handout of which easy read has this one statement."""
    runs: Inlines = tuple(Words(run) if isinstance(run, str) else run for run in content)
    section = EasySection("What is it?", (Statement(runs, PICTURE, SPAN),))
    easy = EasyRead((section,))
    return list(check_handout(handout(easy_read=easy, references=REFERENCES)))


def messages(found: list[Diagnostic]) -> list[str]:
    return [problem.message for problem in found if "is never cited" not in problem.message]


def test_fifteen_words_are_few_enough_and_sixteen_are_not() -> None:
    assert messages(said("word " * 14 + "end.")) == []
    (problem,) = (each for each in said("word " * 15 + "end.") if each.span == SPAN)
    assert problem.message == "a sentence of 16 words is long for easy read"
    assert not problem.is_error
    assert problem.hint == "write at most 15 words, with one thought in a sentence"


@pytest.mark.parametrize(
    "text",
    [
        "One. Two. Three.",
        "Is it so? Yes! Then call.",
        "一。二！三？",
        "एक है। दो है। तीन है।",
        "أول؟ ثان. ثالث.",
    ],
)
def test_three_sentences_beside_one_picture_are_too_many(text: str) -> None:
    (problem,) = (each for each in said(text) if each.span == SPAN)
    assert problem.message == "3 sentences stand beside one picture"
    assert not problem.is_error


@pytest.mark.parametrize("text", ["One. Two.", "Take 2.5 ml. Not 5.0 ml.", "一。二！"])
def test_two_sentences_are_not(text: str) -> None:
    assert messages(said(text)) == []


def test_text_without_spaces_is_never_too_long_a_sentence() -> None:
    assert messages(said("这" * 200)) == []


def test_each_of_the_clinics_own_words_counts_as_one() -> None:
    number = Variable("emergency_number")
    assert messages(said(number)) == []
    assert messages(said("word " * 14, number)) == []
    assert messages(said("word " * 15, number)) == ["a sentence of 16 words is long for easy read"]


def test_a_line_break_parts_two_words() -> None:
    assert messages(said("word " * 14 + "one", LineBreak(), "two.")) == [
        "a sentence of 16 words is long for easy read"
    ]


def test_words_in_bold_or_in_another_language_are_counted_too() -> None:
    assert messages(said("word " * 14, Words("bold ", bold=True), Words("fin", language="fr"))) == [
        "a sentence of 16 words is long for easy read"
    ]


# --- references ------------------------------------------------------------------------------


def test_easy_read_cites_nothing() -> None:
    found = said("It is common.", CITED)
    assert messages(found) == [NO_NUMBER]
    assert (found[0].is_error, found[0].span) == (True, SPAN)


def test_a_number_without_a_sentence_is_told_too() -> None:
    assert messages(said(CITED)) == [NO_NUMBER]


def test_the_check_list_and_the_questions_cite_nothing() -> None:
    cited = ((Words("Rest."), CITED),)
    for part in ({"checklist": Checklist(cited)}, {"teach_back": TeachBack(cited)}):
        found = list(check_handout(handout(**part, references=REFERENCES)))
        assert messages(found) == [NO_NUMBER]


def test_a_citation_is_named_by_its_own_place() -> None:
    place = SourceSpan("en.yaml", 3, 20)
    found = said("It is common.", Citation("smith-2019", place))
    assert [each.span for each in found] == [place]


# --- questions -------------------------------------------------------------------------------


def test_five_questions_are_few_enough_and_six_are_not() -> None:
    question = ((Words("Why?"),),)
    assert messages(list(check_handout(handout(teach_back=TeachBack(question * 5))))) == []
    (problem,) = check_handout(handout(teach_back=TeachBack(question * 6, span=SPAN)))
    assert problem.message == "6 questions are too many to answer aloud"
    assert (problem.is_error, problem.span) == (True, SPAN)


# --- our own ---------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["en", "ar", "es", "fr", "ht", "ru", "so", "vi", "zh-Hans"])
def test_our_easy_read_is_short_and_says_the_same_with_the_same_pictures(tag: str) -> None:
    library = Library(CONTENT)
    (here, warnings), source = (read_handout(library, PML, each) for each in (tag, "en"))
    assert warnings == ()
    assert here.easy_read is not None
    assert source.value.easy_read is not None
    assert _pictures(here.easy_read) == _pictures(source.value.easy_read)
    assert _variables(here.easy_read) == _variables(source.value.easy_read)
    assert here.checklist is not None
    assert here.teach_back is not None
    assert (len(here.checklist.items), len(here.teach_back.questions)) == (6, 3)


def _pictures(easy: EasyRead) -> list[list[str]]:
    return [[each.picture.id for each in section.statements] for section in easy.sections]


def _variables(easy: EasyRead) -> list[int]:
    return [
        sum(isinstance(run, Variable) for run in each.text)
        for section in easy.sections
        for each in section.statements
    ]
