"""The sentences that name all that articles name of a kind: as few of them as do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from indexes import Index, Span
from indexes.speech import Kind, find_mentions
from qa.evidence import Candidate
from qa.readers.overview import cited, last_added, told

_MOST = 12
"""How many sentences are cited at most: those with the most names."""
_KEPT = 64
"""Texts whose names are remembered, of a kind each."""

_Place = tuple[int, Span]
_mentions = lru_cache(maxsize=_KEPT)(find_mentions)


def listed(index: Index, documents: Sequence[int] | None, kind: Kind) -> list[Candidate]:
    """The fewest sentences that name all of a kind, in reading order.

    A sentence that names most of those not yet named is taken next: no other way that is quick takes
    fewer. Source: Chvátal, A greedy heuristic for the set-covering problem (1979).

    Args:
        index: where they are.
        documents: numbers of the articles; None for all.
        kind: what is to be named.
    """
    shown = last_added(index, documents)
    texts = {number: index.document(number) for number in shown}
    named: dict[_Place, set[str]] = defaultdict(set)
    for number, document in texts.items():
        cut = list(told(document))
        for place, name in _in_full(_mentions(document.text, kind)):
            within = next((sentence for sentence in cut if sentence.contains(place)), None)
            if within:
                named[number, within].add(name)
    same = _one_name_each({name for names in named.values() for name in names})
    left = {place: {same[name] for name in names} for place, names in named.items()}
    chosen: list[_Place] = []
    while left and len(chosen) < _MOST:
        next_one = max(sorted(left), key=lambda place: len(left[place]))
        now = left[next_one]
        chosen.append(next_one)
        left = {place: names - now for place, names in left.items() if names - now}
    return [cited(texts[number], number, span) for number, span in sorted(chosen)]


def _in_full(mentions: Sequence[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """Of the places that name one and the same, those that name it in full: they introduce it."""
    longest: dict[str, int] = {}
    for place, name in mentions:
        longest[name] = max(len(place), longest.get(name, 0))
    return [(place, name) for place, name in mentions if len(place) == longest[name]]


def _one_name_each(names: set[str]) -> Mapping[str, str]:
    """Whom one article calls "Tamm" and another "Ada Tamm", if no other name there ends so, is named once."""
    found = {}
    for name in names:
        longer = [other for other in names if other.endswith(f" {name}")]
        found[name] = longer[0] if len(longer) == 1 else name
    return found
