"""What the editions of a handout say, and how stress and pictures stand in them.

What is expected is taken from the library's files, not from the program's own reading of them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import yaml

from handouts.languages import language
from handouts.places import CONTENT
from tests.commands import command
from tests.reading_back import Block, Element, blocks, structure_tree
from tests.sheets import PAPER_NAMES, PML
from tests.test_editions import LARGE, TAGS, Letter, letters, made

UNWRITTEN = ("de", "ja", "ur")  # languages in which nobody wrote what only the summary shows
QUESTIONS = ("ask_problem", "ask_do", "ask_call", "ask_emergency")
RIGHT_TO_LEFT = ("ar", "ur")


@cache
def written(tag: str) -> dict[str, Any]:
    """A file of the handout's words, as YAML has it."""
    loaded = yaml.safe_load((CONTENT / "handouts" / PML / f"{tag}.yaml").read_text("utf-8"))
    assert isinstance(loaded, dict)
    return loaded


def plain(text: str) -> str:
    """Inline Markdown as it is printed where there are no references, for an American clinic."""
    text = re.sub(r"\[\^[^]]+\]|\*\*", "", text).replace("{emergency_number}", "911")
    return " ".join(text.split())


Part = tuple[str, list[Block]]


def parts(pdf: bytes) -> list[Part]:
    """Each heading of the second level with what follows; before them the title."""
    found: list[Part] = [("", [])]
    for block in blocks(pdf):
        if block.tag == "H2":
            found.append((block.text, []))
        else:
            found[-1][1].append(block)
    return found


def without_pictures(part: list[Block]) -> list[tuple[str, str]]:
    """The part without the labels in or below a picture; a keyed picture has them below."""
    kept: list[tuple[str, str]] = []
    in_picture = False
    for block in part:
        in_picture = block.tag == "Figure" or (in_picture and block.tag in ("Lbl", "LBody"))
        if not in_picture:
            kept.append((block.tag, block.text))
    return kept


# --- large print, clear print and the booklet ------------------------------------------------


def raised(text: str) -> str:
    """Citations in brackets on the line as they stand raised: without a space and brackets."""
    return re.sub(r"[ \xa0]?\[(\d+(?:[-,–]\d+)*)\]", r"\1", text)


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", [*LARGE, "clear-print", "booklet"])
def test_an_edition_of_the_whole_says_what_the_standard_one_says(name: str, tag: str) -> None:
    """But for citations in brackets, the labels of pictures, and the two panels."""
    words = language(tag)
    panels = (words.word("for_you"), words.word("contact"))
    standard, found = parts(made(tag, "standard")), parts(made(tag, name))
    told = [heading for heading, _ in found if heading not in panels]

    assert told == [heading for heading, _ in standard if heading not in panels]
    assert len(told) == 12
    expected = dict(standard)
    assert [*dict(found)] == [heading for heading, _ in found]
    assert dict(found)[panels[0]] == expected[panels[0]]
    contacts = [dict(sheet)[panels[1]] for sheet in (standard, found)]
    lines = ["".join(block.text for block in panel) for panel in contacts]
    assert re.sub(r"[:：·\s]", "", lines[0]) == re.sub(r"[:：·\s]", "", lines[1])
    for heading in told:
        own = [(kind, raised(text)) for kind, text in without_pictures(dict(found)[heading])]
        assert own == without_pictures(expected[heading]), heading


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", LARGE)
def test_citations_stand_in_brackets_on_the_line_in_large_print(name: str, tag: str) -> None:
    cited = len(re.findall(r"(?:\[\^[^]]+\])+", str(written(tag)["sections"])))
    text = "\n".join(block.text for block in blocks(made(tag, name)))

    assert len(re.findall(r"\[\d+(?:[-,–]\d+)*\]", text)) == cited
    assert not re.search(r"\[\d", "\n".join(block.text for block in blocks(made(tag, "standard"))))


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", LARGE)
def test_the_labels_of_a_picture_stand_below_it_by_their_numbers(name: str, tag: str) -> None:
    said = [(block.tag, block.text) for block in blocks(made(tag, name))]
    first = next(place for place, (kind, _) in enumerate(said) if kind == "Figure")
    labels = written(tag)["pictures"]["neuron"]["labels"].values()
    pairs = [said[place : place + 2] for place in range(first + 1, first + 13, 2)]

    assert said[first][1] == "123456"
    assert [number for (_, number), _ in pairs] == ["1", "2", "3", "4", "5", "6"]
    assert sorted(text for _, (_, text) in pairs) == sorted(labels)
    assert said[first + 13][0] == "Caption"


def stressed(letters_of_page: list[Letter], page: pypdfium2.PdfPage) -> str:
    """The letters that have a rule right below them, thicker than the one below a link."""
    rules = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left, bottom, right, top = item.get_bounds()
        if 0.7 < top - bottom < 1.5:
            rules.append((left, right, top))
    return "".join(
        letter.text
        for letter in letters_of_page
        if any(
            left - 0.5 < (letter.left + letter.right) / 2 < right + 0.5
            and 0 < letter.baseline - top < 4
            for left, right, top in rules
        )
    )


@pytest.mark.parametrize("tag", TAGS)
def test_a_rule_stands_under_each_stressed_word_in_the_acb_edition_and_no_other(tag: str) -> None:
    words = re.findall(r"\*\*(.+?)\*\*", "\n".join(written(tag)["sections"].values()), re.DOTALL)
    facts = (CONTENT / "handouts" / PML / "handout.yaml").read_text("utf-8")
    references = {each["id"]: each for each in yaml.safe_load(facts)["references"]}
    cited = dict.fromkeys(
        re.findall(r"\[\^([^]]+)\]", "\n".join(written(tag)["sections"].values()))
    )
    journals = [
        references[name]["container-title-short"]
        for name in cited
        if references[name]["type"] == "article-journal"
    ]
    expected = "".join("".join(text.split()) for text in [*words, *journals])
    pdf = made(tag, "large-print-acb")
    document = pypdfium2.PdfDocument(pdf)
    found = "".join(
        stressed(list(own), document[number])
        for number, own in groupby(letters(pdf), key=lambda letter: letter.page)
    )

    if tag in RIGHT_TO_LEFT:  # it comes as it is seen: words in another order, brackets mirrored
        assert Counter(found.replace(")", "(")) == Counter(expected.replace(")", "("))
    else:
        assert found == expected


def test_no_word_is_underlined_that_is_not_a_link_in_the_other_large_print() -> None:
    pdf = made("en", "large-print")
    document = pypdfium2.PdfDocument(pdf)
    for number, own in groupby(letters(pdf), key=lambda letter: letter.page):
        assert re.fullmatch("(Whatmadeitweak|Whatmayhelp)*", stressed(list(own), document[number]))


def test_what_is_bold_in_the_acb_edition_is_a_heading_a_label_or_a_warning() -> None:
    bold = "".join(
        letter.text
        for letter in letters(made("en", "large-print-acb"))
        if letter.weight == 700 and letter.size == 18
    )
    for known in (
        "Draft:notyetreviewedbyaclinician",
        "Noclinicianhasreviewedthistext.Askyourclinicbeforeyouactonit.",
        "RiversideFamilyClinic",
        "123456",  # in a picture
        *("Whatmadeitweak", "Whatmayhelp", "Amedicinethatisstillinyourblood", "Amedicine", "HIV"),
        "Isthissheetuptodate?",
    ):
        assert known in bold
        bold = bold.replace(known, "")
    assert bold == ""


# --- one column, and nothing in the margins --------------------------------------------------


@pytest.mark.parametrize("name", LARGE)
def test_large_print_has_one_column(name: str) -> None:
    """Side by side stand only a mark or label and what it belongs to, and the cells of a row."""
    side_by_side = []
    for _, own in groupby(letters(made("en", name)), key=lambda letter: letter.page):
        lines: dict[float, list[Letter]] = {}
        for letter in own:
            lines.setdefault(round(letter.baseline, 1), []).append(letter)
        for line in lines.values():
            line.sort(key=lambda letter: letter.left)
            pieces = [line[0].text]
            for one, other in pairwise(line):
                if other.left - one.right > 14:
                    pieces.append("")
                pieces[-1] += other.text
            side_by_side.append(tuple(pieces))

    marks = re.compile(r"•|\d\d?\.?|PML")
    allowed = re.compile(
        "Reviewedby|Reviewdate|Updatedate|Nextreview|Version|Codeofthissheet"
        "|Whatmadeitweak|HIV|A?medicine.*|.*blood|thatis.*|stillin.*"
    )
    assert len(side_by_side) > 200
    for first, *others in side_by_side:
        for _ in others[:1]:
            assert marks.fullmatch(first) or allowed.fullmatch(first), (first, *others)
        assert len(others) < 2 or all(marks.fullmatch(piece) for piece in (first, *others))


@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", [*LARGE, "easy-read"])
def test_nothing_is_painted_in_the_margins_of_large_print(name: str, tag: str, paper: str) -> None:
    """Pictures, panels and rules are meant as well, to which no letters bear witness."""
    for page in pypdfium2.PdfDocument(made(tag, name, paper)):
        image = page.render(scale=2).to_pil().convert("L").point(lambda grey: 255 - grey)
        left, top, right, bottom = (edge / 2 for edge in image.getbbox())
        # An overhang of a letter may reach a little into the margin.
        assert left > 72 - 1.5
        assert right < page.get_width() - 72 + 1.5
        assert top > 72 - 1.5
        assert bottom < page.get_height() - 72 + 1.5


def unscaled(page: pypdfium2.PdfPage) -> set[tuple[float, float, float, float]]:
    """The matrices of all text on the page, times those of the forms that it is in."""
    found = set()
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=9):
        matrix, holder = item.get_matrix(), item.container
        while holder is not None:
            outer = pypdfium2.PdfMatrix(*holder.get_matrix().get())
            matrix, holder = matrix.multiply(outer), holder.container
        found.add(tuple(round(value, 4) for value in matrix.get()[:4]))
    return found


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("name", ["standard", "clear-print", *LARGE, "easy-read", "booklet"])
def test_letters_are_set_in_their_size_and_never_scaled(name: str, tag: str) -> None:
    document = pypdfium2.PdfDocument(made(tag, name))

    assert {matrix for page in document for matrix in unscaled(page)} == {(1, 0, 0, 1)}


# --- easy read -------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
def test_easy_read_prints_each_statement_once_and_in_order(tag: str) -> None:
    expected = [
        (plain(section["heading"]), [plain(said["text"]) for said in section["statements"]])
        for section in written(tag)["easy_read"]
    ]
    own = parts(made(tag, "easy-read"))
    found = [(heading, [block.text for block in said]) for heading, said in own]

    assert found[1 : len(expected) + 1] == expected
    text = "\n".join(block.text for block in blocks(made(tag, "easy-read")))
    counted = Counter(line for _, said in expected for line in said)
    assert all(text.split("\n").count(line) == count for line, count in counted.items())


@pytest.mark.parametrize("tag", TAGS)
def test_easy_read_has_the_picture_of_each_statement_at_its_start(tag: str) -> None:
    statements = [said for part in written(tag)["easy_read"] for said in part["statements"]]
    pdf = made(tag, "easy-read")
    found = letters(pdf)
    pictures = 0
    for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_FORM], max_depth=1):
            left, bottom, right, top = item.get_bounds()
            if right - left > 90:
                continue  # header and panels
            pictures += 1
            middle = (left + right) / 2
            beside = [
                letter
                for letter in found
                if letter.page == number and bottom < letter.baseline < top
            ]
            assert len(beside) > 4
            if tag in RIGHT_TO_LEFT:
                assert 540 - 84 <= middle <= 540
                assert max(letter.right for letter in beside) < 540 - 84
            else:
                assert 72 <= middle <= 72 + 84
                assert min(letter.left for letter in beside) > 72 + 84
    assert pictures == len(statements)


# --- the summary -----------------------------------------------------------------------------


def boxes(tree: Element) -> int:
    """How many items of lists begin with a drawing that is read out as a task."""
    return sum(1 for item in tree.walk() if item.role == "Lbl" and item.alt and not item.text)


@pytest.mark.parametrize("tag", TAGS)
def test_the_summary_has_a_check_list_with_boxes_and_the_editors_questions(tag: str) -> None:
    source, words = written(tag), language(tag)
    found = dict(parts(made(tag, "summary")))
    tasks = found[words.word("checklist")]
    asked = found[words.word("teach_back")]

    assert [block.text for block in tasks] == [plain(item) for item in source["checklist"]]
    assert boxes(structure_tree(made(tag, "summary"))) == len(source["checklist"])
    assert [block.text for block in asked if block.tag == "LBody"] == [
        plain(item) for item in source["teach_back"]
    ]


@pytest.mark.parametrize("tag", UNWRITTEN)
def test_where_an_editor_wrote_no_questions_the_summary_asks_general_ones(tag: str) -> None:
    source, words = written(tag), language(tag)
    found = dict(parts(made(tag, "summary")))
    asked = [block.text for block in found[words.word("teach_back")] if block.tag == "LBody"]
    expected = [words.word(key).replace("{number}", "911") for key in QUESTIONS]

    assert "teach_back" not in source
    assert asked == expected
    assert words.word("checklist") not in found
    # Without a check-list, what to do is one.
    assert boxes(structure_tree(made(tag, "summary"))) == len(source["at_a_glance"]["do"])


@pytest.mark.parametrize("tag", [*TAGS, *UNWRITTEN])
def test_the_summary_says_what_is_at_a_glance_and_cites_nothing(tag: str) -> None:
    glance, pdf = written(tag)["at_a_glance"], made(tag, "summary")
    _, said, *others = parts(pdf)
    texts = [block.text for block in said[1] if block.tag in ("P", "LBody")]

    assert texts[0] == plain(glance["summary"])
    for key in ("do", "call", "emergency"):
        expected = [plain(item) for item in glance[key]]
        place = texts.index(expected[0])
        assert texts[place : place + len(expected)] == expected
    assert language(tag).word("references") not in [heading for heading, _ in others]


@pytest.mark.parametrize("paper", PAPER_NAMES)
@pytest.mark.parametrize("clinic", ["riverside", "lakeside", ""])
@pytest.mark.parametrize("tag", ["en", "es", "ar", "zh-Hans", "de"])
def test_the_summary_fits_the_two_sides_of_a_sheet(tag: str, clinic: str, paper: str) -> None:
    assert len(pypdfium2.PdfDocument(made(tag, "summary", paper, clinic))) <= 2


# --- the command -----------------------------------------------------------------------------


@pytest.mark.parametrize("pages", ["0", "100", "-1", "1.5", "two"])
def test_a_number_of_pages_that_cannot_be_is_refused(pages: str, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    answer = command("build", PML, "--language", "en", "--pages", pages, "--output", file)

    assert answer.exit_code == 2
    assert "--pages" in answer.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_budget_of_pages_that_is_met_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    options = ("--language", "en", "--edition", "summary", "--pages", "2", "--output", file)
    answer = command("build", PML, *options)

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert len(pypdfium2.PdfDocument(file.read_bytes())) <= 2


def test_a_budget_that_cannot_be_met_tells_each_part_that_runs_over(tmp_path: Path) -> None:
    options = ("--language", "en", "--edition", "large-print", "--pages", "9")
    answer = command("build", PML, *options, "--output", tmp_path / "x.pdf")
    over = re.findall(
        r'(\w+\.yaml:\d+:\d+): error: "(.+)" runs over by (\d+) lines?\n', answer.stderr
    )
    lines = sum(int(count) for _, _, count in over)

    assert answer.exit_code == 6
    assert "the sheet takes 11 pages, not 9\n" in answer.stderr
    assert f"hint: allow 11 pages, shorten the text by {lines} lines, or choose" in answer.stderr
    # Counted on pages 10 and 11 of a sheet that is set as close, headings left out.
    assert [part for _, *part in over] == [["References", "9"], ["About this handout", "11"]]
    assert [place.split(":")[0] for place, _, _ in over] == ["handout.yaml", "handout.yaml"]
    assert list(tmp_path.iterdir()) == []


def test_easy_read_that_nobody_wrote_leaves_nothing_behind(tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    options = ("--language", "de", "--edition", "easy-read", "--output", file)

    assert command("build", PML, *options).exit_code == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["large-print", "large-print-acb"])
def test_a_twin_in_large_print_leaves_nothing_behind(name: str, tmp_path: Path) -> None:
    options = ("--language", "en", "--twin", "es", "--edition", name)
    answer = command("build", PML, *options, "--output", tmp_path / "x.pdf")

    assert answer.exit_code == 2
    assert name in answer.stderr
    assert list(tmp_path.iterdir()) == []
