"""What a sheet says of itself: reviewer, dates, version, code, and how a translation came about.

What is not known is said, never left out: a draft names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.document import Handout, Inlines, PartialDate, Translation, Words
from handouts.edition import Shows
from handouts.languages import Language
from handouts.wording.inlines import sentence

Fact = tuple[str, Inlines]  # its label and its value


def doubts(handout: Handout, shows: Shows, language: Language) -> Iterator[str]:
    """What a patient must know of a text that is not the whole, or that nobody vouches for."""
    if shows is not Shows.WHOLE:
        yield language.word("summary_of")
    if not handout.review.is_reviewed:
        yield language.word("not_reviewed")
    if handout.translation is not None and not handout.translation.checked_by:
        yield language.word("unchecked")


def facts_of(handout: Handout, code: str, language: Language) -> list[Fact]:
    """Labels and values; the reviewer's name is in the language of the facts."""
    review = handout.review

    def value(text: str, tag: str = "") -> Inlines:
        return (Words(text, language=tag, span=review.span),)

    def when(day: PartialDate | None) -> Inlines:
        return value(language.date(day) if day is not None else language.word("not_yet"))

    nobody = value(language.word("nobody_yet"))
    reviewer = value(review.reviewer, handout.source_language) if review.reviewer else nobody
    facts: list[Fact] = [
        (language.word("reviewer"), reviewer),
        (language.word("reviewed"), when(review.reviewed)),
    ]
    translation = handout.translation
    if translation is not None:
        checked_by = value(translation.checked_by, handout.language)
        checker = checked_by if translation.checked_by else nobody
        key = "original_same" if handout.is_whole else "original_newer"
        source = language.language_name(handout.source_language)
        facts.append((language.word("original"), value(language.word(key, language=source))))
        made = _translated_by(translation, handout.language, language)
        if made:
            facts.append((language.word("translation"), made))
        facts.append((language.word("checked_by"), checker))
    return [
        *facts,
        (language.word("updated"), when(review.updated)),
        (language.word("next_review"), when(review.next_review)),
        (language.word("version"), value(review.version)),
        (language.word("code"), value(code)),
    ]


def _translated_by(translation: Translation, tag: str, language: Language) -> Inlines:
    """How the translation came about; nothing for a person whom the file does not name."""
    name = Words(translation.translator, language=tag, span=translation.span)
    if translation.method == "human":
        return sentence(language, "by_person", name=name) if name.text else ()
    if translation.method == "machine" or not name.text:
        return (Words(language.word("by_machine"), span=translation.span),)
    return sentence(language, "by_machine_and_person", name=name)
