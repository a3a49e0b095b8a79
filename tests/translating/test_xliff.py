"""XLIFF as the standard has it, as tools rewrite it, and as nobody should send it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from handouts.places import CONTENT
from handouts.reading.library import Library
from handouts.translating.exporting import export
from handouts.translating.xliff import xliff
from tests.translating.examples import SPANISH_FILE, edit
from tests.translating.exchange import exported, imported, library_in, swapped, words_of
from tests.translating.test_exchange import PML, refusal

SCHEMA = Path(__file__).parents[1] / "data" / "xliff"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path / "library")


class _OwnCopies(etree.Resolver):
    def resolve(self, url: str, public_id: str, context: object) -> object:
        return self.resolve_filename(str(SCHEMA / url.rpartition("/")[2]), context)


def schema() -> etree.XMLSchema:
    parser = etree.XMLParser()
    parser.resolvers.add(_OwnCopies())
    return etree.XMLSchema(etree.parse(str(SCHEMA / "xliff-core-1.2-strict.xsd"), parser))


# --- the standard ----------------------------------------------------------------------------


def test_files_are_valid_against_the_schema_of_oasis(library: Library) -> None:
    valid = schema()
    edit(library, "handouts/asthma/en.yaml", "Asthma is common.", "Asthma is very common.")
    edit(library, SPANISH_FILE, "    | Signo", "    ¡Alto!\n\n    | Signo")
    for text in (exported(library, "xlf"), exported(library, "xlf", "zh-Hans")):
        valid.assertValid(etree.fromstring(text.encode()))
    ours = Library(CONTENT)
    for tag in ("ar", "ja", "pt-BR"):
        valid.assertValid(etree.fromstring(xliff(export(ours, PML, tag))))


def test_the_schema_says_no_to_what_is_no_xliff(library: Library) -> None:
    text = exported(library, "xlf").replace("<trans-unit ", "<unit ", 1).replace(
        "</trans-unit>", "</unit>", 1
    )  # fmt: skip
    assert not schema().validate(etree.fromstring(text.encode()))


def test_codes_are_elements_that_say_what_they_stand_for(library: Library) -> None:
    text = exported(library, "xlf")
    (source,) = re.findall(r"<source>(See .*)</source>", text)
    assert source == (
        'See <g id="1" ctype="link" equiv-text="https://example.org/a">our '
        '<g id="2" ctype="italic" equiv-text="*">page</g></g> or ask for an '
        '<g id="3" ctype="x-language" equiv-text="fr">inhalateur</g> '
        '<g id="4" ctype="bold" equiv-text="**">now</g>.'
        '<x id="5" ctype="lb" equiv-text="\\"/>Call '
        '<x id="6" ctype="x-variable" equiv-text="{emergency_number}"/>.'
        '<x id="7" ctype="x-citation" equiv-text="[^smith-2019]"/>'
    )
    assert '<g id="4" ctype="bold" equiv-text="**">ahora</g> un <g id="3"' in text
    assert "keep as they are: the link to https://example.org/a, " in text


def test_what_is_checked_is_final_and_what_is_not_is_translated(library: Library) -> None:
    assert 'approved="yes"' in exported(library, "xlf")
    assert '<target state="final">' in exported(library, "xlf")
    edit(library, SPANISH_FILE, '"Luz Vega"', "nobody")
    assert 'approved="yes"' not in exported(library, "xlf")
    assert '<target state="translated">' in exported(library, "xlf")


# --- as tools rewrite it ---------------------------------------------------------------------


def rewritten(text: str) -> bytes:
    """Through lxml, with attributes turned round and a prefix for the namespace."""
    root = etree.fromstring(text.encode())
    for element in root.iter(etree.Element):
        attributes = list(element.attrib.items())
        for name, _ in attributes:
            del element.attrib[name]
        for name, value in reversed(attributes):
            element.set(name, value)
    return etree.tostring(root, xml_declaration=True, encoding="ASCII", standalone=True)


def with_sections(text: str) -> str:
    return re.sub(r"(<target[^>]*>)([^<&]+)(</target>)", r"\1<![CDATA[\2]]>\3", text)


def with_references(text: str) -> str:
    return re.sub(
        "[áéíóñ&<]", lambda sign: f"&#{ord(sign[0])};" if sign[0] > "z" else sign[0], text
    )


def segmented(text: str) -> str:
    text = re.sub(
        r"<source>(.*)</source>",
        r'<source>\1</source><seg-source><mrk mtype="seg" mid="1">\1</mrk></seg-source>',
        text,
    )
    return re.sub(r"(<target[^>]*>)(.*)(</target>)", r'\1<mrk mtype="seg" mid="1">\2</mrk>\3', text)


REWRITES = {
    "lxml": rewritten,
    "CDATA": with_sections,
    "character references": with_references,
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "byte order mark": lambda text: "\ufeff" + text,
    "segments": segmented,
    "spaces": lambda text: text.replace("</target>", " \n  </target>").replace(
        "<source>", "<source>\n  "
    ),
    "comments": lambda text: text.replace("<source>", "<!-- - a --><source>"),
    "states left out": lambda text: re.sub(r' (state|approved)="\w+"', "", text),
}


@pytest.mark.parametrize("rewrite", REWRITES.values(), ids=REWRITES)
def test_a_file_that_a_tool_has_rewritten_says_the_same(library: Library, rewrite) -> None:  # type: ignore[no-untyped-def]
    before = words_of(library)
    text = exported(library, "xlf")
    assert imported(library, rewrite(text)) is None
    assert words_of(library) == before
    changed = swapped("Tiene silbidos.", "Respira mal y silba.")(text)
    assert imported(library, rewrite(changed), translator="Ana Ruiz")
    assert "Respira mal y silba." in words_of(library).decode()


@pytest.mark.parametrize("state", ["new", "needs-translation", "needs-adaptation", "needs-l10n"])
def test_what_a_tool_marks_as_unfinished_is_not_taken(library: Library, state: str) -> None:
    text = re.sub('(<target state=")final(">Tiene)', rf"\1{state}\2", exported(library, "xlf"))
    assert "still marked as unfinished" in refusal(library, text)


def test_a_translation_that_awaits_review_is_taken(library: Library) -> None:
    text = re.sub(
        '(<target state=")final(">)Tiene',
        r"\1needs-review-translation\2Ahora tiene",
        exported(library, "xlf"),
    )
    assert imported(library, text, translator="Ana Ruiz")


# --- codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r'(ahora.*)<x id="7"[^>]*/>', r"\1", "the citation [^smith-2019] is missing"),
        (r'(ahora.*)(<x id="7"[^>]*/>)', r"\1\2\2", "the citation [^smith-2019] stands twice"),
        (r'(ahora.*<x id=")7', r"\g<1>9", 'the code <x id="9"> is not in the source'),
        (r'(ahora.*)<x id="6"([^>]*)/>', r'\1<g id="6"\2>112</g>', 'the code <g id="6"> is not'),
        (r'<g id="4"[^>]*>ahora</g>', "ahora", "the bold text is missing"),
        (r'(ahora.*)<g id="1"[^>]*>(.*?</g>)</g>', r"\1\2", "the link to https://example.org/a"),
        (r'(ahora</g>)', r"\1<bpt id='4'>**</bpt>", 'the code <bpt id="4"> is not in the source'),
        (r'(<source>See .*equiv-text=")https://example.org/a', r"\1https://evil.example",
         'the source of "sections.treatment/1" was altered'),
        (r'(<source>See .*ctype=")bold', r"\1x-huge", "a code of the source was altered"),
    ],
)  # fmt: skip
def test_codes_are_held_to_the_source(library: Library, pattern: str, new: str, said: str) -> None:
    text = exported(library, "xlf")
    changed = re.sub(pattern, new, text, count=1)
    assert changed != text
    found = refusal(library, changed, translator="Ana Ruiz")
    assert said in found
    assert re.search(r"back:\d+:\d+: error", found)


def test_the_address_that_a_tool_writes_into_a_translation_counts_for_nothing(
    library: Library,
) -> None:
    text = re.sub(
        r'(ahora.*equiv-text=")https://example.org/a', r"\1https://evil.example",
        exported(library, "xlf"),
    )  # fmt: skip
    assert "evil" in text
    assert imported(library, text) is None


# --- what nobody should send -----------------------------------------------------------------

LAUGHS = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
DTD = '<!DOCTYPE xliff PUBLIC "-//XLIFF//DTD XLIFF//EN" "http://www.oasis-open.org/xliff.dtd">'


@pytest.mark.parametrize("doctype", [LAUGHS, OUTSIDE, DTD])
def test_a_document_type_is_refused_before_it_can_do_anything(
    library: Library, doctype: str
) -> None:
    text = exported(library, "xlf").replace("?>\n", f"?>\n{doctype}\n", 1)
    assert "error: the file declares a document type" in refusal(
        library, text.replace("Tiene", "&a;", 1)
    )


def test_an_entity_that_nobody_declared_is_refused(library: Library) -> None:
    text = swapped("Tiene silbidos.", "&nbsp;")(exported(library, "xlf"))
    assert "not well-formed XML: undefined entity" in refusal(library, text)


def test_elements_without_end_are_refused(library: Library) -> None:
    deep = "<g id='1'>" * 30_000 + "</g>" * 30_000
    text = swapped("Tiene silbidos.", deep)(exported(library, "xlf"))
    assert "nested more than 40 deep" in refusal(library, text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version="1.2"', 'version="2.0"', "not XLIFF 1.2"),
        ("document:1.2", "document:2.0", "not XLIFF 1.2"),
        ("</file>", '</file><file original="a"><body/></file>', "2 files instead of one"),
        ('<context context-type="x-source', '<context context-type="x-', "nothing tells which"),
    ],
)
def test_another_kind_of_xml_is_refused(library: Library, old: str, new: str, said: str) -> None:
    text = exported(library, "xlf")
    assert old in text
    assert said in refusal(library, text.replace(old, new, 1))


def test_a_character_that_is_written_as_a_reference_is_seen_too(library: Library) -> None:
    text = swapped("Tiene silbidos.", "Tiene &#x202E;silbidos.")(exported(library, "xlf"))
    assert "U+202E" in refusal(library, text)


def test_letters_with_their_marks_apart_are_joined(library: Library) -> None:
    before = words_of(library)
    assert imported(library, exported(library, "xlf").replace("á", "a&#x301;")) is None
    assert words_of(library) == before
