"""Choosing the smallest set of sentences that answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from indexes.words import CAPITAL
from qa.evidence import SAID_FEATURES, Candidate, beside
from qa.question import Question

_MOST = {"said": 5, "who-said": 4, "fact": 4}
_SHARE = {"said": 0.45, "who-said": 0.5}
"""Share of the best sentence's probability that another needs to be cited beside it, by form."""
_CHARACTERS = {"said": 500, "who-said": 800, "fact": 900}
"""Length of an answer beyond which no further sentence is added, by form."""
_ON_ANYTHING = 700
"""The same for somebody's words on whatever there is."""
_BESIDE, _BESIDE_LONG = 0.15, 0.2
"""Probability that a sentence needs to be cited beside the best one for a fact, and where the answer
gets longer than ``_SHORT`` characters by it (docs/evidence.md)."""
_SHORT = 404
"""What the strict judgement of ``qa.evaluation`` still calls concise where a few characters are evidence."""
LOOKED_AT = 7
"""How many of the sentences after the best are looked at."""

_WORDS, _SAID, _RUN = (SAID_FEATURES.index(name) for name in ("words", "words_said", "words_run"))

_NAME = re.compile(rf"(?<=[\w,;] ){CAPITAL}[\w’'-]+(?: {CAPITAL}[\w’'-]+)*")
_MOST_CONTINUED = 3
_NEW = 0.1
"""Share of the best sentence's probability that a statement which names something new needs to go on."""


def select(question: Question, scored: Sequence[Candidate]) -> list[Candidate]:
    """Choose the sentences that answer, in reading order.

    The best one is always chosen; another is, when it is nearly as likely to be evidence, and the
    answer stays short. Documents come in order of their best sentence.
    """
    if not scored:
        return []
    best, *others = sorted(scored, key=lambda c: (-c.logit, c.document_number, c.span))
    if question.form == "fact":
        return in_reading_order([best, *_beside(best, others[:LOOKED_AT])])
    # Where nothing in particular was asked for, each of his statements answers.
    share = 0.0 if question.asks_for_anything_said else _SHARE[question.form]
    floor = best.probability * share
    near = [best, *(c for c in others if c.probability >= floor)]
    if question.form == "said":
        near = _of_the_topic(near)
    chosen, length = near[:1], len(near[0].span)
    for candidate in near[1 : _MOST[question.form]]:
        length += len(candidate.span)
        if length > _longest(question):
            break
        chosen.append(candidate)
    return in_reading_order(chosen)


def _longest(question: Question) -> int:
    on_anything = question.form == "said" and not question.topic
    return _ON_ANYTHING if on_anything else _CHARACTERS[question.form]


def _of_the_topic(near: Sequence[Candidate]) -> list[Candidate]:
    """Without what comes before the speaker turns to the topic: "She also spoke of the Marigold".

    Beside a sentence that has all of the topic's words, one that has none counts where it stands
    among statements that have some.
    """
    if near[0].row[_WORDS] >= 1:
        near = [c for c in near if c.row[_WORDS] > 0 or c.row[_RUN] > 0]
    named = [c for c in near if c.row[_SAID] > 0.99]
    first = min(named, key=lambda c: (c.document_number, c.span), default=None)
    if first is None or not first.turns:
        return list(near)
    return [c for c in near if c.document_number != first.document_number or c.span >= first.span]


def _beside(best: Candidate, others: Sequence[Candidate]) -> list[Candidate]:
    """Those that belong to the answer to a question of fact, the likeliest first."""
    if not others:
        return []
    chosen: list[Candidate] = []
    length = len(best.span)
    likeliest = sorted(zip(beside(best, others), others, strict=True), key=lambda pair: -pair[0])
    for probability, candidate in likeliest:
        longer = length + len(candidate.span)
        needed = _BESIDE if longer <= _SHORT else _BESIDE_LONG
        if (
            len(chosen) < _MOST["fact"] - 1
            and probability >= needed
            and longer <= _CHARACTERS["fact"]
        ):
            chosen.append(candidate)
            length = longer
    return chosen


def in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Sort by place, the document of the best sentence first."""
    first: dict[int, int] = {}
    for candidate in sorted(chosen, key=lambda c: -c.logit):
        first.setdefault(candidate.document_number, len(first))
    return sorted(chosen, key=lambda c: (first[c.document_number], c.span))


def continued(
    question: Question,
    chosen: Sequence[Candidate],
    said: Sequence[Candidate],
    texts: Mapping[int, str],
) -> list[Candidate]:
    """The statements that go on about the same thing without naming it.

    A run of adjacent statements of one speaker belongs together: one that follows a chosen one
    directly and does not say that it turns elsewhere is about the same, unless it names something
    new and is not likely itself.

    Args:
        question: what is asked of the speaker.
        chosen: sentences that are about the topic.
        said: all of the speaker's sentences, in reading order.
        texts: the documents' texts by number.
    """
    found: list[Candidate] = []
    length = sum(len(c.span) for c in chosen)
    picked = {(c.document_number, c.span) for c in chosen}
    floor = _NEW * max((c.probability for c in chosen), default=0.0)
    ordered = sorted(said, key=lambda c: (c.document_number, c.span))
    for before, after in pairwise(ordered):
        if (before.document_number, before.span) not in picked or (
            after.document_number,
            after.span,
        ) in picked:
            continue
        text = texts[after.document_number]
        gap = text[before.span.end : after.span.start]
        if before.document_number != after.document_number or gap.strip():
            continue
        sentence = after.span.of(text)
        told = [
            c.span.of(text) for c in [*chosen, *found] if c.document_number == after.document_number
        ]
        known = " ".join([*question.speakers, *told])
        turns = after.turns or (
            after.probability < floor and any(name not in known for name in _NAME.findall(sentence))
        )
        is_long = len(found) >= _MOST_CONTINUED or length + len(after.span) > _longest(question)
        if turns or is_long:
            continue
        found.append(after)
        length += len(after.span)
        picked.add((after.document_number, after.span))
    return found
