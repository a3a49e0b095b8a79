"""The cover of a packet: the clinic's panels, and what the packet holds, with links and pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.document import Words
from handouts.inks import Ink
from handouts.layout.pages import Bar, Sheet
from handouts.layout.placing import Anchor
from handouts.layout.reserved import reserve
from handouts.layout.rows import Row, beside, keeping, kept, line_rows, side_by_side
from handouts.layout.setting import Box, Setting
from handouts.layout.sheets import paged
from handouts.layout.story import Part, Story, divided, reserved_part
from handouts.structure import Element
from handouts.wording.foot import Foot

NUMBERS = 36.0  # the width of the column of page numbers, beside text of 12 points
GAP = 14.0  # between a title and its number


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet in the contents: its title, in a language, the link to it and its packet page."""

    title: str
    language: str
    link: str
    page: int


def lay_out_cover(contents: Sequence[Entry], setting: Setting) -> Sheet:
    """The cover in the packet's ``setting``. It takes as many pages as it needs.

    What concerns one patient has its place on the handouts.

    Raises:
        LayoutError: a word is wider than its line.
        FontError: a character that no face has.
    """
    setting = replace(setting, columns=replace(setting.columns, patient=0))
    title = setting.word("packet")
    root = Element("Document")
    parts = [Part(tuple(_title_rows(title, root.add("H1"), setting)), heading=title)]
    listed = root.add("Sect")
    rows = _contents_rows(contents, listed, setting)
    parts.append(divided(rows, setting, setting.word("contents")))
    reserved = reserve(root, setting)
    if setting.columns.single:
        parts.append(reserved_part(reserved, setting))
    story = Story(tuple(parts), reserved, root, None)
    return paged(story, title, Foot(Words(title), (), counts=False), setting)


def _title_rows(title: str, element: Element, setting: Setting) -> list[Row]:
    type_ = setting.style.title
    lines = setting.typesetter.phrase(title, element.leaf(), type_, setting.columns.width)
    rows = kept(line_rows(lines, type_, 0))
    return [beside(rows[0], Anchor(title, 1)), *rows[1:]]


def _contents_rows(contents: Sequence[Entry], holder: Element, setting: Setting) -> list[Row]:
    type_, words = setting.style.heading, setting.word("contents")
    box = Box(0, setting.columns.width)
    lines = setting.typesetter.phrase(words, holder.add("H2").leaf(), type_, box.width)
    rows = kept(line_rows(lines, type_, 0))
    rows[0] = beside(rows[0], Anchor(words, 2))
    table = holder.add("TOC")
    last = len(contents) - 1
    for number, entry in enumerate(contents):
        row = _entry_row(entry, table.add("TOCI"), box, setting)
        row = replace(row, space=setting.style.item_space if number else 3)
        rows.append(keeping(row) if number in (0, 1, last) else row)
    return rows


def _entry_row(entry: Entry, item: Element, box: Box, setting: Setting) -> Row:
    """The title, which leads to the sheet, and the number of its first page at the end."""
    own = setting.part_in(entry.language)
    tag = entry.language if own is not setting else ""
    type_ = own.style.lead.with_ink(Ink.ACCENT)
    width = box.width - setting.scaled(NUMBERS) - GAP
    link = item.add("Reference").add("Link", link=entry.link, contents=entry.title, language=tag)
    title = setting.typesetter.phrase(entry.title, link.leaf(), type_, width, language=tag)
    number = setting.typesetter.phrase(
        setting.typesetter.language.number(entry.page),
        item.add("P").leaf(),
        setting.style.lead,
        setting.scaled(NUMBERS),
    )
    start = box.width - number[0].width
    row = side_by_side(line_rows(title, type_, box.x), line_rows(number, type_, 0), step=start)
    # A rule leads the eye from the one to the other.
    height = row.height + setting.style.item_space
    rule = Bar(box.x, -height, box.width, 0.5, Ink.RULE)
    return replace(row, height=height, items=(rule, *row.items))
