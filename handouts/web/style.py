"""The page's style sheet: what is alike on all pages, and the rules that one page adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from handouts.checking.contrast import hexadecimal, inks
from handouts.clinic import Palette
from handouts.edition import Edition, Shows, Stress
from handouts.inks import Ink
from handouts.languages import Language
from handouts.preparing import Prepared
from handouts.web.pictures import figure_style
from handouts.wording.foot import Foot

_SHEET = Path(__file__).with_name("page.css")

# Text of the edition, in points, that is as large as the reader's own type with this factor.
_POINTS = 12.0
_ON_SCREEN = 112.5  # percent of the reader's own size, which is 16 px unless changed

# By script, what systems have: Apple's, Windows', Android's and Linux' own, in turn.
_FACES = {
    "Latn": '"Atkinson Hyperlegible Next", system-ui, "Segoe UI", Roboto, "Noto Sans"',
    "Cyrl": 'system-ui, "Segoe UI", Roboto, "Noto Sans"',
    "Grek": 'system-ui, "Segoe UI", Roboto, "Noto Sans"',
    "Arab": '"Vazirmatn", "Geeza Pro", "Segoe UI", Tahoma, "Noto Sans Arabic"',
    "Hebr": '"Arial Hebrew", "Segoe UI", Arial, "Noto Sans Hebrew"',
    "Deva": '"Kohinoor Devanagari", "Nirmala UI", "Noto Sans Devanagari"',
    "Beng": '"Kohinoor Bangla", "Nirmala UI", "Noto Sans Bengali"',
    "Guru": '"Gurmukhi MN", "Nirmala UI", "Noto Sans Gurmukhi"',
    "Gujr": '"Kohinoor Gujarati", "Nirmala UI", "Noto Sans Gujarati"',
    "Taml": '"Tamil Sangam MN", "Nirmala UI", "Noto Sans Tamil"',
    "Telu": '"Kohinoor Telugu", "Nirmala UI", "Noto Sans Telugu"',
    "Thai": '"Thonburi", "Leelawadee UI", "Noto Sans Thai Looped", "Noto Sans Thai"',
    "Laoo": '"Lao Sangam MN", "Leelawadee UI", "Noto Sans Lao"',
    "Khmr": '"Khmer Sangam MN", "Leelawadee UI", "Noto Sans Khmer"',
    "Mymr": '"Noto Sans Myanmar", "Myanmar MN", "Myanmar Text"',
    "Ethi": '"Kefa", "Ebrima", "Noto Sans Ethiopic"',
    "Armn": '"Mshtakan", "Segoe UI", "Noto Sans Armenian"',
    "Geor": '"Helvetica Neue", "Segoe UI", "Noto Sans Georgian"',
    "Hans": '"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC"',
    "Hant": '"PingFang TC", "Microsoft JhengHei", "Noto Sans TC", "Noto Sans CJK TC"',
    "Jpan": '"Hiragino Sans", "Yu Gothic", "Noto Sans JP", "Noto Sans CJK JP"',
    "Kore": '"Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR"',
}
_NASTALIQ = '"Noto Nastaliq Urdu", "Jameel Noori Nastaleeq", "Urdu Typesetting"'
# Lines further apart than others, for letters that reach far up and down.
_LEADING = {"Thai": 1.7, "Laoo": 1.7, "Khmr": 1.8, "Mymr": 1.9, "Arab": 1.7, "Deva": 1.65}
_LEADING_OF_NASTALIQ = 2.3

_STRESS = {
    Stress.BOLD: "font-weight: bold",
    Stress.ITALIC: "font-style: italic",
    Stress.UNDERLINE: "text-decoration: underline; text-underline-offset: 0.15em",
}


def style_of(prepared: Prepared, foot: Foot, spoken: Mapping[str, Language]) -> str:
    """The whole style sheet; ``spoken`` are the languages that come up on the page.

    Raises ClinicError: a colour of the clinic is none.
    """
    clinic = prepared.clinic
    shows_whole = prepared.edition.shows is Shows.WHOLE
    own = [
        *_palette(clinic.palette if clinic is not None else Palette()),
        *_edition(prepared.edition),
        *(rule for language in spoken.values() for rule in _language(language)),
        *(map(figure_style, prepared.handout.pictures) if shows_whole else ()),
        *_paper(prepared, foot),
    ]
    return "\n".join(["", _whole_sheet(), *own, ""])


@cache
def _whole_sheet() -> str:
    return _SHEET.read_text("utf-8")


def _palette(palette: Palette) -> Iterator[str]:
    colours = zip(Ink, inks(palette), strict=True)
    entries = (f"--{_name(ink)}: {hexadecimal(colour)}" for ink, colour in colours)
    yield f":root {{ {'; '.join(entries)} }}"


def _name(ink: Ink) -> str:
    return ink.name.lower().replace("_", "-")


def _edition(edition: Edition) -> Iterator[str]:
    """Its sizes as parts of the reader's own, so that both count."""
    size = edition.type["body"].size
    yield f":root {{ font-size: {_ON_SCREEN * size / _POINTS:g}% }}"
    yield f":root {{ --floor: {edition.floor / size:.4g}rem }}"
    yield f"@media print {{ :root {{ font-size: {size:g}pt }} }}"
    yield f"strong {{ font-weight: inherit; {_STRESS[edition.strong]} }}"
    yield f"em {{ font-style: inherit; {_STRESS[edition.emphasis]} }}"


def _language(language: Language) -> Iterator[str]:
    """Typefaces, room between lines, and numbers of lists in the language's own digits."""
    nastaliq = language.script == "Aran" or language.tag == "ur"
    faces = _NASTALIQ if nastaliq else _FACES.get(language.script, "system-ui")
    leading = _LEADING_OF_NASTALIQ if nastaliq else _LEADING.get(language.script, 1.5)
    yield f":lang({language.tag}) {{ font-family: {faces}, sans-serif; --leading: {leading} }}"
    symbols = " ".join(_quoted(language.number(figure)) for figure in range(10))
    suffix = language.word("list_number", number=1).removeprefix(language.number(1))
    name = f"numbered-{language.tag}"
    yield (
        f"@counter-style {name} {{ system: numeric; symbols: {symbols}; "
        f"suffix: {_quoted(f'{suffix} ')} }}"
    )
    yield f".{name} {{ list-style: {name}; --digits: {name} }}"


def _paper(prepared: Prepared, foot: Foot) -> Iterator[str]:
    """What stands at the foot of every printed page, as on the sheet."""
    facts = " · ".join(words.text for words in (foot.title, *foot.facts))
    said = "\\A ".join(map(_quoted_inside, (facts, *foot.drafts)))
    marks = {"page": "\ue000", "pages": "\ue001"}  # private-use characters, never in a phrase
    counted = prepared.language.word("page", **marks)
    figures = f"numbered-{prepared.language.tag}"
    pieces = [_quoted(piece) for piece in counted.replace("\ue001", "\ue000").split("\ue000")]
    order = sorted(marks, key=lambda name: counted.index(marks[name]))
    counters = [f"counter({name}, {figures})" for name in order]
    number = f"{pieces[0]} {counters[0]} {pieces[1]} {counters[1]} {pieces[2]}"
    is_mirrored = prepared.language.right_to_left
    start, end = ("right", "left") if is_mirrored else ("left", "right")
    muted = hexadecimal(inks(Palette())[Ink.MUTED])
    manner = (
        f"font: {prepared.edition.type['footer'].size:g}pt sans-serif; color: {muted}; "
        f"direction: {'rtl' if is_mirrored else 'ltr'}; white-space: pre-line; "
        "vertical-align: top; padding-top: 2mm"
    )
    paper = prepared.paper
    yield (
        f"@page {{ size: {paper.width:g}pt {paper.height:g}pt; "
        f'@bottom-{start} {{ content: "{said}"; {manner} }} '
        f"@bottom-{end} {{ content: {number}; {manner} }} }}"
    )


def _quoted(words: str) -> str:
    return f'"{_quoted_inside(words)}"'


def _quoted_inside(words: str) -> str:
    """Words inside a string of CSS: whatever is neither letter, digit nor space, by its number."""
    return "".join(sign if sign.isalnum() or sign == " " else f"\\{ord(sign):X} " for sign in words)
