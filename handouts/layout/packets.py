"""A packet: sheets one after the other in one file, with one structure tree and one outline.

Each sheet's panels are filled already. In a packet for printing on both sides each sheet begins on
a right-hand page; the blank page before it says that it is meant to be so, as an artifact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from handouts.languages import Language
from handouts.layout.pages import Bookmark, Page, PlacedLine, Printing, Sheet, Target
from handouts.layout.running import packet_line
from handouts.layout.setting import Setting
from handouts.structure import Element


@dataclass(frozen=True, slots=True)
class Paging:
    """On which of a packet's pages, counted from 0, each of its sheets begins; and their number."""

    starts: tuple[int, ...]
    total: int


def paging(counts: Sequence[int], *, duplex: bool) -> Paging:
    """Where sheets with so many pages begin; with ``duplex`` on an odd page, as people count."""
    starts: list[int] = []
    page = 0
    for count in counts:
        page += page % 2 if duplex else 0
        starts.append(page)
        page += count
    return Paging(tuple(starts), page)


def joined(
    sheets: Sequence[Sheet],
    setting_of: Callable[[str], Setting],
    title: str,
    language: Language,
    printing: Printing,
) -> Sheet:
    """The sheets as one, each with room for the packet's page number in its foot.

    ``setting_of`` gives the setting of a sheet's language. The sheets' own elements go below the
    packet's, and what they call themselves changes with it. Links to the n-th sheet, from 1, lead
    to ``sheet_link(n)``.
    """
    placed = paging([len(sheet.pages) for sheet in sheets], duplex=printing.duplex)
    root = Element("Document")
    pages: list[Page] = []
    bookmarks: list[Bookmark] = []
    targets: list[Target] = []
    before = ""
    for order, (sheet, start) in enumerate(zip(sheets, placed.starts, strict=True), start=1):
        if len(pages) < start:
            pages.append(_blank_page(setting_of(before)))
        pages += _numbered(sheet, start, placed.total, setting_of(sheet.language))
        bookmarks += [replace(mark, page=start + mark.page) for mark in sheet.bookmarks]
        targets.append(Target(_name(order), start, 0, sheet.paper.height))
        targets += [
            replace(target, id=_name(order, target.id), page=start + target.page)
            for target in sheet.targets
        ]
        root.children.append(_part(sheet, order, language))
        before = sheet.language
    return Sheet(
        paper=sheets[0].paper,
        pages=tuple(pages),
        root=root,
        contact=None,
        check=None,
        bookmarks=tuple(bookmarks),
        targets=tuple(targets),
        language=language.tag,
        title=title,
        author="; ".join(dict.fromkeys(sheet.author for sheet in sheets if sheet.author)),
        subject="; ".join(sheet.subject for sheet in sheets if sheet.subject),
        keywords=tuple(dict.fromkeys(word for sheet in sheets for word in sheet.keywords)),
        revised=max((sheet.revised for sheet in sheets if sheet.revised), default=None),
        printing=printing,
    )


def sheet_link(order: int) -> str:
    """The link that leads to the n-th sheet of a packet."""
    return f"#{_name(order)}"


def _name(order: int, own: str = "") -> str:
    """What the packet calls the ``own`` place of the n-th sheet: no two sheets share a name."""
    return f"{order}/{own}"


def _part(sheet: Sheet, order: int, language: Language) -> Element:
    """The sheet's elements as a part of the packet's, with names that are the packet's."""
    part = Element("Part", sheet.root.children)
    if sheet.language != language.tag:
        part.language = sheet.language
    inside = {f"#{target.id}" for target in sheet.targets}
    for element in part.walk():
        if element.id:
            element.id = _name(order, element.id)
        if element.link in inside:
            element.link = f"#{_name(order, element.link[1:])}"
    return part


def _numbered(sheet: Sheet, start: int, total: int, setting: Setting) -> Iterator[Page]:
    for number, page in enumerate(sheet.pages, start=start + 1):
        line = packet_line(number, total, sheet.packet_baseline, setting)
        yield replace(page, header_footer=(*page.header_footer, line))


def _blank_page(setting: Setting) -> Page:
    """One that says that nothing is missing, in the middle."""
    columns, type_ = setting.columns, setting.style.caption
    lines = setting.typesetter.phrase(setting.word("blank_page"), None, type_, columns.width)
    middle = columns.paper.height / 2
    return Page(
        tuple(
            PlacedLine(line, (columns.paper.width - line.width) / 2, middle - order * type_.leading)
            for order, line in enumerate(lines)
        )
    )
