"""Fill pages: Platypus sets a story into frames.

Page one ends above the contact panel's reserved place; the later pages are whole.
"""

from __future__ import annotations

from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
)
from reportlab.platypus.doctemplate import LayoutError as PlatypusLayoutError

from handouts.diagnostics import Diagnostic, LayoutError, located
from handouts.layout.recorder import PageRecorder
from handouts.layout.rows import Strip
from handouts.layout.story import Story
from handouts.layout.style import Columns


def fill_pages(
    story: Story, columns: Columns, *, density: float, right_to_left: bool
) -> PageRecorder:
    """The story on pages, the spaces between its rows scaled by ``density``.

    Raises:
        LayoutError: a row is higher than a page.
    """
    recorder = PageRecorder(columns.paper, density=density, right_to_left=right_to_left)
    document = BaseDocTemplate("", pagesize=(columns.paper.width, columns.paper.height))
    document.addPageTemplates(
        [
            PageTemplate("first", [_frame(columns, columns.body_top, columns.first_body_bottom)]),
            PageTemplate("later", [_frame(columns, columns.later_body_top, columns.body_bottom)]),
        ]
    )
    strips = [
        Strip(
            part.rows,
            space=part.space,
            divider=part.divider,
            density=density,
            heading=part.heading,
            span=part.span,
        )
        for part in story.parts
    ]
    flow: list[Flowable] = []
    for part, strip in zip(story.parts, strips, strict=True):
        flow += [PageBreak(), strip] if part.on_new_page else [strip]
    highest = columns.body_top - columns.body_bottom
    for strip in strips:
        with located(strip.span):
            _check_height(strip, highest)
    try:
        document.build([NextPageTemplate("later"), *flow], canvasmaker=lambda *_, **__: recorder)
    except PlatypusLayoutError as error:
        raise LayoutError("a part of the sheet is too high for a page") from error
    return recorder


def _check_height(strip: Strip, highest: float) -> None:
    for row in strip.rows:
        if row.height > highest:
            raise LayoutError(
                Diagnostic(
                    f"a row of a table is {row.height - highest:.0f} points higher than a page",
                    hint="divide it into several rows, or write it as paragraphs",
                )
            )


def _frame(columns: Columns, top: float, bottom: float) -> Frame:
    return Frame(
        columns.margin,
        bottom,
        columns.width,
        top - bottom,
        leftPadding=0,
        bottomPadding=0,
        rightPadding=0,
        topPadding=0,
    )
