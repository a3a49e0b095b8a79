"""The example library with two translations that are in step, to be put out of step."""

from __future__ import annotations

from pathlib import Path

from handouts.reading.library import Library
from handouts.translating.confirming import confirm
from tests.reading.examples import FACTS_FILE, WORDS, WORDS_FILE, write_library

SPANISH_FILE = "handouts/asthma/es.yaml"
FRENCH_FILE = "handouts/asthma/fr.yaml"
PARTS = (
    *("title", "at_a_glance", "sections.definition", "sections.treatment"),
    "pictures.inhaler",
)

SPANISH = """\
# El asma, en español
title: El asma
short_title: Asma
at_a_glance:
  summary: El asma **estrecha** las vías respiratorias.
  do: [Lleve su inhalador.]
  call: ["Se despierta de noche."]
  emergency: ["No puede hablar. Llame al {emergency_number}."]
sections:
  definition: |
    El asma es frecuente.[^smith-2019]
  treatment: |
    Use su inhalador.

    - Expulse el aire.
    - Tome aire.
pictures:
  inhaler: {caption: Un inhalador, alt: Una mano sostiene un inhalador.}
translation:
  method: human  # traducción propia
  translator: 'Ana Ruiz'
  checked_by: "Luz Vega"
"""
FRENCH = SPANISH.replace("español", "français").replace('checked_by: "Luz Vega"', "")


def write_translations(root: Path) -> Library:
    """English, Spanish and French, all in step."""
    library = write_library(root, {SPANISH_FILE: SPANISH, FRENCH_FILE: FRENCH})
    for tag in ("es", "fr"):
        confirm(library, "asthma", tag)
    return library


def edit(library: Library, file: str, old: str, new: str) -> None:
    """Change a piece of text that stands once in a file of the library."""
    path = library.root / file
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (old, text)
    path.write_text(text.replace(old, new), "utf-8")


__all__ = [
    "FACTS_FILE",
    "FRENCH_FILE",
    "PARTS",
    "SPANISH",
    "SPANISH_FILE",
    "WORDS",
    "WORDS_FILE",
    "edit",
    "write_translations",
]
