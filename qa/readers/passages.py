"""Reading the passages that were found: the likeliest whole, further ones around their best sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from indexes import Document, RankedPassage, Span
from qa.evidence import Candidate
from qa.question import Question
from qa.readers.joint import JointReader, Names, Reading, Shown

_AT_ONCE = 2
"""How many passages are read before it is asked whether to read on."""
_AROUND = 450
"""Characters, at most, that are read of a further passage, but for its best sentence."""
_SURE = 1.3
"""Log-odds, by the reader, that a passage answers, beyond which no further one is read for a fact."""
_UNLIKELY, _TRIED = -0.5, 4
"""Log-odds that none of so many passages reaches where further ones answer no more either: of 234 such
questions of SQuAD, ClapNQ and news, one was answered from the fifth or sixth."""
_IN_DOUBT = (-4.0, 2.0)
"""Log-odds that its passage answers between which a sentence is worth a second look."""
_BEFORE, _BEHIND = 450, 250
"""Characters of what stands before and behind the sentence that are then read."""
_BREAK = re.compile(r"(?<=[.!?…”\"’'])\s+|\n\s*\n")


def read_passages(
    question: Question,
    passages: Sequence[RankedPassage],
    documents: Mapping[int, Document],
    reader: JointReader,
    names: Callable[[int], Names],
) -> list[Reading]:
    """Read passages; for a single fact, until one surely answers, or none is likely to.

    Args:
        question: the question.
        passages: as found, the likeliest first.
        documents: their documents, by number.
        reader: who reads.
        names: the names to read in a document, by its number, instead of pronouns.

    Returns:
        The readings of those that were read, from the first on.
    """
    one_will_do = question.form == "fact" and question.answer_type != "list"
    step = _AT_ONCE if one_will_do else len(passages)
    readings: list[Reading] = []
    for start in range(0, len(passages), step):
        likeliest = max((reading.answers for reading in readings), default=0.0)
        if likeliest > _SURE or (start >= _TRIED and likeliest < _UNLIKELY):
            break
        shown = [
            Shown(
                _title(documents[ranked.document_number]),
                documents[ranked.document_number].text,
                [sentence.span for sentence in ranked.passage.sentences],
                around_the_best(ranked, _AROUND) if start else ranked.passage.span,
                names(ranked.document_number),
            )
            for ranked in passages[start : start + step]
        ]
        readings += reader.read(question.text, shown)
    return readings


def second_look(
    question: Question, sentence: Candidate, document: Document, reader: JointReader, names: Names
) -> float:
    """Log-odds that what stands around a sentence answers; of its passage, where these leave no doubt.

    A passage may begin in the middle of what it is about: "her case" is in the next one. And two readings err
    differently, as two readers do (docs/evidence.md).
    """
    least, most = _IN_DOUBT
    if not least < sentence.passage_answers < most:
        return sentence.passage_answers
    seen = _around(sentence.span, document.text)
    shown = Shown("", document.text, [sentence.span], seen, names)
    (reading,) = reader.read(question.text, [shown])
    return reading.answers


def _around(sentence: Span, text: str) -> Span:
    start = max(0, sentence.start - _BEFORE)
    if start:
        broken = _BREAK.search(text, start, sentence.start)
        start = broken.end() if broken else sentence.start
    return Span(start, min(len(text), sentence.end + _BEHIND))


def _title(document: Document) -> str:
    return document.title if document.title != document.name else ""


def around_the_best(ranked: RankedPassage, most: int) -> Span:
    """The sentence that is nearest to the question in meaning and the nearer of its neighbours, while these fit.

    Args:
        ranked: a passage, with how near each of its sentences is.
        most: characters that the whole has at most, where the best sentence alone has not more.
    """
    places = [sentence.span for sentence in ranked.passage.sentences]
    near = ranked.sentence_scores
    first = last = int(near.argmax())
    while True:
        wider = [
            (float(near[beside]), min(first, beside), max(last, beside))
            for beside in (first - 1, last + 1)
            if 0 <= beside < len(places)
        ]
        fitting = [(n, a, b) for n, a, b in wider if places[b].end - places[a].start <= most]
        if not fitting:
            return Span(places[first].start, places[last].end)
        _, first, last = max(fitting)
