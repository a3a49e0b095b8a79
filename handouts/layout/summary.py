"""The summary: at a glance, a check-list, and questions to answer in one's own words."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import (
    Checklist,
    Handout,
    Inlines,
    ListItem,
    Notice,
    NumberedList,
    Paragraph,
    TeachBack,
)
from handouts.layout.blocks import block_rows, task_rows
from handouts.layout.notices import untranslated_rows
from handouts.layout.reserved import reserve
from handouts.layout.rows import as_run
from handouts.layout.setting import Box, Setting
from handouts.layout.story import (
    Story,
    Titled,
    closing_parts,
    fits_side,
    front_height,
    glance_part,
    inside,
    reserved_part,
    title_part,
    titled_part,
)
from handouts.structure import Element
from handouts.wording.editions import questions, uncited


def compose_summary(
    handout: Handout,
    numbers: dict[str, int],
    code: str,
    setting: Setting,
    notice: Notice | None = None,
) -> Story:
    """The story of a handout's summary, as ``compose`` makes that of the whole.

    It has no references, so that no number leads to one.
    """
    root, check = Element("Document"), Element("Div")
    parts = [title_part(handout, root, setting, notice)]
    if handout.at_a_glance is not None:
        glance = uncited(handout.at_a_glance)
        ticks = handout.checklist is None
        parts.append(glance_part(glance, root.add("Sect"), setting, ticks=ticks))
    reserved = reserve(root, setting, front_height(parts))
    if setting.columns.single:
        parts.append(reserved_part(reserved, setting))
    box = Box(setting.columns.main, setting.columns.measure)
    below = [_checklist(handout.checklist, root, box, setting)] if handout.checklist else []
    below.append(_questions(handout, root, box, setting))
    at_side = not setting.columns.single and all(map(fits_side, below))
    parts += [titled_part(titled, setting, at_side=at_side) for titled in below]
    reserved, last = closing_parts(handout, numbers, code, root, check, reserved, setting)
    return Story((*parts, *last), reserved, root, check)


def _checklist(checklist: Checklist, root: Element, box: Box, setting: Setting) -> Titled:
    return _titled("checklist", checklist, checklist.items, root, box, setting)


def _questions(handout: Handout, root: Element, box: Box, setting: Setting) -> Titled:
    """The editor's questions, or general ones in the language of the sheet."""
    typesetter = setting.typesetter
    asked = questions(handout, typesetter.language, typesetter.emergency_number)
    return _titled("teach_back", asked, asked.questions, root, box, setting)


def _titled(
    key: str,
    part: Checklist | TeachBack,
    contents: Sequence[Inlines],
    root: Element,
    box: Box,
    setting: Setting,
) -> Titled:
    """Tasks with boxes to tick, or numbered questions, below a heading of the program's own."""
    own = setting.part_in(part.language)
    holder = root.add("Sect")
    title = holder.add("H2")
    above = untranslated_rows(part.language, holder, box, setting)
    below = inside(holder, own, setting)
    if isinstance(part, Checklist):
        rows = task_rows(contents, below, box, own)
    else:
        items = tuple(ListItem((Paragraph(content),)) for content in contents)
        rows = block_rows([NumberedList(items)], below, box, own)
    rows = as_run(rows, box, own, setting)
    return Titled(setting.word(key), title, [*above, *rows], setting, part.span)
