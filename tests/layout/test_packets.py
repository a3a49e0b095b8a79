"""Where a packet's sheets begin, and that its page numbers have their place in every foot."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from handouts.document import PartialDate, Words
from handouts.edition import Edition, edition_names, own_edition
from handouts.languages import Language, language, language_tags
from handouts.layout.packets import paging
from handouts.layout.pages import PlacedLine
from handouts.layout.placing import Mirror
from handouts.layout.running import (
    MOST_IN_PACKET,
    MOST_PAGES,
    footed,
    packet_baseline,
    packet_line,
    running_items,
)
from handouts.layout.setting import Setting, setting_for
from handouts.layout.typesetting import Typesetter
from handouts.paper import A4, LETTER
from handouts.pipeline import fonts
from handouts.wording.foot import Foot

PRINTABLE = 12.2  # points from the edge of the paper, 4.3 mm


@pytest.mark.parametrize("seed", range(40))
def test_a_packet_has_the_pages_of_its_sheets_and_no_more_blanks_than_it_needs(seed: int) -> None:
    chance = random.Random(seed)
    counts = [chance.randint(1, 9) for _ in range(chance.randint(1, 60))]
    loose, bound = paging(counts, duplex=False), paging(counts, duplex=True)
    blanks = sum(count % 2 for count in counts[:-1])

    assert loose.total == sum(counts)
    assert [after - before for before, after in pairwise((*loose.starts, loose.total))] == counts
    assert all(start % 2 == 0 for start in bound.starts)  # the first page is a right-hand one
    assert bound.total == sum(counts) + blanks
    steps = [after - before for before, after in pairwise(bound.starts)]
    assert steps == [count + count % 2 for count in counts[:-1]]


# --- the foot --------------------------------------------------------------------------------


def foot_in(own: Language) -> Foot:
    """The facts of any handout, and the longest line that a draft may have."""
    keys = ("draft", "draft_machine_translation", "draft_translation")
    facts = (f"{own.word('version')} 10.12", own.date(PartialDate(2026, 11, 22)), "KK4V-CR64")
    drafts = max((own.word(key) for key in keys), key=len)
    return Foot(Words("Progressive Multifocal"), tuple(map(Words, facts)), (drafts,))


def setting_in(tag: str, edition: Edition) -> Setting:
    typesetter = Typesetter(language(tag), fonts(), edition=edition)
    setting = setting_for(typesetter, A4 if tag > "m" else LETTER)
    return replace(setting, in_packet=True)


def lines_of_foot(foot: Foot, setting: Setting) -> list[PlacedLine]:
    """With the widest numbers that there is room for."""
    setting = footed(foot, setting)
    mirror = Mirror(setting.columns.paper.width if setting.right_to_left else 0)
    items = running_items(foot, MOST_PAGES, MOST_PAGES, setting, mirror)
    number = packet_line(MOST_IN_PACKET, MOST_IN_PACKET, packet_baseline(setting), setting)
    return [*(item for item in items if isinstance(item, PlacedLine)), number]


def overlap(one: PlacedLine, other: PlacedLine) -> bool:
    """Whether two lines on one baseline touch."""
    edges = [(line.x, line.x + line.line.width) for line in (one, other)]
    (_, first_end), (second_start, _) = sorted(edges)
    return abs(one.y - other.y) < 1 and first_end + 5 > second_start


@pytest.mark.parametrize("edition", edition_names())
@pytest.mark.parametrize("tag", language_tags())
def test_both_page_numbers_have_room_in_the_foot_of_every_language(tag: str, edition: str) -> None:
    setting = setting_in(tag, own_edition(edition))
    columns = setting.columns
    lines = lines_of_foot(foot_in(language(tag)), setting)
    pairs = [(one, other) for n, one in enumerate(lines) for other in lines[:n]]

    assert not any(overlap(one, other) for one, other in pairs)
    assert min(line.x for line in lines) >= columns.margin - 0.1
    assert max(line.x + line.line.width for line in lines) <= columns.margin + columns.width + 0.1
    assert min(line.y - line.line.descent for line in lines) >= PRINTABLE


def test_facts_that_have_no_room_beside_the_title_get_a_line_and_the_foot_its_height() -> None:
    setting = setting_in("en", own_edition())
    foot = foot_in(language("en"))
    short, long = (
        footed(replace(foot, title=Words(title)), setting) for title in ("PML", "A title " * 9)
    )
    leading = setting.style.footer.leading
    heights = {
        line.y for line in lines_of_foot(replace(foot, title=Words("A title " * 9)), setting)
    }

    assert short.columns.footer == setting.columns.footer
    assert long.columns.footer == pytest.approx(short.columns.footer + leading, abs=1.1)
    assert len(heights) == 3


def test_a_sheet_that_is_in_no_packet_keeps_no_room() -> None:
    alone = replace(setting_in("en", own_edition()), in_packet=False)

    assert footed(foot_in(language("en")), alone) is alone
