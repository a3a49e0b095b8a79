"""The inks of a sheet: palette indexes that the clinic's colours are put to.

The body of a page is painted with these numbers and never with colours, so one master serves
every clinic. They index an /Indexed colour space (ISO 32000-1, 8.6.6.3) that the imprint holds.
"""

from __future__ import annotations

from enum import IntEnum


class Ink(IntEnum):
    TEXT = 0
    PAPER = 1
    ACCENT = 2  # headings, bullets, links
    TINT = 3  # the accent at 8 %, behind text
    RULE = 4  # hairlines
    MUTED = 5  # captions, credits, footers: still 4.5:1 on paper
    EMERGENCY = 6  # the reversed emergency bar
    ON_EMERGENCY = 7  # text on that bar
