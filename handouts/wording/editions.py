"""What editions that do not show the whole say in its place."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import (
    AtAGlance,
    Citation,
    EasyRead,
    Handout,
    Inlines,
    Picture,
    TeachBack,
    Words,
)
from handouts.languages import Language
from handouts.wording.inlines import variables

GENERAL_QUESTIONS = ("ask_problem", "ask_do", "ask_call")


def questions(handout: Handout, language: Language, emergency_number: str) -> TeachBack:
    """The editor's, or general ones; ``emergency_number`` is the clinic's, or empty."""
    if handout.teach_back is not None:
        return handout.teach_back
    number = variables(language, emergency_number)["emergency_number"]
    texts = [language.word(key) for key in GENERAL_QUESTIONS]
    texts.append(language.word("ask_emergency", number=number))
    return TeachBack(tuple((Words(text),) for text in texts), span=handout.span)


def uncited(glance: AtAGlance) -> AtAGlance:
    """The same where there are no references that a number could lead to."""
    return replace(
        glance,
        summary=_without_citations(glance.summary),
        do=tuple(map(_without_citations, glance.do)),
        call=tuple(map(_without_citations, glance.call)),
        emergency=tuple(map(_without_citations, glance.emergency)),
    )


def _without_citations(content: Inlines) -> Inlines:
    return tuple(run for run in content if not isinstance(run, Citation))


def one_of_each_maker(easy: EasyRead) -> tuple[Picture, ...]:
    """Pictures that have all the credits, each credit once."""
    pictures = [said.picture for section in easy.sections for said in section.statements]
    return tuple({(picture.credit, picture.rights): picture for picture in pictures}.values())
