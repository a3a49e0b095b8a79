"""Set lines against HarfBuzz on whole paragraphs, in every script.

Compared for each line, from left to right: the font, the id and the place of each glyph, which is
to say all advances, kerning and offsets, and the order. Paragraphs are set in one style, at the
widths of a page's column and of a narrow table cell.

Not compared: the white space at a line's end, which hangs outside and is not seen, and glyphs
without ink or width, which stand for hidden characters. Where a run begins and ends, and its level,
is taken from the itemising, which other tests hold to the Unicode ones; here only that each whole
paragraph in one script is one run in the script's first family. Mixed lines are the exception:
their runs are written out by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import pytest
from fontTools.unicodedata import script as script_of

from handouts.places import FONTS
from handouts.text.glyphs import Line
from handouts.text.itemizing import itemize
from handouts.text.paragraphs import set_paragraph
from tests.text import harfbuzz
from tests.text.harfbuzz import Mark, Run
from tests.text.script_samples import WRITINGS, Writing, paragraphs
from tests.text.setting import BODY, RIGHT_TO_LEFT, fonts, styled, texts

WIDTHS = (400, 170)
CLOSE = 1e-6  # points
JAPANESE = {"Hira", "Kana", "Hani"}


def runs_of(text: str, language: str) -> list[Run]:
    return [
        Run(item.start, item.end, item.level, item.script, language, item.face.path, item.parted)
        for item in itemize(styled(text, language), text, fonts())
    ]


def expected(text: str, runs: Sequence[Run], lines: Sequence[Line]) -> list[list[Mark]]:
    return harfbuzz.lines(text, runs, list(accumulate(map(len, texts(lines)))), BODY.size)


def differences(ours: Sequence[Mark], theirs: Sequence[Mark]) -> list[tuple[Mark, Mark]]:
    assert [mark.gid for mark in ours] == [mark.gid for mark in theirs]
    return [
        (mine, its)
        for mine, its in zip(ours, theirs, strict=True)
        if mine.font != its.font or abs(mine.x - its.x) > CLOSE or abs(mine.y - its.y) > CLOSE
    ]


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_every_line_has_harfbuzz_s_glyphs_and_places(writing: Writing) -> None:
    compared = 0
    for text in paragraphs(writing.language):
        runs = runs_of(text, writing.language)
        for width in WIDTHS:
            lines = set_paragraph(styled(text, writing.language), width, fonts())
            for line, theirs in zip(lines, expected(text, runs, lines), strict=True):
                ours = harfbuzz.painted(line)
                assert not differences(ours, theirs), texts([line])
                compared += len(ours)
    assert compared > 200


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_a_paragraph_in_one_script_is_one_run_in_its_family(writing: Writing) -> None:
    own = JAPANESE if writing.language == "ja" else {writing.script}
    found = 0
    for text in paragraphs(writing.language):
        # Digits of a right-to-left text have a level of their own.
        is_plain = writing.language not in RIGHT_TO_LEFT or not any(map(str.isdigit, text))
        if is_plain and set(map(script_of, text)) - {"Zyyy", "Zinh"} <= own:
            (run,) = runs_of(text, writing.language)
            assert run.font.parent.name == writing.family
            found += 1
    assert found


REGULAR = {
    "Arab": FONTS / "vazirmatn" / "Vazirmatn-Regular.ttf",
    "Hebr": FONTS / "noto-sans-hebrew" / "NotoSansHebrew-Regular.ttf",
    "Latn": FONTS / "atkinson-hyperlegible-next" / "AtkinsonHyperlegibleNext-Regular.ttf",
}

# Runs in reading order: text, level, script. Numbers stand in the script before them.
MIXED = {
    "a name in Latin letters": (
        "ar",
        [("مرض ", 1, "Arab"), ("Progressive Multifocal", 2, "Latn"), (" نادر", 1, "Arab")],
    ),
    "a name, a number that counts, and a full stop": (
        "ar",
        [("خذ ", 1, "Arab"), ("Tysabri", 2, "Latn"), (" كل ", 1, "Arab"), ("28", 2, "Arab"),
         (" يومًا.", 1, "Arab")],
    ),
    "a Hebrew sentence with a name": (
        "he",
        [("המחלה ", 1, "Hebr"), ("Creutzfeldt", 2, "Latn"), (" נדירה.", 1, "Hebr")],
    ),
    "an Arabic name in an English sentence": (
        "en",
        [("It is called ", 0, "Latn"), ("صحة", 1, "Arab"), (" in Arabic.", 0, "Latn")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MIXED)
def test_mixed_lines_have_the_runs_written_here(name: str) -> None:
    language, parts = MIXED[name]
    text = "".join(part for part, _, _ in parts)
    runs = []
    start = 0
    for part, level, script in parts:
        end = start + len(part)
        runs.append(Run(start, end, level, script, language, REGULAR[script]))
        start = end
    lines = set_paragraph(styled(text, language), 1000, fonts())
    for line, theirs in zip(lines, expected(text, runs, lines), strict=True):
        assert not differences(harfbuzz.painted(line), theirs)


def test_a_line_that_was_shaped_otherwise_is_told_apart() -> None:
    text = paragraphs("ur")[0]
    (run, *_) = runs_of(text, "ur")
    (line, *_) = lines = set_paragraph(styled(text, "ur"), 400, fonts())
    for other in (
        run._replace(language="ar"),
        run._replace(level=2),
        run._replace(font=REGULAR["Arab"]),
    ):
        (theirs, *_) = expected(text, [other], lines)
        ours = harfbuzz.painted(line)
        assert [mark[1:] for mark in ours] != [mark[1:] for mark in theirs]
