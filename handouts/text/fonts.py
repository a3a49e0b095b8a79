"""Fonts: the families in ``fonts/`` and which script each serves.

Nothing is ever taken from the system, and no style is faked: a family without an italic is set
upright.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from handouts.diagnostics import Diagnostic, FontError, SourceSpan
from handouts.text.faces import Face as Face
from handouts.text.scripts import MAIN_SCRIPT

if TYPE_CHECKING:
    from handouts.text.glyphs import Line, StyledText
    from handouts.text.shaping import Manner
    from handouts.text.words import WordCache

DEFAULT_LINE_HEIGHT = 1.375
DEFAULT_RISE = 0.7
COMMON = "Zyyy"


@dataclass(frozen=True, slots=True)
class Family:
    """A design in up to four styles; ``faces`` maps ``bold-italic`` and the like to files."""

    name: str
    faces: Mapping[str, Path]
    line_height: float = DEFAULT_LINE_HEIGHT
    rise: float = DEFAULT_RISE

    def file(self, bold: bool, italic: bool) -> Path:
        """The style asked for, or else upright, or else regular."""
        wanted = []
        if bold and italic:
            wanted.append("bold-italic")
        if bold:
            wanted.append("bold")
        elif italic:
            wanted.append("italic")
        for style in (*wanted, "regular"):
            if style in self.faces:
                return self.faces[style]
        raise FontError(f"the family {self.name} has no regular face")


@dataclass(slots=True)
class FontLibrary:
    """The families of a fonts folder and the scripts they serve, as its fonts.yaml says.

    Faces are opened when they are first asked for and are the same objects ever after.
    ``words`` and ``home_words`` are where the shaping of words keeps what it has shaped,
    ``phrases`` where the lines of phrases are kept, by their width.
    """

    folder: Path
    words: dict[Manner, WordCache] = field(init=False, repr=False, default_factory=dict)
    home_words: dict[tuple[str, bool, bool, bool], WordCache] = field(
        init=False, repr=False, default_factory=dict
    )
    phrases: dict[tuple[StyledText, float], tuple[Line, ...]] = field(
        init=False, repr=False, default_factory=dict
    )
    _families: dict[str, Family] = field(init=False, repr=False)
    _scripts: dict[str, tuple[str, ...]] = field(init=False, repr=False)
    _faces: dict[Path, Face] = field(init=False, repr=False, default_factory=dict)
    _choices: dict[tuple[str, str, bool, bool], tuple[Face, ...]] = field(
        init=False, repr=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        # YAML is otherwise the business of reading/; this file is the generator's own, and
        # the text layer stands below reading.
        import yaml

        path = self.folder / "fonts.yaml"
        try:
            loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
            plan = yaml.load(path.read_bytes(), loader)  # noqa: S506 (both loaders are safe)
            self._families = {
                name: Family(
                    name,
                    {style: self.folder / file for style, file in entry["faces"].items()},
                    float(entry.get("line_height", DEFAULT_LINE_HEIGHT)),
                    float(entry.get("rise", DEFAULT_RISE)),
                )
                for name, entry in plan["families"].items()
            }
            self._scripts = {
                script.lower(): tuple(names) for script, names in plan["scripts"].items()
            }
        except OSError as error:
            raise FontError(
                Diagnostic("the fonts folder has no fonts.yaml", SourceSpan(path.as_posix()))
            ) from error
        except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError) as error:
            raise FontError(
                Diagnostic(f"fonts.yaml cannot be understood: {error}", SourceSpan(path.as_posix()))
            ) from error
        for script, names in self._scripts.items():
            for name in names:
                if name not in self._families:
                    raise FontError(
                        Diagnostic(
                            f'fonts.yaml names the family "{name}" for {script},'
                            " but has no such family",
                            SourceSpan(path.as_posix()),
                        )
                    )

    @property
    def word_count(self) -> int:
        """How many words are kept as they were shaped."""
        return sum(words.count for words in self.words.values())

    def forget(self) -> None:
        """Let go of all that was shaped, but not of the faces. Never while a text is set."""
        for kept in (self.words, self.home_words, self.phrases):
            kept.clear()
        for face in self._faces.values():
            face.forget()

    @property
    def family_names(self) -> tuple[str, ...]:
        return tuple(self._families)

    def family(self, name: str) -> Family:
        return self._families[name]

    def families(self, script: str, language: str = "") -> tuple[Family, ...]:
        """The families tried for a script (ISO 15924) in a language, the first one first.

        They are those of the script in this language (``Arab-ur``) or else of the script, and
        after them the ones for what all scripts share.
        """
        script = MAIN_SCRIPT.get(script, script)
        subtags = language.split("-") if language else []
        keys = ["-".join((script, *subtags[:count])) for count in range(len(subtags), -1, -1)]
        own = next((key.lower() for key in keys if key.lower() in self._scripts), None)
        names = self._scripts[own] if own else ()
        common = self._scripts.get(COMMON.lower(), ())
        return tuple(self._families[name] for name in dict.fromkeys((*names, *common)))

    def faces(
        self, script: str, language: str = "", *, bold: bool = False, italic: bool = False
    ) -> tuple[Face, ...]:
        """The faces tried for a script in a language, the first one first."""
        key = (script, language, bold, italic)
        faces = self._choices.get(key)
        if faces is None:
            files = [family.file(bold, italic) for family in self.families(script, language)]
            faces = self._choices[key] = tuple(self.face(path) for path in dict.fromkeys(files))
        return faces

    def face(self, path: Path) -> Face:
        face = self._faces.get(path)
        if face is None:
            face = self._faces[path] = Face(path)
        return face

    def leading_factor(self, script: str, language: str = "") -> float:
        """How much more leading than usual the script's first family needs; at least 1."""
        families = self.families(script, language)
        if not families:
            return 1.0
        return max(1.0, families[0].line_height / DEFAULT_LINE_HEIGHT)

    def rise(self, script: str, language: str = "") -> float:
        """How far the letters reach above the baseline, in parts of the size."""
        families = self.families(script, language)
        return families[0].rise if families else DEFAULT_RISE
