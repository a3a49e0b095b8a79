"""The canvas that Platypus draws on: it keeps what is placed and paints nothing.

What comes out is a list of items for each page, a frozen value between layout and painting that
tests can read as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from types import SimpleNamespace
from typing import TYPE_CHECKING

from handouts.layout.pages import Bookmark, Item, Target
from handouts.layout.placing import Anchor, Mirror, place
from handouts.paper import Paper

if TYPE_CHECKING:
    from handouts.layout.rows import Strip


class PageRecorder:
    """Stands where Platypus expects a ``reportlab.pdfgen.canvas.Canvas``.

    ``strips`` are what was drawn, each with the number of its page, from 1; ``density`` is what
    their spaces are multiplied by.
    """

    def __init__(self, paper: Paper, *, density: float = 1.0, right_to_left: bool) -> None:
        self.density = density
        self.mirror = Mirror(paper.width if right_to_left else 0)
        self.pages: list[list[Item]] = []
        self.bookmarks: list[Bookmark] = []
        self.targets: list[Target] = []
        self.strips: list[tuple[int, Strip]] = []
        self._items: list[Item] = []
        self._pagesize = (paper.width, paper.height)
        self._doc = SimpleNamespace(info=None)

    def place(self, items: Iterable[Item | Anchor], x: float, y: float) -> None:
        """Keep items whose places count from (``x``, ``y``) for the page at hand."""
        for item in place(items, x, y, self.mirror):
            if not isinstance(item, Anchor):
                self._items.append(item)
                continue
            if item.level:
                self.bookmarks.append(Bookmark(item.title, item.level, len(self.pages), item.y))
            if item.id:
                self.targets.append(Target(item.id, len(self.pages), item.x, item.y))

    # What Platypus asks of a canvas.

    def showPage(self) -> None:
        self.pages.append(self._items)
        self._items = []

    def getPageNumber(self) -> int:
        return len(self.pages) + 1

    def _ignore(self, *_arguments: object, **_keywords: object) -> None:
        """Document information and page boxes are painted elsewhere."""

    setAuthor = setTitle = setSubject = setCreator = setProducer = setKeywords = _ignore
    setPageSize = setPageRotation = setNamedCB = setViewerPreference = save = _ignore
    saveState = restoreState = _ignore
