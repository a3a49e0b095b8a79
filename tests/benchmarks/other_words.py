"""A handout in any language with its words changed, so that no cache has its text.

Each word becomes another one of the same length and script that the handout itself uses, as often
as it uses it, or one put together from the halves of two. What a word is where none are parted by
spaces, ICU's dictionaries say. Numbers, punctuation and structure stay.
"""

from __future__ import annotations

import random
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any

from fontTools.unicodedata import script
from icu4py.breakers import WordBreaker

from handouts.document import Handout, Reference, Resource, Section, Words

# What is reworded of each value, besides what is in it.
_TEXTS = {Words: "text", Section: "heading", Resource: "name", Reference: "title"}

Kind = tuple[str, int]
Vocabulary = dict[Kind, list[str]]


def in_other_words(handout: Handout, seed: str, invented: float) -> Handout:
    """The handout without pictures, in other words; ``invented`` is the share of made-up ones."""
    tag = handout.language
    vocabulary: Vocabulary = defaultdict(list)
    for text in _texts(_parts(handout)):
        for piece in _pieces(text, tag):
            if piece[0].isalpha():
                vocabulary[_kind(piece)].append(piece)
    chance = random.Random(seed)

    def reword(text: str) -> str:
        return "".join(
            _other(piece, vocabulary, chance, invented) if piece[0].isalpha() else piece
            for piece in _pieces(text, tag)
        )

    changed = _reworded(_parts(handout), reword)
    return replace(handout, pictures=(), **dict(zip(_NAMES, changed, strict=True)))


_NAMES = ("at_a_glance", "sections", "resources", "references")


def _parts(handout: Handout) -> tuple[Any, ...]:
    return tuple(getattr(handout, name) for name in _NAMES)


@lru_cache(maxsize=4096)
def _pieces(text: str, tag: str) -> tuple[str, ...]:
    """Words, and what is between them."""
    return tuple(WordBreaker(text, tag))


def _kind(word: str) -> Kind:
    return script(word[0]), len(word)


def _other(word: str, vocabulary: Vocabulary, chance: random.Random, invented: float) -> str:
    same = vocabulary.get(_kind(word), [word])
    new = chance.choice(same)
    if chance.random() < invented:
        at = _middle(new)
        ends = [other[at:] for other in same if _middle(other) == at]
        new = new[:at] + chance.choice(ends)
    return new.capitalize() if word[0].isupper() and new[0].islower() else new


@lru_cache(maxsize=65536)
def _middle(word: str) -> int:
    """The letter nearest to the middle, at which halves of words may be put together."""
    letters = [
        at
        for at in range(1, len(word))
        if unicodedata.category(word[at])[0] == "L" and unicodedata.category(word[at - 1])[0] == "L"
    ]
    return min(letters, key=lambda at: abs(2 * at - len(word)), default=len(word))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value):
        name = _TEXTS.get(type(value))  # type: ignore[arg-type]
        if name:
            yield getattr(value, name)
        for each in fields(value):
            if each.name != name:
                yield from _texts(getattr(value, each.name))


def _reworded(value: Any, reword: Callable[[str], str]) -> Any:
    if isinstance(value, tuple):
        return tuple(_reworded(item, reword) for item in value)
    if not is_dataclass(value):
        return value
    name = _TEXTS.get(type(value))  # type: ignore[arg-type]
    changes = {
        each.name: reword(getattr(value, each.name))
        if each.name == name
        else _reworded(getattr(value, each.name), reword)
        for each in fields(value)
    }
    return replace(value, **changes)  # type: ignore[type-var]
