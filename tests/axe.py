"""axe-core in Chromium: what it finds wrong with a page of HTML, on a screen and in print.

Tests that call this need the mark ``system("chromium")``. axe-core comes with the package
``axe-playwright-python``. Its script is put into the page past the page's own policy, which would
not let it run; ``shown`` tells of a page that is left as it is.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

HEIGHT = 900

# Every rule: those of WCAG, best practices, and what is off unless asked for.
_RUN = """async () => {
    const rules = Object.fromEntries(axe.getRules().map(rule => [rule.ruleId, {enabled: true}]));
    return await axe.run(document, {rules, resultTypes: ['violations', 'incomplete']});
}"""


@dataclass(frozen=True, slots=True)
class View:
    """How a page is looked at; ``width`` in CSS pixels."""

    width: int
    media: str = "screen"


DESK, PHONE, PRINT = View(1280), View(320), View(680, "print")


@dataclass(frozen=True, slots=True)
class Findings:
    """The rules that are broken, and those that axe-core could not decide, with its reasons.

    ``overflow`` is how many pixels the page is wider than the window.
    """

    broken: Mapping[str, list[str]]
    undecided: Mapping[str, set[str]]
    overflow: int


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        try:
            yield started
        finally:
            started.close()


def findings(chromium: Browser, html: str, *views: View) -> list[Findings]:
    """What axe-core finds in each view of the page."""
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.set_content(html)
    page.evaluate(_axe())
    found = [_findings(page, view) for view in views]
    context.close()
    return found


def shown(chromium: Browser, html: str) -> tuple[list[str], bool]:
    """What a page asks for and the browser says of it, and whether all of its pictures are seen."""
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("request", lambda request: said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.set_content(html)
    seen = page.evaluate("[...document.images].every(image => image.naturalWidth > 0)")
    context.close()
    return [each for each in said if not each.startswith("data:")], seen


def _findings(page: Page, view: View) -> Findings:
    page.set_viewport_size({"width": view.width, "height": HEIGHT})
    page.emulate_media(media=view.media)  # type: ignore[arg-type]
    result = page.evaluate(_RUN)
    return Findings(
        {
            rule["id"]: [str(node["target"]) for node in rule["nodes"]]
            for rule in result["violations"]
        },
        {rule["id"]: set(_reasons(rule)) for rule in result["incomplete"]},
        page.evaluate("document.documentElement.scrollWidth - innerWidth"),
    )


def _reasons(rule: Mapping[str, Any]) -> Iterator[str]:
    for node in rule["nodes"]:
        for check in (*node["any"], *node["all"], *node["none"]):
            yield check["message"]


@cache
def _axe() -> str:
    place = distribution("axe-playwright-python").locate_file("axe_playwright_python/axe.min.js")
    return Path(str(place)).read_text("utf-8")
