"""No field of any file may hold a direction mark, however it is written ("Trojan Source")."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handouts.diagnostics import ClinicError, ContentError
from handouts.reading.clinics import read_clinic
from handouts.reading.handouts import read_handout
from handouts.reading.marked_yaml import parse_yaml
from handouts.reading.report import Report, Unreadable
from tests.reading.examples import CLINIC_FILE, FACTS_FILE, WORDS_FILE, write_library

MARKS = [
    chr(code) for code in (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]

# Every kind of field that text can stand in.
FULL: dict[str, dict[str, Any]] = {
    FACTS_FILE: {
        "source_language": "en",
        "audience": "adults",
        "author": "Handouts Project",
        "codes": {"icd-10-cm": ["J45.909"]},
        "sections": ["definition", "treatment"],
        "pictures": {
            "inhaler": {
                "file": "pictures/inhaler.svg",
                "credit": "A. Painter",
                "rights": "CC-BY-4.0",
                "place": "treatment",
            }
        },
        "resources": [
            {
                "id": "lungs",
                "country": "US",
                "name": "Lung Friends",
                "url": "https://lungs.example.org",
                "phone": "212-555-0142",
            }
        ],
        "references": [
            {
                "id": "smith-2019",
                "type": "article-journal",
                "title": "On asthma",
                "author": [{"family": "Smith", "given": "Ann"}, {"literal": "Lung Group"}],
                "container-title": "Journal of Lungs",
                "container-title-short": "J Lungs",
                "publisher": "Press",
                "publisher-place": "Bern",
                "edition": "2nd",
                "volume": "7",
                "issue": "2",
                "page": "1-9",
                "issued": {"date-parts": [["2019", "3"]]},
                "DOI": "10.1000/example.1",
                "PMID": "12345678",
                "URL": "https://example.org",
                "note": "A note",
            }
        ],
        "review": {
            "version": "1.0",
            "updated": "2021-05-25",
            "reviewer": "Ann Lee, MD",
            "reviewed": "2021-06",
        },
    },
    WORDS_FILE: {
        "title": "Asthma",
        "short_title": "Asthma",
        "at_a_glance": {
            "summary": "Asthma makes airways **narrow**.",
            "do": ["Carry your inhaler."],
            "call": ["You wake up at night."],
            "emergency": ["You cannot speak."],
        },
        "sections": {
            "definition": {"heading": "What it is", "text": "Asthma is common.[^smith-2019]"},
            "treatment": "Take 5 mg/kg.",
        },
        "pictures": {"inhaler": {"caption": "An inhaler", "alt": "A hand holds an inhaler."}},
    },
    CLINIC_FILE: {
        "name": "Riverside Family Clinic",
        "country": "US",
        "language": "en",
        "paper": "letter",
        "emergency_number": "911",
        "phones": [{"label": "Nurse line", "number": "212-555-0142"}],
        "address": ["120 River Street"],
        "hours": ["8 am to 6 pm"],
        "web": "https://riverside.example.org",
        "check_address": "https://riverside.example.org/check",
        "logo": {"file": "logo.svg"},
        "palette": {"accent": "#1F4E79"},
    },
}


def fields(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to each text in a file."""
    if isinstance(value, str):
        yield path
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from fields(entry, (*path, key))
    else:
        for index, entry in enumerate(value):
            yield from fields(entry, (*path, index))


def spoilt(value: Any, path: tuple[Any, ...], mark: str) -> Any:
    """The same with the mark in the middle of the text at the end of the path."""
    if not path:
        middle = len(value) // 2
        return value[:middle] + mark + value[middle:]
    entry = spoilt(value[path[0]], path[1:], mark)
    if isinstance(value, dict):
        return value | {path[0]: entry}
    return [*value[: path[0]], entry, *value[path[0] + 1 :]]


def dotted(path: tuple[Any, ...]) -> str:
    """The way to a field as messages show it."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)[1:]


def written(value: dict[str, Any], *, escaped: bool = False) -> str:
    return yaml.safe_dump(value, allow_unicode=not escaped, sort_keys=False, width=10_000)


EVERY_FIELD = [(name, path) for name, value in FULL.items() for path in fields(value)]


def test_the_files_are_read_without_marks(tmp_path: Path) -> None:
    library = write_library(tmp_path, {name: written(value) for name, value in FULL.items()})
    read_handout(library, "asthma", "en")
    read_clinic(library, "riverside")


@pytest.mark.parametrize(
    ("file", "path"),
    EVERY_FIELD,
    ids=lambda part: part if isinstance(part, str) else ".".join(map(str, part)),
)
def test_no_field_may_hold_a_direction_mark(file: str, path: tuple[Any, ...]) -> None:
    """Written as an escape, which only the YAML reader sees through."""
    for mark in MARKS:
        report = Report()
        text = written(spoilt(FULL[file], path, mark), escaped=True)
        assert mark not in text
        with pytest.raises(Unreadable):
            parse_yaml(text, file, report)
        (problem,) = report.in_order()
        assert problem.message.startswith(f"the character U+{ord(mark):04X} ")
        assert problem.span.path == dotted(path)


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: f"U+{ord(mark):04X}")
@pytest.mark.parametrize("file", FULL)
def test_no_file_may_hold_a_direction_mark_as_it_is(tmp_path: Path, file: str, mark: str) -> None:
    library = write_library(tmp_path, {file: written(FULL[file]) + f"# {mark}\n"})
    with pytest.raises((ContentError, ClinicError), match=f"U\\+{ord(mark):04X}"):
        (read_handout(library, "asthma", "en"), read_clinic(library, "riverside"))
