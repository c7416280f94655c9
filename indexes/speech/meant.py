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

_PRONOUN = re.compile(r"\b(?:he|him|his|she|her)\b", re.IGNORECASE)
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
    meant: list[tuple[Span, str]] = []
    latest: dict[str, tuple[int, str]] = {}
    for match in found:
        place = Span(*match.span())
        if place.start in sources:
            continue
        gender = "m" if match[0].lower().startswith("h") and match[0].lower() != "her" else "f"
        quote = quoted[i] if (i := bisect_right(opens, place.start) - 1) >= 0 else None
        inside = quote is not None and quote.contains(place)
        # Who is quoted calls himself "I".
        speaking = {
            s.speaker for s in statements
            if inside and any(c.contains(place) for c in s.content)
        }  # fmt: skip
        sentence = bisect_right(starts, place.start) - 1
        last, name = latest.get(gender, (-_GOES_ON - 1, ""))
        before = name if sentence - last <= _GOES_ON and name not in speaking else ""
        name = people.meant(place.start, gender, before=before, never=speaking)
        if name:
            meant.append((place, name))
            latest[gender] = (sentence, name)
    return meant
