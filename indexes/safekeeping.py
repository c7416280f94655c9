"""Keeping an index through accidents: backup, restore, and saving what can be read of a damaged one."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from indexes.database import FILE
from indexes.documents import Document, Original
from indexes.errors import DocumentError, IndexStoreError
from indexes.index import Index
from indexes.migrations import VERSION, upgrade
from indexes.records import COLUMNS, document_of

_WITH_SOURCES = 3
"""The first version of the form that has all of the columns asked for."""
_OLD_COLUMNS = "id, name, text, title, byline, published, source, body, NULL, NULL, '[]', ''"


def backup(folder: Path, target: Path) -> None:
    """Copy an index's database into one file, as it is at this moment, whoever writes meanwhile.

    Raises:
        IndexStoreError: if there is no index in the folder, or the file cannot be written.
    """
    source_path = folder / FILE
    if not source_path.is_file():
        raise IndexStoreError(f"There is no index in {folder} to back up.", str(folder))
    beside = target.with_name(f"{target.name}.new")
    try:
        with _opened(source_path) as source, _opened(beside) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        _flush(beside)
        beside.replace(target)
    except (sqlite3.Error, OSError) as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise IndexStoreError(
            f"The backup {target} cannot be written ({error}); nothing was changed.", str(target)
        ) from error


def restore(backup_file: Path, folder: Path) -> None:
    """Put a backup in the place of whatever index a folder holds, at once or not at all.

    Raises:
        IndexStoreError: if the file is no sound backup, or the folder cannot be written.
    """
    if not backup_file.is_file():
        raise IndexStoreError(
            f"There is no backup {backup_file}; check the path.", str(backup_file)
        )
    target = folder / FILE
    beside = folder / f"{FILE}.restored"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _opened(backup_file, read_only=True) as source, _opened(beside) as copy:
            version = source.execute("PRAGMA user_version").fetchone()[0]
            if (
                not 1 <= version <= VERSION
                or source.execute("PRAGMA quick_check").fetchone()[0] != "ok"
            ):
                raise IndexStoreError(
                    f"{backup_file} is no sound backup of an index that this version reads; nothing was changed.",
                    str(backup_file),
                )
            source.backup(copy)
            copy.execute("BEGIN IMMEDIATE")
            upgrade(copy)
            # Beyond both: no vector file of either history may be taken for this one's.
            copy.execute(
                "UPDATE meta SET value = max(CAST(value AS INTEGER), ?) + 1 WHERE key = 'generation'",
                (_generation(target),),
            )
            copy.execute("UPDATE meta SET value = lower(hex(randomblob(16))) WHERE key = 'lineage'")
            copy.execute("COMMIT")
        if _is_sound(target):
            with _opened(beside) as copy, _opened(target) as there:
                copy.backup(there)
        else:
            _flush(beside)
            _set_aside(target)
            beside.replace(target)
    except (sqlite3.Error, OSError) as error:
        raise IndexStoreError(
            f"{backup_file} cannot be restored into {folder} ({error}); nothing was changed.",
            str(backup_file),
        ) from error
    finally:
        for leftover in (
            beside,
            Path(f"{beside}-wal"),
            Path(f"{beside}-shm"),
            Path(f"{beside}-journal"),
        ):
            with contextlib.suppress(OSError):
                leftover.unlink(missing_ok=True)


def rescue(folder: Path, encoder: str) -> tuple[int, int, Path]:
    """Save what can be read of a damaged index into a new one in its place.

    Every document whose text is what was added is put on record anew; the damaged file is kept beside.
    It stays where it is until that is done, so that a rescue that fails can be tried again.

    Returns:
        How many documents were saved, how many were lost, and where the damaged file is now.

    Raises:
        IndexStoreError: if there is no database in the folder, or the new one cannot be written.
        ModelError: if the model cannot be loaded.
    """
    damaged = folder / FILE
    if not damaged.is_file():
        raise IndexStoreError(f"There is no index in {folder} to rescue.", str(folder))
    beside = folder / f"{FILE}.rescued"
    saved = lost = 0
    try:
        shutil.rmtree(beside, ignore_errors=True)  # left by a rescue that was killed
        index = Index(beside, encoder=encoder)
        try:
            for found in _readable(damaged):
                if found is None:
                    lost += 1
                    continue
                document, original, added = found
                try:
                    index.put(document, original=original, added=added)
                    saved += 1
                except DocumentError:
                    lost += 1
            index.save()
        finally:
            index.close()
        aside = _set_aside(damaged)
        for file in beside.iterdir():
            file.replace(folder / file.name)
    except OSError as error:
        raise IndexStoreError(
            f"The index in {folder} cannot be rescued ({error}).", str(folder)
        ) from error
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    return saved, lost, aside


@contextlib.contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[sqlite3.Connection]:
    uri = f"{path.absolute().as_uri()}{'?mode=ro' if read_only else ''}"
    db = sqlite3.connect(uri, timeout=30, isolation_level=None, uri=True)
    try:
        yield db
    finally:
        db.close()


def _generation(path: Path) -> int:
    if not path.is_file():
        return 0
    try:
        with _opened(path, read_only=True) as db:
            return int(db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0])
    except (sqlite3.Error, TypeError, ValueError):
        return int(datetime.now(UTC).timestamp())


def _is_sound(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with _opened(path, read_only=True) as db:
            return bool(db.execute("PRAGMA quick_check").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def _set_aside(path: Path) -> Path:
    """Rename a database and what SQLite keeps beside it, and return its new name."""
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    for suffix in ("-wal", "-shm", ""):
        with contextlib.suppress(FileNotFoundError):
            Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
    return aside


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _readable(path: Path) -> Iterator[tuple[Document, Original | None, str] | None]:
    """Read a damaged database document by document; None for one that is there and cannot be read."""
    with _opened(path) as db:
        columns = COLUMNS
        try:
            last = int(
                db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'documents'").fetchone()[0]
            )
            if db.execute("PRAGMA user_version").fetchone()[0] < _WITH_SOURCES:
                columns = _OLD_COLUMNS
        except (sqlite3.Error, TypeError):
            try:
                last = int(db.execute("SELECT max(id) FROM documents").fetchone()[0] or 0)
            except (sqlite3.Error, TypeError):
                return
        for number in range(1, last + 1):
            try:
                row = db.execute(
                    f"SELECT sha256, added, {columns} FROM documents WHERE id = ?",  # noqa: S608 - constants
                    (number,),
                ).fetchone()
                if row is None:
                    continue
                document = document_of(row[2:])[1]
            except (sqlite3.Error, ValueError, TypeError):
                yield None
                continue
            original: Original | None = None
            with contextlib.suppress(sqlite3.Error):
                kept = db.execute(
                    "SELECT suffix, data FROM originals WHERE document = ?", (number,)
                ).fetchone()
                original = Original(*kept) if kept else None
            yield (document, original, str(row[1])) if document.id == row[0] else None
