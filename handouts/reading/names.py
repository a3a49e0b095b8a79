"""The forms of names: slugs of handouts, clinics and sections, and BCP 47 language tags."""

from __future__ import annotations

import re

SLUG_PATTERN = r"[a-z0-9]+(-[a-z0-9]+)*"

# RFC 5646, 2.1, without the grandfathered and the wholly private tags.
LANGUAGE_TAG_PATTERN = (
    r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-([0-9A-Za-z]{5,8}|[0-9][0-9A-Za-z]{3}))*"
    r"(-[0-9A-WYZa-wyz](-[0-9A-Za-z]{2,8})+)*(-[Xx](-[0-9A-Za-z]{1,8})+)?"
)


def is_slug(name: str) -> bool:
    """Whether this is small letters and digits with single hyphens: never a path."""
    return len(name) <= 100 and re.fullmatch(SLUG_PATTERN, name) is not None


def is_language_tag(tag: str) -> bool:
    """Whether the tag is well-formed (RFC 5646, 2.2.9)."""
    return len(tag) <= 60 and re.fullmatch(LANGUAGE_TAG_PATTERN, tag) is not None
