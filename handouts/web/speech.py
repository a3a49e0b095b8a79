"""How a part of the page speaks: its voice, its edition, and which languages it has spoken."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from handouts.diagnostics import NotFoundError
from handouts.edition import Edition
from handouts.languages import Language
from handouts.wording.voice import Voice


@dataclass(frozen=True, slots=True)
class Speech:
    """``spoken`` gathers every language of the page, whose script needs its own typefaces."""

    voice: Voice
    edition: Edition
    spoken: dict[str, Language] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        return self.voice.language

    def word(self, key: str, **values: str | int) -> str:
        return self.voice.word(key, **values)

    def inside(self, tag: str) -> Speech:
        """That of a part in another language. Raises NotFoundError: there are no words in it."""
        own = replace(self, voice=self.voice.inside(tag))
        self.spoken[own.language.tag] = own.language
        return own

    def foreign(self, tag: str) -> str:
        """The tag if it is of another language; that language is spoken then."""
        if tag in ("", self.language.tag):
            return ""
        try:
            self.spoken[tag] = self.voice.languages.language(tag)
        except NotFoundError:  # a name or a title; nothing is said in the generator's words
            return tag
        return tag

    def list_style(self) -> str:
        """The class of lists that are numbered in this language's digits."""
        return f"numbered-{self.language.tag}"

    def attributes(self, tag: str = "") -> dict[str, str | None]:
        """``lang`` and ``dir`` of an element in the language ``tag``; none for its own."""
        if tag in ("", self.language.tag):
            return {}
        return spoken_in(self.inside(tag).language)


def spoken_in(language: Language) -> dict[str, str | None]:
    """The attributes that say in which language, and which way, an element runs."""
    return {"lang": language.tag, "dir": "rtl" if language.right_to_left else "ltr"}
