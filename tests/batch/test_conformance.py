"""A tenth of a batch of 2,000 files: each goes through veraPDF, and so does every index."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from handouts.places import CONTENT
from handouts.verapdf import validate
from tests.batch.processes import PLAN, false_sums, run_batch
from tests.commands import drawing

pytestmark = pytest.mark.slow

LANGUAGES = (
    *("am", "ar", "bn", "en", "es", "fa", "fr", "he", "hi", "ja"),
    *("km", "ko", "my", "ru", "ta", "th", "ur", "vi", "zh-Hans", "zh-Hant"),
)
PAPERS = ("letter", "a4")
PLAN_TEXT = f"""\
languages: [{", ".join(LANGUAGES)}]
papers: [{", ".join(PAPERS)}]
file_name: "{{clinic}}/{{paper}}/{{language}}/{{handout}}.pdf"
bundles: [index, zip]
"""


@dataclass(frozen=True, slots=True)
class Clinic:
    """What tells the sheets and the index of one clinic from those of another."""

    name: str
    language: str
    emergency_number: str
    paper: str
    accent: str
    logo: str


CLINICS = {
    "harbour": Clinic("Harbour Clinic", "en", "111", "a4", "#1F4E79", "logo.svg"),
    "mercado": Clinic("Clínica del Mercado", "es", "911", "letter", "#641E16", "logo.svg"),
    "nakhil": Clinic("عيادة النخيل", "ar", "911", "letter", "#0B5345", ""),
    "banyan": Clinic("बरगद क्लिनिक", "hi", "911", "a4", "#5B2C6F", "logo.png"),
    "bamboo": Clinic("竹林诊所", "zh-Hans", "111", "a4", "#1B2631", ""),
}


def write_clinic(folder: Path, slug: str, clinic: Clinic) -> None:
    phone = "212-555-0142"
    facts = {
        "name": clinic.name,
        "country": "US",
        "language": clinic.language,
        "paper": clinic.paper,
        "emergency_number": clinic.emergency_number,
        "phones": [{"number": phone}, {"label": clinic.name, "number": "212-555-0143"}],
        "address": [clinic.name, "Springfield, NY 10000"],
        "interpreter": dict.fromkeys(LANGUAGES, phone),
        "web": f"https://{slug}.example.org",
        "palette": {"accent": clinic.accent, "emergency": "#9A1B1E"},
    }
    folder.mkdir(parents=True)
    if clinic.logo == "logo.png":
        shutil.copy(CONTENT / "clinics/lakeside/logo.png", folder)
    elif clinic.logo:
        (folder / clinic.logo).write_text(drawing(), "utf-8")
    if clinic.logo:
        facts["logo"] = {"file": clinic.logo}
    (folder / "clinic.yaml").write_text(yaml.safe_dump(facts, allow_unicode=True), "utf-8")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("conformance")
    library = root / "library"
    shutil.copytree(CONTENT / "handouts", library / "handouts")
    for slug, clinic in CLINICS.items():
        write_clinic(library / "clinics" / slug, slug, clinic)
    (library / PLAN).parent.mkdir()
    (library / PLAN).write_text(PLAN_TEXT, "utf-8")
    answer = run_batch(library, root / "output")
    assert answer.exit_code == 0, answer.stderr
    return root / "output"


@pytest.mark.parametrize("clinic", CLINICS)
def test_verapdf_finds_nothing_in_any_sheet_of_a_clinic(clinic: str, output: Path):
    sheets = sorted((output / clinic).glob("*/*/*.pdf"))
    assert len(sheets) == len(LANGUAGES) * len(PAPERS)
    wrong = {str(sheet): list(map(str, found)) for sheet in sheets if (found := validate(sheet))}
    assert wrong == {}


@pytest.mark.parametrize("clinic", CLINICS)
def test_verapdf_finds_nothing_in_the_index_of_a_clinic(clinic: str, output: Path):
    assert [str(failure) for failure in validate(output / clinic / "index.pdf")] == []


def test_the_sums_of_all_files_are_true(output: Path):
    assert false_sums(output) == []


def test_verapdf_says_no_to_a_sheet_whose_links_are_in_no_structure(output: Path):
    sheet = next((output / "harbour/a4/ar").glob("*.pdf")).read_bytes()
    assert b"/StructParent " in sheet
    assert validate(sheet.replace(b"/StructParent ", b"/StructParend ")) != []
