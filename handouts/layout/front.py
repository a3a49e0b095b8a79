"""The head of page one: title, byline and the line that says a draft is a draft."""

from __future__ import annotations

from handouts.diagnostics import SourceSpan
from handouts.document import Handout
from handouts.inks import Ink
from handouts.layout.placing import Anchor
from handouts.layout.rows import Backdrop, Row, backed, beside, kept, line_rows
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
    words = setting.word("byline", author=handout.author)
    facts = SourceSpan(handout.review.span.file, path="author")
    lines = setting.typesetter.phrase(words, root.add("P").leaf(), byline, width, span=facts)
    rows += line_rows(lines, byline, 0, space=2)
    if handout.is_draft:
        rows += draft_rows(root.add("P"), setting)
    return kept(rows)


def draft_rows(element: Element, setting: Setting) -> list[Row]:
    """The draft line in the structure, once; the footer repeats it as an artifact."""
    type_ = setting.style.byline.strong().with_ink(Ink.TEXT)
    words = setting.word("draft")
    lines = setting.typesetter.phrase(words, element.leaf(), type_, setting.columns.width - 10)
    bar = Backdrop(0, setting.columns.width, bar=Ink.TEXT, bar_width=2.5)
    rows = line_rows(lines, type_, 10, space=6)
    return [backed(row, bar) for row in rows]
