"""Where lines may break (UAX #14), from ICU, and where a careful typesetter does not break.

Thai, Lao, Khmer and Burmese have no spaces between words; ICU finds the words in dictionaries.
Languages whose keys say so break between phrases, as is easiest to read in lines that are not
justified.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from icu4py.locale import Locale

LINE_SEPARATOR = "\u2028"
SOFT_HYPHEN = "\u00ad"

# Words remembered for each language; a full memory starts afresh.
LIMIT = 20_000
LONGEST = 40

_IN_PHRASES = "lw-phrase"

# What a word keeps on its line if it comes next.
UNIT, NUMBER, GROUP, NAME, DASH = 1, 2, 4, 8, 16

# What never begins a line, although it stands between spaces.
_DASHES = frozenset("-–—")
_ENDING = frozenset("।॥:;!?»")


class WordBreaks(NamedTuple):
    """What is known of a word, the text between two spaces, wherever it stands.

    ``inside`` are the opportunities within it. Between two words no line breaks if the first
    ``keeps`` what the second ``is_``.
    """

    inside: tuple[int, ...]
    keeps: int
    is_: int


# Most words. Every word keeps a dash, which would look like a bullet at the start of a line.
_PLAIN = WordBreaks((), DASH, NAME)

# Hebrew and Arabic write a preposition before the number, with a hyphen or without one.
_AMOUNT = (
    r"[(]?(?:[\u05d0-\u05ea]{1,3}[-\u05be\u2011]|[\u0641\u0628\u0643\u0644\u0648]{1,2})?"
    r"[<>≤≥±~≈+-]?\d[\d.,/:×\u066b\u066c–-]*(?<![.,/:–-])[½⅓⅔¼¾⅕⅛]?|[(]?[½⅓⅔¼¾⅕⅛]"
)
_MASS_OR_VOLUME = "[kcmµμn]?g|mcg|ug|[dcmµμn]?[lL]|IU|IE|UI|mEq|[mµμn]?mol|мг|мкг|г|кг|мл|л"
_UNITS = (
    rf"%|‰|°|°\s?[CF]|℃|℉|(?:{_MASS_OR_VOLUME})(?:/\S+)?|cc|[kcmµμn]?m[²³23]?|mm?Hg|Hg|mm|cmH2O|kPa|"
    "k?cal|kJ|Hz|[mµμ]?Sv|m?Gy|h|hr|hrs|min|mins|s|sec|ms|[ap]m|[AP]M|[ap]\\.m\\.?|[AP]\\.M\\.?|"
    "x|×|€|£|[$]|мм|см|м|мин|ч|мкл|м²|ext\\.?|"
    "मि\\.?ग्रा\\.?|मि\\.?ली\\.?|मिग्रा|मिली|मिलीग्राम|মিগ্রা|মিলি|মি\\.গ্রা\\.|มก\\.?|มล\\.?|กก\\.?|"
    "มิลลิกรัม|มิลลิลิตร|毫克|毫升|微克|公斤|ミリグラム|밀리그램"
)
# In the words of languages that are read from right to left.
_GRAM = "[غج]رام(?:ات|ًا)?|گرم|گرام|ګرام[هو]?"
_LITRE = "لتر(?:ات)?|ل[يی]تر[هو]?|ل[يی]?ٹر|ل[يی]ټر[هو]?"
_THOUSAND = "ملل?[يی]?|ميلل?ي|م[يی]ل[يی]|م[يای]{1,2}[كک]رو|مائیکرو|[كک][يی]?لو|سانت[يی]"
_UNITS_FROM_RIGHT = (
    f"(?:(?:{_THOUSAND})\u200c?)?(?:{_GRAM}|{_LITRE}|متر)|ملغم?|ملجم|مغ|مجم|م[يی]?[كک]غم?|مكجم|مل|"
    "غم?|جم|[كک]غم?|كجم|ملم|مم|سم|س[يی]\u200cس[يی]|وحد(?:ة|ات)|واحد|یونٹ|یونټ[هو]?|درصد|فیصد|سلنه|"
    "درج(?:ة|ات|ه|ې|و)|ڈگری|زئبق(?:ي|ية)?|جیوه|جي|جی|ایل|س[يی]|"
    'מק?["״]ג|מג|מ["״][למק]|סמ?["״][מק]|ק["״]ג|(?:מיקרו|מילי|קילו)?גרם|(?:מילי)?ליטר|'
    "יח['׳]|יחב[\"״]ל|מעלות|אחוז(?:ים)?|כספית"
)
# The first words of units that have two, such as those that mean "milli" and "millimetres".
_FIRST_OF_A_UNIT = f'{_THOUSAND}|(?:{_THOUSAND})\u200c?متر|ملم|مم|ایم|س[يی]|מ["״]מ|mm'
_LONGEST_UNIT = 5  # letters of a unit in the Latin alphabet
_AMOUNT_WORD = re.compile(_AMOUNT)
_UNIT_WORD = re.compile(
    f"(?:{_UNITS}|(?:{_UNITS_FROM_RIGHT})(?:/\\S+)?|{_THOUSAND}|ایم)[.,;:!?)\\]،؛؟۔।。，]*"
)
# Behind it a unit goes on: "mg/5" before "mL", "milli" before "gram".
_UNFINISHED_UNIT_WORD = re.compile(rf"[^\W\d_][^/]*/\d[\d.,]*|{_FIRST_OF_A_UNIT}")
_SIGN_WORD = re.compile(
    r"[(]?(?:§§?|№|No\.|Nr\.|nº|n°|no\.|nr\.|pp?\.|[Ff]ig\.|ext\.?|[<>≤≥±=~≈×+/x-])"
)
_GROUP_WORD = re.compile(r"\d{2,4}[.,;:!?)]*|\d{3}[.,]\d+[.,;:!?)]*")
_DIAL_WORD = re.compile(r"[+(]\d+[)]?|0\d+")
_INITIAL_WORD = re.compile(r"[(]?[^\W\d_]\.")
_JOINED = (
    # Dates, telephone numbers, ranges and fractions.
    re.compile(r"(?<![^\W\d_])[+(]?\d[\d().]*(?:[-/‐–][\d()]+)+"),
    re.compile(f"\\d[\u2006\u2009]?(?:{_MASS_OR_VOLUME})(?:/[a-zA-Z²]+)+"),
    re.compile("\\d[\u2006\u2009]\\S"),
    re.compile("[²³⁰¹⁴-⁹]/[a-zA-Z]+"),
    # In Chinese and Japanese what is counted follows without a space.
    re.compile("\\d(?:毫克|毫升|微克|公斤|毫米|厘米|公分|[\u4e00-\u9fff])"),
)

# The end of a Burmese or Khmer syllable: a consonant silenced by asat, or shortened by bantoc.
# ICU's dictionaries may put a break before it where they do not know the word.
_SYLLABLE_END = re.compile("[\u1000-\u1021\u103f]\u1037?\u103a|[\u1780-\u17a2]\u17cb")

# The Burmese prefix "not", which ICU's dictionary takes for a word; it keeps what it denies.
_NOT = "\u1019"

# Words at whose ends UAX #14 has nothing to say across a space: no quotation marks, opening
# brackets at the end, closing ones at the start, dashes, nor signs that begin no line (kana).
_LETTER = r"[^\W_\u2e80-\u31ff\uff00-\uffef]"
_MARK = r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u109f\u1780-\u17ff]"
_NEUTRAL_WORD = re.compile(
    rf"[(\[$€£¥#<>≥≤~±+]*{_LETTER}(?:\S*(?:{_LETTER}|{_MARK}))?[.,;:!?%°…)\]،؛؟۔।॥։፡።፣]*"
    "|[–।॥:;!?»]"
)

# Words of letters of the class AL, with apostrophes, the signs that never part from them and the
# numbers of references behind: no language breaks these inside (LB13, LB14, LB19, LB25, LB28 and
# LB30), so that ICU need not be asked.
_ALPHABETIC = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+"
_WORD_OF_LETTERS = re.compile(
    f"[(]?{_ALPHABETIC}(?:['’]{_ALPHABETIC})*(?:[.,;:)]*[0-9]+(?:,[0-9]+)*)?[.,;:!?)]*"
)


def breaks_in_phrases(keys: str) -> bool:
    """Whether a language with these keys is broken between phrases where they fit."""
    return _IN_PHRASES in keys


def breaking_locale(language: str, keys: str = "", *, in_phrases: bool = True) -> str:
    """What ICU is asked for (UTS #35): a language with its keys ``lb`` and ``lw``.

    Without ``in_phrases``, phrases are broken inside too.
    """
    if not in_phrases:
        keys = keys.replace(_IN_PHRASES, "").strip("-")
    return f"{language}-u-{keys}" if keys else language


def break_opportunities(text: str, locale: str) -> list[int] | None:
    """The offsets, in characters, after which a line may end; the last one is the text's end.

    None if lines may break behind every space of the text and nowhere else. ``locale`` is a
    language tag, or what ``breaking_locale`` makes of one.

    Soft hyphens give no opportunity: patient text is not hyphenated. Numbers keep their unit,
    signs their number, initials their name; telephone numbers and dates stay whole.
    """
    known = _known_words(locale)
    words = text.split(" ")
    if not words[-1]:
        words.pop()
    found = list(map(known.get, words))
    if None in found:
        found = [
            breaks or _of_letters(word, known) for word, breaks in zip(words, found, strict=True)
        ]
        if None in found:
            return _by_icu(text, words, known, locale_of(locale))
    if found.count(_PLAIN) == len(found):
        return None
    offsets: list[int] = []
    start = 0
    keeps = 0
    for word, breaks in zip(words, found, strict=True):
        assert breaks is not None
        if start and not keeps & breaks.is_:
            offsets.append(start)
        offsets.extend([start + offset for offset in breaks.inside])
        keeps = breaks.keeps
        start += len(word) + 1
    offsets.append(len(text))
    return offsets


def _by_icu(text: str, words: list[str], known: dict[str, WordBreaks], locale: Locale) -> list[int]:
    """The same from ICU; what it says of words that stand for themselves is remembered."""
    opportunities = icu_offsets(text, locale)
    kept: set[int] = set()
    if _NOT in text:
        pieces = pairwise([0, *opportunities])
        kept.update([end for begin, end in pieces if text[begin:end] == _NOT])
    start = 0
    keeps = 0
    for word in words:
        end = start + len(word)
        mine, is_ = _character_of(word)
        if keeps & is_:
            kept.add(start)
        keeps = mine
        kept.update([start + offset for offset in _kept_inside(word)])
        if word not in known and len(word) <= LONGEST and _NEUTRAL_WORD.fullmatch(word):
            low, high = bisect_right(opportunities, start), bisect_left(opportunities, end)
            inside = [offset - start for offset in opportunities[low:high] if offset not in kept]
            _remember(word, WordBreaks(tuple(inside), mine, is_), known)
        start = end + 1
    return [offset for offset in opportunities if offset not in kept or offset == len(text)]


def _of_letters(word: str, known: dict[str, WordBreaks]) -> WordBreaks | None:
    """What is known of a word of letters that comes up for the first time; None for all others."""
    if len(word) > LONGEST or _WORD_OF_LETTERS.fullmatch(word) is None:
        return None
    return _remember(word, WordBreaks((), *_character_of(word)), known)


def _remember(word: str, breaks: WordBreaks, known: dict[str, WordBreaks]) -> WordBreaks:
    if len(known) > LIMIT:
        known.clear()
    known[word] = breaks = _PLAIN if breaks == _PLAIN else breaks
    return breaks


def icu_offsets(text: str, locale: Locale) -> list[int]:
    """Where ICU lets a line end, in characters."""
    from icu4py.breakers import LineBreaker

    offsets = [end for _, end in LineBreaker(text, locale).segments()]
    if offsets[-1] == len(text):
        return offsets
    # ICU counts UTF-16 units, in which characters beyond U+FFFF take two.
    units = accumulate((2 if character > "\uffff" else 1 for character in text), initial=0)
    characters = {unit: index for index, unit in enumerate(units)}
    return [characters[offset] for offset in offsets]


@cache
def _known_words(locale: str) -> dict[str, WordBreaks]:
    return {}


def forget() -> None:
    """Start with no words remembered, as a new process does."""
    _known_words.cache_clear()


@cache
def locale_of(name: str) -> Locale:
    from icu4py.locale import Locale

    return Locale(name)


@lru_cache(maxsize=LIMIT)
def _character_of(word: str) -> tuple[int, int]:
    """What the word keeps behind it, and what it is to the word before."""
    bare = word.strip("(),.;:!?")
    if bare.isalpha() and bare.isascii() and len(bare) > _LONGEST_UNIT:
        return DASH, NAME
    keeps, is_ = DASH, 0
    if _AMOUNT_WORD.fullmatch(word):
        keeps |= UNIT | GROUP
    elif _SIGN_WORD.fullmatch(word):
        keeps |= NUMBER
    elif _INITIAL_WORD.fullmatch(word):
        keeps |= NAME
    if _DIAL_WORD.fullmatch(word):
        keeps |= NUMBER
    if _UNFINISHED_UNIT_WORD.fullmatch(word):
        keeps |= UNIT
    if word in _DASHES:
        return keeps | NUMBER, DASH
    if word in _ENDING:
        return keeps, DASH
    first = word.lstrip("(")[:1]
    if first.isalpha():
        is_ |= NAME
    elif first.isdigit():
        is_ |= NUMBER
    if _UNIT_WORD.fullmatch(word):
        is_ |= UNIT
    if _GROUP_WORD.fullmatch(word):
        is_ |= GROUP
    return keeps, is_


@lru_cache(maxsize=LIMIT)
def _kept_inside(word: str) -> list[int]:
    """Opportunities within a word that are not used."""
    kept = [offset for offset, sign in enumerate(word, 1) if sign == SOFT_HYPHEN]
    kept.extend(match.start() for match in _SYLLABLE_END.finditer(word))
    if _UNIT_WORD.fullmatch(word):
        kept.extend(range(1, len(word)))
    for pattern in _JOINED:
        for match in pattern.finditer(word):
            kept.extend(range(match.start() + 1, match.end()))
    return kept
