"""What an exchange file holds, whatever its format: PO or XLIFF.

The file names its handout and languages. For each part it keeps two fingerprints: of the source's
words and of the translation's, as they were when it was written. So the import can tell what was
changed in the file, and what has changed here since.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from handouts.diagnostics import SourceSpan
from handouts.document import Inlines
from handouts.reading.deceptive_text import advice_on, code_point, refused_characters
from handouts.reading.leaves import Text
from handouts.reading.marked_yaml import LARGEST_FILE, Scalar
from handouts.reading.parts import FINGERPRINT_PATTERN
from handouts.reading.report import Report, Unreadable
from handouts.translating.codes import DIVISIBLE, codes, nodes
from handouts.translating.units import Unit

NOTHING = "0" * 16  # the fingerprint of a part that was not translated


class Progress(StrEnum):
    """How far the translation of a unit is.

    UNFINISHED: there are words, but the source has changed since or someone must look at them.
    """

    UNTRANSLATED = "untranslated"
    UNFINISHED = "unfinished"
    TRANSLATED = "translated"
    CHECKED = "checked"

    @property
    def is_done(self) -> bool:
        return self in (Progress.TRANSLATED, Progress.CHECKED)


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit with its translation; ``former`` is older text that is kept beside it."""

    unit: Unit
    target: Inlines
    progress: Progress
    former: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Where the unit stands, and what of it is to stay as it is."""
        found = codes(nodes(self.unit.content))
        names = dict.fromkeys(code.name for code in found if code.kind not in DIVISIBLE)
        return (self.unit.where, *([f"keep as they are: {', '.join(names)}"] if names else ()))


@dataclass(frozen=True, slots=True)
class Prints:
    """The fingerprints of a part: of its source's words and of the translation's."""

    source: str
    target: str = NOTHING


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is given to a translator."""

    handout: str
    source_language: str
    language: str
    title: str
    parts: Mapping[str, Prints]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """A unit as it came back, with the places of the unit and of its translation in the file."""

    id: str
    source: Inlines
    target: Inlines
    progress: Progress
    span: SourceSpan


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """What came back from a translator. A name or language that the file lacks is empty."""

    handout: str
    source_language: str
    language: str
    parts: Mapping[str, Prints]
    units: tuple[Returned, ...]
    span: SourceSpan


def read_text(path: Path, report: Report) -> str:
    """The text of a file of bounded size in UTF-8. Raises Unreadable."""
    file = path.as_posix()
    whole = SourceSpan(file)
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
    except OSError as error:
        report.error(f"the file cannot be read: {error.strerror}", whole)
        raise Unreadable from error
    if len(data) > LARGEST_FILE:
        report.error(f"the file is larger than {LARGEST_FILE:,} bytes", whole)
        raise Unreadable
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        report.error(
            "the file is not UTF-8 text",
            SourceSpan(file, line, 1),
            hint="let the translation program save it with the encoding UTF-8",
        )
        raise Unreadable from error


def clean(text: str, span: SourceSpan, report: Report) -> str:
    """The text in NFC, with errors for invisible characters and marks that turn text round."""
    for character in dict.fromkeys(found for *_, found in refused_characters([text])):
        report.error(
            f"the character {code_point(character)} cannot be used in text",
            span,
            hint=advice_on(character),
        )
    return unicodedata.normalize("NFC", text)


def plain_words(text: str, span: SourceSpan, report: Report) -> str:
    """The text as it is printed, with an error for Markdown in it."""
    return Text().read(Scalar(text, span, style='"'), report) if text.strip() else ""


def is_fingerprint(text: str) -> bool:
    return re.fullmatch(FINGERPRINT_PATTERN, text) is not None
