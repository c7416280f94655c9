"""Matching a name in a question to the speakers on record."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from indexes import Span, Statement
from indexes.speech.lexicon import FIRST_NAMES, ORGANISATIONS, SUFFIXES, spelled_out
from indexes.speech.origins import told_behind
from indexes.words import content_terms, stem, words
from qa.asking import DESCRIPTION
from qa.followup_words import FEMALE, MALE
from qa.question import without_titles

GIVEN_NAMES = FIRST_NAMES.keys() | MALE | FEMALE
"""First names, some of which are surnames and places, too."""
_FIRST_NAMES = GIVEN_NAMES - frozenset(
    """allen austin bruce carolina chad charlotte clay craig curtis dean douglas florence floyd gordon graham grant
    george georgia henry howard israel jackson james jordan kelly kyle lawrence lee leonard lewis lindsey london martin
    mitchell montana morgan neil paris paul ross russell ryan scott stewart taylor terry thomas virginia wade
    wallace warren""".split()
)
"""First names that seldom are a surname, and no place's."""
_LIKE_ENOUGH = 84.0
"""Similarity in percent at which a surname counts as a misspelling: one letter in six or more."""
_SHORTEST_MISSPELT = 5
_REMEMBERED = 100_000
"""Names of which the words are remembered: every question compares its names with all on record."""
_BEFORE = re.compile(r"[^.,;:!?()\"“”\n]{0,60}$")
_APPOSITION = re.compile(
    r",\s+(?!(?:who|which|whose|whom|said|says|and|but|or|after|before|when|while|as|in|at|on|speaking)\b)"
    r"([^.,;:!?()\"“”\n]{3,100})"
)


def matching(name: str, speakers: Iterable[str]) -> list[str]:
    """Find the speakers that a name can mean, in the order given.

    "Quill" and "Foreign Minister Ada Quill" mean Ada Quill; "Bill Farrow" does not mean
    Hilda Farrow, nor Bill Farrow Jr. where Bill Farrow is on record. What is nobody's surname may be
    somebody's first name, where only one family has it, or a misspelling.
    """
    known = list(speakers)
    for alike in (_same, _called, _misspelt):
        found = [speaker for speaker in known if any(alike(name, p) for p in _parties(speaker))]
        if alike is _called and len(_families(name, found)) > 1:
            continue
        if found:
            return _nearest(name, found)
    return []


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


def described(description: str, statements: Iterable[tuple[str, Statement]]) -> list[str]:
    """Find the speaker whom a description means, by how the articles present those who speak.

    "The harbour master" is Bo Tamm where "Bo Tamm, the harbour master of Aby, said" stands, or "harbour
    master Tamm"; of several, it is the one who is presented so most often.

    Args:
        description: as the question has it, "the harbour master".
        statements: each with the text that it stands in.

    Returns:
        The speaker, or nobody.
    """
    match = DESCRIPTION.fullmatch(description.strip())
    if not match:
        return []
    wanted, head = set(content_terms(description)), stem(match["head"].lower())
    found = Counter(
        statement.speaker
        for text, statement in statements
        if statement.speaker
        and statement.source
        and wanted <= set(content_terms(_presented(text, statement.source, head)))
    )
    return [speaker for speaker, _ in found.most_common(1)]


def _presented(text: str, source: Span, head: str) -> str:
    """The words that name a speaker, with the office before them and the apposition behind them."""
    before = _BEFORE.search(text[max(0, source.start - 60) : source.start])
    office = words(before[0]) if before else []
    after = _APPOSITION.match(text, source.end)
    return " ".join([
        *(office if office and stem(office[-1]) == head else []),
        *map(spelled_out, words(source.of(text))),
        *told_behind(text, source.start, source.end),
        after[1] if after else "",
    ])  # fmt: skip


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
    shorter, longer = sorted((a[:-1], b[:-1]), key=len)
    if not shorter:
        # A bare surname means the person; the bare last word of an institution's name does not mean it.
        return not longer or speaker[:4].lower() != "the " or len(a) == len(b)
    return all(_given_name(token, longer) for token in shorter)


def _called(asked: str, speaker: str) -> bool:
    """Tell whether somebody is called by his first name: "Laura" is Laura Quill."""
    first, *rest = _tokens(speaker) or [""]
    body = speaker.startswith("the ") or (rest and rest[-1] in ORGANISATIONS)
    return bool(rest) and not body and first == asked.lower() and first in _FIRST_NAMES


def _families(first: str, speakers: Iterable[str]) -> set[str]:
    """The surnames of those who have a first name."""
    parties = (party for speaker in speakers for party in _parties(speaker))
    return {_tokens(party)[-1] for party in parties if _called(first, party)}


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
