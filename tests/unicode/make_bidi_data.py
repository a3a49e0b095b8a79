"""Writes the character table of the bidirectional algorithm.

    python tests/unicode/make_bidi_data.py > handouts/text/bidi_data.py

The tables come from ``DerivedBidiClass.txt`` and ``BidiBrackets.txt`` of Unicode 15.0.0, which
stand in ``tests/data``. Each code point gets one byte: the letter of its Bidi_Class, or, for a
paired bracket, a number that it shares with its partner.
"""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

UNICODE = "15.0.0"
FOLDER = Path(__file__).parents[1] / "data" / f"unicode-{UNICODE}"

LETTERS = {
    "L": "L", "R": "R", "AL": "A", "EN": "E", "AN": "N",
    "ES": "+", "ET": "$", "CS": ",", "NSM": "~", "BN": ".",
    "B": "B", "S": "S", "WS": "W", "ON": "O",
    "LRE": "<", "RLE": ">", "LRO": "{", "RLO": "}", "PDF": "^",
    "LRI": "l", "RLI": "r", "FSI": "f", "PDI": "p",
}  # fmt: skip
LONG_NAMES = {
    "Left_To_Right": "L",
    "Right_To_Left": "R",
    "Arabic_Letter": "AL",
    "European_Terminator": "ET",
}
OPENING, CLOSING = 0x80, 0xC0
"""The byte of the first opening and of the first closing bracket; partners differ in one bit."""

MISSING = re.compile(r"# @missing: (\w+)\.\.(\w+); (\w+)")
ASSIGNED = re.compile(r"(\w+)(?:\.\.(\w+))?\s*;\s*(\w+)")
BRACKET = re.compile(r"(\w+); (\w+); ([oc])")

HEADER = f'''"""Bidi_Class and paired brackets of every code point, Unicode {UNICODE}.

Written by ``tests/unicode/make_bidi_data.py``; change that, not this. Characters from
``STARTS[i]`` up to, not including, ``STARTS[i + 1]`` have the byte ``CODES[i]``: a letter of
``LETTERS``, or 0x80 + n for the opening and 0xC0 + n for the closing bracket of pair n (all of
class ON; canonically equivalent pairs, BD16, have the same n).
"""
'''


def lines(name: str) -> Iterator[str]:
    with lzma.open(FOLDER / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
        yield from file


def class_table() -> bytearray:
    """The letter of every code point. Of the defaults (@missing) the later ones are narrower;
    what is listed outright, also for unassigned code points, goes before them all."""
    table = bytearray(0x110000)
    source = list(lines("DerivedBidiClass"))
    for line in source:
        if found := MISSING.match(line):
            first, last, name = found.groups()
            fill(table, first, last, LETTERS[LONG_NAMES[name]])
    for line in source:
        if found := ASSIGNED.match(line):
            first, last, alias = found.groups()
            fill(table, first, last or first, LETTERS[alias])
    return table


def fill(table: bytearray, first: str, last: str, letter: str) -> None:
    start, end = int(first, 16), int(last, 16) + 1
    table[start:end] = letter.encode() * (end - start)


def number_brackets(table: bytearray) -> None:
    pairs: dict[str, int] = {}
    for line in lines("BidiBrackets"):
        if found := BRACKET.match(line):
            char, partner = (chr(int(field, 16)) for field in found.group(1, 2))
            opening, base = (char, OPENING) if found[3] == "o" else (partner, CLOSING)
            number = pairs.setdefault(unicodedata.normalize("NFD", opening), len(pairs))
            if table[ord(char)] != ord("O"):
                raise ValueError(f"bracket {char!r} is not of class ON")
            table[ord(char)] = base + number
    if len(pairs) > CLOSING - OPENING:
        raise ValueError(f"{len(pairs)} pairs of brackets do not fit into one byte")


def module() -> str:
    table = class_table()
    number_brackets(table)
    starts = [0, *(at for at, (a, b) in enumerate(pairwise(table), 1) if a != b)]
    codes = bytes(table[start] for start in starts)
    text = [HEADER, "LETTERS = {"]
    text += [f'    "{alias}": "{letter}",' for alias, letter in LETTERS.items()]
    text += ["}", "", "# fmt: off", "STARTS = ("]
    text += [
        "    " + " ".join(f"0x{start:X}," for start in starts[row : row + 10])
        for row in range(0, len(starts), 10)
    ]
    text += [")", "CODES = bytes.fromhex("]
    text += [f'    "{codes[row : row + 40].hex()}"' for row in range(0, len(codes), 40)]
    text += [")"]
    return "\n".join(text)


if __name__ == "__main__":
    print(module())
