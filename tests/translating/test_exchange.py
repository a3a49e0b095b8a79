"""A translation goes out to a translator and comes back: whole, verified, or not at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handouts.diagnostics import ContentError, HandoutError, NotFoundError, UsageError
from handouts.document import Words
from handouts.fingerprint import fingerprint
from handouts.places import CONTENT
from handouts.reading.handouts import HandoutReader, read_handout
from handouts.reading.library import Library
from handouts.reading.parts import OPTIONAL
from handouts.translating.exporting import export
from handouts.translating.importing import take
from handouts.translating.units import units
from tests.reading.examples import WORDS_FILE
from tests.translating.examples import SPANISH_FILE, edit
from tests.translating.exchange import (
    FORMATS,
    exported,
    imported,
    library_in,
    spanish,
    swapped,
    words_of,
)

PML = "progressive-multifocal-leukoencephalopathy"
both = pytest.mark.parametrize("form", FORMATS)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path / "library")


def refusal(library: Library, content: str | bytes, **credit: str) -> str:
    """What is said of a file that is refused; nothing on the disk has changed."""
    before = {path: path.read_bytes() for path in library.root.rglob("*") if path.is_file()}
    with pytest.raises(HandoutError) as raised:
        imported(library, content, **credit)
    after = {path: path.read_bytes() for path in library.root.rglob("*") if path.is_file()}
    assert before == after
    return str(raised.value)


# --- there and back --------------------------------------------------------------------------


@both
def test_an_untouched_file_changes_nothing(library: Library, form: str) -> None:
    before = words_of(library)
    assert imported(library, exported(library, form)) is None
    assert words_of(library) == before


@pytest.mark.slow
@both
@pytest.mark.parametrize("tag", [tag for tag in Library(CONTENT).languages(PML) if tag != "en"])
def test_every_translation_of_ours_comes_back_as_it_went(
    tag: str, form: str, tmp_path: Path
) -> None:
    library = Library(CONTENT)
    file = tmp_path / "file"
    file.write_bytes(FORMATS[form](export(library, PML, tag)))
    taken = take(library, file)
    here = HandoutReader(library, PML).compare(tag).handout
    lacking = [
        part for part in OPTIONAL if getattr(read_handout(library, PML, tag)[0], part) is None
    ]
    assert (taken.changed, list(taken.left)) == ((), lacking)
    assert fingerprint(taken.handout.sections) == fingerprint(
        tuple(section for section in taken.present.handout.sections)
    )
    assert [fingerprint(section.blocks) for section in taken.handout.sections] == [
        fingerprint(section.blocks) for section in here.sections
    ]
    assert fingerprint(taken.handout.at_a_glance) == fingerprint(here.at_a_glance)


@both
def test_a_handout_without_a_translation_is_translated_from_nothing(
    tmp_path: Path, form: str
) -> None:
    first, second = library_in(tmp_path / "a"), library_in(tmp_path / "b", is_translated=False)
    wanted = spanish(first)
    filled = _filled(exported(second, form), exported(first, form), form)
    imported(second, filled, translator="Ana Ruiz")
    found = spanish(second)
    assert found.is_whole
    assert fingerprint(found.sections) == fingerprint(wanted.sections)
    assert fingerprint(found.at_a_glance) == fingerprint(wanted.at_a_glance)
    assert [dict(picture.labels) for picture in found.pictures] == [{}]
    assert (found.title, found.short_title) == (wanted.title, wanted.short_title)
    assert found.translation is not None
    assert (found.translation.method, found.translation.translator) == ("human", "Ana Ruiz")
    assert found.translation.checked_by == ""
    assert found.translation.made_from == wanted.translation.made_from  # type: ignore[union-attr]


def _filled(empty: str, full: str, form: str) -> str:
    """The empty file with the translations of a full one."""
    if form == "po":
        header = empty.index("\n\n")
        return empty[:header] + full[full.index("\n\n") :]
    return re.sub(
        r"(<context context-type=\"x-target-fingerprint\">)[0-9a-f]+", r"\g<1>" + "0" * 16, full
    )


@both
def test_a_new_word_is_written_and_all_else_stays(library: Library, form: str) -> None:
    before = words_of(library).decode()
    text = swapped("Tiene silbidos.", "Le silba el pecho.")(exported(library, form))
    imported(library, text, translator="Luis Gil")
    after = words_of(library).decode()
    assert "Le silba el pecho." in after
    assert after.startswith("# El asma, en español\ntitle: El asma\n")
    assert "method: human  # traducción propia\n" in after
    assert "checked_by: nobody" in after
    assert "translator: Luis Gil" in after
    unchanged = before[: before.index("  treatment:")]
    assert after.startswith(unchanged)
    assert before[before.index("pictures:") : before.index("translation:")] in after


@both
def test_codes_may_stand_in_another_order_and_bold_may_be_divided(
    library: Library, form: str
) -> None:
    text = exported(library, form)
    if form == "po":
        text = swapped("**ahora**", "**ya** **ahora**")(text)
    else:
        text = re.sub(r"(<g id=\"\d\" [^>]*>)ahora</g>", r"\1ya</g> \1ahora</g>", text)
    imported(library, text, translator="Ana Ruiz")
    runs = spanish(library).sections[1].blocks[0].content  # type: ignore[union-attr]
    assert [run.text for run in runs if isinstance(run, Words) and run.bold] == ["ya", "ahora"]


@both
def test_plain_signs_in_plain_words_stay_as_they_are(library: Library, form: str) -> None:
    text = swapped("Descanse y ", "Descanse * 2 – # 1 y ")(exported(library, form))
    imported(library, text, translator="Ana Ruiz")
    assert "* 2 – # 1 y <espere>" in str(spanish(library).sections[1])


# --- who did it ------------------------------------------------------------------------------


@both
def test_changed_words_need_a_translator(library: Library, form: str) -> None:
    text = swapped("Tiene silbidos.", "Le silba el pecho.")(exported(library, form))
    assert "--translator" in refusal(library, text)


def test_a_machines_words_that_a_person_changed_are_by_both(library: Library) -> None:
    edit(library, SPANISH_FILE, "method: human", "method: machine")
    text = swapped("Tiene silbidos.", "Le silba el pecho.")(exported(library, "po"))
    imported(library, text, translator="Ana Ruiz", checked_by="Dr. Luz: Vega")
    found = spanish(library).translation
    assert found is not None
    assert (found.method, found.checked_by) == ("machine-and-human", "Dr. Luz: Vega")


# --- out of step -----------------------------------------------------------------------------


def in_english(library: Library, old: str, new: str) -> None:
    edit(library, WORDS_FILE, old, new)


@both
def test_stale_parts_go_out_unfinished_and_come_back_as_they_were(
    library: Library, form: str
) -> None:
    in_english(library, "Asthma is common.", "Asthma is very common.")
    before = words_of(library)
    text = exported(library, form)
    assert ("#, fuzzy" if form == "po" else 'state="needs-translation"') in text
    assert imported(library, text) is None
    assert words_of(library) == before


@both
def test_a_stale_part_that_is_finished_is_in_step_again(library: Library, form: str) -> None:
    in_english(library, "Asthma is common.", "Asthma is very common.")
    text = exported(library, form)
    finished = (
        text.replace("#, fuzzy\n", "")
        if form == "po"
        else text.replace('state="needs-translation"', 'state="final"')
    )
    finished = swapped("El asma es frecuente.", "El asma es muy frecuente.")(finished)
    imported(library, finished, translator="Ana Ruiz")
    assert HandoutReader(library, "asthma").read("es").value.is_whole


@both
def test_a_source_that_changed_since_the_export_takes_the_work_and_calls_it_stale(
    library: Library, form: str
) -> None:
    text = swapped("El asma es frecuente.", "El asma es común.")(exported(library, form))
    in_english(library, "Asthma is common.", "Asthma is very common.")
    imported(library, text, translator="Ana Ruiz")
    assert "El asma es común." in words_of(library).decode()
    (found,) = HandoutReader(library, "asthma").compare("es").out_of_step
    assert (found.part, found.state) == ("sections.definition", "stale")
    assert "very common" in str(spanish(library).sections[0])


@both
def test_a_source_that_was_divided_otherwise_since_the_export_refuses_the_file(
    library: Library, form: str
) -> None:
    text = exported(library, form)
    in_english(library, "    Asthma is common.", "    It is new.\n\n    Asthma is common.")
    said = refusal(library, text)
    assert 'the source of "sections.definition" has changed since the export' in said
    assert 'the unit "sections.definition/2" is missing' in said


@both
def test_a_translation_that_was_edited_here_meanwhile_refuses_the_file(
    library: Library, form: str
) -> None:
    text = swapped("El asma es frecuente.", "El asma es común.")(exported(library, form))
    edit(library, SPANISH_FILE, "El asma es frecuente.", "El asma es corriente.")
    said = refusal(library, text, translator="Ana Ruiz")
    assert 'the translation of "sections.definition" has been edited here' in said


@both
def test_text_that_is_divided_otherwise_goes_out_beside_its_source(
    library: Library, form: str
) -> None:
    edit(library, SPANISH_FILE, "    El asma es frecuente.", "    Lea esto.\n\n    El asma es.")
    before = words_of(library)
    text = exported(library, form)
    assert "Lea esto." in text
    assert "divided otherwise" in text.replace("\n#. ", " ")
    assert imported(library, text) is None
    assert words_of(library) == before


# --- refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ("Llame al {emergency_number}", "Llame al 112"),
            "the variable {emergency_number} is missing",
        ),
        (("Llame al {emergency_number}", "Llame al {phone}"), 'there is no variable "phone"'),
        (("o vea [nuestra *página*]", "o vea [nuestra página]"), "the italic text is missing"),
        (("página*](https://example.org/a)", "página*](https://example.com)"), "is not in the"),
        (("El asma es frecuente.[^smith-2019]", "El asma es frecuente."), "citation [^smith-2019]"),
    ],
)
def test_a_code_that_is_missing_or_new_is_named(
    library: Library, change: tuple[str, str], said: str
) -> None:
    text = re.sub(r'"\n"', "", exported(library, "po"))
    text = swapped(*change)(text) if text.count(change[0]) == 1 else _last(text, *change)
    found = refusal(library, text, translator="Ana Ruiz")
    assert said in found
    assert re.search(r"back:\d+:\d+: error", found)


def _last(text: str, old: str, new: str) -> str:
    """A change of the last of several: the translation stands after the source."""
    assert text.count(old) > 1, old
    return new.join(text.rsplit(old, 1))


@both
@pytest.mark.parametrize("typed", ["**común**", "[^smith-2019]", "{emergency_number}", "<b>c</b>"])
def test_markup_typed_as_words_is_refused(library: Library, form: str, typed: str) -> None:
    written = typed.replace("<", "&lt;") if form == "xlf" else typed
    text = swapped("Un inhalador", written)(exported(library, form))
    assert "would be printed as it is" in refusal(library, text, translator="Ana Ruiz")
    if form == "xlf":
        text = swapped("Tiene silbidos.", written)(exported(library, form))
        assert "would be printed as it is" in refusal(library, text, translator="Ana Ruiz")


@both
@pytest.mark.parametrize("sign", ["\u202e", "\u200e", "\u2067"])
def test_direction_marks_are_refused(library: Library, form: str, sign: str) -> None:
    text = swapped("Tiene silbidos.", f"Tiene {sign}silbidos.")(exported(library, form))
    assert f"U+{ord(sign):04X}" in refusal(library, text, translator="Ana Ruiz")


@both
def test_a_unit_that_is_not_translated_refuses_its_part(library: Library, form: str) -> None:
    text = swapped("Tiene silbidos.", " ")(exported(library, form))
    assert "is not translated, but other units of its part are" in refusal(library, text)


@both
def test_a_part_that_is_not_translated_stays_as_it_was(library: Library, form: str) -> None:
    text = exported(library, form)
    if form == "po":
        text = swapped('msgstr "El asma es frecuente.[^smith-2019]"', 'msgstr ""')(text)
    else:
        text = re.sub(r"<target[^>]*>El asma es frecuente.*</target>\n", "", text)
    assert imported(library, text) is None


@both
def test_a_source_that_was_altered_is_named(library: Library, form: str) -> None:
    text = swapped("Asthma is common.", "Asthma is rare.")(exported(library, form))
    assert 'the source of "sections.definition/1" was altered' in refusal(library, text)


@both
@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("sections.definition/9", 'there is no unit "sections.definition/9"'),
        ("../../../etc/passwd", 'there is no unit "../../../etc/passwd"'),
        ("title/title", 'the unit "title/title" stands twice'),
    ],
)
def test_ids_that_are_unknown_doubled_or_missing_are_named(
    library: Library, form: str, new: str, said: str
) -> None:
    text = swapped('"sections.definition/1"', f'"{new}"')(exported(library, form))
    found = refusal(library, text)
    assert said in found
    assert 'the unit "sections.definition/1" is missing' in found


@both
@pytest.mark.parametrize("name", ["", "../../etc", "/etc/passwd", "no such", "."])
def test_a_handout_that_is_none_is_refused(library: Library, form: str, name: str) -> None:
    text = exported(library, form)
    old = "X-Handout: asthma" if form == "po" else 'original="asthma"'
    assert "handout" in refusal(library, swapped(old, old.replace("asthma", name))(text))


@both
def test_a_handout_that_the_library_lacks_is_not_found(library: Library, form: str) -> None:
    text = exported(library, form)
    old = "X-Handout: asthma" if form == "po" else 'original="asthma"'
    with pytest.raises(NotFoundError, match='there is no handout "gout"'):
        imported(library, swapped(old, old.replace("asthma", "gout"))(text))


@both
@pytest.mark.parametrize(
    ("po", "xlf", "said"),
    [
        ("Language: es", 'target-language="es"', "no target language"),
        ("X-Source-Language: en", 'source-language="en"', "no source language"),
    ],
)
def test_a_language_that_is_missing_is_refused(
    library: Library, form: str, po: str, xlf: str, said: str
) -> None:
    old = po if form == "po" else xlf
    new = po[:-2] if form == "po" else f'{xlf.split("=")[0]}=""'
    text = exported(library, form).replace(f'"{old}' if form == "po" else old, f'"{new}' if form == "po" else new)  # fmt: skip  # noqa: E501
    assert said in refusal(library, text)


@both
def test_wrong_languages_are_refused(library: Library, form: str) -> None:
    text = exported(library, form)
    old = ("X-Source-Language: en", 'source-language="en"')[form == "xlf"]
    assert 'translated from "de"' in refusal(library, swapped(old, old.replace("en", "de"))(text)
                                             if form == "xlf" else text.replace(old, old[:-2] + "de"))  # fmt: skip  # noqa: E501
    old = ('"Language: es', 'target-language="es"')[form == "xlf"]
    assert "that is no translation" in refusal(library, text.replace(old, old.replace("es", "en")))
    unknown = refusal(library, text.replace(old, old.replace("es", "tlh")))
    assert re.search(r"back:\d+:\d+: error: the program has no words .* Klingon \(tlh\)", unknown)


@both
def test_a_file_about_another_thing_than_was_said_is_refused(
    library: Library, form: str, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text(exported(library, form), "utf-8")
    for said in ({"slug": "gout"}, {"language": "fr"}):
        with pytest.raises(UsageError, match="the file is about"):
            take(library, file, **said)


@both
def test_all_problems_are_told_at_once_with_their_lines(library: Library, form: str) -> None:
    text = exported(library, form)
    text = swapped("Tiene silbidos.", "\u202e")(text)
    text = swapped("Asthma is common.", "Asthma is rare.")(text)
    text = swapped("Un inhalador", "**U**")(text)
    found = refusal(library, text)
    lines = [int(line) for line in re.findall(r"back:(\d+):\d+: error", found)]
    assert len(set(lines)) >= 3
    assert lines == sorted(lines)


@both
def test_files_that_are_cut_short_are_refused_wherever_they_end(
    library: Library, form: str, tmp_path: Path
) -> None:
    text = exported(library, form)
    whole = text.rstrip()
    file = tmp_path / "cut"
    for end in (*range(0, len(whole), 97), *range(len(whole) - 150, len(whole), 3)):
        file.write_text(whole[:end], "utf-8")
        with pytest.raises(ContentError):
            take(library, file)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library_in(tmp_path_factory.mktemp("shared") / "library")


@both
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_spoilt_file_is_taken_or_refused_and_nothing_else(
    shared: Library, form: str, data: st.DataObject
) -> None:
    text = exported(shared, form)
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 40))
        new = data.draw(st.text(max_size=5) | st.sampled_from(text.split()))
        text = text[:start] + new + text[end:]
    file = shared.root.parent / "spoilt"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        taken = take(shared, file)
    except HandoutError:
        return
    assert [unit.id for unit in units(taken.handout)] == [
        unit.id for unit in units(taken.present.source)
    ]


@both
def test_what_is_not_utf_8_is_refused(library: Library, form: str) -> None:
    text = exported(library, form)
    for encoding in ("utf-16", "latin-1"):
        assert "not UTF-8" in refusal(library, text.encode(encoding, "replace"))


@both
def test_a_file_of_more_than_a_megabyte_is_refused(library: Library, form: str) -> None:
    filling = "\n# " + "a" * 1_000_000 if form == "po" else f"<!--{'a' * 1_000_000}-->"
    assert "larger than 1,000,000 bytes" in refusal(library, exported(library, form) + filling)


@pytest.mark.parametrize("content", ["", "\n", "<", "a", "back", 'msgid "a"', "\0", "<a/>", "#"])
def test_what_is_no_exchange_file_is_refused(library: Library, content: str) -> None:
    assert "error" in refusal(library, content)


def test_a_file_that_is_missing_is_named(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        take(library, tmp_path / "none.po")
