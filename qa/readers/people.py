"""Names for the pronouns that mean whom a question asks about, and for "the minister" whose words it asks for.

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
_NEAR = 300
"""Characters within which a reader knows by the name before it who "the minister" is."""
_WORD = re.compile(r"[\w’'-]*\w")
_DESCRIBED = re.compile(r"[Tt]he\s+[a-z]")
_OWNED = re.compile(r"\s+([^\W\d_][\w’'-]*)")


def names_asked_about(
    question: Question,
    speakers: Collection[str],
    document: Document,
    statements: Sequence[Statement],
) -> Names:
    """The places of a document where others' words mean somebody that a question names, and that name.

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
    people = _people_meant(text, tuple(statements))
    meant = {(place, name) for place, name in people if name not in speakers}
    for said in statements:
        if (
            said.source
            and said.speaker in speakers
            and _is_far_from_the_name(said.source, said.speaker, text)
        ):
            meant.add((said.source, said.speaker))
    return [
        (place, _as_it_stands(text, place, name.split()[-1]))
        for place, name in sorted(meant)
        if asked.issuperset(words(name.split()[-1]))
    ]


_people_meant = lru_cache(maxsize=_KEPT)(people_meant)


def _is_far_from_the_name(source: Span, speaker: str, text: str) -> bool:
    """Tell "the minister" who speaks, where the text does not name him shortly before."""
    near = text[max(0, source.start - _NEAR) : source.end]
    return bool(_DESCRIBED.match(text, source.start)) and speaker.split()[-1] not in _WORD.findall(
        near
    )


def _as_it_stands(text: str, pronoun: Span, name: str) -> str:
    """A name in a pronoun's place: "Tamm", or "Tamm’s" for "his" and "her case"."""
    word = pronoun.of(text).lower()
    behind = _OWNED.match(text, pronoun.end) if word == "her" else None
    owns = word == "his" or (behind is not None and behind[1].lower() not in STOP_WORDS)
    return f"{name}’s" if owns else name
