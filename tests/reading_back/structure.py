"""The structure tree of a file, joined with what its marked content says (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from pypdf.generic import NameObject

from tests.reading_back.file import File, open_file
from tests.reading_back.objects import items, lookup, object_number, string, text_string
from tests.reading_back.painting import Sequence, sequences


@dataclass(frozen=True, slots=True)
class Content:
    """One marked-content sequence of an element.

    ``stream`` is the object number of the page or form that holds it; ``page`` counts from 0 and
    is None when nothing paints it, and then there is no text either.
    """

    stream: int
    mcid: int
    page: int | None
    text: str
    drawings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """An annotation in the tree. ``target`` is a URI, ``#name`` or ``page N``."""

    number: int
    kind: str
    target: str
    contents: str


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element. ``tag`` is its own name, ``role`` the standard type it stands for.

    Absent strings are empty, but an absent ``actual_text`` is None: an empty one means silence.
    ``number`` and ``parent`` are object numbers, 0 for a direct object.
    """

    tag: str
    role: str
    kids: tuple[Kid, ...]
    language: str = ""
    title: str = ""
    id: str = ""
    alt: str = ""
    actual_text: str | None = None
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    number: int = 0
    parent: int = 0

    @property
    def text(self) -> str:
        """The text below this element in structure order."""
        if self.actual_text is not None:
            return self.actual_text
        return "".join(kid.text for kid in self.kids if not isinstance(kid, Annotation))

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in structure order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


Kid: TypeAlias = Element | Content | Annotation


@lru_cache(maxsize=8)
def structure_tree(pdf: bytes) -> Element:
    """The whole tree, under an element named StructTreeRoot.

    Raises ``ValueError`` when the file has none or when it is not a tree.
    """
    file = open_file(pdf)
    if "/StructTreeRoot" not in file.catalog:
        raise ValueError("the file has no structure tree")
    return _TreeReader(file).root()


class _TreeReader:
    """Turns pypdf's dictionaries into elements."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._root = file.catalog["/StructTreeRoot"].get_object()
        self._roles = lookup(self._root, "/RoleMap", {})
        self._classes = lookup(self._root, "/ClassMap", {})
        self._painted: dict[tuple[int, int], list[tuple[int, Sequence]]] = defaultdict(list)
        for index, page in enumerate(file.pages):
            for sequence in sequences(page.parts):
                if sequence.mcid is not None:
                    self._painted[sequence.stream, sequence.mcid].append((index, sequence))

    def root(self) -> Element:
        return Element("StructTreeRoot", "StructTreeRoot", self._kids(self._root, ()))

    def _element(self, reference: Any, outer: tuple[int, ...]) -> Element:
        entry = reference.get_object()
        number = object_number(reference)
        if number and number in outer:
            raise ValueError(f"structure element {number} is below itself")
        tag = str(entry["/S"])[1:]
        return Element(
            tag=tag,
            role=self._role(tag),
            kids=self._kids(entry, (*outer, number)),
            language=string(entry, "/Lang"),
            title=string(entry, "/T"),
            id=string(entry, "/ID"),
            alt=string(entry, "/Alt"),
            actual_text=string(entry, "/ActualText") if "/ActualText" in entry else None,
            attributes=self._attributes(entry),
            number=number,
            parent=object_number(entry.raw_get("/P")) if "/P" in entry else 0,
        )

    def _kids(self, entry: Any, outer: tuple[int, ...]) -> tuple[Kid, ...]:
        page = object_number(entry.raw_get("/Pg")) if "/Pg" in entry else 0
        kids = items(entry, "/K")
        return tuple(self._kid(kid, page, outer) for kid in kids)

    def _kid(self, reference: Any, page: int, outer: tuple[int, ...]) -> Kid:
        kid = reference.get_object()
        if isinstance(kid, int):
            return self._content(page, int(kid))
        if "/MCID" in kid:
            holder = next((kid.raw_get(key) for key in ("/Stm", "/Pg") if key in kid), None)
            return self._content(
                page if holder is None else object_number(holder), int(kid["/MCID"])
            )
        if "/Obj" in kid:
            return self._annotation(kid.raw_get("/Obj"))
        return self._element(reference, outer)

    def _content(self, stream: int, mcid: int) -> Content:
        painted = self._painted.get((stream, mcid))
        if not painted:
            return Content(stream, mcid, None, "", ())
        page, sequence = painted[0]
        return Content(stream, mcid, page, sequence.text, sequence.drawings)

    def _annotation(self, reference: Any) -> Annotation:
        entry = reference.get_object()
        action = lookup(entry, "/A", {})
        if lookup(action, "/S") == "/URI":
            target = text_string(action["/URI"])
        else:
            target = self._destination(lookup(action, "/D", lookup(entry, "/Dest")))
        kind = str(lookup(entry, "/Subtype", "/"))[1:]
        return Annotation(object_number(reference), kind, target, string(entry, "/Contents"))

    def _destination(self, destination: Any) -> str:
        if destination is None:
            return "nowhere"
        value = destination.get_object()
        if isinstance(value, list):
            index = self._file.page_index(object_number(value[0]))
            return "nowhere" if index is None else f"page {index + 1}"
        return "#" + (str(value)[1:] if isinstance(value, NameObject) else text_string(value))

    def _role(self, tag: str) -> str:
        seen = {tag}
        while f"/{tag}" in self._roles:
            tag = str(self._roles[f"/{tag}"])[1:]
            if tag in seen:
                raise ValueError(f"the role map runs in a circle at {tag}")
            seen.add(tag)
        return tag

    def _attributes(self, entry: Any) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        classes = [self._classes[str(name)] for name in items(entry, "/C") if _is_name(name)]
        for value in [*classes, *items(entry, "/A")]:
            attributes = value.get_object()
            if isinstance(attributes, dict):
                owner = str(attributes["/O"])[1:]
                found[owner] |= {str(k)[1:]: _plain(v) for k, v in attributes.items() if k != "/O"}
        return dict(found)


def _is_name(value: Any) -> bool:
    return isinstance(value.get_object(), NameObject)


def _plain(value: Any) -> str:
    """An attribute's value as text: a name, a number, a string or a list of these."""
    value = value.get_object()
    if isinstance(value, list):
        return f"[{' '.join(map(_plain, value))}]"
    if isinstance(value, NameObject):
        return str(value)[1:]
    if isinstance(value, int | float):
        return f"{value:g}"
    return text_string(value)
