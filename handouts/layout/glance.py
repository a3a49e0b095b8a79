"""At a glance: what it is, what to do, when to call, when it is an emergency.

The one part that everybody reads stands first. Its labels stand in the side column, or above their
lines where a word is too long for it or the whole stands in a narrow column; either way it works
in the longest language and without colour.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from handouts.diagnostics import LayoutError
from handouts.document import AtAGlance, Inlines
from handouts.inks import Ink
from handouts.layout.blocks import bullet_type, task_rows
from handouts.layout.icons import icon
from handouts.layout.pages import PlacedLine
from handouts.layout.placing import Anchor
from handouts.layout.rows import Band, Row, backed, beside, height_of, kept, line_rows, spaced
from handouts.layout.setting import Box, Setting
from handouts.layout.style import Type
from handouts.structure import Element
from handouts.text.glyphs import Line
from handouts.wording.blocks import emergency_label

PADDING = 11.0
BAR = 3.0
ICON = 13.0
ICON_GAP = 5.0
MOST_SIDE_LINES = 3  # of a label beside its lines


@dataclass(frozen=True, slots=True)
class _Places:
    """Where labels and text stand in the whole ``box``: beside each other or label above text."""

    box: Box
    label: Box
    text: Box
    at_side: bool


def glance_rows(
    glance: AtAGlance, element: Element, box: Box, setting: Setting, *, ticks: bool = False
) -> list[Row]:
    """The block over the whole box; its structure is added to ``element``.

    With ``ticks``, what to do has boxes to tick in place of bullets.

    A page may end between its parts, never inside one, where it does not hold the whole.
    """
    places = _places(glance, box, setting)
    tint = (Band(box.x, box.width, Ink.TINT), Band(box.x, BAR, Ink.ACCENT))
    # The tint reaches beyond the text where a page parts it, too.
    gap = setting.style.block_space / 2
    parts = [[Row(PADDING), *_summary_rows(glance, element, places, setting)]]
    for name, contents in (("do", glance.do), ("call", glance.call)):
        if contents:
            parts[-1].append(Row(gap, opens=True))
            has_boxes = ticks and name == "do"
            rows = _part_rows(name, contents, element, places, setting, has_boxes)
            parts.append([Row(gap), *rows])
    parts[-1].append(Row(PADDING, opens=True))
    parts = [[backed(row, *tint) for row in part] for part in parts]
    if glance.emergency:
        parts.append(_emergency_rows(glance.emergency, element, places, setting))
    return [row for part in parts for row in kept(part)]


def _places(glance: AtAGlance, box: Box, setting: Setting) -> _Places:
    columns, start = setting.columns, box.x + PADDING + BAR
    side = Box(start, columns.side - PADDING - BAR)
    text = Box(columns.main, columns.measure - PADDING)
    if not columns.single and box.width == columns.width and _fit(glance, side, setting):
        return _Places(box, side, text, at_side=True)
    whole = Box(start, box.width - 2 * PADDING - BAR)
    return _Places(box, whole, whole, at_side=False)


def _fit(glance: AtAGlance, side: Box, setting: Setting) -> bool:
    """Whether the labels are short enough for the side column."""
    style = setting.style
    labels = [("at_a_glance", style.heading, side.width)]
    beside_icon = side.width - setting.scaled(ICON) - ICON_GAP
    labels += [("do", style.label, beside_icon)] if glance.do else []
    labels += [("call", style.label, beside_icon)] if glance.call else []
    try:
        return all(
            len(setting.typesetter.phrase(setting.word(key), None, type_, width)) <= MOST_SIDE_LINES
            for key, type_, width in labels
        )
    except LayoutError:
        return False


def _summary_rows(
    glance: AtAGlance, element: Element, places: _Places, setting: Setting
) -> list[Row]:
    heading, lead = setting.style.heading, setting.style.lead
    text = setting.word("at_a_glance")
    leaf = element.add("H2").leaf()
    lines = setting.typesetter.phrase(text, leaf, heading, places.label.width)
    summary = setting.typesetter.lines(glance.summary, element.add("P"), lead, places.text.width)
    rows = line_rows(summary, lead, places.text.x)
    if not places.at_side:
        above = line_rows(lines, heading, places.label.x)
        above[0] = beside(above[0], Anchor(text, 2))
        return [*above, spaced(rows[0], 2), *rows[1:]]
    # Heading and summary share their first baseline although their leadings differ.
    shift = lead.baseline - heading.baseline
    rows[0] = beside(rows[0], Anchor(text, 2), *_side_lines(lines, places.label.x, heading, shift))
    return _at_least(rows, len(lines) * heading.leading)


def _side_lines(
    lines: Iterable[Line], x: float, type_: Type, shift: float = 0.0
) -> list[PlacedLine]:
    return [
        PlacedLine(line, x, -shift - order * type_.leading - type_.baseline)
        for order, line in enumerate(lines)
    ]


def _at_least(rows: list[Row], height: float) -> list[Row]:
    """The rows with the last one deepened so that what stands beside them has room."""
    short = height - height_of(rows)
    if short > 0:
        rows[-1] = replace(rows[-1], height=rows[-1].height + short)
    return rows


def _part_rows(
    key: str,
    contents: tuple[Inlines, ...],
    element: Element,
    places: _Places,
    setting: Setting,
    has_boxes: bool,
) -> list[Row]:
    """A label with its icon, and its lines."""
    type_ = setting.style.label.with_ink(Ink.ACCENT)
    label = places.label.inset(setting.scaled(ICON) + ICON_GAP)
    leaf = element.add("P").leaf()
    lines = setting.typesetter.phrase(setting.word(key), leaf, type_, label.width)
    mark = icon(key, places.label.x, -type_.baseline - 1.8, Ink.ACCENT, setting.scaled(ICON))
    listed = task_rows if has_boxes else _item_rows
    rows = listed(contents, element, places.text, setting)
    if not places.at_side:
        above = line_rows(lines, type_, label.x)
        above[0] = beside(above[0], mark)
        return [*above, spaced(rows[0], 2), *rows[1:]]
    rows[0] = beside(rows[0], mark, *_side_lines(lines, label.x, type_))
    return _at_least(rows, len(lines) * type_.leading)


def _item_rows(
    contents: tuple[Inlines, ...], element: Element, box: Box, setting: Setting
) -> list[Row]:
    body = setting.style.body
    holder = element.add("L", attributes={"List": {"ListNumbering": "Disc"}})
    marker_type = bullet_type(setting)
    (bullet,) = setting.typesetter.phrase("•", None, marker_type, box.width)
    indent = max(setting.scaled(12), bullet.width)
    rows: list[Row] = []
    for number, content in enumerate(contents):
        entry = holder.add("LI")
        marker = setting.typesetter.phrase("•", entry.add("Lbl").leaf(), marker_type, box.width)
        lines = setting.typesetter.lines(content, entry.add("LBody"), body, box.width - indent)
        added = line_rows(lines, body, box.x + indent, space=2 if number else 0)
        added[0] = beside(added[0], PlacedLine(marker[0], box.x, -body.baseline))
        rows += added
    return rows


def _emergency_rows(
    contents: tuple[Inlines, ...], element: Element, places: _Places, setting: Setting
) -> list[Row]:
    """Reversed, the whole width: the one thing that must be found at arm's length."""
    box = places.box
    type_ = setting.style.alarm.with_ink(Ink.ON_EMERGENCY)
    start = PADDING + BAR
    inner = box.inset(start + setting.scaled(ICON) + ICON_GAP, start)
    typesetter = setting.typesetter
    words = emergency_label(typesetter.language, typesetter.emergency_number)
    lines = setting.typesetter.phrase(words, element.add("P").leaf(), type_, inner.width)
    head = line_rows(lines, type_, inner.x)
    mark = icon(
        "emergency", box.x + start, -type_.baseline - 1.8, Ink.ON_EMERGENCY, setting.scaled(ICON)
    )
    head[0] = beside(head[0], mark)
    reversed_ = Band(box.x, box.width, Ink.EMERGENCY)
    bar = Band(box.x, BAR, Ink.EMERGENCY)
    padded = (Row(4.5, opens=True), *head, Row(4.5, opens=True))
    top = [backed(row, bar, reversed_) for row in padded]
    items = _item_rows(contents, element, places.text, setting)
    below = [backed(row, bar) for row in (Row(6), *items, Row(6, opens=True))]
    return [*top, *below]
