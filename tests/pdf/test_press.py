"""Master, imprint and press: what they share, what they do not, and where everything is."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader

from handouts.diagnostics import ClinicError
from handouts.inks import Ink
from handouts.layout.pages import Colour, LinkArea, Panel, PanelName, PanelSet, PlacedLine
from handouts.pdf.imprint import paint_imprint
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.structure import Element
from tests.pdf.samples import (
    CHECK_PLACE,
    CONTACT_PLACE,
    SheetBuilder,
    clinic_panels,
    full_sheet,
    inks,
    line,
    plain_panels,
    small_sheet,
)
from tests.reading_back import render, structure_problems, tags, text_in_structure_order

ROOT = Path(__file__).parents[2]


def file(*, panels_on_one_page: bool = False, panels: PanelSet | None = None) -> bytes:
    sheet = full_sheet(panels_on_one_page=panels_on_one_page)
    return press(paint_master(sheet), paint_imprint(panels or clinic_panels()))


def sections(pdf: bytes) -> list[dict[int, tuple[int, int, int]]]:
    """The cross-reference sections of a file, newest first: number → type and two values."""
    found = []
    position = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    while position:
        head, _, rest = pdf[position:].partition(b"stream\n")
        data = rest[: int(re.search(rb"/Length (\d+)", head)[1])]  # type: ignore[index]
        widths = [int(w) for w in re.search(rb"/W\[(.*?)\]", head)[1].split()]  # type: ignore[index]
        first, count = map(int, re.search(rb"/Index\[(.*?)\]", head)[1].split())  # type: ignore[index]
        size = sum(widths)
        if b"/Predictor 12" in head:
            rows, above = zlib.decompress(data), bytes(size)
            table = b""
            for start in range(0, len(rows), size + 1):
                assert rows[start] == 2
                row = rows[start + 1 : start + 1 + size]
                above = bytes([(a + b) & 0xFF for a, b in zip(row, above, strict=True)])
                table += above
            data = table
        section = {}
        for order in range(count):
            row, values = data[order * size : (order + 1) * size], []
            for width in widths:
                values.append(int.from_bytes(row[:width]))
                row = row[width:]
            section[first + order] = (values[0], values[1], values[2])
        found.append(section)
        previous = re.search(rb"/Prev (\d+)", head)
        position = int(previous[1]) if previous else 0
    return found


@pytest.mark.parametrize("panels_on_one_page", [False, True])
def test_each_object_is_where_the_cross_references_say(panels_on_one_page: bool) -> None:
    pdf = file(panels_on_one_page=panels_on_one_page)
    newest, masters = sections(pdf)

    assert not newest.keys() & masters.keys()
    for number, (kind, offset, index) in (newest | masters).items():
        if kind == 1:
            assert pdf[offset:].startswith(b"%d 0 obj\n" % number)
        elif kind == 2:
            assert (newest | masters)[offset][0] == 1
            assert index >= 0
    in_use = sum(1 for kind, *_ in (newest | masters).values() if kind == 1)
    assert in_use == len(re.findall(rb"(?:^|\n)\d+ 0 obj\n", pdf))


def test_only_the_head_of_the_list_and_what_a_sheet_lacks_may_be_free() -> None:
    """The second page of panels, and the element of a patient's panel."""
    for together, expected in ((False, {0, 260}), (True, {0, 3, 257, 260})):
        found = sections(file(panels_on_one_page=together))
        free = {n for section in found for n, (kind, *_) in section.items() if not kind}
        assert free == expected


def test_a_strict_reader_finds_nothing_to_complain_about() -> None:
    reader = PdfReader(io.BytesIO(file()), strict=True)

    assert len(reader.pages) == 2
    assert [page["/Tabs"] for page in reader.pages] == ["/S", "/S"]


@pytest.mark.system("qpdf")
@pytest.mark.parametrize("panels_on_one_page", [False, True])
def test_qpdf_finds_nothing_to_complain_about(tmp_path: Path, panels_on_one_page: bool) -> None:
    path = tmp_path / "sheet.pdf"
    path.write_bytes(file(panels_on_one_page=panels_on_one_page))

    outcome = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert outcome.returncode == 0, outcome.stderr
    assert "WARNING" not in outcome.stdout + outcome.stderr


def test_a_master_begins_every_file_pressed_from_it() -> None:
    master = paint_master(full_sheet())

    for panels in (plain_panels(), clinic_panels()):
        assert press(master, paint_imprint(panels)).startswith(master.data)


def test_the_same_master_and_imprint_give_the_same_bytes() -> None:
    master, imprint = paint_master(full_sheet()), paint_imprint(clinic_panels())

    assert press(master, imprint) == press(master, imprint) == file()


def test_two_processes_with_other_hash_seeds_give_the_same_bytes() -> None:
    code = (
        "import hashlib; from tests.pdf.test_press import file;"
        "print(hashlib.sha256(file()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_one_imprint_serves_sheets_with_the_panels_apart_and_together() -> None:
    imprint = paint_imprint(clinic_panels())
    for together in (False, True):
        pdf = press(paint_master(full_sheet(panels_on_one_page=together)), imprint)

        assert structure_problems(pdf) == []
        assert "212-555-0142" in text_in_structure_order(pdf)
        assert "Is there a newer sheet?" in text_in_structure_order(pdf)


def test_the_panels_stand_in_the_tree_where_the_sheet_has_them() -> None:
    words = text_in_structure_order(file()).splitlines()

    assert words.index("212-555-0142") == words.index("This paragraph goes onover the page.") + 1
    assert words[-1] == "Is there a newer sheet?"


def test_another_clinic_changes_its_own_words_and_links_only() -> None:
    master = paint_master(full_sheet())
    ours = tags(press(master, paint_imprint(clinic_panels())))
    theirs = tags(
        press(master, paint_imprint(clinic_panels("Lakeside", "https://lakeside.example.org")))
    )

    assert theirs == ours.replace("Riverside Clinic", "Lakeside").replace(
        "https://riverside.example.org", "https://lakeside.example.org"
    )


def test_another_palette_recolours_the_master_without_touching_it() -> None:
    master = paint_master(full_sheet())
    pages = [
        render(press(master, paint_imprint(clinic_panels(accent=accent))), 0, dpi=72)
        for accent in (Colour(1, 0, 0), Colour(0, 0.5, 0))
    ]
    heading = (72, 72, 320, 96)  # in the accent
    colours = [{c for _, c in page.crop(heading).convert("RGB").getcolors(9999)} for page in pages]

    assert (255, 0, 0) in colours[0]
    assert (255, 0, 0) not in colours[1]
    assert (0, 128, 0) in colours[1]


def test_files_that_differ_have_identifiers_that_differ() -> None:
    first, second = paint_master(small_sheet("One.")), paint_master(small_sheet("Two."))
    imprints = [
        paint_imprint(panels)
        for panels in (
            clinic_panels(),
            clinic_panels(web="https://other.example.org"),
            clinic_panels(accent=Colour(1, 0, 0)),
        )
    ]
    files = [press(first, imprint) for imprint in imprints] + [press(second, imprints[0])]

    identifiers = {str(PdfReader(io.BytesIO(pdf)).trailer["/ID"]) for pdf in files}
    assert len(identifiers) == len(files)


def test_links_and_figures_of_a_panel_move_with_it() -> None:
    reader = PdfReader(io.BytesIO(file()))
    phone, page = (annotation.get_object() for annotation in reader.pages[0]["/Annots"][-2:])
    x, y = CONTACT_PLACE

    assert phone["/Rect"][:2] == [x, y + 58]
    assert page["/Rect"][0] == x + 200
    assert page["/Rect"][1] == y + 44
    figure = next(
        element
        for element in map(reader.get_object, range(1, 60))
        if isinstance(element, dict) and element.get("/S") == "/Figure"
    )
    (attributes,) = figure["/A"]
    x, y = CHECK_PLACE
    assert attributes.get_object()["/BBox"] == [x + 5.5, y + 8, x + 15.5, y + 18]


def test_panels_without_a_clinic_leave_no_link_behind() -> None:
    pdf = press(paint_master(small_sheet()), paint_imprint(plain_panels()))

    assert PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"] == []
    assert "Your clinic" in text_in_structure_order(pdf)


def test_a_sheet_without_a_place_for_a_panel_is_refused() -> None:
    builder = SheetBuilder()
    builder.add_contact()

    with pytest.raises(ValueError, match="the check panel has 0 places"):
        paint_master(builder.sheet())


def test_a_sheet_whose_tree_lacks_a_panel_is_refused() -> None:
    builder = SheetBuilder()
    builder.add_contact()
    builder.add_check()
    builder.root.children.remove(builder.check)

    with pytest.raises(ValueError, match="the check element is not in the structure tree"):
        paint_master(builder.sheet())


def test_a_link_in_the_header_is_refused() -> None:
    link = Element("P").add("Link", link="https://example.org")
    header = Panel(468, 40, (LinkArea(link, 0, 0, 10, 10, "Page"),))

    with pytest.raises(ValueError, match="header panel is an artifact"):
        paint_imprint(PanelSet(None, inks(), {PanelName.HEADER: header}))


def test_more_in_a_panel_than_an_imprint_can_number_is_an_error() -> None:
    contact = Element("Sect")
    items = tuple(PlacedLine(line("a", contact.add("P").leaf()), 0, 0) for _ in range(250))

    with pytest.raises(ClinicError, match="more text and pictures than there is room for"):
        paint_imprint(PanelSet(None, inks(), {PanelName.CONTACT: Panel(9, 9, items, contact)}))


def test_every_ink_has_its_colour_in_the_palette() -> None:
    reader = PdfReader(io.BytesIO(file(panels=clinic_panels(accent=Colour(1, 0.5, 0)))))
    palette = reader.pages[0]["/Resources"]["/ColorSpace"]["/P"]

    assert palette[:3] == ["/Indexed", "/DeviceRGB", len(Ink) - 1]
    table = palette[3].original_bytes
    assert table[3 * Ink.ACCENT : 3 * Ink.ACCENT + 3] == bytes((255, 128, 0))
