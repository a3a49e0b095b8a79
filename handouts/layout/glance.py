"""At a glance: what it is, what to do, when to call, when it is an emergency.

The one part that everybody reads stands first, labels in the side column and lines on the
measure, so that it works in the longest language and without colour.
"""

from __future__ import annotations

from dataclasses import replace

from handouts.document import AtAGlance, Inlines
from handouts.inks import Ink
from handouts.layout.icons import icon
from handouts.layout.pages import Outline, PlacedLine
from handouts.layout.placing import Anchor
from handouts.layout.rows import Band, Row, backed, beside, height_of, kept, line_rows, spaced
from handouts.layout.setting import Box, Setting
from handouts.layout.style import Type
from handouts.structure import Element

PADDING = 11.0
ICON = 13.0


def glance_rows(glance: AtAGlance, element: Element, setting: Setting) -> list[Row]:
    """The block over the full width, on one page; its structure is added to ``element``."""
    columns, style = setting.columns, setting.style
    behind = (Band(0, columns.width, Ink.TINT), Band(0, 3, Ink.ACCENT))
    box = Box(columns.main, columns.measure - PADDING)
    rows = [Row(PADDING)]
    rows += _summary_rows(glance, element, box, setting)
    number = setting.typesetter.variables["emergency_number"]
    parts = (
        ("do", setting.word("do"), glance.do, Ink.ACCENT),
        ("call", setting.word("call"), glance.call, Ink.ACCENT),
    )
    for name, label, lines, ink in parts:
        if lines:
            part = _part_rows(name, label, lines, element, box, setting, ink)
            part[0] = spaced(part[0], style.block_space)
            rows += part
    rows.append(Row(PADDING))
    tinted = [backed(row, *behind) for row in rows]
    if not glance.emergency:
        return kept(tinted)
    label = setting.word("emergency", number=number)
    return kept([*tinted, *_emergency_rows(label, glance.emergency, element, setting)])


def _summary_rows(glance: AtAGlance, element: Element, box: Box, setting: Setting) -> list[Row]:
    heading = setting.style.heading
    lead = setting.style.lead
    text = setting.word("at_a_glance")
    side = Box(PADDING + 3, setting.columns.side - PADDING - 3)
    lines = setting.typesetter.phrase(text, element.add("H2").leaf(), heading, side.width)
    summary = setting.typesetter.lines(glance.summary, element.add("P"), lead, box.width)
    rows = line_rows(summary, lead, box.x)
    # Heading and summary share their first baseline although their leadings differ.
    shift = lead.baseline - heading.baseline
    rows[0] = beside(rows[0], Anchor(text, 2), *_side_lines(lines, side.x, heading, shift))
    return _at_least(rows, len(lines) * heading.leading)


def _side_lines(
    lines: tuple[object, ...], x: float, type_: Type, shift: float = 0.0
) -> list[PlacedLine]:
    return [
        PlacedLine(line, x, -shift - order * type_.leading - type_.baseline)  # type: ignore[arg-type]
        for order, line in enumerate(lines)
    ]


def _at_least(rows: list[Row], height: float) -> list[Row]:
    """The rows with the last one deepened so that what stands beside them has room."""
    short = height - height_of(rows)
    if short > 0:
        rows[-1] = replace(rows[-1], height=rows[-1].height + short)
    return rows


def _part_rows(
    icon_name: str,
    label: str,
    contents: tuple[Inlines, ...],
    element: Element,
    box: Box,
    setting: Setting,
    ink: Ink,
) -> list[Row]:
    """A label with its icon in the side column and its lines on the measure."""
    type_ = setting.style.label.with_ink(ink)
    start = PADDING + 3
    width = setting.columns.side - start - ICON - 5
    words = element.add("P")
    lines = setting.typesetter.phrase(label, words.leaf(), type_, width)
    rows = _item_rows(contents, element, box, setting)
    mark = icon(icon_name, start, -type_.baseline - 1.8, ink, size=ICON)
    rows[0] = beside(rows[0], mark, *_side_lines(lines, start + ICON + 5, type_))
    return _at_least(rows, len(lines) * type_.leading)


def _item_rows(
    contents: tuple[Inlines, ...], element: Element, box: Box, setting: Setting
) -> list[Row]:
    body = setting.style.body
    holder = element.add("L", attributes={"List": {"ListNumbering": "Disc"}})
    indent = 12.0
    marker_type = body.strong().with_ink(Ink.ACCENT)
    rows: list[Row] = []
    for number, content in enumerate(contents):
        entry = holder.add("LI")
        marker = setting.typesetter.phrase("•", entry.add("Lbl").leaf(), marker_type, indent)
        lines = setting.typesetter.lines(content, entry.add("LBody"), body, box.width - indent)
        added = line_rows(lines, body, box.x + indent, space=2 if number else 0)
        added[0] = beside(added[0], PlacedLine(marker[0], box.x, -body.baseline))
        rows += added
    return rows


def _emergency_rows(
    label: str, contents: tuple[Inlines, ...], element: Element, setting: Setting
) -> list[Row]:
    """Reversed, the whole width: the one thing that must be found at arm's length."""
    columns = setting.columns
    type_ = setting.style.alarm.with_ink(Ink.ON_EMERGENCY)
    start = PADDING + 3
    lines = setting.typesetter.phrase(
        label, element.add("P").leaf(), type_, columns.width - start * 2 - ICON - 5
    )
    head = line_rows(lines, type_, start + ICON + 5)
    mark: Outline = icon("emergency", start, -type_.baseline - 1.8, Ink.ON_EMERGENCY, size=ICON)
    head[0] = beside(head[0], mark)
    reversed_ = Band(0, columns.width, Ink.EMERGENCY)
    bar = Band(0, 3, Ink.EMERGENCY)
    top = [backed(row, reversed_) for row in (Row(4.5), *head, Row(4.5))]
    box = Box(columns.main, columns.measure - PADDING)
    items = _item_rows(contents, element, box, setting)
    below = [backed(row, bar) for row in (Row(6), *items, Row(6))]
    return [*top, *below]
