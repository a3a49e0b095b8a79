"""The running foot: title, version and date, page number, and the draft line on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.diagnostics import LayoutError
from handouts.document import Words
from handouts.inks import Ink
from handouts.layout.pages import Bar, Item, PanelName, PanelPlace, PlacedLine
from handouts.layout.placing import Anchor, Mirror, place
from handouts.layout.setting import Setting
from handouts.text.glyphs import Line
from handouts.wording.foot import Foot

GAP = 12.0  # the least between what stands on one line
RULE_SPACE = 4.0  # from the rule of the foot to its first line
MOST_PAGES = 88  # for which there is room beside the title


def running_items(
    foot: Foot, number: int, total: int, setting: Setting, mirror: Mirror
) -> tuple[Item, ...]:
    """The header's place and the foot of one page, all of it artifacts.

    Facts that do not fit beside the title stand below the page number.

    Raises:
        LayoutError: the foot's words do not fit their line.
    """
    if setting.columns.single:
        return _running_items_in_one_column(foot, number, total, setting, mirror)
    columns = setting.columns
    footer = setting.style.footer
    header = PanelPlace(
        PanelName.HEADER, columns.margin, columns.header_bottom, columns.width, columns.header
    )
    items: list[Item | Anchor] = [
        header,
        Bar(columns.margin, columns.footer_top - 0.5, columns.width, 0.5, Ink.RULE),
    ]
    start, end = columns.margin, columns.margin + columns.width
    baseline = columns.footer_top - RULE_SPACE - footer.baseline
    below = baseline - footer.leading
    counted = setting.word("page", page=number, pages=total)
    page = _line([Words(counted)], setting, columns.width / 3)
    drafts = [_line([Words(words)], setting, columns.width, bold=True) for words in foot.drafts]
    width = columns.width - page.width - GAP
    try:
        first = _line([foot.title, *foot.facts], setting, width)
        rest = []
    except LayoutError:
        first = _title_line(foot.title, setting, width)
        taken = sum(line.width + GAP for line in drafts)
        rest = [_line(foot.facts, setting, columns.width - taken)]
    items.append(PlacedLine(first, start, baseline))
    items.append(PlacedLine(page, end - page.width, baseline))
    items += [PlacedLine(line, start, below) for line in drafts]
    items += [PlacedLine(line, end - line.width, below) for line in rest]
    return tuple(item for item in place(items, 0, 0, mirror) if not isinstance(item, Anchor))


def footed(foot: Foot, setting: Setting) -> Setting:
    """The setting with the height that the foot needs, where the sheet has one column."""
    columns = setting.columns
    if not columns.single:
        return setting
    height = RULE_SPACE + len(_foot_lines(foot, setting)) * setting.style.footer.leading
    return replace(setting, columns=replace(columns, footer=height))


def _running_items_in_one_column(
    foot: Foot, number: int, total: int, setting: Setting, mirror: Mirror
) -> tuple[Item, ...]:
    """The header on page one; the page number beside the title, all else below it."""
    columns, type_ = setting.columns, setting.style.footer
    start, end = columns.margin, columns.margin + columns.width
    items: list[Item | Anchor] = [
        Bar(start, columns.footer_top - 0.5, columns.width, 0.5, Ink.RULE),
    ]
    if number == 1:
        place_ = PanelPlace(
            PanelName.HEADER, start, columns.header_bottom, columns.width, columns.header
        )
        items.insert(0, place_)
    counted = setting.word("page", page=number, pages=total)
    page = _line([Words(counted)], setting, columns.width / 2)
    y = columns.footer_top - RULE_SPACE - type_.baseline
    items.append(PlacedLine(page, end - page.width, y))
    for line in _foot_lines(foot, setting):
        items.append(PlacedLine(line, start, y))
        y -= type_.leading
    return tuple(item for item in place(items, 0, 0, mirror) if not isinstance(item, Anchor))


def _foot_lines(foot: Foot, setting: Setting) -> list[Line]:
    """Title, facts and drafts, each on as many lines as it needs; the title leaves room."""
    columns, type_ = setting.columns, setting.style.footer
    widest = setting.word("page", page=MOST_PAGES, pages=MOST_PAGES)
    room = columns.width - _line([Words(widest)], setting, columns.width / 2).width - GAP
    joined = setting.typesetter.joined
    strong = type_.strong().with_ink(Ink.TEXT)
    lines = [*joined([foot.title], type_, room), *joined(foot.facts, type_, columns.width)]
    return lines + [
        line for words in foot.drafts for line in joined([Words(words)], strong, columns.width)
    ]


def _title_line(title: Words, setting: Setting, width: float) -> Line:
    try:
        return _line([title], setting, width)
    except LayoutError as error:
        (problem,) = error.diagnostics
        hint = "write a short form of the title as `short_title`"
        raise LayoutError(replace(problem, hint=hint)) from error


def _line(pieces: Sequence[Words], setting: Setting, width: float, *, bold: bool = False) -> Line:
    footer = setting.style.footer
    if bold:
        footer = footer.strong().with_ink(Ink.TEXT)
    return setting.typesetter.line(pieces, None, footer, width, place="the foot of the page")
