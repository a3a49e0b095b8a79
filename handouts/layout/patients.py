"""The patient's panel: who, when, with whom, and notes; lines to write on where nothing is known.

What is too long for its line is set smaller, down to the small type of the edition, and after that
refused; notes that are too long move whole to a page of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handouts.diagnostics import Diagnostic, LayoutError, discreet
from handouts.document import Words
from handouts.edition import Edition
from handouts.inks import Ink
from handouts.languages import Language
from handouts.layout.pages import Bar, Item, Panel, PlacedLine
from handouts.layout.placing import Mirror, placed_items
from handouts.layout.setting import Box, Setting, setting_for
from handouts.layout.style import CONTACT_TOP
from handouts.layout.typesetting import Typesetter
from handouts.paper import Paper
from handouts.patient import Patient
from handouts.structure import Element
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import Line
from handouts.wording.patient import values_of

GAP = 8.0  # between a label and what stands or is written after it
COLUMN_GAP = 14.0
NOTE_LINES = 2  # to write notes on
ABOVE_LINE = 6.0  # from the foot of a line's room to its baseline

# The labels of each line, from top to bottom; notes have the rest of the panel. A line without a
# label goes on with what is above it: in large letters a date with its weekday needs two.
_IN_TWO_COLUMNS = (("patient", "clinician"), ("appointment",))
_IN_ONE_COLUMN = (("patient",), ("clinician",), ("appointment",), ())


def notes_fit(
    patient: Patient, language: Language, fonts: FontLibrary, paper: Paper, edition: Edition
) -> bool:
    """Whether the notes have room in the box.

    Raises:
        FontError: a character that no face has; the notes are not repeated in the message.
    """
    panel = _Panel(setting_for(Typesetter(language, fonts, edition=edition), paper))
    try:
        return panel.height_of_notes(patient) <= panel.room_of_notes
    except LayoutError:  # a word is wider than the box
        return False


def lay_out_patient(patient: Patient, setting: Setting) -> Panel:
    """The panel, mirrored for right-to-left sheets.

    Raises:
        LayoutError: something is too long for its line.
        FontError: a character that no face has.
            Neither repeats in its message what is said of the patient.
    """
    return _Panel(setting).laid_out(patient)


@dataclass(frozen=True, slots=True)
class _Panel:
    setting: Setting

    @property
    def lines(self) -> tuple[tuple[str, ...], ...]:
        return _IN_ONE_COLUMN if self.setting.columns.single else _IN_TWO_COLUMNS

    @property
    def top(self) -> float:
        columns = self.setting.columns
        return columns.patient - (0 if columns.single else CONTACT_TOP)

    @property
    def pitch(self) -> float:
        """From line to line."""
        return self.top / (len(self.lines) + NOTE_LINES)

    @property
    def box(self) -> Box:
        return Box(self.setting.columns.main, self.setting.columns.measure)

    @property
    def room_of_notes(self) -> float:
        return NOTE_LINES * self.pitch

    def height_of_notes(self, patient: Patient) -> float:
        return len(self._note_lines(patient)) * self.setting.style.small.leading

    def _note_lines(self, patient: Patient) -> list[Line]:
        width = self.box.width - self._label("notes", None).width - GAP
        small = self.setting.style.small
        lines: list[Line] = []
        for number, note in enumerate(patient.notes, start=1):
            with discreet(f"paragraph {number} of the notes"):
                lines += self.setting.typesetter.phrase(note, None, small, width, isolate=True)
        return lines

    def laid_out(self, patient: Patient) -> Panel:
        columns = self.setting.columns
        element = Element("Div")
        items: list[Item] = []
        if not columns.single:
            items.append(Bar(0, columns.patient - 1, columns.width, 1, Ink.ACCENT))
        listed = element.add("L", attributes={"List": {"ListNumbering": "None"}})
        values = values_of(patient, self.setting.typesetter.language)
        for number, keys in enumerate(self.lines):
            baseline = self.top - (number + 1) * self.pitch + ABOVE_LINE
            width = (self.box.width - COLUMN_GAP * (len(keys) - 1)) / max(len(keys), 1)
            has_more = number + 1 < len(self.lines) and not self.lines[number + 1]
            for order, key in enumerate(keys):
                box = Box(self.box.x + order * (width + COLUMN_GAP), width)
                items += self._field(key, values[key], listed, box, baseline, has_more=has_more)
        items += self._notes(patient, listed)
        mirror = Mirror(columns.width if self.setting.right_to_left else 0)
        placed = placed_items(items, 0, 0, mirror)
        return Panel(columns.width, columns.patient, placed, element)

    def _label(self, key: str, element: Element | None) -> Line:
        leaf = element.leaf() if element is not None else None
        type_ = self.setting.style.small.with_ink(Ink.MUTED)
        words = [Words(self.setting.word(key))]
        place_ = "the box for the patient"
        return self.setting.typesetter.line(words, leaf, type_, self.box.width / 2, place=place_)

    def _field(
        self,
        key: str,
        value: str,
        listed: Element,
        box: Box,
        baseline: float,
        *,
        has_more: bool,
    ) -> list[Item]:
        """A label with its value or a line to write on; two lines if it ``has_more``."""
        entry = listed.add("LI")
        label = self._label(key, entry.add("Lbl"))
        items: list[Item] = [PlacedLine(label, box.x, baseline)]
        rest = box.inset(label.width + GAP)
        if not value:
            places = [rest, box] if has_more else [rest]
            return items + [
                Bar(place_.x, baseline - order * self.pitch - 2, place_.width, 0.75, Ink.MUTED)
                for order, place_ in enumerate(places)
            ]
        leaf = entry.add("LBody").leaf()
        lines = self._few_lines(key, value, rest.width, 2 if has_more else 1)
        return items + [
            PlacedLine(line.filling(leaf), rest.x, baseline - order * self.pitch)
            for order, line in enumerate(lines)
        ]

    def _few_lines(self, key: str, value: str, width: float, most: int) -> Sequence[Line]:
        style = self.setting.style
        what = f'what stands after "{self.setting.word(key)}"'
        for type_ in (style.body.strong(), style.small.strong(), style.small):
            try:
                with discreet(what):
                    lines = self.setting.typesetter.phrase(value, None, type_, width, isolate=True)
            except LayoutError:  # a word is wider than the line
                continue
            if len(lines) <= most:
                return lines
        raise LayoutError(
            Diagnostic(
                f"{what} is too long for its line",
                hint="shorten it, or write the rest as a note",
            )
        )

    def _notes(self, patient: Patient, listed: Element) -> list[Item]:
        """Notes from the top of their room down, or lines to write them on."""
        entry, box, small = listed.add("LI"), self.box, self.setting.style.small
        label = self._label("notes", entry.add("Lbl"))
        if not patient.notes:
            first = self.room_of_notes - self.pitch + ABOVE_LINE
            start = box.x + label.width + GAP
            return [
                PlacedLine(label, box.x, first),
                Bar(start, first - 2, box.width - label.width - GAP, 0.75, Ink.MUTED),
                *(
                    Bar(box.x, first - number * self.pitch - 2, box.width, 0.75, Ink.MUTED)
                    for number in range(1, NOTE_LINES)
                ),
            ]
        if patient.notes_page:
            words = self.setting.word("notes_elsewhere", page=patient.notes_page)
            patient = Patient(notes=(words,))
        leaf = entry.add("LBody").leaf()
        y = self.room_of_notes - small.baseline
        items: list[Item] = [PlacedLine(label, box.x, y)]
        for line in self._note_lines(patient):
            items.append(PlacedLine(line.filling(leaf), box.x + label.width + GAP, y))
            y -= small.leading
        return items
