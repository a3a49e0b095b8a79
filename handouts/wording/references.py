"""References in the manner of the AMA Manual of Style, 11th edition.

Up to six authors are all named, of more the first three and "et al"; journals by their NLM
abbreviation in italics; a web address ends the entry without a full stop.
"""

from __future__ import annotations

from collections.abc import Iterator

from handouts.document import (
    Author,
    Block,
    BulletList,
    Callout,
    Citation,
    Handout,
    Inline,
    Inlines,
    NumberedList,
    Paragraph,
    PartialDate,
    Reference,
    Subheading,
    Table,
    Words,
)
from handouts.languages import Language

MOST_AUTHORS = 6
AUTHORS_BEFORE_ET_AL = 3


def number_references(handout: Handout) -> dict[str, int]:
    """The number of each reference: in the order of first citation, uncited ones at the end."""
    order = dict.fromkeys(_cited(handout))
    order.update(dict.fromkeys(reference.id for reference in handout.references))
    return {reference: number for number, reference in enumerate(order, start=1)}


def _cited(handout: Handout) -> Iterator[str]:
    glance = handout.at_a_glance
    if glance is not None:
        for content in (glance.summary, *glance.do, *glance.call, *glance.emergency):
            yield from _cited_in(content)
    for section in handout.sections:
        for block in section.blocks:
            yield from _cited_in_block(block)


def _cited_in(content: Inlines) -> Iterator[str]:
    return (item.reference for item in content if isinstance(item, Citation))


def _cited_in_block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(content) | Subheading(content):
            yield from _cited_in(content)
        case BulletList(items) | NumberedList(items):
            for item in items:
                for inner in item.blocks:
                    yield from _cited_in_block(inner)
        case Table(rows):
            for row in rows:
                for cell in row:
                    yield from _cited_in(cell.content)
        case Callout(_, blocks):
            for inner in blocks:
                yield from _cited_in_block(inner)


def format_reference(reference: Reference, language: Language, facts: str = "") -> Inlines:
    """The entry as inline text.

    What the source says of itself is in its own language, or else in that of the ``facts``; only
    the generator's words, such as "Accessed", are in the sheet's ``language``.
    """
    return tuple(_pieces(reference, language, reference.language or facts or language.tag))


def _pieces(reference: Reference, language: Language, own: str) -> Iterator[Words]:
    def words(text: str, *, italic: bool = False, link: str = "") -> Words:
        return Words(text, italic=italic, link=link, language=own, span=reference.span)

    is_journal = reference.type == "article-journal"
    is_book = reference.type == "book"
    authors = format_authors(reference.authors)
    if authors:
        yield words(f"{_stopped(authors)} ")
    yield words(_stopped(reference.title), italic=is_book)
    container = reference.container_title_short or reference.container_title
    if container:
        yield words(" ")
        yield words(_unstopped(container) if is_journal else container, italic=is_journal)
        yield words(".")
    if reference.edition:
        yield words(f" {reference.edition} ed.")
    if reference.publisher:
        ending = ";" if is_book and reference.issued else "."
        yield words(f" {reference.publisher}{ending}")
    if is_journal or is_book:
        yield words(_year_and_pages(reference))
    else:
        yield from _dates(reference, language, own)
    if reference.note:
        yield words(f" {_stopped(reference.note)}")
    if reference.doi:
        yield words(" ")
        yield words(f"doi:{reference.doi}", link=f"https://doi.org/{reference.doi}")
    elif reference.url:
        yield words(" ")
        yield words(reference.url, link=reference.url)


def _year_and_pages(reference: Reference) -> str:
    if reference.issued is None:
        return ""
    text = f" {reference.issued.year:04}"
    if reference.volume:
        text += f";{reference.volume}"
    if reference.issue:
        text += f"({reference.issue})"
    if reference.page:
        text += f":{reference.page}"
    return f"{text}."


def _dates(reference: Reference, language: Language, own: str) -> Iterator[Words]:
    dates: tuple[tuple[str, PartialDate | None], ...] = (
        ("published_on", reference.issued),
        ("updated_on", reference.updated),
        ("accessed_on", reference.accessed),
    )
    for word, when in dates:
        if when is not None:
            yield Words(" ", language=own, span=reference.span)
            text = language.word(word, date=language.date(when))
            yield Words(text, language=language.tag, span=reference.span)
            if not text.endswith("."):
                yield Words(".", language=own, span=reference.span)


def format_authors(authors: tuple[Author, ...]) -> str:
    """The names as AMA style has them: family name, initials without stops."""
    named = [_name(author) for author in authors]
    if len(named) > MOST_AUTHORS:
        return ", ".join([*named[:AUTHORS_BEFORE_ET_AL], "et al"])
    return ", ".join(named)


def _name(author: Author) -> str:
    if author.literal:
        return author.literal
    initials = "".join(part[0] for part in author.given.replace("-", " ").split())
    return f"{author.family} {initials}".strip()


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _unstopped(text: str) -> str:
    return text.rstrip(".")


def reference_entries(
    handout: Handout, numbers: dict[str, int], language: Language
) -> list[tuple[int, Reference, tuple[Inline, ...]]]:
    """Number, reference and formatted entry, in the order of the numbers."""
    ordered = sorted(handout.references, key=lambda reference: numbers[reference.id])
    return [
        (
            numbers[reference.id],
            reference,
            format_reference(reference, language, handout.source_language),
        )
        for reference in ordered
    ]
