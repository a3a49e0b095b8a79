"""Languages that somebody asks for by their tags, and what to say of one that is not there."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from handouts.diagnostics import (
    Diagnostic,
    HandoutError,
    NoSuchLanguageError,
    NotFoundError,
    UsageError,
)
from handouts.languages import Languages, language, language_and_script, language_tags
from handouts.reading.names import is_language_tag


def english_name(tag: str, languages: Languages) -> str:
    """What the language is called in English; its own name, or its tag, where nothing tells."""
    try:
        return language("en").language_name(tag)
    except NotFoundError:
        return languages.language(tag).name if tag in languages.tags() else tag


def is_known(tag: str) -> bool:
    """Whether the program or CLDR has the language."""
    return tag in language_tags() or english_name(tag, Languages()) != tag


def named(tag: str, languages: Languages) -> str:
    """Such as `Somali (so)`, or only the tag."""
    name = english_name(tag, languages)
    return tag if name == tag else f"{name} ({tag})"


def no_such_language(
    slug: str, tag: str, there: tuple[str, ...], languages: Languages
) -> HandoutError:
    """Why a handout that has the languages ``there`` cannot be read in this one."""
    if not is_language_tag(tag):
        close = nearest_tag(tag, (*there, *languages.tags()), languages)
        hint = f'did you mean "{close}"?' if close else "write one such as en, es or zh-Hans"
        return UsageError(Diagnostic(f'"{tag}" is not a language tag', hint=hint))
    message = f'the handout "{slug}" has no words in the language {named(tag, languages)}'
    if tag not in languages.tags():
        message += ", and the program has none of its own in it"
    close = nearest_tag(tag, there, languages)
    has = ", ".join(named(one, languages) for one in there) or "none at all"
    hint = f"it has {has}"
    if close:
        hint = f'did you mean "{close}"? {hint}'
    elif there and tag in languages.tags():
        hint += (
            f"; `make-handout build {slug} --language {tag} --fallback` prints the one it was "
            "written in, and says so in the one you want"
        )
    return NoSuchLanguageError(Diagnostic(message, hint=hint))


def nearest_tag(written: str, tags: Iterable[str], languages: Languages) -> str:
    """The tag that was most likely meant by a wrong tag or by a name; empty if none is near."""
    known: dict[str, str] = {}
    for tag in tags:
        known.setdefault(tag.casefold(), tag)
        known.setdefault(english_name(tag, languages).casefold(), tag)
        if not is_language_tag(written) and tag in languages.tags():
            known.setdefault(languages.language(tag).name.casefold(), tag)
    wanted = written.casefold()
    for tag in known.values():
        if tag.casefold() == wanted:
            return tag
    language, script = language_and_script(wanted)
    same = [tag for tag in known.values() if language_and_script(tag)[0] == language]
    if same:
        return next((tag for tag in same if language_and_script(tag)[1] == script), same[0])
    if is_language_tag(written) or len(written) < 3:  # such as tlh, which is far from tl
        return ""
    close = get_close_matches(wanted, known, n=1, cutoff=0.6)
    return known[close[0]] if close else ""
