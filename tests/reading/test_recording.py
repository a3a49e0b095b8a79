"""Fingerprints are put into a translator's file, and nothing else in it changes."""

from __future__ import annotations

import pytest

from handouts.diagnostics import ContentError
from handouts.reading.recording import with_fingerprints

NEW = {"title": "0000111122223333", "sections.causes": "4444555566667777"}
HEAD = "# Ein Wort\ntitle: 'Ä 漢字 🫁'  # to keep\n"


def recorded(text: str, new: dict[str, str] = NEW) -> str:
    return with_fingerprints(text, new, "es.yaml")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "translation:\n  method: machine # by night\n  # nobody yet\nsections: {}\n",
            "translation:\n  method: machine # by night\n"
            "  made_from:\n    title: 0000111122223333\n    sections.causes: 4444555566667777\n"
            "  # nobody yet\nsections: {}\n",
            id="no record yet",
        ),
        pytest.param(
            "translation:\n    method: machine\n    checked_by:\n",
            "translation:\n    method: machine\n    checked_by:\n"
            "    made_from:\n      title: 0000111122223333\n"
            "      sections.causes: 4444555566667777\n",
            id="its own indent",
        ),
        pytest.param(
            "translation:\n  method: machine",
            "translation:\n  method: machine\n"
            "  made_from:\n    title: 0000111122223333\n    sections.causes: 4444555566667777",
            id="no line end at the end",
        ),
        pytest.param(
            'translation:\n  made_from:\n    title: "ffffffffffffffff"  # old\n    # more\n'
            "    at_a_glance: 9999999999999999 # kept\n  method: human\n",
            "translation:\n  made_from:\n    title: 0000111122223333  # old\n    # more\n"
            "    at_a_glance: 9999999999999999 # kept\n    sections.causes: 4444555566667777\n"
            "  method: human\n",
            id="a record with one part of two",
        ),
        pytest.param(
            "translation: {method: machine, checked_by: nobody}  # so far\nsections: {}\n",
            "translation: {method: machine, checked_by: nobody, made_from: "
            "{title: 0000111122223333, sections.causes: 4444555566667777}}  # so far\n"
            "sections: {}\n",
            id="braces",
        ),
        pytest.param(
            "translation: {\n  method: machine,\n  }\n",
            "translation: {\n  method: machine, made_from: "
            "{title: 0000111122223333, sections.causes: 4444555566667777},\n  }\n",
            id="braces over several lines with a last comma",
        ),
        pytest.param(
            "translation: {made_from: {title: ffffffffffffffff}, method: machine}\n",
            "translation: {made_from: {title: 0000111122223333, "
            "sections.causes: 4444555566667777}, method: machine}\n",
            id="braces in braces",
        ),
        pytest.param(
            "translation:\n  made_from: {}\n  method: machine\n",
            "translation:\n  made_from: {title: 0000111122223333, "
            "sections.causes: 4444555566667777}\n  method: machine\n",
            id="empty braces",
        ),
        pytest.param(
            "translation:\n  made_from:  # see below\n  method: machine\n",
            "translation:\n  made_from:  # see below\n    title: 0000111122223333\n"
            "    sections.causes: 4444555566667777\n  method: machine\n",
            id="a key without a value",
        ),
        pytest.param(
            "translation:\n  made_from: ~\n  method: machine\n",
            "translation:\n  made_from: \n    title: 0000111122223333\n"
            "    sections.causes: 4444555566667777\n  method: machine\n",
            id="a sign for nothing",
        ),
        pytest.param(
            "translation: {method: machine, made_from: }\n",
            "translation: {method: machine, made_from:  {title: 0000111122223333, "
            "sections.causes: 4444555566667777}}\n",
            id="a key without a value in braces",
        ),
        pytest.param(
            "translation:\n  method: human\n  translator: >-\n    Ana\n    Ruiz\n\nsections: {}\n",
            "translation:\n  method: human\n  translator: >-\n    Ana\n    Ruiz\n\n"
            "  made_from:\n    title: 0000111122223333\n    sections.causes: 4444555566667777\n"
            "sections: {}\n",
            id="after folded text",
        ),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_only_the_fingerprints_change(before: str, after: str, line_end: str) -> None:
    before, after = ((HEAD + text).replace("\n", line_end) for text in (before, after))

    assert recorded(before) == after
    assert recorded(after) == after


def test_a_place_that_cannot_be_edited_is_named() -> None:
    with pytest.raises(ContentError) as raised:
        recorded("translation: {method: machine, made_from}\n")

    assert str(raised.value) == (
        "es.yaml: error: the fingerprints cannot be put in here\n"
        "  at translation\n"
        "  hint: write `translation:` with each key on a line of its own, and `made_from:` with "
        "nothing behind it"
    )
