"""The ledger: what was made from what, so that only what changed is made again.

A SQLite file beside the output. It is told of a file after the file is there, so that a process
that is killed has made some files that are not recorded, and never recorded one that is not made.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from handouts.batch.expanding import Sheet
from handouts.batch.inputs import Hashes
from handouts.batch.records import (
    Bundled,
    BundleRow,
    Member,
    Owner,
    PieceFacts,
    Recorded,
    SheetRow,
)
from handouts.batch.sealing import FalseSealError, break_seal, seal
from handouts.batch.stores import Stamp, Unwritable
from handouts.diagnostics import Diagnostic, OutputError, SourceSpan
from handouts.output import explained

_VERSION = 1
_TABLES = """
CREATE TABLE pieces (
    key BLOB PRIMARY KEY, digest BLOB NOT NULL, inputs TEXT NOT NULL,
    title TEXT NOT NULL, language TEXT NOT NULL, page_count INTEGER NOT NULL,
    is_draft INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE sheets (
    handout TEXT, language TEXT, edition TEXT, paper TEXT, clinic TEXT,
    name TEXT NOT NULL, plan TEXT NOT NULL, master BLOB NOT NULL, imprint BLOB NOT NULL,
    size INTEGER NOT NULL, mark TEXT NOT NULL, sha256 BLOB NOT NULL, run INTEGER NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (handout, language, edition, paper, plan, name)
) WITHOUT ROWID;
CREATE UNIQUE INDEX sheets_by_name ON sheets (name);
CREATE INDEX sheets_by_clinic ON sheets (clinic, plan);
CREATE TABLE bundles (
    name TEXT PRIMARY KEY, clinic TEXT NOT NULL, plan TEXT NOT NULL, content BLOB NOT NULL,
    size INTEGER NOT NULL, mark TEXT NOT NULL, sha256 BLOB NOT NULL, run INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE runs (run INTEGER PRIMARY KEY, plan TEXT NOT NULL);
"""


class CorruptLedgerError(OutputError):
    """The file is not a ledger that can be read."""

    def __init__(self, shown: str) -> None:
        hint = "run the command again: a new one is begun, and everything is made once more"
        super().__init__(Diagnostic("the ledger is damaged", SourceSpan(shown), hint=hint))


class Ledger:
    """Raises Unwritable from every method when nothing more can be recorded.

    It is closed under a seal, the hash of its bytes, which the next one to write to it breaks. So
    one wrong bit shows, unless the last run was killed. Then SQLite looks for what it can see.

    Every method raises CorruptLedgerError, too, when it shows only then that it cannot be read.
    """

    def __init__(self, path: Path | None, *, read_only: bool = False) -> None:
        """Open the ledger, or begin one; None is one that nobody keeps.

        Raises:
            CorruptLedgerError: it cannot be read.
        """
        self.shown = path.as_posix() if path else ""
        self._run = 0
        self._path = None if read_only else path
        self._is_damaged = False
        if path is None or (read_only and not path.exists()):
            address = ":memory:"
        elif read_only:
            # Without a log of SQLite's nobody is writing; then it need not make one to look at it.
            at_rest = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
            address = f"{path.absolute().as_uri()}?mode=ro{at_rest}"
        else:
            address = str(path)
        was_sealed = self._was_sealed()
        with self._explaining():
            self._connection = sqlite3.connect(address, isolation_level=None, uri=read_only)
            try:
                self._open(read_only, was_sealed)
            except BaseException:
                self._connection.close()
                raise

    def _open(self, read_only: bool, was_sealed: bool) -> None:
        run = self._connection.execute
        if not was_sealed and run("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise CorruptLedgerError(self.shown)
        (version,) = run("PRAGMA user_version").fetchone()
        if not read_only:
            run("PRAGMA journal_mode = WAL")
            # A commit then waits for no disk: what a power cut takes is made once more.
            run("PRAGMA synchronous = NORMAL")
        elif version == 0:  # a run has just begun it
            self._connection.close()
            self._connection = sqlite3.connect(":memory:", isolation_level=None)
        if version == 0:
            # All or nothing: who is killed in the middle of it must leave no half of a ledger.
            self._connection.executescript(
                f"BEGIN; {_TABLES} PRAGMA user_version = {_VERSION}; COMMIT;"
            )
        elif version != _VERSION:
            raise CorruptLedgerError(self.shown)

    def _was_sealed(self) -> bool:
        if self._path is None:
            return False
        try:
            return break_seal(self._path)
        except FalseSealError as error:
            raise CorruptLedgerError(self.shown) from error
        except OSError as error:
            raise Unwritable(explained(error, self._path)) from error

    def close(self) -> None:
        self._connection.close()
        if self._path is not None:
            with suppress(OSError):  # without a seal it counts as one of a killed run
                seal(self._path, is_whole=not self._is_damaged)

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            # Without a code of its own it is about what stands in the file, not about the disk.
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) == sqlite3.SQLITE_ERROR:
                self._is_damaged = True
                raise CorruptLedgerError(self.shown) from error
            hint = "make room or ask for the right to write there, and run the command again"
            raise Unwritable(
                Diagnostic(f"nothing can be recorded: {error}", SourceSpan(self.shown), hint=hint)
            ) from error
        except (sqlite3.DatabaseError, ValueError) as error:
            self._is_damaged = True
            raise CorruptLedgerError(self.shown) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._explaining():
            self._connection.execute("BEGIN")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def begin_run(self, plan: str) -> None:
        with self._writing() as connection:
            done = connection.execute("INSERT INTO runs (plan) VALUES (?)", (plan,))
            self._run = done.lastrowid or 0

    # --- pieces ------------------------------------------------------------------------------

    def digests(self) -> dict[bytes, bytes]:
        """The digest of each piece by its key."""
        with self._explaining():
            return dict(self._connection.execute("SELECT key, digest FROM pieces"))

    def inputs(self, key: bytes) -> Hashes | None:
        """What a piece was made from."""
        with self._explaining():
            found = self._connection.execute("SELECT inputs FROM pieces WHERE key = ?", (key,))
            row = found.fetchone()
            return None if row is None else dict(json.loads(row[0]))

    def add_pieces(self, pieces: Iterable[PieceFacts]) -> None:
        rows = [
            (
                *(piece.key, piece.digest, json.dumps(dict(piece.inputs))),
                *(piece.title, piece.language, piece.page_count, piece.is_draft),
            )
            for piece in pieces
        ]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO pieces VALUES (?,?,?,?,?,?,?)", rows)

    def unused_pieces(self) -> list[bytes]:
        """The keys of pieces that no sheet was made from."""
        query = (
            "SELECT key FROM pieces WHERE key NOT IN (SELECT master FROM sheets) "
            "AND key NOT IN (SELECT imprint FROM sheets)"
        )
        with self._explaining():
            return [key for (key,) in self._connection.execute(query)]

    def forget_pieces(self, keys: Iterable[bytes]) -> None:
        with self._writing() as connection:
            connection.executemany("DELETE FROM pieces WHERE key = ?", [(key,) for key in keys])

    # --- sheets ------------------------------------------------------------------------------

    def sheets(self, plan: str, sheet: Sheet) -> dict[str, SheetRow]:
        """The rows of a sheet by the names of the files."""
        query = (
            "SELECT name, master, imprint, size, mark FROM sheets "
            "WHERE handout = ? AND language = ? AND edition = ? AND paper = ? AND plan = ?"
        )
        with self._explaining():
            rows = self._connection.execute(query, (*sheet, plan))
            return {
                name: SheetRow(name, master, imprint, Stamp(size, mark))
                for name, master, imprint, size, mark in rows
            }

    def row_of(self, name: str) -> Owner | None:
        """What is recorded of the file with this name."""
        query = (
            "SELECT clinic, handout, language, edition, paper, plan, master, imprint, size, mark, "
            "why FROM sheets WHERE name = ?"
        )
        with self._explaining():
            row = self._connection.execute(query, (name,)).fetchone()
        if row is None:
            return None
        clinic, handout, language, edition, paper, plan, master, imprint, size, mark, why = row
        made = SheetRow(name, master, imprint, Stamp(size, mark))
        return Owner(plan, clinic, Sheet(handout, language, edition, paper), made, why)

    def record(self, plan: str, sheet: Sheet, rows: Iterable[Recorded]) -> None:
        """Files that are there now."""
        values = [
            (
                *(*sheet, row.clinic, row.name, plan, row.master, row.imprint),
                *(*row.stamp, row.sha256, self._run, row.why),
            )
            for row in rows
        ]
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO sheets VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", values
            )

    def rekey(self, keys: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Files that would be made of other pieces with the same bytes: name, master, imprint."""
        values = [(master, imprint, name) for name, master, imprint in keys]
        with self._writing() as connection:
            connection.executemany(
                "UPDATE sheets SET master = ?, imprint = ? WHERE name = ?", values
            )

    def members(self, plan: str, clinic: str) -> Iterator[Member]:
        """The clinic's sheets, by handout and language."""
        query = (
            "SELECT name, sheets.handout, sheets.language, sheets.edition, sheets.paper, sha256, "
            "title, pieces.language, page_count, is_draft FROM sheets JOIN pieces ON key = master "
            "WHERE clinic = ? AND plan = ? ORDER BY 2, 3, 4, 5"
        )
        with self._explaining():
            for row in self._connection.execute(query, (clinic, plan)):
                name, handout, tag, edition, paper, sha256, title, language, pages, draft = row
                sheet = Sheet(handout, tag, edition, paper)
                yield Member(name, sheet, sha256, title, language, pages, bool(draft))

    def names(self, plan: str) -> Iterator[tuple[str, str, Stamp]]:
        """Name, clinic and stamp of all files of a plan, bundles too, in order of their names."""
        query = (
            "SELECT name, clinic, size, mark FROM sheets WHERE plan = ?1 UNION ALL "
            "SELECT name, clinic, size, mark FROM bundles WHERE plan = ?1 ORDER BY 1"
        )
        with self._explaining():
            for name, clinic, size, mark in self._connection.execute(query, (plan,)):
                yield name, clinic, Stamp(size, mark)

    def names_of_others(self, plan: str) -> Iterator[tuple[str, str]]:
        """Plan and name of all files of other plans."""
        query = (
            "SELECT plan, name FROM sheets WHERE plan != ?1 UNION ALL "
            "SELECT plan, name FROM bundles WHERE plan != ?1 ORDER BY 1, 2"
        )
        with self._explaining():
            yield from self._connection.execute(query, (plan,))

    def forget(self, names: Iterable[str]) -> None:
        values = [(name,) for name in names]
        with self._writing() as connection:
            connection.executemany("DELETE FROM sheets WHERE name = ?", values)
            connection.executemany("DELETE FROM bundles WHERE name = ?", values)

    def made(self) -> Iterator[tuple[str, str, int]]:
        """Name, reason and size of what this run has made, in order of the names."""
        query = "SELECT name, why, size FROM sheets WHERE run = ? ORDER BY name"
        with self._explaining():
            yield from self._connection.execute(query, (self._run,))

    def clinics(self, plan: str) -> list[tuple[str, int, int, str]]:
        """Each clinic of a plan: its name, its PDFs, how many this run made, its index if any."""
        query = (
            "SELECT clinic, count(*), sum(run = ?1), coalesce((SELECT name FROM bundles WHERE "
            "bundles.clinic = sheets.clinic AND plan = ?2 AND name LIKE '%.html'), '') "
            "FROM sheets WHERE plan = ?2 GROUP BY clinic ORDER BY clinic"
        )
        with self._explaining():
            return list(self._connection.execute(query, (self._run, plan)))

    def digests_of_files(self) -> Iterator[tuple[str, Stamp, bytes]]:
        """Name, stamp and SHA-256 of every file, in order of their names."""
        query = (
            "SELECT name, size, mark, sha256 FROM sheets UNION ALL "
            "SELECT name, size, mark, sha256 FROM bundles ORDER BY 1"
        )
        with self._explaining():
            for name, size, mark, sha256 in self._connection.execute(query):
                yield name, Stamp(size, mark), sha256

    # --- bundles -----------------------------------------------------------------------------

    def bundles(self, plan: str, clinic: str) -> dict[str, BundleRow]:
        """The rows of a clinic's bundles by their names."""
        query = "SELECT name, content, size, mark FROM bundles WHERE plan = ? AND clinic = ?"
        with self._explaining():
            rows = self._connection.execute(query, (plan, clinic))
            return {row[0]: BundleRow(row[0], row[1], Stamp(*row[2:])) for row in rows}

    def record_bundles(self, plan: str, bundles: Iterable[Bundled]) -> None:
        """Bundles that are there now."""
        rows = [
            (each.name, each.clinic, plan, each.content, *each.stamp, each.sha256, self._run)
            for each in bundles
        ]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO bundles VALUES (?,?,?,?,?,?,?,?)", rows)
