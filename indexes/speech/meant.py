"""Whom the pronouns of a text mean, as far as that is plain: "her case" is that of the woman named last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from indexes.documents import Span
from indexes.sentences import paragraphs, sentences
from indexes.speech.quotations import find_quotations
from indexes.speech.speakers import Speakers
from indexes.statements import Statement

_GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}
_PRONOUN = re.compile(rf"\b(?:{'|'.join(_GENDERS)})\b", re.IGNORECASE)
_GOES_ON = 2
"""Sentences from one pronoun to the next that is taken to mean the same person."""


def people_meant(text: str, statements: Sequence[Statement]) -> list[tuple[Span, str]]:
    """Say whom the pronouns of a text mean: where each stands, and the fullest name of that person, in order.

    Those that say who makes a statement are left out, as are those that may mean several people.

    Args:
        text: the text.
        statements: the statements found in it.
    """
    found = list(_PRONOUN.finditer(text))
    if not found:
        return []
    blocks = paragraphs(text)
    cut = [sentence for block in blocks for sentence in sentences(text, block)]
    quoted = [q.span for block in blocks for q in find_quotations(text, block)]
    people = Speakers(text, cut, quoted)
    sources = {s.source.start for s in statements if s.source}
    starts, opens = [s.start for s in cut], [q.start for q in quoted]
    speaking = _speaking(quoted, statements)
    meant: list[tuple[Span, str]] = []
    latest: dict[str, tuple[int, str]] = {}
    for match in found:
        place = Span(*match.span())
        if place.start in sources:
            continue
        gender = _GENDERS[match[0].lower()]
        quote = bisect_right(opens, place.start) - 1
        inside = quote >= 0 and quoted[quote].contains(place)
        never = speaking[quote] if inside else set()  # who is quoted calls himself "I"
        sentence = bisect_right(starts, place.start) - 1
        last, name = latest.get(gender, (-_GOES_ON - 1, ""))
        before = name if sentence - last <= _GOES_ON and name not in never else ""
        name = people.meant(place.start, gender, before=before, never=never)
        if name:
            meant.append((place, name))
            latest[gender] = (sentence, name)
    return meant


def _speaking(quoted: Sequence[Span], statements: Sequence[Statement]) -> list[set[str]]:
    """Who speaks in each quotation."""
    found: list[set[str]] = [set() for _ in quoted]
    ends = [quotation.end for quotation in quoted]
    for statement in statements:
        for piece in statement.content:
            number = bisect_right(ends, piece.start)
            while number < len(quoted) and quoted[number].start < piece.end:
                found[number].add(statement.speaker)
                number += 1
    return found
