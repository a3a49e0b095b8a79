"""Inline text as plain text: numbers of references in brackets, addresses behind their words."""

from __future__ import annotations

from collections.abc import Sequence

from handouts.document import Inline, LineBreak, Variable, Words
from handouts.wording.addresses import shown_address
from handouts.wording.inlines import Cited, citations_joined
from handouts.wording.voice import Voice


def plain(content: Sequence[Inline], voice: Voice) -> str:
    """The content; a line break that the writer asked for is a line break.

    An address stands in angle brackets behind its words (RFC 3986, appendix C) unless the words
    are the address; a phone number leads to itself.
    """
    pieces: list[str] = []
    for order, item in enumerate(citations_joined(content, voice.numbers)):
        match item:
            case Words(words):
                pieces.append(words)
            case Variable():
                pieces.append(voice.value(item))
            case LineBreak():
                pieces.append("\n")
            case Cited(references):
                numbers = (voice.language.number(voice.numbers[name]) for name in references)
                pieces.append(f"{' ' if order else ''}[{','.join(numbers)}]")
        if isinstance(item, Words | Variable) and item.link:
            pieces.append(_address(pieces[-1], item.link))
    return "".join(pieces)


def _address(words: str, link: str) -> str:
    told = {link, shown_address(link), link.removeprefix("mailto:")}
    told.add(f"doi:{link.removeprefix('https://doi.org/')}")
    return "" if words.strip() in told or link.startswith("tel:") else f" <{link}>"
