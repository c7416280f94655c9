"""What reading found, before it is put into an answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

from indexes import Document, Span
from qa.evidence import Candidate, Vocabulary
from qa.ledger import Ledger
from qa.question import Question
from qa.readers.joint import Names

Stage = Literal["searching", "reading", "writing", "answered"]
"""The steps on the way to an answer."""


@dataclass(slots=True)
class Findings:
    """What reading found, before it is put into an answer.

    Attributes:
        question: the question as it was read, which may be as one of fact.
        scored: the sentences that may answer: all of those read or, for a speaker's words, those
            that report them.
        vocabulary: how rare the question's words are on record.
        chosen: the sentences that answer, in reading order; empty when there are none to choose from.
        confidence: probability that the articles answer.
        nearest: the best passages, as their best sentences, for a refusal to point at.
        speakers: who says each of the sentences chosen or nearest.
        asked_for: the speakers on record whose words are asked for.
        silent: the names asked for that are on record nowhere in scope.
        names: the names that are read in a document, by its number, instead of pronouns.
        unmet: how the one whose words are asked for is described, where no article presents anybody so.
        told: whether sentences that may answer were left out, as an earlier answer has them.
        by_author: whether the words of whoever wrote the documents are asked for.
        documents: the documents concerned, by number.
        ledger: their statements.
        timings_ms: milliseconds by stage.
    """

    question: Question | None = None
    scored: list[Candidate] = field(default_factory=list)
    vocabulary: Vocabulary = field(default_factory=Vocabulary.empty)
    chosen: list[Candidate] = field(default_factory=list)
    confidence: float = 0.0
    nearest: list[Candidate] = field(default_factory=list)
    speakers: dict[tuple[int, Span], str] = field(default_factory=dict)
    asked_for: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    names: Callable[[int], Names] = lambda _: ()
    unmet: str = ""
    told: bool = False
    by_author: bool = False
    documents: dict[int, Document] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=lambda: Ledger(()))
    timings_ms: dict[str, float] = field(default_factory=dict)


@contextmanager
def timed(findings: Findings, stage: str) -> Iterator[None]:
    """Note how long a stage took."""
    started = time.perf_counter()
    yield
    findings.timings_ms[stage] = (time.perf_counter() - started) * 1000
