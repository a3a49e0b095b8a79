"""The running foot: title, version and date, page number, and the draft line on every page."""

from __future__ import annotations

from dataclasses import replace

from handouts.diagnostics import LayoutError
from handouts.document import Handout, Words
from handouts.inks import Ink
from handouts.layout.front import draft_lines
from handouts.layout.pages import Bar, Item, PanelName, PanelPlace, PlacedLine
from handouts.layout.placing import Anchor, Mirror, place
from handouts.layout.setting import Setting
from handouts.text.glyphs import Line


def running_items(
    handout: Handout, code: str, number: int, total: int, setting: Setting, mirror: Mirror
) -> tuple[Item, ...]:
    """The header's place and the foot of one page, all of it artifacts.

    Raises:
        LayoutError: the foot's words do not fit their line.
    """
    columns = setting.columns
    footer = setting.style.footer
    header = PanelPlace(
        PanelName.HEADER, columns.margin, columns.header_bottom, columns.width, columns.header
    )
    items: list[Item | Anchor] = [
        header,
        Bar(columns.margin, columns.footer_top - 0.5, columns.width, 0.5, Ink.RULE),
    ]
    baseline = columns.footer_top - 4 - footer.baseline
    page = setting.word("page", page=number, pages=total)
    number_line = _line([Words(page)], setting, columns.width / 3)
    facts = [
        Words(handout.short_title or handout.title, language=handout.title_language),
        Words(f"{setting.word('version')} {handout.review.version}"),
        Words(setting.typesetter.language.date(handout.review.updated)),
        Words(code),
    ]
    try:
        facts_line = _line(facts, setting, columns.width - number_line.width - 12)
    except LayoutError as error:
        (problem,) = error.diagnostics
        hint = "write a short form of the title as `short_title`"
        raise LayoutError(replace(problem, hint=hint)) from error
    items.append(PlacedLine(facts_line, columns.margin, baseline))
    end = columns.margin + columns.width - number_line.width
    items.append(PlacedLine(number_line, end, baseline))
    drafts = draft_lines(handout, setting)
    if drafts:
        draft = _line([Words(drafts[-1])], setting, columns.width, bold=True)
        items.append(PlacedLine(draft, columns.margin, baseline - footer.leading))
    return tuple(item for item in place(items, 0, 0, mirror) if not isinstance(item, Anchor))


def _line(pieces: list[Words], setting: Setting, width: float, *, bold: bool = False) -> Line:
    footer = setting.style.footer
    if bold:
        footer = footer.strong().with_ink(Ink.TEXT)
    return setting.typesetter.line(pieces, None, footer, width, place="the foot of the page")
