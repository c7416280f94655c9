"""Two questions in one are both answered, and what is left open is said."""

from __future__ import annotations

import pytest

from qa import Assistant
from qa.answer import Answer, AnswerSentence, Citation
from qa.compound import parts, together


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (
            "Where was she born, and who were her parents?",
            ["Where was she born?", "who were her parents?"],
        ),
        ("When did they meet and where?", ["When did they meet?", "where?"]),
        ("How many died and how many were hurt?", ["How many died?", "how many were hurt?"]),
        (
            "What did Quill say? And did Tamm deny it?",
            ["What did Quill say?", "did Tamm deny it?"],
        ),
        ("who is rosa and is he ill", ["who is rosa?", "is he ill"]),
        ("What is the headline and who wrote it?", ["What is the headline?", "who wrote it?"]),
        (
            "When and where was this article published?",
            ["When was this article published?", "where was this article published?"],
        ),
        (
            "In which county is it, and to whom does it belong?",
            ["In which county is it?", "to whom does it belong?"],
        ),
        (
            "Who won, when did they win, and where did they celebrate?",
            ["Who won, when did they win?", "where did they celebrate?"],
        ),
    ],
)
def test_questions_are_told_apart(asked: str, found: list[str]) -> None:
    assert parts(asked) == found


@pytest.mark.parametrize(
    "asked",
    [
        "How and when was it built?",
        "When and where was the treaty published?",
        "Who knows what he said and what she did?",
        "What did Quill and Tamm say?",
        "What was agreed and was to be signed?",
        "Tell me what happened and where it was",
        "Quill and where she lives",
        "The ferry sank and where were they?",
        "What did Quill claim about the leak, and how did Tamm respond?",  # one thing, asked of two
        "",
        "?",
    ],
)
def test_one_question_stays_one(asked: str) -> None:
    assert parts(asked) == [asked]


def test_both_are_answered_and_the_second_goes_on_from_the_first(
    shared_assistant: Assistant,
) -> None:
    answer = shared_assistant.ask("What did Quill say about the Marigold, and what did Tamm say?")
    assert {c.speaker for c in answer.citations} == {"Ada Quill", "Boris Tamm"}
    assert answer.interpreted_as == (
        "What did Quill say about the Marigold? What did Tamm say about the Marigold?"
    )
    assert answer.unanswered == ()
    parted = [
        shared_assistant.ask(f"What did {name} say about the Marigold?")
        for name in ("Quill", "Tamm")
    ]
    assert answer.confidence == min(one.confidence for one in parted)
    assert [c.quote for c in answer.citations] == [c.quote for a in parted for c in a.citations]


def test_white_space_after_the_last_part_changes_nothing(shared_assistant: Assistant) -> None:
    asked = "What did Quill say about the Marigold, and what is known about Tamm?"
    plain, spaced = shared_assistant.ask(asked), shared_assistant.ask(f"{asked} ")
    assert spaced.interpreted_as == plain.interpreted_as
    assert spaced.text == plain.text


def test_the_part_that_nothing_answers_is_told(shared_assistant: Assistant) -> None:
    answer = shared_assistant.ask(
        "What did Quill say about the Marigold, and what did Carla Nemo say?"
    )
    assert answer.answered
    assert answer.unanswered == ("What did Carla Nemo say about the Marigold?",)
    assert answer.model_dump()["unanswered"] == answer.unanswered
    neither = shared_assistant.ask("What did Ida Roos say, and what did Carla Nemo say?")
    assert not neither.answered
    assert neither.unanswered == ()
    assert neither.question == "What did Ida Roos say, and what did Carla Nemo say?"
    assert "unanswered" not in neither.model_dump()


def _answer(question: str, *quotes: str, short: str | None = None) -> Answer:
    citations = tuple(
        Citation(
            number=number, document="d", title="D", start=ord(quote[0]), end=ord(quote[0]) + len(quote),
            quote=quote, document_id="0",
        )
        for number, quote in enumerate(quotes, 1)
    )  # fmt: skip
    return Answer(
        question=question,
        answered=True,
        confidence=0.7,
        text="",
        short=short,
        sentences=tuple(AnswerSentence(text=c.quote, citations=(c.number,)) for c in citations),
        citations=citations,
    )


def test_a_sentence_that_answers_both_is_cited_once() -> None:
    first, second = (
        _answer("a?", "Born in Aby.", short="Aby"),
        _answer("b?", "Born in Aby.", "Her."),
    )
    answer = together("a and b?", [first, second])
    assert [c.number for c in answer.citations] == [1, 2]
    assert answer.text == "**Aby** — Born in Aby. [1] Her. [2]"
    assert [s.citations for s in answer.sentences] == [(1,), (2,)]
