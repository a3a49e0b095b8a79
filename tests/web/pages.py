"""Web pages and plain texts of handouts that several tests look at, each made once in a run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from handouts.clinic import Clinic
from handouts.document import Handout
from handouts.edition import STANDARD, own_edition
from handouts.languages import Languages
from handouts.paper import LETTER
from handouts.plain.text import plain_text
from handouts.preparing import Prepared, prepare
from handouts.request import Request
from handouts.web.page import web_page
from tests.sheets import CASE_NAMES, LIBRARY, PML, handout_named


def prepared_of(
    handout: Handout, clinic: Clinic | None = None, edition: str = STANDARD
) -> Prepared:
    """As if somebody had asked for the handout."""
    return Prepared(
        handout=handout,
        twin=None,
        clinic=clinic,
        paper=LETTER,
        edition=own_edition(edition),
        pages=0,
        languages=Languages(),
        notice=None,
        warnings=(),
    )


def every_block() -> Handout:
    """The sections of all cases in one handout: each kind of block, alone and inside others."""
    cases = [handout_named(name) for name in CASE_NAMES]
    return replace(
        cases[0],
        sections=tuple(
            replace(section, id=f"{case.slug}-{section.id}")
            for case in cases
            for section in case.sections
        ),
        pictures=tuple(
            replace(picture, id=f"{case.slug}-{picture.id}", place=f"{case.slug}-{picture.place}")
            for case in cases
            for picture in case.pictures
        ),
        references=tuple(
            {reference.id: reference for case in cases for reference in case.references}.values()
        ),
        resources=tuple(resource for case in cases for resource in case.resources),
    )


@cache
def prepared_pml(tag: str, clinic: str = "", edition: str = STANDARD) -> Prepared:
    return prepare(LIBRARY, Request(PML, tag, clinic, edition=edition))


@cache
def page_of(tag: str, clinic: str = "", edition: str = STANDARD) -> str:
    return web_page(prepared_pml(tag, clinic, edition))


@cache
def text_of(tag: str, clinic: str = "", edition: str = STANDARD) -> str:
    return plain_text(prepared_pml(tag, clinic, edition))
