"""How much of what a file shows other programs give back: whole words and exact lines.

Both sides, what was painted and what was read, are put in the same plain form by ``plain``, cut
into lines and words and compared as collections, page by page; nothing else is forgiven. A word
with one letter lost, doubled or out of its place is not whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# What shows nothing and says nothing: the soft hyphen, the zero width space, and the signs that
# direct text (UAX #9), with which Poppler sets off what it holds for right-to-left text. The
# joiners U+200C and U+200D are not in it: they change letters.
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

# Languages that put no spaces between words.
_WITHOUT_SPACES = frozenset(("th", "lo", "km", "my", "zh", "ja"))


@dataclass(frozen=True, slots=True)
class Tally:
    """``lost`` are the words or lines that did not come back, as often as each was lost."""

    count: int
    lost: Counter[str]

    @property
    def share(self) -> float:
        """How much of it came back, from 0 to 1."""
        return 1 - self.lost.total() / self.count if self.count else 1.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.count + other.count, self.lost + other.lost)


def plain(text: str) -> str:
    """The text without what is never seen and with one space for all white space in a line.

    Nothing is composed or decomposed, no presentation form is undone, no case changed.
    """
    return "\n".join(line for line in _lines(_UNSEEN.sub("", text)) if line)


def words_in(text: str, language: str) -> list[str]:
    """The words of plain text: what stands between white space.

    A hyphen that ends a line is dropped and its line joined to the next, since some programs do so
    and nobody can tell a hyphen that is always there. In a language that puts no spaces between
    words each of these is cut further, where ICU's dictionaries and rules (UAX #29) cut it.
    """
    chunks = plain(text).replace("-\n", "").split()
    if language.split("-")[0] not in _WITHOUT_SPACES:
        return chunks
    return [word for chunk in chunks for word in _segments(chunk, language)]


def compare_words(painted: Sequence[str], read: Sequence[str], language: str) -> Tally:
    """Pages as painted with pages as read."""
    return _compare(
        (words_in(page, language) for page in painted), (words_in(page, language) for page in read)
    )


def compare_lines(painted: Sequence[str], read: Sequence[str]) -> Tally:
    return _compare(
        (plain(page).splitlines() for page in painted), (plain(page).splitlines() for page in read)
    )


def _compare(painted: Iterable[Sequence[str]], read: Iterable[Sequence[str]]) -> Tally:
    total = Tally(0, Counter())
    for wanted, found in zip(painted, read, strict=True):
        total += Tally(len(wanted), Counter(wanted) - Counter(found))
    return total


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def _segments(chunk: str, language: str) -> list[str]:
    from icu4py.breakers import WordBreaker
    from icu4py.locale import Locale

    return list(WordBreaker(chunk, Locale(language)))
