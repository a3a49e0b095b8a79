"""The JSON Schemas of the files that people write, for editors with the YAML language server.

``python -m handouts.reading.schema FOLDER`` writes them; they come from the same declarations
that the files are read with.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from handouts.reading.clinic_file import CLINIC
from handouts.reading.edition_files import EDITION_FILE
from handouts.reading.handout_files import FACTS, WORDS
from handouts.reading.phrases import PHRASES
from handouts.reading.plan_file import PLAN
from handouts.reading.shapes import Shape

_FILES: dict[str, tuple[str, Shape[Any]]] = {
    "handout": ("The facts of a handout that no language changes (handout.yaml)", FACTS),
    "words": ("The words of a handout in one language (such as en.yaml)", WORDS),
    "clinic": ("A clinic (clinic.yaml)", CLINIC),
    "phrases": ("A clinic's phrase bank (phrases.yaml)", PHRASES),
    "edition": ("The profile of an edition (editions/<name>.yaml)", EDITION_FILE),
    "batch": ("A batch plan (batches/<name>.yaml)", PLAN),
}


def json_schemas() -> dict[str, str]:
    """The text of each schema file by its name."""
    texts = {}
    for name, (title, shape) in _FILES.items():
        head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
        schema = head | shape.json_schema()
        texts[f"{name}.schema.json"] = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
    return texts


def write_schemas(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in json_schemas().items():
        (folder / name).write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(Path(sys.argv[1]))
