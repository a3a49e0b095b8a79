"""Lay out a handout: compose its story, fill pages with it, add the running foot.

Nothing here knows a clinic; its panels have reserved places of one size for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.diagnostics import located
from handouts.document import Handout, Notice
from handouts.edition import Edition, Shows, own_edition
from handouts.fingerprint import short_code
from handouts.languages import Language, Languages
from handouts.layout.budget import close_to, within
from handouts.layout.easy_read import compose_easy_read
from handouts.layout.notes import notes_part
from handouts.layout.pages import Page, PanelPlace, PlacedLine, Sheet
from handouts.layout.paging import fill_pages
from handouts.layout.recorder import PageRecorder
from handouts.layout.reserved import reserved_items
from handouts.layout.running import footed, packet_baseline, running_items
from handouts.layout.setting import GENERATORS_OWN, Setting, setting_for
from handouts.layout.story import Story, compose
from handouts.layout.style import Columns
from handouts.layout.summary import compose_summary
from handouts.layout.typesetting import Typesetter
from handouts.paper import Paper
from handouts.text.fonts import FontLibrary
from handouts.wording.foot import Foot, foot_of
from handouts.wording.references import number_references

COMPOSERS = {
    Shows.WHOLE: compose,
    Shows.SUMMARY: compose_summary,
    Shows.EASY_READ: compose_easy_read,
}
DENSITIES = (1.0, 0.85, 0.7)  # how much closer a sheet may be set to save its last page
LEAST_OF_LAST_PAGE = 0.25  # of the page's height; less is worth saving


def lay_out(
    handout: Handout,
    language: Language,
    fonts: FontLibrary,
    paper: Paper,
    emergency_number: str = "",
    *,
    edition: Edition | None = None,
    pages: int = 0,
    notice: Notice | None = None,
    notes: Sequence[str] = (),
    languages: Languages = GENERATORS_OWN,
    in_packet: bool = False,
) -> Sheet:
    """The handout on pages of ``paper``, in an ``edition``, the standard one if none is given.

    ``pages`` is the most that it may take, 0 for as many as it needs. An edition that wants to
    take no more than so many is set as close as it can be.
    ``emergency_number`` is the clinic's; without one the language says whose number to call.
    A ``notice`` stands above everything else, ``notes`` for the patient on pages of their own at
    the end. ``languages`` are those that it and parts of the handout may be in. ``in_packet`` keeps
    room for the numbers of a packet's pages.

    Raises:
        ContentError: a picture is broken.
        LayoutError: something cannot fit its reserved place or any page.
        FontError: a character that no face has.
    """
    numbers = number_references(handout)
    code = short_code(handout)
    typesetter = Typesetter(language, fonts, emergency_number, numbers, edition or own_edition())
    setting = replace(setting_for(typesetter, paper, languages), in_packet=in_packet)
    # What stands on a page depends on the room that the foot leaves.
    setting = footed(foot_of(handout, code, language), setting)
    with located(handout.span):
        story = COMPOSERS[setting.edition.shows](handout, numbers, code, setting, notice)
        return sheet_of(story, handout, code, setting, pages, notes)


def sheet_of(
    story: Story,
    handout: Handout,
    code: str,
    setting: Setting,
    budget: int = 0,
    notes: Sequence[str] = (),
) -> Sheet:
    """The story on pages, with the running foot of the handout and what the file says of it.

    ``notes`` for the patient come after it, and their pages on top of the ``budget``.
    """
    if notes:
        story = replace(story, notes=notes_part(notes, story.root, setting))
    sheet = paged(
        story, handout.title, foot_of(handout, code, setting.typesetter.language), setting, budget
    )
    return replace(
        sheet,
        author=handout.author,
        subject=handout.short_title,
        keywords=tuple(
            f"{system}:{code}" for system in sorted(handout.codes) for code in handout.codes[system]
        ),
        revised=handout.review.updated.first_day(),
        title_language=handout.title_language,
    )


def paged(story: Story, title: str, foot: Foot, setting: Setting, budget: int = 0) -> Sheet:
    """The story on pages with their running foot, in a file that says its title and no more.

    ``budget`` is the most pages, 0 for any number.
    """
    setting = footed(foot, setting)
    if story.reserved.is_late:
        setting = replace(setting, columns=replace(setting.columns, patient=0))
    columns = setting.columns
    recorder, wish = _pages(story, setting), setting.edition.pages
    if budget and len(recorder.pages) > budget:
        recorder = within(budget, story, setting)
    elif not budget and wish and len(recorder.pages) > wish:
        recorder = close_to(wish, story, setting)
    if story.notes is not None:
        story = replace(story, parts=(*story.parts, story.notes))
        density, right_to_left = recorder.density, setting.right_to_left
        recorder = fill_pages(story, columns, density=density, right_to_left=right_to_left)
    total = len(recorder.pages)
    panels = () if columns.single else reserved_items(story.reserved, setting, recorder.mirror)
    pages = tuple(
        Page(
            (*items, *panels) if number == 1 else tuple(items),
            running_items(foot, number, total, setting, recorder.mirror),
        )
        for number, items in enumerate(recorder.pages, start=1)
    )
    return Sheet(
        paper=columns.paper,
        pages=pages,
        root=story.root,
        contact=story.reserved.contact,
        check=story.check,
        bookmarks=tuple(recorder.bookmarks),
        targets=tuple(recorder.targets),
        language=setting.typesetter.language.tag,
        title=title,
        patient=story.reserved.patient,
        packet_baseline=packet_baseline(setting) if setting.in_packet else 0.0,
    )


def _pages(story: Story, setting: Setting) -> PageRecorder:
    """The story on as few pages as closer setting gives, where the last page is nearly empty."""
    columns = setting.columns
    right_to_left = setting.right_to_left
    filled: list[PageRecorder] = []
    for density in DENSITIES:
        filled.append(fill_pages(story, columns, density=density, right_to_left=right_to_left))
        if len(filled[-1].pages) < len(filled[0].pages):
            return filled[-1]
        if not _has_little_on_last_page(filled[0], columns):
            break
    return filled[0]


def _has_little_on_last_page(recorder: PageRecorder, columns: Columns) -> bool:
    last = recorder.pages[-1]
    lowest = min(item.y for item in last if isinstance(item, PlacedLine | PanelPlace))
    used = (columns.body_top - lowest) / (columns.body_top - columns.body_bottom)
    return len(recorder.pages) > 1 and used < LEAST_OF_LAST_PAGE
