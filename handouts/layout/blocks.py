"""The blocks of a section to rows: paragraphs, subheadings, lists and callouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.document import (
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Citation,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Subheading,
    Table,
    Words,
)
from handouts.inks import Ink
from handouts.layout.icons import icon
from handouts.layout.pages import Item, PlacedLine
from handouts.layout.rows import Band, Row, backed, beside, keeping, kept, line_rows, spaced
from handouts.layout.setting import Box, Setting
from handouts.layout.style import SheetStyle, Type
from handouts.layout.tables import table_rows
from handouts.structure import Element
from handouts.wording.blocks import BULLETS, callout_label

MARKER_GAP = 5.0  # the least between a number and its item


def block_rows(
    blocks: Sequence[Block], element: Element, box: Box, setting: Setting, depth: int = 0
) -> list[Row]:
    """Blocks one below the other; their structure is added to ``element``.

    A paragraph that ends with a colon and a subheading stay with what they introduce.
    """
    rows: list[Row] = []
    above: Block | None = None
    for block in blocks:
        added = _rows(block, element, box, setting, depth)
        if above is not None:
            added[0] = spaced(added[0], _space(above, block, setting.style, depth))
            if _introduces(above):
                added[0] = keeping(added[0])
        rows += added
        above = block
    return rows


def _space(above: Block, below: Block, style: SheetStyle, depth: int) -> float:
    """The white space between two blocks: little where the upper one leads to the lower."""
    if isinstance(above, Subheading) or (depth and _is_list(below)):
        return style.item_space
    if isinstance(below, Subheading):
        return 1.5 * style.block_space
    return style.block_space


def _is_list(block: Block) -> bool:
    return isinstance(block, BulletList | NumberedList)


def _introduces(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return isinstance(block, Subheading)
    words = [item for item in block.content if not isinstance(item, Citation)]
    last = words[-1] if words else None
    return isinstance(last, Words) and last.text.rstrip().endswith((":", "：", "፦"))


def _rows(block: Block, element: Element, box: Box, setting: Setting, depth: int) -> list[Row]:
    match block:
        case Paragraph():
            return _paragraph_rows(block, element.add("P"), box, setting)
        case Subheading(content, level):
            type_ = setting.style.subheading
            lines = setting.typesetter.lines(content, element.add(f"H{level}"), type_, box.width)
            return kept(line_rows(lines, type_, box.x))
        case BulletList() | NumberedList():
            return _list_rows(block, element, box, setting, depth)
        case Table():
            return table_rows(block, element, box, setting)
        case Callout(kind, blocks):
            return _callout_rows(kind, blocks, element.add("Div"), box, setting)


def _paragraph_rows(
    paragraph: Paragraph, element: Element, box: Box, setting: Setting
) -> list[Row]:
    type_ = setting.style.body
    lines = setting.typesetter.lines(paragraph.content, element, type_, box.width)
    return line_rows(lines, type_, box.x)


def _list_rows(
    block: BulletList | NumberedList, element: Element, box: Box, setting: Setting, depth: int
) -> list[Row]:
    """A list: the first two items stay together, and so do the last two."""
    numbering = "Decimal" if isinstance(block, NumberedList) else "Disc"
    if any(item.checked is not None for item in block.items):
        numbering = "None"
    holder = element.add("L", attributes={"List": {"ListNumbering": numbering}})
    inner = box.inset(_indent(block, setting))
    space = setting.style.block_space if _is_loose(block) else setting.style.item_space
    rows: list[Row] = []
    last = len(block.items) - 1
    for number, item in enumerate(block.items):
        entry = holder.add("LI")
        marker = _marker(block, item, number, entry, box, setting, depth)
        body = entry.add("LBody")
        item_rows = _item_rows(item, body, inner, setting, depth)
        first = beside(item_rows[0], *marker)
        if number:
            first = spaced(first, space)
        if number in (1, last) and number:
            first = keeping(first)
        item_rows[0] = first
        rows += item_rows
    return rows


def _is_loose(block: BulletList | NumberedList) -> bool:
    """Whether an item has more than one paragraph, so that items need more space between them."""
    return any(not _is_list(inner) for item in block.items for inner in item.blocks[1:])


def _indent(block: BulletList | NumberedList, setting: Setting) -> float:
    """How far the items stand in from their markers: more for numbers of two figures and up."""
    indent = setting.style.indent
    if isinstance(block, BulletList):
        return indent
    text = setting.word("list_number", number=block.start + len(block.items) - 1)
    (widest,) = setting.typesetter.phrase(text, None, _marker_type(setting), 4 * indent)
    return max(indent, widest.width + MARKER_GAP)


def _marker_type(setting: Setting) -> Type:
    return setting.style.body.strong().with_ink(Ink.ACCENT)


def bullet_type(setting: Setting) -> Type:
    """That of bullets, as large as the edition has them."""
    type_ = _marker_type(setting)
    return replace(type_, style=replace(type_.style, size=type_.style.size * setting.style.bullet))


def _item_rows(item: ListItem, body: Element, box: Box, setting: Setting, depth: int) -> list[Row]:
    """An item of one paragraph needs no P of its own (ISO 32000-1, 14.8.4.3.3)."""
    if len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph):
        return _paragraph_rows(item.blocks[0], body, box, setting)
    return block_rows(item.blocks, body, box, setting, depth + 1)


def _marker(
    block: BulletList | NumberedList,
    item: ListItem,
    number: int,
    entry: Element,
    box: Box,
    setting: Setting,
    depth: int,
) -> list[Item]:
    label = entry.add("Lbl")
    type_ = setting.style.body
    if item.checked is not None:
        label.alt = setting.word("task_done" if item.checked else "task_open")
        name = "ticked" if item.checked else "box"
        mark = icon(
            name, box.x, -type_.baseline - setting.scaled(1.2), Ink.ACCENT, setting.scaled(11)
        )
        return [replace(mark, leaf=label.leaf())]
    if isinstance(block, NumberedList):
        marker = _marker_type(setting)
        text = setting.word("list_number", number=block.start + number)
    else:
        marker, text = bullet_type(setting), BULLETS[depth % len(BULLETS)]
    lines = setting.typesetter.phrase(
        text, label.leaf(), marker, setting.style.indent * 4, span=item.span
    )
    return [PlacedLine(line, box.x, -type_.baseline) for line in lines]


def task_rows(tasks: Sequence[Inlines], element: Element, box: Box, setting: Setting) -> list[Row]:
    """Tasks with boxes to tick, which are not in a section's text."""
    items = tuple(ListItem((Paragraph(task),), checked=False) for task in tasks)
    return block_rows([BulletList(items)], element, box, setting)


_CALLOUTS = {
    CalloutKind.NOTE: ("note", Ink.ACCENT),
    CalloutKind.CALL_DOCTOR: ("call", Ink.ACCENT),
    CalloutKind.EMERGENCY: ("emergency", Ink.EMERGENCY),
}


def _callout_rows(
    kind: CalloutKind, blocks: Sequence[Block], element: Element, box: Box, setting: Setting
) -> list[Row]:
    """A callout on one page: a word, an icon and a bar, so that it works without colour."""
    icon_name, ink = _CALLOUTS[kind]
    typesetter = setting.typesetter
    words = callout_label(kind, typesetter.language, typesetter.emergency_number)
    label = label_rows(words, icon_name, element.add("P"), box, setting, ink)
    content = block_rows(blocks, element, box.inset(PADDING, PADDING), setting)
    return framed_rows(label, content, box, ink)


PADDING = 11.0
BAR = 3.0


def label_rows(
    text: str, icon_name: str, element: Element, box: Box, setting: Setting, ink: Ink
) -> list[Row]:
    """The word and icon that open a callout; reversed where the ink is that of emergencies."""
    type_ = setting.style.label
    reversed_ = ink is Ink.EMERGENCY
    on = Ink.ON_EMERGENCY if reversed_ else ink
    inner = box.inset(PADDING + setting.scaled(18), PADDING)
    lines = setting.typesetter.phrase(text, element.leaf(), type_.with_ink(on), inner.width)
    rows = kept(line_rows(lines, type_, inner.x))
    mark = icon(
        icon_name, box.x + PADDING, -type_.baseline - setting.scaled(1.4), on, setting.scaled(12)
    )
    rows[0] = beside(rows[0], mark)
    if not reversed_:
        return rows
    behind = Band(box.x, box.width, ink)
    return kept([backed(row, behind) for row in (Row(3, opens=True), *rows, Row(3, opens=True))])


def framed_rows(label: list[Row], content: list[Row], box: Box, ink: Ink) -> list[Row]:
    """Label and content with a bar at the start edge, and a tint unless the label is reversed."""
    bands = [Band(box.x, BAR, ink)]
    rows = [*label, Row(4), spaced(content[0], 0), *content[1:], Row(PADDING * 0.6, opens=True)]
    if ink is not Ink.EMERGENCY:
        bands.insert(0, Band(box.x, box.width, Ink.TINT))
        rows.insert(0, Row(PADDING * 0.6, opens=True))
    return kept([backed(row, *bands) for row in rows])
