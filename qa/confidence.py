"""How sure to be that the articles answer a question, from the sentences that were scored."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from qa.evidence import FEATURES, SAID_FEATURES, Candidate, Vocabulary, features
from qa.question import Question
from qa.weights import Row, model, sigmoid, weighed_as

CONFIDENCE_FEATURES = (
    "best",  # logit of the best sentence
    "lead",  # how far the second-best sentence is behind, at most 3
    "passage",  # the reader's highest logit that a passage answers
    "words_passage",  # share of the question's rare words in the best sentence's passage
    "unknown",  # share of the question's rare words that occur nowhere on record
    "names",  # share of the question's names in the best sentence's passage
    "type",  # whether the best sentence has the kind of thing asked for
    "meaning",  # inner product of question and best sentence
    "span",  # the highest "span" of the sentences read
    "words_said",  # for somebody's words: the share of the question's rare words in what the best sentence reports
    "one_word",  # for their words on a thing of one word: 1 where that word is among those, -1 where not; else 0
    "again",  # the reader's logit that what stands around the best sentence answers, on a second look
)
_SPAN, _TYPE, _WORDS = (FEATURES.index(name) for name in ("span", "type", "words"))
_THEIRS, _RUN = (SAID_FEATURES.index(name) for name in ("theirs", "words_run"))
_WITHOUT = 2.0
"""Log-odds taken off where a date is asked for and the best sentence has none, or a number or a name and the
few words that likeliest answer have none: of 39 such questions of SQuAD, ClapNQ and news, 7 were answered
nonetheless ("immediately", "unanimous"). So, too, where one word is asked about and none of somebody's statements
has it, nor the best one an "it": of 148 without the word 28 have an answer."""
_UNMET = 1.0
"""The same where whoever's words are asked for is described, and nobody is on record as that: of 15 such answers on
news, invented articles and reports with a confidence of .5 to .73, 1 was right, of 42 others 29."""
_VAGUE, _VAGUELY = -5.0, 1.0
"""Log-odds of the few words that likeliest answer, below which a number or a name is hardly there, and what is
then taken off: it declines 8 of 35 such questions on news that were answered wrongly, and none of 106 rightly."""
_WHICH_VAGUE, _WHICH_VAGUELY = -3.0, 1.0
"""The same where "which hospital" is asked, which is told by a name as a rule."""
_WHICH = re.compile(r"\bwhich (?!(?:of|is|was|are|were|ones?|way)\b)\w*[^\W_s]\b", re.IGNORECASE)
_NAMED = 0.6
"""Chance, at least, that one is told about a topic by a sentence that has all of its words."""
_ON_RECORD = 0.9
"""The same that a statement of somebody answers what he said: nothing in particular was asked for."""


def confidence(
    question: Question,
    vocabulary: Vocabulary,
    scored: Sequence[Candidate],
    again: float,
    *,
    unmet: bool = False,
) -> float:
    """Calibrated probability that the articles answer.

    ``again`` is the feature of that name; ``unmet`` says that whoever's words are asked for is nobody on record.
    """
    row = confidence_row(question, vocabulary, scored, again)
    weigh = model(weighed_as(question), "confidence", CONFIDENCE_FEATURES)
    logit = float(weigh(row[None, :])[0])
    best = max(scored, key=lambda c: c.logit)
    exact = question.answer_type in ("number", "name")
    missing = (exact and not best.apt) or (question.answer_type == "date" and best.row[_TYPE] < 0)
    if unmet:
        logit -= _UNMET
    if missing or _never_said(question, scored):
        logit -= _WITHOUT
    else:
        likeliest = max(c.row[_SPAN] for c in scored)
        if exact and likeliest < _VAGUE:
            logit -= _VAGUELY
        elif _WHICH.search(question.text) and likeliest < _WHICH_VAGUE:
            logit -= _WHICH_VAGUELY
    chance = sigmoid(logit)
    if question.names_a_topic and question.topic and best.row[_WORDS] >= 1:
        return max(chance, _NAMED)
    if question.asks_for_anything_said and best.row[_THEIRS] >= 1:
        return max(chance, _ON_RECORD)
    return chance


def confidence_row(
    question: Question, vocabulary: Vocabulary, scored: Sequence[Candidate], again: float
) -> Row:
    """Describe how well the best sentence answers: (confidence features,) float64; ``again`` is that feature."""
    ranked = sorted(scored, key=lambda c: -c.logit)
    best = ranked[0]
    second = ranked[1].logit if len(ranked) > 1 else best.logit - 3
    named = dict(zip(features(question), best.row, strict=True))
    unknown = vocabulary.covered(vocabulary.unknown) if vocabulary.weights else 0.0
    words_said = named.get("words_said", 0.0)
    return np.array([
        best.logit, min(best.logit - second, 3.0), max(c.passage_answers for c in scored), named["words_passage"],
        unknown, named["names"], named["type"], named["meaning"], max(c.row[_SPAN] for c in scored),
        words_said, _has_the_word(question, words_said), again,
    ])  # fmt: skip


def _has_the_word(question: Question, words_said: float) -> float:
    if not question.on_one_word:
        return 0.0
    return 1.0 if words_said >= 1 else -1.0


def _never_said(question: Question, scored: Sequence[Candidate]) -> bool:
    if not question.on_one_word or max(scored, key=lambda c: c.logit).refers:
        return False
    return all(c.row[_RUN] < 1 for c in scored)
