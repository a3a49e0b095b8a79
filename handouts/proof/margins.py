"""Whether anything is painted where printers cannot print."""

from __future__ import annotations

from collections.abc import Iterator

from handouts.paper import mm
from handouts.proof.findings import Finding, place_of, quoted
from handouts.proof.marks import Box, Mark, PaintedPage, Words

UNPRINTABLE = mm(4.3)  # from each edge; laser printers state 4 to 4.3 mm
_TOUCH = 0.5  # pt; a pixel of the rendering


def in_the_margin(page: PaintedPage) -> Iterator[Finding]:
    """One for each mark whose ink reaches there; one for an edge with ink that is no mark's."""
    edges = _edges(page)
    inked = {name for name, strip in edges.items() if page.is_inked(strip)}
    if not inked:
        return
    explained: set[str] = set()
    marks: list[Mark] = [*page.words, *page.shapes, *page.pictures]
    for mark in marks:
        reached = [
            name
            for name in edges
            if name in inked
            and mark.box.meets(edges[name])
            and page.is_inked(mark.box.shared(edges[name]))
        ]
        if reached:
            explained.update(reached)
            named = quoted(mark) if isinstance(mark, Words) else _kind(mark)
            yield _finding(place_of(page, mark.box), named, reached)
    for name in sorted(inked - explained):
        yield _finding(place_of(page), "something", [name])


def _edges(page: PaintedPage) -> dict[str, Box]:
    width, height, reach = page.width, page.height, UNPRINTABLE - _TOUCH
    return {
        "left": Box(0, 0, reach, height),
        "right": Box(width - reach, 0, width, height),
        "lower": Box(0, 0, width, reach),
        "upper": Box(0, height - reach, width, height),
    }


def _kind(mark: Mark) -> str:
    return f"a {type(mark).__name__.lower()}"


def _finding(place: str, named: str, edges: list[str]) -> Finding:
    return Finding(
        place,
        f"{named} is cut off: it reaches where printers cannot print, at the "
        f"{' and the '.join(edges)} edge",
        "move it inward",
        "nothing within 4.3 mm of the paper's edge",
    )
