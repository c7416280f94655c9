"""Runs and question sets that are kept beside the index, so that they can be opened again.

A run is a folder of its own: the questions as JSON lines, ``run.json`` with what is known of it, and
when it is done its answers and what came of each. A run that was stopped has the journal of what was
asked so far, and goes on from there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from indexes.errors import OnrecordError
from qa.answer import Answer
from qa.evaluation.journal import Journal, replacing
from qa.evaluation.outcomes import Columns, Outcome
from qa.evaluation.questions import Question
from qa.evaluation.runner import Run
from qa.evaluation.sets import QuestionSet
from qa.file_names import file_stem

FOLDER = "evaluations"
_STATE, _ANSWERS, _OUTCOMES = "run.json", "answers.jsonl", "outcomes.jsonl"
_QUESTIONS = "questions"
"""A run's questions lie in a folder of their own: a set may be called "answers", too."""
_REMOVED = ".removed"

State = Literal["running", "stopped", "failed", "done"]


class KeptRun(BaseModel):
    """What is known of a run.

    Attributes:
        id: its number.
        name: what people call its set.
        file: the questions' file in its folder.
        made: when it began, ISO 8601 in UTC.
        size: how many questions it has.
        state: "running" also when the program was ended meanwhile.
        done: how many were asked.
        reason: why it failed.
        right: the share that is right, with its interval, when done.
        fingerprint, engine, version: as in `Run`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int
    name: str
    file: str
    made: str
    size: int
    state: State = "running"
    done: int = 0
    reason: str = ""
    right: tuple[float | None, float | None, float | None] = (None, None, None)
    fingerprint: str = ""
    engine: dict[str, Any] = Field(default_factory=dict)
    version: str = ""


class Kept:
    """The runs and the sets of one index; nothing is written before the first of them."""

    def __init__(self, index: Path) -> None:
        self.folder = index / FOLDER

    # ---- sets

    def keep_set(self, name: str, questions: Iterable[Question]) -> Path:
        """Keep a set's questions under its name; an earlier set of this name is replaced."""
        path = self.folder / "sets" / _file(name)
        _write(path, (question.model_dump_json() for question in questions))
        return path

    def sets(self) -> list[Path]:
        """The sets' files, by name."""
        home = self.folder / "sets"
        return sorted(home.glob("*.jsonl")) if home.is_dir() else []

    def remove_set(self, name: str) -> None:
        """Take a set away; its runs stay."""
        (self.folder / "sets" / _file(name)).unlink(missing_ok=True)

    # ---- runs

    def begin(self, name: str, questions: Iterable[Question], *, made: str) -> KeptRun:
        """Make the folder of a run, with its questions.

        Raises:
            OnrecordError: if it cannot be written.
        """
        with _told(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            names = (path.name.removeprefix(_REMOVED) for path in self.folder.iterdir())
            number = max((int(name) for name in names if name.isdecimal()), default=0) + 1
            (self.folder / str(number)).mkdir()
        size = 0

        def lines() -> Iterable[str]:
            nonlocal size
            for question in questions:
                size += 1
                yield question.model_dump_json()

        file = f"{_QUESTIONS}/{_file(name)}"
        _write(self.folder / str(number) / file, lines())
        begun = KeptRun(id=number, name=name, file=file, made=made, size=size)
        self.note(begun)
        return begun

    def note(self, run: KeptRun) -> None:
        """Write down what is known of a run."""
        _write(self.folder / str(run.id) / _STATE, [run.model_dump_json(indent=1)])

    def finish(self, kept: KeptRun, run: Run) -> KeptRun:
        """Write down what came of a run."""
        _write(self.folder / str(kept.id) / _OUTCOMES, (one.to_json() for one in run.outcomes()))
        right = run.measures["right"].interval
        done = kept.model_copy(
            update={
                "state": "done",
                "done": len(run.columns),
                "right": (right.value, right.low, right.high),
                "fingerprint": run.fingerprint,
                "engine": run.engine,
                "version": run.version,
            }
        )
        self.note(done)
        return done

    def runs(self) -> list[KeptRun]:
        """List the runs, the latest first; a folder that cannot be read is passed over."""
        if not self.folder.is_dir():
            return []
        numbers = sorted(int(p.name) for p in self.folder.iterdir() if p.name.isdecimal())
        found = []
        for number in reversed(numbers):
            try:
                found.append(self.run(number))
            except OnrecordError:
                continue
        return found

    def run(self, number: int) -> KeptRun:
        """Return what is known of a run.

        Raises:
            OnrecordError: if there is none of this number.
        """
        path = self.folder / str(number) / _STATE
        try:
            return KeptRun.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise OnrecordError(
                "This run is not here any more; choose another one, or run the set again."
            ) from error

    def questions(self, kept: KeptRun) -> Path:
        """The file of a run's questions."""
        return self.folder / str(kept.id) / kept.file

    def answers(self, kept: KeptRun) -> Path:
        """The file that a run's answers go to, one a line."""
        return self.folder / str(kept.id) / _ANSWERS

    def open(self, kept: KeptRun) -> Run:
        """Read a finished run, with all that its reports need.

        Raises:
            OnrecordError: if a part of it is missing or cannot be read.
        """
        journal, columns = Journal(None, kept.fingerprint), Columns()
        try:
            with (
                (self.folder / str(kept.id) / _OUTCOMES).open(encoding="utf-8") as outcomes,
                self.answers(kept).open(encoding="utf-8") as answers,
            ):
                for outcome, answer in zip(outcomes, answers, strict=True):
                    read = Outcome.from_json(outcome)
                    journal.add(read, answer.rstrip("\n"))
                    columns.add(read)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise OnrecordError(
                f"The run of {kept.name} cannot be read any more; run the set again."
            ) from error
        questions = QuestionSet(self.questions(kept), kept.size)
        return Run(questions, columns, journal, kept.fingerprint, kept.engine, kept.version)

    def answer(self, kept: KeptRun, number: int) -> Answer:
        """Read the answer to a question of a finished run, counted from 0."""
        with _told(self.folder), self.answers(kept).open(encoding="utf-8") as file:
            for at, line in enumerate(file):
                if at == number:
                    return Answer.model_validate_json(line)
        raise OnrecordError("This answer is not here any more; run the set again.")

    def remove(self, number: int) -> None:
        """Take a run away; `restore` brings it back until `sweep`."""
        with _told(self.folder):
            (self.folder / str(number)).rename(self.folder / f"{_REMOVED}{number}")

    def restore(self, number: int) -> None:
        """Bring back a run that was taken away."""
        with _told(self.folder):
            (self.folder / f"{_REMOVED}{number}").rename(self.folder / str(number))

    def sweep(self) -> None:
        """Delete what was taken away."""
        for path in self.folder.glob(f"{_REMOVED}*"):
            shutil.rmtree(path, ignore_errors=True)


def _file(name: str) -> str:
    """A file name for a set of any name: what no system forbids, ending in ``.jsonl``."""
    stem = re.sub(r"\.(jsonl|ndjson|json|csv|tsv|xlsx)\s*$", "", name, flags=re.IGNORECASE)
    return f"{file_stem(stem) or 'questions'}.jsonl"


def _write(path: Path, lines: Iterable[str]) -> None:
    with _told(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as file:
            for line in lines:
                file.write(f"{line}\n".encode("utf-8", "surrogatepass"))


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn a failure of the disk into one sentence."""
    try:
        yield
    except OSError as error:
        raise OnrecordError(
            f"The evaluations in {folder} cannot be used ({error.strerror or error}); check the disk."
        ) from error
