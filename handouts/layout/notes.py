"""Notes for one patient that have no room in the box: whole, on pages of their own at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.diagnostics import NOWHERE, discreet
from handouts.document import Paragraph, Words
from handouts.layout.blocks import block_rows
from handouts.layout.setting import Box, Setting
from handouts.layout.story import Part, Titled, titled_part
from handouts.structure import Element


def notes_part(notes: Sequence[str], root: Element, setting: Setting) -> Part:
    """The notes as paragraphs below their heading, from the top of a new page on.

    Raises:
        LayoutError: a word is wider than the page.
        FontError: a character that no face has. Neither repeats the notes in its message.
    """
    holder = root.add("Sect")
    title = holder.add("H2")
    blocks = [Paragraph((Words(note),)) for note in notes]
    with discreet("one of the notes"):
        rows = block_rows(blocks, holder, Box(0, setting.columns.width), setting)
    titled = Titled(setting.word("notes_page"), title, rows, setting, NOWHERE)
    part = titled_part(titled, setting)
    return replace(part, divider=None, on_new_page=True)
