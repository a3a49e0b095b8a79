"""Where the structure tree, the parent tree, the pages and the annotations disagree.

veraPDF judges conformance; these hold without it, and look at what it leaves out.
"""
# ruff: noqa: SIM905

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from tests.reading_back.file import File, open_file
from tests.reading_back.marking import Mark, marking_problems, painted_marks
from tests.reading_back.objects import items, lookup, string
from tests.reading_back.parent_tree import parent_tree_problems
from tests.reading_back.structure import Annotation, Content, Element, structure_tree

_MAY_BE_EMPTY = frozenset(("TD",))
_NEEDS_ALT = frozenset(("Figure", "Formula"))
_STANDARD = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
    " P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot"
    " Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP"
    " Figure Formula Form".split()
)


def structure_problems(pdf: bytes) -> list[str]:
    """Where the structure tree, the parent tree, the pages and the annotations disagree."""
    file = open_file(pdf)
    if "/StructTreeRoot" not in file.catalog:
        return ["there is no structure tree"]
    elements = list(structure_tree(pdf).walk())
    claims: dict[Mark, list[Element]] = defaultdict(list)
    annotations: dict[int, Element] = {}
    for element in elements:
        for kid in element.kids:
            if isinstance(kid, Content):
                claims[kid.stream, kid.mcid].append(element)
            elif isinstance(kid, Annotation):
                annotations[kid.number] = element
    return [
        *marking_problems(file),
        *_claim_problems(file, claims),
        *parent_tree_problems(file, claims, annotations),
        *_annotation_problems(file, annotations),
        *_element_problems(elements),
        *_heading_problems(elements),
    ]


def _claim_problems(file: File, claims: dict[Mark, list[Element]]) -> Iterator[str]:
    """Every marked-content id belongs to exactly one element and is painted exactly once."""
    painted = painted_marks(file)
    for (stream, mcid), times in sorted(painted.items()):
        if times > 1:
            yield f"{file.name(stream)}: content {mcid} is used {times} times"
        if (stream, mcid) not in claims:
            yield f"{file.name(stream)}: content {mcid} belongs to no element"
    for (stream, mcid), owners in sorted(claims.items()):
        if len(owners) > 1:
            names = " and ".join(owner.tag for owner in owners)
            yield f"{file.name(stream)}: content {mcid} belongs to {names}"
        if (stream, mcid) not in painted:
            yield f"{file.name(stream)}: content {mcid} of {owners[0].tag} is not painted"


def _annotation_problems(file: File, owners: dict[int, Element]) -> Iterator[str]:
    """Annotations must be in the tree, described, and in the tab order of the tree."""
    on_pages: set[int] = set()
    for index, page in enumerate(file.reader.pages):
        annotations = items(page, "/Annots")
        if annotations and lookup(page, "/Tabs") != "/S":
            yield f"page {index + 1} has annotations but no tab order of the structure"
        for reference in annotations:
            number, entry = reference.idnum, reference.get_object()
            on_pages.add(number)
            name = f"page {index + 1}: annotation {number}"
            if number not in owners:
                yield f"{name} is in no element"
            elif entry["/Subtype"] == "/Link" and owners[number].role not in ("Link", "Reference"):
                yield f"{name} is a link in {owners[number].tag}"
            if not string(entry, "/Contents"):
                yield f"{name} has no Contents"
    for number in sorted(owners.keys() - on_pages):
        yield f"annotation {number} of {owners[number].tag} is on no page"


def _element_problems(elements: list[Element]) -> Iterator[str]:
    numbers = Counter(element.number for element in elements if element.number)
    for number, times in numbers.items():
        if times > 1:
            yield f"element {number} is in the tree {times} times"
    for element in elements:
        name = f"{element.tag} {element.number}"
        if element.role not in _STANDARD and element.role != "StructTreeRoot":
            yield f"{name} is of no standard type"
        if not _says_something(element) and element.role not in _MAY_BE_EMPTY:
            yield f"{name} has no content"
        if element.role in _NEEDS_ALT and not (element.alt or element.actual_text):
            yield f"{name} has no Alt"
        if element.role == "Figure" and "BBox" not in element.attributes.get("Layout", {}):
            yield f"{name} has no BBox"
        for kid in element.kids:
            if isinstance(kid, Element) and element.number and kid.parent != element.number:
                yield f"{kid.tag} {kid.number} is in {name}, but names {kid.parent} as its parent"


def _says_something(element: Element) -> bool:
    return element.actual_text is not None or any(
        _says_something(kid)
        if isinstance(kid, Element)
        else isinstance(kid, Annotation) or bool(kid.text or kid.drawings)
        for kid in element.kids
    )


def _heading_problems(elements: list[Element]) -> Iterator[str]:
    last = 0
    for element in elements:
        if len(element.role) == 2 and element.role[0] == "H" and element.role[1].isdecimal():
            level = int(element.role[1])
            if level > last + 1:
                before = f"H{last}" if last else "no heading"
                yield f'heading "{element.text}" is {element.role} after {before}'
            last = level
