"""Languages: tag, script and direction, and the generator's own words in each.

A language is its file ``strings/<tag>.yaml``; adding one is adding files. Plurals, dates and
numbers are formatted by ICU, never by tables of ours.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from handouts.diagnostics import Diagnostic, NotFoundError
from handouts.document import PartialDate

STRINGS = Path(__file__).parent / "strings"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

# From CLDR's parentLocales and aliases; Babel knows neither.
_PARENTS = {"ht": "fr", "tl": "fil"}


@dataclass(frozen=True, slots=True)
class Language:
    """``script`` is an ISO 15924 code; ``name`` is what its readers call the language.

    ``digits`` and ``calendar`` are what BCP 47 calls them in its keys ``nu`` and ``ca`` (UTS #35),
    such as ``arabext`` and ``buddhist``; without ``digits`` the language takes those that CLDR
    gives it. ``line_breaking`` holds ICU's keys ``lb`` and ``lw`` where the language is not broken
    by UAX #14 and its dictionaries alone.
    """

    tag: str
    name: str
    script: str
    right_to_left: bool
    words: Mapping[str, str]
    sections: Mapping[str, str]
    digits: str = ""
    calendar: str = "gregory"
    line_breaking: str = ""

    @property
    def locale(self) -> str:
        """The language with its digits and calendar, as ICU is asked for it."""
        digits = f"-nu-{self.digits}" if self.digits else ""
        return f"{self.tag}-u-ca-{self.calendar}{digits}"

    def word(self, key: str, **values: str | int | dt.date) -> str:
        """One of the generator's own phrases with its ICU placeholders filled."""
        pattern = self.words[key]
        if not values:
            return pattern
        filled = _formatted(pattern, self.locale, tuple(values.items()))
        # CLDR's names of languages begin with a small letter where the language writes them so.
        return filled[:1].upper() + filled[1:] if pattern.startswith("{") else filled

    def section_heading(self, section_id: str) -> str | None:
        """The language's own heading for a well-known section; None for any other id."""
        return self.sections.get(section_id)

    def number(self, value: int) -> str:
        """The number in the language's own digits."""
        return _formatted("{value, number, ::group-off}", self.locale, (("value", value),))

    def date(self, when: PartialDate) -> str:
        """The date as the language writes it, with no more parts than are known."""
        return _formatted_date(self.locale, when)

    def appointment(self, when: dt.date | dt.datetime) -> str:
        """The day with its weekday, and the time if there is one, as the language writes them."""
        return _formatted_appointment(self.locale, when)

    def country(self, code: str) -> str:
        """The country's name in this language (CLDR); the code itself where CLDR has none."""
        return str(_named("territories", self.tag, code) or code)

    def language_name(self, tag: str) -> str:
        """What another language is called in this one (CLDR); its own name where CLDR has none."""
        name = _named("languages", self.tag, tag.replace("-", "_"))
        if name is None and "-" in tag:
            name = _named("languages", self.tag, tag.split("-")[0])
        return str(name) if name else language(tag).name


@lru_cache(maxsize=4096)
def _formatted(
    pattern: str, locale: str, values: tuple[tuple[str, str | int | dt.date], ...]
) -> str:
    from icu4py.messageformat import MessageFormat

    return str(MessageFormat(pattern, locale).format(dict(values)))


@lru_cache(maxsize=1024)
def _named(kind: str, tag: str, code: str) -> Any:
    """CLDR's name for a territory or language in the language ``tag``; None if it has none."""
    from babel import localedata
    from babel.core import get_global

    parents = get_global("parent_exceptions")
    locale = tag.replace("-", "_")
    # Language by language: to merge a file with all that it inherits takes 20 ms.
    while locale not in ("", "root"):
        if localedata.exists(locale):
            names = localedata.load(locale, merge_inherited=False).get(kind, {})
            if code in names:
                return names[code]
        parent = _PARENTS.get(locale) or parents.get(locale)
        locale = parent or locale.rpartition("_")[0]
    return None


@lru_cache(maxsize=256)
def _formatted_date(locale: str, when: PartialDate) -> str:
    from icu4py.messageformat import MessageFormat

    skeleton = "long" if when.day else "::yMMMM" if when.month else "::y"
    pattern = f"{{when, date, {skeleton}}}"
    return str(MessageFormat(pattern, locale).format({"when": when.first_day()}))


def _formatted_appointment(locale: str, when: dt.date | dt.datetime) -> str:
    """Not kept: it is a patient's.

    Written in UTC from end to end: ICU would take a time that the computer's own zone skips, such
    as half past two in the night when summer time begins, for another.
    """
    from icu4py.messageformat import MessageFormat

    skeleton, time = "yMMMMEEEEd", dt.time()
    if isinstance(when, dt.datetime):
        skeleton, time = "yMMMMEEEEdjmm", when.time()
    moment = dt.datetime.combine(when, time, dt.UTC)
    pattern = f"{{when, date, ::{skeleton}}}"
    return str(MessageFormat(pattern, f"{locale}-tz-utc").format({"when": moment}))


def language_and_script(tag: str) -> tuple[str, str]:
    """As CLDR has them: those of ``iw`` are ``he`` and ``Hebr``, those of ``zh-TW`` have Hant."""
    from babel.core import get_global

    first, *others = re.split("[-_]", tag.casefold())
    language = get_global("language_aliases").get(first, first).split("_")[0]
    likely = get_global("likely_subtags")
    for part in others:
        if len(part) == 4:
            return language, part.title()
        full = likely.get(f"{language}_{part.upper()}", "")
        if full:
            return language, full.split("_")[1]
    return language, likely.get(language, "__").split("_")[1]


def placeholders(pattern: str) -> frozenset[str]:
    """The names of a phrase's placeholders, those in plural branches included.

    One that an apostrophe hides from ICU, as in ``l'{name}``, is none: it would be printed as it
    stands.

    Raises:
        ValueError, RuntimeError: the pattern is no ICU MessageFormat that numbers can fill.
    """
    from icu4py.messageformat import MessageFormat

    names: set[str] = set()
    message = MessageFormat(pattern, "en")
    # ICU prints a placeholder without a value as it was written.
    found = set(_PLACEHOLDER.findall(message.format({})))
    left: set[str] = set()
    while found - names:
        names |= found
        left.clear()
        for count in (0, 1, 2, 5, 11, 21):
            filled = message.format(dict.fromkeys(names, count))
            left.update(_PLACEHOLDER.findall(filled))
        found |= left
    return frozenset(names - left)


def has_digits(name: str) -> bool:
    """Whether CLDR has a numbering system of this name."""
    from icu4py.messageformat import MessageFormat

    try:
        MessageFormat("{value, number}", f"en-u-nu-{name}").format({"value": 1})
    except ValueError:
        return False
    return True


@cache
def language_tags() -> tuple[str, ...]:
    """Every language that the generator has its own words in, in alphabetical order."""
    return tuple(sorted(path.stem for path in STRINGS.glob("*.yaml")))


@cache
def language(tag: str) -> Language:
    """The language with this BCP 47 tag, as the generator knows it.

    Raises:
        NotFoundError: the generator has no words in it.
    """
    return Languages().language(tag)


@dataclass(frozen=True, slots=True)
class Languages:
    """The generator's languages, and before them the ``added`` ones that a library brings."""

    added: Mapping[str, Language] = field(default_factory=dict)

    def tags(self) -> tuple[str, ...]:
        """In alphabetical order."""
        return tuple(sorted({*language_tags(), *self.added}))

    def language(self, tag: str) -> Language:
        """Raises NotFoundError: there are no words in the language ``tag``."""
        if tag in self.added:
            return self.added[tag]
        if tag not in language_tags():
            raise NotFoundError(
                Diagnostic(
                    f'the program has no words of its own in the language "{tag}"',
                    hint=f"choose one of {', '.join(self.tags())}, or add strings/{tag}.yaml to "
                    "the library",
                )
            )
        return _own_language(tag)


@cache
def _own_language(tag: str) -> Language:
    # The strings are the generator's own file, not an author's: no marks are needed.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load((STRINGS / f"{tag}.yaml").read_text("utf-8"), loader)  # noqa: S506
    return language_of(tag, entries)


def language_of(tag: str, entries: Mapping[str, Any]) -> Language:
    """The language that the entries of a strings file describe."""
    return Language(
        tag=tag,
        name=entries["name"],
        script=entries["script"],
        right_to_left=entries["direction"] == "rtl",
        words=entries["words"],
        sections=entries["sections"],
        digits=entries.get("digits", ""),
        calendar=entries.get("calendar", "gregory"),
        line_breaking=entries.get("line_breaking", ""),
    )
