"""Matching a name in a question to the speakers on record."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from indexes.words import words
from qa.question import without_titles

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LIKE_ENOUGH = 84.0
"""Similarity in percent at which a surname counts as a misspelling: one letter in six or more."""
_SHORTEST_MISSPELT = 5


def matching(name: str, speakers: Iterable[str]) -> list[str]:
    """Find the speakers that a name can mean, in the order given.

    "Quill" and "Foreign Minister Ada Quill" mean Ada Quill; "Bill Farrow" does not mean
    Hilda Farrow. A surname that is nobody's may be a misspelling of one.
    """
    known = list(speakers)
    exact = [speaker for speaker in known if any(_same(name, one) for one in _parties(speaker))]
    if exact:
        return exact
    return [speaker for speaker in known if any(_misspelt(name, one) for one in _parties(speaker))]


def _parties(speaker: str) -> list[str]:
    """A joint statement belongs to each of those who make it."""
    return re.split(r"\s+and\s+", speaker)


def _tokens(name: str) -> list[str]:
    tokens = [
        word for word in words(without_titles(name)) if word not in _SUFFIXES and word != "the"
    ]
    return tokens or words(name)


def _same(asked: str, speaker: str) -> bool:
    a, b = _tokens(asked), _tokens(speaker)
    if not a or not b:
        return False
    if a[-1] != b[-1]:
        return len(a) > 1 and set(a) <= set(b) and b[: len(a)] == a and len(b) - len(a) <= 1
    shorter, longer = sorted((a[:-1], b[:-1]), key=len)
    if not shorter:
        # A bare surname means the person; the bare last word of an institution's name does not mean it.
        return not longer or speaker[:4].lower() != "the " or len(a) == len(b)
    return all(_given_name(token, longer) for token in shorter)


def _given_name(token: str, others: list[str]) -> bool:
    return any(
        token == other
        or fuzz.ratio(token, other) >= 75
        or (1 in (len(token), len(other)) and token[0] == other[0])
        for other in others
    )


def _misspelt(asked: str, speaker: str) -> bool:
    a, b = _tokens(asked), _tokens(speaker)
    if not a or not b or a[-1] == b[-1] or min(len(a[-1]), len(b[-1])) < _SHORTEST_MISSPELT:
        return False
    return fuzz.ratio(a[-1], b[-1]) >= _LIKE_ENOUGH and all(
        _given_name(t, b[:-1]) for t in a[:-1] if b[:-1]
    )
