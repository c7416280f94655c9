"""Question sets being run in the background: one at a time, with its progress, to be stopped."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexes.errors import OnrecordError
from qa.evaluation import Outcome, Question, QuestionSet, Run, Texts, evaluate
from qa.evaluation.keeping import Kept, KeptRun
from qa.evaluation.reports import Report, Writer
from ui.language import t
from ui.results import Row, rows_of

if TYPE_CHECKING:
    from qa.assistant import Assistant

_log = logging.getLogger(__name__)


class _StoppedError(Exception):
    """Somebody pressed stop."""


@dataclass(slots=True)
class Progress:
    """How far a run has come.

    Attributes:
        run: its number.
        size: how many questions it has.
        begun: how many were asked when it went on.
        done: how many are asked.
        since: when it began, on the monotonic clock, in seconds.
    """

    run: int
    size: int
    begun: int = 0
    done: int = 0
    since: float = field(default_factory=time.monotonic)

    @property
    def left_s(self) -> float | None:
        """The seconds that the rest will take at this pace; None before there is a pace."""
        asked = self.done - self.begun
        if asked < 1:
            return None
        return (time.monotonic() - self.since) / asked * (self.size - self.done)


@dataclass(frozen=True, slots=True)
class Opened:
    """A finished run, its questions, what came of each, and the rows of its results."""

    number: int
    run: Run
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    rows: tuple[Row, ...]


class Runner:
    """Runs sets in a thread of its own, so that neither the page nor the chat waits for them."""

    def __init__(self, assistant: Assistant, kept: Kept) -> None:
        self.kept = kept
        self._assistant = assistant
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._stop = threading.Event()
        self._now: Progress | None = None
        self._opened: Opened | None = None

    @property
    def now(self) -> Progress | None:
        """The run that is going on, if one is."""
        return self._now

    def start(self, name: str, questions: Iterable[Question]) -> KeptRun:
        """Begin to run a set.

        Raises:
            OnrecordError: if one is being run already, or nothing can be kept.
        """
        with self._lock:
            if self._now:
                raise OnrecordError(t("evaluate.busy"))
            made = datetime.now(UTC).isoformat(timespec="seconds")
            begun = self.kept.begin(name, questions, made=made)
            self._launch(begun)
            return begun

    def go_on(self, number: int) -> KeptRun:
        """Go on with a run that was stopped, or that failed.

        Raises:
            OnrecordError: if one is being run already, or there is none of this number.
        """
        with self._lock:
            if self._now:
                raise OnrecordError(t("evaluate.busy"))
            begun = self.kept.run(number).model_copy(update={"state": "running", "reason": ""})
            self.kept.note(begun)
            self._launch(begun)
            return begun

    def stop(self) -> None:
        """Stop after the question that is being asked; what was asked so far is kept."""
        self._stop.set()

    def state(self, number: int) -> KeptRun:
        """What is known of a run now; one that nobody runs any more counts as stopped."""
        kept = self.kept.run(number)
        now = self._now
        if now and now.run == number:
            return kept.model_copy(update={"state": "running", "done": now.done})
        return kept if kept.state != "running" else kept.model_copy(update={"state": "stopped"})

    def open(self, kept: KeptRun) -> Opened:
        """Read a finished run; the last one is held.

        Raises:
            OnrecordError: if it is not finished, or cannot be read.
        """
        with self._reading:
            if self._opened is None or self._opened.number != kept.id:
                run = self.kept.open(kept)
                questions, outcomes = tuple(run.questions), tuple(run.outcomes())
                rows = rows_of(questions, outcomes)
                self._opened = Opened(kept.id, run, questions, outcomes, rows)
            return self._opened

    def written(self, report: Report, write: Writer) -> str:
        """Write a report, one at a time: the answers are read from one file."""
        with self._reading:
            return "".join(write(report))

    def _launch(self, kept: KeptRun) -> None:
        self._stop.clear()
        self._now = Progress(kept.id, kept.size)
        threading.Thread(target=self._work, args=(kept, self._now), daemon=True).start()

    def _work(self, kept: KeptRun, now: Progress) -> None:
        ended = kept
        try:
            ended = self._run(kept, now)
        except _StoppedError:
            ended = kept.model_copy(update={"state": "stopped"})
        except OnrecordError as error:
            ended = kept.model_copy(update={"state": "failed", "reason": str(error)})
        except Exception:
            _log.exception("A question set could not be run")
            ended = kept.model_copy(update={"state": "failed", "reason": ""})
        finally:
            try:
                if ended.state != "done":
                    self.kept.note(ended.model_copy(update={"done": now.done}))
            except OnrecordError:
                _log.exception("What came of a run could not be kept")
            self._now = None

    def _run(self, kept: KeptRun, now: Progress) -> KeptRun:
        first = True

        def told(done: int) -> None:
            nonlocal first
            if first:
                now.begun, first = done - 1, False
            now.done = done
            if self._stop.is_set():
                raise _StoppedError

        articles = Texts(self._assistant)
        questions = QuestionSet.load(self.kept.questions(kept), articles=articles)
        run = evaluate(
            self._assistant,
            questions,
            predictions=self.kept.answers(kept),
            progress=told,
            workers=max(1, (os.cpu_count() or 1) - 1),  # one core is left to the chat
        )
        return self.kept.finish(kept, run)
