"""Where the files go: names that are safe on every system and stay below the output.

The rules are those of Windows, which has the most of them, so that a batch made on one system can
be copied to any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from handouts.diagnostics import Diagnostic, PlanError
from handouts.plan import Bundle, NameTemplate
from handouts.reading.shapes import nearest

FIELDS = ("clinic", "handout", "language", "edition", "paper")
STATE_FOLDER = ".handouts"
REPORT_FILES = ("report.json", "report.html", "SHA256SUMS")

_FIELD = re.compile(r"\{([^{}]*)\}")
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\{}]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_LIKE_OUR_FILES = re.compile(r".*\.(?:html|json|pdf|zip)|sha256sums", re.IGNORECASE)
LONGEST_PART = 255  # bytes, of a file's or folder's name

Name = Callable[[str, str, str, str, str], str]


def bundle_names(clinic: str, bundles: Sequence[Bundle]) -> tuple[str, ...]:
    """The files of a clinic's bundles. The links of an index are relative to where it lies."""
    names: list[str] = []
    if Bundle.INDEX in bundles:
        names += [f"{clinic}/index.pdf", f"{clinic}/index.html"]
    if Bundle.ZIP in bundles:
        names.append(f"{clinic}.zip")
    return tuple(names)


def naming(template: NameTemplate) -> Name:
    """What makes a name of clinic, handout, language, edition and paper, in this order.

    Raises:
        PlanError: everything that is wrong with the template.
    """
    problems = [
        Diagnostic(message, template.span, hint=hint) for message, hint in _faults(template.text)
    ]
    if problems:
        raise PlanError(problems)
    form = template.text
    for index, name in enumerate(FIELDS):
        form = form.replace(f"{{{name}}}", f"{{{index}}}")
    return form.format


def _faults(text: str) -> Iterator[tuple[str, str]]:
    fields = _FIELD.findall(text)
    for name in fields:
        if name not in FIELDS:
            yield f'there is no field "{{{name}}}" in file names', nearest(name, FIELDS)
    plain = _FIELD.sub("", text)
    if found := _NOT_IN_NAMES.search(plain):
        sign = found[0] if found[0].isprintable() else f"U+{ord(found[0]):04X}"
        yield f"the sign `{sign}` cannot be in a file name", "use letters, digits, - and _"
    if not text.lower().endswith(".pdf"):
        yield "the file name does not end in .pdf", "write .pdf at its end"
    if not fields:
        yield "all PDFs would have the same name", "put {clinic}, {language} and {handout} into it"
    if text.startswith("/"):
        yield "the file name leads out of the output folder", "begin it without /"
    *folders, file = text.removeprefix("/").split("/")
    for part in (*folders, file):
        yield from _faults_of_part(part, _FIELD.sub("x", part))
    for part in folders:
        if _LIKE_OUR_FILES.fullmatch(part):
            yield f'the folder "{part}" in the file name is called like a file', "call it otherwise"


def _faults_of_part(part: str, plain: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a folder or file in it; ``plain`` has a letter for each field."""
    if not part:
        yield "a folder in the file name has no name", "write one / between two folders"
    elif part == "..":
        yield "the file name leads out of the output folder", "write it without `..`"
    elif part.startswith("."):
        yield f'"{part}" in the file name begins with a dot', "such files are hidden; leave it out"
    elif plain[-1] in ". " or plain[0] == " ":
        yield f'"{part}" in the file name ends in a dot or space', "leave it out"
    elif _DEVICES.fullmatch(plain):
        yield f'"{part}" is the name of a device on Windows', "choose another name"
