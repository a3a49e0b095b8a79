"""Rows and the strip: the one flowable of a sheet.

Every block comes down to rows, horizontal pieces that are never cut. A strip is a sequence of
rows with Platypus' manners: it says how high it is, splits between rows where that is allowed,
and is drawn on a ``PageRecorder``. Structure is no concern of rows: their leaves know it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reportlab.platypus import Flowable, FrameBreak

from handouts.diagnostics import NOWHERE, SourceSpan
from handouts.inks import Ink
from handouts.layout.pages import Bar, Item, PlacedLine
from handouts.layout.placing import Anchor, Mirror, mirrored, moved
from handouts.layout.setting import Box, Setting
from handouts.layout.style import Type
from handouts.text.glyphs import Line

if TYPE_CHECKING:
    from handouts.layout.recorder import PageRecorder


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """A tint or a bar behind neighbouring rows, from the first that has it to the last."""

    x: float
    width: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of a column that is never cut.

    Item places count from the row's upper start corner, so that y is negative below it.
    ``space`` is the white space above the row, dropped at the head of a page. A row that
    ``keeps`` stays on one page with the row before it. ``bands`` lie behind it, in the order in
    which they are painted. ``repeats`` are rows painted again, as artifacts, when a page begins
    with this row (table headers). With a row that ``opens`` a block, an item or a table row begins:
    in facing columns it stands beside its twin. The items of the ``facing`` column are painted
    after those of all rows of the strip on the page.
    """

    height: float
    items: tuple[Item | Anchor, ...] = ()
    space: float = 0.0
    keeps: bool = False
    bands: tuple[Band, ...] = ()
    repeats: tuple[Row, ...] = ()
    opens: bool = False
    facing: tuple[Item | Anchor, ...] = ()


def line_rows(lines: Sequence[Line], type_: Type, x: float, *, space: float = 0.0) -> list[Row]:
    """A paragraph's lines as rows: the first two and the last two stay together."""
    last = len(lines) - 1
    baseline = -type_.baseline
    return [
        Row(
            type_.leading,
            (PlacedLine(line, x, baseline),),
            space if number == 0 else 0.0,
            keeps=number == 1 or (number == last and number > 0),
            opens=number == 0,
        )
        for number, line in enumerate(lines)
    ]


def height_of(rows: Iterable[Row], density: float = 1.0) -> float:
    """The height of rows one below the other, the space above the first left out.

    ``density`` is what the spaces between them are multiplied by.
    """
    total = 0.0
    for number, row in enumerate(rows):
        total += row.height + (row.space * density if number else 0.0)
    return total


def keeping(row: Row) -> Row:
    """The same row, on one page with the row before it."""
    return row if row.keeps else replace(row, keeps=True)


def spaced(row: Row, space: float) -> Row:
    """The same row with another space above it."""
    return replace(row, space=space)


def backed(row: Row, *bands: Band) -> Row:
    """The same row with more bands, behind its own."""
    return replace(row, bands=(*bands, *row.bands))


def beside(row: Row, *items: Item | Anchor) -> Row:
    """The row with more items in it, painted before its own."""
    return replace(row, items=(*items, *row.items))


def kept(rows: Sequence[Row]) -> list[Row]:
    """The same rows, all on one page."""
    return [row if number == 0 else keeping(row) for number, row in enumerate(rows)]


def side_by_side(*columns: Sequence[Row], step: float) -> Row:
    """Columns of rows as one row that is as high as the highest of them.

    Each column is moved by ``step`` points from the one before it. Painting goes down one column
    after another.
    """
    items: list[Item | Anchor] = []
    for order, rows in enumerate(columns):
        top = 0.0
        for number, row in enumerate(rows):
            top -= row.space if number else 0.0
            items += [moved(item, order * step, top) for item in row.items]
            top -= row.height
    return Row(max(height_of(rows) for rows in columns), tuple(items))


def turned(rows: Sequence[Row], box: Box) -> list[Row]:
    """The rows mirrored inside the box, for what runs against the direction of its page.

    The page's own mirroring, or its lack, then leaves them running in their own direction.
    """
    mirror = Mirror(2 * box.x + box.width)
    bands: dict[Band, Band] = {}
    for band in dict.fromkeys(band for row in rows for band in row.bands):
        bands[band] = Band(mirror.x(band.x, band.width), band.width, band.ink)
    return [
        replace(
            row,
            items=tuple(mirrored(item, mirror) for item in row.items),
            bands=tuple(bands[band] for band in row.bands),
            repeats=tuple(turned(row.repeats, box)),
        )
        for row in rows
    ]


def as_run(rows: list[Row], box: Box, own: Setting, page: Setting) -> list[Row]:
    """The rows as their ``own`` language runs, on a page that may run the other way."""
    return turned(rows, box) if own.right_to_left != page.right_to_left else rows


class Strip(Flowable):  # type: ignore[misc]
    """Rows in a frame.

    Args:
        rows: from top to bottom.
        space: the white space above the strip unless it stands at the head of a page.
        divider: a row above the others that is left out at the head of a page too.
        density: what all spaces are multiplied by; below 1 a sheet is set closer.
        heading: what the reader knows the content by.
        span: where the content was written, for errors.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        *,
        space: float = 0.0,
        divider: Row | None = None,
        density: float = 1.0,
        heading: str = "",
        span: SourceSpan = NOWHERE,
    ) -> None:
        self.rows = tuple(rows)
        self.shown = self.rows
        self.heading = heading
        self.span = span
        self.divider = divider
        self.density = density
        self.spaceBefore = space * density
        self.spaceAfter = 0.0
        self.width = 0.0

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.shown = self.rows
        if self.divider is not None and not self._frame_is_fresh():
            self.shown = (self.divider, keeping(spaced(self.rows[0], 0)), *self.rows[1:])
        self.height = height_of(self.shown, self.density)
        return 0.0, self.height

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        """Two strips with a frame's end between them; nothing if no cut is allowed.

        The last allowed place that fits is taken. Rows that keep together are parted only when
        they are higher than the whole frame.
        """
        cut = self._last_cut(available_height, respect_keeps=True)
        if not cut and self._frame_is_fresh():
            cut = self._last_cut(available_height, respect_keeps=False)
        if not cut:
            return []
        space = self.spaceBefore / self.density
        rest = self.shown[cut:]
        if rest[0].repeats:
            rest = (*rest[0].repeats, *rest)
        return [
            self._piece(self.shown[:cut], space),
            FrameBreak(),  # without the space above it, the rest might fit into this frame still
            self._piece(rest),
        ]

    def _piece(self, rows: Sequence[Row], space: float = 0.0) -> Strip:
        return Strip(rows, space=space, density=self.density, heading=self.heading, span=self.span)

    def _last_cut(self, available_height: float, *, respect_keeps: bool) -> int:
        cut, height = 0, 0.0
        for number, row in enumerate(self.shown):
            if number and not (respect_keeps and row.keeps):
                cut = number
            height += row.height + (row.space * self.density if number else 0.0)
            if height > available_height + 1e-6:
                return cut
        return 0

    def _frame_is_fresh(self) -> bool:
        frame = getattr(self, "_frame", None)
        return frame is not None and bool(frame._atTop)

    @property
    def line_count(self) -> int:
        """How many lines of text stand one below the other."""
        lines, top = set(), 0.0
        for row in self.shown:
            lines |= {round(top + item.y) for item in row.items if isinstance(item, PlacedLine)}
            top -= row.space + row.height
        return len(lines)

    def drawOn(self, canvas: PageRecorder, x: float, y: float, _sW: float = 0) -> None:
        canvas.strips.append((canvas.getPageNumber(), self))
        top = y + self.height
        facing: list[tuple[Row, float]] = []
        canvas.place(self._bands(), x, top)
        for number, row in enumerate(self.shown):
            if number:
                top -= row.space * self.density
            canvas.place(row.items, x, top)
            facing.append((row, top))
            top -= row.height
        for row, top in facing:
            canvas.place(row.facing, x, top)

    def _bands(self) -> Iterable[Item]:
        """The bands of the strip, each from the top of its first row to the foot of its last."""
        bottom = 0.0
        reach: dict[Band, tuple[float, float]] = {}
        for number, row in enumerate(self.shown):
            top = bottom - (row.space * self.density if number else 0.0)
            bottom = top - row.height
            for band in row.bands:
                reach[band] = (reach[band][0] if band in reach else top, bottom)
        for band, (top, bottom) in reach.items():
            yield Bar(band.x, bottom, band.width, top - bottom, band.ink)
