"""What is wrong with the glyphs of a file: unreadable to an eye or to a program."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.reading_back.file import open_file
from tests.reading_back.fonts import Font
from tests.reading_back.painting import Glyph, glyphs


def glyph_problems(pdf: bytes, smallest: float = 8.0) -> list[str]:
    """What would be unreadable to an eye, or to a program that wants the text.

    ``smallest`` is the smallest type size allowed, in points, as it appears on the page.
    """
    file = open_file(pdf)
    fonts: dict[Font, set[int]] = defaultdict(set)
    problems: Counter[str] = Counter()
    for index, page in enumerate(file.pages):
        for glyph in glyphs(page.parts):
            fonts[glyph.font].add(glyph.code)
            for problem in _placed_problems(glyph, page.box, smallest):
                problems[f"page {index + 1}: {problem}"] += 1
    found = [f"{problem} (x {count})" for problem, count in problems.items()]
    for font, codes in sorted(fonts.items(), key=lambda item: item[0].name):
        found += [f"{font.name}: {problem}" for problem in _font_problems(font, sorted(codes))]
    return found


def _placed_problems(
    glyph: Glyph, box: tuple[float, float, float, float], smallest: float
) -> Iterator[str]:
    left, bottom, right, top = box
    if glyph.text is not None and not glyph.text.strip():
        return
    if glyph.size < smallest - 0.001:
        yield f"text of {glyph.size:.2f} points"
    if not glyph.is_visible:
        yield "invisible text"
    if not (left <= glyph.x <= right and bottom <= glyph.y <= top):
        yield "text outside the page"


def _font_problems(font: Font, codes: list[int]) -> Iterator[str]:
    yield from font.to_unicode.faults
    if font.program is None:
        yield "no embedded TrueType font"
    for code in codes:
        name = f"code {code:0{2 * font.code_length}X}"
        text = font.text(code)
        if text is None:
            yield f"{name} has no ToUnicode"
        for character in text or "":
            if unicodedata.category(character) == "Co":
                yield f"{name} stands for the private-use character U+{ord(character):04X}"
            elif character in "\x00\ufeff\ufffe\ufffd":
                yield f"{name} stands for U+{ord(character):04X}"
        if font.program is None:
            continue
        glyph = font.glyph(code)
        width = font.embedded_width(glyph)
        if glyph == 0:
            yield f"{name} is .notdef"
        elif width is None:
            yield f"{name} is glyph {glyph}, which the font does not have"
        elif not font.can_be_drawn(glyph):
            yield f"{name} is glyph {glyph}, whose outline is broken"
        elif abs(width - font.width(code)) > 0.51:
            yield f"{name} is {font.width(code):g} wide, the font says {width:g}"
