"""Pictures to rows: artwork on the measure, labels set in the handout's language, caption below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from handouts.diagnostics import Diagnostic, LayoutError, located
from handouts.document import Align, Picture
from handouts.layout.artwork import LabelPlace, load_picture
from handouts.layout.pages import Artwork, Item, PlacedArtwork, PlacedLine
from handouts.layout.rows import Row, beside, kept, line_rows, turned
from handouts.layout.setting import Box, Setting
from handouts.structure import Element
from handouts.wording.blocks import credit


def figure_rows(
    picture: Picture,
    facts: str,
    element: Element,
    box: Box,
    setting: Setting,
    *,
    is_keyed: bool = False,
) -> list[Row]:
    """The picture with its words, all on one page; ``facts`` is the language of its credit.

    A picture that ``is_keyed`` has numbers at the places of its labels, and the labels below it.

    The Figure's alternative text stands for artwork and labels (ISO 14289-1, 7.3); the caption
    and the credit follow it as text of their own.

    Raises:
        ContentError: the picture is broken, or its labels and their words do not agree.
        LayoutError: a label is too long for its place in the drawing; ``element`` is as it was.
    """
    with located(picture.span):
        highest = setting.edition.places.figure
        drawing = load_picture(picture, box.width, highest)
        artwork, places = drawing.artwork, drawing.labels
        holder = Element("Div")
        figure = None if picture.decorative else holder.add("Figure", alt=picture.alt)
        width, height, scale = _size(artwork, box.width, highest)
        start = box.x + (box.width - width) / 2
        leaf = figure.leaf() if figure is not None else None
        items: list[Item] = [PlacedArtwork(artwork, start, -height, width, height, leaf)]
        keys = {
            name: setting.typesetter.language.number(number)
            for number, name in enumerate(places, start=1)
        }
        words = keys if is_keyed else picture.labels
        labels = _label_items(words, places, figure, start, -height, scale, setting)
        if setting.right_to_left:
            (row,) = turned([Row(height, tuple(labels))], box)
            rows = [Row(height, (*items, *row.items), opens=True)]
        else:
            rows = [Row(height, (*items, *labels), opens=True)]
        if is_keyed:
            rows += _key_rows(keys, picture.labels, holder, box, setting)
        caption_box = box
        if picture.caption:
            caption = setting.style.caption
            lines = setting.typesetter.phrase(
                picture.caption, holder.add("Caption").leaf(), caption, caption_box.width
            )
            rows += line_rows(lines, caption, caption_box.x, space=4)
        rows += credit_rows(picture, facts, holder.add("P"), caption_box, setting)
        element.children.append(holder)
        return kept(rows)


def credit_rows(
    picture: Picture, facts: str, element: Element, box: Box, setting: Setting
) -> list[Row]:
    """Who made the picture and how it may be used, in the language ``facts``."""
    type_ = setting.style.credit
    credited = credit(picture, facts, setting.typesetter.language)
    lines = setting.typesetter.lines(credited, element, type_, box.width)
    return line_rows(lines, type_, box.x, space=2)


def _size(artwork: Artwork, width: float, height: float) -> tuple[float, float, float]:
    """Width and height in points, and the scale, so that the picture fits its column."""
    scale = min(width / artwork.width, height / artwork.height)
    return artwork.width * scale, artwork.height * scale, scale


def _key_rows(
    keys: Mapping[str, str],
    labels: Mapping[str, str],
    holder: Element,
    box: Box,
    setting: Setting,
) -> list[Row]:
    """What the numbers in a picture stand for."""
    type_ = setting.style.figure_label
    listed = holder.add("L", attributes={"List": {"ListNumbering": "Decimal"}})
    inner = box.inset(setting.style.indent)
    rows: list[Row] = []
    for name, key in keys.items():
        entry = listed.add("LI")
        marker = setting.typesetter.phrase(
            key, entry.add("Lbl").leaf(), type_.strong(), setting.style.indent
        )
        leaf = entry.add("LBody").leaf()
        lines = setting.typesetter.phrase(labels[name], leaf, type_, inner.width)
        added = line_rows(lines, type_, inner.x, space=setting.style.item_space / 2)
        added[0] = beside(added[0], PlacedLine(marker[0], box.x, -type_.baseline))
        rows += added
    return rows


def _label_items(
    words: Mapping[str, str],
    places: Mapping[str, LabelPlace],
    figure: Element | None,
    x: float,
    y: float,
    scale: float,
    setting: Setting,
) -> list[Item]:
    """The words in the drawing, at their places on either kind of page: it is never mirrored."""
    items: list[Item] = []
    type_ = setting.style.figure_label
    if all(len(word) < 3 for word in words.values()):  # keys: one line, as high as its figures
        type_ = replace(type_, leading=type_.style.size)
    for name, place in places.items():
        leaf = figure.leaf() if figure is not None else None
        width = place.width * scale
        lines = setting.typesetter.balanced(words[name], leaf, type_, width)
        height = len(lines) * type_.leading
        if height > place.height * scale + 0.5:
            raise LayoutError(
                Diagnostic(
                    f'the label "{words[name]}" takes {len(lines)} lines '
                    f"and is too long for its place in the picture",
                    hint=f'use fewer words, or make the rect "label-{name}" larger',
                )
            )
        top = y + (place.y + place.height / 2) * scale + height / 2
        for number, line in enumerate(lines):
            start = x + place.x * scale + _slack(place, width - line.width)
            baseline = top - number * type_.leading - type_.baseline
            items.append(PlacedLine(line, start, baseline))
    return items


def _slack(place: LabelPlace, slack: float) -> float:
    return {Align.START: 0.0, Align.CENTER: slack / 2, Align.END: slack}[place.align]
