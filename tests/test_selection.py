"""Choosing what answers: what a speaker says right after."""

from __future__ import annotations

import numpy as np
import pytest

from indexes import Span
from qa.evidence import FEATURES, Candidate, Vocabulary, confidence
from qa.question import understand
from qa.selection import continued

FIRST = "Quill called the test a breach."
QUESTION = understand("What did Quill say about the test?")


def _candidate(text: str, sentence: str, logit: float, *, turns: bool = False) -> Candidate:
    place = Span(text.index(sentence), text.index(sentence) + len(sentence))
    return Candidate("a.txt", 1, place, 0, place, False, False, turns, np.zeros(15), logit)


@pytest.mark.parametrize(
    ("after", "logit", "turns", "goes_on"),
    [
        ("“We must stop this,” he said.", -6.0, False, True),
        ("“I count on the Harbour Council,” he said.", -1.8, False, True),
        ("“I count on the Harbour Council,” he said.", -6.0, False, False),
        ("“We also met the mayor,” he said.", -1.8, True, False),
    ],
)
def test_what_follows_belongs_to_it(after: str, logit: float, turns: bool, goes_on: bool) -> None:
    text = f"{FIRST} {after}"
    best, other = (
        _candidate(text, FIRST, 1.0),
        _candidate(text, after, logit, turns=turns),
    )
    found = continued(QUESTION, [best], [best, other], {1: text})
    assert found == ([other] if goes_on else [])


def _log_odds(question: str, few_words: float) -> float:
    row = np.zeros(len(FEATURES))
    row[FEATURES.index("span")] = few_words
    place = Span(0, 5)
    best = Candidate("a.txt", 1, place, 0, place, True, False, False, row)
    chance = confidence(understand(question), Vocabulary.of(1, {}), [best])
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
