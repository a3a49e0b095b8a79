"""Proof a PDF: look at each page by every rule, and draw what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.proof.colours import coloured_shapes, coloured_words
from handouts.proof.findings import Finding, place_of, quoted
from handouts.proof.ink import Ink, ink_of, mean_ink, too_much_ink
from handouts.proof.legibility import (
    Contrast,
    contrasts,
    is_raised,
    poor_contrast,
    small_type,
    thickness,
    thin_rules,
)
from handouts.proof.margins import in_the_margin
from handouts.proof.marks import PaintedPage
from handouts.proof.opening import opened, painted_pages
from handouts.proof.picture import panels, png, stacked

if TYPE_CHECKING:
    from PIL.Image import Image

ONE_PICTURE = 8  # pages at most; a longer document gets a picture for each page


@dataclass(frozen=True, slots=True)
class Least:
    """The least that was measured of something, in points, and where."""

    length: float
    place: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Letters of a colour on a ground, both as #RRGGBB, where their gray contrast is worst."""

    ink: str
    ground: str
    ratio: float
    place: str


@dataclass(frozen=True, slots=True)
class PageProof:
    width: float
    height: float
    ink: Ink
    pairs: tuple[Pair, ...]
    smallest_type: Least | None
    smallest_raised: Least | None
    thinnest_rule: Least | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """``pictures`` are PNG files: one, or one for each page of a long document."""

    pages: tuple[PageProof, ...]
    pictures: tuple[bytes, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for page in self.pages for finding in page.findings)

    @property
    def ink(self) -> Ink:
        """The mean of all pages."""
        return mean_ink([page.ink for page in self.pages])

    @property
    def pairs(self) -> list[Pair]:
        """Each pair of colours once, with its worst place; the worst pair first."""
        worst: dict[tuple[str, str], Pair] = {}
        for pair in sorted(
            (pair for page in self.pages for pair in page.pairs), key=lambda pair: pair.ratio
        ):
            worst.setdefault((pair.ink, pair.ground), pair)
        return list(worst.values())

    def sheets(self, copies: int, duplex: bool) -> int:
        """Of paper, for so many copies; each copy begins on a sheet of its own."""
        return copies * (-(-len(self.pages) // 2) if duplex else len(self.pages))


def proof(file: Path) -> Proof:
    """Raises NotFoundError if there is no file, ProofError if it cannot be printed at all."""
    pages: list[PageProof] = []
    drawn: list[Image] = []
    pictures: list[bytes] = []
    with opened(file) as document:
        is_long = len(document) > ONE_PICTURE
        for page in painted_pages(file, document):
            pages.append(_proof_of(page))
            if is_long:
                pictures.append(png(panels(page)))
            else:
                drawn.append(panels(page))
    if drawn:
        pictures.append(png(stacked(drawn)))
    return Proof(tuple(pages), tuple(pictures))


def _proof_of(page: PaintedPage) -> PageProof:
    found = list(contrasts(page))
    ink = ink_of(page)
    return PageProof(
        page.width,
        page.height,
        ink,
        tuple(_pair(page, each) for each in found),
        _least(_sizes(page, raised=False)),
        _least(_sizes(page, raised=True)),
        _least(_thicknesses(page)),
        (
            *poor_contrast(page, found),
            *small_type(page),
            *thin_rules(page),
            *too_much_ink(page, ink),
            *in_the_margin(page),
            *coloured_words(page),
            *coloured_shapes(page),
        ),
    )


def _pair(page: PaintedPage, contrast: Contrast) -> Pair:
    words = contrast.words
    place = f"{place_of(page, words.box)}: {quoted(words)}"
    return Pair(*contrast.pair, contrast.ratio, place)


def _sizes(page: PaintedPage, *, raised: bool) -> Iterator[Least]:
    for words in page.words:
        if words.speaks and is_raised(words, page.words) == raised:
            yield Least(words.size, f"{place_of(page, words.box)}: {quoted(words)}")


def _thicknesses(page: PaintedPage) -> Iterator[Least]:
    for shape in page.shapes:
        width = thickness(page, shape)
        if width is not None:
            yield Least(width, place_of(page, shape.box))


def _least(found: Iterator[Least]) -> Least | None:
    return min(found, key=lambda each: each.length, default=None)
