"""What people think of answers: kept beside the index, and made into a question set.

An answer that was found right becomes a regression test: the same words must be cited again. One
that was found wrong becomes a test when somebody says what would have been right: the words that
answer it, or that the articles do not say. Each opinion keeps the answer that it is about, so that
it outlives the conversation.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from indexes.errors import OnrecordError
from qa.answer import Answer
from qa.evaluation.faults import RequestError
from qa.evaluation.journal import replacing
from qa.evaluation.questions import Place, Question
from qa.evaluation.quotes import faults_of
from qa.evaluation.remarks import Remark, remark

FILE = "feedback.sqlite3"
LONGEST_NOTE = 2000

_MIGRATIONS = (
    """
    CREATE TABLE opinion (
        id INTEGER PRIMARY KEY AUTOINCREMENT, conversation INTEGER NOT NULL, turn INTEGER NOT NULL,
        made TEXT NOT NULL, verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
        asked TEXT NOT NULL, answer TEXT NOT NULL, note TEXT NOT NULL DEFAULT '',
        expected TEXT NOT NULL DEFAULT '{}', removed TEXT, UNIQUE (conversation, turn, answer)
    );
    """,
)
"""From each version of the file to the next; the file's ``user_version`` counts those it has had."""

Verdict = Literal["right", "wrong"]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Asked(_Value):
    """A question as the assistant was asked it: with the conversation before it, and its scope."""

    question: str
    history: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class Passage(_Value):
    """Words of a document that answer a question: ``document.text[start:end] == quote``."""

    document: str
    start: int
    end: int
    quote: str


class Expected(_Value):
    """What would have been right.

    Attributes:
        silent: the articles do not say.
        passages: the words that answer it, all of them needed.
    """

    silent: bool = False
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody thinks of one answer.

    Attributes:
        id: its number, never used again.
        conversation, turn: where the answer was given.
        made: when, ISO 8601 in UTC.
        verdict: right or wrong.
        asked: the question as the assistant was asked it.
        answer: the answer that is meant.
        note: in words, or "".
        expected: for a wrong answer, what would have been right.
    """

    id: int
    conversation: int
    turn: int
    made: str
    verdict: Verdict
    asked: Asked
    answer: Answer
    note: str = ""
    expected: Expected = field(default_factory=Expected)


class Feedback:
    """The opinions on answers from one index; the file is made with the first of them."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=10)) as db:
                self._migrate(db)
                with db:
                    yield db
        except (OSError, sqlite3.Error) as error:
            raise OnrecordError(
                f"The feedback in {self.path} cannot be used ({error}); check the disk, or move the "
                "file away to start with none."
            ) from error

    def _migrate(self, db: sqlite3.Connection) -> None:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        if version > len(_MIGRATIONS):
            raise OnrecordError(
                f"The feedback in {self.path} was kept by a later version of onrecord; use that one."
            )
        for number in range(version, len(_MIGRATIONS)):
            db.executescript(
                f"BEGIN IMMEDIATE; {_MIGRATIONS[number]} PRAGMA user_version = {number + 1}; COMMIT;"
            )

    def give(
        self, conversation: int, turn: int, asked: Asked, answer: Answer, verdict: Verdict
    ) -> Opinion:
        """Say that an answer is right or wrong; said again, it replaces the verdict only."""
        with self._open() as db:
            db.execute(
                "INSERT INTO opinion (conversation, turn, made, verdict, asked, answer)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (conversation, turn, answer)"
                " DO UPDATE SET verdict = excluded.verdict, removed = NULL",
                (
                    conversation,
                    turn,
                    datetime.now(UTC).isoformat(timespec="seconds"),
                    verdict,
                    asked.model_dump_json(),
                    answer.model_dump_json(),
                ),
            )
        given = self.of(conversation, turn, answer)
        if given is None:
            raise OnrecordError("The opinion was not kept; say it again.")
        return given

    def say_more(self, number: int, *, note: str, expected: Expected) -> None:
        """Keep the words on an opinion, and what would have been right."""
        with self._open() as db:
            db.execute(
                "UPDATE opinion SET note = ?, expected = ? WHERE id = ?",
                (" ".join(note.split())[:LONGEST_NOTE], expected.model_dump_json(), number),
            )

    def of(self, conversation: int, turn: int, answer: Answer) -> Opinion | None:
        """Return the opinion on an answer that a turn gave, if there is one."""
        found = self._read(
            "conversation = ? AND turn = ? AND answer = ?",
            conversation,
            turn,
            answer.model_dump_json(),
        )
        return found[0] if found else None

    def verdicts(self, conversation: int) -> dict[tuple[int, str], Verdict]:
        """Return the verdicts on a conversation's answers, by turn and by the answer's JSON."""
        return {
            (opinion.turn, opinion.answer.model_dump_json()): opinion.verdict
            for opinion in self._read("conversation = ?", conversation)
        }

    def get(self, number: int) -> Opinion:
        """Return an opinion.

        Raises:
            OnrecordError: if it is not there any more.
        """
        for opinion in self._read("id = ?", number):
            return opinion
        raise OnrecordError("This feedback is not here any more; reload the page.")

    def all(self) -> list[Opinion]:
        """List the opinions, the latest first; none when nothing was ever said."""
        return self._read("1")

    def remove(self, number: int) -> None:
        """Take an opinion away; `restore` brings it back."""
        with self._open() as db:
            db.execute("UPDATE opinion SET removed = datetime() WHERE id = ?", (number,))

    def restore(self, number: int) -> None:
        """Bring back an opinion that was taken away."""
        with self._open() as db:
            db.execute("UPDATE opinion SET removed = NULL WHERE id = ?", (number,))

    def _read(self, condition: str, *values: object) -> list[Opinion]:
        if not self.path.exists():
            return []
        with self._open() as db:
            rows = db.execute(
                "SELECT id, conversation, turn, made, verdict, asked, answer, note, expected"  # noqa: S608 - ours
                f" FROM opinion WHERE removed IS NULL AND {condition} ORDER BY id DESC",
                values,
            ).fetchall()
        return [_opinion(row) for row in rows]


def _opinion(row: Sequence[object]) -> Opinion:
    number, conversation, turn, made, verdict, asked, answer, note, expected = row
    return Opinion(
        int(str(number)),
        int(str(conversation)),
        int(str(turn)),
        str(made),
        "right" if verdict == "right" else "wrong",
        Asked.model_validate_json(str(asked)),
        Answer.model_validate_json(str(answer)),
        str(note),
        Expected.model_validate_json(str(expected)),
    )


@dataclass(frozen=True, slots=True)
class FeedbackSet:
    """The question set that opinions make.

    Attributes:
        questions: in the order of the opinions.
        left_out: the opinions that make none, each with the reason, a sentence.
    """

    questions: tuple[Question, ...]
    left_out: tuple[tuple[Opinion, Remark], ...]

    def lines(self) -> str:
        """The set as JSON lines, as ``onrecord evaluate`` reads them."""
        return "".join(f"{question.model_dump_json()}\n" for question in self.questions)


def set_of(opinions: Iterable[Opinion], texts: Mapping[str, str]) -> FeedbackSet:
    """Make a question of each opinion that says what is right.

    Args:
        opinions: what was said.
        texts: the articles on record by name: what is not in them any more makes no test.
    """
    questions: list[Question] = []
    left_out: list[tuple[Opinion, Remark]] = []
    for opinion in opinions:
        question = question_of(opinion, texts)
        if question is None:
            left_out.append((opinion, remark("unsaid")))
            continue
        where = remark("question", at=len(questions) + 1)
        faults = [fault.what for fault in faults_of(where, question, texts)]
        if faults:
            left_out.append((opinion, remark("article-changed", what=faults[0])))
        else:
            questions.append(question)
    return FeedbackSet(tuple(questions), tuple(left_out))


def question_of(opinion: Opinion, texts: Mapping[str, str]) -> Question | None:
    """Return the question that an opinion makes; None while nobody has said what is right."""
    answer, expected = opinion.answer, opinion.expected
    places: Sequence[Passage] = ()
    if opinion.verdict == "right":
        answerable = answer.answered
        places = [
            Passage(document=c.document, start=c.start, end=c.end, quote=c.quote)
            for c in answer.citations
        ]
    elif expected.silent or expected.passages:
        answerable = not expected.silent
        places = () if expected.silent else expected.passages
    else:
        return None
    short = (answer.short,) if opinion.verdict == "right" and answer.short else ()
    return Question(
        id=f"feedback-{opinion.id}",
        kind=f"was {opinion.verdict}",
        question=opinion.asked.question,
        history=opinion.asked.history,
        documents=opinion.asked.documents or None,
        answerable=answerable,
        evidence=tuple((_evidence(place, texts),) for place in places),
        reference_answers=short,
    )


def _evidence(passage: Passage, texts: Mapping[str, str]) -> str | Place:
    """The words, which outlive other changes of the article; their place where they are said twice."""
    there = texts.get(passage.document, "")
    alone = there.find(passage.quote) == passage.start and there.count(passage.quote) == 1
    if alone or there[passage.start : passage.end] != passage.quote:
        return passage.quote
    return Place(document=passage.document, start=passage.start, end=passage.end)


def save(made: FeedbackSet, path: Path) -> None:
    """Write a question set as JSON lines, whole or not at all.

    Raises:
        RequestError: if it holds no question, or cannot be written there.
    """
    if not made.questions:
        raise RequestError(
            "No feedback says yet what is right, so there is nothing to save; give some in the chat."
        )
    try:
        with replacing(path) as file:
            file.write(made.lines().encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise RequestError(
            f"The question set cannot be written to {path} ({error.strerror or error}); choose "
            "another file."
        ) from error
