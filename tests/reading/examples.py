"""A small library in which nothing is wrong, to be spoilt one thing at a time."""

from __future__ import annotations

from pathlib import Path

from handouts.reading.library import Library

FACTS = """\
source_language: en
audience: adults
author: Handouts Project
codes: {icd-10-cm: [J45.909]}
sections: [definition, treatment]
pictures:
  inhaler: {file: pictures/inhaler.svg, credit: A. Painter, rights: CC-BY-4.0, place: treatment}
resources:
  - {id: lungs, country: US, name: Lung Friends, url: "https://lungs.example.org"}
references:
  - {id: smith-2019, type: article-journal, title: On asthma, issued: {date-parts: [[2019, 3]]}}
review: {version: "1.0", updated: 2021-05-25, reviewer: "Ann Lee, MD", reviewed: 2021-06}
"""
WORDS = """\
title: Asthma
short_title: Asthma
at_a_glance:
  summary: Asthma makes airways **narrow**.
  do: [Carry your inhaler.]
  call: [You wake up at night.]
  emergency: ["You cannot speak. Call {emergency_number}."]
sections:
  definition: |
    Asthma is common.[^smith-2019]
  treatment: |
    Use your inhaler.

    - Breathe out.
    - Breathe in.
pictures:
  inhaler: {caption: An inhaler, alt: A hand holds an inhaler upright.}
"""
CLINIC = """\
name: Riverside Family Clinic
country: US
emergency_number: "911"
phones:
  - {number: "212-555-0142"}
logo: {file: logo.svg}
"""
FACTS_FILE = "handouts/asthma/handout.yaml"
WORDS_FILE = "handouts/asthma/en.yaml"
CLINIC_FILE = "clinics/riverside/clinic.yaml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>\n'

FILES = {
    FACTS_FILE: FACTS,
    WORDS_FILE: WORDS,
    CLINIC_FILE: CLINIC,
    "handouts/asthma/pictures/inhaler.svg": SVG,
    "clinics/riverside/logo.svg": SVG,
}


def write_library(root: Path, changes: dict[str, str | bytes | None] | None = None) -> Library:
    """The library with some files changed, added or (None) left out."""
    for name, content in (FILES | (changes or {})).items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Library(root)
