"""Whether a font's rules reach across a space, read from its GSUB and GPOS tables.

Where no rule does, words can be shaped one by one: each glyph depends on its own word and on
the spaces beside it, and a space only on the letter before and the letter after it. A rule asks
for a row of glyphs (OpenType 1.9, Common Table Formats); it reaches across a space if the space
can stand in the row with glyphs on both sides, or if the rule does not see spaces at all.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence

import uharfbuzz as hb

_GSUB_KINDS = ("", "one", "one", "one", "ligature", "context", "chain", "extension", "reverse")
_GPOS_KINDS = (
    "", "one", "pair", "attachment", "attachment", "attachment", "attachment",
    "context", "chain", "extension",
)  # fmt: skip
_APPLE_TABLES = frozenset({"morx", "mort", "kerx"})
_FLAG_THAT_IGNORES = {1: 0x2, 2: 0x4, 3: 0x8}  # by glyph class in GDEF


def words_stand_alone(face: hb.Face, space: int) -> bool:
    """Whether no rule of the font connects what stands on the two sides of a space."""
    tags = set(face.table_tags)
    if tags & _APPLE_TABLES:
        return False
    tables = {
        tag: _Table(bytes(face.reference_table(tag).data), space)
        for tag in ("GDEF", "GSUB", "GPOS")
        if tag in tags
    }
    ignoring = 0
    if "GDEF" in tables:
        ignoring = _FLAG_THAT_IGNORES.get(tables["GDEF"].class_at(tables["GDEF"].word(4)), 0)
    for tag, kinds in (("GSUB", _GSUB_KINDS), ("GPOS", _GPOS_KINDS)):
        if tag in tables:
            for kind, flags, offset in _subtables(tables[tag], kinds):
                if (flags & ignoring and kind != "one") or _crosses(tables[tag], kind, offset):
                    return False
    return True


class _Table:
    """The bytes of a font table, and what they say of one glyph; offsets count from the start."""

    def __init__(self, data: bytes, glyph: int) -> None:
        self.data = data
        self.glyph = glyph
        self._covered: dict[int, bool] = {}

    def word(self, offset: int) -> int:
        return int.from_bytes(self.data[offset : offset + 2], "big")

    def words(self, offset: int, count: int) -> tuple[int, ...]:
        return struct.unpack_from(f">{count}H", self.data, offset)

    def counted(self, offset: int) -> tuple[int, ...]:
        """An array that has its length before it."""
        return self.words(offset + 2, self.word(offset))

    def covers(self, offset: int) -> bool:
        """Whether the coverage table there has the glyph."""
        covered = self._covered.get(offset)
        if covered is None:
            if self.word(offset) == 1:
                covered = self.glyph in self.counted(offset + 2)
            else:
                ranges = self.words(offset + 4, 3 * self.word(offset + 2))
                pairs = zip(ranges[::3], ranges[1::3], strict=True)
                covered = any(low <= self.glyph <= high for low, high in pairs)
            self._covered[offset] = covered
        return covered

    def class_at(self, offset: int) -> int:
        """The glyph's class in the class table there; 0 if there is none."""
        if not offset:
            return 0
        if self.word(offset) == 1:
            index = self.glyph - self.word(offset + 2)
            classes = self.counted(offset + 4)
            return classes[index] if 0 <= index < len(classes) else 0
        ranges = self.words(offset + 4, 3 * self.word(offset + 2))
        for low, high, number in zip(ranges[::3], ranges[1::3], ranges[2::3], strict=True):
            if low <= self.glyph <= high:
                return number
        return 0


def _subtables(table: _Table, kinds: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Kind, flags and offset of each lookup's subtables."""
    lookups = table.word(8)
    for start in table.counted(lookups) if lookups else ():
        lookup = lookups + start
        number, flags = table.words(lookup, 2)
        for offset in table.counted(lookup + 4):
            subtable, kind = lookup + offset, kinds[number]
            if kind == "extension":
                kind = kinds[table.word(subtable + 2)]
                subtable += int.from_bytes(table.data[subtable + 4 : subtable + 8], "big")
            yield kind, flags, subtable


def _crosses(table: _Table, kind: str, subtable: int) -> bool:
    """Whether the space can stand inside a row, with glyphs on both sides of it."""
    match kind:
        case "ligature":
            return any(table.glyph in row[:-1] for row in _ligatures(table, subtable))
        case "context" | "chain":
            if table.word(subtable) == 3:
                row = _coverages(table, subtable, is_chain=kind == "chain")
                return any(table.covers(subtable + offset) for offset in row[1:-1])
            return _rule_sets_cross(table, subtable, is_chain=kind == "chain")
        case "reverse":
            own = table.word(subtable + 2)
            back = table.counted(subtable + 4)
            after = table.counted(subtable + 6 + 2 * len(back))
            row = (*reversed(back), own, *after)
            return any(table.covers(subtable + offset) for offset in row[1:-1])
        case "attachment":
            # Cursive letters and marks hand a shift on from glyph to glyph.
            return table.covers(subtable + table.word(subtable + 2))
    return False


def _ligatures(table: _Table, subtable: int) -> Iterator[tuple[int, ...]]:
    """The glyphs of each ligature behind its first one."""
    for set_offset in table.counted(subtable + 4):
        ligatures = subtable + set_offset
        for offset in table.counted(ligatures):
            count = table.word(ligatures + offset + 2)
            yield table.words(ligatures + offset + 4, count - 1)


def _coverages(table: _Table, subtable: int, *, is_chain: bool) -> tuple[int, ...]:
    """The row of a rule of format 3: the coverage table of each place."""
    if not is_chain:
        return table.words(subtable + 6, table.word(subtable + 2))
    back, inside, after = _three_parts(table, subtable + 2, behind_first=0)
    return (*reversed(back), *inside, *after)


def _rule_sets_cross(table: _Table, subtable: int, *, is_chain: bool) -> bool:
    """The same for rules that name glyphs (format 1) or classes (format 2) at each place."""
    leads = table.covers(subtable + table.word(subtable + 2))
    # What the space is called before, at and after the glyphs that a rule changes.
    names = (table.glyph, table.glyph, table.glyph)
    sets = subtable + 4
    by_class = table.word(subtable) == 2
    if by_class:
        count = 3 if is_chain else 1
        definitions = table.words(sets, count)
        classes = [table.class_at(subtable + offset) if offset else 0 for offset in definitions]
        names = (classes[0], classes[count // 2], classes[-1])
        sets += 2 * count
    for number, offset in enumerate(table.counted(sets)):
        if not offset:
            continue
        # There is a set for each class; which set is the space's in format 1 is not looked up.
        first = leads and (number == names[1] or not by_class)
        for rule in table.counted(subtable + offset):
            if _rule_crosses(table, subtable + offset + rule, names, first, is_chain=is_chain):
                return True
    return False


def _rule_crosses(
    table: _Table, rule: int, names: tuple[int, int, int], first: bool, *, is_chain: bool
) -> bool:
    if not is_chain:
        return names[1] in table.words(rule + 4, table.word(rule) - 1)[:-1]
    back, inside, after = _three_parts(table, rule, behind_first=1)
    return (
        # The array of what stands before is in reverse order.
        names[0] in back[:-1]
        or (first and bool(back) and bool(inside or after))
        or names[1] in (inside if after else inside[:-1])
        or names[2] in after[:-1]
    )


def _three_parts(
    table: _Table, offset: int, *, behind_first: int
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """What a chain rule asks for before, at and after the glyphs it changes."""
    back = table.counted(offset)
    offset += 2 + 2 * len(back)
    count = table.word(offset) - behind_first
    inside = table.words(offset + 2, count)
    offset += 2 + 2 * count
    return back, inside, table.counted(offset)
