"""An index of sheets, its order and its words: what its sheet and its web page have in common."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from handouts.languages import Language, Languages

# Canonical combining classes (UAX #44) from here on are accents, above and below a letter. Lower
# ones belong to the letters of their scripts.
_FIRST_ACCENT = 200


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A finished sheet.

    ``language`` is that of the sheet and its title. ``file`` is its path relative to the index,
    with ``/`` between folders, neither quoted nor percent-encoded. A ``note``, such as "A4", tells
    it from another sheet of the same title; it is in the language of the index.
    """

    title: str
    language: str
    file: str
    page_count: int
    is_draft: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """The sheets that a clinic has; ``language`` is that of the index's own words."""

    language: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """The sheets in one language, by their titles.

    ``name`` is what the index's language calls it; empty where that says no more than its own.
    """

    language: Language
    name: str
    entries: tuple[IndexEntry, ...]


def listings(index: Index, languages: Languages) -> tuple[Listing, ...]:
    """The index by languages: its own first, then the others by the names that readers give them.

    Raises:
        NotFoundError: there are no words in the language of the index or of an entry.
    """
    own = languages.language(index.language)
    by_tag: dict[str, list[IndexEntry]] = {}
    for entry in sorted(index.entries, key=_place):
        by_tag.setdefault(entry.language, []).append(entry)
    found = [languages.language(tag) for tag in by_tag]
    found.sort(key=lambda language: (language != own, *_alphabetical(language.name), language.tag))
    return tuple(
        Listing(language, _other_name(language, own), tuple(by_tag[language.tag]))
        for language in found
    )


def _place(entry: IndexEntry) -> tuple[str, ...]:
    return (*_alphabetical(entry.title), entry.note, entry.file)


def facts_of(entry: IndexEntry, language: Language) -> Iterator[str]:
    """What the index says of a sheet beside its title, in the language of the index."""
    if entry.note:
        yield entry.note
    yield language.word("index_pages", count=entry.page_count)
    if entry.is_draft:
        yield language.word("index_draft")


def file_link(file: str) -> str:
    """The relative URI of a file, a path with ``/`` between folders (RFC 3986, 4.2).

    The dot in front keeps any name from being taken for a scheme or, as PDF readers take what has
    two dots in it, for a web site.
    """
    return "./" + quote(file)


def _other_name(language: Language, own: Language) -> str:
    name = own.language_name(language.tag)
    is_known = language == own or _alphabetical(name)[0] == _alphabetical(language.name)[0]
    return "" if is_known else name


def _alphabetical(text: str) -> tuple[str, str]:
    """Accents and capitals count only between texts that are the same without them."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in folded if unicodedata.combining(sign) < _FIRST_ACCENT)
    return bare, text
