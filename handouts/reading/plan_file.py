"""The file of a batch plan, ``batches/<name>.yaml``."""

from __future__ import annotations

from dataclasses import dataclass, field

from handouts.diagnostics import SourceSpan
from handouts.paper import PAPERS
from handouts.plan import USUAL_LIMIT, Bundle, Lacking, NameTemplate, Selection, Wanted
from handouts.reading.leaves import Choice, Code, Flag, Whole
from handouts.reading.marked_yaml import Node
from handouts.reading.names import SLUG_PATTERN
from handouts.reading.report import Report
from handouts.reading.shapes import (
    Field,
    ListOf,
    Located,
    MapOf,
    Marked,
    Record,
    Schema,
    Shape,
    optional,
)

PATTERN = r"[A-Za-z0-9*?-]{1,100}"


@dataclass(frozen=True, slots=True)
class _Names(Shape[Wanted]):
    """A name, or a pattern."""

    example: str

    def read(self, node: Node, report: Report) -> Wanted:
        return Wanted(self._code.read(node, report), node.span)

    @property
    def _code(self) -> Code:
        return Code(f'a name or pattern such as {self.example} or "*"', PATTERN)

    def json_schema(self) -> Schema:
        return self._code.json_schema()


@dataclass(frozen=True, slots=True)
class _OneOf(Shape[Wanted]):
    names: tuple[str, ...]

    def read(self, node: Node, report: Report) -> Wanted:
        return Wanted(Choice(self.names).read(node, report), node.span)

    def json_schema(self) -> Schema:
        return Choice(self.names).json_schema()


@dataclass(frozen=True, slots=True)
class _Template(Shape[NameTemplate]):
    def read(self, node: Node, report: Report) -> NameTemplate:
        text = Code('a file name such as "{clinic}/{language}/{handout}.pdf"').read(node, report)
        return NameTemplate(text, node.span)

    def json_schema(self) -> Schema:
        return {"type": "string"}


_NARROWING: dict[str, Field[tuple[Wanted, ...]]] = {
    "handouts": optional(
        ListOf(_Names("sore-throat"), "[sore-throat, asthma-*]"),
        "which handouts; every one if left out",
    ),
    "languages": optional(
        ListOf(_Names("es"), "[en, es]"), "which languages; all that a handout has if left out"
    ),
    "editions": optional(
        ListOf(_Names("large-print"), "[standard, large-print]"),
        "which editions; the standard one if left out",
    ),
    "papers": optional(
        ListOf(_OneOf(tuple(PAPERS)), "[letter, a4]"), "which papers; the clinic's own if left out"
    ),
}
_CLINICS = optional(
    ListOf(_Names("riverside"), '[riverside, "north-*"]'), "which clinics; every one if left out"
)
_SELECTION = Record(Selection, {"clinics": _CLINICS, **_NARROWING})


@dataclass(frozen=True, slots=True)
class PlanFile:
    """What the file says; ``table`` names a table of more selections beside it."""

    span: SourceSpan
    clinics: tuple[Wanted, ...] = ()
    handouts: tuple[Wanted, ...] = ()
    languages: tuple[Wanted, ...] = ()
    editions: tuple[Wanted, ...] = ()
    papers: tuple[Wanted, ...] = ()
    include: tuple[Selection, ...] = ()
    exclude: tuple[Selection, ...] = ()
    overrides: dict[str, Located[Selection]] = field(default_factory=dict)
    table: Located[str] | None = None
    file_name: NameTemplate = field(default_factory=NameTemplate)
    lacking: str = Lacking.LEAVE_OUT
    allow_stale: bool = False
    bundles: tuple[str, ...] = ()
    limit: int = USUAL_LIMIT


PLAN = Record(
    PlanFile,
    {
        "clinics": _CLINICS,
        **_NARROWING,
        "include": optional(
            ListOf(_SELECTION, "- {clinics: [riverside], handouts: [asthma], languages: [ur]}"),
            "what is made besides; in a plan without lists of its own, all that is made",
        ),
        "exclude": optional(
            ListOf(_SELECTION, "- {clinics: [riverside], languages: [ur]}"),
            "what is not made, whoever asks for it",
        ),
        "overrides": optional(
            MapOf(
                Code("the name of a clinic, such as riverside", SLUG_PATTERN),
                Marked(Record(Selection, _NARROWING)),
                "riverside: {languages: [en], papers: [a4]}",
            ),
            "by clinic, what takes the place of the plan's handouts, languages, editions or papers",
        ),
        "table": optional(
            Marked(Code("a file name such as more.csv", r"[^/\\]+\.csv")),
            "a table beside this file, in which each row is one more thing to make",
        ),
        "file_name": optional(
            _Template(),
            "where each PDF goes; it may hold {clinic}, {handout}, {language}, {edition}, {paper}",
        ),
        "missing_language": optional(
            Choice(tuple(Lacking)),
            "what to do where a handout lacks a language that is named: leave-out, fallback (the "
            "original with a notice) or error",
            name="lacking",
        ),
        "allow_stale": optional(
            Flag(), "true: print what is behind its source in the source's words"
        ),
        "bundles": optional(
            ListOf(Choice(tuple(Bundle)), "[zip, index]"),
            "what to put together for each clinic: a ZIP, an index as PDF and web page",
        ),
        "limit": optional(
            Whole(1, 100_000_000),
            f"how many PDFs are made without --yes; {USUAL_LIMIT:,} if left out",
        ),
    },
)
