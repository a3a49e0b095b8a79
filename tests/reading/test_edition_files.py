"""The profiles that a library brings, and all that may be wrong with one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from handouts.diagnostics import ContentError
from handouts.edition import (
    EDITIONS,
    ROLES,
    STANDARD,
    Edition,
    Editions,
    Shows,
    Stress,
    edition_names,
    own_edition,
)
from handouts.reading.edition_files import EDITION_FILE, read_edition, read_editions

BELOW_FLOOR = (
    "\n  hint: write a larger size for it, or a lower `floor`; the ones of the edition that it is "
    "like hold where none is written"
)
KEYS_OF_TYPE = "\n  at type\n  hint: the known keys are: " + ", ".join(ROLES)
AS_A_TYPE = "\n  at type.body\n  hint: write it such as `[18, 22.5]`, in points"
QUOTES = "\n  hint: put text that begins with `{` or `[` in quotes"


def write(folder: Path, text: str, name: str = "our-large.yaml") -> Path:
    file = folder / name
    file.write_text(text, "utf-8")
    return file


def edition(folder: Path, text: str) -> Edition:
    return read_edition(write(folder, text))


def mistakes(folder: Path, text: str, name: str = "our-large.yaml") -> str:
    with pytest.raises(ContentError) as raised:
        read_edition(write(folder, text, name))
    assert raised.value.exit_code == 3
    return str(raised.value).replace(f"{folder.as_posix()}/", "")


# --- reading ---------------------------------------------------------------------------------


def test_a_profile_holds_what_it_says_and_the_rest_of_the_one_that_it_is_like(
    tmp_path: Path,
) -> None:
    found = edition(
        tmp_path,
        "like: large-print\nabout: For our readers.\nfloor: 18.5\n"
        "type: {byline: [20, 25], body: [21, 27.5], caption: [20, 25], credit: [20, 25],\n"
        "  small: [20, 25], notes: [20, 25], figure_label: [20, 25], footer: [18.5, 23]}\n"
        "spaces: {item: 11}\nplaces: {margin: 60}\nemphasis: underline\npages: 12\n",
    )
    model = own_edition("large-print")

    assert (found.name, found.about) == ("our-large", "For our readers.")
    assert (found.floor, found.pages, found.emphasis) == (18.5, 12, Stress.UNDERLINE)
    assert found.type["body"] == (21, 27.5)
    assert found.type["title"] == model.type["title"]
    assert (found.spaces.item, found.spaces.section) == (11, model.spaces.section)
    assert (found.places.margin, found.places.edge) == (60, model.places.edge)
    assert (found.source, found.columns, found.strong) == (
        *(model.source, model.columns),
        model.strong,
    )


@pytest.mark.parametrize("name", edition_names())
def test_a_profile_that_only_says_what_it_is_like_is_that_one(name: str, tmp_path: Path) -> None:
    found, model = edition(tmp_path, f"like: {name}\n"), own_edition(name)

    assert (found.type, found.spaces, found.places) == (model.type, model.spaces, model.places)
    assert (found.shows, found.columns, found.floor) == (model.shows, model.columns, model.floor)


def test_without_a_model_the_standard_one_is_it(tmp_path: Path) -> None:
    found = edition(tmp_path, "type: {body: [13, 18]}\n")

    assert found.type["lead"] == own_edition(STANDARD).type["lead"]
    assert found.places == own_edition(STANDARD).places


def test_a_key_without_a_value_changes_nothing(tmp_path: Path) -> None:
    assert edition(tmp_path, "like:\nfloor:\n").floor == own_edition(STANDARD).floor


def test_every_key_has_an_effect(tmp_path: Path) -> None:
    written = {
        "about": "Ours",
        "source": "Us",
        "like": "clear-print",
        "shows": "summary",
        "columns": "1",
        "floor": "7",
        "pages": "3",
        "type": "{footer: [11, 14]}",
        "spaces": "{tightest: 0.8}",
        "places": "{figure: 100}",
        "strong": "underline",
        "emphasis": "underline",
        "citations": "in-line",
        "bullet": "1.5",
    }
    assert written.keys() == EDITION_FILE.fields.keys()
    plain = edition(tmp_path, "like: standard\n")
    for key, value in written.items():
        assert edition(tmp_path, f"{key}: {value}\n") != plain, key


def test_the_editions_of_a_library_stand_behind_the_generators_own(tmp_path: Path) -> None:
    write(tmp_path, "like: large-print\n", "our-large.yaml")
    write(tmp_path, "like: clear-print\n", "big.yaml")
    write(tmp_path, "about: Of another kind.\n", "notes.txt")
    found = read_editions(tmp_path)

    assert found.names() == (*edition_names(), "big", "our-large")
    assert found.edition("our-large").type == own_edition("large-print").type
    assert found.edition("standard") is own_edition("standard")


def test_an_edition_of_a_library_stands_in_place_of_one_of_the_same_name(tmp_path: Path) -> None:
    write(tmp_path, "like: large-print\nabout: Ours.\n", "large-print.yaml")
    found = read_editions(tmp_path)

    assert found.names() == edition_names()
    assert found.edition("large-print").about == "Ours."


def test_a_library_without_a_folder_of_editions_has_the_generators_own(tmp_path: Path) -> None:
    assert read_editions(tmp_path / "editions") == Editions()


@pytest.mark.parametrize("name", edition_names())
def test_our_own_profiles_say_whence_their_numbers_come(name: str) -> None:
    text = (EDITIONS / f"{name}.yaml").read_text("utf-8")

    assert text.startswith("# ")
    assert "\nsource: " in text
    assert "\nabout: " in text


def test_what_is_shown_is_told_by_the_profile() -> None:
    shown = {name: own_edition(name).shows for name in edition_names()}

    assert shown.pop("summary") is Shows.SUMMARY
    assert shown.pop("easy-read") is Shows.EASY_READ
    assert set(shown.values()) == {Shows.WHOLE}


# --- mistakes --------------------------------------------------------------------------------

MISTAKES = {
    # unknown keys
    "colour: red\n": '1:1: error: unknown key "colour"\n  at colour\n'
    '  hint: did you mean "columns"?',
    "like: standard\ntype: {bodi: [12, 16]}\n": '2:8: error: unknown key "bodi"\n'
    '  at type.bodi\n  hint: did you mean "body"?',
    "spaces:\n  sections: 5\n": '2:3: error: unknown key "sections"\n'
    '  at spaces.sections\n  hint: did you mean "section"?',
    "places: {ink: 900}\n": '1:10: error: unknown key "ink"\n  at places.ink\n'
    "  hint: the known ones are: margin, edge, header, footer, contact, patient, check, side, "
    "gutter, figure",
    # choices
    "like: large-prnt\n": '1:7: error: "large-prnt" is not among the choices\n  at like\n'
    '  hint: did you mean "large-print"?',
    "like: our-large\n": '1:7: error: "our-large" is not among the choices\n  at like\n'
    "  hint: the known ones are: " + ", ".join(edition_names()),
    "shows: all\n": '1:8: error: "all" is not among the choices\n  at shows\n'
    "  hint: the known ones are: whole, summary, easy-read",
    "strong: italic\n": '1:9: error: "italic" is not among the choices\n  at strong\n'
    "  hint: the known ones are: bold, underline",
    "emphasis: bald\n": '1:11: error: "bald" is not among the choices\n  at emphasis\n'
    '  hint: did you mean "bold"?',
    "citations: inline\n": '1:12: error: "inline" is not among the choices\n  at citations\n'
    '  hint: did you mean "in-line"?',
    # numbers
    "floor: 5\n": '1:8: error: expected a number from 6 to 96, found "5"\n  at floor',
    "floor: 97\n": '1:8: error: expected a number from 6 to 96, found "97"\n  at floor',
    "floor: 1e1\n": '1:8: error: expected a number from 6 to 96, found "1e1"\n  at floor',
    "floor: .nan\n": '1:8: error: expected a number from 6 to 96, found ".nan"\n  at floor',
    "floor: 18 pt\n": '1:8: error: expected a number from 6 to 96, found "18 pt"\n  at floor',
    "columns: 3\n": '1:10: error: expected a whole number from 1 to 2, found "3"\n  at columns',
    "columns: 1.5\n": '1:10: error: expected a whole number from 1 to 2, found "1.5"\n  at columns',
    "pages: -1\n": '1:8: error: expected a whole number from 0 to 99, found "-1"\n  at pages',
    "bullet: 0.5\n": '1:9: error: expected a number from 1 to 2, found "0.5"\n  at bullet',
    "spaces: {indent: 5}\n": '1:18: error: expected a number from 8 to 100, found "5"\n'
    "  at spaces.indent",
    "spaces: {tightest: 0.2}\n": '1:20: error: expected a number from 0.3 to 1, found "0.2"\n'
    "  at spaces.tightest",
    "places: {margin: 801}\n": '1:18: error: expected a number from 0 to 800, found "801"\n'
    "  at places.margin",
    # sizes and leadings
    "type: {body: [11, 9]}\n": "1:14: error: lines that are 9 points apart would touch at a size "
    "of 11\n  at type.body\n  hint: write a leading of at least 11",
    "type: {body: [12]}\n": "1:14: error: expected a size and a leading, found a list" + AS_A_TYPE,
    "type: {body: [12, 15, 3]}\n": "1:14: error: expected a size and a leading, found a list"
    + AS_A_TYPE,
    "type: {body: 12}\n": "1:14: error: expected a size and a leading, found text" + AS_A_TYPE,
    "type: {body: {size: 12}}\n": "1:14: error: expected a size and a leading, found keys with "
    "values" + AS_A_TYPE,
    "type: {body: [a, 15]}\n": '1:15: error: expected a number from 6 to 96, found "a"\n'
    "  at type.body[1]",
    "type: {body: [12, {a: b}]}\n": "1:19: error: expected a number from 6 to 200, found keys "
    "with values\n  at type.body[2]" + QUOTES,
    # other shapes
    "type: 5\n": "1:7: error: expected keys with values, found text" + KEYS_OF_TYPE,
    "type: []\n": "1:7: error: expected keys with values, found a list" + KEYS_OF_TYPE,
    "like: [standard]\n": "1:7: error: expected one of standard, booklet, clear-print, easy-read, "
    "found a list\n  at like" + QUOTES,
    "about: [a]\n": "1:8: error: expected text, found a list\n  at about" + QUOTES,
    "about: '**x**'\n": "1:8: error: `**` would be printed as it is: Markdown is not read here\n"
    "  at about\n  hint: write plain words",
    "[]\n": "1:1: error: the file does not hold keys with values\n"
    "  hint: write lines such as `title: Asthma`",
    "floor: 12\n---\nfloor: 13\n": "2:1: error: a second document starts here\n"
    "  hint: a file holds one document: delete the line `---`",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_with_its_place(text: str, tmp_path: Path) -> None:
    assert mistakes(tmp_path, text) == f"our-large.yaml:{MISTAKES[text]}"


def test_an_empty_profile_is_told(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "") == "our-large.yaml: error: the file is empty"


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = "like: huge\ntype: {body: [5, 9], lead: [200, 210]}\nplace: {}\npages: many\n"
    said = mistakes(tmp_path, text)
    places = re.findall(r"our-large\.yaml:(\d+:\d+): error: ", said)

    assert sorted(places) == ["1:7", "2:15", "2:29", "3:1", "4:8"]


def test_each_kind_of_text_that_is_below_the_floor_is_told(tmp_path: Path) -> None:
    said = mistakes(tmp_path, "like: clear-print\nfloor: 14\ntype: {byline: [15, 20]}\n")

    assert said.count(BELOW_FLOOR) == 6
    for role in ("caption", "credit", "small", "notes", "figure_label", "footer"):
        message = f"error: {role} is 12 points, smaller than the floor of 14{BELOW_FLOOR}"
        assert message in said
    assert "byline" not in said


def test_a_type_as_large_as_the_floor_is_allowed(tmp_path: Path) -> None:
    assert edition(tmp_path, "like: clear-print\nfloor: 12\n").floor == 12


@pytest.mark.parametrize(
    "name", ["Ours.yaml", "our_large.yaml", "ours.yml", "our large.yaml", "-x.yaml", "größe.yaml"]
)
def test_a_file_whose_name_is_no_name_for_an_edition_is_told(name: str, tmp_path: Path) -> None:
    message = (
        f'{name}: error: "{name}" is no name for an edition\n'
        "  hint: name it in small letters, digits and hyphens, such as our-large-print.yaml"
    )
    assert mistakes(tmp_path, "like: standard\n", name) == message

    with pytest.raises(ContentError, match="is no name for an edition"):
        read_editions(tmp_path)


def test_the_mistakes_of_all_profiles_of_a_library_are_told_at_once(tmp_path: Path) -> None:
    write(tmp_path, "floor: 5\n", "a.yaml")
    write(tmp_path, "like: standard\n", "b.yaml")
    write(tmp_path, "like: huge\n", "c.yaml")
    with pytest.raises(ContentError) as raised:
        read_editions(tmp_path)

    files = [Path(problem.span.file).name for problem in raised.value.diagnostics]
    assert files == ["a.yaml", "c.yaml"]
