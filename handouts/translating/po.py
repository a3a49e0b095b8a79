"""Exchange files in gettext's PO, written and read with polib.

A unit is an entry: its id the context, the Markdown of its source the msgid. Gettext cannot protect
codes, so the notes name them, and the import holds every translation to its source. No entry is
flagged as a format: nothing in it is one.

A PO file that is cut short can look whole. So a last entry marks the end, and a file without it is
refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from handouts.diagnostics import SourceSpan
from handouts.document import Inlines
from handouts.reading.deceptive_text import MOST_REPORTED
from handouts.reading.markdown import read_inlines
from handouts.reading.marked_yaml import Scalar
from handouts.reading.report import Report, Unreadable
from handouts.translating.exchange_file import (
    Exchange,
    Prints,
    Progress,
    Returned,
    ReturnedFile,
    clean,
    is_fingerprint,
    plain_words,
)
from handouts.translating.markdown_writer import inline_markdown
from handouts.translating.units import Unit, is_plain_id, plain, plain_text

_END = "end"
_END_TEXT = "The end of this file. There is nothing to translate here."
_HANDOUT = "X-Handout"
_PARTS = "X-Handout-Parts"
_SOURCE_LANGUAGE = "X-Source-Language"
_REASON = re.compile(r"\(line (\d+)\)(?:: (.*))?")
_SOUND_LINE = re.compile(
    r"\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*)?\"(?:[^\"\\]|\\.)*\")?\s*"
)

# --- writing ---------------------------------------------------------------------------------


def po(exchange: Exchange) -> bytes:
    """The file, in UTF-8."""
    import polib

    file: Any = polib.POFile()
    file.header = exchange.title
    file.metadata = {
        "Project-Id-Version": exchange.title,
        "Language": exchange.language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _HANDOUT: exchange.handout,
        _SOURCE_LANGUAGE: exchange.source_language.replace("-", "_"),
        _PARTS: " ".join(
            f"{part}={prints.source}/{prints.target}" for part, prints in exchange.parts.items()
        ),
    }
    for entry in exchange.entries:
        is_unfinished = entry.progress is Progress.UNFINISHED
        file.append(
            polib.POEntry(
                msgctxt=entry.unit.id,
                msgid=_written(entry.unit, entry.unit.content),
                msgstr=_written(entry.unit, entry.target),
                comment="\n".join((*entry.notes, *_former(entry.former))),
                flags=["fuzzy"] if is_unfinished else [],
            )
        )
    end = polib.POEntry(msgctxt=_END, msgid=_END_TEXT, msgstr=_END_TEXT)
    file.append(end)
    return f"{file}".encode()


def _written(unit: Unit, content: Inlines) -> str:
    if unit.is_plain or not content:
        return plain_text(content)
    return inline_markdown(content)


def _former(text: str) -> list[str]:
    return ["former text of this part:", *text.splitlines()] if text else []


# --- reading ---------------------------------------------------------------------------------


def read_po(text: str, path: Path, report: Report) -> ReturnedFile:
    """What the file holds; its faults are reported. Raises Unreadable if it is no PO file."""
    file = path.as_posix()
    found = _parsed(text, file, report)
    metadata = found.metadata
    entries = [entry for entry in found if not entry.obsolete]
    if not any(entry.msgctxt == _END and entry.msgstr for entry in entries):
        report.error(
            "the file is cut short: its last entry is missing",
            SourceSpan(file, text.count("\n") + 1, 1),
            hint="ask for it again; it ends with an entry that says so",
        )
        raise Unreadable
    units = [_returned(entry, file, report) for entry in entries if entry.msgctxt != _END]
    return ReturnedFile(
        handout=metadata.get(_HANDOUT, ""),
        source_language=metadata.get(_SOURCE_LANGUAGE, "").replace("_", "-"),
        language=metadata.get("Language", "").replace("_", "-"),
        parts=_parts(metadata.get(_PARTS, "")),
        units=tuple(units),
        span=SourceSpan(file, 1, 1),
    )


def _parsed(text: str, file: str, report: Report) -> Any:
    import polib

    # polib takes a string that is not closed, and drops its last letter.
    broken = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if not _SOUND_LINE.fullmatch(line)
    ]
    for number in broken[:MOST_REPORTED]:
        report.error(
            "this is no line of a PO file",
            SourceSpan(file, number, 1),
            hint='text stands between quotation marks; inside it write \\"',
        )
    if broken:
        raise Unreadable
    try:
        # A text that ends a line is never taken for the name of a file.
        return polib.pofile(text.replace("\r\n", "\n").rstrip() + "\n", encoding="utf-8")
    except (OSError, ValueError, IndexError) as error:
        place = _REASON.search(str(error))
        line = int(place[1]) if place else 1
        reason = f": {place[2]}" if place and place[2] else ""
        report.error(
            f"not a PO file{reason}",
            SourceSpan(file, line, 1),
            hint="it may be cut short: ask for it again, or export it again",
        )
        raise Unreadable from error


def _parts(text: str) -> dict[str, Prints]:
    parts = {}
    for word in text.split():
        part, _, prints = word.partition("=")
        source, _, target = prints.partition("/")
        if is_fingerprint(source) and is_fingerprint(target):
            parts[part] = Prints(source, target)
    return parts


def _returned(entry: Any, file: str, report: Report) -> Returned:
    id_ = entry.msgctxt or ""
    span = SourceSpan(file, entry.linenum, 1, id_)
    is_plain = is_plain_id(id_)
    target = _inlines(entry.msgstr, span, is_plain, report)
    return Returned(
        id=id_,
        source=_inlines(entry.msgid, span, is_plain, report),
        target=target,
        progress=_progress(entry, target),
        span=span,
    )


def _progress(entry: Any, target: Inlines) -> Progress:
    if not target:
        return Progress.UNTRANSLATED
    return Progress.UNFINISHED if entry.fuzzy else Progress.TRANSLATED


def _inlines(text: str, span: SourceSpan, is_plain: bool, report: Report) -> Inlines:
    text = clean(text, span, report)
    if not text.strip():
        return ()
    return (
        plain(plain_words(text, span, report))
        if is_plain
        else read_inlines(Scalar(text, span), report)
    )
