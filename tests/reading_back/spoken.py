"""The text of a file as a screen reader gets it: in structure order, block by block."""

# ruff: noqa: SIM905

from __future__ import annotations

from dataclasses import dataclass

from tests.reading_back.structure import Content, Element, structure_tree

_INLINE = frozenset(
    "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP".split()
)


@dataclass(frozen=True, slots=True)
class Block:
    """Text that a reader hears in one go: that of a block-level element up to its next block."""

    tag: str
    text: str


def blocks(pdf: bytes) -> list[Block]:
    """The text of the file block by block, in structure order; blocks without text are left out."""
    found: list[Block] = []
    collected: list[str] = []

    def close(tag: str) -> None:
        text = "".join(collected)
        collected.clear()
        if text:
            found.append(Block(tag, text))

    def visit(element: Element, tag: str) -> None:
        if element.actual_text is not None:
            collected.append(element.actual_text)
            return
        for kid in element.kids:
            if isinstance(kid, Content):
                collected.append(kid.text)
            elif isinstance(kid, Element) and _is_inline(kid, element):
                visit(kid, tag)
            elif isinstance(kid, Element):
                close(tag)
                visit(kid, kid.role)
                close(kid.role)

    visit(structure_tree(pdf), "StructTreeRoot")
    return found


def text_in_structure_order(pdf: bytes) -> str:
    """What a screen reader gets: one line per block, nothing in it normalised."""
    return "\n".join(block.text for block in blocks(pdf))


def _is_inline(element: Element, parent: Element) -> bool:
    return element.role in _INLINE or (element.role == "Lbl" and parent.role not in ("LI", "TOCI"))
