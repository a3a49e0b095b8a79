"""In which language a part of a sheet speaks, and what it says for numbers and variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from handouts.document import Variable
from handouts.languages import Language, Languages
from handouts.wording.inlines import variables


@dataclass(frozen=True, slots=True)
class Voice:
    """``emergency_number`` is the clinic's, or empty; ``numbers`` are those of the references."""

    language: Language
    languages: Languages
    emergency_number: str
    numbers: Mapping[str, int]

    def inside(self, tag: str) -> Voice:
        """The voice of a part in another language; itself for none or its own.

        Raises:
            NotFoundError: there are no words in that language.
        """
        if tag in ("", self.language.tag):
            return self
        return replace(self, language=self.languages.language(tag))

    def word(self, key: str, **values: str | int) -> str:
        return self.language.word(key, **values)

    def value(self, variable: Variable) -> str:
        return variables(self.language, self.emergency_number)[variable.name]
