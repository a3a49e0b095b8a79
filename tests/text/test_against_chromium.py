"""Painted lines against Chromium's, with the same font files, at 72 dots to the em.

The distance of ``likeness`` says how much ink one of the two has where the other has none. Two
lines of each way of writing must be within the limit; lines with a fault must be beyond it.
"""

from __future__ import annotations

from functools import cache

import pytest
from PIL import Image

from tests.text.likeness import distance
from tests.text.line_pictures import EM, Sample, chromium_pictures, our_pictures, samples
from tests.text.script_samples import WRITINGS, paragraphs

LIMIT = 0.03  # the greatest distance found is half of it, the least of a fault four times it

pytestmark = [pytest.mark.system("chromium"), pytest.mark.slow]

# Directions that change within a line; the order is Chromium's own.
MIXED = {
    "dose in Arabic": ("ar", "خذ 5–10 mg/kg من Tysabri (natalizumab) كل 28 يومًا."),
    "telephone in Arabic": ("ar", "اتصل على 1-800-555-0142 أو +1 (212) 555-0142 الآن."),
    "Arabic digits": ("ar", "خذ ٢ أقراص، ٣ مرات، من ٥ إلى ١٠ أيام (٣٧٫٥ درجة)."),
    "dose in Hebrew": ("he", "קחו 2.5 mg של Xarelto® (20%) פעמיים ביום, 24/7."),
    "dose in Urdu": ("ur", "روزانہ 2 mg دوا لیں؛ 911 پر کال کریں (JC virus)۔"),
    "dose in Persian": ("fa", "هر ۸ ساعت ۵۰۰ mg (۲ قرص) از Amoxicillin بخورید."),
    "Arabic in English": ("en", "In Arabic it is called صحة الدماغ (brain health), 5 mg."),
    "Hebrew with points": ("he", "שָׁלוֹם, בְּרִיאוּת! Vitamin B12 (1,000 µg)"),
}

# A right line, and what it must not look like.
FAULTS = {
    "a mark is missing in Vietnamese": ("vi", "Người bệnh uống nước", "Người bênh uống nước"),
    "a dot is missing in Arabic": ("ar", "قلب سليم", "فلب سليم"),
    "a vowel sign is missing in Hebrew": ("he", "שָׁלוֹם לכולם", "שׁלוֹם לכולם"),
    "an anusvara is missing in Hindi": ("hi", "दवा हिंदी में", "दवा हिदी में"),
    "a tone mark is missing in Thai": ("th", "ที่บ้าน", "ทีบ้าน"),
    "the words are reversed in Arabic": ("ar", "صحة الدماغ", "الدماغ صحة"),
    "the words are reversed in Hebrew": ("he", "מים חמים", "חמים מים"),
    "letters are not joined in Arabic": ("ar", "صحة", "ص\u200cح\u200cة"),
    "letters are not joined in Urdu": ("ur", "صحت", "ص\u200cح\u200cت"),
    "letters are not joined in Hindi": ("hi", "क्षय", "क्\u200cषय"),
    "one letter is another in English": ("en", "a bad cold", "a dad cold"),
    "one letter is another in Chinese": ("zh-Hans", "白天喝水", "自天喝水"),
}  # fmt: skip


@cache
def lines() -> dict[str, Sample]:
    """The lines that are compared, by a name for each."""
    found = {}
    for name, writing in WRITINGS.items():
        of_several = [
            sample
            for text in paragraphs(writing.language)
            for row in [list(samples(text, writing.language))]
            if len(row) > 1
            for sample in row
        ]
        found[f"{name}, first"] = of_several[0]
        found[f"{name}, second"] = of_several[len(of_several) // 2]
    for name, (language, text) in MIXED.items():
        (found[name],) = samples(text, language)
    for name, (language, right, _) in FAULTS.items():
        (found[name],) = samples(right, language)
    return found


@cache
def theirs() -> dict[str, Image.Image]:
    return dict(zip(lines(), chromium_pictures(list(lines().values())), strict=True))


@cache
def ours() -> dict[str, Image.Image]:
    return dict(zip(lines(), our_pictures(list(lines().values())), strict=True))


@cache
def faulty() -> dict[str, Image.Image]:
    wrong = [sample for language, _, text in FAULTS.values() for sample in samples(text, language)]
    return dict(zip(FAULTS, our_pictures(wrong), strict=True))


@pytest.mark.parametrize("name", WRITINGS)
def test_lines_look_as_chromium_paints_them(name: str) -> None:
    for which in ("first", "second"):
        key = f"{name}, {which}"
        assert distance(ours()[key], theirs()[key], EM) <= LIMIT


@pytest.mark.parametrize("name", MIXED)
def test_lines_of_mixed_direction_look_as_chromium_paints_them(name: str) -> None:
    assert distance(ours()[name], theirs()[name], EM) <= LIMIT


@pytest.mark.parametrize("name", FAULTS)
def test_a_line_with_a_fault_is_told_apart(name: str) -> None:
    assert distance(ours()[name], theirs()[name], EM) <= LIMIT
    assert distance(faulty()[name], theirs()[name], EM) > 2 * LIMIT
