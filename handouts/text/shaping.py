"""Shaping: characters to glyphs, by HarfBuzz.

The result stands in logical order, and each glyph says which text it stands for, so that the
texts of a paragraph's glyphs join to the paragraph's text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import uharfbuzz as hb

from handouts.text.fonts import Face, missing_glyph
from handouts.text.glyphs import Glyph, Piece

# White space that hangs at a line's end. The no-break spaces and the figure space are not in it.
HANGING = " \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u200b\u205f\u3000"

_UNSAFE_TO_BREAK = int(hb.GlyphFlags.UNSAFE_TO_BREAK)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The glyphs of characters that cannot be told apart, from ``start`` on in the paragraph.

    Breaking a line before a cluster that ``is_safe`` leaves all glyphs as they are.
    """

    start: int
    glyphs: tuple[Glyph, ...]
    is_safe: bool


def shape(
    text: str,
    start: int,
    end: int,
    face: Face,
    script: str,
    language: str,
    right_to_left: bool,
) -> list[Cluster]:
    """The clusters from ``start`` to ``end`` in logical order; the rest of ``text`` is context.

    Raises:
        FontError: the face has no glyph for a character.
    """
    buffer = hb.Buffer()
    # Characters keep clusters of their own until a glyph joins them, so that marks that are
    # glyphs of their own bear their own text.
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text, start, end - start)
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.script = script
    buffer.language = language
    hb.shape(face.hb_font, buffer)
    shaped = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    if right_to_left:
        shaped.reverse()
    clusters: list[Cluster] = []
    index = 0
    while index < len(shaped):
        first, members = shaped[index][0], []
        while index < len(shaped) and shaped[index][0].cluster == first.cluster:
            info, position = shaped[index]
            if info.codepoint == 0:
                raise missing_glyph(text[info.cluster], text[start:end].strip(), language)
            members.append(
                (
                    info.codepoint,
                    position.x_advance * face.scale,
                    position.x_offset * face.scale,
                    position.y_offset * face.scale,
                )
            )
            index += 1
        stop = shaped[index][0].cluster if index < len(shaped) else end
        glyphs = _bearing(text[first.cluster : stop], members, face, right_to_left)
        safe = not first.flags & _UNSAFE_TO_BREAK
        clusters.append(Cluster(first.cluster, glyphs, safe))
    return clusters


def _bearing(
    text: str, members: Sequence[tuple[int, float, float, float]], face: Face, right_to_left: bool
) -> tuple[Glyph, ...]:
    """A cluster's glyphs with its text on the widest of them.

    Readers of PDF reverse a glyph of several characters in a right-to-left run. There the widest
    glyph bears the first character only and empty glyphs behind it bear the others.
    """
    bearer = 0
    if len(members) > 1:
        widths = [face.width(member[0]) for member in members]
        bearer = widths.index(max(widths))
    borne = text[0] if right_to_left else text
    glyphs = [
        Glyph(gid, borne if number == bearer else "", advance, dx, dy)
        for number, (gid, advance, dx, dy) in enumerate(members)
    ]
    if right_to_left:
        glyphs.extend(Glyph(face.space, character, 0.0) for character in text[1:])
    return tuple(glyphs)


def piece_of(text: str, glyphs: tuple[Glyph, ...]) -> Piece:
    """Glyphs put together, with their sums."""
    advance = sum([glyph.advance for glyph in glyphs])
    hang = 0.0
    if text[-1] in HANGING:
        for glyph in reversed(glyphs):
            if not glyph.text or glyph.text not in HANGING:
                break
            hang += glyph.advance
    return Piece(text, glyphs, advance, hang)
