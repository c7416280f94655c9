"""What articles say at all, and who has a say in them: for questions that name no topic.

News begins with what matters most, so that its first sentences are a summary that is hard to beat.
Source: Nenkova, Automatic text summarization of newswire (2005), on the lead as a baseline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np

from indexes import Document, Index, Span
from indexes.sentences import paragraphs, sentences
from indexes.words import words
from qa.evidence import FEATURES, Candidate

_SENTENCES, _CHARACTERS = 3, 700
"""How many sentences sum up one article, and how long they may be together after the first."""
_ARTICLES, _SPEAKERS = 8, 8
"""How many articles a question is about that names none, and of how many speakers a statement is shown."""
_WORDS = 8
"""Words from which a paragraph is one of the article's, rather than a heading, a name or a date."""
_LONG = 4
"""Words from which a sentence says something: "(Video: Reuters)" does not."""
_ENDS = ".!?\"'”’»)]"
_LOGIT = 3.0
"""Log-odds with which they are cited: that an article says what it says is no matter of doubt."""


def leads(index: Index, documents: Sequence[int] | None) -> list[Candidate]:
    """The first sentences of one article, or the first of each of several, those added last.

    Args:
        index: where they are.
        documents: numbers of the articles; None for all.
    """
    shown = last_added(index, documents)
    most = _SENTENCES if len(shown) == 1 else 1
    found: list[Candidate] = []
    for number in shown:
        document = index.document(number)
        first = list(islice(told(document), most))
        fit = [span for span in first if span.end - first[0].start <= _CHARACTERS]
        found += [cited(document, number, span) for span in fit or first[:1]]
    return found


def voices(index: Index, documents: Sequence[int] | None) -> list[Candidate]:
    """A statement of each of those who are quoted most, in reading order: the first that names its speaker.

    Args:
        index: where they are.
        documents: numbers of the articles; None for all.
    """
    speakers = list(index.store.speakers(documents))[:_SPEAKERS]
    first: dict[str, tuple[int, Span, Span]] = {}
    for number, statement in index.statements(speakers=speakers, documents=documents):
        if statement.source:
            first.setdefault(statement.speaker, (number, statement.source, statement.content[0]))
    found: dict[tuple[int, Span], Candidate] = {}
    for number, source, content in sorted(first.values()):
        document = index.document(number)
        named = _sentence_at(document, source)
        # A name below a quotation is a line of its own.
        span = named if _says_something(document, named) else _sentence_at(document, content)
        found[number, span] = cited(document, number, span)
    return list(found.values())


def last_added(index: Index, documents: Sequence[int] | None) -> list[int]:
    """The numbers of the articles that a question is about which names none; ``documents`` None for all."""
    every = index.store.numbers().values() if documents is None else documents
    return sorted(set(every))[-_ARTICLES:]


def told(document: Document) -> Iterator[Span]:
    """An article's sentences, without its headings; all there are where it has nothing else."""
    places = paragraphs(document.text, document.body)
    found = False
    for place in places:
        if is_told(place.of(document.text), document):
            found = True
            yield from (s for s in sentences(document.text, place) if _says_something(document, s))
    if not found:
        for place in places:
            yield from sentences(document.text, place)


def is_told(paragraph: str, document: Document) -> bool:
    """Tell a paragraph of an article from a heading, a name or a date."""
    return (
        paragraph[-1] in _ENDS and paragraph != document.title and len(words(paragraph)) >= _WORDS
    )


def _sentence_at(document: Document, place: Span) -> Span:
    near = (p for p in paragraphs(document.text, document.body) if p.overlaps(place))
    found = (span for p in near for span in sentences(document.text, p) if span.overlaps(place))
    return next(found, place)


def _says_something(document: Document, span: Span) -> bool:
    return len(words(span.of(document.text))) >= _LONG


def cited(document: Document, number: int, span: Span, short: Span | None = None) -> Candidate:
    """A sentence or line that answers for sure; ``short`` are the few words of it that do."""
    return Candidate(
        document=document.name, document_number=number, span=span, passage=0,
        short=short or span, apt=short is not None,
        leans=False, turns=False, row=np.zeros(len(FEATURES)), logit=_LOGIT,
    )  # fmt: skip
