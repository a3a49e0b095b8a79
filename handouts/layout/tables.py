"""Tables to rows: horizontal rules only, headers bold, the header row repeated on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.document import Align, Cell, Table
from handouts.inks import Ink
from handouts.layout.pages import Bar, Item, PlacedLine
from handouts.layout.rows import Row, keeping
from handouts.layout.setting import Box, Setting
from handouts.layout.style import Type
from handouts.structure import Element
from handouts.text.glyphs import Line

PADDING = 4.0  # above and below a cell's text
COLUMN_GAP = 14.0


def table_rows(table: Table, element: Element, box: Box, setting: Setting) -> list[Row]:
    """The table's rows.

    The header row is in the structure tree once; where it is painted again on a later page it
    is an artifact (ISO 14289-1, 7.1).

    Raises:
        LayoutError: the widest words of the columns do not fit side by side.
    """
    body_type = setting.style.body
    header_type = body_type.strong()
    columns = _columns(table, box, setting, body_type, header_type)
    holder = element.add("Table")
    head, body = holder.add("THead"), holder.add("TBody")

    def row(cells: Sequence[Cell], parent: Element | None, thickness: float) -> Row:
        line = parent.add("TR") if parent is not None else None
        items: list[Item] = []
        height = top = 0.0
        for number, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            type_ = header_type if cell.is_header else body_type
            lines = _cell_lines(cell, line, column.width, type_, setting, is_head=parent is head)
            align = Align.START if setting.stacks_tables else table.alignments[number]
            for order, cell_line in enumerate(lines):
                start = column.x + _indent(align, column.width - cell_line.width)
                y = top - PADDING - order * type_.leading - type_.baseline
                items.append(PlacedLine(cell_line, start, y))
            bottom = top - len(lines) * type_.leading
            height = max(height, -bottom)
            if setting.stacks_tables:
                top = bottom
        height += 2 * PADDING
        rule = Bar(box.x, -height, box.width, thickness, Ink.RULE)
        return Row(height, (*items, rule), opens=True)

    header = row(table.rows[0], head, 1.0)
    again = row(table.rows[0], None, 1.0)
    rows = [header]
    for number, cells in enumerate(table.rows[1:]):
        made = row(cells, body, 0.5)
        rows.append(keeping(made) if number == 0 else replace(made, repeats=(again,)))
    return rows


def _cell_lines(
    cell: Cell,
    line: Element | None,
    width: float,
    type_: Type,
    setting: Setting,
    *,
    is_head: bool,
) -> tuple[Line, ...]:
    if line is None:
        return _as_artifact(setting.typesetter.lines(cell.content, Element("TH"), type_, width))
    if not (cell.is_header and cell.content):  # an empty header would head nothing
        return setting.typesetter.lines(cell.content, line.add("TD"), type_, width)
    scope = "Column" if is_head else "Row"
    holder = line.add("TH", attributes={"Table": {"Scope": scope}})
    return setting.typesetter.lines(cell.content, holder, type_, width)


def _as_artifact(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(line.filling(None) for line in lines)


def _indent(align: Align, slack: float) -> float:
    return {Align.START: 0.0, Align.CENTER: slack / 2, Align.END: slack}[align]


def _columns(
    table: Table, box: Box, setting: Setting, body_type: Type, header_type: Type
) -> list[Box]:
    """Where the cells of a row stand; in a stacked table all but the first stand in from it."""
    if setting.stacks_tables:
        others = box.inset(setting.style.indent)
        return [others if number else box for number in range(len(table.alignments))]
    columns, x = [], box.x
    for width in _column_widths(table, box, setting, body_type, header_type):
        columns.append(Box(x, width))
        x += width + COLUMN_GAP
    return columns


def _column_widths(
    table: Table, box: Box, setting: Setting, body_type: Type, header_type: Type
) -> list[float]:
    """Each column gets its widest word, then its share of what is left."""
    count = len(table.alignments)
    least, wanted = [0.0] * count, [0.0] * count
    for cells in table.rows:
        for number, cell in enumerate(cells):
            if not cell.content:
                continue
            type_ = header_type if cell.is_header else body_type
            narrow, wide = setting.typesetter.widths(cell.content, type_)
            least[number] = max(least[number], narrow)
            wanted[number] = max(wanted[number], wide)
    room = box.width - COLUMN_GAP * (count - 1)
    spare = room - sum(least)
    if spare < 0:
        raise LayoutError(
            Diagnostic(
                f"the table is {ceil(-spare)} points too wide: "
                "its longest words do not fit side by side",
                table.span,
                hint="use fewer columns, or shorter words",
            )
        )
    hunger = [want - narrow for want, narrow in zip(wanted, least, strict=True)]
    widths = [narrow + more for narrow, more in zip(least, _shares(spare, hunger), strict=True)]
    extra = (room - sum(widths)) / count
    # A hair of room keeps a word that fits exactly from breaking through rounding.
    return [width + extra + 0.01 for width in widths]


def _shares(spare: float, hunger: list[float]) -> list[float]:
    """What each column gets of the spare room.

    Columns that want no more than an equal share get what they want, so that short entries stay
    on one line; the others share the rest in proportion.
    """
    shares = dict.fromkeys(range(len(hunger)), 0.0)
    hungry = set(shares)
    while hungry:
        modest = {number for number in hungry if hunger[number] <= spare / len(hungry)}
        if not modest:
            total = sum(hunger[number] for number in hungry)
            shares.update((number, spare * hunger[number] / total) for number in hungry)
            break
        shares.update((number, hunger[number]) for number in modest)
        spare -= sum(hunger[number] for number in modest)
        hungry -= modest
    return list(shares.values())
