"""What the README says is so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

import handouts.pipeline
from handouts.pipeline import build
from handouts.request import Request
from tests.commands import CHECKOUT, command, drawing
from tests.reading_back import render
from tests.sheets import LIBRARY, PML, pdf_of

README = (CHECKOUT / "README.md").read_text("utf-8")


def block_after(comment: str) -> str:
    """The fenced block below an HTML comment."""
    found = re.search(rf"<!-- {re.escape(comment)} -->\n```\w+\n(.*?)```\n", README, re.DOTALL)
    assert found, comment
    return found[1]


def in_one_language() -> bytes:
    return pdf_of(PML, "riverside")


def in_easy_read() -> bytes:
    return build(LIBRARY, Request(PML, "en", "riverside", edition="easy-read")).pdf


def in_two_languages() -> bytes:
    return build(LIBRARY, Request(PML, "ar", "riverside", twin="en")).pdf


@pytest.mark.parametrize(
    ("name", "sheet"),
    [
        ("page-one.png", in_one_language),
        ("twin.png", in_two_languages),
        ("easy-read.png", in_easy_read),
    ],
)
def test_the_pictures_show_page_one_as_it_is_made_now(
    name: str, sheet: Callable[[], bytes], update_cases: bool
) -> None:
    """``--update-cases`` paints them anew."""
    picture = CHECKOUT / "tests/pictures" / name
    page = render(sheet(), dpi=96).convert("RGB")
    if update_cases:
        frame = Image.new("RGB", page.size, "#B0B0B0")
        frame.paste(page.crop((1, 1, page.width - 1, page.height - 1)), (1, 1))
        frame.quantize(48, dither=Image.Dither.NONE).save(picture, optimize=True)
    stored = Image.open(picture).convert("RGB")

    assert f'src="tests/pictures/{name}"' in README
    assert stored.size == page.size
    inside = (2, 2, page.width - 2, page.height - 2)
    difference = ImageChops.difference(page, stored).crop(inside).convert("L")
    unlike = sum(difference.point(lambda value: value > 60).histogram()[1:])
    # Another release of PDFium or Pillow may paint edges a little otherwise.
    assert unlike < 0.001 * page.width * page.height
    assert picture.stat().st_size < 150_000


def test_the_first_command_is_the_one_that_everybody_types() -> None:
    assert block_after("make").splitlines()[-1] == (
        "python make_handout.py build progressive-multifocal-leukoencephalopathy "
        "--language en --clinic riverside --output out/pml.pdf"
    )


def test_both_commands_make_the_environment_that_they_need() -> None:
    for name in ("make", "test"):
        assert block_after(name).startswith("python3 -m venv .venv && ")


def test_the_files_in_the_readme_are_without_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = re.findall(r"<!-- ((?:handouts|clinics)/\S+) -->", README)
    for name in names:
        file = Path("library", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block_after(name), "utf-8")
    Path("library/clinics/hillside/logo.svg").write_text(drawing())

    checked = command("check", "--library", "library")
    built = command("build", "sore-throat", "--clinic", "hillside", "--library", "library")

    assert len(names) == 3
    assert checked.stdout == "4 files looked at: 0 errors, 0 warnings\n"
    assert (built.exit_code, built.stderr) == (0, "")


def test_the_profile_in_the_readme_is_an_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CHECKOUT / "content", "library")
    Path("library/editions").mkdir()
    name = "editions/our-large-print.yaml"
    Path("library", name).write_text(block_after(name), "utf-8")

    listed = command("editions", "--library", "library")
    built = command("build", PML, "--edition", "our-large-print", "--library", "library")

    assert "our-large-print\n      Our large print" in listed.stdout
    assert (built.exit_code, built.stderr) == (0, "")


def test_the_plan_in_the_readme_makes_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    hillside = block_after("clinics/hillside/clinic.yaml")
    files = {
        f"handouts/{slug}/{name}.yaml": block_after(f"handouts/sore-throat/{name}.yaml")
        for slug in ("sore-throat", "asthma-attack", "flu")
        for name in ("handout", "en")
    }
    files |= {f"clinics/{slug}/clinic.yaml": hillside for slug in ("hillside", "riverside")}
    files |= {f"clinics/{slug}/logo.svg": drawing() for slug in ("hillside", "riverside")}
    files["batches/winter.yaml"] = block_after("batches/winter.yaml")
    for name, content in files.items():
        file = Path("library", name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")

    made = command("batch", "winter", "--library", "library", "--output", "sheets", "--jobs", "1")

    assert made.exit_code == 0, made
    assert sorted(
        path.relative_to("sheets").as_posix() for path in Path("sheets").rglob("*.pdf")
    ) == [
        "hillside/en/sore-throat-a4.pdf",
        "hillside/en/sore-throat-letter.pdf",
        "hillside/index.pdf",
        "riverside/en/asthma-attack-letter.pdf",
        "riverside/en/sore-throat-letter.pdf",
        "riverside/index.pdf",
    ]


def test_the_stages_are_those_of_the_pipeline() -> None:
    told = re.findall(r"(?m)^(\w+) +(.+?) +→ (.+)$", handouts.pipeline.__doc__ or "")
    rows = re.findall(r"(?m)^\| (\w+) \| (.+?) \| (.+?) \| (`handouts/.+`) \|$", README)

    assert len(rows) == 6
    assert [row[:3] for row in rows] == told
    for *_, modules in rows:
        for module in re.findall(r"`(.+?)`", modules):
            assert (CHECKOUT / module).is_file()


def test_the_folders_are_those_that_there_are() -> None:
    told = set(re.findall(r"(?m)^\| `(\w+)/` \|", README))
    ours = [path for path in CHECKOUT.iterdir() if not path.name.startswith(".")]
    there = {path.name for path in ours if {"README.md", "__init__.py"} & set(names_in(path))}

    assert there == told


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def test_what_the_readme_links_to_is_there() -> None:
    links = re.findall(r'(?:\]\(|src=")([^)"#:]+)[)"]', README)

    assert links
    assert [link for link in links if not (CHECKOUT / link).exists()] == []
