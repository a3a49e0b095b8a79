"""What stands below a title and above parts: byline, draft lines, what is not translated."""

from __future__ import annotations

from handouts.diagnostics import SourceSpan
from handouts.document import Handout, Inlines, Words
from handouts.languages import Language
from handouts.wording.inlines import sentence


def byline(handout: Handout, language: Language) -> Inlines:
    """Whose text it is; the name is in the language of the facts."""
    span = SourceSpan(handout.review.span.file, path="author")
    author = Words(handout.author, language=handout.source_language, span=span)
    return sentence(language, "byline", author=author)


def draft_lines(handout: Handout, language: Language) -> tuple[str, ...]:
    """What a draft says of itself: that nobody reviewed the text, checked the translation, or both.

    The translation's line comes last.
    """
    keys = [] if handout.review.is_reviewed else ["draft"]
    translation = handout.translation
    if translation is not None and not translation.checked_by:
        is_machine = translation.method == "machine"
        keys.append("draft_machine_translation" if is_machine else "draft_translation")
    return tuple(language.word(key) for key in keys)


def untranslated(tag: str, language: Language) -> str:
    """What stands above a part whose newest text is in the language ``tag``; empty for its own."""
    if tag in ("", language.tag):
        return ""
    return language.word("untranslated_part", language=language.language_name(tag))
