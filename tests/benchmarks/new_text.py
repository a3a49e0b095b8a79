"""A library with a handout whose words were changed, so that no engine has seen its text.

Each word is replaced by one that the handout itself uses, as often as it uses it, or by an invented
one that no engine can have met. Structure, numbers, punctuation and labels stay.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from handouts.reading.library import Library

_KEPT = r"\[\^[^\]]*\]|\]\([^)]*\)|<[^>]*>|\{[^}]*\}|^:::.*$|https?://\S+"
_WORD = r"[A-Za-z][a-z]+"
_TOKENS = re.compile(f"(?P<kept>{_KEPT})|(?P<word>{_WORD})", re.MULTILINE)

# What is not reworded: labels and running words have reserved places, ids have meanings.
_KEPT_KEYS = {"short_title", "labels", "id", "type", "language", "translation"}
_REWORDED_FACTS = ("title", "container-title", "container-title-short", "name")

_ONSETS = ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "br", "st", "tr")
_VOWELS = ("a", "e", "i", "o", "u", "ea", "ou")

Reword = Callable[[str], str]


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    str,
    lambda dumper, text: dumper.represent_scalar(
        "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
    ),
)


def reworded_library(
    source: Library,
    slug: str,
    tag: str,
    target: Path,
    *,
    seed: str,
    invented: float,
    with_pictures: bool,
) -> Library:
    """A library in the folder ``target`` that holds this one handout in other words.

    ``invented`` is the share of words, from 0 to 1, that are made up.
    """
    facts = yaml.safe_load(source.facts_file(slug).read_text("utf-8"))
    words = yaml.safe_load(source.words_file(slug, tag).read_text("utf-8"))
    # The standard sheet shows nothing that was written for easy reading.
    dropped = {"easy_read", "easy_read_pictures"} | (set() if with_pictures else {"pictures"})
    for name in dropped:
        facts.pop(name, None)
        words.pop(name, None)
    reword = _rewording(_words_in(words), random.Random(seed), invented)
    for entry in (*facts.get("references", ()), *facts.get("resources", ())):
        for key in _REWORDED_FACTS:
            if key in entry:
                entry[key] = reword(entry[key])
    folder = target / "handouts" / slug
    folder.mkdir(parents=True)
    (target / "clinics").mkdir()
    for name, content in (("handout", facts), (tag, _reworded(words, reword))):
        text = yaml.dump(
            content, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100_000
        )
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    pictures = source.handout_folder(slug) / "pictures"
    if with_pictures and pictures.is_dir():
        shutil.copytree(pictures, folder / "pictures")
    return Library(target)


def _reworded(value: Any, reword: Reword) -> Any:
    match value:
        case str():
            return reword(value)
        case list():
            return [_reworded(item, reword) for item in value]
        case dict():
            return {
                key: item if key in _KEPT_KEYS else _reworded(item, reword)
                for key, item in value.items()
            }
        case _:
            return value


def _words_in(value: Any) -> list[str]:
    """Every word of the handout as often as it stands there."""
    match value:
        case str():
            found = (match["word"] for match in _TOKENS.finditer(value))
            return [word.lower() for word in found if word]
        case list():
            return [word for item in value for word in _words_in(item)]
        case dict():
            return [word for item in value.values() for word in _words_in(item)]
        case _:
            return []


def _rewording(vocabulary: list[str], chance: random.Random, invented: float) -> Reword:
    def replaced(match: re.Match[str]) -> str:
        old = match["word"]
        if old is None:
            return match[0]
        new = _invented(chance) if chance.random() < invented else chance.choice(vocabulary)
        return new.capitalize() if old[0].isupper() else new

    return lambda text: _TOKENS.sub(replaced, text)


def _invented(chance: random.Random) -> str:
    """A word that can be pronounced, of five letters on average like the words around it."""
    syllables = chance.choices((1, 2, 3), (2, 5, 2))[0]
    parts = [chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(syllables)]
    return "".join(parts) + chance.choice(_ONSETS)[0]
