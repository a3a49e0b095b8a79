"""The words and marks that blocks of a section bring with them."""

from __future__ import annotations

from handouts.document import CalloutKind, Inlines, Picture, Section, Words
from handouts.languages import Language
from handouts.wording.inlines import sentence, variables

BULLETS = ("•", "–", "•", "–")  # by depth; both are in every face

_CALLOUTS = {
    CalloutKind.NOTE: "note",
    CalloutKind.CALL_DOCTOR: "callout_call",
}


def heading_of(section: Section, language: Language) -> str:
    """The section's own heading, or the language's for a well-known section."""
    return section.heading or language.section_heading(section.id) or section.id


def callout_label(kind: CalloutKind, language: Language, emergency_number: str) -> str:
    """The words that open a callout; ``emergency_number`` is the clinic's, or empty."""
    if kind is CalloutKind.EMERGENCY:
        return emergency_label(language, emergency_number)
    return language.word(_CALLOUTS[kind])


def emergency_label(language: Language, emergency_number: str) -> str:
    number = variables(language, emergency_number)["emergency_number"]
    return language.word("emergency", number=number)


def credit(picture: Picture, facts: str, language: Language) -> Inlines:
    """Who made a picture and what may be done with it, named in the language of the ``facts``."""
    return sentence(
        language,
        "credit",
        credit=Words(picture.credit, language=facts, span=picture.span),
        rights=Words(_shown_rights(picture.rights), language=facts, span=picture.span),
    )


def _shown_rights(rights: str) -> str:
    """Creative Commons licences as people write them, not as SPDX does."""
    return rights.replace("-", " ") if rights.startswith("CC") else rights
