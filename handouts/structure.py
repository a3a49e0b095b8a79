"""The structure tree: what a screen reader is told (ISO 32000-1, 14.7 and 14.8).

It is built from the document, never from the pages: an element's children are other elements and
leaves, in reading order. Pages only report which marked content belongs to which leaf, so a
paragraph that runs over a page stays one element.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(eq=False, slots=True)
class Leaf:
    """A place in an element's children that painted content fills.

    What is painted for one leaf becomes one marked-content sequence on each page it touches.
    """

    parent: Element


@dataclass(eq=False, slots=True)
class Element:
    """A structure element.

    ``tag`` is a standard structure type (ISO 32000-1, 14.8.4). ``language`` is a BCP 47 tag, set
    only where it differs from the parent's. ``attributes`` maps an attribute owner (``Table``,
    ``List``, ``Layout``) to its entries; values are PDF names (str), numbers or lists of numbers.
    ``link`` is the URI that a Link element leads to, a relative one for another file (beginning
    with ``./``), or ``#id`` for a place in the document, and ``contents`` says where that is (ISO
    14289-1, 7.18.5). ``id`` names the element as the target of such links.
    """

    tag: str
    children: list[Element | Leaf] = field(default_factory=list)
    language: str = ""
    alt: str = ""
    link: str = ""
    contents: str = ""
    id: str = ""
    attributes: dict[str, dict[str, str | float | list[float]]] = field(default_factory=dict)

    def add(self, tag: str, **entries: object) -> Element:
        """A new last child."""
        child = Element(tag, **entries)  # type: ignore[arg-type]
        self.children.append(child)
        return child

    def leaf(self) -> Leaf:
        """A new last child for painted content."""
        leaf = Leaf(self)
        self.children.append(leaf)
        return leaf

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()
