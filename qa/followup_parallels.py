"""What a bare phrase stands in the place of: "And the second?" after "When is the first debate?".

Two phrases are parallel when they differ in one word of a kind ("Monday", "Tuesday"), name the same
thing with other words before it ("the upper house", "the lower house"), or when the one leaves the
thing out ("the small ones").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.followup_words import AUXILIARIES, FUNCTION, PREPOSITIONS, VERBS, Mention, Words

_KINDS = tuple(
    frozenset(kind.split())
    for kind in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "january february march april may june july august september october november december",
        "spring summer autumn fall winter",
        "morning afternoon evening night",
        "first second third fourth fifth sixth seventh eighth ninth tenth last next previous",
        "men women boys girls children adults",
        "sons daughters brothers sisters mothers fathers parents",
        "north south east west",
        "northern southern eastern western",
        "today yesterday tomorrow",
        "top bottom",
    )
)
_DETERMINERS = frozenset("the a an this that these those".split())
_ONES = frozenset({"one", "ones"})
_OWN = re.compile(r"(?:his|her|their|its) \w", re.IGNORECASE)
_COUNTED = re.compile(r"\bhow many (?P<noun>\w+s)\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?:\w+ )?\w+s", re.IGNORECASE)
_WIDEST = 4


def in_parallel(new: str, base: str, named: Sequence[Mention]) -> str | None:
    """Put a bare phrase in the place of the one made like it.

    Args:
        new: the phrase that is asked about, without its question mark.
        base: the question before it, self-contained.
        named: what that question names, in order.

    Returns:
        The earlier question, asked about the new phrase; None where nothing in it is parallel.
    """
    phrase, earlier = Words(new), Words(base)
    if not phrase or len(phrase) > _WIDEST + 1:
        return None
    return (
        _of_a_kind(phrase, earlier)
        or _of_one_head(phrase, earlier)
        or _of_the_ones(phrase, base, named)
        or _of_the_owner(new, base, named)
        or _of_the_counted(new, base)
    )


def _content(words: Words) -> int:
    """Where a phrase begins, after its preposition and its determiner."""
    start = 0
    for leading in (PREPOSITIONS, _DETERMINERS):
        if words.word(start) in leading:
            start += 1
    return start


def _led_alike(phrase: Words, earlier: Words, first: int) -> bool:
    """Tell whether a phrase's preposition, if any, is that of what it would replace.

    "Before Tuesday" does not take the place of "Monday" in "on Monday".
    """
    before = first - 1
    while earlier.word(before) in _DETERMINERS:
        before -= 1
    leading = phrase.word(0)
    return leading not in PREPOSITIONS or leading == earlier.word(before)


def _of_a_kind(phrase: Words, earlier: Words) -> str | None:
    """Exchange one word for another of its kind: "the first debate", "the second (one)"."""
    start = _content(phrase)
    new, rest = phrase.word(start), {*phrase.low[start + 1 :]}
    kind = next((kind for kind in _KINDS if new in kind), None)
    if kind is None or not rest <= {*earlier.low, *_ONES}:
        return None
    places = [i for i, word in enumerate(earlier.low) if word in kind]
    if len(places) != 1 or earlier.low[places[0]] == new:
        return None
    (i,) = places
    if not _led_alike(phrase, earlier, i):
        return None
    was = earlier.raw[i]
    word = new.capitalize() if was[0].isupper() else new
    ending = was[len(earlier.low[i]) :]
    return earlier.text[: earlier.start[i]] + word + ending + earlier.text[earlier.end[i] :]


def _of_one_head(phrase: Words, earlier: Words) -> str | None:
    """Exchange what stands before the same noun: "the lower house" for "the upper house"."""
    start = _content(phrase)
    head = phrase.low[-1]
    described = phrase.low[start:-1]
    if not described or head in _ONES or head not in earlier.low:
        return None
    at = earlier.low.index(head)
    first = at
    while first > 0 and at - first < _WIDEST and _describes(earlier.word(first - 1)):
        first -= 1
    if earlier.low[first:at] == described or not _led_alike(phrase, earlier, first):
        return None
    text = phrase.text[phrase.start[start] : phrase.end[-1]]
    return earlier.text[: earlier.start[first]] + text + earlier.text[earlier.end[at] :]


def _describes(word: str) -> bool:
    return bool(word) and word not in FUNCTION | AUXILIARIES | VERBS | _DETERMINERS | PREPOSITIONS


def _of_the_ones(phrase: Words, base: str, named: Sequence[Mention]) -> str | None:
    """Say what the "ones" are: "the small banks" after "the big banks"."""
    if phrase.low[-1] not in _ONES or len(phrase) < 2:
        return None
    ones = phrase.low[-1] == "ones"
    fitting = [m for m in named if not m.sure and m.plural == ones]
    if not fitting:
        return None
    old = fitting[0]
    head = old.text.split()[-1]
    text = phrase.text[: phrase.start[-1]] + head
    return base[: old.start] + text + base[old.end :]


def _of_the_owner(new: str, base: str, named: Sequence[Mention]) -> str | None:
    """Ask the same of what is somebody's: "his brother" after "How old is the suspect?"."""
    people = [
        m
        for m in named
        if m.kind in ("person", "name", "group")
        and m.role != "topic"
        and not base[m.end :].startswith(("'", "’"))
    ]
    if not _OWN.match(new) or not people:
        return None
    return base[: people[0].start] + new[:1].lower() + new[1:] + base[people[0].end :]


def _of_the_counted(new: str, base: str) -> str | None:
    """Count other things: "trains" after "How many flights were cancelled?"."""
    counted = _COUNTED.search(base)
    if not counted or not _PLURAL.fullmatch(new) or new != new.lower():
        return None
    return base[: counted.start("noun")] + new + base[counted.end("noun") :]
