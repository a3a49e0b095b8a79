"""Where lines may break (UAX #14), from ICU, and where a careful typesetter does not.

Thai, Lao, Khmer and Burmese have no spaces between words; ICU finds these in its dictionaries.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from icu4py.locale import Locale

LINE_SEPARATOR = "\u2028"

# Strict: no line of Japanese begins with a small kana or the prolonged sound mark.
_STRICT = frozenset({"ja", "zh", "ko"})

_SPACE = "[ \u2009]"
_UNITS = (
    "%|‰|°|°C|°F|℃|℉|[kcmµμn]?g|[dcmµμn]?[lL]|[kcmµμn]?m|m²|m³|cm²|cm³|IU|IE|UI|U|mmHg|cmH2O|kPa|"
    "[mµμ]?mol|mEq|k?cal|kJ|Hz|[mµμ]?Sv|Gy|h|hr|hrs|min|mins|s|sec|ms|am|pm|AM|PM|a\\.m\\.|p\\.m\\.|"
    "x|×|€|£|\\$|USD|EUR|mg/[a-zA-Z/²]+|[mµμ]?g/[a-zA-Z/²]+|m[lL]/[a-zA-Z/²]+|mmol/[lL]|"
    "мг|мкг|г|кг|мл|л|мм|см|м|мин|ч|мм рт|ملغ|مغ|مل|غ|كغ|سم|мкл|"
    "मिग्रा|मिली|मि\\.ग्रा\\.|มก\\.|มล\\.|毫克|毫升|ミリグラム|mL"
)
_NUMBER = r"(?<![\w.,])[\d\u0660-\u0669\u06f0-\u06f9][\d.,/×\u066b\u066c–-]*"

# Each matches up to a place where no line may break.
_KEPT = (
    re.compile(f"{_NUMBER}{_SPACE}(?=(?:{_UNITS})(?![\\w]))"),
    re.compile(f"(?:§§?|№|No\\.|Nr\\.|nº|n°|p\\.|pp\\.|[<>≤≥±=~≈]){_SPACE}(?=\\d)"),
    re.compile(f"(?<![^\\W\\d_])[^\\W\\d_]\\.{_SPACE}(?=[^\\W\\d_])"),
)
_DIGITS_JOINED = re.compile(r"(?<!\w)[+(]?\d[\d().]*(?:[-/‐–][\d()]+)+")


def break_opportunities(text: str, language: str) -> list[int]:
    """The offsets, in characters, after which a line may end; the last one is the text's end.

    Soft hyphens give none: patient text is not hyphenated. Numbers keep their unit, section
    signs their number, initials their name; telephone numbers and dates stay whole.
    """
    offsets = _icu_offsets(text, language)
    if not offsets or offsets[-1] != len(text):
        offsets.append(len(text))
    kept = _kept_together(text)
    return [
        offset
        for offset in offsets
        if offset == len(text) or (offset not in kept and text[offset - 1] != "\u00ad")
    ]


def _icu_offsets(text: str, language: str) -> list[int]:
    from icu4py.breakers import LineBreaker

    offsets = [end for _, end in LineBreaker(text, _locale(language)).segments()]
    if text.isascii() or max(text) <= "\uffff":
        return offsets
    # ICU counts UTF-16 units, in which characters beyond U+FFFF take two.
    units = accumulate((2 if character > "\uffff" else 1 for character in text), initial=0)
    characters = {unit: index for index, unit in enumerate(units)}
    return [characters[offset] for offset in offsets]


@lru_cache(maxsize=256)
def _locale(language: str) -> Locale:
    from icu4py.locale import Locale

    if language.split("-")[0].lower() in _STRICT:
        return Locale(f"{language}-u-lb-strict")
    return Locale(language)


def _kept_together(text: str) -> set[int]:
    """Offsets where UAX #14 lets a line break and a reader would stumble."""
    kept = {match.end() for pattern in _KEPT for match in pattern.finditer(text)}
    for match in _DIGITS_JOINED.finditer(text):
        kept.update(range(match.start() + 1, match.end()))
    return kept
