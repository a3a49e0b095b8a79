"""Lay out a handout: document in, pages and structure tree out.

Platypus fills the frames: page one above the contact panel's reserved place, the later pages
whole. Nothing here knows a clinic.
"""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageTemplate
from reportlab.platypus.doctemplate import LayoutError as PlatypusLayoutError

from handouts.diagnostics import LayoutError, located
from handouts.document import Handout, Section
from handouts.fingerprint import short_code
from handouts.inks import Ink
from handouts.languages import Language
from handouts.layout.about import about_rows, references_rows, resource_rows
from handouts.layout.blocks import block_rows
from handouts.layout.figures import figure_rows
from handouts.layout.front import title_rows
from handouts.layout.glance import glance_rows
from handouts.layout.pages import Bar, Item, Page, PanelName, PanelPlace, PlacedLine, Sheet
from handouts.layout.placing import Anchor
from handouts.layout.recorder import PageRecorder
from handouts.layout.references import number_references
from handouts.layout.rows import Row, Strip, beside, height_of
from handouts.layout.running import running_items
from handouts.layout.setting import Box, Setting
from handouts.layout.style import Columns, SheetStyle
from handouts.layout.typesetting import Typesetter
from handouts.paper import Paper
from handouts.structure import Element
from handouts.text.fonts import FontLibrary

DENSITIES = (1.0, 0.85, 0.7)  # how much closer a sheet may be set to save its last page
LEAST_OF_LAST_PAGE = 0.25  # of the page's height; less is worth saving


def lay_out(
    handout: Handout,
    language: Language,
    fonts: FontLibrary,
    paper: Paper,
    emergency_number: str = "",
    style: SheetStyle | None = None,
) -> Sheet:
    """The handout on pages of ``paper``.

    ``emergency_number`` is the clinic's; without one the language says whose number to call.

    Raises:
        LayoutError: something cannot fit its reserved place or any page.
        FontError: a character that no face has.
    """
    chosen = style or SheetStyle()
    first: Sheet | None = None
    for density in DENSITIES:
        layout = _Layout(
            handout, language, fonts, paper, emergency_number, replace(chosen, density=density)
        )
        sheet = layout.sheet()
        first = first or sheet
        if len(sheet.pages) < len(first.pages):
            return sheet
        if not layout.has_little_on_its_last_page():
            return first
    assert first is not None
    return first


class _Layout:
    """One handout being laid out at one density."""

    def __init__(
        self,
        handout: Handout,
        language: Language,
        fonts: FontLibrary,
        paper: Paper,
        emergency_number: str,
        style: SheetStyle,
    ) -> None:
        self.handout = handout
        self.numbers = number_references(handout)
        number = emergency_number or language.word("local_emergency_number")
        typesetter = Typesetter(language, fonts, {"emergency_number": number}, self.numbers)
        columns = Columns(paper).leaded(typesetter.leading_factor)
        self.setting = Setting(typesetter, style, columns)
        self.code = short_code(handout)
        self.root = Element("Document")
        self.contact = Element("Sect")
        self.check = Element("Div")
        self.recorder = PageRecorder(paper, right_to_left=language.right_to_left)

    def sheet(self) -> Sheet:
        story = self._story()
        self._fill_pages(story)
        handout, setting, recorder = self.handout, self.setting, self.recorder
        total = len(recorder.pages)
        with located(handout.span):
            pages = tuple(
                Page(
                    self._with_contact(items, number),
                    running_items(handout, self.code, number, total, setting, recorder.mirror),
                )
                for number, items in enumerate(recorder.pages, start=1)
            )
        return Sheet(
            paper=setting.columns.paper,
            pages=pages,
            root=self.root,
            contact=self.contact,
            check=self.check,
            bookmarks=tuple(recorder.bookmarks),
            targets=tuple(recorder.targets),
            language=handout.language,
            title=handout.title,
            author=handout.author,
            subject=handout.short_title,
            keywords=tuple(f"{system}:{code}" for system, code in _codes(handout)),
            revised=handout.review.updated.first_day(),
        )

    def has_little_on_its_last_page(self) -> bool:
        pages, columns = self.recorder.pages, self.setting.columns
        lowest = min(item.y for item in pages[-1] if isinstance(item, PlacedLine))
        used = (columns.body_top - lowest) / (columns.body_top - columns.body_bottom)
        return len(pages) > 1 and used < LEAST_OF_LAST_PAGE

    # --- the story ---------------------------------------------------------------------------

    def _story(self) -> list[Strip]:
        handout, setting = self.handout, self.setting
        strips = [Strip(title_rows(handout, self.root, setting), span=handout.span)]
        if handout.at_a_glance is not None:
            rows = glance_rows(handout.at_a_glance, self.root.add("Sect"), setting)
            space = setting.style.space(2 * setting.style.block_space)
            strips.append(Strip(rows, space=space, span=handout.at_a_glance.span))
        self.root.children.append(self.contact)
        parts = [self._section(section) for section in handout.sections]
        if handout.resources:
            holder = self._holder()
            rows = resource_rows(handout.resources, holder, self._measure(), setting)
            parts.append((setting.word("resources"), rows, holder))
        headings_fit = all(self._fits_side(heading) for heading, _, _ in parts)
        for heading, rows, holder in parts:
            strips.append(self._headed(heading, rows, holder, at_side=headings_fit))
        for heading, rows, holder in self._back_matter():
            strips.append(self._headed(heading, rows, holder, at_side=False))
        return strips

    def _section(self, section: Section) -> tuple[str, list[Row], Element]:
        language = self.setting.typesetter.language
        heading = section.heading or language.section_heading(section.id) or section.id
        holder = self.root.add("Sect", id=section.id)
        holder.add("H2")
        box = self._measure()
        rows = block_rows(section.blocks, holder, box, self.setting)
        for picture in self.handout.pictures:
            if picture.place == section.id:
                added = figure_rows(picture, holder, box, self.setting)
                space = self.setting.style.space(2 * self.setting.style.block_space)
                rows += [replace(added[0], space=space), *added[1:]]
        return heading, rows, holder

    def _back_matter(self) -> list[tuple[str, list[Row], Element]]:
        """References and what the sheet says of itself: small, over the full width."""
        handout, setting = self.handout, self.setting
        box = Box(0, setting.columns.width)
        parts: list[tuple[str, list[Row], Element]] = []
        if handout.references:
            holder = self._holder()
            rows = references_rows(handout, self.numbers, holder, box, setting)
            parts.append((setting.word("references"), rows, holder))
        holder = self._holder()
        rows = about_rows(handout, self.code, holder, self.check, box, setting)
        parts.append((setting.word("about"), rows, holder))
        return parts

    def _holder(self) -> Element:
        holder = self.root.add("Sect")
        holder.add("H2")
        return holder

    def _measure(self) -> Box:
        return Box(self.setting.columns.main, self.setting.columns.measure)

    # --- section headings --------------------------------------------------------------------

    def _fits_side(self, heading: str) -> bool:
        """Whether the heading can stand in the side column in at most three lines."""
        setting = self.setting
        try:
            lines = setting.typesetter.phrase(
                heading, None, setting.style.heading, setting.columns.side
            )
        except LayoutError:
            return False
        return len(lines) <= 3

    def _headed(self, heading: str, rows: list[Row], holder: Element, *, at_side: bool) -> Strip:
        """A rule, the heading in the side column or above, and the rows of the section.

        The rows that stand beside the heading are kept on its page.
        """
        setting, columns = self.setting, self.setting.columns
        type_ = setting.typesetter.type(setting.style.heading)
        body = setting.typesetter.type(setting.style.body)
        title = holder.children[0]
        assert isinstance(title, Element)
        width = columns.side if at_side else columns.width
        lines = setting.typesetter.phrase(heading, title.leaf(), type_, width)
        shift = 0.0 if not at_side else body.baseline - type_.baseline
        items: list[Item | Anchor] = [Anchor(heading, 2)]
        items += [
            PlacedLine(line, 0, -shift - order * type_.leading - type_.baseline)
            for order, line in enumerate(lines)
        ]
        height = len(lines) * type_.leading + shift
        rule = Row(8, (Bar(0, -0.5, columns.width, 0.5, Ink.RULE),))
        if at_side:
            rows = _beside_heading(rows, items, height)
        else:
            rows = [
                Row(height, tuple(items), keeps=True),
                replace(rows[0], keeps=True, space=3),
                *rows[1:],
            ]
        space = setting.style.space(setting.style.section_space)
        return Strip(rows, space=space, divider=rule, span=self.handout.span)

    # --- pages -------------------------------------------------------------------------------

    def _fill_pages(self, story: list[Strip]) -> None:
        columns = self.setting.columns
        document = BaseDocTemplate(
            "", pagesize=(columns.paper.width, columns.paper.height), allowSplitting=1
        )
        document.addPageTemplates(
            [
                PageTemplate("first", [_frame(columns, columns.first_body_bottom)]),
                PageTemplate("later", [_frame(columns, columns.body_bottom)]),
            ]
        )
        flowables = [NextPageTemplate("later"), *story]
        try:
            document.build(flowables, canvasmaker=lambda *_, **__: self.recorder)
        except PlatypusLayoutError as error:
            raise LayoutError("a part of the sheet is too high for a page") from error

    def _with_contact(self, items: list[Item], number: int) -> tuple[Item, ...]:
        if number > 1:
            return tuple(items)
        columns = self.setting.columns
        place = PanelPlace(
            PanelName.CONTACT, columns.margin, columns.body_bottom, columns.width, columns.contact
        )
        return (*items, place)


def _beside_heading(rows: list[Row], items: list[Item | Anchor], height: float) -> list[Row]:
    rows = [beside(rows[0], *items), *rows[1:]]
    beside_it = 0.0
    for number, row in enumerate(rows):
        if beside_it >= height:
            break
        if number:
            rows[number] = replace(row, keeps=True)
            beside_it += row.space
        beside_it += row.height
    short = height - height_of(rows)
    if short > 0:
        rows[-1] = replace(rows[-1], height=rows[-1].height + short)
    return rows


def _frame(columns: Columns, bottom: float) -> Frame:
    return Frame(
        columns.margin,
        bottom,
        columns.width,
        columns.body_top - bottom,
        leftPadding=0,
        bottomPadding=0,
        rightPadding=0,
        topPadding=0,
    )


def _codes(handout: Handout) -> list[tuple[str, str]]:
    return [(system, code) for system in sorted(handout.codes) for code in handout.codes[system]]
