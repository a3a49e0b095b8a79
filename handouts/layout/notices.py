"""Notices to a reader whose language a sheet, or a part of it, is not in.

They must be found by somebody who cannot read what is around them, and not be taken for a part of
the text: words in bold on a tint, with a bar at their start.
"""

from __future__ import annotations

from collections.abc import Iterable

from handouts.document import Notice
from handouts.inks import Ink
from handouts.layout.rows import Band, Row, as_run, backed, kept, line_rows
from handouts.layout.setting import Box, Setting
from handouts.layout.style import Type
from handouts.structure import Element
from handouts.wording.front import untranslated

PADDING = 7.0
BAR = 4.0


def notice_rows(notice: Notice, root: Element, setting: Setting) -> list[Row]:
    """The lines above everything else on page one, in the reader's language."""
    own = setting.part_in(notice.language)
    tag = notice.language if own is not setting else ""
    holder = root.add("Div", language=tag)
    box = Box(0, setting.columns.width)
    rows = _framed(notice.lines, holder, box, own, own.style.lead.strong())
    return as_run(rows, box, own, setting)


def untranslated_rows(tag: str, element: Element, box: Box, setting: Setting) -> list[Row]:
    """What stands above a part whose newest text is in the language ``tag``; else nothing."""
    words = untranslated(tag, setting.typesetter.language)
    if not words:
        return []
    return _framed([words], element, box, setting, setting.style.small.strong())


def _framed(
    texts: Iterable[str], element: Element, box: Box, setting: Setting, type_: Type
) -> list[Row]:
    inner = box.inset(BAR + PADDING, PADDING)
    rows = [Row(PADDING - 2)]
    for text in texts:
        lines = setting.typesetter.phrase(text, element.add("P").leaf(), type_, inner.width)
        rows += line_rows(lines, type_, inner.x)
    rows.append(Row(PADDING - 2))
    bands = (Band(box.x, box.width, Ink.TINT), Band(box.x, BAR, Ink.TEXT))
    return kept([backed(row, *bands) for row in rows])
