"""Fonts: the families in ``fonts/``, which script each serves, and the measures of each face.

Nothing is ever taken from the system, and no style is faked: a family without an italic is set
upright. What a PDF says of a face (ISO 32000-1, 9.8) is in thousandths of the type size.
"""

from __future__ import annotations

import hashlib
import struct
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import uharfbuzz as hb

from handouts.diagnostics import Diagnostic, FontError, SourceSpan
from handouts.text.glyphs import HANGING, Glyph, Piece
from handouts.text.space_rules import words_stand_alone

if TYPE_CHECKING:
    from handouts.text.shaping import Manner
    from handouts.text.words import WordCache

DEFAULT_LINE_HEIGHT = 1.375

# Glyphs and pieces that a face keeps; when it has more it starts afresh.
LIMIT = 50_000
COMMON = "Zyyy"

# Codes for ways of writing that use one or several of the scripts that characters have.
MAIN_SCRIPT = {"Hans": "Hani", "Hant": "Hani", "Jpan": "Hira", "Kore": "Hang"}


class Face:
    """One font file, mapped into memory; equal only to itself.

    ``hb_face`` and ``hb_font`` are HarfBuzz's, in font units.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise FontError(
                Diagnostic(
                    f"the font file {path.name} is missing",
                    SourceSpan(path.as_posix()),
                    hint="put the file back, or change its line in fonts.yaml",
                )
            )
        self.path = path
        self.hb_face = hb.Face(hb.Blob.from_file_path(str(path)))
        if not self.hb_face.glyph_count:
            raise FontError(
                Diagnostic(f"{path.name} is not a font file", SourceSpan(path.as_posix()))
            )
        self.hb_font = hb.Font(self.hb_face)
        self.units_per_em: int = self.hb_face.upem
        self.scale = 1000 / self.units_per_em
        self._covers: dict[str, bool] = {}
        self._glyphs: dict[tuple[int, str, tuple[int, int, int, int]], Glyph] = {}
        self._pieces: dict[tuple[str, tuple[Glyph, ...]], Piece] = {}

    def __repr__(self) -> str:
        return f"Face({self.name})"

    @cached_property
    def name(self) -> str:
        """The PostScript name."""
        name = self.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME)
        return name or self.path.stem.replace(" ", "")

    @cached_property
    def data(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def glyph_count(self) -> int:
        return int(self.hb_face.glyph_count)

    def covers(self, character: str) -> bool:
        known = self._covers.get(character)
        if known is None:
            known = self.hb_font.get_nominal_glyph(ord(character)) is not None
            self._covers[character] = known
        return known

    def glyph_of(self, character: str) -> int:
        """The glyph that stands for a character before any shaping; 0 if there is none."""
        return self.hb_font.get_nominal_glyph(ord(character)) or 0

    def glyph(self, gid: int, text: str, place: tuple[int, int, int, int]) -> Glyph:
        """A placed glyph; ``place`` is x and y offset, x and y advance, in font units."""
        key = (gid, text, place)
        glyph = self._glyphs.get(key)
        if glyph is None:
            if len(self._glyphs) > LIMIT:
                self._glyphs.clear()
            dx, dy, advance, _ = place
            scale = self.scale
            glyph = Glyph(gid, text, advance * scale, dx * scale, dy * scale)
            self._glyphs[key] = glyph
        return glyph

    def piece(self, text: str, glyphs: tuple[Glyph, ...]) -> Piece:
        """The piece of these glyphs, which stand for the text."""
        key = (text, glyphs)
        piece = self._pieces.get(key)
        if piece is None:
            if len(self._pieces) > LIMIT:
                self._pieces.clear()
            piece = self._pieces[key] = _piece(text, glyphs)
        return piece

    def width(self, gid: int) -> float:
        """The glyph's advance width in the font (hmtx), in thousandths."""
        return float(self.hb_font.get_glyph_h_advance(gid) * self.scale)

    @cached_property
    def space(self) -> int:
        """The glyph of the space character."""
        return self.glyph_of(" ")

    @cached_property
    def words_stand_alone(self) -> bool:
        """Whether words may be shaped one by one."""
        return words_stand_alone(self.hb_face, self.space)

    @cached_property
    def ascent(self) -> float:
        return self._number("hhea", ">h", 4)

    @cached_property
    def descent(self) -> float:
        """Below the baseline, as a negative number."""
        return self._number("hhea", ">h", 6)

    @cached_property
    def cap_height(self) -> float:
        # Version 2 of the OS/2 table added the cap height.
        if self._table("OS/2", 2)[:2] >= b"\0\2":
            height = self._number("OS/2", ">h", 88)
            if height:
                return height
        return self.ascent

    @cached_property
    def bbox(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of all glyphs together."""
        left, bottom, right, top = struct.unpack_from(">4h", self._table("head", 54), 36)
        scale = self.scale
        return left * scale, bottom * scale, right * scale, top * scale

    @cached_property
    def italic_angle(self) -> float:
        """Degrees from upright; a face that leans to the right has a negative angle."""
        return float(struct.unpack_from(">i", self._table("post", 16), 4)[0] / 65536)

    @cached_property
    def is_fixed_pitch(self) -> bool:
        return bool(struct.unpack_from(">I", self._table("post", 16), 12)[0])

    @cached_property
    def weight(self) -> int:
        """From 1 to 1000; 400 is regular and 700 bold."""
        return int(struct.unpack_from(">H", self._table("OS/2", 6), 4)[0])

    @cached_property
    def stem_v(self) -> float:
        """The width of upright stems, which font files do not tell, estimated from the weight."""
        return 50 + (self.weight / 65) ** 2

    def _number(self, table: str, form: str, offset: int) -> float:
        data = self._table(table, offset + struct.calcsize(form))
        return float(struct.unpack_from(form, data, offset)[0] * self.scale)

    def _table(self, tag: str, length: int) -> bytes:
        data = bytes(self.hb_face.reference_table(tag).data)
        if len(data) < length:
            raise FontError(
                Diagnostic(
                    f"{self.path.name} has no usable {tag} table", SourceSpan(self.path.as_posix())
                )
            )
        return data


def _piece(text: str, glyphs: tuple[Glyph, ...]) -> Piece:
    hang = 0.0
    if text[-1] in HANGING:
        for glyph in reversed(glyphs):
            if not glyph.text or glyph.text not in HANGING:
                break
            hang += glyph.advance
    return Piece(text, glyphs, sum([glyph.advance for glyph in glyphs]), hang)


@dataclass(frozen=True, slots=True)
class Family:
    """A design in up to four styles; ``faces`` maps ``bold-italic`` and the like to files."""

    name: str
    faces: Mapping[str, Path]
    line_height: float = DEFAULT_LINE_HEIGHT

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
    ``words`` and ``home_words`` are where the shaping of words keeps what it has shaped.
    """

    folder: Path
    words: dict[Manner, WordCache] = field(init=False, repr=False, default_factory=dict)
    home_words: dict[tuple[str, bool, bool, bool], WordCache] = field(
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


def missing_glyph(character: str, text: str, language: str) -> FontError:
    """The error for a character that no family has; ``text`` is where it stands."""
    try:
        name = unicodedata.name(character)
    except ValueError:
        name = "a character without a name"
    shown = character if character.isprintable() else "the character"
    return FontError(
        Diagnostic(
            f'no font has a letter or sign for {shown} U+{ord(character):04X} {name} in "{text}"',
            hint=f"write it another way, or add a family that has it for {language}"
            " to fonts/fonts.yaml",
        )
    )
