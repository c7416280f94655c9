"""Conversations on disk: asked, answered, listed, searched, renamed and removed, in SQLite.

They lie beside the index whose articles they quote, in a file of their own: an index can be made
again from its articles, a conversation cannot. Answers are kept as the JSON of the contract, so
that their citations come back as they were. Numbers of conversations are never used again.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from indexes.errors import OnrecordError
from qa.answer import Answer
from ui.language import t

FILE = "conversations.sqlite3"
LONGEST_TITLE = 120

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, changed TEXT NOT NULL, removed TEXT
);
CREATE TABLE IF NOT EXISTS turn (
    conversation INTEGER NOT NULL REFERENCES conversation ON DELETE CASCADE,
    number INTEGER NOT NULL, question TEXT NOT NULL, scope TEXT NOT NULL, state TEXT NOT NULL,
    reason TEXT NOT NULL DEFAULT '', answer TEXT, PRIMARY KEY (conversation, number)
);
CREATE TABLE IF NOT EXISTS preference (name TEXT PRIMARY KEY, value TEXT NOT NULL);
DELETE FROM conversation WHERE removed IS NOT NULL;
PRAGMA user_version = 1;
"""

State = Literal["asked", "answered", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is limited to.

    Attributes:
        articles: by name; none for all.
        speaker: whose words; "" for anyone's.
        since: the day from which its articles are published, as ISO 8601; "" for any.
        until: the day to which they are; "" for any.
    """

    articles: tuple[str, ...] = ()
    speaker: str = ""
    since: str = ""
    until: str = ""

    @property
    def where(self) -> tuple[str, ...]:
        """The conditions that its articles must meet."""
        since = (f"published>={self.since}",) if self.since else ()
        return (*since, f"published<={self.until}") if self.until else since


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation, and what came of it.

    Attributes:
        number: its number in the conversation, from 1.
        question: as it was asked.
        scope: what it was limited to.
        state: "asked" while no answer has come: the page or the program was closed before.
        reason: why there is no answer, when it failed.
        answer: the answer with its citations, when it came.
    """

    number: int
    question: str
    scope: Scope
    state: State
    reason: str = ""
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in the list; ``changed`` is ISO 8601 in UTC."""

    id: int
    title: str
    changed: str


class Conversations:
    """The conversations about one index."""

    def __init__(self, path: Path) -> None:
        """Open the file, made when missing; those that were removed before are gone now.

        Raises:
            OnrecordError: if it cannot be opened.
        """
        self.path = path
        self._lock = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            self._db.executescript(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise OnrecordError(t("chat.cannot-open", path=path, error=error)) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield self._db
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                where = self.path.parent
                raise OnrecordError(t("chat.cannot-keep", path=where, error=error)) from error

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            try:
                return self._db.execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise OnrecordError(t("chat.cannot-read", path=self.path, error=error)) from error

    # ---- asking

    def ask(
        self, conversation: int | None, number: int | None, question: str, scope: Scope
    ) -> tuple[int, int]:
        """Put a question down, before it is answered.

        Args:
            conversation: where it belongs; a new one is begun for None, and for one that is gone.
            number: the turn that it takes the place of; None for the next one.
            question: as it was asked.
            scope: what it is limited to.

        Returns:
            The numbers of its conversation and of its turn.
        """
        with self._writing() as db:
            known = db.execute(
                "SELECT id FROM conversation WHERE id = ? AND removed IS NULL", (conversation,)
            ).fetchone()
            if known is None:
                title = " ".join(question.split())[:LONGEST_TITLE]
                made = db.execute(
                    "INSERT INTO conversation (title, changed) VALUES (?, ?)", (title, _now())
                )
                conversation, number = int(made.lastrowid or 0), None
            else:
                conversation = int(known[0])
                db.execute(
                    "UPDATE conversation SET changed = ? WHERE id = ?", (_now(), conversation)
                )
            if number is None:
                (last,) = db.execute(
                    "SELECT coalesce(max(number), 0) FROM turn WHERE conversation = ?",
                    (conversation,),
                ).fetchone()
                number = int(last) + 1
            db.execute(
                "INSERT OR REPLACE INTO turn (conversation, number, question, scope, state)"
                " VALUES (?, ?, ?, ?, 'asked')",
                (conversation, number, question, json.dumps(asdict(scope))),
            )
            return conversation, number

    def end(
        self,
        conversation: int,
        number: int,
        state: State,
        *,
        answer: Answer | None = None,
        reason: str = "",
    ) -> None:
        """Put down what came of a question."""
        with self._writing() as db:
            db.execute(
                "UPDATE turn SET state = ?, reason = ?, answer = ? WHERE conversation = ? AND number = ?",
                (
                    state,
                    reason,
                    answer.model_dump_json() if answer else None,
                    conversation,
                    number,
                ),
            )

    # ---- reading

    def turns(self, conversation: int) -> list[Turn]:
        """Read a conversation in order; an answer that a later version cannot read is told as failed.

        Raises:
            OnrecordError: if there is none of this number.
        """
        self.title(conversation)
        rows = self._rows(
            "SELECT number, question, scope, state, reason, answer FROM turn"
            " WHERE conversation = ? ORDER BY number",
            conversation,
        )
        return [_turn(row) for row in rows]

    def history(self, conversation: int, before: int) -> tuple[str, ...]:
        """Return questions, self-contained, and answers that come before a turn, alternating."""
        return tuple(
            text
            for turn in self.turns(conversation)
            if turn.answer and turn.number < before
            for text in (turn.answer.interpreted_as or turn.answer.question, turn.answer.text)
        )

    def title(self, conversation: int) -> str:
        """Return a conversation's title.

        Raises:
            OnrecordError: if there is none of this number.
        """
        rows = self._rows(
            "SELECT title FROM conversation WHERE id = ? AND removed IS NULL", conversation
        )
        if not rows:
            raise OnrecordError(t("chat.no-conversation"))
        return str(rows[0][0])

    def all(self, words: str = "") -> list[Talk]:
        """List the conversations, the latest first: those that have all the words somewhere."""
        like = [f"%{_plain(word)}%" for word in words.split()]
        found = (
            "title LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM turn WHERE conversation = id AND"
            " (question || ' ' || coalesce(json_extract(answer, '$.text'), '')) LIKE ? ESCAPE '\\')"
        )
        conditions = "".join(f" AND ({found})" for _ in like)
        rows = self._rows(
            f"SELECT id, title, changed FROM conversation WHERE removed IS NULL{conditions}"  # noqa: S608 - no value is in it
            " ORDER BY changed DESC, id DESC",
            *(pattern for pattern in like for _ in range(2)),
        )
        return [Talk(int(str(number)), str(title), str(at)) for number, title, at in rows]

    # ---- changing

    def rename(self, conversation: int, title: str) -> str:
        """Give a conversation another title; an empty one changes nothing. Return the title."""
        wanted = " ".join(title.split())[:LONGEST_TITLE]
        if wanted:
            with self._writing() as db:
                db.execute("UPDATE conversation SET title = ? WHERE id = ?", (wanted, conversation))
        return self.title(conversation)

    def remove(self, conversation: int) -> None:
        """Take a conversation away; ``restore`` brings it back until the file is opened again."""
        with self._writing() as db:
            db.execute("UPDATE conversation SET removed = ? WHERE id = ?", (_now(), conversation))

    def restore(self, conversation: int) -> None:
        """Bring back a conversation that was removed."""
        with self._writing() as db:
            db.execute("UPDATE conversation SET removed = NULL WHERE id = ?", (conversation,))

    # ---- preferences

    def preference(self, name: str) -> str | None:
        """Return what was chosen on the page, if anything was."""
        rows = self._rows("SELECT value FROM preference WHERE name = ?", name)
        return str(rows[0][0]) if rows else None

    def prefer(self, name: str, value: str) -> None:
        """Keep what was chosen on the page."""
        with self._writing() as db:
            db.execute("INSERT OR REPLACE INTO preference VALUES (?, ?)", (name, value))

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def _plain(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _turn(row: Sequence[object]) -> Turn:
    number, question, scope, state, reason, answer = row
    kept = json.loads(str(scope))
    made = Scope(
        tuple(kept["articles"]), kept["speaker"], kept.get("since", ""), kept.get("until", "")
    )
    try:
        read = Answer.model_validate_json(str(answer)) if answer else None
    except ValidationError:
        told = t("chat.other-version")
        return Turn(int(str(number)), str(question), made, "failed", told)
    return Turn(int(str(number)), str(question), made, _state(str(state)), str(reason), read)


def _state(state: str) -> State:
    known: tuple[State, ...] = ("asked", "answered", "stopped", "failed")
    return next((one for one in known if one == state), "asked")
