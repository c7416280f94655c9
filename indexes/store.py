"""SQLite: the truth about what is on record.

Documents, passages, sentences, statements, vectors and full text live in one file, and a document
is added or removed in one transaction. Ids grow and are never used again. Every change adds one to
the generation, by which what is derived (vectors.py) knows whether it is up to date.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from indexes.documents import Document
from indexes.encoder import PassageVectors, Vectors
from indexes.errors import DocumentError, IndexStoreError
from indexes.passages import Passage
from indexes.records import (
    DocumentSummary,
    StoredPassage,
    passage_columns,
    statement,
    statement_row,
    stored_passage,
    to_bytes,
    to_text,
)
from indexes.statements import Statement
from indexes.words import terms

FILE = "onrecord.sqlite3"
_VERSION = 2
_BUSY_MS = 30_000

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL, byline TEXT, published TEXT, source TEXT, body INTEGER NOT NULL,
    words INTEGER NOT NULL, added TEXT NOT NULL, text BLOB NOT NULL
);
CREATE TABLE aliases (
    name TEXT PRIMARY KEY, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE passages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    sentences BLOB NOT NULL, vector BLOB NOT NULL, sentence_vectors BLOB NOT NULL
);
CREATE INDEX passages_of_document ON passages (document);
CREATE TABLE statements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    speaker TEXT NOT NULL, kind TEXT NOT NULL, score REAL NOT NULL, content TEXT NOT NULL,
    cue_start INTEGER, cue_end INTEGER, source_start INTEGER, source_end INTEGER, within TEXT
);
CREATE INDEX statements_of_document ON statements (document);
CREATE INDEX statements_of_speaker ON statements (speaker);
CREATE VIRTUAL TABLE full_text USING fts5 (terms, content = '', tokenize = 'unicode61');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (full_text, 'row');
"""


class Store:
    """One folder's SQLite file. Any thread may call; writers take turns, across processes too.

    Raises:
        IndexStoreError: on opening, if the folder cannot be used or its file is not a sound index
            of this version; later, if it can no longer be read or written.
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
        if version == 0:
            with self._writing() as db:
                if db.execute("PRAGMA user_version").fetchone()[0] == 0:
                    for command in _SCHEMA.split(";\n"):
                        db.execute(command)
                    db.execute("INSERT INTO meta VALUES ('generation', '0')")
                    db.execute(f"PRAGMA user_version = {_VERSION}")
        elif version != _VERSION:
            raise IndexStoreError(
                f"The index {self.path} was made by another version of onrecord (form {version}, this one "
                f"reads {_VERSION}); make a new one and add the documents again.",
                str(self.path),
            )

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
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it, or nothing."""
        with self._write_lock:
            db = self._db
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise
            try:
                db.execute("COMMIT")
            except sqlite3.Error:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

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

    def meta(self, key: str) -> str | None:
        """Read a note about the index."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", key)
        return rows[0][0] if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Write a note about the index."""
        with self._translated(), self._writing() as db:
            db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # ---- writing

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        vectors: Sequence[PassageVectors],
        statements: Sequence[Statement],
    ) -> int:
        """Store a document whole, or not at all, and return its number.

        Raises:
            DocumentError: if a document of this content or name is stored already.
            IndexStoreError: if it cannot be written; what was stored before is untouched.
        """
        with self._translated(), self._writing() as db:
            try:
                row = db.execute(
                    "INSERT INTO documents (sha256, name, title, byline, published, source, body, words, added, text)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        document.id, document.name, document.title, document.byline, document.published,
                        document.source, document.body, document.words, datetime.now(UTC).isoformat(timespec="seconds"),
                        to_bytes(document.text),
                    ),
                )  # fmt: skip
            except sqlite3.IntegrityError as error:
                raise DocumentError(
                    f"{document.name} is in the index already.", document.name
                ) from error
            number = int(row.lastrowid or 0)
            for passage, vector in zip(passages, vectors, strict=True):
                self._add_passage(db, number, document.text, passage, vector)
            db.executemany(
                "INSERT INTO statements (document, speaker, kind, score, content, cue_start, cue_end,"
                " source_start, source_end, within) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [statement_row(number, said) for said in statements],
            )
            _next_generation(db)
        return number

    @staticmethod
    def _add_passage(
        db: sqlite3.Connection, document: int, text: str, passage: Passage, vectors: PassageVectors
    ) -> None:
        number = db.execute(
            "INSERT INTO passages (document, sentences, vector, sentence_vectors) VALUES (?, ?, ?, ?)",
            (document, *passage_columns(passage, vectors)),
        ).lastrowid
        db.execute(
            "INSERT INTO full_text (rowid, terms) VALUES (?, ?)",
            (number, " ".join(terms(passage.span.of(text)))),
        )

    def add_alias(self, name: str, document: str) -> None:
        """Let a stored document be found under the name of a copy of it, too."""
        with self._translated(), self._writing() as db:
            db.execute(
                "INSERT OR IGNORE INTO aliases SELECT ?, id FROM documents WHERE name = ?",
                (name, document),
            )

    def remove(self, name: str) -> None:
        """Remove a document and all that was made of it.

        Raises:
            DocumentError: if there is no document of this name.
        """
        number, document = self.document(name)
        with self._translated(), self._writing() as db:
            for stored in self.passages_of(number):
                content = " ".join(terms(stored.passage.span.of(document.text)))
                db.execute(
                    "INSERT INTO full_text (full_text, rowid, terms) VALUES ('delete', ?, ?)",
                    (stored.id, content),
                )
            db.execute("DELETE FROM documents WHERE id = ?", (number,))
            _next_generation(db)

    # ---- reading

    def documents(self) -> list[DocumentSummary]:
        """List the documents in the order in which they were added."""
        rows = self._rows(
            "SELECT name, title, byline, published, source, words, added,"
            " (SELECT count(DISTINCT speaker) FROM statements s WHERE s.document = d.id AND speaker <> ''),"
            " (SELECT count(*) FROM statements s WHERE s.document = d.id) FROM documents d ORDER BY id"
        )
        return [DocumentSummary(*row) for row in rows]

    def names(self) -> dict[str, int]:
        """The documents' names with their numbers, in the order in which they were added."""
        return dict(self._rows("SELECT name, id FROM documents ORDER BY id"))

    def numbers(self) -> dict[str, int]:
        """The numbers of documents by name, those of their copies among them."""
        return {**dict(self._rows("SELECT name, document FROM aliases")), **self.names()}

    def has_content(self, sha256: str) -> str | None:
        """The name of the document with this content, if there is one."""
        rows = self._rows("SELECT name FROM documents WHERE sha256 = ?", sha256)
        return rows[0][0] if rows else None

    def document(self, name: str | int) -> tuple[int, Document]:
        """Read a document, by name or number, with its number.

        Raises:
            DocumentError: if there is none.
        """
        rows = self._rows(
            "SELECT id, name, text, title, byline, published, source, body FROM documents WHERE id = ?",
            name if isinstance(name, int) else self.numbers().get(name),
        )
        if not rows:
            raise DocumentError(
                f"There is no document named {name} in the index; `onrecord list` shows the names.",
                str(name),
            )
        number, stored_name, text, *rest = rows[0]
        return number, Document(stored_name, to_text(text), *rest)

    def passages_of(self, document: int) -> list[StoredPassage]:
        """Read a document's passages in reading order."""
        rows = self._rows("SELECT id FROM passages WHERE document = ? ORDER BY id", document)
        return self.passages([number for (number,) in rows])

    def passage_ids(self, documents: Sequence[int]) -> list[int]:
        """The numbers of the passages of some documents."""
        rows = self._rows(
            "SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(?)) ORDER BY id",
            json.dumps(list(documents)),
        )
        return [number for (number,) in rows]

    def passages(self, ids: Sequence[int]) -> list[StoredPassage]:
        """Read passages by number, in the order asked for."""
        rows = self._rows(
            "SELECT id, document, sentences, vector, sentence_vectors FROM passages"
            " WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(ids)),
        )
        found = {row[0]: stored_passage(row) for row in rows}
        return [found[number] for number in ids if number in found]

    def vectors(self) -> tuple[int, NDArray[np.int64], Vectors]:
        """All passages' vectors: generation, (n,) numbers, (n, d) float32."""
        with self._translated():
            db = self._db
            db.execute("BEGIN")
            try:
                generation = int(
                    db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()[0]
                )
                rows = db.execute("SELECT id, vector FROM passages ORDER BY id").fetchall()
            finally:
                db.execute("COMMIT")
        ids = np.array([number for number, _ in rows], dtype=np.int64)
        joined = np.frombuffer(b"".join(vector for _, vector in rows), "<f2").astype(np.float32)
        return generation, ids, joined.reshape(len(rows), -1 if rows else 0)

    def bm25(
        self, stems: Sequence[str], limit: int, documents: Sequence[int] | None = None
    ) -> dict[int, float]:
        """Full-text search for any of the stems: number of passage → BM25, higher is better.

        Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009); SQLite FTS5's.
        """
        if not stems:
            return {}
        # Stems are letters and digits only, and quoted: a question cannot reach FTS5's own syntax.
        match = " OR ".join(f'"{stem}"' for stem in stems)
        scope = "" if documents is None else (
            " AND rowid IN (SELECT id FROM passages WHERE document IN (SELECT value FROM json_each(?)))"
        )  # fmt: skip
        values = [match, *([] if documents is None else [json.dumps(list(documents))]), limit]
        rows = self._rows(
            f"SELECT rowid, -bm25(full_text) FROM full_text WHERE full_text MATCH ?{scope} ORDER BY rank LIMIT ?",  # noqa: S608 - scope is a constant
            *values,
        )
        return dict(rows)

    def frequencies(self, stems: Sequence[str]) -> tuple[int, dict[str, int]]:
        """How many passages there are, and in how many of them each stem occurs."""
        total = self._rows("SELECT count(*) FROM passages")[0][0]
        counts = dict.fromkeys(stems, 0)
        for stem in counts:
            rows = self._rows("SELECT doc FROM vocabulary WHERE term = ?", stem)
            counts[stem] = rows[0][0] if rows else 0
        return total, counts

    def statements(
        self, *, speakers: Sequence[str] | None = None, documents: Sequence[int] | None = None
    ) -> list[tuple[int, Statement]]:
        """Read statements in reading order, each with its document's number."""
        rows = self._rows(
            "SELECT document, speaker, kind, score, content, cue_start, cue_end, source_start, source_end, within"
            " FROM statements WHERE (?1 IS NULL OR speaker IN (SELECT value FROM json_each(?1)))"
            " AND (?2 IS NULL OR document IN (SELECT value FROM json_each(?2))) ORDER BY document, id",
            None if speakers is None else json.dumps(list(speakers)),
            None if documents is None else json.dumps(list(documents)),
        )
        return [statement(row) for row in rows]

    def speakers(self, documents: Sequence[int] | None = None) -> dict[str, int]:
        """The speakers on record with how many statements each has, most first."""
        rows = self._rows(
            "SELECT speaker, count(*) FROM statements WHERE speaker <> ''"
            " AND (?1 IS NULL OR document IN (SELECT value FROM json_each(?1)))"
            " GROUP BY speaker ORDER BY count(*) DESC, min(id)",
            None if documents is None else json.dumps(list(documents)),
        )
        return dict(rows)

    def faults(self) -> list[str]:
        """Look for damage: SQLite's own check, full text against passages, every span in its text."""
        found = [row[0] for row in self._rows("PRAGMA integrity_check") if row[0] != "ok"]
        found += [
            f"a row refers to a missing one: {row}"
            for row in self._rows("PRAGMA foreign_key_check")
        ]
        indexed = self._rows("SELECT count(*) FROM full_text")[0][0] if not found else 0
        passages = self._rows("SELECT count(*) FROM passages")[0][0]
        if not found and indexed != passages:
            found.append(f"{passages} passages, but {indexed} in the full text")
        for name, number in self.names().items():
            document = self.document(name)[1]
            if document.id != self._rows("SELECT sha256 FROM documents WHERE id = ?", number)[0][0]:
                found.append(f"the text of {name} is not what was added")
            stored = self.passages_of(number)
            if stored and stored[-1].passage.span.end > len(document.text):
                found.append(f"a passage of {name} ends after its text")
        return found


def _next_generation(db: sqlite3.Connection) -> None:
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
        "The index's database is damaged; restore it from a backup, or choose another folder "
        "and add the documents again"
    )
