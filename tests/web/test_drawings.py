"""Drawings as SVG: what the sheet paints, and nothing of the file that it came from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from handouts.layout.icons import SHAPES
from handouts.layout.pages import Vector
from handouts.layout.svg.drawing import read_drawing
from handouts.places import CONTENT
from handouts.web.drawings import drawing, path_data

DRAWINGS = sorted(CONTENT.rglob("*.svg"))
HOSTILE = b"""<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">
<title>"&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title><desc>secret</desc>
<clipPath id="onload"><circle cx="20" cy="20" r="9"/></clipPath>
<g clip-path="url(#onload)"><rect width="40" height="40" fill="#123456"/></g>
<path d="M1 1L9 9" stroke="red" stroke-width="3" stroke-dasharray="2 1" fill="none"/></svg>"""


def vector_of(data: bytes) -> Vector:
    artwork = read_drawing(data, "drawing.svg").artwork
    assert isinstance(artwork, Vector)
    return artwork


def painted(vector: Vector, clips: int) -> tuple[list[str], list[float]]:
    """Operators and operands behind the first ``clips``, and without the nesting of states."""
    tokens = vector.operators.decode().split("W n", clips)[-1].replace("[", " ").split()
    tokens = [token for token in tokens if token not in ("q", "Q")]
    numbers = [token for token in tokens if re.fullmatch(r"-?[\d.]+", token)]
    return [token for token in tokens if token not in numbers], list(map(float, numbers))


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda path: path.stem)
def test_a_drawing_read_again_from_the_page_paints_the_same(file: Path):
    """Its own cut at the edges comes behind that of the file that it is in."""
    first = vector_of(file.read_bytes())
    again = vector_of(drawing(first).encode())

    operators, numbers = painted(first, clips=1)
    operators_again, numbers_again = painted(again, clips=2)
    assert (again.width, again.height) == pytest.approx((first.width, first.height))
    assert operators_again == operators
    assert numbers_again == pytest.approx(numbers, abs=0.011)


def test_nothing_of_the_file_is_left_but_shapes():
    page = drawing(vector_of(HOSTILE))
    root = etree.fromstring(page)

    assert "secret" not in page
    assert "script" not in page
    assert "onload" not in page
    assert {etree.QName(element).localname for element in root.iter()} <= {
        "svg",
        "g",
        "path",
        "clipPath",
    }
    assert 'stroke="#FF0000"' in page
    assert 'stroke-dasharray="1.5 0.75"' in page
    assert "clip-path" in page


@pytest.mark.parametrize("name", SHAPES)
def test_every_icon_is_path_data(name: str):
    assert re.fullmatch(r"(?:[MLC](?:-?[\d.]+ ?)+|Z)+", path_data(SHAPES[name].encode()))
