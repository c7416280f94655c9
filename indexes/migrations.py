"""The database's form, version by version.

A new index is made by going through all versions, so that each step is run by every test. A step is
never changed once it is on main; a new form is a new function at the end of ``STEPS``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from indexes.dates import day_of
from indexes.twins import mark


def _first(db: sqlite3.Connection) -> None:
    for command in """
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
    cue_start INTEGER, cue_end INTEGER, source_start INTEGER, source_end INTEGER
);
CREATE INDEX statements_of_document ON statements (document);
CREATE INDEX statements_of_speaker ON statements (speaker);
CREATE VIRTUAL TABLE full_text USING fts5 (terms, content = '', tokenize = 'unicode61');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (full_text, 'row');
INSERT INTO meta VALUES ('generation', '0')
""".split(";\n"):
        db.execute(command)


def _within(db: sqlite3.Connection) -> None:
    """In whose words a statement is reported; unknown for those that were found before."""
    db.execute("ALTER TABLE statements ADD COLUMN within TEXT")


def _sources(db: sqlite3.Connection) -> None:
    """More about where documents are from: publisher, pages, originals, versions, near-duplicates."""
    for command in """
ALTER TABLE documents ADD COLUMN publisher TEXT;
ALTER TABLE documents ADD COLUMN language TEXT;
ALTER TABLE documents ADD COLUMN day TEXT;
ALTER TABLE documents ADD COLUMN pages TEXT NOT NULL DEFAULT '[]';
ALTER TABLE documents ADD COLUMN unread TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN twin INTEGER REFERENCES documents ON DELETE SET NULL;
CREATE INDEX documents_of_source ON documents (source);
CREATE INDEX documents_of_twin ON documents (twin);
CREATE INDEX documents_of_day ON documents (day);
ALTER TABLE aliases ADD COLUMN source TEXT;
CREATE INDEX aliases_of_document ON aliases (document);
CREATE INDEX aliases_of_source ON aliases (source);
CREATE TABLE originals (
    document INTEGER PRIMARY KEY REFERENCES documents ON DELETE CASCADE,
    suffix TEXT NOT NULL, data BLOB NOT NULL
);
CREATE TABLE bands (
    hash INTEGER NOT NULL, document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    PRIMARY KEY (hash, document)
) WITHOUT ROWID;
CREATE INDEX bands_of_document ON bands (document);
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    at TEXT NOT NULL, gone TEXT NOT NULL, new TEXT NOT NULL
);
CREATE INDEX revisions_of_document ON revisions (document)
""".split(";\n"):
        db.execute(command)
    for number, published in db.execute("SELECT id, published FROM documents").fetchall():
        db.execute("UPDATE documents SET day = ? WHERE id = ?", (day_of(published), number))
    for (number,) in db.execute("SELECT id FROM documents ORDER BY id").fetchall():
        blob = db.execute("SELECT text FROM documents WHERE id = ?", (number,)).fetchone()[0]
        mark(db, number, blob.decode("utf-8", "surrogatepass"))


def _derived(db: sqlite3.Connection) -> None:
    """What lets a vector file be caught up with, or known to be of another history; another model's vectors."""
    for command in """
CREATE TABLE removed (passage INTEGER PRIMARY KEY, generation INTEGER NOT NULL);
CREATE INDEX removed_at ON removed (generation);
CREATE TABLE reembedded (
    passage INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    vector BLOB NOT NULL, sentence_vectors BLOB NOT NULL
);
INSERT INTO meta VALUES ('lineage', lower(hex(randomblob(16))))
""".split(";\n"):
        db.execute(command)


STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first, _within, _sources, _derived)
VERSION = len(STEPS)


def upgrade(db: sqlite3.Connection) -> None:
    """Bring a database from whatever version it has to this one, within the caller's transaction."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    for step in STEPS[version:]:
        step(db)
    db.execute(f"PRAGMA user_version = {VERSION}")
