"""Left-to-right phrases inside right-to-left text: doses, phone numbers, codes, names.

A phrase goes on over a space as long as it belongs together: number and unit, name and strength,
brackets with foreign words in them. The punctuation of the sentence stays outside, and so does a
number that counts the right-to-left word behind it: "5 mg 3 times" is a dose and then a count.

Native digits:
    Persian, Urdu and Pashto ones (U+06F0) are set like western ones: signs, ranges and phone
    numbers from left to right. With Arabic ones (U+0660) ranges and signs run from right to left,
    the first number at the right; only phone numbers and dates with hyphens stand as typed. The
    Bidi_Class of the digits differs for that reason, and so it is in print (W3C, Arabic & Persian
    Layout Requirements, issue 288; the signs in CLDR's number systems). A percent sign behind
    native digits follows the sentence, to their left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

Range = tuple[int, int]

# What a caller puts in place of text that is not to be looked at.
OPAQUE = "\ufffc"

RIGHT_TO_LEFT = (
    "\u0590-\u065f\u066d-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010800-\U00010fff\U0001e800-\U0001efff"
)
_ARABIC, _PERSIAN = "\u0660-\u0669", "\u06f0-\u06f9"
_DIGIT = f"[0-9{_PERSIAN}]"
_SPACE = "[ \u00a0\u2006\u2007\u2009\u202f]"
_DASH = "[-\u2010\u2011–\u2212]"
_COMPARED = "[<>≤≥≈~=±]"
# With superscript digits and fractions, and the marks that follow a letter.
_MARKS = "\u0300-\u036f\u0900-\u109f\u1780-\u17ff\u200c\u200d"
_LETTER = rf"(?:[^\W\d_{RIGHT_TO_LEFT}][{_MARKS}]*+)"
_SOLID = f"(?:{_LETTER}|{_DIGIT})"
_JOINT = (
    rf"(?:[%°]?[-\u2010\u2011–\u2212/⁄]|[.:*'’@_&=#~+·×^|⁻°<>≤≥]"
    rf"|(?<={_DIGIT})[,\u066b\u066c](?={_DIGIT}))"
)
_SIGN = (
    rf"(?<!\w)(?:(?:[-\u2212+]|{_COMPARED}{{1,2}}{_SPACE}?|[$€£¥]{_SPACE}?)+(?={_DIGIT})"
    rf"|[#№§]{_SPACE}?)"
)


def _groups_of_digits(digit: str) -> str:
    """What only a telephone number or one large number is; with spaces, it could be torn."""
    parting = rf"(?:{_SPACE}?[-\u2010\u2011–./]{_SPACE}?|{_SPACE})"
    group = rf"(?:\({digit}{{1,5}}\)|{digit}{{2,}})"
    return (
        rf"(?<![\w+])(?:\+{_SPACE}?{digit}+(?:{parting}{group})+"
        rf"|\({digit}{{2,5}}\)(?:{parting}?{group})+"
        rf"|[0٠۰]{digit}{{1,4}}(?:{parting}{group})+"
        rf"|(?:{digit}{parting})?(?:\({digit}{{3}}\)|{digit}{{3}}){parting}"
        rf"(?:{digit}{{3}}{parting})?{digit}{{4}}"
        rf"|{digit}{{2,3}}(?:{_SPACE}{digit}{{2,4}}){{3,}}"
        rf"|{digit}{{1,3}}(?:{_SPACE}{digit}{{3}})+(?:[.,]{digit}+)?)(?![:\w])"
    )


_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_ATOM = re.compile(
    rf"(?P<address>(?:https?://|www\.)[^\s<>\"«»“”]+(?<![.,;:!?'’)\]]))"
    rf"|(?P<date>(?<!\w)(?:{_MONTH}{_SPACE}{_DIGIT}{{1,2}},{_SPACE}{_DIGIT}{{4}}"
    rf"|{_DIGIT}{{1,2}}{_SPACE}{_MONTH}(?:,?{_SPACE}{_DIGIT}{{4}})?)(?!\w))"
    rf"|(?P<digits>{_groups_of_digits(_DIGIT)}"
    rf"|{_DIGIT}(?:{_JOINT}?{_DIGIT})*+(?=,?{_SPACE}(?:ext\b|x{_SPACE}?{_DIGIT})))"
    rf"(?:,?{_SPACE}(?:ext\.?|x){_SPACE}?{_DIGIT}+)?"
    rf"|(?P<arabic>[{_ARABIC}](?:[-–.,/:\u066b\u066c]?[{_ARABIC}])*+)"
    rf"|(?P<unit>°{_SPACE}?[CF]\b|(?:(?<=[0-9])|(?<=[0-9]{_SPACE}))[%‰]|[℃℉])"
    rf"|(?<!\w)(?:[A-Za-z]\.){{2,}}(?={_SPACE}|[,;:)])"
    rf"|(?:{_SIGN})?{_SOLID}(?:{_JOINT}?{_SOLID})*+(?:(?<=[0-9])[%‰]|[°+™®′″⁺⁻])*"
)
_HAS_LETTERS = re.compile(_LETTER)
_IS_COMPARISON = re.compile(_COMPARED)
_IS_UNIT = re.compile(
    r"(?:(?:[kcdmµμn]|mc|u)?g|[cdmµμn]?[lL]|cc|IU|IE|UI|U|m?Eq|[mµμnp]?mol|mOsm|[kcmµμn]?m"
    r"|mmHg|cmH2O|cmH₂O|[kh]?Pa|k?cal|kJ|k?Hz|[mµμ]?Sv|m?Gy|m?Ci|[kMG]?Bq|[mk]?V|k?W|mA"
    r"|[ap]\.?m|[AP]\.?M|h|hr|hrs|hours?|min|mins|minutes?|s|sec|seconds?|ms|d|days?|wk|weeks?"
    r"|months?|yr|years?|units?|tabs?|tablets?|caps?|capsules?|drops?|puffs?|doses?|tsp|tbsp"
    r"|oz|lbs?|in|ft|bpm|ppm|copies|cells|x)(?!\w)"
)

# What may stand between two atoms of one phrase.
_ONE_SPACE = re.compile(_SPACE)
_OPERATOR = re.compile(f"{_SPACE}?[×*/+&=<>≤≥≈±]{_SPACE}?")
_SPACED_DASH = re.compile(f"{_SPACE}{_DASH}{_SPACE}")
_COMMA = re.compile(f"[,:]{_SPACE}")
_FULL_STOP = re.compile(rf"\.{_SPACE}")
_ABBREVIATION = re.compile("[A-Z]|St|Dr|Mrs?|Ms|Prof|vs|spp?|cf|var|subsp|Fig|No|Nr|no|vol|pp?")
_NOT_IN_BRACKETS = rf"()\[\]{_ARABIC}{OPAQUE}{RIGHT_TO_LEFT}"
_BRACKETS = re.compile(rf"{_SPACE}?(?:\([^{_NOT_IN_BRACKETS}]*\)|\[[^{_NOT_IN_BRACKETS}]*\])")
# A number behind these is their value or their kind, whatever comes next.
_HAS_A_VALUE = re.compile(
    "pH|p[CO]?O[2₂]|S[ap]O[2₂]|INR|BMI|BP|GFR|eGFR|FEV1|LDL|HDL|TSH|PSA|CRP|Hb|HbA1c|CD4|[Tt]ype"
    "|[Gg]rade|[Ss]tage|[Pp]hase|[Oo]mega|ICD|Tel|Fax"
)
# Behind a number: the right-to-left word that it counts.
_COUNTED = re.compile(rf"[^\w.,;:!?،؛؟۔)\]]*[{_ARABIC}{RIGHT_TO_LEFT}]")

_STRETCH = re.compile(rf"[^\s{OPAQUE}{RIGHT_TO_LEFT}][^\u2028{OPAQUE}{RIGHT_TO_LEFT}]*")
# A number that the algorithm alone sets in its own order.
_PLAIN_NUMBER = re.compile(f"{_DIGIT}+(?:[.,:/\u066b\u066c]{_DIGIT}+)*")
_ARABIC_AS_TYPED = re.compile(
    _groups_of_digits(f"[{_ARABIC}]")
    + rf"|(?<!\w)[{_ARABIC}]+(?:[-\u2010\u2011–][{_ARABIC}]+){{2,}}"
    + rf"|(?<!\w)[0٠][{_ARABIC}]+[-\u2010\u2011–][{_ARABIC}]+"
)
_ARABIC_GROUP = re.compile(f"[{_ARABIC}]+")

_WORD, _NUMBER, _UNIT, _ARABIC_NUMBER = "word", "number", "unit", "arabic"


class _Atom(NamedTuple):
    start: int
    end: int
    kind: str


def left_to_right_phrases(text: str) -> list[Range]:
    """Ranges of a right-to-left text, beside each other, that run from left to right."""
    found: list[Range] = []
    for stretch in _STRETCH.finditer(text):
        if _PLAIN_NUMBER.fullmatch(stretch[0].rstrip()):
            continue
        atoms = [_atom(match) for match in _ATOM.finditer(text, stretch.start(), stretch.end())]
        found.extend(_phrases(text, atoms))
    return found


def arabic_groups_as_typed(text: str) -> list[Range]:
    """Phone numbers and dates in Arabic digits (U+0660), and in each its groups of digits.

    The groups of an isolate that has no letters would still go from right to left (N1), unless
    each is an isolate itself.
    """
    found: list[Range] = []
    if _ARABIC_GROUP.search(text) is None:
        return found
    for match in _ARABIC_AS_TYPED.finditer(text):
        found.append(match.span())
        found.extend([group.span() for group in _ARABIC_GROUP.finditer(text, *match.span())])
    return found


def _atom(match: re.Match[str]) -> _Atom:
    match match.lastgroup:
        case "address":
            kind = _WORD
        case "date" | "unit":
            kind = _UNIT
        case "digits":
            kind = _NUMBER
        case "arabic":
            kind = _ARABIC_NUMBER
        case _ if _HAS_LETTERS.search(match[0]) is None:
            kind = _NUMBER
        case _:
            kind = _UNIT if _IS_UNIT.match(match[0]) else _WORD
    return _Atom(match.start(), match.end(), kind)


def _phrases(text: str, atoms: list[_Atom]) -> Iterator[Range]:
    """The atoms of a stretch put together."""
    index = 0
    while index < len(atoms):
        first = last = atoms[index]
        end = first.end
        has_word = first.kind == _WORD
        index += 1
        while True:
            brackets = _BRACKETS.match(text, end) if last.kind in (_WORD, _UNIT) else None
            if brackets and (brackets[0][0] in "([" or _HAS_LETTERS.search(brackets[0])):
                end = brackets.end()
                last = _Atom(brackets.start(), end, _WORD)
                has_word = True
                while index < len(atoms) and atoms[index].start < end:
                    index += 1
                continue
            if index == len(atoms) or not _belongs(text, last, end, atoms[index], has_word):
                break
            last = atoms[index]
            end = last.end
            has_word = has_word or last.kind == _WORD
            index += 1
        if last is first and (
            first.kind == _ARABIC_NUMBER or _PLAIN_NUMBER.fullmatch(text, first.start, end)
        ):
            continue
        yield first.start, end


def _belongs(text: str, last: _Atom, end: int, following: _Atom, has_word: bool) -> bool:
    """Whether the atom ``following`` goes on with the phrase that ends at ``end`` with ``last``."""
    gap = text[end : following.start]
    before, behind = last.kind, following.kind
    if behind == _ARABIC_NUMBER:
        return False
    if before == _ARABIC_NUMBER:
        return behind == _UNIT and (not gap or _ONE_SPACE.fullmatch(gap) is not None)
    if not gap:
        return True
    if _ONE_SPACE.fullmatch(gap):
        if behind == _WORD:
            return has_word or before == _UNIT
        if behind == _NUMBER:
            return before != _NUMBER and (
                _IS_COMPARISON.match(text, following.start) is not None
                or _HAS_A_VALUE.fullmatch(text, last.start, last.end) is not None
                or _COUNTED.match(text, following.end) is None
            )
        return True
    if _OPERATOR.fullmatch(gap):
        return True
    if _SPACED_DASH.fullmatch(gap):
        if behind != _NUMBER:
            return False
        unit = _ONE_SPACE.match(text, following.end)
        has_unit = unit is not None and _IS_UNIT.match(text, unit.end()) is not None
        return before == _NUMBER or (before == _UNIT and has_unit)
    if _COMMA.fullmatch(gap):
        return before == behind == _WORD
    if _FULL_STOP.fullmatch(gap):
        return _ABBREVIATION.fullmatch(text, last.start, last.end) is not None
    return False
