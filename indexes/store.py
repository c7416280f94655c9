"""SQLite: the truth about what is on record.

Documents, passages, sentences, statements, vectors, full text and original files lie in one file, and
a document is added, replaced or removed in one transaction. Ids grow and are never used again. Every
change adds one to the generation, by which what is derived (vectors.py) knows whether it is up to date.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from indexes import twins
from indexes.database import FILE, next_generation
from indexes.dates import day_of
from indexes.documents import Document, Original, Span
from indexes.errors import DocumentError
from indexes.filters import Condition
from indexes.new_vectors import NewVectors
from indexes.passages import Passage
from indexes.records import (
    COLUMNS,
    DocumentSummary,
    History,
    PassageColumns,
    Revision,
    document_of,
    statement,
    statement_row,
)
from indexes.statements import Statement
from indexes.versions import delete, is_taken, note_revision, now, taken_off
from indexes.words import terms


class Store(NewVectors):
    """What is on record in one folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._all_speakers: tuple[int, Mapping[str, int]] | None = None  # as of a generation

    # ---- writing

    def add(
        self,
        document: Document,
        passages: Sequence[Passage],
        rows: Sequence[PassageColumns],
        statements: Sequence[Statement],
        *,
        original: Original | None = None,
        names: Iterable[str] = (),
        replaces: int | None = None,
        added: str | None = None,
        model: str | None = None,
        history: History | None = None,
    ) -> tuple[int, str]:
        """Store a document whole, or not at all.

        Args:
            document: the document.
            passages: all of its passages.
            rows: their places and vectors, as they are stored: a quarter of what the vectors take.
            statements: who said what in it.
            original: the file as it came, if it is to be kept.
            names: what it may be called where its own name is taken, best first.
            replaces: number of the document that it is a new version of.
            added: when, ISO 8601; now, if not given.
            model: SHA-256 of the weights of the model that made the vectors.
            history: the copies and revisions that an export noted of it.

        Returns:
            Its number and the name under which it is stored.

        Raises:
            DocumentError: if a document of this content is stored already, or no name is free.
            IndexStoreError: if it cannot be written; what was stored before is untouched.
            ModelError: if the index is of another model by now.
        """
        with self._translated(), self._writing() as db:
            if model is not None:
                self.expect_model(model)
            if db.execute("SELECT 1 FROM documents WHERE sha256 = ?", (document.id,)).fetchone():
                raise DocumentError(f"{document.name} is in the index already.", document.name)
            if document.source is not None:  # it may have been a copy of another document so far
                db.execute("DELETE FROM aliases WHERE source = ?", (document.source,))
                # Another process may have written since the caller looked.
                replaces = self.at_source(document.source)
            old = taken_off(db, replaces) if replaces is not None else None
            name = next(
                (n for n in chain([document.name], names) if not is_taken(db, n)),
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
                        document.body, document.words, added or now(), document.text.encode(), document.publisher,
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
            for passage, columns in zip(passages, rows, strict=True):
                words = " ".join(terms(passage.span.of(document.text)))
                _add_passage(db, number, columns, words)
            db.executemany(
                "INSERT INTO statements (document, speaker, kind, score, content, cue_start, cue_end,"
                " source_start, source_end, within) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [statement_row(number, said) for said in statements],
            )
            if old is not None:
                note_revision(db, number, document, passages, old)
            if history is not None:
                _add_history(db, number, history)
            twins.mark(db, number, document.text)
            next_generation(db)
        return number, name

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
                taken_off(db, replaces)
                next_generation(db)
            elif source is not None:
                db.execute("DELETE FROM aliases WHERE source = ?", (source,))
            db.execute(
                "INSERT INTO aliases (name, document, source) SELECT ?, id, ? FROM documents WHERE name = ?"
                " AND ?1 IS NOT NULL",
                (next((n for n in names if not is_taken(db, n)), None), source, document),
            )

    def aliases(self, number: int) -> list[tuple[str, str | None]]:
        """The names and sources of copies of a document."""
        return self._rows(
            "SELECT name, source FROM aliases WHERE document = ? ORDER BY name", number
        )

    def remove(self, name: str) -> None:
        """Remove a document and all that was made of it.

        Raises:
            DocumentError: if there is no document of this name.
        """
        with self._translated(), self._writing() as db:
            number, _ = self.document(name)
            delete(db, number)
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

    @property
    def holds_any(self) -> bool:
        """Whether there is any document."""
        return bool(self._rows("SELECT 1 FROM documents LIMIT 1"))

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

    def is_alias(self, source: str, name: str) -> bool:
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

    def groups(self, documents: Sequence[int]) -> dict[int, tuple[str, int]]:
        """Each document's name, and the number of the one that stands for all that nearly repeat it."""
        return {
            number: (name, group)
            for number, name, group in self._rows(
                "SELECT id, name, coalesce(twin, id) FROM documents WHERE id IN (SELECT value FROM json_each(?))",
                json.dumps(list(documents)),
            )
        }

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

    def documents_of(
        self, speakers: Sequence[str], documents: Sequence[int] | None = None
    ) -> list[int]:
        """The numbers of the documents in which some speakers are on record, in order."""
        rows = self._rows(
            "SELECT DISTINCT document FROM statements WHERE speaker IN (SELECT value FROM json_each(?1))"
            " AND (?2 IS NULL OR document IN (SELECT value FROM json_each(?2))) ORDER BY document",
            json.dumps(list(speakers)),
            None if documents is None else json.dumps(list(documents)),
        )
        return [number for (number,) in rows]

    def speakers(self, documents: Sequence[int] | None = None) -> Mapping[str, int]:
        """The speakers on record with how many statements each has, most first."""
        if documents is not None:
            return self._speakers_of(documents)
        generation = self.generation
        if self._all_speakers is None or self._all_speakers[0] != generation:
            self._all_speakers = generation, self._speakers_of(None)
        return self._all_speakers[1]

    def _speakers_of(self, documents: Sequence[int] | None) -> Mapping[str, int]:
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
            try:
                inside = all(span.end <= len(document.text) for span in self._spans(number))
            except ValueError:  # no range at all
                inside = False
            if not inside:
                found.append(f"a sentence or a statement of {name} is not in its text")
        return found

    def _spans(self, number: int) -> Iterator[Span]:
        """Every stored place in a document's text."""
        for stored in self.passages_of(number):
            yield from (sentence.span for sentence in stored.passage.sentences)
        for _, said in self.statements(documents=[number]):
            yield from said.content
            yield from (span for span in (said.cue, said.source) if span is not None)


def _add_history(db: sqlite3.Connection, document: int, history: History) -> None:
    db.executemany(
        "INSERT OR IGNORE INTO aliases (name, document, source) VALUES (?, ?, ?)",
        [(name, document, source) for name, source in history.aliases if not is_taken(db, name)],
    )
    db.executemany(
        "INSERT INTO revisions (document, at, gone, new) VALUES (?, ?, ?, ?)",
        [(document, at, json.dumps(gone), json.dumps(new)) for at, gone, new in history.revisions],
    )


def _add_passage(
    db: sqlite3.Connection, document: int, columns: PassageColumns, words: str
) -> None:
    number = db.execute(
        "INSERT INTO passages (document, sentences, vector, sentence_vectors) VALUES (?, ?, ?, ?)",
        (document, *columns),
    ).lastrowid
    db.execute("INSERT INTO full_text (rowid, terms) VALUES (?, ?)", (number, words))


__all__ = ["FILE", "Store"]
