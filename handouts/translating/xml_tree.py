"""XML as plain elements that know their lines. Nothing that a document type can do is allowed.

No DTD, so no entities of its own, no expansion and nothing from outside (the billion laughs and
external entities); depth and size are bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from handouts.diagnostics import SourceSpan
from handouts.reading.report import Report, Unreadable

DEEPEST = 40


@dataclass(slots=True)
class Element:
    name: str
    namespace: str
    attributes: dict[str, str]
    span: SourceSpan
    content: list[str | Element] = field(default_factory=list)

    def get(self, name: str) -> str:
        """The attribute's value; empty if there is none."""
        return self.attributes.get(name, "")

    @property
    def elements(self) -> list[Element]:
        return [piece for piece in self.content if isinstance(piece, Element)]

    @property
    def text(self) -> str:
        """All text, that of inner elements too."""
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.content)

    def child(self, name: str) -> Element | None:
        return next((child for child in self.elements if child.name == name), None)

    def all(self, name: str = "") -> Iterator[Element]:
        """The element itself and all inside it, of one name or of any, in their order."""
        if name in ("", self.name):
            yield self
        for child in self.elements:
            yield from child.all(name)


def parse_xml(text: str, file: str, report: Report) -> Element:
    """The root. The encoding that the file declares is ignored: the text has been decoded.

    Raises:
        Unreadable: the report says why.
    """
    builder = _Builder(file, report)
    try:
        return builder.read(text)
    except expat.ExpatError as error:
        report.error(
            f"the file is not well-formed XML: {expat.ErrorString(error.code)}",
            SourceSpan(file, error.lineno, error.offset + 1),
            hint="it may be cut short: ask for it again, or export it again",
        )
        raise Unreadable from error


class _Builder:
    def __init__(self, file: str, report: Report) -> None:
        self._file = file
        self._report = report
        self._open: list[Element] = []
        self._root: Element | None = None
        parser: Any = expat.ParserCreate("UTF-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser = parser

    def read(self, text: str) -> Element:
        self._parser.Parse(text.encode(), True)
        assert self._root is not None
        return self._root

    def _span(self) -> SourceSpan:
        return SourceSpan(
            self._file, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if len(self._open) == DEEPEST:
            self._report.error(f"elements are nested more than {DEEPEST} deep", self._span())
            raise Unreadable
        element = Element(local, namespace, attributes, self._span())
        if self._open:
            self._open[-1].content.append(element)
        else:
            self._root = element
        self._open.append(element)

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].content.append(text)

    def _refuse_doctype(self, *_: object) -> None:
        self._report.error(
            "the file declares a document type, which is not used here",
            self._span(),
            hint="delete `<!DOCTYPE ...>`",
        )
        raise Unreadable
