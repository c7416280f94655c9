"""Which sentences belong to an answer beside the best one.

What goes on about the same thing stands in a run with it: sentence after sentence, of one speaker where
his words are asked for, as far as none says that it turns elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    "paragraph",  # whether it stands in a run with the best one, and no paragraph begins between them
    "quotation",  # whether it is the next in the run and opens with a quotation mark, as what goes on from a paraphrase
    "quoted",  # whether it is the one before in the run, and the best one opens so
)
_LEAST = -8.0
_READER, _MEANING, _THEIRS = (SAID_FEATURES.index(n) for n in ("reader", "meaning", "theirs"))
_FARTHEST = 3
"""Sentences of a run on either side of the best one."""

Place = tuple[int, Span]
"""A document's number and a place in it."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far from the best one a sentence of its run stands.

    Attributes:
        ahead: how many sentences after it, or, below zero, before it.
        in_paragraph: whether no paragraph begins between them.
    """

    ahead: int
    in_paragraph: bool


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
    return np.array([_row(best, o, steps.get((o.document_number, o.span))) for o in others])


def _row(best: Candidate, other: Candidate, step: Step | None) -> list[float]:
    ahead, in_paragraph = (step.ahead, step.in_paragraph) if step else (0, False)
    return [
        max(other.logit - best.logit, _LEAST), max(other.logit, _LEAST), max(other.row[_READER], _LEAST),
        other.row[_MEANING], other.passage == best.passage, other.leans, other.turns,
        ahead != 0, ahead == 1, ahead == 2, ahead == -1, len(other.span) / 100,
        in_paragraph, ahead == 1 and other.quoted, ahead == -1 and best.quoted,
    ]  # fmt: skip


def run_of(
    question: Question, best: Candidate, others: Sequence[Candidate]
) -> Mapping[Place, Step]:
    """The run that the best one stands in: where each of the others of it stands."""

    def goes_on(candidate: Candidate) -> bool:
        return question.form != "said" or bool(candidate.row[_THEIRS] > 0)

    following = {(c.document_number, c.after): c for c in others}
    ending = {(c.document_number, c.span.end): c for c in others}
    steps: dict[Place, Step] = {}
    last, in_paragraph = best, True
    for ahead in range(1, _FARTHEST + 1):
        found = following.get((best.document_number, last.span.end))
        if found is None or not goes_on(found) or found.turns:
            break
        last, in_paragraph = found, in_paragraph and not found.indented
        steps[last.document_number, last.span] = Step(ahead, in_paragraph)
    first, in_paragraph = best, True
    for back in range(1, _FARTHEST + 1):
        found = None if first.turns else ending.get((best.document_number, first.after))
        if found is None or not goes_on(found):
            break
        first, in_paragraph = found, in_paragraph and not first.indented
        steps[first.document_number, first.span] = Step(-back, in_paragraph)
    return steps


def with_quotations(kept: Sequence[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
    """Add what belongs to somebody's words in their paragraph.

    That is the quotations that go on from them, "Quill was against. “It is theft,” she said.", and what leads in to
    those that are a quotation themselves.
    """
    following = {(c.document_number, c.after): c for c in others if c.quoted and not c.indented}
    ending = {(c.document_number, c.span.end): c for c in others}
    found: list[Candidate] = []
    for one in kept:
        if one.quoted and not one.indented:
            found += filter(None, [ending.get((one.document_number, one.after))])
        found.append(one)
        while goes_on := following.get((one.document_number, one.span.end)):
            one = goes_on
            found.append(one)
    return list(dict.fromkeys(found))
