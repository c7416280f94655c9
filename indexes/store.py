"""SQLite: the truth about what is on record.

Documents, passages, sentences, statements, vectors, full text and original files lie in one file, and
a document is added, replaced or removed in one transaction. Ids grow and are never used again. Every
change adds one to the generation, by which what is derived (vectors.py) knows whether it is up to date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexes import twins
from indexes.database import FILE, Database, next_generation
from indexes.dates import day_of
from indexes.documents import Document, Original
from indexes.encoder import PassageVectors, Vectors
from indexes.errors import DocumentError
from indexes.filters import Condition
from indexes.passages import Passage
from indexes.records import (
    COLUMNS,
    DocumentSummary,
    Revision,
    StoredPassage,
    document_of,
    passage_columns,
    statement,
    statement_row,
    stored_passage,
    to_bytes,
    to_text,
)
from indexes.statements import Statement
from indexes.words import terms


class Store(Database):
    """What is on record in one folder."""

    # ---- writing

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        vectors: Sequence[PassageVectors],
        statements: Sequence[Statement],
        *,
        original: Original | None = None,
        names: Iterable[str] = (),
        replaces: int | None = None,
        added: str | None = None,
    ) -> tuple[int, str]:
        """Store a document whole, or not at all.

        Args:
            document: the document.
            passages: all of its passages.
            vectors: theirs.
            statements: who said what in it.
            original: the file as it came, if it is to be kept.
            names: what it may be called where its own name is taken, best first.
            replaces: number of the document that it is a new version of.
            added: when, ISO 8601; now, if not given.

        Returns:
            Its number and the name under which it is stored.

        Raises:
            DocumentError: if a document of this content is stored already, or no name is free.
            IndexStoreError: if it cannot be written; what was stored before is untouched.
        """
        with self._translated(), self._writing() as db:
            if db.execute("SELECT 1 FROM documents WHERE sha256 = ?", (document.id,)).fetchone():
                raise DocumentError(f"{document.name} is in the index already.", document.name)
            if document.source is not None:  # it may have been a copy of another document so far
                db.execute("DELETE FROM aliases WHERE source = ?", (document.source,))
                # Another process may have written since the caller looked.
                replaces = self.at_source(document.source)
            old = _taken_off(db, replaces) if replaces is not None else None
            name = next(
                (n for n in chain([document.name], names) if not _is_taken(db, n)),
                None,
            )
            if name is None:
                raise DocumentError(
                    f"The name {document.name} is taken in the index; rename the file.",
                    document.name,
                )
            number = int(
                db.execute(
                    "INSERT INTO documents (sha256, name, title, byline, published, source, body, words, added, text,"
                    " publisher, language, day, pages, unread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        document.id, name, document.title, document.byline, document.published, document.source,
                        document.body, document.words, added or _now(), to_bytes(document.text), document.publisher,
                        document.language, day_of(document.published), json.dumps(document.pages), document.unread,
                    ),
                ).lastrowid
                or 0
            )  # fmt: skip
            if original is not None:
                db.execute(
                    "INSERT INTO originals VALUES (?, ?, ?)",
                    (number, original.suffix, original.data),
                )
            for passage, vector in zip(passages, vectors, strict=True):
                self._add_passage(db, number, document.text, passage, vector)
            db.executemany(
                "INSERT INTO statements (document, speaker, kind, score, content, cue_start, cue_end,"
                " source_start, source_end, within) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [statement_row(number, said) for said in statements],
            )
            if old is not None:
                _note_revision(db, number, document, passages, old)
            twins.mark(db, number, document.text)
            next_generation(db)
        return number, name

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

    def add_alias(
        self,
        names: Iterable[str],
        document: str,
        source: str | None = None,
        *,
        replaces: int | None = None,
    ) -> None:
        """Let a stored document be found under the name and source of a copy of it, too.

        Args:
            names: what the copy may be called, best first; if none is free, nothing is noted.
            document: the stored document's name.
            source: where the copy is.
            replaces: number of the document that was at that source before, and no longer is.
        """
        with self._translated(), self._writing() as db:
            if replaces is not None:
                _taken_off(db, replaces)
                next_generation(db)
            elif source is not None:
                db.execute("DELETE FROM aliases WHERE source = ?", (source,))
            db.execute(
                "INSERT INTO aliases (name, document, source) SELECT ?, id, ? FROM documents WHERE name = ?"
                " AND ?1 IS NOT NULL",
                (next((n for n in names if not _is_taken(db, n)), None), source, document),
            )

    def aliases(self, number: int) -> list[tuple[str, str | None]]:
        """The names and sources of copies of a document."""
        return self._rows(
            "SELECT name, source FROM aliases WHERE document = ? ORDER BY name", number
        )

    def add_history(
        self,
        name: str,
        aliases: Iterable[tuple[str, str | None]],
        revisions: Iterable[tuple[str, Sequence[str], Sequence[str]]],
    ) -> None:
        """Give a document back the copies and revisions that an export noted."""
        with self._translated(), self._writing() as db:
            number = self.number(name)
            db.executemany(
                "INSERT OR IGNORE INTO aliases (name, document, source) VALUES (?, ?, ?)",
                [(alias, number, source) for alias, source in aliases if not _is_taken(db, alias)],
            )
            db.executemany(
                "INSERT INTO revisions (document, at, gone, new) VALUES (?, ?, ?, ?)",
                [(number, at, json.dumps(gone), json.dumps(new)) for at, gone, new in revisions],
            )

    def remove(self, name: str) -> None:
        """Remove a document and all that was made of it.

        Raises:
            DocumentError: if there is no document of this name.
        """
        with self._translated(), self._writing() as db:
            number, _ = self.document(name)
            _delete(db, number)
            next_generation(db)

    # ---- reading

    def documents(self, numbers: Sequence[int] | None = None) -> list[DocumentSummary]:
        """List the documents, all or those of some numbers, in the order in which they were added."""
        rows = self._rows(
            "SELECT name, title, byline, published, source, words, added,"
            " (SELECT count(DISTINCT speaker) FROM statements s WHERE s.document = d.id AND speaker <> ''),"
            " (SELECT count(*) FROM statements s WHERE s.document = d.id), publisher, language,"
            " (SELECT t.name FROM documents t WHERE t.id = d.twin), unread,"
            " (SELECT suffix FROM originals o WHERE o.document = d.id) FROM documents d"
            " WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1)) ORDER BY id",
            None if numbers is None else json.dumps(list(numbers)),
        )
        return [DocumentSummary(*row) for row in rows]

    def names(self) -> dict[str, int]:
        """The documents' names with their numbers, in the order in which they were added."""
        return dict(self._rows("SELECT name, id FROM documents ORDER BY id"))

    def numbers(self) -> dict[str, int]:
        """The numbers of documents by name, those of their copies among them."""
        return {**dict(self._rows("SELECT name, document FROM aliases")), **self.names()}

    def where(
        self, conditions: Sequence[Condition], matching: Callable[[str], Sequence[str]]
    ) -> list[int]:
        """The numbers of the documents that meet all conditions, in the order in which they were added."""
        parts = [condition.sql(matching) for condition in conditions]
        return [
            number
            for (number,) in self._rows(
                f"SELECT d.id FROM documents d WHERE {' AND '.join(p for p, _ in parts) or '1'} ORDER BY d.id",  # noqa: S608 - columns and marks only
                *(value for _, values in parts for value in values),
            )
        ]

    def has_content(self, sha256: str) -> str | None:
        """The name of the document with this content, if there is one."""
        rows = self._rows("SELECT name FROM documents WHERE sha256 = ?", sha256)
        return rows[0][0] if rows else None

    def at_source(self, source: str | None) -> int | None:
        """The number of the document that was read from a source itself, not from a copy elsewhere."""
        rows = self._rows("SELECT id FROM documents WHERE source = ? ORDER BY id", source)
        return rows[0][0] if rows else None

    def is_alias(self, source: str | None, name: str) -> bool:
        """Tell whether a source is known as a copy of the document of this name."""
        return bool(
            self._rows(
                "SELECT 1 FROM aliases a JOIN documents d ON d.id = a.document WHERE a.source = ? AND d.name = ?",
                source, name,
            )
        )  # fmt: skip

    def number(self, name: str) -> int | None:
        """The number of the document of this name, be it a copy's; None if there is none."""
        rows = self._rows(
            "SELECT id FROM documents WHERE name = ?1 UNION ALL SELECT document FROM aliases WHERE name = ?1",
            name,
        )
        return rows[0][0] if rows else None

    def document(self, name: str | int) -> tuple[int, Document]:
        """Read a document, by name or number, with its number.

        Raises:
            DocumentError: if there is none.
        """
        number = name if isinstance(name, int) else self.number(name)
        rows = self._rows(f"SELECT {COLUMNS} FROM documents WHERE id = ?", number)  # noqa: S608 - a constant
        if not rows:
            raise DocumentError(
                f"There is no document named {name} in the index; `onrecord list` shows the names.",
                str(name),
            )
        return document_of(rows[0])

    def original(self, number: int) -> Original | None:
        """The file as it came, where it was kept."""
        rows = self._rows("SELECT suffix, data FROM originals WHERE document = ?", number)
        return Original(*rows[0]) if rows else None

    def revisions(self, document: int | None = None) -> list[Revision]:
        """What changed when a new version of a document replaced the one before, oldest first."""
        rows = self._rows(
            "SELECT d.name, r.at, r.gone, r.new FROM revisions r JOIN documents d ON d.id = r.document"
            " WHERE ?1 IS NULL OR d.id = ?1 ORDER BY r.id",
            document,
        )
        return [Revision.of(row) for row in rows]

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
        with self.snapshot():
            generation = self.generation
            rows = self._rows("SELECT id, vector FROM passages ORDER BY id")
        ids = np.array([number for number, _ in rows], dtype=np.int64)
        joined = np.frombuffer(b"".join(vector for _, vector in rows), "<f2").astype(np.float32)
        return generation, ids, joined.reshape(len(rows), -1 if rows else 0)

    def groups(self, documents: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Each document's name, and the number of the one that stands for all that nearly repeat it."""
        return {
            number: (name, group)
            for number, name, group in self._rows(
                "SELECT id, name, coalesce(twin, id) FROM documents WHERE id IN (SELECT value FROM json_each(?))",
                json.dumps(list(documents)),
            )
        }

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


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _is_taken(db: sqlite3.Connection, name: str) -> bool:
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM documents WHERE name = ?1) OR EXISTS (SELECT 1 FROM aliases WHERE name = ?1)",
        (name,),
    ).fetchone()
    return bool(row[0])


def _delete(db: sqlite3.Connection, number: int) -> None:
    """Delete a document with its full text, for which FTS5 must be told the same words again."""
    text = to_text(db.execute("SELECT text FROM documents WHERE id = ?", (number,)).fetchone()[0])
    rows = db.execute(
        "SELECT id, document, sentences, vector, sentence_vectors FROM passages WHERE document = ?",
        (number,),
    ).fetchall()
    for stored in map(stored_passage, rows):
        db.execute(
            "INSERT INTO full_text (full_text, rowid, terms) VALUES ('delete', ?, ?)",
            (stored.id, " ".join(terms(stored.passage.span.of(text)))),
        )
    twins.unmark(db, number)
    db.execute("DELETE FROM documents WHERE id = ?", (number,))


class _Old:
    """What is kept of a document that a new version replaces: its sentences, and its history."""

    def __init__(self, db: sqlite3.Connection, number: int) -> None:
        row = db.execute("SELECT text FROM documents WHERE id = ?", (number,)).fetchone()
        text = to_text(row[0])
        passages = db.execute(
            "SELECT id, document, sentences, vector, sentence_vectors FROM passages WHERE document = ? ORDER BY id",
            (number,),
        ).fetchall()
        self.sentences = [
            s.span.of(text) for row in passages for s in stored_passage(row).passage.sentences
        ]
        self.revisions = db.execute(
            "SELECT at, gone, new FROM revisions WHERE document = ? ORDER BY id", (number,)
        ).fetchall()


def _taken_off(db: sqlite3.Connection, number: int) -> _Old:
    """Take a version off its source: it stays under the name of a copy elsewhere, or is deleted."""
    old = _Old(db, number)
    copy = db.execute(
        "SELECT name, source FROM aliases WHERE document = ? AND source IS NOT NULL ORDER BY name",
        (number,),
    ).fetchone()
    if copy is None:
        _delete(db, number)
    else:
        db.execute("DELETE FROM aliases WHERE name = ?", copy[:1])
        db.execute("DELETE FROM revisions WHERE document = ?", (number,))
        db.execute("UPDATE documents SET name = ?, source = ? WHERE id = ?", (*copy, number))
    return old


def _note_revision(
    db: sqlite3.Connection, number: int, document: Document, passages: Sequence[Passage], old: _Old
) -> None:
    db.executemany(
        "INSERT INTO revisions (document, at, gone, new) VALUES (?, ?, ?, ?)",
        [(number, *row) for row in old.revisions],
    )
    spans = [sentence.span for passage in passages for sentence in passage.sentences]
    before = {" ".join(sentence.split()) for sentence in old.sentences}
    now = {" ".join(span.of(document.text).split()) for span in spans}
    gone = [sentence for sentence in old.sentences if " ".join(sentence.split()) not in now]
    new = [
        span.of(document.text)
        for span in spans
        if " ".join(span.of(document.text).split()) not in before
    ]
    db.execute(
        "INSERT INTO revisions (document, at, gone, new) VALUES (?, ?, ?, ?)",
        (number, _now(), json.dumps(gone), json.dumps(new)),
    )


__all__ = ["FILE", "Store"]
