"""The evidence-deletion test on a real index: the original stays as it was."""

from __future__ import annotations

import pytest
from evaluation_cases import asked, declined

from qa import Assistant
from qa.evaluation import Question, evaluate, workers
from qa.evaluation.causal import delete_evidence

QUESTIONS = [
    asked(id="a", question="How many passengers were stranded during the strike?"),
    asked(id="b", question="What did Quill say about the Northern Grain Pact?"),
    asked(id="c", question="How much is the Orchard Prize worth?", documents=["prize.txt"]),
    asked(id="d", question="Who painted the ceiling of the town hall?", answerable=False),
]


def test_answers_go_with_their_evidence_and_stay_without_other_sentences(
    assistant: Assistant,
) -> None:
    before = assistant.index.store.generation
    run = evaluate(assistant, [Question.model_validate(one) for one in QUESTIONS])
    answered = sum(outcome.answered for outcome in run.outcomes())
    assert answered >= 3
    done: list[tuple[int, int]] = []
    found = delete_evidence(run, assistant, lambda at, of: done.append((at, of)))
    assert (found.questions, found.others) == (answered, answered)
    assert found.changed.value == 1.0
    assert found.stayed.value is not None
    assert found.stayed.value >= 0.5
    assert done[-1] == (answered, answered)
    assert assistant.index.store.generation == before
    assert delete_evidence(run, assistant) == found


def test_other_processes_are_started_only_where_they_are_asked_for(
    shared_assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script without ``if __name__ == "__main__"`` cannot start any."""
    monkeypatch.setattr(workers, "in_processes", lambda *_: pytest.fail("started"))
    monkeypatch.setattr(shared_assistant, "ask", lambda *_, **__: declined())
    questions = [asked(id=str(number), answerable=False) for number in range(400)]
    assert evaluate(shared_assistant, questions).measures["right"].value == 1.0


def test_processes_give_the_same_answers_as_one(assistant: Assistant) -> None:
    alone = evaluate(assistant, QUESTIONS, workers=1)
    together = evaluate(assistant, QUESTIONS, workers=2)
    answers = [[answer for _, answer in run.journal.lines()] for run in (alone, together)]
    assert answers[0] == answers[1]
    assert '"timings_ms":{}' in answers[0][0]
    assert alone.measures.latency_ms["total"].p50 > 0
    values = [{m.measure.name: m.value for m in run.measures} for run in (alone, together)]
    assert values[0] == values[1]
