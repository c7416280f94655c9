"""Feedback on answers: a thumb, a note, and the words that would have been right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from indexes.errors import OnrecordError
from qa.evaluation import Texts
from qa.evaluation.quotes import closest
from qa.feedback import Asked, Expected, FeedbackSet, Opinion, Passage, set_of
from ui.conversations import Scope
from ui.desk import Desk, Reply, Sent
from ui.language import day, t
from ui.remarks import told
from ui.render import fill


class Judged(Sent):
    """A verdict on the answer of a turn."""

    id: int
    turn: int
    verdict: Literal["right", "wrong"]


class Commented(Sent):
    """More on an opinion: a note, and for a wrong answer what would have been right.

    ``words`` are added to the right passages; ``document`` is the article that they were picked in,
    "" for any; ``drop`` takes one of the passages away, by its place.
    """

    opinion: int
    note: str = ""
    silent: bool = False
    words: str = Field(default="", max_length=20_000)
    document: str = ""
    drop: int | None = None


class Meant(Sent):
    """An opinion, by its number."""

    opinion: int


def opinion_html(opinion: Opinion, *, trouble: str = "", nearest: str = "") -> str:
    """Return the form in which more can be said on an opinion."""
    return fill("opinion.html", opinion=opinion, trouble=trouble, nearest=nearest)


def opinions_html(opinions: Sequence[Opinion], made: FeedbackSet) -> str:
    """Return the list of opinions, each with what keeps it from being a test."""
    reasons = {opinion.id: told(reason).text for opinion, reason in made.left_out}
    return fill(
        "opinions.html",
        tests=len(made.questions),
        opinions=[
            (opinion, day(opinion.made, short=True), reasons.get(opinion.id, ""))
            for opinion in opinions
        ],
    )


def passage(words: str, texts: Texts, document: str = "") -> Passage | str:
    """Find the words that somebody says are right.

    Args:
        words: as they were typed or picked; only their spacing may differ from the article's.
        texts: the articles on record.
        document: where they were picked; "" for any.

    Returns:
        The passage, or the words on record that come closest ("" when none do).
    """
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())))
    names = [document] if document in texts else list(texts)
    for name in names:
        if found := pattern.search(texts[name]):
            return Passage(document=name, start=found.start(), end=found.end(), quote=found[0])
    near = closest(words, {name: texts[name] for name in names})
    return near[1] if near else ""


def _articles(desk: Desk, scope: Scope) -> tuple[str, ...]:
    """Name the articles that a question was limited to; those of a period as they are now.

    Raises:
        OnrecordError: if none of the period is left.
    """
    if not scope.where:
        return scope.articles
    of_then = [record.name for record in desk.assistant.documents(where=scope.where)]
    met = tuple(name for name in of_then if not scope.articles or name in scope.articles)
    if not met:  # gone since; no name at all would mean every article
        raise OnrecordError(t("feedback.nothing-to-judge"))
    return met


def _judge(desk: Desk, sent: object) -> Reply:
    wanted = Judged.model_validate(sent)
    turns = desk.conversations.turns(wanted.id)
    turn = next((turn for turn in turns if turn.number == wanted.turn and turn.answer), None)
    if turn is None or turn.answer is None:
        raise OnrecordError(t("feedback.nothing-to-judge"))
    documents = _articles(desk, turn.scope)
    asked = Asked(
        question=turn.question,
        history=desk.conversations.history(wanted.id, wanted.turn),
        documents=documents,
    )
    if turn.scope.speaker and turn.answer.interpreted_as:
        asked = Asked(question=turn.answer.interpreted_as, documents=documents)
    given = desk.feedback.give(wanted.id, wanted.turn, asked, turn.answer, wanted.verdict)
    return {"html": opinion_html(given), "verdict": given.verdict, "opinion": given.id}


def _comment(desk: Desk, sent: object) -> Reply:
    wanted = Commented.model_validate(sent)
    given = desk.feedback.get(wanted.opinion)
    passages = list(given.expected.passages)
    if wanted.drop is not None:
        del passages[wanted.drop : wanted.drop + 1]
    trouble = nearest = ""
    if wanted.words.strip() and not wanted.silent:
        found = passage(wanted.words, Texts(desk.assistant), wanted.document)
        if isinstance(found, Passage):
            passages = [p for p in passages if p != found] + [found]
        else:
            trouble, nearest = t("feedback.no-such-words"), found
    expected = Expected(silent=wanted.silent, passages=() if wanted.silent else tuple(passages))
    desk.feedback.say_more(given.id, note=wanted.note, expected=expected)
    said = desk.feedback.get(given.id)
    return {"html": opinion_html(said, trouble=trouble, nearest=nearest), "failed": bool(trouble)}


def _opinion(desk: Desk, sent: object) -> Reply:
    given = desk.feedback.get(Meant.model_validate(sent).opinion)
    return {"html": opinion_html(given), "verdict": given.verdict, "opinion": given.id}


def _forget_opinion(desk: Desk, sent: object) -> Reply:
    desk.feedback.remove(Meant.model_validate(sent).opinion)
    return {}


def _recall_opinion(desk: Desk, sent: object) -> Reply:
    desk.feedback.restore(Meant.model_validate(sent).opinion)
    return {}


def _feedback_set(desk: Desk, _: object) -> Reply:
    made = set_of(desk.feedback.all(), Texts(desk.assistant))
    if not made.questions:
        raise OnrecordError(t("feedback.nothing-to-export"))
    return {"name": "feedback.jsonl", "text": made.lines()}


FEEDBACK_REPLIES = {
    "judge": _judge,
    "comment": _comment,
    "opinion": _opinion,
    "forget_opinion": _forget_opinion,
    "recall_opinion": _recall_opinion,
    "feedback_set": _feedback_set,
}
