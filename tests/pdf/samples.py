"""Sheets and panels by hand, with every kind of item, for the tests of painting."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from handouts.inks import Ink
from handouts.layout.pages import (
    Bar,
    Bookmark,
    Colour,
    Item,
    LinkArea,
    Outline,
    Page,
    Panel,
    PanelName,
    PanelPlace,
    PanelSet,
    PlacedArtwork,
    PlacedLine,
    Raster,
    Sheet,
    Target,
    Vector,
)
from handouts.paper import LETTER
from handouts.places import FONTS
from handouts.structure import Element, Leaf
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import Line, StyledSpan, StyledText, TextStyle
from handouts.text.paragraphs import set_paragraph

LIBRARY = FontLibrary(FONTS)
RED_SQUARE = Vector(40, 20, b"1 0 0 rg 0 0 40 20 re f")
GREY_PIXELS = Raster(2, 2, 1, bytes((0, 85, 170, 255)))
SQUARE = b"0 0 m 10 0 l 10 10 l 0 10 l h"
ARABIC = "خذ قرصًا واحدًا (2 mg) مع الطعام."
HINDI = "क्षय रोग की दवा हर दिन लें।"
CHECK_PLACE = (72.0, 72.0)
CONTACT_PLACE = (72.0, 100.0)


def line(
    text: str,
    leaf: Leaf | None,
    *,
    size: float = 12,
    bold: bool = False,
    italic: bool = False,
    ink: Ink = Ink.TEXT,
    rise: float = 0,
    language: str = "en",
    right_to_left: bool = False,
) -> Line:
    """The text on one line, set by the text stage."""
    style = TextStyle(size, bold, italic, ink, rise)
    span = StyledSpan(text, style, language, leaf)
    (only,) = set_paragraph(StyledText((span,), language, right_to_left), 5000, LIBRARY)
    return only


@dataclass(slots=True)
class SheetBuilder:
    """A sheet being filled; what is added goes to the last page."""

    root: Element = field(default_factory=lambda: Element("Document"))
    contact: Element = field(default_factory=lambda: Element("Sect"))
    check: Element = field(default_factory=lambda: Element("Div"))
    pages: list[list[Item]] = field(default_factory=lambda: [[]])
    running: list[Item] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    language: str = "en"
    title: str = "Asthma & you"

    def add(self, *items: Item) -> None:
        self.pages[-1].extend(items)

    def paragraph(self, text: str, y: float, tag: str = "P", **style: object) -> Element:
        """A one-line element below the root, painted at the left margin."""
        element = self.root.add(tag)
        self.add(PlacedLine(line(text, element.leaf(), **style), 72, y))  # type: ignore[arg-type]
        return element

    def add_contact(self) -> None:
        self.root.children.append(self.contact)
        self.add(PanelPlace(PanelName.CONTACT, *CONTACT_PLACE, 400, 80))

    def add_check(self) -> None:
        self.root.children.append(self.check)
        self.add(PanelPlace(PanelName.CHECK, *CHECK_PLACE, 300, 60))

    def sheet(self) -> Sheet:
        return Sheet(
            paper=LETTER,
            pages=tuple(Page(tuple(items), tuple(self.running)) for items in self.pages),
            root=self.root,
            contact=self.contact,
            check=self.check,
            bookmarks=tuple(self.bookmarks),
            targets=tuple(self.targets),
            language=self.language,
            title=self.title,
            author="Handouts Project",
            subject="Asthma",
            keywords=("icd-10-cm:J45",),
            revised=date(2021, 5, 25),
        )


def small_sheet(text: str = "Breathe in.") -> Sheet:
    """One page with one paragraph and both panels."""
    builder = SheetBuilder()
    builder.paragraph("Asthma", 700, "H1", bold=True)
    builder.paragraph(text, 680)
    builder.add_contact()
    builder.add_check()
    return builder.sheet()


def full_sheet(*, panels_on_one_page: bool = False) -> Sheet:
    """Two pages with every kind of item and of structure."""
    builder = SheetBuilder()
    builder.running = [
        PanelPlace(PanelName.HEADER, 72, 730, 468, 40),
        Bar(72, 60, 468, 0.5, Ink.RULE),
        PlacedLine(line("Page of pages", None, size=9, ink=Ink.MUTED), 72, 48),
    ]
    builder.paragraph("Asthma (and “you”)", 700, "H1", size=24, bold=True, ink=Ink.ACCENT)
    builder.bookmarks = [
        Bookmark("Asthma", 1, 0, 720),
        Bookmark("Médecine", 2, 0, 600),
        Bookmark("Doses", 2, 1, 720),
        Bookmark("References", 1, 1, 300),
    ]
    _add_linked_paragraph(builder)
    _add_figures(builder)
    _add_list(builder)
    divided = builder.paragraph("This paragraph goes on", 300)
    if not panels_on_one_page:
        builder.add_contact()

    builder.pages.append([])
    rest = line("over the page.", divided.children[0])  # type: ignore[arg-type]
    builder.add(PlacedLine(rest, 72, 700))
    _add_table(builder)
    _add_other_languages(builder)
    reference = builder.paragraph("1. A book", 400)
    reference.id = "book"
    builder.targets = [Target("book", 1, 72, 412)]
    if panels_on_one_page:
        builder.add_contact()
    builder.add_check()
    return builder.sheet()


def _add_linked_paragraph(builder: SheetBuilder) -> None:
    paragraph = builder.root.add("P")
    before = paragraph.leaf()
    link = paragraph.add("Link", link="https://example.org/a?b=(c)&d=100%25")
    address = link.leaf()
    first, second = line("See the page", address, ink=Ink.ACCENT), line("of our clinic", address)
    raised = paragraph.add("Link", link="#book")
    note = line("1", raised.leaf(), size=8, rise=4)
    builder.add(
        PlacedLine(line("Ask us. ", before), 72, 660),
        PlacedLine(first, 400, 660),
        PlacedLine(second, 72, 643.5),
        PlacedLine(note, 72 + second.width, 643.5),
        LinkArea(link, 400, 657, first.width, 12, "Our clinic's page"),
        LinkArea(link, 72, 640.5, second.width, 12, "Our clinic's page"),
        LinkArea(raised, 72 + second.width, 646, note.width, 10, "Reference 1"),
    )


def _add_figures(builder: SheetBuilder) -> None:
    drawing = builder.root.add("Figure", alt="A red square with a label")
    leaf = drawing.leaf()
    builder.add(
        PlacedArtwork(RED_SQUARE, 100, 560, 80, 40, leaf),
        PlacedLine(line("Axon", leaf, size=9), 180, 570),
        PlacedArtwork(RED_SQUARE, 300, 560, 40, 20),
        PlacedArtwork(GREY_PIXELS, 400, 560, 20, 20, builder.root.add("Figure", alt="Grey").leaf()),
        Outline(SQUARE, 450, 560, 10, Ink.EMERGENCY),
        Outline(SQUARE, 480, 560, 10, Ink.TEXT, builder.root.add("Figure", alt="Code").leaf()),
        Bar(72, 540, 468, 8, Ink.TINT),
    )
    caption = drawing.add("Caption")
    builder.add(PlacedLine(line("A neuron", caption.leaf(), size=10, italic=True), 100, 545))


def _add_list(builder: SheetBuilder) -> None:
    items = builder.root.add("L", attributes={"List": {"ListNumbering": "Disc"}})
    for y, text in ((500, "Rest."), (480, "Drink.")):
        entry = items.add("LI")
        builder.add(
            PlacedLine(line("•", entry.add("Lbl").leaf(), ink=Ink.ACCENT), 72, y),
            PlacedLine(line(text, entry.add("LBody").leaf()), 84, y),
        )


def _add_table(builder: SheetBuilder) -> None:
    table = builder.root.add("Table")
    rows = (("Drug", "Dose"), ("Salbutamol", "100 µg"), ("Other", ""))
    for row, words in enumerate(rows):
        entry = table.add("TR")
        for column, text in enumerate(words):
            cell = entry.add("TD")
            if not row:
                cell.tag = "TH"
                cell.attributes = {"Table": {"Scope": "Column"}}
            if text:
                placed = line(text, cell.leaf(), bold=not row)
                builder.add(PlacedLine(placed, 72 + 200 * column, 640 - 20 * row))


def _add_other_languages(builder: SheetBuilder) -> None:
    element = builder.root.add("P", language="ar")
    arabic = line(ARABIC, element.leaf(), language="ar", right_to_left=True)
    builder.add(PlacedLine(arabic, 540 - arabic.width, 560))
    hindi = builder.paragraph(HINDI, 540, language="hi")
    hindi.language = "hi"
    vietnamese = builder.paragraph("Uống thuốc với nước", 520, language="vi")
    vietnamese.language = "vi"
    builder.paragraph("Brackets () [] \\ and 孝告", 500)


BLUE = Colour(0.12, 0.31, 0.47)


def inks(accent: Colour = BLUE) -> tuple[Colour, ...]:
    black, white = Colour(0, 0, 0), Colour(1, 1, 1)
    return tuple(
        accent if ink is Ink.ACCENT else white if ink is Ink.PAPER else black for ink in Ink
    )


def plain_panels() -> PanelSet:
    """Panels without any clinic: a heading in the contact panel and nothing else."""
    contact = Element("Sect")
    heading = PlacedLine(line("Your clinic", contact.add("H2").leaf(), bold=True), 0, 60)
    return PanelSet(
        None,
        inks(),
        {PanelName.CONTACT: Panel(400, 80, (heading, Bar(0, 20, 200, 1, Ink.RULE)), contact)},
    )


def clinic_panels(
    name: str = "Riverside Clinic",
    web: str = "https://riverside.example.org",
    accent: Colour = BLUE,
) -> PanelSet:
    """Panels of a clinic with a logo, two links, one of them over two lines, and a QR code."""
    header = (
        PlacedArtwork(RED_SQUARE, 0, 5, 40, 20),
        PlacedLine(line(name, None, bold=True, ink=Ink.ACCENT), 50, 10),
    )
    contact = Element("Sect")
    phone = contact.add("P").add("Link", link="tel:2125550142")
    page = contact.add("P").add("Link", link=web)
    address = page.leaf()
    number = line("212-555-0142", phone.leaf(), bold=True)
    parts = [line("riverside.", address), line("example.org", address)]
    areas = [LinkArea(page, 200, 58 - 14 * n, part.width, 13, web) for n, part in enumerate(parts)]
    contact_items = (
        PlacedLine(line(name, contact.add("P").leaf()), 0, 40),
        PlacedLine(number, 0, 60),
        LinkArea(phone, 0, 58, number.width, 13, "Phone: 212-555-0142"),
        *(PlacedLine(part, 200, 60 - 14 * n) for n, part in enumerate(parts)),
        *areas,
    )
    check = Element("Div")
    code = check.add("Figure", alt="A code that leads to the newest sheet")
    check_items = (
        Outline(SQUARE, 5.5, 8, 10, Ink.TEXT, code.leaf()),
        PlacedLine(line("Is there a newer sheet?", check.add("P").leaf(), size=10), 30, 10),
    )
    return PanelSet(
        None,
        inks(accent),
        {
            PanelName.HEADER: Panel(468, 40, header),
            PanelName.CONTACT: Panel(400, 80, contact_items, contact),
            PanelName.CHECK: Panel(300, 60, check_items, check),
        },
    )
