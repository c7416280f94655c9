"""One folder's SQLite file: connections, transactions, and its errors in words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from indexes.errors import IndexStoreError
from indexes.migrations import VERSION, upgrade

FILE = "onrecord.sqlite3"
_BUSY_MS = 30_000


class Database:
    """Any thread may call; writers take turns, across processes too.

    Raises:
        IndexStoreError: on opening, if the folder cannot be used or its file is not a sound index
            of a version known here; later, if it can no longer be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._local = threading.local()
        self._write_lock = threading.Lock()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexStoreError(
                f"The index folder {folder} cannot be made ({error.strerror or error}); choose another with --index.",
                str(folder),
            ) from error
        with self._translated():
            self._open()

    def _open(self) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise IndexStoreError(
                f"The index {self.path} was made by a newer version of onrecord (form {version}, this one reads up to "
                f"{VERSION}); update onrecord, or choose another folder with --index.",
                str(self.path),
            )
        if version < VERSION:
            with self._writing() as db:
                upgrade(db)

    # ---- connections and transactions

    @property
    def _db(self) -> sqlite3.Connection:
        """This thread's connection."""
        db = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(self.path, timeout=_BUSY_MS / 1000, isolation_level=None)
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA synchronous = FULL")
            db.execute("PRAGMA secure_delete = ON")
            db.execute("PRAGMA journal_mode = WAL")
            self._local.db = db
        return cast(sqlite3.Connection, db)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn SQLite's errors into one sentence that says what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise IndexStoreError(
                f"{_what_to_do(error)} ({self.path}: {error})", str(self.path)
            ) from error

    @contextmanager
    def together(self) -> Iterator[None]:
        """Put all that this thread writes within into one transaction: all of it, or nothing.

        Raises:
            IndexStoreError: if it cannot be written.
        """
        with self._translated(), self._writing():
            yield

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, or a part of the one that this thread has open: all of it, or nothing."""
        db = self._db
        if getattr(self._local, "writing", False):
            with _undone_on_error(db, "SAVEPOINT part", "RELEASE part", "ROLLBACK TO part"):
                yield db
            return
        with self._write_lock, _undone_on_error(db, "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"):
            self._local.writing = True
            try:
                yield db
            finally:
                self._local.writing = False

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all that this thread reads within see one state, whatever others write meanwhile."""
        db = self._db
        if db.in_transaction:
            yield
            return
        with self._translated():
            db.execute("BEGIN")
        try:
            yield
        finally:
            if db.in_transaction:
                db.execute("ROLLBACK")

    @contextmanager
    def alone(self, *, wait: bool) -> Iterator[bool]:
        """Keep others from writing, and tell whether that worked.

        Args:
            wait: whether to wait for another writer, or to give up at once.
        """
        db: sqlite3.Connection | None = None
        try:
            db = sqlite3.connect(
                self.path, timeout=_BUSY_MS / 1000 if wait else 0, isolation_level=None
            )
            db.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:
            is_alone = False
        else:
            is_alone = True
        try:
            yield is_alone
        finally:
            if db is not None:
                db.close()

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._translated():
            return self._db.execute(query, values).fetchall()

    def close(self) -> None:
        """Close this thread's connection."""
        db = getattr(self._local, "db", None)
        if db is not None:
            db.close()
            self._local.db = None

    # ---- meta

    @property
    def generation(self) -> int:
        """How many changes the index has seen."""
        return int(self.meta("generation") or "0")

    @property
    def lineage(self) -> str:
        """Of which history the generations are; another after a restore, or with another model."""
        return self.meta("lineage") or ""

    def meta(self, key: str) -> str | None:
        """Read a note about the index."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return rows[0][0] if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Write a note about the index."""
        with self._translated(), self._writing() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))


@contextmanager
def _undone_on_error(db: sqlite3.Connection, begin: str, end: str, undo: str) -> Iterator[None]:
    db.execute(begin)
    try:
        yield
        db.execute(end)
    except BaseException:
        if db.in_transaction:
            db.execute(undo)
        raise


def next_generation(db: sqlite3.Connection) -> None:
    """Count a change, by which what is derived knows that it is out of date."""
    db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")


def _what_to_do(error: sqlite3.Error) -> str:
    """One sentence for each way in which SQLite fails."""
    text = str(error).lower()
    if "full" in text or "disk i/o" in text:
        return "The index cannot be written because the disk is full or failing; free some space and try again"
    if "readonly" in text or "read-only" in text or "unable to open" in text:
        return "The index cannot be opened for writing; check the folder's permissions or choose another with --index"
    if "locked" in text or "busy" in text:
        return "Another process is writing to this index; wait until it has finished and try again"
    return (
        "The index's database is damaged; restore it from a backup with `onrecord restore`, or save what can be read "
        "with `onrecord doctor --rescue`"
    )
