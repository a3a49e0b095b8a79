"""The head of page one: title, byline and the line that says a draft is a draft."""

from __future__ import annotations

from handouts.document import Handout, Notice
from handouts.inks import Ink
from handouts.layout.notices import notice_rows, untranslated_rows
from handouts.layout.placing import Anchor
from handouts.layout.rows import Band, Row, as_run, backed, beside, kept, line_rows
from handouts.layout.setting import Box, Setting
from handouts.structure import Element
from handouts.wording.front import byline, draft_lines

NOTICE_SPACE = 16.0  # from a notice to the title


def title_rows(
    handout: Handout, root: Element, setting: Setting, notice: Notice | None
) -> list[Row]:
    """The head of page one, a notice above everything else."""
    width = setting.columns.width
    box = Box(0, width)
    above = notice_rows(notice, root, setting) if notice is not None else []
    above += untranslated_rows(handout.title_language, root, box, setting)
    own = setting.part_in(handout.title_language)
    title = own.style.title
    leaf = root.add("H1", language=handout.title_language).leaf()
    lines = own.typesetter.phrase(handout.title, leaf, title, width, span=handout.span)
    rows = line_rows(lines, title, 0, space=NOTICE_SPACE if above else 0)
    rows[0] = beside(rows[0], Anchor(handout.title, 1))
    rows = [*above, *as_run(rows, box, own, setting), *byline_rows(handout, root, setting)]
    rows += draft_rows(handout, root, box, setting)
    return kept(rows)


def byline_rows(handout: Handout, root: Element, setting: Setting) -> list[Row]:
    type_ = setting.style.byline
    words = byline(handout, setting.typesetter.language)
    lines = setting.typesetter.lines(words, root.add("P"), type_, setting.columns.width)
    return line_rows(lines, type_, 0, space=2)


def draft_rows(handout: Handout, root: Element, box: Box, setting: Setting) -> list[Row]:
    """The draft lines in the structure, once; the foot repeats the last as an artifact."""
    type_ = setting.style.byline.strong().with_ink(Ink.TEXT)
    bar = Band(box.x, 2.5, Ink.TEXT)
    inner = box.inset(10)
    rows: list[Row] = []
    for words in draft_lines(handout, setting.typesetter.language):
        leaf = root.add("P").leaf()
        lines = setting.typesetter.phrase(words, leaf, type_, inner.width)
        rows += line_rows(lines, type_, inner.x, space=0 if rows else 6)
    return [backed(row, bar) for row in rows]
