"""The end of a sheet: where to find help, references, and what the sheet says of itself."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import (
    Handout,
    Inlines,
    LineBreak,
    PartialDate,
    Reference,
    Resource,
    Words,
)
from handouts.inks import Ink
from handouts.layout.addresses import phone_link, shown_address
from handouts.layout.pages import PanelName, PanelPlace, PlacedLine
from handouts.layout.placing import Anchor
from handouts.layout.references import reference_entries
from handouts.layout.rows import Row, beside, height_of, kept, line_rows, side_by_side, spaced
from handouts.layout.setting import Box, Setting
from handouts.structure import Element

COLUMN_GAP = 14.0
HIGHEST_COLUMN = 560.0  # points; what a page holds of a reference list
NUMBER_WIDTH = 18.0


def resource_rows(
    resources: Sequence[Resource], element: Element, box: Box, setting: Setting
) -> list[Row]:
    """The organisations under the name of their country, two countries side by side."""
    half = Box(box.x, (box.width - COLUMN_GAP) / 2)
    countries = [
        _country_rows(
            country,
            [resource for resource in resources if resource.country == country],
            element,
            half,
            setting,
        )
        for country in dict.fromkeys(resource.country for resource in resources)
    ]
    space = 2 * setting.style.block_space
    return [
        spaced(
            side_by_side(*countries[first : first + 2], step=half.width + COLUMN_GAP),
            space if first else 0,
        )
        for first in range(0, len(countries), 2)
    ]


def _country_rows(
    country: str, resources: Sequence[Resource], element: Element, box: Box, setting: Setting
) -> list[Row]:
    heading = setting.style.subheading
    body = setting.style.body
    name = setting.typesetter.language.country(country)
    lines = setting.typesetter.phrase(name, element.add("H3").leaf(), heading, box.width)
    rows = line_rows(lines, heading, box.x)
    holder = element.add("L", attributes={"List": {"ListNumbering": "None"}})
    for number, resource in enumerate(resources):
        entry = holder.add("LI").add("LBody")
        content = _resource_content(resource, setting)
        lines = setting.typesetter.lines(content, entry, body, box.width)
        rows += line_rows(lines, body, box.x, space=5 if number else 0.0)
    return rows


def _resource_content(resource: Resource, setting: Setting) -> Inlines:
    foreign = resource.language if resource.language != setting.typesetter.language.tag else ""
    content: list[Words | LineBreak] = [
        Words(resource.name, language=foreign, span=resource.span),
        LineBreak(resource.span),
        Words(shown_address(resource.url), link=resource.url, span=resource.span),
    ]
    if resource.phone:
        number = Words(resource.phone, link=phone_link(resource.phone), span=resource.span)
        content += [LineBreak(resource.span), number]
    return tuple(content)


def references_rows(
    handout: Handout, numbers: dict[str, int], element: Element, box: Box, setting: Setting
) -> list[Row]:
    """The reference list in two columns; a long one runs over the pages in these columns."""
    holder = element.add("L", attributes={"List": {"ListNumbering": "Decimal"}})
    half = Box(box.x, (box.width - COLUMN_GAP) / 2)
    entries = [
        _entry_rows(number, reference, content, holder, half, setting)
        for number, reference, content in reference_entries(
            handout, numbers, setting.typesetter.language
        )
    ]
    rows: list[Row] = []
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
    marker = setting.typesetter.phrase(label, entry.add("Lbl").leaf(), type_, NUMBER_WIDTH)
    body = entry.add("LBody").add("BibEntry")
    lines = setting.typesetter.lines(content, body, type_, box.width - NUMBER_WIDTH)
    rows = line_rows(lines, type_, box.x + NUMBER_WIDTH, space=3)
    mark = PlacedLine(marker[0], box.x, -type_.baseline)
    return [beside(rows[0], Anchor(id=identifier), mark), *rows[1:]]


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
    if handout.is_draft:
        strong = type_.strong()
        words = setting.word("not_reviewed")
        lines = setting.typesetter.phrase(words, element.add("P").leaf(), strong, box.width)
        rows += line_rows(lines, strong, box.x)
    columns = setting.columns
    half = Box(box.x, columns.half)
    facts = _fact_rows(handout, code, element, half, setting)
    question = setting.typesetter.phrase(
        setting.word("check"), element.add("P").leaf(), type_.strong(), half.width
    )
    element.children.append(check)
    place = PanelPlace(PanelName.CHECK, half.x, -columns.check, half.width, columns.check)
    newest = [*line_rows(question, type_, half.x), Row(columns.check, (place,), space=5)]
    both = side_by_side(facts, newest, step=half.width + COLUMN_GAP)
    return kept([*rows, spaced(both, 4 if rows else 0)])


def _fact_rows(
    handout: Handout, code: str, element: Element, box: Box, setting: Setting
) -> list[Row]:
    """Labels and values as a list, the values in a column of their own."""
    type_ = setting.style.small
    muted = type_.with_ink(Ink.MUTED)
    width = box.width * 0.45
    holder = element.add("L", attributes={"List": {"ListNumbering": "None"}})
    rows: list[Row] = []
    for label, value in _facts(handout, code, setting):
        entry = holder.add("LI")
        name = setting.typesetter.phrase(label, entry.add("Lbl").leaf(), muted, width - 6)
        body = entry.add("LBody").leaf()
        lines = setting.typesetter.phrase(
            value, body, type_, box.width - width, span=handout.review.span, isolate=True
        )
        rows.append(
            side_by_side(line_rows(name, muted, box.x), line_rows(lines, type_, box.x), step=width)
        )
    return rows


def _facts(handout: Handout, code: str, setting: Setting) -> list[tuple[str, str]]:
    review = handout.review
    written = setting.typesetter.language.date

    def when(value: PartialDate | None) -> str:
        return written(value) if value is not None else setting.word("not_yet")

    return [
        (setting.word("reviewer"), review.reviewer or setting.word("nobody_yet")),
        (setting.word("reviewed"), when(review.reviewed)),
        (setting.word("updated"), written(review.updated)),
        (setting.word("next_review"), when(review.next_review)),
        (setting.word("version"), review.version),
        (setting.word("code"), code),
    ]
