"""Where things lie in an article: its numbered paragraphs, and the characters that are cited.

Everything here is plain text in, plain values out. The rule that the rest of the page relies on:
the texts of all pieces that carry a citation, joined in reading order, are exactly its quote.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
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


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive paragraphs of a long article, of which only some are drawn at once.

    Attributes:
        paragraphs: as they are shown.
        first: how many paragraphs come before them.
        last: the number of those before, and of these.
        total: how many the article has.
    """

    paragraphs: tuple[Paragraph, ...]
    first: int
    last: int
    total: int


WHOLE = 120_000
"""Characters up to which an article is drawn whole."""
_BEFORE, _AFTER = 12_000, 28_000
"""Characters of a longer one that are drawn before and after the place that is opened."""
_MORE = 40_000
"""Characters that are drawn in addition when its reader comes near the edge of what is drawn."""


def part(
    document: Document,
    spans: Iterable[Span],
    marks: Sequence[Mark] = (),
    *,
    place: Span | None = None,
    earlier: int | None = None,
    later: int | None = None,
) -> Part:
    """Return the part of an article that is to be drawn: all of it, unless it is long.

    A citation that crosses a paragraph break keeps the break: the characters between two
    paragraphs go to the end of the first one, so that nothing of a quote is lost. Paragraphs are
    numbered and marked as in the whole.

    Args:
        document: the article.
        spans: its paragraphs, in reading order.
        marks: the places to mark; they may overlap.
        place: what must be in the part, whole; None for the beginning.
        earlier: instead, the paragraphs that end before the one of this place in the order.
        later: instead, the paragraphs that begin with the one of this place in the order.
    """
    shown = _shown(document, spans, marks)
    total = len(shown)
    if earlier is not None:
        last = min(earlier, total)
        first = _reach(shown, last - 1, -1, _MORE) if last else 0
    elif later is not None:
        first = min(later, total)
        last = _reach(shown, first, 1, _MORE) + 1 if first < total else total
    elif len(document.text) <= WHOLE or not total:
        first, last = 0, total
    else:
        opened = place or Span(0, 1)
        starts = [span.start for span in shown]
        at = max(0, bisect_right(starts, opened.start) - 1)
        end = max(at, bisect_left(starts, opened.end) - 1)
        first = _reach(shown, at, -1, _BEFORE)
        last = _reach(shown, end, 1, _AFTER) + 1
    return Part(tuple(_cut_out(document, shown, marks, first, last)), first, last, total)


def _reach(shown: Sequence[Span], at: int, by: int, characters: int) -> int:
    """Go from a paragraph on, or back, until so many characters are passed; return the last one."""
    while characters > 0 and 0 <= at + by < len(shown):
        at += by
        characters -= shown[at].end - shown[at].start
    return at


def _shown(document: Document, spans: Iterable[Span], marks: Sequence[Mark]) -> Sequence[Span]:
    spans = list(spans)
    shown = shown_spans(document, spans)
    if not _all_stand_in(marks, shown):
        return [
            span for span in spans if span.of(document.text).strip()
        ]  # a mark in what is left out
    return shown


def _cut_out(
    document: Document, shown: Sequence[Span], marks: Sequence[Mark], first: int, last: int
) -> Iterator[Paragraph]:
    """Yield some of the paragraphs, numbered and marked as in the whole."""
    text = document.text
    coming = sorted(marks, key=lambda mark: mark.span.start, reverse=True)
    here: list[Mark] = []
    number = sum(not heading_of(span.of(text)) for span in shown[:first])
    for at in range(first, last):
        span = shown[at]
        after = shown[at + 1].start if at + 1 < len(shown) else len(text)
        while coming and coming[-1].span.start < after:
            here.append(coming.pop())
        here = [mark for mark in here if mark.span.end > span.start]
        end = max((min(m.span.end, after) for m in here if m.span.end > span.end), default=span.end)
        level = heading_of(span.of(text))
        pieces = cut(text, Span(span.start, end), here)
        if level and not any(piece.citations for piece in pieces):
            pieces = (Piece(heading_text(span.of(text))),)
        number += not level
        yield Paragraph(None if level else number, span.start, level, pieces)


def _all_stand_in(marks: Sequence[Mark], shown: Sequence[Span]) -> bool:
    """Tell whether each mark overlaps one of these paragraphs, which are in order."""
    starts = [span.start for span in shown]
    for mark in marks:
        at = bisect_left(starts, mark.span.end) - 1  # the last one that starts before the mark ends
        if at < 0 or not shown[at].overlaps(mark.span):
            return False
    return True
