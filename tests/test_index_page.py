"""The index as a web page: its words, its languages, and that nobody's text becomes markup."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest

from handouts.clinic import Clinic, Palette, Phone
from handouts.diagnostics import ClinicError
from handouts.index_page import index_page
from handouts.languages import Languages, language, language_tags
from handouts.layout.indexes import lay_out_index
from handouts.listing import Index, IndexEntry
from handouts.paper import LETTER
from handouts.pdf.master import paint_master
from handouts.pdf.press import press
from handouts.pipeline import fonts, make_imprint
from tests.chromium import screenshot
from tests.reading_back import blocks
from tests.sheets import clinic_named
from tests.some_index import HARD_NAMES, index_in_every_language, index_of, index_with_hard_names

VOID = ("meta", "link", "img", "br", "hr", "input", "base")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></style></a><b>x",
    "&lt;b&gt; &amp; {clinic} %s \\0",
    "<!-- ",
)


def page_of(index: Index, clinic: Clinic | None = None) -> str:
    owner = clinic or clinic_named("riverside")
    assert owner is not None
    return index_page(index, owner, Languages()).decode()


@dataclass
class Node:
    tag: str
    entries: dict[str, str]
    parent: Node | None = None
    kids: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    @property
    def language(self) -> tuple[str, str]:
        """The language and direction that it has, or else that of what it stands in."""
        if "lang" in self.entries:
            return self.entries["lang"], self.entries["dir"]
        assert self.parent is not None
        return self.parent.language

    def walk(self) -> Iterator[Node]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def all(self, tag: str) -> list[Node]:
        return [node for node in self.walk() if node.tag == tag]


class _Reader(HTMLParser):
    """The page as a tree, with whatever is in it that a writer of markup would not have meant."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Node("", {})
        self.slips: list[str] = []
        self._open = self.root

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self._open)
        self._open.kids.append(node)
        if tag not in VOID:
            self._open = node

    def handle_endtag(self, tag: str) -> None:
        if tag != self._open.tag:
            self.slips.append(f"</{tag}> in <{self._open.tag}>")
        elif self._open.parent is not None:
            self._open = self._open.parent

    def handle_data(self, data: str) -> None:
        self._open.kids.append(data)

    def handle_comment(self, data: str) -> None:
        self.slips.append(f"<!--{data}-->")


def tree_of(page: str) -> Node:
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.slips == []
    return reader.root


def listed(tree: Node) -> list[tuple[str, str]]:
    """The titles with what is said of them."""
    items = [item for section in tree.all("section") for item in section.all("li")]
    return [(item.all("a")[0].text, item.all("span")[0].text) for item in items]


# --- its words -------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_the_page_says_what_the_sheet_says_in_the_same_order(tag: str) -> None:
    index = index_in_every_language(tag)
    tree = tree_of(page_of(index))
    sheet = lay_out_index(index, language(tag), fonts(), LETTER)
    spoken = blocks(press(paint_master(sheet), make_imprint(None, tag, LETTER)))
    texts = [block.text for block in spoken if block.tag in ("H2", "P")]
    in_sections = [
        text
        for section in tree.all("section")
        for text in (section.all("h2")[0].text, *sum(listed(section), ()))
    ]

    assert tree.all("h1")[0].text == spoken[0].text
    assert in_sections == texts[texts.index(in_sections[0]) :][: len(in_sections)]


def test_the_page_names_the_clinic_and_its_phones() -> None:
    tree = tree_of(page_of(index_of("Asthma")))
    header = tree.all("header")[0]

    assert header.all("p")[0].text == "Riverside Family Clinic"
    assert [" ".join(p.text.split()) for p in header.all("p")[1:]] == [
        "Phone 212-555-0142",
        "Nurse line 212-555-0143",
    ]
    assert [a.entries["href"] for a in header.all("a")] == ["tel:2125550142", "tel:2125550143"]
    assert tree.all("title")[0].text == "Our handouts · Riverside Family Clinic"


def test_the_page_leads_to_each_language_where_there_are_several() -> None:
    tree = tree_of(page_of(index_in_every_language("en")))
    (ways,) = tree.all("nav")

    assert [a.entries["href"] for a in ways.all("a")] == [
        f"#{section.entries['id']}" for section in tree.all("section")
    ]
    assert len(ways.all("a")) == len(language_tags())
    assert tree_of(page_of(index_of("Asthma"))).all("nav") == []


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_everything_says_its_language_and_direction(tag: str) -> None:
    tree = tree_of(page_of(index_in_every_language(tag)))
    own = (tag, "rtl" if tag == "ar" else "ltr")

    assert tree.all("html")[0].language == own
    assert tree.all("header")[0].all("p")[0].language == ("en", "ltr")
    for section in tree.all("section"):
        other = section.entries["id"]
        there = (other, "rtl" if language(other).right_to_left else "ltr")
        assert section.all("h2")[0].language == there
        assert {span.language for span in section.all("h2")[0].all("span")} <= {own}
        assert {a.language for a in section.all("a")} == {there}
        assert {fact.language for fact in section.all("bdi")} == {own}


# --- its safety ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(text: str) -> None:
    riverside = clinic_named("riverside")
    assert riverside is not None
    clinic = replace(riverside, name=text, phones=(Phone("1" + text, text),))
    entry = IndexEntry(text, "en", text, 1, False, text)
    tree = tree_of(page_of(Index("en", (entry,)), clinic))
    plain = tree_of(page_of(Index("en", (replace(entry, title="x", file="x", note="x"),))))

    assert listed(tree) == [(text, f"{text} · 1 page")]
    assert tree.all("title")[0].text == f"Our handouts · {text}"
    assert tree.all("header")[0].all("p")[0].text == text
    assert {node.tag for node in tree.walk()} == {node.tag for node in plain.walk()}


def test_markup_in_a_text_would_be_found() -> None:
    page = page_of(index_of("Asthma"))

    assert tree_of(page.replace("Asthma", HOSTILE[0])).all("script")
    assert tree_of(page.replace("Asthma", HOSTILE[1].removeprefix('">'))).all("img")
    for slip in (HOSTILE[2], HOSTILE[4] + "-->"):
        with pytest.raises(AssertionError):
            tree_of(page.replace("Asthma", slip))


def test_each_link_leads_to_its_file_and_nowhere_else() -> None:
    tree = tree_of(page_of(index_with_hard_names()))
    links = [a for section in tree.all("section") for a in section.all("a")]
    targets = [urlsplit(a.entries["href"]) for a in links]

    assert {unquote(target.path) for target in targets} == {f"./{name}" for name in HARD_NAMES}
    assert {(t.scheme, t.netloc, t.query, t.fragment) for t in targets} == {("", "", "", "")}
    assert [unquote(target.path) for target in targets] == [f"./{a.text}" for a in links]


def policy_of(tree: Node) -> dict[str, str]:
    (meta,) = (m for m in tree.all("meta") if "http-equiv" in m.entries)
    assert meta.entries["http-equiv"] == "Content-Security-Policy"
    parts = (part.strip().partition(" ") for part in meta.entries["content"].split(";"))
    return {name: value for name, _, value in parts}


def test_the_pages_policy_allows_its_own_style_and_nothing_else() -> None:
    tree = tree_of(page_of(index_in_every_language("en")))
    (style,) = tree.all("style")
    digest = b64encode(sha256(style.text.encode()).digest()).decode()

    assert policy_of(tree) == {
        "default-src": "'none'",
        "style-src": f"'sha256-{digest}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    names = {name for node in tree.walk() for name in node.entries}
    assert not {name for name in names if name.startswith("on")} | ({"style", "src"} & names)
    assert "url(" not in style.text
    assert "@import" not in style.text


@pytest.mark.system("chromium")
def test_a_browser_takes_the_style_under_the_policy_and_no_other() -> None:
    page = page_of(index_of("Asthma", "Bronchitis"))
    start, end = page.index("<meta http-equiv"), page.index("<meta name")
    allowed, free, changed = (
        screenshot(html, 400, 300, 1).tobytes()
        for html in (page, page[:start] + page[end:], page.replace("<style>", "<style> "))
    )

    assert allowed == free
    assert allowed != changed


# --- its looks -------------------------------------------------------------------------------


def test_the_page_has_the_clinics_colour_and_a_style_for_printing() -> None:
    (style,) = tree_of(page_of(index_of("Asthma"))).all("style")

    assert "a { color: #0B4F57;" in style.text
    assert "@media print" in style.text


def test_a_colour_that_is_none_is_refused() -> None:
    riverside = clinic_named("riverside")
    assert riverside is not None

    with pytest.raises(ClinicError):
        page_of(index_of("Asthma"), replace(riverside, palette=Palette("red}</style>")))


def test_the_same_index_gives_the_same_page() -> None:
    index = index_in_every_language("en")

    assert page_of(index) == page_of(replace(index, entries=index.entries[::-1]))
