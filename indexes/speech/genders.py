"""Whom "he", or "she", goes on from: what no title and no table of first names tells of somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from indexes.documents import Span
from indexes.speech import cues
from indexes.speech.people import Mention, Person

_BE_OR_HAVE = "was|is|had|has|would|will|could|can|did|does|never"
_HERS, _HIS = re.compile(r"\b(?:her|she)\b"), re.compile(r"\b(?:him|his|he)\b")
_GOES_ON = re.compile(
    r"""\s*(?:["“‘][^"“”’]{2,400}[,.?!…]["”’]+ )?(?P<word>[Hh]e|[Ss]he) (?P<does>\w*)"""
)
"""A sentence that "he" or "she" opens, or follows a quotation in."""
_ASIDE = re.compile(
    rf"[^\n“\"]{{3,400}}?, (?P<word>he|she) (?P<does>{'|'.join(sorted(cues.QUOTING))})\b"
)
"""One who says so himself: "The roof was sound, she said"."""
_SAYS_OF_HIMSELF = re.compile(
    rf"[^.;“\"‘]{{2,80}} (?:{'|'.join(sorted(cues.QUOTING))})(?: that)? (?P<word>he|she) (?P<does>{_BE_OR_HAVE})\b"
)
"""One who says something of himself: "Quill said that she had seen it"."""


def genders_told(
    text: str, sentences: Sequence[Span], within: Callable[[Span], Sequence[Mention]]
) -> Iterator[tuple[Person, str, bool]]:
    """Find the gender of those whom only "he", or only "she", goes on from.

    A pronoun goes on from the only one named in the sentence before where it opens the next one or follows its
    quotation, and, where nobody else is named, where it stands in "…, she said"; and from the only one named in
    its own sentence in "Quill said that she had".

    Args:
        text: the text.
        sentences: its sentences, in order.
        within: the mentions in a place.

    Yields:
        Who, "m" or "f", and whether the pronoun says something in the same paragraph.
    """
    told: dict[int, tuple[Person, set[str]]] = {}
    speaking: set[int] = set()
    before: Person | None = None
    earlier = Span(0, 0)
    for sentence in sentences:
        named = within(sentence)
        here = _only_one(named)
        gap = text[earlier.end : sentence.start]
        aside = None if named else before
        for person, pattern in ((before, _GOES_ON), (aside, _ASIDE), (here, _SAYS_OF_HIMSELF)):
            if person is None or person.gender:
                continue
            pronoun = pattern.match(text, sentence.start, sentence.end)
            if pronoun and not _contradicts(pronoun["word"], text, earlier):
                _, genders = told.setdefault(id(person), (person, set()))
                genders.add("m" if pronoun["word"].lower() == "he" else "f")
                if pronoun["does"] in cues.QUOTING and "\n" not in gap:
                    speaking.add(id(person))
        if "\n" in gap or named:
            before = here
        earlier = sentence
    for person, genders in told.values():
        if len(genders) == 1:
            yield person, genders.pop(), id(person) in speaking


def _only_one(named: Sequence[Mention]) -> Person | None:
    """The only one who is named outside quotations."""
    there = [mention.person for mention in named if not mention.quoted]
    alone = there and all(person is there[0] for person in there)
    return there[0] if alone else None


def _contradicts(pronoun: str, text: str, sentence: Span) -> bool:
    """Tell "Quill spoke after her brother died. He …", where "he" is another one."""
    others = _HERS if pronoun.lower() == "he" else _HIS
    return bool(others.search(text, sentence.start, sentence.end))
