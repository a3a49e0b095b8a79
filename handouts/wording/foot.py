"""The running foot's words: which sheet this is, and whether it is a draft."""

from __future__ import annotations

from dataclasses import dataclass

from handouts.document import Handout, Words
from handouts.languages import Language
from handouts.wording.front import draft_lines


@dataclass(frozen=True, slots=True)
class Foot:
    """What the foot of every page says: the title, facts beside it, and what is a draft below.

    Without ``counts`` the sheet has no page numbers of its own.
    """

    title: Words
    facts: tuple[Words, ...]
    drafts: tuple[str, ...] = ()
    counts: bool = True


def foot_of(handout: Handout, code: str, language: Language) -> Foot:
    """The foot of a handout, with the short form of its title and the last of its draft lines."""
    return Foot(
        Words(handout.short_title or handout.title, language=handout.title_language),
        (
            Words(f"{language.word('version')} {handout.review.version}"),
            Words(language.date(handout.review.updated)),
            Words(code),
        ),
        draft_lines(handout, language)[-1:],
    )
