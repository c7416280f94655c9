"""Conversations on disk, and the steps of an answer, without a browser."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from indexes.errors import OnrecordError
from qa import Assistant
from qa.answer import Answer
from ui.asking import Asked, answer_steps, limited
from ui.conversations import Conversations, Scope
from ui.desk import Desk, answering
from ui.views.chat import CHAT

QUESTION = "What did Quill say about the Marigold?"


@pytest.fixture
def talks(tmp_path: Path) -> Conversations:
    return Conversations(tmp_path / "conversations.sqlite3")


@pytest.fixture
def desk(shared_assistant: Assistant, talks: Conversations, tmp_path: Path) -> Desk:
    return Desk(shared_assistant, tmp_path, talks)


def steps(desk: Desk, run_async: Callable[..., Any], **asked: Any) -> list[dict[str, Any]]:
    async def all_steps() -> list[dict[str, Any]]:
        return [step async for step in answer_steps(desk, Asked(ticket="t", **asked))]

    found: list[dict[str, Any]] = run_async(all_steps())
    return found


def reply(desk: Desk, name: str, **sent: object) -> dict[str, Any]:
    return answering(desk, name, CHAT.replies[name])(sent)


def declined(question: str) -> Answer:
    return Answer(question=question, answered=False, confidence=0.1, text="Nothing says 100 %.")


def test_an_answer_comes_back_from_disk_as_it_was(
    desk: Desk, run_async: Callable[..., Any], tmp_path: Path
) -> None:
    last = steps(desk, run_async, question=QUESTION)[-1]
    desk.conversations.close()
    again = Conversations(tmp_path / "conversations.sqlite3")
    (turn,) = again.turns(last["conversation"])
    assert (turn.question, turn.state) == (QUESTION, "answered")
    assert turn.answer
    for cite in turn.answer.citations:
        text = desk.assistant.document(cite.document).text
        assert text[cite.start : cite.end] == cite.quote
    restored = reply(Desk(desk.assistant, tmp_path, again), "talk", id=last["conversation"])
    assert restored["turns"][0]["html"] == last["html"]


def test_a_follow_up_is_understood_from_the_turns_before_it_only(
    desk: Desk, run_async: Callable[..., Any]
) -> None:
    talk = steps(desk, run_async, question=QUESTION)[-1]["conversation"]
    follow_up = "And what did Tamm say about it?"
    assert (
        "Understood as" in steps(desk, run_async, question=follow_up, conversation=talk)[-1]["html"]
    )
    alone = steps(desk, run_async, question=follow_up, conversation=talk, turn=1)[-1]
    assert "Understood as" not in alone["html"]
    assert [turn.question for turn in desk.conversations.turns(talk)] == [follow_up, follow_up]


def test_a_question_is_put_down_before_it_is_answered(talks: Conversations) -> None:
    talk, turn = talks.ask(None, None, "Why?", Scope(("a.txt",), "Ada"))
    assert [t.state for t in talks.turns(talk)] == ["asked"]
    assert talks.turns(talk)[0].scope == Scope(("a.txt",), "Ada")
    assert (talk, turn) == (1, 1)
    assert talks.ask(talk, None, "How?", Scope()) == (1, 2)
    assert talks.ask(99, 7, "Who?", Scope()) == (2, 1), "one that is gone begins anew"


def test_conversations_are_searched_by_all_words_and_the_latest_comes_first(
    talks: Conversations,
) -> None:
    for question in ("About ferries", "About 100 ports", "About both"):
        talk, turn = talks.ask(None, None, question, Scope())
        talks.end(talk, turn, "answered", answer=declined(question))
    assert [t.title for t in talks.all()] == ["About both", "About 100 ports", "About ferries"]
    assert [t.title for t in talks.all("FERRIES about")] == ["About ferries"]
    assert len(talks.all("nothing 100 %")) == 3, "an answer's words count too"
    assert talks.all("1_0") == [], "signs of the query language are plain signs"


def test_renamed_removed_restored_and_gone_at_the_next_start(
    talks: Conversations, tmp_path: Path
) -> None:
    talk, _ = talks.ask(None, None, "Why?", Scope())
    assert talks.rename(talk, "  A better \n title ") == "A better title"
    assert talks.rename(talk, " ") == "A better title"
    talks.remove(talk)
    assert talks.all() == []
    with pytest.raises(OnrecordError, match="not here any more"):
        talks.turns(talk)
    talks.restore(talk)
    assert talks.all()[0].title == "A better title"
    talks.remove(talk)
    talks.close()
    again = Conversations(tmp_path / "conversations.sqlite3")
    again.restore(talk)
    assert again.all() == []
    assert again.ask(None, None, "How?", Scope())[0] == talk + 1, "numbers are never used again"


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "conversations.sqlite3"
    path.write_bytes(b"no database at all " * 100)
    with pytest.raises(OnrecordError, match="cannot be opened"):
        Conversations(path)


def test_an_answer_of_another_version_is_told_and_does_not_stop_the_rest(
    talks: Conversations,
) -> None:
    talk, _turn = talks.ask(None, None, "Why?", Scope())
    with sqlite3.connect(talks.path) as db:
        db.execute("UPDATE turn SET state = 'answered', answer = '{\"x\": 1}'")
    db.close()
    assert talks.turns(talk)[0].state == "failed"
    assert "another version" in talks.turns(talk)[0].reason


def test_a_quoted_article_that_changed_or_went_is_told(
    desk: Desk, run_async: Callable[..., Any]
) -> None:
    name = desk.assistant.documents()[0].name
    marks = [(1, 0, 7)]
    sha = desk.assistant.document(name).id
    assert "<mark" in reply(desk, "source", document=name, sha=sha, marks=marks)["html"]
    changed = reply(desk, "source", document=name, sha="other", marks=marks)["html"]
    assert "has changed since" in changed
    assert "<mark" not in changed
    assert "not on record any more" in reply(desk, "source", document="gone", sha=sha)["html"]


def test_a_stopped_question_ends_at_once_and_is_kept_as_stopped(
    desk: Desk, run_async: Callable[..., Any]
) -> None:
    reply(desk, "stop", ticket="t")
    last = steps(desk, run_async, question=QUESTION)[-1]
    assert "Stopped." in last["html"]
    assert desk.conversations.turns(last["conversation"])[0].state == "stopped"


def test_a_speaker_in_scope_is_put_into_the_question_and_others_are_refused() -> None:
    asked, _, changed = limited("What about the Marigold?", "Ada Quill", ())
    assert (asked, changed) == ("According to Ada Quill, tell me about the Marigold", True)
    assert limited("Marigold?", "Ada Quill", ())[0] == (
        "According to Ada Quill, tell me about Marigold"
    )
    assert limited("Summarise the article", "Ada Quill", ())[0] == "What did Ada Quill say?"
    assert limited(QUESTION, "Ada Quill", ("a", "b")) == (QUESTION, ("a", "b"), False)
    with pytest.raises(OnrecordError, match="only Ada Quill is to be heard"):
        limited("What did Boris Tamm say about quotas?", "Ada Quill", ())


def test_a_period_limits_the_question_and_stays_with_it(
    desk: Desk, run_async: Callable[..., Any]
) -> None:
    none = steps(desk, run_async, question=QUESTION, since="2199-01-01", until="2199-12-31")[-1]
    assert "was published from 1 January 2199 to 31 December 2199; widen" in none["html"]
    (turn,) = desk.conversations.turns(none["conversation"])
    assert (turn.state, turn.scope.where) == (
        "failed",
        ("published>=2199-01-01", "published<=2199-12-31"),
    )
    shown = reply(desk, "talk", id=none["conversation"])["turns"][0]
    assert (shown["since"], shown["until"]) == ("2199-01-01", "2199-12-31")
    with pytest.raises(ValidationError):
        Asked(ticket="t", question=QUESTION, since="tomorrow")


def test_a_scope_that_was_kept_before_there_were_periods_is_read(talks: Conversations) -> None:
    talk, number = talks.ask(None, None, QUESTION, Scope(("a.txt",), "Ada Quill"))
    talks._db.execute('UPDATE turn SET scope = \'{"articles": ["a.txt"], "speaker": "Ada Quill"}\'')
    (turn,) = talks.turns(talk)
    assert (turn.number, turn.scope) == (number, Scope(("a.txt",), "Ada Quill"))


def test_an_answer_is_written_in_the_language_of_the_page(
    desk: Desk, run_async: Callable[..., Any]
) -> None:
    told = steps(desk, run_async, question=QUESTION, language="de")
    assert "Die nächstliegenden Stellen werden gelesen …" in {step.get("stage") for step in told}
    assert "Nachweis" in told[-1]["html"]
    talk = told[-1]["conversation"]
    assert "Nachweis" in reply(desk, "talk", id=talk, language="de")["turns"][0]["html"]
    assert "Receipt" in reply(desk, "talk", id=talk)["turns"][0]["html"]
    (turn,) = desk.conversations.turns(talk)
    assert turn.answer
    assert all(
        cite.quote in desk.assistant.document(cite.document).text for cite in turn.answer.citations
    )
    gone = reply(desk, "talk", id=talk + 1, language="de")
    assert gone["error"].startswith("Dieses Gespräch gibt es nicht mehr")


def test_a_scope_keeps_others_out_of_the_answer(desk: Desk, run_async: Callable[..., Any]) -> None:
    asked = {"question": "What about the Marigold?", "speaker": "Boris Tamm"}
    last = steps(desk, run_async, **asked, articles=["harbour.txt"])[-1]
    (turn,) = desk.conversations.turns(last["conversation"])
    assert turn.answer
    assert turn.answer.question == asked["question"]
    assert {cite.speaker for cite in turn.answer.citations} <= {"Boris Tamm"}
    assert "in harbour.txt, only Boris Tamm" in last["html"]
