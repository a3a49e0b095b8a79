"""Shapes: what a value in a file must look like, how it is read, and its JSON Schema.

One declaration serves the reader, the messages and the editor. pydantic would need a second pass
to bring its errors back to lines and columns, and takes longer to import than all files take to
read; shapes read the marked values themselves, so that every value keeps its mark.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from handouts.diagnostics import SourceSpan
from handouts.reading import marked_yaml
from handouts.reading.marked_yaml import Node, Scalar
from handouts.reading.report import Report, Unreadable

T = TypeVar("T")
Schema = dict[str, Any]


class Shape(ABC, Generic[T]):
    @abstractmethod
    def read(self, node: Node, report: Report) -> T:
        """The value. Raises Unreadable when it has no such shape; the report says why."""

    @abstractmethod
    def json_schema(self) -> Schema:
        """JSON Schema, draft 7: what the YAML language server reads."""


class Located(NamedTuple, Generic[T]):
    """A value with the place it was written at."""

    value: T
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class Marked(Shape[Located[T]]):
    """A shape whose value keeps its place."""

    shape: Shape[T]

    def read(self, node: Node, report: Report) -> Located[T]:
        return Located(self.shape.read(node, report), node.span)

    def json_schema(self) -> Schema:
        return self.shape.json_schema()


# --- collections -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListOf(Shape[tuple[T, ...]]):
    """A list with at least one item."""

    shape: Shape[T]
    example: str

    def read(self, node: Node, report: Report) -> tuple[T, ...]:
        if not isinstance(node, marked_yaml.Sequence):
            raise unexpected("a list", node, report, f"write it such as `{self.example}`")
        if not node.items:
            raise refuse(
                "the list is empty", node, report, "write at least one item, or delete the key"
            )
        return tuple(read_all(((self.shape, item) for item in node.items), report))

    def json_schema(self) -> Schema:
        return {"type": "array", "items": self.shape.json_schema(), "minItems": 1}


@dataclass(frozen=True, slots=True)
class MapOf(Shape[dict[str, T]]):
    """Keys of the writer's own choosing, of a fixed form, each with a value of one shape."""

    key: Shape[str]
    shape: Shape[T]
    example: str

    def read(self, node: Node, report: Report) -> dict[str, T]:
        if not isinstance(node, marked_yaml.Mapping):
            raise unexpected("keys with values", node, report, f"write it such as `{self.example}`")
        names = read_all(((self.key, key) for key, _ in node.entries), report)
        values = read_all(((self.shape, value) for _, value in node.entries), report)
        return dict(zip(names, values, strict=True))

    def json_schema(self) -> Schema:
        return {
            "type": "object",
            "propertyNames": {"pattern": self.key.json_schema()["pattern"]},
            "additionalProperties": self.shape.json_schema(),
        }


class Field(NamedTuple, Generic[T]):
    """One key of a record. ``name`` is the parameter it fills, if not the key in small letters."""

    shape: Shape[T]
    description: str
    is_required: bool = False
    name: str = ""


def required(shape: Shape[Any], description: str, name: str = "") -> Field[Any]:
    return Field(shape, description, True, name)


def optional(shape: Shape[Any], description: str, name: str = "") -> Field[Any]:
    return Field(shape, description, False, name)


@dataclass(frozen=True, slots=True)
class Record(Shape[T]):
    """Known keys. ``build`` is called with their values, and with ``span`` if ``keeps_span``.

    If it ``keeps_places``, ``places`` says by name where each value stands. A key that is left
    out, or that has no value, is not passed: ``build`` has the default. ``unprinted`` keys are
    allowed and not read.
    """

    build: Callable[..., T]
    fields: Mapping[str, Field[Any]]
    keeps_span: bool = True
    unprinted: tuple[str, ...] = ()
    keeps_places: bool = False

    def read(self, node: Node, report: Report) -> T:
        if not isinstance(node, marked_yaml.Mapping):
            known = ", ".join(self.fields)
            raise unexpected("keys with values", node, report, f"the known keys are: {known}")
        values: dict[str, Any] = {"span": node.span} if self.keeps_span else {}
        written = {key.text: value for key, value in node.entries}
        self._report_unknown(node, report)
        places: dict[str, SourceSpan] = {}
        is_whole = True
        for key, field in self.fields.items():
            value = written.get(key)
            if value is None or (isinstance(value, Scalar) and value.is_null):
                if field.is_required:
                    self._report_missing(key, field, value, node, report)
                    is_whole = False
                continue
            try:
                name = field.name or key.replace("-", "_").lower()
                places[name] = value.span
                values[name] = field.shape.read(value, report)
            except Unreadable:
                is_whole = False
        if not is_whole:
            raise Unreadable
        if self.keeps_places:
            values["places"] = places
        return self.build(**values)

    def _report_unknown(self, node: marked_yaml.Mapping, report: Report) -> None:
        for key, _ in node.entries:
            if key.text not in self.fields and key.text not in self.unprinted:
                report.error(f'unknown key "{key.text}"', key.span, nearest(key.text, self.fields))

    def _report_missing(
        self, key: str, field: Field[Any], value: Node | None, node: Node, report: Report
    ) -> None:
        span = node.span if value is None else value.span
        trouble = "is missing" if value is None else "has no value"
        report.error(f'"{key}" {trouble}', span, hint=f"{key}: {field.description}")

    def json_schema(self) -> Schema:
        properties = {}
        for key, field in self.fields.items():
            schema = field.shape.json_schema()
            if not field.is_required:
                schema = _or_nothing(schema)
            properties[key] = {"description": field.description, **schema}
        properties |= {key: {} for key in self.unprinted}
        needed = [key for key, field in self.fields.items() if field.is_required]
        return {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
            **({"required": needed} if needed else {}),
        }


def _or_nothing(schema: Schema) -> Schema:
    """The schema of a value that may be left empty."""
    if "enum" in schema:
        return schema | {"enum": [*schema["enum"], None]}
    if "anyOf" in schema:
        return schema | {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    types = schema["type"]
    return schema | {"type": [*([types] if isinstance(types, str) else types), "null"]}


# --- faults ----------------------------------------------------------------------------------


def read_all(pairs: Iterable[tuple[Shape[T], Node]], report: Report) -> list[T]:
    """The values of all nodes. Raises Unreadable after the last if any could not be read."""
    values = []
    is_whole = True
    for shape, node in pairs:
        try:
            values.append(shape.read(node, report))
        except Unreadable:
            is_whole = False
    if not is_whole:
        raise Unreadable
    return values


def leaf(node: Node, expects: str, report: Report) -> Scalar:
    """The node as a leaf with text in it."""
    if not isinstance(node, Scalar):
        hint = "put text that begins with `{` or `[` in quotes" if node.is_flow else ""
        raise unexpected(expects, node, report, hint)
    if node.is_null or not node.text.strip():
        raise unexpected(expects, node, report)
    return node


def unexpected(expects: str, node: Node, report: Report, hint: str = "") -> Unreadable:
    match node:
        case marked_yaml.Sequence():
            found = "a list"
        case marked_yaml.Mapping():
            found = "keys with values"
        case Scalar():
            found = "nothing" if node.is_null or not node.text.strip() else "text"
    return refuse(f"expected {expects}, found {found}", node, report, hint)


def refuse(message: str, node: Node, report: Report, hint: str = "") -> Unreadable:
    """Reports a fault of a node; for the caller to raise."""
    report.error(message, node.span, hint)
    return Unreadable()


def nearest(written: str, known: Iterable[str]) -> str:
    """A hint with the known name that looks most like what was written."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(written, names, n=1, cutoff=0.6)
    if close:
        return f'did you mean "{close[0]}"?'
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return f"the known ones are: {shown}"
