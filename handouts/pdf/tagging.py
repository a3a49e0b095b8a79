"""The structure tree as objects (ISO 32000-1, 14.7.2 to 14.7.5).

A painted leaf becomes a marked-content reference on each page it touches, so a paragraph that runs
over a page stays one element. What was never painted is left out, save cells, which a row needs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from handouts.pdf.body import Body
from handouts.pdf.objects import name, number, numbers, references, text_string
from handouts.structure import Element, Leaf

_KEPT_EMPTY = frozenset(("TD", "TH"))


class Mark(NamedTuple):
    """A marked-content sequence: its page and, if it stands in one, its form, by number."""

    page: int
    identifier: int
    form: int = 0


class AnnotationMark(NamedTuple):
    """An annotation as content of its element, by object numbers."""

    page: int
    annotation: int


@dataclass(slots=True)
class Painted:
    """What painting tells of the elements.

    ``attributes`` are attribute objects that only painting knows, such as the box of a figure.
    """

    marks: defaultdict[Leaf, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    annotations: defaultdict[Element, list[AnnotationMark]] = field(
        default_factory=lambda: defaultdict(list)
    )
    attributes: dict[Element, bytes] = field(default_factory=dict)


class StructureTree:
    """Structure elements on their way into a body.

    ``places`` are elements that have an object number already and whose children another part of
    the file holds, in an array: element → (its own number, the array's number).
    """

    def __init__(
        self, body: Body, painted: Painted, places: Mapping[Element, tuple[int, int]] | None = None
    ) -> None:
        self.numbers: dict[Element, int] = {}
        self._body = body
        self._painted = painted
        self._places = places or {}

    def add(self, root: Element, parent: int) -> int:
        """Add an element and all below it; gives its object number."""
        self._number(root)
        self._write(root, parent)
        return self.numbers[root]

    def add_below(self, holder: Element, holder_number: int) -> bytes:
        """Add all below an element that another part of the file writes; gives its /K array."""
        self.numbers[holder] = holder_number
        children = [child for child in holder.children if isinstance(child, Element)]
        for child in children:
            self._number(child)
        kids = self._kids(holder, 0)
        for child in children:
            self._write(child, holder_number)
        return b"[%s]" % b" ".join(kids)

    def parents_of(self, marks: Iterable[Leaf]) -> bytes:
        """A content stream's entry in the parent tree: an element for each identifier."""
        return b"[%s]" % references([self.numbers[leaf.parent] for leaf in marks])

    def _number(self, element: Element) -> bool:
        """Number an element and those below; what holds nothing painted gets no number."""
        painted = self._painted
        is_kept = (
            element.tag in _KEPT_EMPTY or element in painted.annotations or element in self._places
        )
        for child in element.children:
            if isinstance(child, Leaf):
                is_kept = child in painted.marks or is_kept
            else:
                is_kept = self._number(child) or is_kept
        if is_kept:
            place = self._places.get(element)
            self.numbers[element] = place[0] if place else self._body.reserve()
        return is_kept

    def _write(self, element: Element, parent: int) -> None:
        own = self.numbers.get(element, 0)
        if not own:
            return
        entries = [b"<</S%s/P %d 0 R" % (name(element.tag), parent)]
        place = self._places.get(element)
        if place:
            entries.append(b"/K %d 0 R" % place[1])
        else:
            page = self._first_page(element)
            if page:
                entries.append(b"/Pg %d 0 R" % page)
            kids = self._kids(element, page)
            if kids:
                entries.append(b"/K[%s]" % b" ".join(kids))
        if element.language:
            entries.append(b"/Lang" + text_string(element.language))
        if element.alt:
            entries.append(b"/Alt" + text_string(element.alt))
        if element.attributes or element in self._painted.attributes:
            attributes = _attributes(element)
            attributes.append(self._painted.attributes.get(element, b""))
            entries.append(b"/A[%s]" % b" ".join(attributes))
        entries.append(b">>")
        self._body.add(b"".join(entries), own)
        for child in element.children:
            if isinstance(child, Element):
                self._write(child, own)

    def _first_page(self, element: Element) -> int:
        """The page that the element's content references need not repeat."""
        marks = self._painted.marks
        for child in element.children:
            if isinstance(child, Leaf) and child in marks:
                return marks[child][0].page
        if element in self._painted.annotations:
            return self._painted.annotations[element][0].page
        return 0

    def _kids(self, element: Element, page: int) -> list[bytes]:
        """The element's children as its /K holds them; ``page`` is its /Pg."""
        kids: list[bytes] = []
        for child in element.children:
            if isinstance(child, Element):
                if child in self.numbers:
                    kids.append(b"%d 0 R" % self.numbers[child])
            elif child in self._painted.marks:
                kids += [_mark(mark, page) for mark in self._painted.marks[child]]
        for mark in self._painted.annotations.get(element, ()):
            where = b"" if mark.page == page else b"/Pg %d 0 R" % mark.page
            kids.append(b"<</Type/OBJR%s/Obj %d 0 R>>" % (where, mark.annotation))
        return kids


def parent_tree_leaf(parents: Mapping[int, bytes]) -> bytes:
    """A leaf of the number tree that leads from content to elements (14.7.4.4)."""
    entries = b" ".join([b"%d %s" % (key, parents[key]) for key in sorted(parents)])
    return b"<</Limits[%d %d]/Nums[%s]>>" % (
        min(parents, default=0),
        max(parents, default=0),
        entries,
    )


def _mark(mark: Mark, page: int) -> bytes:
    """A marked-content identifier or reference (14.7.4.2)."""
    if mark.page == page and not mark.form:
        return b"%d" % mark.identifier
    where = b"" if mark.page == page else b"/Pg %d 0 R" % mark.page
    stream = b"/Stm %d 0 R" % mark.form if mark.form else b""
    return b"<</Type/MCR%s%s/MCID %d>>" % (where, stream, mark.identifier)


def _attributes(element: Element) -> list[bytes]:
    """The element's attribute objects, one for each owner (14.7.5)."""
    return [
        b"<</O%s%s>>"
        % (name(owner), b"".join([name(key) + _value(value) for key, value in entries.items()]))
        for owner, entries in element.attributes.items()
    ]


def _value(value: str | float | list[float]) -> bytes:
    if isinstance(value, str):
        return name(value)
    if isinstance(value, list):
        return b"[%s]" % numbers(value)
    return b" " + number(value)
