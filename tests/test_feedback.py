"""Feedback on answers: kept, changed, taken back, and made into a question set."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from evaluation_cases import FIRST, SECOND, TEXT, TEXTS, FakeAssistant, cite, declined
from typer.testing import CliRunner

from indexes.errors import OnrecordError
from qa.evaluation import Place, QuestionSet, evaluate
from qa.evaluation.faults import RequestError
from qa.feedback import FILE, Asked, Expected, Feedback, Passage, save, set_of

WHO = Asked(question="What did Quill say?")


@pytest.fixture
def feedback(tmp_path: Path) -> Feedback:
    return Feedback(tmp_path / "index" / FILE)


def test_nothing_is_written_before_the_first_opinion(feedback: Feedback) -> None:
    assert feedback.all() == []
    assert not feedback.path.exists()


def test_an_opinion_is_kept_changed_taken_back_and_restored(feedback: Feedback) -> None:
    answer = cite(FIRST)
    given = feedback.give(3, 1, WHO, answer, "right")
    assert feedback.of(3, 1, answer) == given
    assert feedback.of(3, 1, cite(SECOND)) is None
    changed = feedback.give(3, 1, WHO, answer, "wrong")
    assert (changed.id, changed.verdict) == (given.id, "wrong")
    expected = Expected(silent=True)
    feedback.say_more(given.id, note="  they \n never said so ", expected=expected)
    kept = Feedback(feedback.path).get(given.id)
    assert (kept.note, kept.expected) == ("they never said so", expected)
    feedback.remove(given.id)
    assert feedback.all() == []
    with pytest.raises(OnrecordError, match="not here any more"):
        feedback.get(given.id)
    feedback.restore(given.id)
    assert feedback.all() == [kept]


def test_a_right_answer_becomes_a_test_that_wants_its_quotations_again(feedback: Feedback) -> None:
    feedback.give(1, 1, WHO, cite(FIRST), "right")
    (question,) = set_of(feedback.all(), TEXTS).questions
    assert question.answerable
    assert question.evidence == ((FIRST,),)
    again = FakeAssistant({WHO.question: cite(FIRST)})
    assert evaluate(again, [question]).measures["right"].value == 1.0
    worse = FakeAssistant({WHO.question: cite(SECOND)})
    assert evaluate(worse, [question]).measures["right"].value == 0.0


def test_a_right_refusal_becomes_a_test_that_wants_it_declined_again(feedback: Feedback) -> None:
    feedback.give(1, 1, WHO, declined(), "right")
    (question,) = set_of(feedback.all(), TEXTS).questions
    assert not question.answerable


def test_a_wrong_answer_is_no_test_until_somebody_says_what_is_right(feedback: Feedback) -> None:
    given = feedback.give(1, 1, WHO, cite(SECOND), "wrong")
    made = set_of(feedback.all(), TEXTS)
    assert made.questions == ()
    assert "Say what would have been right" in str(made.left_out[0][1])
    start = TEXT.index(FIRST)
    right = Passage(document="harbour.txt", start=start, end=start + len(FIRST), quote=FIRST)
    feedback.say_more(given.id, note="", expected=Expected(passages=(right,)))
    (question,) = set_of(feedback.all(), TEXTS).questions
    assert (question.answerable, question.evidence) == (True, ((FIRST,),))
    feedback.say_more(given.id, note="", expected=Expected(silent=True))
    (question,) = set_of(feedback.all(), TEXTS).questions
    assert (question.answerable, question.evidence) == (False, ())


def test_words_that_are_said_twice_are_held_to_their_place(feedback: Feedback) -> None:
    texts = {"a.txt": "Yes. No. Yes."}
    given = feedback.give(1, 1, WHO, declined(), "wrong")
    second = Passage(document="a.txt", start=9, end=13, quote="Yes.")
    feedback.say_more(given.id, note="", expected=Expected(passages=(second,)))
    (question,) = set_of(feedback.all(), texts).questions
    assert question.evidence == ((Place(document="a.txt", start=9, end=13),),)


def test_an_opinion_whose_article_is_gone_is_left_out_and_told(feedback: Feedback) -> None:
    feedback.give(1, 1, WHO, cite(FIRST), "right")
    feedback.give(1, 2, WHO, declined(), "right")
    made = set_of(feedback.all(), {"prize.txt": TEXTS["prize.txt"]})
    assert len(made.questions) == 1
    assert str(made.left_out[0][1]).startswith("Its article has changed or is gone")


def test_the_history_and_the_scope_of_a_question_go_with_it(
    feedback: Feedback, tmp_path: Path
) -> None:
    asked = Asked(question="And he?", history=("What?", "That."), documents=("harbour.txt",))
    feedback.give(1, 1, asked, cite(SECOND), "right")
    made = set_of(feedback.all(), TEXTS)
    save(made, tmp_path / "set.jsonl")
    (read,) = QuestionSet.load(tmp_path / "set.jsonl", articles=TEXTS)
    assert (read.history, read.documents) == (asked.history, asked.documents)
    assert read == made.questions[0]


def test_an_empty_set_is_not_saved(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="nothing to save"):
        save(set_of([], TEXTS), tmp_path / "set.jsonl")
    assert not (tmp_path / "set.jsonl").exists()


def test_a_file_of_a_later_version_is_left_alone(feedback: Feedback) -> None:
    feedback.give(1, 1, WHO, declined(), "right")
    with sqlite3.connect(feedback.path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(OnrecordError, match="later version"):
        feedback.all()


def test_the_command_line_lists_feedback_and_saves_it_as_a_set(tmp_path: Path) -> None:
    from qa.cli import app

    Feedback(tmp_path / FILE).give(1, 1, WHO, declined(), "right")
    run = CliRunner().invoke
    listed = run(app, ["feedback", "--index", str(tmp_path), "--json"])
    assert json.loads(listed.stdout)[0]["question"] == WHO.question
    out = tmp_path / "out.jsonl"
    saved = run(app, ["feedback", "--index", str(tmp_path), "--out", str(out)])
    assert "1 question saved" in saved.stdout.replace("\n", " ")
    assert len(QuestionSet.load(out)) == 1
