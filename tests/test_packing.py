"""A packet read back: its handouts say what they say alone, and its numbers lead to their pages."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise

import pytest
from pypdf import PdfReader

from handouts.diagnostics import LayoutError
from handouts.document import Handout, Paragraph, PartialDate, Section, Words
from handouts.edition import own_edition
from handouts.languages import Languages, language
from handouts.packing import set_in_packet
from handouts.paper import LETTER, PAPERS
from handouts.pdf import master
from handouts.preparing import Prepared
from handouts.reading.handouts import read_handout
from handouts.request import PacketRequest, Request
from handouts.verapdf import validate
from tests.any_handout import any_handout
from tests.reading_back import (
    Block,
    artifact_text,
    blocks,
    glyph_problems,
    structure_problems,
    structure_tree,
    unmarked_text,
)
from tests.reading_back.structure import Annotation, Content, Element
from tests.sheets import LIBRARY, PML, clinic_named, handout_named
from tests.spoken_handout import spoken_handout

BLANK = "This page is intentionally blank"
SEEDS = (3, 1, 4, 8)  # handouts with one page and with several


def prepared(
    handout: Handout, clinic: str = "riverside", paper: str = LETTER.name, edition: str = "standard"
) -> Prepared:
    owner, kind = clinic_named(clinic), own_edition(edition)
    return Prepared(handout, None, owner, PAPERS[paper], kind, 0, Languages(), None, ())


def packed(
    handouts: Sequence[Handout],
    clinic: str = "riverside",
    paper: str = LETTER.name,
    edition: str = "standard",
    **options: bool | int,
) -> bytes:
    request = PacketRequest(tuple(h.slug for h in handouts), Request(""), **options)  # type: ignore[arg-type]
    return set_in_packet([prepared(h, clinic, paper, edition) for h in handouts], request).pdf


@cache
def some_handouts() -> tuple[Handout, ...]:
    """All with the same names for their sections and references."""
    return tuple(replace(any_handout(seed), title=f"Handout {seed}") for seed in SEEDS)


@cache
def short_handout() -> Handout:
    """A page."""
    handout = replace(some_handouts()[0], at_a_glance=None, resources=(), references=())
    words = Section("overview", "Overview", (Paragraph((Words("Words."),)),))
    return replace(handout, sections=(words,))


@cache
def some_packet(*, cover: bool = False, duplex: bool = False) -> bytes:
    return packed(some_handouts(), cover=cover, duplex=duplex)


def reader_of(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def parts_of(pdf: bytes) -> list[Element]:
    (document,) = structure_tree(pdf).kids
    assert isinstance(document, Element)
    return [kid for kid in document.kids if isinstance(kid, Element)]


def pages_of(element: Element) -> list[int]:
    """The pages, counted from 0, that content below an element is on."""
    found = {
        kid.page
        for inner in element.walk()
        for kid in inner.kids
        if isinstance(kid, Content) and kid.page is not None
    }
    return sorted(found)


def said_alone(pdf: bytes, handouts: Sequence[Handout], clinic: str) -> list[Block]:
    """What the handouts would say one after the other; ``pdf`` may have a cover."""
    found = blocks(pdf)
    titles = [index for index, block in enumerate(found) if block.tag == "H1"][-len(handouts) :]
    return [
        block
        for handout, (start, end) in zip(handouts, pairwise((*titles, None)), strict=True)
        for block in spoken_handout(found[start:end], handout, clinic_named(clinic))
    ]


# --- what it says ----------------------------------------------------------------------------


@pytest.mark.parametrize("clinic", ["riverside", ""])
def test_a_packet_says_what_its_handouts_say(clinic: str) -> None:
    pdf = packed(some_handouts(), clinic)

    assert blocks(pdf) == said_alone(pdf, some_handouts(), clinic)
    assert structure_problems(pdf) == []
    assert glyph_problems(pdf) == []
    assert unmarked_text(pdf) == ""


def test_each_handout_is_a_part_of_one_document_on_pages_of_its_own() -> None:
    parts = parts_of(some_packet(duplex=True))
    pages = [pages_of(part) for part in parts]

    assert [part.role for part in parts] == ["Part"] * len(SEEDS)
    assert all(first[-1] < second[0] for first, second in pairwise(pages))
    assert [part.kids[0].text for part in parts if isinstance(part.kids[0], Element)] == [
        f"Handout {seed}" for seed in SEEDS
    ]
    assert {part.language for part in parts} == {""}


def test_handouts_in_other_languages_say_which() -> None:
    arabic, _ = read_handout(LIBRARY, PML, "ar")
    handouts = [handout_named(PML), arabic, some_handouts()[0]]
    pdf = packed(handouts, "lakeside", cover=True, duplex=True)
    said = said_alone(pdf, handouts, "lakeside")
    links = [e for e in parts_of(pdf)[0].walk() if e.role == "Link" and e.text == arabic.title]

    assert blocks(pdf)[-len(said) :] == said
    assert [part.language for part in parts_of(pdf)] == ["", "", "ar", ""]
    assert [link.language for link in links] == ["ar"]
    assert reader_of(pdf).trailer["/Root"]["/Lang"] == "en"
    assert structure_problems(pdf) == []


# --- its pages -------------------------------------------------------------------------------


def test_each_page_has_its_number_in_the_handout_and_in_the_packet() -> None:
    pdf = some_packet()
    feet = artifact_text(pdf)
    total = len(feet)
    counts = [len(pages_of(part)) for part in parts_of(pdf)]
    own = [(number, count) for count in counts for number in range(1, count + 1)]

    assert max(counts) > 1
    assert len(own) == total
    for packet_page, ((number, count), text) in enumerate(zip(own, feet, strict=True), start=1):
        assert re.findall(r"Page (\d+) of (\d+)", text) == [(str(number), str(count))]
        assert re.findall(r"Packet: (\d+) of (\d+)", text) == [(str(packet_page), str(total))]


def test_in_print_on_both_sides_every_handout_begins_on_a_right_hand_page() -> None:
    pdf = some_packet(cover=True, duplex=True)
    parts = parts_of(pdf)
    starts = [pages_of(part)[0] for part in parts]
    covered = {page for part in parts for page in pages_of(part)}
    blank = [page for page in range(len(artifact_text(pdf))) if page not in covered]

    assert [start % 2 for start in starts] == [0] * len(parts)
    assert blank
    assert all(page + 1 in starts for page in blank)
    assert {artifact_text(pdf)[page] for page in blank} == {BLANK}
    assert not any(BLANK in block.text for block in blocks(pdf))
    assert len(artifact_text(pdf)) == len(covered) + len(blank)
    assert structure_problems(pdf) == []
    assert unmarked_text(pdf) == ""


def test_a_blank_page_speaks_the_language_of_the_handout_before_it() -> None:
    english = short_handout()
    pdf = packed([english, replace(english, language="ar"), english], duplex=True)
    texts = artifact_text(pdf)

    assert [pages_of(part) for part in parts_of(pdf)] == [[0], [2], [4]]
    assert [texts[1], texts[3]] == [BLANK, language("ar").word("blank_page")]


def test_without_duplex_no_page_is_blank() -> None:
    assert not any(BLANK in text for text in artifact_text(some_packet(cover=True)))


# --- outline and links -----------------------------------------------------------------------


def test_the_outline_has_an_entry_for_each_handout_and_its_headings_below() -> None:
    pdf = some_packet(cover=True, duplex=True)
    reader = reader_of(pdf)
    outline = reader.outline
    tops = [(e.title, reader.get_destination_page_number(e)) for e in outline[::2]]  # type: ignore[union-attr]
    parts = parts_of(pdf)

    assert tops == [
        (title, pages_of(part)[0])
        for title, part in zip(
            ["Your handouts", *(handout.title for handout in some_handouts())], parts, strict=True
        )
    ]
    beside = {"Questions? Contact us", "For you"}  # headings that stand beside a panel
    for part, below in zip(parts, outline[1::2], strict=True):
        headings = [e.text for e in part.walk() if e.role == "H2"]
        assert isinstance(below, list)
        titles = [entry.title for entry in below]
        assert titles == [heading for heading in headings if heading in titles]
        assert set(headings) - set(titles) <= beside
        assert {reader.get_destination_page_number(entry) for entry in below} <= set(pages_of(part))


def test_a_citation_leads_to_the_references_of_its_own_handout() -> None:
    pdf = some_packet(duplex=True)
    count = 0
    for part in parts_of(pdf):
        for element in part.walk():
            for kid in element.kids:
                if isinstance(kid, Annotation) and kid.target.startswith("page "):
                    count += 1
                    assert int(kid.target.split()[1]) - 1 in pages_of(part)
    assert count > len(SEEDS)


def test_the_cover_lists_the_handouts_with_links_and_the_numbers_of_their_pages() -> None:
    pdf = some_packet(cover=True, duplex=True)
    cover, *parts = parts_of(pdf)
    entries = [element for element in cover.walk() if element.role == "TOCI"]
    said = blocks(pdf)

    assert said[0] == Block("H1", "Your handouts")
    assert said[1] == Block("H2", "In this packet")
    assert Block("H2", "Questions? Contact us") in said[: 3 + 2 * len(parts)]
    assert len(entries) == len(parts)
    for entry, part, handout in zip(entries, parts, some_handouts(), strict=True):
        (annotation,) = (k for e in entry.walk() for k in e.kids if isinstance(k, Annotation))
        page = pages_of(part)[0] + 1
        assert entry.text == f"{handout.title}{page}"
        assert (annotation.target, annotation.contents) == (f"page {page}", handout.title)


def test_a_cover_takes_as_many_pages_as_it_needs() -> None:
    handouts = [replace(short_handout(), title=f"Handout {number}") for number in range(16)]
    pdf = packed(handouts, cover=True, edition="large-print")
    cover, first, *_ = parts_of(pdf)

    assert len(pages_of(cover)) > 1
    assert pages_of(first)[0] == len(pages_of(cover))
    assert f"Handout 0{len(pages_of(cover)) + 1}" in [
        element.text for element in cover.walk() if element.role == "TOCI"
    ]


def test_the_cover_shows_the_clinic_once_and_is_not_numbered_by_itself() -> None:
    text = artifact_text(some_packet(cover=True))[0]

    assert "Riverside Family Clinic" in text
    assert "Packet: 1 of " in text
    assert "Page 1" not in text


# --- its file --------------------------------------------------------------------------------


def test_the_file_says_what_it_is_and_is_as_old_as_its_newest_handout() -> None:
    first, second, *_ = some_handouts()
    newer = replace(second, review=replace(second.review, updated=PartialDate(2026, 11, 5)))
    metadata = reader_of(packed([first, newer])).metadata

    assert metadata is not None
    assert metadata.title == "Your handouts · Riverside Family Clinic"
    assert metadata.author == "Handouts Project"
    assert metadata.creation_date is not None
    assert metadata.creation_date.date() == date(2026, 11, 5)


def preferences(pdf: bytes) -> dict[str, object]:
    return dict(reader_of(pdf).trailer["/Root"]["/ViewerPreferences"])


def test_a_print_window_is_told_how_many_copies_and_that_both_sides_are_meant() -> None:
    few = some_handouts()[:1]

    assert preferences(packed(few)) == {"/DisplayDocTitle": True}
    assert preferences(packed(few, copies=3, duplex=True)) == {
        "/DisplayDocTitle": True,
        "/NumCopies": 3,
        "/Duplex": "/DuplexFlipLongEdge",
    }


def test_the_same_packet_gives_the_same_bytes() -> None:
    pdf = some_packet(cover=True, duplex=True)

    assert packed(some_handouts(), cover=True, duplex=True) == pdf
    assert packed(some_handouts()[::-1], cover=True, duplex=True) != pdf


def test_what_is_too_much_for_one_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(master, "MOST_OBJECTS", 100)
    with pytest.raises(LayoutError, match="too much for one file"):
        packed(some_handouts())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tag", "clinic", "paper", "options"),
    [
        ("en", "riverside", "letter", {}),
        ("en", "riverside", "letter", {"cover": True}),
        ("en", "", "a4", {"cover": True, "duplex": True, "copies": 5}),
        ("ar", "riverside", "letter", {"cover": True, "duplex": True}),
        ("ar", "lakeside", "a4", {}),
        ("zh-Hans", "riverside", "letter", {"duplex": True, "copies": 2}),
        ("zh-Hans", "lakeside", "a4", {"cover": True, "duplex": True}),
    ],
)
def test_a_packet_conforms(tag: str, clinic: str, paper: str, options: dict[str, bool]) -> None:
    handout, _ = read_handout(LIBRARY, PML, tag)
    pdf = packed([handout, *some_handouts()[:2]], clinic, paper, **options)

    assert [str(failure) for failure in validate(pdf)] == []
    assert structure_problems(pdf) == []
    assert glyph_problems(pdf) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edition", "clinic"),
    [
        ("clear-print", ""),
        ("large-print", "riverside"),
        ("easy-read", "lakeside"),
        ("summary", "riverside"),
    ],
)
def test_a_packet_conforms_in_every_edition(edition: str, clinic: str) -> None:
    handout = handout_named(PML)
    pdf = packed([handout, handout], clinic, edition=edition, cover=True, duplex=True)

    assert [str(failure) for failure in validate(pdf)] == []
    assert structure_problems(pdf) == []
