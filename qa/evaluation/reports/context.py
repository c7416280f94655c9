"""Quotes and evidence as they stand in their article, with a little of what is around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from qa.answer import Answer
from qa.evaluation.judgement import Range, joined, ranges
from qa.evaluation.questions import Question

_AROUND = 140
"""Characters shown on each side of a quote."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an article's characters that are all marked alike.

    Attributes:
        text: the characters.
        marks: "cited" (or "nearest"), "evidence", both, or neither, as CSS classes.
    """

    text: str
    marks: str


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of an article with its marks.

    Attributes:
        document: the article's name.
        label: what the excerpt is: a citation's number and speaker, or nothing.
        pieces: its characters, in order; white space at the ends is left out.
        cut_before, cut_after: whether the article goes on there.
        others: how many other places would do as well.
    """

    document: str
    label: str
    pieces: tuple[Piece, ...]
    cut_before: bool
    cut_after: bool
    others: int = 0


def evidence_excerpts(
    question: Question, answer: Answer, texts: Mapping[str, str]
) -> list[Excerpt]:
    """What should have been cited: each group by its first place that lies in its text."""
    groups = [
        [
            (document, start, end)
            for document, start, end in ranges(group, texts, question.documents)
            if document in texts and end <= len(texts[document])
        ]
        for group in question.evidence
    ]
    cited = _cited(answer)
    return [
        _excerpt(
            group[0], "", {"cited": cited, "evidence": [group[0]]}, texts, others=len(group) - 1
        )
        for group in groups
        if group
    ]


def citation_excerpts(
    question: Question, answer: Answer, texts: Mapping[str, str]
) -> list[Excerpt]:
    """What was cited, with what of it is evidence."""
    evidence = joined(
        place for group in question.evidence for place in ranges(group, texts, question.documents)
    )
    found = []
    for citation in answer.citations or answer.nearest:
        place = (citation.document, citation.start, citation.end)
        label = " ".join(filter(None, (f"[{citation.number}]", citation.speaker)))
        if citation.document in texts:
            kind = "cited" if answer.citations else "nearest"
            found.append(_excerpt(place, label, {kind: [place], "evidence": evidence}, texts))
    return found


def _cited(answer: Answer) -> list[Range]:
    return joined((c.document, c.start, c.end) for c in answer.citations)


def _excerpt(
    place: Range,
    label: str,
    marks: Mapping[str, Sequence[Range]],
    texts: Mapping[str, str],
    *,
    others: int = 0,
) -> Excerpt:
    document, start, end = place
    text = texts[document]
    first, last = _around(text, start, end)
    return Excerpt(
        document, label, tuple(_pieces(text, document, first, last, marks)),
        first > 0, last < len(text), others,
    )  # fmt: skip


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a range to whole words, and not beyond its paragraph."""
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    if first > 0 and not text[first - 1].isspace():
        first = min((at for at in range(first, start) if text[at - 1].isspace()), default=start)
    line_end = text.find("\n", end)
    last = min(len(text) if line_end < 0 else line_end, end + _AROUND)
    while last < len(text) and last > end and not text[last].isspace():
        last -= 1
    return first, last


def _pieces(
    text: str,
    document: str,
    first: int,
    last: int,
    marks: Mapping[str, Sequence[Range]],
) -> list[Piece]:
    edges = {first, last}
    for name, start, end in chain.from_iterable(marks.values()):
        if name == document:
            edges |= {min(max(start, first), last), min(max(end, first), last)}
    ordered = sorted(edges)
    pieces = []
    for start, end in pairwise(ordered):
        here = [
            kind
            for kind, places in marks.items()
            if any(d == document and s <= start and end <= e for d, s, e in places)
        ]
        pieces.append(Piece(text[start:end], " ".join(here)))
    return pieces
