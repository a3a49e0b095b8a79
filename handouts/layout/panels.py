"""The clinic's panels: header, contact and check, each in its reserved place.

The places have one size for every clinic, so that none can move a line of medical text. What
does not fit is an error, never clipped and never shrunk. Without a clinic the contact panel has
lines to write on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.checking.contrast import inks
from handouts.clinic import Clinic, Palette
from handouts.diagnostics import (
    NOWHERE,
    ClinicError,
    Diagnostic,
    LayoutError,
    SourceSpan,
    located,
)
from handouts.document import Words
from handouts.edition import Edition, own_edition
from handouts.inks import Ink
from handouts.languages import Language
from handouts.layout.artwork import load_artwork
from handouts.layout.pages import Bar, Item, Panel, PanelName, PanelSet, PlacedArtwork, PlacedLine
from handouts.layout.patients import lay_out_patient
from handouts.layout.placing import Mirror, placed_items
from handouts.layout.qr import qr_code
from handouts.layout.setting import Box, Setting, setting_for
from handouts.layout.style import CONTACT_TOP, Type
from handouts.layout.typesetting import Typesetter
from handouts.paper import Paper, mm
from handouts.patient import Patient
from handouts.structure import Element, Leaf
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import Line
from handouts.wording.addresses import phone_link, shown_address
from handouts.wording.help import TO_WRITE_ON, check_words, phone_label

LOGO_HEIGHT = 34.0
LOGO_WIDTH = 150.0
QR_SIZE = mm(18)


def lay_out_panels(
    clinic: Clinic | None,
    language: Language,
    fonts: FontLibrary,
    paper: Paper,
    edition: Edition | None = None,
    patient: Patient | None = None,
) -> PanelSet:
    """Everything of the clinic that a sheet shows, in an edition: without one the standard one.

    Without a ``patient`` there are lines to write on.

    Raises:
        ClinicError: the logo cannot be used.
        LayoutError: something does not fit its reserved place.
        FontError: a character that no face has.
    """
    setting = setting_for(Typesetter(language, fonts, edition=edition or own_edition()), paper)
    panels = {PanelName.PATIENT: lay_out_patient(patient or Patient(), setting)}
    with located(clinic.span if clinic is not None else NOWHERE):
        panels |= {
            PanelName.HEADER: _header(clinic, setting),
            PanelName.CONTACT: _contact(clinic, setting),
            PanelName.CHECK: _check(clinic, setting),
        }
    palette = clinic.palette if clinic is not None else Palette()
    return PanelSet(clinic, inks(palette), panels)


@dataclass(slots=True)
class _Column:
    """Lines one below the other in a box, from the top down."""

    box: Box
    y: float
    items: list[Item]

    def add(self, lines: Sequence[Line], type_: Type, space: float = 0.0) -> None:
        self.y -= space
        for line in lines:
            self.items.append(PlacedLine(line, self.box.x, self.y - type_.baseline))
            self.y -= type_.leading


def _place_of(clinic: Clinic | None, *fields: str) -> SourceSpan:
    """Where the first of the fields that the clinic has stands in its file."""
    if clinic is None:
        return NOWHERE
    return next((clinic.places[name] for name in fields if name in clinic.places), clinic.span)


def _check_height(name: str, lowest: float, span: SourceSpan, hint: str) -> None:
    if lowest < -0.01:
        raise LayoutError(
            Diagnostic(
                f"the {name} does not fit its place: it is {-lowest:.0f} points too high",
                span,
                hint=hint,
            )
        )


def _panel(
    setting: Setting,
    size: tuple[float, float],
    items: Sequence[Item],
    element: Element | None = None,
) -> Panel:
    """The panel, mirrored for right-to-left sheets."""
    width, height = size
    mirror = Mirror(width if setting.typesetter.language.right_to_left else 0)
    return Panel(width, height, placed_items(items, 0, 0, mirror), element)


def _header(clinic: Clinic | None, setting: Setting) -> Panel:
    """Logo and name at the start, the main phone number at the end, a rule in the accent below."""
    columns = setting.columns
    width, height = columns.width, columns.header
    items: list[Item] = [Bar(0, 0, width, 1.5, Ink.ACCENT)]
    if clinic is None:
        return _panel(setting, (width, height), items)
    start = 0.0
    if clinic.logo is not None:
        logo = load_artwork(clinic.logo, LOGO_WIDTH, LOGO_HEIGHT, ClinicError)
        scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
        box = (logo.width * scale, logo.height * scale)
        items.append(
            PlacedArtwork(logo, 0, height - LOGO_HEIGHT + (LOGO_HEIGHT - box[1]) / 2, *box)
        )
        start = box[0] + 10
    small = setting.style.small
    number = [Words(clinic.phones[0].number)]
    with located(_place_of(clinic, "phones")):
        phone = setting.typesetter.line(
            number, None, small, width / 3, place="the head of the page"
        )
    end = width - phone.width
    middle = height - LOGO_HEIGHT / 2
    name_type = setting.style.label.with_ink(Ink.ACCENT)
    name = _words_of(clinic, "name", clinic.name, None, name_type, end - start - 12, setting)
    top = middle + len(name) * name_type.leading / 2
    column = _Column(Box(start, end), top, items)
    column.add(name, name_type)
    items.append(PlacedLine(phone, end, middle - 0.35 * small.style.size))
    span = _place_of(clinic, "name")
    _check_height("name of the clinic", column.y, span, "use a shorter name, or a narrower logo")
    return _panel(setting, (width, height), items)


def _contact(clinic: Clinic | None, setting: Setting) -> Panel:
    """How to reach the clinic; or lines on which somebody writes it.

    The heading in the side column is the sheet's own.
    """
    columns = setting.columns
    width, height = columns.width, columns.contact
    element = Element("Div")
    items: list[Item] = [Bar(0, height - 1, width, 1, Ink.ACCENT)]
    box = Box(columns.main, columns.measure)
    top = height - CONTACT_TOP
    if columns.single:  # the rule and the heading are the sheet's own
        items, top = [], height
    if clinic is None:
        lowest = _lines_to_write_on(element, box, top - 2, items, setting)
    elif columns.single:
        lowest = _contact_lines(clinic, element, box, top, items, setting)
    else:
        lowest = _contact_columns(clinic, element, box, top, items, setting)
    span = _place_of(clinic, "address", "hours", "phones")
    hint = "use fewer or shorter lines for address, hours and phones"
    _check_height("contact panel", lowest, span, hint)
    return _panel(setting, (width, height), items, element)


def _lines_to_write_on(
    element: Element, box: Box, top: float, items: list[Item], setting: Setting
) -> float:
    type_ = setting.style.body
    y = top
    for key in TO_WRITE_ON:
        leaf = element.add("P").leaf()
        words = [Words(setting.word(key))]
        label = setting.typesetter.line(
            words, leaf, type_, box.width / 2, place="the contact panel"
        )
        items.append(PlacedLine(label, box.x, y - type_.baseline))
        taken = max(box.width / 4, label.width + 6)
        bar = Bar(box.x + taken, y - type_.baseline - 2, box.width - taken, 0.5, Ink.MUTED)
        items.append(bar)
        y -= type_.leading * 1.55
    return y + type_.leading * 0.55


def _contact_columns(
    clinic: Clinic, element: Element, box: Box, top: float, items: list[Item], setting: Setting
) -> float:
    """Phones large at the start; name, address, hours and web beside them."""
    half = (box.width - 14) / 2
    small = setting.style.small
    strong = small.strong()
    number_type = setting.style.lead.strong().with_ink(Ink.ACCENT)
    foreign = clinic.language if clinic.language != setting.typesetter.language.tag else ""

    def add(column: _Column, name: str, text: str, type_: Type, *, space: float = 0.0) -> None:
        paragraph = element.add("P", language=foreign)
        lines = _words_of(clinic, name, text, paragraph.leaf(), type_, half, setting)
        column.add(lines, type_, space)

    start = _Column(Box(box.x, half), top, items)
    for order, phone in enumerate(clinic.phones):
        label = phone_label(phone, clinic, setting.typesetter.language).text
        space = 4 if order else 0
        if phone.label:
            add(start, "phones", label, small, space=space)
        else:
            leaf = element.add("P").leaf()
            start.add(setting.typesetter.phrase(label, leaf, small, half), small, space)
        link = element.add("P").add(
            "Link", link=phone_link(phone.number), contents=f"{label}: {phone.number}"
        )
        number = [Words(phone.number)]
        with located(_place_of(clinic, "phones")):
            line = setting.typesetter.line(
                number, link.leaf(), number_type, half, place="the contact panel"
            )
        start.add([line], number_type)
    end = _Column(Box(box.x + half + 14, half), top, items)
    add(end, "name", clinic.name, strong)
    for text in clinic.address:
        add(end, "address", text, small)
    for order, text in enumerate(clinic.hours):
        add(end, "hours", text, small, space=0 if order else 3)
    if clinic.web:
        link = element.add("P").add("Link", link=clinic.web, contents=clinic.web)
        accent = small.with_ink(Ink.ACCENT)
        span = _place_of(clinic, "web")
        web = setting.typesetter.phrase(
            shown_address(clinic.web), link.leaf(), accent, half, span=span
        )
        end.add(web, accent)
    return min(start.y, end.y)


def _contact_lines(
    clinic: Clinic, element: Element, box: Box, top: float, items: list[Item], setting: Setting
) -> float:
    """The same in one column: each phone beside its label, the rest on as few lines as can be."""
    foreign = clinic.language if clinic.language != setting.typesetter.language.tag else ""
    body, strong = setting.style.body, setting.style.body.strong()
    column = _Column(box, top, items)

    def add(name: str, text: str, type_: Type) -> None:
        leaf = element.add("P", language=foreign).leaf()
        column.add(_words_of(clinic, name, text, leaf, type_, box.width, setting), type_)

    for phone in clinic.phones:
        label = phone_label(phone, clinic, setting.typesetter.language)
        number = Words(phone.number, bold=True, link=phone_link(phone.number))
        labelled = (label, Words(": "), number)
        with located(_place_of(clinic, "phones")):
            column.add(setting.typesetter.lines(labelled, element.add("P"), body, box.width), body)
    add("name", clinic.name, strong)
    if clinic.address:
        add("address", " · ".join(clinic.address), body)
    for text in clinic.hours:
        add("hours", text, body)
    if clinic.web:
        span = _place_of(clinic, "web")
        web = (Words(shown_address(clinic.web), link=clinic.web, span=span),)
        column.add(setting.typesetter.lines(web, element.add("P"), body, box.width), body)
    return column.y


def _words_of(
    clinic: Clinic,
    name: str,
    text: str,
    leaf: Leaf | None,
    type_: Type,
    width: float,
    setting: Setting,
) -> tuple[Line, ...]:
    """Words that the clinic wrote in the field ``name``, in its own language."""
    span = _place_of(clinic, name)
    return setting.typesetter.phrase(text, leaf, type_, width, span=span, language=clinic.language)


def _check(clinic: Clinic | None, setting: Setting) -> Panel:
    """Whether the sheet is up to date: a QR code where the clinic has an address for it."""
    columns = setting.columns
    width, height = columns.half, columns.check
    element = Element("Div")
    items: list[Item] = []
    small = setting.style.small
    address = clinic.check_address if clinic is not None else ""
    span = _place_of(clinic, "check_address")
    start = 0.0
    if address:
        figure = element.add(
            "Figure", alt=setting.word("check_picture", address=shown_address(address))
        )
        with located(span):
            items.append(qr_code(address, 0, height - QR_SIZE, QR_SIZE, figure.leaf()))
        start = QR_SIZE + 11
    column = _Column(Box(start, width - start), height, items)
    words = check_words(clinic, setting.typesetter.language)
    leaf = element.add("P").leaf()
    column.add(setting.typesetter.phrase(words, leaf, small, width - start, span=span), small)
    _check_height("check panel", column.y, span, "use a shorter address")
    return _panel(setting, (width, height), items, element)
