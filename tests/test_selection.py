"""Choosing what answers: what belongs beside the best sentence."""

from __future__ import annotations

import numpy as np
import pytest

from indexes import Span
from qa.beside import BESIDE_FEATURES, beside_rows
from qa.confidence import confidence
from qa.evidence import FEATURES, SAID_FEATURES, Candidate, Vocabulary
from qa.question import understand
from qa.selection import select
from qa.sides import with_quotations

TEXT = (
    "Quill called the test a breach. “We must stop this,” he said. She also spoke of the mill. "
    "“It is old,” she said. Tamm saw it. The mill closed."
)
SENTENCES = [f"{part}." for part in TEXT.removesuffix(".").split(". ")]
ABOUT_THE_TEST = understand("What did Quill say about the test?")
_JOINED, _NEXT, _BEFORE = (
    BESIDE_FEATURES.index(name) for name in ("joined", "next", "just_before")
)


def _candidate(number: int, logit: float, *, theirs: bool = True) -> Candidate:
    start = TEXT.index(SENTENCES[number])
    place = Span(start, start + len(SENTENCES[number]))
    row = np.zeros(len(SAID_FEATURES))
    row[SAID_FEATURES.index("reader")] = logit
    row[SAID_FEATURES.index("theirs")] = theirs
    return Candidate(
        "a.txt", 1, place, 0, place, False, False, "also" in SENTENCES[number], row, logit,
        after=max(start - 1, 0),
        indented=number in (0, 5),
        quoted=SENTENCES[number].startswith("“"),
    )  # fmt: skip


def _run(best: int) -> dict[int, float]:
    """What stands in a run with the best sentence: 1 for the next one, -1 for the one before, 0.5 for others."""
    every = [_candidate(number, 0.0, theirs=number < 4) for number in range(len(SENTENCES))]
    others = [c for c in every if c is not every[best]]
    rows = beside_rows(ABOUT_THE_TEST, every[best], others)
    numbers = [number for number in range(len(SENTENCES)) if number != best]
    return {
        number: float(row[_NEXT] - row[_BEFORE] or 0.5)
        for number, row in zip(numbers, rows, strict=True)
        if row[_JOINED]
    }


@pytest.mark.parametrize(
    ("best", "run"),
    [
        (0, {1: 1}),  # up to where he turns elsewhere
        (1, {0: -1}),
        (2, {3: 1}),  # what comes before it is of something else
        (3, {2: -1}),  # and after it nothing is theirs
    ],
)
def test_a_run_ends_where_it_turns_and_where_another_speaks(
    best: int, run: dict[int, float]
) -> None:
    assert _run(best) == run


def test_a_quotation_and_what_it_goes_on_from_are_kept_together() -> None:
    every = [_candidate(number, 0.0) for number in range(len(SENTENCES))]
    told, quotation, other, another, apart, next_paragraph = every
    assert with_quotations([told], every) == [told, quotation]
    assert with_quotations([quotation], every) == [told, quotation]
    assert with_quotations([told, quotation], every) == [told, quotation]
    assert with_quotations([another, apart], every) == [other, another, apart]
    assert with_quotations([next_paragraph], [told, quotation]) == [next_paragraph]


def test_of_a_fact_whoever_tells_it_goes_on() -> None:
    fact = understand("Where is the mill?")
    best, *others = (_candidate(number, 0.0, theirs=False) for number in (3, 4, 5))
    assert [row[_JOINED] for row in beside_rows(fact, best, others)] == [1, 1]


def test_what_goes_on_is_cited_though_it_is_less_likely() -> None:
    best, follows, apart = _candidate(0, 1.0), _candidate(1, -2.5), _candidate(3, -2.5)
    assert select(ABOUT_THE_TEST, [best, follows, apart]) == [best, follows]


def test_what_was_left_out_as_another_act_may_go_on_and_is_never_the_best() -> None:
    best, follows = _candidate(0, 1.0), _candidate(1, 3.0)
    assert select(ABOUT_THE_TEST, [best], [best, follows]) == [best, follows]
    assert select(ABOUT_THE_TEST, []) == []


def _log_odds(question: str, few_words: float) -> float:
    row = np.zeros(len(FEATURES))
    row[FEATURES.index("span")] = few_words
    place = Span(0, 5)
    best = Candidate("a.txt", 1, place, 0, place, True, False, False, row)
    chance = confidence(understand(question), Vocabulary.of(1, {}), [best], 0.0)
    return float(np.log(chance / (1 - chance)))


@pytest.mark.parametrize(("few_words", "doubt"), [(-8.0, 1.0), (-2.0, 0.0)])
def test_a_number_that_no_few_words_come_near_is_doubted(few_words: float, doubt: float) -> None:
    number = _log_odds("How many boats sank?", few_words)
    assert _log_odds("How did the boats sink?", few_words) - number == pytest.approx(doubt)


@pytest.mark.parametrize(("few_words", "doubt"), [(-8.0, 1.0), (-2.0, 0.0)])
def test_which_one_it_was_is_doubted_where_no_few_words_come_near(
    few_words: float, doubt: float
) -> None:
    which = _log_odds("Which boat sank?", few_words)
    assert _log_odds("What of the boat that sank?", few_words) - which == pytest.approx(doubt)
