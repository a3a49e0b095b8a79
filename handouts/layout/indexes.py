"""The index: a sheet that lists a clinic's other sheets and links to their files.

Each language has a part of its own, which runs as the language does, with the facts of each sheet
in a column beside its title. The index vouches for nothing, so it says nothing of a review.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.diagnostics import Diagnostic, LayoutError
from handouts.document import Inlines, Words
from handouts.fingerprint import short_code
from handouts.inks import Ink
from handouts.languages import Language, Languages
from handouts.layout.about import facts_and_check
from handouts.layout.pages import Sheet
from handouts.layout.placing import Anchor
from handouts.layout.reserved import reserve
from handouts.layout.rows import Row, as_run, beside, keeping, kept, line_rows, side_by_side
from handouts.layout.setting import GENERATORS_OWN, Box, Setting, setting_for
from handouts.layout.sheets import paged
from handouts.layout.story import Part, Story, divided
from handouts.layout.typesetting import Typesetter
from handouts.listing import Index, IndexEntry, Listing, facts_of, file_link, listings
from handouts.paper import Paper
from handouts.structure import Element
from handouts.text.fonts import FontLibrary
from handouts.wording.foot import Foot

FACTS_SHARE = 0.3  # of the width
GAP = 14.0  # between a title and its facts

# Each has six objects in the file, and the master's cross-references have two bytes to count them.
MOST_ENTRIES = 10_000


def lay_out_index(
    index: Index,
    language: Language,
    fonts: FontLibrary,
    paper: Paper,
    languages: Languages = GENERATORS_OWN,
) -> Sheet:
    """The index on pages of ``paper``, in ``language``, which is the index's own.

    Raises:
        LayoutError: a word is wider than its line, or there are more than ``MOST_ENTRIES``.
        FontError: a character that no face has.
        NotFoundError: there are no words in the language of an entry.
    """
    if len(index.entries) > MOST_ENTRIES:
        raise LayoutError(
            Diagnostic(
                f"an index cannot list {len(index.entries)} sheets; it has room for {MOST_ENTRIES}",
                hint="make fewer sheets for the clinic, or make the index as a web page",
            )
        )
    setting = setting_for(Typesetter(language, fonts), paper, languages)
    # An index is not made for one patient.
    setting = replace(setting, columns=replace(setting.columns, patient=0))
    title, found = setting.word("index_title"), listings(index, languages)
    # Of what the sheet says, in whatever order the entries came.
    code = short_code((language.tag, *(listing.entries for listing in found)))
    story = _compose(found, title, code, setting)
    return paged(story, title, Foot(Words(title), (Words(code),)), setting)


def _compose(found: Sequence[Listing], title: str, code: str, setting: Setting) -> Story:
    """The title, a part for each language, and how to ask whether the index is up to date."""
    root, check = Element("Document"), Element("Div")
    parts = [Part(tuple(_title_rows(title, root.add("H1"), setting)))]
    reserved = reserve(root, setting)
    for listing in found:
        rows = _listing_rows(listing, root.add("Sect"), setting)
        parts.append(divided(rows, setting, listing.language.name))
    box = Box(0, setting.columns.width)
    fact = (setting.word("code"), (Words(code),))
    last = facts_and_check([fact], root.add("Sect"), check, box, setting)
    parts.append(divided(last, setting, setting.word("check")))
    return Story(tuple(parts), reserved, root, check)


def _title_rows(title: str, element: Element, setting: Setting) -> list[Row]:
    type_ = setting.style.title
    lines = setting.typesetter.phrase(title, element.leaf(), type_, setting.columns.width)
    rows = kept(line_rows(lines, type_, 0))
    return [beside(rows[0], Anchor(title, 1)), *rows[1:]]


def _listing_rows(listing: Listing, holder: Element, setting: Setting) -> list[Row]:
    """A language's name and its sheets; on pages that these go on to, the name stands again."""
    own = setting.part_in(listing.language.tag)
    style, box = own.style, Box(0, setting.columns.width)
    tag = listing.language.tag if own is not setting else ""
    rows = _heading_rows(listing, holder.add("H2", language=tag), box, own, setting)
    again = _name_again(listing.language, box, own)
    titles = holder.add("L", attributes={"List": {"ListNumbering": "None"}})
    last = len(listing.entries) - 1
    for number, entry in enumerate(listing.entries):
        body = titles.add("LI").add("LBody")
        row = _entry_row(entry, body, tag, box, own, setting)
        row = replace(row, space=style.item_space, repeats=again)
        rows.append(keeping(row) if number in (0, 1, last) else row)
    return as_run(rows, box, own, setting)


def _heading_rows(
    listing: Listing, title: Element, box: Box, own: Setting, setting: Setting
) -> list[Row]:
    """What its readers call the language, and what the index's language calls it."""
    type_ = own.style.heading
    name = Words(listing.language.name)
    content: Inlines = (name,)
    if listing.name:
        other = Words(listing.name, language=setting.typesetter.language.tag)
        content = setting.sentence("index_language", own=name, name=other)
    rows = kept(line_rows(own.typesetter.lines(content, title, type_, box.width), type_, box.x))
    return [beside(rows[0], Anchor(listing.language.name, 2)), *rows[1:]]


def _name_again(language: Language, box: Box, own: Setting) -> tuple[Row, ...]:
    type_ = own.style.small.strong().with_ink(Ink.ACCENT)
    lines = own.typesetter.phrase(language.name, None, type_, box.width)
    return tuple(line_rows(lines, type_, box.x))


def _entry_row(
    entry: IndexEntry, body: Element, tag: str, box: Box, own: Setting, setting: Setting
) -> Row:
    """A title that leads to its file, and what the index's language says of it."""
    type_ = own.style.body.with_ink(Ink.ACCENT)
    start = box.width * (1 - FACTS_SHARE)
    link = body.add("P").add("Link", link=file_link(entry.file), contents=entry.title, language=tag)
    title = own.typesetter.phrase(entry.title, link.leaf(), type_, start - GAP)
    small = own.style.small.with_ink(Ink.MUTED)
    pieces = [Words(fact) for fact in facts_of(entry, setting.typesetter.language)]
    content = [piece for fact in pieces for piece in (Words(" · "), fact)][1:]
    said = body.add("P")
    facts = setting.typesetter.lines(tuple(content), said, small, box.width - start, isolate=True)
    # Both on the lines of the title.
    return side_by_side(line_rows(title, type_, box.x), line_rows(facts, type_, box.x), step=start)
