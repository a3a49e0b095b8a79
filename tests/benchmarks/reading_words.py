"""What can be read in a finished PDF: its words, its tags, what it says it conforms to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from io import BytesIO

from tests.benchmarks.equal_sheet import EqualSheet, texts_of

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """``missing`` are words of the sheet that the PDF lacks.

    ``added`` are words that it has and the sheet has not, but for what runs at the head and foot
    of its pages.
    """

    pages: int
    size: int
    words: int
    missing: tuple[str, ...]
    added: tuple[str, ...]
    elements: int
    claims: tuple[str, ...]

    @property
    def is_tagged(self) -> bool:
        return self.elements > 0


def read(pdf: bytes, sheet: EqualSheet) -> Reading:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(pdf))
    found = Counter(_words("\n".join(page.extract_text() for page in reader.pages)))
    wanted = Counter(word for text in texts_of(sheet.parts) for word in _words(text))
    running = set(_words(f"{sheet.clinic} {sheet.foot} {sheet.draft} Page of"))
    added = (word for word in (found - wanted).elements() if word not in running)
    return Reading(
        pages=len(reader.pages),
        size=len(pdf),
        words=wanted.total(),
        missing=tuple((wanted - found).elements()),
        added=tuple(added),
        elements=_count_elements(reader.root_object.get("/StructTreeRoot")),
        claims=_claims(reader.root_object.get("/Metadata")),
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _count_elements(tree: object) -> int:
    """How many structure elements there are below the root (ISO 32000-1, 14.7.2)."""
    if tree is None:
        return 0
    count, waiting = -1, [tree]
    while waiting:
        node = waiting.pop().get_object()  # type: ignore[attr-defined]
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict) and node.get("/Type") not in ("/MCR", "/OBJR"):
            count += 1
            if "/K" in node:
                waiting.append(node["/K"])
    return count


def _claims(metadata: object) -> tuple[str, ...]:
    """What the XMP packet says that the file conforms to."""
    if metadata is None:
        return ()
    packet = metadata.get_object().get_data().decode("utf-8", "replace")  # type: ignore[attr-defined]
    claims = []
    if part := re.search(r"pdfuaid:part\D{1,2}(\d)", packet):
        claims.append(f"PDF/UA-{part[1]}")
    level = re.search(r"pdfaid:conformance\W{1,2}(\w)", packet)
    if part := re.search(r"pdfaid:part\D{1,2}(\d)", packet):
        claims.append(f"PDF/A-{part[1]}{level[1].lower() if level else ''}")
    return tuple(claims)
