"""The end of a sheet: where to find help, references, and what the sheet says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.diagnostics import LayoutError, NotFoundError
from handouts.document import (
    Handout,
    Inlines,
    Reference,
    Resource,
    Words,
)
from handouts.inks import Ink
from handouts.layout.pages import PanelName, PanelPlace, PlacedLine
from handouts.layout.placing import Anchor
from handouts.layout.rows import (
    Row,
    as_run,
    beside,
    height_of,
    keeping,
    kept,
    line_rows,
    side_by_side,
    spaced,
)
from handouts.layout.setting import Box, Setting
from handouts.structure import Element
from handouts.wording.facts import Fact, doubts, facts_of
from handouts.wording.help import by_country, resource_content
from handouts.wording.references import reference_entries

COLUMN_GAP = 14.0
HIGHEST_COLUMN = 560.0  # points; what a page holds of a reference list
NUMBER_WIDTH = 18 / 9.5  # in parts of the size
LABEL_SHARES = (0.45, 0.5, 0.55, 0.4, 0.6)  # of the column of facts, in the order of liking


def resource_rows(handout: Handout, element: Element, box: Box, setting: Setting) -> list[Row]:
    """The organisations under the name of their country, two countries side by side.

    In a single column they stand one below the other.
    """
    is_single = setting.columns.single
    half = box if is_single else Box(box.x, (box.width - COLUMN_GAP) / 2)
    countries = [
        _country_rows(country, resources, handout.source_language, element, half, setting)
        for country, resources in by_country(handout.resources).items()
    ]
    space = 2 * setting.style.block_space
    if is_single:
        return [
            row
            for order, rows in enumerate(countries)
            for row in (spaced(rows[0], space if order else 0), *rows[1:])
        ]
    return [
        spaced(
            side_by_side(*countries[first : first + 2], step=half.width + COLUMN_GAP),
            space if first else 0,
        )
        for first in range(0, len(countries), 2)
    ]


def _country_rows(
    country: str,
    resources: Sequence[Resource],
    facts: str,
    element: Element,
    box: Box,
    setting: Setting,
) -> list[Row]:
    """``facts`` is the language of names that do not tell theirs."""
    heading = setting.style.subheading
    body = setting.style.body
    name = setting.typesetter.language.country(country)
    lines = setting.typesetter.phrase(name, element.add("H3").leaf(), heading, box.width)
    rows = line_rows(lines, heading, box.x)
    holder = element.add("L", attributes={"List": {"ListNumbering": "None"}})
    for number, resource in enumerate(resources):
        entry = holder.add("LI").add("LBody")
        content = resource_content(resource, facts)
        lines = setting.typesetter.lines(content, entry, body, box.width)
        added = line_rows(lines, body, box.x, space=5 if number else 0.0)
        rows += added if number else [keeping(added[0]), *added[1:]]
    return rows


def references_rows(
    handout: Handout, numbers: dict[str, int], element: Element, box: Box, setting: Setting
) -> list[Row]:
    """The reference list in two columns; a long one runs over the pages in these columns.

    In a single column its entries stand one below the other.
    """
    holder = element.add("L", attributes={"List": {"ListNumbering": "Decimal"}})
    is_single = setting.columns.single
    half = box if is_single else Box(box.x, (box.width - COLUMN_GAP) / 2)
    entries = [
        _entry_rows(number, reference, content, holder, half, setting)
        for number, reference, content in reference_entries(
            handout, numbers, setting.typesetter.language
        )
    ]
    rows: list[Row] = []
    if is_single:
        return [row for entry in entries for row in entry]
    while entries:
        group = _no_higher_than(2 * HIGHEST_COLUMN, entries)
        left = _balanced(group)
        columns = [
            [row for entry in part for row in entry] for part in (group[:left], group[left:])
        ]
        rows.append(side_by_side(*filter(None, columns), step=half.width + COLUMN_GAP))
        entries = entries[len(group) :]
    return rows


def _entry_rows(
    number: int,
    reference: Reference,
    content: Inlines,
    holder: Element,
    box: Box,
    setting: Setting,
) -> list[Row]:
    type_ = setting.style.notes
    identifier = f"reference-{reference.id}"
    entry = holder.add("LI", id=identifier)
    label = setting.word("list_number", number=number)
    own = _spoken_in_its_own(content, setting)
    tag = own.typesetter.language.tag if own is not setting else ""
    leaf = entry.add("Lbl").leaf()
    here = setting.typesetter.language.tag
    width = NUMBER_WIDTH * type_.style.size
    marker = own.typesetter.phrase(label, leaf, type_, width, language=here)
    body = entry.add("LBody").add("BibEntry", language=tag)
    lines = own.typesetter.lines(content, body, type_, box.width - width)
    rows = line_rows(lines, type_, box.x + width, space=setting.scaled(3))
    mark = PlacedLine(marker[0], box.x, -type_.baseline)
    rows[0] = beside(rows[0], Anchor(id=identifier), mark)
    return as_run(rows, box, own, setting)


def _spoken_in_its_own(content: Inlines, setting: Setting) -> Setting:
    """The setting of the source's own words where their direction is known; else the sheet's."""
    first = content[0]
    try:
        return setting.spoken_in(first.language if isinstance(first, Words) else "")
    except NotFoundError:
        return setting


def _no_higher_than(height: float, entries: list[list[Row]]) -> list[list[Row]]:
    """As many entries from the first on as the height holds, and at least one."""
    total, count = 0.0, 0
    for entry in entries:
        total += height_of(entry) + entry[0].space
        if total > height and count:
            break
        count += 1
    return entries[:count]


def _balanced(entries: list[list[Row]]) -> int:
    """How many entries the first column takes so that the higher one is as low as can be."""
    heights = [height_of(entry) + entry[0].space for entry in entries]
    return min(
        range(1, len(heights) + 1), key=lambda cut: max(sum(heights[:cut]), sum(heights[cut:]))
    )


def about_rows(
    handout: Handout,
    code: str,
    element: Element,
    check: Element,
    box: Box,
    setting: Setting,
) -> list[Row]:
    """Reviewer, dates, version and code, and beside them the reserved place of the check panel.

    What is not known is said, never left out: a draft names nobody.
    """
    type_ = setting.style.small
    rows: list[Row] = []
    language = setting.typesetter.language
    for words in doubts(handout, setting.edition.shows, language):
        strong = type_.strong()
        lines = setting.typesetter.phrase(words, element.add("P").leaf(), strong, box.width)
        rows += line_rows(lines, strong, box.x)
    facts = facts_of(handout, code, language)
    both = facts_and_check(facts, element, check, box, setting)
    both[0] = spaced(both[0], 4 if rows else 0)
    return [*kept(rows), *both] if setting.columns.single else kept([*rows, *both])


def facts_and_check(
    facts: Sequence[Fact], element: Element, check: Element, box: Box, setting: Setting
) -> list[Row]:
    """The facts, and beside them the reserved place of the check panel below its question.

    In a single column it stands below the facts.
    """
    columns, type_ = setting.columns, setting.style.small
    half = Box(box.x, columns.half)
    listed = _fact_rows(facts, element, half, setting)
    question = setting.typesetter.phrase(
        setting.word("check"), element.add("P").leaf(), type_.strong(), half.width
    )
    element.children.append(check)
    place = PanelPlace(PanelName.CHECK, half.x, -columns.check, half.width, columns.check)
    newest = [*line_rows(question, type_, half.x), Row(columns.check, (place,), space=5)]
    if columns.single:
        above = spaced(newest[0], setting.style.block_space)
        return [*listed, *kept([above, *newest[1:]])]
    return [side_by_side(listed, newest, step=half.width + COLUMN_GAP)]


def _fact_rows(facts: Sequence[Fact], element: Element, box: Box, setting: Setting) -> list[Row]:
    """Labels and values as a list, the values in a column of their own as wide as words allow."""
    for share in LABEL_SHARES:
        holder = Element("L", attributes={"List": {"ListNumbering": "None"}})
        try:
            rows = [_fact_row(*fact, holder, box, box.width * share, setting) for fact in facts]
        except LayoutError:
            if share == LABEL_SHARES[-1]:
                raise
            continue
        element.children.append(holder)
        break
    return rows


def _fact_row(
    label: str, value: Inlines, holder: Element, box: Box, width: float, setting: Setting
) -> Row:
    """A label and its value, which starts ``width`` points after it."""
    type_ = setting.style.small
    muted = type_.with_ink(Ink.MUTED)
    entry = holder.add("LI")
    name = setting.typesetter.phrase(label, entry.add("Lbl").leaf(), muted, width - 6)
    body = entry.add("LBody")
    lines = setting.typesetter.lines(value, body, type_, box.width - width, isolate=True)
    return side_by_side(line_rows(name, muted, box.x), line_rows(lines, type_, box.x), step=width)
