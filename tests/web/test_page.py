"""The web page: its languages, ids, links and policy, and that nobody's text becomes markup."""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from itertools import pairwise

import pytest
from lxml import html

from handouts.clinic import Clinic, Phone
from handouts.document import Callout, Handout, Notice, Paragraph, Table, Words
from handouts.edition import edition_names
from handouts.patient import Patient
from handouts.pipeline import lay_out_prepared
from handouts.preparing import Prepared
from handouts.reading.links import ALL
from handouts.web.page import web_page
from handouts.wording.blocks import BULLETS
from tests.sheets import clinic_named, handout_named
from tests.web.pages import every_block, page_of, prepared_of, prepared_pml

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></main><b onclick='x'>x",
    "&lt;b&gt; &amp; {clinic} %s \\0",
    "<!-- ]]> --><?x",
    '" onload="alert(1)',
    "\\A } * { color: red } /*",
)
ALLOWED_ATTRIBUTES = {
    *("alt", "aria-hidden", "aria-label", "charset", "class", "content", "d", "data-header"),
    *("dir", "fill", "href", "http-equiv", "id", "lang", "name", "role", "scope", "src", "start"),
    *("transform", "viewbox"),
}
ALLOWED_ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section"),
    *("div", "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "figure", "img"),
    *("figcaption", "table", "thead", "tbody", "tr", "th", "td", "a", "strong", "em", "sup"),
    *("bdi", "span", "br", "svg", "path"),
}


def tree_of(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def made(prepared: Prepared) -> html.HtmlElement:
    return tree_of(web_page(prepared))


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def of_class(element: html.HtmlElement, name: str) -> list[html.HtmlElement]:
    return [each for each in element.iter() if name in (each.get("class") or "").split()]


# --- nobody's text becomes markup ------------------------------------------------------------


def hostile(words: str) -> tuple[Handout, Clinic]:
    """A handout and a clinic that say the words wherever somebody writes."""
    handout = prepared_pml("en").handout
    picture = handout.pictures[0]
    block = Paragraph((Words(words, bold=True), Words(words, link="https://example.org/?a=1&b=2")))
    clinic = clinic_named("riverside")
    assert clinic is not None
    return (
        replace(
            handout,
            title=words,
            short_title=words,
            author=words,
            sections=(
                replace(handout.sections[0], heading=words, blocks=(block,)),
                *handout.sections[1:],
            ),
            pictures=(
                replace(
                    picture,
                    alt=words,
                    caption=words,
                    credit=words,
                    labels=dict.fromkeys(picture.labels, words),
                ),
            ),
            references=tuple(replace(each, title=words) for each in handout.references),
            resources=tuple(replace(each, name=words) for each in handout.resources),
            review=replace(handout.review, version=words),
        ),
        replace(
            clinic, name=words, address=(words,), hours=(words,), phones=(Phone(words, words),)
        ),
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words: str):
    handout, clinic = hostile(words)
    patient = Patient(words, None, words, (words,))
    page = tree_of(web_page(prepared_of(handout, clinic), patient))
    plain = " ".join(words.split())

    assert {element.tag for element in page.iter()} <= ALLOWED_ELEMENTS
    assert {name for element in page.iter() for name in element.attrib} <= ALLOWED_ATTRIBUTES
    assert said(page.find(".//title")) == plain
    assert said(page.find(".//h1")) == plain
    assert said(page.get_element_by_id("definition").find("h2")) == plain
    assert page.find(".//meta[@name='author']").get("content") == words
    assert of_class(page, "art")[0].get("aria-label") == words
    assert {said(label) for label in of_class(page, "art")[0].iter("li")} == {plain}
    assert [said(each) for each in of_class(page, "told")] == [plain] * 3
    assert plain in said(page.find(".//footer"))
    assert page.find(".//style").text_content().count("{") == styles_of(page).count("}")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_ends_no_rule_of_the_style_sheet(words: str):
    """The foot of printed pages is in it."""
    handout, clinic = hostile(words)
    style = styles_of(made(prepared_of(handout, clinic)))
    (rule,) = re.findall(r"^@page \{ size.*$", style, re.MULTILINE)
    strings = re.findall(r'"[^"]*"', rule)

    assert "<" not in style
    assert re.sub(r'"[^"]*"', "", rule).count("{") == 3
    escaped = "".join(strings).replace("\\A ", " ")
    shown = re.sub(r"\\([0-9A-F]+) ", lambda found: chr(int(found[1], 16)), escaped)
    assert words in shown


def test_a_link_leads_only_where_a_reader_lets_it():
    page = made(prepared_of(every_block(), clinic_named("riverside")))
    schemes = {link.get("href").partition(":")[0] for link in page.iter("a")}

    assert {each for each in schemes if not each.startswith("#")} <= set(ALL)
    assert "https" in schemes


# --- nothing runs, nothing loads -------------------------------------------------------------


def styles_of(page: html.HtmlElement) -> str:
    (style,) = page.iter("style")
    return style.text


@pytest.mark.parametrize("clinic", ["riverside", "lakeside", ""])
def test_the_policy_lets_the_pages_own_style_and_pictures_be_and_nothing_else(clinic: str):
    page = tree_of(page_of("en", clinic))
    digest = b64encode(sha256(styles_of(page).encode()).digest()).decode()

    assert page.find(".//meta[@http-equiv]").get("content") == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert all(image.get("src").startswith("data:image/") for image in page.iter("img"))
    assert re.findall(r"@import|url\(|expression|behavior|@font-face", styles_of(page)) == []


def test_pictures_of_pixels_are_png_or_jpeg_without_notes():
    page = made(prepared_of(handout_named("figure-of-pixels"), clinic_named("lakeside")))
    kinds = {}
    for image in page.iter("img"):
        kind, _, content = image.get("src").partition(";base64,")
        kinds[kind] = b64decode(content)

    assert kinds["data:image/png"].startswith(b"\x89PNG\r\n")
    assert not any(b"tEXt" in content or b"Exif" in content for content in kinds.values())


def test_the_same_handout_gives_the_same_bytes():
    prepared = prepared_pml("ar", "riverside")

    assert web_page(prepared) == web_page(replace(prepared))


# --- structure -------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_page_has_the_ids_of_the_pdfs_structure(tag: str):
    prepared = prepared_pml(tag, "riverside")
    sheet = lay_out_prepared(prepared)
    elements = [element.id for element in sheet.root.walk() if element.id]
    page = tree_of(page_of(tag, "riverside"))
    ids = [element.get("id") for element in page.iter() if element.get("id")]

    assert elements
    assert [name for name in ids if name in elements] == elements
    assert {name for name in ids if name not in elements} == {"picture-neuron"}
    targets = {link.get("href")[1:] for link in page.iter("a") if link.get("href")[0] == "#"}
    assert targets
    assert targets <= set(ids)


def test_headings_leave_no_level_out():
    page = made(prepared_of(every_block()))
    levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4")]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_a_citation_is_a_link_with_the_name_that_it_has_in_the_pdf():
    page = tree_of(page_of("ar"))
    (first, *_) = [link for link in page.iter("a") if link.get("href").startswith("#reference-")]

    assert said(first) == "1"
    assert first.get("aria-label") == "المرجع 1"
    assert first.getparent().tag == "sup"


def test_the_cells_of_a_table_know_their_headers():
    handout = handout_named("table-with-header-row")
    (table,) = [each for each in handout.sections[0].blocks if isinstance(each, Table)]
    page = made(prepared_of(handout))
    head, body = page.find(".//thead"), page.find(".//tbody")
    names = [said(cell) for cell in head.iter("th")]

    assert [cell.get("scope") for cell in head.iter("th")] == ["col"] * len(table.alignments)
    for row in body.iter("tr"):
        assert [cell.get("data-header") for cell in row] == names
        assert {cell.get("scope") for cell in row.iter("th")} <= {"row"}


def test_boxes_to_tick_say_what_they_are():
    page = made(prepared_of(handout_named("task-list")))
    names = {
        box.get("aria-label")
        for listed in of_class(page, "tasks")
        for box in listed.iter("span")
        if box.get("role") == "img"
    }

    assert names == {"To do", "Done"}


def test_callouts_open_with_their_words():
    handout = handout_named("callouts")
    kinds = [
        block.kind
        for section in handout.sections
        for block in section.blocks
        if isinstance(block, Callout)
    ]
    page = made(prepared_of(handout, clinic_named("riverside")))
    labels = [said(each.find("p")) for each in of_class(page, "callout")]

    assert len(labels) == len(kinds)
    assert set(labels) == {"Good to know", "Call your clinic", "Emergency: call 911"}


@pytest.mark.parametrize("edition", edition_names())
def test_every_edition_has_its_page(edition: str):
    page = tree_of(page_of("en", "riverside", edition))

    assert said(page.find(".//h1")) == "Progressive Multifocal Leukoencephalopathy"
    assert not any(mark in said(each) for each in page.iter("li") for mark in BULLETS[:1])


def test_large_print_is_large_and_has_its_citations_on_the_line():
    page = tree_of(page_of("en", "riverside", "large-print"))

    assert list(page.iter("sup")) == []
    assert "[1,2]" in said(page.get_element_by_id("definition"))
    assert ":root { font-size: 168.75% }" in styles_of(page)
    assert ":root { --floor: 1rem }" in styles_of(page)


# --- languages -------------------------------------------------------------------------------


def language_at(element: html.HtmlElement) -> tuple[str, str]:
    """The language and direction that it has, or else those of what it stands in."""
    direction = element.get("dir") or ("auto" if element.tag == "bdi" else "")
    if element.get("lang"):
        return element.get("lang"), direction or language_at(element.getparent())[1]
    return language_at(element.getparent())


def test_the_page_and_each_foreign_part_tell_their_language_and_direction():
    page = tree_of(page_of("ar", "riverside"))
    reference = page.get_element_by_id("reference-cortese-2021")
    (name,) = of_class(page, "clinic")
    accessed = [each for each in page.iter("bdi") if "2020" in said(each)]

    assert language_at(page) == ("ar", "rtl")
    assert language_at(reference) == ("en", "ltr")
    assert language_at(name.find("bdi")) == ("en", "auto")
    assert {language_at(each)[0] for each in accessed} == {"ar"}


def test_parts_in_the_language_of_the_original_run_as_it_does():
    arabic, english = prepared_pml("ar"), prepared_pml("en").handout
    first = replace(english.sections[0], language="en")
    handout = replace(
        arabic.handout,
        title=english.title,
        title_language="en",
        sections=(first, *arabic.handout.sections[1:]),
    )
    page = made(replace(arabic, handout=handout))
    section = page.get_element_by_id("definition")

    assert language_at(page.find(".//h1")) == ("en", "ltr")
    assert language_at(section.find(".//h2")) == ("en", "ltr")
    assert language_at(section.find("p")) == ("ar", "rtl")
    assert said(section.find("p")).startswith("أحدث نص")
    assert language_at(section.find(".//figure")) == ("ar", "rtl")


def kept_apart(page: html.HtmlElement) -> Iterator[str]:
    return (said(each) for each in page.iter("bdi"))


def test_what_the_sheet_keeps_apart_is_kept_apart():
    """A dose, a number and its unit, a phone number; also over an author's bold and light."""
    page = made(prepared_of(handout_named("rtl-arabic-doses"), clinic_named("riverside")))
    found = set(kept_apart(page.find(".//main")))

    assert {"natalizumab (Tysabri) 300 mg/15 mL", "5 mg/kg/day", "+1 (212) 555-0142"} <= found
    assert {"8:30-17:00", "K7QF-3M2P", "ibuprofen", "911"} <= found
    (dose,) = [each for each in page.iter("bdi") if said(each) == "5 mg/kg/day"]
    assert [said(bold) for bold in dose.iter("strong")] == ["5", "kg"]


def test_lists_are_numbered_in_the_languages_own_digits():
    page = tree_of(page_of("fa"))
    style = styles_of(page)

    assert '@counter-style numbered-fa { system: numeric; symbols: "۰" "۱"' in style
    assert {each.get("class") for each in page.iter("ol")} == {
        "numbered-fa",
        "entries numbered-fa",
    }


def test_a_notice_in_the_language_that_the_page_is_not_in_stands_first():
    prepared = replace(prepared_pml("en"), notice=Notice("ar", ("ليست لدينا هذه النشرة",)))
    page = made(prepared)
    first = page.find(".//main")[0]

    assert language_at(first) == ("ar", "rtl")
    assert said(first) == "ليست لدينا هذه النشرة"


# --- one patient -----------------------------------------------------------------------------


def test_what_is_known_of_a_patient_stands_in_the_box_and_nowhere_else():
    patient = Patient("Ana Ruiz", datetime(2026, 12, 3, 10, 30), "Dr. Lee", ("Bring water.",))
    page = web_page(prepared_pml("en", "riverside"), patient)
    (box,) = of_class(tree_of(page), "patient")

    assert page.count("Ana Ruiz") == 1
    assert "Name Ana Ruiz With Dr. Lee Next visit Thursday, December 3, 2026" in said(box)
    assert said(box).endswith("Notes Bring water.")


def test_without_a_patient_there_are_lines_to_write_on():
    (box,) = of_class(tree_of(page_of("en", "riverside")), "patient")

    assert len(of_class(box, "to-write-on")) == 4
