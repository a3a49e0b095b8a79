"""Line breaking: ICU against UAX #14's own test, and what a careful typesetter keeps together."""

from __future__ import annotations

import lzma
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handouts.languages import language, language_tags
from handouts.text import line_breaking
from handouts.text.glyphs import StyledSpan, StyledText
from handouts.text.line_breaking import (
    break_opportunities,
    breaking_locale,
    breaks_in_phrases,
    icu_offsets,
    locale_of,
)
from handouts.text.paragraphs import set_paragraph
from tests.text.setting import BODY, fonts, texts
from tests.text.setting import line_breaking as line_breaking_of

UNICODE = Path(__file__).parents[1] / "data" / "unicode-15.0.0"


def pieces(text: str, language: str = "en", *, in_phrases: bool = True) -> list[str]:
    locale = breaking_locale(language, line_breaking_of(language), in_phrases=in_phrases)
    offsets = break_opportunities(text, locale)
    if offsets is None:
        offsets = [offset for offset, sign in enumerate(text, 1) if sign == " "]
        if not text.endswith(" "):
            offsets.append(len(text))
    return [text[start:end] for start, end in zip([0, *offsets], offsets, strict=False)]


def unicode_cases() -> list[tuple[str, list[int]]]:
    """Text and the offsets after which it may break, from LineBreakTest.txt."""
    cases = []
    with lzma.open(UNICODE / "LineBreakTest.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            text, offsets = "", []
            for sign in line.partition("#")[0].split():
                if sign == "÷":
                    offsets.append(len(text))
                elif sign != "×":
                    text += chr(int(sign, 16))
            if text:
                cases.append((text, offsets))
    return cases


# Why ICU 78, which follows Unicode 17, differs from Unicode 15.0, and for how many texts.
CHANGED_SINCE = {
    "LB20a: a hyphen that begins a word stays with it": (r"-\u0308?[#א§\U00050005ก]", 10),
    "LB21a: a hyphen between Hebrew letters is an opportunity": (r"א-א", 1),
    "LB15a, LB15b: quotation marks by their side": (r"\"\u0308? [(\u2329]|.*« |.*[)}] »", 8),
    "LB15c: a decimal point that begins a number": (r".* \.\d", 1),
    "LB25: no break between a point or comma and a digit": (r"(.*\w)?[.,]\u0308?\d", 13),
}


def reason_to_differ(text: str) -> str:
    return next(
        (rule for rule, (pattern, _) in CHANGED_SINCE.items() if re.match(pattern, text)), text
    )


def test_icu_agrees_with_unicode_but_for_rules_changed_since() -> None:
    cases = unicode_cases()
    locale = locale_of("en")
    different = [text for text, offsets in cases if icu_offsets(text, locale) != offsets]
    reasons = Counter(map(reason_to_differ, different))
    assert reasons == {rule: count for rule, (_, count) in CHANGED_SINCE.items()}
    assert (len(cases), len(different)) == (7654, 33)  # 99.57 % agree


@pytest.mark.parametrize(("tag", "keys"), [("ja", "lb-strict-lw-phrase"), ("ko", "lw-phrase")])
def test_the_strings_file_says_how_a_language_is_broken(tag: str, keys: str) -> None:
    assert line_breaking_of(tag) == keys
    assert breaks_in_phrases(keys)
    assert breaking_locale(tag, keys) == f"{tag}-u-{keys}"
    inside = breaking_locale(tag, keys, in_phrases=False)
    assert inside == {"ja": "ja-u-lb-strict", "ko": "ko"}[tag]


def test_a_language_that_a_library_adds_is_broken_as_its_strings_say() -> None:
    text = "この病気は、脳のまれな病気です。"
    span = StyledSpan(text, BODY, "ja")
    by_rules = StyledText((span,), "ja")
    by_phrases = StyledText((span,), "ja", line_breaking="lw-phrase")
    firsts = [texts(set_paragraph(each, 120, fonts()))[0] for each in (by_rules, by_phrases)]
    assert firsts == ["この病気は、脳のまれ", "この病気は、"]


def test_lines_break_behind_spaces() -> None:
    assert pieces("take one tablet") == ["take ", "one ", "tablet"]


def test_lines_break_behind_hyphens_and_slashes_of_words() -> None:
    assert pieces("a well-known and/or rare") == ["a ", "well-", "known ", "and/", "or ", "rare"]


@pytest.mark.parametrize(
    "amount",
    ["5 mg", "38.5 °C", "10 %", "1,000 mL", "0.5 mg/kg", "5–10 mg", "½ g",
     "120 mmHg", "10 a.m.", "5 мг", "٥ ملغ", "5 毫克", "<5 mg", "8 am,", "2 x", "5\u2009mg"],
)  # fmt: skip
def test_a_number_keeps_its_unit_on_the_line(amount: str) -> None:
    assert pieces(f"take {amount} now") == ["take ", f"{amount} ", "now"]


@pytest.mark.parametrize(
    "text", ["take 5 tablets", "in 2021 more", "5, mg", "of 12 people", "mg 5 now"]
)
def test_a_number_does_not_keep_other_words(text: str) -> None:
    assert pieces(text) == [f"{word} " for word in text.split(" ")[:-1]] + [text.split(" ")[-1]]


@pytest.mark.parametrize(
    "whole", ["§ 3", "No. 4", "p. 12", "№ 5", "≥ 65", "J. Smith", "J. R. R. Tolkien"]
)
def test_signs_keep_their_number_and_initials_their_name(whole: str) -> None:
    assert pieces(f"see {whole} here") == ["see ", f"{whole} ", "here"]


@pytest.mark.parametrize(
    "number",
    ["1-800-555-0142", "212-555-0142", "(212) 555-0142", "+1 212-555-0142", "12/05/2024",
     "2024-05-12", "24/7", "120/80", "10 000", "2.–5."],
)  # fmt: skip
def test_telephone_numbers_and_dates_stay_whole(number: str) -> None:
    assert pieces(f"call {number} now") == ["call ", f"{number} ", "now"]


def test_a_drug_s_hyphen_is_an_opportunity_and_a_number_s_is_not() -> None:
    assert pieces("co-trimoxazole 5-10") == ["co-", "trimoxazole ", "5-10"]


def test_a_number_keeps_what_it_counts_in_chinese() -> None:
    found = pieces("每次5毫克，每天3次。", "zh-Hans")
    assert "5毫克，" in found
    assert "3次。" in found


def test_a_unit_with_a_slash_stays_whole() -> None:
    assert pieces("give 5mg/kg/day or 2 mg/kg/day.") == [
        "give ",
        "5mg/kg/day ",
        "or ",
        "2 mg/kg/day.",
    ]


FROM_RIGHT = {
    "ar": [
        "5 mg", "2.5 mg/kg", "10 mg/5 mL", "10 mg / 5 mL", "1,000 IU", "40 mg/day",
        "≥ 38.5 °C", "120/80 mmHg", "120/80 mm Hg", "5 × 10⁹/L", "20 - 30", "20 – 30",
        "2-4 mg", "5 mg – 10 mg", "10:30 am", "10:30 a.m.", "+1 (212) 555-0142",
        "0800 555 019", "555-0142 ext. 12", "212 555 0142", "+966 50 123 4567", "5 ملغ",
        "5 ملغ/كغ", "5 ملغم", "500 ميكروغرام", "5 ملليغرام", "5 مليغرام", "5 مللتر",
        "5 ملليلتر", "5 مل/ساعة", "10 ملغ/5 مل", "٥ ملغ", "٢٫٥ ملغ", "38 درجة", "20 %",
        "2 x 500 mg", "٢٠ – ٣٠", "120 ملم زئبق", "5 وحدات", "5 جم", "5 جرام", "5 غرام",
        "5 لتر", "5 سم", "8:30 – 17:00", "ب5 ملغ", "01 23 45 67 89", "5\u2009mg",
        "212\u2009555\u20090142",
    ],
    "he": [
        '5 מ"ג', "5 מ״ג", '5 מ"ג/ק"ג', '5 מ"ל', "5 מיליגרם", '5 מ"ג/יום', '5 ק"ג', "5 גרם",
        '5 מק"ג', "38 מעלות", '5 ס"מ', "כ-5 mg", 'כ-5 מ"ג', 'כ־5 מ"ג', "5 יח'", '5 מ"מ',
        '120 מ"מ כספית', "5 ליטר", "5 מיליליטר",
    ],
    "fa": [
        "۵ میلی\u200cگرم", "۵ میلی\u200cلیتر", "۵ میکروگرم", "۵ گرم", "۵ کیلوگرم",
        "۲٫۵ میلی\u200cگرم/کیلوگرم", "۵ میلی گرم", "۵ لیتر", "۵ سی\u200cسی", "۵ واحد",
        "۳۸ درجه", "۲۰ – ۳۰", "۰۲۱ ۵۵۵ ۰۱۴۲", "۵ درصد", "۵ سانتی\u200cمتر",
        "۵ میلی\u200cمتر جیوه",
    ],
    "ur": [
        "5 ملی گرام", "5 ملی لیٹر", "5 گرام", "5 کلوگرام", "5 مائیکروگرام", "5 ایم جی",
        "5 ایم ایل", "5 یونٹ", "5 فیصد", "5 ملی گرام/کلوگرام", "38 ڈگری",
    ],
    "ps": [
        "۵ ملي ګرامه", "۵ ملي ګرام", "۵ ملي ليتره", "۵ ګرامه", "۵ کیلوګرامه", "۵ مایکروګرامه",
        "۵ سي سي", "۵ یونټه", "۳۸ درجې",
    ],
}  # fmt: skip
BESIDE = {
    "ar": ("خذ", "يوميًا"),
    "he": ("קחו", "ביום"),
    "fa": ("روزی", "بخورید"),
    "ur": ("روزانہ", "لیں"),
    "ps": ("هره", "واخلئ"),
}


@pytest.mark.parametrize(
    ("language", "amount"),
    [(language, amount) for language, amounts in FROM_RIGHT.items() for amount in amounts],
)
def test_a_dose_a_range_and_a_phone_number_stay_whole_in_right_to_left_text(
    language: str, amount: str
) -> None:
    before, behind = BESIDE[language]
    assert pieces(f"{before} {amount} {behind}", language) == [f"{before} ", f"{amount} ", behind]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "خذ 3 مرات في 2026 أو أكثر"),
        ("ur", "قومی اور ملی کام"),
        ("fa", "یک واحد و سی نفر"),
        ("he", "בשנת 2026 היו 12 אנשים"),
    ],
)
def test_other_words_in_right_to_left_text_may_be_parted(language: str, text: str) -> None:
    assert len(pieces(text, language)) == len(text.split(" "))


def test_a_dash_does_not_begin_a_line() -> None:
    assert pieces("rest – and drink — often") == ["rest – ", "and ", "drink — ", "often"]


def test_a_soft_hyphen_gives_no_opportunity() -> None:
    assert pieces("leuko\u00adencephalopathy now") == ["leuko\u00adencephalopathy ", "now"]


def test_a_zero_width_space_gives_one() -> None:
    assert pieces("ab\u200bcd") == ["ab\u200b", "cd"]


def test_no_break_spaces_keep_words_together() -> None:
    assert pieces("5\u00a0mg of\u202fit") == ["5\u00a0mg ", "of\u202fit"]


def test_offsets_count_characters_also_behind_emoji() -> None:
    assert pieces("😀 take 😀😀 two 5 mg") == ["😀 ", "take ", "😀", "😀 ", "two ", "5 mg"]


def test_thai_breaks_between_words() -> None:
    assert pieces("โรคนี้พบได้น้อย", "th") == ["โรค", "นี้", "พบ", "ได้", "น้อย"]


def test_khmer_lao_and_burmese_break_between_words() -> None:
    assert pieces("មនុស្សទាំងអស់", "km") == ["មនុស្ស", "ទាំងអស់"]
    assert pieces("ມະນຸດທຸກຄົນ", "lo") == ["ມະນຸດ", "ທຸກຄົນ"]
    assert pieces("လူတိုင်းသည်", "my") == ["လူ", "တိုင်း", "သည်"]


def test_chinese_marks_do_not_begin_a_line_nor_brackets_end_one() -> None:
    found = pieces("脑部疾病（PML），由病毒引起。", "zh-Hans")
    assert not any(piece[0] in "），。" for piece in found)
    assert not any(piece[-1] in "（" for piece in found)


def test_small_kana_and_the_sound_mark_do_not_begin_a_line() -> None:
    for in_phrases in (True, False):
        found = pieces("キャッチャーっス", "ja", in_phrases=in_phrases)
        assert not any(piece[0] in "ャッーっ" for piece in found)


def test_japanese_breaks_between_phrases() -> None:
    assert pieces("この病気は、脳のまれな病気です。", "ja") == [
        "この",
        "病気は、",
        "脳のまれな",
        "病気です。",
    ]
    assert len(pieces("この病気は", "ja", in_phrases=False)) == 5


def test_korean_breaks_at_spaces() -> None:
    assert pieces("모든 인간은 자유로우며", "ko") == ["모든 ", "인간은 ", "자유로우며"]


def test_a_line_separator_is_an_opportunity() -> None:
    assert pieces("one\u2028two three") == ["one\u2028", "two ", "three"]


def test_words_are_broken_alike_when_they_are_remembered_and_when_not() -> None:
    text = "Call 1-800-555-0142 or e-mail us – by 5 p.m. (well-known)."
    first = pieces(text)
    assert pieces(text) == first
    assert pieces("well-known") == ["well-", "known"]


WORD = st.text(
    st.sampled_from("aZé5.,:;!?'’\"“”«»()[]/-–—%$€°+±<…।बかーア病ไ\u0301\u00ad\u200b\u2009😀§_@"),
    min_size=1,
    max_size=5,
)
LOCALES = ["en", "fr", "ja-u-lb-strict-lw-phrase", "ja-u-lb-strict", "th"]


@given(st.lists(WORD, min_size=1, max_size=6), st.sampled_from(LOCALES))
def test_what_is_remembered_of_words_equals_icu_on_the_whole(words: list[str], name: str) -> None:
    text = " ".join(words)
    for word in words:  # fill the memory from other surroundings
        break_opportunities(f"one {word} two", name)
        break_opportunities(word, name)
    remembered = break_opportunities(text, name)
    line_breaking.forget()
    assert pieces_of(text, remembered) == pieces_of(text, break_opportunities(text, name))


@pytest.mark.parametrize("tag", language_tags())
def test_icu_breaks_no_word_of_letters_whatever_the_language(tag: str) -> None:
    for keys in {"", language(tag).line_breaking}:
        locale = locale_of(breaking_locale(tag, keys))
        for letter in filter(line_breaking._WORD_OF_LETTERS.fullmatch, map(chr, range(0x10000))):
            whole = f"(a{letter}’{letter}b'{letter}{{}}.,;:!?)"
            for word in map(whole.format, ("", "1", ".2", ",3,40", ";5", ":6", ")7", ").8,9")):
                assert line_breaking._WORD_OF_LETTERS.fullmatch(word)
                assert icu_offsets(word, locale) == [len(word)]


def pieces_of(text: str, offsets: list[int] | None) -> list[int]:
    if offsets is None:
        offsets = [offset for offset, sign in enumerate(text, 1) if sign == " "]
        if not text.endswith(" "):
            offsets.append(len(text))
    return offsets


@given(st.text(st.sampled_from("ab 5-/😀\u2028\u00ad"), min_size=1, max_size=20))
def test_the_text_s_end_is_always_the_last_opportunity(text: str) -> None:
    offsets = pieces_of(text, break_opportunities(text, "en"))
    assert offsets[-1] == len(text)
    assert offsets == sorted(set(offsets))


def test_a_full_memory_starts_afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_breaking, "LIMIT", 2)
    line_breaking.forget()
    for text in ("one two three", "four five-six", "one two", "five-six"):
        assert pieces(text)[-1] in ("three", "six", "two")


@pytest.mark.parametrize(
    ("language", "word"),
    [("my", "ဝက်ဘ်ဆိုက်"), ("my", "ဗိုင်းရပ်စ်"), ("my", "ဆဲလ်"), ("km", "ម៉ាប់")],
)
def test_no_line_begins_with_the_silent_end_of_a_syllable(language: str, word: str) -> None:
    for offset in break_opportunities(word, language) or []:
        assert not re.match("[\u1000-\u1021]\u1037?\u103a|[\u1780-\u17a2]\u17cb", word[offset:])


def test_a_burmese_denial_stays_with_what_it_denies() -> None:
    sentence = "ဆရာဝန်ကို မမေးဘဲ ဆေးကိုမရပ်ပါနှင့်။ မည်သူမျှ မစစ်ဆေးရသေးပါ"
    offsets = break_opportunities(sentence, "my") or []
    pieces = [sentence[start:end] for start, end in pairwise([0, *offsets])]

    assert "\u1019" not in pieces
    assert any(piece.startswith("မစစ်") for piece in pieces)
