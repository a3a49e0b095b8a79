"""The generator's own words: every language has them all, and a slip in a file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from handouts.diagnostics import ContentError, NotFoundError
from handouts.languages import STRINGS, language, language_tags, placeholders
from handouts.reading.strings_files import read_language, read_languages

NEEDED = (
    "en es fr pt-BR ht de it pl ro ru uk el tr vi tl id so sw am ar fa ur ps he hi ne mr bn pa gu "
    "ta te th lo km my zh-Hans zh-Hant ja ko hy ka"
)
ENGLISH = (STRINGS / "en.yaml").read_text("utf-8")


def written(folder: Path, text: str, name: str = "cy.yaml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def said(path: Path) -> str:
    with pytest.raises(ContentError) as caught:
        read_language(path)
    problems = caught.value.diagnostics
    return "\n".join(str(problem).replace(f"{path.parent.as_posix()}/", "") for problem in problems)


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_every_language_that_clinics_asked_for_is_there() -> None:
    assert set(NEEDED.split()) <= set(language_tags())


@pytest.mark.parametrize("tag", language_tags())
def test_the_words_of_a_language_are_whole_and_as_the_generator_reads_them(tag: str) -> None:
    assert read_language(STRINGS / f"{tag}.yaml") == language(tag)


@pytest.mark.parametrize("tag", language_tags())
def test_no_language_leaves_a_sentence_in_english(tag: str) -> None:
    if tag == "en":
        return
    own, english = language(tag).words, language("en").words
    same = {key for key in own if own[key] == english[key] and " " in own[key]}
    assert same - {"list_number", "index_language"} == set()


def test_a_missing_and_an_unknown_word_are_told_with_their_place(tmp_path: Path) -> None:
    text = ENGLISH.replace("  byline:", "  by_line:")
    assert said(written(tmp_path, text)) == (
        f'cy.yaml:{line_of(text, "words:") + 1}:3: error: the word "byline" is missing\n'
        "  at words\n"
        "  hint: translate it from strings/en.yaml\n"
        f'cy.yaml:{line_of(text, "  by_line:")}:12: error: there is no word "by_line"\n'
        "  at words.by_line\n"
        '  hint: did you mean "byline"?'
    )


def test_a_missing_section_is_told_and_one_more_is_welcome(tmp_path: Path) -> None:
    text = ENGLISH.replace("  causes: Causes\n", "  exercises: Exercises\n")
    assert (
        said(written(tmp_path, text))
        .splitlines()[0]
        .endswith('error: the section "causes" is missing')
    )
    read = read_language(written(tmp_path, ENGLISH + "  exercises: Exercises\n"))
    assert read.section_heading("exercises") == "Exercises"


@pytest.mark.parametrize(
    ("of", "instead", "message"),
    [
        ("Page {page} of {pages}", "Page {page}", 'the word "page" lacks the placeholder {pages}'),
        (
            "Page {page} of {pages}",
            "Page {page} of {pages}, {date}",
            'the word "page" has an unknown placeholder {date}',
        ),
        ("By {author}", "By {autor}", 'the word "byline" lacks the placeholder {author}'),
        ("By {author}", "By {author", 'the word "byline" is no text that can be filled'),
        ("direction: ltr", "direction: rtl", "the script Latn does not run rtl"),
        ("direction: ltr", "direction: left", '"left" is not among the choices'),
        (
            "script: Latn",
            "script: Latin",
            'expected an ISO 15924 script such as Latn, found "Latin"',
        ),
        (
            "direction: ltr",
            "direction: ltr\ndigits: romanic",
            'there are no digits "romanic"',
        ),
        (
            "direction: ltr",
            "direction: ltr\ncalendar: persian",
            '"persian" is not among the choices',
        ),
        (
            "direction: ltr",
            "direction: ltr\nline_breaking: anywhere",
            'expected ICU\'s keys such as lb-strict or lw-phrase, found "anywhere"',
        ),
        (
            "direction: ltr",
            "direction: ltr\nline_breaking: lb-sloppy",
            'expected ICU\'s keys such as lb-strict or lw-phrase, found "lb-sloppy"',
        ),
        ('"By {author}"', "Gan '{author}'", 'the word "byline" lacks the placeholder {author}'),
        ('"By {author}"', "L'{author}", 'the word "byline" lacks the placeholder {author}'),
        ("name: English", "naam: English", 'unknown key "naam"'),
    ],
)
def test_a_slip_is_told(tmp_path: Path, of: str, instead: str, message: str) -> None:
    assert of in ENGLISH
    text = ENGLISH.replace(of, instead)
    lines = said(written(tmp_path, text)).splitlines()
    line = line_of(text, instead.split("\n")[-1])
    assert any(
        told.startswith(f"cy.yaml:{line}:") and told.endswith(f"error: {message}") for told in lines
    )


def test_all_slips_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    written(tmp_path, ENGLISH.replace("{author}", "{a}"))
    written(tmp_path, "name: [", "gd.yaml")
    written(tmp_path, ENGLISH, "english.txt.yaml")
    with pytest.raises(ContentError) as caught:
        read_languages(tmp_path)
    files = {Path(problem.span.file).name for problem in caught.value.diagnostics}
    assert files == {"cy.yaml", "gd.yaml", "english.txt.yaml"}


def test_a_librarys_own_language_stands_before_the_generators(tmp_path: Path) -> None:
    written(tmp_path, ENGLISH.replace("name: English", "name: Cymraeg"))
    written(tmp_path, ENGLISH.replace("At a glance", "In short"), "en.yaml")
    known = read_languages(tmp_path)
    assert known.language("cy").name == "Cymraeg"
    assert known.language("en").word("at_a_glance") == "In short"
    assert known.language("fr") is language("fr")
    assert set(known.tags()) == {*language_tags(), "cy"}
    with pytest.raises(NotFoundError, match="cy, de, "):
        known.language("xx")


def test_placeholders_within_plural_branches_are_found() -> None:
    pattern = "{count, plural, one {# page of {title}} other {# pages of {titles}}}, {page}"
    assert placeholders(pattern) == {"count", "title", "titles", "page"}


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("L'{name}", set()),
        ("L''{name}", {"name"}),
        ("d'abord {name}", {"name"}),
        ("{count, plural, one {'{name}'} other {{name}}}", {"count"}),
    ],
)
def test_a_placeholder_that_an_apostrophe_hides_is_none(pattern: str, names: set[str]) -> None:
    assert placeholders(pattern) == names
