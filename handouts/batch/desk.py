"""A worker's desk: the pieces it has at hand, and how it gets those that it has not.

A piece is looked for on the shelf, then in the cache beside the output, and is made if it is in
neither.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

from handouts.batch.inputs import (
    Hashes,
    ImprintOrder,
    Inputs,
    MasterOrder,
    key_of,
    program_hash,
)
from handouts.batch.pieces import CorruptPieceError, LaidOut, Piece, cache_name, packed, unpacked
from handouts.batch.records import PieceFacts
from handouts.batch.shelf import Shelf
from handouts.batch.stores import Store, Unwritable, open_store
from handouts.diagnostics import Diagnostic, OutputError, WorkerError
from handouts.document import Notice
from handouts.languages import Languages
from handouts.paper import PAPERS
from handouts.pdf.imprint import Imprint
from handouts.pdf.master import Master
from handouts.pipeline import make_imprint, make_master
from handouts.preparing import check_shown, checked_clinic
from handouts.reading.handouts import HandoutReader
from handouts.reading.library import Library

# Bytes. A master has about 40,000, an imprint 20,000: enough for 200 clinics in ten languages.
MASTERS_AT_HAND = 16_000_000
IMPRINTS_AT_HAND = 48_000_000


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where a worker finds things. ``program`` is the hash of the program that gives the orders."""

    library: str
    place: str
    program: str


class Plate:
    """A master that is ready for the press. ``sha256`` has been told the master's bytes."""

    def __init__(self, laid_out: LaidOut) -> None:
        self.master: Master = laid_out.master
        self.sha256: Any = hashlib.sha256(laid_out.master.data)


class Desk:
    def __init__(self, workplace: Workplace) -> None:
        """Raises WorkerError: who gives the orders has another version of the program.

        Raises Unwritable, UsageError: as ``open_store``.
        """
        if program_hash() != workplace.program:
            raise WorkerError(
                Diagnostic(
                    "this worker has another version of the program or of its libraries than the "
                    "one that gives the orders",
                    hint="install the same versions everywhere",
                )
            )
        self.workplace = workplace
        self.library = Library(Path(workplace.library))
        self.store: Store = open_store(workplace.place)
        self.notes: list[str] = []
        self._plates: Shelf[Plate] = Shelf(MASTERS_AT_HAND)
        self._imprints: Shelf[Imprint] = Shelf(IMPRINTS_AT_HAND)

    @cached_property
    def languages(self) -> Languages:
        return self.library.registry()

    def plate(self, order: MasterOrder, key: bytes) -> Plate:
        """Raises HandoutError: the files are not right, or not what they were."""
        plate = self._plates.get(key)
        if plate is None:
            laid_out = self._cached(key, LaidOut)
            if laid_out is None:
                laid_out = self.lay_out(order, key, self._reader(order.handout))[0]
            plate = Plate(laid_out)
            self._plates.put(key, plate, len(laid_out.master.data))
        return plate

    def imprint(self, order: ImprintOrder, key: bytes) -> Imprint:
        """Raises as ``plate``."""
        imprint = self._imprints.get(key)
        if imprint is None:
            imprint = self._cached(key, Imprint) or self.paint(order, key)[0]
            self._imprints.put(key, imprint, 3 * len(imprint.apart.data))
        return imprint

    def _reader(self, handout: str) -> HandoutReader:
        return HandoutReader(self.library, handout)

    def lay_out(
        self, order: MasterOrder, key: bytes, reader: HandoutReader
    ) -> tuple[LaidOut, PieceFacts]:
        """Make a master and keep it in the cache. Raises HandoutError."""
        handout, warnings = reader.read(order.language, allow_stale=order.allow_stale)
        notice = Notice(order.notice[0], order.notice[1:]) if order.notice else None
        paper = PAPERS[order.paper]
        edition = self.library.edition(order.edition)
        check_shown(handout, edition, self.library)
        number = order.emergency_number
        master = make_master(handout, paper, number, self.languages, notice, edition)
        # Hashed after they are read: what changes between the two is a change, too.
        hashes = Inputs(self.library).of_master(order)
        self._check(hashes, key, f"handouts/{order.handout}")
        laid_out = LaidOut(
            master, handout.title, handout.language, handout.is_draft, tuple(map(str, warnings))
        )
        self._keep(key, laid_out)
        facts = PieceFacts(
            key,
            master.digest,
            hashes,
            handout.title,
            handout.language,
            master.page_count,
            handout.is_draft,
        )
        return laid_out, facts

    def paint(self, order: ImprintOrder, key: bytes) -> tuple[Imprint, PieceFacts]:
        """Make an imprint and keep it in the cache. Raises HandoutError."""
        clinic = checked_clinic(self.library, order.clinic)[0]
        paper, edition = PAPERS[order.paper], self.library.edition(order.edition)
        imprint = make_imprint(clinic, order.language, paper, self.languages, edition)
        hashes = Inputs(self.library).of_imprint(order)
        self._check(hashes, key, f"clinics/{order.clinic}")
        self._keep(key, imprint)
        digest = blake2b(imprint.digest + imprint.together.data, digest_size=16).digest()
        return imprint, PieceFacts(key, digest, hashes)

    def _check(self, hashes: Hashes, key: bytes, what: str) -> None:
        """Refuse to make under a key what is not made from the files that the key stands for."""
        if key_of(hashes) == key:
            return
        raise WorkerError(
            Diagnostic(
                f"the files of {what} changed while the batch was running, or the worker sees "
                f"others at {self.workplace.library}",
                hint="run the batch again",
            )
        )

    # --- the cache ---------------------------------------------------------------------------

    def _cached(self, key: bytes, kind: type[Piece]) -> Piece | None:
        name = cache_name(key)
        try:
            data = self.store.read(name)
        except Unwritable:
            raise
        except OutputError:
            return None
        try:
            return unpacked(data, kind)
        except CorruptPieceError:
            self.notes.append(f"{name}: the cache was damaged here; the piece was made anew")
            return None

    def _keep(self, key: bytes, piece: LaidOut | Imprint) -> None:
        self.store.write(cache_name(key), (packed(piece),))
