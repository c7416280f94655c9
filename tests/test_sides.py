"""Choosing what answers a comparison."""

from __future__ import annotations

import numpy as np

from indexes import Span
from qa.evidence import SAID_FEATURES, Candidate
from qa.sides import Side, select_sides


def _sentence(start: int, logit: float, *, length: int = 100, quoted: bool = False) -> Candidate:
    """A sentence of one paragraph: it begins where another one ends if that starts ``length`` before."""
    place = Span(start, start + length)
    return Candidate(
        "a.txt", 1, place, 0, place, False, False, False, np.zeros(len(SAID_FEATURES)), logit,
        after=start, quoted=quoted,
    )  # fmt: skip


def _whole(_: Candidate) -> float:
    return 0.0


def test_a_side_keeps_the_quotation_that_goes_on_from_its_words() -> None:
    told, quotation, other = _sentence(0, 2), _sentence(100, -3, quoted=True), _sentence(300, 1)
    sides = [Side([told], [told, quotation]), Side([], []), Side([other], [other])]
    assert select_sides(sides, _whole) == [told, other, quotation]
    long = _sentence(100, -3, length=300, quoted=True)
    assert select_sides([Side([told], [told, long]), Side([other], [other])], _whole) == [
        told,
        other,
    ]


def test_what_is_far_behind_a_sides_best_is_left_out() -> None:
    best, near, far = _sentence(0, 3), _sentence(200, 1.5), _sentence(400, 0.5)
    assert select_sides([Side([best, near, far], [best, near, far])], _whole) == [best, near]


def test_a_third_of_a_side_is_cited_as_long_as_all_stays_short() -> None:
    short = [_sentence(200 * i, 3 - i / 2) for i in range(3)]
    assert select_sides([Side(short, short)], _whole) == short
    long = [_sentence(400 * i, 3 - i / 2, length=180) for i in range(3)]
    assert select_sides([Side(long, long)], _whole) == long[:2]


def test_what_fits_the_whole_question_best_counts_though_the_sides_own_does_not_choose_it() -> None:
    own, whole = _sentence(0, 1), _sentence(200, 0)
    chosen = select_sides([Side([own], [own, whole])], lambda c: 4.0 if c is whole else 0.0)
    assert chosen == [whole]
