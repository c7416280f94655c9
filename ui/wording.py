"""Figures, dates and confidence as people read them."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

from qa.answer import Answer


def count(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun: ``count(2, "article") == "2 articles"``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day(published: str | None, *, short: bool = False) -> str:
    """Return a date for people; what is no ISO 8601 date stays as the source writes it."""
    if not published:
        return ""
    try:
        when = date.fromisoformat(published[:10])
    except ValueError:
        return published
    month = calendar.month_name[when.month]
    return f"{when.day} {month[:3] if short else month} {when.year}"


def duration(milliseconds: float) -> str:
    """Return how long something took: milliseconds below one second, else seconds."""
    return f"{milliseconds:.0f} ms" if milliseconds < 999.5 else f"{milliseconds / 1000:.1f} s"


def rest(seconds: float) -> str:
    """Return how long something will still take, roughly."""
    if seconds < 2:
        return "a moment"
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"


def in_words(answer: Answer) -> str:
    """Return an answer's confidence in words."""
    if not answer.answered:
        return "Not on record"
    if answer.confidence >= 0.8:
        return "Well supported"
    return "Supported" if answer.confidence >= 0.5 else "Weakly supported"


def in_scope(articles: Sequence[str], speaker: str) -> str:
    """Return what a question was limited to: ``"2 articles, only Ada Quill"``, or ""."""
    among = articles[0] if len(articles) == 1 else count(len(articles), "article")
    parts = [f"in {among}" if articles else "", f"only {speaker}" if speaker else ""]
    return ", ".join(part for part in parts if part)
