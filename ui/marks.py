"""Where things lie in an article: its numbered paragraphs, and the characters that are cited.

Everything here is plain text in, plain values out. The rule that the rest of the page relies on:
the texts of all pieces that carry a citation, joined in reading order, are exactly its quote.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexes.documents import Document, Span
from indexes.layout import heading_of, heading_text, shown_spans


@dataclass(frozen=True, slots=True)
class Mark:
    """The place in a document that one citation quotes.

    Attributes:
        citation: the citation's number.
        span: the quoted characters.
    """

    citation: int
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that the same citations cover.

    Attributes:
        text: the characters, verbatim.
        citations: the numbers of the citations that quote all of it; empty for plain text.
    """

    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of an article as it is shown.

    Attributes:
        number: its number in the article, counted from 1; None for a heading.
        start: where it starts in the document's text.
        heading: 1 to 6 for a Markdown heading, 0 for a paragraph proper.
        pieces: its text, cut where citations start and end.
    """

    number: int | None
    start: int
    heading: int
    pieces: tuple[Piece, ...] = ()


def cut(text: str, span: Span, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Cut a range of text wherever a citation starts or ends; overlaps make pieces of their own."""
    here = [mark for mark in marks if mark.span.overlaps(span)]
    edges = {span.start, span.end}
    for mark in here:
        edges.update((max(mark.span.start, span.start), min(mark.span.end, span.end)))
    return tuple(
        Piece(
            text[start:end],
            tuple(sorted({m.citation for m in here if m.span.contains(Span(start, end))})),
        )
        for start, end in pairwise(sorted(edges))
    )


def paragraphs(
    document: Document, spans: Iterable[Span], marks: Sequence[Mark] = ()
) -> tuple[Paragraph, ...]:
    """Return an article as it is shown, with the cited characters marked.

    A citation that crosses a paragraph break keeps the break: the characters between two
    paragraphs go to the end of the first one, so that nothing of a quote is lost.

    Args:
        document: the article.
        spans: its paragraphs, in reading order.
        marks: the places to mark; they may overlap.
    """
    text = document.text
    spans = list(spans)
    shown = shown_spans(document, spans)
    if not _all_stand_in(marks, shown):
        shown = [span for span in spans if span.of(text).strip()]  # a mark in what is left out
    coming = sorted(marks, key=lambda mark: mark.span.start, reverse=True)
    here: list[Mark] = []
    made: list[Paragraph] = []
    number = 0
    for at, span in enumerate(shown):
        after = shown[at + 1].start if at + 1 < len(shown) else len(text)
        here = [mark for mark in here if mark.span.end > span.start]
        while coming and coming[-1].span.start < after:
            here.append(coming.pop())
        end = max((min(m.span.end, after) for m in here if m.span.end > span.end), default=span.end)
        level = heading_of(span.of(text))
        pieces = cut(text, Span(span.start, end), here)
        if level and not any(piece.citations for piece in pieces):
            pieces = (Piece(heading_text(span.of(text))),)
        number += not level
        made.append(Paragraph(None if level else number, span.start, level, pieces))
    return tuple(made)


def _all_stand_in(marks: Sequence[Mark], shown: Sequence[Span]) -> bool:
    """Tell whether each mark overlaps one of these paragraphs, which are in order."""
    starts = [span.start for span in shown]
    for mark in marks:
        at = bisect_left(starts, mark.span.end) - 1  # the last one that starts before the mark ends
        if at < 0 or not shown[at].overlaps(mark.span):
            return False
    return True
