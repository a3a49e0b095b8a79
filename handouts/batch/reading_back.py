"""Read a file back from where it went: that it is whole, and that others can read it."""

from __future__ import annotations

import hashlib
import io

from handouts.batch.desk import Plate
from handouts.batch.records import Pressed
from handouts.batch.stores import Store
from handouts.diagnostics import ConformanceError, Diagnostic, SourceSpan


def read_back(store: Store, made: Pressed, plate: Plate) -> None:
    """Compare the file with what was pressed, and open it with pypdf.

    Raises:
        ConformanceError: it is not what was pressed, or it lacks pages, title, language or tags.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    data = store.read(made.name)
    problems: list[str] = []
    if hashlib.sha256(data).digest() != made.sha256:
        problems.append("the file that was read back is not the one that was written")
    try:
        reader = PdfReader(io.BytesIO(data), strict=True)
        catalog = reader.root_object
        if len(reader.pages) != plate.master.page_count:
            expected = plate.master.page_count
            problems.append(f"the file has {len(reader.pages)} pages in place of {expected}")
        if any(not page.extract_text().strip() for page in reader.pages):
            problems.append("a page without text")
        if reader.metadata is None or not reader.metadata.title:
            problems.append("the file has no title")
        if "/Lang" not in catalog:
            problems.append("the file does not say its language")
        if "/StructTreeRoot" not in catalog:
            problems.append("the file has no tags")
    except (PyPdfError, KeyError, ValueError, TypeError, AttributeError) as error:
        problems.append(f"pypdf cannot read the file: {error}")
    if problems:
        place = SourceSpan(f"{store.shown}/{made.name}")
        raise ConformanceError(Diagnostic(problem, place) for problem in problems)
