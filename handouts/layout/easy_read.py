"""Easy read: short sentences, each with its picture at its start."""

from __future__ import annotations

from dataclasses import replace

from handouts.document import EasyRead, EasySection, Handout, Notice, Picture, Statement
from handouts.layout.artwork import load_drawing
from handouts.layout.figures import credit_rows
from handouts.layout.notices import untranslated_rows
from handouts.layout.pages import PlacedArtwork, PlacedLine
from handouts.layout.reserved import reserve
from handouts.layout.rows import Row, as_run, spaced
from handouts.layout.setting import Box, Setting
from handouts.layout.story import (
    Part,
    Story,
    Titled,
    closing_parts,
    front_height,
    inside,
    reserved_part,
    title_part,
    titled_part,
)
from handouts.structure import Element
from handouts.wording.editions import one_of_each_maker

GAP = 18.0  # between a picture and its sentence


def compose_easy_read(
    handout: Handout,
    numbers: dict[str, int],
    code: str,
    setting: Setting,
    notice: Notice | None = None,
) -> Story:
    """The story of a handout in easy read, as ``compose`` makes that of the whole.

    The edition has one column.

    Raises:
        ContentError: a picture is broken.
    """
    root, check = Element("Document"), Element("Div")
    parts = [title_part(handout, root, setting, notice)]
    box = Box(0, setting.columns.width)
    easy = handout.easy_read
    if easy is not None:
        for order, section in enumerate(easy.sections):
            tag = "" if order else easy.language
            titled = _section(section, easy.language, root, box, setting)
            titled.above = untranslated_rows(tag, root, box, setting)
            parts.append(titled_part(titled, setting))
    reserved = reserve(root, setting, front_height(parts))
    parts.append(reserved_part(reserved, setting))
    if easy is not None:
        parts.append(_credits(easy, handout.source_language, root, box, setting))
    reserved, last = closing_parts(handout, numbers, code, root, check, reserved, setting)
    return Story((*parts, *last), reserved, root, check)


def _section(section: EasySection, tag: str, root: Element, box: Box, setting: Setting) -> Titled:
    own = setting.part_in(tag)
    below = inside(root.add("Sect"), own, setting)
    title = below.add("H2")
    rows = [_statement(said, below, box, own) for said in section.statements]
    space = setting.style.block_space
    rows = [spaced(row, space if order else 4) for order, row in enumerate(rows)]
    rows = as_run(rows, box, own, setting)
    return Titled(section.heading, title, rows, own, section.span)


def _statement(said: Statement, holder: Element, box: Box, setting: Setting) -> Row:
    """The picture in a square, the sentence beside the middle of it."""
    size, type_ = setting.edition.places.figure, setting.style.body
    picture = _picture(said.picture, size, holder, box)
    text = box.inset(size + GAP)
    lines = setting.typesetter.lines(said.text, holder.add("P"), type_, text.width)
    words = len(lines) * type_.leading
    height = max(size, words)
    top = (height - words) / 2
    placed = [
        PlacedLine(line, text.x, -top - number * type_.leading - type_.baseline)
        for number, line in enumerate(lines)
    ]
    picture = replace(picture, y=picture.y - (height - size) / 2)
    return Row(height, (picture, *placed), opens=True)


def _picture(picture: Picture, size: float, holder: Element, box: Box) -> PlacedArtwork:
    artwork = load_drawing(picture.file, size, size).artwork
    scale = min(size / artwork.width, size / artwork.height)
    width, height = artwork.width * scale, artwork.height * scale
    leaf = None if picture.decorative else holder.add("Figure", alt=picture.alt).leaf()
    x, y = box.x + (size - width) / 2, -size + (size - height) / 2
    return PlacedArtwork(artwork, x, y, width, height, leaf)


def _credits(easy: EasyRead, facts: str, root: Element, box: Box, setting: Setting) -> Part:
    """Who made the pictures, each maker once; ``facts`` is the language of the credits."""
    rows: list[Row] = []
    for picture in one_of_each_maker(easy):
        rows += credit_rows(picture, facts, root.add("P"), box, setting)
    return Part(tuple(rows), setting.style.block_space, span=easy.span)
