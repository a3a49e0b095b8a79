"""The blocks of a section as HTML: paragraphs, subheadings, lists, tables and callouts."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import (
    Align,
    Block,
    BulletList,
    Callout,
    CalloutKind,
    Cell,
    Inlines,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Subheading,
    Table,
    Variable,
    Words,
)
from handouts.layout.icons import SHAPES, SIZE
from handouts.web.drawings import icon_drawing
from handouts.web.inlines import inline, phrase
from handouts.web.markup import Markup, block, element, lines
from handouts.web.speech import Speech
from handouts.wording.blocks import callout_label

_ICONS = {
    CalloutKind.NOTE: "note",
    CalloutKind.CALL_DOCTOR: "call",
    CalloutKind.EMERGENCY: "emergency",
}


def blocks(content: Sequence[Block], speech: Speech) -> Markup:
    return lines(*(_block(each, speech) for each in content))


def labelled(words: str, icon: str, speech: Speech) -> Markup:
    """Words with their icon, which open a callout or a part of what stands at a glance."""
    return element("p", icon_named(icon), element("span", phrase(words, speech)), class_="label")


def icon_named(name: str) -> Markup:
    return icon_drawing(SHAPES[name].encode("ascii"), SIZE)


def bullets(contents: Sequence[Inlines], speech: Speech) -> Markup:
    return _block(BulletList(_items(contents)), speech)


def numbered(contents: Sequence[Inlines], speech: Speech) -> Markup:
    return _block(NumberedList(_items(contents)), speech)


def tasks(contents: Sequence[Inlines], speech: Speech) -> Markup:
    return _block(BulletList(_items(contents, checked=False)), speech)


def _items(contents: Sequence[Inlines], checked: bool | None = None) -> tuple[ListItem, ...]:
    return tuple(ListItem((Paragraph(content),), checked) for content in contents)


def _block(content: Block, speech: Speech) -> Markup:
    match content:
        case Paragraph(inlines):
            return element("p", inline(inlines, speech))
        case Subheading(inlines, level):
            return element(f"h{level}", inline(inlines, speech))
        case BulletList(items) | NumberedList(items):
            return _list(content, items, speech)
        case Table():
            return _table(content, speech)
        case Callout(kind, inner):
            words = callout_label(kind, speech.language, speech.voice.emergency_number)
            label = labelled(words, _ICONS[kind], speech)
            inside = block("div", blocks(inner, speech), class_="inside")
            return block("div", label, inside, class_=f"callout {kind}")


def _list(content: BulletList | NumberedList, items: Sequence[ListItem], speech: Speech) -> Markup:
    if any(item.checked is not None for item in items):
        # Without markers, Safari takes it for no list.
        made = [_task(item, speech) for item in items]
        return block("ul", *made, class_="tasks", role="list")
    made = [element("li", _inside(item, speech)) for item in items]
    if isinstance(content, BulletList):
        return block("ul", *made)
    start = str(content.start) if content.start != 1 else None
    return block("ol", *made, class_=speech.list_style(), start=start)


def _task(item: ListItem, speech: Speech) -> Markup:
    """A box to tick with a pencil; what it says is what it says on the sheet."""
    if item.checked is None:
        return element("li", element("div", _inside(item, speech)))
    name, key = ("ticked", "task_done") if item.checked else ("box", "task_open")
    mark = element("span", icon_named(name), role="img", aria_label=speech.word(key))
    return element("li", mark, element("div", _inside(item, speech)))


def _inside(item: ListItem, speech: Speech) -> Markup:
    match item.blocks:
        case (Paragraph(inlines),):
            return inline(inlines, speech)
        case several:
            return Markup(f"\n{blocks(several, speech)}\n")


def _table(table: Table, speech: Speech) -> Markup:
    """A table that keeps its roles when a narrow screen shows its cells below each other.

    The header of each is in ``data-header`` then, for the style sheet to show.
    """
    head, *body = table.rows
    headers = [_words(cell.content, speech) for cell in head]
    top = [
        _cell(cell, align, speech, role="columnheader", scope="col")
        for cell, align in zip(head, table.alignments, strict=True)
    ]
    rows = [
        [
            _cell(cell, align, speech, role="rowheader", scope="row", header=header)
            for cell, align, header in zip(row, table.alignments, headers, strict=True)
        ]
        for row in body
    ]
    return block(
        "table",
        block("thead", block("tr", *top, role="row"), role="rowgroup"),
        block("tbody", *(block("tr", *cells, role="row") for cells in rows), role="rowgroup"),
        role="table",
    )


def _cell(
    cell: Cell, align: Align, speech: Speech, *, role: str, scope: str, header: str = ""
) -> Markup:
    """A header names its scope; an empty one heads nothing."""
    is_header = cell.is_header and bool(cell.content)
    return element(
        "th" if is_header else "td",
        inline(cell.content, speech),
        role=role if is_header else "cell",
        scope=scope if is_header else None,
        class_=align if align is not Align.START else None,
        data_header=header or None,
    )


def _words(content: Inlines, speech: Speech) -> str:
    """The words alone, for an attribute."""
    pieces: list[str] = []
    for item in content:
        match item:
            case Words(words):
                pieces.append(words)
            case Variable():
                pieces.append(speech.voice.value(item))
            case LineBreak():
                pieces.append(" ")
    return "".join(pieces)
