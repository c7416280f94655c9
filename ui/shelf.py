"""The library as HTML: its table of articles, and what became of what was to be added."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from ui.language import day, t
from ui.render import fill
from ui.wording import count

if TYPE_CHECKING:
    from indexes.records import DocumentSummary

Arrival = Literal["added", "skipped", "failed"]
"""What became of a file that was to be added."""


def lines(records: Sequence[DocumentSummary]) -> list[dict[str, object]]:
    """Return the library's lines as they are shown, each with the keys that it is sorted by."""
    return [
        {
            "name": record.name,
            "title": record.title,
            "file": record.name if record.name != record.title else "",
            "byline": record.byline or "–",
            "published": day(record.published, short=True) or "–",
            "at": record.published or "",
            "words": record.words,
            "speakers": record.speakers,
            "statements": record.statements,
            "record": count(record.statements, "statement"),
        }
        for record in records
    ]


def library_html(records: Sequence[DocumentSummary]) -> str:
    """Return the HTML of the table of articles."""
    return fill("library.html", documents=lines(records))


def arrived(kind: Arrival, name: str, records: Sequence[DocumentSummary]) -> str:
    """Return in words what became of a file whose articles are on record now."""
    begun = t("library.added" if kind == "added" else "library.skipped")
    if not records:
        return begun
    if len(records) > 1:
        begun += t("library.as-several", n=len(records))
    elif records[0].name != name:
        begun += t("library.as-name", name=records[0].name)
    if kind == "skipped":
        return begun
    words = count(sum(record.words for record in records), "word")
    statements = count(sum(record.statements for record in records), "statement")
    return t("library.arrived", begun=begun, words=words, statements=statements)


def arrival_html(name: str, kind: Arrival, words: str) -> str:
    """Return the HTML of what became of one added file."""
    return fill("arrival.html", name=name, kind=kind, words=words)
