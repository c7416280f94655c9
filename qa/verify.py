"""Holding a written sentence to the quotations that it rests on.

A sentence and a quotation are read in the same way: what each reports as said, by whom, and what it
says in its own voice. What a sentence reports must be said in a quotation by the same speaker, and
what it claims for itself the article must claim for itself: an assertion of somebody's is no fact.
Then words must carry words: whatever weighs stands in the quotation, in the same order, with the same
negations and hedges around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexes import Span, Statement
from indexes.sentences import paragraphs, sentences
from indexes.speech import find_statements
from indexes.speech.cues import CUE_VERBS
from indexes.words import stem, words
from qa.answer import Support
from qa.speakers import matching
from qa.verify_grammar import asserts
from qa.verify_words import (
    NEUTRAL,
    Word,
    aligned,
    conditions,
    hedges,
    in_words,
    is_led_in,
    negations,
    numbers_agree,
    reporting,
    sentence_start,
)

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_LEFT_OUT = " … "
_FRAME = 80
"""Characters between the words that name a speaker and those that report, at most."""
_AFTER = 3
"""Words after the last one found in which a "not" still counts: "those who did not"."""
_DANGLING = frozenset(
    """he she it they his her hers its their theirs him them this that these those such both how what when where
    whether which who whom whose why""".split()
)
"""Words that a sentence may not begin with: what they point at may not be there any more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is reported to say.

    Attributes:
        speaker: who, by the fullest name; "" when unsure.
        source: the words that name who.
        frame: the words from these to those that report it: "the minister has not denied".
        words: what is said.
        within: as in `Statement`.
    """

    speaker: str
    source: str
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
    return Told(
        speaker=statement.speaker,
        source=statement.source.of(text) if statement.source else "",
        frame=_frame(text, statement),
        words=" ".join(pieces).removeprefix("that "),
        within=statement.within,
    )


def _frame(text: str, statement: Statement) -> str:
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


def verify(sentence: str, quotations: Sequence[Reading]) -> Verdict:
    """Tell how quotations support a sentence.

    Args:
        sentence: as it was written, without its citations.
        quotations: those that it may rest on; where several carry it, the first does.
    """
    for at, quotation in enumerate(quotations):
        if _flat(sentence) == _flat(quotation.text):
            return Verdict("verbatim", (at,))
    claim = Reading.alone(sentence)
    if set(words(claim.own)[:1]) & _DANGLING:
        return _UNSUPPORTED
    carriers = _reported(claim, quotations) if claim.told else _claimed(claim, quotations)
    return Verdict("supported", carriers) if carriers else _UNSUPPORTED


def _flat(text: str) -> str:
    return " ".join(text.split())


def _claimed(claim: Reading, quotations: Sequence[Reading]) -> tuple[int, ...]:
    """Find the quotation in which the article itself claims what a sentence claims."""
    for at, quotation in enumerate(quotations):
        if carries(claim.own, quotation.own) and asserts(claim.own, quotation.own, whole=True):
            return (at,)
    return ()


def _reported(claim: Reading, quotations: Sequence[Reading]) -> tuple[int, ...]:
    """Find for each thing that is told a quotation in which the same speaker tells it."""
    used = []
    for told in claim.told:
        if told.within is not None:
            continue  # a part of what another one says, and carried with it
        carriers = [
            at for at, q in enumerate(quotations) if any(_is_same(told, other) for other in q.told)
        ]
        if not carriers:
            return ()
        used.append(carriers[0])
    cited = tuple(dict.fromkeys(used))
    return cited if _is_framed(claim.own, [quotations[at] for at in cited]) else ()


def _is_same(told: Told, other: Told) -> bool:
    """Tell whether one speaker says the same in the same way: denied is not said."""
    return (
        other.within is None
        and _is_speaker(told, other)
        and _cues(told.frame) == _cues(other.frame)
        and negations(in_words(told.frame)) == negations(in_words(other.frame))
        and carries(told.words, other.words)
        and asserts(told.words, other.words, whole=False)
    )


def _is_speaker(told: Told, other: Told) -> bool:
    """Tell whether both name the same speaker: by name, or in the same words ("the mayor")."""
    ours, theirs = words(told.source), words(other.source)
    if ours and ours == theirs and ours[0] not in _DANGLING:
        return True
    return bool(told.speaker and other.speaker and matching(told.speaker, [other.speaker]))


def _cues(frame: str) -> set[str]:
    return {stem(word) for word in words(frame) if word in CUE_VERBS} - NEUTRAL


def _is_framed(own: str, cited: Sequence[Reading]) -> bool:
    """Tell whether all that a sentence says around what is told stands around it there, or names its speakers."""
    ours, theirs = in_words(own), in_words(" ".join(quotation.own for quotation in cited))
    speakers = " ".join(told.speaker for quotation in cited for told in quotation.told)
    excused = {word.key for word in in_words(speakers)} | NEUTRAL
    rest = [word for word in ours if word.weighs and word.key not in excused]
    return (
        len(aligned(rest, theirs)) == len(rest)
        and negations(ours) == negations(theirs)
        and hedges(ours) <= hedges(theirs)
    )


def carries(claim: str, evidence: str) -> bool:
    """Tell whether words of a quotation carry words of a sentence.

    All that weighs in the sentence, and all that it quotes, stands in the quotation, in the same
    order, and its numbers count the same things. From the start of the sentence in which these
    words begin to where they end, the quotation has the same negations and hedges, and neither
    reports anybody nor asks whether.
    """
    ours, theirs = in_words(claim), in_words(evidence)
    weighing = [word for word in ours if word.weighs]
    found = aligned(weighing, theirs)
    if not weighing or len(found) < len(weighing):
        return False
    if not _marks_agree(claim, evidence) or not numbers_agree(ours, theirs):
        return False
    first, last = found[0], found[-1] + 1
    if _asks(ours, len(ours)) != _asks(theirs, last):
        return False
    region = theirs[sentence_start(theirs, first) : last]
    return (
        negations(ours) == negations(region)
        and not negations(theirs[last : last + _AFTER])
        and hedges(ours) == hedges(region)
        and reporting(region) <= reporting(ours)
        and not is_led_in(theirs, first)
        and not conditions(theirs, last)
    )


def _asks(text: Sequence[Word], at: int) -> bool:
    """Tell whether the sentence that goes on at a word is a question."""
    ends = (word.key for word in text[max(at - 1, 0) :] if word.ends)
    return next(ends, ".") == "?"


def _marks_agree(claim: str, evidence: str) -> bool:
    """Tell whether what a sentence has in quotation marks, and every sign such as "<", stands in the quotation."""
    there = _flat(evidence)
    quoted = all(part.strip(" ,.;:!?") in there for part in _QUOTED.findall(_flat(claim)))
    return quoted and all(
        sign in there for sign in claim if unicodedata.category(sign) in ("Sm", "Sc", "So", "Cf")
    )
