"""The end of a sheet: where to find help, references, and what the sheet says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handouts.document import Handout, Inlines, LineBreak, PartialDate, Resource, Words
from handouts.inks import Ink
from handouts.layout.pages import PanelName, PanelPlace, PlacedLine
from handouts.layout.placing import Anchor
from handouts.layout.references import reference_entries
from handouts.layout.rows import Row, beside, kept, line_rows
from handouts.layout.setting import Box, Setting
from handouts.structure import Element

LABEL_WIDTH = 132.0


def resource_rows(
    resources: Sequence[Resource], element: Element, box: Box, setting: Setting
) -> list[Row]:
    """The organisations under the name of their country."""
    rows: list[Row] = []
    for country in dict.fromkeys(resource.country for resource in resources):
        chosen = [resource for resource in resources if resource.country == country]
        rows += _country_rows(country, chosen, element, box, setting, is_first=not rows)
    return rows


def _country_rows(
    country: str,
    resources: Sequence[Resource],
    element: Element,
    box: Box,
    setting: Setting,
    *,
    is_first: bool,
) -> list[Row]:
    heading = setting.typesetter.type(setting.style.subheading)
    body = setting.typesetter.type(setting.style.body)
    name = setting.typesetter.language.country(country)
    lines = setting.typesetter.phrase(name, element.add("H3").leaf(), heading, box.width)
    space = 0.0 if is_first else setting.style.space(setting.style.block_space)
    rows = kept(line_rows(lines, heading, box.x, space=space))
    holder = element.add("L", attributes={"List": {"ListNumbering": "None"}})
    for number, resource in enumerate(resources):
        entry = holder.add("LI").add("LBody")
        content = _resource_content(resource, setting)
        lines = setting.typesetter.lines(content, entry, body, box.width)
        added = line_rows(lines, body, box.x, space=setting.style.space(4) if number else 0.0)
        rows += kept([replace(added[0], keeps=not number), *added[1:]])
    return rows


def _resource_content(resource: Resource, setting: Setting) -> Inlines:
    foreign = resource.language if resource.language != setting.typesetter.language.tag else ""
    shown = resource.url.removeprefix("https://").removeprefix("http://").rstrip("/")
    content: list[Words | LineBreak] = [
        Words(resource.name, language=foreign, span=resource.span),
        LineBreak(resource.span),
        Words(shown, link=resource.url, span=resource.span),
    ]
    if resource.phone:
        content += [LineBreak(resource.span), Words(resource.phone, span=resource.span)]
    return tuple(content)


def references_rows(
    handout: Handout, numbers: dict[str, int], element: Element, box: Box, setting: Setting
) -> list[Row]:
    """The reference list, each entry the target of its citations."""
    type_ = setting.typesetter.type(setting.style.small)
    holder = element.add("L", attributes={"List": {"ListNumbering": "Decimal"}})
    indent = 20.0
    rows: list[Row] = []
    entries = reference_entries(handout, numbers, setting.typesetter.language)
    for order, (number, reference, content) in enumerate(entries):
        identifier = f"reference-{reference.id}"
        entry = holder.add("LI", id=identifier)
        label = setting.word("list_number", number=number)
        marker = setting.typesetter.phrase(label, entry.add("Lbl").leaf(), type_, indent)
        body = entry.add("LBody").add("BibEntry")
        lines = setting.typesetter.lines(content, body, type_, box.width - indent)
        added = line_rows(
            lines, type_, box.x + indent, space=setting.style.space(3) if order else 0.0
        )
        added[0] = beside(
            added[0], Anchor(id=identifier), PlacedLine(marker[0], box.x, -type_.baseline)
        )
        rows += kept(added)
    return rows


def about_rows(
    handout: Handout,
    code: str,
    element: Element,
    check: Element,
    box: Box,
    setting: Setting,
) -> list[Row]:
    """Reviewer, dates, version and code, then the reserved place of the check panel.

    What is not known is said, never left out: a draft names nobody.
    """
    label_type = setting.typesetter.type(setting.style.small)
    strong = replace(label_type, style=replace(label_type.style, bold=True))
    rows: list[Row] = []
    if handout.is_draft:
        words = element.add("P")
        lines = setting.typesetter.phrase(
            setting.word("not_reviewed"), words.leaf(), strong, box.width
        )
        rows += line_rows(lines, strong, box.x)
    holder = element.add("L", attributes={"List": {"ListNumbering": "None"}})
    width = LABEL_WIDTH
    for number, (label, value) in enumerate(_facts(handout, code, setting)):
        entry = holder.add("LI")
        name = setting.typesetter.phrase(
            label, entry.add("Lbl").leaf(), label_type.with_ink(Ink.MUTED), width
        )
        body = entry.add("LBody").leaf()
        lines = setting.typesetter.phrase(value, body, label_type, box.width - width)
        added = line_rows(lines, label_type, box.x + width)
        if number == 0 and rows:
            added[0] = replace(added[0], space=setting.style.space(4))
        side = [
            PlacedLine(line, box.x, -order * label_type.leading - label_type.baseline)
            for order, line in enumerate(name)
        ]
        added[0] = replace(added[0], height=max(added[0].height, len(name) * label_type.leading))
        rows += [beside(added[0], *side), *added[1:]]
    element.children.append(check)
    height = setting.columns.check
    place = PanelPlace(PanelName.CHECK, box.x, -height, box.width, height)
    rows.append(Row(height, (place,), space=setting.style.space(8)))
    return kept(rows)


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
