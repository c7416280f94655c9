"""Chat: what the page asks for beside answers: sources, conversations, and what can be taken away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from indexes.documents import Span
from indexes.errors import DocumentError, OnrecordError
from qa.receipt import receipt
from ui.asking import kept_html, known_of
from ui.desk import Desk, Reply, Sent, View
from ui.export import html, markdown
from ui.language import t
from ui.marks import Mark
from ui.render import fill, missing_html, source_html

if TYPE_CHECKING:
    from qa.assistant import Assistant


class Wanted(Sent):
    """A document to read, with the places to mark: ``(citation, start, end)`` each.

    ``sha`` is the SHA-256 of the text that the citations were made from. A long document is opened
    around the citation ``at``; then come the paragraphs ``earlier`` or ``later`` than what is drawn.
    """

    document: str
    sha: str = ""
    marks: tuple[tuple[int, int, int], ...] = ()
    at: int = 0
    earlier: int | None = Field(default=None, ge=0)
    later: int | None = Field(default=None, ge=0)


class Chosen(Sent):
    """A conversation, by number."""

    id: int


class Renamed(Chosen):
    """A conversation with another title."""

    title: str


class Exported(Chosen):
    """A conversation to take away, as Markdown or as HTML."""

    form: Literal["md", "html"]


class Given(Chosen):
    """An answer: a turn of a conversation."""

    turn: int


class Sought(Sent):
    """Words that a conversation has."""

    words: str = ""


class Ticket(Sent):
    """The mark of a question that is being answered."""

    ticket: str


def source(assistant: Assistant, wanted: Wanted) -> str:
    """Return an article's HTML with a turn's citations in it marked."""
    try:
        document = assistant.document(wanted.document)
    except DocumentError:
        if not wanted.sha:
            raise
        return missing_html(wanted.document)
    if wanted.sha and wanted.sha != document.id:
        return source_html(document, assistant.paragraphs(wanted.document), changed=True)
    marks = [
        Mark(citation, Span(start, min(end, len(document.text))))
        for citation, start, end in wanted.marks
        if 0 <= start < min(end, len(document.text))
    ]
    spans = assistant.paragraphs(wanted.document)
    opened = [mark.span for mark in marks if mark.citation == wanted.at]
    place = Span(opened[0].start, max(span.end for span in opened)) if opened else None
    return source_html(
        document, spans, marks, place=place, earlier=wanted.earlier, later=wanted.later
    )


def _source(desk: Desk, sent: object) -> Reply:
    return {"html": source(desk.assistant, Wanted.model_validate(sent))}


def _stop(desk: Desk, sent: object) -> Reply:
    desk.stopped.add(Ticket.model_validate(sent).ticket)
    return {}


def _talks(desk: Desk, sent: object) -> Reply:
    words = Sought.model_validate(sent or {}).words
    talks = desk.conversations.all(words)
    return {"html": fill("talks.html", talks=talks, words=words), "count": len(talks)}


def _talk(desk: Desk, sent: object) -> Reply:
    wanted = Chosen.model_validate(sent).id
    turns = desk.conversations.turns(wanted)
    known = known_of(desk, [turn.answer for turn in turns if turn.answer])
    verdicts = desk.feedback.verdicts(wanted)
    return {
        "title": desk.conversations.title(wanted),
        "turns": [
            {
                "turn": turn.number,
                "question": turn.question,
                "waiting": turn.state == "asked",
                "articles": turn.scope.articles,
                "speaker": turn.scope.speaker,
                "verdict": verdicts.get((turn.number, turn.answer.model_dump_json()), "")
                if verdicts and turn.answer
                else "",
                "since": turn.scope.since,
                "until": turn.scope.until,
                "html": ""
                if turn.state == "asked"
                else kept_html(desk, turn, known, examples=turn is turns[-1]),
            }
            for turn in turns
        ],
    }


def _rename(desk: Desk, sent: object) -> Reply:
    wanted = Renamed.model_validate(sent)
    return {"title": desk.conversations.rename(wanted.id, wanted.title)}


def _forget(desk: Desk, sent: object) -> Reply:
    desk.conversations.remove(Chosen.model_validate(sent).id)
    return {}


def _recall(desk: Desk, sent: object) -> Reply:
    desk.conversations.restore(Chosen.model_validate(sent).id)
    return {}


def _export(desk: Desk, sent: object) -> Reply:
    wanted = Exported.model_validate(sent)
    turns = desk.conversations.turns(wanted.id)
    title = desk.conversations.title(wanted.id)
    known = known_of(desk, [turn.answer for turn in turns if turn.answer])
    if wanted.form == "md":
        return {"name": f"{title}.md", "text": markdown(title, turns, known)}
    made = datetime.now(UTC).date().isoformat()
    return {"name": f"{title}.html", "text": html(title, turns, known, made=made)}


def _receipt(desk: Desk, sent: object) -> Reply:
    wanted = Given.model_validate(sent)
    for turn in desk.conversations.turns(wanted.id):
        if turn.number == wanted.turn and turn.answer:
            name = t("turn.receipt-file", question=turn.question)
            return {"name": f"{name}.json", "text": receipt(turn.answer).write()}
    raise OnrecordError(t("chat.no-receipt"))


def _alive(_: Desk, __: object) -> Reply:
    return {}


CHAT = View(
    "chat",
    {
        "source": _source,
        "stop": _stop,
        "talks": _talks,
        "talk": _talk,
        "rename": _rename,
        "forget": _forget,
        "recall": _recall,
        "export": _export,
        "receipt": _receipt,
        "alive": _alive,
    },
)
