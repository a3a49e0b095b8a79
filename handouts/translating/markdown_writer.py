"""Blocks of the document as Markdown that reads back to the same blocks.

Text is escaped where its signs would be taken for markup. Emphasis is the hard part: whether ``**``
opens or closes depends on the letters beside it (CommonMark 0.31, 6.2), and in scripts without
spaces it often does neither. So each paragraph is written in the plainest manner that reads back
as it was, and every result is read before it is given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from handouts.diagnostics import NOWHERE, ContentError, Diagnostic
from handouts.document import (
    Align,
    Block,
    BulletList,
    Callout,
    Inlines,
    ListItem,
    NumberedList,
    Paragraph,
    Subheading,
    Table,
)
from handouts.fingerprint import fingerprint
from handouts.reading.markdown import read_inlines
from handouts.reading.marked_yaml import Scalar
from handouts.reading.report import Report
from handouts.translating.codes import Code, Kind, Node, nodes

WIDTH = 110

_SIGNS = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|&(?=[#A-Za-z])")
_LINE_STARTS = (
    re.compile(r"(?P<before>)(?P<sign>#)(?=#{0,5}(?:[ \t]|$))"),
    re.compile(r"(?P<before>)(?P<sign>[-+])(?=[ \t]|$)"),
    re.compile(r"(?P<before>)(?P<sign>[-:=])(?=[-:|= \t]*$)"),
    re.compile(r"(?P<before>)(?P<sign>[>|]|~(?=~~)|:(?=::))"),
    re.compile(r"(?P<before>[0-9]{1,9})(?P<sign>[.)])(?=[ \t]|$)"),
)
_CLOSING_HASHES = re.compile(r"(?<![^ ])#(?=#*$)")
_RULES = {Align.START: "---", Align.CENTER: ":---:", Align.END: "---:"}


def markdown(blocks: tuple[Block, ...]) -> str:
    """The blocks as Markdown, each line ended.

    Raises:
        ContentError: some text cannot be written so that it reads back as it is.
    """
    return "".join(f"{line}\n" for line in _blocks(blocks, WIDTH))


def inline_markdown(content: Inlines) -> str:
    """One paragraph as Markdown; a line break in it ends a line. Raises as ``markdown``."""
    for write in (_plainest, _with_underscores, _with_references):
        text = _paragraph(write(nodes(content)))
        report = Report()
        found = read_inlines(Scalar(text, NOWHERE), report)
        if not report.has_errors and fingerprint(found) == fingerprint(content):
            return text
    raise ContentError(
        Diagnostic(
            "this cannot be written in Markdown",
            hint="put a space between bold and italic words; an item cannot begin with `[ ]`",
        )
    )


# --- inline text -----------------------------------------------------------------------------


def _plainest(content: tuple[Node, ...]) -> str:
    return _inline(content, "*")


def _with_underscores(content: tuple[Node, ...]) -> str:
    return _inline(content, "_")


def _with_references(content: tuple[Node, ...]) -> str:
    """Letters beside emphasis as character references, which count as punctuation."""
    return _inline(content, "*", is_strict=True)


def _inline(content: tuple[Node, ...], italic: str, is_strict: bool = False) -> str:
    pieces: list[str] = []
    for number, node in enumerate(content):
        if isinstance(node, Code):
            pieces.append(_code(node, italic, is_strict))
            continue
        before = content[number - 1] if number else None
        after = content[number + 1] if number + 1 < len(content) else None
        text = _escaped(node, is_before_code=after is not None)
        if is_strict:
            text = _referenced(text, _is_emphasis(before), _is_emphasis(after))
        pieces.append(text)
    return "".join(pieces)


def _code(code: Code, italic: str, is_strict: bool) -> str:
    inside = _inline(code.inside, italic, is_strict)
    match code.kind:
        case Kind.LINK:
            return f"[{inside}]({_address(code.value)})"
        case Kind.FOREIGN:
            return f"[{inside}]{{lang={code.value}}}"
        case Kind.BOLD:
            return f"**{_edged(inside)}**"
        case Kind.ITALIC:
            return f"{italic}{_edged(inside)}{italic}"
        case Kind.CITATION:
            return f"[^{code.value}]"
        case Kind.VARIABLE:
            return f"{{{code.value}}}"
    return "\\\n"


def _escaped(text: str, is_before_code: bool) -> str:
    escaped = _SIGNS.sub(r"\\\g<0>", text)
    if is_before_code and escaped.endswith("!"):
        # Before a bracket it would begin an image.
        escaped = f"{escaped[:-1]}\\!"
    return escaped.replace("{", "{{").replace("}", "}}")


def _address(address: str) -> str:
    address = re.sub(r"&(?=[#A-Za-z])", "&amp;", address)
    return f"<{address}>" if re.search(r"[()\\*_]", address) else address


def _is_emphasis(node: Node | None) -> bool:
    return isinstance(node, Code) and node.kind in (Kind.BOLD, Kind.ITALIC)


def _reference(character: str) -> str:
    return f"&#{ord(character)};"


def _referenced(text: str, at_start: bool, at_end: bool) -> str:
    if at_start and text[0].isalnum():
        text = _reference(text[0]) + text[1:]
    if at_end and text[-1].isalnum():
        text = text[:-1] + _reference(text[-1])
    return text


def _edged(text: str) -> str:
    """White space just inside emphasis would keep it from opening or closing."""
    if text[:1].isspace():
        text = _reference(text[0]) + text[1:]
    if text[-1:].isspace():
        text = text[:-1] + _reference(text[-1])
    return text


def _paragraph(text: str) -> str:
    """The lines of a paragraph with what would begin another kind of block escaped."""
    lines = [_line(line) for line in text.split("\n")]
    # Only no-break and other wide spaces are left at the ends; the reader would strip them.
    return "\n".join([_edged(line) if line.strip() != line else line for line in lines])


def _line(line: str) -> str:
    for start in _LINE_STARTS:
        if found := start.match(line):
            return f"{found['before']}\\{line[found.start('sign') :]}"
    return line


def _wrapped(text: str, width: int) -> list[str]:
    """Lines that read as the one: not in scripts where a line end is no space."""
    if any(_is_ideograph(character) for character in text):
        return text.split("\n")
    return [line for part in text.split("\n") for line in _folded(part, width)]


def _folded(text: str, width: int) -> Iterator[str]:
    line, *words = text.split(" ")
    for word in words:
        if len(line) + 1 + len(word) > width and word and not _begins_block(word):
            yield line
            line = word
        else:
            line = f"{line} {word}"
    yield line


def _begins_block(word: str) -> bool:
    """Whether a line that begins with this word could be taken for something else."""
    return word[0] in "-+#=:|~>" or word[0].isdigit()


def _is_ideograph(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" and not "가" <= character <= "힣"


# --- blocks ----------------------------------------------------------------------------------


def _blocks(blocks: tuple[Block, ...], width: int) -> Iterator[str]:
    """Lines, with an empty one between blocks.

    Lists of one kind that follow each other have signs in turn, or they would be one list.
    """
    is_second = False
    for number, block in enumerate(blocks):
        if number:
            yield ""
            is_second = not is_second and type(block) is type(blocks[number - 1])
        yield from _block(block, width, is_second)


def _block(block: Block, width: int, is_second: bool) -> Iterator[str]:
    match block:
        case Paragraph():
            yield from _wrapped(inline_markdown(block.content), width)
        case Subheading():
            text = _CLOSING_HASHES.sub(r"\#", inline_markdown(block.content))
            yield f"{'#' * block.level} {text}"
        case BulletList():
            yield from _list(block.items, ["*" if is_second else "-"] * len(block.items), width)
        case NumberedList():
            sign = ")" if is_second else "."
            numbers = range(block.start, block.start + len(block.items))
            yield from _list(block.items, [f"{number}{sign}" for number in numbers], width)
        case Table():
            yield from _table(block)
        case Callout():
            yield f"::: {block.kind}"
            yield from _blocks(block.blocks, width)
            yield ":::"


def _list(items: tuple[ListItem, ...], signs: list[str], width: int) -> Iterator[str]:
    is_loose = any(len(item.blocks) > 1 for item in items)
    for number, (item, sign) in enumerate(zip(items, signs, strict=True)):
        if number and is_loose:
            yield ""
        indent = " " * (len(sign) + 1)
        lines = list(_item(item, width - len(indent)))
        yield f"{sign} {lines[0]}"
        yield from (f"{indent}{line}" if line else "" for line in lines[1:])


def _item(item: ListItem, width: int) -> Iterator[str]:
    lines = _blocks(item.blocks, width)
    if item.checked is None:
        yield from lines
        return
    box = "[x]" if item.checked else "[ ]"
    if isinstance(item.blocks[0], Paragraph):
        yield f"{box} {next(lines)}"
    else:
        yield from (box, "")
    yield from lines


def _table(table: Table) -> Iterator[str]:
    rows = [[_cell(cell.content) for cell in row] for row in table.rows]
    head, *body = rows
    for row in (head, [_RULES[align] for align in table.alignments], *body):
        yield "|" + "".join(f" {cell} |" if cell else " |" for cell in row)


def _cell(content: Inlines) -> str:
    text = inline_markdown(content) if content else ""
    if "\n" in text:
        raise ContentError(
            Diagnostic("a line cannot be broken in a cell", hint="write it without line breaks")
        )
    if text.startswith("\\|"):  # escaped as the start of a line, which it is not here
        text = text[1:]
    return text.replace("|", "\\|")
