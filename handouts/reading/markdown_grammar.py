"""The Markdown of handouts, as markdown-it rules.

CommonMark and GFM tables, with citations ``[^id]``, variables ``{name}``, foreign words
``[text]{lang=fr}`` and fenced callouts ``::: note``. What a handout may not use is recognised
all the same, so that the reader can refuse it by name instead of printing its signs.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from mdit_py_plugins.container import container_plugin

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_CITATION = re.compile(r"\[\^([^\]\[\s]+)\]")
_VARIABLE = re.compile(r"\{([^{}\n]*)\}")
_LANGUAGE = re.compile(r"\{\s*lang\s*=\s*\"?([^\s}\"]*)\"?\s*\}")


@cache
def grammar() -> MarkdownIt:
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Escapes stay apart from the text around them, so that text can be found in its source.
    markdown.disable("text_join")
    for rule in (_citation, _foreign_words, _braces):
        markdown.inline.ruler.before("link", rule.__name__, rule)
    container_plugin(markdown, "callout", validate=lambda *_: True)
    # Every address becomes a link; the reader says which may not be used.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.normalizeLink = _normal_link  # type: ignore[method-assign]
    return markdown


def _normal_link(url: str) -> str:
    try:
        return normalizeLink(url)
    except ValueError:
        return url


def _push(state: StateInline, kind: str, content: str, markup: str, nesting: Any = 0) -> None:
    token = state.push(kind, "", nesting)
    token.content = content
    token.markup = markup


def _citation(state: StateInline, silent: bool) -> bool:
    found = _CITATION.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        _push(state, "citation", found[1], found[0])
    state.pos = found.end()
    return True


def _foreign_words(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    start = state.pos + 1
    end = state.md.helpers.parseLinkLabel(state, state.pos)
    found = _LANGUAGE.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not found:
        return False
    if not silent:
        whole = state.posMax
        _push(state, "foreign_open", found[1], "[", 1)
        state.pos, state.posMax = start, end
        state.md.inline.tokenize(state)
        state.posMax = whole
        _push(state, "foreign_close", "", found[0], -1)
    state.pos = found.end()
    return True


def _braces(state: StateInline, silent: bool) -> bool:
    sign = state.src[state.pos]
    if sign not in "{}":
        return False
    if state.src.startswith(sign * 2, state.pos):
        kind, content, markup = "text_special", sign, sign * 2
    elif found := _VARIABLE.match(state.src, state.pos, state.posMax):
        kind, content, markup = "variable", found[1], found[0]
    else:
        kind, content, markup = "stray_brace", sign, sign
    if not silent:
        _push(state, kind, content, markup)
    state.pos += len(markup)
    return True
