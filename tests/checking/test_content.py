from __future__ import annotations

from dataclasses import replace

import pytest

from handouts.checking.content import check_handout, inlines_of
from handouts.diagnostics import Severity, SourceSpan
from handouts.document import (
    AtAGlance,
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Citation,
    Handout,
    ListItem,
    NumberedList,
    Paragraph,
    PartialDate,
    Reference,
    Review,
    Section,
    Subheading,
    Table,
    Words,
)

REVIEW = Review("1.0", PartialDate(2021, 5, 25))


def text(words: str) -> Paragraph:
    return Paragraph((Words(words),))


def handout(*sections: Section, **values: object) -> Handout:
    whole = Handout(
        slug="asthma",
        language="en",
        source_language="en",
        title="Asthma",
        short_title="",
        author="A",
        audience="adults",
        codes={},
        at_a_glance=None,
        sections=sections or (Section("definition", "", (text("Asthma is common."),)),),
        pictures=(),
        resources=(),
        references=(),
        review=REVIEW,
    )
    return replace(whole, **values)


def messages(checked: Handout) -> list[str]:
    return [problem.message for problem in check_handout(checked)]


def test_a_sound_handout_has_no_problems() -> None:
    assert messages(handout()) == []


# --- sections --------------------------------------------------------------------------------


def test_a_section_has_the_heading_of_its_language_or_its_own() -> None:
    assert messages(handout(Section("odds", "", (text("x"),)))) == [
        'the section "odds" has no heading'
    ]
    assert messages(handout(Section("odds", "Odds", (text("x"),)))) == []


def test_a_language_without_words_is_placed_in_its_file() -> None:
    (problem,) = check_handout(handout(language="tlh", span=SourceSpan("tlh.yaml", 1, 1)))
    assert problem.message == 'the program has no words of its own in the language "tlh"'
    assert problem.span == SourceSpan("tlh.yaml")


def headings(*levels: int) -> Handout:
    blocks = tuple(Subheading((Words("x"),), level) for level in levels)
    return handout(Section("definition", "", blocks))


@pytest.mark.parametrize("levels", [(3,), (3, 4, 4, 3, 4)])
def test_subheadings_go_down_one_level_at_a_time(levels: tuple[int, ...]) -> None:
    assert messages(headings(*levels)) == []


def test_a_skipped_level_is_an_error() -> None:
    assert messages(headings(4)) == ["this subheading skips a level"]


def test_levels_start_anew_in_each_section() -> None:
    first = Section("definition", "", (Subheading((Words("x"),), 3),))
    second = Section("treatment", "", (Subheading((Words("x"),), 4),))
    assert messages(handout(first, second)) == ["this subheading skips a level"]


# --- references ------------------------------------------------------------------------------

CITED = Citation("a")
PLACES = {
    "a paragraph": Paragraph((CITED,)),
    "a subheading": Subheading((CITED,)),
    "a bullet list": BulletList((ListItem((Paragraph((CITED,)),)),)),
    "a nested list": BulletList((ListItem((NumberedList((ListItem((Paragraph((CITED,)),)),)),)),)),
    "a table": Table(((Cell(()), Cell((CITED,))),), ()),
    "a callout": Callout(CalloutKind.NOTE, (Paragraph((CITED,)),)),
}


@pytest.mark.parametrize("block", PLACES.values(), ids=PLACES.keys())
def test_a_citation_is_found_wherever_it_stands(block: Paragraph) -> None:
    citing = handout(Section("definition", "", (block,)))
    assert messages(citing) == ['there is no reference "a"']
    known = replace(citing, references=(Reference("a", "book", "A Book"),))
    assert messages(known) == []


@pytest.mark.parametrize("part", ["summary", "do", "call", "emergency"])
def test_a_citation_is_found_on_the_front(part: str) -> None:
    parts: dict[str, object] = {"summary": (), "do": (), "call": (), "emergency": ()}
    parts[part] = (CITED,) if part == "summary" else ((CITED,),)
    glance = AtAGlance(**parts)  # type: ignore[arg-type]
    assert CITED in list(inlines_of(handout(at_a_glance=glance)))


def test_an_uncited_reference_is_a_warning() -> None:
    (problem,) = check_handout(handout(references=(Reference("a", "book", "A Book"),)))
    assert problem.message == 'the reference "a" is never cited'
    assert problem.severity is Severity.WARNING


def test_a_reference_id_is_used_once() -> None:
    twice = (Reference("a", "book", "A Book"), Reference("a", "book", "Another"))
    cited = Section("definition", "", (Paragraph((CITED,)),))
    assert messages(handout(cited, references=twice)) == ['the reference "a" is listed twice']


# --- review ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("review", "message"),
    [
        (
            replace(REVIEW, reviewer="Ann Lee, MD"),
            "the review says only half: `reviewed` is missing",
        ),
        (
            replace(REVIEW, reviewed=PartialDate(2021)),
            "the review says only half: `reviewer` is missing",
        ),
        (
            replace(REVIEW, interval_months=24, remove_after_months=23),
            "the handout would be removed before its next review is due",
        ),
    ],
)
def test_a_review_does_not_contradict_itself(review: Review, message: str) -> None:
    assert messages(handout(review=review)) == [message]


@pytest.mark.parametrize("reviewed", [PartialDate(2019), PartialDate(2030, 1, 1)])
def test_a_review_may_come_before_or_after_the_last_update(reviewed: PartialDate) -> None:
    review = replace(REVIEW, reviewer="Ann Lee, MD", reviewed=reviewed)
    assert messages(handout(review=review)) == []


@pytest.mark.parametrize("kind", ["issued", "updated", "accessed"])
@pytest.mark.parametrize(
    ("when", "is_late"),
    [
        (PartialDate(2021), False),
        (PartialDate(2021, 5), False),
        (PartialDate(2021, 5, 25), False),
        (PartialDate(2021, 5, 26), True),
        (PartialDate(2021, 6), True),
        (PartialDate(2022), True),
    ],
)
def test_a_source_from_after_the_last_update_is_a_warning(
    kind: str, when: PartialDate, is_late: bool
) -> None:
    reference = replace(Reference("a", "book", "A Book"), **{kind: when})
    cited = Section("definition", "", (Paragraph((CITED,)),))
    problems = list(check_handout(handout(cited, references=(reference,))))
    assert [problem.severity for problem in problems] == [Severity.WARNING] * is_late


@pytest.mark.parametrize(
    ("source", "title", "own", "is_warned"),
    [
        ("ar", "Fever basics", "", True),
        ("ar", "Fever basics", "en", False),
        ("ar", "1. الحمى", "", False),
        ("en", "الحمى", "", True),
        ("en", "2020", "", False),
        ("ar", "2020", "", False),
        ("ru", "Fever basics", "", False),
    ],
)
def test_a_reference_that_runs_the_other_way_must_name_its_language(
    source: str, title: str, own: str, is_warned: bool
) -> None:
    reference = Reference("cdc", "webpage", title, language=own)
    section = Section("definition", "", (Paragraph((Words("A"), Citation("cdc"))),))

    found = messages(handout(section, source_language=source, references=(reference,)))

    assert [one.startswith('the title of the reference "cdc"') for one in found] == [
        True
    ] * is_warned


@pytest.mark.parametrize(("tag", "warnings"), [("ar", 1), ("en", 0)])
def test_numbers_side_by_side_are_told_where_text_runs_from_right_to_left(
    tag: str, warnings: int
) -> None:
    section = Section("causes", "", (text("خذ 5 mg 3 مرات"),))
    found = list(check_handout(handout(section, language=tag, source_language=tag)))
    assert ["stand side by side" in problem.message for problem in found] == [True] * warnings
