"""Compose: a handout becomes a story, the parts of a sheet from top to bottom, and its structure.

Nothing here knows where a page ends, and nothing knows a clinic.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from handouts.diagnostics import NOWHERE, LayoutError, SourceSpan, located
from handouts.document import Handout, Section
from handouts.inks import Ink
from handouts.layout.about import about_rows, references_rows, resource_rows
from handouts.layout.blocks import block_rows
from handouts.layout.figures import figure_rows
from handouts.layout.front import title_rows
from handouts.layout.glance import glance_rows
from handouts.layout.pages import Bar, Item, PlacedLine
from handouts.layout.placing import Anchor
from handouts.layout.rows import Row, beside, height_of, keeping, spaced
from handouts.layout.setting import Box, Setting
from handouts.layout.style import CONTACT_TOP
from handouts.structure import Element
from handouts.text.glyphs import Line

MOST_SIDE_LINES = 3  # of a heading beside its text
RULE_SPACE = 8.0  # from a section's rule to its first line


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that follow each other; ``space`` and ``divider`` are left out at a page's head."""

    rows: tuple[Row, ...]
    space: float = 0.0
    divider: Row | None = None
    span: SourceSpan = NOWHERE


@dataclass(frozen=True, slots=True)
class Story:
    """``contact`` and ``check`` are the elements that the imprint fills.

    ``contact_heading`` stands beside the contact panel on page one.
    """

    parts: tuple[Part, ...]
    contact_heading: tuple[Line, ...]
    root: Element
    contact: Element
    check: Element


@dataclass(slots=True)
class _Titled:
    """A part whose heading is still to be set: beside its rows or above them."""

    heading: str
    rows: list[Row]
    holder: Element
    span: SourceSpan


def compose(handout: Handout, numbers: dict[str, int], code: str, setting: Setting) -> Story:
    """The story of a handout, whose references have ``numbers`` and whose sheet has a ``code``.

    Raises:
        ContentError: a picture is broken, or its labels and their words do not agree.
        LayoutError: a word is wider than its line, or a label too long for its place.
        FontError: a character that no face has.
    """
    root, check = Element("Document"), Element("Div")
    style = setting.style
    parts = [Part(tuple(title_rows(handout, root, setting)), span=handout.span)]
    glance = handout.at_a_glance
    if glance is not None:
        rows = glance_rows(glance, root.add("Sect"), setting)
        parts.append(Part(tuple(rows), 2 * style.block_space, span=glance.span))
    holder = _holder(root)
    heading = _contact_heading(holder, setting)
    contact = holder.add("Div")

    box = Box(setting.columns.main, setting.columns.measure)
    beside_text = [_section(handout, section, root, box, setting) for section in handout.sections]
    if handout.resources:
        holder = _holder(root)
        rows = resource_rows(handout, holder, box, setting)
        span = handout.resources[0].span
        beside_text.append(_Titled(setting.word("resources"), rows, holder, span))
    at_side = all(_fits_side(titled, setting) for titled in beside_text)
    parts += [_part(titled, setting, at_side=at_side) for titled in beside_text]

    for titled in _back_matter(handout, numbers, code, root, check, setting):
        parts.append(_part(titled, setting, at_side=False))
    return Story(tuple(parts), heading, root, contact, check)


def _contact_heading(holder: Element, setting: Setting) -> tuple[Line, ...]:
    title, type_ = holder.children[0], setting.style.heading
    assert isinstance(title, Element)
    words, columns = setting.word("contact"), setting.columns
    lines = setting.typesetter.phrase(words, title.leaf(), type_, columns.side)
    if CONTACT_TOP + len(lines) * type_.leading > columns.contact:
        raise LayoutError(f'"{words}" is too long for its place beside the contact panel')
    return lines


def _section(
    handout: Handout, section: Section, root: Element, box: Box, setting: Setting
) -> _Titled:
    language = setting.typesetter.language
    heading = section.heading or language.section_heading(section.id) or section.id
    holder = _holder(root, section.id)
    with located(section.span):
        rows = block_rows(section.blocks, holder, box, setting)
    for picture in handout.pictures:
        if picture.place == section.id:
            added = figure_rows(picture, handout.source_language, holder, box, setting)
            rows += [spaced(added[0], 2 * setting.style.block_space), *added[1:]]
    return _Titled(heading, rows, holder, section.span)


def _back_matter(
    handout: Handout,
    numbers: dict[str, int],
    code: str,
    root: Element,
    check: Element,
    setting: Setting,
) -> list[_Titled]:
    """References and what the sheet says of itself: small, over the full width."""
    box = Box(0, setting.columns.width)
    parts: list[_Titled] = []
    if handout.references:
        holder = _holder(root)
        rows = references_rows(handout, numbers, holder, box, setting)
        span = handout.references[0].span
        parts.append(_Titled(setting.word("references"), rows, holder, span))
    holder = _holder(root)
    rows = about_rows(handout, code, holder, check, box, setting)
    parts.append(_Titled(setting.word("about"), rows, holder, handout.review.span))
    return parts


def _holder(root: Element, identifier: str = "") -> Element:
    """A section's element; its heading is its first child."""
    holder = root.add("Sect", id=identifier)
    holder.add("H2")
    return holder


def _fits_side(titled: _Titled, setting: Setting) -> bool:
    width, type_ = setting.columns.side, setting.style.heading
    try:
        lines = setting.typesetter.phrase(titled.heading, None, type_, width, span=titled.span)
    except LayoutError:
        return False
    return len(lines) <= MOST_SIDE_LINES


def _part(titled: _Titled, setting: Setting, *, at_side: bool) -> Part:
    """The heading in the side column or above the rows, with a rule to divide it from the last."""
    columns, type_ = setting.columns, setting.style.heading
    title = titled.holder.children[0]
    assert isinstance(title, Element)
    width = columns.side if at_side else columns.width
    lines = setting.typesetter.phrase(titled.heading, title.leaf(), type_, width, span=titled.span)
    # Beside its text, the heading stands on the baseline of the first line.
    shift = setting.style.body.baseline - type_.baseline if at_side else 0.0
    items: list[Item | Anchor] = [Anchor(titled.heading, 2)]
    items += [
        PlacedLine(line, 0, -shift - order * type_.leading - type_.baseline)
        for order, line in enumerate(lines)
    ]
    height = len(lines) * type_.leading + shift
    if at_side:
        rows = _beside_heading(titled.rows, items, height)
    else:
        first = keeping(spaced(titled.rows[0], 3))
        rows = [Row(height, tuple(items)), first, *titled.rows[1:]]
    rule = Row(RULE_SPACE, (Bar(0, -0.5, columns.width, 0.5, Ink.RULE),))
    return Part(tuple(rows), setting.style.section_space, rule, titled.span)


def _beside_heading(rows: list[Row], items: list[Item | Anchor], height: float) -> list[Row]:
    """The rows with the heading in the first; those that stand beside it keep to its page."""
    rows = [beside(rows[0], *items), *rows[1:]]
    covered = rows[0].height
    for number in range(1, len(rows)):
        if covered >= height:
            break
        rows[number] = keeping(rows[number])
        covered += rows[number].space + rows[number].height
    short = height - height_of(rows)
    if short > 0:
        rows[-1] = replace(rows[-1], height=rows[-1].height + short)
    return rows
