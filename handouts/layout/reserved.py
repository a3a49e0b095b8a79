"""The places that an imprint fills: what concerns this patient, and the clinic's contact panel.

They stand at the foot of page one, or in a single column as a part of the story, one above the
other on one page. Their sizes are the edition's, so that no clinic and no note can move a line of
text. The headings are the sheet's own. Where page one has no room for the patient's panel below all
that is at a glance, or a page none for both, it stands late: below what the sheet says of itself.
So it does in a single column that shows the whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handouts.diagnostics import LayoutError
from handouts.edition import Shows
from handouts.layout.pages import Item, PanelName, PanelPlace, PlacedLine
from handouts.layout.placing import Anchor, Mirror, placed_items
from handouts.layout.rows import Row, beside, kept, line_rows, spaced
from handouts.layout.setting import Setting
from handouts.layout.style import CONTACT_TOP
from handouts.structure import Element
from handouts.text.glyphs import Line

HEADING_SPACE = 3.0  # from a heading to the panel below it


@dataclass(frozen=True, slots=True)
class Reserved:
    """The elements whose content the imprint supplies, and their headings.

    ``patient`` is None where a sheet has no place for what concerns one patient; its panel
    ``is_late`` where it does not stand above the contact panel.
    """

    contact: Element
    contact_heading: tuple[Line, ...]
    patient: Element | None
    patient_heading: tuple[Line, ...] = ()
    is_late: bool = False


def reserve(root: Element, setting: Setting, front: float = 0.0) -> Reserved:
    """Add to the structure what stands on page one, where ``front`` points are taken already.

    Raises:
        LayoutError: a heading is too long for its place.
    """
    columns = setting.columns
    if columns.single:
        # The phone numbers belong below what is at a glance; both would often need a new page.
        is_whole = setting.edition.shows is Shows.WHOLE
        is_late = is_whole or _height_of_both(setting) > columns.page_height
    else:
        is_late = front > columns.body_top - columns.first_body_bottom
    is_late = is_late and columns.patient > 0
    patient, heading = None, tuple[Line, ...]()
    if columns.patient and not is_late:
        patient, heading = _patient(root, setting)
    holder = root.add("Sect")
    contact_heading = _heading("contact", holder.add("H2"), columns.contact, setting)
    return Reserved(holder.add("Div"), contact_heading, patient, heading, is_late)


def _height_of_both(setting: Setting) -> float:
    """That of ``reserved_rows`` with both places."""
    columns, type_ = setting.columns, setting.style.heading
    lines = sum(
        len(setting.typesetter.phrase(setting.word(key), None, type_, columns.width))
        for key in ("for_you", "contact")
    )
    spaces = 2 * HEADING_SPACE + setting.style.block_space
    return columns.patient + columns.contact + lines * type_.leading + spaces


def reserve_late(reserved: Reserved, root: Element, setting: Setting) -> Reserved:
    """Add the patient's panel where the sheet is now."""
    patient, heading = _patient(root, setting)
    return replace(reserved, patient=patient, patient_heading=heading)


def _patient(root: Element, setting: Setting) -> tuple[Element, tuple[Line, ...]]:
    holder = root.add("Sect")
    heading = _heading("for_you", holder.add("H2"), setting.columns.patient, setting)
    return holder.add("Div"), heading


def _heading(key: str, title: Element, height: float, setting: Setting) -> tuple[Line, ...]:
    type_, columns = setting.style.heading, setting.columns
    words = setting.word(key)
    width = columns.width if columns.single else columns.side
    lines = setting.typesetter.phrase(words, title.leaf(), type_, width)
    if CONTACT_TOP + len(lines) * type_.leading > height:
        raise LayoutError(f'"{words}" is too long for its place beside the panel')
    return lines


def reserved_rows(reserved: Reserved, setting: Setting) -> list[Row]:
    """Both places below their headings, all on one page, where the sheet has one column."""
    columns = setting.columns
    rows = _panel_rows(PanelName.CONTACT, reserved.contact_heading, columns.contact, setting)
    if reserved.patient is not None and not reserved.is_late:
        above = _panel_rows(PanelName.PATIENT, reserved.patient_heading, columns.patient, setting)
        rows = [*above, spaced(rows[0], setting.style.block_space), *rows[1:]]
    return kept(rows)


def _panel_rows(
    name: PanelName, heading: Sequence[Line], height: float, setting: Setting
) -> list[Row]:
    type_ = setting.style.heading
    rows = line_rows(heading, type_, 0)
    words = setting.word("contact" if name is PanelName.CONTACT else "for_you")
    rows[0] = beside(rows[0], Anchor(words, 2))
    place_ = PanelPlace(name, 0, -height, setting.columns.width, height)
    return [*rows, Row(height, (place_,), space=HEADING_SPACE)]


def reserved_items(reserved: Reserved, setting: Setting, mirror: Mirror) -> tuple[Item, ...]:
    """What stands at the foot of page one, headings beside it."""
    columns = setting.columns
    items = _panel_items(
        PanelName.CONTACT, reserved.contact_heading, columns.contact, columns.body_bottom, setting
    )
    if reserved.patient is not None and not reserved.is_late:
        items = [
            *_panel_items(
                PanelName.PATIENT,
                reserved.patient_heading,
                columns.patient,
                columns.patient_bottom,
                setting,
            ),
            *items,
        ]
    return placed_items(items, columns.margin, 0, mirror)


def late_rows(reserved: Reserved, setting: Setting) -> list[Row]:
    """The patient's place as rows, its heading beside it or in a single column above it."""
    height = setting.columns.patient
    if setting.columns.single:
        return _panel_rows(PanelName.PATIENT, reserved.patient_heading, height, setting)
    items = _panel_items(PanelName.PATIENT, reserved.patient_heading, height, -height, setting)
    return [Row(height, (Anchor(setting.word("for_you"), 2), *items))]


def _panel_items(
    name: PanelName, heading: Sequence[Line], height: float, bottom: float, setting: Setting
) -> list[Item]:
    type_ = setting.style.heading
    top = bottom + height - CONTACT_TOP
    items: list[Item] = [
        PlacedLine(line, 0, top - order * type_.leading - type_.baseline)
        for order, line in enumerate(heading)
    ]
    return [*items, PanelPlace(name, 0, bottom, setting.columns.width, height)]
