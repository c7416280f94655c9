"""Ask every question of a set, judge each answer, and keep the answers in a file."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from qa.answer import Answer
from qa.evaluation.faults import Faults
from qa.evaluation.intervals import SEED
from qa.evaluation.journal import Journal
from qa.evaluation.measures import Measures, measure
from qa.evaluation.outcomes import Columns, Outcome, outcome_of
from qa.evaluation.questions import Question
from qa.evaluation.quotes import faults_of
from qa.evaluation.ranking import Search
from qa.evaluation.remarks import remark
from qa.evaluation.sets import QuestionSet
from qa.evaluation.texts import Answering, Identified, Texts

if TYPE_CHECKING:
    from qa.assistant import Assistant

Asked = tuple[Outcome, str]
"""What came of a question, and the answer as a line of JSON."""


class StoppedError(KeyboardInterrupt):
    """A run was stopped by the user; its message says how to go on."""


@dataclass(frozen=True)
class Run:
    """What came of asking a set.

    Attributes:
        questions: what was asked.
        columns: what the measures are made of.
        journal: what came of each question.
        fingerprint: SHA-256 of what the questions say.
        engine: what answered: reader, models, generation of the index.
        version: onrecord's.
    """

    questions: QuestionSet | Sequence[Question]
    columns: Columns
    journal: Journal
    fingerprint: str
    engine: dict[str, Any] = field(default_factory=dict)
    version: str = ""

    @property
    def name(self) -> str:
        """What people call the set: its file's name."""
        return self.questions.path.name if isinstance(self.questions, QuestionSet) else "questions"

    @cached_property
    def measures(self) -> Measures:
        """All measures, with intervals, by kind and by document."""
        return measure(self.columns, seed=SEED)

    def details(self) -> Iterator[tuple[Question, Outcome, Answer]]:
        """Yield each question, what came of it, and its answer, in order; read one by one."""
        for question, (outcome, answer) in zip(self.questions, self.journal.entries(), strict=True):
            yield question, outcome, answer

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what came of each question, in order."""
        for outcome, _ in self.journal.lines():
            yield Outcome.from_json(outcome)


def evaluate(
    assistant: Answering,
    questions: QuestionSet | Sequence[Question],
    *,
    predictions: Path | None = None,
    progress: Callable[[int], None] | None = None,
    workers: int = 1,
) -> Run:
    """Ask each question with its history, within its documents, and judge the answers.

    The answers are the same, byte for byte, however many workers ask, and whether or not a run was
    stopped and went on; what took how long is told in the outcomes only.

    Args:
        assistant: what answers; if it is no ``Assistant``, it may be ``Identified``.
        questions: asked in order.
        predictions: a file for the answers, one JSON object a line with the question's id; it
            appears when all are there, and an earlier one stays until then. A run that was stopped
            goes on where it was, when the same is asked of the same index, and worded by the same
            language model, again.
        progress: told how many questions are done.
        workers: processes that ask. Each imports the program's main file anew, so that a script
            that wants several must call this under ``if __name__ == "__main__":``.

    Raises:
        BrokenSetError: if a question refers to what the assistant does not have.
        OnrecordError: if the predictions cannot be written, or the assistant fails.
        StoppedError: if the user interrupts.
    """
    texts = Texts(assistant)
    questions = _checked(questions, texts)
    fingerprint = _fingerprint(questions)
    identity = _identity(assistant, fingerprint)
    journal = Journal(predictions, identity or uuid4().hex)
    columns = Columns()
    for line, _ in journal.lines():
        columns.add(Outcome.from_json(line))
    engine: dict[str, Any] = {}
    rest = islice(iter(questions), len(columns), None)
    try:
        for outcome, answer in _asked(assistant, rest, texts, workers):
            journal.add(outcome, answer)
            columns.add(outcome)
            if progress:
                progress(len(columns))
    except KeyboardInterrupt as error:
        kept = "; the same command goes on from there" if journal.path and identity else ""
        raise StoppedError(
            f"Stopped after {len(columns):,} of {len(questions):,} questions{kept}."
        ) from error
    for _, answer in islice(journal.lines(), 1):
        engine = Answer.model_validate_json(answer).engine
    journal.finish()
    return Run(questions, columns, journal, fingerprint, engine, version("onrecord"))


def _asked(
    assistant: Answering, questions: Iterator[Question], texts: Texts, workers: int
) -> Iterator[Asked]:
    if workers > 1 and (whole := _whole(assistant)):
        from qa.evaluation.workers import in_processes

        yield from in_processes(whole, questions, workers)
        return
    asker = Asker(assistant, texts)
    for question in questions:
        yield asker.ask(question)


class Asker:
    """Asks an assistant, and judges what it answers."""

    def __init__(self, assistant: Answering, texts: Texts) -> None:
        self._assistant = assistant
        self._texts = texts
        whole = _whole(assistant)
        self._search = Search(whole, texts) if whole else None

    def ask(self, question: Question) -> Asked:
        """Ask one question."""
        started = time.perf_counter()
        scope = list(question.documents) if question.documents else None
        answer = self._assistant.ask(question.question, documents=scope, history=question.history)
        total = (time.perf_counter() - started) * 1000
        timings = {**answer.timings_ms, "total": round(total, 2)}
        answer = answer.model_copy(update={"id": question.id, "timings_ms": {}})
        ranking = self._search.measure(question, answer) if self._search else {}
        outcome = outcome_of(question, answer, self._texts, ranking=ranking, timings_ms=timings)
        return outcome, answer.model_dump_json()


def _whole(assistant: Answering) -> Assistant | None:
    """An assistant that can be opened again from its index and settings, and be searched."""
    from qa.assistant import Assistant

    return assistant if isinstance(assistant, Assistant) and assistant.llm is None else None


def _fingerprint(questions: Iterable[Question]) -> str:
    """SHA-256 of what the questions say, in order."""
    digest = hashlib.sha256()
    for question in questions:
        digest.update(question.model_dump_json().encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _identity(assistant: Answering, fingerprint: str) -> str:
    """What a run must have in common with one that it goes on with; "" if nobody can know."""
    from qa.assistant import Assistant

    parts = [version("onrecord"), fingerprint, *map(repr, assistant.documents())]
    if isinstance(assistant, Assistant):
        index, llm = assistant.index, assistant.llm
        parts += [str(index.folder.resolve()), str(index.store.generation)]
        parts.append(assistant.settings.model_dump_json())
        if llm:
            parts += [type(llm).__qualname__, llm.metadata.model_name]
    elif isinstance(assistant, Identified):
        parts.append(assistant.identity)
    else:
        return ""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def _checked(
    questions: QuestionSet | Sequence[Question], texts: Texts
) -> QuestionSet | Sequence[Question]:
    """The questions, when all that they refer to is on record.

    Raises:
        BrokenSetError: if something is not; every such question is named.
    """
    if isinstance(questions, QuestionSet):
        if questions.articles is None:
            return QuestionSet.load(questions.path, articles=texts)
        return questions
    faults = Faults("The list of questions")
    for number, question in enumerate(questions, start=1):
        where = remark("question", at=number)
        for fault in faults_of(where, question, texts, explain=not faults.is_full):
            faults.add(fault)
    faults.raise_if_any()
    return questions
