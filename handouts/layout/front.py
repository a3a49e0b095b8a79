"""The head of page one: title, byline and the line that says a draft is a draft."""

from __future__ import annotations

from handouts.diagnostics import SourceSpan
from handouts.document import Handout, Words
from handouts.inks import Ink
from handouts.layout.placing import Anchor
from handouts.layout.rows import Band, Row, backed, beside, kept, line_rows
from handouts.layout.setting import Setting
from handouts.structure import Element


def title_rows(handout: Handout, root: Element, setting: Setting) -> list[Row]:
    width = setting.columns.width
    title = setting.style.title
    lines = setting.typesetter.phrase(
        handout.title, root.add("H1").leaf(), title, width, span=handout.span
    )
    rows = line_rows(lines, title, 0)
    rows[0] = beside(rows[0], Anchor(handout.title, 1))
    byline = setting.style.byline
    span = SourceSpan(handout.review.span.file, path="author")
    author = Words(handout.author, language=handout.source_language, span=span)
    words = setting.sentence("byline", author=author)
    rows += line_rows(
        setting.typesetter.lines(words, root.add("P"), byline, width), byline, 0, space=2
    )
    rows += draft_rows(handout, root, setting)
    return kept(rows)


def draft_rows(handout: Handout, root: Element, setting: Setting) -> list[Row]:
    """The draft lines in the structure, once; the foot repeats the last as an artifact."""
    type_ = setting.style.byline.strong().with_ink(Ink.TEXT)
    bar = Band(0, 2.5, Ink.TEXT)
    rows: list[Row] = []
    for words in draft_lines(handout, setting):
        leaf = root.add("P").leaf()
        lines = setting.typesetter.phrase(words, leaf, type_, setting.columns.width - 10)
        rows += line_rows(lines, type_, 10, space=0 if rows else 6)
    return [backed(row, bar) for row in rows]


def draft_lines(handout: Handout, setting: Setting) -> tuple[str, ...]:
    """What a draft says of itself: that nobody reviewed the text, checked the translation, or both.

    The translation's line comes last.
    """
    keys = [] if handout.review.is_reviewed else ["draft"]
    translation = handout.translation
    if translation is not None and not translation.checked_by:
        is_machine = translation.method == "machine"
        keys.append("draft_machine_translation" if is_machine else "draft_translation")
    return tuple(setting.word(key) for key in keys)
