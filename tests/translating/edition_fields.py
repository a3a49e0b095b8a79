"""The example library with a check-list, questions and easy read, in English and Spanish."""

from __future__ import annotations

from pathlib import Path

from handouts.reading.library import Library
from handouts.translating.confirming import confirm
from tests.reading.examples import FACTS, FACTS_FILE, SVG, WORDS, WORDS_FILE, write_library
from tests.translating.examples import SPANISH, SPANISH_FILE

LISTED = """\
easy_read_pictures:
  lungs: {file: pictures/lungs.svg, credit: A. Painter, rights: CC-BY-4.0}
  puffer: {file: pictures/puffer.svg, credit: A. Painter, rights: CC0-1.0}
"""
ENGLISH = """\
checklist:
  - I carry my **inhaler**.
  - I rest.
teach_back:
  - "When do you call {emergency_number}?"
easy_read:
  - heading: What is asthma?
    statements:
      - {picture: lungs, text: Asthma is in your lungs.}
      - {picture: lungs, text: It is common.}
  - heading: What to do
    statements:
      - {picture: puffer, text: Use your inhaler., alt: A hand presses it.}
"""
SPANISH_FIELDS = """\
checklist:
  - Llevo mi **inhalador**.
  - Descanso.
teach_back:
  - "¿Cuándo llama al {emergency_number}?"
easy_read:
  - heading: ¿Qué es el asma?
    statements:
      - {picture: lungs, text: El asma está en los pulmones.}
      - {picture: lungs, text: Es común.}
  - heading: Qué hacer
    statements:
      - {picture: puffer, text: Use su inhalador., alt: Una mano lo presiona.}
"""


def write_fields(
    root: Path,
    *,
    english: str = ENGLISH,
    spanish: str = SPANISH_FIELDS,
    listed: str = LISTED,
    is_confirmed: bool = True,
) -> Library:
    """Both languages in step, as far as the Spanish goes, with the fields above ``sections``."""
    files: dict[str, str | bytes | None] = {
        FACTS_FILE: FACTS.replace("resources:\n", listed + "resources:\n"),
        WORDS_FILE: WORDS.replace("sections:\n", english + "sections:\n"),
        SPANISH_FILE: SPANISH.replace("sections:\n", spanish + "sections:\n"),
        "handouts/asthma/pictures/lungs.svg": SVG,
        "handouts/asthma/pictures/puffer.svg": SVG,
    }
    library = write_library(root, files)
    is_sound = english and listed if spanish else True
    if is_confirmed and is_sound:
        confirm(library, "asthma", "es")
    return library
