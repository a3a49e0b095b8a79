"""Inline runs as text with codes: what a translator moves, but neither writes nor deletes.

A code encloses text (bold, italic, a link, foreign words) or stands for something (a citation, a
variable, a line break). Runs are flat; the codes that they stand for are nested in one fixed
order, so that the same runs always have the same codes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from handouts.document import Citation, Inline, Inlines, Variable, Words


class Kind(StrEnum):
    LINK = "link"
    FOREIGN = "foreign words"
    BOLD = "bold"
    ITALIC = "italic"
    CITATION = "citation"
    VARIABLE = "variable"
    LINE_BREAK = "line break"


ENCLOSING = (Kind.FOREIGN, Kind.LINK, Kind.BOLD, Kind.ITALIC)  # from outside to inside
# A translation may need two pieces for what is one in its source: word order and punctuation.
DIVISIBLE = (Kind.BOLD, Kind.ITALIC)


@dataclass(frozen=True, slots=True)
class Code:
    """``value`` is an address, a language tag, a reference or a name; empty for the others.

    ``inside`` is what an enclosing code encloses, and empty for one that stands alone.
    """

    kind: Kind
    value: str = ""
    inside: tuple[Node, ...] = ()

    @property
    def name(self) -> str:
        """As a translator would call it."""
        match self.kind:
            case Kind.LINK:
                return f"the link to {self.value}"
            case Kind.FOREIGN:
                return f'the words in the language "{self.value}"'
            case Kind.CITATION:
                return f"the citation [^{self.value}]"
            case Kind.VARIABLE:
                return f"the variable {{{self.value}}}"
            case Kind.LINE_BREAK:
                return "the line break"
        return f"the {self.kind} text"


Node = str | Code


def nodes(content: Inlines) -> tuple[Node, ...]:
    """Text and codes, nested."""
    return _nested(content, ENCLOSING)


def codes(content: tuple[Node, ...]) -> Iterator[Code]:
    """All codes, the enclosing ones first, in reading order."""
    for node in content:
        if isinstance(node, Code):
            yield node
            yield from codes(node.inside)


def differences(source: Inlines, target: Inlines) -> Iterator[str]:
    """What a translation lacks of the codes of its source, and what it has too much.

    Their order is free. Bold and italic text may be divided.
    """
    needed, found = _counted(source), _counted(target)
    for code in {**needed, **found}:
        more = found[code] - needed[code]
        if not needed[code]:
            yield f"{code.name} is not in the source"
        elif not found[code]:
            yield f"{code.name} is missing"
        elif more < 0 or (more > 0 and code.kind not in DIVISIBLE):
            yield f"{code.name} {_times(more)}"


def _times(more: int) -> str:
    times = "once" if abs(more) == 1 else f"{abs(more)} times"
    return f"stands there {times} {'more' if more > 0 else 'less'} than in the source"


def _counted(content: Inlines) -> Counter[Code]:
    return Counter(replace(code, inside=()) for code in codes(nodes(content)))


# --- nesting ---------------------------------------------------------------------------------


def _nested(content: Inlines, kinds: tuple[Kind, ...]) -> tuple[Node, ...]:
    if not kinds:
        return tuple(map(_leaf, content))
    kind, *inner = kinds
    result: list[Node] = []
    for value, group in groupby(_with_values(content, kind), key=lambda pair: pair[1]):
        runs = tuple(run for run, _ in group)
        inside = _nested(runs, tuple(inner))
        if value is None:
            result += inside
        else:
            result.append(Code(kind, value, inside))
    return tuple(result)


def _with_values(content: Inlines, kind: Kind) -> list[tuple[Inline, str | None]]:
    """Each run with the value that it has for a kind of code; None without such a code.

    What has no manner of its own goes with its neighbours if these are of one manner.
    """
    values = [_value(run, kind) for run in content]
    own = [number for number, run in enumerate(content) if not _floats(run, kind)]
    for number, run in enumerate(content):
        if _floats(run, kind):
            before = next((values[place] for place in reversed(own) if place < number), None)
            after = next((values[place] for place in own if place > number), None)
            values[number] = before if before == after else None
    return list(zip(content, values, strict=True))


def _floats(run: Inline, kind: Kind) -> bool:
    match run:
        case Words():
            return False
        case Variable():
            return kind is Kind.FOREIGN
        case Citation():
            return kind is not Kind.LINK
    return True


def _value(run: Inline, kind: Kind) -> str | None:
    if not isinstance(run, (Words, Variable)):
        return None
    match kind:
        case Kind.LINK:
            return run.link or None
        case Kind.FOREIGN:
            return (run.language if isinstance(run, Words) else "") or None
        case Kind.BOLD:
            return "" if run.bold else None
    return "" if run.italic else None


def _leaf(run: Inline) -> Node:
    match run:
        case Words():
            return run.text
        case Variable():
            return Code(Kind.VARIABLE, run.name)
        case Citation():
            return Code(Kind.CITATION, run.reference)
    return Code(Kind.LINE_BREAK)
