"""The running foot: title, version and date, page number, and the draft line on every page.

A handout of a packet is laid out before anyone knows how many pages the packet has; so its foot
keeps room for that number at the end of the second line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.diagnostics import LayoutError
from handouts.document import Words
from handouts.inks import Ink
from handouts.layout.pages import Bar, Item, PanelName, PanelPlace, PlacedLine
from handouts.layout.placing import Mirror, placed_items
from handouts.layout.setting import Setting
from handouts.text.glyphs import Line
from handouts.wording.foot import Foot

GAP = 12.0  # the least between what stands on one line
RULE_SPACE = 4.0  # from the rule of the foot to its first line
MOST_PAGES = 88  # for which there is room beside the title
MOST_IN_PACKET = 888  # likewise, for the pages of a packet


def running_items(
    foot: Foot, number: int, total: int, setting: Setting, mirror: Mirror
) -> tuple[Item, ...]:
    """The header's place and the foot of one page, all of it artifacts.

    Facts that do not fit beside the title stand below the page number.

    Raises:
        LayoutError: the foot's words do not fit their line.
    """
    if setting.columns.single or setting.in_packet:
        return _running_items_in_lines(foot, number, total, setting, mirror)
    columns = setting.columns
    footer = setting.style.footer
    header = PanelPlace(
        PanelName.HEADER, columns.margin, columns.header_bottom, columns.width, columns.header
    )
    items: list[Item] = [
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
    return placed_items(items, 0, 0, mirror)


def footed(foot: Foot, setting: Setting) -> Setting:
    """The setting with the height that a foot in lines needs."""
    columns = setting.columns
    if not (columns.single or setting.in_packet):
        return setting
    count = max(len(_foot_lines(foot, setting)), 2 if setting.in_packet else 1)
    height = RULE_SPACE + count * setting.style.footer.leading
    return replace(setting, columns=replace(columns, footer=max(height, columns.footer)))


def packet_baseline(setting: Setting) -> float:
    """That of the foot's second line, at whose end a packet writes the number of its page."""
    footer = setting.style.footer
    return setting.columns.footer_top - RULE_SPACE - footer.baseline - footer.leading


def packet_line(number: int, total: int, baseline: float, setting: Setting) -> PlacedLine:
    """The number of the packet's page, at the end of the line with this baseline."""
    columns = setting.columns
    line = _packet_number(number, total, setting)
    mirror = Mirror(columns.paper.width if setting.right_to_left else 0)
    start = columns.margin + columns.width - line.width
    return PlacedLine(line, mirror.x(start, line.width), baseline)


def _running_items_in_lines(
    foot: Foot, number: int, total: int, setting: Setting, mirror: Mirror
) -> tuple[Item, ...]:
    """The page number beside the title, all else below it; a single column's header only once."""
    columns, type_ = setting.columns, setting.style.footer
    start, end = columns.margin, columns.margin + columns.width
    items: list[Item] = [
        Bar(start, columns.footer_top - 0.5, columns.width, 0.5, Ink.RULE),
    ]
    if number == 1 or not columns.single:
        place_ = PanelPlace(
            PanelName.HEADER, start, columns.header_bottom, columns.width, columns.header
        )
        items.insert(0, place_)
    page = _page_number(number, total, setting)
    y = columns.footer_top - RULE_SPACE - type_.baseline
    if foot.counts:
        items.append(PlacedLine(page, end - page.width, y))
    for line in _foot_lines(foot, setting):
        items.append(PlacedLine(line, start, y))
        y -= type_.leading
    return placed_items(items, 0, 0, mirror)


def _foot_lines(foot: Foot, setting: Setting) -> tuple[Line, ...]:
    """Title, facts and drafts, each on as many lines as it needs.

    The title leaves room for the page number, in a packet also what is below it for the packet's.
    Where a sheet has two columns, facts stand beside the title if they fit there.
    """
    columns, type_ = setting.columns, setting.style.footer
    room = columns.width - _page_number(MOST_PAGES, MOST_PAGES, setting).width - GAP
    below = columns.width
    if setting.in_packet:
        below -= _packet_number(MOST_IN_PACKET, MOST_IN_PACKET, setting).width + GAP
        room = min(room, below)
    joined = setting.typesetter.joined
    strong = type_.strong().with_ink(Ink.TEXT)
    lines = joined([foot.title, *foot.facts], type_, room)
    if len(lines) > 1 or columns.single:
        facts = joined(foot.facts, type_, below) if foot.facts else ()
        lines = (*joined([foot.title], type_, room), *facts)
    for words in foot.drafts:
        width = below if len(lines) == 1 else columns.width
        lines = (*lines, *joined([Words(words)], strong, width))
    return lines


def _page_number(number: int, total: int, setting: Setting) -> Line:
    counted = setting.word("page", page=number, pages=total)
    return _line([Words(counted)], setting, setting.columns.width / 2)


def _packet_number(number: int, total: int, setting: Setting) -> Line:
    counted = setting.word("packet_page", page=number, pages=total)
    return _line([Words(counted)], setting, setting.columns.width / 2)


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
