"""What judges other programs' readings is judged: what it forgives, and when it says no."""

from __future__ import annotations

import pytest

from tests.reading_back import EXTRACTORS, Extractor, compare_lines, compare_words
from tests.reading_back.extractors import without_embeddings
from tests.reading_back.faithfulness import plain, words_in
from tests.test_reading_back import SOUND


def lost(painted: str, read: str, language: str = "en") -> list[str]:
    return sorted(compare_words([painted], [read], language).lost.elements())


def test_white_space_and_what_is_never_seen_are_forgiven():
    assert plain("one \u00a0two\t\u200bthree\u00ad\u202c\n\n four ") == "one two three\nfour"
    assert lost("take one\ntablet", "take  one tablet") == []


def test_a_hyphen_at_the_end_of_a_line_is_forgiven_and_no_other():
    assert lost("virus-\nrelated", "virusrelated") == []
    assert lost("well-known", "wellknown") == ["well-known"]


@pytest.mark.parametrize(
    ("painted", "read"),
    [
        ("fever", "fevr"),
        ("fever", "fe ver"),
        ("fever", "revef"),
        ("ﬁt", "fit"),
        ("café", "cafe\u0301"),
        ("می\u200cشود", "میشود"),
        ("Dose", "dose"),
    ],
)
def test_a_word_that_differs_at_all_is_lost(painted: str, read: str):
    assert lost(painted, read) == [painted]


def test_a_word_must_come_back_as_often_as_it_is_there():
    tally = compare_words(["no no no"], ["no no"], "en")

    assert (tally.count, dict(tally.lost)) == (3, {"no": 1})
    assert compare_words(["a b c d"], ["a b c"], "en").share == 0.75


def test_words_on_another_page_are_lost():
    assert compare_words(["one", "two"], ["two", "one"], "en").lost.total() == 2


def test_languages_without_spaces_are_cut_where_icu_ends_a_word():
    assert words_in("ยาแก้ปวด วันละครั้ง", "th") == ["ยา", "แก้", "ปวด", "วัน", "ละ", "ครั้ง"]
    assert lost("ยาแก้ปวด", "ยาแก้ ป วด", "th") == ["ปวด"]
    assert words_in("ask us", "en") == ["ask", "us"]


def test_lines_are_compared_whole():
    tally = compare_lines(["one two\nthree"], ["one two three"])

    assert (tally.count, tally.lost.total()) == (2, 2)
    assert compare_lines(["one  two\nthree"], ["one two \nthree"]).share == 1


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("\u202bאבג\u202a :\u202cדהו\u202c", "אבג: דהו"),
        ("\u202bאבג (\u202a ,)MS\u202cדהו\u202c", "אבג (MS), דהו"),
        (":\u202bאבג\u202c", "אבג:"),
        ("one: two", "one: two"),
    ],
)
def test_what_poppler_embeds_is_put_where_it_is_read(printed: str, read: str):
    assert without_embeddings(printed) == read


@pytest.mark.system("pdftotext", "mutool")
@pytest.mark.parametrize("extractor", EXTRACTORS, ids=lambda extractor: extractor.name)
def test_every_extractor_reads_a_sound_file_page_by_page(extractor: Extractor):
    first, second = extractor.pages(SOUND)

    assert {"Asthma", "Breathe", "Rest."} <= set(words_in(first, "en"))
    assert "Call" in words_in(second, "en")
    assert "Asthma" not in words_in(second, "en")
