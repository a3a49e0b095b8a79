"""An index to try things on: a sheet in every language, and some whose names ask for care."""

from __future__ import annotations

from handouts.languages import language, language_tags
from handouts.listing import Index, IndexEntry

# The imprint is made for sheets with a place for a patient; an index has none.
UNUSED = "entry 2 of the parent tree is used by nothing"

HARD_NAMES = (
    "plain.pdf",
    "with a space.pdf",
    'quoted "so".pdf',
    "it's (one).pdf",
    "50% #1?.pdf",
    "a&b<c>.pdf",
    "javascript:alert(1).pdf",
    "www.example.org.pdf",
    "fièvre/发烧 ‘x’.pdf",
)


def index_in_every_language(tag: str) -> Index:
    """Two sheets in each language, a well-known heading standing for a title."""
    entries = [
        IndexEntry(
            language(other).sections[section],
            other,
            f"{other}/{section}.pdf",
            pages,
            is_draft,
            note,
        )
        for other in language_tags()
        for section, pages, is_draft, note in (
            ("medicines", 1, True, ""),
            ("home-care", 4, False, "A4"),
        )
    ]
    return Index(tag, tuple(entries))


def index_of(*titles: str, tag: str = "en") -> Index:
    """Sheets in one language, each of four pages."""
    entries = (IndexEntry(title, tag, f"{n}.pdf", 4, False) for n, title in enumerate(titles))
    return Index(tag, tuple(entries))


def index_with_hard_names() -> Index:
    return Index("en", tuple(IndexEntry(name, "en", name, 1, False) for name in HARD_NAMES))
