"""Gathering the inline runs of one paragraph.

Adjacent text in one manner becomes one run; spaces, tabs and line ends between words become one
space. A line end between two ideographs becomes nothing (CSS Text 3, 4.1.3).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import NamedTuple

from handouts.diagnostics import NOWHERE, SourceSpan
from handouts.document import Inline, Inlines, LineBreak, Words

LINE_END = "\n"
_SPACES = re.compile(r"[ \t]+")
_LINE_ENDS = re.compile(r"[ \t\n]*\n[ \t\n]*")


class Manner(NamedTuple):
    """How text is set."""

    bold: bool = False
    italic: bool = False
    link: str = ""
    language: str = ""


PLAIN = Manner()


class Runs:
    """``manner`` is that of the text that follows; ``size`` counts all that was added."""

    def __init__(self) -> None:
        self.manner = PLAIN
        self._runs: list[Inline] = []
        self._parts: list[str] = []
        self._span = NOWHERE
        self._has_words = False
        self.size = 0

    def add_text(self, text: str, span: SourceSpan) -> None:
        """Text as it was typed; a run stands where its first word stands."""
        if not self._has_words:
            self._span = span
            self._has_words = not text.isspace()
        self._parts.append(text)
        self.size += 1

    def add(self, run: Inline) -> None:
        """A run that is no text."""
        self._end_words()
        self._settle_line_end("")
        if isinstance(run, LineBreak):
            self._trim()
        self._runs.append(run)
        self.size += 1

    def change_manner(self, manner: Manner) -> None:
        self._end_words()
        self.manner = manner

    def finish(self) -> Inlines:
        self._end_words()
        self._settle_line_end("")
        self._trim()
        return tuple(self._runs)

    def _end_words(self) -> None:
        if not self._parts:
            return
        text = "".join(self._parts)
        self._parts.clear()
        self._has_words = False
        self._settle_line_end(text)
        last = self._runs[-1] if self._runs else None
        if LINE_END in text:
            before = last.text[-1].strip() if isinstance(last, Words) else ""
            text = _LINE_ENDS.sub(_joint, before + text)[len(before) :]
        if "  " in text or "\t" in text:
            text = _SPACES.sub(" ", text)
        if last is None or isinstance(last, LineBreak) or _ends_in_space(last):
            text = text.lstrip(" \n")
        if not text:
            return
        bold, italic, link, language = self.manner
        if isinstance(last, Words) and _manner(last) == self.manner:
            self._runs[-1] = replace(last, text=last.text + text)
        else:
            self._runs.append(Words(text, bold, italic, link, language, self._span))

    def _settle_line_end(self, following: str) -> None:
        """Turns a line end that closes the last run into a space, or into nothing."""
        last = self._runs[-1] if self._runs else None
        if isinstance(last, Words) and last.text.endswith(LINE_END):
            text = last.text[:-1]
            joint = "" if text and following and _are_ideographs(text[-1], following[0]) else " "
            self._runs[-1] = replace(last, text=text + joint)

    def _trim(self) -> None:
        last = self._runs[-1] if self._runs else None
        if isinstance(last, Words) and last.text.endswith(" "):
            text = last.text.rstrip(" ")
            self._runs[-1:] = [replace(last, text=text)] if text else []


def _joint(line_end: re.Match[str]) -> str:
    """What stands for a line end inside a run; at its end, until more is known, itself."""
    text, start, end = line_end.string, line_end.start(), line_end.end()
    if end == len(text):
        return LINE_END
    return "" if start and _are_ideographs(text[start - 1], text[end]) else " "


def _manner(words: Words) -> Manner:
    return Manner(words.bold, words.italic, words.link, words.language)


def _ends_in_space(run: Inline) -> bool:
    return isinstance(run, Words) and run.text.endswith(" ")


def _are_ideographs(*characters: str) -> bool:
    """Whether these are wide characters of scripts that have no spaces, so not of Hangul."""
    return all(
        unicodedata.east_asian_width(character) in "WF"
        and not unicodedata.name(character, "").startswith("HANGUL")
        for character in characters
    )
