"""The readers of finished PDFs are read: what they get from a sound file, and when they say no."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.handmade import codes, objects, write
from tests.reading_back import (
    Block,
    ContentStreamError,
    artifact_text,
    blocks,
    glyph_problems,
    read_with_pdfium,
    read_with_poppler,
    read_with_pypdf,
    render,
    structure_problems,
    structure_tree,
    tags,
    text_in_structure_order,
    unmarked_text,
    words,
)

SAMPLES = Path(__file__).parent / "data" / "pdf"
SOUND = write(objects())


def changed(*changes: str) -> bytes:
    """The sound file with changes: name of an object, old text, new text, and so on."""
    changed = objects()
    for name, old, new in zip(changes[::3], changes[1::3], changes[2::3], strict=True):
        assert old in changed[name], f"{old} is not in {name}"
        changed[name] = changed[name].replace(old, new)
    return write(changed)


def painting(operators: str) -> bytes:
    """The sound file with other operators in the heading's marked content."""
    return changed("content1", f"BT /F1 24 Tf 72 700 Td {codes('Asthma')} Tj ET", operators)


def heading(pdf: bytes) -> str:
    return blocks(pdf)[0].text


def show(operators: str) -> str:
    return f"BT /F1 12 Tf 72 700 Td {operators} ET"


class TestStructureOrder:
    def test_the_text_comes_block_by_block_in_the_order_of_the_tree(self) -> None:
        assert text_in_structure_order(SOUND) == (
            "Asthma\nBreathe out and in.\n-\nRest.\nDose\n2 mg\nSee our page.\nCall us"
        )

    def test_blocks_carry_their_structure_type(self) -> None:
        assert blocks(SOUND)[:3] == [
            Block("H1", "Asthma"),
            Block("P", "Breathe out and in."),
            Block("Lbl", "-"),
        ]

    def test_the_tree_decides_and_not_the_painting(self) -> None:
        pdf = changed("document", "[@heading @paragraph @list", "[@list @paragraph @heading")
        assert text_in_structure_order(pdf).splitlines()[:4] == [
            "-",
            "Rest.",
            "Breathe out and in.",
            "Asthma",
        ]

    def test_a_nested_block_parts_the_text_around_it(self) -> None:
        pdf = changed("link", "/S /Link", "/S /P")
        assert [block.text for block in blocks(pdf)][-4:] == ["See ", "our page", ".", "Call us"]

    def test_the_actual_text_of_an_element_stands_for_all_below_it(self) -> None:
        pdf = changed("see", "/S /P", "/S /P /ActualText <FEFF0041D83DDE00>")
        assert blocks(pdf)[-2] == Block("P", "A\U0001f600")

    def test_an_empty_actual_text_is_silence(self) -> None:
        pdf = changed("link", "/S /Link", "/S /Link /ActualText ()")
        assert blocks(pdf)[-2] == Block("P", "See .")

    def test_a_file_without_a_tree_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="no structure tree"):
            structure_tree(changed("catalog", "/StructTreeRoot @tree", ""))

    def test_a_tree_that_runs_in_a_circle_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="below itself"):
            structure_tree(changed("item", "[@label @body]", "[@list]"))

    def test_a_file_of_another_maker_is_read(self) -> None:
        text = text_in_structure_order((SAMPLES / "typst.pdf").read_bytes())
        assert text.splitlines()[:3] == [
            "Fever",
            "A fever is a body temperature above 38 °C. It is one way in which the body fights an"
            " infection. See our page on fever for more.",
            "What to do",
        ]


class TestMarkedContent:
    @pytest.mark.parametrize(
        ("operators", "text"),
        [
            (f"{codes('As')} Tj {codes('thma')} Tj", "Asthma"),
            (f"[{codes('As')} -120 {codes('th')} 3.5 {codes('ma')}] TJ", "Asthma"),
            (f"{codes('As ')} Tj {codes('thma')} '", "As thma"),
            (f'{codes("As")} Tj 1 0.5 {codes("thma")} "', "Asthma"),
            (f"T* {codes('As')} Tj 3 Tr 90 Tz 2 Ts 1 Tc 1 Tw 0 -14 TD {codes('a')} Tj", "Asa"),
            (f"/Span <</ActualText (ast\\150ma)>> BDC {codes('As')} Tj EMC", "asthma"),
            ("/Span <</ActualText <EFBBBFC3A9>>> BDC EMC", "é"),
            (f"/Span BMC /Span BMC {codes('A')} Tj EMC {codes('s')} Tj EMC", "As"),
            (f"/Artifact BMC {codes('no')} Tj EMC {codes('A')} Tj", "A"),
            (f"/ReversedChars BMC {codes('sA')} Tj [{codes('h')} 10 {codes('t')}] TJ EMC", "Asth"),
            ("(\\000\\042\\0003) Tj", "AR"),
            (f"q /F1 9 Tf {codes('A')} Tj Q {codes('s')} Tj", "As"),
        ],
    )
    def test_text_is_read_through_every_operator(self, operators: str, text: str) -> None:
        assert heading(painting(show(operators))) == text

    def test_a_form_without_marks_belongs_to_what_it_is_painted_in(self) -> None:
        begin = "/H1 <</MCID 0>> BDC"
        pdf = changed("content1", begin, f"{begin} /Panel Do", "panel", "<</MCID 0>> BDC", "BMC")
        assert heading(pdf) == "Call usAsthma"

    def test_only_the_text_of_artifacts_is_artifact_text(self) -> None:
        assert artifact_text(SOUND) == ["Clinic", "Clinic"]

    def test_text_outside_all_marks_is_unmarked(self) -> None:
        assert unmarked_text(SOUND) == ""
        unmarked = show(f"/Span BMC {codes('Oh')} Tj EMC")
        pdf = changed("content2", "q 1 0 0 1", f"{unmarked} q 1 0 0 1")
        assert unmarked_text(pdf) == "Oh"

    @pytest.mark.parametrize(
        "operators",
        [
            "EMC EMC",
            "/Span BMC",
            "q",
            "Q",
            "BT (A) Tj ET",
            "BT /F2 12 Tf ET",
            "/Span /Nothing BDC EMC",
            "12 Td",
            "BI /W 1 ID x EI",
            "wobble",
            "[1 2",
            "1 2 >>",
            "(never ends",
            "<</K>> pop",
            "1 2 3",
            "/Nothing Do",
        ],
    )
    def test_operators_that_make_no_sense_are_an_error(self, operators: str) -> None:
        with pytest.raises(ContentStreamError):
            blocks(painting(operators))

    def test_text_without_a_font_is_an_error(self) -> None:
        with pytest.raises(ContentStreamError, match="without a font"):
            blocks(changed("content2", "/F1 9 Tf", ""))

    def test_a_form_that_paints_itself_is_an_error(self) -> None:
        with pytest.raises(ContentStreamError, match="paints itself"):
            blocks(changed("panel", "EMC", "EMC /Panel Do"))


class TestToUnicode:
    @pytest.mark.parametrize(
        ("old", "new", "text"),
        [
            ("<0001> <0020>", "<0022> <006600660069>", "ffisthma"),
            ("<0001> <0020>", "<0022> <D83DDE00>", "\U0001f600sthma"),
            ("<0001> <0020>", "<0022> <>", "sthma"),
            ("<0002> <0003> [<0021> <0022>]", "<0022> <0022> [<0041030A>]", "A\u030asthma"),
        ],
    )
    def test_a_code_stands_for_any_text(self, old: str, new: str, text: str) -> None:
        rest = ("tounicode", "<0004> <005F> <0023>", "<0023> <005F> <0042>")
        assert heading(changed(*rest, "tounicode", old, new)) == text

    def test_a_code_without_a_meaning_is_a_replacement_character(self) -> None:
        assert heading(changed("tounicode", "<0004> <005F> <0023>", "<0023> <0060> <0042>")) == (
            "\ufffdsthma"
        )

    @pytest.mark.parametrize(
        ("old", "new", "problem"),
        [
            ("<0004> <005F> <0023>", "<0004> <0110> <0023>", "range 0004 to 0110 leaves its last"),
            ("<0004> <005F> <0023>", "<0004> <005F> <00F0>", "range 0004 to 005F overflows"),
            ("[<0021> <0022>]", "[<0021>]", "range 0002 to 0003 has 1 texts"),
            ("2 beginbfrange", "3 beginbfrange", "bfrange block announces 3 entries, has 2"),
            ("<0001> <0020>", "<01> <0020>", "bfchar block with codes that are not 2 bytes long"),
            ("<0001> <0020>", "<0004> <0020>", "code 0004 is mapped twice"),
            (
                "1 beginbfchar\n<0001> <0020>",
                "101 beginbfchar\n" + "\n".join(f"<01{i:02X}> <0020>" for i in range(101)),
                "bfchar block of 101 entries, 100 are allowed",
            ),
        ],
    )
    def test_a_map_that_strict_readers_stumble_on_is_a_problem(
        self, old: str, new: str, problem: str
    ) -> None:
        assert any(problem in found for found in glyph_problems(changed("tounicode", old, new)))


class TestTags:
    def test_the_dump_shows_the_tree_with_its_text(self) -> None:
        assert (
            tags(SOUND)
            == """\
Document
  H1 "Asthma"
  P "Breathe out " [page 2] "and in."
  L ListNumbering=Disc
    LI
      Lbl [page 1] "-"
      LBody "Rest."
  Table
    TR
      TH Scope=Column "Dose"
    TR
      TD "2 mg"
  Figure Alt="A square" (path)
  P
    "See "
    Link -> https://example.org/ "our page"
    "."
  Div Lang=en-GB
    P [page 2] "Call us"
"""
        )

    def test_drawings_stand_where_they_are_painted(self) -> None:
        pdf = changed("see", "6 @link 8", "6 5 8", "document", "@figure", "")
        assert '  P "See " (path) "."\n' in tags(pdf)

    def test_content_that_nothing_paints_is_shown(self) -> None:
        assert "  H1 (nothing paints 70)\n" in tags(changed("heading", "/K 0", "/K 70"))

    def test_invisible_characters_are_shown_as_escapes(self) -> None:
        pdf = changed("link", "/S /Link", "/S /Link /ActualText <FEFF00A0200F0022D83CDFFB0041>")
        assert 'ActualText="\\u00a0\\u200f\\"\U0001f3fbA"' in tags(pdf)

    @pytest.mark.parametrize(
        ("old", "new", "target"),
        [
            ("/A << /S /URI /URI (https://example.org/) >>", "/Dest [@page2 /Fit]", "page 2"),
            ("/S /URI /URI (https://example.org/)", "/S /GoTo /D (call)", "#call"),
            ("/S /URI /URI (https://example.org/)", "/S /GoTo /D [@tree /Fit]", "nowhere"),
            ("/A << /S /URI /URI (https://example.org/) >>", "", "nowhere"),
        ],
    )
    def test_links_show_where_they_lead(self, old: str, new: str, target: str) -> None:
        assert f'    Link -> {target} "our page"\n' in tags(changed("annotation", old, new))

    def test_a_tag_of_our_own_shows_its_standard_type(self) -> None:
        roles = ("tree", "/K", "/RoleMap << /Callout /Div >> /K")
        pdf = changed(*roles, "div", "/S /Div", "/S /Callout")
        assert "  Callout=Div Lang=en-GB\n" in tags(pdf)
        assert structure_problems(pdf) == []

    def test_attribute_classes_count_as_attributes(self) -> None:
        classes = ("tree", "/K", "/ClassMap << /c << /O /Table /Scope /Row >> >> /K")
        pdf = changed(*classes, "cell", "/A << /O /Table /Scope /Column >>", "/C /c")
        assert '      TH Scope=Row "Dose"\n' in tags(pdf)

    def test_a_file_of_another_maker_has_its_stored_tags(self, update_cases: bool) -> None:
        stored = SAMPLES / "typst.tags.txt"
        found = tags((SAMPLES / "typst.pdf").read_bytes())
        if update_cases:
            stored.write_text(found, encoding="utf-8")
        assert found == stored.read_text(encoding="utf-8")


def number(name: str) -> int:
    return list(objects()).index(name) + 1


class TestStructureProblems:
    def test_a_sound_file_has_none(self) -> None:
        assert structure_problems(SOUND) == []

    def test_a_file_without_a_tree_has_one(self) -> None:
        pdf = changed("catalog", "/StructTreeRoot @tree", "")
        assert structure_problems(pdf) == ["there is no structure tree"]

    @pytest.mark.parametrize(
        ("name", "old", "new", "problem"),
        [
            # marks
            ("content1", "<</MCID 0>>", "<</MCID 1>>", "page 1: content 1 is used 2 times"),
            ("content1", "<</MCID 0>>", "<</MCID 1>>", "page 1: content 0 of H1 is not painted"),
            ("content1", "<</MCID 0>>", "<</MCID 12>>", "page 1: content 12 belongs to no element"),
            ("content1", "/H1 <</MCID 0>> BDC", "/H1 BMC", 'page 1: unmarked text "Asthma"'),
            ("content1", "/Figure <</MCID 5>> BDC", "/Figure BMC", "page 1: unmarked path"),
            (
                "content1",
                "BT /F1 24 Tf",
                "/P <</MCID 12>> BDC EMC BT /F1 24 Tf",
                "page 1: content 12 inside content 0",
            ),
            (
                "content2",
                "/Panel Do",
                "/Panel Do /Panel Do",
                f"form {number('panel')} holds marked content but is painted 2 times",
            ),
            # the tree
            ("body", "[3]", "[3 2]", "page 1: content 2 belongs to Lbl and LBody"),
            ("body", "[3]", "[]", f"LBody {number('body')} has no content"),
            ("body", "[3]", "[]", "page 1: content 3 belongs to no element"),
            ("item", "@label @body", "@label @body @label", f"element {number('label')} is in the"),
            ("label", "/P @item", "/P @list", f"Lbl {number('label')} is in LI {number('item')}"),
            ("div", "/S /Div", "/S /Callout", f"Callout {number('div')} is of no standard type"),
            ("figure", "/Alt (A square)", "", f"Figure {number('figure')} has no Alt"),
            ("figure", "/BBox", "/Box", f"Figure {number('figure')} has no BBox"),
            ("heading", "/S /H1", "/S /H2", 'heading "Asthma" is H2 after no heading'),
            ("call", "/S /P", "/S /H3", 'heading "Call us" is H3 after H1'),
            # the parent tree
            ("tree", "/ParentTree @parents", "", "there is no parent tree"),
            ("tree", "/ParentTreeNextKey 4", "/ParentTreeNextKey 3", "ParentTreeNextKey is 3"),
            ("parents", "[@heading @paragraph", "[@heading @heading", "page 1: content 1 is of P,"),
            ("parents", "@link @see @dose", "@link @see", "page 1: content 9 is of TD,"),
            ("parents", "1 [@paragraph]", "1 [@paragraph @call]", "page 2: content 1 is of no el"),
            ("parents", "2 [@call]", "", f"form {number('panel')} has no list in the parent tree"),
            ("parents", "3 @link", "3 @see", f"annotation {number('annotation')} is of Link, the"),
            ("parents", "3 @link", "3 @link 4 @link", "entry 4 of the parent tree is used by no"),
            ("parents", "1 [@paragraph] 2 [@call]", "2 [@call] 1 [@paragraph]", "the keys of the"),
            ("page2", "/StructParents 1", "", "page 2 has marked content but no StructParents"),
            (
                "page2",
                "/StructParents 1",
                "/StructParents 0",
                "entry 0 of the parent tree is used 2",
            ),
            # annotations
            ("annotation", "/StructParent 3", "", "annotation 9 has no StructParent"),
            ("annotation", "/Contents", "/NotContents", "page 1: annotation 9 has no Contents"),
            ("page1", "/Tabs /S", "", "page 1 has annotations but no tab order"),
            ("page1", "/Annots [@annotation]", "", "annotation 9 of Link is on no page"),
            ("link", "<< /Type /OBJR /Obj @annotation >>", "", "page 1: annotation 9 is in no el"),
            ("link", "/S /Link", "/S /Span", "page 1: annotation 9 is a link in Span"),
        ],
    )
    def test_a_planted_fault_is_named(self, name: str, old: str, new: str, problem: str) -> None:
        problems = structure_problems(changed(name, old, new))
        assert any(found.startswith(problem) for found in problems), problems


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("cidfont", "/W"),
        ("cidfont", "/CIDSystemInfo"),
        ("cidfont", "/CIDToGIDMap"),
        ("font", "/DescendantFonts"),
        ("page1", "/Annots"),
        ("page1", "/MediaBox"),
        ("page1", "/Tabs"),
        ("page1", "/StructParents"),
        ("annotation", "/A"),
        ("annotation", "/StructParent"),
        ("annotation", "/Contents"),
        ("parents", "/Nums"),
        ("tree", "/ParentTreeNextKey"),
        ("heading", "/S"),
        ("heading", "/K"),
        ("see", "/K"),
        ("figure", "/A"),
        ("figure", "/Alt"),
        ("cell", "/A"),
        ("div", "/Lang"),
        ("resources", "/Font"),
        ("resources", "/XObject"),
        ("resources", "/Properties"),
    ],
)
def test_an_entry_may_be_a_reference_to_an_object_of_its_own(name: str, key: str) -> None:
    pdf = objects()
    head, found, rest = pdf[name].partition(f"{key} ")
    assert found
    entry = first_object(rest)
    pdf[name] = f"{head}{key} @entry {rest.removeprefix(entry)}"
    pdf["entry"] = entry
    assert tags(write(pdf)) == tags(SOUND)
    assert structure_problems(write(pdf)) == []
    assert glyph_problems(write(pdf)) == []


def first_object(text: str) -> str:
    """The PDF object that the text begins with."""
    depth = 0
    for token in re.finditer(r"<<|>>|[\[\]()]|[^<>\[\]()\s]+|\s+", text):
        depth += (token[0] in ("<<", "[", "(")) - (token[0] in (">>", "]", ")"))
        if depth == 0:
            return text[: token.end()]
    raise AssertionError("the object does not end")


class TestGlyphProblems:
    def test_a_sound_file_has_none(self) -> None:
        assert glyph_problems(SOUND) == []

    @pytest.mark.parametrize(
        ("name", "old", "new", "problem"),
        [
            ("content1", codes("Rest."), "<0000>", "ABCDEF+Boxes: code 0000 is .notdef"),
            ("content1", codes("Rest."), "<0999>", "ABCDEF+Boxes: code 0999 is glyph 2457, which"),
            ("cidfont", " 830 ", " 800 ", "ABCDEF+Boxes: code 0022 is 800 wide, the font says 830"),
            (
                "cidfont",
                "CIDToGIDMap /Identity",
                "CIDToGIDMap @map",
                "ABCDEF+Boxes: code 0022 is .n",
            ),
            ("tounicode", "<0004> <005F> <0023>", "", "ABCDEF+Boxes: code 0022 has no ToUnicode"),
            ("tounicode", "<0023>", "<E023>", "ABCDEF+Boxes: code 0022 stands for the private-use"),
            (
                "tounicode",
                "<0001> <0020>",
                "<0001> <FEFF>",
                "ABCDEF+Boxes: code 0001 stands for U+",
            ),
            ("descriptor", "/FontFile2 @fontfile", "", "ABCDEF+Boxes: no embedded TrueType font"),
            ("content1", "/F1 24 Tf", "/F1 7.9 Tf", "page 1: text of 7.90 points (x 6)"),
            ("content1", "BT /F1 24 Tf", ".25 0 0 .25 0 0 cm BT /F1 24 Tf", "page 1: text of 6.00"),
            ("content1", "/F1 24 Tf", "/F1 24 Tf 3 Tr", "page 1: invisible text (x "),
            ("content1", "72 700 Td", "600 700 Td", "page 1: text outside the page (x 5)"),
            (
                "content2",
                "1 0 0 1 72 100",
                "1 0 0 1 -100 100",
                "page 2: text outside the page (x 6)",
            ),
        ],
    )
    def test_a_planted_fault_is_named(self, name: str, old: str, new: str, problem: str) -> None:
        faulty = objects()
        assert old in faulty[name]
        faulty[name] = faulty[name].replace(old, new)
        faulty["map"] = "<< >>\nstream\n" + "\0" * 200 + "\nendstream"
        problems = glyph_problems(write(faulty))
        assert any(found.startswith(problem) for found in problems), problems

    def test_a_glyph_map_leads_from_code_to_glyph(self) -> None:
        faulty = objects()
        glyphs = "".join(f"\0{chr(glyph)}" for glyph in range(96))
        faulty["cidfont"] = faulty["cidfont"].replace("/CIDToGIDMap /Identity", "/CIDToGIDMap @map")
        faulty["map"] = f"<< >>\nstream\n{glyphs}\nendstream"
        assert glyph_problems(write(faulty)) == []

    def test_widths_may_be_given_as_ranges(self) -> None:
        faulty = objects()
        faulty["cidfont"] = faulty["cidfont"].replace("/W [0 [700 500 ", "/W [1 1 500 2 [")
        assert "/W [1 1" in faulty["cidfont"]
        assert glyph_problems(write(faulty)) == []

    def test_the_smallest_size_is_the_callers(self) -> None:
        pdf = changed("content1", "/F1 24 Tf", "/F1 7.9 Tf")
        assert glyph_problems(pdf, smallest=7.5) == []


class TestOtherReaders:
    expected = words(
        "Clinic Asthma Breathe out - Rest. Dose 2 mg See our page. Clinic and in. Call us"
    )

    def test_words_are_cut_at_white_space_and_nowhere_else(self) -> None:
        assert words(" Ab\u00a0c\n\nde-f\f\u200bg\u200f") == ["Ab", "c", "de-f", "\u200bg\u200f"]

    def test_pdfium_reads_the_words(self) -> None:
        assert words(read_with_pdfium(SOUND)) == self.expected

    def test_pypdf_reads_the_words(self) -> None:
        assert words(read_with_pypdf(SOUND)) == self.expected

    @pytest.mark.system("pdftotext")
    @pytest.mark.parametrize("raw", [True, False])
    def test_poppler_reads_the_words(self, raw: bool) -> None:
        assert words(read_with_poppler(SOUND, raw=raw)) == self.expected

    def test_a_wrong_map_gives_other_words(self) -> None:
        faulty = changed("tounicode", "<0004> <005F> <0023>", "<0004> <005F> <0024>")
        assert words(read_with_pdfium(faulty)) != self.expected
        assert words(read_with_pypdf(faulty)) != self.expected

    def test_each_page_ends_with_a_form_feed(self) -> None:
        assert read_with_pdfium(SOUND).count("\f") == read_with_pypdf(SOUND).count("\f") == 2

    def test_a_page_is_rendered_at_its_size_with_its_paint(self) -> None:
        image = render(SOUND, page=0, dpi=144)
        assert image.size == (1224, 1584)
        assert image.getpixel((2 * 82, 1584 - 2 * 540)) == (0, 0, 0)  # in the square
        assert image.getpixel((2 * 500, 1584 - 2 * 540)) == (255, 255, 255)
        assert render(SOUND, page=1).size == (612, 792)
