"""Choosing what answers a comparison: each side's own words, and what goes on from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qa.beside import Place
from qa.evidence import Candidate

_EACH = 2
"""How many sentences of each side are set beside the other's, whatever their length, quotations behind them aside."""
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

    What a side says must fit both its own question and the whole one: the sum of the log-odds ranks it. First come
    two of each side, then the quotations that go on from them and further ones, as long as all stays short.

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
        first += near[:_EACH]
        further += [(fit(c) - best, with_quotations([c], side.scored)) for c in near]
    chosen = {_place(one): one for one in first}
    for _, more in sorted(further, key=lambda one: -one[0]):
        added = chosen | {_place(one): one for one in more}
        if sum(len(one.span) for one in added.values()) <= _CHARACTERS:
            chosen = added
    return list(chosen.values())


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


def _place(candidate: Candidate) -> Place:
    return candidate.document_number, candidate.span
