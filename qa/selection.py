"""Choosing the smallest set of sentences that answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.beside import beside, run_of
from qa.evidence import Candidate
from qa.question import Question

_MOST = {"said": 5, "who-said": 4, "fact": 4}
_CHARACTERS = {"said": 500, "who-said": 800, "fact": 900}
"""Length of an answer beyond which no further sentence is added, by form."""
_ON_ANYTHING = 700
"""The same for somebody's words on whatever there is."""
_BESIDE = {"said": 0.1, "who-said": 0.12, "fact": 0.12}
"""Probability that a sentence needs to be cited beside the best one, by form (docs/evidence.md)."""
_BESIDE_LONG = {"said": 0.2, "who-said": 0.25, "fact": 0.25}
"""The same where the answer gets longer than ``_SHORT`` characters by it."""
_SHORT = 404
"""What the strict judgement of ``qa.evaluation`` still calls concise where a few characters are evidence."""
LOOKED_AT = 9
"""How many of the sentences after the best are looked at."""


def select(
    question: Question, scored: Sequence[Candidate], heard: Sequence[Candidate] = ()
) -> list[Candidate]:
    """Choose the sentences that answer, in reading order.

    The best one is always chosen; another is, when it is likely to belong beside it, and the
    answer stays short. Documents come in order of their best sentence.

    Args:
        question: what is asked.
        scored: the sentences that may be the best one.
        heard: further ones that may go on from it.
    """
    if not scored:
        return []
    best = _likeliest_first(scored)[0]
    others = [c for c in _likeliest_first({*scored, *heard}) if c is not best]
    run = run_of(question, best, others)
    others = [c for c in others if c in scored or (c.document_number, c.span) in run]
    chosen, length = [best], len(best.span)
    # Where nothing in particular was asked for, each of his statements answers.
    all_answer = question.asks_for_anything_said
    most = (
        _ON_ANYTHING
        if question.form == "said" and not question.topic
        else _CHARACTERS[question.form]
    )
    chances = [1.0] * len(others) if all_answer else beside(question, best, others)
    looked_at = list(zip(chances, others, strict=True))[:LOOKED_AT]
    for chance, candidate in sorted(looked_at, key=lambda pair: -pair[0]):
        longer = length + len(candidate.span)
        needed = (_BESIDE if longer <= _SHORT else _BESIDE_LONG)[question.form]
        if len(chosen) < _MOST[question.form] and chance >= needed and longer <= most:
            chosen.append(candidate)
            length = longer
    return in_reading_order(chosen)


def _likeliest_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.logit, c.document_number, c.span))


def in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Sort by place, the document of the best sentence first."""
    first: dict[int, int] = {}
    for candidate in sorted(chosen, key=lambda c: -c.logit):
        first.setdefault(candidate.document_number, len(first))
    return sorted(chosen, key=lambda c: (first[c.document_number], c.span))
