"""Where the files of a batch go: names that are safe on every system and stay below the output."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.batch.naming import REPORT_FILES, bundle_names, naming
from handouts.diagnostics import PlanError, SourceSpan
from handouts.plan import Bundle, NameTemplate

SHEET = ("riverside", "asthma", "pt-BR", "standard", "a4")


unhurried = settings(deadline=None, max_examples=200)


def name(template: str) -> str:
    return naming(NameTemplate(template))(*SHEET)


def faults(template: str) -> list[str]:
    """What is wrong with a template, each with its hint."""
    with pytest.raises(PlanError) as caught:
        naming(NameTemplate(template, SourceSpan("plan.yaml", 3, 12)))
    assert {str(problem.span) for problem in caught.value.diagnostics} == {"plan.yaml:3:12"}
    return [f"{problem.message}; {problem.hint}" for problem in caught.value.diagnostics]


def test_the_usual_name_has_a_folder_for_each_clinic_and_language() -> None:
    assert naming(NameTemplate())(*SHEET) == "riverside/pt-BR/asthma.pdf"


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{clinic}-{handout}-{language}.pdf", "riverside-asthma-pt-BR.pdf"),
        ("{clinic}{language}.pdf", "riversidept-BR.pdf"),
        ("{paper}/{edition}/{handout}/{clinic}.pdf", "a4/standard/asthma/riverside.pdf"),
        ("{clinic}/{clinic}.pdf", "riverside/riverside.pdf"),
        ("Blätter für {clinic}/{handout}.PDF", "Blätter für riverside/asthma.PDF"),
        ("{clinic}/{handout}..pdf", "riverside/asthma..pdf"),
    ],
)
def test_a_name_may_hold_each_part_anywhere(template: str, expected: str) -> None:
    assert name(template) == expected


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ("{clinc}/{handout}.pdf",
         'there is no field "{clinc}" in file names; did you mean "clinic"?'),
        ("{clinic!r}.pdf", 'there is no field "{clinic!r}" in file names; did you mean "clinic"?'),
        ("{clinic.slug}.pdf",
         'there is no field "{clinic.slug}" in file names; did you mean "clinic"?'),
        ("{0}.pdf", 'there is no field "{0}" in file names; the known ones are: clinic, '
                    "handout, language, edition, paper"),
        ("{}.pdf", 'there is no field "{}" in file names; the known ones are: clinic, '
                   "handout, language, edition, paper"),
        ("{clinic}/{handout",
         "the sign `{` cannot be in a file name; use letters, digits, - and _"),
        ("{{clinic}}.pdf", "the sign `{` cannot be in a file name; use letters, digits, - and _"),
        ("{clinic}\\{handout}.pdf",
         "the sign `\\` cannot be in a file name; use letters, digits, - and _"),
        ("C:{clinic}.pdf", "the sign `:` cannot be in a file name; use letters, digits, - and _"),
        ("{clinic}?.pdf", "the sign `?` cannot be in a file name; use letters, digits, - and _"),
        ("{clinic}\n.pdf",
         "the sign `U+000A` cannot be in a file name; use letters, digits, - and _"),
        ("{clinic}\0.pdf",
         "the sign `U+0000` cannot be in a file name; use letters, digits, - and _"),
        ("{clinic}", "the file name does not end in .pdf; write .pdf at its end"),
        ("{clinic}/", "the file name does not end in .pdf; write .pdf at its end"),
        ("sheet.pdf", "all PDFs would have the same name; put {clinic}, {language} and {handout} "
                      "into it"),
        ("/{clinic}.pdf", "the file name leads out of the output folder; begin it without /"),
        ("../{clinic}.pdf", "the file name leads out of the output folder; write it without `..`"),
        ("a/../../{clinic}.pdf",
         "the file name leads out of the output folder; write it without `..`"),
        ("a//{clinic}.pdf",
         "a folder in the file name has no name; write one / between two folders"),
        ("./{clinic}.pdf",
         '"." in the file name begins with a dot; such files are hidden; leave it out'),
        (".handouts/{clinic}.pdf",
         '".handouts" in the file name begins with a dot; such files are hidden; leave it out'),
        ("{clinic}./{handout}.pdf",
         '"{clinic}." in the file name ends in a dot or space; leave it out'),
        (" {clinic}/{handout}.pdf",
         '" {clinic}" in the file name ends in a dot or space; leave it out'),
        ("nul/{clinic}.pdf", '"nul" is the name of a device on Windows; choose another name'),
        ("{clinic}/COM1.pdf", '"COM1.pdf" is the name of a device on Windows; choose another name'),
        ("{clinic}.zip/{handout}.pdf",
         'the folder "{clinic}.zip" in the file name is called like a file; call it otherwise'),
    ],
)  # fmt: skip
def test_a_name_that_is_not_safe_is_refused(template: str, fault: str) -> None:
    assert fault in faults(template)


@pytest.mark.parametrize("file", [*REPORT_FILES, *bundle_names("x", tuple(Bundle))])
def test_no_folder_has_the_name_of_another_file(file: str) -> None:
    """A sheet below ``report.html/`` would leave no place for the report."""
    folder = file.rpartition("/")[2]
    assert any("is called like a file" in fault for fault in faults(f"{folder}/{{clinic}}.pdf"))


def test_everything_that_is_wrong_is_said_at_once() -> None:
    assert len(faults("../{clinc}\\con./{x}")) == 6


def test_an_index_lies_with_its_clinic_and_a_zip_beside() -> None:
    both = (Bundle.INDEX, Bundle.ZIP)
    assert bundle_names("riverside", both) == (
        "riverside/index.pdf",
        "riverside/index.html",
        "riverside.zip",
    )
    assert bundle_names("riverside", tuple(reversed(both))) == bundle_names("riverside", both)
    assert bundle_names("riverside", ()) == ()


pieces = st.sampled_from(
    (
        *("{clinic}", "{handout}", "{language}", "/", "..", ".", "-", " ", "con", "\\", "~", "a"),
        *("é", ".pdf", "{", "}", "{{", "%s", ":", "\u202e", "$HOME", "{clinic!r}"),
    )
)


@unhurried
@given(st.lists(pieces, max_size=8).map("".join), st.booleans())
def test_a_template_is_refused_or_gives_a_name_that_stays_inside(text: str, ends: bool) -> None:
    try:
        found = name(text + ".pdf" * ends)
    except PlanError:
        return
    assert re.fullmatch(r"[^/\\:{}]+(/[^/\\:{}]+)*\.pdf", found)
    for path in (PurePosixPath(found), PureWindowsPath(found)):
        assert not path.is_absolute()
        assert path.as_posix() == found
        for part in path.parts:
            assert not part.startswith(".")
            assert part[-1] not in ". "
            assert part.partition(".")[0] not in ("con", "nul", "aux")
