"""What a clinic gets beside its sheets: an index with links, as PDF and as web page, and a ZIP."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256
from typing import BinaryIO

from handouts.batch.desk import Desk
from handouts.batch.inputs import ImprintOrder
from handouts.batch.jobs import outcome
from handouts.batch.naming import bundle_names
from handouts.batch.outcomes import Failure, Outcome, failure_of
from handouts.batch.records import Bundled, Member
from handouts.batch.stores import Unwritable
from handouts.clinic import Clinic
from handouts.edition import STANDARD
from handouts.index_page import index_page
from handouts.languages import Language
from handouts.listing import Index, IndexEntry
from handouts.paper import PAPERS
from handouts.pdf.press import press
from handouts.pipeline import make_index
from handouts.plan import Bundle
from handouts.preparing import checked_clinic

# A ZIP knows no time before this; any other would change its bytes from run to run.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class PutTogether:
    """Make a clinic's bundles of its finished sheets.

    ``contents`` are the keys of those that are to be made, by their names.
    """

    imprint: ImprintOrder
    imprint_key: bytes
    members: tuple[Member, ...]
    bundles: tuple[Bundle, ...]
    contents: dict[str, bytes]

    def targets(self) -> Iterator[bytes | str]:
        return iter(self.contents)

    def parts(self) -> Sequence[PutTogether]:
        return [self]

    def run(self, desk: Desk) -> Outcome:
        made: list[Bundled] = []
        failures: list[tuple[bytes | str, Failure]] = []
        for name in bundle_names(self.imprint.clinic, self.bundles):
            if name not in self.contents:
                continue
            if failures:  # a ZIP without its index would be half of one
                failures.append((name, failures[0][1]))
                continue
            try:
                made.append(self._made(name, desk))
            except Unwritable as error:
                return outcome(desk, bundles=made, failures=failures, stop=failure_of(error))
            except Exception as error:
                failures.append((name, failure_of(error)))
        return outcome(desk, bundles=made, failures=failures)

    def _made(self, name: str, desk: Desk) -> Bundled:
        if name.endswith(".zip"):
            stamp, digest = desk.store.write_from(name, lambda file: self._fill(file, name, desk))
        else:
            content = self._index(name, desk)
            stamp = desk.store.write(name, (content,))
            digest = sha256(content).digest()
        return Bundled(self.imprint.clinic, name, self.contents[name], stamp, digest)

    def _index(self, name: str, desk: Desk) -> bytes:
        clinic = checked_clinic(desk.library, self.imprint.clinic)[0]
        language = desk.languages.language(self.imprint.language)
        index = index_of(language, name, self.members)
        if name.endswith(".html"):
            if clinic.language not in desk.languages.tags():
                clinic = replace(clinic, language=language.tag)
            return index_page(index, clinic, desk.languages)
        master = make_index(index, PAPERS[self.imprint.paper], desk.languages)
        return press(master, desk.imprint(self.imprint, self.imprint_key))

    def _fill(self, file: BinaryIO, own_name: str, desk: Desk) -> None:
        """Write the ZIP: the same folders as in the output, so that the index's links lead right.

        PDFs are compressed already and are stored as they are.
        """
        names = [
            *(name for name in bundle_names(self.imprint.clinic, self.bundles) if name != own_name),
            *(member.name for member in self.members),
        ]
        with zipfile.ZipFile(file, "w") as archive:
            for name in names:
                info = zipfile.ZipInfo(name, _NO_TIME)
                info.external_attr = 0o644 << 16
                info.compress_type = zipfile.ZIP_STORED
                archive.writestr(info, desk.store.read(name))


def index_of(language: Language, name: str, members: tuple[Member, ...]) -> Index:
    """The index that lies at ``name``; its links are relative to that place."""
    sheets = (member.sheet for member in members)
    alike = Counter((sheet.handout, sheet.language, sheet.edition) for sheet in sheets)
    depth = name.count("/")

    def note(member: Member) -> str:
        """What tells a sheet from others of the same title."""
        told = []
        if member.sheet.language != member.language:  # it stands in for one that is lacking
            told.append(language.language_name(member.sheet.language))
        kind = member.sheet.edition
        if kind != STANDARD:
            told.append(language.words.get(kind.replace("-", "_"), kind))
        if alike[member.sheet.handout, member.sheet.language, kind] > 1:
            told.append(member.sheet.paper.capitalize())
        return ", ".join(told)

    return Index(
        language.tag,
        tuple(
            IndexEntry(
                member.title,
                member.language,
                _relative(member.name, name, depth),
                member.page_count,
                member.is_draft,
                note(member),
            )
            for member in members
        ),
    )


def _relative(file: str, start: str, depth: int) -> str:
    folder = start.rpartition("/")[0] + "/"
    return file.removeprefix(folder) if file.startswith(folder) else "../" * depth + file


def contents_of(
    bundles: tuple[Bundle, ...],
    imprint: ImprintOrder,
    imprint_key: bytes,
    members: tuple[Member, ...],
    program: str,
) -> dict[str, bytes]:
    """The key of what is in each bundle, by its name: it changes when that does."""
    digest = blake2b(digest_size=16)
    digest.update(repr((program, imprint, imprint_key.hex())).encode())
    for member in members:
        told = (member.name, member.sheet, member.title, member.language)
        digest.update(repr((*told, member.page_count, member.is_draft)).encode())
    names = bundle_names(imprint.clinic, bundles)
    # An index tells of the sheets; a ZIP holds their bytes, and the index, if there is one.
    held = repr((names, [member.sha256.hex() for member in members])).encode()
    return {
        name: blake2b(
            name.encode() + digest.digest() + (held if name.endswith(".zip") else b""),
            digest_size=16,
        ).digest()
        for name in names
    }


def imprint_of_index(clinic: Clinic, known: tuple[str, ...], edition: str) -> ImprintOrder:
    """An index is in its clinic's language, if the program has words in it, and on its paper."""
    language = clinic.language if clinic.language in known else "en"
    return ImprintOrder(clinic.slug, language, edition, clinic.paper)
