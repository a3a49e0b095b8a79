"""Fill a sheet's reserved places with a clinic's panels, for a file that is made for one clinic.

A sheet alone leaves its places to the imprint, so that it serves every clinic. A packet knows its
clinic, and has many sheets: each gets its own copy of the panels, items and structure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from handouts.layout.pages import (
    Item,
    LinkArea,
    Outline,
    Page,
    Panel,
    PanelName,
    PanelPlace,
    PlacedArtwork,
    PlacedLine,
    Sheet,
)
from handouts.layout.placing import moved
from handouts.structure import Element, Leaf


def filled(sheet: Sheet, panels: Mapping[PanelName, Panel]) -> Sheet:
    """The sheet with each panel at its place, and below its element what the panel says.

    The structure of the sheet changes with it; that of the panels does not.
    """
    own = dict(panels)
    for name, element in sheet.open_panels.items():
        own[name] = _Copy().panel(panels[name], element)
    pages = tuple(
        Page(tuple(_in_places(page.items, own)), tuple(_in_places(page.header_footer, own)))
        for page in sheet.pages
    )
    return replace(sheet, pages=pages, contact=None, check=None, patient=None)


def _in_places(items: tuple[Item, ...], panels: Mapping[PanelName, Panel]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, PanelPlace):
            for inner in panels[item.panel].items:
                yield moved(inner, item.x, item.y)
        else:
            yield item


class _Copy:
    """Copies of a panel's elements and leaves, by the ones that they were copied from."""

    def __init__(self) -> None:
        self._elements: dict[Element, Element] = {}
        self._leaves: dict[Leaf | None, Leaf] = {}

    def panel(self, panel: Panel, holder: Element) -> Panel:
        """The panel with copies of its structure, which go below ``holder``."""
        if panel.element is not None:
            self._below(panel.element, holder)
        return replace(panel, items=tuple(map(self._item, panel.items)), element=holder)

    def _below(self, original: Element, holder: Element) -> None:
        for child in original.children:
            if isinstance(child, Leaf):
                self._leaves[child] = holder.leaf()
            else:
                copy = self._elements[child] = replace(child, children=[])
                holder.children.append(copy)
                self._below(child, copy)

    def _item(self, item: Item) -> Item:
        match item:
            case PlacedLine():
                runs = tuple(
                    replace(run, leaf=self._leaves.get(run.leaf, run.leaf))
                    for run in item.line.runs
                )
                return replace(item, line=replace(item.line, runs=runs))
            case Outline() | PlacedArtwork():
                return replace(item, leaf=self._leaves.get(item.leaf, item.leaf))
            case LinkArea():
                return replace(item, element=self._elements[item.element])
            case _:
                return item
