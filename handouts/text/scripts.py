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

_SCRIPT_OF_LANGUAGE = {
    "am": "Ethi", "ar": "Arab", "bg": "Cyrl", "bn": "Beng", "ckb": "Arab", "el": "Grek",
    "fa": "Arab", "gu": "Gujr", "he": "Hebr", "hi": "Deva", "hy": "Armn", "ja": "Hira",
    "ka": "Geor", "km": "Khmr", "ko": "Hang", "lo": "Laoo", "mr": "Deva", "my": "Mymr",
    "ne": "Deva", "pa": "Guru", "ps": "Arab", "ru": "Cyrl", "sr": "Cyrl", "ta": "Taml",
    "te": "Telu", "th": "Thai", "ti": "Ethi", "uk": "Cyrl", "ur": "Arab", "yi": "Hebr",
    "zh": "Hani",
}  # fmt: skip

_CLOSING = {")": "(", "]": "[", "}": "{", "”": "“", "’": "‘", "»": "«", "›": "‹"}
_OPENING = frozenset(_CLOSING.values())

_scripts: dict[str, str | tuple[str, ...]] = {}


def script_of_language(tag: str) -> str:
    """The script a language is written in (ISO 15924); Latin unless it is known to be another."""
    subtags = tag.split("-")
    script = next((subtag.title() for subtag in subtags[1:] if len(subtag) == 4), "")
    return MAIN_SCRIPT.get(script, script) or _SCRIPT_OF_LANGUAGE.get(subtags[0].lower(), "Latn")


def resolve_scripts(text: str, default: str, levels: Sequence[int] | None = None) -> list[str]:
    """The script of each character; ``default`` where the text has shared characters only.

    A shared character behind a word of another direction goes with what its own direction had
    before that word.
    """
    own = list(map(_script, text))
    resolved: list[str] = []
    brackets: list[tuple[str, str]] = []
    before: dict[int, str] = {}
    level = 0
    script = next((s for s in own if isinstance(s, str) and s), default)
    for index, character in enumerate(text):
        if levels is not None and levels[index] != level:
            before = {deep: it for deep, it in before.items() if deep <= levels[index]}
            level = levels[index]
            script = before.get(level, script)
        mine = own[index]
        if isinstance(mine, tuple):
            if script not in mine:
                script = _following(own, index, mine, default)
        elif mine:
            script = mine
        elif character in _CLOSING:
            opening = _CLOSING[character]
            for depth in range(len(brackets) - 1, -1, -1):
                if brackets[depth][0] == opening:
                    script = brackets[depth][1]
                    del brackets[depth:]
                    break
        elif character in _OPENING:
            brackets.append((character, script))
        before[level] = script
        resolved.append(script)
    return resolved


def _script(character: str) -> str | tuple[str, ...]:
    """The character's script; "" if all share it, several if some do."""
    known = _scripts.get(character)
    if known is None:
        buffer = hb.Buffer()
        buffer.add_str(character)
        buffer.guess_segment_properties()
        known = buffer.script or ""
        if not unicodedata.category(character).startswith("M"):
            for pattern, scripts in _EXTENSIONS:
                if pattern.match(character):
                    known = scripts
        _scripts[character] = known
    return known


def may_be_in(character: str, script: str) -> bool:
    """Whether the character is of this script, or shared with it, wherever it stands."""
    scripts = _script(character)
    return script in scripts if isinstance(scripts, tuple) else scripts in ("", script)


def _following(
    own: list[str | tuple[str, ...]], index: int, allowed: tuple[str, ...], default: str
) -> str:
    """The script for a character of ``allowed`` scripts that does not suit what is before it."""
    for script in own[index + 1 :]:
        if isinstance(script, str) and script in allowed:
            return script
    return default if default in allowed else allowed[0]
