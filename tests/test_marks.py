"""The part of a long article that is drawn, and how it grows until all of it is."""

from __future__ import annotations

import pytest

from indexes.documents import Document, Span
from indexes.sentences import paragraphs
from ui.marks import WHOLE, Mark, Paragraph, part

TEXT = "\n\n".join(
    f"## Part {n}" if n % 40 == 0 else f"Paragraph {n} says this. " * (1 + n % 9)
    for n in range(3000)
)
DOCUMENT = Document("long.md", TEXT, "A long report")
SPANS = paragraphs(TEXT)
MARKS = [
    Mark(n + 1, Span(at, at + 700)) for n, at in enumerate(range(1000, len(TEXT) - 1000, 9777))
]


def grown(place: Span) -> tuple[Paragraph, ...]:
    """Open at a place, then go to both ends as a reader would."""
    drawn = part(DOCUMENT, SPANS, MARKS, place=place)
    made, first, last = list(drawn.paragraphs), drawn.first, drawn.last
    while first:
        more = part(DOCUMENT, SPANS, MARKS, earlier=first)
        assert more.last == first
        made, first = [*more.paragraphs, *made], more.first
    while last < drawn.total:
        more = part(DOCUMENT, SPANS, MARKS, later=last)
        assert more.first == last
        made, last = [*made, *more.paragraphs], more.last
    return tuple(made)


@pytest.mark.parametrize("at", [0, 1, len(TEXT) // 2, len(TEXT) - 1])
def test_a_long_article_grows_to_exactly_the_whole(
    at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(TEXT) > WHOLE
    made = grown(Span(at, at + 1))
    monkeypatch.setattr("ui.marks.WHOLE", len(TEXT))
    assert made == part(DOCUMENT, SPANS, MARKS).paragraphs


def test_what_is_drawn_first_is_small_and_holds_the_whole_place() -> None:
    for mark in MARKS:
        drawn = part(DOCUMENT, SPANS, MARKS, place=mark.span)
        said = "".join(
            piece.text
            for paragraph in drawn.paragraphs
            for piece in paragraph.pieces
            if mark.citation in piece.citations
        )
        assert said == mark.span.of(TEXT)
        shown = sum(len(piece.text) for one in drawn.paragraphs for piece in one.pieces)
        assert shown < WHOLE // 2


def test_an_ordinary_article_is_drawn_whole() -> None:
    document = Document("short.txt", TEXT[:5000], "Short")
    drawn = part(document, paragraphs(document.text), place=Span(10, 20))
    assert (drawn.first, drawn.last) == (0, drawn.total)


def test_beyond_the_edges_there_is_nothing_more() -> None:
    total = part(DOCUMENT, SPANS).total
    assert part(DOCUMENT, SPANS, later=total + 5).paragraphs == ()
    assert part(DOCUMENT, SPANS, earlier=0).paragraphs == ()


def test_an_article_without_text_has_no_part() -> None:
    assert part(Document("empty.txt", "", "Empty"), []).total == 0
