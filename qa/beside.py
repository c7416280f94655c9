"""Which sentences belong to an answer beside the best one.

What goes on about the same thing stands in a run with it: sentence after sentence, of one speaker where
his words are asked for, as far as none says that it turns elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexes import Span
from qa.evidence import SAID_FEATURES, Candidate
from qa.question import Question
from qa.weights import model, sigmoid, weighed_as

BESIDE_FEATURES = (
    "behind",  # how far behind the best sentence it is: the difference of their logits, from -8 to 0
    "likely",  # its logit, at least -8
    "reader",  # the joint reader's logit that it is evidence, at least -8
    "meaning",  # inner product of question and sentence
    "same_passage",  # whether both stand in one passage
    "leans",  # whether it begins like one that goes on: "He …", "However …"
    "turns",  # whether it says that it turns elsewhere
    "joined",  # whether it stands in a run with the best one, up to three sentences away
    "next",  # whether it is the one after it in the run
    "next_but_one",  # whether it is the second after it
    "just_before",  # whether it is the one before it
    "length",  # its length, in hundreds of characters
)
_LEAST = -8.0
_READER, _MEANING, _THEIRS = (SAID_FEATURES.index(n) for n in ("reader", "meaning", "theirs"))
_FARTHEST = 3
"""Sentences of a run on either side of the best one."""

Place = tuple[int, Span]
"""A document's number and a place in it."""


def beside(question: Question, best: Candidate, others: Sequence[Candidate]) -> list[float]:
    """The probability, of each of the others, that it belongs to the answer; ``others`` are all there are."""
    if not others:
        return []
    weigh = model(weighed_as(question), "beside", BESIDE_FEATURES)
    return [sigmoid(logit) for logit in weigh(beside_rows(question, best, others))]


def beside_rows(
    question: Question, best: Candidate, others: Sequence[Candidate]
) -> NDArray[np.float64]:
    """Describe sentences beside the best one: (others, beside features) float64."""
    steps = run_of(question, best, others)
    return np.array([_row(best, o, steps.get((o.document_number, o.span), 0)) for o in others])


def _row(best: Candidate, other: Candidate, step: int) -> list[float]:
    return [
        max(other.logit - best.logit, _LEAST), max(other.logit, _LEAST), max(other.row[_READER], _LEAST),
        other.row[_MEANING], other.passage == best.passage, other.leans, other.turns,
        step != 0, step == 1, step == 2, step == -1, len(other.span) / 100,
    ]  # fmt: skip


def run_of(question: Question, best: Candidate, others: Sequence[Candidate]) -> Mapping[Place, int]:
    """How many sentences after the best one, or before it, each one of its run stands."""

    def goes_on(candidate: Candidate | None) -> bool:
        return candidate is not None and (
            question.form != "said" or bool(candidate.row[_THEIRS] > 0)
        )

    following = {(c.document_number, c.after): c for c in others}
    ending = {(c.document_number, c.span.end): c for c in others}
    steps: dict[Place, int] = {}
    last: Candidate | None = best
    for step in range(1, _FARTHEST + 1):
        last = following.get((best.document_number, last.span.end)) if last else None
        if last is None or not goes_on(last) or last.turns:
            break
        steps[last.document_number, last.span] = step
    first: Candidate | None = best
    for step in range(1, _FARTHEST + 1):
        first = (
            ending.get((best.document_number, first.after)) if first and not first.turns else None
        )
        if first is None or not goes_on(first):
            break
        steps[first.document_number, first.span] = -step
    return steps
