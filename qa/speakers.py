"""Matching a name in a question to the speakers on record."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from indexes.speech.lexicon import (
    BODIES,
    CALLINGS,
    FIRMS,
    FIRST_NAMES,
    NO_FIRST_NAMES,
    NOT_NAMES,
    ORGANISATIONS,
    SUFFIXES,
)
from indexes.speech.origins import DEMONYMS, STATES
from indexes.words import words
from qa.followup_words import PLACES
from qa.question import without_titles

_FIRST_NAMES = FIRST_NAMES.keys() - frozenset(
    """allen austin bruce carolina chad charlotte clay craig curtis dean douglas florence floyd gordon graham grant
    george georgia henry howard israel jackson james jordan kelly kyle lawrence lee leonard lewis lindsey london martin
    mitchell montana morgan neil paris paul ross russell ryan scott stewart taylor terry thomas virginia wade
    wallace warren""".split()
)
"""First names that seldom are a surname, and no place's."""
_CALLED_BEFORE = CALLINGS - frozenset(
    "baron bishop count duke earl judge king major pope prince press".split()
)
"""What stands before a name, and is no first name itself."""
_NO_BEGINNING = FIRST_NAMES.keys() | NO_FIRST_NAMES | STATES | PLACES | DEMONYMS.keys() | NOT_NAMES
"""First words of names that alone are a place's, or nobody's."""
_OF = re.compile(r" (?:at|from|of) ")
_LIKE_ENOUGH = 84.0
"""Similarity in percent at which a surname counts as a misspelling: one letter in six or more."""
_SHORTEST_MISSPELT = 5
_REMEMBERED = 100_000
"""Names of which the words are remembered: every question compares its names with all on record."""


def matching(name: str, speakers: Iterable[str]) -> list[str]:
    """Find the speakers that a name can mean, in the order given.

    "Quill" and "Foreign Minister Ada Quill" mean Ada Quill; "Bill Farrow" does not mean
    Hilda Farrow, nor Bill Farrow Jr. where Bill Farrow is on record. What is nobody's surname may be
    somebody's first name, where only one family has it, the beginning of only one name, or a misspelling.
    """
    known = list(speakers)
    whose = _OF.split(name)[0]
    if whose != name and _is_given_and_surname(whose) and (found := matching(whose, known)):
        return found  # "Ada Quill of the Aby Ferry Company"
    for alike in (_same, _called, _begins, _misspelt):
        found = [speaker for speaker in known if any(alike(name, p) for p in _parties(speaker))]
        if alike in (_called, _begins) and len(_families(name, found)) > 1:
            continue
        if found:
            return _nearest(name, found)
    return []


def whole_names(names: Sequence[str], speakers: Iterable[str]) -> tuple[str, ...]:
    """The names of which a question asks, where two that seem to be theirs are one that is on record.

    "The Food and Drug Administration" is a speaker, and nobody is called "the Food".
    """
    known = list(speakers)
    alone = [speaker for speaker in known if " and " not in speaker]
    whole = list(names[:1])
    for name in names[1:]:
        both = _plain(f"{whole[-1]} and {name}")
        found = [speaker for speaker in known if _plain(speaker) == both]
        if found and not matching(whole[-1], alone) and not matching(name, alone):
            whole[-1] = found[0]
        else:
            whole.append(name)
    return tuple(whole)


def _plain(name: str) -> list[str]:
    return [word for word in words(name) if word != "the"]


def _is_given_and_surname(name: str) -> bool:
    """Tell "Ada Quill" from "Bank" and "the harbour master"."""
    tokens = words(name)
    bodies = ORGANISATIONS | FIRMS | BODIES | CALLINGS | {"the"}
    return len(tokens) > 1 and bodies.isdisjoint(tokens)


def _nearest(name: str, speakers: list[str]) -> list[str]:
    """Of those whom a name can mean, the ones with its very given names and its "Jr.", where there are any."""
    given = _tokens(name)[:-1]

    def givens(speaker: str) -> list[list[str]]:
        return [_tokens(party)[:-1] for party in _parties(speaker)]

    def has_given(own: list[str]) -> bool:
        shorter, longer = sorted((given, own), key=len)
        return all(_is_given(token, longer) for token in shorter)

    if given and any(given in givens(speaker) for speaker in speakers):
        # A middle name that is asked for sets George W. apart from George H. W.
        most = len(given) if len(given) > 1 else math.inf
        speakers = [
            speaker
            for speaker in speakers
            if any(map(has_given, givens(speaker)))
            and any(len(own) <= most for own in givens(speaker))
        ]
    suffixed = [s for s in speakers if _suffix(name) in map(_suffix, _parties(s))]
    return suffixed or speakers


@lru_cache(maxsize=_REMEMBERED)
def _parties(speaker: str) -> list[str]:
    """A joint statement belongs to each of those who make it."""
    return re.split(r"\s+and\s+", speaker)


@lru_cache(maxsize=_REMEMBERED)
def _tokens(name: str) -> list[str]:
    plain = " ".join(word for word in name.split() if not SUFFIXES.intersection(words(word)))
    return [word for word in words(without_titles(plain)) if word != "the"] or words(name)


def _same(asked: str, speaker: str) -> bool:
    a, b = _tokens(asked), _tokens(speaker)
    if not a or not b:
        return False
    if a[-1] != b[-1]:
        return len(a) > 1 and set(a) <= set(b) and b[: len(a)] == a and len(b) - len(a) <= 1
    titled = _CALLED_BEFORE.issuperset(a[:-1]) and a[-1] not in ORGANISATIONS | FIRMS
    given = [] if titled else a[:-1]
    shorter, longer = sorted((given, b[:-1]), key=len)
    if not shorter:
        # A bare surname means the person; the bare last word of an institution's name does not mean it.
        return not longer or speaker[:4].lower() != "the " or len(a) == len(b)
    return all(_given_name(token, longer) for token in shorter)


def _called(asked: str, speaker: str) -> bool:
    """Tell whether somebody is called by his first name: "Laura" is Laura Quill."""
    first, *rest = _tokens(speaker) or [""]
    body = speaker.startswith("the ") or (rest and rest[-1] in ORGANISATIONS)
    return bool(rest) and not body and _tokens(asked) == [first] and first in _FIRST_NAMES


def _begins(asked: str, speaker: str) -> bool:
    """Tell whether a name begins with the word asked for: "Dr Ono" is Ono Haruka, "Quillstone" Quillstone Partners.

    "Quill" is not the Quill Campaign, nor are "voters" Voters of Aby.
    """
    first, *rest = _tokens(speaker) or [""]
    if not rest or _tokens(asked) != [first] or first in _NO_BEGINNING or first.endswith("s"):
        return False
    return all(word[:1].isupper() for word in speaker.split()) and rest[-1] not in ORGANISATIONS


def _families(name: str, speakers: Iterable[str]) -> set[str]:
    """The last words of those who have a first name, or begin so."""
    parties = (party for speaker in speakers for party in _parties(speaker))
    alike = (party for party in parties if _called(name, party) or _begins(name, party))
    return {_tokens(party)[-1] for party in alike}


def _given_name(token: str, others: list[str]) -> bool:
    return _is_given(token, others) or any(fuzz.ratio(token, other) >= 75 for other in others)


def _is_given(token: str, others: list[str]) -> bool:
    return any(
        token == other or (1 in (len(token), len(other)) and token[0] == other[0])
        for other in others
    )


def _suffix(name: str) -> str:
    return next((word for word in words(name) if word in SUFFIXES), "")


def _misspelt(asked: str, speaker: str) -> bool:
    a, b = _tokens(asked), _tokens(speaker)
    if not a or not b or a[-1] == b[-1] or min(len(a[-1]), len(b[-1])) < _SHORTEST_MISSPELT:
        return False
    return fuzz.ratio(a[-1], b[-1]) >= _LIKE_ENOUGH and all(
        _given_name(t, b[:-1]) for t in a[:-1] if b[:-1]
    )
