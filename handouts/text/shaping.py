"""Shaping: characters to glyphs, by HarfBuzz.

The result stands in logical order, and each glyph says which text it stands for, so that the
texts of a paragraph's glyphs join to the paragraph's text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NamedTuple

import uharfbuzz as hb

from handouts.text.faces import Face, missing_glyph
from handouts.text.glyphs import HANGING, Glyph, Piece

_UNSAFE_TO_BREAK = int(hb.GlyphFlags.UNSAFE_TO_BREAK)
# Characters keep clusters of their own until a glyph joins them, so that marks that are glyphs
# of their own bear their own text.
_CLUSTER_LEVEL = hb.BufferClusterLevel.MONOTONE_CHARACTERS


class Manner(NamedTuple):
    """All that the shaping of a text depends on."""

    face: Face
    script: str
    language: str
    right_to_left: bool


class Shaping:
    """The glyphs of a part of a paragraph, which can be cut between clusters.

    A cluster is the characters that its glyphs cannot be told apart by; ``starts`` holds where
    each begins, in characters from the start of the paragraph, and ``counts`` how many glyphs
    stand before it.
    """

    __slots__ = ("_infos", "counts", "end", "glyphs", "manner", "starts", "text")

    def __init__(
        self,
        text: str,
        end: int,
        manner: Manner,
        glyphs: list[Glyph],
        starts: Sequence[int],
        counts: Sequence[int],
        infos: Sequence[Any],
    ) -> None:
        self.text = text
        self.end = end
        self.manner = manner
        self.glyphs = glyphs
        self.starts = starts
        self.counts = counts
        self._infos = infos  # HarfBuzz's record of one glyph in each cluster

    def has_cluster_at(self, offset: int) -> bool:
        index = bisect_right(self.starts, offset) - 1
        return index >= 0 and self.starts[index] == offset

    def is_safe_at(self, offset: int) -> bool:
        """Whether a line can be broken before the cluster there without changing a glyph."""
        return self._is_safe(bisect_right(self.starts, offset) - 1)

    def safe_around(self, offset: int) -> tuple[int, int]:
        """The nearest places before and behind ``offset`` where breaking changes no glyph."""
        low = bisect_right(self.starts, offset) - 2
        while low > 0 and not self._is_safe(low):
            low -= 1
        high = bisect_right(self.starts, offset)
        while high < len(self.starts) and not self._is_safe(high):
            high += 1
        return self.starts[low], self.starts[high] if high < len(self.starts) else self.end

    def between(self, start: int, end: int) -> tuple[Glyph, ...]:
        """The glyphs of the clusters from ``start`` to before ``end``."""
        return tuple(self.glyphs[self._count(start) : self._count(end)])

    def piece(self, start: int, end: int) -> Piece:
        return self.manner.face.piece(self.text[start:end], self.between(start, end))

    def advance(self, start: int, end: int) -> float:
        return sum([glyph.advance for glyph in self.between(start, end)])

    def alone(self, start: int, end: int) -> Shaping:
        """A part of the text shaped again, by itself."""
        return shape(self.text, start, end, self.manner)

    @property
    def whole(self) -> Piece:
        return self.manner.face.piece(self.text[self.starts[0] : self.end], tuple(self.glyphs))

    def _count(self, offset: int) -> int:
        if offset == self.end:
            return len(self.glyphs)
        return self.counts[bisect_right(self.starts, offset) - 1]

    def _is_safe(self, index: int) -> bool:
        # The flag's enumeration is slow to make, so it is asked for only where a line may break.
        return not int(self._infos[index].flags) & _UNSAFE_TO_BREAK


def shape(text: str, start: int, end: int, manner: Manner) -> Shaping:
    """The glyphs from ``start`` to ``end``, with the rest of ``text`` as their context.

    Raises:
        FontError: the face has no glyph for a character.
    """
    face, script, language, right_to_left = manner
    buffer = hb.Buffer()
    buffer.cluster_level = _CLUSTER_LEVEL
    buffer.add_str(text, start, end - start)
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.script = script
    buffer.language = language
    hb.shape(face.hb_font, buffer)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    if right_to_left:
        infos.reverse()
        positions.reverse()
    clusters = [info.cluster for info in infos]
    gids = [info.codepoint for info in infos]
    places = [position.position for position in positions]
    if 0 in gids:
        raise missing_glyph(text[clusters[gids.index(0)]], text[start:end].strip(), language)
    if clusters == list(range(start, end)):
        glyphs = face.glyphs(zip(gids, text[start:end], places, strict=True))
        return Shaping(text, end, manner, glyphs, clusters, range(len(glyphs)), infos)
    glyphs, starts, counts, kept = [], [], [], []
    first, total = 0, len(gids)
    while first < total:
        last = first + 1
        while last < total and clusters[last] == clusters[first]:
            last += 1
        starts.append(clusters[first])
        counts.append(len(glyphs))
        kept.append(infos[first])
        borne = text[clusters[first] : clusters[last] if last < total else end]
        if last - first == 1 and not (right_to_left and len(borne) > 1):
            glyphs.append(face.glyph(gids[first], borne, places[first]))
        else:
            glyphs += _bearing(borne, gids[first:last], places[first:last], face, right_to_left)
        first = last
    return Shaping(text, end, manner, glyphs, starts, counts, kept)


def _bearing(
    text: str,
    gids: Sequence[int],
    places: Sequence[tuple[int, int, int, int]],
    face: Face,
    right_to_left: bool,
) -> list[Glyph]:
    """A cluster's glyphs with its text on the widest of them.

    Readers of PDF reverse a glyph of several characters in a right-to-left run. There the widest
    glyph bears the first character only and empty glyphs behind it bear the others.
    """
    bearer = 0
    if len(gids) > 1:
        widths = [face.width(gid) for gid in gids]
        bearer = widths.index(max(widths))
    borne = text[0] if right_to_left else text
    glyphs = [
        face.glyph(gid, borne if index == bearer else "", place)
        for index, (gid, place) in enumerate(zip(gids, places, strict=True))
    ]
    if right_to_left:
        glyphs.extend(face.glyph(face.space, character, (0, 0, 0, 0)) for character in text[1:])
    return glyphs


def is_white(piece: Piece) -> bool:
    """Whether the piece is white space that hangs at a line's end, and nothing else."""
    return piece.hang == piece.advance and not piece.text.strip(HANGING)
