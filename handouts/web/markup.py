"""HTML made of elements. Text becomes ``Markup`` by being escaped, and in no other way.

The type checker holds the rest of the page to it: nothing takes text where it wants markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NewType

Markup = NewType("Markup", str)

NOTHING = Markup("")
LINE_BREAK = Markup("<br>")
_VOID = ("img", "meta")


def text(words: str) -> Markup:
    return Markup(escape(words))


def joined(pieces: Iterable[Markup], between: Markup = NOTHING) -> Markup:
    """Pieces one behind the other."""
    return Markup(between.join(pieces))


def lines(*pieces: Markup) -> Markup:
    """Pieces that the source shows each on a line of its own; empty ones are left out."""
    return Markup("\n".join(filter(None, pieces)))


def element(name: str, /, *content: Markup, **attributes: str | None) -> Markup:
    """An element; attributes that are None are left out.

    ``class_`` stands for ``class``, ``aria_label`` for ``aria-label``.
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    opened = f"<{name}{given}>"
    return Markup(opened if name in _VOID else f"{opened}{''.join(content)}</{name}>")


def block(name: str, /, *content: Markup, **attributes: str | None) -> Markup:
    """An element whose content stands on lines of its own in the source."""
    return element(name, Markup("\n"), lines(*content), Markup("\n"), **attributes)
