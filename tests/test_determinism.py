"""The same input gives the same bytes, whoever asks, wherever, and whatever was made before."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from handouts.paper import A4, LETTER
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import make_imprint, make_master
from tests.reading_back import blocks
from tests.sheets import CASE_NAMES, CLINICS, PML, clinic_named, handout_named, pdf_of, sheet_of
from tests.spoken_handout import spoken_handout

ROOT = Path(__file__).parents[1]

# Makes sheets in the order asked for and prints the SHA-256 of each.
MAKER = """
import hashlib, json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from handouts.pipeline import build
from handouts.request import Request
from handouts.reading.library import Library
made = {}
for root, name, clinic, paper in json.loads(sys.argv[2]):
    pdf = build(Library(Path(root)), Request(name, "en", clinic, paper)).pdf
    made["-".join((name, clinic, paper))] = hashlib.sha256(pdf).hexdigest()
print(json.dumps(made))
"""
HANDOUTS = [
    *((ROOT / "content", PML, clinic, "letter") for clinic in CLINICS),
    *((ROOT / "tests" / "cases" / name, name, "", "a4") for name in CASE_NAMES),
]


def made_elsewhere(
    wanted: list[tuple[str, str, str, str]], folder: Path, **environment: str
) -> dict[str, str]:
    """The SHA-256 of each sheet, made in a process of its own that starts in ``folder``."""
    command = [sys.executable, "-c", MAKER, str(ROOT), json.dumps(wanted)]
    surroundings = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | environment
    done = subprocess.run(
        command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    made: dict[str, str] = json.loads(done.stdout)
    return made


@pytest.mark.slow
def test_two_processes_in_different_surroundings_make_the_same_bytes(tmp_path: Path):
    """Hash seed, time zone, locale, working folder, how the library is named, and what the
    process has made before: nothing of it leaves a trace."""
    absolute = [(str(root), *rest) for root, *rest in HANDOUTS]
    relative = [(str(root.relative_to(ROOT)), *rest) for root, *rest in HANDOUTS]

    one = made_elsewhere(absolute, tmp_path, PYTHONHASHSEED="1", TZ="Asia/Kathmandu", LC_ALL="C")
    other = made_elsewhere(
        relative[::-1], ROOT, PYTHONHASHSEED="2", TZ="America/Nome", LC_ALL="tr_TR.UTF-8"
    )

    assert len(one) == len(HANDOUTS)
    assert one == other


def test_a_process_that_makes_one_sheet_only_makes_the_same_one(tmp_path: Path):
    wanted = [(str(ROOT / "content"), PML, "riverside", "letter")]

    (made,) = made_elsewhere(wanted, tmp_path, PYTHONHASHSEED="3").values()

    assert made == hashlib.sha256(pdf_of(PML, "riverside")).hexdigest()


# --- master, imprint, press ------------------------------------------------------------------


def test_clinics_with_one_emergency_number_share_the_master():
    riverside, lakeside = clinic_named("riverside"), clinic_named("lakeside")
    assert riverside is not None
    assert lakeside is not None
    neighbour = replace(lakeside, emergency_number=riverside.emergency_number)
    handout = handout_named(PML)
    master = make_master(handout, LETTER, riverside.emergency_number)

    assert make_master(handout, LETTER, neighbour.emergency_number) == master
    for clinic in (riverside, neighbour):
        pdf = press(master, make_imprint(clinic, "en", LETTER))
        assert pdf.startswith(master.data)
        assert (found := blocks(pdf)) == spoken_handout(found, handout, clinic)


def test_another_emergency_number_makes_another_master():
    handout = handout_named(PML)

    assert make_master(handout, LETTER, "911").data != make_master(handout, LETTER, "111").data


def test_one_imprint_serves_every_handout_of_its_language_and_paper():
    imprint = make_imprint(clinic_named("riverside"), "en", A4)
    for name in (PML, "about-draft", "paragraph-over-a-page"):
        pdf = press(paint_master(sheet_of(name, "a4", "911")), imprint)

        assert pdf == pdf_of(name, "riverside", "a4")


def test_a_sheet_painted_twice_gives_the_same_master():
    sheet = sheet_of(PML)

    assert paint_master(sheet) == paint_master(sheet)
