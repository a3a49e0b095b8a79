"""A handout as units of translation: one for each block of words, so that memories match.

One walk through the handout knows where words stand. It gives each place its id, and puts other
words there: so a translation has the form of its source by construction. What cannot be put into
this form is another structure, and is never guessed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from handouts.document import (
    AtAGlance,
    Block,
    BulletList,
    Callout,
    Cell,
    Checklist,
    EasyRead,
    EasySection,
    Handout,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Picture,
    Section,
    Statement,
    Subheading,
    Table,
    TeachBack,
    Words,
)
from handouts.reading.markdown_tables import with_header_column
from handouts.reading.parts import (
    AT_A_GLANCE,
    CHECKLIST,
    EASY_READ,
    TEACH_BACK,
    TITLE,
    fingerprints,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """``id`` names the place, such as ``sections.causes/2/1``; it begins with the ``part``.

    ``where`` tells a translator where it stands. A plain one is printed as it is, without codes.
    """

    id: str
    part: str
    where: str
    content: Inlines
    is_plain: bool = False


Change = Callable[[Unit], Inlines]


def units(handout: Handout) -> tuple[Unit, ...]:
    """All units, in reading order."""
    found: list[Unit] = []

    def keep(unit: Unit) -> Inlines:
        found.append(unit)
        return unit.content

    changed(handout, keep)
    return tuple(found)


def with_words(handout: Handout, words: Mapping[str, Inlines]) -> Handout:
    """The handout with other words in the units of these ids; all others stay."""
    return changed(handout, lambda unit: words.get(unit.id, unit.content))


def same_structure(source: Handout, translation: Handout) -> frozenset[str]:
    """The parts that have the same places for words in both."""
    forms = [fingerprints(changed(handout, _blank)) for handout in (source, translation)]
    return frozenset(part for part, form in forms[0].items() if forms[1].get(part) == form)


def plain(text: str) -> Inlines:
    return (Words(text),) if text else ()


def plain_text(content: Inlines) -> str:
    """The text of a unit that is plain."""
    return "".join(run.text for run in content if isinstance(run, Words))


def _blank(unit: Unit) -> Inlines:
    return plain("x")


def is_plain_id(id_: str) -> bool:
    """Whether the unit of this id is printed as it is, without codes."""
    return id_.startswith((f"{TITLE}/", "pictures.")) or id_.endswith(("/heading", "/alt"))


# --- the walk --------------------------------------------------------------------------------


def changed(handout: Handout, change: Change) -> Handout:
    """The handout with each unit's words changed. Places without words are no units."""

    def text(id_: str, part: str, where: str, words: str) -> str:
        if not words:
            return ""
        return plain_text(change(Unit(id_, part, where, plain(words), is_plain=True)))

    title = text(f"{TITLE}/title", TITLE, "the title of the sheet", handout.title)
    where = "the short title, printed at the top of each page"
    short_title = text(f"{TITLE}/short_title", TITLE, where, handout.short_title)
    glance = handout.at_a_glance
    return replace(
        handout,
        title=title,
        short_title=short_title,
        at_a_glance=_glance(glance, change) if glance else None,
        sections=tuple(_section(section, text, change) for section in handout.sections),
        pictures=tuple(_picture(picture, text) for picture in handout.pictures),
        checklist=_checklist(handout.checklist, change) if handout.checklist else None,
        teach_back=_teach_back(handout.teach_back, change) if handout.teach_back else None,
        easy_read=_easy_read(handout.easy_read, text, change) if handout.easy_read else None,
    )


PlainText = Callable[[str, str, str, str], str]
_GLANCE = {
    "do": "what to do",
    "call": "when to call the clinic",
    "emergency": "when to call an ambulance",
}


def _glance(glance: AtAGlance, change: Change) -> AtAGlance:
    def one(name: str, where: str, content: Inlines) -> Inlines:
        return change(Unit(f"{AT_A_GLANCE}/{name}", AT_A_GLANCE, where, content))

    def sentences(name: str) -> tuple[Inlines, ...]:
        found = getattr(glance, name)
        return tuple(
            one(f"{name}/{number}", f"at a glance, {_GLANCE[name]}, {number} of {len(found)}", each)
            for number, each in enumerate(found, 1)
        )

    return replace(
        glance,
        summary=one("summary", "at a glance, what it is", glance.summary),
        do=sentences("do"),
        call=sentences("call"),
        emergency=sentences("emergency"),
    )


def _listed(found: tuple[Inlines, ...], part: str, what: str, change: Change) -> Iterator[Inlines]:
    for number, content in enumerate(found, 1):
        where = f"{what}, {number} of {len(found)}"
        yield change(Unit(f"{part}/{number}", part, where, content))


def _checklist(checklist: Checklist, change: Change) -> Checklist:
    items = _listed(checklist.items, CHECKLIST, "check-list of the summary", change)
    return replace(checklist, items=tuple(items))


def _teach_back(teach_back: TeachBack, change: Change) -> TeachBack:
    what = "question that the patient answers aloud"
    questions = _listed(teach_back.questions, TEACH_BACK, what, change)
    return replace(teach_back, questions=tuple(questions))


def _easy_read(easy: EasyRead, text: PlainText, change: Change) -> EasyRead:
    def statement(said: Statement, path: str, where: str) -> Statement:
        alt = text(f"{path}/alt", EASY_READ, f"{where}, what its picture shows", said.picture.alt)
        content = change(Unit(path, EASY_READ, f"{where}: keep it short", said.text))
        return replace(said, text=content, picture=replace(said.picture, alt=alt))

    def section(found: EasySection, path: str, where: str) -> EasySection:
        heading = text(f"{path}/heading", EASY_READ, f"{where}, heading", found.heading)
        said = tuple(
            statement(each, f"{path}/{number}", f"{where}, sentence {number}")
            for number, each in enumerate(found.statements, 1)
        )
        return replace(found, heading=heading, statements=said)

    return replace(
        easy,
        sections=tuple(
            section(found, f"{EASY_READ}/{number}", f"easy read, section {number}")
            for number, found in enumerate(easy.sections, 1)
        ),
    )


def _section(section: Section, text: PlainText, change: Change) -> Section:
    part = f"sections.{section.id}"
    where = f'section "{section.id}"'
    walk = _Blocks(part, change)
    return replace(
        section,
        heading=text(f"{part}/heading", part, f"{where}, heading", section.heading),
        blocks=walk.blocks(section.blocks, part, where),
    )


def _picture(picture: Picture, text: PlainText) -> Picture:
    part = f"pictures.{picture.id}"
    where = f'picture "{picture.id}"'
    return replace(
        picture,
        caption=text(f"{part}/caption", part, f"{where}, caption below it", picture.caption),
        alt=text(
            f"{part}/alt", part, f"{where}, read aloud to those who cannot see it", picture.alt
        ),
        labels={
            name: text(
                f"{part}/labels/{name}", part, f"{where}, label inside it: keep it short", words
            )
            for name, words in picture.labels.items()
        },
    )


@dataclass(frozen=True, slots=True)
class _Blocks:
    part: str
    change: Change

    def blocks(self, blocks: tuple[Block, ...], path: str, where: str) -> tuple[Block, ...]:
        return tuple(
            self._block(block, f"{path}/{number}", where) for number, block in enumerate(blocks, 1)
        )

    def _content(self, content: Inlines, path: str, where: str) -> Inlines:
        return self.change(Unit(path, self.part, where, content)) if content else ()

    def _block(self, block: Block, path: str, where: str) -> Block:
        match block:
            case Paragraph():
                return replace(block, content=self._content(block.content, path, where))
            case Subheading():
                content = self._content(block.content, path, f"{where}, subheading")
                return replace(block, content=content)
            case BulletList() | NumberedList():
                return replace(block, items=tuple(self._items(block.items, path, where)))
            case Callout():
                inside = self.blocks(block.blocks, path, f'{where}, callout "{block.kind}"')
                return replace(block, blocks=inside)
            case Table():
                rows = [
                    self._row(row, f"{path}/{number}", f"{where}, table, row {number}")
                    for number, row in enumerate(block.rows, 1)
                ]
                return replace(block, rows=with_header_column(rows))

    def _items(self, items: tuple[ListItem, ...], path: str, where: str) -> Iterator[ListItem]:
        for number, item in enumerate(items, 1):
            place = f"{where}, list item {number} of {len(items)}"
            yield replace(item, blocks=self.blocks(item.blocks, f"{path}/{number}", place))

    def _row(self, row: tuple[Cell, ...], path: str, where: str) -> tuple[Cell, ...]:
        return tuple(
            replace(
                cell,
                content=self._content(cell.content, f"{path}/{number}", f"{where}, cell {number}"),
                is_header=where.endswith("row 1"),
            )
            for number, cell in enumerate(row, 1)
        )
