"""Text that is not what it seems: invisible characters, direction marks, letters of two scripts.

Direction marks can turn a dose round for the eye while every program reads it as before (Unicode
Technical Standard #39; "Trojan Source", CVE-2021-42574). They are refused, and not needed: the
text layer keeps numbers, doses and names in order by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from handouts.diagnostics import SourceSpan
from handouts.reading.report import Report

# Controls, surrogates, noncharacters, line and paragraph separators, direction marks, tags.
REFUSED_CHARACTER = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u061b\u061d-\u200d\u2010-\u2027\u202f-\u2065\u2070-\ud7ff"
    "\ue000-\ufdcf\ufdf0-\ufefe\uff00-\uffef\U00010000-\U000dffff\U000e0100-\U0010ffff]"
)
_DIRECTION_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MOST_REPORTED = 10

# Letters of other scripts that look like Latin ones, from the confusables of UTS #39.
_LIKE_LATIN = {
    "Cyrillic": "аАВВеЕЗКМНоОрРсСТуУхХЅѕІіЈјԁһԛԝҮүҺ",
    "Greek": "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορυχγκτ",
    "Armenian": "օսհոՕՍԼ",
}
_LIKE_LATIN_LETTERS = frozenset("".join(_LIKE_LATIN.values()))
_LATIN_LIKE_OTHERS = frozenset("AaBEeHIiJjKMNOoPpCcSsTXxYy")
_SIDE_BY_SIDE = "(?:[A-Za-z\u00c0-\u024f][\u0370-\u058f]|[\u0370-\u058f][A-Za-z\u00c0-\u024f])"
_LATIN_BESIDE_ANOTHER = re.compile(_SIDE_BY_SIDE)
_LATIN_AND_ANOTHER = re.compile(f"[^\\W\\d_]*{_SIDE_BY_SIDE}[^\\W\\d_]*")


def code_point(character: str) -> str:
    """As ``U+202E``; a direction mark by its name as well."""
    code = f"U+{ord(character):04X}"
    if character in _DIRECTION_MARKS:
        return f"{code} ({unicodedata.name(character).lower()})"
    return code


def refused_characters(lines: list[str]) -> Iterator[tuple[int, int, str]]:
    """Line and column, from 1, and the character, of what no text may hold."""
    for number, line in enumerate(lines, 1):
        for found in REFUSED_CHARACTER.finditer(line):
            yield number, found.start() + 1, found[0]


def report_refused(lines: list[str], file: str, report: Report) -> None:
    """Errors for the first refused characters of a file."""
    for line, column, character in islice(refused_characters(lines), MOST_REPORTED):
        report.error(
            f"the character {code_point(character)} cannot be used in text",
            SourceSpan(file, line, column),
            hint=advice_on(character),
        )


def advice_on(character: str) -> str:
    if character in _DIRECTION_MARKS:
        return (
            "delete it; it is invisible and turns text round. Numbers, doses and foreign names "
            "keep their order without it"
        )
    return "delete it; it is invisible and may have come with copied text"


def report_lookalikes(lines: list[str], file: str, report: Report) -> None:
    """Warnings for words in which a letter of another script passes for a Latin one."""
    found = (
        (number, word)
        for number, line in enumerate(lines, 1)
        # Whole words are looked for where there are any: that takes ten times as long.
        if not line.isascii() and _LATIN_BESIDE_ANOTHER.search(line)
        for word in _LATIN_AND_ANOTHER.finditer(line)
        if _deceivers(word[0])
    )
    for number, word in islice(found, MOST_REPORTED):
        named = ", ".join(
            f'"{letter}" ({unicodedata.name(letter).lower()})'
            for letter in dict.fromkeys(_deceivers(word[0]))
        )
        report.warning(
            f'the word "{word[0]}" mixes letters of two alphabets that look alike: {named}',
            SourceSpan(file, number, word.start() + 1),
            hint="type the word again in one alphabet; nobody can search or hear it as it is",
            rule="UTS #39, 5.1",
        )


def _deceivers(word: str) -> list[str]:
    """The letters of one script if every one of them could be taken for one of the other."""
    others = [letter for letter in word if "\u0370" <= letter <= "\u058f"]
    latin = [letter for letter in word if letter not in others]
    if "".join(latin).isupper() and all("\u03b1" <= letter <= "\u03c9" for letter in others):
        return []  # such as TNFα: a small Greek letter looks like no capital
    if all(letter in _LIKE_LATIN_LETTERS for letter in others):
        return others
    return latin if all(letter in _LATIN_LIKE_OTHERS for letter in latin) else []
