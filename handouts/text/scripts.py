"""Scripts: which each character of a text is in (UAX #24), and which a language is written in.

Characters that all scripts share (spaces, digits, most punctuation) go with what stands before
them, a closing bracket with its opening one, and marks with their base.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import uharfbuzz as hb

# Codes for ways of writing that use one or several of the scripts that characters have.
MAIN_SCRIPT = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hira", "Kore": "Hang"}

# The first script of a group is that of its signs where nothing around them tells.
_INDIC = ("Deva", "Beng", "Gujr", "Guru", "Knda", "Mlym", "Orya", "Sinh", "Taml", "Telu")
_EAST_ASIAN = ("Hani", "Hira", "Kana", "Hang", "Bopo")
_KANA = ("Kana", "Hira")

# Shared characters that only some scripts use (Script_Extensions), of the scripts set here. Full
# width forms are not among them in Unicode, but no other script's faces have them.
_SHARED = (
    ("\u0600-\u0605\u060c\u061b\u061f\u0640", ("Arab",)),
    ("\u0964\u0965", _INDIC),
    ("\u10fb", ("Geor",)),
    ("\u3099-\u309c\u30a0\u30fc\uff70\uff9e\uff9f", _KANA),
    ("\u3001-\u3004\u3008-\u3020\u3030-\u303f\u30fb\u3190-\u319f\u31c0-\u31e5", _EAST_ASIAN),
    ("\u3200-\u33ff\ufe30-\ufe4f\uff01-\uff65\uffe0-\uffee", _EAST_ASIAN),
)
_EXTENSIONS = [(re.compile(f"[{characters}]"), scripts) for characters, scripts in _SHARED]

_LANGUAGES = {
    "Arab": "ar bal ckb fa pnb prs ps sd ug ur",
    "Armn": "hy hyw",
    "Beng": "as bn",
    "Cyrl": "ab ba be bg ce cv kk ky mk mn ru sr tg tt uk",
    "Deva": "bho hi mai mr ne new sa",
    "Ethi": "am ti tig",
    "Geor": "ka",
    "Grek": "el",
    "Gujr": "gu",
    "Guru": "pa",
    "Hang": "ko",
    "Hani": "cmn hak nan wuu yue zh",
    "Hebr": "he yi",
    "Hira": "ja",
    "Khmr": "km",
    "Knda": "kn",
    "Laoo": "lo",
    "Mlym": "ml",
    "Mymr": "ksw mnw my shn",
    "Orya": "or",
    "Sinh": "si",
    "Taml": "ta",
    "Telu": "te",
    "Thaa": "dv",
    "Thai": "th",
    "Tibt": "bo dz",
}
_SCRIPT_OF_LANGUAGE = {tag: script for script, tags in _LANGUAGES.items() for tag in tags.split()}

_CLOSING = {")": "(", "]": "[", "}": "{", "”": "“", "’": "‘", "»": "«", "›": "‹"}
_BRACKETS = frozenset((*_CLOSING, *_CLOSING.values()))


def script_of_language(tag: str) -> str:
    """The script a language is written in (ISO 15924); Latin unless it is known to be another."""
    subtags = tag.split("-")
    script = next((tag.title() for tag in subtags[1:] if len(tag) == 4 and tag.isalpha()), "")
    return MAIN_SCRIPT.get(script, script) or _SCRIPT_OF_LANGUAGE.get(subtags[0].lower(), "Latn")


def resolve_scripts(text: str, default: str, levels: Sequence[int] | None = None) -> list[str]:
    """The script of each character; ``default`` where the text has shared characters only.

    A shared character behind a word of another direction goes with what its own direction had
    before that word. Where the direction changes with a shared character, as with the number of
    "5 mg" in Arabic, it goes with the letters that follow in its direction, if there are any.
    """
    own = list(map(_SCRIPTS.__getitem__, text))
    resolved: list[str] = []
    brackets: list[tuple[str, str]] = []
    before: dict[int, str] = {}
    level = 0
    script = next((mine for mine in own if mine and isinstance(mine, str)), default)
    for index, (mine, mine_level) in enumerate(zip(own, levels or bytes(len(own)), strict=True)):
        if mine == script and mine_level == level:
            resolved.append(script)
            continue
        if levels is not None and mine_level != level:
            before[level] = script
            rises = mine_level > level
            level = mine_level
            before = {other: known for other, known in before.items() if other <= level}
            script = before.get(level, script)
            if rises and not mine:
                script = _first_on_level(own, levels, index) or script
        if isinstance(mine, tuple):
            if script not in mine:
                script = _following(own, index, mine, default)
        elif mine:
            script = mine
        elif text[index] in _BRACKETS:
            script = _bracketed(text[index], script, brackets)
        resolved.append(script)
    return resolved


def _first_on_level(own: Sequence[str | tuple[str, ...]], levels: Sequence[int], start: int) -> str:
    """The first script of the characters that run on one level from ``start`` on; "" if none."""
    for index in range(start, len(own)):
        if levels[index] != levels[start]:
            return ""
        script = own[index]
        if script and isinstance(script, str):
            return script
    return ""


class _Scripts(dict[str, str | tuple[str, ...]]):
    """The script of each character met so far; "" if all share it, several if some do."""

    def __missing__(self, character: str) -> str | tuple[str, ...]:
        buffer = hb.Buffer()
        buffer.add_str(character)
        buffer.guess_segment_properties()
        script: str | tuple[str, ...] = buffer.script or ""
        if not unicodedata.category(character).startswith("M"):
            for pattern, scripts in _EXTENSIONS:
                if pattern.match(character):
                    script = scripts
        self[character] = script
        return script


_SCRIPTS = _Scripts()


def _bracketed(bracket: str, script: str, open_brackets: list[tuple[str, str]]) -> str:
    """The script of a bracket: that before it, or that of its opening one."""
    if bracket not in _CLOSING:
        open_brackets.append((bracket, script))
        return script
    for depth in range(len(open_brackets) - 1, -1, -1):
        if open_brackets[depth][0] == _CLOSING[bracket]:
            script = open_brackets[depth][1]
            del open_brackets[depth:]
            break
    return script


def may_be_in(character: str, script: str) -> bool:
    """Whether the character is of this script, or shared with it, wherever it stands."""
    scripts = _SCRIPTS[character]
    return script in scripts if isinstance(scripts, tuple) else scripts in ("", script)


def _following(
    own: list[str | tuple[str, ...]], index: int, allowed: tuple[str, ...], default: str
) -> str:
    """The script for a character of ``allowed`` scripts that does not suit what is before it."""
    for script in own[index + 1 :]:
        if isinstance(script, str) and script in allowed:
            return script
    return default if default in allowed else allowed[0]
