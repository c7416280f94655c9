"""Questions that the page asks: each answered step by step, kept, and drawn."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, cast

from pydantic import Field

from indexes.errors import OnrecordError
from qa.answer import Answer
from qa.imprint import IMPRINT
from qa.question import understand
from qa.speakers import matching
from ui.articles import Outlines, outlines
from ui.conversations import Scope, Turn
from ui.desk import Desk, Reply, Sent
from ui.language import speaking, t
from ui.render import failed_html, turn_html
from ui.wording import in_scope, period

if TYPE_CHECKING:
    from qa.assistant import Assistant, Event

EXAMPLES = 4
POLL_S = 0.05
DAY = r"^(\d{4}-\d\d-\d\d)?$"
_OPENERS = frozenset(
    "what when where who whom whose why how which did does do is are was were will would has have had"
    " can could should tell list and but".split()
)
"""Words that a question starts with; anything else may be a name, and keeps its capital."""

_log = logging.getLogger(__name__)


class Asked(Sent):
    """A question.

    Attributes:
        ticket: the page's own mark for it, which comes back with every step.
        question: as it was typed.
        conversation: where it belongs; None begins a new one.
        turn: the turn that it takes the place of; None for the next one.
        articles: to which it is limited, by name; none for all.
        speaker: to whose words it is limited; "" for anyone's.
        since, until: the days from and to which its articles are published; "" for any.
        language: that the page is in.
    """

    ticket: str = Field(min_length=1, max_length=80)
    question: str = Field(min_length=1)
    conversation: int | None = None
    turn: int | None = Field(default=None, ge=1)
    articles: tuple[str, ...] = ()
    speaker: str = ""
    since: str = Field(default="", pattern=DAY)
    until: str = Field(default="", pattern=DAY)
    language: str = ""


def limited(
    question: str, speaker: str, history: tuple[str, ...]
) -> tuple[str, tuple[str, ...], bool]:
    """Put a question to the words of one speaker.

    Returns:
        The question to ask, the history to ask it with, and whether it was changed.

    Raises:
        OnrecordError: if it asks for the words of somebody else.
    """
    if not speaker:
        return question, history, False
    understood = understand(question, history)
    others = [name for name in understood.speakers if not matching(name, [speaker])]
    if others:
        raise OnrecordError(t("chat.other-speaker", other=others[0], speaker=speaker))
    if understood.speakers or understood.form in IMPRINT:
        return question, history, False
    if understood.form in ("overview", "voices"):
        return f"What did {speaker} say?", (), True
    text = understood.text
    if text.partition(" ")[0].lower() in _OPENERS:
        text = text[:1].lower() + text[1:]
    return f"According to {speaker}, {text}", (), True


async def answer_steps(desk: Desk, asked: Asked) -> AsyncIterator[Reply]:
    """Yield what the page shows of a question step by step; each carries its ticket.

    The first step says which conversation and turn it has become. The last has the answer's HTML,
    or one sentence that says why there is none. Both are kept before they are shown.
    """
    async with aclosing(_steps(desk, asked)) as steps:
        while True:
            with speaking(asked.language):
                step = await anext(steps, None)
            if step is None:
                return
            yield step


async def _steps(desk: Desk, asked: Asked) -> AsyncGenerator[Reply]:
    scope = Scope(asked.articles, asked.speaker, asked.since, asked.until)
    step: Reply = {"ticket": asked.ticket}
    reason, turn = t("frame.broken"), asked.turn or 1
    try:
        talk, turn = desk.conversations.ask(asked.conversation, asked.turn, asked.question, scope)
        step |= {"conversation": talk, "turn": turn}
        yield {**step, "stage": ""}
        history = desk.conversations.history(talk, turn)
        try:
            if scope.where and not _is_met(desk.assistant, scope):
                when = period(scope.since, scope.until)
                raise OnrecordError(t("chat.nothing-then", period=when))
            question, told, changed = limited(asked.question, scope.speaker, history)
            stream = desk.assistant.stream(
                question, asked.articles or None, told, where=scope.where
            )
            async for event in _until_stopped(desk, asked.ticket, stream):
                if event is None:
                    desk.conversations.end(talk, turn, "stopped")
                    yield {
                        **step,
                        "html": failed_html(asked.question, t("chat.stopped"), calm=True),
                    }
                    return
                if event.answer is None:
                    if event.stage == "reading":
                        yield {**step, "stage": t("chat.reading")}
                    if event.stage == "writing":
                        yield {**step, "stage": t("chat.writing")}
                    continue
                answer = event.answer
                if changed:
                    answer = answer.model_copy(
                        update={"question": asked.question, "interpreted_as": question}
                    )
                desk.conversations.end(talk, turn, "answered", answer=answer)
                desk.stopped.discard(asked.ticket)
                kept = Turn(turn, asked.question, scope, "answered", "", answer)
                known = known_of(desk, [answer])
                yield {**step, "html": kept_html(desk, kept, known, history), "last": True}
                return
        except OnrecordError as error:
            reason = str(error)
        except Exception:
            _log.exception("A question could not be answered")
        desk.conversations.end(talk, turn, "failed", reason=reason)
    except OnrecordError as error:
        reason = str(error)
    desk.stopped.discard(asked.ticket)
    yield {**step, "html": failed_html(asked.question, reason)}


def _is_met(assistant: Assistant, scope: Scope) -> bool:
    """Tell whether any of the articles that may be asked was published in the period."""
    then = assistant.documents(where=scope.where)
    return any(not scope.articles or article.name in scope.articles for article in then)


async def _until_stopped(
    desk: Desk, ticket: str, stream: AsyncIterator[Event]
) -> AsyncIterator[Event | None]:
    """Pass events on until somebody stops the question; then None, at once.

    The computation itself cannot be interrupted; it ends by itself, and nobody hears of it.
    """
    while True:
        coming = asyncio.ensure_future(cast("asyncio.Future[Event]", anext(stream)))
        while not coming.done():
            await asyncio.wait({coming}, timeout=POLL_S)
            if ticket in desk.stopped:
                desk.stopped.discard(ticket)
                coming.cancel()
                yield None
                return
        try:
            yield coming.result()
        except StopAsyncIteration:
            return


def kept_html(
    desk: Desk, turn: Turn, known: Outlines, history: Sequence[str] = (), *, examples: bool = True
) -> str:
    """Return the HTML of a turn as it was kept."""
    scope = in_scope(turn.scope)
    if turn.answer:
        instead = (
            ()
            if turn.answer.answered or not examples
            else _instead(desk, turn.answer, turn.scope, history)
        )
        return turn_html(turn.answer, turn.number, known, instead, scope=scope)
    if turn.state == "stopped":
        return failed_html(turn.question, t("chat.stopped"), calm=True)
    return failed_html(turn.question, turn.reason or t("frame.broken"))


def _instead(desk: Desk, answer: Answer, scope: Scope, history: Sequence[str]) -> list[str]:
    """Return what could be asked instead, first of the articles that came near."""
    known = [document.name for document in desk.assistant.documents()]
    near, asked = (
        [name for name in known if name in names]
        for names in ({cite.document for cite in answer.nearest}, scope.articles)
    )
    suggested = [
        *(desk.assistant.suggestions(EXAMPLES * 2, near) if near else ()),
        *desk.assistant.suggestions(EXAMPLES * 2, asked or None),
    ]
    return [question for question in dict.fromkeys(suggested) if question not in history][:EXAMPLES]


def known_of(desk: Desk, answers: Iterable[Answer]) -> Outlines:
    """Return the outline of every document on record that the answers point to."""
    cites = (cite for answer in answers for cite in (*answer.citations, *answer.nearest))
    return outlines(desk.assistant, cites)
