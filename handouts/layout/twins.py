"""The twin: one handout in two languages, side by side, so that a finger can point at the line.

Both languages stand in facing columns of equal width, section by section; where a line falls
beside its twin is the work of ``facing``. The page runs as the first language does, and what is
there once only is in it: contact, resources, references and what the sheet says of itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.diagnostics import LayoutError, located
from handouts.document import AtAGlance, Handout, Picture, Section
from handouts.edition import Edition, own_edition
from handouts.fingerprint import short_code
from handouts.languages import Languages
from handouts.layout.blocks import block_rows
from handouts.layout.facing import facing, only_at_head, outline
from handouts.layout.figures import figure_rows
from handouts.layout.front import NOTICE_SPACE, byline_rows, draft_rows
from handouts.layout.glance import glance_rows
from handouts.layout.notices import untranslated_rows
from handouts.layout.pages import Sheet
from handouts.layout.placing import Anchor
from handouts.layout.reserved import reserve
from handouts.layout.rows import Row, as_run, beside, keeping, kept, line_rows, spaced
from handouts.layout.setting import GENERATORS_OWN, Box, Setting, setting_for
from handouts.layout.sheets import sheet_of
from handouts.layout.story import (
    Part,
    Story,
    closing_parts,
    divided,
    front_height,
    resources,
    titled_part,
)
from handouts.layout.style import SheetStyle, Type
from handouts.layout.typesetting import Typesetter
from handouts.paper import Paper
from handouts.structure import Element
from handouts.text.fonts import FontLibrary
from handouts.wording.references import number_references

GUTTER = 22.0


@dataclass(frozen=True, slots=True)
class _Column:
    """One language: its ``handout``, its ``setting``, and that of the whole ``page``."""

    handout: Handout
    setting: Setting
    page: Setting
    box: Box

    def holder(self, parent: Element) -> Element:
        """Where this language's part of what ``parent`` holds goes."""
        tag = self.handout.language
        is_own = tag == self.page.typesetter.language.tag
        return parent.add("Div", language="" if is_own else tag)

    def wide(self, width: float) -> Box:
        """A box of another width at this column's edge of the page."""
        is_first = self.box.x == 0
        return Box(0 if is_first else self.page.columns.width - width, width)

    def run(self, rows: list[Row], own: Setting, box: Box | None = None) -> list[Row]:
        return as_run(rows, box or self.box, own, self.page)

    def notice(self, tag: str, holder: Element) -> list[Row]:
        """What stands above a part that is in another language than its column."""
        return self.run(untranslated_rows(tag, holder, self.box, self.setting), self.setting)


def lay_out_twin(
    first: Handout,
    second: Handout,
    fonts: FontLibrary,
    paper: Paper,
    emergency_number: str = "",
    *,
    edition: Edition | None = None,
    pages: int = 0,
    notes: Sequence[str] = (),
    languages: Languages = GENERATORS_OWN,
) -> Sheet:
    """A handout in two languages on pages of ``paper``, as ``lay_out`` does it in one.

    The ``edition`` has two columns and shows the whole.

    Raises:
        ContentError: a picture is broken.
        LayoutError: something cannot fit its reserved place or any page.
        FontError: a character that no face has.
    """
    edition = edition or own_edition()
    numbers = number_references(first)
    typesetters = [
        Typesetter(languages.language(handout.language), fonts, emergency_number, numbers, edition)
        for handout in (first, second)
    ]
    # One leading for both, so that line falls beside line.
    style = SheetStyle.of(
        edition,
        max(typesetter.leading_factor for typesetter in typesetters),
        max(typesetter.rise for typesetter in typesetters),
    )
    page = replace(setting_for(typesetters[0], paper, languages), style=style)
    width = (page.columns.width - GUTTER) / 2
    columns = (
        _Column(first, page, page, Box(0, width)),
        _Column(second, replace(page, typesetter=typesetters[1]), page, Box(width + GUTTER, width)),
    )
    code = short_code((first, second))
    with located(first.span):
        story = _compose(columns, numbers, code)
        return sheet_of(story, _told(first, second), code, page.leaded(), pages, notes)


def _told(first: Handout, second: Handout) -> Handout:
    """What foot and file say: the first handout, but how the translation of the pair came about."""
    if first.translation is not None:
        return first
    return replace(first, translation=second.translation)


def _compose(columns: tuple[_Column, _Column], numbers: dict[str, int], code: str) -> Story:
    first, second = columns
    page, handout = first.page, first.handout
    once = page.leaded()  # for what stands in the first language only
    root, check = Element("Document"), Element("Div")
    title = tuple(_title_rows(columns, root))
    parts = [Part(title, heading=handout.title, span=handout.span)]
    if handout.at_a_glance is not None or second.handout.at_a_glance is not None:
        rows = _glance_rows(columns, root.add("Sect"))
        heading = page.word("at_a_glance")
        parts.append(Part(tuple(rows), 2 * page.style.block_space, None, heading, handout.span))
    reserved = reserve(root, once, front_height(parts))

    names = dict.fromkeys(section.id for column in columns for section in column.handout.sections)
    for name in names:
        rows = _section_rows(columns, name, root.add("Sect", id=name))
        parts.append(divided(rows, page, name, handout.span))
    box = Box(0, page.columns.width)
    if handout.resources:
        parts.append(titled_part(resources(handout, root, box, once), once))
    about = handout if handout.translation is not None else second.handout
    reserved, last = closing_parts(about, numbers, code, root, check, reserved, once)
    return Story((*parts, *last), reserved, root, check)


# --- the head of page one --------------------------------------------------------------------


def _title_rows(columns: tuple[_Column, _Column], root: Element) -> list[Row]:
    """Both titles over the full width, then what the sheet is, in both languages."""
    first, second = columns
    above = facing(*(_title_notice(column, root) for column in columns))
    rows = _title(first, root.add("H1"), first.setting.style.title)
    if above:
        rows[0] = spaced(rows[0], NOTICE_SPACE)
    rows[0] = beside(rows[0], Anchor(first.handout.title, 1))
    language = second.handout.title_language or second.handout.language
    other = root.add("P", language=language)
    rows += _title(second, other, second.setting.style.alarm, space=2)
    rows += byline_rows(first.handout, root, first.page)
    said = [_said(column, columns, root) for column in columns]
    rows += facing(*(about for about, _ in said))
    return kept([*above, *rows, *facing(*(drafts for _, drafts in said))])


def _title_notice(column: _Column, root: Element) -> list[Row]:
    """That this language's title is in another one, if it is."""
    tag = column.handout.title_language
    return column.notice(tag, column.holder(root)) if tag else []


def _title(column: _Column, element: Element, type_: Type, *, space: float = 0.0) -> list[Row]:
    handout, box = column.handout, Box(0, column.page.columns.width)
    own = column.setting.spoken_in(handout.title_language)
    if column.setting is column.page:
        element.language = handout.title_language
    lines = own.typesetter.phrase(
        handout.title, element.leaf(), type_, box.width, span=handout.span
    )
    return column.run(line_rows(lines, type_, box.x, space=space), own, box)


def _said(
    column: _Column, columns: tuple[_Column, _Column], root: Element
) -> tuple[list[Row], list[Row]]:
    """That the sheet is in two languages, and what nobody has checked of this one."""
    holder = column.holder(root)
    language = column.setting.typesetter.language
    first, second = (language.language_name(other.handout.language) for other in columns)
    words = column.setting.word("two_languages", first=first, second=second)
    type_ = column.setting.style.byline
    lines = column.setting.typesetter.phrase(words, holder.add("P").leaf(), type_, column.box.width)
    rows = line_rows(lines, type_, column.box.x, space=4)
    drafts = draft_rows(column.handout, holder, column.box, column.setting)
    return column.run(rows, column.setting), column.run(drafts, column.setting)


# --- the columns -----------------------------------------------------------------------------


def _glance_rows(columns: tuple[_Column, _Column], holder: Element) -> list[Row]:
    notices, texts = [], []
    for column in columns:
        inside = column.holder(holder)
        glance = column.handout.at_a_glance
        notices.append(column.notice(glance.language, inside) if glance else [])
        texts.append(_glance(glance, column, inside) if glance else [])
    above = facing(*notices)
    if _glance_outline(columns[0]) != _glance_outline(columns[1]):
        texts = [only_at_head(rows) for rows in texts]
    rows = facing(*texts)
    if above:
        rows[0] = keeping(spaced(rows[0], columns[0].page.style.block_space))
    return [*above, *rows]


def _glance(glance: AtAGlance, column: _Column, inside: Element) -> list[Row]:
    own = column.setting.spoken_in(glance.language)
    return column.run(glance_rows(glance, _within(inside, own, column), column.box, own), own)


def _glance_outline(column: _Column) -> tuple[int, ...]:
    glance = column.handout.at_a_glance
    return (len(glance.do), len(glance.call), len(glance.emergency)) if glance else ()


def _within(inside: Element, own: Setting, column: _Column) -> Element:
    """An element of its own for a part in another language than its column."""
    if own is column.setting:
        return inside
    return inside.add("Div", language=own.typesetter.language.tag)


def _section_rows(columns: tuple[_Column, _Column], name: str, holder: Element) -> list[Row]:
    """A section in both columns; their tables are stacked if one of them does not fit."""
    try:
        rows, insides = _faced_section(columns, name)
    except LayoutError:
        first, second = map(_stacking_tables, columns)
        rows, insides = _faced_section((first, second), name)
    holder.children += insides
    for picture in columns[0].handout.pictures:
        if picture.place == name:
            pair = [
                (column, inside, shown)
                for column, inside in zip(columns, insides, strict=True)
                for shown in column.handout.pictures
                if shown.id == picture.id
            ]
            added = _picture_rows(pair)
            rows += [spaced(added[0], 2 * columns[0].page.style.block_space), *added[1:]]
    return rows


def _stacking_tables(column: _Column) -> _Column:
    return replace(column, setting=replace(column.setting, stacks_tables=True))


def _faced_section(columns: tuple[_Column, _Column], name: str) -> tuple[list[Row], list[Element]]:
    """The section without its pictures, and the element of each language."""
    insides = [column.holder(Element("Sect")) for column in columns]
    notices: list[list[Row]] = [[], []]
    headings: list[list[Row]] = [[], []]
    texts: list[list[Row]] = [[], []]
    outlines: list[object] = [None, None]
    for number, (column, inside) in enumerate(zip(columns, insides, strict=True)):
        section = next((one for one in column.handout.sections if one.id == name), None)
        if section is None:
            continue
        notices[number] = column.notice(section.language, inside)
        own = column.setting.spoken_in(section.language)
        content = _within(inside, own, column)
        headings[number] = column.run(_heading(section, content, own, column.box), own)
        with located(section.span):
            rows = block_rows(section.blocks, content, column.box, own)
        texts[number] = column.run([keeping(spaced(rows[0], 3)), *rows[1:]], own)
        outlines[number] = outline(section.blocks)
    if outlines[0] != outlines[1]:
        texts = [only_at_head(rows) for rows in texts]
    above, heads = facing(*notices), facing(*headings)
    anchor = Anchor(_title_of(columns, name), 2)
    heads[0] = beside(heads[0], anchor)
    if above:
        heads[0] = keeping(spaced(heads[0], columns[0].page.style.block_space))
    return [*above, *heads, *facing(*texts)], insides


def _heading(section: Section, content: Element, own: Setting, box: Box) -> list[Row]:
    type_ = own.style.heading
    leaf = content.add("H2").leaf()
    words = _heading_words(section, own)
    lines = own.typesetter.phrase(words, leaf, type_, box.width, span=section.span)
    return kept(line_rows(lines, type_, box.x))


def _heading_words(section: Section, own: Setting) -> str:
    return section.heading or own.typesetter.language.section_heading(section.id) or section.id


def _title_of(columns: tuple[_Column, _Column], name: str) -> str:
    """What the outline calls a section: its heading in the first column that has it."""
    return next(
        _heading_words(section, column.setting.spoken_in(section.language))
        for column in columns
        for section in column.handout.sections
        if section.id == name
    )


def _picture_rows(pair: Sequence[tuple[_Column, Element, Picture]]) -> list[Row]:
    """A picture in both columns, or twice, one below the other, where labels need more width."""
    columns = pair[0][0].page.columns
    widths = (pair[0][0].box.width, columns.measure, columns.width)
    for width in widths:
        held = [Element("Div") for _ in pair]
        try:
            pictures = [
                _picture(column, holder, picture, column.wide(width))
                for (column, _, picture), holder in zip(pair, held, strict=True)
            ]
        except LayoutError:
            if width == columns.width:
                raise
            continue
        break
    for (_, inside, _), holder in zip(pair, held, strict=True):
        inside.children += holder.children
    if width < columns.measure:
        return facing(*map(only_at_head, pictures), *[[]] * (2 - len(pictures)))
    space = 2 * pair[0][0].page.style.block_space
    return [row for rows in pictures for row in (spaced(rows[0], space), *rows[1:])]


def _picture(column: _Column, inside: Element, picture: Picture, box: Box) -> list[Row]:
    """The picture in a box, with its own leading where that is wider than the column."""
    own = column.setting.spoken_in(picture.language)
    above = next(s.language for s in column.handout.sections if s.id == picture.place)
    tag = picture.language if picture.language != above else ""
    notice = untranslated_rows(tag, inside, box, column.setting)
    content = _within(inside, own, column)
    if box.width > column.box.width:
        own = own.leaded()
    rows = figure_rows(picture, column.handout.source_language, content, box, own)
    rows[0] = spaced(rows[0], column.page.style.block_space)
    return kept([*column.run(notice, column.setting, box), *column.run(rows, own, box)])
