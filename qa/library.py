"""Passages that a search found, and statements on record, for reading."""

from __future__ import annotations

from dataclasses import dataclass

from indexes import Document, RankedPassage, Span, Statement


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


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """A statement with its words, for reading.

    Attributes:
        document: the document's name.
        speaker: the speaker's fullest name, or "" when unsure.
        source: the words that name the speaker, or "".
        cue: the words that report it, or "".
        kind: direct, indirect or mixed.
        content: the places of what was said.
        text: what was said, its pieces joined by " … ".
        within: the speaker in whose words it is reported, or "" when unsure who; None when the
            article itself reports it.
    """

    document: str
    speaker: str
    source: str
    cue: str
    kind: str
    content: tuple[tuple[int, int], ...]
    text: str
    within: str | None = None

    @classmethod
    def of(cls, document: Document, statement: Statement) -> RecordedStatement:
        """Cut a statement's words out of its document."""

        def words(span: Span | None) -> str:
            return span.of(document.text) if span else ""

        return cls(
            document.name,
            statement.speaker,
            words(statement.source),
            words(statement.cue),
            statement.kind,
            tuple((span.start, span.end) for span in statement.content),
            " … ".join(words(span) for span in statement.content),
            statement.within,
        )
