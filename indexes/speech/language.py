"""Whether a text is English: the rules of this package know no other language."""

from __future__ import annotations

import re

from indexes.documents import Span

WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(
    """and are at be but by for from has have he his it its not of said she that the their they this
    to was we were which who will with you""".split()
)
_ENOUGH = 20
"""Words from which on a text shows its language."""
_LEAST_SHARE = 0.1
"""English prose has a quarter; Dutch, which shares three of the words, a twentieth."""


def is_english(text: str, span: Span) -> bool:
    """Tell English, or too few words to tell, from other languages by the commonest words."""
    words = [match.group().lower() for match in WORD.finditer(text, span.start, span.end)]
    return len(words) < _ENOUGH or sum(w in _ENGLISH for w in words) >= _LEAST_SHARE * len(words)
