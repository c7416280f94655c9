"""Choosing what answers a comparison: each side's own words, and what goes on from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.beside import Place, with_quotations
from qa.evidence import Candidate

_EACH = 2
"""How many sentences of each side are set beside the other's, whatever their length."""
_CHARACTERS = 450
"""Length of what is cited of all sides beyond which no further sentence is added."""
_BEHIND = 2.0
"""How far, in log-odds, another one of a side may be behind its first."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says on what is compared.

    Attributes:
        chosen: what answers its own question, in any order.
        scored: all its sentences that were scored.
    """

    chosen: Sequence[Candidate]
    scored: Sequence[Candidate]


def select_sides(
    sides: Sequence[Side], for_the_whole: Callable[[Candidate], float]
) -> list[Candidate]:
    """Choose each side's own words on what is compared.

    What a side says must fit both its own question and the whole one: the sum of the log-odds ranks it. Words keep
    the quotations that go on from them. First come two of each side, then further ones as long as all stays short.

    Args:
        sides: what each says; a side without a word is passed over.
        for_the_whole: log-odds that a sentence answers the question on all sides.

    Returns:
        The sentences chosen, each once, in any order.
    """

    def fit(candidate: Candidate) -> float:
        return candidate.logit + for_the_whole(candidate)

    first: list[Candidate] = []
    further: list[tuple[float, list[Candidate]]] = []
    for side in sides:
        if not side.chosen:
            continue
        # What fits the whole question best may have been passed over for the side's own.
        fitting = sorted([*side.chosen, max(side.scored, key=for_the_whole)], key=fit, reverse=True)
        best = fit(fitting[0])
        near = list(dict.fromkeys(c for c in fitting if fit(c) >= best - _BEHIND))
        first += with_quotations(near[:_EACH], side.scored)
        further += [(fit(c) - best, with_quotations([c], side.scored)) for c in near[_EACH:]]
    chosen = {_place(one): one for one in first}
    for _, more in sorted(further, key=lambda one: -one[0]):
        added = chosen | {_place(one): one for one in more}
        if sum(len(one.span) for one in added.values()) <= _CHARACTERS:
            chosen = added
    return list(chosen.values())


def _place(candidate: Candidate) -> Place:
    return candidate.document_number, candidate.span
