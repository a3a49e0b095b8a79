"""The shapes of leaves: text, codes, numbers, dates, addresses and Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handouts.document import Block, Inlines, PartialDate
from handouts.reading.links import WEB, check_link
from handouts.reading.marked_yaml import Node
from handouts.reading.names import COUNTRIES, LANGUAGE_TAG_PATTERN, SLUG_PATTERN
from handouts.reading.report import Report, Unreadable
from handouts.reading.shapes import Schema, Shape, leaf, nearest, refuse

_SPACES = re.compile(r"[ \t\r\n]+")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|\*\*|\]\([a-z]+:|\[\^|\{[a-z_]+\}")


def one_line(text: str) -> str:
    """The text with one space for each run of spaces and line ends; no-break spaces stay."""
    return _SPACES.sub(" ", text).strip(" ")


class Text(Shape[str]):
    """Words that are printed as they are. Line ends and runs of spaces become one space."""

    def read(self, node: Node, report: Report) -> str:
        text = one_line(leaf(node, "text", report).text)
        if markup := _MARKUP.search(text):
            report.error(
                f"`{markup[0]}` would be printed as it is: Markdown is not read here",
                node.span,
                hint="write plain words",
            )
        return text

    def json_schema(self) -> Schema:
        return {"type": "string"}


@dataclass(frozen=True, slots=True)
class Code(Shape[str]):
    """A short text of a fixed form; ``expects`` says which, with an example.

    ``pattern`` is a regular expression that Python and JSON Schema read alike.
    """

    expects: str
    pattern: str = r".*\S.*"

    def read(self, node: Node, report: Report) -> str:
        text = leaf(node, self.expects, report).text.strip()
        if not re.fullmatch(self.pattern, text):
            raise refuse(f'expected {self.expects}, found "{text}"', node, report)
        return text

    def json_schema(self) -> Schema:
        # YAML takes 2017 or 0.1 for numbers; we take them as they are written.
        return {"type": ["string", "number"], "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True, slots=True)
class Choice(Shape[str]):
    choices: tuple[str, ...]

    def read(self, node: Node, report: Report) -> str:
        text = leaf(node, f"one of {', '.join(self.choices[:4])}", report).text.strip()
        if text not in self.choices:
            raise refuse(
                f'"{text}" is not among the choices', node, report, nearest(text, self.choices)
            )
        return text

    def json_schema(self) -> Schema:
        return {"enum": list(self.choices)}


@dataclass(frozen=True, slots=True)
class Whole(Shape[int]):
    least: int
    most: int

    def read(self, node: Node, report: Report) -> int:
        expects = f"a whole number from {self.least} to {self.most}"
        text = leaf(node, expects, report).text.strip()
        if not re.fullmatch(r"[0-9]{1,9}", text) or not self.least <= int(text) <= self.most:
            raise refuse(f'expected {expects}, found "{text}"', node, report)
        return int(text)

    def json_schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Flag(Shape[bool]):
    def read(self, node: Node, report: Report) -> bool:
        text = leaf(node, "true or false", report).text.strip()
        if text not in ("true", "false"):
            raise refuse(f'expected true or false, found "{text}"', node, report)
        return text == "true"

    def json_schema(self) -> Schema:
        return {"type": "boolean"}


class Date(Shape[PartialDate]):
    """YYYY, YYYY-MM or YYYY-MM-DD."""

    def read(self, node: Node, report: Report) -> PartialDate:
        expects = "a date such as 2021-05-25, 2021-05 or 2021"
        text = leaf(node, expects, report).text.strip()
        found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
        if not found:
            raise refuse(f'expected {expects}, found "{text}"', node, report)
        return real_date([int(part) for part in found.groups() if part], text, node, report)

    def json_schema(self) -> Schema:
        return {
            "type": ["string", "integer"],
            "pattern": "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$",
        }


def real_date(parts: list[int], written: str, node: Node, report: Report) -> PartialDate:
    when = PartialDate(*parts)
    try:
        when.first_day()
    except ValueError as error:
        raise refuse(f'there is no date "{written}"', node, report) from error
    if 0 in parts:
        raise refuse(f'there is no date "{written}"', node, report)
    return when


class WebAddress(Shape[str]):
    def read(self, node: Node, report: Report) -> str:
        text = leaf(node, "a web address", report).text.strip()
        if not check_link(text, node.span, report, WEB):
            raise Unreadable
        return text

    def json_schema(self) -> Schema:
        return {"type": "string", "pattern": "^https?://"}


class Country(Shape[str]):
    def read(self, node: Node, report: Report) -> str:
        code = leaf(node, "a country code such as US", report).text.strip()
        if code not in COUNTRIES:
            raise refuse(
                f'"{code}" is not the code of a country',
                node,
                report,
                hint="write two capital letters of ISO 3166-1, such as US, CA or GB",
            )
        return code

    def json_schema(self) -> Schema:
        return {"type": "string", "pattern": "^[A-Z]{2}$"}


class InlineMarkdown(Shape[Inlines]):
    """One paragraph without blocks."""

    def read(self, node: Node, report: Report) -> Inlines:
        from handouts.reading.markdown import read_inlines

        return read_inlines(leaf(node, "text", report), report)

    def json_schema(self) -> Schema:
        return {"type": "string"}


class BlockMarkdown(Shape[tuple[Block, ...]]):
    def read(self, node: Node, report: Report) -> tuple[Block, ...]:
        from handouts.reading.markdown import read_blocks

        return read_blocks(leaf(node, "text", report), report)

    def json_schema(self) -> Schema:
        return {"type": "string"}


SLUG = Code("a name in small letters, digits and hyphens, such as risk-factors", SLUG_PATTERN)
LANGUAGE_TAG = Code("a language tag such as en, es or zh-Hans", LANGUAGE_TAG_PATTERN)
PHONE_NUMBER = Code("a phone number such as 212-555-0142", r".*[0-9].*")
