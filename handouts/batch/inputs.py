"""What a master and an imprint are made from, as hashes by name.

They say when a piece must be made anew, and afterwards why it was. Files count by their bytes: a
comment makes a master be laid out again, but where that gives the same bytes nothing is pressed.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from handouts import __version__
from handouts.places import FONTS
from handouts.reading.library import EDITIONS_FOLDER, STRINGS_FOLDER, Library
from handouts.reading.names import is_language_tag

PROGRAM = "the program"
FONTS_FOLDER = "the fonts"

_PACKAGE = Path(__file__).parents[1]
# What no byte of a sheet depends on.
_APART = (
    *("batch", "commands", "delivery", "plain", "proof", "starter", "translating", "web"),
    *("_content", "_fonts"),
)
_APART_FILES = (
    *("booklet.py", "cli.py", "packing.py", "shell.py", "starting.py", "stocktaking.py"),
)
_LIBRARIES = (
    *("babel", "deflate", "icu4py", "markdown-it-py", "mdit-py-plugins", "Pillow"),
    *("PyYAML", "reportlab", "uharfbuzz"),
)


@dataclass(frozen=True, slots=True, order=True)
class MasterOrder:
    """A master to be made. ``notice`` is for a reader of another language: tag and lines.

    ``language`` is that of the words; with a notice it stands in for the one that was wanted.
    ``source`` is the language that the handout was first written in.
    """

    handout: str
    language: str
    source: str
    edition: str
    paper: str
    emergency_number: str
    allow_stale: bool = False
    notice: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class ImprintOrder:
    clinic: str
    language: str
    edition: str
    paper: str


Hashes = Mapping[str, str]


@dataclass(slots=True)
class Inputs:
    """The hashes of a library's files as they are now; each file is read once, when asked for."""

    library: Library
    _folders: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)
    _shared: dict[str, str] = field(default_factory=dict)

    def of_master(self, order: MasterOrder) -> Hashes:
        words = (f"{order.language}.yaml", f"{order.source}.yaml")
        files = self._of_folder(
            f"handouts/{order.handout}", lambda name: not _is_words(name) or name in words
        )
        fields = {
            "the paper": order.paper,
            "the edition": order.edition,
            "the emergency number": order.emergency_number,
            "that it may be stale": str(order.allow_stale),
            "the notice": "\n".join(order.notice),
        }
        return files | fields | self._of_all()

    def of_imprint(self, order: ImprintOrder) -> Hashes:
        files = self._of_folder(f"clinics/{order.clinic}", lambda name: True)
        fields = {
            "the language": order.language,
            "the paper": order.paper,
            "the edition": order.edition,
        }
        return files | fields | self._of_all()

    def _of_all(self) -> dict[str, str]:
        if not self._shared:
            self._shared = {PROGRAM: program_hash(), FONTS_FOLDER: fonts_hash()}
            strings = self.library.root / STRINGS_FOLDER
            if strings.is_dir():
                self._shared["the library's strings"] = _hash_of_folder(strings)
            editions = self.library.root / EDITIONS_FOLDER
            if editions.is_dir():
                self._shared["the library's editions"] = _hash_of_folder(editions)
        return self._shared

    def _of_folder(self, folder: str, counts: Callable[[str], bool]) -> dict[str, str]:
        """The hashes of the files below a folder of the library that count, by their paths."""
        root = self.library.root
        names = self._folders.get(folder)
        if names is None:
            names = self._folders[folder] = tuple(_names_below(root / folder))
        hashes = {}
        for name in names:
            if counts(name):
                path = f"{folder}/{name}"
                value = self._files.get(path)
                if value is None:
                    value = self._files[path] = _hash_of_file(f"{root}/{path}")
                hashes[path] = value
        return hashes


def key_of(hashes: Hashes) -> bytes:
    """16 bytes that stand for all of the hashes."""
    text = "\n".join(f"{name}\0{value}" for name, value in sorted(hashes.items()))
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).digest()


def differences(recorded: Hashes, present: Hashes) -> list[str]:
    """What changed from the one to the other, in words such as `handouts/asthma/en.yaml`."""
    names = sorted(recorded.keys() | present.keys())
    return [name for name in names if recorded.get(name) != present.get(name)]


@cache
def program_hash() -> str:
    """Of the program's files that have a part in a sheet, and the versions of its libraries."""
    digest = blake2b(digest_size=16)
    versions = [f"{name} {version(name)}" for name in _LIBRARIES]
    digest.update("\n".join([__version__, platform.python_version(), *versions]).encode())
    for path in sorted(_PACKAGE.rglob("*")):
        inside = path.relative_to(_PACKAGE)
        is_apart = inside.parts[0] in _APART or inside.name in _APART_FILES
        if path.suffix in (".py", ".yaml", ".icc") and not is_apart:
            digest.update(inside.as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@cache
def fonts_hash() -> str:
    return _hash_of_folder(FONTS)


def _hash_of_folder(folder: Path) -> str:
    digest = blake2b(digest_size=16)
    for name in _names_below(folder):
        value = _hash_of_file(f"{folder}/{name}")
        digest.update(f"{name}\0{value}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _names_below(folder: Path) -> Iterator[str]:
    """The paths of all files below a folder, in it and in order."""
    for place, folders, names in os.walk(folder):
        folders.sort()
        below = place[len(str(folder)) + 1 :].replace(os.sep, "/")
        yield from (f"{below}/{name}" if below else name for name in sorted(names))


def _hash_of_file(path: str) -> str:
    """A file that cannot be read has none: reading it will say so."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (a network has 10,000 of them)
            return blake2b(file.read(), digest_size=16).hexdigest()
    except OSError:
        return ""


def _is_words(name: str) -> bool:
    """Whether this is a file of words in some language."""
    stem, _, suffix = name.rpartition(".")
    return suffix == "yaml" and is_language_tag(stem)
