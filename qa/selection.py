"""Choosing the smallest set of sentences that answers."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evidence import Candidate
from qa.question import Question

_MOST = {"said": 5, "who-said": 4, "fact": 3}
_BESIDE = {"said": 0.35, "who-said": 0.5, "fact": 0.4}
"""Share of the best sentence's probability that another needs to be cited beside it, by form."""
_BESIDE_LIST = 0.4
_CHARACTERS = {"said": 1000, "who-said": 800, "fact": 460}
"""Length of an answer beyond which no further sentence is added, by form."""


def select(question: Question, scored: Sequence[Candidate]) -> list[Candidate]:
    """Choose the sentences that answer, in reading order.

    The best one is always chosen; another is, when it is nearly as likely to be evidence, and the
    answer stays short. Documents come in order of their best sentence.
    """
    best_first = sorted(scored, key=lambda c: (-c.logit, c.document_number, c.span))
    share = (
        _BESIDE_LIST
        if question.answer_type == "list" and question.form == "fact"
        else _BESIDE[question.form]
    )
    floor = best_first[0].probability * share
    chosen: list[Candidate] = []
    length = 0
    for candidate in best_first[: _MOST[question.form]]:
        if chosen and (
            candidate.probability < floor
            or length + len(candidate.span) > _CHARACTERS[question.form]
        ):
            break
        chosen.append(candidate)
        length += len(candidate.span)
    return in_reading_order(chosen)


def in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Sort by place, the document of the best sentence first."""
    first: dict[int, int] = {}
    for candidate in sorted(chosen, key=lambda c: -c.logit):
        first.setdefault(candidate.document_number, len(first))
    return sorted(chosen, key=lambda c: (first[c.document_number], c.span))
