"""How an article is laid out for reading: what is shown of it, its headings, its paragraphs' numbers."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from indexes.documents import Document, Span

_HEADING = re.compile(r"(#{1,6})[ \t]+")


def heading_of(text: str) -> int:
    """Return the level of a Markdown heading, 0 for any other paragraph."""
    found = _HEADING.match(text)
    return len(found[1]) if found else 0


def heading_text(text: str) -> str:
    """Return what a Markdown heading says, without its marker."""
    return text.lstrip("#").strip().rstrip("#").rstrip()


def shown_spans(document: Document, spans: Iterable[Span]) -> list[Span]:
    """Leave out the front matter, and an opening paragraph that only repeats the title."""
    shown = [span for span in spans if span.end > document.body and span.of(document.text).strip()]
    title = document.title.strip()
    while shown and heading_text(shown[0].of(document.text)) == title:
        shown = shown[1:]
    return shown


def paragraph_numbers(document: Document, spans: Iterable[Span]) -> list[tuple[int, int]]:
    """Return ``(start, number)`` of each paragraph proper, in reading order."""
    proper = [s for s in shown_spans(document, spans) if not heading_of(s.of(document.text))]
    return [(span.start, number) for number, span in enumerate(proper, 1)]


def paragraph_at(numbers: Sequence[tuple[int, int]], offset: int) -> int | None:
    """Return the number of the paragraph that holds ``offset``; None before the first one."""
    at = bisect_right(numbers, offset, key=lambda item: item[0])
    return numbers[at - 1][1] if at else None
