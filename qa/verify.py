"""Holding a written sentence to the quotations that it rests on.

A sentence and a quotation are read in the same way: what each reports as said, by whom, and what it
says in its own voice. What a sentence reports must be said in a quotation by the same speaker, and
what it claims for itself the article must claim for itself: an assertion of somebody's is no fact.
Then words must carry words: quoted words, numbers, names, negations and hedges agree before any
likeness counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from indexes import Span, Statement
from indexes.sentences import paragraphs, sentences
from indexes.speech import find_statements
from indexes.speech.cues import CUE_VERBS
from indexes.words import stem, words
from qa.answer import Support
from qa.speakers import matching
from qa.verify_words import (
    NEUTRAL,
    aligned,
    around,
    hedges,
    in_words,
    negations,
    numbers_agree,
    reporting,
)

Likeness = Callable[[str, str], float]
"""Of two texts: the inner product of their normalised vectors, in [-1, 1]."""

COVERAGE = 0.85
"""Share of the words that say something which must stand, in the same order, in the quotation's words."""
LIKENESS = 0.6
"""Likeness to the whole quotation that a sentence must reach."""

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_LEFT_OUT = " … "
_FRAME = 80
"""Characters between the words that name a speaker and those that report, at most."""
_DANGLING = frozenset(
    "he she it they his her hers its their theirs him them this that these those such both".split()
)
"""Words that a sentence may not begin with: what they point at may not be there any more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is reported to say: the words, and those that report it ("Quill denied")."""

    speaker: str
    frame: str
    words: str
    within: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it is compared.

    Attributes:
        text: the whole of it.
        own: what it says in its own voice; what others say in it is left out.
        told: what others say in it.
    """

    text: str
    own: str
    told: tuple[Told, ...]

    @classmethod
    def of(cls, text: str, place: Span, statements: Iterable[Statement]) -> Reading:
        """Read a place in a text, with the statements on record of that text."""
        here = [s for s in statements if any(piece.overlaps(place) for piece in s.content)]
        own = place.of(text)
        for piece in sorted(
            {p for s in here for p in s.content if p.overlaps(place)}, reverse=True
        ):
            start, end = max(piece.start, place.start), min(piece.end, place.end)
            own = own[: start - place.start] + _LEFT_OUT + own[end - place.start :]
        return cls(place.of(text), own, tuple(_told(text, place, s) for s in here))

    @classmethod
    def alone(cls, text: str) -> Reading:
        """Read a sentence that is on no record, such as a model writes."""
        parts = paragraphs(text)
        spans = [span for part in parts for span in sentences(text, part)]
        return cls.of(text, Span(0, len(text)), find_statements(text, spans, parts))


def _told(text: str, place: Span, statement: Statement) -> Told:
    pieces = [
        text[max(piece.start, place.start) : min(piece.end, place.end)]
        for piece in statement.content
        if piece.overlaps(place)
    ]
    return Told(statement.speaker, _frame(text, statement), " ".join(pieces), statement.within)


def _frame(text: str, statement: Statement) -> str:
    """The words from those that name the speaker to those that report; a "not" may stand between."""
    cue, source = statement.cue, statement.source
    if cue is None:
        return ""
    if source is None or not -_FRAME < cue.start - source.end < _FRAME:
        return cue.of(text)
    return text[min(cue.start, source.start) : max(cue.end, source.end)]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a sentence is supported, and the positions of the quotations that carry it; none do when it is not."""

    support: Support
    carriers: tuple[int, ...] = ()


_UNSUPPORTED = Verdict("unsupported")


def verify(sentence: str, quotations: Sequence[Reading], likeness: Likeness) -> Verdict:
    """Tell how quotations support a sentence.

    Args:
        sentence: as it was written, without its citations.
        quotations: those that it may rest on; where several carry it, the first does.
        likeness: see `Likeness`.
    """
    bare = words(sentence)
    for at, quotation in enumerate(quotations):
        if _flat(sentence) == _flat(quotation.text):
            return Verdict("verbatim", (at,))
    if not bare or bare[0] in _DANGLING:
        return _UNSUPPORTED
    claim = Reading.alone(sentence)
    found = _reported(claim, quotations) if claim.told else _claimed(claim, quotations)
    like = [likeness(sentence, quotations[at].text) >= LIKENESS for at in found]
    return Verdict("supported", found) if found and all(like) else _UNSUPPORTED


def _flat(text: str) -> str:
    return " ".join(text.split())


def _claimed(claim: Reading, quotations: Sequence[Reading]) -> tuple[int, ...]:
    """Find the quotation in which the article itself claims what a sentence claims."""
    carriers = (at for at, q in enumerate(quotations) if carries(claim.own, q.own))
    return tuple(carriers)[:1]


def _reported(claim: Reading, quotations: Sequence[Reading]) -> tuple[int, ...]:
    """Find for each thing that is told a quotation in which the same speaker tells it."""
    used = []
    for told in claim.told:
        carriers = [
            at for at, q in enumerate(quotations) if any(_is_same(told, other) for other in q.told)
        ]
        if not carriers:
            return ()
        used.append(carriers[0])
    cited = tuple(dict.fromkeys(used))
    return cited if any(_is_framed(claim.own, quotations[at]) for at in cited) else ()


def _is_same(told: Told, other: Told) -> bool:
    """Tell whether one speaker says the same in the same way: denied is not said."""
    inner, outer = told.within, other.within
    return (
        _is_speaker(told.speaker, other.speaker)
        and (inner == outer or (bool(inner) and _is_speaker(inner or "", outer or "")))
        and _cues(told.frame) == _cues(other.frame)
        and negations(in_words(told.frame)) == negations(in_words(other.frame))
        and carries(told.words, other.words)
    )


def _is_speaker(name: str, speaker: str) -> bool:
    return bool(name and speaker and matching(name, [speaker]))


def _cues(frame: str) -> set[str]:
    return {stem(word) for word in words(frame) if word in CUE_VERBS} - NEUTRAL


def _is_framed(own: str, quotation: Reading) -> bool:
    """Tell whether all that a sentence says around what is told stands in the quotation, or names its speaker."""
    there = in_words(" ".join([quotation.own, *(told.speaker for told in quotation.told)]))
    known = {word.key for word in there} | NEUTRAL
    return all(word.key in known for word in in_words(own) if word.weighs)


def carries(claim: str, evidence: str) -> bool:
    """Tell whether words of a quotation carry words of a sentence.

    Whatever is quoted, a name, a number, a sign or a telling word of the sentence stands in the
    quotation; numbers count the same things; enough of the other words stand there in the same
    order; and from the start of the sentence where they begin to where they end, both have the
    same negations and hedges, and nobody is reported whom the sentence leaves out.
    """
    ours, theirs = in_words(claim), in_words(evidence)
    weighing = sum(word.weighs for word in ours)
    known = {word.key for word in theirs}
    if not weighing or any(word.strict and word.key not in known for word in ours):
        return False
    if not _quotes(claim, evidence) or not numbers_agree(ours, theirs):
        return False
    matched = aligned(ours, theirs)
    if len(matched) < COVERAGE * weighing:
        return False
    region = around(theirs, matched)
    return (
        negations(ours) == negations(region)
        and hedges(ours) == hedges(region)
        and reporting(region) <= reporting(ours)
    )


def _quotes(claim: str, evidence: str) -> bool:
    """Tell whether the words that a sentence puts in quotation marks stand in the quotation as they are."""
    return all(
        _flat(quoted).strip(" ,.;:!?") in _flat(evidence) for quoted in _QUOTED.findall(claim)
    )
