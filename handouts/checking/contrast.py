"""Whether a clinic's colours can be read, and the inks of a sheet that they give.

Contrast is that of WCAG 2.1 (relative luminance; 1.4.3 asks for 4.5:1 for text). Sheets are also
copied and printed in black and white, so text must keep that contrast as the gray that a printer
makes of it (ITU-R BT.601 luma).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from handouts.clinic import Clinic, Palette
from handouts.diagnostics import ClinicError, Diagnostic, Severity
from handouts.inks import Ink
from handouts.layout.pages import Colour

READABLE = 4.5
_WCAG = "WCAG 2.1, 1.4.3"

PAPER = Colour(1, 1, 1)
TINT_STRENGTH = 0.08
_TEXT = "#1A1A1A"
_MUTED = "#595959"  # 7:1 on paper, since credits are set small
_RULE = "#8C8C8C"  # 3.4:1: seen on a copy (WCAG 2.1, 1.4.11), lighter than any text


def parse_colour(text: str) -> Colour:
    """The colour written as #RRGGBB or #RGB. Raises ClinicError for anything else."""
    if re.fullmatch("#[0-9A-Fa-f]{3}", text):
        text = "#" + "".join(digit * 2 for digit in text[1:])
    if not re.fullmatch("#[0-9A-Fa-f]{6}", text):
        hint = 'write # and six digits from 0 to F in quotes, such as "#1F4E79"'
        raise ClinicError(Diagnostic(f'"{text}" is not a colour', hint=hint))
    return Colour(*(int(text[start : start + 2], 16) / 255 for start in (1, 3, 5)))


def hexadecimal(colour: Colour) -> str:
    """As #RRGGBB, rounded to whole steps of 255."""
    steps = (round(min(max(part, 0), 1) * 255) for part in _parts(colour))
    return "#" + "".join(f"{step:02X}" for step in steps)


def relative_luminance(colour: Colour) -> float:
    """From 0 for black to 1 for white (WCAG 2.1, definition)."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast_ratio(one: Colour, other: Colour) -> float:
    """From 1 to 21, in either order (WCAG 2.1, definition)."""
    darker, lighter = sorted((relative_luminance(one), relative_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def printed_gray(colour: Colour) -> Colour:
    """The colour on a printer or copier without colours."""
    luma = 0.299 * colour.red + 0.587 * colour.green + 0.114 * colour.blue
    return Colour(luma, luma, luma)


def tint(accent: Colour) -> Colour:
    """The accent laid thinly on paper, as the background of text."""
    return Colour(*(1 - TINT_STRENGTH * (1 - part) for part in _parts(accent)))


def inks(palette: Palette) -> tuple[Colour, ...]:
    """One colour for each Ink, in order. Raises ClinicError for what is not a colour."""
    accent = parse_colour(palette.accent)
    colours = {
        Ink.TEXT: parse_colour(_TEXT),
        Ink.PAPER: PAPER,
        Ink.ACCENT: accent,
        Ink.TINT: tint(accent),
        Ink.RULE: parse_colour(_RULE),
        Ink.MUTED: parse_colour(_MUTED),
        Ink.EMERGENCY: parse_colour(palette.emergency),
        Ink.ON_EMERGENCY: PAPER,
    }
    return tuple(colours[ink] for ink in Ink)


def check_palette(clinic: Clinic) -> list[Diagnostic]:
    """Errors for colours that cannot be read, warnings for those that fade when printed gray."""
    palette = clinic.palette
    place = palette.span if palette.span.file else clinic.span
    found: list[Diagnostic] = []
    for name, text in (("accent", palette.accent), ("emergency", palette.emergency)):
        with_path = replace(place, path=f"palette.{name}")
        try:
            colour = parse_colour(text)
        except ClinicError as error:
            found += [replace(problem, span=with_path) for problem in error.diagnostics]
        else:
            grounds = _accent_grounds if name == "accent" else _emergency_grounds
            found += [replace(each, span=with_path) for each in _check(name, colour, grounds)]
    return found


_Grounds = Callable[[Colour], dict[str, Colour]]


def _accent_grounds(accent: Colour) -> dict[str, Colour]:
    return {"on paper": PAPER, "on its own tint": tint(accent)}


def _emergency_grounds(_: Colour) -> dict[str, Colour]:
    return {"under white words and as words on paper": PAPER}


def _check(name: str, colour: Colour, grounds: _Grounds) -> Iterator[Diagnostic]:
    """At most one, about the worst ground; the hinted colour passes in colour and in gray."""
    in_colour = {place: contrast_ratio(colour, ground) for place, ground in grounds(colour).items()}
    gray = printed_gray(colour)
    in_gray = {
        f"{place} when printed gray": contrast_ratio(gray, printed_gray(ground))
        for place, ground in grounds(colour).items()
    }
    for ratios, severity in ((in_colour, Severity.ERROR), (in_gray, Severity.WARNING)):
        place = min(ratios, key=lambda place: ratios[place])
        if ratios[place] >= READABLE:
            continue
        shown = math.floor(ratios[place] * 100) / 100
        better = hexadecimal(nearest_readable(colour, grounds))
        yield Diagnostic(
            f"the {name} colour {hexadecimal(colour)} is too pale to read: "
            f"{shown}:1 {place}, and words need {READABLE}:1",
            severity=severity,
            hint=f'the nearest colour that can be read is "{better}"',
            rule=_WCAG,
        )
        return


def is_readable(colour: Colour, grounds: _Grounds) -> bool:
    """Whether it passes on every ground, in colour and printed gray."""
    gray = printed_gray(colour)
    return all(
        contrast_ratio(colour, ground) >= READABLE
        and contrast_ratio(gray, printed_gray(ground)) >= READABLE
        for ground in grounds(colour).values()
    )


def nearest_readable(colour: Colour, grounds: _Grounds) -> Colour:
    """The readable colour of the same hue that looks most like ``colour``: nearest in OKLab."""
    passing = [darker for darker in hue_ramp(colour) if is_readable(darker, grounds)]
    return min(passing, key=lambda candidate: math.dist(oklab(candidate), oklab(colour)))


def hue_ramp(colour: Colour) -> list[Colour]:
    """From the colour down to black in one hue, in whole steps of 255.

    Each is as strong as the colour, or as strong as sRGB can show at that lightness.
    """
    lightness, a, b = oklab(colour)
    steps = (lightness * step / _RAMP_STEPS for step in range(_RAMP_STEPS, -1, -1))
    shades = (hexadecimal(_strongest(step, a, b)) for step in steps)
    return [parse_colour(shade) for shade in dict.fromkeys(shades)]


_RAMP_STEPS = 500


def _strongest(lightness: float, a: float, b: float) -> Colour:
    shown = _from_oklab(lightness, a, b)
    if _is_in_gamut(shown):
        return shown
    weak, strong = 0.0, 1.0
    for _ in range(12):
        middle = (weak + strong) / 2
        if _is_in_gamut(_from_oklab(lightness, a * middle, b * middle)):
            weak = middle
        else:
            strong = middle
    return _from_oklab(lightness, a * weak, b * weak)


def _is_in_gamut(colour: Colour) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in _parts(colour))


# --- colour spaces: sRGB (IEC 61966-2-1) and OKLab (Ottosson 2020) ----------------------------


def oklab(colour: Colour) -> tuple[float, float, float]:
    """Lightness from 0 to 1, and the two hue axes; distances are close to those seen."""
    red, green, blue = (_linear(part) for part in _parts(colour))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lightness: float, a: float, b: float) -> Colour:
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return Colour(
        _encoded(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _encoded(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _encoded(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    if part <= 0.0031308:
        return 12.92 * part
    return float(1.055 * part ** (1 / 2.4) - 0.055)


def _parts(colour: Colour) -> tuple[float, float, float]:
    return colour.red, colour.green, colour.blue
