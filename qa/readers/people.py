"""Names for the pronouns that mean whom a question asks about.

The reader seldom believes that "her case" is Tamm's: where the text says plainly who "she" is, it is given her name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from indexes import Document, Span, Statement
from indexes.speech import people_meant
from indexes.words import STOP_WORDS, words
from qa.question import Question
from qa.readers.joint import Names

_LONGEST = 20_000
"""Characters of a text whose people are looked for while a question waits: those of an article, not of a book."""
_KEPT = 256
"""Texts whose people are remembered."""
_OWNED = re.compile(r"\s+([^\W\d_][\w’'-]*)")


def names_asked_about(
    question: Question,
    speakers: Collection[str],
    document: Document,
    statements: Sequence[Statement],
) -> Names:
    """The places of a document where a pronoun means somebody that a question names, and that name.

    Args:
        question: the question.
        speakers: those whose words it asks for, by their fullest names: who else is meant is asked about.
        document: the document.
        statements: those on record of it.
    """
    text = document.text
    asked = set(words(question.text))
    if len(text) > _LONGEST:
        return ()
    return [
        (place, _as_it_stands(text, place, name.split()[-1]))
        for place, name in _people_meant(text, tuple(statements))
        if name not in speakers and asked.issuperset(words(name.split()[-1]))
    ]


_people_meant = lru_cache(maxsize=_KEPT)(people_meant)


def _as_it_stands(text: str, pronoun: Span, name: str) -> str:
    """A name in a pronoun's place: "Tamm", or "Tamm’s" for "his" and "her case"."""
    word = pronoun.of(text).lower()
    behind = _OWNED.match(text, pronoun.end) if word == "her" else None
    owns = word == "his" or (behind is not None and behind[1].lower() not in STOP_WORDS)
    return f"{name}’s" if owns else name
