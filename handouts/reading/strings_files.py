"""The generator's own words in one language: strings/<tag>.yaml, held to the English ones.

A library may bring languages of its own in its folder ``strings``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from handouts.diagnostics import SourceSpan
from handouts.languages import Language, Languages, has_digits, language, placeholders
from handouts.reading.added_files import read_file, read_folder
from handouts.reading.leaves import Choice, Code, Text, one_line
from handouts.reading.marked_yaml import Node, read_yaml
from handouts.reading.names import SLUG_PATTERN, is_language_tag
from handouts.reading.report import Report
from handouts.reading.shapes import (
    Located,
    MapOf,
    Marked,
    Record,
    Schema,
    Shape,
    leaf,
    nearest,
    optional,
    required,
)

MODEL = "en"  # the language that the others are held to

# Those whose months are the Gregorian ones: a date may be known to the month only.
_CALENDARS = ("gregory", "buddhist", "roc", "japanese")
# Of BCP 47, as UTS #35 lists them.
_STRICTNESS, _WORDS = "lb-(loose|normal|strict)", "lw-(normal|breakall|keepall|phrase)"
_LINE_BREAKING = f"{_STRICTNESS}|({_STRICTNESS}-)?{_WORDS}"
_RIGHT_TO_LEFT = frozenset({"Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"})


class _Phrase(Shape[Located[str]]):
    """Words with ICU placeholders."""

    def read(self, node: Node, report: Report) -> Located[str]:
        return Located(one_line(leaf(node, "text", report).text), node.span)

    def json_schema(self) -> Schema:
        return {"type": "string"}


Phrases = Located[dict[str, Located[str]]]


@dataclass(frozen=True, slots=True)
class _Strings:
    name: str
    script: str
    direction: Located[str]
    words: Phrases
    sections: Phrases
    digits: Located[str] | None = None
    calendar: str = "gregory"
    line_breaking: str = ""


STRINGS_FILE = Record(
    _Strings,
    {
        "name": required(Text(), "what its readers call the language"),
        "script": required(Code("an ISO 15924 script such as Latn", "[A-Z][a-z]{3}"), "its script"),
        "direction": required(Marked(Choice(("ltr", "rtl"))), "ltr or rtl"),
        "digits": optional(
            Marked(Code("a numbering system such as arabext", "[a-z]{3,8}")),
            "its digits (BCP 47, key nu), if not those of CLDR",
        ),
        "calendar": optional(Choice(_CALENDARS), "its calendar (BCP 47, key ca)"),
        "line_breaking": optional(
            Code("ICU's keys such as lb-strict or lw-phrase", _LINE_BREAKING),
            "how lines break, if not by UAX #14 alone",
        ),
        "words": required(
            Marked(MapOf(Code("a key such as at_a_glance", "[a-z_]+"), _Phrase(), "draft: ...")),
            "the generator's own words",
        ),
        "sections": required(
            Marked(MapOf(Code("a section id", SLUG_PATTERN), _Phrase(), "causes: Causes")),
            "the headings of well-known sections",
        ),
    },
    keeps_span=False,
)


def read_languages(folder: Path) -> Languages:
    """The languages of a library's folder ``strings``.

    Raises:
        ContentError: everything that is wrong with its files.
    """
    return Languages(read_folder(folder, _read))


def read_language(path: Path) -> Language:
    """The language of one file. Raises ContentError with all that is wrong with it."""
    return read_file(path, _read)


def _read(path: Path, report: Report) -> Language:
    tag = path.stem
    if path.suffix != ".yaml" or not is_language_tag(tag):
        report.error(
            f'"{path.name}" is not named after a language',
            SourceSpan(path.as_posix()),
            hint="name it after its BCP 47 tag, such as cy.yaml or zh-Hans.yaml",
        )
    strings = STRINGS_FILE.read(read_yaml(path, report), report)
    right_to_left = strings.direction.value == "rtl"
    if right_to_left != (strings.script in _RIGHT_TO_LEFT):
        report.error(
            f"the script {strings.script} does not run {strings.direction.value}",
            strings.direction.span,
            hint="write `direction: rtl` for Arabic, Hebrew and their like, ltr for all others",
        )
    if strings.digits and not has_digits(strings.digits.value):
        report.error(
            f'there are no digits "{strings.digits.value}"',
            strings.digits.span,
            hint="write a numbering system of CLDR such as latn, arab, arabext, deva or beng",
        )
    model = language(MODEL)
    _check_keys("word", strings.words, model.words, report)
    _check_keys("section", strings.sections, model.sections, report, may_have_more=True)
    for key, phrase in strings.words.value.items():
        if key in model.words:
            _check_placeholders(key, phrase, model.words[key], report)
    return Language(
        tag=tag,
        name=strings.name,
        script=strings.script,
        right_to_left=right_to_left,
        words={key: phrase.value for key, phrase in strings.words.value.items()},
        sections={key: phrase.value for key, phrase in strings.sections.value.items()},
        digits=strings.digits.value if strings.digits else "",
        calendar=strings.calendar,
        line_breaking=strings.line_breaking,
    )


def _check_keys(
    kind: str,
    written: Phrases,
    known: Iterable[str],
    report: Report,
    *,
    may_have_more: bool = False,
) -> None:
    for key in known:
        if key not in written.value:
            report.error(
                f'the {kind} "{key}" is missing',
                written.span,
                hint=f"translate it from strings/{MODEL}.yaml",
            )
    for key, phrase in written.value.items():
        if key not in known and not may_have_more:
            report.error(f'there is no {kind} "{key}"', phrase.span, nearest(key, known))


def _check_placeholders(key: str, phrase: Located[str], model: str, report: Report) -> None:
    """The phrase must be good ICU and print each value that the English one prints."""
    wanted = placeholders(model)
    try:
        written = placeholders(phrase.value)
    except (ValueError, RuntimeError):
        report.error(
            f'the word "{key}" is no text that can be filled',
            phrase.span,
            hint=f"write it as in {MODEL}.yaml: {model}",
        )
        return
    for name in sorted(wanted ^ written):
        trouble = "lacks the placeholder" if name in wanted else "has an unknown placeholder"
        report.error(
            f'the word "{key}" {trouble} {{{name}}}',
            phrase.span,
            hint=f"the {language(MODEL).name} one is: {model}",
        )
