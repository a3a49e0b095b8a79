"""What is marked on the pages, and what is not (ISO 32000-1, 14.6 and 14.7.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from tests.reading_back.file import File, open_file
from tests.reading_back.painting import Drawing, FormUse, Part, Sequence, Shown, quoted, sequences

Mark: TypeAlias = tuple[int, int]
"""A marked-content sequence: the object number of its stream and its id."""


def unmarked_text(pdf: bytes) -> str:
    """Text painted neither inside an artifact nor inside content of the structure tree."""
    file = open_file(pdf)
    parts = [part for page in file.pages for part in _unowned(page.parts)]
    return "".join(part.text for part in parts if isinstance(part, Shown))


def artifact_text(pdf: bytes) -> list[str]:
    """The text of the artifacts of each page, one line for each artifact that has any."""
    return [
        "\n".join(s.text for s in sequences(page.parts) if s.is_artifact and s.text)
        for page in open_file(pdf).pages
    ]


def marking_problems(file: File) -> Iterator[str]:
    """Content that nobody owns or two own, and forms with marks that are painted twice."""
    uses: Counter[int] = Counter()
    marked_forms: set[int] = set()
    for index, page in enumerate(file.pages):
        for part in _unowned(page.parts):
            what = part.kind if isinstance(part, Drawing) else f"text {quoted(part.text)}"
            yield f"page {index + 1}: unmarked {what}"
        for form in _forms(page.parts):
            uses[form.stream] += 1
            if any(s.mcid is not None and s.stream == form.stream for s in sequences(form.parts)):
                marked_forms.add(form.stream)
        yield from _nesting_problems(page.parts, index, "")
    for number in sorted(marked_forms):
        if uses[number] > 1:
            yield f"form {number} holds marked content but is painted {uses[number]} times"


def _nesting_problems(parts: list[Part], page: int, outer: str) -> Iterator[str]:
    for part in parts:
        if isinstance(part, FormUse):
            yield from _nesting_problems(part.parts, page, outer)
        elif isinstance(part, Sequence):
            name = "artifact" if part.is_artifact else f"content {part.mcid}"
            if part.is_owned and outer:
                yield f"page {page + 1}: {name} inside {outer}"
            yield from _nesting_problems(part.parts, page, name if part.is_owned else outer)


def _forms(parts: list[Part]) -> Iterator[FormUse]:
    for part in parts:
        if isinstance(part, FormUse):
            yield part
        if isinstance(part, FormUse | Sequence):
            yield from _forms(part.parts)


def painted_marks(file: File) -> Counter[Mark]:
    """How often each mark is painted; a form that is painted twice counts once."""
    marks: Counter[Mark] = Counter()
    seen: set[int] = set()

    def count(parts: list[Part]) -> None:
        for part in parts:
            if isinstance(part, FormUse):
                if part.stream not in seen:
                    seen.add(part.stream)
                    count(part.parts)
            elif isinstance(part, Sequence):
                if part.mcid is not None:
                    marks[part.stream, part.mcid] += 1
                count(part.parts)

    for page in file.pages:
        count(page.parts)
    return marks


def _unowned(parts: list[Part]) -> Iterator[Shown | Drawing]:
    """What is painted and belongs neither to an artifact nor to a marked-content id."""
    for part in parts:
        match part:
            case Sequence() if part.is_owned:
                pass
            case Sequence() | FormUse():
                yield from _unowned(part.parts)
            case _:
                yield part
