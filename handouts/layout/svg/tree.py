"""An SVG file as a tree of plain nodes, read without trusting it.

Refused wherever they stand: document types with declarations (so that no entity exists that could
grow or read a file), scripts, event attributes, style sheets and references outside the file,
embedded pictures and foreign objects. Elements and attributes of other namespaces, such as the
notes that Inkscape and Illustrator keep for themselves, paint nothing and are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from handouts.diagnostics import Diagnostic, SourceSpan

MAX_ELEMENTS = 20_000
MAX_DEPTH = 64

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"

# Drawing programs name the public SVG document type; it declares nothing that a drawing needs.
_PUBLIC_DOCTYPE = re.compile(
    rb"""<!DOCTYPE\s+svg\s*(?:PUBLIC\s*"-//W3C//DTD SVG [^"<>]*"\s*"[^"<>]*"\s*)?>"""
)
_URL = re.compile(r"url\(\s*['\"]?\s*([^'\")\s]*)", re.IGNORECASE)

_REFUSED = {
    "script": "remove the script: a printed drawing cannot run it",
    "foreignObject": (
        "export the drawing as plain SVG; in Illustrator, without "
        '"Preserve Illustrator Editing Capabilities"'
    ),
    "image": "save the whole picture as PNG or JPEG, or trace the photograph into shapes",
}


@dataclass(slots=True)
class Node:
    """An SVG element.

    ``attributes`` are those without a namespace, and ``href``; ``text`` is kept for style sheets
    only. ``line`` and ``column`` count from 1.
    """

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[Node] = field(default_factory=list)
    text: str = ""


class Faults:
    """What is wrong with one file, in the order found.

    The same fault in many places is told once, at the first of them.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._places: dict[tuple[str, str], dict[SourceSpan, None]] = {}

    def add(self, message: str, hint: str, line: int = 0, column: int = 0) -> None:
        place = SourceSpan(self._file, line, column)
        self._places.setdefault((message, hint), {})[place] = None

    def at(self, node: Node, message: str, hint: str) -> None:
        """A fault of an element, which the message begins with."""
        self.add(f"<{node.name}> {message}", hint, node.line, node.column)

    def __bool__(self) -> bool:
        return bool(self._places)

    def diagnostics(self) -> list[Diagnostic]:
        found = []
        for (message, hint), places in self._places.items():
            others = len(places) - 1
            more = f" (and so in {others} other place{'s'[: others > 1]})" if others else ""
            found.append(Diagnostic(message + more, next(iter(places)), hint=hint))
        return found


class UnreadableError(Exception):
    """Reading or painting cannot go on; the reason is among the faults."""


def read_tree(data: bytes, faults: Faults) -> Node:
    """The root element. Raises UnreadableError if there is none to work with."""
    return _Reader(faults).read(data)


class _Reader:
    def __init__(self, faults: Faults) -> None:
        self._faults = faults
        self._root: Node | None = None
        self._open: list[Node | None] = []  # None for an element that is left out
        self._count = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction

    def read(self, data: bytes) -> Node:
        blank = _PUBLIC_DOCTYPE.sub(lambda found: re.sub(rb"[^\n]", b" ", found[0]), data, count=1)
        try:
            self._parser.Parse(blank, True)
        except expat.ExpatError as error:
            self._faults.add(
                f"the drawing is not well-formed XML: {expat.ErrorString(error.code)}",
                "export it again from the drawing program",
                error.lineno,
                error.offset + 1,
            )
        except (LookupError, ValueError) as error:
            self._add(f"the drawing's text cannot be decoded: {error}", "save it as UTF-8")
        if self._root is None or self._open:
            raise UnreadableError
        return self._root

    def _add(self, message: str, hint: str) -> None:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        self._faults.add(message, hint, line, column + 1)

    def _stop(self, message: str, hint: str) -> None:
        self._add(message, hint)
        raise UnreadableError

    def _doctype(self, name: str, *_: object) -> None:
        self._stop(
            "the drawing declares a document type of its own, which can hide entities",
            "delete everything from <!DOCTYPE to its closing >, or export it as plain SVG",
        )

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            self._add(
                "the drawing asks for a style sheet outside the file",
                "export it with its styles inside the file",
            )

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        namespace, _, name = qualified.rpartition(" ")
        self._count += 1
        if self._count > MAX_ELEMENTS:
            self._stop(
                f"the drawing has more than {MAX_ELEMENTS:,} elements",
                "simplify it, or save the picture as PNG",
            )
        if len(self._open) >= MAX_DEPTH:
            self._stop(
                f"elements are nested more than {MAX_DEPTH} deep",
                "ungroup the drawing, or save the picture as PNG",
            )
        if not self._open and (namespace, name) != (_SVG, "svg"):
            self._stop(
                f"the file holds <{name}>, not an SVG drawing",
                f'the first element of a drawing is <svg xmlns="{_SVG}">',
            )
        self._open.append(self._node(namespace, name, attributes))

    def _node(self, namespace: str, name: str, attributes: dict[str, str]) -> Node | None:
        if name == "script" or (namespace == _SVG and name in _REFUSED):
            self._add(f"<{name}> is not allowed in a drawing", _REFUSED[name])
            return None
        if namespace != _SVG:
            return None
        plain = self._plain(name, attributes)
        if self._open and self._open[-1] is None:
            return None
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        node = Node(name, plain, line, column)
        if self._open and self._open[-1] is not None:
            self._open[-1].children.append(node)
        else:
            self._root = node
        return node

    def _plain(self, element: str, attributes: dict[str, str]) -> dict[str, str]:
        """The attributes that SVG gives a meaning to, held to what is safe."""
        plain: dict[str, str] = {}
        for qualified, value in attributes.items():
            namespace, _, name = qualified.rpartition(" ")
            if namespace == _XML and name == "base":
                self._add(f"<{element}> has xml:base", "remove the attribute")
            if namespace == _XLINK and name == "href":
                plain.setdefault(name, value)
            if not namespace:
                plain[name] = value
                if name.lower().startswith("on"):
                    self._add(
                        f"<{element}> has the event attribute {name}",
                        "remove it: a printed drawing cannot run a script",
                    )
            if name == "href" and not value.strip().startswith("#"):
                self._refuse_reference(element, value)
            self._check_urls(element, value)
        return plain

    def _check_urls(self, element: str, text: str) -> None:
        for target in _URL.findall(text):
            if not target.startswith("#"):
                self._refuse_reference(element, target)

    def _refuse_reference(self, element: str, target: str) -> None:
        shown = target if len(target) <= 40 else target[:37] + "..."
        self._add(
            f'<{element}> refers to "{shown}", outside the drawing',
            "draw everything in the one file, or remove the reference",
        )

    def _text(self, text: str) -> None:
        if self._open and (node := self._open[-1]) is not None and node.name == "style":
            node.text += text

    def _end(self, _: str) -> None:
        node = self._open.pop()
        if node is not None and node.name == "style":
            self._check_urls("style", node.text)
