"""The file of a clinic, ``clinic.yaml``."""

from __future__ import annotations

from typing import Any, NamedTuple

from handouts.clinic import Palette, Phone
from handouts.paper import PAPERS
from handouts.reading.leaves import (
    LANGUAGE_TAG,
    PHONE_NUMBER,
    Choice,
    Code,
    Country,
    Text,
    WebAddress,
)
from handouts.reading.shapes import ListOf, Located, MapOf, Marked, Record, optional, required


class Logo(NamedTuple):
    file: Located[str]


_COLOUR = Code('a colour such as "#1F4E79"', r"#[0-9A-Fa-f]{6}")

CLINIC: Record[dict[str, Any]] = Record(
    dict,
    {
        "name": required(Text(), "the name of the clinic"),
        "country": required(Country(), "the country, such as US"),
        "language": optional(LANGUAGE_TAG, "the language of its sheets if none is asked for"),
        "paper": optional(Choice(tuple(PAPERS)), "the paper in its printers"),
        "emergency_number": required(
            Code('an emergency number such as "911"', r"[0-9][0-9 -]{0,19}"),
            "the number to call in an emergency",
        ),
        "phones": required(
            ListOf(
                Record(
                    Phone,
                    {
                        "number": required(PHONE_NUMBER, "the phone number as it is printed"),
                        "label": optional(Text(), "what the line is for; none for the main line"),
                    },
                    keeps_span=False,
                ),
                '- {label: Nurse line, number: "212-555-0143"}',
            ),
            "the phone lines",
        ),
        "address": optional(ListOf(Text(), "- 120 River Street"), "the lines of the address"),
        "hours": optional(
            ListOf(Text(), "- Monday to Friday, 8 am to 6 pm"), "the opening hours, line by line"
        ),
        "interpreter": optional(
            MapOf(LANGUAGE_TAG, Marked(Text()), 'en: "Free interpreter: call 212-555-0142"'),
            "how to get an interpreter, by language and in that language; printed on a sheet that "
            "is not in the reader's language",
        ),
        "web": optional(WebAddress(), "the clinic's web site"),
        "check_address": optional(
            WebAddress(), "a page where a patient can see whether a sheet is still current"
        ),
        "logo": optional(
            Record(
                Logo,
                {
                    "file": required(
                        Marked(Code("a file name such as logo.svg")),
                        "the file in this clinic's folder: .svg, .png or .jpg",
                    ),
                },
                keeps_span=False,
            ),
            "the logo",
        ),
        "palette": optional(
            Record(
                Palette,
                {
                    "accent": optional(_COLOUR, "headings, bullets and links"),
                    "emergency": optional(_COLOUR, "the emergency bar"),
                },
            ),
            "the clinic's colours; text in each must be easy to read on white",
        ),
    },
    keeps_places=True,
)
