"""Doses, phone numbers, dates, codes and names in right-to-left text stand as they were typed.

What is seen is written from left to right. A circled number is a right-to-left word, counted in
the order of reading: in a line that is only such words, ① is the rightmost. Signs are given as they
look, so that a bracket in a right-to-left run is already mirrored.
"""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.text.bidi import embedding_levels
from handouts.text.glyphs import Line, StyledSpan, StyledText, TextStyle
from handouts.text.isolates import isolates_of
from handouts.text.paragraphs import set_paragraph
from tests.text.setting import BODY, BOLD, RIGHT_TO_LEFT, fonts, styled, texts

RAISED = TextStyle(8, rise=4)

_LETTERS = "\u05d0-\u05ea\u0620-\u065f\u066e-\u06d3\u06d5-\u06ed\u06fa-\u06ff"
# A word with the marks inside it: gershayim as typed, and the joiners of Persian.
_WORD = re.compile(f"[{_LETTERS}](?:[\"'\u200c]?[{_LETTERS}])*")
_MIRRORED = str.maketrans("()[]<>«»≤≥", ")(][><»«≥≤")


def seen(line: Line, words: list[str]) -> str:
    """What stands on the line from left to right, each of the words as its circled number."""
    whole = "".join(
        run.text.translate(_MIRRORED)[::-1] if run.right_to_left else run.text
        for run in sorted(line.runs, key=lambda run: run.x)
    )
    for number, word in sorted(enumerate(words), key=lambda pair: -len(pair[1])):
        whole = whole.replace(word[::-1], chr(ord("①") + number), 1)
    return whole


def seen_in(text: str, language: str) -> str:
    source = styled(text, language)
    (line,) = set_paragraph(source, 10_000, fonts())
    assert texts([line]) == [text]
    return seen(line, _WORD.findall(text))


# Sentences and what is seen of them. In Arabic: take, daily, after, of, times, and so on.
ARABIC = {
    # Doses
    "a dose": ("خذ 5 mg يوميًا", "② 5 mg ①"),
    "a dose with a decimal": ("خذ 0.5 mL يوميًا", "② 0.5 mL ①"),
    "a dose per kilogram": ("خذ 2.5 mg/kg يوميًا", "② 2.5 mg/kg ①"),
    "a dose per kilogram and day": ("خذ 5 mg/kg/day فقط", "② 5 mg/kg/day ①"),
    "a strength per volume": ("شراب 10 mg/5 mL للأطفال", "② 10 mg/5 mL ①"),
    "a dose without a space": ("خذ 500mg يوميًا", "② 500mg ①"),
    "a dose with a no-break space": ("خذ 5\u00a0mg يوميًا", "② 5\u00a0mg ①"),
    "a dose with a thin space": ("خذ 5\u2009mg يوميًا", "② 5\u2009mg ①"),
    "international units": ("خذ 1,000 IU يوميًا", "② 1,000 IU ①"),
    "units with a space for thousands": ("خذ 10 000 IU يوميًا", "② 10 000 IU ①"),
    "a dose a day at the end": ("الجرعة 40 mg/day.", ".40 mg/day ①"),
    "a percentage": ("لدى 20% من المرضى", "③ ② 20% ①"),
    "a fraction": ("خذ 1/2 قرص", "② 1/2 ①"),
    "a dose and a count": ("خذ 5 mg 3 مرات", "② 3 5 mg ①"),
    "a name and a count": ("خذ Paracetamol 3 مرات", "② 3 Paracetamol ①"),
    "a dose with an Arabic unit": ("خذ 5 ملغ يوميًا", "③ ② 5 ①"),
    "a dose per kilogram in Arabic units": ("خذ 5 ملغ/كغ يوميًا", "④ ③/② 5 ①"),
    "a range with an Arabic unit": ("خذ 2-4 ملغ يوميًا", "③ ② 2-4 ①"),
    "a range with a Latin unit": ("خذ 2-4 mg يوميًا", "② 2-4 mg ①"),
    "a range of doses": ("بين 5 mg – 10 mg يوميًا", "② 5 mg – 10 mg ①"),
    "tablets by strength": ("خذ 2 x 500 mg يوميًا", "② 2 x 500 mg ①"),
    # Measures
    "a fever": ("الحرارة ≥ 38.5 °C تعني", "② ≥ 38.5 °C ①"),
    "degrees without a space": ("الحرارة 38.5°C اليوم", "② 38.5°C ①"),
    "below zero": ("يحفظ عند -5 °C دائمًا", "③ -5 °C ② ①"),
    "below zero with a minus": ("يحفظ عند \u221220 °C دائمًا", "③ \u221220 °C ② ①"),
    "degrees in words": ("يحفظ عند -5 درجات", "③ -5 ② ①"),
    "blood pressure": ("الضغط 120/80 mmHg طبيعي", "② 120/80 mmHg ①"),
    "a limit of blood pressure": ("الضغط ≤ 140/90 طبيعي", "② ≤ 140/90 ①"),
    "a cell count": ("العدد 5 × 10⁹/L طبيعي", "② 5 × 10⁹/L ①"),
    "acidity": ("الدم pH 7.35-7.45 طبيعي", "② pH 7.35-7.45 ①"),
    "a comparison": ("عمره <5 سنوات", "② <5 ①"),
    "a plus": ("الدرجة +5 اليوم", "② +5 ①"),
    "a comparison of a count": ("العدد CD4 <200 خلية", "② CD4 <200 ①"),
    "a formula": ("المؤشر BMI = 25 kg/m² اليوم", "② BMI = 25 kg/m² ①"),
    # Ranges, dates and times
    "a range": ("من عمر 20-30 سنة", "③ 20-30 ② ①"),
    "a range with an en dash": ("من عمر 20–30 سنة", "③ 20–30 ② ①"),
    "a range with spaces": ("من عمر 20 - 30 سنة", "③ 20 - 30 ② ①"),
    "a range of percentages": ("لدى 20%-30% منهم", "② 20%-30% ①"),
    "a date": ("يوم 2026-11-22 صباحًا", "② 2026-11-22 ①"),
    "a date with slashes": ("يوم 22/11/2026 صباحًا", "② 22/11/2026 ①"),
    "a day and a month": ("يوم 11/22 صباحًا", "② 11/22 ①"),
    "a date in English": ("يوم 22 November 2026 صباحًا", "② 22 November 2026 ①"),
    "opening hours": ("مفتوح 8:30-17:00 يوميًا", "② 8:30-17:00 ①"),
    "a time": ("الموعد 10:30 am غدًا", "② 10:30 am ①"),
    "a time with full stops": ("الموعد 10:30 a.m. غدًا", "② 10:30 a.m. ①"),
    "years": ("بين 1939-1945 وقبل", "② 1939-1945 ①"),
    # Telephone numbers
    "a phone number": ("اتصل 212-555-0142 الآن", "② 212-555-0142 ①"),
    "a phone number at the end": ("اتصل على 212-555-0142.", ".212-555-0142 ② ①"),
    "a number with its country": ("اتصل +1 (212) 555-0142 الآن", "② +1 (212) 555-0142 ①"),
    "an area in brackets": ("اتصل (212) 555-0142 الآن", "② (212) 555-0142 ①"),
    "a free number": ("اتصل 1-800-555-0199 الآن", "② 1-800-555-0199 ①"),
    "a number with spaces": ("اتصل 0800 555 019 الآن", "② 0800 555 019 ①"),
    "a number with no-break spaces": (
        "اتصل +966\u00a050\u00a0123\u00a04567 الآن",
        "② +966\u00a050\u00a0123\u00a04567 ①",
    ),
    "a number with thin spaces": (
        "اتصل 212\u2009555\u20090142 الآن",
        "② 212\u2009555\u20090142 ①",
    ),
    "a number with dots": ("اتصل 212.555.0142 الآن", "② 212.555.0142 ①"),
    "a number with slashes": ("اتصل 030/555/0142 الآن", "② 030/555/0142 ①"),
    "a number with no-break hyphens": (
        "اتصل 212\u2011555\u20110142 الآن",
        "② 212\u2011555\u20110142 ①",
    ),
    "an extension": ("اتصل 555-0142 ext. 12 الآن", "② 555-0142 ext. 12 ①"),
    "a number in the sentence's brackets": ("العيادة (212-555-0142) مفتوحة", "② (212-555-0142) ①"),
    "two numbers": ("اتصل 555-0142 أو 555-0199 الآن", "③ 555-0199 ② 555-0142 ①"),
    # Names and codes
    "a name with its strength": (
        "دواء natalizumab (Tysabri) 300 mg/15 mL بالوريد",
        "② natalizumab (Tysabri) 300 mg/15 mL ①",
    ),
    "a name in the sentence's brackets": ("المرض (PML) نادر", "② (PML) ①"),
    "a name before an Arabic comma": ("دواء Paracetamol، ثم اتصل", "③ ② ،Paracetamol ①"),
    "two names with an Arabic comma": ("مثل Advil، Tylenol وغيرها", "② Tylenol ،Advil ①"),
    "a name that ends one sentence, and one that begins the next": (
        "بعد MRI. PML مرض",
        "② PML .MRI ①",
    ),
    "a code of a disease": ("الرمز ICD A81.2 هنا", "② ICD A81.2 ①"),
    "a hyphen and a number": ("مرض COVID-19 معد", "② COVID-19 ①"),
    "a vitamin": ("فيتامين B12 مفيد", "② B12 ①"),
    "a kind of cells": ("خلايا T-cell وخلايا CD4+ هنا", "③ CD4+ ② T-cell ①"),
    "a gene": ("الجين HLA-B*57:01 هنا", "② HLA-B*57:01 ①"),
    "an abbreviation with small letters": ("فحص HbA1c اليوم", "② HbA1c ①"),
    "a number with its sign": ("الغرفة #5 هنا", "② #5 ①"),
    "a code of a sheet": ("الرمز K7QF-3M2P هنا", "② K7QF-3M2P ①"),
    "an e-mail address": ("اكتب إلى help.me@example.org الآن", "③ help.me@example.org ② ①"),
    "a web address at the end": (
        "اقرأ https://example.org/a-b?c=1&d=2.",
        ".https://example.org/a-b?c=1&d=2 ①",
    ),
    "a bacterium": ("جرثومة E. coli هنا", "② E. coli ①"),
    "a question": ("هل أخذت 5 mg؟", "؟5 mg ② ①"),
    # Arabic digits
    "a range in Arabic digits": ("من عمر ٢٠-٣٠ سنة", "③ ٣٠-٢٠ ② ①"),
    "a dose in Arabic digits": ("خذ ٥ ملغ يوميًا", "③ ② ٥ ①"),
    "a decimal in Arabic digits": ("خذ ٢٫٥ ملغ يوميًا", "③ ② ٢٫٥ ①"),
    "a date in Arabic digits": ("يوم ٢٢/١١/٢٠٢٦ صباحًا", "② ٢٢/١١/٢٠٢٦ ①"),
    "a date with hyphens in Arabic digits": ("يوم ٢٠٢٦-١١-٢٢ صباحًا", "② ٢٠٢٦-١١-٢٢ ①"),
    "a phone number in Arabic digits": ("اتصل ٠٥٠-٥٥٥-٠١٤٢ الآن", "② ٠٥٠-٥٥٥-٠١٤٢ ①"),
    "a number with its country in Arabic digits": (
        "اتصل +٩٦٦ ٥٠ ١٢٣ ٤٥٦٧ الآن",
        "② +٩٦٦ ٥٠ ١٢٣ ٤٥٦٧ ①",
    ),
    "a percentage in Arabic digits": ("لدى ٢٠٪ منهم", "② ٪٢٠ ①"),
    "a Latin unit with Arabic digits": ("خذ ٥ mg يوميًا", "② ٥ mg ①"),
}
HEBREW = {
    "a prefix before a number": ("ב-20 במאי", "② 20-①"),
    "a maqaf before a number": ("ב־20 במאי", "② 20־①"),
    "a prefix before a name": ("בדיקת ה-MRI היום", "③ MRI-② ①"),
    "a prefix before a dose": ('כ-5 מ"ג ביום', "③ ② 5-①"),
    "a prefix before a Latin dose": ("קחו כ-5 mg ביום", "③ 5 mg-② ①"),
    "a prefix before a range": ("בגיל ה-20-30 לערך", "③ 20-30-② ①"),
    "a dose per kilogram": ("קחו 2.5 mg/kg ביום", "② 2.5 mg/kg ①"),
    "a dose in Hebrew units": ('קחו 2.5 מ"ג/ק"ג ביום', "④ ③/② 2.5 ①"),
    "a range": ('קחו 5-10 מ"ג ביום', "③ ② 5-10 ①"),
    "a range with an en dash": ('קחו 5–10 מ"ג ביום', "③ ② 5–10 ①"),
    "a free number": ("חייגו 1-800-555-019 עכשיו", "② 1-800-555-019 ①"),
    "a short number with a star": ("חייגו 03-555-0142 או 101.", ".101 ② 03-555-0142 ①"),
    "a fever": ("חום ≥ 38.5 °C או", "② ≥ 38.5 °C ①"),
    "a percentage": ("אצל 20% מהחולים", "② 20% ①"),
    "below zero": ("בין -5 ל-10 מעלות", "③ 10-② -5 ①"),
    "names in a list": ("כמו natalizumab (Tysabri) ו-Motrin.", ".Motrin-② natalizumab (Tysabri) ①"),
    "a date": ("ביום 22.11.2026 בבוקר", "② 22.11.2026 ①"),
    "hours": ("פתוח 8:30-17:00, כל יום", "③ ② ,8:30-17:00 ①"),
    "a code and its version": ("וירוס COVID-19 (SARS-CoV-2) נפוץ", "② COVID-19 (SARS-CoV-2) ①"),
}
PERSIAN = {
    "a dose in Persian digits": ("روزی ۵ میلی\u200cگرم بخورید", "③ ② ۵ ①"),
    "a decimal": ("روزی ۲٫۵ میلی\u200cگرم بخورید", "③ ② ۲٫۵ ①"),
    "a range in Persian digits": ("سن ۲۰-۳۰ سال", "② ۲۰-۳۰ ①"),
    "a range with an en dash": ("سن ۲۰–۳۰ سال", "② ۲۰–۳۰ ①"),
    "a range that begins the paragraph": ("۲۰-۳۰ سال", "① ۲۰-۳۰"),
    "a date": ("روز ۱۴۰۵/۰۹/۰۱ ساعت", "② ۱۴۰۵/۰۹/۰۱ ①"),
    "a phone number": ("تلفن ۰۲۱-۵۵۵۵۰۱۴۲ را", "② ۰۲۱-۵۵۵۵۰۱۴۲ ①"),
    "a phone number with spaces": ("تلفن ۰۲۱ ۵۵۵ ۰۱۴۲ را", "② ۰۲۱ ۵۵۵ ۰۱۴۲ ①"),
    "a percentage": ("در ۲۰٪ بیماران", "② ٪۲۰ ①"),
    "below zero": ("دمای -۵ درجه", "② -۵ ①"),
    "a fever": ("تب ≥ ۳۸٫۵ درجه", "② ≥ ۳۸٫۵ ①"),
    "hours": ("ساعت ۸:۳۰-۱۷:۰۰ باز", "② ۸:۳۰-۱۷:۰۰ ①"),
    "a dose in western digits": ("روزی 5 mg/kg بخورید", "② 5 mg/kg ①"),
    "a range in western digits": ("سن 20-30 سال", "② 20-30 ①"),
    "a name with a suffix": ("داروی Tysabri\u200cها را", "③ ②Tysabri\u200c ①"),
    "a strength": ("قرص Aspirin 80 mg بخورید", "② Aspirin 80 mg ①"),
}
URDU = {
    "a dose": ("روزانہ 5 mg/kg لیں۔", "۔② 5 mg/kg ①"),
    "a range": ("عمر 20-30 سال", "② 20-30 ①"),
    "a range in native digits": ("عمر ۲۰-۳۰ سال", "② ۲۰-۳۰ ①"),
    "a phone number": ("فون 1-800-555-0199 کریں", "② 1-800-555-0199 ①"),
    "a name with its strength": ("دوا Panadol (500 mg) لیں", "② Panadol (500 mg) ①"),
    "a dose in Urdu units": ("روزانہ 5 ملی گرام لیں", "④ ③ ② 5 ①"),
    "a date": ("تاریخ 22/11/2026 کو", "② 22/11/2026 ①"),
}
PASHTO = {
    "a dose": ("هره ورځ 5 mg/kg واخلئ", "③ 5 mg/kg ② ①"),
    "a dose in native digits": ("هره ورځ ۵ ملي ګرامه واخلئ", "⑤ ④ ③ ۵ ② ①"),
    "a range in native digits": ("عمر ۲۰-۳۰ کاله", "② ۲۰-۳۰ ①"),
    "a phone number": ("شمېره +93 70 555 0142 ده", "② +93 70 555 0142 ①"),
    "a name": ("د COVID-19 ناروغي", "② COVID-19 ①"),
    "a fever": ("تبه > 38.5 °C ده", "② > 38.5 °C ①"),
}


def named(phrases: dict[str, tuple[str, str]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(("text", "expected"), phrases.values(), ids=phrases.keys())


@named(ARABIC)
def test_in_arabic_it_keeps_its_order(text: str, expected: str) -> None:
    assert seen_in(text, "ar") == expected


@named(HEBREW)
def test_in_hebrew_it_keeps_its_order(text: str, expected: str) -> None:
    assert seen_in(text, "he") == expected


@named(PERSIAN)
def test_in_persian_it_keeps_its_order(text: str, expected: str) -> None:
    assert seen_in(text, "fa") == expected


@named(URDU)
def test_in_urdu_it_keeps_its_order(text: str, expected: str) -> None:
    assert seen_in(text, "ur") == expected


@named(PASHTO)
def test_in_pashto_it_keeps_its_order(text: str, expected: str) -> None:
    assert seen_in(text, "ps") == expected


# Spans


def isolated(*spans: StyledSpan, language: str = "ar") -> list[str]:
    source = StyledText(spans, language, language in RIGHT_TO_LEFT)
    text = "".join(span.text for span in spans)
    return [text[start:end] for start, end in isolates_of(source, text)]


def span(
    text: str, style: TextStyle = BODY, language: str = "ar", *, apart: bool = False
) -> StyledSpan:
    return StyledSpan(text, style, language, isolate=apart)


def test_bold_inside_a_dose_does_not_part_it() -> None:
    spans = (span("خذ "), span("5", BOLD), span(" mg"), span("/kg", BOLD), span(" يوميًا"))
    assert isolated(*spans) == ["5 mg/kg"]
    (line,) = set_paragraph(StyledText(spans, "ar", True), 10_000, fonts())
    assert seen(line, ["خذ", "يوميًا"]) == "② 5 mg/kg ①"


def test_a_foreign_span_and_the_strength_behind_it_are_one_phrase() -> None:
    name = span("natalizumab", language="en", apart=True)
    assert isolated(span("دواء "), name, span(" (Tysabri) 300 mg وريدي")) == [
        "natalizumab",
        "natalizumab (Tysabri) 300 mg",
    ]


def test_a_foreign_span_is_never_cut() -> None:
    name = span("Take 5 mg, then rest. 10:30 a.m.", language="en", apart=True)
    assert isolated(span("اقرأ "), name, span(" ثم")) == ["Take 5 mg, then rest. 10:30 a.m."]


def test_what_was_isolated_already_has_its_phrases_inside() -> None:
    clinic = span("عيادة النهر 212-555-0142", apart=True)
    assert isolated(span("من "), clinic, span(".")) == [
        "عيادة النهر 212-555-0142",
        "212-555-0142",
    ]


def test_an_isolated_phone_number_is_not_drawn_to_the_foreign_word_before_it() -> None:
    number = span("212-555-0142", apart=True)
    assert isolated(span("عيادة Riverside "), number, span(" الآن")) == [
        "Riverside",
        "212-555-0142",
    ]


def test_the_number_of_a_reference_is_no_part_of_the_dose_before_it() -> None:
    numbers = (span("1", RAISED), span(",", RAISED), span("2", RAISED))
    spans = (span("خذ 5 mg"), *numbers, span("."))
    assert isolated(*spans) == ["5 mg", "1,2"]
    (line,) = set_paragraph(StyledText(spans, "ar", True), 10_000, fonts())
    assert seen(line, ["خذ"]) == ".1,25 mg ①"


def test_the_number_of_a_reference_follows_a_plain_number_and_does_not_lengthen_it() -> None:
    spans = (span("قبل 20"), span("1", RAISED), span(" سنة"))
    (line,) = set_paragraph(StyledText(spans, "ar", True), 10_000, fonts())
    assert seen(line, ["قبل", "سنة"]) == "② 120 ①"


def test_isolates_that_touch_are_in_the_order_of_the_paragraph() -> None:
    spans = (span("من "), span("MRI", apart=True), span("212", apart=True), span(" ثم"))
    (line,) = set_paragraph(StyledText(spans, "ar", True), 10_000, fonts())
    assert seen(line, ["من", "ثم"]) == "② 212MRI ①"


def test_a_phrase_ends_with_its_line() -> None:
    assert isolated(span("خذ 5 mg\u2028Paracetamol 3 مرات")) == ["5 mg", "Paracetamol"]


def test_no_phrase_reaches_over_a_direction_mark() -> None:
    assert isolated(span("خذ 5 \u200fmg يوميًا")) == ["mg"]


def test_a_plain_number_is_left_to_the_algorithm() -> None:
    assert isolated(span("خذ 5 أقراص أو 2.5 أو 1,000 يوم 22/11/2026 الساعة 8:30")) == []


def test_text_without_digits_and_foreign_letters_has_no_isolates() -> None:
    assert isolated(span("اغسل يديك (جيدًا) بالماء؛ ثم جففهما.")) == []


def test_nothing_is_added_to_the_text() -> None:
    text = "خذ natalizumab (Tysabri) 300 mg/15 mL أو اتصل +1 (212) 555-0142."
    lines = set_paragraph(styled(text, "ar"), 150, fonts())
    assert len(lines) > 1
    assert "".join(texts(lines)) == text


# Left-to-right paragraphs


LEFT_TO_RIGHT = {
    "a dose behind an Arabic word": ("Take تحميلة 5 mg now", "Take ① 5 mg now"),
    "a dose behind a Hebrew word": ("Take נר 5 mg now", "Take ① 5 mg now"),
    "a phone number behind a name": ("Call עיר מים 212-555-0142 now", "Call ② ① 212-555-0142 now"),
    "a comparison": ("At חום >38 °C call", "At ① >38 °C call"),
    "a count inside the words": ("Say خذ 3 مرات now", "Say ② 3 ① now"),
    "brackets": ("The (تحميلة) 5 mg", "The (①) 5 mg"),
    "words alone": ("Say خذ تحميلة now", "Say ② ① now"),
}


@named(LEFT_TO_RIGHT)
def test_a_left_to_right_paragraph_keeps_its_order(text: str, expected: str) -> None:
    assert seen_in(text, "en") == expected


# Laws


PIECES = st.lists(
    st.tuples(
        st.lists(
            st.sampled_from(
                [
                    *"05 .,-/()+%<°:×&#@\u2028\u00a0٠٥۵٫A",
                    "mg",
                    "خذ",
                    "ה",
                    "St",
                    "é",
                    "क",
                    "x",
                    "ext",
                ]
            ),
            max_size=8,
        ).map("".join),
        st.sampled_from([BODY, BOLD, RAISED]),
        st.booleans(),
    ),
    max_size=6,
)


@given(PIECES, st.sampled_from(["ar", "he", "en"]))
@settings(max_examples=200, deadline=None)
def test_isolates_lie_beside_or_inside_each_other_and_in_the_text(
    pieces: list[tuple[str, TextStyle, bool]], language: str
) -> None:
    spans = tuple(span(text, style, language, apart=apart) for text, style, apart in pieces)
    text = "".join(text for text, _, _ in pieces)
    right_to_left = language in RIGHT_TO_LEFT
    isolates = isolates_of(StyledText(spans, language, right_to_left), text)
    # It would raise an error if they crossed.
    assert len(embedding_levels(text, int(right_to_left), isolates)) == len(text)
    assert len(isolates) == len(set(isolates))


@given(PIECES, st.sampled_from(["ar", "he"]))
@settings(max_examples=100, deadline=None)
def test_without_spans_a_phrase_is_on_one_line_and_has_no_space_at_its_ends(
    pieces: list[tuple[str, TextStyle, bool]], language: str
) -> None:
    for phrase in isolated(span("".join(text for text, _, _ in pieces)), language=language):
        assert phrase == phrase.strip()
        assert "\u2028" not in phrase
