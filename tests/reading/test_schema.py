"""The JSON Schemas that editors use say what the reader accepts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from handouts.reading.schema import json_schemas, write_schemas
from tests.reading.examples import CLINIC, FACTS, WORDS

PLAN = """\
clinics: [riverside, "north-*"]
papers: [a4]
include: [{handouts: [asthma], languages: [en]}]
exclude: [{languages: [ur]}]
overrides: {riverside: {editions: [standard]}}
table: more.csv
file_name: "{clinic}/{handout}.pdf"
missing_language: fallback
allow_stale: true
bundles: [zip, index]
limit: 20
"""

SCHEMAS = Path(__file__).parents[2] / "content" / "schemas"


def test_the_schemas_in_content_are_up_to_date(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text("utf-8") for path in SCHEMAS.iterdir()}
    assert kept == written, "run: python -m handouts.reading.schema content/schemas"


@pytest.mark.parametrize(
    ("name", "text"),
    [("handout", FACTS), ("words", WORDS), ("clinic", CLINIC), ("batch", PLAN)],
)
def test_a_file_that_the_reader_accepts_is_accepted_by_its_schema(name: str, text: str) -> None:
    value = yaml.load(text, yaml.BaseLoader)
    assert list(faults(value, schema(name))) == []


def test_a_schema_refuses_what_the_reader_refuses() -> None:
    words = yaml.load(WORDS, yaml.BaseLoader)
    assert list(faults(words | {"titel": "x"}, schema("words"))) == ["titel"]
    assert list(faults(words | {"at_a_glance": {}}, schema("words")))
    assert list(faults(words | {"sections": {"No Slug": "x"}}, schema("words"))) == ["No Slug"]
    assert list(faults(words | {"title": ["x"]}, schema("words")))
    facts = yaml.load(FACTS, yaml.BaseLoader)
    assert list(faults(facts | {"source_language": "english!"}, schema("handout")))
    plan = yaml.load(PLAN, yaml.BaseLoader)
    assert list(faults(plan | {"clinic": ["x"]}, schema("batch"))) == ["clinic"]
    assert list(faults(plan | {"clinics": ["North Side"]}, schema("batch"))) == ["North Side"]
    assert list(faults(plan | {"papers": ["A4"]}, schema("batch"))) == ["A4"]
    assert list(faults(plan | {"overrides": {"x": {"clinics": ["y"]}}}, schema("batch")))


def test_every_key_is_described() -> None:
    for text in json_schemas().values():
        for key, value in properties(json.loads(text)):
            assert value == {} or key == "date-parts" or value["description"], key


def schema(name: str) -> Any:
    return json.loads(json_schemas()[f"{name}.schema.json"])


def properties(value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        yield from value.get("properties", {}).items()
        for item in value.values():
            yield from properties(item)
    elif isinstance(value, list):
        for item in value:
            yield from properties(item)


def faults(value: Any, rules: Any) -> Iterator[str]:
    """What breaks the rules: as much of JSON Schema as the schemas use, with all leaves text."""
    if "anyOf" in rules:
        if all(list(faults(value, one)) for one in rules["anyOf"]):
            yield str(value)
        return
    leaf = {"string", "number", "integer", "boolean"}
    kinds = {dict: {"object"}, list: {"array"}, str: leaf}[type(value)]
    allowed = rules.get("type", "string")
    if not kinds & (
        {allowed} if isinstance(allowed, str) else set(allowed)
    ) or value not in rules.get("enum", [value]):
        yield str(value)
    elif isinstance(value, list):
        for item in value:
            yield from faults(item, rules["items"])
    elif isinstance(value, str):
        if not re.search(rules.get("pattern", ""), value):
            yield value
    else:
        yield from (key for key in rules.get("required", ()) if key not in value)
        form = rules.get("propertyNames", {}).get("pattern", "")
        for key, item in value.items():
            known = rules.get("properties", {}).get(key, rules["additionalProperties"])
            if known is False or not re.search(form, key):
                yield key
            else:
                yield from faults(item, known)
