"""The library: a folder with ``handouts/`` and ``clinics/``, and where each file lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handouts.diagnostics import Diagnostic, NotFoundError, SourceSpan
from handouts.reading.names import is_language_tag, is_slug
from handouts.reading.shapes import nearest

FACTS_FILE = "handout.yaml"
CLINIC_FILE = "clinic.yaml"


@dataclass(frozen=True, slots=True)
class Library:
    """``root`` is shown in messages as it is given here."""

    root: Path

    def handouts(self) -> tuple[str, ...]:
        """The slugs of all handouts, in alphabetical order. Raises NotFoundError."""
        return self._slugs("handouts", FACTS_FILE)

    def clinics(self) -> tuple[str, ...]:
        """The slugs of all clinics, in alphabetical order. Raises NotFoundError."""
        return self._slugs("clinics", CLINIC_FILE)

    def languages(self, slug: str) -> tuple[str, ...]:
        """The tags of the languages that a handout has words in. Raises NotFoundError."""
        names = (path.stem for path in self.handout_folder(slug).glob("*.yaml"))
        return tuple(sorted(name for name in names if is_language_tag(name)))

    def handout_folder(self, slug: str) -> Path:
        """Raises NotFoundError, naming the nearest handout there is."""
        return self._folder("handout", slug, self.handouts())

    def clinic_folder(self, slug: str) -> Path:
        """Raises NotFoundError, naming the nearest clinic there is."""
        return self._folder("clinic", slug, self.clinics())

    def facts_file(self, slug: str) -> Path:
        """The file with what no language changes. Raises NotFoundError."""
        return self._inside(self.handout_folder(slug) / FACTS_FILE)

    def words_file(self, slug: str, language: str) -> Path:
        """The file with the words in one language. Raises NotFoundError."""
        folder = self.handout_folder(slug)
        languages = self.languages(slug)
        if language not in languages:
            raise NotFoundError(
                Diagnostic(
                    f'the handout "{slug}" has no words in the language "{language}"',
                    hint=nearest(language, languages) if languages else "",
                )
            )
        return self._inside(folder / f"{language}.yaml")

    def clinic_file(self, slug: str) -> Path:
        """Raises NotFoundError."""
        return self._inside(self.clinic_folder(slug) / CLINIC_FILE)

    def _slugs(self, kind: str, file: str) -> tuple[str, ...]:
        folder = self.root / kind
        if not self.root.is_dir():
            raise NotFoundError(
                Diagnostic(f'there is no library "{self.root}"', hint="check --library")
            )
        if not folder.is_dir():
            return ()
        return tuple(
            sorted(
                entry.name
                for entry in folder.iterdir()
                if is_slug(entry.name) and (entry / file).is_file()
            )
        )

    def _folder(self, kind: str, slug: str, known: tuple[str, ...]) -> Path:
        if slug not in known:
            hint = nearest(slug, known) if known else f"the library has no {kind}s"
            raise NotFoundError(Diagnostic(f'there is no {kind} "{slug}"', hint=hint))
        return self._inside(self.root / f"{kind}s" / slug)

    def _inside(self, path: Path) -> Path:
        """The path, if it does not lead out of the library through a link."""
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise NotFoundError(
                Diagnostic(
                    "the path leads out of the library",
                    SourceSpan(path.as_posix()),
                    hint="copy what it links to into the library",
                )
            )
        return path
