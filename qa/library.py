"""Passages that a search found, for reading."""

from __future__ import annotations

from dataclasses import dataclass

from indexes import Document, RankedPassage


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage that a search found, for reading.

    Attributes:
        document, title, published, publisher: the document's.
        start, end: its place in the document's text.
        page: the page on which it starts, where there are pages.
        text: its words, exactly.
        score: higher is better; comparable only within one search.
        also_in: other documents that nearly repeat this one, and were found for it too.
    """

    document: str
    title: str
    published: str | None
    publisher: str | None
    start: int
    end: int
    page: int | None
    text: str
    score: float
    also_in: tuple[str, ...]

    @classmethod
    def of(cls, document: Document, found: RankedPassage) -> FoundPassage:
        """Cut a found passage out of its document."""
        span = found.passage.span
        return cls(
            document.name, document.title, document.published, document.publisher, span.start, span.end,
            document.page_at(span.start), span.of(document.text), round(found.score, 4), found.also_in,
        )  # fmt: skip
