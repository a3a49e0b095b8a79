"""Pack: several handouts become one PDF, with one structure tree, for one clinic.

What is the same for all of them is read and laid out once: the clinic, and its panels in each
language. One file serves one clinic, so nothing but the colours is left to the imprint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from handouts.diagnostics import Diagnostic, HandoutError, UsageError
from handouts.languages import Language
from handouts.layout.covers import Entry, lay_out_cover
from handouts.layout.filling import filled
from handouts.layout.packets import joined, paging, sheet_link
from handouts.layout.pages import PanelSet, Printing, Sheet
from handouts.layout.panels import lay_out_panels
from handouts.layout.setting import Setting, setting_for
from handouts.layout.typesetting import Typesetter
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import Built, fonts, lay_out_prepared
from handouts.preparing import Prepared, clinic_of, prepare
from handouts.reading.library import Library
from handouts.request import PacketRequest


def pack(library: Library, request: PacketRequest) -> Built:
    """The handouts that a request names, in its order, as one PDF.

    The packet itself is in the language that was asked for, or else in that of its first handout.

    Raises:
        HandoutError: with every problem of every handout; nothing is made then. Where problems
            are of several kinds, it is of the kind with the lowest exit code.
    """
    _check_named(request.handouts)
    known = clinic_of(library, request.wish)
    prepared: list[Prepared] = []
    mistakes: list[HandoutError] = []
    for slug in request.handouts:
        try:
            prepared.append(prepare(library, replace(request.wish, handout=slug), known))
        except HandoutError as error:
            mistakes.append(error)
    if prepared:
        try:
            packed = set_in_packet(prepared, request)
        except HandoutError as error:
            mistakes.append(error)
    if mistakes:
        raise _together(mistakes)
    return packed


def set_in_packet(prepared: Sequence[Prepared], request: PacketRequest) -> Built:
    """What was prepared, all for one clinic and in one edition, as one PDF.

    Raises:
        HandoutError: with everything that does not fit its place or cannot be shown, as ``pack``.
    """
    desk = _Desk(prepared[0])
    sheets: list[Sheet] = []
    mistakes: list[HandoutError] = []
    for one in prepared:
        try:
            sheets.append(desk.sheet(one))
        except HandoutError as error:
            mistakes.append(error)
    if mistakes:
        raise _together(mistakes)
    master = paint_master(desk.packet(sheets, request))
    warnings = dict.fromkeys(warning for one in prepared for warning in one.warnings)
    return Built(
        press(master, paint_imprint(desk.only_colours())),
        desk.language.tag,
        master.page_count,
        prepared[0].paper,
        tuple(warnings),
    )


def _check_named(handouts: Sequence[str]) -> None:
    """Raises UsageError."""
    hint = "name it once; --copies is for more copies of the whole packet"
    twice = [slug for slug, count in Counter(handouts).items() if count > 1]
    if twice:
        raise UsageError(
            Diagnostic(f'the handout "{slug}" is named more than once', hint=hint) for slug in twice
        )


def _together(mistakes: Sequence[HandoutError]) -> HandoutError:
    kind = type(min(mistakes, key=lambda error: error.exit_code))
    return kind(dict.fromkeys(found for error in mistakes for found in error.diagnostics))


@dataclass(slots=True)
class _Desk:
    """Where a packet is put together; keeps what is the same for all sheets of a language.

    ``first`` is what was prepared of the first handout: all have its clinic, paper and edition.
    """

    first: Prepared
    _panels: dict[str, PanelSet] = field(default_factory=dict)
    _settings: dict[str, Setting] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """The packet's own."""
        return self.first.languages.language(self.first.wanted or self.first.language.tag)

    def sheet(self, prepared: Prepared) -> Sheet:
        """A handout laid out, with the clinic's panels in its language."""
        return self._filled(lay_out_prepared(prepared, in_packet=True))

    def packet(self, sheets: Sequence[Sheet], request: PacketRequest) -> Sheet:
        """The sheets as one, below a cover if the request asks for it."""
        clinic, own = self.first.clinic, self.setting(self.language.tag)
        title = " · ".join([own.word("packet"), *([clinic.name] if clinic is not None else [])])
        printing = Printing(duplex=request.duplex, copies=request.copies)
        if request.cover:
            sheets = [self._cover(sheets, request), *sheets]
        return joined(sheets, self.setting, title, self.language, printing)

    def only_colours(self) -> PanelSet:
        """The clinic's, for a packet whose panels are filled."""
        return replace(self._panels_in(self.language.tag), panels={})

    def setting(self, tag: str) -> Setting:
        """That of what the packet adds to a sheet in a language."""
        if tag not in self._settings:
            first = self.first
            language = first.languages.language(tag)
            typesetter = Typesetter(language, fonts(), edition=first.edition)
            setting = setting_for(typesetter, first.paper, first.languages)
            self._settings[tag] = replace(setting, in_packet=True)
        return self._settings[tag]

    def _cover(self, sheets: Sequence[Sheet], request: PacketRequest) -> Sheet:
        """The cover; how many pages it takes itself does not change with the numbers on it."""
        count = 1
        while True:
            counts = [count, *(len(sheet.pages) for sheet in sheets)]
            starts = paging(counts, duplex=request.duplex).starts[1:]
            entries = [
                Entry(
                    sheet.title,
                    sheet.title_language or sheet.language,
                    sheet_link(order),
                    start + 1,
                )
                for order, (sheet, start) in enumerate(zip(sheets, starts, strict=True), start=2)
            ]
            cover = lay_out_cover(entries, self.setting(self.language.tag))
            if len(cover.pages) == count:
                return self._filled(cover)
            count = len(cover.pages)

    def _filled(self, sheet: Sheet) -> Sheet:
        return filled(sheet, self._panels_in(sheet.language).panels)

    def _panels_in(self, tag: str) -> PanelSet:
        if tag not in self._panels:
            first = self.first
            self._panels[tag] = lay_out_panels(
                first.clinic, first.languages.language(tag), fonts(), first.paper, first.edition
            )
        return self._panels[tag]
