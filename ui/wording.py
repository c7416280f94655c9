"""Figures, scope and confidence as people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from qa.answer import Answer
from ui.callers import HERE
from ui.conversations import Scope
from ui.language import day, figure, t

if TYPE_CHECKING:
    from qa.assistant import Assistant


def count(number_of: int, noun: str) -> str:
    """Return a number with its noun: ``count(2, "article") == "2 articles"``."""
    return t(f"counts.{noun}", n=number_of)


def duration(milliseconds: float) -> str:
    """Return how long something took: milliseconds below one second, else seconds."""
    if milliseconds < 999.5:
        return f"{figure(round(milliseconds))} ms"
    return f"{figure(milliseconds / 1000, '0.0')} s"


def rest(seconds: float) -> str:
    """Return how long something will still take, roughly."""
    if seconds < 2:
        return t("evaluate.moment")
    if seconds < 90:
        return t("evaluate.seconds", n=round(seconds))
    return t("evaluate.minutes", n=round(seconds / 60))


def in_words(answer: Answer) -> str:
    """Return an answer's confidence in words; "" where nothing was searched."""
    if answer.refusal and answer.refusal.nothing_searched:
        return ""
    if not answer.answered:
        return t("turn.not-on-record")
    if answer.confidence >= 0.8:
        return t("turn.well-supported")
    return t("turn.supported" if answer.confidence >= 0.5 else "turn.weakly-supported")


def written_by(answer: Answer) -> str:
    """Return which language model wrote an answer, in words; "" where none did."""
    if answer.engine.get("reader") != "generative":
        return ""
    return t("turn.written-by", model=str(answer.engine["llm"]))


def what_leaves(assistant: Assistant) -> str:
    """Return in words what leaves this computer: nothing, unless a language model is asked elsewhere."""
    if assistant.llm is not None:
        return t("frame.vow-given")
    if assistant.settings.llm:
        address = urlsplit(assistant.settings.llm_url)
        if address.hostname not in HERE:
            return t("frame.vow-model", server=address.netloc.rpartition("@")[2])
    return t("frame.vow-stays")


def period(since: str, until: str) -> str:
    """Return a period in words, as in ``"from 2 January 2024 to 3 March 2024"``; "" for none."""
    if since and until:
        return t("scope.from-to", since=day(since), until=day(until))
    if since:
        return t("scope.since", since=day(since))
    return t("scope.until", until=day(until)) if until else ""


def in_scope(scope: Scope) -> str:
    """Return what a question was limited to: ``"in 2 articles, only Ada Quill"``, or ""."""
    parts = []
    if len(scope.articles) == 1:
        parts.append(t("scope.in-one", title=scope.articles[0]))
    elif scope.articles:
        parts.append(t("scope.in", n=len(scope.articles)))
    if scope.speaker:
        parts.append(t("scope.only-of", speaker=scope.speaker))
    if when := period(scope.since, scope.until):
        parts.append(t("scope.published-in", period=when))
    return ", ".join(parts)
