"""The library: a folder of handouts, clinics and maybe strings, and where each file lies in it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from handouts.diagnostics import (
    ClinicError,
    ContentError,
    Diagnostic,
    HandoutError,
    NotFoundError,
    SourceSpan,
)
from handouts.edition import Edition, Editions
from handouts.languages import Languages
from handouts.reading.handout_files import FACTS
from handouts.reading.leaves import LANGUAGE_TAG
from handouts.reading.marked_yaml import LARGEST_FILE, read_yaml
from handouts.reading.names import is_language_tag, is_slug
from handouts.reading.report import Report, Unreadable
from handouts.reading.shapes import nearest
from handouts.reading.tags import no_such_language

FACTS_FILE = "handout.yaml"
CLINIC_FILE = "clinic.yaml"
STRINGS_FOLDER = "strings"
EDITIONS_FOLDER = "editions"


@dataclass(frozen=True, slots=True)
class Library:
    """``root`` is shown in messages as it is given here."""

    root: Path

    def handouts(self) -> tuple[str, ...]:
        """The slugs of all handouts, in alphabetical order. Raises NotFoundError."""
        return self._slugs("handout", FACTS_FILE)

    def clinics(self) -> tuple[str, ...]:
        """The slugs of all clinics, in alphabetical order. Raises NotFoundError."""
        return self._slugs("clinic", CLINIC_FILE)

    def languages(self, slug: str) -> tuple[str, ...]:
        """The tags of the languages that a handout has words in. Raises NotFoundError."""
        names = (path.stem for path in self.handout_folder(slug).glob("*.yaml"))
        return tuple(sorted(name for name in names if is_language_tag(name)))

    def source_language(self, slug: str) -> str:
        """The language that a handout was first written in.

        Raises:
            NotFoundError: no such handout.
            ContentError: its file does not say. What else is wrong with it may not show here.
        """
        file = self.facts_file(slug)
        if tag := _plain_source_language(file):
            return tag
        report = Report()
        try:
            facts = read_yaml(file, report)
            for key, value in facts.entries:
                if key.text == "source_language":
                    return LANGUAGE_TAG.read(value, report)
            FACTS.read(facts, report)
        except Unreadable:
            pass
        raise report.failure(ContentError)

    def handout_folder(self, slug: str) -> Path:
        """Raises NotFoundError, naming the nearest handout."""
        return self._folder("handout", slug, FACTS_FILE)

    def facts_file(self, slug: str) -> Path:
        """The file with what no language changes.

        Raises NotFoundError, and ContentError if the file leads out of the library.
        """
        return self._inside(self.handout_folder(slug) / FACTS_FILE, ContentError)

    def words_file(self, slug: str, language: str) -> Path:
        """The file with the words in one language.

        Raises as facts_file does, and NoSuchLanguageError or UsageError with what is there.
        """
        languages = self.languages(slug)
        if language not in languages:
            raise no_such_language(slug, language, languages, self.registry())
        return self._inside(self.root / "handouts" / slug / f"{language}.yaml", ContentError)

    def registry(self) -> Languages:
        """The generator's languages and those that the library adds. Raises ContentError."""
        folder = self.root / STRINGS_FOLDER
        if not folder.is_dir():
            return Languages()
        return _registry(folder, _state(folder))

    def editions(self) -> Editions:
        """The generator's editions and those that the library adds. Raises ContentError."""
        folder = self.root / EDITIONS_FOLDER
        if not folder.is_dir():
            return Editions()
        return _editions(folder, _state(folder))

    def edition(self, name: str) -> Edition:
        """Raises NotFoundError, naming the nearest edition, and ContentError."""
        editions = self.editions()
        if name not in editions.names():
            hint = nearest(name, editions.names())
            raise NotFoundError(Diagnostic(f'there is no edition "{name}"', hint=hint))
        return editions.edition(name)

    def clinic_file(self, slug: str) -> Path:
        """Raises NotFoundError naming the nearest clinic, ClinicError if it leads elsewhere."""
        return self._inside(self._folder("clinic", slug, CLINIC_FILE) / CLINIC_FILE, ClinicError)

    def _slugs(self, kind: str, file: str) -> tuple[str, ...]:
        try:
            names = [entry.name for entry in (self.root / f"{kind}s").iterdir()]
        except OSError as error:
            raise NotFoundError(
                Diagnostic(
                    f"the library has no folder that can be read at {self.root / f'{kind}s'}",
                    hint="name the folder that holds `handouts` and `clinics`",
                )
            ) from error
        return tuple(sorted(name for name in names if self._has(kind, name, file)))

    def _has(self, kind: str, slug: str, file: str) -> bool:
        return is_slug(slug) and is_file(self.root / f"{kind}s" / slug / file)

    def _folder(self, kind: str, slug: str, file: str) -> Path:
        if not self._has(kind, slug, file):
            known = self._slugs(kind, file)
            hint = nearest(slug, known) if known else f"the library has no {kind}s"
            raise NotFoundError(Diagnostic(f'there is no {kind} "{slug}"', hint=hint))
        return self.root / f"{kind}s" / slug

    def _inside(self, path: Path, kind: type[HandoutError]) -> Path:
        """The path, if it does not lead out of the library through a link."""
        if not leads_into(path, self.root):
            raise kind(
                Diagnostic(
                    "the path leads out of the library",
                    SourceSpan(path.as_posix()),
                    hint="copy what it links to into the library",
                )
            )
        return path


# In YAML, only a key of the whole file can begin at the margin.
_SOURCE_LANGUAGE = re.compile(rb"^source_language: +([A-Za-z0-9-]+) *(?: #.*)?\r?$", re.MULTILINE)


def _plain_source_language(file: Path) -> str:
    """What a line of its own says of it; empty if it is written otherwise.

    A batch asks this of every handout, and to read a whole file of facts takes a millisecond.
    """
    try:
        with file.open("rb") as stream:
            found = _SOURCE_LANGUAGE.findall(stream.read(LARGEST_FILE))
    except OSError:
        return ""
    tag = found[0].decode("ascii") if len(found) == 1 else ""
    return tag if is_language_tag(tag) else ""


_State = tuple[tuple[str, int, int], ...]


def _state(folder: Path) -> _State:
    """The name, the time of change and the size of each file: another if one has changed."""
    stats = ((path.name, path.stat()) for path in sorted(folder.iterdir()))
    return tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats)


@lru_cache(maxsize=2)
def _registry(folder: Path, _files: _State) -> Languages:
    """Every handout and every clinic asks for it; it is read again when a file has changed."""
    from handouts.reading.strings_files import read_languages

    return read_languages(folder)


@lru_cache(maxsize=2)
def _editions(folder: Path, _files: _State) -> Editions:
    """As with the languages."""
    from handouts.reading.edition_files import read_editions

    return read_editions(folder)


def leads_into(path: Path, folder: Path) -> bool:
    """Whether the path, with all links followed, lies in the folder. The file need not exist."""
    # Path.resolve would raise on a circle of links.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def is_file(path: Path) -> bool:
    """Whether there is such a file. Path.is_file would raise on a name that is too long."""
    return os.path.isfile(path)  # noqa: PTH113
