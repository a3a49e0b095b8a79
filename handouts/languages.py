"""Languages: tag, script and direction, and the generator's own words in each.

A language is its file ``strings/<tag>.yaml``; adding one is adding files. Plurals, dates and
numbers are formatted by ICU, never by tables of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from handouts.diagnostics import NotFoundError
from handouts.document import PartialDate

STRINGS = Path(__file__).parent / "strings"


@dataclass(frozen=True, slots=True)
class Language:
    """``script`` is an ISO 15924 code; ``name`` is what its readers call the language."""

    tag: str
    name: str
    script: str
    right_to_left: bool
    words: Mapping[str, str]
    sections: Mapping[str, str]

    def word(self, key: str, **values: str | int | date) -> str:
        """One of the generator's own phrases with its ICU placeholders filled."""
        pattern = self.words[key]
        if not values:
            return pattern
        return _formatted(pattern, self.tag, tuple(values.items()))

    def section_heading(self, section_id: str) -> str | None:
        """The language's own heading for a well-known section; None for any other id."""
        return self.sections.get(section_id)

    def date(self, when: PartialDate) -> str:
        """The date as the language writes it, with no more parts than are known."""
        return _formatted_date(self.tag, when)

    def country(self, code: str) -> str:
        """The country's name in this language (CLDR); the code itself where CLDR has none."""
        return _country(self.tag, code)


@lru_cache(maxsize=4096)
def _formatted(pattern: str, tag: str, values: tuple[tuple[str, str | int | date], ...]) -> str:
    from icu4py.messageformat import MessageFormat

    return str(MessageFormat(pattern, tag).format(dict(values)))


@lru_cache(maxsize=1024)
def _country(tag: str, code: str) -> str:
    from babel import Locale, localedata

    # The language's own file knows most countries, and to merge it with all that it inherits
    # takes 20 ms.
    file = tag.replace("-", "_")
    if localedata.exists(file):
        own = localedata.load(file, merge_inherited=False).get("territories", {})
        if code in own:
            return str(own[code])
    return str(Locale.parse(tag, sep="-").territories.get(code, code))


@lru_cache(maxsize=256)
def _formatted_date(tag: str, when: PartialDate) -> str:
    from icu4py.messageformat import MessageFormat

    skeleton = "long" if when.day else "::yMMMM" if when.month else "::y"
    pattern = f"{{when, date, {skeleton}}}"
    return str(MessageFormat(pattern, tag).format({"when": when.first_day()}))


def language_tags() -> tuple[str, ...]:
    """Every language that has its words, in alphabetical order."""
    return tuple(sorted(path.stem for path in STRINGS.glob("*.yaml")))


@cache
def language(tag: str) -> Language:
    """The language with this BCP 47 tag.

    Raises:
        NotFoundError: the generator has no words in it.
    """
    # The strings are the generator's own file, not an author's: no marks are needed.
    import yaml

    if tag not in language_tags():
        raise NotFoundError(
            f'no words for the language "{tag}"; there are: {", ".join(language_tags())}'
        )
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries = yaml.load((STRINGS / f"{tag}.yaml").read_text("utf-8"), loader)  # noqa: S506
    return Language(
        tag=tag,
        name=entries["name"],
        script=entries["script"],
        right_to_left=entries["direction"] == "rtl",
        words=entries["words"],
        sections=entries["sections"],
    )
