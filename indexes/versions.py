"""Documents that go: removed, or replaced by a new version, which keeps a note of what changed.

All of it happens within the caller's transaction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from indexes import twins
from indexes.documents import Document
from indexes.passages import Passage
from indexes.records import passage_at, places_of, to_text
from indexes.words import terms


@dataclass(frozen=True, slots=True)
class OldVersion:
    """What is kept of a document that a new version replaces.

    Attributes:
        sentences: its sentences, in reading order.
        revisions: its history: when, what had gone, what was new.
    """

    sentences: list[str]
    revisions: list[tuple[str, str, str]]


def now() -> str:
    """This moment, ISO 8601 in UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def is_taken(db: sqlite3.Connection, name: str) -> bool:
    """Tell whether a document or a copy of one has this name."""
    row = db.execute(
        "SELECT EXISTS (SELECT 1 FROM documents WHERE name = ?1) OR EXISTS (SELECT 1 FROM aliases WHERE name = ?1)",
        (name,),
    ).fetchone()
    return bool(row[0])


def delete(db: sqlite3.Connection, number: int) -> None:
    """Delete a document with its full text, for which FTS5 must be told the same words again."""
    text = to_text(db.execute("SELECT text FROM documents WHERE id = ?", (number,)).fetchone()[0])
    for passage_number, passage in _passages(db, number):
        db.execute(
            "INSERT INTO full_text (full_text, rowid, terms) VALUES ('delete', ?, ?)",
            (passage_number, " ".join(terms(passage.span.of(text)))),
        )
    # The change is not counted yet.
    db.execute(
        "INSERT INTO removed SELECT p.id, m.value + 1 FROM passages p, meta m"
        " WHERE p.document = ? AND m.key = 'generation'",
        (number,),
    )
    twins.unmark(db, number)
    db.execute("DELETE FROM documents WHERE id = ?", (number,))


def taken_off(db: sqlite3.Connection, number: int) -> OldVersion:
    """Take a version off its source: it stays under the name of a copy elsewhere, or is deleted."""
    old = _old(db, number)
    copy = db.execute(
        "SELECT name, source FROM aliases WHERE document = ? AND source IS NOT NULL ORDER BY name",
        (number,),
    ).fetchone()
    if copy is None:
        delete(db, number)
    else:
        db.execute("DELETE FROM aliases WHERE name = ?", copy[:1])
        db.execute("DELETE FROM revisions WHERE document = ?", (number,))
        db.execute("UPDATE documents SET name = ?, source = ? WHERE id = ?", (*copy, number))
    return old


def note_revision(
    db: sqlite3.Connection,
    number: int,
    document: Document,
    passages: Sequence[Passage],
    old: OldVersion,
) -> None:
    """Note what a new version has changed, and take over the history of the old one."""
    db.executemany(
        "INSERT INTO revisions (document, at, gone, new) VALUES (?, ?, ?, ?)",
        [(number, *row) for row in old.revisions],
    )
    spans = [sentence.span for passage in passages for sentence in passage.sentences]
    before = {" ".join(sentence.split()) for sentence in old.sentences}
    after = {" ".join(span.of(document.text).split()) for span in spans}
    gone = [sentence for sentence in old.sentences if " ".join(sentence.split()) not in after]
    new = [
        span.of(document.text)
        for span in spans
        if " ".join(span.of(document.text).split()) not in before
    ]
    db.execute(
        "INSERT INTO revisions (document, at, gone, new) VALUES (?, ?, ?, ?)",
        (number, now(), json.dumps(gone), json.dumps(new)),
    )


def _old(db: sqlite3.Connection, number: int) -> OldVersion:
    row = db.execute("SELECT text FROM documents WHERE id = ?", (number,)).fetchone()
    text = to_text(row[0])
    sentences = [s.span.of(text) for _, passage in _passages(db, number) for s in passage.sentences]
    revisions = db.execute(
        "SELECT at, gone, new FROM revisions WHERE document = ? ORDER BY id", (number,)
    ).fetchall()
    return OldVersion(sentences, revisions)


def _passages(db: sqlite3.Connection, number: int) -> list[tuple[int, Passage]]:
    rows = db.execute(
        "SELECT id, sentences FROM passages WHERE document = ? ORDER BY id", (number,)
    ).fetchall()
    return [(passage, passage_at(places_of(sentences))) for passage, sentences in rows]
