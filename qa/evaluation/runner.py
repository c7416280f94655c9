"""Ask every question of a set, judge each answer, and keep the answers in a file."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Protocol

from indexes.errors import DocumentError, OnrecordError
from qa.answer import Answer
from qa.evaluation.measures import Judgement, Measures, aggregate, judge
from qa.evaluation.questions import Faults, Question, QuestionSet


class Named(Protocol):
    """A line of the library."""

    @property
    def name(self) -> str:
        """The document's name."""
        ...


class Readable(Protocol):
    """A document with its text."""

    @property
    def text(self) -> str:
        """The text that offsets refer to."""
        ...


class Answering(Protocol):
    """What is evaluated: ``Assistant``, or anything that answers in its form."""

    def ask(
        self, question: str, documents: Sequence[str] | None = None, history: Sequence[str] = ()
    ) -> Answer:
        """Answer a question."""
        ...

    def document(self, name: str) -> Readable:
        """Read a document by its name."""
        ...

    def documents(self) -> Sequence[Named]:
        """List the documents."""
        ...


@dataclass(frozen=True)
class Run:
    """What came of asking a set.

    Attributes:
        judgements: one for each question, in order.
        latencies_ms: from question to answer, in the same order.
    """

    judgements: tuple[Judgement, ...]
    latencies_ms: tuple[float, ...]

    @cached_property
    def measures(self) -> Measures:
        """The measures over all questions and by kind."""
        return aggregate(self.judgements)

    def latency_ms(self, percent: float) -> float | None:
        """A percentile of the latency, between neighbours in proportion; None without questions.

        Source: definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages"
        (The American Statistician 50, 1996).
        """
        if not self.latencies_ms:
            return None
        ordered = sorted(self.latencies_ms)
        at = (len(ordered) - 1) * percent / 100
        low = int(at)
        high = min(low + 1, len(ordered) - 1)
        return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def evaluate(
    assistant: Answering,
    questions: QuestionSet | Sequence[Question],
    *,
    predictions: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Run:
    """Ask each question with its history, within its documents, and judge the answers.

    Args:
        assistant: what answers.
        questions: asked in order.
        predictions: a file for the answers, one JSON object a line with the question's id; it
            appears when all are there, and an earlier one stays until then.
        progress: told how many questions are done.

    Raises:
        QuestionSetError: if a question is scoped to a document that the assistant does not have.
        OnrecordError: if the predictions cannot be written, or the assistant fails.
    """
    texts = _Texts(assistant)
    _check_scopes(questions, texts)
    judgements: list[Judgement] = []
    latencies: list[float] = []
    with _lines_to(predictions) as write:
        for question in questions:
            started = time.perf_counter()
            scope = list(question.documents) if question.documents else None
            answer = assistant.ask(question.question, documents=scope, history=question.history)
            latencies.append((time.perf_counter() - started) * 1000)
            answer = answer.model_copy(update={"id": question.id})
            write(answer.model_dump_json())
            judgements.append(judge(question, answer, texts))
            if progress:
                progress(len(judgements))
    return Run(tuple(judgements), tuple(latencies))


class _Texts(Mapping[str, str]):
    """The texts of an assistant's documents, each read when it is first needed."""

    def __init__(self, assistant: Answering) -> None:
        self._assistant = assistant
        self._texts: dict[str, str | None] = dict.fromkeys(d.name for d in assistant.documents())
        self._copies: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        if name not in self:
            raise KeyError(name)
        text = self._copies.get(name) or self._texts[name]
        if text is None:
            text = self._texts[name] = self._assistant.document(name).text
        return text

    def __contains__(self, name: object) -> bool:
        """Whether a document is known by this name, if only as a copy of one."""
        if name not in self._texts and name not in self._copies:
            with suppress(DocumentError):
                self._copies[str(name)] = self._assistant.document(str(name)).text
        return name in self._texts or name in self._copies

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def _check_scopes(questions: QuestionSet | Sequence[Question], known: Mapping[str, str]) -> None:
    if isinstance(questions, QuestionSet):
        path, numbered = str(questions.path), questions.numbered()
    else:
        path, numbered = "The question set", enumerate(questions, start=1)
    faults = Faults(path)
    for number, question in numbered:
        for name in question.documents or ():
            if name not in known:
                faults.add(
                    number,
                    "documents",
                    f"there is no document named {name} in the index (`onrecord list` shows the names)",
                )
    faults.raise_if_any()


@contextmanager
def _lines_to(path: Path | None) -> Iterator[Callable[[str], None]]:
    """Give a function that writes a line; the file takes its place when all went well."""
    if path is None:
        yield lambda line: None
        return
    with _told_of_failure(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        # A pipe or a device stays what it is; a file is replaced by one that is whole.
        is_special = path.exists() and not path.is_file()
        target = path if is_special else path.resolve()
        part = target if is_special else target.with_name(f".{target.name}.{os.getpid()}.part")
        file = part.open("w", encoding="utf-8", newline="\n")

    def write(line: str) -> None:
        with _told_of_failure(path):
            file.write(line + "\n")

    try:
        yield write
        with _told_of_failure(path):
            file.flush()
            if not is_special:
                os.fsync(file.fileno())
                part.replace(target)
    finally:
        with suppress(OSError):  # on a full disk, closing fails as writing did
            file.close()
        if not is_special:
            part.unlink(missing_ok=True)


@contextmanager
def _told_of_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OnrecordError(
            f"The predictions cannot be written to {path} ({error.strerror or error}); "
            "choose another file with --predictions."
        ) from error
