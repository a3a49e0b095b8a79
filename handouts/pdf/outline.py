"""The document outline, which readers show as bookmarks (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.layout.pages import Bookmark
from handouts.pdf.body import Body
from handouts.pdf.links import explicit_destination
from handouts.pdf.objects import text_string


def add_outline(bookmarks: Sequence[Bookmark], pages: list[int], body: Body) -> int:
    """Add the outline; gives its number, or 0 if there are no bookmarks."""
    if not bookmarks:
        return 0
    root = body.reserve()
    numbers = [body.reserve() for _ in bookmarks]
    parents = _parents(bookmarks)
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(parents):
        children.setdefault(parent, []).append(index)

    for index, bookmark in enumerate(bookmarks):
        parent = parents[index]
        siblings = children[parent]
        place = siblings.index(index)
        destination = explicit_destination(pages[bookmark.page], 0, bookmark.y)
        entries = [
            b"<</Title%s/Parent %d 0 R/Dest%s"
            % (text_string(bookmark.title), root if parent < 0 else numbers[parent], destination)
        ]
        if place:
            entries.append(b"/Prev %d 0 R" % numbers[siblings[place - 1]])
        if place + 1 < len(siblings):
            entries.append(b"/Next %d 0 R" % numbers[siblings[place + 1]])
        entries.append(_ends(index, children, numbers))
        body.add(b"".join(entries) + b">>", numbers[index])
    body.add(b"<</Type/Outlines%s>>" % _ends(-1, children, numbers), root)
    return root


def _parents(bookmarks: Sequence[Bookmark]) -> list[int]:
    """The index of each bookmark's parent: the last one of a lower level; -1 is the root."""
    parents: list[int] = []
    for index, bookmark in enumerate(bookmarks):
        parent = index - 1
        while parent >= 0 and bookmarks[parent].level >= bookmark.level:
            parent = parents[parent]
        parents.append(parent)
    return parents


def _ends(index: int, children: dict[int, list[int]], numbers: list[int]) -> bytes:
    """First and last child, and how many entries below are shown: all, since all stand open."""
    own = children.get(index)
    if not own:
        return b""
    count = _count(index, children)
    return b"/First %d 0 R/Last %d 0 R/Count %d" % (numbers[own[0]], numbers[own[-1]], count)


def _count(index: int, children: dict[int, list[int]]) -> int:
    return sum(1 + _count(child, children) for child in children.get(index, ()))
