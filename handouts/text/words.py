"""Words shaped once for all paragraphs in which they stand.

This gives what shaping the whole paragraph would give, because it is done only with faces
whose rules do not reach across a space, and only with words whose script and direction do not
depend on what stands around them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from handouts.text.bidi import bidi_class
from handouts.text.fonts import FontLibrary
from handouts.text.glyphs import Glyph, Piece, TextStyle
from handouts.text.itemizing import covers_all
from handouts.text.scripts import may_be_in, script_of_language
from handouts.text.shaping import Manner, shape

# The vocabulary of some hundred handouts; a cache that is full starts afresh.
LIMIT = 20_000

# Classes that take the paragraph's level wherever they stand in a text of their direction.
_WITH_ANY_DIRECTION = {"NSM", "ON", "CS", "ES", "ET", "WS", "BN"}
_WITH_DIRECTION = {
    False: frozenset({"L", "EN", *_WITH_ANY_DIRECTION}),
    True: frozenset({"R", "AL", *_WITH_ANY_DIRECTION}),
}


@dataclass(slots=True)
class WordCache:
    """The words of one face, script, language and direction.

    ``_followed`` holds pieces with a space at their end, ``_last`` those without, for the words
    that stood last and those that a space changes. ``_leads`` are the words that change the space
    before them, with that space, ``_spaced`` the pieces that came of it.
    """

    manner: Manner
    _followed: dict[str, Piece] = field(default_factory=dict)
    _last: dict[str, Piece] = field(default_factory=dict)
    _leads: dict[str, Glyph] = field(default_factory=dict)
    _spaced: dict[tuple[Piece, Glyph], Piece] = field(default_factory=dict)
    _others: set[str] = field(default_factory=set)
    _ordinary: set[str] = field(default_factory=set)

    @property
    def count(self) -> int:
        return len(self._followed) + len(self._others)

    def shaped(self, words: Sequence[str]) -> list[Piece] | None:
        """The pieces of a text that was split at its spaces; None if it must be shaped whole.

        All words but the last one have a space behind them; the last is empty if the text ends
        with a space.
        """
        followed, last = words[:-1], words[-1]
        pieces: list[Piece] = list(map(self._followed.get, followed))  # type: ignore[arg-type]
        if None in pieces:
            for index, word in enumerate(followed):
                if pieces[index] is None:
                    if not self._learn(word):
                        return None
                    pieces[index] = self._followed[word]
        if last:
            piece = self._last.get(last) or self._without_space(last)
            if piece is None:
                return None
            pieces.append(piece)
        if not self._leads.keys().isdisjoint(words[1:]):
            for index, word in enumerate(words[1:]):
                if word in self._leads:
                    key = (pieces[index], self._leads[word])
                    pieces[index] = self._spaced.get(key) or self._with_space(*key)
        return pieces

    def _learn(self, word: str) -> bool:
        """Shape the word; False if it cannot be shaped by itself."""
        if word in self._others:
            return False
        if self.count > LIMIT:
            for kept in (self._followed, self._last, self._leads, self._spaced, self._others):
                kept.clear()
        is_ordinary = self.manner.face.words_stand_alone and self.is_home_of(word)
        if not is_ordinary or not self._shape(word):
            self._others.add(word)
            return False
        return True

    def _without_space(self, word: str) -> Piece | None:
        """The word at the end of a text, which few words ever are; None as for ``_learn``."""
        if word not in self._followed and not self._learn(word):
            return None
        if word not in self._last:
            glyphs = self._followed[word].glyphs[:-1]
            self._last[word] = self.manner.face.piece(word, glyphs)
        return self._last[word]

    def is_home_of(self, text: str) -> bool:
        """Whether the script, direction and face of the text are these wherever it stands."""
        if not self._ordinary.issuperset(text):
            self._ordinary.update(filter(self._is_ordinary_character, text))
            if not self._ordinary.issuperset(text):
                return False
        return not (text and unicodedata.category(text[0]).startswith("M"))

    def _is_ordinary_character(self, character: str) -> bool:
        return (
            may_be_in(character, self.manner.script)
            and bidi_class(character) in _WITH_DIRECTION[self.manner.right_to_left]
            and covers_all(self.manner.face, character)
        )

    def _shape(self, word: str) -> bool:
        text = f" {word} "
        end = len(word) + 1
        whole = shape(text, 0, end + 1, self.manner)
        glyphs, starts, counts = whole.glyphs, whole.starts, whole.counts
        if len(starts) < 2 or (starts[1], counts[1]) != (1, 1):
            return False
        if (starts[-1], counts[-1]) != (end, len(glyphs) - 1):
            return False
        face = self.manner.face
        width = face.width(face.space)
        before, after = glyphs[0], glyphs[-1]
        if (
            before.gid != face.space
            or after.gid != face.space
            or after.advance != width
            or before.dx
            or before.dy
            or after.dx
            or after.dy
        ):
            return False
        followed = face.piece(text[1:], tuple(glyphs[1:]))
        # It may be only the space that changes; the word must be as it is without it.
        if not whole.is_safe_at(1) and whole.alone(1, end + 1).whole is not followed:
            return False
        if word and not whole.is_safe_at(end):
            self._last[word] = shape(word, 0, len(word), self.manner).whole
        if before.advance != width:
            self._leads[word] = before
        self._followed[word] = followed
        return True

    def _with_space(self, piece: Piece, space: Glyph) -> Piece:
        """The piece with another space at its end."""
        spaced = self.manner.face.piece(piece.text, (*piece.glyphs[:-1], space))
        self._spaced[piece, space] = spaced
        return spaced


def words_of(library: FontLibrary, manner: Manner) -> WordCache:
    words = library.words.get(manner)
    if words is None:
        words = library.words[manner] = WordCache(manner)
    return words


def home_words(
    library: FontLibrary, language: str, style: TextStyle, right_to_left: bool
) -> WordCache | None:
    """The words of a language in its own script, in the first face for it."""
    key = (language, style.bold, style.italic, right_to_left)
    words = library.home_words.get(key)
    if words is None:
        script = script_of_language(language)
        faces = library.faces(script, language, bold=style.bold, italic=style.italic)
        if not faces:
            return None
        words = words_of(library, Manner(faces[0], script, language, right_to_left))
        library.home_words[key] = words
    return words
