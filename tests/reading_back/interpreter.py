"""Runs content streams: which glyphs, drawings and forms they paint, where, in which marks."""

# ruff: noqa: SIM905

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from pypdf.generic import IndirectObject

from tests.reading_back.fonts import Font
from tests.reading_back.objects import lookup
from tests.reading_back.operators import ContentStreamError, Name, operators
from tests.reading_back.painting import Drawing, FormUse, Glyph, PaintedPage, Part, Sequence, Shown

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)
_PATH_PAINTING = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s"))
_PAINTS_NOTHING = frozenset(
    # paths and clipping, graphics state, colours, points in content
    "m l c v y h re n W W* w J j M d ri i gs cs CS sc scn SC SCN g G rg RG k K"
    " ET MP DP BX EX".split()
)


@dataclass(frozen=True, slots=True)
class _State:
    """The part of the graphics state that places text (8.4.1, 9.3.1)."""

    matrix: Matrix = _UNIT
    font: Font | None = None
    size: float = 0.0
    character_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class Interpreter:
    """Paints pages of one file; a font is read once."""

    def __init__(self) -> None:
        self._fonts: dict[int, Font] = {}

    def page(self, page: Any) -> PaintedPage:
        """What the page, a pypdf page object, paints."""
        contents = page.get_contents()
        number = page.indirect_reference.idnum
        run = _Run(self, lookup(page, "/Resources", {}), number, _State(), ())
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        parts = run.parts(b"" if contents is None else contents.get_data())
        return PaintedPage(number, (left, bottom, right, top), parts)

    def font(self, reference: Any) -> Font:
        if not isinstance(reference, IndirectObject):
            return Font(reference)
        if reference.idnum not in self._fonts:
            self._fonts[reference.idnum] = Font(reference.get_object())
        return self._fonts[reference.idnum]


class _Run:
    """One pass through one content stream; ``outer`` are the streams that it is painted from."""

    def __init__(
        self,
        interpreter: Interpreter,
        resources: Any,
        stream: int,
        state: _State,
        outer: tuple[int, ...],
    ) -> None:
        self._interpreter = interpreter
        self._resources = resources
        self._stream = stream
        self._streams = (*outer, stream)
        self._state = state
        self._saved: list[_State] = []
        self._text = self._line = _UNIT
        self._open: list[list[Part]] = [[]]

    def parts(self, data: bytes) -> list[Part]:
        for operator, operands in operators(data):
            if operator not in _PAINTS_NOTHING:
                self._apply(operator, operands)
        if len(self._open) > 1 or self._saved:
            raise self._error("BDC without EMC" if len(self._open) > 1 else "q without Q")
        return self._open[0]

    def _apply(self, operator: str, operands: list[Any]) -> None:
        match operator, operands:
            case "q", []:
                self._saved.append(self._state)
            case "Q", []:
                if not self._saved:
                    raise self._error("Q without q")
                self._state = self._saved.pop()
            case "cm", [_, _, _, _, _, _]:
                self._set(matrix=_times(tuple(operands), self._state.matrix))
            case "BMC", [Name() as tag]:
                self._begin(tag, {})
            case "BDC", [Name() as tag, Name() as name]:
                named = self._resource("/Properties", name).get_object()
                self._begin(tag, {str(key)[1:]: value for key, value in named.items()})
            case "BDC", [Name() as tag, dict() as properties]:
                self._begin(tag, properties)
            case "EMC", []:
                if len(self._open) == 1:
                    raise self._error("EMC without BDC")
                self._open.pop()
            case "BT", []:
                self._text = self._line = _UNIT
            case "Tm", [_, _, _, _, _, _]:
                self._text = self._line = tuple(operands)
            case "Td", [x, y]:
                self._next_line(x, y)
            case "TD", [x, y]:
                self._set(leading=-y)
                self._next_line(x, y)
            case "T*", []:
                self._next_line(0, -self._state.leading)
            case "Tf", [Name() as name, size]:
                self._set(font=self._interpreter.font(self._resource("/Font", name)), size=size)
            case "Tc", [space]:
                self._set(character_space=space)
            case "Tw", [space]:
                self._set(word_space=space)
            case "Tz", [percent]:
                self._set(stretch=percent / 100)
            case "TL", [leading]:
                self._set(leading=leading)
            case "Ts", [rise]:
                self._set(rise=rise)
            case "Tr", [mode]:
                self._set(mode=mode)
            case "Tj", [bytes() as string]:
                self._show([string])
            case "TJ", [list() as items]:
                self._show(items)
            case "'", [bytes() as string]:
                self._next_line(0, -self._state.leading)
                self._show([string])
            case '"', [word_space, character_space, bytes() as string]:
                self._set(word_space=word_space, character_space=character_space)
                self._next_line(0, -self._state.leading)
                self._show([string])
            case "sh", [Name()]:
                self._paint(Drawing("shading"))
            case "Do", [Name() as name]:
                self._do(self._resource("/XObject", name))
            case _, [] if operator in _PATH_PAINTING:
                self._paint(Drawing("path"))
            case _:
                raise self._error(f"{operator} with the operands {operands} is not read")

    def _set(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)

    def _paint(self, part: Part) -> None:
        self._open[-1].append(part)

    def _begin(self, tag: str, properties: dict[str, Any]) -> None:
        sequence = Sequence(str(tag), properties, self._stream)
        self._paint(sequence)
        self._open.append(sequence.parts)

    def _next_line(self, x: float, y: float) -> None:
        self._text = self._line = _times((1, 0, 0, 1, x, y), self._line)

    def _show(self, items: list[Any]) -> None:
        """Paint strings, moved along by the numbers between them (TJ)."""
        glyphs: list[Glyph] = []
        for item in items:
            if isinstance(item, bytes):
                glyphs.extend(self._glyphs(item))
            else:
                self._move(-item / 1000 * self._state.size)
        self._paint(Shown(tuple(glyphs)))

    def _glyphs(self, string: bytes) -> Iterator[Glyph]:
        state = self._state
        font = state.font
        if font is None:
            raise self._error("text without a font")
        for code in font.codes(string):
            placed = _times((1, 0, 0, 1, 0, state.rise), _times(self._text, state.matrix))
            size = abs(state.size) * math.hypot(placed[2], placed[3])
            yield Glyph(font, code, font.text(code), placed[4], placed[5], size, state.mode != 3)
            is_space = font.code_length == 1 and code == 32
            self._move(
                font.width(code) / 1000 * state.size
                + state.character_space
                + (state.word_space if is_space else 0)
            )

    def _move(self, advance: float) -> None:
        self._text = _times((1, 0, 0, 1, advance * self._state.stretch, 0), self._text)

    def _do(self, reference: Any) -> None:
        external = reference.get_object()
        if external["/Subtype"] == "/Image":
            self._paint(Drawing("image"))
            return
        number = reference.idnum
        if number in self._streams:
            raise self._error(f"form {number} paints itself")
        matrix = tuple(float(number) for number in lookup(external, "/Matrix", _UNIT))
        state = replace(self._state, matrix=_times(matrix, self._state.matrix))
        resources = lookup(external, "/Resources", self._resources)
        run = _Run(self._interpreter, resources, number, state, self._streams)
        self._paint(FormUse(number, run.parts(external.get_data())))

    def _resource(self, kind: str, name: str) -> Any:
        """The resource as it stands in its dictionary: a reference, or the object itself."""
        entries = lookup(self._resources, kind, {})
        if f"/{name}" not in entries:
            raise self._error(f"no resource {name} in {kind}")
        return entries.raw_get(f"/{name}")

    def _error(self, problem: str) -> ContentStreamError:
        return ContentStreamError(f"object {self._stream}: {problem}")


def _times(first: tuple[float, ...], second: Matrix) -> Matrix:
    """``first`` applied before ``second`` (8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
