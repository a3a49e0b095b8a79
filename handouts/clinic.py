"""A clinic: what is printed on every sheet that it gives out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from handouts.diagnostics import NOWHERE, SourceSpan


@dataclass(frozen=True, slots=True)
class Phone:
    """``label`` says what the line is for, such as "Nurse line"; empty for the main line."""

    number: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Palette:
    """The clinic's colours as #RRGGBB. Text in each passes 4.5:1 on white (WCAG 2.1, 1.4.3)."""

    accent: str = "#1F4E79"
    emergency: str = "#8C1C13"
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Clinic:
    """``country`` is ISO 3166-1 alpha-2; ``paper`` the name of the default paper.

    ``interpreter`` says by language, in that language, how to get an interpreter. ``places`` says
    by field where its value stands in the file.
    """

    slug: str
    name: str
    country: str
    emergency_number: str
    phones: tuple[Phone, ...]
    language: str = "en"
    address: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    web: str = ""
    check_address: str = ""
    logo: Path | None = None
    palette: Palette = field(default_factory=Palette)
    paper: str = "letter"
    interpreter: Mapping[str, str] = field(default_factory=dict)
    span: SourceSpan = NOWHERE
    places: Mapping[str, SourceSpan] = field(default_factory=dict)
