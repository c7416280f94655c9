"""Chat: questions, their answers step by step, and the sources that they quote."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from pydantic import Field

from indexes.documents import Span
from indexes.errors import OnrecordError
from indexes.layout import paragraph_numbers
from qa.answer import Answer
from ui.desk import BROKEN, Desk, Reply, Sent, View
from ui.marks import Mark
from ui.render import Numbers, failed_html, source_html, turn_html

if TYPE_CHECKING:
    from qa.assistant import Assistant

STAGES = {"searching": "", "reading": "Reading the closest passages …"}
EXAMPLES = 4

_log = logging.getLogger(__name__)


class Asked(Sent):
    """A question. ``turn`` is the page's number for it; ``fresh`` starts a new conversation."""

    turn: int = Field(ge=1)
    question: str = Field(min_length=1)
    fresh: bool = False


class Wanted(Sent):
    """A document to read, with the places to mark: ``(citation, start, end)`` each."""

    document: str
    marks: tuple[tuple[int, int, int], ...] = ()


def numbers_of(assistant: Assistant, answer: Answer) -> Numbers:
    """Return the paragraph numbers of every document that an answer points to."""
    names = {cite.document for cite in (*answer.citations, *answer.nearest)}
    return {
        name: paragraph_numbers(assistant.document(name), assistant.paragraphs(name))
        for name in names
    }


def source(assistant: Assistant, wanted: Wanted) -> str:
    """Return an article's HTML with a turn's citations in it marked."""
    document = assistant.document(wanted.document)
    marks = [
        Mark(citation, Span(start, min(end, len(document.text))))
        for citation, start, end in wanted.marks
        if 0 <= start < min(end, len(document.text))
    ]
    return source_html(document, assistant.paragraphs(wanted.document), marks)


async def answer_steps(
    assistant: Assistant, asked: Asked, history: tuple[str, ...]
) -> AsyncIterator[tuple[Reply, tuple[str, ...]]]:
    """Yield what the page shows of a question step by step, with the conversation after it.

    The last step has the answer's HTML, or one sentence that says why there is none.
    """
    history = () if asked.fresh else history
    reason = BROKEN
    try:
        async for event in assistant.stream(asked.question, history=history):
            if event.answer is None:
                if words := STAGES.get(event.stage):
                    yield {"turn": asked.turn, "stage": words}, history
                continue
            answer = event.answer
            instead = () if answer.answered else _not_asked(assistant, history)
            html = turn_html(answer, asked.turn, numbers_of(assistant, answer), instead)
            history = (*history, answer.interpreted_as or answer.question, answer.text)
            yield {"turn": asked.turn, "html": html}, history
            return
    except OnrecordError as error:
        reason = str(error)
    except Exception:
        _log.exception("A question could not be answered")
    yield {"turn": asked.turn, "html": failed_html(asked.question, reason)}, history


def _not_asked(assistant: Assistant, history: tuple[str, ...]) -> list[str]:
    suggested = assistant.suggestions(limit=EXAMPLES * 2)
    return [question for question in suggested if question not in history][:EXAMPLES]


def _source(desk: Desk, sent: object) -> Reply:
    return {"html": source(desk.assistant, Wanted.model_validate(sent))}


def _alive(_: Desk, __: object) -> Reply:
    return {}


CHAT = View("chat", "Chat", "Chat", {"source": _source, "alive": _alive})
