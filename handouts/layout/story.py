"""Compose: a handout becomes a story, the parts of a sheet from top to bottom, and its structure.

Nothing here knows where a page ends, and nothing knows a clinic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from handouts.diagnostics import NOWHERE, LayoutError, SourceSpan, located
from handouts.document import AtAGlance, Handout, Notice, Picture, Section
from handouts.edition import Shows
from handouts.inks import Ink
from handouts.layout.about import about_rows, references_rows, resource_rows
from handouts.layout.blocks import block_rows
from handouts.layout.figures import figure_rows
from handouts.layout.front import title_rows
from handouts.layout.glance import glance_rows
from handouts.layout.notices import untranslated_rows
from handouts.layout.pages import Bar, PlacedLine
from handouts.layout.placing import Anchor
from handouts.layout.reserved import (
    Reserved,
    late_rows,
    reserve,
    reserve_late,
    reserved_rows,
)
from handouts.layout.rows import (
    Row,
    as_run,
    beside,
    height_of,
    keeping,
    kept,
    spaced,
)
from handouts.layout.setting import Box, Setting
from handouts.structure import Element
from handouts.wording.blocks import heading_of

MOST_SIDE_LINES = 3  # of a heading beside its text
RULE_SPACE = 8.0  # from a section's rule to its first line


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that follow each other; ``space`` and ``divider`` are left out at a page's head.

    ``heading`` is what the reader knows the part by. A part may ask for a new page.
    """

    rows: tuple[Row, ...]
    space: float = 0.0
    divider: Row | None = None
    heading: str = ""
    span: SourceSpan = NOWHERE
    on_new_page: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """What is ``reserved``, and the element ``check``, the imprint fills.

    ``notes`` for the patient come after the rest and change nothing of how it is set.
    """

    parts: tuple[Part, ...]
    reserved: Reserved
    root: Element
    check: Element | None
    notes: Part | None = None


@dataclass(slots=True)
class Titled:
    """A part whose heading is still to be set: beside its rows or above them.

    ``setting`` is that of its language. The rows ``above`` stand above the heading too.
    """

    heading: str
    title: Element
    rows: list[Row]
    setting: Setting
    span: SourceSpan
    above: list[Row] = field(default_factory=list)


def compose(
    handout: Handout,
    numbers: dict[str, int],
    code: str,
    setting: Setting,
    notice: Notice | None = None,
) -> Story:
    """The story of the whole, whose references have ``numbers`` and whose sheet has a ``code``.

    A ``notice`` stands above everything else.

    Raises:
        ContentError: a picture is broken, or its labels and their words do not agree.
        LayoutError: a word is wider than its line, or a label too long for its place.
        FontError: a character that no face has.
    """
    root, check = Element("Document"), Element("Div")
    parts = [title_part(handout, root, setting, notice)]
    glance = handout.at_a_glance
    if glance is not None:
        parts.append(glance_part(glance, root.add("Sect"), setting))
    reserved = reserve(root, setting, front_height(parts))
    if setting.columns.single:
        parts.append(reserved_part(reserved, setting))

    box = Box(setting.columns.main, setting.columns.measure)
    beside_text = [_section(handout, section, root, box, setting) for section in handout.sections]
    if handout.resources:
        beside_text.append(resources(handout, root, box, setting))
    at_side = not setting.columns.single and all(map(fits_side, beside_text))
    parts += [titled_part(titled, setting, at_side=at_side) for titled in beside_text]

    reserved, last = closing_parts(handout, numbers, code, root, check, reserved, setting)
    return Story((*parts, *last), reserved, root, check)


def title_part(handout: Handout, root: Element, setting: Setting, notice: Notice | None) -> Part:
    """The title, below the notice if there is one: what every edition begins with."""
    rows = title_rows(handout, root, setting, notice)
    return Part(tuple(rows), heading=handout.title, span=handout.span)


def resources(handout: Handout, root: Element, box: Box, setting: Setting) -> Titled:
    """Where to find help, in the box."""
    holder = root.add("Sect")
    title = holder.add("H2")
    rows = resource_rows(handout, holder, box, setting)
    return Titled(setting.word("resources"), title, rows, setting, handout.resources[0].span)


def glance_part(
    glance: AtAGlance, holder: Element, setting: Setting, *, ticks: bool = False
) -> Part:
    """At a glance, with boxes to tick beside what to do if it ``ticks``."""
    box = Box(0, setting.columns.width)
    own = setting.part_in(glance.language)
    above = untranslated_rows(glance.language, holder, box, setting)
    rows = glance_rows(glance, inside(holder, own, setting), box, own, ticks=ticks)
    if above:
        rows[0] = keeping(spaced(rows[0], setting.style.block_space))
    rows = [*above, *as_run(rows, box, own, setting)]
    heading, space = setting.word("at_a_glance"), 2 * setting.style.block_space
    return Part(tuple(rows), space, None, heading, glance.span)


def inside(holder: Element, own: Setting, setting: Setting) -> Element:
    """Where a part's content goes: below an element of its own if it has its own language."""
    if own is setting:
        return holder
    return holder.add("Div", language=own.typesetter.language.tag)


def reserved_part(reserved: Reserved, setting: Setting) -> Part:
    """The places that the imprint fills, as a part of their own."""
    return divided(reserved_rows(reserved, setting), setting, setting.word("contact"))


def _section(
    handout: Handout, section: Section, root: Element, box: Box, setting: Setting
) -> Titled:
    own = setting.part_in(section.language)
    heading = heading_of(section, own.typesetter.language)
    holder = root.add("Sect", id=section.id)
    above = untranslated_rows(section.language, holder, box, setting)
    below = inside(holder, own, setting)
    title = below.add("H2")
    with located(section.span):
        rows = as_run(block_rows(section.blocks, below, box, own), box, own, setting)
    for picture in handout.pictures:
        if picture.place == section.id:
            tag = picture.language if picture.language != section.language else ""
            added = untranslated_rows(tag, holder, box, setting)
            added += _picture(picture, handout.source_language, holder, box, setting)
            rows += [spaced(added[0], 2 * setting.style.block_space), *kept(added)[1:]]
    return Titled(heading, title, rows, own, section.span, above)


def _picture(
    picture: Picture, facts: str, holder: Element, box: Box, setting: Setting
) -> list[Row]:
    """The picture in the text column, or over the full width if its labels need that.

    The places of labels are made for text of 12 points on a whole page: in larger text or a single
    column, the labels stand below it if any is too long for its place.
    """
    own = setting.part_in(picture.language)
    below = inside(holder, own, setting)
    try:
        rows = figure_rows(picture, facts, below, box, own)
    except LayoutError:
        box = Box(0, setting.columns.width)
        is_keyed = setting.columns.single or setting.scaled(1) > 1
        rows = figure_rows(picture, facts, below, box, own, is_keyed=is_keyed)
    rows[0] = spaced(rows[0], setting.style.block_space)
    return as_run(rows, box, own, setting)


def front_height(parts: Sequence[Part]) -> float:
    """How much of page one the parts take that should stand there."""
    return sum(height_of(part.rows) + part.space for part in parts)


def closing_parts(
    handout: Handout,
    numbers: dict[str, int],
    code: str,
    root: Element,
    check: Element,
    reserved: Reserved,
    setting: Setting,
) -> tuple[Reserved, list[Part]]:
    """References, what the sheet says of itself, and the patient's panel if it is late."""
    parts: list[Part] = []
    if handout.references and setting.edition.shows is Shows.WHOLE:
        parts.append(titled_part(_references(handout, numbers, root, setting), setting))
    about = titled_part(_about(handout, code, root, check, setting), setting)
    if reserved.is_late and about.divider is not None:
        reserved = reserve_late(reserved, root, setting)
        # On the page of the check panel, which the last row of the part holds.
        below = late_rows(reserved, setting)
        if setting.columns.single:  # else the panel has a rule of its own
            below.insert(0, about.divider)
        below[0] = spaced(below[0], about.space)
        about = replace(about, rows=(*about.rows, *map(keeping, below)))
    return reserved, [*parts, about]


def _references(
    handout: Handout, numbers: dict[str, int], root: Element, setting: Setting
) -> Titled:
    """Small, over the full width."""
    holder, box = root.add("Sect"), Box(0, setting.columns.width)
    title = holder.add("H2")
    rows = references_rows(handout, numbers, holder, box, setting)
    return Titled(setting.word("references"), title, rows, setting, handout.references[0].span)


def _about(handout: Handout, code: str, root: Element, check: Element, setting: Setting) -> Titled:
    """Small, over the full width."""
    holder, box = root.add("Sect"), Box(0, setting.columns.width)
    title = holder.add("H2")
    rows = about_rows(handout, code, holder, check, box, setting)
    return Titled(setting.word("about"), title, rows, setting, handout.review.span)


def fits_side(titled: Titled) -> bool:
    setting = titled.setting
    width, type_ = setting.columns.side, setting.style.heading
    try:
        lines = setting.typesetter.phrase(titled.heading, None, type_, width, span=titled.span)
    except LayoutError:
        return False
    return len(lines) <= MOST_SIDE_LINES


def titled_part(titled: Titled, setting: Setting, *, at_side: bool = False) -> Part:
    """The heading in the side column or above the rows, with a rule to divide it from the last."""
    own, columns = titled.setting, setting.columns
    type_ = own.style.heading
    box = Box(0, columns.side if at_side else columns.width)
    lines = own.typesetter.phrase(
        titled.heading, titled.title.leaf(), type_, box.width, span=titled.span
    )
    # Beside its text, the heading stands on the baseline of the first line.
    shift = own.style.body.baseline - type_.baseline if at_side else 0.0
    placed = [
        PlacedLine(line, 0, -shift - order * type_.leading - type_.baseline)
        for order, line in enumerate(lines)
    ]
    height = len(lines) * type_.leading + shift
    heading = Row(height, (Anchor(titled.heading, 2), *placed))
    (heading,) = as_run([heading], box, own, setting)
    if at_side:
        rows = _beside_heading(titled.rows, heading)
    else:
        rows = [heading, keeping(spaced(titled.rows[0], 3)), *titled.rows[1:]]
    if titled.above:
        first = keeping(spaced(rows[0], own.style.block_space))
        rows = [*titled.above, first, *rows[1:]]
    return divided(rows, setting, titled.heading, titled.span)


def divided(
    rows: Sequence[Row], setting: Setting, heading: str, span: SourceSpan = NOWHERE
) -> Part:
    """The rows with a rule that divides them from what stands above."""
    rule = Row(RULE_SPACE, (Bar(0, -0.5, setting.columns.width, 0.5, Ink.RULE),))
    return Part(tuple(rows), setting.style.section_space, rule, heading, span)


def _beside_heading(rows: list[Row], heading: Row) -> list[Row]:
    """The rows with the heading in the first; those that stand beside it keep to its page."""
    height = heading.height
    rows = [beside(rows[0], *heading.items), *rows[1:]]
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
