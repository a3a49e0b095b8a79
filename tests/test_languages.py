"""Dates, digits and names as each language writes them, from ICU and CLDR."""

from __future__ import annotations

import pytest

from handouts.document import PartialDate
from handouts.languages import language, language_tags

DAY = PartialDate(2021, 5, 25)


@pytest.mark.parametrize(
    ("tag", "day", "month"),
    [
        ("en", "May 25, 2021", "May 2021"),
        ("es", "25 de mayo de 2021", "mayo de 2021"),
        ("de", "25. Mai 2021", "Mai 2021"),
        ("ru", "25 мая 2021\u202fг.", "май 2021\u202fг."),
        ("ar", "25 مايو 2021", "مايو 2021"),
        ("bn", "২৫ মে, ২০২১", "মে ২০২১"),
        ("my", "၂၀၂၁ မေ ၂၅", "၂၀၂၁ မေ"),
        ("th", "25 พฤษภาคม 2564", "พฤษภาคม 2564"),
        ("zh-Hant", "2021年5月25日", "2021年5月"),
        ("ko", "2021년 5월 25일", "2021년 5월"),
    ],
)
def test_a_date_is_written_as_the_language_does(tag: str, day: str, month: str) -> None:
    assert language(tag).date(DAY).replace("\xa0", "\u202f") == day
    assert language(tag).date(PartialDate(2021, 5)).replace("\xa0", "\u202f") == month


@pytest.mark.parametrize("tag", ["fa", "ps"])
def test_persian_and_pashto_dates_are_gregorian_in_their_digits(tag: str) -> None:
    assert "۲۰۲۱" in language(tag).date(DAY)
    assert "۲۵" in language(tag).date(DAY)


@pytest.mark.parametrize("tag", language_tags())
def test_a_year_alone_is_a_year_in_the_languages_calendar(tag: str) -> None:
    year = 2564 if language(tag).calendar == "buddhist" else 2021
    assert language(tag).number(year) in language(tag).date(PartialDate(2021))


@pytest.mark.parametrize(
    ("tag", "number"),
    [("en", "12"), ("ar", "12"), ("fa", "۱۲"), ("ur", "12"), ("ne", "१२"), ("hi", "12")],
)
def test_numbers_have_the_languages_digits(tag: str, number: str) -> None:
    own = language(tag)
    assert own.number(12) == number
    assert number in own.word("list_number", number=12)
    assert number in own.word("page", page=12, pages=13)


def test_numbers_are_not_grouped() -> None:
    assert language("en").number(1234567) == "1234567"


@pytest.mark.parametrize("tag", language_tags())
def test_every_language_has_names_for_others_and_for_countries(tag: str) -> None:
    own = language(tag)
    assert own.language_name("en") not in ("", "en")
    assert own.language_name("zh-Hant") not in ("", "zh-Hant")
    assert own.country("US") not in ("", "US")
    assert own.country("QZ") == "QZ"


def test_a_language_without_a_name_elsewhere_goes_by_its_own() -> None:
    assert language("en").language_name("pt-BR") == "Brazilian Portuguese"
    assert language("es").language_name("ar") == "árabe"


def test_a_phrase_that_begins_with_a_name_begins_with_a_capital() -> None:
    said = language("ru").word("original_same", language=language("ru").language_name("en"))
    assert said.startswith("Английский")
