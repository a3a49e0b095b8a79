"""axe-core finds nothing wrong with the page, on a screen, on a phone and in print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser

from handouts.web.page import web_page
from tests.axe import DESK, PHONE, PRINT, View, browser, findings, shown
from tests.web.pages import every_block, page_of, prepared_of, prepared_pml

VIEWS = (DESK, PHONE, PRINT)

# What axe-core leaves to a person, and what a person found.
UNDECIDED = {
    # Labels stand on the white of their picture, the QR code beside its words.
    "color-contrast": ("image node", "overlaps other", "obscured by another", "outside the"),
    # In print the running foot stands in the page's margin, by the style sheet.
    "hidden-content": ("hidden content",),
    # A label of a phone, two lines high at the most, above its number.
    "p-as-heading": ("styled as headings",),
    # "Reference 1" for "1": axe-core does not compare digits of some scripts.
    "label-content-name-mismatch": ("",),
}

# Nobody taps on paper, where lines stand closer together than a finger needs.
ON_SCREENS = {"target-size"}

pytestmark = [pytest.mark.system("chromium"), pytest.mark.slow]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


def wrong(chromium: Browser, page: str, *views: View) -> dict[View, object]:
    """What is wrong in each view, if anything is."""
    found: dict[View, object] = {}
    for view, seen in zip(views, findings(chromium, page, *views), strict=True):
        broken = seen.broken.keys() - (ON_SCREENS if view is PRINT else set())
        undecided = {
            (rule, reason)
            for rule, reasons in seen.undecided.items()
            for reason in reasons
            if not any(known in reason for known in UNDECIDED.get(rule, ()))
        }
        if broken or undecided or seen.overflow > 0:
            found[view] = (broken, undecided, seen.overflow)
    return found


@pytest.mark.parametrize("clinic", ["riverside", ""])
@pytest.mark.parametrize("tag", ["en", "ar", "zh-Hans"])
def test_nothing_is_wrong_with_the_page(chromium: Browser, tag: str, clinic: str):
    assert wrong(chromium, page_of(tag, clinic), *VIEWS) == {}


def test_nothing_is_wrong_with_any_block(chromium: Browser):
    assert wrong(chromium, web_page(prepared_of(every_block())), *VIEWS) == {}


def test_nothing_is_wrong_with_parts_in_other_languages(chromium: Browser):
    prepared = prepared_pml("ar", "riverside")
    handout = prepared.handout
    assert handout.at_a_glance is not None
    section, *others = handout.sections
    english = prepared_pml("en").handout
    assert english.at_a_glance is not None
    mixed = replace(
        handout,
        title=english.title,
        title_language="en",
        at_a_glance=replace(english.at_a_glance, language="en"),
        sections=(replace(english.sections[0], language="en"), *others),
    )
    assert section.id == english.sections[0].id

    assert wrong(chromium, web_page(replace(prepared, handout=mixed)), *VIEWS) == {}


@pytest.mark.parametrize("clinic", ["riverside", "lakeside"])
def test_the_page_asks_for_nothing_and_shows_its_own_pictures(chromium: Browser, clinic: str):
    assert shown(chromium, page_of("en", clinic)) == ([], True)


# --- that the harness can say no -------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "old", "new"),
    [
        ("image-alt", "<main>", '<main><p><img src="data:,"></p>'),
        ("html-has-lang", '<html lang="en" dir="ltr">', "<html>"),
        ("html-lang-valid", '<html lang="en"', '<html lang="english"'),
        ("color-contrast", "--muted: #595959", "--muted: #B0B0B0"),
        ("document-title", "<title>", "<title hidden></title><meta content="),
        ("heading-order", "<h2>", "<h4>"),
        ("duplicate-id", 'id="causes"', 'id="definition"'),
        ("landmark-one-main", "<main>", "<div>"),
        ("role-img-alt", 'role="img" aria-label="', 'role="img" data-label="'),
    ],
)
def test_a_planted_fault_is_found(chromium: Browser, found: str, old: str, new: str):
    page = page_of("en", "riverside")
    assert old in page

    (seen,) = findings(chromium, page.replace(old, new), DESK)

    assert found in seen.broken


def test_a_page_that_is_too_wide_is_found(chromium: Browser):
    page = page_of("en").replace("<main>", f"<main><pre>{'wide ' * 40}</pre>")

    (seen,) = findings(chromium, page, PHONE)

    assert seen.overflow > 0


@pytest.mark.parametrize(
    "planted",
    [
        "<script>document.title = 'run'</script>",
        '<img src="https://example.org/x.png" alt="">',
        "<style>body { color: red }</style>",
        '<p style="color: red">x</p>',
    ],
)
def test_the_policy_refuses_what_is_not_the_pages_own(chromium: Browser, planted: str):
    page = page_of("en").replace("<main>", f"<main>{planted}")

    said, _ = shown(chromium, page)

    assert any("Content Security Policy" in each for each in said)
