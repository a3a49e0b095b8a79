"""UAX #9 from P2 to I2: from the Bidi_Classes of one paragraph to the level of each character.

A paragraph is a byte string with one letter for each character's class, so that most rules are
one search over all of it:

    L  R  A = AL    E = EN  N = AN    + = ES  $ = ET  , = CS    ~ = NSM  . = BN
    S  W = WS  O = ON    < = LRE  > = RLE  { = LRO  } = RLO  ^ = PDF
    l = LRI  r = RLI  f = FSI  p = PDI    0x80 + n, 0xC0 + n = bracket pair n (class ON)

The paragraph separator, B, is not part of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress

MAX_DEPTH = 125
"""BD2: the deepest level that explicit formatting characters can reach."""

MAX_OPEN_BRACKETS = 63
"""BD16: when more are open at once, the brackets from there on are not paired."""

REMOVED = b"<>{}^."
"""X9: what the algorithm takes out before it looks at neighbours."""

INITIATORS = b"lrf"
_PDI = ord("p")
_CLOSING = 0x40

# P2, P3 and X1 to X8: what the text says outright.

_DECIDING = re.compile(b"[LRA][^lrfp]*|[lrfp]")
_EXPLICIT = re.compile(b"[<>{}^lrfp]")
_OVERRIDES = {
    control: bytes(code if code in REMOVED else ord(strong) for code in range(256))
    for control, strong in ((b"{", "L"), (b"}", "R"))
}


def first_strong_levels(classes: bytes) -> dict[int, int]:
    """P2, P3, X5c: the level, 0 or 1, of the first strong character, inner isolates left out.

    By the offset of each isolate initiator for what is inside it, by -1 for the paragraph;
    nothing where there is no such character.
    """
    found: dict[int, int] = {}
    initiators = [-1]
    for match in _DECIDING.finditer(classes):
        letter = match[0][:1]
        if letter in b"LRA":
            found.setdefault(initiators[-1], int(letter != b"L"))
        elif letter != b"p":
            initiators.append(match.start())
        elif len(initiators) > 1:
            initiators.pop()
    return found


def _explicit_levels(
    classes: bytes, base: int, first_strong: dict[int, int]
) -> tuple[bytes, bytes]:
    """X1 to X8: the level that embeddings, overrides and isolates give to each character.

    Embeddings (X2, X3) and overrides (X4, X5) hold up to their PDF (X7), isolates (X5a to X5c)
    up to their PDI (X6a), which also ends what was left open inside; all end with the
    paragraph (X8). The classes come back too, changed where an override reigns (X6).
    """
    levels = bytearray(len(classes))
    types = bytearray(classes)
    # X1. The directional status stack: level, override, and whether an isolate opened it.
    stack: list[tuple[int, bytes, bool]] = [(base, b"", False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    done = 0

    def give_level_up_to(end: int) -> None:
        nonlocal done
        level, override, _ = stack[-1]
        levels[done:end] = bytes((level,)) * (end - done)
        if override:
            types[done:end] = classes[done:end].translate(_OVERRIDES[override])
        done = end

    for match in _EXPLICIT.finditer(classes):
        at, letter = match.start(), match[0]
        # An isolate initiator has the level outside it (X5a), a PDI that behind it (X6a).
        give_level_up_to(at + (letter in b"lrf"))
        if letter == b"p":  # X6a
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack.pop()[2]:
                    pass
                valid_isolates -= 1
            continue
        if letter == b"^":  # X7
            if overflow_isolates:
                pass
            elif overflow_embeddings:
                overflow_embeddings -= 1
            elif len(stack) > 1 and not stack[-1][2]:
                stack.pop()
            continue
        is_isolate = letter in b"lrf"
        rightward = letter in b"<{l" or (letter == b"f" and not first_strong.get(at, 0))
        level = stack[-1][0]
        level = (level + 2) & ~1 if rightward else (level + 1) | 1
        if level <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
            stack.append((level, letter if letter in b"{}" else b"", is_isolate))
            valid_isolates += is_isolate
        elif is_isolate:
            overflow_isolates += 1
        elif not overflow_isolates:
            overflow_embeddings += 1
    give_level_up_to(len(classes))
    return bytes(levels), bytes(types)


# X9 and X10: from a paragraph to isolating run sequences and back.

_KEPT = bytes(code not in REMOVED for code in range(256))
_REMOVED_RUN = re.compile(b"[<>{}^.]+")
_LEVEL_RUN = re.compile(rb"(.)\1*", re.DOTALL)


def paragraph_levels(classes: bytes, base: int, first_strong: dict[int, int]) -> bytes:
    """X1 to I2 for one paragraph without its separator."""
    if _EXPLICIT.search(classes):
        levels, types = _explicit_levels(classes, base, first_strong)
    else:
        levels, types = bytes((base,)) * len(classes), classes
    kept = classes.translate(None, REMOVED)
    if len(kept) < len(classes):
        levels = bytes(compress(levels, classes.translate(_KEPT)))
        types = types.translate(None, REMOVED)
    result = bytearray(len(kept))
    for runs in _isolating_run_sequences(levels, kept):
        (first, _), (_, last) = runs[0], runs[-1]
        level = levels[first]
        before = levels[first - 1] if first else base
        is_open = last == len(kept) or kept[last - 1] in INITIATORS
        behind = base if is_open else levels[last]
        sequence = b"".join(types[start:end] for start, end in runs)
        resolved = _sequence_levels(sequence, level, max(level, before), max(level, behind))
        done = 0
        for start, end in runs:
            result[start:end] = resolved[done : done + end - start]
            done += end - start
    return _with_removed(bytes(result), classes, base)


def _isolating_run_sequences(levels: bytes, classes: bytes) -> list[list[tuple[int, int]]]:
    """BD13: the level runs (start, end), linked where an isolate parts them.

    To the text around it an isolate is one neutral thing: the run that ends with its initiator
    goes on in the run that starts with its PDI. They stand at those ends because what is
    inside has a higher level; where it has not, being empty or too deep, initiator and PDI are
    in one run anyway.
    """
    sequences: list[list[tuple[int, int]]] = []
    parted: list[list[tuple[int, int]]] = []
    for match in _LEVEL_RUN.finditer(levels):
        start, end = match.span()
        if parted and classes[start] == _PDI:
            sequence = parted.pop()
        else:
            sequence = []
            sequences.append(sequence)
        sequence.append((start, end))
        if classes[end - 1] in INITIATORS:
            parted.append(sequence)
    return sequences


def _with_removed(levels: bytes, classes: bytes, base: int) -> bytes:
    """5.2: the levels with those of the removed characters put back in."""
    if len(levels) == len(classes):
        return levels
    result = bytearray()
    done = 0
    for match in _REMOVED_RUN.finditer(classes):
        kept = match.start() - len(result)
        result += levels[done : done + kept]
        done += kept
        result += (result[-1:] or bytes((base,))) * len(match[0])
    return bytes(result + levels[done:])


# W1 to W7, N0 to N2, I1 and I2: what neighbours say.

_TO_NEUTRAL = bytes.maketrans(b"SWlrfp", b"OOOOOO")
_SEPARATORS_TO_NEUTRAL = bytes.maketrans(b"+$,", b"OOO")
_MARKS = re.compile(b"([^~])(~+)")
_SINCE_ARABIC_LETTER = re.compile(b"A[^LR]*")
_SINCE_LEFT_TO_RIGHT = re.compile(b"L[^R]*")
_SEPARATOR_IN_NUMBER = re.compile(b"(?<=E)[+,](?=E)")
_SEPARATOR_IN_ARABIC_NUMBER = re.compile(b"(?<=N),(?=N)")
_NUMBERS_AND_TERMINATORS = re.compile(b"[E$]+")
_NEUTRAL = b"O" + bytes(range(0x80, 0x100))
_BRACKET = re.compile(b"[\x80-\xff]")
_NUMBERS_TO_RIGHT_TO_LEFT = bytes.maketrans(b"EN", b"RR")
_NEUTRALS_AMONG_LEFT_TO_RIGHT = re.compile(b"(?<=L)[O\x80-\xff]++(?=L)")
_NEUTRALS_AMONG_RIGHT_TO_LEFT = re.compile(b"(?<=[REN])[O\x80-\xff]++(?=[REN])")


def _implicit_levels(level: int) -> bytes:
    """I1, I2: the level for each letter.

    What is still neutral takes the embedding direction (N2) and so ``level`` itself.
    """
    table = bytearray((level,)) * 256
    for letter in b"LEN" if level & 1 else b"RENEN":
        table[letter] += 1
    return bytes(table)


_IMPLICIT_LEVELS = [_implicit_levels(level) for level in range(MAX_DEPTH + 1)]


def _sequence_levels(sequence: bytes, level: int, before: int, behind: int) -> bytes:
    """W1 to I2 for one isolating run sequence.

    ``before`` and ``behind`` are the higher of the levels that meet at its two ends; their
    directions, sos and eos, stand around the types (X10). Neutrals between two pieces of one
    direction join them (N1, numbers count as right to left); between different ones they
    keep the direction of the embedding (N2). Then what runs against its level, and numbers,
    go up (I1, I2).
    """
    sos, eos = (b"R" if end & 1 else b"L" for end in (before, behind))
    types = _weak_types(sos + sequence.translate(_TO_NEUTRAL))
    if not types.isascii():
        types = _paired_brackets(types, b"O" + sequence, ord("R" if level & 1 else "L"))
    types += eos
    if level & 1:
        types = _NEUTRALS_AMONG_LEFT_TO_RIGHT.sub(_left_to_right, types)  # N1
    else:
        types = _NEUTRALS_AMONG_RIGHT_TO_LEFT.sub(_right_to_left, types)  # N1
    return types[1:-1].translate(_IMPLICIT_LEVELS[level])


def _weak_types(types: bytes) -> bytes:
    """W1 to W7: marks, and numbers with what belongs to them. ``types`` begin with sos.

    W1  A mark is of the type of what it stands on.
    W2  Digits behind an Arabic letter are Arabic, whatever neutrals lie between.
    W3  Then an Arabic letter is right to left like any other.
    W4  A single separator between two digits is part of the number.
    W5  Signs and units that touch a European number ($, %, °) are part of it.
    W6  Elsewhere separators, signs and units are neutral.
    W7  European digits behind a left-to-right letter are left to right with it.
    """
    if b"~" in types:
        types = _MARKS.sub(_copied_to_marks, types)  # W1
    if b"A" in types:
        types = _SINCE_ARABIC_LETTER.sub(_arabic_numbers, types)  # W2
        types = types.replace(b"A", b"R")  # W3
    if b"N" in types:
        types = _SEPARATOR_IN_ARABIC_NUMBER.sub(b"N", types)  # W4
    if b"E" in types:
        types = _SEPARATOR_IN_NUMBER.sub(b"E", types)  # W4
        types = _NUMBERS_AND_TERMINATORS.sub(_numbers, types)  # W5
        types = _SINCE_LEFT_TO_RIGHT.sub(_left_to_right_numbers, types)  # W7
    return types.translate(_SEPARATORS_TO_NEUTRAL)  # W6


def _copied_to_marks(match: re.Match[bytes]) -> bytes:
    base, marks = match.groups()
    return base + (base if base.isascii() else b"O") * len(marks)


def _arabic_numbers(match: re.Match[bytes]) -> bytes:
    return match[0].replace(b"E", b"N")


def _left_to_right_numbers(match: re.Match[bytes]) -> bytes:
    return match[0].replace(b"E", b"L")


def _numbers(match: re.Match[bytes]) -> bytes:
    return match[0].replace(b"$", b"E") if b"E" in match[0] else match[0]


def _left_to_right(match: re.Match[bytes]) -> bytes:
    return b"L" * len(match[0])


def _right_to_left(match: re.Match[bytes]) -> bytes:
    return b"R" * len(match[0])


def _paired_brackets(types: bytes, sequence: bytes, embedding: int) -> bytes:
    """N0: both brackets of a pair have one direction, so that they never face the wrong way.

    It is the ``embedding`` direction (L or R) if that occurs inside (b); if only the other one
    does, the direction of what stands before the pair (c); with neither inside, N1 and N2
    decide (d). Marks go with their bracket, which only the ``sequence`` from before W1 shows.
    """
    strong = bytearray(types.translate(_NUMBERS_TO_RIGHT_TO_LEFT))
    result = bytearray(types)
    for opening, closing in sorted(_bracket_pairs(types)):
        inside = strong[opening + 1 : closing]
        if embedding in inside:
            direction = embedding
        elif b"L" in inside or b"R" in inside:
            direction = strong[:opening].rstrip(_NEUTRAL)[-1]
        else:
            continue
        for bracket in (opening, closing):
            marks = bracket + 1
            while marks < len(sequence) and sequence[marks] == ord("~"):
                marks += 1
            strong[bracket:marks] = result[bracket:marks] = bytes((direction,)) * (marks - bracket)
    return bytes(result)


def _bracket_pairs(types: bytes) -> Iterator[tuple[int, int]]:
    """BD16: where pairs of brackets open and close, as they close."""
    unclosed: list[tuple[int, int]] = []
    for match in _BRACKET.finditer(types):
        at = match.start()
        number = types[at] & ~_CLOSING
        if types[at] == number:
            if len(unclosed) == MAX_OPEN_BRACKETS:
                return
            unclosed.append((number, at))
        else:
            for depth in range(len(unclosed) - 1, -1, -1):
                if unclosed[depth][0] == number:
                    yield unclosed[depth][1], at
                    del unclosed[depth:]
                    break
