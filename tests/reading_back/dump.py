"""The structure tree as text, for comparing with a stored copy."""

from __future__ import annotations

from collections.abc import Iterator

from tests.reading_back.painting import quoted
from tests.reading_back.structure import Annotation, Content, Element, Kid, structure_tree


def tags(pdf: bytes) -> str:
    """The tree as text, one indented line per element, for comparing with a stored copy.

    ``[page 2]`` stands where the content goes on to another page. Bounding boxes are left out.
    Invisible characters are written as escapes.
    """
    return "".join(f"{line}\n" for line in _Dump().lines(structure_tree(pdf), -1))


class _Dump:
    """Writes elements down; remembers the page it is on."""

    def __init__(self) -> None:
        self._page = 0

    def lines(self, element: Element, depth: int) -> Iterator[str]:
        indent = "  " * depth
        is_simple = not any(isinstance(kid, Element) for kid in element.kids)
        content = " ".join(self._content(list(element.kids))) if is_simple else ""
        if depth >= 0:
            yield indent + f"{_label(element)} {content}".rstrip()
        if is_simple:
            return
        waiting: list[Kid] = []
        for kid in element.kids:
            if isinstance(kid, Element):
                yield from (f"{indent}  {part}" for part in self._content(waiting))
                waiting.clear()
                yield from self.lines(kid, depth + 1)
            else:
                waiting.append(kid)
        yield from (f"{indent}  {part}" for part in self._content(waiting))

    def _content(self, kids: list[Kid]) -> Iterator[str]:
        """Marked content in quotes; neighbours on one page are one text."""
        text = ""
        for note, words in self._notes(kids):
            if note:
                yield from (quoted(text), note) if text else (note,)
                text = ""
            text += words
        if text:
            yield quoted(text)

    def _notes(self, kids: list[Kid]) -> Iterator[tuple[str, str]]:
        """What is to be said of the content, as pairs of a note and the text that follows it."""
        for kid in kids:
            if not isinstance(kid, Content):
                continue
            if kid.page is None:
                yield f"(nothing paints {kid.mcid})", ""
            elif kid.page != self._page:
                self._page = kid.page
                yield f"[page {kid.page + 1}]", ""
            yield "", kid.text
            if kid.drawings:
                yield f"({', '.join(sorted(set(kid.drawings)))})", ""


def _label(element: Element) -> str:
    parts = [element.tag if element.tag == element.role else f"{element.tag}={element.role}"]
    if element.language:
        parts.append(f"Lang={element.language}")
    if element.id:
        parts.append(f"ID={element.id}")
    if element.title:
        parts.append(f"T={quoted(element.title)}")
    for owner in sorted(element.attributes):
        entries = element.attributes[owner]
        parts += [f"{name}={entries[name]}" for name in sorted(entries) if name != "BBox"]
    if element.alt:
        parts.append(f"Alt={quoted(element.alt)}")
    if element.actual_text is not None:
        parts.append(f"ActualText={quoted(element.actual_text)}")
    targets = [kid.target for kid in element.kids if isinstance(kid, Annotation)]
    parts += [f"-> {target}" for target in dict.fromkeys(targets)]
    return " ".join(parts)
